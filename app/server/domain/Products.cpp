// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Products.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSlotHorizon = std::chrono::hours(24 * 60); // reservations: seats of the next 60 days

const QString kTitleSql = u"COALESCE((SELECT t.title FROM product_text t WHERE t.product_id = p.id AND t.lang = ?), "
                          "(SELECT t.title FROM product_text t WHERE t.product_id = p.id AND t.lang = 'ko'), "
                          "(SELECT MIN(t.title) FROM product_text t WHERE t.product_id = p.id), '')"_s;

// Free units of a product, for the sort key "stock".
const QString kFreeSql = u"COALESCE((SELECT SUM(i.on_hand + i.overbook - i.safety - i.allocated - i.held) FROM variant x JOIN inventory_item i ON i.variant_id = x.id AND i.kind = 'stock' WHERE x.product_id = p.id), "
                         "(SELECT SUM(i.on_hand + i.overbook - i.safety - i.allocated - i.held) FROM variant x JOIN slot s ON s.variant_id = x.id AND s.status = 'open' AND s.starts_at >= ? AND s.starts_at < ? "
                         "JOIN inventory_item i ON i.slot_id = s.id WHERE x.product_id = p.id), 0)"_s;

struct SortKey {
    QString expression;
    Params params;
    bool text = false;
    bool descending = false;
};

SortKey sortKeyOf(const View& view, const QString& sort)
{
    if (sort.isEmpty() || sort == u"updated")
        return {u"p.updated_at"_s, {}, false, true};
    if (sort == u"code")
        return {u"p.code"_s, {}, true, false};
    if (sort == u"title")
        return {kTitleSql, {Param(view.lang)}, true, false};
    if (sort == u"stock")
        return {kFreeSql, {Param(view.now), Param(view.now + kSlotHorizon)}, false, false};
    throw ProblemError(400, "query-invalid", u"sort must be updated, code, title or stock"_s);
}

void readStock(Connection& db, const View& view, ProductSummary& s)
{
    const auto row = s.kind == ProductKind::Sale
        ? db.one(u"SELECT SUM(i.on_hand), SUM(i.allocated), SUM(i.held) FROM variant x JOIN inventory_item i ON i.variant_id = x.id AND i.kind = 'stock' WHERE x.product_id = ?"_s, {s.id})
        : db.one(u"SELECT SUM(i.on_hand), SUM(i.allocated), SUM(i.held) FROM variant x JOIN slot s ON s.variant_id = x.id AND s.status = 'open' AND s.starts_at >= ? AND s.starts_at < ? "
                  "JOIN inventory_item i ON i.slot_id = s.id WHERE x.product_id = ?"_s,
              {Param(view.now), Param(view.now + kSlotHorizon), Param(s.id)});
    if (!row)
        return;
    s.onHand = row->integer(0);
    s.allocated = row->integer(1);
    s.held = row->integer(2);
}

void readPrices(Connection& db, const View& view, ProductSummary& s)
{
    const auto row = db.one(u"SELECT MIN(o.currency), MIN(o.price_minor), MAX(o.price_minor), MAX(o.on_sale) FROM variant x JOIN offer o ON o.variant_id = x.id "
                            "WHERE x.product_id = ? AND x.enabled = 1 AND o.channel = ? AND o.valid_from <= ? AND (o.valid_until IS NULL OR o.valid_until > ?)"_s,
        {Param(s.id), Param(kDefaultChannel), Param(view.now), Param(view.now)});
    if (!row || row->isNull(0))
        return;
    s.currency = row->text(0);
    s.priceMinMinor = row->integer(1);
    s.priceMaxMinor = row->integer(2);
    s.onSale = row->flag(3);
}

} // namespace

QString productTitle(Connection& db, ProductId id, const QString& lang)
{
    const auto row = db.one(u"SELECT "_s + kTitleSql + u" FROM product p WHERE p.id = ?"_s, {Param(lang), Param(id)});
    return row ? row->text(0) : QString();
}

std::optional<ProductSummary> productSummary(Connection& db, const View& view, ProductId id)
{
    const auto row = db.one(u"SELECT p.id, p.vendor_id, v.name, p.code, p.kind, p.status, "_s + kTitleSql
            + u", v.payout_currency, (SELECT COUNT(*) FROM variant x WHERE x.product_id = p.id), p.updated_at, p.version "
              "FROM product p JOIN vendor v ON v.id = p.vendor_id WHERE p.id = ?"_s,
        {Param(view.lang), Param(id)});
    if (!row || !view.sees(row->id<VendorId>(1)))
        return std::nullopt;
    ProductSummary s;
    s.id = row->id<ProductId>(0);
    s.vendorId = row->id<VendorId>(1);
    s.vendorName = row->text(2);
    s.code = row->text(3);
    s.kind = protocol::fromWire<ProductKind>(row->text(4)).value_or(ProductKind::Sale);
    s.status = protocol::fromWire<ProductStatus>(row->text(5)).value_or(ProductStatus::Draft);
    s.title = row->text(6);
    s.currency = row->text(7);
    s.variantCount = row->number(8);
    s.updatedAt = row->instant(9);
    s.version = row->integer(10);
    readPrices(db, view, s);
    readStock(db, view, s);
    return s;
}

Page<ProductSummary> listProducts(Connection& db, const View& view, const ProductQuery& query)
{
    const SortKey key = sortKeyOf(view, query.sort);
    KeysetQuery q;
    q.rows = u"SELECT p.id AS id, %1 AS k FROM product p WHERE 1 = 1"_s.arg(key.expression);
    q.params = key.params;
    const auto filter = [&q](const QString& clause, const Param& value) {
        q.rows += clause;
        q.params.push_back(value);
    };
    if (view.vendor)
        filter(u" AND p.vendor_id = ?"_s, *view.vendor);
    if (query.vendorId)
        filter(u" AND p.vendor_id = ?"_s, *query.vendorId);
    if (query.kind)
        filter(u" AND p.kind = ?"_s, protocol::wireName(*query.kind));
    if (query.status)
        filter(u" AND p.status = ?"_s, protocol::wireName(*query.status));
    if (!query.text.isEmpty()) {
        q.rows += u" AND (p.code LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM product_text t WHERE t.product_id = p.id AND t.title LIKE ? ESCAPE '\\') "
                  "OR EXISTS (SELECT 1 FROM variant x WHERE x.product_id = p.id AND x.sku LIKE ? ESCAPE '\\'))"_s;
        q.params.insert(q.params.end(), 3, Param(likePattern(query.text)));
    }
    q.descending = key.descending;
    q.textKey = key.text;
    q.after = query.after;
    q.limit = query.limit;
    const KeysetPage keys = keysetPage(db, q);
    Page<ProductSummary> page = emptyPage<ProductSummary>(keys);
    for (const QString& id : keys.ids)
        if (auto product = productSummary(db, view, ProductId::parse(QStringView(id)).value_or(ProductId{})))
            page.items.push_back(std::move(*product));
    return page;
}

} // namespace naru::server
