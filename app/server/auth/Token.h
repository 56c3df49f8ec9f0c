// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"

#include <memory>
#include <string>
#include <string_view>

namespace naru::server {

// What an access token says (RFC 9068). No names: those are looked up by the session.
struct Claims {
    UserId userId;
    SessionId sid;
    std::int64_t sv = 0;
    Role role = Role::Staff;
    std::optional<VendorId> vendorId;
    std::string scope; // words separated by one blank
    std::string jti;
    Instant issuedAt{}; // whole seconds
    Instant expiresAt{};
};

// Makes and checks access tokens: JWT, ES256, typ at+jwt. The private key is a PEM file only its owner may read. Any thread.
class TokenKey {
public:
    // Throws std::runtime_error when the file cannot be read or made.
    TokenKey(const QString& pemPath, QString issuer);
    ~TokenKey();

    std::string mint(const Claims& claims) const;
    // Signature, form, issuer and audience; nothing about time or session. Anything unusual is nothing.
    std::optional<Claims> check(std::string_view token) const;
    const std::string& kid() const;
    std::string jwks() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace naru::server
