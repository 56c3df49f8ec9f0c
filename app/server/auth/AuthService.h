// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"
#include "server/api/Http.h"
#include "server/auth/SessionView.h"
#include "server/auth/dpop/ProofDoor.h"
#include "server/store/ReadPool.h"
#include "server/store/Writer.h"

#include <memory>
#include <string_view>
#include <variant>

namespace naru::server {

struct AuthOptions {
    QString dataDir; // refresh.key, seal.key and draft.key live here, mode 0600; servers with the same store share them
    QString issuer = QStringLiteral("https://naru.local");
    QString publicUrl; // scheme and host that proofs are made for; empty: what Host says
    Millis accessLife{300'000};
    Millis idle{30 * 60'000};
    Millis idleGrace{15'000}; // 10 s of activity not yet written and 5 s between clocks
    Millis absolute{12 * 3600'000};
    Millis refreshReplay{30'000}; // an answer that got lost may be asked for again this long
    Millis codeLife{60'000};
    Millis pendingLife{5 * 60'000}; // a password that was right waits so long for the factor that is missing
    Millis stepUpLife{10 * 60'000};
    Millis hashDeadline{5'000}; // waiting longer than this for a hashing thread: 503 sign-in-busy
    Millis activityFlush{10'000};
    Millis sweepEvery{5'000};
    Millis keysEvery{60'000}; // reads the signing keys again
    Millis keyLife{30LL * 24 * 3600'000};
    Millis keyAhead{48LL * 3600'000}; // a key is published so long before it is used
    int hashThreads = 0; // 0: half of the cores
    int hashNice = 10; // 0: like everybody; 1 to 18: so much below; 19: only what nobody else wants, which a busy neighbour may take for seconds
    int hashQueue = 60; // waiting sign-ins from devices that are not known
    int hashQueueKnown = 100; // and from those that are
    bool ownTimer = true; // tests with a fake clock call tick() themselves
};

// What a fresh sign-in or refresh hands out.
struct TokenGrant {
    std::string accessToken;
    std::string refreshToken;
    std::string draftKey; // base64url of 32 bytes
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
using Refused = std::function<void(std::optional<protocol::Problem>)>; // nothing: it was done
using PasswordChecked = std::function<void(std::variant<bool, protocol::Problem>)>; // whether it is right

struct SignInRequest {
    QString login;
    QString secret;
    QString authSession; // instead of the secret: the factor or approval that was missing
    QString factor;
    QString factorCode;
    std::string codeChallenge; // PKCE S256
    std::string thumbprint; // of the device's key, from the proof
    QString deviceName;
    QString platform;
    QString appVersion;
    QString storage;
    QString place; // remote address
    std::optional<std::int64_t> expectedSv;
    QString requestId;
};

class PasswordPool;
class Seal;

// Sign-in, tokens and sessions: one live session per user, bound to the key of one device. Any thread may call it; every change goes through
// the writer, every answer comes on the writer's or a hashing thread. Owned by the composition root; build it after writer and read pool,
// call load() before the first request, stop() before the writer stops.
class AuthService {
public:
    // The token is good and its session is not known here, or seems over: lookUp(), then verify again.
    struct Unknown {
        SessionId sid;
    };
    using Verdict = std::variant<Principal, protocol::Problem, Unknown>;
    // Called on the writer thread or the event thread after the commit, for the event streams. Must not block.
    using EndedListener = std::function<void(SessionId, const SessionEnded&)>;
    using RestrictedListener = std::function<void(SessionId, const QString& why)>; // empty: it may do everything again

    // Throws std::runtime_error when the key files cannot be read or made.
    AuthService(AuthOptions options, const Clock& clock, Rng& rng, Writer& writer, ReadPool& reads);
    ~AuthService();

    void onEnded(EndedListener listener); // before load()
    void onRestricted(RestrictedListener listener); // before load()
    // Live sessions and recent ends into memory, the signing keys (the first is made here); starts the timer and the hashing threads. On a
    // reader's thread, with the writer running. Throws.
    void load(Connection& db);
    void stop();

    // The proof of possession a request shows (RFC 9449). Never waits.
    std::variant<ProofDoor::Admitted, protocol::Problem> checkProof(const Shown& shown) { return door().check(shown); }
    ProofDoor& door();
    // The whole check of an access token, without touching the database. Problems: 401 token-invalid, auth-mismatch (it is of another key than
    // the proof), token-expired, session-displaced, session-expired-idle, session-expired-absolute, session-revoked, session-signed-out. Unknown
    // only with shared sessions, and not when the session was looked up just now. Never waits.
    Verdict verify(std::string_view accessToken, std::string_view thumbprint, bool lookedUp = false);
    // Reads what the rows say of a session, then calls `done` on the reader's thread, with false when the database did not answer. False:
    // too many wait for a reader, `done` is not called.
    bool lookUp(const SessionId& sid, std::function<void(bool read)> done);
    // Several servers share the sessions: one that is not known here, or seems over, may have been opened or used at another. Before load().
    void shareSessions();
    bool sharesSessions() const;
    // With shared sessions: the newest word of them was heard at this moment. Any thread.
    void heard();
    Millis viewAge() const; // since then; 0 when nobody shares them
    // A session was opened, changed or ended, perhaps by another server. Any thread.
    void follow(Connection& db, const SessionId& sid);
    void followKeys(Connection& db);
    // A request of this session came from this address; two networks at once restrict it (auth.md §2.12, E9).
    void seenFrom(const SessionId& sid, const QString& address);
    // So many records were read with this session; far more than its person usually reads restricts it (E13).
    void noteRead(const SessionId& sid, const UserId& user, std::int64_t records);
    // Something sensitive was asked for with this token and refused, because another sign-in has ended its session: while the token would have been
    // good, that makes the conflict graver (auth.md §2.18). Never waits.
    void noteSensitiveTried(std::string_view accessToken, std::string_view thumbprint);
    // The caller did something himself (header Naru-Activity: user): starts his 30 minutes again.
    void noteActivity(const SessionId& sid);
    // Writes activity down, ends what is over, changes signing keys in time; called by the own timer each second.
    void tick();

    // POST /oauth/authorize-challenge, step by step: limits, hash, device and factor, code.
    void signIn(SignInRequest request, CodeGiven done);
    void redeemCode(const std::string& code, const std::string& verifier, const std::string& thumbprint, const QString& requestId, Granted done);
    void refresh(const std::string& refreshToken, const std::string& thumbprint, bool userActive, const QString& requestId, Granted done);
    // Ends the session of a refresh token; an unknown token is fine.
    void revoke(const std::string& refreshToken, const std::string& thumbprint, const QString& requestId, Finished done);
    void endSession(const SessionId& sid, SessionEndReason reason, const QString& requestId, Finished done);
    // The person verifies himself once more: a factor, or the password again. Lifts a restriction.
    void stepUp(const Principal& who, const QString& factor, const QString& code, const QString& requestId, Refused done);
    // The session whose refresh token and key these are, for as long as it may still be spoken of. Nothing: none of ours.
    std::optional<SessionId> sessionOf(Connection& db, const std::string& refreshToken, const std::string& thumbprint) const;
    // What opens the drafts that this session, displaced on that device, handed over; 32 bytes.
    std::string handoverKey(const UserId& user, const DeviceId& device, const SessionId& sid) const;

    // What the session may do now, its state having changed since the request came. Nothing: it has ended.
    std::optional<Principal> principalOf(const SessionId& sid) const;

    // Seconds left: idle, absolute. Zero when the session is not live.
    std::pair<int, int> remaining(const SessionId& sid) const;
    std::string jwks() const;
    const Seal& seal() const;
    PasswordPool& passwords(); // whatever else has to hash a password waits in the same lanes
    // Whether `request.secret` is the password of this account, whose hash is `phc`: asked for inside a session, and counted with the sign-ins of the
    // account from devices it knows, so that a session is no place to guess it. 429 sign-in-throttled, 503 sign-in-busy. Needs login, secret and place.
    void checkPassword(const SignInRequest& request, const UserId& user, const QString& phc, PasswordChecked done);
    const AuthOptions& options() const;

private:
    struct Private;
    std::shared_ptr<Private> d; // shared with the work that is still under way at the writer and the hashing threads
};

} // namespace naru::server
