// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/SessionView.h"
#include "server/store/Txn.h"

#include <variant>

// One live session per user, as rows: a compare-and-set on the head's counter, never "count, then delete". Inside the
// caller's transaction; the view in memory follows after the commit.
namespace naru::server {

struct OpenRequest {
    UserId user;
    DeviceId device;
    QString place; // the address it comes from
    std::optional<std::int64_t> expectedSv; // the session the person agreed to end
    bool steppedUp = false; // signed in with a second factor
    Millis idle{};
    Millis absolute{};
};
struct Opened {
    LiveSession session;
    std::optional<std::pair<SessionId, SessionEnded>> displaced;
};
// Somebody is signed in elsewhere, and the policy asks before it ends that (or never does).
struct Elsewhere {
    enum class Policy { Ask, Deny };
    Policy policy = Policy::Ask;
    std::int64_t sv = 0;
    QString deviceName;
    QString place;
    Instant lastActivity{};
};
// What opening would answer now, without doing it: asked while the person can still decide.
std::optional<Elsewhere> liveElsewhere(Connection& db, const OpenRequest& request, Instant now);
// Throws ProblemError 403 "account-locked" or "account-closed" for an account that may not sign in, or whose company may not work here, 503 "sign-in-busy" when others keep winning.
std::variant<Opened, Elsewhere> openSession(Txn& txn, const OpenRequest& request);

// Nothing when the session is not live any more. `detail`: the reason an administrator gave.
std::optional<SessionEnded> closeSession(Txn& txn, const SessionId& sid, SessionEndReason reason, const QString& detail = {});
// The session of a user, if one is live.
std::optional<SessionId> liveSessionOf(Connection& db, const UserId& user);

// A live session that was not verified: on a device its person never worked on, at an hour he never works at, it may only read (E14). True: just now.
bool judgeHours(Txn& txn, const LiveSession& session);
// From now on it may only read; false: it is not live, or restricted already. `why` is SessionInfo::restricted.
bool restrictSession(Txn& txn, const SessionId& sid, const QString& why);
bool liftRestriction(Txn& txn, const SessionId& sid);
// The person has verified himself once more.
bool noteStepUp(Txn& txn, const SessionId& sid);

// What the rows say of one session: another server may have opened, used or ended it. Both empty: there is no such row.
struct SessionRows {
    std::optional<LiveSession> live;
    std::optional<SessionEnded> ended;
};
SessionRows readSession(Connection& db, const SessionId& sid, Millis idle);
// The same into the view; not inside a change, whose rows may be rolled back. The returned end is news to the view, if there is one.
std::optional<SessionEnded> learnSession(Connection& db, SessionView& view, const SessionId& sid, Millis idle);

// What is void from now on, numbered without gaps. `minSv`: of a user, the first session version that is not.
void recordRevocation(Txn& txn, std::string_view kind, const QString& subject, std::optional<std::int64_t> minSv, const QString& reason);

// Everything the view needs after a start.
void loadSessions(Connection& db, SessionView& view, Millis idle, Instant endsSince);

} // namespace naru::server
