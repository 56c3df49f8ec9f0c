// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Lifecycle.h"

#include "server/api/Http.h"
#include "server/domain/OrderHooks.h"
#include "server/engine/Freed.h"
#include "server/engine/HoldEnds.h"
#include "server/engine/Holds.h"
#include "server/engine/Views.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

struct TicketRow {
    TicketId id;
    CustomerId customer;
    QString status;
    std::int64_t version = 0;
    bool waiting = false; // has its place on a waiting list
    std::int64_t queueSeq = 0;
};

TicketRow readTicketRow(Connection& db, const TicketId& id)
{
    const auto row = db.one(u"SELECT customer_id, status, version, waiting, queue_seq FROM ticket WHERE id = ?"_s, {id});
    if (!row)
        throw ProblemError(404, "not-found", u"there is no such ticket"_s);
    return {id, row->id<CustomerId>(0), row->text(1), row->integer(2), row->flag(3), row->integer(4)};
}

std::string wire(const QString& s) { return protocol::utf8(s); }

// The ticket's move with everything it leaves behind.
void moveTicket(Txn& txn, const TicketRow& ticket, std::string_view to, const QString& reason, std::optional<ReservationId> reservation = {})
{
    requireChanged(txn.db().exec(u"UPDATE ticket SET status = ?, version = version + 1, finished_at = ?, reservation_id = ? WHERE id = ? AND version = ?"_s,
        {to, txn.now(), reservation, ticket.id, ticket.version}));
    txn.transition(Machine::Ticket, ticket.id.value, wire(ticket.status), to, ticket.version + 1, reason);
    publishTicket(txn, ticket.id);
    if (ticket.waiting)
        waitlistFollows(txn, ticket.id, protocol::fromWire<TicketStatus>(to).value_or(TicketStatus::Expired));
}

} // namespace

void confirmTicket(Txn& txn, const TicketId& id)
{
    const TicketRow ticket = readTicketRow(txn.db(), id);
    txn.allow(Machine::Ticket, wire(ticket.status), "confirmed");
    const auto holdId = txn.db().one(u"SELECT id FROM hold WHERE ticket_id = ?"_s, {id});
    if (!holdId)
        throw StoreError(StoreError::Kind::Other, "a held ticket without its hold");
    const HoldRow hold = readHoldRow(txn.db(), holdId->id<HoldId>(0));
    if (hold.expiresAt <= txn.now())
        throw ProblemError(409, "hold-expired", u"the time to confirm is over"_s);

    const Rows lines = txn.db().query(
        u"SELECT l.inventory_item_id, l.qty, l.unit_price_minor, l.currency, (SELECT n.id FROM cancellation_policy c "
        "JOIN cancellation_policy n ON n.code = c.code WHERE c.id = p.cancellation_policy_id ORDER BY n.revision DESC LIMIT 1) FROM hold_line l JOIN inventory_item i ON i.id = l.inventory_item_id "
        "JOIN variant v ON v.id = i.variant_id JOIN product p ON p.id = v.product_id WHERE l.hold_id = ? ORDER BY l.line_no, l.inventory_item_id"_s,
        {hold.id});
    std::set<ItemId> ids;
    for (const Row& line : lines)
        ids.insert(line.id<ItemId>(0));
    std::map<ItemId, StockItem> items = lockStock(txn, ids);
    std::vector<Piece> pieces;
    for (const Row& line : lines)
        pieces.push_back({&items.at(line.id<ItemId>(0)), line.integer(1), line.integer(2), line.text(3)});
    ReservationWrite r;
    r.id = txn.newId<ReservationId>();
    r.code = reservationCode(ticket.queueSeq);
    r.customer = ticket.customer;
    r.hold = hold.id;
    r.policy = policyFor(txn, lines.empty() ? std::nullopt : lines.front().maybeId<PolicyId>(4));
    insertReservation(txn, r, pieces);
    for (auto& [itemId, item] : items) {
        storeStock(txn, item);
        publishStock(txn, item.id);
    }
    convertHold(txn, hold);
    publishReservation(txn, r.id);
    moveTicket(txn, ticket, "confirmed", {}, r.id);
}

void cancelTicket(Txn& txn, const TicketId& id, const QString& reason)
{
    const TicketRow ticket = readTicketRow(txn.db(), id);
    txn.allow(Machine::Ticket, wire(ticket.status), "cancelled");
    const auto hold = txn.db().one(u"SELECT id FROM hold WHERE ticket_id = ? AND status = 'active'"_s, {id});
    if (hold)
        endHold(txn, hold->id<HoldId>(0), HoldStatus::Released, reason);
    else
        moveTicket(txn, ticket, "cancelled", reason);
}

void releaseHold(Txn& txn, const HoldId& id, const QString& reason)
{
    const HoldRow hold = readHoldRow(txn.db(), id);
    if (!hold.ticket)
        throw ProblemError(409, "hold-of-order", u"this hold belongs to an order that is being paid; cancel the order instead"_s);
    endHold(txn, id, HoldStatus::Released, reason);
}

void extendHold(Txn& txn, const HoldId& id, int seconds)
{
    const HoldRow hold = readHoldRow(txn.db(), id);
    if (hold.status != HoldStatus::Active || hold.expiresAt <= txn.now())
        throw ProblemError(409, "hold-not-active", u"the hold has already ended"_s);
    if (hold.expiresAt >= hold.maxUntil)
        throw ProblemError(409, "hold-at-limit", u"a hold lives at most 30 minutes"_s);
    const Instant until = std::min(hold.expiresAt + Millis(std::int64_t(seconds) * 1000), hold.maxUntil);
    requireChanged(txn.db().exec(u"UPDATE hold SET expires_at = ?, version = version + 1 WHERE id = ? AND version = ?"_s, {until, id, hold.version}));
    txn.db().exec(u"UPDATE hold_line SET open_until = ? WHERE hold_id = ? AND open_until IS NOT NULL"_s, {until, id});
    txn.audit(u"hold.extend"_s, u"hold"_s, id.value,
        protocol::json::object{{"expires_at", protocol::json::array{protocol::utf8(toRfc3339(hold.expiresAt)), protocol::utf8(toRfc3339(until))}}});
    publishHold(txn, id);
}

int expireDueHolds(Txn& txn, int limit)
{
    QStringList due;
    for (const Row& row : txn.db().query(u"SELECT id FROM hold WHERE status = 'active' AND expires_at <= ? ORDER BY expires_at LIMIT ?"_s, {txn.now(), limit}))
        due << row.text(0);
    if (due.isEmpty())
        return 0;
    const Txn::AsSystem system(txn);
    LabelCache labels;
    endHolds(txn, labels, due, HoldStatus::Expired, {});
    return static_cast<int>(due.size());
}

} // namespace naru::server
