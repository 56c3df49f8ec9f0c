// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/ReservationReads.h"

#include "protocol/ReservationFields.h"
#include "server/domain/View.h"

#include <QDate>
#include <QTimeZone>
#include <map>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxDays = 62;
constexpr int kMaxRows = 2'000;

QString homeZone() { return u"Asia/Seoul"_s; }

Instant midnightBefore(Instant now)
{
    const QDateTime local = localTime(now, homeZone());
    return fromUnixMs(QDateTime(local.date(), QTime(0, 0), local.timeZone()).toMSecsSinceEpoch());
}

int count(Connection& db, const QString& sql, const Params& params) { return db.one(sql, params)->number(0); }

} // namespace

OccupancyQuery occupancyAsk(const Request& r, Instant now)
{
    allowQuery(r, {"from", "days", "unit", "by", "vendor_id", "q"});
    OccupancyQuery q;
    q.unit = queryEnum<OccupancyUnit>(r, "unit").value_or(OccupancyUnit::Day);
    q.by = queryEnum<OccupancyBy>(r, "by").value_or(OccupancyBy::Slot);
    q.fromDate = queryText(r, "from", 10);
    if (q.fromDate.isEmpty())
        q.fromDate = localTime(now, homeZone()).date().toString(Qt::ISODate);
    else if (q.fromDate.size() != 10 || !QDate::fromString(q.fromDate, Qt::ISODate).isValid())
        throw ProblemError(400, "query-invalid", u"from must be a day: yyyy-mm-dd"_s);
    const bool hours = q.unit == OccupancyUnit::Hour;
    q.days = queryInt(r, "days", hours ? 1 : 14, 1, hours ? 1 : kMaxDays);
    q.text = queryText(r, "q");
    const QString vendor = queryText(r, "vendor_id", 26);
    if (!vendor.isEmpty()) {
        q.vendorId = VendorId::parse(QStringView(vendor));
        if (!q.vendorId)
            throw ProblemError(400, "query-invalid", u"vendor_id must be an identifier"_s);
    }
    return q;
}

namespace {

QString occupancySql(const ViewFor& who, const OccupancyQuery& query, const QDate& from, Params& params)
{
    // A slot that its rule took back, and that nobody has, is not there.
    QString sql = u"SELECT i.id, p.id, v.id, i.vendor_id, COALESCE(tl.title, tk.title, p.code), s.starts_at, s.ends_at, s.tz, s.local_date, s.status, i.on_hand, i.allocated, "
                  "i.held, i.overbook FROM slot s JOIN inventory_item i ON i.slot_id = s.id JOIN variant v ON v.id = s.variant_id JOIN product p ON p.id = s.product_id "
                  "LEFT JOIN product_text tl ON tl.product_id = p.id AND tl.lang = ? LEFT JOIN product_text tk ON tk.product_id = p.id AND tk.lang = 'ko' "
                  "WHERE s.local_date >= ? AND s.local_date < ? AND p.status <> 'archived' AND (s.status <> 'cancelled' OR i.allocated + i.held > 0)"_s;
    params = {who.lang, query.fromDate, from.addDays(query.days).toString(Qt::ISODate)};
    for (const auto& vendor : {who.tenant, query.vendorId}) {
        if (vendor) {
            sql += u" AND i.vendor_id = ?"_s;
            params.emplace_back(*vendor);
        }
    }
    if (!query.text.isEmpty()) {
        sql += u" AND (lower(tl.title) LIKE lower(?) ESCAPE '\\' OR lower(tk.title) LIKE lower(?) ESCAPE '\\' OR lower(p.code) LIKE lower(?) ESCAPE '\\')"_s;
        params.insert(params.end(), 3, Param(likePattern(query.text)));
    }
    return sql + u" ORDER BY s.starts_at, i.id"_s;
}

std::map<QString, int> waitingOn(Connection& db, const OccupancyQuery& query, const QDate& from)
{
    std::map<QString, int> waiting;
    const Rows rows = db.query(u"SELECT w.inventory_item_id, COUNT(*) FROM waitlist_entry w JOIN inventory_item i ON i.id = w.inventory_item_id JOIN slot s ON s.id = i.slot_id "
                               "WHERE w.status = 'waiting' AND s.local_date >= ? AND s.local_date < ? GROUP BY w.inventory_item_id"_s,
        {query.fromDate, from.addDays(query.days).toString(Qt::ISODate)});
    for (const Row& row : rows)
        waiting[row.text(0)] = row.number(1);
    return waiting;
}

std::vector<OccupancyCell> emptyCells(const OccupancyQuery& query, const QDate& from)
{
    const bool hours = query.unit == OccupancyUnit::Hour;
    std::vector<OccupancyCell> cells(static_cast<std::size_t>(hours ? 24 : query.days));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].date = hours ? query.fromDate : from.addDays(static_cast<qint64>(i)).toString(Qt::ISODate);
        if (hours)
            cells[i].hour = static_cast<int>(i);
    }
    return cells;
}

