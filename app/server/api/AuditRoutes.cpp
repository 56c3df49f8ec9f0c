// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/SecurityFields.h"
#include "server/api/BookingRequests.h"
#include "server/api/Server.h"
#include "server/auth/conflict/SecurityWatch.h"
#include "server/auth/history/AuditLog.h"

// The audit trail and its hash chain.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLongestType = 40;

std::optional<Instant> queryInstant(const Request& r, const char* name)
{
    const QString text = queryText(r, name, 40);
    if (text.isEmpty())
        return std::nullopt;
    const auto at = fromRfc3339(text);
    if (!at)
        throw ProblemError(400, "query-invalid", u"%1 must be an RFC 3339 date-time with offset"_s.arg(QLatin1StringView(name)));
    return at;
}

void getAudit(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"q", "user_id", "entity_type", "entity_id", "from", "to", "after", "limit"});
        AuditQuery q;
        q.text = queryText(r, "q");
        q.userId = queryId<UserId>(r, "user_id");
        q.entityType = queryText(r, "entity_type", kLongestType);
        q.entityId = queryText(r, "entity_id", 26);
        q.from = queryInstant(r, "from");
        q.to = queryInstant(r, "to");
        q.after = queryText(r, "after", 1000);
        q.limit = queryInt(r, "limit", q.limit, 1, kMaxLimit);
        const Principal& who = *r.principal;
        return jsonResponse(200, listAudit(db, auditScope(who.role, who.userId, who.vendorId), q));
    });
}

void getChain(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {});
        const AuditChain::View seen = s.security.chain().look(db);
        return jsonResponse(200, ChainCheck{seen.from, seen.unbrokenTo, seen.brokenAt, s.clock.now()});
    });
}

} // namespace

std::vector<Route> auditRoutes()
{
    return {
        {"GET", "/v1/audit", "audit.read", OpClass::R, getAudit},
        {"GET", "/v1/audit/chain", "audit.read", OpClass::R, getChain},
    };
}

} // namespace naru::server
