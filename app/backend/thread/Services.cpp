// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/Services.h"

#include <algorithm>

#include "backend/thread/Assert.h"
#include "backend/thread/Requests.h"
#include "protocol/SecurityFields.h"

namespace naru::backend {

using namespace Qt::StringLiterals;
using namespace requests;

// Session.

int SessionFacade::secondsLeft() const
{
    if (m_now.state != SessionState::Active)
        return -1;
    const Millis left = m_now.idleUntil - m_clock.steady();
    return int(std::max<std::int64_t>(0, (left.count() + 999) / 1000));
}

int SessionFacade::absoluteSecondsLeft() const
{
    if (m_now.state != SessionState::Active)
        return -1;
    const Millis left = m_now.absUntil - m_clock.steady();
    return int(std::max<std::int64_t>(0, (left.count() + 999) / 1000));
}

CallId SessionFacade::serverInfo(Reply<ServerInfo> reply)
{
    NARU_ASSERT_UI();
    Request r = get<ServerInfo>(u"/v1/server"_s);
    r.authorized = false;
    return m_dispatcher.ask(std::move(r), std::move(reply));
}

CallId SessionFacade::signIn(const QString& login, const QString& secret, Reply<SessionInfo> reply)
{
    SignInInput input;
    input.login = login;
    input.secret = secret;
    return signInWith(input, std::move(reply));
}

CallId SessionFacade::resume(Reply<SessionInfo> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.start<ResumeCall>(std::move(reply));
}

CallId SessionFacade::signOut(Reply<Done> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.start<SignOutCall>(std::move(reply));
}

CallId SessionFacade::signInWith(const SignInInput& input, Reply<SessionInfo> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.signIn(input, std::move(reply));
}

CallId SessionFacade::stepUp(const QString& factor, const QString& code, Reply<SessionInfo> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<SessionInfo>(Verb::Post, u"/v1/session/step-up"_s, protocol::StepUpRequest{factor, code}, std::nullopt), std::move(reply));
}

CallId SessionFacade::reportNotMe(Reply<Done> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.start<NotMeCall>(std::move(reply));
}

void SessionFacade::retryKey()
{
    NARU_ASSERT_UI();
    m_dispatcher.tell(KeyChoice{KeyChoice::What::Retry});
}

void SessionFacade::useMemoryKey()
{
    NARU_ASSERT_UI();
    m_dispatcher.tell(KeyChoice{KeyChoice::What::UseMemory});
}

void SessionFacade::setUpAgain()
{
    NARU_ASSERT_UI();
    m_dispatcher.tell(KeyChoice{KeyChoice::What::SetUpAgain});
}

void SessionFacade::take(KeyState key)
{
    if (std::exchange(m_key, key) != key)
        Q_EMIT keyStateChanged(key);
}

void SessionFacade::take(SessionSnapshot now)
{
    const SessionSnapshot before = std::exchange(m_now, std::move(now));
    const SessionSnapshot shown = m_now; // a slot may sign in again at once
    if (shown.info && shown.info != before.info)
        Q_EMIT infoChanged(*shown.info);
    if (shown.state != before.state)
        Q_EMIT stateChanged(shown.state);
    if (shown.state == SessionState::Ended && before.state != SessionState::Ended && shown.ended)
        Q_EMIT ended(*shown.ended);
}

// Catalogue.

CallId CatalogueFacade::products(const ProductQuery& q, Reply<Page<ProductSummary>> reply)
{
    NARU_ASSERT_UI();
    const bool plain = q.text.isEmpty() && !q.kind && !q.status && !q.vendorId && q.after.isEmpty();
    QueryItems items = QueryBuilder().text("q", q.text).word("kind", q.kind).word("status", q.status).id("vendor_id", q.vendorId).text("sort", q.sort)
                           .text("after", q.after).number("limit", q.limit).take();
    return m_dispatcher.ask(get<Page<ProductSummary>>(u"/v1/products"_s, std::move(items), listOf(EntityKind::Product, plain, q.limit)), std::move(reply));
}

CallId CatalogueFacade::product(ProductId id, Reply<ProductDetail> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<ProductDetail>(at(u"/v1/products/", id), {}, detailOf(EntityKind::Product, "summary")), std::move(reply));
}

CallId CatalogueFacade::patchProduct(ProductId id, std::int64_t version, const ProductPatch& patch, Reply<ProductDetail> reply)
{
    NARU_ASSERT_UI();
    const QString path = at(u"/v1/products/", id);
    return m_dispatcher.ask(write<ProductDetail>(Verb::Patch, path, patch, version, detailOf(EntityKind::Product, "summary"), path), std::move(reply));
}

CallId CatalogueFacade::moveProduct(ProductId id, std::int64_t version, ProductStatus to, const QString& reason, Reply<ProductDetail> reply)
{
    NARU_ASSERT_UI();
    const QString path = at(u"/v1/products/", id);
    ProductMove move;
    move.to = to;
    move.reason = reason;
    return m_dispatcher.ask(
        write<ProductDetail>(Verb::Post, path + u"/transitions"_s, move, version, detailOf(EntityKind::Product, "summary"), path), std::move(reply));
}

CallId CatalogueFacade::patchOffer(OfferId id, std::int64_t version, const OfferPatch& patch, Reply<Offer> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Offer>(Verb::Patch, at(u"/v1/offers/", id), patch, version), std::move(reply));
}

