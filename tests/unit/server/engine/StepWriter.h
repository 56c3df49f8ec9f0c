// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/CommitBatch.h"

namespace naru::test {

using namespace naru::server;
using namespace Qt::StringLiterals;

// The writer's steps on the test's own thread: a batch is what waits when step() is called.
class StepWriter final : public Writer {
public:
    StepWriter(Connection& db, const Clock& clock, Rng& rng) : m_db(db), m_clock(clock), m_rng(rng) {}
    bool submit(Actor actor, WriteWork work, WriteDone done) override
    {
        m_jobs.push_back({std::move(actor), std::move(work), std::move(done), nullptr});
        return true;
    }
    void attach(BatchParticipant& p) override { m_participants.assign(1, &p); } // an engine built anew takes the old one's place
    void wake() override {}
    void onCommitted(std::function<void(const Events&)>) override {}
    void start() override {}
    void stop() override {}
    bool healthy(QString*) const override { return true; }

    std::size_t batch = 256; // tickets of one transaction

    // Until nothing waits. Returns the number of transactions.
    int run()
    {
        int steps = 0;
        while (step())
            ++steps;
        return steps;
    }
    bool step()
    {
        if (!m_batch || m_limit != batch)
            m_batch = std::make_unique<CommitBatch>(m_db, m_clock, m_rng, m_participants, m_limit = batch);
        std::vector<CommitBatch::Job> jobs;
        jobs.swap(m_jobs);
        return m_batch->run(jobs) != CommitBatch::Outcome::Nothing;
    }

private:
    Connection& m_db;
    const Clock& m_clock;
    Rng& m_rng;
    std::vector<BatchParticipant*> m_participants;
    std::unique_ptr<CommitBatch> m_batch;
    std::size_t m_limit = 0;
    std::vector<CommitBatch::Job> m_jobs;
};

} // namespace naru::test
