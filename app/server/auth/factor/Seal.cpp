// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/factor/Seal.h"

#include "proof/Encoding.h"
#include "server/auth/KeyFile.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>

namespace naru::server {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kKey = 32;
constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

struct CipherFree {
    void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherFree>;
struct KdfFree {
    void operator()(EVP_KDF* p) const { EVP_KDF_free(p); }
    void operator()(EVP_KDF_CTX* p) const { EVP_KDF_CTX_free(p); }
};

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

OSSL_PARAM octets(const char* name, std::string_view value)
{
    // Only read. Nothing is an empty text there, not a null pointer, which OpenSSL takes for a mistake.
    return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(value.empty() ? "" : value.data()), value.size());
}

} // namespace

std::string deriveKey(std::string_view secret, std::string_view salt, std::string_view info)
{
    const std::unique_ptr<EVP_KDF, KdfFree> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    const std::unique_ptr<EVP_KDF_CTX, KdfFree> context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0), octets(OSSL_KDF_PARAM_KEY, secret),
        octets(OSSL_KDF_PARAM_SALT, salt), octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
    std::string out(kKey, '\0');
    if (!context || EVP_KDF_derive(context.get(), bytes(out), out.size(), params) != 1)
        throw std::runtime_error("HKDF is not available");
    return out;
}

Seal::Seal(std::string key32)
{
    if (key32.size() != kKey)
        throw std::runtime_error("a sealing key is 32 bytes");
    m_key = deriveKey(key32, {}, "naru seal 1 aes-256-gcm");
}

Seal Seal::fromFile(const QString& path, Rng& rng)
{
    const std::string text = secretFile(path, [&rng] {
        std::string key(kKey, '\0');
        rng.fill(bytes(key), key.size());
        return proof::toBase64Url(key);
    });
    auto key = proof::fromBase64Url(text);
    if (!key || key->size() != kKey)
        throw std::runtime_error(path.toStdString() + ": this is no sealing key (32 bytes, base64url)");
    return Seal(std::move(*key));
}

std::string Seal::seal(std::string_view plain, std::string_view context, Rng& rng) const
{
    std::string out(1 + kNonce + plain.size() + kTag, '\0');
    unsigned char* const at = bytes(out);
    at[0] = kVersion;
    rng.fill(at + 1, kNonce);
    const std::string label = kVersion + std::string(context);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    const bool done = cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(std::string_view(m_key)), at + 1) == 1
        && EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytes(std::string_view(label)), static_cast<int>(label.size())) == 1
        && EVP_EncryptUpdate(cipher.get(), at + 1 + kNonce, &size, bytes(plain), static_cast<int>(plain.size())) == 1
        && EVP_EncryptFinal_ex(cipher.get(), at + 1 + kNonce + size, &size) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTag), at + 1 + kNonce + plain.size()) == 1;
    if (!done)
        throw std::runtime_error("AES-256-GCM is not available");
    return proof::toBase64Url(out);
}

std::optional<std::string> Seal::open(std::string_view sealed, std::string_view context) const
{
    auto raw = proof::fromBase64Url(sealed);
    if (!raw || raw->size() < 1 + kNonce + kTag || raw->front() != kVersion)
        return std::nullopt;
    unsigned char* const at = bytes(*raw);
    const std::size_t length = raw->size() - 1 - kNonce - kTag;
    const std::string label = kVersion + std::string(context);
    std::string plain(length, '\0');
    const Cipher cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    const bool good = cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(std::string_view(m_key)), at + 1) == 1
        && EVP_DecryptUpdate(cipher.get(), nullptr, &size, bytes(std::string_view(label)), static_cast<int>(label.size())) == 1
        && EVP_DecryptUpdate(cipher.get(), bytes(plain), &size, at + 1 + kNonce, static_cast<int>(length)) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTag), at + 1 + kNonce + length) == 1
        && EVP_DecryptFinal_ex(cipher.get(), bytes(plain) + size, &size) == 1;
    return good ? std::optional(std::move(plain)) : std::nullopt;
}

} // namespace naru::server
