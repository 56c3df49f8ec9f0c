// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/AuthProblems.h"

namespace naru::server {

protocol::Problem authProblem(int status, const char* code, const char* detail, std::optional<int> retryAfterSeconds)
{
    protocol::Problem p;
    p.status = status;
    p.code = QString::fromLatin1(code);
    p.detail = QString::fromLatin1(detail);
    p.retryAfterSeconds = retryAfterSeconds;
    return p;
}

protocol::Problem endedProblem(const SessionEnded& how)
{
    protocol::Problem p;
    switch (how.reason) {
    case SessionEndReason::Displaced:
        p = authProblem(401, "session-displaced", "this session ended because the account signed in elsewhere");
        p.extra["by"] = protocol::json::object{{"device", protocol::utf8(how.byDevice)}, {"place", protocol::utf8(how.byPlace)}};
        break;
    case SessionEndReason::ExpiredIdle: p = authProblem(401, "session-expired-idle", "nothing was done in this session for too long"); break;
    case SessionEndReason::ExpiredAbsolute: p = authProblem(401, "session-expired-absolute", "this session reached its longest time"); break;
    case SessionEndReason::SignedOut: p = authProblem(401, "session-signed-out", "this session was signed out"); break;
    case SessionEndReason::Revoked:
        p = authProblem(401, "session-revoked", "this session was revoked");
        if (!how.detail.isEmpty())
            p.extra["reason"] = protocol::utf8(how.detail);
        break;
    }
    p.extra["at"] = protocol::utf8(toRfc3339(how.at));
    return p;
}

} // namespace naru::server
