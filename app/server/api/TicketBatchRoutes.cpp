// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/TicketBatchFields.h"
#include "server/api/BookingRequests.h"
#include "server/api/Server.h"
#include "server/engine/ReservationEngine.h"
#include "server/engine/Views.h"

#include <atomic>

namespace naru::server {

namespace {

using namespace Qt::StringLiterals;

// The caller, and what has come of his tickets so far, in the order he asked for them.
struct BatchCall {
    Server& server;
    Request request;
    Respond respond;
    ViewFor who;
    std::vector<TicketAnswer> answers;
    std::atomic<std::size_t> open; // undecided ones, and one while they are still handed over

    BatchCall(Server& s, Request r, Respond then, std::size_t count)
        : server(s), request(std::move(r)), respond(std::move(then)), who(viewer(request)), answers(count), open(count + 1)
    {
    }
};
using BatchCallPtr = std::shared_ptr<BatchCall>; // owners: every ticket that is under way, then the reader

protocol::Problem queueFull()
{
    protocol::Problem full;
    full.status = 503;
    full.code = u"queue_full"_s;
    full.detail = u"the queue takes no more requests at this moment; this was not reserved"_s;
    full.retryAfterSeconds = 1;
    return full;
}

Response render(const BatchCall& call)
{
    Response out;
    out.body = "{\"items\":[";
    bool replayed = true;
    for (const TicketAnswer& a : call.answers) {
        if (&a != &call.answers.front())
            out.body += ',';
        out.body += a.error ? "{\"problem\":" + answerOf(a.error, call.request).body : "{\"ticket\":" + protocol::toJsonText(*a.ticket);
        out.body += '}';
        replayed = replayed && !a.error && a.replayed;
    }
    out.body += "]}";
    if (replayed)
        out.headers.emplace_back("Idempotency-Replayed", "true");
    return out;
}

void tell(const BatchCallPtr& call)
{
    if (call->who.lang == u"ko"_s && !call->who.tenant)
        return call->respond(render(*call));
    // In the caller's language, with what a vendor may see.
    const bool taken = call->server.reads.submit([call](Connection& db) {
        try {
            for (TicketAnswer& a : call->answers)
                if (a.ticket)
                    a.ticket = orNotFound(readTicket(db, a.ticket->id, call->who));
            call->respond(render(*call));
        } catch (...) {
            call->respond(answerOf(std::current_exception(), call->request));
        }
    });
    if (!taken)
        call->respond(answerOf(std::make_exception_ptr(ProblemError(503, "busy", u"too much is waiting; send the same with the same Idempotency-Key again"_s)), call->request));
}

void done(const BatchCallPtr& call, std::size_t count = 1)
{
    if (call->open.fetch_sub(count) == count)
        tell(call);
}

// Answered when all are decided or wait for an opening. A key of its own for each ticket, made of the one of the request: who sends all of it
// again after a lost answer gets what was decided then, and only what was refused at the door is tried anew.
void postTickets(Server& s, Request r, Respond respond)
{
    protocol::NewTickets asked = bodyOf<protocol::NewTickets>(r);
    const RequestKey key = requestKey(r);
    const Actor actor = r.actor();
    const auto call = std::make_shared<BatchCall>(s, std::move(r), std::move(respond), asked.tickets.size());
    std::size_t refused = 0;
    for (std::size_t i = 0; i < asked.tickets.size(); ++i) {
        TicketRequest ticket;
        ticket.body = std::move(asked.tickets[i]);
        ticket.actor = actor;
        ticket.requestKey = key.scope + u':' + key.key + u' ' + QString::number(i); // no caller's own key has a blank
        ticket.requestHash = key.hash;
        ticket.answer = [call, i](TicketAnswer a) {
            call->answers[i] = std::move(a);
            done(call);
        };
        if (s.engine.submit(std::move(ticket)))
            continue;
        call->answers[i].error = std::make_exception_ptr(ProblemError(queueFull()));
        ++refused;
    }
    if (refused == call->answers.size())
        return call->respond(answerOf(call->answers.front().error, call->request));
    done(call, refused + 1);
}

} // namespace

std::vector<Route> ticketBatchRoutes()
{
    return {{"POST", "/v1/tickets/batch", "reservation.write", OpClass::W, &postTickets}};
}

} // namespace naru::server
