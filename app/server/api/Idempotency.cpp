// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/KeptAnswers.h"

#include "proof/Encoding.h"
#include "protocol/JsonText.h"

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

namespace json = protocol::json;

constexpr Millis kKept{24 * 3600'000};
// Only what the answer to this request was; the connection's own header fields are made anew.
std::string pack(const Response& r)
{
    std::string out = "{\"type\":";
    protocol::appendQuoted(out, r.contentType);
    out += ",\"headers\":{";
    for (const auto& [name, value] : r.headers) {
        if (out.back() != '{')
            out += ',';
        protocol::appendQuoted(out, name);
        out += ':';
        protocol::appendQuoted(out, value);
    }
    out += "},\"body\":";
    protocol::appendQuoted(out, r.body);
    out += '}';
    return out;
}

Response unpack(int status, const std::string& text)
{
    Response r;
    r.status = status;
    const auto parsed = protocol::parseJson(text);
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
    out.hash = QString::fromStdString(proof::sha256Hex(parts));
    return out;
}

void KeptAnswers::read(const std::vector<RequestKey>& keys, Instant now)
{
    if (keys.empty())
        return;
    const auto take = [&](const RequestKey& key, const Row& row) {
        if (row.instant(3) <= now)
            m_db.exec(u"DELETE FROM idempotency WHERE scope = ? AND request_key = ?"_s, {key.scope, key.key});
        else
            m_answers.emplace(std::pair(key.scope, key.key), Answer{row.text(0), row.number(1), protocol::utf8(row.text(2))});
    };
    if (m_db.engine() != Engine::Postgres) {
        for (const RequestKey& key : keys)
            for (const Row& row : m_db.query(u"SELECT request_hash, response_code, response_json, expires_at FROM idempotency WHERE scope = ? AND request_key = ?"_s, {key.scope, key.key}))
                take(key, row);
        return;
    }
    QStringList locks;
    QStringList scopes;
    QStringList names;
    for (const RequestKey& key : keys) {
        locks << key.scope + u'/' + key.key;
        scopes << key.scope;
        names << key.key;
    }
    // Everybody in one order. OFFSET keeps this from becoming a join, for which a table may be read whole: each key is looked up in its tree.
    m_db.post(u"SELECT pg_advisory_xact_lock(x.h) FROM (SELECT DISTINCT hashtextextended(k, 0) AS h FROM unnest(CAST(? AS TEXT[])) AS k ORDER BY 1) x"_s, {locks});
    const Rows found = m_db.query(u"SELECT x.request_hash, x.response_code, x.response_json, x.expires_at, k.n FROM unnest(CAST(? AS TEXT[]), CAST(? AS TEXT[])) "
                                  "WITH ORDINALITY AS k(scope, request_key, n) CROSS JOIN LATERAL (SELECT request_hash, response_code, response_json, expires_at "
                                  "FROM idempotency i WHERE i.scope = k.scope AND i.request_key = k.request_key OFFSET 0) x"_s,
        {scopes, names});
    for (const Row& row : found)
        take(keys[static_cast<std::size_t>(row.integer(4) - 1)], row);
}

std::optional<Response> KeptAnswers::of(const RequestKey& key) const
{
    const auto kept = m_answers.find({key.scope, key.key});
    if (kept == m_answers.end())
        return std::nullopt;
    if (kept->second.hash != key.hash)
        throw ProblemError(422, "idempotency-key-reused", u"this Idempotency-Key already stands for another request"_s);
    Response r = unpack(kept->second.status, kept->second.packed);
    r.headers.emplace_back("Idempotency-Replayed", "true");
    return r;
}

void KeptAnswers::keep(const RequestKey& key, const Response& answer, Instant now)
{
    const Answer& kept = m_answers.insert_or_assign({key.scope, key.key}, Answer{key.hash, answer.status, pack(answer)}).first->second;
    m_fresh.append(key.scope, key.key, key.hash, "done", answer.status, kept.packed, now, now + kKept);
}

void KeptAnswers::write(Instant now)
{
    if (m_fresh.rows() == 0)
        return;
    // Each new answer takes a few old ones away, so that the table ends where a day ends.
    m_db.post(u"DELETE FROM idempotency WHERE expires_at <= (SELECT MAX(expires_at) FROM (SELECT expires_at FROM idempotency WHERE expires_at <= ? ORDER BY expires_at LIMIT ?) oldest)"_s,
        {now, static_cast<std::int64_t>(3 * m_fresh.rows())});
    m_db.insertRows(m_fresh);
    m_fresh.cells.clear();
}

std::optional<Response> keptAnswer(Connection& db, const RequestKey& key, Instant now)
{
    KeptAnswers kept(db);
    kept.read({key}, now);
    return kept.of(key);
}

void keepAnswer(Connection& db, const RequestKey& key, const Response& answer, Instant now)
{
    KeptAnswers kept(db);
    kept.keep(key, answer, now);
    kept.write(now);
}

} // namespace naru::server
