// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/CancellationFields.h"
#include "server/api/BookingRequests.h"
#include "server/api/Server.h"
#include "server/domain/Policies.h"
#include "server/engine/Cancellations.h"
#include "server/engine/CancellationReads.h"
#include "server/engine/CheckIn.h"
#include "server/engine/Moves.h"
#include "server/engine/Refunds.h"

#include <QDate>

// Reservations after they were bought: their detail, cancelling, moving, check-in; policies and refunds.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

QString queryDay(const Request& r, const char* name)
{
    const QString text = queryText(r, name, 10);
    if (!text.isEmpty() && (text.size() != 10 || !QDate::fromString(text, Qt::ISODate).isValid()))
        throw ProblemError(400, "query-invalid", u"%1 must be a day: yyyy-mm-dd"_s.arg(QString::fromLatin1(name)));
    return text;
}

// One reservation changed by a person, guarded by the version seen.
template <class Work> void changeReservation(Server& s, Request r, Respond respond, Work work)
{
    answerWrite(s, std::move(r), std::move(respond), [work](Txn& txn, const Request& r) {
        const ViewFor who = viewer(r);
        Booked b = bookedOr404(txn.db(), idParam<ReservationId>(r), who.tenant, true);
        LabelCache labels;
        if (ifMatch(r) != b.version)
            versionMismatch(b.version, protocol::toJson(viewOfBooked(txn.db(), labels, b, who)));
        work(txn, r, b);
        return versioned(200, viewOfBooked(txn.db(), labels, b, who), b.version);
    });
}

// Reading ------------------------------------------------------------------------------------------------------

void getReservations(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"status", "q", "product_id", "slot_id", "from", "to", "after", "limit"});
        ReservationFilter f;
        for (const QString& name : queryText(r, "status").split(u',', Qt::SkipEmptyParts)) {
            const auto status = protocol::fromWire<ReservationStatus>(name);
            if (!status)
                throw ProblemError(400, "query-invalid", u"status must be states of a reservation, several separated by commas"_s);
            f.statuses.push_back(*status);
        }
        f.text = queryText(r, "q");
        f.productId = queryId<ProductId>(r, "product_id");
        f.slotId = queryId<SlotId>(r, "slot_id");
        f.fromDate = queryDay(r, "from");
        f.toDate = queryDay(r, "to");
        return listed(findReservations(db, viewer(r), f, pageAsk(r)));
    });
}

void getReservation(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        const ReservationDetail d = orNotFound(readDetail(db, idParam<ReservationId>(r), viewer(r)));
        return versioned(200, d, d.reservation.version);
    });
}

void getCancellationQuote(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        return jsonResponse(200, orNotFound(readQuote(db, idParam<ReservationId>(r), viewer(r), s.clock.now())));
    });
}

void getMoveQuote(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {"lines"});
        const auto id = idParam<ReservationId>(r);
        const ViewFor who = viewer(r);
        bookedOr404(db, id, who.tenant, false); // before what is wrong with the question
        return jsonResponse(200, quoteMove(db, id, linesFromText(queryText(r, "lines", 1000)), who, s.clock.now()));
    });
}

// Changing -----------------------------------------------------------------------------------------------------

// Goes into the intake; answered after the commit that decided it.
void postCancellation(Server& s, Request r, Respond respond)
{
    CancelAsk ask;
    ask.id = idParam<ReservationId>(r);
    ask.version = ifMatch(r);
    ask.body = bodyOf<CancelRequest>(r);
    ask.key = requestKey(r);
    ask.actor = r.actor();
    ask.who = viewer(r);
    const auto request = std::make_shared<const Request>(std::move(r)); // owners: this call and the answer
    ask.answer = [request, respond](Response answer, std::exception_ptr error) { respond(error ? answerOf(error, *request) : std::move(answer)); };
    if (s.cancellations.submit(std::move(ask)))
        return;
    protocol::Problem full;
    full.status = 503;
    full.code = u"queue_full"_s;
    full.detail = u"the queue takes no more requests at this moment; nothing was cancelled"_s;
    full.retryAfterSeconds = 1;
    respond(answerOf(std::make_exception_ptr(ProblemError(full)), *request));
}

void postDecline(Server& s, Request r, Respond respond)
{
    changeReservation(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r, Booked& b) { declineCancellation(txn, b, bodyOf<ReasonRequest>(r).reason); });
}

void postMove(Server& s, Request r, Respond respond)
{
    changeReservation(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r, Booked& b) { moveReservation(txn, b, bodyOf<MoveRequest>(r), viewer(r)); });
}

void postCheckIn(Server& s, Request r, Respond respond)
{
    changeReservation(s, std::move(r), std::move(respond), [](Txn& txn, const Request&, Booked& b) { checkIn(txn, b); });
}

void postCheckInUndo(Server& s, Request r, Respond respond)
{
    changeReservation(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r, Booked& b) { undoCheckIn(txn, b, bodyOf<ReasonRequest>(r).reason); });
}

void postNoShow(Server& s, Request r, Respond respond)
{
    changeReservation(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r, Booked& b) { markNoShow(txn, b, bodyOf<ReasonRequest>(r).reason); });
}

