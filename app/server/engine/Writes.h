// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"
#include "server/engine/Stock.h"

// The rows of tickets, holds and reservations, written in one way by batches, by confirmations and by orders. Inside the caller's
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
    Instant expiresAt{};
    Instant maxUntil{};
};
struct ReservationWrite {
    ReservationId id;
    QString code;
    CustomerId customer;
    std::optional<HoldId> hold; // none: taken at once
    PolicyId policy;
    std::optional<Journal::TicketMove> ticket; // that it is made from
};
// A ticket as first written: decided, or waiting.
struct TicketWrite {
    const Ticket* ticket = nullptr;
    QString requestKey;
    QString requestHash;
    QString payload;
    VendorId vendor; // of the first line
    QString otherVendors;
    std::int64_t queueSeq = 0;
    std::int64_t drawRank = 0;
    std::optional<std::int64_t> decidedSeq;
    std::optional<Instant> dueAt;
    std::optional<Instant> startedAt;
    Instant giveUpAt{};
};

// Rows of many tickets, holds and reservations, gathered one by one and written table by table.
class BookingRows {
public:
    explicit BookingRows(Txn& txn);
    void ticket(const TicketWrite& t);
    // An active hold (version 1), its lines, one "held" movement per piece.
    void hold(const HoldWrite& hold, const std::vector<Piece>& pieces);
    // A confirmed reservation (version 2), its lines with their seats, and one "allocated" movement per piece: what the hold held, or what is free.
    void reservation(const ReservationWrite& reservation, const std::vector<Piece>& pieces);
    void write();

private:
    Txn& m_txn;
    RowBlock m_tickets, m_holds, m_holdLines, m_reservations, m_reservationLines;
};

void insertHold(Txn& txn, const HoldWrite& hold, const std::vector<Piece>& pieces);
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

// active → converted, by the system. Its items are locked by the caller.
void convertHold(Txn& txn, const HoldRow& hold);

} // namespace naru::server
