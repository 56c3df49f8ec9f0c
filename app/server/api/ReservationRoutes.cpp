// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/ReservationFields.h"
#include "server/api/BookingRequests.h"
#include "server/api/ReservationReads.h"
#include "server/api/Server.h"
#include "server/domain/View.h"
#include "server/engine/Lifecycle.h"
#include "server/engine/ReservationEngine.h"
#include "server/engine/TicketWaiters.h"
#include "server/engine/Views.h"

// Tickets, holds and the monitor; reservations have CancellationRoutes.cpp.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLongestWait = 60; // seconds

// Tickets ------------------------------------------------------------------------------------------------------

bool isDecided(TicketStatus s) { return s != TicketStatus::Queued && s != TicketStatus::Processing && s != TicketStatus::Waitlisted; }

// Prefer: wait=N (RFC 7240 §4.3). A preference that cannot be read is one that is not kept.
std::optional<int> preferredWait(const Request& r)
{
    for (const QString& part : QString::fromStdString(r.header("prefer")).split(u',')) {
        const QString preference = part.section(u';', 0, 0).trimmed();
        if (!preference.startsWith(u"wait"_s, Qt::CaseInsensitive))
            continue;
        const QString value = preference.mid(4).trimmed();
        bool ok = false;
        const int seconds = value.startsWith(u'=') ? value.mid(1).trimmed().remove(u'"').toInt(&ok) : 0;
        if (ok && seconds >= 0)
            return std::min(seconds, kLongestWait);
    }
    return std::nullopt;
}

Response ticketAnswer(const Ticket& t, bool replayed)
{
    Response answer = versioned(isDecided(t.status) ? 201 : 202, t, t.version);
    answer.headers.emplace_back("Location", "/v1/tickets/" + t.id.toString().toStdString());
    if (replayed)
        answer.headers.emplace_back("Idempotency-Replayed", "true");
    return answer;
}

// One caller and the ticket he asked for or about; kept by whoever works on it next.
struct TicketCall {
    Server& server;
    Request request;
    Respond respond;
    ViewFor who;
    std::optional<int> wait; // seconds he wants to wait
    std::function<Response(const Ticket&)> answer;

    void tell(const Ticket& t)
    {
        Response r = answer(t);
        if (wait)
            r.headers.emplace_back("Preference-Applied", "wait=" + std::to_string(*wait));
        respond(std::move(r));
    }
};
using TicketCallPtr = std::shared_ptr<TicketCall>; // owners: the queue, the reader or the list of waiters that has it now

bool isOpen(TicketStatus s) { return s == TicketStatus::Queued || s == TicketStatus::Processing; }

// Answers with the ticket as it stands, in the caller's language and with what a vendor may see; when it is undecided and the
// caller waits, after its decision or his time. No thread stands still meanwhile.
void tellTicket(const TicketCallPtr& call, const TicketId& id, bool mayWait)
{
    const bool taken = call->server.reads.submit([call, id, mayWait](Connection& db) {
        try {
            const Ticket t = orNotFound(readTicket(db, id, call->who));
            const bool waits = mayWait && call->wait.value_or(0) > 0 && isOpen(t.status)
                && call->server.waiters.wait(id, Millis(*call->wait * 1000), [call, id] { tellTicket(call, id, false); });
            if (!waits)
                call->tell(t);
        } catch (...) {
            call->respond(answerOf(std::current_exception(), call->request));
        }
    });
    if (taken)
        return;
    protocol::Problem busy;
    busy.status = 503;
    busy.code = u"busy"_s;
    busy.detail = u"too much is waiting; ask for the ticket again"_s;
    busy.retryAfterSeconds = 1;
    call->respond(answerOf(std::make_exception_ptr(ProblemError(busy)), call->request));
}

// Answered after the commit that holds the ticket and nearly always its decision too; a ticket that has to wait (an opening) is
// answered at once as it stands, or after its decision for who prefers to wait.
void postTicket(Server& s, Request r, Respond respond)
{
    TicketRequest ticket;
    ticket.body = bodyOf<NewTicket>(r);
    const RequestKey key = requestKey(r);
    ticket.actor = r.actor();
    ticket.requestKey = key.scope + u':' + key.key;
    ticket.requestHash = key.hash;
    const ViewFor who = viewer(r);
    const auto wait = preferredWait(r);
    const auto call = std::make_shared<TicketCall>(TicketCall{s, std::move(r), std::move(respond), who, wait, {}});
    ticket.answer = [call](TicketAnswer a) {
        if (a.error)
            return call->respond(answerOf(a.error, call->request));
        call->answer = [replayed = a.replayed](const Ticket& t) { return ticketAnswer(t, replayed); };
        const bool plain = call->who.lang == u"ko"_s && !call->who.tenant;
        if (plain && (!isOpen(a.ticket->status) || call->wait.value_or(0) == 0))
            return call->tell(*a.ticket);
        tellTicket(call, a.ticket->id, true);
    };
    if (s.engine.submit(std::move(ticket)))
        return;
    protocol::Problem full;
    full.status = 503;
    full.code = u"queue_full"_s;
    full.detail = u"the queue takes no more requests at this moment; nothing was reserved"_s;
    full.retryAfterSeconds = 1;
    call->respond(answerOf(std::make_exception_ptr(ProblemError(full)), call->request));
}

