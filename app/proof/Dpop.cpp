// SPDX-License-Identifier: GPL-3.0-or-later
#include "proof/Dpop.h"

#include "proof/Encoding.h"

#include <boost/json.hpp>

namespace naru::proof {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxProof = 4096;

std::optional<json::object> objectOf(std::string_view part)
{
    const auto text = fromBase64Url(part);
    if (!text)
        return std::nullopt;
    boost::system::error_code fault;
    json::value v = json::parse(*text, fault); // refuses what follows the value; of members named twice the last counts, and so it is signed
    if (fault || !v.is_object())
        return std::nullopt;
    return std::move(v.get_object());
}

std::optional<std::string> textOf(const json::object& o, std::string_view name)
{
    const json::value* v = o.if_contains(name);
    const json::string* s = v ? v->if_string() : nullptr;
    return s ? std::optional(std::string(s->data(), s->size())) : std::nullopt;
}

// A member that may be absent, but not something else than a text.
bool optionalText(const json::object& o, std::string_view name, std::string& out)
{
    if (!o.contains(name))
        return true;
    auto text = textOf(o, name);
    out = text.value_or(std::string());
    return text.has_value();
}

std::variant<Jwk, const char*> jwkOf(const json::object& header)
{
    const json::value* v = header.if_contains("jwk");
    const json::object* o = v ? v->if_object() : nullptr;
    if (!o)
        return "its header has no jwk";
    if (o->contains("d"))
        return "its jwk holds a private key";
    if (textOf(*o, "kty") != "EC" || textOf(*o, "crv") != "P-256")
        return "its key is not of P-256";
    const auto x = textOf(*o, "x");
    const auto y = textOf(*o, "y");
    if (!x || !y)
        return "its key is not of P-256";
    return Jwk{*x, *y};
}

} // namespace

std::string tokenHash(std::string_view accessToken) { return toBase64Url(sha256(accessToken)); }

std::string makeProof(const PrivateKey& key, const ProofRequest& r)
{
    const json::object header{{"typ", "dpop+jwt"}, {"alg", "ES256"}, {"jwk", {{"kty", "EC"}, {"crv", "P-256"}, {"x", key.jwk().x}, {"y", key.jwk().y}}}};
    json::object claims{{"htm", r.method}, {"htu", r.uri}, {"jti", r.id}, {"iat", r.issuedAt}};
    if (!r.nonce.empty())
        claims["nonce"] = r.nonce;
    if (!r.accessToken.empty())
        claims["ath"] = tokenHash(r.accessToken);
    const std::string data = toBase64Url(json::serialize(header)) + '.' + toBase64Url(json::serialize(claims));
    return data + '.' + toBase64Url(key.sign(data));
}

namespace {

struct Parts {
    std::string_view header;
    std::string_view claims;
    std::string_view data; // what is signed
    std::string_view signature;
};

std::optional<Parts> partsOf(std::string_view token)
{
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return std::nullopt;
    return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(0, second), token.substr(second + 1)};
}

constexpr char kNoJws[] = "it is no compact JWS";

std::variant<Jwk, const char*> keyOf(std::string_view encodedHeader)
{
    const auto header = objectOf(encodedHeader);
    if (!header)
        return kNoJws;
    if (textOf(*header, "typ") != "dpop+jwt")
        return "its typ is not dpop+jwt";
    if (textOf(*header, "alg") != "ES256")
        return "its alg is not ES256";
    if (header->contains("crit"))
        return "its header has crit";
    return jwkOf(*header);
}

std::variant<Proof, const char*> claimsOf(std::string_view encoded, std::string thumbprint)
{
    const auto claims = objectOf(encoded);
    if (!claims)
        return kNoJws;
    Proof p;
    const auto method = textOf(*claims, "htm");
    const auto uri = textOf(*claims, "htu");
    const auto id = textOf(*claims, "jti");
    const json::value* at = claims->if_contains("iat");
    if (!method || !uri || !id || id->empty() || id->size() > 128 || !at || !at->is_int64() || at->get_int64() < 0)
        return "htm, htu, jti or iat is missing";
    if (!optionalText(*claims, "nonce", p.nonce) || !optionalText(*claims, "ath", p.tokenHash))
        return "nonce or ath is no text";
    p.thumbprint = std::move(thumbprint);
    p.method = *method;
    p.uri = *uri;
    p.id = *id;
    p.issuedAt = at->get_int64();
    return p;
}

constexpr std::size_t kKeptHeads = 16'384;

} // namespace

std::variant<Proof, const char*> ProofReader::read(std::string_view token)
{
    if (token.size() > kMaxProof)
        return "it is longer than 4096 characters";
    const auto parts = partsOf(token);
    const auto signature = parts ? fromBase64Url(parts->signature) : std::nullopt;
    if (!signature)
        return kNoJws;
    std::shared_ptr<const Head> head;
    const std::string name(parts->header);
    {
        const std::lock_guard lock(m_lock);
        if (const auto it = m_heads.find(name); it != m_heads.end())
            head = it->second;
    }
    if (!head) {
        const auto jwk = keyOf(parts->header);
        if (const auto* why = std::get_if<const char*>(&jwk))
            return *why;
        auto key = PublicKey::fromJwk(std::get<Jwk>(jwk));
        if (!key)
            return "its key is not of P-256";
        head = std::make_shared<const Head>(Head{std::move(*key), std::get<Jwk>(jwk).thumbprint()});
    }
    if (!head->key.verify(parts->data, *signature))
        return "its signature does not fit";
    {
        const std::lock_guard lock(m_lock); // only of who has shown that he holds the key
        if (m_heads.size() >= kKeptHeads)
            m_heads.clear(); // rare; each is one parse to win back
        m_heads.emplace(name, head);
    }
    return claimsOf(parts->claims, head->thumbprint);
}

std::variant<Proof, const char*> readProof(std::string_view token) { return ProofReader().read(token); }

} // namespace naru::proof
