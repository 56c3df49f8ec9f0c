// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"
#include "protocol/JsonText.h"
#include "protocol/Problem.h"
#include "server/store/Txn.h"

#include <functional>
#include <map>

// What handlers see of HTTP: no library types here.
namespace naru::server {

// The signed-in caller, from the verified access token. The tenant always comes from here, never from the request.
struct Principal {
    UserId userId;
    SessionId sid;
    std::int64_t sv = 0;
    Role role = Role::Staff;
    std::optional<VendorId> vendorId;
    QString displayName;
    QStringList scopes;
    Instant tokenExpiresAt{}; // an event stream ends with the token it was opened with
    std::optional<DeviceId> deviceId;
    int tier = 1; // how far the device is trusted at this moment (auth.md §2.11)
    QString restricted; // why only reading is allowed; empty: not restricted
    QString openedFrom; // network of the address its session was opened from
    Instant steppedUpAt{}; // when the person last verified himself once more; zero: never in this session

    bool has(const QString& scope) const { return scopes.contains(scope); }
    bool isVendor() const { return vendorId.has_value(); }
};

struct Request {
    std::string method; // upper case
    std::string path; // decoded, without query
    std::map<std::string, std::string> params; // {id} of the route
    std::map<std::string, std::string> query; // decoded; repeated keys were refused
    std::map<std::string, std::string> headers; // lower-case names
    std::string body;
    QString requestId;
    QString remoteAddress;
    std::optional<Principal> principal; // set on every route that needs a sign-in
    std::string thumbprint; // of the device key whose proof came with the request; set on routes that need a sign-in or a proof
    std::string freshNonce; // the answer tells it, because the one that came is old or missing
    std::int64_t authAgeMs = 0; // how old the knowledge of ended sessions is; told with every answer

