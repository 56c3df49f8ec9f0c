// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/Engine.h"

#include <QLoggingCategory>
#include <QTimer>

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcEngine, "naru.backend.engine", QtInfoMsg)
constexpr QLatin1StringView kStepUp("/v1/session/step-up");

constexpr char kSessionRestricted[] = "session.restricted";
constexpr char kSessionRestored[] = "session.restored";
constexpr char kDeviceChanged[] = "device.changed";

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

Engine::Engine(const EngineConfig& config, DeviceKey& key, DraftDesk& drafts, Channel<Command>& in, Channel<OutMessage>& out, std::function<void()> wakeUi)
    : m_config(config), m_key(key), m_drafts(drafts), m_limits(m_config.limits), m_clock(*m_config.clock), m_in(in), m_out(out), m_wakeUi(std::move(wakeUi)),
      m_proofs(m_clock, *m_config.rng), m_http(m_config.network, originOf(m_config), m_limits, m_clock, m_proofs), m_gate(m_http, m_limits, m_clock),
      m_keep(m_config.keep ? m_config.keep(m_config.server.toString()) : nullptr), m_cache(m_clock, m_config.cacheFolder),
      m_link(m_limits, m_clock, [this](const ConnectionStatus& s) { pushSnapshot("connection", s); }),
      m_stream(m_config.network, originOf(m_config), m_limits, m_clock, *m_config.rng, m_proofs,
          [this](const QByteArray& stale, EventStream::Grant grant) { m_gate.acquire(stale, std::move(grant)); }),
      m_signIn(m_http, m_gate, *m_config.rng, m_config.deviceName),
      m_watch(m_http, m_gate, m_limits, m_clock, *m_config.rng, m_config.posture), m_notMe(m_http, m_limits, m_clock, *m_config.rng),
      m_handover(m_http, m_gate, m_drafts, m_limits, m_clock, *m_config.rng),
      m_jobs(m_http, m_gate, m_limits, m_clock, *m_config.rng,
          [this](CallId id, std::any result) {
              push(Answer{id, std::move(result)});
              if (m_stopping && m_jobs.isEmpty())
                  stopWhenKept();
          },
          [this](const Request& request, const protocol::json::value& body) {
              m_readSinceStart = true;
              if (request.path == kStepUp)
                  m_watch.ask(); // it lifts restrictions, too
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

    m_proofs.useKey(m_key.key());
    listen();
    pushSnapshot("key", m_key.state());
}

void Engine::listen()
{
    connect(this, &Engine::drained, this, &Engine::drain, Qt::QueuedConnection);
    connect(&m_key, &DeviceKey::changed, this, &Engine::keyChanged);
    connect(&m_http, &HttpClient::answered, this, [this](Millis took) { m_link.requestAnswered(took); });
    connect(&m_http, &HttpClient::failed, this, [this](const Error& e) { m_link.requestFailed(e); });
    connect(&m_http, &HttpClient::noted, this, [this](const HttpAnswer& a) { m_link.noted(a.authAgeMs, a.serverTime); });
    connect(&m_gate, &AuthGate::refreshed, this, &Engine::keepToken);
    connect(&m_gate, &AuthGate::figuresChanged, this, &Engine::pushSession);
    connect(&m_gate, &AuthGate::ended, this, &Engine::sessionEnded);
    connect(&m_watch, &SessionWatch::read, this, &Engine::sessionRead);
    connect(&m_stream, &EventStream::connecting, this, [this] { m_link.streamConnecting(); });
    connect(&m_stream, &EventStream::opened, this, &Engine::streamOpened);
    connect(&m_stream, &EventStream::lost, this, [this](const Error& e, int retry) {
        m_streamLost = true;
        m_link.streamLost(e, retry);
    });
    connect(&m_stream, &EventStream::noted, this, [this](const HttpAnswer& a) { m_link.noted(a.authAgeMs, a.serverTime); });
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
        m_begin = nullptr;
        m_firstStream->stop();
        m_signIn.cancel();
        if (m_state == SessionState::Active)
            closeSession(m_before == SessionState::Active ? SessionState::SignedOut : m_before); // it was in, waiting for its event stream
        else
            signInFailed(0, {});
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
    m_begin = nullptr;
    m_watch.end();
    if (m_signIn.isRunning())
        m_signIn.cancel();
    if (m_signInCall)
        answer<SessionInfo>(std::exchange(m_signInCall, 0), why);
    m_jobs.endAll(why);
    m_gate.clear(why);
    m_cache.close();
    m_drafts.signedOut();
    m_state = SessionState::SignedOut;
    m_info.reset();
    m_ended.reset();
    pushSession();
    m_moving = true;
    Q_EMIT moved(use.server, m_language);
}

// The event stream.

void Engine::streamOpened(bool resumed)
{
    m_link.streamOpened();
    const bool first = !std::exchange(m_streamEverOpen, true);
    const bool missed = m_jobs.takeReadGivenUp(); // while the server was away
    if (missed || (!resumed && (!first || m_readSinceStart)))
        pushSnapshot("refresh", RefreshWanted{});
    if (std::exchange(m_streamLost, false) && !first)
        m_watch.ask();
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
    if (event.topic == kSessionRestricted || event.topic == kSessionRestored) {
        m_watch.ask();
        return;
    }
    if (event.topic == kDeviceChanged) {
        pushSnapshot("devices", DevicesChanged{});
        m_watch.ask(); // how far this one is trusted may have changed
        return;
    }
    if (event.topic == protocol::topic::kHandover) {
        m_handover.fetch();
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
    m_watch.tick();
    m_handover.tick();
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
    m_begin = nullptr;
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
