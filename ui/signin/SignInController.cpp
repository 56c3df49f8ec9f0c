// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/SignInController.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

SignInController::SignInController(backend::Backend& backend, QObject* parent) : QObject(parent), m_backend(backend)
{
    m_again.setSingleShot(true);
    m_again.setInterval(2s);
    connect(&m_again, &QTimer::timeout, this, &SignInController::askServer);
}

void SignInController::start(const QString& demoLogin)
{
    m_demoLogin = demoLogin;
    askServer();
    if (demoLogin.isEmpty())
        resume();
}

void SignInController::askServer()
{
    if (m_asking)
        return;
    m_asking = true;
    m_backend.session().serverInfo({this, [this](Result<ServerInfo> answer) { serverAnswered(std::move(answer)); }});
}

void SignInController::serverAnswered(Result<ServerInfo> answer)
{
    m_asking = false;
    if (answer) {
        m_server = std::move(answer).value();
        m_serverError.reset();
        enterDemo();
    } else {
        m_serverError = answer.error();
        if (m_backend.session().state() != backend::SessionState::Active)
            m_again.start();
    }
    Q_EMIT changed();
}

void SignInController::enterDemo()
{
    if (m_demoLogin.isEmpty() || m_phase != Phase::Idle)
        return;
    const QString login = std::exchange(m_demoLogin, {});
    for (const DemoAccount& account : m_server->demoAccounts) {
        if (account.login == login) {
            signIn(account.login, account.secret);
            return;
        }
    }
    Error unknown;
    unknown.kind = ErrorKind::NotFound;
    unknown.code = u"no-such-demo-account"_s;
    m_error = unknown;
}

void SignInController::resume()
{
    m_phase = Phase::Resuming;
    m_call = m_backend.session().resume({this, [this, turn = ++m_turn](Result<SessionInfo> answer) { finished(turn, std::move(answer)); }});
    Q_EMIT changed();
}

void SignInController::signIn(const QString& login, const QString& secret)
{
    if (m_phase == Phase::SigningIn)
        return;
    if (m_phase == Phase::Resuming)
        m_backend.cancel(m_call);
    m_error.reset();
    m_phase = Phase::SigningIn;
    m_call = m_backend.session().signIn(login, secret,
        {this, [this, turn = ++m_turn](Result<SessionInfo> answer) { finished(turn, std::move(answer)); }});
    Q_EMIT changed();
}

void SignInController::cancel()
{
    if (m_phase != Phase::Idle)
        m_backend.cancel(m_call);
}

void SignInController::finished(int turn, Result<SessionInfo> answer)
{
    if (turn != m_turn)
        return; // of a try that another one overtook
    const bool resumed = m_phase == Phase::Resuming;
    m_phase = Phase::Idle;
    m_error.reset();
    if (!answer) {
        // Nothing kept, or kept and no longer good: the form says enough.
        const ErrorKind kind = answer.error().kind;
        const bool quiet = kind == ErrorKind::Cancelled || (resumed && (kind == ErrorKind::NotFound || kind == ErrorKind::Unauthorized));
        if (!quiet)
            m_error = answer.error();
    }
    Q_EMIT changed();
    if (m_server)
        enterDemo();
}

} // namespace naru::ui
