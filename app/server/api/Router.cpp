// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/Router.h"

#include "server/api/OpenApi.h"
#include "server/api/Problems.h"
#include "server/auth/AuthProblems.h"
#include "server/auth/rules/Rules.h"
#include "server/store/Failpoint.h"

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

std::vector<std::string> split(std::string_view path)
{
    std::vector<std::string> out;
    path.remove_prefix(path.empty() ? 0 : 1);
    for (;;) {
        const std::size_t slash = path.find('/');
        out.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos)
            return out;
        path.remove_prefix(slash + 1);
    }
}

bool isParameter(const std::string& segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::string mediaType(const std::string& value)
{
    std::string type = value.substr(0, value.find(';'));
    while (!type.empty() && type.back() == ' ')
        type.pop_back();
    for (char& c : type)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return type;
}

// The sign-in's own requests are made unique by their codes and tokens.
bool needsKey(const Route& route)
{
    return std::string_view(route.method) != "GET" && std::string_view(route.pattern).substr(0, 7) != "/oauth/";
}

// The token exchange speaks forms (RFC 6749), everything else JSON.
bool takesForm(const Route& route)
{
    const std::string_view p = route.pattern;
    return p == "/oauth/token" || p == "/oauth/revoke";
}

// What follows the scheme "DPoP" (RFC 9449 §7.1); empty: another scheme, or nothing.
std::string_view tokenIn(const std::string& authorization)
{
    static constexpr std::string_view kScheme = "dpop ";
    if (authorization.size() <= kScheme.size())
        return {};
    for (std::size_t i = 0; i < kScheme.size(); ++i)
        if ((authorization[i] | 0x20) != kScheme[i] && authorization[i] != kScheme[i])
            return {};
    return std::string_view(authorization).substr(kScheme.size());
}

void challenge(Response& r, std::string text)
{
    for (auto& h : r.headers)
        if (h.first == "WWW-Authenticate") {
            h.second = std::move(text);
            return;
        }
    r.headers.emplace_back("WWW-Authenticate", std::move(text));
}

// What a session that may only read may change all the same: itself.
bool goesOnRestricted(const Route& route)
{
    const std::string_view p = route.pattern;
    return p == "/v1/session" || p == "/v1/session/activity" || p == "/v1/session/step-up" || p == "/v1/session/drafts" || p == "/v1/devices/{id}/posture";
}

// Reading is what went too far: it waits for the person, too, but for what is about himself and his session.
bool readsOnRestricted(const Route& route, const QString& why)
{
    const std::string_view p = route.pattern;
    return why != u"reads-too-much" || p.substr(0, 11) == "/v1/session" || p == "/v1/events" || p == "/v1/devices";
}

constexpr int kSensitiveTier = 2;

// Counts what is read for the rule about it (E13). A channel reads for its customers, as many as they are.
Respond counted(AuthService& auth, const Route& route, const Request& request, const Respond& respond)
{
    if (route.opClass != OpClass::R || !request.principal || request.principal->role == Role::Channel)
        return respond;
    const std::int64_t atLeast = std::string_view(route.pattern).find("{id}") != std::string_view::npos ? 1 : 0;
    return [&auth, sid = request.principal->sid, user = request.principal->userId, atLeast, respond](Response r) {
        if (r.status == 200)
            auth.noteRead(sid, user, std::max(r.records, atLeast));
        respond(std::move(r));
    };
}

Response refusal(const Request& r, int status, const char* code, const QString& detail)
{
    protocol::Problem p;
    p.status = status;
    p.code = QString::fromLatin1(code);
    p.detail = detail;
    return problemResponse(std::move(p), protocol::fromUtf8(r.path), r.requestId);
}

// The session could not be looked up: that says nothing about the token.
Response notNow(const Request& r)
{
    return problemResponse(authProblem(503, "busy", "the session cannot be looked up at this moment; ask again", 1), protocol::fromUtf8(r.path), r.requestId);
}

// What is sensitive is not done by what was known some time ago.
Response viewStale(const Request& r)
{
    return problemResponse(authProblem(503, "auth-view-stale", "the server does not know at this moment which sessions have ended; nothing was changed", 5),
        protocol::fromUtf8(r.path), r.requestId);
}

void call(Server& server, const Route& route, Request request, const Respond& respond)
{
    Request copy; // what an error answer needs, should the handler throw before it answers
    copy.path = request.path;
    copy.requestId = request.requestId;
    try {
        const Respond answer = counted(server.auth, route, request, respond);
        route.handle(server, std::move(request), answer);
    } catch (...) {
        respond(answerOf(std::current_exception(), copy));
    }
}

} // namespace

Router::Router(Server& server, const std::vector<Route>& routes) : m_server(server)
{
    for (const Route& r : routes) {
        m_entries.push_back({&r, split(r.pattern), declaredQuery(r.method, r.pattern)});
        if (std::none_of(m_entries.back().segments.begin(), m_entries.back().segments.end(), isParameter))
            m_literal[r.pattern].push_back(&r);
    }
}

