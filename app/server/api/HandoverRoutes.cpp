// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/HandoverFields.h"
#include "proof/Encoding.h"
#include "server/api/NoContent.h"
#include "server/api/Server.h"
#include "server/auth/AuthService.h"
#include "server/auth/handover/Handover.h"

// Drafts from the console that was displaced to the one that displaced it.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

// Without a sign-in: the old session's tokens open nothing any more. Its refresh token names it here, and the proof shows its key. The same answer for
// every token that is none of ours.
void putHandover(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [&s](Txn& txn, const Request& r) {
        const auto body = bodyOf<protocol::HandoverOffer>(r);
        const auto old = s.auth.sessionOf(txn.db(), protocol::utf8(body.refreshToken), r.thumbprint);
        if (!old)
            throw ProblemError(403, "auth-mismatch", u"this is not the token and the key of one session"_s);
        storeHandover(txn, *old, body.drafts, body.sealed);
        return noContent();
    });
}

void getHandovers(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {});
        protocol::HandoverList list;
        const Principal& who = *r.principal;
        if (who.deviceId)
            for (Handover& h : handoversFor(db, who.userId, *who.deviceId, s.clock.now()))
                list.items.push_back({h.sid, h.version, h.deviceName, h.drafts, std::move(h.sealed), QString::fromStdString(proof::toBase64Url(s.auth.handoverKey(who.userId, h.device, h.sid))), h.at, h.expiresAt});
        Response answer = jsonResponse(200, list);
        answer.headers.emplace_back("Cache-Control", "no-store");
        return answer;
    });
}

void deleteHandover(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        if (!r.principal->deviceId)
            notFound();
        takeHandover(txn, r.principal->userId, *r.principal->deviceId, idParam<SessionId>(r), ifMatch(r));
        return noContent();
    });
}

} // namespace

std::vector<Route> handoverRoutes()
{
    return {
        {"PUT", "/v1/session/handover", nullptr, OpClass::W, putHandover, false, true},
        {"GET", "/v1/session/handover", "session.own", OpClass::R, getHandovers},
        {"DELETE", "/v1/session/handover/{id}", "session.own", OpClass::W, deleteHandover},
    };
}

} // namespace naru::server
