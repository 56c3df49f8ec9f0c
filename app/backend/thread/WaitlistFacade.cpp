// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/BookingFacades.h"

#include "backend/thread/Assert.h"
#include "backend/thread/Requests.h"
#include "protocol/WaitlistFields.h"

namespace naru::backend {

using namespace Qt::StringLiterals;
using namespace requests;

CallId WaitlistFacade::entries(const WaitlistQuery& q, Reply<Page<WaitlistEntry>> reply)
{
    NARU_ASSERT_UI();
    QueryItems items = QueryBuilder().id("item_id", q.itemId).word("status", q.status).id("vendor_id", q.vendorId).text("after", q.after).number("limit", q.limit).take();
    return m_dispatcher.ask(get<Page<WaitlistEntry>>(u"/v1/waitlist"_s, std::move(items), listOf(EntityKind::WaitlistEntry, false, q.limit)), std::move(reply));
}

CallId WaitlistFacade::waitingSlots(Reply<Page<WaitlistSlot>> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Page<WaitlistSlot>>(u"/v1/waitlist/slots"_s, {}, whole()), std::move(reply));
}

CallId WaitlistFacade::join(const NewWaitlistEntry& entry, Reply<WaitlistEntry> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<WaitlistEntry>(Verb::Post, u"/v1/waitlist"_s, entry, std::nullopt), std::move(reply));
}

CallId WaitlistFacade::withdraw(WaitlistEntryId id, std::int64_t version, const QString& reason, Reply<WaitlistEntry> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<WaitlistEntry>(Verb::Post, at(u"/v1/waitlist/", id) + u"/withdrawal"_s, ReasonRequest{reason}, version), std::move(reply));
}

CallId WaitlistFacade::accept(WaitlistEntryId id, std::int64_t version, Reply<WaitlistEntry> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(bare<WaitlistEntry>(at(u"/v1/waitlist/", id) + u"/acceptance"_s, version), std::move(reply));
}

CallId WaitlistFacade::openings(const OpeningQuery& q, Reply<Page<Opening>> reply)
{
    NARU_ASSERT_UI();
    QueryItems items = QueryBuilder().word("state", q.state).text("after", q.after).number("limit", q.limit).take();
    return m_dispatcher.ask(get<Page<Opening>>(u"/v1/openings"_s, std::move(items), listOf(EntityKind::Opening, !q.state && q.after.isEmpty(), q.limit)), std::move(reply));
}

CallId WaitlistFacade::plan(const NewOpening& opening, Reply<Opening> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Opening>(Verb::Post, u"/v1/openings"_s, opening, std::nullopt), std::move(reply));
}

CallId WaitlistFacade::cancelOpening(OpeningId id, std::int64_t version, const QString& reason, Reply<Opening> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Opening>(Verb::Post, at(u"/v1/openings/", id) + u"/cancellation"_s, ReasonRequest{reason}, version), std::move(reply));
}

CallId WaitlistFacade::bookingTerms(ProductId product, Reply<BookingTerms> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<BookingTerms>(at(u"/v1/products/", product) + u"/booking-terms"_s, {}, whole()), std::move(reply));
}

CallId WaitlistFacade::setBookingTerms(ProductId product, std::int64_t version, const BookingTermsPatch& terms, Reply<BookingTerms> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<BookingTerms>(Verb::Put, at(u"/v1/products/", product) + u"/booking-terms"_s, terms, version), std::move(reply));
}

} // namespace naru::backend
