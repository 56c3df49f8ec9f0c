// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/AnswerThread.h"
#include "server/engine/CancellationBatch.h"
#include "server/store/Writer.h"

#include <deque>
#include <mutex>

namespace naru::server {

// Cancelling is as asynchronous as booking: requests wait in a bounded intake, everything waiting is decided in the writer's next
// transaction, and answers go out after its commit. The constructor attaches it to the writer, so it is built before
// Writer::start() and outlives the writer's thread. Owned by the composition root.
class Cancellations final : public BatchParticipant {
public:
    Cancellations(Writer& writer, std::size_t intakeLimit);

    // Any thread. False: the intake is full, nothing was promised (503 queue_full).
    bool submit(CancelAsk ask);
    void answerOn(AnswerThread& thread) { m_answering = &thread; } // before the writer starts; otherwise its thread answers

    std::size_t collect(std::size_t limit) override;
    void decide(Txn& txn) override;
    void committed() override;
    void failed(std::exception_ptr why) override;
    bool split() override;

private:
    void tell(std::vector<CancelOutcome> outcomes); // m_batch

    Writer& m_writer;
    AnswerThread* m_answering = nullptr;
    const std::size_t m_intakeLimit;
    std::mutex m_mutex;
    std::deque<CancelAsk> m_intake;

    // Writer thread only.
    std::vector<CancelAsk> m_batch;
    std::vector<CancelOutcome> m_outcomes;
    LabelCache m_labels;
    PolicyCache m_policies;
};

} // namespace naru::server
