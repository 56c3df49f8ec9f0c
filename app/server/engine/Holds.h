// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Txn.h"

#include <variant>

// Holds and allocations on inventory items, for everything that is not a ticket (orders of goods, close-outs). All of it
// inside the caller's transaction: counters, ledger, hold rows, transitions, outbox. Writer thread. Throws StoreError.
namespace naru::server {

struct HoldWant {
    ItemId item;
    std::int64_t qty = 0;
    std::int64_t unitPriceMinor = 0;
    QString currency;
};
struct HoldTaken {
    HoldId id;
    Instant expiresAt;
};
struct HoldRefused {
    Refusal why = Refusal::SoldOut;
    ItemId item;
    std::optional<Instant> soonestExpiry;
};

// All or nothing; wants of one item are summed. ttl: first deadline; a hold lives at most 30 minutes.
std::variant<HoldTaken, HoldRefused> takeHold(Txn& txn, CustomerId customer, const std::vector<HoldWant>& wants, Millis ttl);
// active → released (letter of the actor decides whether it may) or expired; held counters go back.
void endHold(Txn& txn, HoldId hold, HoldStatus to, const QString& reason);

struct OrderAllocation {
    OrderLineId line;
    ItemId item;
    std::int64_t qty = 0;
};
// active → converted: held becomes allocated, one allocation row per order line.
void allocateHold(Txn& txn, HoldId hold, const std::vector<OrderAllocation>& lines);
// Allocations of an order line given back (cancelled, refused) or consumed (shipped: on_hand and allocated fall together).
void releaseAllocation(Txn& txn, OrderLineId line, const QString& reason);
void consumeAllocation(Txn& txn, OrderLineId line, std::int64_t qty, const Id128& fulfilment);

// A change of on-hand by a person: ledger kind "received" or "adjusted" (adjusted needs a reason). Throws ProblemError 409
// "stock-below-commitments" when it would fall below what is allocated and held.
void changeOnHand(Txn& txn, ItemId item, const QString& kind, std::int64_t delta, const QString& reason);

// Publishes stock.changed for an item (level, and calendar place for a slot's capacity).
void publishStock(Txn& txn, ItemId item);

} // namespace naru::server
