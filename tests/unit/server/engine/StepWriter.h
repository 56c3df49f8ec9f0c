// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "server/store/Writer.h"

namespace naru::test {

using namespace naru::server;
using namespace Qt::StringLiterals;

// The writer's steps on the test's own thread: a batch is what waits when step() is called.
class StepWriter final : public Writer {
public:
    StepWriter(Connection& db, const Clock& clock, Rng& rng) : m_db(db), m_journal(db), m_clock(clock), m_rng(rng) {}
    bool submit(Actor actor, WriteWork work, WriteDone done) override
    {
        m_jobs.push_back({std::move(actor), std::move(work), std::move(done)});
        return true;
    }
    void attach(BatchParticipant& p) override { m_participant = &p; }
    void wake() override {}
    void onCommitted(std::function<void(std::int64_t)>) override {}
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
        const bool tickets = m_participant && m_participant->collect(batch) > 0;
        std::vector<Job> jobs;
        jobs.swap(m_jobs);
        if (!tickets && jobs.empty())
            return false;
        m_db.exec(u"BEGIN IMMEDIATE"_s);
        m_journal.begin();
        bool kept = tickets;
        while (kept) {
            m_db.exec(u"SAVEPOINT p"_s);
            const Journal::Mark mark = m_journal.mark();
            try {
                Actor system;
                system.role = u"system"_s;
                system.requestId = u"batch"_s;
                Txn txn(m_journal, m_clock.now(), m_rng, system);
                m_participant->decide(txn);
                m_journal.writePending();
                m_db.exec(u"RELEASE p"_s);
                break;
            } catch (...) {
                m_journal.rollBack(mark);
                m_db.exec(u"ROLLBACK TO p"_s);
                m_db.exec(u"RELEASE p"_s);
                if (!m_participant->split()) {
                    m_participant->failed(std::current_exception());
                    kept = false;
                }
            }
        }
        std::vector<std::exception_ptr> errors;
        for (Job& job : jobs) {
            m_db.exec(u"SAVEPOINT j"_s);
            const Journal::Mark mark = m_journal.mark();
            std::exception_ptr error;
            try {
                Txn txn(m_journal, m_clock.now(), m_rng, job.actor);
                job.work(txn);
                m_journal.writePending();
            } catch (...) {
                error = std::current_exception();
                m_journal.rollBack(mark);
                m_db.exec(u"ROLLBACK TO j"_s);
            }
            m_db.exec(u"RELEASE j"_s);
            errors.push_back(error);
        }
        m_journal.seal();
        m_db.exec(u"COMMIT"_s);
        if (kept)
            m_participant->committed();
        for (std::size_t i = 0; i < jobs.size(); ++i)
            jobs[i].done(errors[i]);
        return true;
    }

private:
    struct Job {
        Actor actor;
        WriteWork work;
        WriteDone done;
    };
    Connection& m_db;
    Journal m_journal;
    const Clock& m_clock;
    Rng& m_rng;
    BatchParticipant* m_participant = nullptr;
    std::vector<Job> m_jobs;
};

} // namespace naru::test
