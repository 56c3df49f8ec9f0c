// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "protocol/Json.h"

// Wire form of core/Catalogue.h, Money and Page.
namespace naru::protocol {

inline constexpr Bounds kCode{1, 64};
inline constexpr Bounds kTitle{1, 200};
inline constexpr Bounds kBody{0, 20000};
inline constexpr Bounds kAmount{0, 1'000'000'000'000};
inline constexpr Bounds kCurrency{3, 3};
inline constexpr Bounds kQty{1, 1'000'000};

template <class V> void fields(V& v, Money& x)
{
    v("minor", x.minor);
    v("currency", x.currency, kCurrency);
}

template <class V, class T> void fields(V& v, Page<T>& x)
{
    v("items", x.items);
    v("next", x.next);
    v("total", x.total);
    v("total_is_lower_bound", x.totalIsLowerBound);
}

template <class V> void fields(V& v, Vendor& x)
{
    v("id", x.id);
    v("code", x.code);
    v("kind", x.kind);
    v("name", x.name);
    v("status", x.status);
    v("payout_currency", x.payoutCurrency);
    v("tz", x.tz);
    v("accept_sla_min", x.acceptSlaMin);
    v("ship_sla_min", x.shipSlaMin);
    v("open_orders", x.openOrders);
    v("product_count", x.productCount);
    v("version", x.version);
}

template <class V> void fields(V& v, NewVendor& x)
{
    v("code", x.code, kCode);
    v("name", x.name, kTitle);
    v("payout_currency", x.payoutCurrency, kCurrency);
    v("tz", x.tz, Bounds{1, 64});
    v.opt("accept_sla_min", x.acceptSlaMin, Bounds{1, 100'000});
    v.opt("ship_sla_min", x.shipSlaMin, Bounds{1, 1'000'000});
}

template <class V> void fields(V& v, Customer& x)
{
    v("id", x.id);
    v("external_ref", x.externalRef);
    v("display_name", x.displayName);
    v("version", x.version);
}

template <class V> void fields(V& v, NewCustomer& x)
{
    v("external_ref", x.externalRef, Bounds{1, 100});
    v("display_name", x.displayName, kTitle);
}

template <class V> void fields(V& v, StockLevel& x)
{
    v("id", x.id);
    v("kind", x.kind);
    v("vendor_id", x.vendorId);
    v("product_id", x.productId);
    v("variant_id", x.variantId);
    v("location_name", x.locationName);
    v("slot_id", x.slotId);
    v("on_hand", x.onHand);
    v("allocated", x.allocated);
    v("held", x.held);
    v("overbook", x.overbook);
    v("safety", x.safety);
    v("version", x.version);
}

template <class V> void fields(V& v, Offer& x)
{
    v("id", x.id);
    v("variant_id", x.variantId);
    v("channel", x.channel);
    v("price", x.price);
    v("list_price_minor", x.listPriceMinor);
    v("on_sale", x.onSale);
    v("purchasable", x.purchasable);
    v("min_qty", x.minQty);
    v("max_qty", x.maxQty);
    v("valid_from", x.validFrom);
    v("valid_until", x.validUntil);
    v("version", x.version);
}

template <class V> void fields(V& v, Variant& x)
{
    v("id", x.id);
    v("sku", x.sku);
    v("option_text", x.optionText);
    v("enabled", x.enabled);
    v("position", x.position);
    v("offer", x.offer);
    v("stock", x.stock);
    v("version", x.version);
}

template <class V> void fields(V& v, ProductText& x)
{
    v("lang", x.lang, Bounds{2, 8});
    v("title", x.title, kTitle);
    v("body", x.body, kBody);
}

template <class V> void fields(V& v, ProductSummary& x)
{
    v("id", x.id);
    v("vendor_id", x.vendorId);
    v("vendor_name", x.vendorName);
    v("code", x.code);
    v("kind", x.kind);
    v("status", x.status);
    v("title", x.title);
    v("currency", x.currency);
    v("price_min_minor", x.priceMinMinor);
    v("price_max_minor", x.priceMaxMinor);
    v("on_sale", x.onSale);
    v("variant_count", x.variantCount);
    v("on_hand", x.onHand);
    v("allocated", x.allocated);
    v("held", x.held);
    v("updated_at", x.updatedAt);
    v("version", x.version);
}

template <class V> void fields(V& v, TransitionEntry& x)
{
    v("from_state", x.fromState);
    v("to_state", x.toState);
    v("actor_name", x.actorName);
    v("actor_role", x.actorRole);
    v("reason", x.reason);
    v("at", x.at);
}

template <class V> void fields(V& v, ProductDetail& x)
{
    v("summary", x.summary);
    v("brand", x.brand);
    v("tax_class", x.taxClass);
    v("texts", x.texts);
    v("variants", x.variants);
    v("history", x.history);
    v("allowed_next", x.allowedNext);
}

template <class V> void fields(V& v, ProductPatch& x)
{
    v("title_ko", x.titleKo, kTitle);
    v("title_en", x.titleEn, kTitle);
    v("body_ko", x.bodyKo, kBody);
    v("body_en", x.bodyEn, kBody);
    v("brand", x.brand, Bounds{0, 100});
}

template <class V> void fields(V& v, OfferPatch& x)
{
    v("price_minor", x.priceMinor, kAmount);
    v("list_price_minor", x.listPriceMinor, kAmount);
    v("on_sale", x.onSale);
    v("purchasable", x.purchasable);
}

template <class V> void fields(V& v, NewVariant& x)
{
    v("sku", x.sku, kCode);
    v.opt("options", x.options, Bounds{0, 3});
    v("price_minor", x.priceMinor, kAmount);
    v("list_price_minor", x.listPriceMinor, kAmount);
    v.opt("stock", x.stock, Bounds{0, 1'000'000'000});
}

template <class V> void fields(V& v, NewProduct& x)
{
    v("vendor_id", x.vendorId);
    v("code", x.code, kCode);
    v("kind", x.kind);
    v("title_ko", x.titleKo, kTitle);
    v.opt("title_en", x.titleEn, Bounds{0, 200});
    v.opt("body", x.body, kBody);
    v.opt("brand", x.brand, Bounds{0, 100});
    v.opt("tax_class", x.taxClass, Bounds{1, 32});
    v("currency", x.currency, kCurrency);
    v.opt("option_groups", x.optionGroups, Bounds{0, 3});
    v("variants", x.variants, Bounds{1, 200});
    v.opt("activate", x.activate);
}

template <class V> void fields(V& v, Slot& x)
{
    v("id", x.id);
    v("product_id", x.productId);
    v("variant_id", x.variantId);
    v("title", x.title);
    v("starts_at", x.startsAt);
    v("ends_at", x.endsAt);
    v("tz", x.tz);
    v("local_date", x.localDate);
    v("local_time", x.localTime);
    v("status", x.status);
    v("capacity", x.capacity);
    v("price", x.price);
    v("version", x.version);
}

template <class V> void fields(V& v, NewSlot& x)
{
    v("variant_id", x.variantId);
    v("starts_at", x.startsAt);
    v("duration_min", x.durationMin, Bounds{1, 100'000});
    v("tz", x.tz, Bounds{1, 64});
    v("capacity", x.capacity, Bounds{0, 1'000'000});
}

template <class V> void fields(V& v, ProductMove& x)
{
    v("to", x.to);
    v.opt("reason", x.reason, Bounds{0, 500});
}

template <class V> void fields(V& v, StockChange& x)
{
    v("kind", x.kind, Bounds{1, 32});
    v("delta", x.delta, Bounds{-1'000'000'000, 1'000'000'000});
    v.opt("reason", x.reason, Bounds{0, 500});
}

} // namespace naru::protocol
