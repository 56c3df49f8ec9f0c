// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "unit/models/common/Mailbox.h"

namespace naru::test {

// Orders and products to show.
inline VendorOrderCard order(int n, VendorOrderStatus status, const QString& title, const QString& vendor, std::int64_t amount, int minutesLeft, int lines = 1)
{
    const ManualClock clock;
    VendorOrderCard c;
    c.id = idOf<VendorOrderTag>(n);
    c.code = u"VO-%1"_s.arg(n);
    c.orderId = idOf<OrderTag>(n);
    c.orderCode = u"SO-%1"_s.arg(118'204 + n);
    c.vendorId = idOf<VendorTag>(1);
    c.vendorName = vendor;
    c.customerName = u"이서준"_s;
    c.status = status;
    c.title = title;
    c.lineCount = lines;
    c.pieceCount = lines;
    c.total = {amount, u"KRW"_s};
    c.payment = PaymentStatus::Authorised;
    const bool accepting = status == VendorOrderStatus::AwaitingAcceptance;
    c.placedAt = clock.at - Millis((accepting ? 60 : 480) * 60'000) + Millis(std::int64_t{minutesLeft} * 60'000);
    c.acceptDueAt = accepting ? clock.at + Millis(std::int64_t{minutesLeft} * 60'000) : c.placedAt + Millis(3'600'000);
    c.shipDueAt = clock.at + Millis(std::int64_t{minutesLeft} * 60'000);
    c.updatedAt = clock.at - Millis(n * 1000);
    c.version = 1;
    return c;
}

inline ProductDetail product(int n, const QString& title, const QString& code, const QString& vendor, int variants, std::int64_t price)
{
    const ManualClock clock;
    ProductDetail d;
    ProductSummary& s = d.summary;
    s.id = idOf<ProductTag>(n);
    s.vendorId = idOf<VendorTag>(1);
    s.vendorName = vendor;
    s.code = code;
    s.kind = ProductKind::Sale;
    s.status = ProductStatus::Active;
    s.title = title;
    s.currency = u"KRW"_s;
    s.priceMinMinor = price;
    s.priceMaxMinor = price + (variants > 1 ? 2000 : 0);
    s.onSale = n % 3 == 0;
    s.variantCount = variants;
    s.updatedAt = clock.at - Millis(n * 3'600'000LL);
    s.version = 1;
    d.brand = u"나루"_s;
    d.texts = {{u"ko"_s, title, {}}, {u"en"_s, u"Product %1"_s.arg(n), {}}};
    static const QString kColours[] = {u"올리브"_s, u"샌드"_s, u"차콜"_s, u"테라코타"_s};
    static const QString kSizes[] = {u"S"_s, u"M"_s, u"L"_s, u"XL"_s};
    for (int i = 0; i < variants; ++i) {
        Variant v;
        v.id = idOf<VariantTag>(n * 100 + i);
        v.sku = u"CH-E%1-%2"_s.arg(QChar(u'A' + i / 4)).arg(kSizes[i % 4]);
        v.optionText = variants == 1 ? QString() : kColours[i / 4 % 4] + u" · "_s + kSizes[i % 4];
        v.position = i;
        v.version = 1;
        Offer o;
        o.id = idOf<OfferTag>(n * 100 + i);
        o.variantId = v.id;
        o.price = {price + (i % 4 > 1 ? 2000 : 0), u"KRW"_s};
        o.listPriceMinor = price + 6000;
        o.onSale = i % 5 == 0;
        o.version = 1;
        v.offer = o;
        StockLevel level;
        level.id = idOf<ItemTag>(n * 100 + i);
        level.productId = s.id;
        level.variantId = v.id;
        level.onHand = (i * 17 + 5) % 64;
        level.allocated = std::min<std::int64_t>(level.onHand, i % 7);
        level.held = level.onHand > 20 ? i % 3 : 0;
        level.safety = 2;
        level.version = 1;
        s.onHand += level.onHand;
        s.allocated += level.allocated;
        s.held += level.held;
        v.stock.push_back(level);
        d.variants.push_back(v);
    }
    const auto day = [&clock](int ago) { return clock.at - Millis(ago * 86'400'000LL); };
    d.history = {{u"approved"_s, u"active"_s, u"예약 실행"_s, u"S"_s, {}, day(68)}, {u"draft"_s, u"approved"_s, u"한지우"_s, u"O"_s, {}, day(71)}, {{}, u"draft"_s, u"최유나"_s, u"V"_s, {}, day(82)}};
    d.allowedNext = {ProductStatus::Paused, ProductStatus::Discontinued};
    return d;
}

} // namespace naru::test
