// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Token.h"

#include "protocol/Json.h"
#include "proof/Encoding.h"
#include "server/auth/KeyFile.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace naru::server {

namespace json = protocol::json;

namespace {

constexpr std::size_t kMaxToken = 4096;
constexpr char kAudience[] = "naru-api";
constexpr char kClient[] = "naru-console";

struct PkeyFree {
    void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
};
struct ContextFree {
    void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
};
struct BioFree {
    void operator()(BIO* p) const { BIO_free(p); }
};
struct SignatureFree {
    void operator()(ECDSA_SIG* p) const { ECDSA_SIG_free(p); }
};
using Pkey = std::unique_ptr<EVP_PKEY, PkeyFree>;
using Context = std::unique_ptr<EVP_MD_CTX, ContextFree>;
using Bio = std::unique_ptr<BIO, BioFree>;
using Signature = std::unique_ptr<ECDSA_SIG, SignatureFree>;

std::string newPem()
{
    const Pkey key(EVP_EC_gen("P-256"));
    const Bio out(BIO_new(BIO_s_mem()));
    if (!key || !out || PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        throw std::runtime_error("a signing key could not be made");
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

Pkey readPem(const std::string& pem, const QString& path)
{
    const Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Pkey key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    char group[64] = {};
    if (!key || EVP_PKEY_get_utf8_string_param(key.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, nullptr) != 1
        || std::string_view(group) != "prime256v1")
        throw std::runtime_error(path.toStdString() + ": this is no private P-256 key; remove the file to have a new one made (everybody signs in again)");
    return key;
}

// RFC 7515: r and s, 32 bytes each; OpenSSL speaks DER.
std::string toRaw(const unsigned char* der, std::size_t size)
{
    const Signature sig(d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size)));
    std::string raw(64, '\0');
    auto* out = reinterpret_cast<unsigned char*>(raw.data());
    if (!sig || BN_bn2binpad(ECDSA_SIG_get0_r(sig.get()), out, 32) != 32 || BN_bn2binpad(ECDSA_SIG_get0_s(sig.get()), out + 32, 32) != 32)
        throw std::runtime_error("a signature could not be made");
    return raw;
}

std::vector<unsigned char> toDer(const std::string& raw)
{
    const auto* in = reinterpret_cast<const unsigned char*>(raw.data());
    const Signature sig(ECDSA_SIG_new());
    ECDSA_SIG_set0(sig.get(), BN_bin2bn(in, 32, nullptr), BN_bin2bn(in + 32, 32, nullptr));
    std::vector<unsigned char> der(80);
    unsigned char* out = der.data();
    const int size = i2d_ECDSA_SIG(sig.get(), &out);
    der.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return der;
}

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

std::optional<Claims> claimsOf(const json::object& o, const std::string& issuer)
{
    if (textOf(o, "iss") != issuer || textOf(o, "aud") != kAudience)
        return std::nullopt;
    const auto sub = UserId::parse(std::string_view(textOf(o, "sub").value_or("")));
    const auto sid = SessionId::parse(std::string_view(textOf(o, "sid").value_or("")));
    const auto role = protocol::fromWire<Role>(std::string_view(textOf(o, "role").value_or("")));
    const auto sv = numberOf(o, "sv");
    const auto iat = numberOf(o, "iat");
    const auto exp = numberOf(o, "exp");
    const auto scope = textOf(o, "scope");
    const auto jti = textOf(o, "jti");
    constexpr std::int64_t limit = 1'000'000'000'000; // seconds; keeps the milliseconds in range
    if (!sub || !sid || !role || !sv || !iat || !exp || !scope || !jti || *iat < 0 || *exp < *iat || *exp > limit)
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
    c.scope = *scope;
    c.jti = *jti;
    c.issuedAt = fromUnixMs(*iat * 1000);
    c.expiresAt = fromUnixMs(*exp * 1000);
    return c;
}

} // namespace

