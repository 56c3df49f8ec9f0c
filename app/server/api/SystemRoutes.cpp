// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/SessionFields.h"
#include "server/api/OpenApi.h"
#include "server/api/Problems.h"
#include "server/api/Server.h"
#include "server/auth/Accounts.h"
#include "server/config/Config.h"
#include "server/events/EventHub.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

Q_LOGGING_CATEGORY(logSystem, "naru.server.system", QtInfoMsg)

Response okay()
{
    Response r;
    r.body = R"({"status":"ok"})";
    return r;
}

void live(Server&, Request r, Respond respond)
{
    allowQuery(r, {});
    respond(okay());
}

// Ready: the writer can write and a reader can read.
void ready(Server& server, Request request, Respond respond)
{
    allowQuery(request, {});
    QString why;
    if (!server.writer.healthy(&why)) {
        protocol::Problem p;
        p.status = 503;
        p.code = u"storage-unavailable"_s;
        p.detail = u"the server cannot write to its disk at the moment"_s;
        qCInfo(logSystem, "not ready: %s", qPrintable(why));
        p.retryAfterSeconds = 5;
        return respond(problemResponse(std::move(p), u"/readyz"_s, request.requestId));
    }
    answerRead(server, std::move(request), std::move(respond), [](Connection& db, const Request&) {
        db.query(u"SELECT 1"_s);
        return okay();
    });
}

void serverInfo(Server& server, Request request, Respond respond)
{
    allowQuery(request, {});
    answerRead(server, std::move(request), std::move(respond), [&server](Connection& db, const Request&) {
        ServerInfo info;
        info.name = server.config.publicName;
        info.version = QStringLiteral(NARU_VERSION);
        info.demo = server.config.demo && server.config.isLoopback();
        if (info.demo)
            info.demoAccounts = demoAccounts(db);
        return jsonResponse(200, info);
    });
}

void document(Server&, Request r, Respond respond)
{
    allowQuery(r, {});
    Response answer;
    answer.body = std::string(openApiDocument());
    respond(std::move(answer));
}

void events(Server& server, Request request, Respond respond)
{
    allowQuery(request, {"after"});
    respond(server.events.open(request));
}

} // namespace

std::vector<Route> systemRoutes()
{
    return {
        {"GET", "/livez", nullptr, OpClass::R, &live},
        {"GET", "/readyz", nullptr, OpClass::R, &ready},
        {"GET", "/openapi.json", nullptr, OpClass::R, &document},
        {"GET", "/v1/server", nullptr, OpClass::R, &serverInfo},
        {"GET", "/v1/events", "", OpClass::R, &events},
    };
}

} // namespace naru::server