    std::string header(const std::string& lowerName) const { const auto it = headers.find(lowerName); return it == headers.end() ? std::string() : it->second; }
    Actor actor() const; // for Txn; letter from the role (staff O, vendor V, support U, admin A, channel C)
};

// A body without an end (server-sent events). The connection asks for bytes whenever it may send some; it calls everything but
// attach's callback from one thread at a time.
class StreamBody {
public:
    using Piece = std::shared_ptr<const std::string>; // owners: every stream that still has to send it
    virtual ~StreamBody() = default;
    virtual void attach(std::function<void()> wake) = 0; // `wake`, from any thread: there is something to take
    // Appends what is ready, about maxBytes at most; false: the stream is over after these.
    virtual bool take(std::vector<Piece>& out, std::size_t maxBytes) = 0;
    virtual Piece heartbeat() = 0; // sent after five silent seconds
    virtual void detach() = 0; // the connection is gone: no wake begins after this returned
};

struct Response {
    int status = 200;
    std::string contentType = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::int64_t records = 0; // of a page; how much is read, not sent
    std::shared_ptr<StreamBody> stream; // instead of a body; owners: this answer, then its connection
};

// Thrown by handlers; becomes application/problem+json.
class ProblemError : public std::exception {
public:
    explicit ProblemError(protocol::Problem p) : problem(std::move(p)) {}
    ProblemError(int status, const char* code, const QString& detail) { problem.status = status; problem.code = QString::fromLatin1(code); problem.detail = detail; }
    const char* what() const noexcept override { return "problem"; }
    protocol::Problem problem;
};

using Respond = std::function<void(Response)>; // call exactly once, from any thread

enum class OpClass { R, W, S }; // auth.md §2.5

struct Server; // everything a handler may use; api/Server.h

struct Route {
    const char* method;
    const char* pattern; // "/v1/products/{id}"
    const char* scope; // needed scope; "" = any signed-in caller; nullptr = no sign-in
    OpClass opClass;
    void (*handle)(Server&, Request, Respond);
    bool stepUp = false; // only for a session whose person verified himself within the last ten minutes
    bool proof = false; // without a sign-in, yet under a proof of a device key (RFC 9449): Request::thumbprint
};

// Ready-made handlers' bodies. All turn ProblemError and StoreError into problem answers.
// Read: runs on the read pool.
void answerRead(Server&, Request, Respond, std::function<Response(Connection&, const Request&)>);
// Write: needs an Idempotency-Key (400 idempotency-key-required), runs on the writer, replays the stored answer for the same
// key and body, refuses another body with 422 idempotency-key-reused, stores the answer in the same transaction.
void answerWrite(Server&, Request, Respond, std::function<Response(Txn&, const Request&)>);
// A problem answer from what a handler or the store threw; 500 without internals for what nobody expected.
Response answerOf(std::exception_ptr error, const Request& r);

// What answerWrite does, piece by piece, for handlers that decide later (tickets).
struct RequestKey {
    QString scope; // the caller
    QString key; // his Idempotency-Key
    QString hash; // of method, path and body
};
RequestKey requestKey(const Request& r); // throws 400 idempotency-key-required
// The answer kept for this key, marked Idempotency-Replayed; throws 422 idempotency-key-reused.
std::optional<Response> keptAnswer(Connection& db, const RequestKey& key, Instant now);
void keepAnswer(Connection& db, const RequestKey& key, const Response& answer, Instant now);

// Helpers for handlers; they throw ProblemError.
template <class T> T bodyOf(const Request& r)
{
    auto parsed = protocol::parseJson(r.body);
    protocol::Problem p;
    p.status = 400;
    if (parsed) {
        auto value = protocol::fromJson<T>(*parsed, true);
        if (value)
            return std::move(*value);
        p.status = 422;
        p.code = value.error().code;
        p.detail = value.error().detail;
        p.errors = value.error().fields;
    } else {
        p.code = parsed.error().code;
        p.detail = parsed.error().detail;
    }
    throw ProblemError(p);
}
template <class AnyId> AnyId idParam(const Request& r, const char* name = "id")
{
    const auto it = r.params.find(name);
    const auto id = it == r.params.end() ? std::nullopt : AnyId::parse(std::string_view(it->second));
    if (!id)
        throw ProblemError(404, "not-found", QStringLiteral("there is no such thing"));
    return *id;
}
[[noreturn]] void notFound(); // also for what another vendor owns
std::int64_t ifMatch(const Request& r); // 428 precondition-required when absent, 400 when malformed; ETag form "v12" in quotes
[[noreturn]] void versionMismatch(std::int64_t current, protocol::json::value currentRow); // 412 with "current" and "current_version"
std::string etag(std::int64_t version);
template <class T> Response jsonResponse(int status, const T& value)
{
    Response r;
    r.status = status;
    r.body = protocol::toJsonText(value);
    if constexpr (requires { value.items.size(); })
        r.records = static_cast<std::int64_t>(value.items.size());
    return r;
}
template <class T> Response versioned(int status, const T& value, std::int64_t version)
{
    Response r = jsonResponse(status, value);
    r.headers.emplace_back("ETag", etag(version));
    return r;
}
// Query parameters; throw 400 "query-invalid" naming the parameter. `allowQuery` refuses names nobody declared.
void allowQuery(const Request& r, std::initializer_list<const char*> names);
QString queryText(const Request& r, const char* name, int maxLength = 200);
int queryInt(const Request& r, const char* name, int fallback, int min, int max);
template <protocol::Named E> std::optional<E> queryEnum(const Request& r, const char* name)
{
    const auto it = r.query.find(name);
    if (it == r.query.end() || it->second.empty())
        return std::nullopt;
    const auto e = protocol::fromWire<E>(std::string_view(it->second));
    if (!e)
        throw ProblemError(400, "query-invalid", QStringLiteral("%1 is not one of the allowed words").arg(QString::fromLatin1(name)));
    return e;
}
// Keyset cursors: an opaque, checksummed text of the last row's sort values. 400 "cursor-invalid" when tampered with.
QString makeCursor(const QStringList& keys);
QStringList readCursor(const QString& cursor, int keyCount);

} // namespace naru::server
