// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"
#include "server/store/Txn.h"

// The counters of inventory items and their ledger: every change is a movement row with the item's next sequence number, and
// the counters move by exactly what the rows say. Inside the caller's transaction, writer thread.
namespace naru::server {

using ReservationLineId = Id<struct ReservationLineTag>;

// An item as read in this transaction, and what was written about it since.
struct StockItem {
    ItemId id;
    VendorId vendorId;
    std::int64_t onHand = 0;
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    std::int64_t overbook = 0;
    std::int64_t safety = 0;
    std::int64_t ledgerSeq = 0;
    std::int64_t version = 0; // as read

    std::int64_t available() const { return onHand + overbook - safety - allocated - held; }
};

struct Movement {
    const char* kind = ""; // of the ledger
    std::int64_t onHand = 0;
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    QString cause; // makes the movement unique per item and kind: the id of what caused it
    std::optional<HoldId> hold;
    std::optional<OrderLineId> orderLine;
    std::optional<ReservationLineId> reservationLine;
    std::optional<Id128> fulfilment;
    QString reason;
};

StockItem readStock(Connection& db, const ItemId& item); // throws ProblemError 404
// Appends the ledger row and moves the counters in memory; storeStock writes them.
void moveStock(Txn& txn, StockItem& item, const Movement& m);
// Guarded by the version read; a lost guard is a StoreError (nobody else may write).
void storeStock(Txn& txn, const StockItem& item);
// All three for one movement, and stock.changed.
void moveAndPublish(Txn& txn, const ItemId& item, const Movement& m);

std::optional<StockLevel> readStockLevel(Connection& db, const ItemId& item);

} // namespace naru::server