CallId CatalogueFacade::changeStock(ItemId id, std::int64_t version, const StockChange& change, Reply<StockLevel> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<StockLevel>(Verb::Post, at(u"/v1/stock/", id) + u"/movements"_s, change, version), std::move(reply));
}

CallId CatalogueFacade::vendors(Reply<Page<Vendor>> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Page<Vendor>>(u"/v1/vendors"_s, {}, listOf(EntityKind::Vendor, true, 1000)), std::move(reply));
}

// Orders.

CallId OrderFacade::vendorOrders(const VendorOrderQuery& q, Reply<Page<VendorOrderCard>> reply)
{
    NARU_ASSERT_UI();
    const bool plain = q.text.isEmpty() && !q.status && !q.vendorId && q.after.isEmpty();
    QueryItems items = QueryBuilder().word("status", q.status).id("vendor_id", q.vendorId).text("q", q.text).text("sort", q.sort)
                           .text("open", q.openOnly ? u"true"_s : QString()).text("after", q.after).number("limit", q.limit).take();
    return m_dispatcher.ask(get<Page<VendorOrderCard>>(u"/v1/vendor-orders"_s, std::move(items), listOf(EntityKind::VendorOrder, plain, q.limit)), std::move(reply));
}

CallId OrderFacade::counts(const VendorOrderQuery& q, Reply<std::vector<StatusCount>> reply)
{
    NARU_ASSERT_UI();
    Request r = get<Page<StatusCount>>(u"/v1/vendor-orders/counts"_s, QueryBuilder().id("vendor_id", q.vendorId).text("q", q.text).take(), whole());
    r.codec = itemsCodecOf<StatusCount>();
    return m_dispatcher.ask(std::move(r), std::move(reply));
}

CallId OrderFacade::vendorOrder(VendorOrderId id, Reply<VendorOrderDetail> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<VendorOrderDetail>(at(u"/v1/vendor-orders/", id), {}, detailOf(EntityKind::VendorOrder, "card")), std::move(reply));
}

CallId OrderFacade::move(VendorOrderId id, std::int64_t version, const VendorOrderMove& move, Reply<VendorOrderDetail> reply)
{
    NARU_ASSERT_UI();
    const QString path = at(u"/v1/vendor-orders/", id);
    return m_dispatcher.ask(
        write<VendorOrderDetail>(Verb::Post, path + u"/transitions"_s, move, version, detailOf(EntityKind::VendorOrder, "card"), path), std::move(reply));
}

// Reservations.

CallId ReservationFacade::occupancy(const OccupancyQuery& q, Reply<std::vector<OccupancyRow>> reply)
{
    NARU_ASSERT_UI();
    Request r = get<Page<OccupancyRow>>(u"/v1/occupancy"_s,
        QueryBuilder().text("from", q.fromDate).number("days", q.days).id("vendor_id", q.vendorId).text("q", q.text).take(), whole());
    r.codec = itemsCodecOf<OccupancyRow>();
    return m_dispatcher.ask(std::move(r), std::move(reply));
}

CallId ReservationFacade::tickets(const TicketQuery& q, Reply<Page<Ticket>> reply)
{
    NARU_ASSERT_UI();
    const bool plain = !q.status && q.after.isEmpty();
    return m_dispatcher.ask(get<Page<Ticket>>(u"/v1/tickets"_s, QueryBuilder().word("status", q.status).text("after", q.after).number("limit", q.limit).take(),
                                listOf(EntityKind::Ticket, plain, q.limit)),
        std::move(reply));
}

CallId ReservationFacade::openHolds(Reply<Page<Hold>> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Page<Hold>>(u"/v1/holds"_s, {{u"limit"_s, u"500"_s}}, listOf(EntityKind::Hold, true, 500)), std::move(reply));
}

CallId ReservationFacade::queueStats(Reply<QueueStats> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<QueueStats>(u"/v1/queue"_s, {}, whole()), std::move(reply));
}

CallId ReservationFacade::reservation(ReservationId id, Reply<Reservation> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Reservation>(at(u"/v1/reservations/", id), {}, detailOf(EntityKind::Reservation, "")), std::move(reply));
}

CallId ReservationFacade::releaseHold(HoldId id, std::int64_t version, const QString& reason, Reply<Hold> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Hold>(Verb::Post, at(u"/v1/holds/", id) + u"/release"_s, ReasonRequest{reason}, version), std::move(reply));
}

CallId ReservationFacade::extendHold(HoldId id, std::int64_t version, int seconds, Reply<Hold> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Hold>(Verb::Post, at(u"/v1/holds/", id) + u"/extension"_s, HoldExtension{seconds}, version), std::move(reply));
}

CallId ReservationFacade::cancelReservation(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply)
{
    NARU_ASSERT_UI();
    const QString path = at(u"/v1/reservations/", id);
    return m_dispatcher.ask(
        write<Reservation>(Verb::Post, path + u"/cancellation"_s, ReasonRequest{reason}, version, detailOf(EntityKind::Reservation, ""), path), std::move(reply));
}

// Home.

CallId HomeFacade::summary(Reply<HomeSummary> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<HomeSummary>(u"/v1/home"_s, {}, whole()), std::move(reply));
}

CallId HomeFacade::search(const QString& text, Reply<std::vector<SearchHit>> reply)
{
    NARU_ASSERT_UI();
    Request r = get<Page<SearchHit>>(u"/v1/search"_s, {{u"q"_s, text}});
    r.codec = itemsCodecOf<SearchHit>();
    return m_dispatcher.ask(std::move(r), std::move(reply));
}

} // namespace naru::backend