void getTickets(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"status", "after", "limit"});
        return listed(listTickets(db, viewer(r), queryEnum<TicketStatus>(r, "status"), pageAsk(r)));
    });
}

void getTicket(Server& s, Request r, Respond respond)
{
    const auto id = idParam<TicketId>(r);
    const ViewFor who = viewer(r);
    const auto wait = preferredWait(r);
    const auto call = std::make_shared<TicketCall>(TicketCall{s, std::move(r), std::move(respond), who, wait, {}});
    call->answer = [waited = wait.has_value()](const Ticket& t) { return versioned(waited && isOpen(t.status) ? 202 : 200, t, t.version); };
    tellTicket(call, id, true);
}

void confirmTicketRoute(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Ticket before = orNotFound(readTicket(txn.db(), idParam<TicketId>(r), viewer(r)));
        confirmTicket(txn, before.id);
        const Ticket t = orNotFound(readTicket(txn.db(), before.id, viewer(r)));
        return versioned(200, t, t.version);
    });
}

void cancelTicketRoute(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Ticket before = orNotFound(readTicket(txn.db(), idParam<TicketId>(r), viewer(r)));
        cancelTicket(txn, before.id, bodyOf<ReasonRequest>(r).reason);
        const Ticket t = orNotFound(readTicket(txn.db(), before.id, viewer(r)));
        return versioned(200, t, t.version);
    });
}

// Holds --------------------------------------------------------------------------------------------------------

void getHolds(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"after", "limit"});
        return listed(listHolds(db, viewer(r), pageAsk(r)));
    });
}

void releaseHoldRoute(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Hold before = orNotFound(readHold(txn.db(), idParam<HoldId>(r), viewer(r)));
        requireVersion(r, before);
        releaseHold(txn, before.id, bodyOf<ReasonRequest>(r).reason);
        const Hold h = orNotFound(readHold(txn.db(), before.id, viewer(r)));
        return versioned(200, h, h.version);
    });
}

void extendHoldRoute(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Hold before = orNotFound(readHold(txn.db(), idParam<HoldId>(r), viewer(r)));
        requireVersion(r, before);
        extendHold(txn, before.id, bodyOf<HoldExtension>(r).seconds);
        const Hold h = orNotFound(readHold(txn.db(), before.id, viewer(r)));
        return versioned(200, h, h.version);
    });
}

// The monitor --------------------------------------------------------------------------------------------------

void getOccupancy(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        return jsonResponse(200, occupancy(db, viewer(r), occupancyAsk(r, s.clock.now())));
    });
}

void getQueue(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond),
        [&s](Connection& db, const Request& r) { return jsonResponse(200, queueStats(db, viewer(r), s.engine.reading(), s.clock.now())); });
}

} // namespace

std::vector<Route> reservationRoutes()
{
    return {
        {"GET", "/v1/tickets", "reservation.read", OpClass::R, &getTickets},
        {"POST", "/v1/tickets", "reservation.write", OpClass::W, &postTicket},
        {"GET", "/v1/tickets/{id}", "reservation.read", OpClass::R, &getTicket},
        {"POST", "/v1/tickets/{id}/confirmation", "reservation.write", OpClass::W, &confirmTicketRoute},
        {"POST", "/v1/tickets/{id}/cancellation", "reservation.write", OpClass::W, &cancelTicketRoute},
        {"GET", "/v1/holds", "reservation.read", OpClass::R, &getHolds},
        {"POST", "/v1/holds/{id}/release", "reservation.write", OpClass::W, &releaseHoldRoute},
        {"POST", "/v1/holds/{id}/extension", "reservation.write", OpClass::W, &extendHoldRoute},
        {"GET", "/v1/occupancy", "reservation.read", OpClass::R, &getOccupancy},
        {"GET", "/v1/queue", "reservation.read", OpClass::R, &getQueue},
    };
}

} // namespace naru::server
