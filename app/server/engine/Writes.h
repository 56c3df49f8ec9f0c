// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"
#include "server/engine/Stock.h"

// The rows of holds and reservations, written in one way by batches, by confirmations and by orders. Inside the caller's
// transaction, writer thread. The caller stores the items (storeStock) and publishes.
namespace naru::server {

struct Piece {
    StockItem* stock = nullptr;
    std::int64_t qty = 0;
    std::int64_t unitPriceMinor = 0;
    QString currency;
};

struct HoldWrite {
    HoldId id;
    std::optional<TicketId> ticket;
    CustomerId customer;
    HoldStatus status = HoldStatus::Active; // Converted: taken and used in one go
    Instant expiresAt{};
    Instant maxUntil{};
};
// The hold, its lines, one "held" movement per piece; version 1, or 2 with its transition when converted at once.
void insertHold(Txn& txn, const HoldWrite& hold, const std::vector<Piece>& pieces);

struct ReservationWrite {
    ReservationId id;
    QString code;
    CustomerId customer;
    HoldId hold;
    PolicyId policy;
};
// A confirmed reservation (version 2), its lines, allocations, and one "allocated" movement per piece: held becomes allocated.
void insertReservation(Txn& txn, const ReservationWrite& reservation, const std::vector<Piece>& pieces);

// The product's own policy, else the standard one, which is made when there is none.
PolicyId policyFor(Txn& txn, std::optional<PolicyId> ofProduct);

struct HoldRow {
    HoldId id;
    std::optional<TicketId> ticket;
    CustomerId customer;
    HoldStatus status = HoldStatus::Active;
    Instant expiresAt{};
    Instant maxUntil{};
    std::int64_t version = 0;
};
HoldRow readHoldRow(Connection& db, const HoldId& id); // throws ProblemError 404

// active → converted, by the system.
void convertHold(Txn& txn, const HoldRow& hold);

} // namespace naru::server
