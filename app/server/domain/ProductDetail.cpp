// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Products.h"

#include "server/domain/Rules.h"
#include "server/domain/Stock.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHistoryLimit = 50;
const QString kOfferSql = u"SELECT o.id, o.variant_id, o.channel, o.currency, o.price_minor, o.list_price_minor, o.on_sale, o.purchasable, o.min_qty, o.max_qty, o.valid_from, o.valid_until, o.version FROM offer o "_s;

Offer offerOf(const Row& row)
{
    Offer o;
    o.id = row.id<OfferId>(0);
    o.variantId = row.id<VariantId>(1);
    o.channel = row.text(2);
    o.price = {row.integer(4), row.text(3)};
    o.listPriceMinor = row.maybeInteger(5);
    o.onSale = row.flag(6);
    o.purchasable = row.flag(7);
    o.minQty = row.number(8);
    if (!row.isNull(9))
        o.maxQty = row.number(9);
    o.validFrom = row.instant(10);
    o.validUntil = row.maybeInstant(11);
    o.version = row.integer(12);
    return o;
}

std::vector<ProductText> textsOf(Connection& db, ProductId id)
{
    std::vector<ProductText> texts;
    for (const Row& row : db.query(u"SELECT lang, title, body FROM product_text WHERE product_id = ? ORDER BY CASE lang WHEN 'ko' THEN 0 ELSE 1 END, lang"_s, {id}))
        texts.push_back({row.text(0), row.text(1), row.text(2)});
    return texts;
}

std::vector<Variant> variantsOf(Connection& db, const View& view, ProductId id)
{
    std::vector<Variant> variants;
    for (const Row& row : db.query(u"SELECT id, sku, enabled, position, version FROM variant WHERE product_id = ? ORDER BY position, id"_s, {id})) {
        Variant v;
        v.id = row.id<VariantId>(0);
        v.sku = row.text(1);
        v.enabled = row.flag(2);
        v.position = row.number(3);
        v.version = row.integer(4);
        v.optionText = optionText(db, v.id);
        v.offer = offerInForce(db, v.id, view.now);
        for (const Row& item : db.query(u"SELECT id FROM inventory_item WHERE variant_id = ? AND kind = 'stock' ORDER BY id"_s, {v.id}))
            if (auto level = stockLevel(db, view, item.id<ItemId>(0)))
                v.stock.push_back(std::move(*level));
        variants.push_back(std::move(v));
    }
    return variants;
}

} // namespace

QString optionText(Connection& db, VariantId id)
{
    QStringList labels;
    for (const Row& row : db.query(u"SELECT w.label FROM variant_option o JOIN option_group g ON g.id = o.option_group_id JOIN option_value w ON w.id = o.option_value_id "
                                   "WHERE o.variant_id = ? ORDER BY g.position"_s,
             {id}))
        labels << row.text(0);
    return labels.join(u" · "_s);
}

std::optional<Offer> offerInForce(Connection& db, VariantId variant, Instant at)
{
    const auto row = db.one(kOfferSql + u"WHERE o.variant_id = ? AND o.channel = ? AND o.valid_from <= ? AND (o.valid_until IS NULL OR o.valid_until > ?) ORDER BY o.valid_from DESC LIMIT 1"_s,
        {Param(variant), Param(kDefaultChannel), Param(at), Param(at)});
    return row ? std::optional(offerOf(*row)) : std::nullopt;
}

std::optional<Offer> offerById(Connection& db, OfferId id)
{
    const auto row = db.one(kOfferSql + u"WHERE o.id = ?"_s, {id});
    return row ? std::optional(offerOf(*row)) : std::nullopt;
}

std::optional<ProductDetail> productDetail(Connection& db, const View& view, ProductId id, const Journal* uncommitted)
{
    auto summary = productSummary(db, view, id);
    if (!summary)
        return std::nullopt;
    ProductDetail d;
    d.summary = std::move(*summary);
    if (const auto row = db.one(u"SELECT brand, tax_class FROM product WHERE id = ?"_s, {id})) {
        d.brand = row->text(0);
        d.taxClass = row->text(1);
    }
    d.texts = textsOf(db, id);
    d.variants = variantsOf(db, view, id);
    d.history = historyOf(db, Machine::Product, id.value, true, kHistoryLimit, uncommitted);
    // A scheduled start needs its time, which this interface does not take yet.
    d.allowedNext = allowedNext(db, Machine::Product, d.summary.status, view.letter, {ProductStatus::Scheduled});
    return d;
}

} // namespace naru::server
