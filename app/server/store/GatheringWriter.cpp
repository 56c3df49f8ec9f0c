// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/GatheringWriter.h"

#include "server/store/Failpoint.h"

#include <algorithm>
#include <pthread.h>

namespace naru::server {

using namespace Qt::StringLiterals;

GatheringWriter::GatheringWriter(const StoreOptions& options, const Clock& clock, Rng& rng) : m_options(options), m_clock(clock), m_rng(rng) {}

GatheringWriter::~GatheringWriter() { stop(); }

Result<Done> GatheringWriter::open()
{
    m_thread = std::thread([this] { run(); });
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_opened.has_value(); });
    return *m_opened;
}

bool GatheringWriter::submit(Actor actor, WriteWork work, WriteDone done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_queue.size() >= static_cast<std::size_t>(m_options.intake))
            return false;
        m_queue.push_back({std::move(actor), std::move(work), std::move(done), nullptr});
    }
    m_changed.notify_all();
    return true;
}

void GatheringWriter::attach(BatchParticipant& participant) { m_participants.push_back(&participant); }

void GatheringWriter::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_awake = true;
    }
    m_changed.notify_all();
}

void GatheringWriter::onCommitted(std::function<void(std::int64_t)> listener) { m_listeners.push_back(std::move(listener)); }

void GatheringWriter::start()
{
    {
        const std::lock_guard lock(m_mutex);
        m_started = true;
    }
    m_changed.notify_all();
}

void GatheringWriter::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

bool GatheringWriter::healthy(QString* why) const
{
    const std::lock_guard lock(m_mutex);
    if (why)
        *why = m_trouble;
    return m_trouble.isEmpty();
}

void GatheringWriter::setHealth(const QString& trouble)
{
    const std::lock_guard lock(m_mutex);
    m_trouble = trouble;
}

void GatheringWriter::run()
{
    pthread_setname_np(pthread_self(), "writer");
    Result<Done> opened = Done{};
    auto db = SqliteConnection::open(m_options.path, SqliteConnection::Mode::Writer);
    if (db) {
        m_db = std::move(*db);
        try {
            migrate(*m_db);
            m_journal = std::make_unique<Journal>(*m_db);
        } catch (const StoreError& e) {
            Error error;
            error.kind = ErrorKind::Storage;
            error.code = u"database-unavailable"_s;
            error.detail = u"the database %1 cannot be brought up to date: %2"_s.arg(m_options.path, QString::fromUtf8(e.what()));
            opened = error;
        }
    } else {
        opened = db.error();
    }
    const bool usable = opened.has_value();
    {
        std::unique_lock lock(m_mutex);
        m_opened = std::move(opened);
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_started || m_stopping; });
    }
    std::vector<Job> jobs;
    while (usable && takeBatch(jobs)) {
        commitBatch(jobs);
        jobs.clear();
    }
    m_journal.reset();
    m_db.reset();
}

bool GatheringWriter::takeBatch(std::vector<Job>& jobs)
{
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_stopping || m_awake || !m_queue.empty(); });
            m_awake = false;
            while (!m_queue.empty() && jobs.size() < static_cast<std::size_t>(m_options.batch)) {
                jobs.push_back(std::move(m_queue.front()));
                m_queue.pop_front();
            }
        }
        const bool participants = collectParticipants();
        if (!jobs.empty() || participants)
            return true;
        const std::lock_guard lock(m_mutex);
        if (m_stopping && m_queue.empty())
            return false;
    }
}

bool GatheringWriter::collectParticipants()
{
    m_collected.clear();
    for (BatchParticipant* p : m_participants) {
        const std::size_t taken = p->collect(static_cast<std::size_t>(m_options.batch));
        if (taken > 0)
            m_collected.push_back(p);
        if (taken >= static_cast<std::size_t>(m_options.batch))
            wake(); // more may wait than one batch takes
    }
    return !m_collected.empty();
}

