// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"
#include "server/engine/AnswerThread.h"
#include "server/engine/CloseOut.h"
#include "server/engine/Labels.h"
#include "server/engine/Meter.h"
#include "server/engine/WaitlistSweep.h"
#include "server/store/Writer.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace naru::server {

struct TicketAnswer {
    std::optional<Ticket> ticket; // as committed
    bool replayed = false; // an earlier request with the same key made it
    std::exception_ptr error; // ProblemError, StoreError: nothing was promised
};

// A request for a place in the queue.
struct TicketRequest {
    Actor actor; // who asks; vendorId limits what may be asked for
    QString requestKey; // "<userId>:<Idempotency-Key>"
    QString requestHash; // of the body
    NewTicket body;
    std::function<void(TicketAnswer)> answer; // called once, on the writer's or the answering thread, after the commit; must not block or throw

    // Filled by the engine.
    Instant enqueuedAt{};
    Millis waitingSince{};
    bool failedAlone = false; // its decision threw although nobody shared the batch: written as failed
};

struct EngineOptions {
    std::size_t intakeLimit = 4096;
    std::size_t waitedPerBatch = 256; // tickets that waited in the table
    Millis holdTtl{600'000};
    Millis giveUpAfter{30'000};
    Millis sweepEvery{1'000};
    Millis drawSettle{0}; // a draw is made so long after its opening: what other nodes took in before is read by then
};

// Takes tickets into a bounded intake, decides everything waiting in the writer's next transaction and answers after its
// commit; tickets that wait in their table and whose time has come are decided before. Also owns the sweeper: a thread that asks the writer each second to expire what is due. The constructor attaches it to
// the writer, so it is built before Writer::start() and outlives the writer's thread. Owned by the composition root.
class ReservationEngine final : public BatchParticipant {
public:
    ReservationEngine(Writer& writer, const Clock& clock, EngineOptions options = {});
    ~ReservationEngine() override;

    // Any thread. False: the intake is full, nothing was promised (503 queue_full).
    bool submit(TicketRequest request);
    QueueReading reading() const; // any thread

    // Any thread: tickets of the table may be due (an opening draw, a requeued ticket); the sweeper looks each second anyway.
    void wakePending();

    void answerOn(AnswerThread& thread) { m_answering = &thread; } // before the writer starts; otherwise its thread answers

    void startSweeper();
    void stopSweeper();
    // Any thread: asks the writer to expire what is due now. `done` runs on the writer thread after its commit.
    void sweepNow(std::function<void()> done = {});

    std::size_t collect(std::size_t limit) override;
    void decide(Txn& txn) override;
    void committed() override;
    void failed(std::exception_ptr why) override;
    bool split() override;

private:
    // What one sweep has under way; counted on the sweeper's and the writer's thread.
    struct Sweep {
        std::atomic<int> open{1}; // the one who still submits
        std::atomic<bool> more{false}; // a duty reached its limit
        std::function<void()> done;
    };
    void submitDuty(const std::shared_ptr<Sweep>& sweep, const char* name, std::function<int(Txn&)> duty);
    void dutyEnded(Sweep& sweep);
    void sweeperLoop();
    void tell(std::vector<TicketAnswer> answers); // m_batch

    Writer& m_writer;
    AnswerThread* m_answering = nullptr;
    const Clock& m_clock;
    const EngineOptions m_options;
    Meter m_meter;

    mutable std::mutex m_intakeMutex;
    std::deque<TicketRequest> m_intake;

    std::optional<Instant> oldestWaiting(); // of the intake
    void putBack(std::size_t from); // m_batch from there on, to the front of the intake

    // Writer thread only.
    std::vector<TicketRequest> m_batch;
    std::vector<TicketAnswer> m_answers;
    std::vector<TicketId> m_waited; // tickets of the table in this batch
    std::size_t m_waitedLimit = 0;
    std::optional<TicketId> m_failsAlone; // a ticket of the table whose decision threw although nobody shared the batch
    bool m_lookFirst = true; // into the table, before anything else: there may be tickets whose time has come
    bool m_postponed = false; // who asks now waits behind tickets of the table
    bool m_moreWaits = false;
    LabelCache m_labels;
    CloseOut m_closeOut;
    WaitlistSweep m_waitlistSweep;

    std::atomic<bool> m_pendingDue{false}; // the table has tickets whose time has come

    std::mutex m_sweepMutex;
    std::condition_variable m_sweepWake;
    bool m_sweepStop = false;
    std::atomic<bool> m_sweepQueued{false};
    std::thread m_sweeper;
};

} // namespace naru::server
