// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's part that begins and ends sessions.
#include <QLoggingCategory>
#include <QTimer>

#include "backend/engine/Engine.h"
#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcSession, "naru.backend.session", QtInfoMsg)
constexpr QLatin1StringView kSessionNote("session"); // the SessionInfo of the last time, for a start without a server

Error fault(ErrorKind kind, const QString& code, const QString& detail)
{
    Error e;
    e.kind = kind;
    e.code = code;
    e.detail = detail;
    return e;
}

} // namespace

bool Engine::busySigningIn(CallId id)
{
    if (m_state != SessionState::SigningIn && m_state != SessionState::Active)
        return false;
    const bool active = m_state == SessionState::Active;
    answer<SessionInfo>(id, fault(active ? ErrorKind::Conflict : ErrorKind::Busy, active ? u"signed-in"_s : u"signing-in"_s,
        active ? u"somebody is signed in: sign out first"_s : u"a sign-in is under way"_s));
    return true;
}

void Engine::handle(SignInCall call)
{
    // Over a session that lives: its person signs in again before the longest time is over.
    if (call.cancelled->load() || (m_state != SessionState::Active && busySigningIn(call.id)))
        return;
    const CallId id = call.id;
    m_resuming = false;
    beginSignIn(id, [this, id, input = call.input] {
        m_signIn.signIn(input, m_key.storage(), [this, id](Result<SessionInfo> r) { r ? signedIn(id, *r) : signInFailed(id, r.error()); });
    });
}

// Nobody gets in without the device's key: a sign-in waits for it, and for what the person decides about it.
void Engine::beginSignIn(CallId id, std::function<void()> begin)
{
    m_before = m_state;
    m_state = SessionState::SigningIn;
    m_signInCall = id;
    m_begin = std::move(begin);
    pushSession();
    keyChanged();
}

void Engine::keyChanged()
{
    m_proofs.useKey(m_key.key());
    pushSnapshot("key", m_key.state());
    if (!m_begin)
        return;
    if (m_key.key()) {
        std::exchange(m_begin, nullptr)();
    } else if (m_resuming && m_key.state() != KeyState::Waiting) { // there is a screen to go to
        m_begin = nullptr;
        signInFailed(m_signInCall, fault(ErrorKind::Keychain, u"device-key-missing"_s, m_key.detail()));
    }
}

void Engine::handle(const KeyChoice& choice)
{
    switch (choice.what) {
    case KeyChoice::What::Retry: m_key.retry(); return;
    case KeyChoice::What::UseMemory: m_key.useMemory(); return;
    case KeyChoice::What::SetUpAgain: m_key.setUpAgain(); return;
    }
}

void Engine::handle(ResumeCall call)
{
    if (call.cancelled->load() || busySigningIn(call.id))
        return;
    if (!m_keep) {
        answer<SessionInfo>(call.id, fault(ErrorKind::NotFound, u"nothing-kept"_s, u"this computer keeps no session"_s));
        return;
    }
    const CallId id = call.id;
    const auto found = [this, id](const QString& userId) {
        m_cache.open(m_config.server.toString(), userId);
        const auto note = m_cache.note(kSessionNote);
        const auto json = note ? protocol::parseJson(protocol::utf8(*note)) : Result<protocol::json::value>(Error{});
        const auto info = json ? protocol::fromJson<SessionInfo>(*json, false) : Result<SessionInfo>(Error{});
        if (info && info->userId.toString() == userId)
            push(CachedAnswer{id, std::any(info), m_clock.now()});
    };
    const auto finished = [this, id](Result<SessionInfo> r) {
        if (r) {
            signedIn(id, *r);
            return;
        }
        if (r.error().kind == ErrorKind::Unauthorized)
            m_keep->erase(); // the server will never take it again
        signInFailed(id, r.error());
    };
    m_resuming = true;
    beginSignIn(id, [this, id, found, finished] {
        if (m_key.state() == KeyState::Ready)
            m_signIn.resume(*m_keep, found, finished);
        else // what is kept was given to another key
            signInFailed(id, fault(ErrorKind::NotFound, u"nothing-kept"_s, u"this computer's key is new: what it kept is of no use"_s));
    });
}

void Engine::signedIn(CallId id, const SessionInfo& info)
{
    m_info = info;
    m_ended.reset();
    m_state = SessionState::Active;
    m_cache.open(m_config.server.toString(), info.userId.toString());
    m_drafts.signedIn(m_config.server.toString(), info.userId, m_gate.draftKey());
    m_cache.setNote(kSessionNote, QString::fromStdString(protocol::json::serialize(protocol::toJson(info))));
    keepToken();
    if (info.deviceId)
        m_key.noteDevice(info.deviceId->toString());
    m_readSinceStart = m_before != SessionState::SignedOut; // the screens hold what was read in the session before
    m_streamEverOpen = m_streamLost = false;
    m_link.streamUsed(true);
    m_signInCall = id;
    m_firstStream->start();
    m_stream.start();
    m_watch.begin(info, m_key.storage());
    m_jobs.signedIn(info.userId.toString());
    m_handover.signedIn();
}

void Engine::sessionRead(const SessionInfo& info)
{
    if (m_state != SessionState::Active || !m_info || info.sid != m_info->sid)
        return;
    m_info = info;
    m_cache.setNote(kSessionNote, QString::fromStdString(protocol::json::serialize(protocol::toJson(info))));
    if (!m_signInCall)
        pushSession();
}

