// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/token/TokenKeys.h"

#include "proof/Encoding.h"
#include "protocol/Json.h"

#include <algorithm>
#include <stdexcept>

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr std::size_t kMaxToken = 4096;
constexpr char kAudience[] = "naru-api";
constexpr char kClient[] = "naru-console";
constexpr char kPolicy[] = "1"; // of the rules by which a session is judged
constexpr Millis kLongestToken{600'000}; // a key that was replaced is published until what it signed is dead

std::string sealContext(const std::string& kid) { return "signing-key/" + kid; }

std::optional<std::string> textOf(const json::object& o, const char* name)
{
    const json::value* v = o.if_contains(name);
    const json::string* s = v ? v->if_string() : nullptr;
    return s ? std::optional(std::string(s->data(), s->size())) : std::nullopt;
}

std::optional<std::int64_t> numberOf(const json::object& o, const char* name)
{
    const json::value* v = o.if_contains(name);
    const std::int64_t* n = v ? v->if_int64() : nullptr;
    return n ? std::optional(*n) : std::nullopt;
}

std::optional<json::object> objectOf(std::string_view part)
{
    const auto text = proof::fromBase64Url(part);
    if (!text)
        return std::nullopt;
    const auto parsed = protocol::parseJson(*text);
    const json::object* o = parsed ? parsed->if_object() : nullptr;
    return o ? std::optional(*o) : std::nullopt;
}

std::optional<std::string> boundKey(const json::object& o)
{
    const json::value* v = o.if_contains("cnf");
    const json::object* cnf = v ? v->if_object() : nullptr;
    auto jkt = cnf ? textOf(*cnf, "jkt") : std::nullopt;
    return jkt && jkt->size() == 43 ? jkt : std::nullopt;
}

std::optional<Claims> claimsOf(const json::object& o, const std::string& issuer)
{
    if (textOf(o, "iss") != issuer || textOf(o, "aud") != kAudience || textOf(o, "client_id") != kClient)
        return std::nullopt;
    const auto sub = UserId::parse(std::string_view(textOf(o, "sub").value_or("")));
    const auto sid = SessionId::parse(std::string_view(textOf(o, "sid").value_or("")));
    const auto did = DeviceId::parse(std::string_view(textOf(o, "did").value_or("")));
    const auto role = protocol::fromWire<Role>(std::string_view(textOf(o, "role").value_or("")));
    const auto sv = numberOf(o, "sv");
    const auto iat = numberOf(o, "iat");
    const auto exp = numberOf(o, "exp");
    const auto authTime = numberOf(o, "auth_time");
    const auto tier = numberOf(o, "tier");
    const auto scope = textOf(o, "scope");
    const auto jti = textOf(o, "jti");
    const auto jkt = boundKey(o);
    constexpr std::int64_t limit = 1'000'000'000'000; // seconds; keeps the milliseconds in range
    if (!sub || !sid || !did || !role || !sv || !iat || !exp || !authTime || !tier || !scope || !jti || !jkt || *iat < 0 || *exp < *iat || *exp > limit
        || *authTime < 0 || *authTime > limit)
        return std::nullopt;
    Claims c;
    if (o.contains("tid")) {
        c.vendorId = VendorId::parse(std::string_view(textOf(o, "tid").value_or("")));
        if (!c.vendorId)
            return std::nullopt;
    }
    c.userId = *sub;
    c.sid = *sid;
    c.sv = *sv;
    c.role = *role;
    c.deviceId = did;
    c.scope = *scope;
    c.jti = *jti;
    c.jkt = *jkt;
    c.tier = static_cast<int>(std::clamp<std::int64_t>(*tier, 0, 3));
    c.factor = textOf(o, "acr") == "urn:naru:acr:mfa";
    c.authTime = fromUnixMs(*authTime * 1000);
    c.issuedAt = fromUnixMs(*iat * 1000);
    c.expiresAt = fromUnixMs(*exp * 1000);
    return c;
}

} // namespace

std::vector<SigningKey> readSigningKeys(Connection& db, const Seal& seal)
{
    std::vector<SigningKey> out;
    for (const Row& row : db.query(u"SELECT kid, sealed, published_at, use_from, revoked_at FROM auth_signing_key ORDER BY use_from, kid"_s)) {
        const std::string kid = protocol::utf8(row.text(0));
        const auto der = seal.open(protocol::utf8(row.text(1)), sealContext(kid));
        auto key = der ? proof::PrivateKey::fromPkcs8(*der) : std::nullopt;
        if (!key || key->jwk().thumbprint() != kid)
            throw std::runtime_error("the signing keys in the database do not open with this server's seal.key: servers on one database share their key folder");
        SigningKey k{kid, std::move(*key), row.instant(2), row.instant(3), {}};
        if (!row.isNull(4))
            k.revokedAt = row.instant(4);
        out.push_back(std::move(k));
    }
    return out;
}

SigningKey addSigningKey(Txn& txn, const Seal& seal, Rng& rng, Instant useFrom)
{
    SigningKey k{{}, proof::PrivateKey::make(), txn.now(), useFrom, {}};
    k.kid = k.key.jwk().thumbprint();
    txn.db().exec(u"INSERT INTO auth_signing_key (kid, sealed, published_at, use_from) VALUES (?, ?, ?, ?)"_s,
        {Param(k.kid), Param(seal.seal(k.key.toPkcs8(), sealContext(k.kid), rng)), k.publishedAt, k.useFrom});
    const Id128 mark = txn.newId<Id<struct KeyTag>>().value;
    txn.audit(u"auth.key.rotated"_s, u"key"_s, mark, json::object{{"kid", k.kid}, {"use_from", protocol::utf8(toRfc3339(useFrom))}});
    txn.publish("auth.keys", std::nullopt, u"key"_s, mark, 1, json::object{{"kid", k.kid}});
    return k;
}

