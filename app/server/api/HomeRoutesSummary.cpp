// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/HomeRoutesSummary.h"

#include <QDate>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kDay{24 * 3600'000};
constexpr Millis kSeoul{9 * 3600'000}; // no summer time since 1988

Instant dayStart(Instant at)
{
    const std::int64_t local = toUnixMs(at + kSeoul);
    return fromUnixMs(local - local % kDay.count()) - kSeoul;
}

QDate dateOf(Instant at) { return QDate(1970, 1, 1).addDays(toUnixMs(at + kSeoul) / kDay.count()); }

// The condition that keeps a vendor to its own rows; takes two parameters.
QString tenant(const char* column) { return u" AND (? IS NULL OR %1 = ?)"_s.arg(QLatin1String(column)); }

struct Sales {
    int orders = 0;
    std::int64_t minor = 0;
};

// What the operator counts as one order are several vendor orders; a vendor has at most one of each.
Sales salesBetween(Connection& db, const View& view, const QString& currency, Instant from, Instant until)
{
    const auto row = db.one(u"SELECT COUNT(DISTINCT order_id), COALESCE(SUM(CASE WHEN currency = ? AND status NOT IN ('refused','cancelled') THEN total_minor ELSE 0 END), 0) "
                            "FROM vendor_order WHERE placed_at >= ? AND placed_at < ?"_s + tenant("vendor_id"),
        {currency, from, until, Param(view.vendor), Param(view.vendor)});
    return {row->number(0), row->integer(1)};
}

QString currencyOf(Connection& db, const View& view)
{
    const auto row = view.vendor ? db.one(u"SELECT payout_currency FROM vendor WHERE id = ?"_s, {*view.vendor})
                                 : db.one(u"SELECT payout_currency FROM vendor WHERE kind = 'operator'"_s);
    return row ? row->text(0) : u"KRW"_s;
}

std::vector<SeriesPoint> ordersByHour(Connection& db, const View& view, Instant today)
{
    std::vector<SeriesPoint> out(24);
    for (int h = 0; h < 24; ++h)
        out[static_cast<std::size_t>(h)].label = QString::number(h);
    for (const Row& row : db.query(u"SELECT (placed_at - ?) / 3600000 AS h, COUNT(DISTINCT order_id) FROM vendor_order WHERE placed_at >= ? AND placed_at < ?"_s
                 + tenant("vendor_id") + u" GROUP BY h"_s, {today, today, today + kDay, Param(view.vendor), Param(view.vendor)}))
        out[static_cast<std::size_t>(std::clamp(row.number(0), 0, 23))].value = row.number(1);
    return out;
}

std::vector<SeriesPoint> revenueByDay(Connection& db, const View& view, const QString& currency, Instant today, int days)
{
    const Instant first = today - kDay * (days - 1);
    std::vector<SeriesPoint> out(static_cast<std::size_t>(days));
    for (int i = 0; i < days; ++i)
        out[static_cast<std::size_t>(i)].label = dateOf(first + kDay * i).toString(u"M/d"_s);
    for (const Row& row : db.query(u"SELECT (placed_at - ?) / 86400000 AS d, SUM(total_minor) FROM vendor_order "
                                   "WHERE placed_at >= ? AND placed_at < ? AND currency = ? AND status NOT IN ('refused','cancelled')"_s
                 + tenant("vendor_id") + u" GROUP BY d"_s,
             {first, first, today + kDay, currency, Param(view.vendor), Param(view.vendor)}))
        out[static_cast<std::size_t>(std::clamp(row.number(0), 0, days - 1))].value = row.real(1);
    return out;
}

std::vector<SeriesPoint> occupancyByDay(Connection& db, const View& view, Instant today, int days)
{
    const QDate first = dateOf(today);
    std::vector<SeriesPoint> out(static_cast<std::size_t>(days));
    for (int i = 0; i < days; ++i)
        out[static_cast<std::size_t>(i)].label = first.addDays(i).toString(u"M/d"_s);
    for (const Row& row : db.query(u"SELECT s.local_date, SUM(i.allocated + i.held), SUM(i.on_hand) FROM slot s JOIN inventory_item i ON i.slot_id = s.id "
                                   "WHERE s.local_date >= ? AND s.local_date < ? AND s.status = 'open'"_s + tenant("i.vendor_id") + u" GROUP BY s.local_date"_s,
             {first.toString(Qt::ISODate), first.addDays(days).toString(Qt::ISODate), Param(view.vendor), Param(view.vendor)})) {
        const auto day = first.daysTo(QDate::fromString(row.text(0), Qt::ISODate));
        if (day >= 0 && day < days && row.integer(2) > 0)
            out[static_cast<std::size_t>(day)].value = std::min(100.0, 100.0 * row.real(1) / row.real(2));
    }
    return out;
}

int countOf(Connection& db, const QString& sql, const Params& params) { return db.one(sql, params)->number(0); }

} // namespace

HomeSummary homeSummary(Connection& db, const View& view)
{
    HomeSummary home;
    const Instant today = dayStart(view.now);
    const QString currency = currencyOf(db, view);
    home.attention = attentionList(db, view, 9, home.attentionTotal);

    const Sales now = salesBetween(db, view, currency, today, today + kDay);
    const Sales before = salesBetween(db, view, currency, today - kDay, view.now - kDay);
    home.ordersToday = now.orders;
    home.ordersYesterdayByNow = before.orders;
    home.revenueToday = {now.minor, currency};
    home.revenueYesterdayByNowMinor = before.minor;

    const Param who(view.vendor);
    home.reservationsToday = countOf(db, u"SELECT COUNT(*) FROM reservation r WHERE r.id >= ? AND r.status NOT IN ('cancelled','expired') AND (? IS NULL OR EXISTS "
        "(SELECT 1 FROM reservation_line l JOIN inventory_item i ON i.id = l.inventory_item_id WHERE l.reservation_id = r.id AND i.vendor_id = ?))"_s, {Id128::firstAt(toUnixMs(today)), who, who});
    home.openHolds = countOf(db, u"SELECT COUNT(*) FROM hold h WHERE h.status = 'active' AND (? IS NULL OR EXISTS "
        "(SELECT 1 FROM hold_line l JOIN inventory_item i ON i.id = l.inventory_item_id WHERE l.hold_id = h.id AND i.vendor_id = ?))"_s, {who, who});
    home.awaitingAcceptance = countOf(db, u"SELECT COUNT(*) FROM vendor_order WHERE status = 'awaiting_acceptance'"_s + tenant("vendor_id"), {who, who});
    home.activeProducts = countOf(db, u"SELECT COUNT(*) FROM product WHERE status = 'active'"_s + tenant("vendor_id"), {who, who});

    home.ordersByHour = ordersByHour(db, view, today);
    home.revenueByDay = revenueByDay(db, view, currency, today, 30);
    home.occupancyByDay = occupancyByDay(db, view, today, 14);
    return home;
}

} // namespace naru::server
