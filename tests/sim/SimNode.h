// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/Cancellations.h"
#include "server/engine/ReservationEngine.h"
#include "server/store/CommitBatch.h"
#include "server/time/StoreTime.h"

namespace naru::sim {

// One server without threads: the real clock, engine and batches; a transaction runs when run() is called. Destroyed, it is a
// server that died: whoever waited never hears.
class SimNode final : public server::Writer {
public:
    // Its time begins as narud's does: by the database's clock, if there is one, else by its machine's; not before `newest`.
    SimNode(server::Connection& db, const Clock& machine, Rng& rng, const std::optional<server::ClockReading>& database, const std::optional<Instant>& newest)
        : clock(machine, [](const QString&) {}), m_batch(db, clock, rng, m_participants, 256), engine(*this, clock), cancellations(*this, 4096)
    {
        clock.begin(database, newest);
    }

    server::SteadyWallClock clock;

    server::CommitBatch::Outcome run()
    {
        std::vector<server::CommitBatch::Job> jobs;
        jobs.swap(m_jobs);
        m_awake = false;
        const server::CommitBatch::Outcome outcome = m_batch.run(jobs);
        m_awake = m_awake || m_batch.more();
        return outcome;
    }
    bool awake() const { return m_awake; } // the writer's thread would run again by itself

    bool submit(server::Actor actor, server::WriteWork work, server::WriteDone done) override
    {
        m_jobs.push_back({std::move(actor), std::move(work), std::move(done), nullptr});
        m_awake = true;
        return true;
    }
    void attach(server::BatchParticipant& participant) override { m_participants.push_back(&participant); }
    void wake() override { m_awake = true; }
    void onCommitted(std::function<void(const Events&)>) override {}
    void start() override {}
    void stop() override {}
    bool healthy(QString*) const override { return true; }

private:
    std::vector<server::BatchParticipant*> m_participants;
    std::vector<server::CommitBatch::Job> m_jobs;
    server::CommitBatch m_batch;
    bool m_awake = false;

public:
    server::ReservationEngine engine;
    server::Cancellations cancellations;
};

} // namespace naru::sim
