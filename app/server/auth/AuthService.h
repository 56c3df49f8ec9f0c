// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"
#include "server/api/Http.h"
#include "server/auth/SessionView.h"
#include "server/store/ReadPool.h"
#include "server/store/Writer.h"

#include <memory>
#include <string_view>
#include <variant>

namespace naru::server {

struct AuthOptions {
    QString dataDir; // signing-key.pem and refresh.key live here, mode 0600
    QString issuer = QStringLiteral("https://naru.local");
    Millis accessLife{300'000};
    Millis idle{30 * 60'000};
    Millis idleGrace{15'000}; // 10 s of activity not yet written and 5 s between clocks
    Millis absolute{12 * 3600'000};
    Millis refreshReplay{30'000}; // an answer that got lost may be asked for again this long
    Millis codeLife{60'000};
    Millis hashDeadline{5'000}; // waiting longer than this for a hashing thread: 503 sign-in-busy
    Millis activityFlush{10'000};
    Millis sweepEvery{5'000};
    int hashThreads = 0; // 0: half of the cores
    int hashNice = 10; // below everything else, yet not starved by a busy neighbour
    int hashQueue = 60; // waiting sign-ins
    bool ownTimer = true; // tests with a fake clock call tick() themselves
};

// What a fresh sign-in or refresh hands out.
struct TokenGrant {
    std::string accessToken;
    std::string refreshToken;
    QStringList scopes;
    SessionId sid;
    std::int64_t sv = 0;
    int expiresIn = 0;
    int idleExpiresIn = 0;
    int absExpiresIn = 0;
};
using Granted = std::function<void(std::variant<TokenGrant, protocol::Problem>)>;
using CodeGiven = std::function<void(std::variant<std::string, protocol::Problem>)>;
using Finished = std::function<void(std::exception_ptr)>;

struct SignInRequest {
    QString login;
    QString secret;
    std::string codeChallenge; // PKCE S256
    QString deviceName;
    QString place; // remote address
    std::optional<std::int64_t> expectedSv;
    QString requestId;
};

// Sign-in, tokens and sessions: one live session per user. Any thread may call it; every change goes through the writer, every
// answer comes on the writer's or a hashing thread. Owned by the composition root; build it after writer and read pool, call
// load() before the first request, stop() before the writer stops.
class AuthService {
public:
    // The token is good and its session is not known here, or seems over: lookUp(), then verify again.
    struct Unknown {
        SessionId sid;
    };
    using Verdict = std::variant<Principal, protocol::Problem, Unknown>;
    // Called on the writer thread after the commit that ended a session, for its event stream. Must not block.
    using EndedListener = std::function<void(SessionId, const SessionEnded&)>;

    // Throws std::runtime_error when the key files cannot be read or made.
    AuthService(AuthOptions options, const Clock& clock, Rng& rng, Writer& writer, ReadPool& reads);
    ~AuthService();

    void onEnded(EndedListener listener); // before load()
    void load(Connection& db); // live sessions and recent ends into memory; starts the timer and the hashing threads
    void stop();

    // The whole check of a bearer token, without touching the database. Problems: 401 token-invalid, token-expired,
    // session-displaced, session-expired-idle, session-expired-absolute, session-revoked, session-signed-out. Unknown only with shared
    // sessions, and not when the session was looked up just now. Never waits.
    Verdict verify(std::string_view accessToken, bool lookedUp = false);
    // Reads what the rows say of a session, then calls `done` on the reader's thread, with false when the database did not answer. False:
    // too many wait for a reader, `done` is not called.
    bool lookUp(const SessionId& sid, std::function<void(bool read)> done);
    // Several servers share the sessions: one that is not known here, or seems over, may have been opened or used at another. Before load().
    void shareSessions();
    // A session was opened or ended, perhaps by another server. Any thread.
    void follow(Connection& db, const SessionId& sid);
    // The caller did something himself (header Naru-Activity: user): starts his 30 minutes again.
    void noteActivity(const SessionId& sid);
    // Writes activity down and ends what is over; called by the own timer each second.
    void tick();

    // POST /oauth/authorize-challenge, step by step: limits, hash, code.
    void signIn(SignInRequest request, CodeGiven done);
    void redeemCode(const std::string& code, const std::string& verifier, const QString& requestId, Granted done);
    void refresh(const std::string& refreshToken, bool userActive, const QString& requestId, Granted done);
    // Ends the session of a refresh token; an unknown token is fine.
    void revoke(const std::string& refreshToken, const QString& requestId, Finished done);
    void endSession(const SessionId& sid, SessionEndReason reason, const QString& requestId, Finished done);

    // Seconds left: idle, absolute. Zero when the session is not live.
    std::pair<int, int> remaining(const SessionId& sid) const;
    std::string jwks() const;
    const AuthOptions& options() const;

private:
    struct Private;
    std::shared_ptr<Private> d; // shared with the work that is still under way at the writer and the hashing threads
};

} // namespace naru::server
