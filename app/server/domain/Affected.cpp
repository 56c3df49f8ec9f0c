// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Affected.h"

#include "server/domain/Mask.h"
#include "server/engine/Labels.h"
#include "server/engine/Stock.h"
#include "server/engine/Views.h"

#include <map>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMaxParties = 200;

using Parties = std::map<ItemId, std::vector<AffectedParty>>;

void add(Parties& parties, const View& view, const ItemId& item, AffectedParty party, const QString& name)
{
    party.customerName = view.masksNames() ? maskName(name) : name;
    auto& list = parties[item];
    if (list.size() < kMaxParties)
        list.push_back(std::move(party));
}

void addReservations(Connection& db, const View& view, const QStringList& items, Parties& parties)
{
    const Rows rows = db.query(u"SELECT l.inventory_item_id, r.id, r.code, c.display_name, l.seats FROM reservation_line l "
                               "JOIN reservation r ON r.id = l.reservation_id JOIN customer c ON c.id = r.customer_id WHERE l.inventory_item_id = ANY(?) AND l.seats_status = 'active' "
                               "ORDER BY r.id"_s,
        {items});
    for (const Row& row : rows) {
        AffectedParty p;
        p.reservationId = row.id<ReservationId>(1);
        p.code = row.text(2);
        p.qty = row.integer(4);
        add(parties, view, row.id<ItemId>(0), std::move(p), row.text(3));
    }
}

void addHolds(Connection& db, const View& view, const QStringList& items, Parties& parties)
{
    const Rows rows = db.query(u"SELECT l.inventory_item_id, h.id, h.ticket_id, c.display_name, l.qty, h.expires_at FROM hold_line l JOIN hold h ON h.id = l.hold_id "
                               "JOIN customer c ON c.id = h.customer_id WHERE l.inventory_item_id = ANY(?) AND h.status = 'active' ORDER BY h.id"_s,
        {items});
    for (const Row& row : rows) {
        AffectedParty p;
        p.holdId = row.id<HoldId>(1);
        if (const auto ticket = row.maybeId<TicketId>(2))
            p.code = codeOf('T', ticket->value, 8);
        p.qty = row.integer(4);
        p.expiresAt = row.instant(5);
        add(parties, view, row.id<ItemId>(0), std::move(p), row.text(3));
    }
}

void addOrders(Connection& db, const View& view, const QStringList& items, Parties& parties)
{
    const Rows rows = db.query(u"SELECT a.inventory_item_id, o.id, o.code, c.display_name, SUM(a.qty) FROM order_allocation a JOIN order_line l ON l.id = a.order_line_id "
                               "JOIN sales_order o ON o.id = l.order_id JOIN customer c ON c.id = o.customer_id WHERE a.inventory_item_id = ANY(?) AND a.status = 'active' "
                               "GROUP BY a.inventory_item_id, o.id, o.code, c.display_name ORDER BY o.id"_s,
        {items});
    for (const Row& row : rows) {
        AffectedParty p;
        p.orderId = row.id<OrderId>(1);
        p.code = row.text(2);
        p.qty = row.integer(4);
        add(parties, view, row.id<ItemId>(0), std::move(p), row.text(3));
    }
}

} // namespace

std::vector<AffectedSlot> affectedSlots(Connection& db, const View& view, const std::vector<AffectedAsk>& asks)
{
    QStringList items;
    for (const AffectedAsk& ask : asks)
        items << ask.item.toString();
    Parties parties;
    if (!items.isEmpty()) {
        addReservations(db, view, items, parties);
        addHolds(db, view, items, parties);
        addOrders(db, view, items, parties);
    }
    LabelCache labels;
    std::vector<AffectedSlot> out;
    for (const AffectedAsk& ask : asks) {
        const StockItem stock = readStock(db, ask.item);
        AffectedSlot s;
        s.itemId = ask.item;
        if (const ItemLabel* label = labels.item(db, ask.item, view.lang)) {
            s.slotId = label->slotId;
            s.title = label->full;
            if (label->slotId)
                s.startsAt = label->startsAt;
        }
        s.onHand = stock.onHand;
        s.overbook = stock.overbook;
        s.allocated = stock.allocated;
        s.held = stock.held;
        s.wanted = ask.wanted;
        s.missing = ask.missing;
        s.parties = std::move(parties[ask.item]);
        out.push_back(std::move(s));
    }
    std::stable_sort(out.begin(), out.end(), [](const AffectedSlot& a, const AffectedSlot& b) { return a.startsAt < b.startsAt; });
    return out;
}

} // namespace naru::server
