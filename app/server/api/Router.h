// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Server.h"
#include "server/auth/AuthService.h"
#include "server/http/HttpHandler.h"

#include <set>
#include <unordered_map>

namespace naru::server {

// Finds the route of a request, lets in who may use it (access token with a proof of the device's key, scope, what the session and its device are trusted with), checks the body's type and calls the route's
// handler. A good token whose session this server does not know yet is let in without a principal; before its handler is called, the
// session is read on a reader's thread, so that no adapter thread ever waits for the database. Immutable after construction; called
// on the adapter's threads. Owned by the composition root.
class Router final : public HttpHandler {
public:
    Router(Server& server, const std::vector<Route>& routes);

    std::optional<Response> admit(Request& head) override;
    void handle(Request request, Respond respond) override;

    // The routes of a path; params filled. Empty: no such path.
    std::vector<const Route*> match(const std::string& path, std::map<std::string, std::string>& params) const;

private:
    struct Entry {
        const Route* route;
        std::vector<std::string> segments;
        std::optional<std::set<std::string>> query; // the parameters the interface knows
    };
    const Route* find(const Request& r, std::map<std::string, std::string>& params, Response* refusal) const;
    std::optional<Response> prove(Request& head, std::string_view token);
    std::optional<Response> gate(const Route& route, Request& head);
    std::optional<Response> enter(const Route& route, Request& head, AuthService::Verdict verdict);
    void handleUnknown(const Route& route, Request request, Respond respond);
    std::optional<Response> checkQuery(const Route& route, const Request& head) const;

    Server& m_server;
    std::vector<Entry> m_entries;
    std::unordered_map<std::string, std::vector<const Route*>> m_literal; // those without a parameter, by their path
};

} // namespace naru::server
