// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Writes.h"

#include "server/api/Http.h"
#include "server/engine/Views.h"

namespace naru::server {

using namespace Qt::StringLiterals;

void insertHold(Txn& txn, const HoldWrite& hold, const std::vector<Piece>& pieces)
{
    static const QString holdSql
        = u"INSERT INTO hold (id, ticket_id, customer_id, status, expires_at, max_until, created_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s;
    static const QString lineSql = u"INSERT INTO hold_line (hold_id, inventory_item_id, qty, unit_price_minor, currency) VALUES (?, ?, ?, ?, ?)"_s;
    const bool converted = hold.status == HoldStatus::Converted;
    const QString id = hold.id.toString();
    txn.db().exec(holdSql,
        {id, hold.ticket, hold.customer, protocol::wireName(hold.status), hold.expiresAt, hold.maxUntil, txn.now(), converted ? 2 : 1});
    for (const Piece& piece : pieces) {
        txn.db().exec(lineSql, {id, piece.stock->id, piece.qty, piece.unitPriceMinor, piece.currency});
        Movement m;
        m.kind = "held";
        m.held = piece.qty;
        m.cause = id;
        m.hold = hold.id;
        moveStock(txn, *piece.stock, m);
    }
    if (converted) {
        const Txn::AsSystem system(txn);
        txn.transition(Machine::Hold, hold.id.value, "active", "converted", 2);
    }
}

void insertReservation(Txn& txn, const ReservationWrite& r, const std::vector<Piece>& pieces)
{
    static const QString sql = u"INSERT INTO reservation (id, code, customer_id, hold_id, status, policy_id, confirmed_at, created_at, version) "
                               "VALUES (?, ?, ?, ?, 'confirmed', ?, ?, ?, 2)"_s;
    static const QString lineSql
        = u"INSERT INTO reservation_line (id, reservation_id, inventory_item_id, qty, unit_price_minor, currency) VALUES (?, ?, ?, ?, ?, ?)"_s;
    static const QString allocationSql
        = u"INSERT INTO allocation (id, inventory_item_id, reservation_line_id, qty, status, at) VALUES (?, ?, ?, ?, 'active', ?)"_s;
    const QString id = r.id.toString();
    txn.db().exec(sql, {id, r.code, r.customer, r.hold, r.policy, txn.now(), txn.now()});
    for (const Piece& piece : pieces) {
        const auto line = txn.newId<ReservationLineId>();
        txn.db().exec(lineSql, {line, id, piece.stock->id, piece.qty, piece.unitPriceMinor, piece.currency});
        txn.db().exec(allocationSql, {txn.newId<Id<struct AllocationTag>>(), piece.stock->id, line, piece.qty, txn.now()});
        Movement m;
        m.kind = "allocated";
        m.held = -piece.qty;
        m.allocated = piece.qty;
        m.cause = r.hold.toString();
        m.hold = r.hold;
        m.reservationLine = line;
        moveStock(txn, *piece.stock, m);
    }
    const Txn::AsSystem system(txn);
    txn.transition(Machine::Reservation, r.id.value, "pending", "confirmed", 2);
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
    txn.db().exec(u"UPDATE hold SET status = 'converted', version = version + 1 WHERE id = ? AND version = ?"_s, {hold.id, hold.version});
    const Txn::AsSystem system(txn);
    txn.transition(Machine::Hold, hold.id.value, "active", "converted", hold.version + 1);
    publishHold(txn, hold.id);
}

} // namespace naru::server
