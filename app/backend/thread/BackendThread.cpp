// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/BackendThread.h"

#include "backend/engine/Engine.h"

namespace naru::backend {

BackendThread::BackendThread(const EngineConfig& config, const QString& draftsFolder, Channel<Command>& in, Channel<DraftCommand>& drafts, Channel<OutMessage>& out)
    : m_config(std::make_unique<const EngineConfig>(config)), m_draftsFolder(draftsFolder), m_in(in), m_drafts(drafts), m_out(out)
{
    setObjectName(QStringLiteral("naru-backend"));
}

BackendThread::~BackendThread() = default;

void BackendThread::run()
{
    work();
    const std::lock_guard lock(m_mutex);
    m_done = true;
    m_ended.notify_all();
}

void BackendThread::work()
{
    EngineConfig config = *m_config;
    DeviceKey key(config.keyEntry ? config.keyEntry() : nullptr, config.keyMarker, config.limits.keyUnlock, *config.clock);
    key.start();
    DraftDesk drafts(m_draftsFolder, m_drafts, config.limits.tick, [this](OutMessage message) {
        if (m_out.pushAlways(std::move(message)) == Pushed::Woke)
            Q_EMIT wakeBackend();
    });
    for (bool again = true; again;) {
        again = false;
        Engine engine(config, key, drafts, m_in, m_out, [this] { Q_EMIT wakeBackend(); });
        connect(this, &BackendThread::wakeEngine, &engine, &Engine::drain, Qt::QueuedConnection);
        connect(&engine, &Engine::stopped, &engine, [this] { quit(); });
        // The same thread for the next server: the keychain library serves only the first one that used it.
        connect(&engine, &Engine::moved, &engine, [&](const QUrl& server, const QString& language) {
            config.server = server;
            config.language = language;
            again = true;
            quit();
        });
        engine.drain();
        exec();
    }
}

bool BackendThread::waitUntilDone(Millis limit)
{
    std::unique_lock lock(m_mutex);
    if (!m_ended.wait_for(lock, limit, [this] { return m_done; }))
        return false;
    lock.unlock();
    return wait(static_cast<unsigned long>(limit.count())); // the last lines of QThread
}

} // namespace naru::backend
