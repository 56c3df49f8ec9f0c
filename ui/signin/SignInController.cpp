// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/SignInController.h"

#include "ui/ErrorText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using backend::KeyState;
namespace {

constexpr int kMostMismatches = 3;
constexpr Millis kAskEvery = 5s; // whether the device was approved
constexpr Millis kKeychainPatience = 2s; // before the person hears that the keychain is asked

} // namespace

SignInController::SignInController(backend::Backend& backend, const Clock& clock, QObject* parent)
    : QObject(parent), m_backend(backend), m_clock(clock), m_keySince(clock.steady())
{
    m_again.setSingleShot(true);
    m_again.setInterval(2s);
    connect(&m_again, &QTimer::timeout, this, &SignInController::askServer);
    connect(&backend.session(), &backend::SessionService::keyStateChanged, this, &SignInController::keyMoved);
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
    if (m_phase == Phase::Resuming) {
        m_backend.cancel(m_call);
        m_phase = Phase::Idle;
        ++m_turn;
    }
    forget();
    m_input.login = login;
    m_input.secret = secret;
    if (m_openWork && m_openWork->login.compare(login, Qt::CaseInsensitive) != 0)
        ask(Step::OtherPerson, {});
    else
        send();
}

void SignInController::send()
{
    m_error.reset();
    m_phase = Phase::SigningIn;
    backend::SignInInput input = m_input;
    if (!input.authSession.isEmpty())
        input.secret.clear();
    m_input.factor.clear(); // a code counts once
    m_input.factorCode.clear();
    const bool withFactor = !input.factor.isEmpty();
    m_call = m_backend.session().signInWith(input, {this, [this, withFactor, turn = ++m_turn](Result<SessionInfo> answer) {
        if (turn == m_turn && withFactor && !answer && answer.error().code == "factor-invalid"_L1) {
            m_phase = Phase::Idle;
            m_error = answer.error(); // another one
            Q_EMIT changed();
            return;
        }
        finished(turn, std::move(answer));
    }});
    Q_EMIT changed();
}

void SignInController::finished(int turn, Result<SessionInfo> answer)
{
    if (turn != m_turn)
        return; // of a try that another one overtook
    const bool resumed = m_phase == Phase::Resuming;
    m_phase = Phase::Idle;
    m_error.reset();
    if (answer) {
        m_mismatches = 0;
        forget();
        Q_EMIT changed();
    } else if (resumed) {
        // Nothing kept, or kept and no longer good: the form says enough.
        const ErrorKind kind = answer.error().kind;
        m_resumeAgain = kind == ErrorKind::Keychain;
        if (kind != ErrorKind::Cancelled && kind != ErrorKind::NotFound && kind != ErrorKind::Unauthorized && kind != ErrorKind::Keychain)
            m_error = answer.error();
        Q_EMIT changed();
    } else {
        refused(answer.error());
    }
    if (m_server)
        enterDemo();
}

void SignInController::refused(const Error& why)
{
    if (why.code == "auth-session-over"_L1 && !m_input.secret.isEmpty()) {
        m_input.authSession.clear(); // it took too long: from the password again, of which nobody has to be asked
        send();
        return;
    }
    if (const QString kept = why.facts.value(u"auth_session"_s); !kept.isEmpty())
        m_input.authSession = kept;
    if (isMismatch(why))
        ++m_mismatches;
    else
        m_mismatches = 0;
    if (why.code == "session-confirm"_L1)
        ask(Step::Confirm, why);
    else if (why.code == "session-exists"_L1)
        ask(Step::Elsewhere, why);
    else if (why.code == "step-up-required"_L1)
        ask(Step::Factor, why);
    else if (why.code == "device-approval-required"_L1 && m_step == Step::Awaiting)
        wait(Step::Awaiting, why);
    else if (why.code == "device-approval-required"_L1)
        ask(Step::Approval, why);
    else if (why.code == "sign-in-busy"_L1)
        wait(Step::Busy, why);
    else if (why.code == "sign-in-throttled"_L1)
        wait(Step::Throttled, why);
    else if (isMismatch(why))
        ask(Step::Mismatch, why);
    else {
        forget();
        if (why.kind != ErrorKind::Cancelled)
            m_error = why;
        Q_EMIT changed();
    }
}

