// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/SecurityFields.h"
#include "server/api/Problems.h"
#include "server/api/Server.h"
#include "server/auth/AuthProblems.h"
#include "server/auth/AuthService.h"
#include "server/auth/device/Devices.h"
#include "server/auth/factor/Factors.h"
#include "server/http/Url.h"

// Sign-in, tokens and the caller's own session. These do not go through answerWrite: a code or a refresh token is its own
// key, and a stored answer would keep tokens on disk.
namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

// What an answer needs to know of its question after the request itself is gone.
struct Place {
    explicit Place(const Request& r) : path(protocol::fromUtf8(r.path)), requestId(r.requestId) {}
    QString path;
    QString requestId;
    Response problem(const protocol::Problem& p) const { return problemResponse(p, path, requestId); }
};

Response secretAnswer(std::string body)
{
    Response r;
    r.body = std::move(body);
    r.headers.emplace_back("Cache-Control", "no-store");
    return r;
}

std::map<std::string, std::string> formOf(const Request& r)
{
    const std::string type = r.header("content-type");
    if (type.rfind("application/x-www-form-urlencoded", 0) != 0)
        throw ProblemError(415, "media-type", u"the body must be application/x-www-form-urlencoded"_s);
    std::string why;
    const auto form = parseForm(r.body, why);
    if (!form)
        throw ProblemError(400, "form-invalid", QString::fromStdString(why));
    return *form;
}

std::string need(const std::map<std::string, std::string>& form, const char* name)
{
    const auto it = form.find(name);
    if (it == form.end() || it->second.empty() || it->second.size() > 512) {
        protocol::Problem p = authProblem(400, "invalid-request", "a parameter is missing or too long");
        p.errors.push_back({u'/' + QString::fromLatin1(name), u"required"_s, u"is required, at most 512 characters"_s});
        p.extra["error"] = "invalid_request";
        throw ProblemError(p);
    }
    return it->second;
}

// Runs what may refuse at once; the rest answers later.
void guarded(const Request& request, const Respond& respond, const std::function<void()>& work)
{
    try {
        work();
    } catch (const ProblemError& e) {
        respond(Place(request).problem(e.problem));
    }
}

Granted grantAnswer(const Place& place, const Respond& respond)
{
    return [place, respond](std::variant<TokenGrant, protocol::Problem> result) {
        if (auto* p = std::get_if<protocol::Problem>(&result)) {
            if (p->code == u"invalid-grant")
                p->extra["error"] = "invalid_grant"; // RFC 6749
            respond(place.problem(*p));
            return;
        }
        const TokenGrant& g = std::get<TokenGrant>(result);
        protocol::TokenAnswer a;
        a.accessToken = QString::fromStdString(g.accessToken);
        a.tokenType = u"DPoP"_s;
        a.expiresIn = g.expiresIn;
        a.refreshToken = QString::fromStdString(g.refreshToken);
        a.scope = g.scopes.join(u' ');
        a.sid = g.sid;
        a.sv = g.sv;
        a.idleExpiresIn = g.idleExpiresIn;
        a.absExpiresIn = g.absExpiresIn;
        a.draftKey = QString::fromStdString(g.draftKey);
        respond(secretAnswer(json::serialize(protocol::toJson(a))));
    };
}

void challenge(Server& server, Request request, Respond respond)
{
    guarded(request, respond, [&] {
        const auto body = bodyOf<protocol::ChallengeRequest>(request);
        SignInRequest s;
        s.login = body.login;
        s.secret = body.secret;
        s.authSession = body.authSession;
        s.factor = body.factor;
        s.factorCode = body.factorCode;
        s.codeChallenge = protocol::utf8(body.codeChallenge);
        s.thumbprint = request.thumbprint;
        s.deviceName = body.deviceName;
        s.platform = body.platform;
        s.appVersion = body.appVersion;
        s.storage = body.storage;
        s.place = request.remoteAddress;
        s.expectedSv = body.expectedSv;
        s.requestId = request.requestId;
        server.auth.signIn(std::move(s), [place = Place(request), respond](std::variant<std::string, protocol::Problem> result) {
            if (const auto* p = std::get_if<protocol::Problem>(&result))
                respond(place.problem(*p));
            else
                respond(secretAnswer(json::serialize(protocol::toJson(protocol::ChallengeAnswer{QString::fromStdString(std::get<std::string>(result))}))));
        });
    });
}

void token(Server& server, Request request, Respond respond)
{
    guarded(request, respond, [&] {
        const auto form = formOf(request);
        const std::string grant = need(form, "grant_type");
        const Granted answer = grantAnswer(Place(request), respond);
        if (grant == "authorization_code") {
            server.auth.redeemCode(need(form, "code"), need(form, "code_verifier"), request.thumbprint, request.requestId, answer);
        } else if (grant == "refresh_token") {
            const auto activity = form.find("activity");
            const std::string word = activity == form.end() ? "background" : activity->second;
            if (word != "user" && word != "background")
                throw ProblemError(400, "invalid-request", u"activity is user or background"_s);
            server.auth.refresh(need(form, "refresh_token"), request.thumbprint, word == "user", request.requestId, answer);
        } else {
            protocol::Problem p = authProblem(400, "unsupported-grant-type", "grant_type is authorization_code or refresh_token");
            p.extra["error"] = "unsupported_grant_type";
            throw ProblemError(p);
        }
    });
}

