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
    QString deviceName;
    QString place;
    std::optional<std::int64_t> expectedSv; // the session the person agreed to end
    Millis idle{};
    Millis absolute{};
};
struct Opened {
    LiveSession session;
    std::optional<std::pair<SessionId, SessionEnded>> displaced;
};
// The person saw another session than the one that is live now.
struct NeedsConfirmation {
    std::int64_t sv = 0;
    QString deviceName;
    QString place;
};
// Throws ProblemError 403 "account-closed" for an account that may not sign in, 503 "sign-in-busy" when others keep winning.
std::variant<Opened, NeedsConfirmation> openSession(Txn& txn, const OpenRequest& request);

// Nothing when the session is not live any more.
std::optional<SessionEnded> closeSession(Txn& txn, const SessionId& sid, SessionEndReason reason);

// What the rows say of one session: another server may have opened, used or ended it. Both empty: there is no such row.
struct SessionRows {
    std::optional<LiveSession> live;
    std::optional<SessionEnded> ended;
};
SessionRows readSession(Connection& db, const SessionId& sid, Millis idle);
// The same into the view; not inside a change, whose rows may be rolled back. The returned end is news to the view, if there is one.
std::optional<SessionEnded> learnSession(Connection& db, SessionView& view, const SessionId& sid, Millis idle);

// Everything the view needs after a start.
void loadSessions(Connection& db, SessionView& view, Millis idle, Instant endsSince);

} // namespace naru::server
