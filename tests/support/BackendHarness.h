// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/thread/ThreadedBackend.h"
#include "protocol/OrderFields.h"
#include "protocol/ReservationFields.h"
#include "protocol/SessionFields.h"
#include "support/FakeClock.h"
#include "support/FakeNetwork.h"

#include <QTemporaryDir>
#include <QTest>

namespace naru::test {

// A place for the one secret, in memory, shared by the backends of one test.
class MemorySecret {
public:
    std::optional<QByteArray> value() const
    {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }
    void set(std::optional<QByteArray> value)
    {
        const std::lock_guard lock(m_mutex);
        m_value = std::move(value);
    }
    bool works = true; // set before the backend starts

private:
    mutable std::mutex m_mutex;
    std::optional<QByteArray> m_value;
};

class MemoryKeep final : public backend::TokenKeep {
public:
    explicit MemoryKeep(MemorySecret& secret) : m_secret(secret) {}
    void load(Loaded then) override
    {
        Error e;
        e.kind = m_secret.works ? ErrorKind::NotFound : ErrorKind::Keychain;
        e.code = m_secret.works ? QStringLiteral("nothing-kept") : QStringLiteral("keychain-7");
        if (const auto v = m_secret.works ? m_secret.value() : std::nullopt)
            then(*v);
        else
            then(e);
    }
    void store(const QByteArray& secret) override
    {
        if (m_secret.works)
            m_secret.set(secret);
    }
    void erase() override { m_secret.set(std::nullopt); }

private:
    MemorySecret& m_secret;
};

// A keychain in memory, shared by the backends of one test, that answers as the test says.
class MemoryChest {
public:
    std::optional<QByteArray> value() const
    {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }
    void set(std::optional<QByteArray> value)
    {
        const std::lock_guard lock(m_mutex);
        m_value = std::move(value);
    }
    std::atomic<backend::KeychainAnswer::Says> reads{backend::KeychainAnswer::Says::Ok}; // another word: said to every read
    std::atomic<backend::KeychainAnswer::Says> writes{backend::KeychainAnswer::Says::Ok};
    std::atomic<bool> silent{false}; // answers come when the test lets go of them
    std::atomic<bool> forgets{false}; // takes everything and keeps nothing

private:
    mutable std::mutex m_mutex;
    std::optional<QByteArray> m_value;
};

class MemoryEntry final : public QObject, public backend::KeychainEntry {
public:
    using Says = backend::KeychainAnswer::Says;
    explicit MemoryEntry(MemoryChest& chest) : m_chest(chest)
    {
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, [this] { answer(); });
    }
    void read(Then then) override
    {
        m_then = std::move(then);
        m_write.reset();
        m_timer.start();
    }
    void write(const QByteArray& secret, Then then) override
    {
        m_then = std::move(then);
        m_write = secret;
        m_timer.start();
    }

private:
    void answer()
    {
        if (m_chest.silent)
            return;
        m_timer.stop();
        backend::KeychainAnswer a;
        a.says = m_write ? m_chest.writes.load() : m_chest.reads.load();
        a.detail = QStringLiteral("made up");
        if (a.says == Says::Ok && m_write) {
            if (!m_chest.forgets)
                m_chest.set(m_write);
        } else if (a.says == Says::Ok) {
            a.data = m_chest.value().value_or(QByteArray());
            if (!m_chest.value())
                a.says = Says::NotFound;
        }
        const Then then = std::exchange(m_then, nullptr);
        then(a);
    }
    MemoryChest& m_chest;
    Then m_then;
    std::optional<QByteArray> m_write;
    QTimer m_timer;
};

template <class T> QByteArray jsonOf(const T& value) { return QByteArray::fromStdString(protocol::json::serialize(protocol::toJson(value))); }

// What a call came to. The context object and the counters live as long as the test wants.
template <class T> struct Outcome {
    QObject context;
    std::vector<Result<T>> done;
    std::vector<T> cached;

    backend::Reply<T> reply()
    {
        backend::Reply<T> r;
        r.context = &context;
        r.done = [this](Result<T> x) { done.push_back(std::move(x)); };
        r.cached = [this](T x, Instant) { cached.push_back(std::move(x)); };
        return r;
    }
    bool ok() const { return done.size() == 1 && done.front().has_value(); }
    QString code() const { return done.size() == 1 && !done.front() ? done.front().error().code : QString(); }
    ErrorKind kind() const { return done.size() == 1 && !done.front() ? done.front().error().kind : ErrorKind::Internal; }
};

