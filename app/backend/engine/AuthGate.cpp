// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/AuthGate.h"

#include <QLoggingCategory>
#include <algorithm>

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

Q_LOGGING_CATEGORY(lcAuth, "naru.backend.auth", QtInfoMsg)
constexpr Millis kRetryWhenIdle{5'000};

Error signedOut(const QString& code, const QString& detail)
{
    Error e;
    e.kind = ErrorKind::Unauthorized;
    e.code = code;
    e.detail = detail;
    return e;
}

QString textAt(const json::object& o, std::string_view name)
{
    const json::value* v = o.if_contains(name);
    const json::string* s = v ? v->if_string() : nullptr;
    return s ? protocol::fromUtf8({s->data(), s->size()}) : QString();
}

std::optional<SessionEndReason> reasonOf(const QString& code)
{
    if (code == u"session-displaced")
        return SessionEndReason::Displaced;
    if (code == u"session-expired-idle")
        return SessionEndReason::ExpiredIdle;
    if (code == u"session-expired-absolute")
        return SessionEndReason::ExpiredAbsolute;
    if (code == u"session-signed-out")
        return SessionEndReason::SignedOut;
    if (code == u"session-revoked")
        return SessionEndReason::Revoked;
    return std::nullopt;
}

} // namespace

AuthGate::AuthGate(HttpClient& http, const Limits& limits, const Clock& clock) : m_http(http), m_limits(limits), m_clock(clock) {}

quint64 AuthGate::acquire(const QByteArray& stale, Grant grant)
{
    NARU_ASSERT_BACKEND();
    if (m_state == State::Closed) {
        grant(signedOut(u"signed-out"_s, u"nobody is signed in"_s));
        return 0;
    }
    const bool fresh = m_clock.steady() + m_limits.tokenLeeway < m_accessUntil;
    if (m_state == State::Open && fresh && m_access != stale) {
        grant(m_access);
        return 0;
    }
    if (m_state == State::Open && m_clock.steady() < m_pausedUntil) {
        grant(m_pause);
        return 0;
    }
    const quint64 waiter = ++m_lastWaiter;
    m_waiting.emplace(waiter, std::move(grant));
    if (m_state == State::Open)
        refresh();
    return waiter;
}

void AuthGate::forget(quint64 waiter) { m_waiting.erase(waiter); }

void AuthGate::expect()
{
    if (m_state == State::Closed)
        m_state = State::Expected;
}

