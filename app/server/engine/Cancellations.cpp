// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Cancellations.h"

#include "server/store/Failpoint.h"

namespace naru::server {

Cancellations::Cancellations(Writer& writer, std::size_t intakeLimit) : m_writer(writer), m_intakeLimit(intakeLimit)
{
    m_writer.attach(*this);
}

bool Cancellations::submit(CancelAsk ask)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_intake.size() >= m_intakeLimit)
            return false;
        m_intake.push_back(std::move(ask));
    }
    m_writer.wake();
    return true;
}

std::size_t Cancellations::collect(std::size_t limit)
{
    m_batch.clear();
    const std::lock_guard lock(m_mutex);
    while (!m_intake.empty() && m_batch.size() < limit) {
        m_batch.push_back(std::move(m_intake.front()));
        m_intake.pop_front();
    }
    return m_batch.size();
}

void Cancellations::decide(Txn& txn)
{
    m_outcomes.clear();
    m_outcomes = CancellationBatch(txn, m_batch, m_labels, m_policies).run();
}

void Cancellations::committed()
{
    NARU_FAILPOINT("cancel.before_answer");
    tell(std::move(m_outcomes));
}

void Cancellations::tell(std::vector<CancelOutcome> outcomes)
{
    m_outcomes.clear();
    answerAll(m_answering, std::exchange(m_batch, {}), std::move(outcomes), [](const CancelAsk& ask, CancelOutcome o) { ask.answer(std::move(o.response), o.error); });
}

bool Cancellations::split()
{
    if (m_batch.size() < 2)
        return false;
    const std::size_t keep = m_batch.size() / 2;
    const std::lock_guard lock(m_mutex);
    for (std::size_t i = m_batch.size(); i > keep; --i) {
        m_intake.push_front(std::move(m_batch[i - 1]));
        m_batch.pop_back();
    }
    return true;
}

// Nothing of it was written: whoever asked is told, and may ask again with the same key.
void Cancellations::failed(std::exception_ptr why)
{
    std::vector<CancelOutcome> outcomes(m_batch.size());
    for (CancelOutcome& o : outcomes)
        o.error = why;
    tell(std::move(outcomes));
}

} // namespace naru::server
