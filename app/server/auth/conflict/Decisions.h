// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "server/auth/history/Reviewer.h"

// What people decide about conflicts of sessions (auth.md §2.18). Writer thread. They throw StoreError and ProblemError: 404 for another
// vendor's, 409 stale-decision with the row as it is ("current") when somebody was faster, 403 own-account, 403 decision-not-allowed: a
// vendor's manager ends sessions and hands on, no more; 403 second-agent-needed.
namespace naru::server {

void takeConflict(Txn& txn, const Reviewer& who, const ConflictId& id, std::int64_t version); // 412 version-mismatch

// A session that ended meanwhile is as good as ended now. The lock of an account that can lock others waits for a second person.
void decideConflict(Txn& txn, const Reviewer& who, const ConflictId& id, const ConflictVerdict& verdict);

} // namespace naru::server
