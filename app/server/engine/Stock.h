// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"
#include "server/engine/Labels.h"
#include "server/store/Txn.h"

#include <map>

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

StockItem readStock(Connection& db, const ItemId& item); // as it is; throws ProblemError 404
StockItem lockStock(Txn& txn, const ItemId& item); // and nobody else changes it before this transaction ends; throws ProblemError 404
// Many, read and locked in id order, as everybody does who changes them: then nobody waits for one who waits for him. Items
// that are not there are left out.
std::map<ItemId, StockItem> lockStock(Txn& txn, const std::set<ItemId>& items);
// Moves the counters in memory and adds the ledger row, which is written with its neighbours; storeStock writes the counters.
void moveStock(Txn& txn, StockItem& item, const Movement& m);
// Guarded by the version read, which is raised; a lost guard is a StoreError (the row was read under its lock).
void storeStock(Txn& txn, StockItem& item);
void storeStock(Txn& txn, const std::vector<StockItem*>& items); // one statement
// All three for one movement, and stock.changed.
void moveAndPublish(Txn& txn, const ItemId& item, const Movement& m);

std::optional<StockLevel> readStockLevel(Connection& db, const ItemId& item);
// stock.changed of a slot's capacity as it was just stored.
void publishCapacity(Txn& txn, const StockItem& item, const ItemLabel& label);

// A guarded update: none changed means that another node was quicker, and the whole batch is tried again.
void requireChanged(std::int64_t changed, std::size_t expected = 1);

} // namespace naru::server
