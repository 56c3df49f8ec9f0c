// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/Engine.h"

#include <QLoggingCategory>
#include <QTimer>

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcEngine, "naru.backend.engine", QtInfoMsg)
constexpr QLatin1StringView kSessionNote("session"); // the SessionInfo of the last time, for a start without a server

Error fault(ErrorKind kind, const QString& code, const QString& detail)
{
    Error e;
    e.kind = kind;
    e.code = code;
    e.detail = detail;
    return e;
}

Origin originOf(const EngineConfig& c) { return {c.server, c.caFile, "naru/"_ba + QByteArray(NARU_VERSION)}; }

} // namespace

Engine::Engine(const EngineConfig& config, Channel<Command>& in, Channel<OutMessage>& out, std::function<void()> wakeUi)
    : m_config(config), m_limits(m_config.limits), m_clock(*m_config.clock), m_in(in), m_out(out), m_wakeUi(std::move(wakeUi)),
      m_http(m_config.network, originOf(m_config), m_limits, m_clock), m_gate(m_http, m_limits, m_clock),
      m_keep(m_config.keep ? m_config.keep(m_config.server.toString()) : nullptr), m_cache(m_clock, m_config.cacheFolder),
      m_link(m_limits, m_clock, [this](const ConnectionStatus& s) { pushSnapshot("connection", s); }),
      m_stream(m_config.network, originOf(m_config), m_limits, m_clock, *m_config.rng,
          [this](const QByteArray& stale, EventStream::Grant grant) { m_gate.acquire(stale, std::move(grant)); }),
      m_signIn(m_http, m_gate, *m_config.rng, m_config.deviceName),
      m_jobs(m_http, m_gate, m_limits, m_clock, *m_config.rng,
          [this](CallId id, std::any result) {
              push(Answer{id, std::move(result)});
              if (m_stopping && m_jobs.isEmpty())
                  stopWhenKept();
          },
          [this](const Request& request, const protocol::json::value& body) {
              m_readSinceStart = true;
              m_cache.store(request.key(), request.cache, body);
          }),
      m_flush(new QTimer(this)), m_tick(new QTimer(this)), m_firstStream(new QTimer(this)), m_stopLimit(new QTimer(this)),
      m_language(m_config.language)
{
    m_jobs.setLanguage(m_language.toLatin1());
    for (QTimer* once : {m_flush, m_firstStream, m_stopLimit})
        once->setSingleShot(true);
    m_flush->setInterval(m_limits.flush);
    connect(m_flush, &QTimer::timeout, this, &Engine::flush);
    m_tick->setInterval(m_limits.tick);
    connect(m_tick, &QTimer::timeout, this, &Engine::tick);
    m_tick->start();
    m_firstStream->setInterval(m_limits.firstStream);
    connect(m_firstStream, &QTimer::timeout, this, &Engine::answerSignIn);
    m_stopLimit->setInterval(m_limits.stopWrites);
    connect(m_stopLimit, &QTimer::timeout, this, [this] {
        qCInfo(lcEngine) << "stopping with writes unfinished";
        stopNow();
    });

    connect(this, &Engine::drained, this, &Engine::drain, Qt::QueuedConnection);
    connect(&m_http, &HttpClient::answered, this, [this](Millis took) { m_link.requestAnswered(took); });
    connect(&m_http, &HttpClient::failed, this, [this](const Error& e) { m_link.requestFailed(e); });
    connect(&m_gate, &AuthGate::refreshed, this, &Engine::keepToken);
    connect(&m_gate, &AuthGate::figuresChanged, this, &Engine::pushSession);
    connect(&m_gate, &AuthGate::ended, this, &Engine::sessionEnded);
    connect(&m_stream, &EventStream::connecting, this, [this] { m_link.streamConnecting(); });
    connect(&m_stream, &EventStream::opened, this, &Engine::streamOpened);
    connect(&m_stream, &EventStream::lost, this, [this](const Error& e, int retry) { m_link.streamLost(e, retry); });
    connect(&m_stream, &EventStream::refused, this, &Engine::streamRefused);
    connect(&m_stream, &EventStream::arrived, this, &Engine::streamEvent);
}

Engine::~Engine() { m_cache.close(); }

void Engine::drain()
{
    NARU_ASSERT_BACKEND();
    for (int n = 0; n < m_limits.engineTurn; ++n) {
        if (m_moving)
            return; // the rest is for the next engine
        auto command = m_in.pop();
        if (!command) {
            if (m_in.isClosed())
                beginStop();
            return;
        }
        std::visit([this](auto&& c) { handle(std::forward<decltype(c)>(c)); }, std::move(*command));
    }
    Q_EMIT drained();
}

void Engine::push(OutMessage message)
{
    if (m_out.pushAlways(std::move(message)) == Pushed::Woke)
        m_wakeUi();
}