// A backend on a scripted wire, with the routes of a sign-in in place. Test thread.
class BackendHarness {
public:
    BackendHarness()
    {
        config.server = QUrl(QStringLiteral("http://127.0.0.1:1"));
        config.keychain = false;
        config.deviceName = QStringLiteral("test");
        config.keyEntry = [this] { return std::make_unique<MemoryEntry>(chest); };
        config.dataDir = m_profile.path();
        config.posture = [] { return std::vector<PostureSignal>{}; };
        config.network = [this](QObject* parent) -> QNetworkAccessManager* { return new FakeNetworkAccessManager(wire, parent); };
        config.limits.retryBase = Millis{4};
        config.limits.reconnectMin = Millis{10};
        config.limits.reconnectMax = Millis{40};
        config.limits.flush = Millis{5};
        config.limits.tick = Millis{10};
        config.limits.firstStream = Millis{5'000};
        config.limits.stopWrites = Millis{200};
        info.userId = *UserId::parse(QStringView(u"01J0000000000000000000000A"));
        info.sid = *SessionId::parse(QStringView(u"01J0000000000000000000000B"));
        info.login = QStringLiteral("hanjiwoo");
        info.displayName = QStringLiteral("한지우");
        wire.on("POST /oauth/authorize-challenge", json("{\"authorization_code\":\"code-1\"}"));
        wire.on("POST /oauth/token", [this](const FakeRequest&) { return json(jsonOf(tokens(++issued))); });
        wire.on("GET /v1/session", [this](const FakeRequest&) { return json(jsonOf(info)); });
        wire.on("DELETE /v1/session", status(204));
        wire.on("POST /v1/session/activity", status(204));
        wire.on("POST /oauth/revoke", status(200));
        wire.on("GET /v1/server", json("{\"name\":\"naru\",\"version\":\"1\",\"demo\":false,\"demo_accounts\":[]}"));
        FakeAnswer stream;
        stream.type = "text/event-stream";
        stream.stream = true;
        wire.on("GET /v1/events", stream);
    }
    ~BackendHarness() { stop(); }

    static FakeAnswer json(QByteArray body)
    {
        FakeAnswer a;
        a.body = std::move(body);
        return a;
    }
    static FakeAnswer status(int code)
    {
        FakeAnswer a;
        a.status = code;
        return a;
    }
    protocol::TokenAnswer tokens(int n) const
    {
        protocol::TokenAnswer t;
        t.accessToken = QStringLiteral("access-%1").arg(n);
        t.refreshToken = QStringLiteral("refresh-%1").arg(n);
        t.tokenType = QStringLiteral("DPoP");
        t.expiresIn = expiresIn;
        t.sid = info.sid;
        t.idleExpiresIn = idleExpiresIn;
        t.absExpiresIn = 43200;
        return t;
    }

    void start()
    {
        backend = backend::makeBackend(config);
    }
    void stop() { backend.reset(); }
    // Signed in, with the event stream open.
    bool signIn()
    {
        if (!backend)
            start();
        Outcome<SessionInfo> o;
        backend->session().signIn(info.login, QStringLiteral("secret"), o.reply());
        return QTest::qWaitFor([&] { return !o.done.empty(); }, 5000) && o.ok();
    }

    // One turn through both threads: whatever was under way before has arrived.
    bool settle()
    {
        Outcome<ServerInfo> o;
        backend->session().serverInfo(o.reply());
        return QTest::qWaitFor([&] { return !o.done.empty(); }, 5000);
    }

    FakeWire wire;
    MemoryChest chest;
    SessionInfo info;
    std::atomic<int> issued{0};
    std::atomic<int> expiresIn{300};
    std::atomic<int> idleExpiresIn{1800};
    backend::BackendConfig config;
    std::unique_ptr<backend::Backend> backend;

private:
    QTemporaryDir m_profile;
};

} // namespace naru::test
