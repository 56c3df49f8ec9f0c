// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "server/auth/rules/Habits.h"
#include "server/store/Txn.h"

// Continuous evaluation (auth.md §2.12): fixed rules from a signal to an action. Each is a pure function of what was seen; what it
// looked at, which version it is and what followed goes to the audit trail with fire(). Any thread, but fire() the writer's.
namespace naru::server {

inline constexpr int kRuleVersion = 2; // of all of them: changed with any

inline constexpr Millis kFlipFlopWithin{10 * 60'000};
inline constexpr int kFlipFlopTimes = 3;
inline constexpr Millis kAskFor{3600'000}; // after a flip-flop
inline constexpr int kOtherNetworkSeconds = 600; // a takeover from elsewhere so soon after the last activity is a conflict
inline constexpr Millis kParallelWithin{60'000};
inline constexpr int kReadsTimes = 5; // as much as usual

// One session that ended because the same person signed in elsewhere.
struct Takeover {
    QString oldNetwork;
    QString newNetwork;
    bool sameDevice = false; // a program that was started again
    bool neverSeen = false; // the person's first session on this device
    bool pairAllowed = false; // somebody decided that these two may
    int lately = 0; // takeovers between these two devices within ten minutes, this one counted
    int gapSeconds = 0; // from the old session's last activity
};

// E5: two devices take the session from each other: from now on the person is asked.
std::optional<FiredRule> flipFlop(const Takeover& t, Instant now);
// E6: taken over by a device this person never used.
std::optional<FiredRule> neverSeenDevice(const Takeover& t, Instant now);
// §2.18: taken over from another network while the old session was in use. Its code is C1.
std::optional<FiredRule> otherNetwork(const Takeover& t, Instant now);
// §2.18: after its end by another sign-in, the old session was still used for something sensitive. Its code is C2.
FiredRule sensitiveTried(Instant now);
// E7: the old session's holder says that it was somebody else.
FiredRule reportedByHolder(Instant now);
// E8: the address moved to another prefix and another owner's network inside one session: class S asks once more. Without a table of owners
// the wider prefix (/16, /32) stands for the owner; another family is another way to the same place.
std::optional<FiredRule> networkChanged(const QString& openedFrom, const QString& address, Instant now);
// E10: a report lost what it had: the program's files are not its own any more (the session ends), or the key moved to a weaker place.
std::optional<FiredRule> postureLost(const std::vector<PostureSignal>& before, const std::vector<PostureSignal>& after, KeyStorage registered, Instant now);
// E11: two reports are missing.
std::optional<FiredRule> postureMissed(Instant heardAt, Instant now);
// E13: far more was read within ten minutes than the person usually reads: reading stops, too, until he has verified himself.
std::optional<FiredRule> readsTooMuch(std::int64_t records, std::int64_t usual, Instant now);
// E14: a device the person never worked on, at an hour, or the one before or after it, at which he never worked within thirty days.
std::optional<FiredRule> unusualHours(const WorkHabit& habit, Instant now);
// E20: the account or its company may no longer work here.
std::optional<FiredRule> accountGone(AccountStatus account, std::optional<VendorStatus> vendor, Instant now);

// Writes the firing about a session to the audit trail.
FiredRule fire(Txn& txn, FiredRule rule, const SessionId& about, protocol::json::object inputs);

// From the rows, for the first three.
Takeover readTakeover(Connection& db, const SessionId& displaced, const SessionId& by, Instant now);

} // namespace naru::server
