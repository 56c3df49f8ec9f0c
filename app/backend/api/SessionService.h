// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Session.h"

namespace naru::backend {

enum class LinkState { Offline, Connecting, Live };

// The state of the wire. lagMs: smoothed round trip of the last requests, −1 while unknown.
struct ConnectionStatus {
    LinkState state = LinkState::Connecting;
    int lagMs = -1;
    Instant since{}; // when this state began
    int retryInMs = 0; // Offline: until the next try
    QString reason; // English, for details
    int authAgeMs = 0; // how old the server's knowledge of ended sessions is (Naru-Auth-Age); over 15,000 sensitive work is refused
    std::int64_t clockOffMs = 0; // this computer's clock minus the server's; 0 while within a minute
    friend bool operator==(const ConnectionStatus&, const ConnectionStatus&) = default;
};

enum class SessionState { SignedOut, SigningIn, Active, Ended };

// What becomes of the device's key (auth.md §2.2). Waiting: the keychain has not answered. Locked: it says no although this computer was set
// up before. NoKeychain: there is none; the key is kept in memory once the person agrees.
enum class KeyState { Waiting, Ready, Locked, NoKeychain, MemoryOnly };

// What a sign-in brings besides the name and the password.
struct SignInInput {
    QString login;
    QString secret;
    std::optional<std::int64_t> expectedSv; // the session elsewhere that the person agreed to end
    QString factor; // "totp" or "recovery", after 403 step-up-required
    QString factorCode;
    QString authSession; // of that refusal, instead of the secret
};

// Sign-in and the one session. UI thread.
//
// Refusals of signIn() by code, with what Error::facts holds of them:
//   invalid-credentials · sign-in-throttled (retryAfterSeconds) · sign-in-busy (retryAfterSeconds) · account-locked
//   session-confirm {device, place, last_activity_at, sv}: ask, then again with expectedSv · session-exists {device}
//   step-up-required {auth_session, factors}: again with a factor · device-approval-required {device_id}: again once approved · device-revoked
//   anything else of kind Protocol or code dpop-invalid, auth-mismatch, invalid-grant: something does not fit (D9)
class SessionService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual SessionState state() const = 0;
    virtual const std::optional<SessionInfo>& info() const = 0; // the last known, also after the end
    // Seconds until idle expiry by the server's figures and a clock that runs through suspend; −1 when not Active.
    virtual int secondsLeft() const = 0;
    virtual int absoluteSecondsLeft() const { return -1; } // until the longest time of one session is over; −1 when not Active

    virtual CallId serverInfo(Reply<ServerInfo> reply) = 0;
    virtual CallId signIn(const QString& login, const QString& secret, Reply<SessionInfo> reply) = 0;
    // Continues the session kept in the keychain, if any. NotFound: nothing kept.
    virtual CallId resume(Reply<SessionInfo> reply) = 0;
    virtual CallId signOut(Reply<Done> reply) = 0;
    virtual CallId signInWith(const SignInInput& input, Reply<SessionInfo> reply) { return signIn(input.login, input.secret, std::move(reply)); }
    // Verifies the person once more; lasts ten minutes, lifts a restriction.
    virtual CallId stepUp(const QString& factor, const QString& code, Reply<SessionInfo> reply) = 0;
    // After a displacement: the newcomer is somebody else. Works with this device's key and the session it held, for 24 hours.
    virtual CallId reportNotMe(Reply<Done> reply) = 0;

    virtual KeyState keyState() const { return KeyState::Ready; }
    virtual void retryKey() {} // the person has unlocked the keychain
    virtual void useMemoryKey() {} // go on without keeping anything
    virtual void setUpAgain() {} // this computer becomes a new device; the old key is given up

Q_SIGNALS:
    void stateChanged(naru::backend::SessionState state);
    void infoChanged(const naru::SessionInfo& info);
    void ended(const naru::SessionEnded& how); // displaced, expired, revoked: by the server or by the clock
    void keyStateChanged(naru::backend::KeyState state);
};

} // namespace naru::backend
