// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Writes.h"

#include "server/api/Http.h"
#include "server/engine/Views.h"

namespace naru::server {

using namespace Qt::StringLiterals;

using Type = RowBlock::Type;

BookingRows::BookingRows(Txn& txn)
    : m_txn(txn),
      m_tickets{"ticket",
          {{"id", Type::Text}, {"request_key", Type::Text}, {"request_hash", Type::Text}, {"customer_id", Type::Text}, {"partition_no", Type::BigInt},
              {"queue_seq", Type::BigInt}, {"draw_rank", Type::BigInt}, {"payload_json", Type::Text}, {"status", Type::Text}, {"result_code", Type::Text},
              {"refused_item_id", Type::Text}, {"soonest_expiry", Type::BigInt}, {"reservation_id", Type::Text}, {"attempts", Type::BigInt},
              {"enqueued_at", Type::BigInt}, {"started_at", Type::BigInt}, {"finished_at", Type::BigInt}, {"give_up_at", Type::BigInt},
              {"version", Type::BigInt}, {"decided_seq", Type::BigInt}, {"vendor_id", Type::Text}, {"other_vendors", Type::Text}, {"due_at", Type::BigInt}},
          {}},
      m_holds{"hold",
          {{"id", Type::Text}, {"ticket_id", Type::Text}, {"customer_id", Type::Text}, {"status", Type::Text}, {"expires_at", Type::BigInt},
              {"max_until", Type::BigInt}, {"created_at", Type::BigInt}, {"version", Type::BigInt}},
          {}},
      m_holdLines{"hold_line",
          {{"hold_id", Type::Text}, {"inventory_item_id", Type::Text}, {"qty", Type::BigInt}, {"unit_price_minor", Type::BigInt}, {"currency", Type::Text},
              {"open_until", Type::BigInt}, {"line_no", Type::SmallInt}},
          {}},
      m_reservations{"reservation",
          {{"id", Type::Text}, {"code", Type::Text}, {"customer_id", Type::Text}, {"hold_id", Type::Text}, {"status", Type::Text}, {"policy_id", Type::Text},
              {"confirmed_at", Type::BigInt}, {"created_at", Type::BigInt}, {"version", Type::BigInt}},
          {}},
      m_reservationLines{"reservation_line",
          {{"id", Type::Text}, {"reservation_id", Type::Text}, {"inventory_item_id", Type::Text}, {"qty", Type::BigInt}, {"unit_price_minor", Type::BigInt},
              {"currency", Type::Text}, {"line_no", Type::SmallInt}, {"seats", Type::BigInt}, {"seats_status", Type::Text}, {"seats_version", Type::BigInt}},
          {}}
{
}

void BookingRows::ticket(const TicketWrite& w)
{
    const Ticket& t = *w.ticket;
    m_tickets.append(t.id, w.requestKey, w.requestHash, t.customerId, 0, w.queueSeq, w.drawRank, w.payload, protocol::wireName(t.status),
        t.refusal ? Param(protocol::wireName(*t.refusal)) : Param(std::optional<QString>()), t.refusedItem, t.soonestExpiry, t.reservationId, w.startedAt ? 1 : 0,
        t.enqueuedAt, w.startedAt, t.finishedAt, w.giveUpAt, t.version, w.decidedSeq, w.vendor,
        w.otherVendors.isEmpty() ? Param(std::optional<QString>()) : Param(w.otherVendors), w.dueAt);
}

void BookingRows::hold(const HoldWrite& hold, const std::vector<Piece>& pieces)
{
    const QString id = hold.id.toString();
    m_holds.append(id, hold.ticket, hold.customer, "active", hold.expiresAt, hold.maxUntil, m_txn.now(), 1);
    int line = 0;
    for (const Piece& piece : pieces) {
        m_holdLines.append(id, piece.stock->id, piece.qty, piece.unitPriceMinor, piece.currency, hold.expiresAt, line++);
        Movement m;
        m.kind = "held";
        m.held = piece.qty;
        m.cause = id;
        m.hold = hold.id;
        moveStock(m_txn, *piece.stock, m);
    }
}

void BookingRows::reservation(const ReservationWrite& r, const std::vector<Piece>& pieces)
{
    const QString id = r.id.toString();
    m_reservations.append(id, r.code, r.customer, r.hold, "confirmed", r.policy, m_txn.now(), m_txn.now(), 2);
    int number = 0;
    for (const Piece& piece : pieces) {
        const auto line = m_txn.newId<ReservationLineId>();
        m_reservationLines.append(line, id, piece.stock->id, piece.qty, piece.unitPriceMinor, piece.currency, number++, piece.qty, "active", 1);
        Movement m;
        m.kind = "allocated";
        m.held = r.hold ? -piece.qty : 0;
        m.allocated = piece.qty;
        m.cause = r.hold ? r.hold->toString() : id;
        m.hold = r.hold;
        m.reservationLine = line;
        moveStock(m_txn, *piece.stock, m);
    }
    const Txn::AsSystem system(m_txn);
    m_txn.confirm(r.id, 2, r.ticket);
}

void BookingRows::write()
{
    Connection& db = m_txn.db();
    for (RowBlock* block : {&m_tickets, &m_holds, &m_holdLines, &m_reservations, &m_reservationLines}) {
        if (!block->cells.empty())
            db.insertRows(*block);
        block->cells.clear();
    }
}

void insertHold(Txn& txn, const HoldWrite& hold, const std::vector<Piece>& pieces)
{
    BookingRows rows(txn);
    rows.hold(hold, pieces);
    rows.write();
}

void insertReservation(Txn& txn, const ReservationWrite& reservation, const std::vector<Piece>& pieces)
{
    BookingRows rows(txn);
    rows.reservation(reservation, pieces);
    rows.write();
}

PolicyId policyFor(Txn& txn, std::optional<PolicyId> ofProduct)
{
    if (ofProduct)
        return *ofProduct;
    const auto standard = txn.db().one(u"SELECT id FROM cancellation_policy WHERE code = 'standard' ORDER BY revision DESC LIMIT 1"_s);
    if (standard)
        return standard->id<PolicyId>(0);
    const auto made = txn.newId<PolicyId>();
    txn.db().exec(u"INSERT INTO cancellation_policy (id, code, revision, no_show_fee_bps) VALUES (?, 'standard', 1, 0)"_s, {made});
    return made;
}

HoldRow readHoldRow(Connection& db, const HoldId& id)
{
    const auto row = db.one(u"SELECT ticket_id, customer_id, status, expires_at, max_until, version FROM hold WHERE id = ?"_s, {id});
    if (!row)
        throw ProblemError(404, "not-found", u"there is no such hold"_s);
    HoldRow h;
    h.id = id;
    h.ticket = row->maybeId<TicketId>(0);
    h.customer = row->id<CustomerId>(1);
    h.status = protocol::fromWire<HoldStatus>(row->text(2)).value_or(HoldStatus::Active);
    h.expiresAt = row->instant(3);
    h.maxUntil = row->instant(4);
    h.version = row->integer(5);
    return h;
}

void convertHold(Txn& txn, const HoldRow& hold)
{
    if (hold.status != HoldStatus::Active)
        throw ProblemError(409, "hold-not-active", u"the hold has already ended (%1)"_s.arg(protocol::wireText(hold.status)));
    requireChanged(txn.db().exec(u"UPDATE hold SET status = 'converted', version = version + 1 WHERE id = ? AND version = ?"_s, {hold.id, hold.version}));
    txn.db().exec(u"UPDATE hold_line SET open_until = NULL WHERE hold_id = ?"_s, {hold.id});
    const Txn::AsSystem system(txn);
    txn.transition(Machine::Hold, hold.id.value, "active", "converted", hold.version + 1);
    publishHold(txn, hold.id);
}

} // namespace naru::server