void revoke(Server& server, Request request, Respond respond)
{
    guarded(request, respond, [&] {
        const auto form = formOf(request);
        server.auth.revoke(need(form, "token"), request.thumbprint, request.requestId, [place = Place(request), respond](std::exception_ptr error) {
            // RFC 7009: also for a token nobody knows.
            respond(error ? place.problem(authProblem(503, "store-unavailable", "the server cannot write at the moment", 5)) : secretAnswer("{}"));
        });
    });
}

void jwks(Server& server, Request, Respond respond)
{
    Response r;
    r.body = server.auth.jwks();
    r.headers.emplace_back("Cache-Control", "max-age=3600, stale-if-error=86400");
    respond(std::move(r));
}

void metadata(Server& server, Request, Respond respond)
{
    const std::string issuer = protocol::utf8(server.auth.options().issuer);
    const json::object o{{"issuer", issuer}, {"token_endpoint", issuer + "/oauth/token"}, {"revocation_endpoint", issuer + "/oauth/revoke"},
        {"authorization_challenge_endpoint", issuer + "/oauth/authorize-challenge"}, {"jwks_uri", issuer + "/.well-known/jwks.json"},
        {"response_types_supported", json::array{"code"}}, {"grant_types_supported", json::array{"authorization_code", "refresh_token"}},
        {"code_challenge_methods_supported", json::array{"S256"}}, {"dpop_signing_alg_values_supported", json::array{"ES256"}}, {"token_endpoint_auth_methods_supported", json::array{"none"}}};
    Response r;
    r.body = json::serialize(o);
    respond(std::move(r));
}

void session(Server& server, Request request, Respond respond)
{
    answerRead(server, std::move(request), std::move(respond), [&server](Connection& db, const Request& r) {
        allowQuery(r, {});
        const Principal& who = *r.principal;
        const auto row = db.one(u"SELECT u.login, COALESCE(v.name, '') FROM user_account u LEFT JOIN vendor v ON v.id = u.vendor_id WHERE u.id = ?"_s, {who.userId});
        if (!row)
            notFound();
        SessionInfo s;
        s.sid = who.sid;
        s.sv = who.sv;
        s.userId = who.userId;
        s.login = row->text(0);
        s.displayName = who.displayName;
        s.role = who.role;
        s.vendorId = who.vendorId;
        s.vendorName = row->text(1);
        s.scopes = who.scopes;
        s.deviceId = who.deviceId;
        if (who.deviceId)
            if (const auto device = readDevice(db, *who.deviceId))
                s.deviceName = device->name;
        s.tier = who.tier;
        s.restricted = who.restricted;
        const Instant now = server.clock.now();
        if (who.steppedUpAt != Instant{} && now - who.steppedUpAt < server.auth.options().stepUpLife)
            s.stepUpExpiresIn = static_cast<int>((who.steppedUpAt + server.auth.options().stepUpLife - now).count() / 1000);
        s.factors = factorsOf(db, who.userId);
        const std::pair<int, int> left = server.auth.remaining(who.sid);
        s.idleExpiresIn = left.first;
        s.absExpiresIn = left.second;
        Response answer = jsonResponse(200, s);
        answer.headers.emplace_back("Cache-Control", "no-store");
        return answer;
    });
}

void needKey(const Request& r)
{
    const std::string key = r.header("idempotency-key");
    if (key.empty() || key.size() > 128)
        throw ProblemError(400, "idempotency-key-required", u"a write needs an Idempotency-Key of 1 to 128 visible characters"_s);
}

void activity(Server& server, Request request, Respond respond)
{
    guarded(request, respond, [&] {
        needKey(request);
        server.auth.noteActivity(request.principal->sid);
        Response r;
        r.status = 204;
        r.contentType.clear();
        respond(std::move(r));
    });
}

void stepUp(Server& server, Request request, Respond respond)
{
    guarded(request, respond, [&] {
        needKey(request);
        const auto body = bodyOf<protocol::StepUpRequest>(request);
        const Principal who = *request.principal;
        const auto asked = std::make_shared<Request>(std::move(request)); // owners: this answer
        server.auth.stepUp(who, body.factor, body.code, asked->requestId, [&server, asked, respond](std::optional<protocol::Problem> refused) {
            if (refused)
                return respond(Place(*asked).problem(*refused));
            if (auto again = server.auth.principalOf(asked->principal->sid))
                asked->principal = std::move(again);
            session(server, std::move(*asked), respond);
        });
    });
}

void signOut(Server& server, Request request, Respond respond)
{
    guarded(request, respond, [&] {
        needKey(request);
        server.auth.endSession(request.principal->sid, SessionEndReason::SignedOut, request.requestId,
            [place = Place(request), respond](std::exception_ptr error) {
                Response r;
                r.status = 204;
                r.contentType.clear();
                respond(error ? place.problem(authProblem(503, "store-unavailable", "the server cannot write at the moment", 5)) : std::move(r));
            });
    });
}

} // namespace

std::vector<Route> authRoutes()
{
    return {
        {"POST", "/oauth/authorize-challenge", nullptr, OpClass::W, challenge, false, true},
        {"POST", "/oauth/token", nullptr, OpClass::W, token, false, true},
        {"POST", "/oauth/revoke", nullptr, OpClass::W, revoke, false, true},
        {"GET", "/.well-known/jwks.json", nullptr, OpClass::R, jwks},
        {"GET", "/.well-known/oauth-authorization-server", nullptr, OpClass::R, metadata},
        {"GET", "/v1/session", "session.own", OpClass::R, session},
        {"POST", "/v1/session/activity", "session.own", OpClass::W, activity},
        {"POST", "/v1/session/step-up", "session.own", OpClass::W, stepUp},
        {"DELETE", "/v1/session", "session.own", OpClass::W, signOut},
    };
}

} // namespace naru::server
