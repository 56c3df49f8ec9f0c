// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Txn.h"

#include <string>
#include <string_view>

namespace naru::server {

// nrt1_ ‖ b64u(family 16 B ‖ counter 4 B ‖ HMAC(key, family ‖ counter ‖ thumbprint)). The server keeps only the counter: a successor can
// be computed again, so an answer that got lost is answered the same way a second time. The thumbprint is of the device's key: shown by
// another key, a token is none of ours.
class RefreshKey {
public:
    // Throws std::runtime_error when the file cannot be read or made.
    RefreshKey(const QString& path, Rng& rng);
    struct Parsed {
        Id128 family;
        std::uint32_t counter = 0;
    };
    std::string make(const Id128& family, std::uint32_t counter, std::string_view thumbprint) const;
    // Nothing unless we made it for this key.
    std::optional<Parsed> parse(std::string_view token, std::string_view thumbprint) const;
    // A secret of its own for another purpose, the same after every start.
    std::string derived(std::string_view purpose) const;

private:
    std::string m_key;
};

Id128 startFamily(Txn& txn, const SessionId& sid, const UserId& user, std::string_view thumbprint);

struct FamilyUse {
    enum class Kind { Unknown, Revoked, Reused, TooSoon, Fine };
    Kind kind = Kind::Unknown;
    SessionId sid;
    std::uint32_t next = 0; // Fine: the counter of the token to hand out
    bool rotated = false; // it is a new one
};
// Current counter: rotates, unless it may not yet (TooSoon: nothing has changed). The one before, within `replay` after the rotation: the same
// successor again, at any time. Older: Reused (the caller ends the session, which revokes the family).
FamilyUse useFamily(Txn& txn, const RefreshKey::Parsed& token, Millis replay, bool mayRotate);

} // namespace naru::server
