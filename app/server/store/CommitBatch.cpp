// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/CommitBatch.h"

#include "server/store/Failpoint.h"
#include "server/store/Outbox.h"

#include <algorithm>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAttempts = 8; // of one batch while other servers are in the way

StoreError::Kind kindOf(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const StoreError& e) {
        return e.kind;
    } catch (...) {
        return StoreError::Kind::Other;
    }
}

// Not the disk, the connection, or another server.
bool isOfOnePiece(const std::exception_ptr& error)
{
    const StoreError::Kind kind = kindOf(error);
    return kind == StoreError::Kind::Constraint || kind == StoreError::Kind::Other;
}

QString textOf(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& e) {
        return QString::fromUtf8(e.what());
    } catch (...) {
        return u"unknown"_s;
    }
}

} // namespace

CommitBatch::CommitBatch(Connection& db, const Clock& clock, Rng& rng, const std::vector<BatchParticipant*>& participants, std::size_t limit)
    : m_db(db), m_clock(clock), m_rng(rng), m_participants(participants), m_limit(limit), m_journal(db)
{
}

CommitBatch::Outcome CommitBatch::run(std::vector<Job>& jobs)
{
    m_more = false;
    m_collected.clear();
    m_begun = jobs.empty() && m_journal.othersWrote() && !failpointOn("batch.no_turns") && takeTurn();
    for (BatchParticipant* p : m_participants) {
        const std::size_t taken = p->collect(m_limit);
        if (taken > 0)
            m_collected.push_back(p);
        m_more = m_more || taken >= m_limit;
    }
    if (jobs.empty() && m_collected.empty()) {
        if (m_begun)
            giveUp();
        return Outcome::Nothing;
    }
    NARU_FAILPOINT("batch.gathered");
    std::exception_ptr error;
    m_careful = false;
    for (int i = 0; i < kAttempts; ++i) {
        if (attempt(jobs, &error)) {
            if (m_told)
                m_told({});
            answer(jobs);
            return Outcome::Committed;
        }
        if (!error)
            continue; // begun again, and nobody was in the way
        if (m_alone && !m_careful && isOfOnePiece(error)) { // found while committing
            m_careful = true;
            continue;
        }
        if (kindOf(error) != StoreError::Kind::Busy)
            break;
        if (m_wait && i + 1 < kAttempts)
            m_wait(Millis{static_cast<std::int64_t>(2 + m_rng.next64() % (10u << std::min(i, 3)))});
    }
    if (!error)
        error = std::make_exception_ptr(StoreError(StoreError::Kind::Busy, "the transaction was begun again and again"));
    if (m_told)
        m_told(textOf(error));
    failAll(m_collected, jobs, error);
    return Outcome::Failed;
}

// Servers that write at the same time wait for each other at the rows of hot items, and at the latest at the last numbers. Whoever has begun
// waits with what it has, and what comes meanwhile waits for its next batch: small batches, each with the whole cost of one. So a server
// waits first and collects then. Not with a job: nobody knows how long one takes before it comes to the last numbers, and the others would
// wait from its beginning on.
bool CommitBatch::takeTurn()
{
    try {
        m_db.begin(Connection::Access::Write);
        m_db.query(u"SELECT CAST(pg_advisory_xact_lock(?) AS TEXT)"_s, {kTurn});
        return true;
    } catch (const StoreError&) {
        giveUp(); // somebody is very slow, or the connection is gone: the batch finds out by itself
        return false;
    }
}

void CommitBatch::giveUp()
{
    try {
        m_db.rollback();
    } catch (const StoreError&) {
        // SQLite has already rolled back by itself (disk full, I/O error), or the connection is gone: there is no transaction left.
    }
}

bool CommitBatch::attempt(std::vector<Job>& jobs, std::exception_ptr* error)
{
    m_answered = false;
    *error = nullptr;
    try {
        transact(jobs);
        return true;
    } catch (const BeginAgain&) {
        // whoever threw it knows why
    } catch (const StoreError&) {
        *error = std::current_exception();
    }
    giveUp();
    return false;
}

void CommitBatch::transact(std::vector<Job>& jobs)
{
    const Instant now = m_clock.now();
    if (!std::exchange(m_begun, false))
        m_db.begin(Connection::Access::Write);
    m_journal.begin();
    NARU_FAILPOINT("batch.begun");
    m_alone = !m_careful && m_collected.size() + jobs.size() == 1;
    const std::vector<BatchParticipant*> collected = m_collected; // a participant whose last request failed leaves m_collected
    for (BatchParticipant* p : collected)
        runParticipant(*p, now);
    for (Job& job : jobs)
        runJob(job, now);
    // A word with every commit costs the database a lock, and each server a wake-up, several hundred times a second.
    const Millis steady = m_clock.steady();
    const bool word = steady >= m_nextWord;
    const bool news = m_journal.seal(word ? std::optional(m_name) : std::nullopt);
    if (NARU_MUTATED(1))
        answer(jobs);
    NARU_FAILPOINT("batch.before_commit");
    if (!m_collected.empty())
        NARU_FAILPOINT("participants.before_commit");
    m_db.commit();
    if (news) {
        m_owesWord = !word && m_db.engine() == Engine::Postgres;
        if (word)
            m_nextWord = steady + kWordEvery;
    }
    if (!m_collected.empty())
        NARU_FAILPOINT("participants.after_commit");
}

