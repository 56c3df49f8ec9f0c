// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Journal.h"
#include "server/store/Writer.h"

namespace naru::server {

// Group commit without a thread: everything that waits goes into one transaction on one connection, is committed, and then answered.
// A piece that fails is rolled back alone; a participant's batch that fails is halved. A transaction with one piece only has no
// savepoint around it: it is begun again with one if that piece fails. A transaction that another server was in the way of
// (StoreError Busy) is run again from the start. Used by the writer's thread, or step by step by a simulator.
class CommitBatch {
public:
    struct Job {
        Actor actor;
        WriteWork work; // may run more than once
        WriteDone done;
        std::exception_ptr error;
    };
    enum class Outcome { Nothing, Committed, Failed };

    // `limit`: how much a participant may bring. Participants belong to the composition root.
    CommitBatch(Connection& db, const Clock& clock, Rng& rng, const std::vector<BatchParticipant*>& participants, std::size_t limit);
    // Called before a batch is run again because another server was in the way: a moment's pause lets that one through.
    void onBusy(std::function<void(Millis pause)> wait) { m_wait = std::move(wait); }
    // Told before anybody is answered: why the batch failed, or nothing.
    void onOutcome(std::function<void(const QString& trouble)> told) { m_told = std::move(told); }

    void signAs(const QString& name) { m_name = name; } // in what other servers are told
    // On PostgreSQL the other servers hear of a commit with it; of those that follow within kWordEvery when that is over: with the next one
    // then, or by sendWord().
    static constexpr Millis kWordEvery{20};
    bool owesWord() const { return m_owesWord; }
    void sendWord(); // what is owed, between two batches; what does not get through they find by themselves within a second

    // Of PostgreSQL's advisory locks ("naruturn"; duties have a number after "naru"): whose turn it is, among servers that write at the same time.
    static constexpr std::int64_t kTurn = 0x6e6172757475726e;

    // Takes what the participants have and these jobs, and answers all of them. Nothing: there was nothing.
    Outcome run(std::vector<Job>& jobs);
    // Answers everything that waits with this error, without a connection.
    static void refuse(const std::vector<BatchParticipant*>& participants, std::size_t limit, std::vector<Job>& jobs, std::exception_ptr why);

    bool more() const { return m_more; } // a participant has something left, or got something back
    std::vector<OutboxEvent> takePublished() { return m_journal.takePublished(); } // by the transaction that was committed last

private:
    bool takeTurn();
    void giveUp(); // the transaction under way
    bool attempt(std::vector<Job>& jobs, std::exception_ptr* error); // false: to be run again, or *error says why not
    void transact(std::vector<Job>& jobs);
    template <class Work> void runAlone(Work work);
    void runJob(Job& job, Instant now);
    void runParticipant(BatchParticipant& participant, Instant now);
    template <class Work> std::exception_ptr runPiece(const char* savepoint, Work work);
    void answer(std::vector<Job>& jobs);
    static void failAll(const std::vector<BatchParticipant*>& participants, std::vector<Job>& jobs, const std::exception_ptr& why);

    Connection& m_db;
    const Clock& m_clock;
    Rng& m_rng;
    const std::vector<BatchParticipant*>& m_participants;
    const std::size_t m_limit;
    Journal m_journal;
    std::vector<BatchParticipant*> m_collected;
    bool m_more = false;
    bool m_answered = false;
    bool m_begun = false; // while the turn was waited for
    bool m_careful = false; // a savepoint also around a piece that is alone
    bool m_alone = false; // the transaction's only piece is without one
    QString m_name;
    Millis m_nextWord{0}; // steady
    bool m_owesWord = false;
    std::function<void(const QString&)> m_told;
    std::function<void(Millis)> m_wait;
};

} // namespace naru::server