struct TokenKey::Private {
    Pkey key;
    std::string issuer;
    std::string kid;
    std::string x;
    std::string y;
    std::string header; // encoded; the same for every token
};

TokenKey::TokenKey(const QString& pemPath, QString issuer) : d(std::make_unique<Private>())
{
    d->key = readPem(secretFile(pemPath, newPem), pemPath);
    d->issuer = issuer.toStdString();
    unsigned char point[65] = {};
    std::size_t size = 0;
    // The point comes uncompressed: 04, x, y.
    if (EVP_PKEY_get_octet_string_param(d->key.get(), OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &size) != 1 || size != 65 || point[0] != 4)
        throw std::runtime_error(pemPath.toStdString() + ": the public key cannot be read");
    d->x = proof::toBase64Url({reinterpret_cast<char*>(point) + 1, 32});
    d->y = proof::toBase64Url({reinterpret_cast<char*>(point) + 33, 32});
    d->kid = proof::toBase64Url(proof::sha256(R"({"crv":"P-256","kty":"EC","x":")" + d->x + R"(","y":")" + d->y + R"("})")); // RFC 7638
    d->header = proof::toBase64Url(R"({"alg":"ES256","typ":"at+jwt","kid":")" + d->kid + R"("})");
}

TokenKey::~TokenKey() = default;

std::string TokenKey::mint(const Claims& c) const
{
    json::object o{{"iss", d->issuer}, {"aud", kAudience}, {"client_id", kClient}, {"sub", protocol::utf8(c.userId.toString())}, {"jti", c.jti},
        {"iat", toUnixMs(c.issuedAt) / 1000}, {"exp", toUnixMs(c.expiresAt) / 1000}, {"scope", c.scope}, {"sid", protocol::utf8(c.sid.toString())},
        {"sv", c.sv}, {"role", protocol::wireName(c.role)}};
    if (c.vendorId)
        o["tid"] = protocol::utf8(c.vendorId->toString());
    std::string token = d->header + '.' + proof::toBase64Url(json::serialize(o));
    const Context context(EVP_MD_CTX_new());
    unsigned char der[80];
    std::size_t size = sizeof der;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, d->key.get()) != 1
        || EVP_DigestSign(context.get(), der, &size, reinterpret_cast<const unsigned char*>(token.data()), token.size()) != 1)
        throw std::runtime_error("a token could not be signed");
    token += '.' + proof::toBase64Url(toRaw(der, size));
    return token;
}

std::optional<Claims> TokenKey::check(std::string_view token) const
{
    if (token.size() > kMaxToken)
        return std::nullopt;
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return std::nullopt;
    // Header: exactly what we write, so no alg, kid, jwk or crit of the sender's choice is ever looked at.
    if (token.substr(0, first) != d->header)
        return std::nullopt;
    const auto raw = proof::fromBase64Url(token.substr(second + 1));
    if (!raw || raw->size() != 64)
        return std::nullopt;
    const std::vector<unsigned char> der = toDer(*raw);
    const std::string_view signedPart = token.substr(0, second);
    const Context context(EVP_MD_CTX_new());
    if (!context || EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, d->key.get()) != 1
        || EVP_DigestVerify(context.get(), der.data(), der.size(), reinterpret_cast<const unsigned char*>(signedPart.data()), signedPart.size()) != 1)
        return std::nullopt;
    const auto payload = objectOf(token.substr(first + 1, second - first - 1));
    return payload ? claimsOf(*payload, d->issuer) : std::nullopt;
}

const std::string& TokenKey::kid() const { return d->kid; }

std::string TokenKey::jwks() const
{
    const json::object key{{"kty", "EC"}, {"crv", "P-256"}, {"use", "sig"}, {"alg", "ES256"}, {"kid", d->kid}, {"x", d->x}, {"y", d->y}};
    return json::serialize(json::object{{"keys", json::array{key}}});
}

} // namespace naru::server
