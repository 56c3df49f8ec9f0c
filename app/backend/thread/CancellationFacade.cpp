// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/BookingFacades.h"

#include "backend/thread/Assert.h"
#include "backend/thread/Requests.h"
#include "protocol/CancellationFields.h"

namespace naru::backend {

using namespace Qt::StringLiterals;
using namespace requests;

namespace {

QString below(ReservationId id, const char16_t* what) { return at(u"/v1/reservations/", id) + QString::fromUtf16(what); }

} // namespace

CallId CancellationFacade::reservations(const ReservationFilter& f, Reply<Page<Reservation>> reply)
{
    NARU_ASSERT_UI();
    QStringList statuses;
    for (const auto status : f.statuses)
        statuses << protocol::wireText(status);
    const bool plain = statuses.isEmpty() && f.text.isEmpty() && !f.productId && !f.slotId && f.fromDate.isEmpty() && f.toDate.isEmpty() && f.after.isEmpty();
    QueryItems items = QueryBuilder().text("status", statuses.join(u',')).text("q", f.text).id("product_id", f.productId).id("slot_id", f.slotId).text("from", f.fromDate)
                           .text("to", f.toDate).text("after", f.after).number("limit", f.limit).take();
    return m_dispatcher.ask(get<Page<Reservation>>(u"/v1/reservations"_s, std::move(items), listOf(EntityKind::Reservation, plain, f.limit)), std::move(reply));
}

CallId CancellationFacade::detail(ReservationId id, Reply<ReservationDetail> reply)
{
    NARU_ASSERT_UI();
    Request r = get<ReservationDetail>(at(u"/v1/reservations/", id), {}, whole());
    r.cacheKey = r.path + u"?detail"_s; // apart from the short form of the same address
    return m_dispatcher.ask(std::move(r), std::move(reply));
}

CallId CancellationFacade::cancellationQuote(ReservationId id, Reply<CancellationQuote> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<CancellationQuote>(below(id, u"/cancellation-quote")), std::move(reply));
}

CallId CancellationFacade::cancel(ReservationId id, std::int64_t version, const CancelRequest& request, Reply<Reservation> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Reservation>(Verb::Post, below(id, u"/cancellation"), request, version), std::move(reply));
}

CallId CancellationFacade::change(ReservationId id, const char16_t* what, std::int64_t version, const QString& reason, Reply<Reservation> reply)
{
    return m_dispatcher.ask(write<Reservation>(Verb::Post, below(id, what), ReasonRequest{reason}, version), std::move(reply));
}

CallId CancellationFacade::declineCancellation(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply)
{
    NARU_ASSERT_UI();
    return change(id, u"/cancellation-refusal", version, reason, std::move(reply));
}

CallId CancellationFacade::moveQuote(ReservationId id, const std::vector<TicketLine>& lines, Reply<MoveQuote> reply)
{
    NARU_ASSERT_UI();
    QStringList texts;
    for (const auto& line : lines)
        texts << u"%1:%2"_s.arg(line.itemId.toString()).arg(line.qty);
    return m_dispatcher.ask(get<MoveQuote>(below(id, u"/move-quote"), {{u"lines"_s, texts.join(u',')}}), std::move(reply));
}

CallId CancellationFacade::move(ReservationId id, std::int64_t version, const MoveRequest& request, Reply<Reservation> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Reservation>(Verb::Post, below(id, u"/move"), request, version), std::move(reply));
}

CallId CancellationFacade::checkIn(ReservationId id, std::int64_t version, Reply<Reservation> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(bare<Reservation>(below(id, u"/check-in"), version), std::move(reply));
}

CallId CancellationFacade::undoCheckIn(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply)
{
    NARU_ASSERT_UI();
    return change(id, u"/check-in-undo", version, reason, std::move(reply));
}

CallId CancellationFacade::markNoShow(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply)
{
    NARU_ASSERT_UI();
    return change(id, u"/no-show", version, reason, std::move(reply));
}

CallId CancellationFacade::complete(ReservationId id, std::int64_t version, Reply<Reservation> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(bare<Reservation>(below(id, u"/completion"), version), std::move(reply));
}

CallId CancellationFacade::policies(Reply<Page<CancellationPolicy>> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Page<CancellationPolicy>>(u"/v1/cancellation-policies"_s, {}, whole()), std::move(reply));
}

CallId CancellationFacade::policy(PolicyId id, Reply<CancellationPolicy> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<CancellationPolicy>(at(u"/v1/cancellation-policies/", id), {}, whole()), std::move(reply));
}

CallId CancellationFacade::savePolicy(const NewPolicy& policy, Reply<CancellationPolicy> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<CancellationPolicy>(Verb::Post, u"/v1/cancellation-policies"_s, policy, std::nullopt), std::move(reply));
}

CallId CancellationFacade::policyOfProduct(ProductId id, Reply<CancellationPolicy> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<CancellationPolicy>(at(u"/v1/products/", id) + u"/cancellation-policy"_s, {}, whole()), std::move(reply));
}

CallId CancellationFacade::choosePolicy(ProductId id, std::int64_t productVersion, const QString& code, Reply<CancellationPolicy> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<CancellationPolicy>(Verb::Post, at(u"/v1/products/", id) + u"/cancellation-policy"_s, PolicyChoice{code}, productVersion), std::move(reply));
}

CallId CancellationFacade::refunds(std::optional<RefundStatus> status, const QString& after, Reply<Page<Refund>> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Page<Refund>>(u"/v1/refunds"_s, QueryBuilder().word("status", status).text("after", after).take(), whole()), std::move(reply));
}

CallId CancellationFacade::approveRefund(RefundId id, std::int64_t version, Reply<Refund> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(bare<Refund>(at(u"/v1/refunds/", id) + u"/approval"_s, version), std::move(reply));
}

CallId CancellationFacade::rejectRefund(RefundId id, std::int64_t version, const QString& reason, Reply<Refund> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Refund>(Verb::Post, at(u"/v1/refunds/", id) + u"/rejection"_s, ReasonRequest{reason}, version), std::move(reply));
}

} // namespace naru::backend
