// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"

#include <QTimer>

namespace naru::ui {

// Joins the session service with the sign-in screen and the cover: asks for the server's facts, tries the kept session once,
// signs in, and keeps the conversation that a sign-in may become (auth.md §2.17). What was typed is kept only while that lasts.
// Knows no widget. UI thread; owned by the window.
class SignInController : public QObject {
    Q_OBJECT
public:
    enum class Phase { Idle, Resuming, SigningIn };
    // Where the conversation stands. Form: the fields, perhaps with error(). Each other one tells or asks one thing of refusal().
    enum class Step {
        Form,
        OtherPerson, // D10: somebody else's work is open
        Confirm, // D7: signed in elsewhere, may be taken over
        Elsewhere, // D8: signed in elsewhere, to be left there first
        Factor, // D13: a code
        Approval, // D23: a new device
        Awaiting, // … asked for; looks again every five seconds
        Busy, // D16: tries again by itself
        Throttled, // D17: a while to wait
        Mismatch, // D9
        KeyWaiting, KeyLocked, // D21
        NoKeychain, // D22
    };
    SignInController(backend::Backend& backend, const Clock& clock, QObject* parent = nullptr);

    void start(const QString& demoLogin); // demoLogin: enters as this demo account as soon as the server names it
    void askServer(); // again every two seconds until it answers
    void signIn(const QString& login, const QString& secret);
    void tick(); // once a second: what counts down

    // Answers to the steps.
    void goOn(); // OtherPerson: as the other; Confirm: end the session there; Mismatch: the same once more
    void enterCode(); // Approval, Awaiting → Factor
    void sendFactor(const QString& factor, const QString& code);
    void askApproval(); // Approval → Awaiting
    void leave(); // → Form; nothing typed is kept

    // Whose work lies open below the cover, until somebody has signed in.
    void setOpenWork(const std::optional<SessionInfo>& whose) { m_openWork = whose; }
    const std::optional<SessionInfo>& openWork() const { return m_openWork; }

    Phase phase() const { return m_phase; }
    Step step() const;
    bool isAgain() const; // Mismatch: may be tried once more; not after three in a row
    int secondsLeft() const; // Busy, Throttled
    const Error& refusal() const { return m_refusal; } // of the step
    QStringList factors() const; // Factor
    const QString& login() const { return m_input.login; } // of the last try
    QString personName() const; // … as the server's demo accounts name it, else the login
    const std::optional<ServerInfo>& server() const { return m_server; }
    bool isServerReachable() const { return m_server && !m_serverError; }
    const std::optional<Error>& error() const { return m_error; } // of the last try, until the next
    const Clock& clock() const { return m_clock; }
    backend::SessionService& session() { return m_backend.session(); }

Q_SIGNALS:
    void changed();

private:
    void serverAnswered(Result<ServerInfo> answer);
    void resume();
    void send();
    void finished(int turn, Result<SessionInfo> answer);
    void refused(const Error& why);
    void ask(Step step, const Error& why);
    void wait(Step step, const Error& why);
    void forget();
    void keyMoved(backend::KeyState state);
    void enterDemo();
    backend::Backend& m_backend;
    const Clock& m_clock;
    Phase m_phase = Phase::Idle;
    Step m_step = Step::Form;
    backend::SignInInput m_input;
    Error m_refusal;
    Millis m_until{0}; // Busy, Throttled, Awaiting: steady time of the next move
    Millis m_keySince{0}; // when the keychain was asked
    int m_mismatches = 0; // in a row
    bool m_resumeAgain = false; // once the key is there
    std::optional<SessionInfo> m_openWork;
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