std::vector<const Route*> Router::match(const std::string& path, std::map<std::string, std::string>& params) const
{
    if (const auto literal = m_literal.find(path); literal != m_literal.end())
        return literal->second; // /v1/vendor-orders/counts goes before /v1/vendor-orders/{id}
    const auto segments = split(path);
    std::vector<const Route*> found;
    for (const Entry& e : m_entries) {
        if (e.segments.size() != segments.size())
            continue;
        bool fits = true;
        std::map<std::string, std::string> taken;
        for (std::size_t i = 0; fits && i < segments.size(); ++i) {
            if (isParameter(e.segments[i]) && !segments[i].empty())
                taken[e.segments[i].substr(1, e.segments[i].size() - 2)] = segments[i];
            else
                fits = e.segments[i] == segments[i];
        }
        if (!fits || taken.empty())
            continue;
        found.push_back(e.route);
        params.merge(taken);
    }
    return found;
}

const Route* Router::find(const Request& r, std::map<std::string, std::string>& params, Response* refused) const
{
    const auto candidates = match(r.path, params);
    const std::string method = r.method == "HEAD" ? "GET" : r.method;
    std::string allowed;
    for (const Route* c : candidates) {
        if (method == c->method)
            return c;
        allowed += (allowed.empty() ? "" : ", ") + std::string(c->method) + (std::string_view(c->method) == "GET" ? ", HEAD" : "");
    }
    if (candidates.empty()) {
        *refused = refusal(r, 404, "not-found", u"there is nothing at this address"_s);
    } else {
        *refused = refusal(r, 405, "method-not-allowed", u"this address takes %1"_s.arg(QString::fromStdString(allowed)));
        refused->headers.emplace_back("Allow", allowed);
    }
    return nullptr;
}

// The key the request was signed with, from its proof.
std::optional<Response> Router::prove(Request& head, std::string_view token)
{
    const std::string proof = head.header("dpop");
    const std::string host = head.header("host");
    auto shown = m_server.auth.checkProof({head.method, head.path, host, proof, token});
    if (auto* problem = std::get_if<protocol::Problem>(&shown)) {
        const bool nonce = problem->code == u"use-dpop-nonce";
        if (nonce)
            head.freshNonce = m_server.auth.door().nonce();
        if (!head.header("authorization").empty() || head.path.rfind("/oauth/", 0) != 0)
            problem->status = 401;
        else
            problem->status = 400; // RFC 9449 §8: at the token endpoint
        problem->extra["error"] = nonce ? "use_dpop_nonce" : "invalid_dpop_proof";
        Response r = problemResponse(std::move(*problem), protocol::fromUtf8(head.path), head.requestId);
        challenge(r, nonce ? "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"" : "DPoP error=\"invalid_dpop_proof\", algs=\"ES256\"");
        return r;
    }
    auto& admitted = std::get<ProofDoor::Admitted>(shown);
    head.thumbprint = std::move(admitted.thumbprint);
    if (admitted.nonceIsOld)
        head.freshNonce = m_server.auth.door().nonce();
    return std::nullopt;
}

std::optional<Response> Router::gate(const Route& route, Request& head)
{
    head.authAgeMs = m_server.auth.viewAge().count();
    if (!route.scope)
        return route.proof ? prove(head, {}) : std::nullopt;
    const std::string value = head.header("authorization");
    const std::string_view token = tokenIn(value);
    if (token.empty()) {
        Response r = refusal(head, 401, "token-missing", u"this address needs a signed-in caller, with a token of the scheme DPoP"_s);
        challenge(r, "DPoP algs=\"ES256\"");
        return r;
    }
    const bool bySessionAlone = failpointOn(kLayerSession) && head.header("dpop").empty();
    if (auto refused = bySessionAlone ? std::nullopt : prove(head, token))
        return refused;
    if (route.opClass == OpClass::S && m_server.auth.sharesSessions())
        return std::nullopt; // of what is sensitive, the row itself has to say that the session is live: handle() looks it up
    return enter(route, head, m_server.auth.verify(token, head.thumbprint));
}

