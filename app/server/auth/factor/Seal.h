// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"

#include <QString>
#include <optional>
#include <string>
#include <string_view>

namespace naru::server {

// HKDF-SHA-256 (RFC 5869) with 32 bytes out: a key for one purpose (`info`) from a secret. Any thread.
std::string deriveKey(std::string_view secret, std::string_view salt, std::string_view info);

// Encrypts what lies in the database and must not be readable there (secrets of code generators, signing keys): AES-256-GCM, with a key
// that is kept in a file. `context` says what is sealed and whose it is ("totp/<user id>"); it is not secret, and what was sealed in
// another context does not open: a row copied to another account is worth nothing. Immutable. Any thread.
class Seal {
public:
    // The key proper is derived from these 32 bytes. Throws std::runtime_error when they are not 32.
    explicit Seal(std::string key32);
    // From a secret file (auth/KeyFile.h), made when absent. Throws std::runtime_error.
    static Seal fromFile(const QString& path, Rng& rng);

    // base64url of version, nonce, cipher text and tag. At most some 2^32 seals with one key, since nonces are random.
    std::string seal(std::string_view plain, std::string_view context, Rng& rng) const;
    // Nothing: it was changed, or sealed with another key or in another context.
    std::optional<std::string> open(std::string_view sealed, std::string_view context) const;

private:
    std::string m_key;
};

} // namespace naru::server
