// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "server/store/Txn.h"

// Sessions of one person that got in each other's way, for people to look at (auth.md §2.18). Writer thread. They throw StoreError.
namespace naru::server {

inline constexpr Millis kConflictOpen{24 * 3600'000}; // then it was harmless
inline constexpr int kReportsADay = 3; // of one account: more only wait in the queue

struct NewConflict {
    UserId user;
    std::optional<SessionId> oldSid;
    std::optional<SessionId> newSid;
    ConflictKind kind = ConflictKind::NewDevice;
    int score = 0; // at least; what the rows say themselves is counted here
    int gapSeconds = 0; // from the old session's last activity to the new sign-in
    std::vector<FiredRule> rules;
};
// One row for each new session: what comes later raises its score and adds to its rules. Audited and published.
ConflictId openConflict(Txn& txn, const NewConflict& wanted);

// What a score is the sum of. It orders the queue and decides nothing.
struct ScoreParts {
    bool newDevice = false;
    bool otherNetwork = false;
    bool activeJustNow = false; // the old session was used within two minutes
    bool draftsLeft = false;
    bool sensitiveAfter = false; // with the old one something sensitive was tried after its end
    bool reported = false;
};
int scoreOf(const ScoreParts& parts);
ScoreParts partsOf(Connection& db, const NewConflict& wanted);

// The holder of an ended session says that the sign-in which took it over was not his: the newcomer may only read until its person
// verified himself or somebody decided, and the conflict goes to the top. More than three of an account a day are only queued. Throws
// ProblemError 409 "not-displaced" unless a sign-in ended this session within the last 24 hours.
struct Reported {
    ConflictId id;
    ConflictState state = ConflictState::Open;
};
Reported reportNotMe(Txn& txn, const SessionId& old);
// He says that it was himself: nothing is restricted, an open conflict is closed as harmless.
Reported reportMe(Txn& txn, const SessionId& old);

// With this session, which another sign-in had ended, something sensitive was tried: the conflict of that takeover, if there is one and it is not
// decided, goes up, once. False: nothing has changed.
bool noteSensitiveTried(Txn& txn, const SessionId& old);

// Those whose day is over: expired, which is to say harmless. How many.
int expireConflicts(Txn& txn);

// The row as it is now, to those who review: the operator's people, and the manager of the company whose member it is.
void publishConflict(Txn& txn, const ConflictId& id);

} // namespace naru::server