void SignInController::ask(Step step, const Error& why)
{
    m_step = step;
    m_refusal = why;
    Q_EMIT changed();
}

void SignInController::wait(Step step, const Error& why)
{
    m_until = m_clock.steady() + (step == Step::Awaiting ? kAskEvery : Millis(1s) * qMax(1, why.retryAfterSeconds));
    ask(step, why);
}

void SignInController::tick()
{
    const Step shown = step();
    if (m_phase == Phase::SigningIn)
        return;
    const bool over = m_clock.steady() >= m_until;
    if (over && (m_step == Step::Busy || m_step == Step::Awaiting))
        send();
    else if (over && m_step == Step::Throttled)
        leave();
    else if (m_step == Step::Busy || m_step == Step::Throttled || shown == Step::KeyWaiting)
        Q_EMIT changed();
}

void SignInController::goOn()
{
    if (m_phase == Phase::SigningIn || m_step == Step::Form)
        return;
    if (m_step == Step::Confirm)
        m_input.expectedSv = m_refusal.facts.value(u"sv"_s).toLongLong();
    if (m_step == Step::Mismatch) {
        if (!isAgain())
            return;
        m_input.authSession.clear(); // from the beginning
        if (m_input.secret.isEmpty()) {
            leave();
            return;
        }
    }
    send();
}

void SignInController::enterCode() { ask(Step::Factor, m_refusal); }

void SignInController::sendFactor(const QString& factor, const QString& code)
{
    if (m_phase == Phase::SigningIn)
        return;
    m_input.factor = factor;
    m_input.factorCode = code;
    send();
}

void SignInController::askApproval() { wait(Step::Awaiting, m_refusal); }

void SignInController::leave()
{
    if (m_phase == Phase::SigningIn) {
        ++m_turn; // the answer is nobody's
        m_phase = Phase::Idle;
        m_backend.cancel(m_call);
    }
    forget();
    m_error.reset();
    Q_EMIT changed();
}

void SignInController::forget()
{
    m_step = Step::Form;
    m_input.secret.fill(u' ');
    const QString login = m_input.login;
    m_input = {};
    m_input.login = login;
    m_refusal = {};
}

void SignInController::keyMoved(KeyState state)
{
    if (state == KeyState::Waiting)
        m_keySince = m_clock.steady();
    Q_EMIT changed();
    const bool usable = state == KeyState::Ready || state == KeyState::MemoryOnly;
    const bool free = m_phase == Phase::Idle && m_backend.session().state() != backend::SessionState::Active;
    if (usable && std::exchange(m_resumeAgain, false) && free)
        resume();
}

SignInController::Step SignInController::step() const
{
    switch (m_backend.session().keyState()) {
    case KeyState::Locked: return Step::KeyLocked;
    case KeyState::NoKeychain: return Step::NoKeychain;
    case KeyState::Waiting:
        if (m_clock.steady() - m_keySince >= kKeychainPatience)
            return Step::KeyWaiting;
        break;
    case KeyState::Ready:
    case KeyState::MemoryOnly: break;
    }
    return m_step;
}

bool SignInController::isAgain() const { return m_mismatches < kMostMismatches; }

int SignInController::secondsLeft() const
{
    const auto left = (m_until - m_clock.steady()).count();
    return static_cast<int>(qMax<std::int64_t>(0, (left + 999) / 1000));
}

QStringList SignInController::factors() const
{
    const QString named = m_refusal.facts.value(u"factors"_s);
    return named.isEmpty() ? QStringList{u"totp"_s, u"recovery"_s} : named.split(u' ', Qt::SkipEmptyParts);
}

QString SignInController::personName() const
{
    if (m_server)
        for (const DemoAccount& account : m_server->demoAccounts)
            if (account.login == m_input.login)
                return account.displayName;
    return m_input.login;
}

} // namespace naru::ui
