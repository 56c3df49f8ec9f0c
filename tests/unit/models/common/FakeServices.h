// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"

#include <QMetaObject>
#include <QPointer>
#include <algorithm>
#include <map>

// A small world behind the backend's interface for tests of the order board and the products: answers come through the
// event loop, as the real ones do, or wait until they are let go.
namespace naru::test {

using namespace Qt::StringLiterals;

class ManualClock final : public Clock {
public:
    Instant at = fromUnixMs(1'763'787'600'000); // 2025-11-22 05:00 UTC = 14:00 in Seoul
    Instant now() const override { return at; }
    Millis steady() const override { return Millis(1'000'000) + (at - fromUnixMs(1'763'787'600'000)); }
};

// Delivers answers in order, later, unless held.
class Mailbox : public QObject {
public:
    bool held = false;
    backend::CallId next = 1;

    template <class T> backend::CallId post(backend::Reply<T> reply, Result<T> answer)
    {
        const backend::CallId id = next++;
        const QPointer<QObject> alive = reply.context;
        m_waiting[id] = [alive, done = std::move(reply.done), answer = std::move(answer)]() mutable {
            if (alive)
                done(std::move(answer));
        };
        if (!held)
            QMetaObject::invokeMethod(this, [this, id] { run(id); }, Qt::QueuedConnection);
        return id;
    }
    void cancel(backend::CallId id) { m_waiting.erase(id); }
    void release()
    {
        held = false;
        while (!m_waiting.empty())
            run(m_waiting.begin()->first);
    }

private:
    void run(backend::CallId id)
    {
        const auto at = m_waiting.find(id);
        if (at == m_waiting.end())
            return;
        const auto answer = std::move(at->second);
        m_waiting.erase(at);
        const_cast<std::function<void()>&>(answer)();
    }
    std::map<backend::CallId, std::function<void()>> m_waiting;
};

inline Error fault(ErrorKind kind, const QString& code, int status = 0)
{
    Error e;
    e.kind = kind;
    e.code = code;
    e.httpStatus = status;
    e.requestId = u"req-1"_s;
    return e;
}

template <class Tag> Id<Tag> idOf(int n) { return Id<Tag>{Id128::make(1'763'000'000'000, 0, static_cast<std::uint64_t>(n))}; }

class FakeOrders final : public backend::OrderService {
public:
    explicit FakeOrders(Mailbox& mail) : m_mail(mail) {}

    std::vector<VendorOrderCard> cards;
    std::optional<Error> failReads;
    std::optional<Error> failMoves;
    std::vector<VendorOrderQuery> asked;
    std::vector<std::pair<VendorOrderId, VendorOrderMove>> moves;
    std::vector<VendorOrderStatus> allowed{VendorOrderStatus::Accepted, VendorOrderStatus::Refused};

