// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/engine/Messages.h"
#include "backend/thread/Channel.h"

#include <QThread>
#include <condition_variable>

namespace naru::backend {

struct EngineConfig;

// The second thread: one run(), with the engine and the desk of drafts on its stack; everything that works there is born and dies inside. The object
// itself lives on the UI thread, owned by ThreadedBackend.
class BackendThread : public QThread {
    Q_OBJECT
public:
    BackendThread(const EngineConfig& config, const QString& draftsFolder, Channel<Command>& in, Channel<DraftCommand>& drafts, Channel<OutMessage>& out);
    ~BackendThread() override;

    // Waits for the end of run() under a std::mutex, so what the thread wrote is seen. False: it is stuck.
    bool waitUntilDone(Millis limit);

Q_SIGNALS:
    void wakeEngine(); // emitted on the UI thread
    void wakeBackend(); // emitted in the backend and the drafts thread

protected:
    void run() override;

private:
    void work();
    const std::unique_ptr<const EngineConfig> m_config; // read only once the thread runs
    const QString m_draftsFolder; // empty: drafts live in memory
    Channel<Command>& m_in;
    Channel<DraftCommand>& m_drafts;
    Channel<OutMessage>& m_out;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    bool m_done = false;
};

} // namespace naru::backend
