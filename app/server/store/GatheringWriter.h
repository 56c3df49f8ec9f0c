// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Database.h"
#include "server/store/SqliteConnection.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace naru::server {

// The Writer on SQLite: one thread, one connection. No artificial delay: while one commit runs, the next batch collects.
class GatheringWriter final : public Writer {
public:
    GatheringWriter(const StoreOptions& options, const Clock& clock, Rng& rng);
    ~GatheringWriter() override;

    // Opens and migrates on the writer thread; call once, before start().
    Result<Done> open();

    bool submit(Actor actor, WriteWork work, WriteDone done) override;
    void attach(BatchParticipant& participant) override;
    void wake() override;
    void onCommitted(std::function<void(std::int64_t)> listener) override;
    void start() override;
    void stop() override;
    bool healthy(QString* why) const override;

private:
    struct Job {
        Actor actor;
        WriteWork work;
        WriteDone done;
        std::exception_ptr error;
    };
    void run();
    bool takeBatch(std::vector<Job>& jobs); // false: stop, nothing left
    bool collectParticipants();
    void commitBatch(std::vector<Job>& jobs);
    void runJob(Job& job, Instant now);
    void runParticipant(BatchParticipant& participant, Instant now);
    void failAll(std::vector<Job>& jobs, std::exception_ptr why);
    void setHealth(const QString& trouble);

    const StoreOptions m_options;
    const Clock& m_clock;
    Rng& m_rng;
    std::unique_ptr<SqliteConnection> m_db; // writer thread only
    std::unique_ptr<Journal> m_journal; // writer thread only
    std::vector<BatchParticipant*> m_participants; // owned by the composition root, which stops the writer first
    std::vector<BatchParticipant*> m_collected; // writer thread only
    std::vector<std::function<void(std::int64_t)>> m_listeners;
    std::int64_t m_newest = 0; // writer thread only

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Job> m_queue;
    bool m_awake = false;
    bool m_started = false;
    bool m_stopping = false;
    std::optional<Result<Done>> m_opened;
    QString m_trouble;
    std::thread m_thread;
};

} // namespace naru::server