std::optional<Response> Router::enter(const Route& route, Request& head, AuthService::Verdict verdict)
{
    if (std::holds_alternative<AuthService::Unknown>(verdict))
        return std::nullopt; // handle() looks it up
    if (auto* problem = std::get_if<protocol::Problem>(&verdict)) {
        if (route.opClass == OpClass::S && problem->code == u"session-displaced") {
            const std::string shown = head.header("authorization");
            m_server.auth.noteSensitiveTried(tokenIn(shown), head.thumbprint);
        }
        return problemResponse(std::move(*problem), protocol::fromUtf8(head.path), head.requestId);
    }
    head.principal = std::move(std::get<Principal>(verdict));
    m_server.auth.seenFrom(head.principal->sid, head.remoteAddress);
    const Principal& who = *head.principal;
    if (*route.scope && !who.has(QString::fromLatin1(route.scope)))
        return refusal(head, 403, "scope-missing", u"this account may not do this: it needs %1"_s.arg(QString::fromLatin1(route.scope)));
    if (!who.restricted.isEmpty() && (route.opClass != OpClass::R || route.stepUp) && !goesOnRestricted(route)) {
        protocol::Problem p = authProblem(403, "session-restricted", "this session may only read until its person has verified himself; nothing was changed");
        p.extra["reason"] = protocol::utf8(who.restricted);
        return problemResponse(std::move(p), protocol::fromUtf8(head.path), head.requestId);
    }
    const bool readsOn = route.opClass != OpClass::R || readsOnRestricted(route, who.restricted);
    if (route.opClass == OpClass::S && who.tier < kSensitiveTier)
        return refusal(head, 403, "device-trust-low", u"this device is not trusted enough for this (%1 of %2); nothing was changed"_s.arg(who.tier).arg(kSensitiveTier));
    // E8: a session that has moved to another owner's network verifies itself before it does anything sensitive.
    const bool verify = route.stepUp || (route.opClass == OpClass::S && networkChanged(who.openedFrom, head.remoteAddress, m_server.clock.now()));
    if (!readsOn || (verify && m_server.clock.now() - who.steppedUpAt > m_server.auth.options().stepUpLife)) {
        protocol::Problem p = authProblem(401, "step-up-required", "this needs the person to verify himself once more; nothing was changed");
        if (!readsOn)
            p.extra["reason"] = protocol::utf8(who.restricted);
        Response r = problemResponse(std::move(p), protocol::fromUtf8(head.path), head.requestId);
        challenge(r, "DPoP error=\"insufficient_user_authentication\", acr_values=\"urn:naru:acr:mfa\", max_age=\"600\"");
        return r;
    }
    if (head.header("naru-activity") == "user")
        m_server.auth.noteActivity(head.principal->sid);
    return std::nullopt;
}

std::optional<Response> Router::admit(Request& head)
{
    Response refused;
    const Route* route = find(head, head.params, &refused);
    if (!route)
        return refused;
    if (auto r = gate(*route, head))
        return r;
    if (auto r = checkQuery(*route, head))
        return r;
    if (needsKey(*route)) {
        try {
            requestKey(head);
        } catch (...) {
            return answerOf(std::current_exception(), head);
        }
    }
    const bool hasBody = head.headers.count("transfer-encoding") > 0 || (head.headers.count("content-length") > 0 && head.header("content-length") != "0");
    if (!hasBody || std::string_view(route->method) == "GET")
        return std::nullopt;
    const std::string type = mediaType(head.header("content-type"));
    const bool fits = takesForm(*route) ? type == "application/x-www-form-urlencoded" : type == "application/json" || type == "application/merge-patch+json";
    if (!fits)
        return refusal(head, 415, "type-not-supported", u"the body must be %1"_s.arg(takesForm(*route) ? u"application/x-www-form-urlencoded"_s : u"application/json"_s));
    return std::nullopt;
}

// One place for all routes: what the interface does not declare is a mistake of the caller, not something to ignore.
std::optional<Response> Router::checkQuery(const Route& route, const Request& head) const
{
    if (head.query.empty())
        return std::nullopt;
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& e) { return e.route == &route; });
    if (entry == m_entries.end() || !entry->query)
        return std::nullopt;
    for (const auto& q : head.query) {
        if (entry->query->count(q.first) == 0)
            return refusal(head, 400, "query-invalid", u"there is no parameter %1 here"_s.arg(QString::fromStdString(q.first).left(64)));
    }
    return std::nullopt;
}

void Router::handle(Request request, Respond respond)
{
    Response refused;
    std::map<std::string, std::string> params;
    const Route* route = find(request, params, &refused);
    if (!route)
        return respond(std::move(refused));
    if (route->scope && !request.principal)
        return handleUnknown(*route, std::move(request), std::move(respond));
    call(m_server, *route, std::move(request), respond);
}

void Router::handleUnknown(const Route& route, Request request, Respond respond)
{
    const auto waiting = std::make_shared<Request>(std::move(request)); // owners: this call and the reader
    const std::string shown = waiting->header("authorization");
    AuthService::Verdict verdict = m_server.auth.verify(tokenIn(shown), waiting->thumbprint);
    if (const auto* known = std::get_if<Principal>(&verdict); known && route.opClass == OpClass::S)
        verdict = AuthService::Unknown{known->sid}; // the row has the last word
    const auto* unknown = std::get_if<AuthService::Unknown>(&verdict);
    const auto goOn = [this, &route, waiting, respond, shown](bool read) {
        if (!read)
            return respond(route.opClass == OpClass::S ? viewStale(*waiting) : notNow(*waiting));
        if (auto refused = enter(route, *waiting, m_server.auth.verify(tokenIn(shown), waiting->thumbprint, true)))
            return respond(std::move(*refused));
        call(m_server, route, std::move(*waiting), respond);
    };
    if (!unknown)
        return goOn(true); // it has become known meanwhile
    if (!m_server.auth.lookUp(unknown->sid, goOn))
        goOn(false);
}

} // namespace naru::server