void Engine::pushSnapshot(const char* key, OutMessage message)
{
    if (m_out.pushSnapshot(key, std::move(message)) == Pushed::Woke)
        m_wakeUi();
}

void Engine::pushSession() { pushSnapshot("session", SessionSnapshot{m_state, m_info, m_ended, m_gate.idleUntil(), m_gate.absUntil()}); }

// Requests.

void Engine::handle(RequestCall call)
{
    if (call.cancelled->load())
        return;
    if (const auto kept = m_cache.load(call.request.key(), call.request.cache)) {
        std::any value = call.request.codec.decode(kept->body);
        push(CachedAnswer{call.id, std::move(value), kept->asOf});
    }
    m_jobs.start(std::move(call));
}

void Engine::handle(const CancelCall& call)
{
    if (call.id != 0 && call.id == m_signInCall) {
        m_signInCall = 0;
        m_firstStream->stop();
        m_signIn.cancel();
        closeSession(m_before);
        return;
    }
    m_jobs.cancel(call.id);
}

void Engine::handle(const UserActivity&)
{
    m_gate.noteActivity();
    if (m_gate.activityOverdue())
        sendActivity();
}

void Engine::handle(const ReconnectNow&) { m_stream.reconnectNow(); }

void Engine::handle(const UseLanguage& use)
{
    m_language = use.language;
    m_jobs.setLanguage(m_language.toLatin1());
}

void Engine::handle(const UseServer& use)
{
    m_stream.stop();
    m_tick->stop();
    flush();
    const Error why = fault(ErrorKind::Offline, u"server-changed"_s, u"another server is used from now on"_s);
    if (m_signIn.isRunning())
        m_signIn.cancel();
    if (m_signInCall)
        answer<SessionInfo>(std::exchange(m_signInCall, 0), why);
    m_jobs.endAll(why);
    m_gate.clear(why);
    m_cache.close();
    m_state = SessionState::SignedOut;
    m_info.reset();
    m_ended.reset();
    pushSession();
    m_moving = true;
    Q_EMIT moved(use.server, m_language);
}

// The session.

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
    if (call.cancelled->load() || busySigningIn(call.id))
        return;
    m_before = m_state;
    m_state = SessionState::SigningIn;
    m_signInCall = call.id;
    pushSession();
    const CallId id = call.id;
    m_signIn.signIn(call.input, [this, id](Result<SessionInfo> r) { r ? signedIn(id, *r) : signInFailed(id, r.error()); });
}

void Engine::handle(ResumeCall call)
{
    if (call.cancelled->load() || busySigningIn(call.id))
        return;
    if (!m_keep) {
        answer<SessionInfo>(call.id, fault(ErrorKind::NotFound, u"nothing-kept"_s, u"this computer keeps no session"_s));
        return;
    }
    m_before = m_state;
    m_state = SessionState::SigningIn;
    m_signInCall = call.id;
    pushSession();
    const CallId id = call.id;
    const auto found = [this, id](const QString& userId) {
        m_cache.open(m_config.server.toString(), userId);
        const auto note = m_cache.note(kSessionNote);
        const auto json = note ? protocol::parseJson(protocol::utf8(*note)) : Result<protocol::json::value>(Error{});
        const auto info = json ? protocol::fromJson<SessionInfo>(*json, false) : Result<SessionInfo>(Error{});
        if (info && info->userId.toString() == userId)
            push(CachedAnswer{id, std::any(info), m_clock.now()});
    };
    m_signIn.resume(*m_keep, found, [this, id](Result<SessionInfo> r) {
        if (r) {
            signedIn(id, *r);
            return;
        }
        if (r.error().kind == ErrorKind::Unauthorized)
            m_keep->erase(); // the server will never take it again
        signInFailed(id, r.error());
    });
}

void Engine::signedIn(CallId id, const SessionInfo& info)
{
    m_info = info;
    m_ended.reset();
    m_state = SessionState::Active;
    m_cache.open(m_config.server.toString(), info.userId.toString());
    m_cache.setNote(kSessionNote, QString::fromStdString(protocol::json::serialize(protocol::toJson(info))));
    keepToken();
    m_readSinceStart = false;
    m_streamEverOpen = false;
    m_link.streamUsed(true);
    m_signInCall = id;
    m_firstStream->start();
    m_stream.start();
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
    m_cache.close();
    m_state = m_before;
    pushSession();
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
        r.bearer = *token;
        r.headers.emplace_back("Idempotency-Key"_ba, makeId<SessionId>(m_clock, *m_config.rng).toString().toLatin1());
        m_http.send(std::move(r), close);
    });
}

