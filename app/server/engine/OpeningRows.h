// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Waitlist.h"
#include "server/store/Txn.h"

// The rows of openings, for whoever plans, draws or ends one. Writer thread, inside the caller's transaction. Locks are taken in one
// order: an opening (a weak lock: tickets that refer to it do not wait), inventory rows by id, the product, tickets, the tail.
namespace naru::server {

inline constexpr int kOpeningPiece = 256; // tickets of an opening that one transaction changes

struct OpeningRow {
    OpeningId id;
    ProductId product;
    std::optional<ItemId> item;
    QString state;
    QByteArray seed;
    QString commitment;
    Instant opensAt{};
    std::int64_t registered = 0;
    std::int64_t baseRank = 0;
    std::int64_t ranksGiven = 0;
    bool ranked = false;
    QString cancelReason;
    std::int64_t version = 0;

    std::int64_t lateRank() const { return baseRank + registered + 1; } // of everybody who asks after the opening
};
OpeningRow lockOpening(Connection& db, const OpeningId& id); // throws ProblemError 404

// All slots of the product, or the one.
QStringList itemsOfOpening(Connection& db, const ProductId& product, const std::optional<ItemId>& item);
void lockItemsOfOpening(Connection& db, const QStringList& items);
// The bit special::kOpening of the item, else of the product.
void markOpening(Connection& db, const ProductId& product, const std::optional<ItemId>& item, bool on);
void moveOpening(Txn& txn, const OpeningRow& o, const char* to);
void publishOpening(Txn& txn, const OpeningId& id);

// One piece of the queue of a cancelled opening is told. True: more are left; the row says so, and workOpenings goes on.
bool drainOpening(Txn& txn, const OpeningRow& o, const QString& reason);

// The rank of who asked in time but was read after the draw: by his lot, yet never before anybody who may have been decided already or
// is being decided at this moment by another node.
std::int64_t rankOfStraggler(Connection& db, const OpeningId& opening, const QString& lot, std::int64_t lateRank);

} // namespace naru::server
