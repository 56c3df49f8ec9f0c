// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/SessionService.h"
#include "backend/auth/Pkce.h"
#include "backend/auth/TokenKeep.h"
#include "backend/engine/AuthGate.h"

namespace naru::backend {

// One way into a session, step by step: challenge → code → tokens → who am I; or kept refresh token → tokens → who am I.
// Nothing here is sent twice by itself. Backend thread, owned by the engine, one at a time.
class SignInFlow : public QObject {
    Q_OBJECT
public:
    using Finished = std::function<void(Result<SessionInfo>)>;
    // A kept session was found: whose it is, before the server has said anything.
    using Found = std::function<void(const QString& userId)>;

    SignInFlow(HttpClient& http, AuthGate& gate, Rng& rng, QString deviceName);

    bool isRunning() const { return bool(m_finished); }
    // `storage`: of this device's key, "keychain" or "memory".
    void signIn(const SignInInput& input, const QString& storage, Finished finished);
    void resume(TokenKeep& keep, Found found, Finished finished);
    void cancel(); // no answer; tokens that were won are given back

    static QByteArray packKept(const SessionInfo& info, const QByteArray& refreshToken);

private:
    void redeem(const QString& code, const QByteArray& verifier);
    void askWho();
    void keptFound(const QByteArray& secret, const Found& found);
    void fail(Error why);
    template <class T> std::optional<T> bodyOf(const HttpAnswer& answer); // or fails

    HttpClient& m_http;
    AuthGate& m_gate;
    Rng& m_rng;
    const QString m_deviceName;
    Finished m_finished;
    quint64 m_generation = 0;
    quint64 m_exchange = 0;
    bool m_resuming = false;
    bool m_overLive = false; // a session lives that this one is to replace: until then it is left alone
};

} // namespace naru::backend
