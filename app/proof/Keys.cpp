// SPDX-License-Identifier: GPL-3.0-or-later
#include "proof/Keys.h"

#include "proof/Encoding.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <stdexcept>
#include <vector>

namespace naru::proof {

namespace {

constexpr int kHalf = 32; // bytes of a coordinate, of r and of s
constexpr std::size_t kCoordinateText = 43;

struct ContextFree {
    void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
};
struct PkeyContextFree {
    void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
};
struct BioFree {
    void operator()(BIO* p) const { BIO_free(p); }
};
struct SignatureFree {
    void operator()(ECDSA_SIG* p) const { ECDSA_SIG_free(p); }
};
using Context = std::unique_ptr<EVP_MD_CTX, ContextFree>;
using Bio = std::unique_ptr<BIO, BioFree>;
using Signature = std::unique_ptr<ECDSA_SIG, SignatureFree>;

EVP_PKEY* pkey(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }
std::shared_ptr<void> owned(EVP_PKEY* key)
{
    return {key, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); }};
}

// A public key is kept as a context that is ready to verify and is copied for each check: making one anew costs a sixth of the check. It holds
// the key.
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, PkeyContextFree>;
std::shared_ptr<void> readyToVerify(EVP_PKEY* key)
{
    PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (!context || EVP_PKEY_verify_init(context.get()) != 1)
        throw std::runtime_error("a key cannot be used to verify");
    return {context.release(), [](void* p) { EVP_PKEY_CTX_free(static_cast<EVP_PKEY_CTX*>(p)); }};
}

std::string textOf(BIO* out)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    return {data, static_cast<std::size_t>(size)};
}

// OpenSSL speaks DER; RFC 7515 wants r and s, each of full length.
std::string toRaw(const unsigned char* der, std::size_t size)
{
    const Signature sig(d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size)));
    std::string raw(2 * kHalf, '\0');
    auto* out = reinterpret_cast<unsigned char*>(raw.data());
    if (!sig || BN_bn2binpad(ECDSA_SIG_get0_r(sig.get()), out, kHalf) != kHalf || BN_bn2binpad(ECDSA_SIG_get0_s(sig.get()), out + kHalf, kHalf) != kHalf)
        throw std::runtime_error("a signature could not be made");
    return raw;
}

std::vector<unsigned char> toDer(std::string_view raw)
{
    const auto* in = reinterpret_cast<const unsigned char*>(raw.data());
    const Signature sig(ECDSA_SIG_new());
    ECDSA_SIG_set0(sig.get(), BN_bin2bn(in, kHalf, nullptr), BN_bin2bn(in + kHalf, kHalf, nullptr));
    std::vector<unsigned char> der(80);
    unsigned char* out = der.data();
    const int size = i2d_ECDSA_SIG(sig.get(), &out);
    der.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return der;
}

} // namespace

std::string Jwk::thumbprint() const { return toBase64Url(sha256(R"({"crv":"P-256","kty":"EC","x":")" + x + R"(","y":")" + y + R"("})")); }

std::optional<PublicKey> PublicKey::fromJwk(const Jwk& jwk)
{
    if (jwk.x.size() != kCoordinateText || jwk.y.size() != kCoordinateText)
        return std::nullopt;
    const auto x = fromBase64Url(jwk.x);
    const auto y = fromBase64Url(jwk.y);
    if (!x || !y || x->size() != kHalf || y->size() != kHalf)
        return std::nullopt;
    std::string point = '\4' + *x + *y; // uncompressed
    char group[] = "prime256v1";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()), OSSL_PARAM_construct_end()};
    const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    // Refuses what is no point of the curve.
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(params)) != 1)
        return std::nullopt;
    const std::shared_ptr<void> whole = owned(key);
    PublicKey out;
    out.m_key = readyToVerify(key);
    return out;
}

bool PublicKey::verify(std::string_view data, std::string_view signature) const
{
    if (signature.size() != 2 * kHalf)
        return false;
    const std::vector<unsigned char> der = toDer(signature);
    const std::string digest = sha256(data);
    const PkeyContext context(EVP_PKEY_CTX_dup(static_cast<const EVP_PKEY_CTX*>(m_key.get())));
    return context && EVP_PKEY_verify(context.get(), der.data(), der.size(), reinterpret_cast<const unsigned char*>(digest.data()), digest.size()) == 1;
}

std::optional<PrivateKey> PrivateKey::adopt(void* raw)
{
    auto* key = static_cast<EVP_PKEY*>(raw);
    if (!key)
        return std::nullopt;
    PrivateKey out;
    out.m_key = owned(key);
    char group[64] = {};
    unsigned char point[1 + 2 * kHalf] = {};
    std::size_t size = 0;
    if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, nullptr) != 1 || std::string_view(group) != "prime256v1"
        || EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &size) != 1 || size != sizeof point || point[0] != 4)
        return std::nullopt;
    const auto* coordinates = reinterpret_cast<const char*>(point) + 1;
    out.m_jwk = {toBase64Url({coordinates, kHalf}), toBase64Url({coordinates + kHalf, kHalf})};
    return out;
}

PrivateKey PrivateKey::make()
{
    auto key = adopt(EVP_EC_gen("P-256"));
    if (!key)
        throw std::runtime_error("a key could not be made");
    return std::move(*key);
}

std::optional<PrivateKey> PrivateKey::fromPkcs8(std::string_view der)
{
    const auto* in = reinterpret_cast<const unsigned char*>(der.data());
    const auto* end = in + der.size();
    EVP_PKEY* key = d2i_AutoPrivateKey(nullptr, &in, static_cast<long>(der.size()));
    auto out = adopt(key);
    return in == end ? out : std::nullopt; // nothing may follow
}

std::optional<PrivateKey> PrivateKey::fromPem(std::string_view pem)
{
    const Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return in ? adopt(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr)) : std::nullopt;
}

std::string PrivateKey::toPkcs8() const
{
    const Bio out(BIO_new(BIO_s_mem()));
    if (!out || i2d_PKCS8PrivateKey_bio(out.get(), pkey(m_key), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        throw std::runtime_error("a key could not be written");
    return textOf(out.get());
}

std::string PrivateKey::toPem() const
{
    const Bio out(BIO_new(BIO_s_mem()));
    if (!out || PEM_write_bio_PKCS8PrivateKey(out.get(), pkey(m_key), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        throw std::runtime_error("a key could not be written");
    return textOf(out.get());
}

PublicKey PrivateKey::publicKey() const
{
    PublicKey out;
    out.m_key = readyToVerify(pkey(m_key));
    return out;
}

std::string PrivateKey::sign(std::string_view data) const
{
    const Context context(EVP_MD_CTX_new());
    unsigned char der[80];
    std::size_t size = sizeof der;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, pkey(m_key)) != 1
        || EVP_DigestSign(context.get(), der, &size, reinterpret_cast<const unsigned char*>(data.data()), data.size()) != 1)
        throw std::runtime_error("a signature could not be made");
    return toRaw(der, size);
}

} // namespace naru::proof
