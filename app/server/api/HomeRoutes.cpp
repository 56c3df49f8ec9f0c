// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Page.h"
#include "protocol/SessionFields.h"
#include "server/api/HomeRoutesSummary.h"
#include "server/api/Server.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

void home(Server& server, Request request, Respond respond)
{
    const Instant now = server.clock.now();
    answerRead(server, std::move(request), std::move(respond), [now](Connection& db, const Request& r) {
        allowQuery(r, {});
        return jsonResponse(200, homeSummary(db, viewOf(r, now)));
    });
}

void search(Server& server, Request request, Respond respond)
{
    const Instant now = server.clock.now();
    answerRead(server, std::move(request), std::move(respond), [now](Connection& db, const Request& r) {
        allowQuery(r, {"q"});
        const QString text = queryText(r, "q", 100).trimmed();
        if (text.isEmpty())
            throw ProblemError(400, "query-invalid", u"q needs at least one character"_s);
        Page<SearchHit> page;
        page.items = searchRecords(db, viewOf(r, now), text);
        page.total = static_cast<int>(page.items.size());
        return jsonResponse(200, page);
    });
}

} // namespace

std::vector<Route> homeRoutes()
{
    return {
        {"GET", "/v1/home", "", OpClass::R, home},
        {"GET", "/v1/search", "", OpClass::R, search},
    };
}

} // namespace naru::server