    VendorOrderCard* find(VendorOrderId id)
    {
        const auto at = std::find_if(cards.begin(), cards.end(), [&id](const auto& c) { return c.id == id; });
        return at == cards.end() ? nullptr : &*at;
    }
    backend::CallId vendorOrders(const VendorOrderQuery& q, backend::Reply<naru::Page<VendorOrderCard>> reply) override
    {
        asked.push_back(q);
        if (failReads)
            return m_mail.post<naru::Page<VendorOrderCard>>(std::move(reply), *failReads);
        std::vector<VendorOrderCard> all;
        for (const VendorOrderCard& c : cards)
            if ((!q.status || *q.status == c.status) && (q.text.isEmpty() || c.code.contains(q.text) || c.title.contains(q.text)))
                all.push_back(c);
        naru::Page<VendorOrderCard> page;
        const std::size_t from = q.after.isEmpty() ? 0 : q.after.toULong();
        const std::size_t to = std::min(all.size(), from + static_cast<std::size_t>(q.limit));
        page.items.assign(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to));
        if (to < all.size())
            page.next = QString::number(to);
        page.total = static_cast<int>(all.size());
        return m_mail.post<naru::Page<VendorOrderCard>>(std::move(reply), page);
    }
    backend::CallId counts(const VendorOrderQuery&, backend::Reply<std::vector<StatusCount>> reply) override
    {
        const auto count = [this](VendorOrderStatus s) { return static_cast<int>(std::count_if(cards.begin(), cards.end(), [s](const auto& c) { return c.status == s; })); };
        using S = VendorOrderStatus;
        return m_mail.post<std::vector<StatusCount>>(std::move(reply), std::vector<StatusCount>{{u"awaiting_acceptance"_s, count(S::AwaitingAcceptance)},
            {u"accepted"_s, count(S::Accepted)}, {u"preparing"_s, count(S::Preparing)}, {u"shipped"_s, count(S::Shipped)}, {u"delivered"_s, count(S::Delivered)}});
    }
    VendorOrderDetail detailOf(const VendorOrderCard& card) const
    {
        VendorOrderDetail d;
        d.card = card;
        for (int i = 0; i < card.lineCount; ++i) {
            OrderLine line;
            line.id = idOf<OrderLineTag>(i + 1);
            line.lineNo = i + 1;
            line.title = i == 0 ? card.title : u"우전 녹차 80g"_s;
            line.qty = i + 1;
            line.totalMinor = card.total.minor / card.lineCount;
            d.lines.push_back(line);
        }
        const Instant t = card.placedAt;
        d.history = {{u"draft"_s, u"pending_payment"_s, u"시스템"_s, u"S"_s, {}, t - Millis(60'000)}, {u"pending_payment"_s, u"placed"_s, u"시스템"_s, u"S"_s, {}, t},
            {{}, u"awaiting_acceptance"_s, u"시스템"_s, u"S"_s, {}, t}};
        d.allowedNext = allowed;
        d.authorisedMinor = card.total.minor;
        return d;
    }
    backend::CallId vendorOrder(VendorOrderId id, backend::Reply<VendorOrderDetail> reply) override
    {
        const VendorOrderCard* card = find(id);
        return m_mail.post<VendorOrderDetail>(std::move(reply), card ? Result<VendorOrderDetail>(detailOf(*card)) : fault(ErrorKind::NotFound, u"not-found"_s, 404));
    }
    backend::CallId move(VendorOrderId id, std::int64_t version, const VendorOrderMove& move, backend::Reply<VendorOrderDetail> reply) override
    {
        moves.emplace_back(id, move);
        VendorOrderCard* card = find(id);
        if (failMoves)
            return m_mail.post<VendorOrderDetail>(std::move(reply), *failMoves);
        if (!card || card->version != version)
            return m_mail.post<VendorOrderDetail>(std::move(reply), fault(ErrorKind::Conflict, u"version-mismatch"_s, 412));
        card->status = move.to;
        card->version += 1;
        card->carrier = move.carrier;
        card->trackingNo = move.trackingNo;
        return m_mail.post<VendorOrderDetail>(std::move(reply), detailOf(*card));
    }

private:
    Mailbox& m_mail;
};

class FakeCatalogue final : public backend::CatalogueService {
public:
    explicit FakeCatalogue(Mailbox& mail) : m_mail(mail) {}

    std::vector<ProductDetail> details;
    std::optional<Error> failReads;
    std::optional<Error> failWrites;
    std::vector<ProductQuery> asked;
    int writes = 0;

    ProductDetail* find(ProductId id)
    {
        const auto at = std::find_if(details.begin(), details.end(), [&id](const auto& d) { return d.summary.id == id; });
        return at == details.end() ? nullptr : &*at;
    }
    backend::CallId products(const ProductQuery& q, backend::Reply<naru::Page<ProductSummary>> reply) override
    {
        asked.push_back(q);
        if (failReads)
            return m_mail.post<naru::Page<ProductSummary>>(std::move(reply), *failReads);
        std::vector<ProductSummary> all;
        for (const ProductDetail& d : details)
            if ((!q.kind || *q.kind == d.summary.kind) && (!q.status || *q.status == d.summary.status) && (q.text.isEmpty() || d.summary.title.contains(q.text)))
                all.push_back(d.summary);
        if (q.sort == u"code")
            std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
        naru::Page<ProductSummary> page;
        const std::size_t from = q.after.isEmpty() ? 0 : q.after.toULong();
        const std::size_t to = std::min(all.size(), from + static_cast<std::size_t>(q.limit));
        page.items.assign(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to));
        if (to < all.size())
            page.next = QString::number(to);
        page.total = static_cast<int>(all.size());
        return m_mail.post<naru::Page<ProductSummary>>(std::move(reply), page);
    }
    backend::CallId product(ProductId id, backend::Reply<ProductDetail> reply) override
    {
        const ProductDetail* d = find(id);
        return m_mail.post<ProductDetail>(std::move(reply), d ? Result<ProductDetail>(*d) : fault(ErrorKind::NotFound, u"not-found"_s, 404));
    }
    backend::CallId patchProduct(ProductId id, std::int64_t version, const ProductPatch& patch, backend::Reply<ProductDetail> reply) override
    {
        ++writes;
        ProductDetail* d = find(id);
        if (failWrites)
            return m_mail.post<ProductDetail>(std::move(reply), *failWrites);
        if (d->summary.version != version)
            return m_mail.post<ProductDetail>(std::move(reply), fault(ErrorKind::Conflict, u"version-mismatch"_s, 412));
        if (patch.brand)
            d->brand = *patch.brand;
        for (ProductText& text : d->texts) {
            if (text.lang == u"ko" && patch.titleKo)
                text.title = d->summary.title = *patch.titleKo;
            if (text.lang == u"en" && patch.titleEn)
                text.title = *patch.titleEn;
        }
        ++d->summary.version;
        return m_mail.post<ProductDetail>(std::move(reply), *d);
    }
    backend::CallId moveProduct(ProductId id, std::int64_t, ProductStatus to, const QString&, backend::Reply<ProductDetail> reply) override
    {
        if (failWrites)
            return m_mail.post<ProductDetail>(std::move(reply), *failWrites);
        ProductDetail* d = find(id);
        d->summary.status = to;
        ++d->summary.version;
        return m_mail.post<ProductDetail>(std::move(reply), *d);
    }
    backend::CallId patchOffer(OfferId id, std::int64_t version, const OfferPatch& patch, backend::Reply<Offer> reply) override
    {
        ++writes;
        if (failWrites)
            return m_mail.post<Offer>(std::move(reply), *failWrites);
        for (ProductDetail& d : details)
            for (Variant& v : d.variants)
                if (v.offer && v.offer->id == id) {
                    if (v.offer->version != version)
                        break;
                    if (patch.priceMinor) { // as the server: a new price is a new offer
                        v.offer->price.minor = *patch.priceMinor;
                        v.offer->id = idOf<OfferTag>(++m_offers);
                        v.offer->version = 0;
                    }
                    if (patch.listPriceMinor)
                        v.offer->listPriceMinor = patch.listPriceMinor;
                    v.offer->onSale = patch.onSale.value_or(v.offer->onSale);
                    v.offer->purchasable = patch.purchasable.value_or(v.offer->purchasable);
                    ++v.offer->version;
                    ++d.summary.version;
                    return m_mail.post<Offer>(std::move(reply), *v.offer);
                }
        return m_mail.post<Offer>(std::move(reply), fault(ErrorKind::Conflict, u"version-mismatch"_s, 412));
    }
    backend::CallId changeStock(ItemId id, std::int64_t version, const StockChange& change, backend::Reply<StockLevel> reply) override
    {
        ++writes;
        for (ProductDetail& d : details)
            for (Variant& v : d.variants)
                for (StockLevel& level : v.stock)
                    if (level.id == id && level.version == version) {
                        level.onHand += change.delta;
                        ++level.version;
                        return m_mail.post<StockLevel>(std::move(reply), level);
                    }
        return m_mail.post<StockLevel>(std::move(reply), fault(ErrorKind::Conflict, u"version-mismatch"_s, 412));
    }
    backend::CallId vendors(backend::Reply<naru::Page<Vendor>> reply) override { return m_mail.post<naru::Page<Vendor>>(std::move(reply), naru::Page<Vendor>{}); }

private:
    Mailbox& m_mail;
    int m_offers = 90'000;
};

class FakeSession final : public backend::SessionService {
public:
    std::optional<SessionInfo> session;
    backend::SessionState state() const override { return backend::SessionState::Active; }
    const std::optional<SessionInfo>& info() const override { return session; }
    int secondsLeft() const override { return 1781; }
    backend::CallId serverInfo(backend::Reply<ServerInfo>) override { return 0; }
    backend::CallId signIn(const QString&, const QString&, backend::Reply<SessionInfo>) override { return 0; }
    backend::CallId resume(backend::Reply<SessionInfo>) override { return 0; }
    backend::CallId signOut(backend::Reply<Done>) override { return 0; }
};

class FakeBackendWorld final : public backend::Backend {
public:
    Mailbox mail;
    FakeOrders fakeOrders{mail};
    FakeCatalogue fakeCatalogue{mail};
    FakeSession fakeSession;

    backend::SessionService& session() override { return fakeSession; }
    backend::CatalogueService& catalogue() override { return fakeCatalogue; }
    backend::OrderService& orders() override { return fakeOrders; }
    backend::ReservationService& reservations() override { qFatal("no reservations in this world"); }
    backend::HomeService& home() override { qFatal("no first screen in this world"); }
    void cancel(backend::CallId call) override { mail.cancel(call); }
    backend::ConnectionStatus connection() const override { return {}; }
    void reconnectNow() override {}
    void noteUserActivity() override {}
};

// ---- things to show

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
