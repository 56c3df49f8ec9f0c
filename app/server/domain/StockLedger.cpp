// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/StockLedger.h"

#include "server/domain/Mask.h"
#include "server/engine/Stock.h"
#include "server/engine/Views.h"

#include <map>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCountLimit = 10'000;

// Who stands behind a movement, for a page of them at once: code, customer, id.
struct Cause {
    LedgerCause kind = LedgerCause::Person;
    QString id;
    QString code;
    QString customer;
};
using Causes = std::map<QString, Cause>;

QStringList column(const Rows& rows, int at)
{
    QStringList out;
    for (const Row& row : rows)
        if (!row.isNull(at) && !out.contains(row.text(at)))
            out << row.text(at);
    return out;
}

void addHolds(Connection& db, const QStringList& ids, Causes& causes)
{
    if (ids.isEmpty())
        return;
    const Rows rows = db.query(u"SELECT h.id, h.ticket_id, c.display_name, o.code FROM hold h JOIN customer c ON c.id = h.customer_id "
                               "LEFT JOIN sales_order o ON o.hold_id = h.id WHERE h.id = ANY(?)"_s,
        {ids});
    for (const Row& row : rows) {
        const auto ticket = row.maybeId<TicketId>(1);
        causes[row.text(0)] = {LedgerCause::Hold, row.text(0), ticket ? codeOf('T', ticket->value, 8) : row.text(3), row.text(2)};
    }
}

void addReservations(Connection& db, const QStringList& lines, Causes& causes)
{
    if (lines.isEmpty())
        return;
    const Rows rows = db.query(u"SELECT l.id, r.id, r.code, c.display_name FROM reservation_line l JOIN reservation r ON r.id = l.reservation_id "
                               "JOIN customer c ON c.id = r.customer_id WHERE l.id = ANY(?)"_s,
        {lines});
    for (const Row& row : rows)
        causes[row.text(0)] = {LedgerCause::Reservation, row.text(1), row.text(2), row.text(3)};
}

void addOrders(Connection& db, const QStringList& lines, Causes& causes)
{
    if (lines.isEmpty())
        return;
    const Rows rows = db.query(u"SELECT l.id, o.id, o.code, c.display_name FROM order_line l JOIN sales_order o ON o.id = l.order_id "
                               "JOIN customer c ON c.id = o.customer_id WHERE l.id = ANY(?)"_s,
        {lines});
    for (const Row& row : rows)
        causes[row.text(0)] = {LedgerCause::Order, row.text(1), row.text(2), row.text(3)};
}

// A vendor is told the names of its own people only.
std::map<QString, QString> actorNames(Connection& db, const QStringList& ids, const View& view)
{
    std::map<QString, QString> names;
    if (ids.isEmpty())
        return names;
    for (const Row& row : db.query(u"SELECT id, display_name, vendor_id FROM user_account WHERE id = ANY(?)"_s, {ids})) {
        if (!view.vendor || row.maybeId<VendorId>(2) == view.vendor)
            names[row.text(0)] = row.text(1);
    }
    return names;
}

Cause causeOf(const Row& row, const Causes& causes)
{
    // The nearest cause first: a reservation's movement also names the hold it came from.
    for (const int at : {9, 8, 7}) {
        const auto it = row.isNull(at) ? causes.end() : causes.find(row.text(at));
        if (it == causes.end())
            continue;
        Cause c = it->second;
        if (!row.isNull(10))
            c.kind = LedgerCause::Shipment;
        else if (!row.isNull(11))
            c.kind = LedgerCause::Return;
        return c;
    }
    return {};
}

} // namespace

std::optional<Page<LedgerEntry>> stockLedger(Connection& db, const View& view, ItemId item, const QString& after, int limit)
{
    const auto level = readStockLevel(db, item);
    if (!level || !view.sees(level->vendorId))
        return std::nullopt;
    QString sql = u"SELECT m.seq, m.kind, m.d_on_hand, m.d_allocated, m.d_held, m.reason, m.at, m.hold_id, m.order_line_id, m.reservation_line_id, m.fulfilment_id, m.return_id, "
                  "m.actor_id, m.request_id FROM stock_movement m WHERE m.inventory_item_id = ?"_s;
    Params params{item};
    if (!after.isEmpty()) {
        sql += u" AND m.seq < ?"_s;
        params.emplace_back(static_cast<std::int64_t>(readCursor(after, 1).at(0).toLongLong()));
    }
    params.emplace_back(limit + 1);
    const Rows rows = db.query(sql + u" ORDER BY m.seq DESC LIMIT ?"_s, params);

    Page<LedgerEntry> page;
    const int total = db.one(u"SELECT COUNT(*) FROM (SELECT 1 FROM stock_movement WHERE inventory_item_id = ? LIMIT ?) c"_s, {item, kCountLimit + 1})->number(0);
    page.total = std::min(total, kCountLimit);
    page.totalIsLowerBound = total > kCountLimit;
    if (rows.empty())
        return page;

    Causes causes;
    addHolds(db, column(rows, 7), causes);
    addOrders(db, column(rows, 8), causes);
    addReservations(db, column(rows, 9), causes);
    const std::map<QString, QString> actors = actorNames(db, column(rows, 12), view);
    const auto sums = db.one(u"SELECT SUM(d_on_hand), SUM(d_allocated), SUM(d_held) FROM stock_movement WHERE inventory_item_id = ? AND seq <= ?"_s, {item, rows.front().integer(0)});
    LedgerEntry running;
    running.onHand = sums->integer(0);
    running.allocated = sums->integer(1);
    running.held = sums->integer(2);
    for (const Row& row : rows) {
        if (static_cast<int>(page.items.size()) == limit) {
            page.next = makeCursor({QString::number(page.items.back().seq)});
            break;
        }
        LedgerEntry e;
        e.seq = row.integer(0);
        e.kind = row.text(1);
        e.dOnHand = row.integer(2);
        e.dAllocated = row.integer(3);
        e.dHeld = row.integer(4);
        e.onHand = running.onHand;
        e.allocated = running.allocated;
        e.held = running.held;
        e.reason = row.text(5);
        e.at = row.instant(6);
        const Cause cause = causeOf(row, causes);
        e.cause = row.text(13).startsWith(u"repair/") ? LedgerCause::Repair : cause.kind;
        if (!cause.id.isEmpty())
            e.causeId = cause.id;
        e.causeCode = cause.code;
        e.customerName = view.masksNames() ? maskName(cause.customer) : cause.customer;
        if (const auto name = actors.find(row.text(12)); name != actors.end())
            e.actorName = name->second;
        running.onHand -= e.dOnHand;
        running.allocated -= e.dAllocated;
        running.held -= e.dHeld;
        page.items.push_back(std::move(e));
    }
    return page;
}

} // namespace naru::server
