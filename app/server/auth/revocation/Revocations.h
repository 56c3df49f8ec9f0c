// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Revocation.h"
#include "server/auth/factor/Seal.h"
#include "server/auth/history/Reviewer.h"

// What administrators make void at once, everywhere (auth.md §2.13, key.rotate). Writer thread. It throws StoreError and ProblemError.
namespace naru::server {

inline constexpr Millis kSecondRevokesWithin{3600'000}; // then the first one's wish is void

// Two administrators ask for the same within an hour: the first one's wish waits, the second's carries it out, for the reasons both have given. One is
// enough for a session or device of somebody who can lock or end nobody else. What is ended ends inside this transaction, all of it; other servers hear
// of it as of every end of a session, and of a key as of every change of the keys. 404: there is no such thing; 409 nothing-to-revoke: it is void
// already; 409 operator-company; 403 second-agent-needed: the same person again, or another one was named; 422 body-invalid.
RevocationAnswer revoke(Txn& txn, const Reviewer& who, const RevocationRequest& wish, const Seal& seal, Rng& rng);

} // namespace naru::server
