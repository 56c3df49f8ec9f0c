// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

// P-256 keys and signatures with OpenSSL, nothing of Qt: one implementation for whoever signs and whoever checks. Any thread.
namespace naru::proof {

// The public half as a JSON Web Key (RFC 7517) says it: coordinates, base64url, 43 characters each.
struct Jwk {
    std::string x;
    std::string y;
    std::string thumbprint() const; // RFC 7638, SHA-256, base64url
    friend bool operator==(const Jwk&, const Jwk&) = default;
};

// Checks ES256 signatures (RFC 7515: r and s, 64 bytes). Cheap to copy; the parsed key is shared.
class PublicKey {
public:
    static std::optional<PublicKey> fromJwk(const Jwk& jwk); // nothing unless it is a point of the curve
    bool verify(std::string_view data, std::string_view signature) const;

private:
    friend class PrivateKey;
    std::shared_ptr<void> m_key; // EVP_PKEY_CTX, ready to verify and never changed; owners: every copy
};

// Signs. Throws std::runtime_error when OpenSSL cannot (no memory, no entropy): nothing a caller could mend.
class PrivateKey {
public:
    static PrivateKey make();
    static std::optional<PrivateKey> fromPkcs8(std::string_view der); // nothing unless it is a private P-256 key
    static std::optional<PrivateKey> fromPem(std::string_view pem);
    std::string toPkcs8() const; // 138 bytes
    std::string toPem() const;
    const Jwk& jwk() const { return m_jwk; }
    PublicKey publicKey() const;
    std::string sign(std::string_view data) const; // 64 bytes

private:
    PrivateKey() = default;
    static std::optional<PrivateKey> adopt(void* key);
    std::shared_ptr<void> m_key; // EVP_PKEY; owners: every copy
    Jwk m_jwk;
};

} // namespace naru::proof
