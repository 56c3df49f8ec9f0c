// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/net/HttpClient.h"
#include "core/Session.h"
#include "protocol/SessionFields.h"

#include <map>

namespace naru::backend {

// The session's tokens, in memory only, and the gate every request passes to get one. While a refresh is under way everybody
// waits for that one; only a refresh the server refuses ends the session, one that finds no server does not, and one that does not fit this
// device's key ends it the third time. Also counts the idle time by the server's figures. Backend thread, owned by the engine.
class AuthGate : public QObject {
    Q_OBJECT
public:
    using Grant = std::function<void(Result<QByteArray>)>;

    AuthGate(HttpClient& http, const Limits& limits, const Clock& clock);

    bool isOpen() const { return m_state == State::Open || m_state == State::Refreshing; }
    const QByteArray& refreshToken() const { return m_refresh; }
    // What opens the drafts of whoever is signed in; 32 bytes, base64url. Gone with the session.
    const QByteArray& draftKey() const { return m_draftKey; }
    // Which session, counted by this gate: an answer to a question of an earlier one says nothing about the present one.
    quint64 epoch() const { return m_epoch; }

    // A token that is not `stale` and not about to end; or why there is none. Answers once, perhaps at once.
    quint64 acquire(const QByteArray& stale, Grant grant);
    void forget(quint64 waiter);

    void expect(); // a sign-in is under way: requests wait for it
    static bool isBound(const protocol::TokenAnswer& tokens); // to a device's key; others are not taken
    // Signed in, or refreshed. `another`: of a session that takes the place of the one that is open.
    void adopt(const protocol::TokenAnswer& tokens, bool another = false);
    void clear(const Error& why); // signed out; waiters get the reason
    void refreshWith(const QByteArray& refreshToken, std::function<void(std::optional<Error>)> then); // continue a kept session
    void end(const SessionEnded& how); // once; the tokens are gone
    // The refresh token of the session that end() was told of, once: "this was not me" shows it.
    QByteArray takeEndedToken() { return std::exchange(m_endedToken, {}); }
    void setFigures(int idleExpiresIn, int absExpiresIn); // of GET /v1/session

    // What calls are told that a session's end overtook: session-displaced, session-expired-idle, …
    static Error endError(const SessionEnded& how);
    // What an answer says about the end of the session, if it does.
    static std::optional<SessionEnded> endIn(const HttpAnswer& answer, Instant now);

    void noteActivity();
    // True once after input: the next request carries it.
    bool takeActivity();
    bool activityOverdue() const; // input that no request has carried for too long
    void activityCarried(Millis sentAt); // the server answered a request marked so
    Millis idleUntil() const { return m_idleUntil; }
    Millis absUntil() const { return m_absUntil; }
    void tick();

Q_SIGNALS:
    void refreshed(); // new tokens and new figures
    void figuresChanged(); // the idle countdown moved
    void ended(const naru::SessionEnded& how);

private:
    enum class State { Closed, Expected, Open, Refreshing };
    void refresh();
    void refreshAnswered(const HttpAnswer& answer);
    void refreshRefused(const HttpAnswer& answer, Error fault);
    void release(const Result<QByteArray>& outcome);

    HttpClient& m_http;
    const Limits& m_limits;
    const Clock& m_clock;
    State m_state = State::Closed;
    QByteArray m_access;
    QByteArray m_refresh;
    QByteArray m_draftKey;
    QByteArray m_endedToken;
    quint64 m_epoch = 0;
    int m_mismatches = 0; // refreshes in a row that did not fit this device's key
    Millis m_accessUntil{0};
    Millis m_idleUntil{0};
    Millis m_idleLength{0};
    Millis m_absUntil{0};
    Millis m_nextTry{0}; // of a refresh that the idle countdown asks for
    Millis m_pausedUntil{0}; // the server asked for time
    Error m_pause;
    bool m_activityPending = false; // no request has carried it yet
    Millis m_activitySince{0};
    bool m_activeSinceRefresh = false;
    bool m_refreshTold = false; // what the refresh under way says
    quint64 m_exchange = 0;
    quint64 m_lastWaiter = 0;
    std::map<quint64, Grant> m_waiting;
    std::function<void(std::optional<Error>)> m_resumed;
};

} // namespace naru::backend
