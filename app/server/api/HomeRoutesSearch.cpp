// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Money.h"
#include "server/api/HomeRoutesSummary.h"
#include "server/domain/Mask.h"
#include "server/engine/Labels.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPerKind = 8;
constexpr std::size_t kMostHits = 20;

// Exact code, code's beginning, anything else.
int rankOf(const QString& code, const QString& text)
{
    return code.compare(text, Qt::CaseInsensitive) == 0 ? 0 : code.startsWith(text, Qt::CaseInsensitive) ? 1 : 2;
}

struct Search {
    Connection& db;
    const View& view;
    const QString& text;
    QString like;
    std::vector<std::pair<int, SearchHit>> hits;

    void add(const char* type, const QString& id, const QString& code, const QString& title, const QString& detail)
    {
        hits.emplace_back(rankOf(code, text), SearchHit{QString::fromLatin1(type), id, code, title, detail});
    }
    QString nameFor(const QString& name) const { return view.masksNames() ? maskName(name) : name; }
    // Whoever may not read customers' names must not be able to guess them by searching.
    Param customerLike() const { return view.masksNames() ? Param(nullptr) : Param(like); }

    void vendors();
    void products();
    void vendorOrders();
    void reservations();
};

void Search::vendors()
{
    for (const Row& row : db.query(u"SELECT id, code, name, status FROM vendor WHERE (code LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\') "
                                   "AND (? IS NULL OR id = ?) ORDER BY code LIMIT ?"_s, {like, like, Param(view.vendor), Param(view.vendor), kPerKind}))
        add("vendor", row.text(0), row.text(1), row.text(2), row.text(3));
}

void Search::products()
{
    for (const Row& row : db.query(u"SELECT p.id, p.code, COALESCE((SELECT title FROM product_text WHERE product_id = p.id AND lang = ?), "
                                   "(SELECT title FROM product_text WHERE product_id = p.id ORDER BY lang DESC LIMIT 1), p.code), v.name "
                                   "FROM product p JOIN vendor v ON v.id = p.vendor_id WHERE (? IS NULL OR p.vendor_id = ?) AND (p.code LIKE ? ESCAPE '\\' "
                                   "OR EXISTS (SELECT 1 FROM product_text t WHERE t.product_id = p.id AND t.title LIKE ? ESCAPE '\\') "
                                   "OR EXISTS (SELECT 1 FROM variant va WHERE va.product_id = p.id AND va.sku LIKE ? ESCAPE '\\')) "
                                   "ORDER BY p.code LIKE ? ESCAPE '\\' DESC, p.code LIMIT ?"_s,
             {view.lang, Param(view.vendor), Param(view.vendor), like, like, like, like, kPerKind}))
        add("product", row.text(0), row.text(1), row.text(2), row.text(3));
}

void Search::vendorOrders()
{
    for (const Row& row : db.query(u"SELECT vo.id, vo.code, c.display_name, v.name, vo.total_minor, vo.currency FROM vendor_order vo "
                                   "JOIN sales_order o ON o.id = vo.order_id JOIN customer c ON c.id = o.customer_id JOIN vendor v ON v.id = vo.vendor_id "
                                   "WHERE (? IS NULL OR vo.vendor_id = ?) AND (vo.code LIKE ? ESCAPE '\\' OR o.code LIKE ? ESCAPE '\\' OR c.display_name LIKE ? ESCAPE '\\') "
                                   "ORDER BY vo.placed_at DESC, vo.id LIMIT ?"_s,
             {Param(view.vendor), Param(view.vendor), like, like, customerLike(), kPerKind}))
        add("vendor_order", row.text(0), row.text(1), nameFor(row.text(2)), row.text(3) + u" · "_s + formatMoney({row.integer(4), row.text(5)}));
}

void Search::reservations()
{
    for (const Row& row : db.query(u"SELECT x.id, x.code, x.display_name, x.item FROM (SELECT r.id, r.code, r.created_at, c.display_name, (SELECT l.inventory_item_id FROM reservation_line l JOIN inventory_item i ON i.id = l.inventory_item_id "
                                   "WHERE l.reservation_id = r.id AND (? IS NULL OR i.vendor_id = ?) ORDER BY l.id LIMIT 1) AS item "
                                   "FROM reservation r JOIN customer c ON c.id = r.customer_id WHERE (r.code LIKE ? ESCAPE '\\' OR c.display_name LIKE ? ESCAPE '\\')) x "
                                   "WHERE x.item IS NOT NULL ORDER BY x.created_at DESC, x.id LIMIT ?"_s,
             {Param(view.vendor), Param(view.vendor), like, customerLike(), kPerKind})) {
        const auto label = readLabel(db, row.id<ItemId>(3), view.lang);
        add("reservation", row.text(0), row.text(1), nameFor(row.text(2)), label ? label->full : QString());
    }
}

} // namespace

std::vector<SearchHit> searchRecords(Connection& db, const View& view, const QString& text)
{
    Search s{db, view, text, likePattern(text), {}};
    s.vendorOrders();
    s.products();
    s.reservations();
    s.vendors();
    std::stable_sort(s.hits.begin(), s.hits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<SearchHit> out;
    for (auto& [rank, hit] : s.hits)
        if (out.size() < kMostHits)
            out.push_back(std::move(hit));
    return out;
}

} // namespace naru::server
