// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/CommitBatch.h"
#include "server/store/Database.h"
#include "server/store/StoreUrl.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace naru::server {

// The Writer: one thread and one connection around CommitBatch. No artificial delay: while one commit runs, the next batch collects.
// A connection that is lost is opened again, ever more patiently; until then everything is answered with StoreError Io.
class GatheringWriter final : public Writer {
public:
    GatheringWriter(const StoreOptions& options, StoreOpener open, const Clock& clock, Rng& rng);
    ~GatheringWriter() override;

    // Opens and migrates on the writer thread; call once, before start().
    Result<Done> open();

    bool submit(Actor actor, WriteWork work, WriteDone done) override;
    void attach(BatchParticipant& participant) override;
    void wake() override;
    void onCommitted(std::function<void(const Events&)> listener) override;
    void start() override;
    void stop() override;
    bool healthy(QString* why) const override;

private:
    using Job = CommitBatch::Job;
    void run();
    Result<Done> openFirst();
    void waitForWork(std::vector<Job>& jobs);
    bool commit(std::vector<Job>& jobs); // false: there was nothing to do
    bool connected();
    void setHealth(const QString& trouble);

    const StoreOptions m_options;
    const StoreOpener m_open;
    const Clock& m_clock;
    Rng& m_rng;
    std::unique_ptr<Connection> m_db; // writer thread only, as the next three
    std::unique_ptr<CommitBatch> m_batch; // null: not connected
    Millis m_patience{0};
    Millis m_nextTry{0};
    std::vector<BatchParticipant*> m_participants; // owned by the composition root, which stops the writer first
    std::vector<std::function<void(const Events&)>> m_listeners;

    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::deque<Job> m_queue;
    std::optional<Result<Done>> m_opened;
    bool m_awake = false;
    bool m_started = false;
    bool m_stopping = false;
    QString m_trouble;
    std::thread m_thread;
};

} // namespace naru::server
