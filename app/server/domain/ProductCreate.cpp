// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Products.h"

#include "server/domain/Parties.h"
#include "server/domain/Stock.h"
#include "server/engine/Writes.h"

#include <QHash>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

// The option groups of a new product and the ids their values got.
struct OptionIds {
    std::vector<OptionGroupId> groups;
    std::vector<QHash<QString, std::pair<OptionValueId, QString>>> values; // label → id and code, per group
};

void checkVariants(const NewProduct& wanted)
{
    QStringList seen;
    for (std::size_t i = 0; i < wanted.variants.size(); ++i) {
        const NewVariant& v = wanted.variants[i];
        const QString at = u"/variants/%1"_s.arg(i);
        if (v.options.size() != wanted.optionGroups.size())
            refuseField(at + u"/options"_s, "count", u"needs exactly one value for each of the option groups"_s);
        const QString key = QStringList(v.options.begin(), v.options.end()).join(u'\x1f');
        if (seen.contains(key))
            refuseField(at + u"/options"_s, "duplicate", u"another variant has the same options"_s);
        seen << key;
        for (const QString& option : v.options)
            if (option.trimmed().isEmpty())
                refuseField(at + u"/options"_s, "required", u"an option has a name"_s);
        if (v.listPriceMinor && *v.listPriceMinor < v.priceMinor)
            refuseField(at + u"/list_price_minor"_s, "range", u"must not be below the price"_s);
        if (wanted.kind == ProductKind::Reservation && v.stock != 0)
            refuseField(at + u"/stock"_s, "kind", u"a reservation product has slots, no stock"_s);
    }
}

OptionIds insertOptions(Txn& txn, ProductId product, const NewProduct& wanted)
{
    OptionIds ids;
    for (std::size_t g = 0; g < wanted.optionGroups.size(); ++g) {
        const auto group = txn.newId<OptionGroupId>();
        txn.db().exec(u"INSERT INTO option_group (id, product_id, code, label, position) VALUES (?, ?, ?, ?, ?)"_s,
            {group, product, u"g%1"_s.arg(g + 1), wanted.optionGroups[g], static_cast<int>(g)});
        QHash<QString, std::pair<OptionValueId, QString>> values;
        for (const NewVariant& v : wanted.variants) {
            const QString& label = v.options[g];
            if (values.contains(label))
                continue;
            const auto value = txn.newId<OptionValueId>();
            const QString code = u"v%1"_s.arg(values.size() + 1);
            txn.db().exec(u"INSERT INTO option_value (id, option_group_id, code, label, position) VALUES (?, ?, ?, ?, ?)"_s,
                {value, group, code, label, static_cast<int>(values.size())});
            values.insert(label, {value, code});
        }
        ids.groups.push_back(group);
        ids.values.push_back(std::move(values));
    }
    return ids;
}

void insertVariant(Txn& txn, ProductId product, const NewProduct& wanted, std::size_t index, const OptionIds& options)
{
    const NewVariant& v = wanted.variants[index];
    if (txn.db().one(u"SELECT 1 FROM variant WHERE sku = ?"_s, {v.sku}))
        throw ProblemError(409, "sku-taken", u"another variant has the SKU %1"_s.arg(v.sku));
    const auto id = txn.newId<VariantId>();
    QStringList key;
    for (std::size_t g = 0; g < v.options.size(); ++g)
        key << options.values[g].value(v.options[g]).second;
    txn.db().exec(u"INSERT INTO variant (id, product_id, sku, option_key, enabled, position) VALUES (?, ?, ?, ?, 1, ?)"_s,
        {id, product, v.sku, key.join(u'/'), static_cast<int>(index)});
    for (std::size_t g = 0; g < v.options.size(); ++g)
        txn.db().exec(u"INSERT INTO variant_option (variant_id, product_id, option_group_id, option_value_id) VALUES (?, ?, ?, ?)"_s,
            {id, product, options.groups[g], options.values[g].value(v.options[g]).first});
    const bool onSale = v.listPriceMinor && *v.listPriceMinor > v.priceMinor;
    txn.db().exec(u"INSERT INTO offer (id, variant_id, vendor_id, channel, currency, price_minor, list_price_minor, on_sale, purchasable, valid_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)"_s,
        {txn.newId<OfferId>(), id, wanted.vendorId, kDefaultChannel, wanted.currency, v.priceMinor, Param(v.listPriceMinor), onSale, txn.now()});
    if (wanted.kind == ProductKind::Sale)
        receiveStock(txn, ensureStockItem(txn, wanted.vendorId, id), v.stock, u"first stock"_s);
}

} // namespace

ProductDetail createProduct(Txn& txn, const View& view, const NewProduct& wanted)
{
    Connection& db = txn.db();
    if (!view.sees(wanted.vendorId) || !db.one(u"SELECT 1 FROM vendor WHERE id = ?"_s, {wanted.vendorId}))
        notFound();
    if (wanted.activate && view.letter != 'O')
        throw ProblemError(403, "transition-not-allowed", u"only operator staff may put a new product on sale without a review"_s);
    checkCurrency(u"/currency"_s, wanted.currency);
    checkVariants(wanted);
    if (db.one(u"SELECT 1 FROM product WHERE vendor_id = ? AND code = ?"_s, {wanted.vendorId, wanted.code}))
        throw ProblemError(409, "code-taken", u"the vendor has another product with the code %1"_s.arg(wanted.code));

    const auto id = txn.newId<ProductId>();
    const Param policy = wanted.kind == ProductKind::Reservation ? Param(policyFor(txn, std::nullopt)) : Param(nullptr);
    db.exec(u"INSERT INTO product (id, vendor_id, code, kind, status, brand, tax_class, cancellation_policy_id, created_at, updated_at) VALUES (?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?)"_s,
        {id, wanted.vendorId, wanted.code, Param(protocol::wireName(wanted.kind)), wanted.brand, wanted.taxClass.isEmpty() ? u"standard"_s : wanted.taxClass, policy,
            txn.now(), txn.now()});
    db.exec(u"INSERT INTO product_text (product_id, lang, title, body) VALUES (?, 'ko', ?, ?)"_s, {id, wanted.titleKo, wanted.body});
    if (!wanted.titleEn.isEmpty())
        db.exec(u"INSERT INTO product_text (product_id, lang, title) VALUES (?, 'en', ?)"_s, {id, wanted.titleEn});
    const OptionIds options = insertOptions(txn, id, wanted);
    for (std::size_t i = 0; i < wanted.variants.size(); ++i)
        insertVariant(txn, id, wanted, i, options);
    txn.audit(u"product.created"_s, u"product"_s, id.value,
        protocol::json::object{{"code", protocol::utf8(wanted.code)}, {"title", protocol::utf8(wanted.titleKo)}, {"variants", wanted.variants.size()}});
    publishProduct(txn, id);
    if (wanted.activate) {
        moveProduct(txn, view, id, 1, {ProductStatus::Approved, {}});
        moveProduct(txn, view, id, 2, {ProductStatus::Active, {}});
    }
    return *productDetail(db, view, id, &txn.journal());
}

} // namespace naru::server