void AuthGate::adopt(const protocol::TokenAnswer& tokens, bool another)
{
    NARU_ASSERT_BACKEND();
    const Millis now = m_clock.steady();
    if (another)
        m_http.cancel(std::exchange(m_exchange, 0)); // a refresh of the one before
    if (another || m_state == State::Closed || m_state == State::Expected)
        ++m_epoch;
    m_mismatches = 0;
    m_pausedUntil = Millis{0};
    if (!tokens.draftKey.isEmpty())
        m_draftKey = tokens.draftKey.toUtf8();
    m_access = tokens.accessToken.toUtf8();
    m_refresh = tokens.refreshToken.toUtf8();
    // A token shorter than the leeway must still be usable once.
    m_accessUntil = now + std::max<Millis>(std::chrono::seconds(tokens.expiresIn), m_limits.tokenLeeway + Millis{1'000});
    m_idleUntil = now + std::chrono::seconds(tokens.idleExpiresIn);
    m_idleLength = std::max<Millis>(m_idleLength, std::chrono::seconds(tokens.idleExpiresIn));
    m_absUntil = now + std::chrono::seconds(tokens.absExpiresIn);
    m_nextTry = Millis{0};
    m_state = State::Open;
    Q_EMIT refreshed();
    release(m_access);
}

void AuthGate::clear(const Error& why)
{
    m_http.cancel(std::exchange(m_exchange, 0));
    for (QByteArray* secret : {&m_access, &m_refresh, &m_draftKey}) {
        secret->fill('\0');
        secret->clear();
    }
    ++m_epoch;
    m_mismatches = 0;
    m_pausedUntil = Millis{0};
    m_state = State::Closed;
    m_idleUntil = m_idleLength = m_accessUntil = m_absUntil = Millis{0};
    m_activityPending = m_activeSinceRefresh = false;
    release(why);
    if (const auto then = std::exchange(m_resumed, nullptr))
        then(why);
}

void AuthGate::setFigures(int idleExpiresIn, int absExpiresIn)
{
    if (!isOpen())
        return;
    const Millis now = m_clock.steady();
    m_idleUntil = now + std::chrono::seconds(idleExpiresIn);
    m_absUntil = now + std::chrono::seconds(absExpiresIn);
    Q_EMIT figuresChanged();
}

void AuthGate::release(const Result<QByteArray>& outcome)
{
    for (auto& [id, grant] : std::exchange(m_waiting, {}))
        grant(outcome);
}

void AuthGate::refreshWith(const QByteArray& refreshToken, std::function<void(std::optional<Error>)> then)
{
    m_refresh = refreshToken;
    m_resumed = std::move(then);
    m_activeSinceRefresh = true; // somebody has just started the program
    refresh();
}

void AuthGate::refresh()
{
    m_state = State::Refreshing;
    HttpRequest r;
    r.verb = Verb::Post;
    r.path = u"/oauth/token"_s;
    r.contentType = "application/x-www-form-urlencoded"_ba;
    const QByteArray form = encodedQuery({{u"grant_type"_s, u"refresh_token"_s}, {u"refresh_token"_s, QString::fromLatin1(m_refresh)},
        {u"activity"_s, m_activeSinceRefresh ? u"user"_s : u"background"_s}});
    r.body = form.toStdString();
    m_refreshTold = std::exchange(m_activeSinceRefresh, false); // what comes while the request is under way counts for the next
    m_exchange = m_http.send(std::move(r), [this](HttpAnswer answer) { refreshAnswered(answer); });
}

void AuthGate::refreshAnswered(const HttpAnswer& answer)
{
    m_exchange = 0;
    std::optional<Error> fault;
    if (answer.ok()) {
        const auto body = protocol::parseJson(answer.text());
        const auto tokens = body ? protocol::fromJson<protocol::TokenAnswer>(*body, false) : Result<protocol::TokenAnswer>(body.error());
        if (tokens && isBound(*tokens)) {
            const auto then = std::exchange(m_resumed, nullptr);
            adopt(*tokens);
            if (then)
                then(std::nullopt);
            return;
        }
        fault = tokens ? signedOut(u"answer-invalid"_s, u"the tokens are not bound to this device's key"_s) : tokens.error();
        fault->kind = ErrorKind::Protocol;
    } else {
        fault = answer.problem();
    }
    refreshRefused(answer, std::move(*fault));
}

void AuthGate::refreshRefused(const HttpAnswer& answer, Error fault)
{
    const bool nonce = fault.code == u"use-dpop-nonce"; // twice in a row: the next try has a newer one
    const bool mismatch = fault.code == u"dpop-invalid" || fault.code == u"auth-mismatch";
    const auto then = std::exchange(m_resumed, nullptr);
    bool refused = !nonce && (answer.status == 400 || answer.status == 401 || answer.status == 403);
    if (mismatch && !then)
        refused = ++m_mismatches >= m_limits.mismatches;
    qCInfo(lcAuth) << "refresh" << (refused ? "refused:" : "not possible now:") << fault.code << fault.detail;
    if (refused) {
        SessionEnded other;
        other.reason = SessionEndReason::Revoked;
        other.at = m_clock.now();
        other.detail = mismatch ? u"auth-mismatch"_s : QString();
        fault.kind = ErrorKind::Unauthorized;
        if (then)
            clear(fault); // resuming: nobody has seen that session yet
        else
            end(endIn(answer, m_clock.now()).value_or(other));
    } else {
        m_state = then ? State::Closed : State::Open; // the token stays for the next try
        m_activeSinceRefresh = m_activeSinceRefresh || m_refreshTold; // it was not heard
        m_nextTry = m_clock.steady() + kRetryWhenIdle;
        if (answer.status == 429 || answer.status == 503) {
            m_pausedUntil = m_clock.steady() + std::chrono::seconds(std::min(fault.retryAfterSeconds, 60));
            m_nextTry = std::max(m_nextTry, m_pausedUntil);
            m_pause = fault;
        }
        release(fault);
    }
    if (then)
        then(fault);
}

// RFC 9449: a token of another type would be of use to whoever stole it.
bool AuthGate::isBound(const protocol::TokenAnswer& tokens) { return tokens.tokenType.compare(u"DPoP", Qt::CaseInsensitive) == 0; }

std::optional<SessionEnded> AuthGate::endIn(const HttpAnswer& answer, Instant now)
{
    if (answer.status != 401 && answer.status != 400 && answer.status != 403)
        return std::nullopt;
    const auto reason = reasonOf(answer.problem().code);
    if (!reason)
        return std::nullopt;
    SessionEnded how;
    how.reason = *reason;
    how.at = now;
    const auto body = protocol::parseJson(answer.text());
    const json::object* o = body ? body->if_object() : nullptr;
    if (!o)
        return how;
    how.at = fromRfc3339(textAt(*o, "at")).value_or(now);
    how.byDevice = textAt(*o, "by_device");
    how.byPlace = textAt(*o, "by_place");
    how.detail = textAt(*o, "reason");
    if (const json::value* by = o->if_contains("by"); by && by->is_object()) {
        how.byDevice = textAt(by->get_object(), "device");
        how.byPlace = textAt(by->get_object(), "place");
    }
    return how;
}

void AuthGate::end(const SessionEnded& how)
{
    NARU_ASSERT_BACKEND();
    if (!isOpen())
        return; // several requests learn it at once
    m_endedToken = m_refresh;
    m_state = State::Closed;
    Q_EMIT ended(how); // first: writes that wait here are taken away and kept
    clear(endError(how));
}

Error AuthGate::endError(const SessionEnded& how)
{
    return signedOut(u"session-"_s + QString(protocol::wireText(how.reason)).replace(u'_', u'-'), u"the session has ended"_s);
}

void AuthGate::noteActivity()
{
    if (!isOpen())
        return;
    m_activeSinceRefresh = true;
    if (!std::exchange(m_activityPending, true))
        m_activitySince = m_clock.steady();
}

bool AuthGate::takeActivity() { return std::exchange(m_activityPending, false); }

bool AuthGate::activityOverdue() const
{
    const Millis now = m_clock.steady();
    return isOpen() && m_activityPending && (now - m_activitySince >= m_limits.activitySent || m_idleUntil - now <= m_limits.idleWarning);
}

void AuthGate::activityCarried(Millis sentAt)
{
    if (!isOpen() || sentAt + m_idleLength <= m_idleUntil)
        return;
    m_idleUntil = sentAt + m_idleLength;
    Q_EMIT figuresChanged();
}

void AuthGate::tick()
{
    // The countdown only asks: whether the session is over is the server's to say.
    const Millis now = m_clock.steady();
    if (m_state == State::Open && now >= m_idleUntil && now >= m_nextTry)
        refresh();
}

} // namespace naru::backend
