// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/HoldEnds.h"

#include "server/api/Http.h"
#include "server/domain/OrderHooks.h"
#include "server/engine/Freed.h"
#include "server/engine/Holds.h"
#include "server/engine/Views.h"

#include <limits>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

using Type = RowBlock::Type;

struct OpenHold {
    HoldRow row;
    QString ticketStatus;
    bool waitlisted = false; // its ticket has a place on a waiting list
    std::int64_t ticketVersion = 0;
    std::vector<std::pair<ItemId, std::int64_t>> lines;
};

// In the order of their ends. Their items are locked: what is active stays so. `dueBy`: one that was extended meanwhile is left out.
std::vector<OpenHold> readOpen(Connection& db, const QStringList& ids, Instant dueBy)
{
    std::vector<OpenHold> holds;
    std::map<QString, std::size_t> index;
    const Rows rows = db.query(
        u"SELECT h.id, h.ticket_id, h.customer_id, h.expires_at, h.max_until, h.version, t.status, t.version, COALESCE(t.waiting, 0) FROM hold h LEFT JOIN ticket t ON t.id = h.ticket_id "
        "WHERE h.id = ANY(?) AND h.status = 'active' AND h.expires_at <= ? ORDER BY h.expires_at, h.id"_s,
        {ids, dueBy});
    for (const Row& r : rows) {
        OpenHold h;
        h.row = {r.id<HoldId>(0), r.maybeId<TicketId>(1), r.id<CustomerId>(2), HoldStatus::Active, r.instant(3), r.instant(4), r.integer(5)};
        h.ticketStatus = r.text(6);
        h.ticketVersion = r.integer(7);
        h.waitlisted = r.flag(8);
        index.emplace(r.text(0), holds.size());
        holds.push_back(std::move(h));
    }
    for (const Row& r : db.query(u"SELECT hold_id, inventory_item_id, qty FROM hold_line WHERE hold_id = ANY(?) ORDER BY hold_id, inventory_item_id"_s, {ids})) {
        if (const auto at = index.find(r.text(0)); at != index.end())
            holds[at->second].lines.emplace_back(r.id<ItemId>(1), r.integer(2));
    }
    return holds;
}

// Rows of many ends at once, and the moves they stand for.
class Ends {
public:
    Ends(Txn& txn, HoldStatus to, const QString& reason) : m_txn(txn), m_to(to), m_reason(reason) {}

    void add(const OpenHold& h, std::map<ItemId, StockItem>& stock)
    {
        const QString id = h.row.id.toString();
        const std::string_view target = protocol::wireName(m_to);
        m_holds.add({id, h.row.version, target, h.row.version + 1});
        m_holdIds << id;
        for (const auto& [item, qty] : h.lines) {
            Movement m;
            m.kind = m_to == HoldStatus::Expired ? "hold_expired" : "hold_released";
            m.held = -qty;
            m.cause = id;
            m.hold = h.row.id;
            m.reason = m_reason;
            moveStock(m_txn, stock.at(item), m);
            m_freed.insert(item);
        }
        m_txn.transition(Machine::Hold, h.row.id.value, "active", target, h.row.version + 1, m_reason);
        if (h.row.ticket)
            addTicket(h);
    }
    void write()
    {
        Connection& db = m_txn.db();
        db.updateEach(m_holds, 2);
        db.exec(u"UPDATE hold_line SET open_until = NULL WHERE hold_id = ANY(?)"_s, {m_holdIds});
        if (m_tickets.rows() > 0)
            db.updateEach(m_tickets, 2);
    }
    const std::set<ItemId>& freed() const { return m_freed; }
    const QStringList& holdIds() const { return m_holdIds; }
    const QStringList& ticketIds() const { return m_ticketIds; }

private:
    void addTicket(const OpenHold& h)
    {
        const bool expired = m_to == HoldStatus::Expired;
        if (m_txn.actor().letter == 'S' && !expired)
            throw StoreError(StoreError::Kind::Other, "the system lets the hold of a ticket expire, it does not release it");
        const char* to = expired ? "expired" : "cancelled";
        const std::string from = protocol::utf8(h.ticketStatus);
        m_txn.allow(Machine::Ticket, from, to);
        m_tickets.add({*h.row.ticket, h.ticketVersion, to, m_txn.now(), h.ticketVersion + 1});
        m_ticketIds << h.row.ticket->toString();
        m_txn.transition(Machine::Ticket, h.row.ticket->value, from, to, h.ticketVersion + 1, m_reason);
    }

    Txn& m_txn;
    const HoldStatus m_to;
    const QString m_reason;
    std::set<ItemId> m_freed;
    QStringList m_holdIds, m_ticketIds;
    RowBlock m_holds{"hold", {{"id", Type::Text}, {"version", Type::BigInt}, {"status", Type::Text}, {"version", Type::BigInt}}, {}};
    RowBlock m_tickets{"ticket",
        {{"id", Type::Text}, {"version", Type::BigInt}, {"status", Type::Text}, {"finished_at", Type::BigInt}, {"version", Type::BigInt}}, {}};
};

} // namespace

QStringList holdsDueOn(Connection& db, const std::set<ItemId>& items, Instant now, int limit)
{
    QStringList on;
    for (const ItemId& id : items)
        on << id.toString();
    QStringList due;
    for (const Row& row : db.query(u"SELECT hold_id FROM hold_line WHERE inventory_item_id = ANY(?) AND open_until <= ? ORDER BY open_until LIMIT ?"_s, {on, now, limit}))
        due << row.text(0);
    due.removeDuplicates();
    return due;
}

std::set<ItemId> endHolds(Txn& txn, LabelCache& labels, const QStringList& ids, HoldStatus to, const QString& reason, const std::set<ItemId>& alsoLock)
{
    txn.allow(Machine::Hold, "active", protocol::wireName(to));
    std::set<ItemId> items = alsoLock;
    for (const Row& row : txn.db().query(u"SELECT DISTINCT inventory_item_id FROM hold_line WHERE hold_id = ANY(?)"_s, {ids}))
        items.insert(row.id<ItemId>(0));
    std::map<ItemId, StockItem> stock = lockStock(txn, items);
    const std::vector<OpenHold> holds = readOpen(txn.db(), ids, to == HoldStatus::Expired ? txn.now() : fromUnixMs(std::numeric_limits<std::int64_t>::max()));
    if (holds.empty())
        return {};
    Ends ends(txn, to, reason);
    for (const OpenHold& h : holds)
        ends.add(h, stock);
    ends.write();
    std::vector<StockItem*> moved;
    for (const ItemId& id : ends.freed())
        moved.push_back(&stock.at(id));
    storeStock(txn, moved);
    publishHolds(txn, labels, ends.holdIds());
    publishTickets(txn, labels, ends.ticketIds());
    for (const ItemId& id : ends.freed())
        publishStock(txn, id);
    for (const OpenHold& h : holds) {
        if (to == HoldStatus::Expired && !h.row.ticket)
            orderHoldExpired(txn, h.row.id);
        else if (h.waitlisted)
            waitlistFollows(txn, *h.row.ticket, to == HoldStatus::Expired ? TicketStatus::Expired : TicketStatus::Cancelled);
    }
    offerFreed(txn, ends.freed());
    return ends.freed();
}

} // namespace naru::server
