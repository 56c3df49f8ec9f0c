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
    friend bool operator==(const ConnectionStatus&, const ConnectionStatus&) = default;
};

enum class SessionState { SignedOut, SigningIn, Active, Ended };

// Sign-in and the one session. UI thread.
class SessionService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual SessionState state() const = 0;
    virtual const std::optional<SessionInfo>& info() const = 0; // the last known, also after the end
    // Seconds until idle expiry by the server's figures and a clock that runs through suspend; −1 when not Active.
    virtual int secondsLeft() const = 0;

    virtual CallId serverInfo(Reply<ServerInfo> reply) = 0;
    virtual CallId signIn(const QString& login, const QString& secret, Reply<SessionInfo> reply) = 0;
    // Continues the session kept in the keychain, if any. NotFound: nothing kept.
    virtual CallId resume(Reply<SessionInfo> reply) = 0;
    virtual CallId signOut(Reply<Done> reply) = 0;

Q_SIGNALS:
    void stateChanged(naru::backend::SessionState state);
    void infoChanged(const naru::SessionInfo& info);
    void ended(const naru::SessionEnded& how); // displaced, expired, revoked: by the server or by the clock
};

} // namespace naru::backend
