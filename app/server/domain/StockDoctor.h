// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/StockLedger.h"
#include "server/domain/View.h"

// Finds items whose figures and rows say different things, and puts one right when a person says so, with a reason. What is true,
// from the top: what reservations, orders and open holds say; allocations follow them; held and allocated follow those; on_hand
// follows the ledger, unless a person has counted. The ledger's rows are never changed: a repair books adjustments.
namespace naru::server {

// Set-wise over all items the viewer may see. Any connection.
DoctorReport examineStock(Connection& db, const View& view);
// One item; no kinds: nothing is wrong with it. Empty when it is not the tenant's own.
std::optional<StockDrift> examineItem(Connection& db, const View& view, ItemId item);

// Figures = ledger = holds and allocations again, in one transaction with its audit row. 412 when `version` is old, 409 no-drift,
// 409 repair-oversold when the rows say that more is sold than there is. Writer thread.
StockLevel repairStock(Txn& txn, const View& view, ItemId item, std::int64_t version, const StockRepair& repair);

// What is wrong with the rows behind an item, in full; for the repair.
struct HoldFault {
    QString hold;
    std::int64_t missing = 0; // what the ledger lacks (or has too much, negative) of this hold
};
struct ReservedFault {
    QString line;
    bool live = false;
    bool used = false; // the reservation is completed
    std::int64_t qty = 0; // of the line
    std::int64_t allocated = 0; // active and consumed
};
std::vector<HoldFault> holdFaults(Connection& db, const ItemId& item);
std::vector<ReservedFault> reservedFaults(Connection& db, const ItemId& item);

} // namespace naru::server
