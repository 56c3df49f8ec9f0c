// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/WaitlistFields.h"
#include "server/api/BookingRequests.h"
#include "server/api/Server.h"
#include "server/domain/View.h"
#include "server/engine/BookingTerms.h"
#include "server/engine/Lifecycle.h"
#include "server/engine/Openings.h"
#include "server/engine/Waitlist.h"
#include "server/engine/WaitlistViews.h"

// Waiting lists, opening draws, and what a product's bookings have to keep to.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kSeedBytes = 32;

Response created(const char* where, const Id128& id, Response answer)
{
    answer.headers.emplace_back("Location", where + id.toString().toStdString());
    return answer;
}

// Waiting lists ------------------------------------------------------------------------------------------------

void getEntries(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"item_id", "status", "vendor_id", "after", "limit"});
        WaitlistQuery q;
        q.itemId = queryId<ItemId>(r, "item_id");
        q.status = queryEnum<WaitlistStatus>(r, "status");
        q.vendorId = queryId<VendorId>(r, "vendor_id");
        q.after = queryText(r, "after", 1000);
        q.limit = queryInt(r, "limit", q.limit, 1, kMaxLimit);
        return jsonResponse(200, listEntries(db, viewer(r), q));
    });
}

void getWaitingSlots(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"vendor_id"});
        return jsonResponse(200, listWaitingSlots(db, viewer(r), queryId<VendorId>(r, "vendor_id")));
    });
}

void getEntry(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        const WaitlistEntry e = orNotFound(readEntry(db, idParam<WaitlistEntryId>(r), viewer(r)));
        return versioned(200, e, e.version);
    });
}

void postEntry(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const RequestKey key = requestKey(r);
        const auto id = waitFor(txn, bodyOf<NewWaitlistEntry>(r), u"wait:"_s + key.scope + u':' + key.key, key.hash);
        const WaitlistEntry e = orNotFound(readEntry(txn.db(), id, viewer(r)));
        return created("/v1/waitlist/", id.value, versioned(201, e, e.version));
    });
}

WaitlistEntry moved(Txn& txn, const Request& r, const std::function<void(const WaitlistEntry&)>& move)
{
    const WaitlistEntry before = orNotFound(readEntry(txn.db(), idParam<WaitlistEntryId>(r), viewer(r)));
    requireVersion(r, before);
    move(before);
    return orNotFound(readEntry(txn.db(), before.id, viewer(r)));
}

void postWithdrawal(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const QString reason = bodyOf<ReasonRequest>(r).reason;
        const WaitlistEntry e = moved(txn, r, [&](const WaitlistEntry& before) { cancelTicket(txn, before.ticketId, reason); });
        return versioned(200, e, e.version);
    });
}

void postAcceptance(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const WaitlistEntry e = moved(txn, r, [&](const WaitlistEntry& before) {
            if (before.status != WaitlistStatus::Offered)
                throw ProblemError(409, "not-offered", u"no seats are offered to this party (%1)"_s.arg(protocol::wireText(before.status)));
            confirmTicket(txn, before.ticketId);
        });
        return versioned(200, e, e.version);
    });
}

// Openings -----------------------------------------------------------------------------------------------------

void getOpenings(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"state", "after", "limit"});
        OpeningQuery q;
        q.state = queryEnum<OpeningState>(r, "state");
        q.after = queryText(r, "after", 1000);
        q.limit = queryInt(r, "limit", q.limit, 1, kMaxLimit);
        return jsonResponse(200, listOpenings(db, viewer(r), q, s.clock.now()));
    });
}

void getOpening(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        const Opening o = orNotFound(readOpening(db, idParam<OpeningId>(r), viewer(r), s.clock.now()));
        return versioned(200, o, o.version);
    });
}

void postOpening(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [&s](Txn& txn, const Request& r) {
        QByteArray seed(kSeedBytes, '\0');
        s.rng.fill(reinterpret_cast<unsigned char*>(seed.data()), kSeedBytes);
        const auto id = planOpening(txn, bodyOf<NewOpening>(r), seed);
        const Opening o = orNotFound(readOpening(txn.db(), id, viewer(r), txn.now()));
        return created("/v1/openings/", id.value, versioned(201, o, o.version));
    });
}

void postOpeningCancellation(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Opening before = orNotFound(readOpening(txn.db(), idParam<OpeningId>(r), viewer(r), txn.now()));
        requireVersion(r, before);
        cancelOpening(txn, before.id, bodyOf<ReasonRequest>(r).reason);
        const Opening o = orNotFound(readOpening(txn.db(), before.id, viewer(r), txn.now()));
        return versioned(200, o, o.version);
    });
}

// Terms --------------------------------------------------------------------------------------------------------

void getTerms(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        const BookingTerms t = orNotFound(readBookingTerms(db, idParam<ProductId>(r), viewer(r)));
        return versioned(200, t, t.version);
    });
}

void putTerms(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const BookingTerms before = orNotFound(readBookingTerms(txn.db(), idParam<ProductId>(r), viewer(r)));
        requireVersion(r, before);
        setBookingTerms(txn, before, bodyOf<BookingTermsPatch>(r));
        const BookingTerms t = orNotFound(readBookingTerms(txn.db(), before.productId, viewer(r)));
        return versioned(200, t, t.version);
    });
}

} // namespace

std::vector<Route> waitlistRoutes()
{
    return {
        {"GET", "/v1/waitlist", "reservation.read", OpClass::R, &getEntries},
        {"GET", "/v1/waitlist/slots", "reservation.read", OpClass::R, &getWaitingSlots},
        {"POST", "/v1/waitlist", "reservation.write", OpClass::W, &postEntry},
        {"GET", "/v1/waitlist/{id}", "reservation.read", OpClass::R, &getEntry},
        {"POST", "/v1/waitlist/{id}/withdrawal", "reservation.write", OpClass::W, &postWithdrawal},
        {"POST", "/v1/waitlist/{id}/acceptance", "reservation.write", OpClass::W, &postAcceptance},
        {"GET", "/v1/openings", "reservation.read", OpClass::R, &getOpenings},
        {"POST", "/v1/openings", "catalog.write", OpClass::W, &postOpening},
        {"GET", "/v1/openings/{id}", "reservation.read", OpClass::R, &getOpening},
        {"POST", "/v1/openings/{id}/cancellation", "catalog.write", OpClass::W, &postOpeningCancellation},
        {"GET", "/v1/products/{id}/booking-terms", "catalog.read", OpClass::R, &getTerms},
        {"PUT", "/v1/products/{id}/booking-terms", "catalog.write", OpClass::W, &putTerms},
    };
}

} // namespace naru::server