void GatheringWriter::commitBatch(std::vector<Job>& jobs)
{
    const Instant now = m_clock.now();
    NARU_FAILPOINT("batch.gathered");
    const auto answer = [&] {
        for (BatchParticipant* p : m_collected)
            p->committed();
        for (Job& job : jobs)
            job.done(job.error);
    };
    try {
        m_db->exec(u"BEGIN IMMEDIATE"_s);
        m_journal->begin();
        const std::vector<BatchParticipant*> collected = m_collected; // a participant whose last request failed leaves m_collected
        for (BatchParticipant* p : collected)
            runParticipant(*p, now);
        for (Job& job : jobs)
            runJob(job, now);
        m_journal->seal();
        NARU_FAILPOINT("batch.before_commit");
        if (NARU_MUTATED(1))
            answer();
        m_db->exec(u"COMMIT"_s);
        NARU_FAILPOINT("batch.after_commit");
    } catch (const StoreError& e) {
        try {
            m_db->exec(u"ROLLBACK"_s);
        } catch (const StoreError&) {
            // SQLite has already rolled back by itself (disk full, I/O error): there is no transaction left.
        }
        setHealth(QString::fromUtf8(e.what()));
        failAll(jobs, std::current_exception());
        return;
    }
    setHealth({});
    if (!NARU_MUTATED(1))
        answer();
    if (const std::int64_t newest = m_journal->newestOutbox(); newest > m_newest) {
        m_newest = newest;
        for (const auto& listener : m_listeners)
            listener(newest);
    }
}

void GatheringWriter::runJob(Job& job, Instant now)
{
    m_db->exec(u"SAVEPOINT piece"_s);
    const Journal::Mark mark = m_journal->mark();
    try {
        Txn txn(*m_journal, now, m_rng, job.actor);
        job.work(txn);
        m_journal->writePending();
        m_db->exec(u"RELEASE piece"_s);
    } catch (const StoreError& e) {
        // A refused row concerns this piece alone; a full or failing disk concerns everyone in the batch.
        if (e.kind != StoreError::Kind::Constraint && e.kind != StoreError::Kind::Other)
            throw;
        job.error = std::current_exception();
    } catch (...) {
        job.error = std::current_exception();
    }
    if (job.error) {
        m_journal->rollBack(mark);
        m_db->exec(u"ROLLBACK TO piece"_s);
        m_db->exec(u"RELEASE piece"_s);
    }
}

void GatheringWriter::runParticipant(BatchParticipant& participant, Instant now)
{
    Actor system;
    system.role = u"system"_s;
    system.requestId = Id128::make(toUnixMs(now), m_rng.next64(), m_rng.next64()).toString();
    for (;;) {
        m_db->exec(u"SAVEPOINT participant"_s);
        const Journal::Mark mark = m_journal->mark();
        std::exception_ptr error;
        try {
            Txn txn(*m_journal, now, m_rng, system);
            participant.decide(txn);
            m_journal->writePending();
        } catch (const StoreError& e) {
            if (e.kind != StoreError::Kind::Constraint && e.kind != StoreError::Kind::Other)
                throw;
            error = std::current_exception();
        } catch (...) {
            error = std::current_exception();
        }
        if (!error) {
            m_db->exec(u"RELEASE participant"_s);
            return;
        }
        m_journal->rollBack(mark);
        m_db->exec(u"ROLLBACK TO participant"_s);
        m_db->exec(u"RELEASE participant"_s);
        if (!participant.split()) {
            participant.failed(error);
            m_collected.erase(std::find(m_collected.begin(), m_collected.end(), &participant));
            return;
        }
        wake(); // the half that was put back waits for the next batch
    }
}

void GatheringWriter::failAll(std::vector<Job>& jobs, std::exception_ptr why)
{
    for (BatchParticipant* p : m_collected)
        p->failed(why);
    for (Job& job : jobs)
        job.done(why);
}

} // namespace naru::server
