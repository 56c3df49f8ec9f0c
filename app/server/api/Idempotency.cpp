// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/Http.h"

#include "server/auth/Base64Url.h"

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

namespace json = protocol::json;

constexpr Millis kKept{24 * 3600'000};
// Only what the answer to this request was; the connection's own header fields are made anew.
QString pack(const Response& r)
{
    json::object headers;
    for (const auto& h : r.headers)
        headers[h.first] = h.second;
    return protocol::fromUtf8(json::serialize(json::object{{"type", r.contentType}, {"headers", std::move(headers)}, {"body", r.body}}));
}

Response unpack(int status, const QString& text)
{
    Response r;
    r.status = status;
    const auto parsed = protocol::parseJson(protocol::utf8(text));
    const json::object* o = parsed ? parsed->if_object() : nullptr;
    if (!o)
        throw StoreError(StoreError::Kind::Corrupt, "a kept answer cannot be read");
    r.contentType = o->at("type").as_string().c_str();
    r.body = std::string(o->at("body").as_string());
    for (const auto& h : o->at("headers").as_object())
        r.headers.emplace_back(std::string(h.key()), std::string(h.value().as_string()));
    return r;
}

bool isGoodKey(const std::string& key)
{
    return !key.empty() && key.size() <= 128 && std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

} // namespace

RequestKey requestKey(const Request& r)
{
    const std::string key = r.header("idempotency-key");
    if (key.empty())
        throw ProblemError(400, "idempotency-key-required", u"this change needs the header Idempotency-Key: any text that is new for each change"_s);
    if (!isGoodKey(key))
        throw ProblemError(400, "idempotency-key-invalid", u"Idempotency-Key must be 1 to 128 visible ASCII characters"_s);
    RequestKey out;
    out.scope = r.principal ? r.principal->userId.toString() : u"-"_s;
    out.key = QString::fromLatin1(key.data(), static_cast<qsizetype>(key.size()));
    std::string parts;
    parts.reserve(r.body.size() + 128);
    const auto add = [&parts](std::string_view part) { parts.append(std::to_string(part.size())).append(1, ':').append(part); };
    add(r.method);
    add(r.path);
    add(r.header("if-match"));
    add(r.body);
    out.hash = QString::fromStdString(sha256Hex(parts));
    return out;
}

std::optional<Response> keptAnswer(Connection& db, const RequestKey& key, Instant now)
{
    // The same request may be on its way through another server: the second waits here for the first one's answer.
    if (db.engine() == Engine::Postgres)
        db.post(u"SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"_s, {key.scope + u'/' + key.key});
    const auto row = db.one(u"SELECT request_hash, response_code, response_json, expires_at FROM idempotency WHERE scope = ? AND request_key = ?"_s,
        {key.scope, key.key});
    if (!row)
        return std::nullopt;
    if (row->instant(3) <= now) {
        db.exec(u"DELETE FROM idempotency WHERE scope = ? AND request_key = ?"_s, {key.scope, key.key});
        return std::nullopt;
    }
    if (row->text(0) != key.hash)
        throw ProblemError(422, "idempotency-key-reused", u"this Idempotency-Key already stands for another request"_s);
    Response r = unpack(row->number(1), row->text(2));
    r.headers.emplace_back("Idempotency-Replayed", "true");
    return r;
}

void keepAnswer(Connection& db, const RequestKey& key, const Response& answer, Instant now)
{
    // Each new answer takes a few old ones away, so that the table ends where a day ends.
    db.post(u"DELETE FROM idempotency WHERE (scope, request_key) IN (SELECT scope, request_key FROM idempotency WHERE expires_at <= ? LIMIT 3)"_s, {now});
    db.post(u"INSERT INTO idempotency (scope, request_key, request_hash, status, response_code, response_json, created_at, expires_at) "
            "VALUES (?, ?, ?, 'done', ?, ?, ?, ?)"_s,
        {key.scope, key.key, key.hash, answer.status, pack(answer), now, now + kKept});
}

} // namespace naru::server
