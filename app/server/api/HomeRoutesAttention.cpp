// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Money.h"
#include "server/api/HomeRoutesSummary.h"
#include "server/domain/Mask.h"
#include "server/engine/Labels.h"

#include <array>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kAcceptSoon{3600'000};
constexpr Millis kShipSoon{4 * 3600'000};
constexpr Millis kUrgent{15 * 60'000};
constexpr Millis kHoldSoon{120'000};
constexpr int kLowStock = 5;
// How many of nine places each kind is sure of, so that a wave of one kind does not hide the others.
constexpr std::array<int, 6> kSure{2, 2, 2, 1, 1, 1};

// One kind of waiting thing: its most urgent rows go to `out`, and all of them are counted.
class Collector {
public:
    Collector(Connection& db, const View& view, int limit) : m_db(db), m_view(view), m_limit(limit) {}
    void dueOrders(AttentionKind kind, const QString& condition, Instant until);
    void holds();
    void reviews();
    void lowStock();
    void cancelWishes();

    std::vector<Attention> chosen() const;
    int total = 0;

private:
    void counted(const Row& row, int column) { m_kindTotal = row.number(column); } // COUNT(*) OVER () is the same in every row of a query
    void add(Attention a) { m_kinds[static_cast<std::size_t>(a.kind)].push_back(std::move(a)); }
    void endKind() { total += std::exchange(m_kindTotal, 0); }

    Connection& m_db;
    const View& m_view;
    const int m_limit;
    int m_kindTotal = 0;
    std::array<std::vector<Attention>, kSure.size()> m_kinds; // most urgent first, each at most m_limit
};

std::vector<Attention> Collector::chosen() const
{
    std::array<std::size_t, kSure.size()> take{};
    auto left = static_cast<std::size_t>(m_limit);
    for (std::size_t i = 0; i < take.size(); ++i) {
        take[i] = std::min({static_cast<std::size_t>(kSure[i]), m_kinds[i].size(), left});
        left -= take[i];
    }
    for (std::size_t i = 0; i < take.size(); ++i) {
        const std::size_t more = std::min(m_kinds[i].size() - take[i], left);
        take[i] += more;
        left -= more;
    }
    std::vector<Attention> out;
    for (std::size_t i = 0; i < take.size(); ++i)
        out.insert(out.end(), m_kinds[i].begin(), m_kinds[i].begin() + static_cast<std::ptrdiff_t>(take[i]));
    return out;
}

void Collector::dueOrders(AttentionKind kind, const QString& condition, Instant until)
{
    const QString due = kind == AttentionKind::AcceptDue ? u"accept_due_at"_s : u"ship_due_at"_s;
    for (const Row& row : m_db.query(u"SELECT o.id, o.code, v.name, o.total_minor, o.currency, o.%1, COUNT(*) OVER () FROM vendor_order o JOIN vendor v ON v.id = o.vendor_id "
                                     "WHERE %2 AND o.%1 < ? AND (? IS NULL OR o.vendor_id = ?) ORDER BY o.%1, o.id LIMIT ?"_s.arg(due, condition),
             {until, Param(m_view.vendor), Param(m_view.vendor), m_limit})) {
        counted(row, 6);
        Attention a;
        a.kind = kind;
        a.dueAt = row.instant(5);
        a.severity = *a.dueAt < m_view.now + kUrgent ? Severity::Danger : Severity::Warning;
        a.title = row.text(1);
        a.detail = row.text(2) + u" · "_s + formatMoney({row.integer(3), row.text(4)});
        a.entityType = u"vendor_order"_s;
        a.entityId = row.text(0);
        add(std::move(a));
    }
    endKind();
}

void Collector::holds()
{
    for (const Row& row : m_db.query(u"SELECT h.id, h.expires_at, c.display_name, COUNT(*) OVER () FROM hold h JOIN customer c ON c.id = h.customer_id "
                                     "WHERE h.status = 'active' AND h.expires_at < ? AND (? IS NULL OR EXISTS (SELECT 1 FROM hold_line l JOIN inventory_item i "
                                     "ON i.id = l.inventory_item_id WHERE l.hold_id = h.id AND i.vendor_id = ?)) ORDER BY h.expires_at, h.id LIMIT ?"_s,
             {m_view.now + kHoldSoon, Param(m_view.vendor), Param(m_view.vendor), m_limit})) {
        counted(row, 3);
        const Rows lines = m_db.query(u"SELECT l.inventory_item_id FROM hold_line l JOIN inventory_item i ON i.id = l.inventory_item_id "
                                      "WHERE l.hold_id = ? AND (? IS NULL OR i.vendor_id = ?) ORDER BY l.inventory_item_id"_s,
            {row.text(0), Param(m_view.vendor), Param(m_view.vendor)});
        const auto label = lines.empty() ? std::nullopt : readLabel(m_db, lines.front().id<ItemId>(0), m_view.lang);
        Attention a;
        a.kind = AttentionKind::HoldExpiring;
        a.severity = Severity::Warning;
        a.title = label ? titleOfLines(label->full, lines.size(), m_view.lang) : QString();
        a.detail = m_view.masksNames() ? maskName(row.text(2)) : row.text(2);
        a.entityType = u"hold"_s;
        a.entityId = row.text(0);
        a.dueAt = row.instant(1);
        add(std::move(a));
    }
    endKind();
}

void Collector::reviews()
{
    if (m_view.vendor)
        return; // reviewing is the operator's
    for (const Row& row : m_db.query(u"SELECT p.id, p.code, v.name, COALESCE((SELECT title FROM product_text WHERE product_id = p.id AND lang = ?), "
                                     "(SELECT title FROM product_text WHERE product_id = p.id ORDER BY lang DESC LIMIT 1), p.code), COUNT(*) OVER () "
                                     "FROM product p JOIN vendor v ON v.id = p.vendor_id WHERE p.status = 'in_review' ORDER BY p.updated_at, p.id LIMIT ?"_s,
             {m_view.lang, m_limit})) {
        counted(row, 4);
        Attention a;
        a.kind = AttentionKind::ReviewWaiting;
        a.severity = Severity::Info;
        a.title = row.text(3);
        a.detail = row.text(2) + u" · "_s + row.text(1);
        a.entityType = u"product"_s;
        a.entityId = row.text(0);
        add(std::move(a));
    }
    endKind();
}

void Collector::lowStock()
{
    for (const Row& row : m_db.query(u"SELECT p.id, COALESCE((SELECT title FROM product_text WHERE product_id = p.id AND lang = ?), "
                                     "(SELECT title FROM product_text WHERE product_id = p.id ORDER BY lang DESC LIMIT 1), p.code), va.sku, l.name, "
                                     "i.on_hand + i.overbook - i.safety - i.allocated - i.held AS free, COUNT(*) OVER () "
                                     "FROM product p JOIN variant va ON va.product_id = p.id AND va.enabled = 1 JOIN inventory_item i ON i.variant_id = va.id AND i.kind = 'stock' "
                                     "JOIN location l ON l.id = i.location_id WHERE p.status = 'active' AND p.kind = 'sale' AND i.on_hand + i.overbook - i.safety - i.allocated - i.held <= ? "
                                     "AND (? IS NULL OR p.vendor_id = ?) ORDER BY free, va.sku LIMIT ?"_s,
             {m_view.lang, kLowStock, Param(m_view.vendor), Param(m_view.vendor), m_limit})) {
        counted(row, 5);
        Attention a;
        a.kind = AttentionKind::LowStock;
        a.severity = row.integer(4) <= 0 ? Severity::Warning : Severity::Info;
        a.title = row.text(1);
        a.detail = u"%1 · %2 · %3"_s.arg(row.text(2), row.text(3)).arg(row.integer(4));
        a.entityType = u"product"_s;
        a.entityId = row.text(0);
        add(std::move(a));
    }
    endKind();
}

// Cancellations that wait for a person; the place that begins first goes first.
void Collector::cancelWishes()
{
    for (const Row& row : m_db.query(u"SELECT r.id, r.code, c.display_name, r.cancel_reason, MIN(s.starts_at) AS begins, MIN(i.id), COUNT(*) OVER () FROM reservation r "
                                     "JOIN customer c ON c.id = r.customer_id JOIN reservation_line l ON l.reservation_id = r.id JOIN inventory_item i ON i.id = l.inventory_item_id "
                                     "JOIN slot s ON s.id = i.slot_id WHERE r.status = 'cancel_requested' %1GROUP BY r.id, r.code, c.display_name, r.cancel_reason "
                                     "ORDER BY begins, r.id LIMIT ?"_s.arg(m_view.vendor ? u"AND i.vendor_id = ? "_s : QString()),
             m_view.vendor ? Params{*m_view.vendor, m_limit} : Params{m_limit})) {
        counted(row, 6);
        const auto label = readLabel(m_db, row.id<ItemId>(5), m_view.lang);
        Attention a;
        a.kind = AttentionKind::CancelRequested;
        a.dueAt = row.instant(4);
        a.severity = *a.dueAt < m_view.now + kUrgent ? Severity::Danger : Severity::Warning;
        a.title = row.text(1) + (label ? u" · "_s + label->full : QString());
        a.detail = m_view.masksNames() ? maskName(row.text(2)) : row.text(2);
        if (!row.text(3).isEmpty())
            a.detail += u" · "_s + row.text(3);
        a.entityType = u"reservation"_s;
        a.entityId = row.text(0);
        add(std::move(a));
    }
    endKind();
}

} // namespace

std::vector<Attention> attentionList(Connection& db, const View& view, int limit, int& total)
{
    Collector c(db, view, limit);
    c.dueOrders(AttentionKind::AcceptDue, u"o.status = 'awaiting_acceptance'"_s, view.now + kAcceptSoon);
    c.dueOrders(AttentionKind::ShipDue, u"o.status IN ('accepted','preparing','partially_shipped')"_s, view.now + kShipSoon);
    c.holds();
    c.reviews();
    c.lowStock();
    c.cancelWishes();
    total = c.total;
    return c.chosen();
}

} // namespace naru::server
