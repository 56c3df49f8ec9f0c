// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/Accounts.h"
#include "server/auth/AuthProblems.h"
#include "server/auth/AuthService.h"
#include "server/auth/AuthTimer.h"
#include "server/auth/Passwords.h"
#include "server/auth/Sessions.h"
#include "server/auth/Throttle.h"
#include "server/auth/factor/Seal.h"
#include "server/auth/rules/ParallelUse.h"
#include "server/auth/rules/ReadRate.h"
#include "server/auth/token/RefreshTokens.h"
#include "server/auth/token/TokenKeys.h"

#include <atomic>

// What the files of AuthService share; nobody else includes it.
namespace naru::server {

Actor systemActor(const QString& requestId);
protocol::Problem signInBusy(int retryAfterSeconds = 5);
protocol::Problem invalidGrant();
// What a failed piece of work means for the caller.
protocol::Problem problemOf(std::exception_ptr error);
int secondsUntil(Instant then, Instant now);

// 409 session-exists or session-confirm, with where that session is.
protocol::Problem elsewhereProblem(const Elsewhere& other);

// Everything a redeemed code or a refresh decides inside the transaction; told and answered after the commit.
struct ExchangeOutcome {
    std::optional<protocol::Problem> problem;
    std::optional<LiveSession> opened;
    SessionId sid;
    Id128 family;
    std::uint32_t counter = 1;
    bool rotated = false; // a refresh token was used up
    bool tooSoon = false; // the session lives, and asked too often
    bool restricted = false; // from now on it may only read; the view looks again after the commit
    std::vector<std::pair<SessionId, SessionEnded>> ended;
    std::optional<LiveSession> learned; // from its row; the view follows after the commit
};

struct AuthService::Private : std::enable_shared_from_this<AuthService::Private> {
    Private(AuthOptions o, const Clock& c, Rng& r, Writer& w, ReadPool& p);

    const AuthOptions options;
    const Clock& clock;
    Rng& rng;
    Writer& writer;
    ReadPool& reads;
    RefreshKey refreshKey;
    Seal seal;
    std::string draftSecret;
    TokenKeys keys;
    ProofDoor door;
    SessionView view;
    Throttle throttle;
    PasswordPool pool;
    AuthTimer timer;
    EndedListener ended;
    RestrictedListener restricted;
    bool shared = false; // with other servers
    std::atomic<std::int64_t> heardAt{0}; // by the steady clock
    Gcra stepUps{kStepUpRate}; // by session
    Gcra refreshes{kRefreshRate}; // by family: a session has one
    Gcra triedAfterEnd{Rate{Millis{10'000}, 1}}; // by session: looks at its conflict
    Gcra mismatches{Rate{Millis{20'000}, 2}}; // by session: the third within a minute is one too many
    ParallelUse parallel;
    ReadRate reading;

    std::mutex checkedLock; // guards checked
    std::unordered_map<std::string, Claims> checked; // SHA-256 of tokens whose signature is good

    std::mutex tickLock; // guards the three below
    Millis lastFlush{0};
    Millis lastSweep{0};
    Millis lastKeys{0};

    std::optional<Claims> claimsOf(std::string_view token);
    std::optional<protocol::Problem> overProblem(const LiveSession& s, Millis idle) const;
    int tierOf(const LiveSession& s) const;
    Principal principal(const LiveSession& s) const;
    std::string draftKey(const UserId& user, const std::optional<DeviceId>& device) const; // of this person on this device
    TokenGrant grant(const LiveSession& s, const Id128& family, std::uint32_t counter);
    void announce(const SessionId& sid, const SessionEnded& how);
    void committed(const ExchangeOutcome& decision); // the view and the streams follow
    void learn(Connection& db, const SessionId& sid);
    void lookAgain(const SessionId& sid); // learn(), as soon as a reader is free
    void takeKeys(Connection& db);
    void tokenOfAnotherKey(const SessionId& sid);
    void noteMissedReports();
    void judgeReading(const SessionId& sid, const UserId& user, std::int64_t records);
    void restrict(const SessionId& sid, const FiredRule& rule, const protocol::json::object& inputs, const QString& why);
    void flushWindows();
    void suspect(const SessionId& sid, ConflictKind kind, const FiredRule& rule, const QString& why);
    void renewKeys();
    void flushActivity();
    void sweep();
    std::string randomText(const char* prefix);
    // The view and, when servers share it, the row together. What is read here may be rolled back: it goes into the decision, not the view.
    SessionRows lookWithin(Txn& txn, const SessionId& sid, ExchangeOutcome& out);

    // TokenExchange.cpp
    void tooManyStepUps(const Principal& who, const QString& requestId, const Refused& done);

    // SignIn.cpp
    void checkPassword(const SignInRequest& request, const UserId& user, const QString& phc, Lane lane, const PasswordChecked& done);
    void askForNewPassword(const SignInRequest& request, const UserId& user);
    void rehash(const UserId& user, const QString& before, const SignInRequest& request);
    void passwordKnown(const SignInRequest& request, const UserId& user, bool good, const CodeGiven& done);
    void goOnPending(const SignInRequest& request, const CodeGiven& done);
    void finishSignIn(const SignInRequest& request, const UserId& user, const CodeGiven& done);
};

} // namespace naru::server