void CommitBatch::sendWord()
{
    m_owesWord = false;
    try {
        m_db.query(u"SELECT pg_notify(?, CAST(outbox_seq AS TEXT) || ' ' || ?) FROM tail WHERE id = 1"_s, {kCommitChannel, m_name});
    } catch (const StoreError&) {
        // the connection is looked at before the next batch
    }
}

// Without a savepoint. Whatever it threw, but what concerns the whole batch, is looked at in a second run, with one.
template <class Work> void CommitBatch::runAlone(Work work)
{
    try {
        work();
        return;
    } catch (const BeginAgain&) {
        throw;
    } catch (const StoreError& e) {
        if (e.kind != StoreError::Kind::Constraint && e.kind != StoreError::Kind::Other)
            throw;
    } catch (...) {
        // whose it is, and what becomes of it, the second run says
    }
    m_careful = true;
    throw BeginAgain();
}

// In a savepoint of its own; what it threw, or null. What concerns the whole batch (a full disk, a lost connection, another server in the
// way) goes on up.
template <class Work> std::exception_ptr CommitBatch::runPiece(const char* savepoint, Work work)
{
    std::exception_ptr error;
    m_db.savepoint(savepoint);
    const Journal::Mark mark = m_journal.mark();
    try {
        work();
        m_journal.writePending();
        m_db.release(savepoint);
        return nullptr;
    } catch (const BeginAgain&) {
        throw;
    } catch (const StoreError& e) {
        if (e.kind != StoreError::Kind::Constraint && e.kind != StoreError::Kind::Other)
            throw;
        error = std::current_exception();
    } catch (...) {
        error = std::current_exception();
    }
    m_journal.rollBack(mark);
    m_db.rollbackTo(savepoint);
    return error;
}

void CommitBatch::runJob(Job& job, Instant now)
{
    const auto work = [&] {
        Txn txn(m_journal, now, m_rng, job.actor);
        job.work(txn);
    };
    job.error = nullptr;
    if (m_alone)
        return runAlone(work);
    job.error = runPiece("piece", work);
    // The row in the way may be another server's answer to the very same request: looked at again, it is found.
    if (job.error && m_db.engine() == Engine::Postgres && kindOf(job.error) == StoreError::Kind::Constraint)
        job.error = runPiece("piece", work);
}

void CommitBatch::runParticipant(BatchParticipant& participant, Instant now)
{
    Actor system;
    system.role = u"system"_s;
    system.requestId = Id128::make(toUnixMs(now), m_rng.next64(), m_rng.next64()).toString();
    const auto decide = [&] {
        Txn txn(m_journal, now, m_rng, system);
        participant.decide(txn);
    };
    if (m_alone)
        return runAlone(decide);
    bool lookedAgain = m_db.engine() != Engine::Postgres;
    for (;;) {
        const std::exception_ptr error = runPiece("participant", decide);
        if (!error)
            return;
        if (!lookedAgain && kindOf(error) == StoreError::Kind::Constraint) { // as for a job
            lookedAgain = true;
            continue;
        }
        if (!participant.split()) {
            participant.failed(error);
            m_collected.erase(std::find(m_collected.begin(), m_collected.end(), &participant));
            return;
        }
        m_more = true; // the half that was put back waits for the next batch
    }
}

void CommitBatch::answer(std::vector<Job>& jobs)
{
    if (std::exchange(m_answered, true))
        return;
    for (BatchParticipant* p : m_collected)
        p->committed();
    for (Job& job : jobs)
        job.done(job.error);
}

void CommitBatch::refuse(const std::vector<BatchParticipant*>& participants, std::size_t limit, std::vector<Job>& jobs, std::exception_ptr why)
{
    std::vector<BatchParticipant*> collected;
    for (BatchParticipant* p : participants)
        if (p->collect(limit) > 0)
            collected.push_back(p);
    failAll(collected, jobs, why);
}

void CommitBatch::failAll(const std::vector<BatchParticipant*>& participants, std::vector<Job>& jobs, const std::exception_ptr& why)
{
    for (BatchParticipant* p : participants)
        p->failed(why);
    for (Job& job : jobs)
        job.done(why);
}

} // namespace naru::server