bool revokeSigningKey(Txn& txn, const std::string& kid)
{
    if (txn.db().exec(u"UPDATE auth_signing_key SET revoked_at = ? WHERE kid = ? AND revoked_at IS NULL"_s, {txn.now(), Param(kid)}) != 1)
        return false;
    const Id128 mark = txn.newId<Id<struct KeyTag>>().value;
    txn.audit(u"auth.key.revoked"_s, u"key"_s, mark, json::object{{"kid", kid}});
    txn.publish("auth.keys", std::nullopt, u"key"_s, mark, 1, json::object{{"kid", kid}});
    return true;
}

struct TokenKeys::Known {
    SigningKey key;
    proof::PublicKey verifier;
    std::string header; // encoded; the same for every token of this key
};

TokenKeys::TokenKeys(QString issuer) : m_issuer(issuer.toStdString()), m_keys(std::make_shared<const std::vector<Known>>()) {}
TokenKeys::~TokenKeys() = default;

std::shared_ptr<const std::vector<TokenKeys::Known>> TokenKeys::keys() const
{
    const std::lock_guard lock(m_lock);
    return m_keys;
}

std::uint64_t TokenKeys::beginReading()
{
    const std::lock_guard lock(m_lock);
    return ++m_readings;
}

void TokenKeys::take(std::vector<SigningKey> keys, Instant now, std::uint64_t reading)
{
    auto known = std::make_shared<std::vector<Known>>();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].revokedAt)
            continue;
        if (i + 1 < keys.size() && keys[i + 1].useFrom + kLongestToken < now && !keys[i + 1].revokedAt)
            continue; // what it signed is dead
        Known k{std::move(keys[i]), {}, {}};
        k.verifier = k.key.key.publicKey();
        k.header = proof::toBase64Url(R"({"alg":"ES256","typ":"at+jwt","kid":")" + k.key.kid + R"("})");
        known->push_back(std::move(k));
    }
    const std::lock_guard lock(m_lock);
    if (reading < m_reading)
        return;
    m_reading = reading;
    m_keys = std::move(known);
}

std::string TokenKeys::currentKid(Instant now) const
{
    const auto all = keys();
    const Known* best = nullptr;
    for (const Known& k : *all)
        if (k.key.useFrom <= now)
            best = &k;
    return best ? best->key.kid : all->empty() ? std::string() : all->front().key.kid; // a clock that went back still signs
}

std::optional<Instant> TokenKeys::newestUseFrom() const
{
    const auto all = keys();
    return all->empty() ? std::nullopt : std::optional(all->back().key.useFrom);
}

std::string TokenKeys::mint(const Claims& c, Instant now) const
{
    const auto all = keys();
    const std::string kid = currentKid(now);
    const auto signer = std::find_if(all->begin(), all->end(), [&](const Known& k) { return k.key.kid == kid; });
    if (signer == all->end())
        throw std::runtime_error("there is no key to sign tokens with");
    json::object o{{"iss", m_issuer}, {"aud", kAudience}, {"client_id", kClient}, {"sub", protocol::utf8(c.userId.toString())}, {"jti", c.jti},
        {"iat", toUnixMs(c.issuedAt) / 1000}, {"exp", toUnixMs(c.expiresAt) / 1000}, {"auth_time", toUnixMs(c.authTime) / 1000},
        {"acr", c.factor ? "urn:naru:acr:mfa" : "urn:naru:acr:pwd"}, {"amr", c.factor ? json::array{"pwd", "otp"} : json::array{"pwd"}}, {"scope", c.scope},
        {"sid", protocol::utf8(c.sid.toString())}, {"sv", c.sv}, {"role", protocol::wireName(c.role)}, {"tier", c.tier}, {"pol", kPolicy},
        {"cnf", json::object{{"jkt", c.jkt}}}};
    if (c.vendorId)
        o["tid"] = protocol::utf8(c.vendorId->toString());
    if (c.deviceId)
        o["did"] = protocol::utf8(c.deviceId->toString());
    std::string token = signer->header + '.' + proof::toBase64Url(json::serialize(o));
    token += '.' + proof::toBase64Url(signer->key.key.sign(token));
    return token;
}

std::optional<Claims> TokenKeys::check(std::string_view token) const
{
    if (token.size() > kMaxToken)
        return std::nullopt;
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return std::nullopt;
    // Header: exactly what we write, so no alg, jwk or crit of the sender's choice is ever looked at.
    const auto all = keys();
    const auto key = std::find_if(all->begin(), all->end(), [&](const Known& k) { return k.header == token.substr(0, first); });
    const auto signature = proof::fromBase64Url(token.substr(second + 1));
    if (key == all->end() || !signature || !key->verifier.verify(token.substr(0, second), *signature))
        return std::nullopt;
    const auto payload = objectOf(token.substr(first + 1, second - first - 1));
    return payload ? claimsOf(*payload, m_issuer) : std::nullopt;
}

std::string TokenKeys::jwks() const
{
    json::array list;
    for (const Known& k : *keys()) {
        const proof::Jwk& jwk = k.key.key.jwk();
        list.push_back(json::object{{"kty", "EC"}, {"crv", "P-256"}, {"use", "sig"}, {"alg", "ES256"}, {"kid", k.key.kid}, {"x", jwk.x}, {"y", jwk.y}});
    }
    return json::serialize(json::object{{"keys", std::move(list)}});
}

} // namespace naru::server