void Engine::handle(NotMeCall call)
{
    if (!call.cancelled->load())
        answer<Done>(call.id, fault(ErrorKind::NotFound, u"nothing-displaced"_s, u"no session of this device was displaced"_s));
}

void Engine::sessionEnded(const SessionEnded& how)
{
    if (m_state != SessionState::Active)
        return;
    qCInfo(lcEngine) << "the session has ended:" << protocol::wireText(how.reason);
    m_ended = how;
    if (m_signInCall) // it ended between the sign-in and its answer
        answer<SessionInfo>(std::exchange(m_signInCall, 0), fault(ErrorKind::Unauthorized, u"session-ended"_s, u"the session ended at once"_s));
    closeSession(SessionState::Ended);
}

void Engine::closeSession(SessionState state)
{
    flush(); // what was still on its way belongs to this session
    m_stream.stop();
    m_link.streamUsed(false);
    const Error why = fault(ErrorKind::Unauthorized, u"signed-out"_s, u"nobody is signed in"_s);
    m_jobs.endSession(why);
    m_gate.clear(why);
    m_cache.close();
    if (m_keep && (m_state == SessionState::Active || m_state == SessionState::Ended))
        m_keep->erase();
    m_state = state;
    pushSession();
}

void Engine::keepToken()
{
    if (m_state != SessionState::Active)
        return; // a sign-in under way: once it is complete
    if (m_keep && m_info)
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
        r.bearer = *token;
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

// The event stream.

void Engine::streamOpened(bool resumed)
{
    m_link.streamOpened();
    const bool first = !std::exchange(m_streamEverOpen, true);
    if (!resumed && (!first || m_readSinceStart))
        pushSnapshot("refresh", RefreshWanted{});
    answerSignIn();
}

void Engine::streamRefused(const HttpAnswer& answer)
{
    if (const auto how = AuthGate::endIn(answer, m_clock.now()))
        m_gate.end(*how);
}

void Engine::streamEvent(const SseEvent& event)
{
    if (event.topic == protocol::topic::kSessionEnded) {
        const auto json = protocol::parseJson({event.data.constData(), std::size_t(event.data.size())});
        const auto how = json ? protocol::fromJson<SessionEnded>(*json, false) : Result<SessionEnded>(Error{});
        SessionEnded unknown;
        unknown.reason = SessionEndReason::Revoked;
        unknown.at = m_clock.now();
        m_gate.end(how ? *how : unknown);
        return;
    }
    if (event.topic == protocol::topic::kReset) {
        pushSnapshot("refresh", RefreshWanted{});
        return;
    }
    if (const auto why = m_fold.add(event.topic, event.data))
        qCWarning(lcEngine).noquote() << "dropped an event" << event.topic << why->detail;
    if (!m_fold.isEmpty() && !m_flush->isActive())
        m_flush->start();
}

void Engine::flush()
{
    m_flush->stop();
    if (m_fold.isEmpty())
        return;
    std::vector<FoldedChange> changes = m_fold.take();
    std::vector<EntityRow> rows;
    for (FoldedChange& c : changes) {
        localize(c);
        if (c.row.kind != EntityKind::None)
            rows.push_back(std::move(c.row));
        if (m_out.pushSnapshot(std::move(c.key), std::move(c.value)) == Pushed::Woke)
            m_wakeUi();
    }
    m_cache.apply(rows);
}

// Events carry Korean titles. For another language the title that was read stays until the product is read again.
void Engine::localize(FoldedChange& change)
{
    auto* product = std::get_if<ProductSummary>(&change.value);
    if (!product || m_language.startsWith(u"ko"))
        return;
    const auto known = m_cache.entityNow(EntityKind::Product, change.row.id);
    const auto before = known ? protocol::fromJson<ProductSummary>(*known, false) : Result<ProductSummary>(Error{});
    if (!before)
        return;
    product->title = before->title;
    change.row.json = protocol::json::serialize(protocol::toJson(*product));
}

void Engine::tick()
{
    m_gate.tick();
    m_stream.look();
    m_link.look(m_http.oldestWait(), m_stream.silence());
    if (m_gate.activityOverdue())
        sendActivity();
}

// The end.

void Engine::beginStop()
{
    if (std::exchange(m_stopping, true))
        return;
    if (m_signIn.isRunning())
        m_signIn.cancel();
    m_stream.stop();
    m_tick->stop();
    flush();
    m_stopLimit->start();
    if (m_jobs.keepOnlyWrites())
        stopWhenKept();
}

// A token just rotated would be lost, and with it the next start's session.
void Engine::stopWhenKept()
{
    if (!m_keep) {
        stopNow();
        return;
    }
    m_keep->whenIdle([this] { stopNow(); });
}

void Engine::stopNow()
{
    m_stopLimit->stop();
    Q_EMIT stopped();
}

} // namespace naru::backend