// The event stream is open, or too slow to wait for: now lists that are read miss nothing.
void Engine::answerSignIn()
{
    m_firstStream->stop();
    if (!m_signInCall || m_state != SessionState::Active)
        return;
    const CallId id = std::exchange(m_signInCall, 0);
    pushSession();
    answer<SessionInfo>(id, *m_info);
}

void Engine::signInFailed(CallId id, const Error& why)
{
    m_signInCall = 0;
    if (m_before == SessionState::Active) { // the session that was to be replaced goes on, or has ended meanwhile
        m_state = SessionState::Active;
        if (m_gate.isOpen())
            keepToken();
        else
            sessionEnded(m_ended.value_or(SessionEnded{SessionEndReason::ExpiredAbsolute, m_clock.now(), {}, {}, {}}));
    } else {
        m_cache.close();
        m_state = m_before;
        pushSession();
    }
    if (id)
        answer<SessionInfo>(id, why);
}

void Engine::handle(SignOutCall call)
{
    if (call.cancelled->load())
        return;
    if (m_state != SessionState::Active) {
        closeSession(SessionState::SignedOut);
        answer<Done>(call.id, Done{});
        return;
    }
    m_stream.stop(); // its last word would be our own signing out
    m_link.streamUsed(false);
    const CallId id = call.id;
    const auto close = [this, id](const HttpAnswer&) {
        if (m_state == SessionState::Active)
            closeSession(SessionState::SignedOut);
        answer<Done>(id, Done{}); // also when the server is away: its idle limit ends the session there
    };
    m_gate.acquire({}, [this, close](Result<QByteArray> token) {
        if (!token) {
            close({});
            return;
        }
        HttpRequest r;
        r.verb = Verb::Delete;
        r.path = u"/v1/session"_s;
        r.accessToken = *token;
        r.headers.emplace_back("Idempotency-Key"_ba, makeId<SessionId>(m_clock, *m_config.rng).toString().toLatin1());
        m_http.send(std::move(r), close);
    });
}

void Engine::handle(NotMeCall call)
{
    const CallId id = call.id;
    m_handover.forget(); // whoever is there gets nothing of this person's
    if (!call.cancelled->load())
        m_notMe.report([this, id](Result<Done> r) { answer<Done>(id, std::move(r)); });
}

void Engine::sessionEnded(const SessionEnded& how)
{
    if (m_state == SessionState::SigningIn && m_before == SessionState::Active)
        m_ended = how; // counts if the sign-in that is to replace it fails
    if (m_state != SessionState::Active)
        return;
    qCInfo(lcSession) << "the session has ended:" << protocol::wireText(how.reason);
    m_ended = how;
    const QByteArray token = m_gate.takeEndedToken();
    if (how.reason == SessionEndReason::Displaced)
        m_notMe.displaced(token);
    if (how.reason == SessionEndReason::Displaced && m_info)
        m_handover.displaced(token, m_gate.draftKey(), m_info->sid);
    if (m_signInCall) // it ended between the sign-in and its answer
        answer<SessionInfo>(std::exchange(m_signInCall, 0), fault(ErrorKind::Unauthorized, u"session-ended"_s, u"the session ended at once"_s));
    closeSession(SessionState::Ended);
}

void Engine::closeSession(SessionState state)
{
    flush(); // what was still on its way belongs to this session
    m_stream.stop();
    m_link.streamUsed(false);
    const bool over = state == SessionState::Ended && m_ended;
    const Error why = over ? AuthGate::endError(*m_ended) : fault(ErrorKind::Unauthorized, u"signed-out"_s, u"nobody is signed in"_s);
    m_watch.end();
    m_jobs.endSession(why, state == SessionState::Ended && m_info ? m_info->userId.toString() : QString());
    m_gate.clear(why);
    m_cache.close();
    if (m_keep && m_key.state() == KeyState::Ready && (m_state == SessionState::Active || m_state == SessionState::Ended))
        m_keep->erase();
    if (state == SessionState::SignedOut)
        m_drafts.signedOut();
    m_state = state;
    pushSession();
}

void Engine::keepToken()
{
    if (m_state != SessionState::Active)
        return; // a sign-in under way: once it is complete
    if (m_keep && m_info && m_key.state() == KeyState::Ready) // a key in memory dies with the program, and the token with it
        m_keep->store(SignInFlow::packKept(*m_info, m_gate.refreshToken()));
    if (!m_signInCall)
        pushSession();
}

void Engine::sendActivity()
{
    m_gate.acquire({}, [this](Result<QByteArray> token) {
        if (!token || !m_gate.takeActivity())
            return;
        HttpRequest r;
        r.verb = Verb::Post;
        r.path = u"/v1/session/activity"_s;
        r.accessToken = *token;
        r.headers.emplace_back("Naru-Activity"_ba, "user"_ba);
        r.headers.emplace_back("Idempotency-Key"_ba, makeId<SessionId>(m_clock, *m_config.rng).toString().toLatin1());
        const Millis sentAt = m_clock.steady();
        m_http.send(std::move(r), [this, sentAt](HttpAnswer a) {
            if (a.ok())
                m_gate.activityCarried(sentAt);
            else if (const auto how = AuthGate::endIn(a, m_clock.now()))
                m_gate.end(*how);
            else
                m_gate.noteActivity();
        });
    });
}

} // namespace naru::backend