void postCompletion(Server& s, Request r, Respond respond)
{
    changeReservation(s, std::move(r), std::move(respond), [](Txn& txn, const Request&, Booked& b) { completeBooked(txn, b); });
}

// Policies -----------------------------------------------------------------------------------------------------

void getPolicies(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"code"});
        return jsonResponse(200, listPolicies(db, queryText(r, "code", 40)));
    });
}

void getPolicy(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond),
        [](Connection& db, const Request& r) { return jsonResponse(200, orNotFound(readPolicy(db, idParam<PolicyId>(r)))); });
}

void postPolicy(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        if (r.principal->isVendor())
            throw ProblemError(403, "operator-only", u"policies are the operator's matter"_s);
        const CancellationPolicy p = createPolicyRevision(txn, bodyOf<NewPolicy>(r));
        Response answer = jsonResponse(201, p);
        answer.headers.emplace_back("Location", "/v1/cancellation-policies/" + p.id.toString().toStdString());
        return answer;
    });
}

void getProductPolicy(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond),
        [&s](Connection& db, const Request& r) { return jsonResponse(200, policyOfProduct(db, viewOf(r, s.clock.now()), idParam<ProductId>(r))); });
}

void postProductPolicy(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        return jsonResponse(200, choosePolicy(txn, viewOf(r, txn.now()), idParam<ProductId>(r), ifMatch(r), bodyOf<PolicyChoice>(r)));
    });
}

// Refunds ------------------------------------------------------------------------------------------------------

// Money back is the operator's matter: for a vendor's account there are none.
void requireOperator(const Request& r)
{
    if (r.principal->isVendor())
        notFound();
}

void getRefunds(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"status", "after", "limit"});
        if (r.principal->isVendor())
            return jsonResponse(200, Page<Refund>());
        return listed(listRefunds(db, queryEnum<RefundStatus>(r, "status"), pageAsk(r)));
    });
}

void getRefund(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        requireOperator(r);
        const Refund f = orNotFound(readRefund(db, idParam<RefundId>(r)));
        return versioned(200, f, f.version);
    });
}

Response decided(Txn& txn, const Request& r, RefundStatus to, const QString& reason)
{
    requireOperator(r);
    const Refund before = orNotFound(readRefund(txn.db(), idParam<RefundId>(r)));
    if (ifMatch(r) != before.version)
        versionMismatch(before.version, protocol::toJson(before));
    const Refund after = decideRefund(txn, before, to, reason);
    return versioned(200, after, after.version);
}

void postRefundApproval(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) { return decided(txn, r, RefundStatus::Approved, {}); });
}

void postRefundRejection(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond),
        [](Txn& txn, const Request& r) { return decided(txn, r, RefundStatus::Rejected, bodyOf<ReasonRequest>(r).reason); });
}

} // namespace

std::vector<Route> cancellationRoutes()
{
    return {
        {"GET", "/v1/reservations", "reservation.read", OpClass::R, &getReservations},
        {"GET", "/v1/reservations/{id}", "reservation.read", OpClass::R, &getReservation},
        {"GET", "/v1/reservations/{id}/cancellation-quote", "reservation.read", OpClass::R, &getCancellationQuote},
        {"GET", "/v1/reservations/{id}/move-quote", "reservation.read", OpClass::R, &getMoveQuote},
        {"POST", "/v1/reservations/{id}/cancellation", "reservation.write", OpClass::W, &postCancellation},
        {"POST", "/v1/reservations/{id}/cancellation-refusal", "reservation.write", OpClass::W, &postDecline},
        {"POST", "/v1/reservations/{id}/move", "reservation.write", OpClass::W, &postMove},
        {"POST", "/v1/reservations/{id}/check-in", "reservation.write", OpClass::W, &postCheckIn},
        {"POST", "/v1/reservations/{id}/check-in-undo", "reservation.write", OpClass::W, &postCheckInUndo},
        {"POST", "/v1/reservations/{id}/no-show", "reservation.write", OpClass::W, &postNoShow},
        {"POST", "/v1/reservations/{id}/completion", "reservation.write", OpClass::W, &postCompletion},
        {"GET", "/v1/cancellation-policies", "catalog.read", OpClass::R, &getPolicies},
        {"GET", "/v1/cancellation-policies/{id}", "catalog.read", OpClass::R, &getPolicy},
        {"POST", "/v1/cancellation-policies", "catalog.write", OpClass::W, &postPolicy},
        {"GET", "/v1/products/{id}/cancellation-policy", "catalog.read", OpClass::R, &getProductPolicy},
        {"POST", "/v1/products/{id}/cancellation-policy", "catalog.write", OpClass::W, &postProductPolicy},
        {"GET", "/v1/refunds", "order.read", OpClass::R, &getRefunds},
        {"GET", "/v1/refunds/{id}", "order.read", OpClass::R, &getRefund},
        {"POST", "/v1/refunds/{id}/approval", "order.handle", OpClass::W, &postRefundApproval},
        {"POST", "/v1/refunds/{id}/rejection", "order.handle", OpClass::W, &postRefundRejection},
    };
}

} // namespace naru::server
