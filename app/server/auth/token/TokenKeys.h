// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"
#include "proof/Keys.h"
#include "server/auth/factor/Seal.h"
#include "server/store/Txn.h"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace naru::server {

// What an access token says (RFC 9068, RFC 9449). No names: those are looked up by the session.
struct Claims {
    UserId userId;
    SessionId sid;
    std::int64_t sv = 0;
    Role role = Role::Staff;
    std::optional<VendorId> vendorId;
    std::optional<DeviceId> deviceId;
    std::string scope; // words separated by one blank
    std::string jti;
    std::string jkt; // cnf: thumbprint of the only key that may use it
    int tier = 1;
    bool factor = false; // the person verified himself with more than the password
    Instant authTime{}; // whole seconds, as the next two
    Instant issuedAt{};
    Instant expiresAt{};
};

// One key that signs access tokens. It is published before it is used, so that whoever keeps the set of keys knows it in time.
struct SigningKey {
    std::string kid;
    proof::PrivateKey key;
    Instant publishedAt{};
    Instant useFrom{};
    std::optional<Instant> revokedAt;
};

// As rows: encrypted, so that a copy of the database signs nothing. All throw StoreError.
std::vector<SigningKey> readSigningKeys(Connection& db, const Seal& seal); // oldest first; std::runtime_error when the seal does not open them
SigningKey addSigningKey(Txn& txn, const Seal& seal, Rng& rng, Instant useFrom);
bool revokeSigningKey(Txn& txn, const std::string& kid); // false: there is none, or it is revoked already

// Makes and checks access tokens: JWT, ES256, typ at+jwt. Any thread.
class TokenKeys {
public:
    explicit TokenKeys(QString issuer);
    ~TokenKeys();

    // Before rows are read: several may read at once, and the last to come may have read first.
    std::uint64_t beginReading();
    // Replaces the whole set, unless one is in use whose reading began later. Of those in use and not revoked the youngest signs.
    void take(std::vector<SigningKey> keys, Instant now, std::uint64_t reading);
    void take(std::vector<SigningKey> keys, Instant now) { take(std::move(keys), now, beginReading()); }
    std::string mint(const Claims& claims, Instant now) const; // std::runtime_error when there is no key to sign with
    // Signature, form, issuer and audience; nothing about time or session. Anything unusual is nothing.
    std::optional<Claims> check(std::string_view token) const;
    std::string jwks() const; // those that may have signed what is still good, and the next ones
    std::string currentKid(Instant now) const;
    std::optional<Instant> newestUseFrom() const;

private:
    struct Known;
    std::shared_ptr<const std::vector<Known>> keys() const;
    const std::string m_issuer;
    mutable std::mutex m_lock; // guards the rest
    std::uint64_t m_readings = 0;
    std::uint64_t m_reading = 0; // of the set in use
    std::shared_ptr<const std::vector<Known>> m_keys; // owners: this and whoever is using it at the moment
};

} // namespace naru::server
