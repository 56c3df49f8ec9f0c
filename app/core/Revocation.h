// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"

// What an administrator makes void everywhere at once (auth.md §2.13). Plain values, any thread.
namespace naru {

// User: his session and every sign-in under way. Sid, device: one session, one device. Tenant: the company is suspended, its people's sessions end.
// Kid: a key that signs access tokens; another takes over. All: everybody's session.
enum class RevocationKind { User, Sid, Device, Tenant, Kid, All };
enum class RevocationState { Waiting, Done };

struct RevocationRequest {
    RevocationKind kind = RevocationKind::Sid;
    QString subject; // an identifier, of a key its kid; empty for all
    QString reason;
    std::optional<UserId> secondApprover; // who shall confirm it; absent: any other administrator
    friend bool operator==(const RevocationRequest&, const RevocationRequest&) = default;
};

struct RevocationAnswer {
    RevocationState state = RevocationState::Waiting;
    std::optional<std::int64_t> seq; // done: its number among all revocations
    std::optional<Instant> waitsUntil; // waiting: another administrator has to ask for the same before this
    friend bool operator==(const RevocationAnswer&, const RevocationAnswer&) = default;
};

} // namespace naru
