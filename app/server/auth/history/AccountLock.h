// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/SecurityFields.h"
#include "server/auth/history/Reviewer.h"

// Accounts as those see them who look after them, and their lock. They throw StoreError and ProblemError.
namespace naru::server {

inline constexpr Millis kSecondWithin{24 * 3600'000}; // a second person confirms within a day, or the first one's wish is void

std::optional<AccountEntry> readAccount(Connection& db, const UserId& id, const Reviewer& who);

// Asked for by one, done when `waiting` is false. Writer thread. 404, 412 version-mismatch, 403 own-account, 403 second-agent-needed: the
// same person asked twice, 409 account-closed.
struct LockOutcome {
    AccountEntry account;
    bool waiting = false; // for a second person
};
LockOutcome changeLock(Txn& txn, const Reviewer& who, const UserId& id, std::int64_t version, const protocol::LockRequest& wish);

// Without asking anybody: the account is locked and its session ends with this reason.
void lockNow(Txn& txn, const UserId& id, const QString& reason);

// E20: ends the sessions of those who may no longer work here, however that came about. How many.
int endOfThoseGone(Txn& txn);

} // namespace naru::server
