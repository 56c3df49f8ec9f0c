// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Orders.h"
#include "server/domain/Products.h"
#include "server/domain/VendorOrders.h"
#include "server/tools/SeedWorld.h"

#include <QDateTime>
#include <QTimeZone>
#include <memory>

namespace naru::server::seed {

using namespace Qt::StringLiterals;
using Status = VendorOrderStatus;

namespace {

constexpr int kOrders = 2'560;
constexpr int kLastHourOrders = 26;
constexpr Millis kDay = std::chrono::hours(24);
// How busy each hour of a day in Seoul is.
constexpr int kHourWeights[24] = {3, 2, 1, 1, 1, 1, 2, 4, 6, 9, 11, 12, 12, 10, 9, 9, 9, 8, 8, 9, 11, 13, 12, 7};

// Orders draw on these; one place for everything the plan needs.
struct Shop {
    World& w;
    Timeline& line;
    std::vector<std::size_t> basket; // indices of goods, as often as their weight
    int orderNumber = 0;
};
using ShopPtr = std::shared_ptr<Shop>; // shared by the planned events, which are all that keeps it

void movePart(World& w, Instant at, Actor actor, VendorOrderId id, const VendorOrderMove& move, OrderId order)
{
    Txn txn = w.at(at, std::move(actor));
    applyVendorOrderMove(txn, id, move);
    settleOrder(txn, order);
}

VendorOrderMove to(Status status, const QString& reason = {})
{
    VendorOrderMove m;
    m.to = status;
    m.reason = reason;
    return m;
}

VendorOrderMove shipping(World& w)
{
    static const std::vector<QString> carriers = {u"CJ대한통운"_s, u"한진택배"_s, u"롯데택배"_s, u"우체국택배"_s};
    VendorOrderMove m = to(Status::Shipped);
    m.carrier = w.rng.pick(carriers);
    m.trackingNo = QString::number(500'000'000'000 + w.rng.between(1, 899'999'999));
    return m;
}

// preparing → shipped → delivered → closed
void planDelivery(const ShopPtr& shop, Instant from, const VendorOrderCard& card)
{
    World& w = shop->w;
    const Instant shipped = from + w.rng.minutes(40, 330);
    const Instant delivered = shipped + w.rng.minutes(300, 1500);
    const Instant closed = delivered + w.rng.minutes(900, 2100);
    shop->line.add(shipped, [shop, card](Instant at) { movePart(shop->w, at, shop->w.manager(card.vendorId), card.id, shipping(shop->w), card.orderId); });
    shop->line.add(delivered, [shop, card](Instant at) { movePart(shop->w, at, shop->w.manager(card.vendorId), card.id, to(Status::Delivered), card.orderId); });
    shop->line.add(closed, [shop, card](Instant at) { movePart(shop->w, at, shop->w.operatorStaff(), card.id, to(Status::Closed), card.orderId); });
}

void planPart(const ShopPtr& shop, Instant placed, const VendorOrderCard& card)
{
    World& w = shop->w;
    const Millis sla = card.acceptDueAt.value_or(placed) - placed;
    const bool justNow = w.now - placed < sla - std::chrono::minutes(2);
    const int draw = w.rng.below(100);
    if (justNow && draw < 78)
        return; // waits on the board, its ring running
    if (!justNow && draw < 3) {
        shop->line.add(placed + w.rng.minutes(4, 25), [shop, card](Instant at) {
            static const std::vector<QString> reasons = {u"재고 수량이 맞지 않습니다"_s, u"배송이 불가한 지역입니다"_s, u"상품에 하자가 발견되었습니다"_s};
            movePart(shop->w, at, shop->w.manager(card.vendorId), card.id, to(Status::Refused, shop->w.rng.pick(reasons)), card.orderId);
        });
        return;
    }
    if (!justNow && draw < 4) {
        shop->line.add(placed + sla, [shop, card](Instant at) { movePart(shop->w, at, shop->w.system(), card.id, to(Status::Cancelled, u"not accepted in time"_s), card.orderId); });
        return;
    }
    const Instant accepted = placed + std::min<Millis>(w.rng.minutes(2, 40), sla - std::chrono::minutes(2));
    shop->line.add(accepted, [shop, card](Instant at) { movePart(shop->w, at, shop->w.manager(card.vendorId), card.id, to(Status::Accepted), card.orderId); });
    if (!justNow && draw < 6) {
        shop->line.add(accepted + w.rng.minutes(10, 60),
            [shop, card](Instant at) { movePart(shop->w, at, shop->w.supportAgent(), card.id, to(Status::Cancelled, u"고객 요청"_s), card.orderId); });
        return;
    }
    const Instant prepared = accepted + w.rng.minutes(25, 260);
    shop->line.add(prepared, [shop, card](Instant at) { movePart(shop->w, at, shop->w.manager(card.vendorId), card.id, to(Status::Preparing), card.orderId); });
    planDelivery(shop, prepared, card);
}

void payOrder(const ShopPtr& shop, Instant at, OrderId id, std::int64_t total)
{
    World& w = shop->w;
    Txn txn = w.at(at, w.channel());
    PaymentReport report;
    report.provider = u"toss"_s;
    report.providerRef = u"tx-%1"_s.arg(++shop->orderNumber, 7, 10, QChar(u'0'));
    report.authorisedMinor = total;
    const Order paid = reportPayment(txn, payloadView(at), id, report);
    for (const VendorOrderCard& card : paid.vendorOrders)
        planPart(shop, at, card);
}

std::vector<NewOrderLine> pickLines(Shop& shop, Instant at)
{
    World& w = shop.w;
    std::vector<NewOrderLine> lines;
    std::vector<std::size_t> taken;
    const int draw = w.rng.below(100);
    const int count = draw < 58 ? 1 : draw < 84 ? 2 : draw < 95 ? 3 : 4;
    for (int i = 0; i < count; ++i) {
        const std::size_t good = w.rng.pick(shop.basket);
        if (std::find(taken.begin(), taken.end(), good) != taken.end())
            continue;
        taken.push_back(good);
        const auto offer = offerInForce(w.db, w.goods[good].variant, at);
        if (!offer)
            continue;
        NewOrderLine l;
        l.offerId = offer->id;
        l.qty = w.rng.chance(78) ? 1 : w.rng.between(2, 4);
        l.discountBps = w.rng.chance(12) ? 1000 : 0;
        lines.push_back(l);
    }
    return lines;
}

void placeOne(const ShopPtr& shop, Instant at)
{
    World& w = shop->w;
    NewOrder wanted;
    wanted.customerId = w.rng.pick(w.customers);
    wanted.channel = u"storefront"_s;
    wanted.currency = u"KRW"_s;
    wanted.shippingMinor = w.rng.chance(60) ? 3000 : 0;
    wanted.lines = pickLines(*shop, at);
    if (wanted.lines.empty())
        return;
    std::optional<Order> made;
    attempt(w, [&] {
        Txn txn = w.at(at, w.channel());
        made = createOrder(txn, payloadView(at), wanted, u"seed-order-%1"_s.arg(w.requests));
    });
    if (!made)
        return;
    const int draw = w.rng.below(100);
    const bool old = w.now - at > std::chrono::hours(1);
    if (old && draw < 3)
        return; // never paid: its hold runs out
    if (old && draw < 5) {
        shop->line.add(at + w.rng.minutes(1, 6), [shop, id = made->id](Instant when) {
            Txn txn = shop->w.at(when, shop->w.channel());
            cancelOrder(txn, payloadView(when), id, u"고객 변심"_s);
        });
        return;
    }
    shop->line.add(at + Millis(w.rng.between(4'000, 90'000)), [shop, id = made->id, total = made->totalMinor](Instant when) { payOrder(shop, when, id, total); });
}

Instant drawMoment(World& w)
{
    static const QTimeZone zone("Asia/Seoul");
    for (;;) {
        const Instant at = w.now - Millis(static_cast<std::int64_t>(w.rng.next64() % static_cast<std::uint64_t>((kDay * 30).count())));
        const int hour = QDateTime::fromMSecsSinceEpoch(toUnixMs(at), zone).time().hour();
        if (w.rng.below(13) < kHourWeights[hour] && w.now - at > std::chrono::minutes(62))
            return at;
    }
}

// Prices move now and then; the windows before stay as history.
void planPrices(World& w, Timeline& line)
{
    for (int i = 0; i < 60; ++i) {
        const SeedGood good = w.rng.pick(w.goods);
        const int percent = w.rng.between(90, 112);
        line.add(drawMoment(w), [&w, good, percent](Instant at) {
            const auto offer = offerInForce(w.db, good.variant, at);
            if (!offer)
                return;
            OfferPatch patch;
            patch.priceMinor = (offer->price.minor * percent / 100 + 50) / 100 * 100;
            Txn txn = w.at(at, w.manager(good.vendor));
            patchOffer(txn, payloadView(at), offer->id, offer->version, patch);
        });
    }
}

} // namespace

void planOrders(World& w, Timeline& line)
{
    const auto shop = std::make_shared<Shop>(Shop{w, line, {}, 0});
    for (std::size_t i = 0; i < w.goods.size(); ++i)
        for (int n = 0; n < w.goods[i].weight; ++n)
            shop->basket.push_back(i);
    planPrices(w, line);
    for (int i = 0; i < kOrders * w.percent / 100; ++i)
        line.add(drawMoment(w), [shop](Instant at) { placeOne(shop, at); });
    for (int i = 0; i < kLastHourOrders; ++i)
        line.add(w.now - w.rng.minutes(2, 54), [shop](Instant at) { placeOne(shop, at); });
}

} // namespace naru::server::seed