void addSlot(OccupancyCell& cell, const Row& row, int waiting)
{
    const bool open = row.text(9) == u"open"_s;
    cell.closed = cell.slotCount == 0 ? !open : cell.closed && !open;
    if (cell.slotCount++ == 0)
        cell.itemId = row.id<ItemId>(0);
    cell.capacity += row.integer(10);
    cell.allocated += row.integer(11);
    cell.held += row.integer(12);
    cell.overbook += row.integer(13);
    cell.waiting += waiting;
    cell.overbooked = cell.overbooked || row.integer(11) + row.integer(12) > row.integer(10);
}

// What a row of the calendar is called: the start, or for a stay its option, which all slots of the variant share.
class RowLabels {
public:
    RowLabels(Connection& db, const QString& lang) : m_db(db), m_lang(lang) {}
    QString of(const Row& row, const QDateTime& start)
    {
        if (row.integer(6) - row.integer(5) < kStayMs)
            return start.toString(u"HH:mm"_s);
        auto known = m_stays.find(row.text(2));
        if (known == m_stays.end()) {
            const auto label = readLabel(m_db, row.id<ItemId>(0), m_lang);
            known = m_stays.emplace(row.text(2), label ? label->label : QString()).first;
        }
        return known->second;
    }

private:
    Connection& m_db;
    QString m_lang;
    std::map<QString, QString> m_stays; // by variant
};

} // namespace

Page<OccupancyRow> occupancy(Connection& db, const ViewFor& who, const OccupancyQuery& query)
{
    const QDate from = QDate::fromString(query.fromDate, Qt::ISODate);
    Params params;
    const QString sql = occupancySql(who, query, from, params);
    const std::map<QString, int> waiting = waitingOn(db, query, from);
    const bool byProduct = query.by == OccupancyBy::Product;
    RowLabels labels(db, who.lang);
    std::map<std::tuple<QString, QString, QString>, OccupancyRow> rows; // title, label, variant or product
    for (const Row& row : db.query(sql, params)) {
        const QDateTime start = localTime(row.instant(5), row.text(7));
        const QString label = byProduct ? QString() : labels.of(row, start);
        OccupancyRow& out = rows[{row.text(4), label, row.text(byProduct ? 1 : 2)}];
        if (out.cells.empty()) {
            out.productId = row.id<ProductId>(1);
            out.variantId = row.id<VariantId>(2);
            out.vendorId = row.id<VendorId>(3);
            out.title = row.text(4);
            out.label = label;
            out.cells = emptyCells(query, from);
        }
        const qint64 at = query.unit == OccupancyUnit::Hour ? start.time().hour() : from.daysTo(QDate::fromString(row.text(8), Qt::ISODate));
        if (at < 0 || at >= static_cast<qint64>(out.cells.size()))
            continue;
        const auto queue = waiting.find(row.text(0));
        addSlot(out.cells[static_cast<std::size_t>(at)], row, queue == waiting.end() ? 0 : queue->second);
    }
    Page<OccupancyRow> page;
    page.total = static_cast<int>(rows.size());
    for (auto& [key, row] : rows) {
        if (static_cast<int>(page.items.size()) == kMaxRows)
            break;
        page.items.push_back(std::move(row));
    }
    return page;
}

QueueStats queueStats(Connection& db, const ViewFor& who, const QueueReading& reading, Instant now)
{
    QueueStats s;
    s.depth = reading.depth;
    s.arrivalsPerSecond = reading.arrivalsPerSecond;
    s.decisionsPerSecond = reading.decisionsPerSecond;
    s.waitP50Ms = reading.waitP50Ms;
    s.waitP95Ms = reading.waitP95Ms;
    s.series = reading.series;
    const Instant midnight = midnightBefore(now);
    Params own;
    QString ownHold;
    QString ownReservation;
    if (who.tenant) {
        ownHold = u" AND EXISTS (SELECT 1 FROM hold_line l JOIN inventory_item i ON i.id = l.inventory_item_id WHERE l.hold_id = h.id AND i.vendor_id = ?)"_s;
        ownReservation = u" AND EXISTS (SELECT 1 FROM reservation_line l JOIN inventory_item i ON i.id = l.inventory_item_id WHERE l.reservation_id = r.id AND i.vendor_id = ?)"_s;
        own.emplace_back(*who.tenant);
    }
    Params since{midnight};
    since.insert(since.end(), own.begin(), own.end());
    s.openHolds = count(db, u"SELECT COUNT(*) FROM hold h WHERE h.status = 'active'"_s + ownHold, own);
    // Reservations are made confirmed, so the day they were made, which their ids tell, is the day they were confirmed.
    Params sinceId{Id128::firstAt(toUnixMs(midnight))};
    sinceId.insert(sinceId.end(), own.begin(), own.end());
    s.confirmedToday = count(db, u"SELECT COUNT(*) FROM reservation r WHERE r.id >= ? AND r.confirmed_at IS NOT NULL"_s + ownReservation, sinceId);
    s.cancelledToday = count(db, u"SELECT COUNT(*) FROM reservation r WHERE r.cancelled_at >= ? AND r.status = 'cancelled'"_s + ownReservation, since);
    return s;
}

} // namespace naru::server
