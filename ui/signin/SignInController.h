// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"

#include <QTimer>

namespace naru::ui {

// Joins the session service with the sign-in screen and the cover: asks for the server's facts, tries the kept session once,
// signs in. Knows no widget. UI thread; owned by the window.
class SignInController : public QObject {
    Q_OBJECT
public:
    enum class Phase { Idle, Resuming, SigningIn };
    explicit SignInController(backend::Backend& backend, QObject* parent = nullptr);

    void start(const QString& demoLogin); // demoLogin: enters as this demo account as soon as the server names it
    void askServer(); // again every two seconds until it answers
    void signIn(const QString& login, const QString& secret);
    void cancel();

    Phase phase() const { return m_phase; }
    const std::optional<ServerInfo>& server() const { return m_server; }
    bool isServerReachable() const { return m_server && !m_serverError; }
    const std::optional<Error>& error() const { return m_error; } // of the last try, until the next

Q_SIGNALS:
    void changed();

private:
    void serverAnswered(Result<ServerInfo> answer);
    void resume();
    void finished(int turn, Result<SessionInfo> answer);
    void enterDemo();
    backend::Backend& m_backend;
    Phase m_phase = Phase::Idle;
    std::optional<ServerInfo> m_server;
    std::optional<Error> m_serverError;
    std::optional<Error> m_error;
    QString m_demoLogin;
    backend::CallId m_call = 0;
    int m_turn = 0;
    bool m_asking = false;
    QTimer m_again;
};

} // namespace naru::ui
