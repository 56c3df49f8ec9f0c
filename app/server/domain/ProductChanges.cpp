// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Products.h"

#include "protocol/Events.h"
#include "server/engine/Freed.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace topic = protocol::topic;

namespace {

ProductDetail guardedProduct(Txn& txn, const View& view, ProductId id, std::int64_t version)
{
    txn.lock("product", id.value);
    auto detail = productDetail(txn.db(), view, id);
    if (!detail)
        notFound();
    if (detail->summary.version != version)
        versionMismatch(detail->summary.version, protocol::toJson(*detail));
    return std::move(*detail);
}

void bumpProduct(Txn& txn, ProductId id)
{
    txn.db().exec(u"UPDATE product SET version = version + 1, updated_at = ? WHERE id = ?"_s, {txn.now(), id});
}

void setText(Txn& txn, ProductId id, const QString& lang, const std::optional<QString>& title, const std::optional<QString>& body)
{
    if (!title && !body)
        return;
    // Two statements rather than an upsert with COALESCE: a body alone may come before its title exists.
    if (txn.db().exec(u"UPDATE product_text SET title = COALESCE(?, title), body = COALESCE(?, body) WHERE product_id = ? AND lang = ?"_s,
            {Param(title), Param(body), Param(id), Param(lang)})
        == 0)
        txn.db().exec(u"INSERT INTO product_text (product_id, lang, title, body) VALUES (?, ?, ?, ?)"_s,
            {id, lang, title ? *title : productTitle(txn.db(), id, lang), body.value_or(QString())});
}

} // namespace

void publishProduct(Txn& txn, ProductId id)
{
    const auto summary = productSummary(txn.db(), payloadView(txn.now()), id);
    if (summary)
        txn.publish(topic::kProduct, summary->vendorId, u"product"_s, id.value, summary->version, protocol::toJson(*summary).as_object());
}

ProductDetail patchProduct(Txn& txn, const View& view, ProductId id, std::int64_t version, const ProductPatch& patch)
{
    const ProductDetail before = guardedProduct(txn, view, id, version);
    const protocol::json::value diff = protocol::toJson(patch);
    if (diff.as_object().empty())
        return before;
    setText(txn, id, u"ko"_s, patch.titleKo, patch.bodyKo);
    setText(txn, id, u"en"_s, patch.titleEn, patch.bodyEn);
    if (patch.brand)
        txn.db().exec(u"UPDATE product SET brand = ? WHERE id = ?"_s, {*patch.brand, id});
    bumpProduct(txn, id);
    txn.audit(u"product.edited"_s, u"product"_s, id.value, diff);
    publishProduct(txn, id);
    return *productDetail(txn.db(), view, id, &txn.journal());
}

ProductDetail moveProduct(Txn& txn, const View& view, ProductId id, std::int64_t version, const ProductMove& move)
{
    const ProductDetail before = guardedProduct(txn, view, id, version);
    const ProductStatus from = before.summary.status;
    txn.allow(Machine::Product, protocol::wireName(from), protocol::wireName(move.to));
    if (move.to == ProductStatus::Scheduled)
        throw ProblemError(409, "schedule-needed", u"a scheduled start needs its time; this interface does not take one yet"_s);
    if (move.to == ProductStatus::Active) {
        const bool live = std::any_of(before.variants.begin(), before.variants.end(), [](const Variant& v) { return v.enabled && v.offer; });
        if (!live)
            throw ProblemError(409, "no-live-offer", u"a product on sale needs an enabled variant with an offer in force"_s);
    }
    txn.db().exec(u"UPDATE product SET status = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?"_s,
        {Param(protocol::wireName(move.to)), Param(txn.now()), Param(id), Param(version)});
    txn.transition(Machine::Product, id.value, protocol::wireName(from), protocol::wireName(move.to), version + 1, move.reason);
    publishProduct(txn, id);
    if (move.to == ProductStatus::Active)
        waitlistsMayMove(txn, id);
    return *productDetail(txn.db(), view, id, &txn.journal());
}

namespace {

// Closes the window of an offer and opens the next one with the patch applied.
OfferId reprice(Txn& txn, const Offer& old, const OfferPatch& patch, std::optional<std::int64_t> listPrice)
{
    const Instant cut = std::max(txn.now(), old.validFrom + Millis(1)); // a window is never empty
    txn.db().exec(u"UPDATE offer SET valid_until = ?, version = version + 1 WHERE id = ?"_s, {cut, old.id});
    const auto next = txn.newId<OfferId>();
    txn.db().exec(u"INSERT INTO offer (id, variant_id, vendor_id, channel, currency, price_minor, list_price_minor, on_sale, purchasable, min_qty, max_qty, valid_from) "
                  "SELECT ?, variant_id, vendor_id, channel, currency, ?, ?, ?, ?, min_qty, max_qty, ? FROM offer WHERE id = ?"_s,
        {Param(next), Param(*patch.priceMinor), Param(listPrice), Param(patch.onSale.value_or(old.onSale)), Param(patch.purchasable.value_or(old.purchasable)), Param(cut),
            Param(old.id)});
    return next;
}

} // namespace

Offer patchOffer(Txn& txn, const View& view, OfferId id, std::int64_t version, const OfferPatch& patch)
{
    Connection& db = txn.db();
    txn.lock("offer", id.value);
    const auto owner = db.one(u"SELECT o.vendor_id, v.product_id FROM offer o JOIN variant v ON v.id = o.variant_id WHERE o.id = ?"_s, {id});
    if (!owner || !view.sees(owner->id<VendorId>(0)))
        notFound();
    const Offer old = *offerById(db, id);
    if (old.version != version) {
        // What a person needs to see is the offer in force now, which may be a later one of the same variant.
        const auto current = offerInForce(db, old.variantId, txn.now());
        versionMismatch(current ? current->version : old.version, protocol::toJson(current ? *current : old));
    }
    if (old.validUntil && *old.validUntil <= txn.now())
        throw ProblemError(409, "offer-closed", u"this price is history; change the offer in force"_s);
    const std::int64_t price = patch.priceMinor.value_or(old.price.minor);
    std::optional<std::int64_t> listPrice = patch.listPriceMinor ? patch.listPriceMinor : old.listPriceMinor;
    if (listPrice && *listPrice < price) {
        if (patch.listPriceMinor)
            refuseField(u"/list_price_minor"_s, "range", u"must not be below the price"_s);
        listPrice.reset(); // the price rose above the old list price, which means nothing any more
    }
    const protocol::json::value diff = protocol::toJson(patch);
    if (diff.as_object().empty())
        return old;
    OfferId changed = id;
    if (price != old.price.minor) {
        changed = reprice(txn, old, patch, listPrice);
    } else {
        db.exec(u"UPDATE offer SET list_price_minor = ?, on_sale = ?, purchasable = ?, version = version + 1 WHERE id = ?"_s,
            {Param(listPrice), Param(patch.onSale.value_or(old.onSale)), Param(patch.purchasable.value_or(old.purchasable)), Param(id)});
    }
    txn.audit(u"offer.changed"_s, u"offer"_s, id.value, diff);
    // The product's row shows the price: it gets a new version so that every reader can tell old from new.
    const auto product = owner->id<ProductId>(1);
    bumpProduct(txn, product);
    publishProduct(txn, product);
    waitlistsMayMove(txn, product);
    return *offerById(db, changed);
}

} // namespace naru::server
