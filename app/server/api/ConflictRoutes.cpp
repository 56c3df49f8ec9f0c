// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/SecurityFields.h"
#include "server/api/BookingRequests.h"
#include "server/api/Server.h"
#include "server/auth/AuthService.h"
#include "server/auth/conflict/ConflictViews.h"
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/conflict/Decisions.h"

// Conflicts of sessions: "this was not me" of those who were displaced, and the queue of those who review them.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

// Without a sign-in: the old session's refresh token names it, the proof shows its key. The same answer for every token that is none of ours.
void postReport(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [&s](Txn& txn, const Request& r) {
        const auto body = bodyOf<protocol::NotMeReport>(r);
        if (body.statement != u"not_me" && body.statement != u"me")
            refuseField(u"/statement"_s, "enum", u"is not_me or me"_s);
        const auto old = s.auth.sessionOf(txn.db(), protocol::utf8(body.refreshToken), r.thumbprint);
        if (!old)
            throw ProblemError(403, "auth-mismatch", u"this is not the token and the key of one session"_s);
        const Reported made = body.statement == u"me" ? reportMe(txn, *old) : reportNotMe(txn, *old);
        return jsonResponse(201, protocol::ReportAnswer{made.id, made.state});
    });
}

void getConflicts(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"state", "after", "limit"});
        ConflictQuery q;
        q.state = queryEnum<ConflictState>(r, "state");
        q.after = queryText(r, "after", 1000);
        q.limit = queryInt(r, "limit", q.limit, 1, kMaxLimit);
        return jsonResponse(200, listConflicts(db, reviewer(r).tenant, q));
    });
}

Response detailAnswer(Connection& db, const Request& r, Instant now)
{
    const ConflictDetail d = orNotFound(conflictDetail(db, idParam<ConflictId>(r), reviewer(r).tenant, now));
    return versioned(200, d, d.conflict.version);
}

void getConflict(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) { return detailAnswer(db, r, s.clock.now()); });
}

void postTake(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        bodyOf<protocol::Nothing>(r);
        takeConflict(txn, reviewer(r), idParam<ConflictId>(r), ifMatch(r));
        return detailAnswer(txn.db(), r, txn.now());
    });
}

void postDecision(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        decideConflict(txn, reviewer(r), idParam<ConflictId>(r), bodyOf<ConflictVerdict>(r));
        return detailAnswer(txn.db(), r, txn.now());
    });
}

} // namespace

std::vector<Route> conflictRoutes()
{
    return {
        {"POST", "/v1/session-conflicts", nullptr, OpClass::W, postReport, false, true},
        {"GET", "/v1/session-conflicts", "session.review", OpClass::R, getConflicts},
        {"GET", "/v1/session-conflicts/{id}", "session.review", OpClass::R, getConflict},
        {"POST", "/v1/session-conflicts/{id}/take", "session.decide", OpClass::W, postTake},
        {"POST", "/v1/session-conflicts/{id}/decisions", "session.decide", OpClass::S, postDecision, true},
    };
}

} // namespace naru::server
