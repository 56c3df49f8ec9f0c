// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/ReservationEngine.h"

#include "server/api/Http.h"
#include "server/domain/OrderHooks.h"
#include "server/engine/Duty.h"
#include "server/engine/Lifecycle.h"
#include "server/engine/Openings.h"
#include "server/engine/TicketBatch.h"
#include "server/store/Failpoint.h"

#include <QLoggingCategory>
#include <pthread.h>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSweepLimit = 32; // a longer backlog is worked off in several commits, so that no ticket waits behind it

Q_LOGGING_CATEGORY(lcEngine, "naru.server.engine")

QString textOf(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const ProblemError& e) {
        return e.problem.code + u": "_s + e.problem.detail;
    } catch (const std::exception& e) {
        return QString::fromUtf8(e.what());
    } catch (...) {
        return u"unknown"_s;
    }
}

// The disk or the database as a whole, not one request's fault.
bool concernsEveryone(const std::exception_ptr& why)
{
    try {
        std::rethrow_exception(why);
    } catch (const StoreError& e) {
        return e.kind != StoreError::Kind::Constraint && e.kind != StoreError::Kind::Other;
    } catch (...) {
        return false;
    }
}

Actor systemActor()
{
    Actor a;
    a.role = u"system"_s;
    a.requestId = u"sweeper"_s;
    return a;
}

} // namespace

ReservationEngine::ReservationEngine(Writer& writer, const Clock& clock, EngineOptions options)
    : m_writer(writer), m_clock(clock), m_options(options), m_meter(clock.steady())
{
    m_writer.attach(*this);
}

ReservationEngine::~ReservationEngine() { stopSweeper(); }

bool ReservationEngine::submit(TicketRequest request)
{
    const Millis now = m_clock.steady();
    request.enqueuedAt = m_clock.now();
    request.waitingSince = now;
    NARU_FAILPOINT("intake.accepted");
    bool full = false;
    {
        const std::lock_guard lock(m_intakeMutex);
        full = m_intake.size() >= m_options.intakeLimit && !NARU_MUTATED(19);
        if (!full)
            m_intake.push_back(std::move(request));
    }
    if (full) {
        NARU_FAILPOINT("intake.full");
        return false;
    }
    m_meter.arrived(now);
    m_writer.wake();
    return true;
}

QueueReading ReservationEngine::reading() const
{
    QueueReading r = m_meter.reading(m_clock.steady());
    const std::lock_guard lock(m_intakeMutex);
    r.depth = static_cast<int>(m_intake.size());
    return r;
}

std::size_t ReservationEngine::collect(std::size_t limit)
{
    m_batch.clear();
    m_waitedLimit = m_options.waitedPerBatch;
    m_failsAlone.reset();
    const std::size_t pending = m_pendingDue.exchange(false) ? 1 : 0;
    m_lookFirst = m_lookFirst || pending > 0;
    const std::lock_guard lock(m_intakeMutex);
    while (!m_intake.empty() && m_batch.size() < limit) {
        m_batch.push_back(std::move(m_intake.front()));
        m_intake.pop_front();
    }
    if (NARU_MUTATED(29))
        std::reverse(m_batch.begin(), m_batch.end());
    return m_batch.size() + pending;
}

void ReservationEngine::decide(Txn& txn)
{
    m_answers.clear();
    m_waited.clear();
    // Fairness over all nodes: who asks now comes after every ticket of the table whose time has come, also after one that
    // another node is deciding at this moment. The tickets of an opening see to that themselves: who asks for the same seats is
    // queued behind them, and everybody else need not wait for a draw.
    // Seldom is there one: it is asked for with everything else, and only if there is, or was just now, before.
    const bool look = m_waitedLimit > 0;
    const std::size_t due = look && m_lookFirst ? duePending(txn.db(), txn.now(), m_options.waitedPerBatch + 1) : 0;
    const TicketBatch::Table table = look && !m_lookFirst ? TicketBatch::Table::Unknown : TicketBatch::Table::LookedAt;
    m_lookFirst = due > 0;
    std::vector<PendingTicket> waited;
    if (due > 0)
        waited = takePending(txn, m_waitedLimit);
    for (PendingTicket& w : waited) {
        m_waited.push_back(w.ticket.id);
        w.failedAlone = m_failsAlone == w.ticket.id;
    }
    m_moreWaits = !waited.empty() && due > waited.size(); // of those that another node works on, that one knows
    m_postponed = due > waited.size() && duePendingAlone(txn.db(), txn.now(), waited);
    if (m_postponed && waited.empty())
        awaitPendingAlone(txn);
    static const std::vector<TicketRequest> nobody;
    TicketBatch batch(txn, m_postponed ? nobody : m_batch, std::move(waited), m_labels, m_options);
    if (!batch.read(table)) {
        m_lookFirst = true;
        throw BeginAgain();
    }
    m_answers = batch.run();
}

void ReservationEngine::committed()
{
    NARU_FAILPOINT("before_answer");
    if (m_postponed)
        putBack(0);
    if (m_moreWaits || m_postponed)
        wakePending();
    tell(std::move(m_answers));
}

void ReservationEngine::tell(std::vector<TicketAnswer> answers)
{
    const Millis now = m_clock.steady();
    std::vector<Millis> waits;
    waits.reserve(m_batch.size());
    for (const TicketRequest& r : m_batch)
        waits.push_back(now - r.waitingSince);
    m_meter.decided(now, waits);
    m_answers.clear();
    answerAll(m_answering, std::exchange(m_batch, {}), std::move(answers), [](const TicketRequest& r, TicketAnswer answer) { r.answer(std::move(answer)); });
}

void ReservationEngine::putBack(std::size_t from)
{
    const std::lock_guard lock(m_intakeMutex);
    while (m_batch.size() > from) {
        m_intake.push_front(std::move(m_batch.back()));
        m_batch.pop_back();
    }
}

// On the writer thread: also of what this transaction put off.
std::optional<Instant> ReservationEngine::oldestWaiting()
{
    std::optional<Instant> oldest;
    if (m_postponed && !m_batch.empty())
        oldest = m_batch.front().enqueuedAt;
    const std::lock_guard lock(m_intakeMutex);
    if (!m_intake.empty())
        oldest = std::min(oldest.value_or(m_intake.front().enqueuedAt), m_intake.front().enqueuedAt);
    return oldest;
}

void ReservationEngine::wakePending()
{
    m_pendingDue = true;
    m_writer.wake();
}

bool ReservationEngine::split()
{
    if (NARU_MUTATED(18))
        return false;
    if (m_waited.size() > 1) {
        m_waitedLimit = m_waited.size() / 2;
        return true;
    }
    if (m_waited.size() == 1) { // once more as failed; if even that cannot be written, without it
        if (m_failsAlone == m_waited.front())
            m_waitedLimit = 0;
        m_failsAlone = m_waited.front();
        return true;
    }
    if (m_batch.size() < 2)
        return false;
    putBack(m_batch.size() / 2);
    return true;
}

void ReservationEngine::failed(std::exception_ptr why)
{
    if (m_batch.size() == 1 && !m_batch.front().failedAlone && !concernsEveryone(why)) {
        // Its neighbours are safe by now. It goes into the books as failed, without touching any stock.
        m_batch.front().failedAlone = true;
        {
            const std::lock_guard lock(m_intakeMutex);
            m_intake.push_front(std::move(m_batch.front()));
        }
        m_batch.clear();
        m_writer.wake();
        return;
    }
    std::vector<TicketAnswer> answers(m_batch.size());
    for (TicketAnswer& a : answers)
        a.error = why;
    tell(std::move(answers));
}

void ReservationEngine::startSweeper()
{
    if (m_sweeper.joinable())
        return;
    m_sweepStop = false;
    m_sweeper = std::thread([this] { sweeperLoop(); });
}

void ReservationEngine::stopSweeper()
{
    {
        const std::lock_guard lock(m_sweepMutex);
        m_sweepStop = true;
    }
    m_sweepWake.notify_all();
    if (m_sweeper.joinable())
        m_sweeper.join();
}

void ReservationEngine::sweeperLoop()
{
    pthread_setname_np(pthread_self(), "sweeper");
    std::unique_lock lock(m_sweepMutex);
    while (!m_sweepStop) {
        lock.unlock();
        sweepNow();
        lock.lock();
        m_sweepWake.wait_for(lock, m_options.sweepEvery, [this] { return m_sweepStop; });
    }
}

void ReservationEngine::sweepNow(std::function<void()> done)
{
    // One sweep waits at a time: a slow disk must not fill the writer's intake with them.
    if (!done && m_sweepQueued.exchange(true))
        return;
    // Each duty is a piece of its own: a row that stops one of them does not stop the others.
    const auto sweep = std::make_shared<Sweep>(); // owners: the duties under way
    sweep->done = std::move(done);
    submitDuty(sweep, "holds", [](Txn& txn) { return expireDueHolds(txn, kSweepLimit); });
    submitDuty(sweep, "orders", [](Txn& txn) { return sweepOrders(txn, kSweepLimit); });
    submitDuty(sweep, "tickets", [this](Txn& txn) {
        const int moved = recoverTickets(txn, kSweepLimit);
        if (duePending(txn.db(), txn.now(), 1) > 0)
            wakePending();
        return moved;
    });
    submitDuty(sweep, "visits", [this](Txn& txn) { return m_closeOut.run(txn, kSweepLimit); });
    submitDuty(sweep, "waiting lists", [this](Txn& txn) { return m_waitlistSweep.run(txn, kSweepLimit); });
    submitDuty(sweep, "openings", [this](Txn& txn) {
        const bool more = workOpenings(txn, {oldestWaiting(), m_options.drawSettle});
        if (duePending(txn.db(), txn.now(), 1) > 0)
            wakePending();
        return more ? kSweepLimit : 0;
    });
    dutyEnded(*sweep);
}

void ReservationEngine::submitDuty(const std::shared_ptr<Sweep>& sweep, const char* name, std::function<int(Txn&)> duty)
{
    ++sweep->open;
    const auto moved = std::make_shared<int>(0); // owners: the work and its completion, on the writer thread one after the other
    const bool accepted = m_writer.submit(
        systemActor(), [duty = std::move(duty), name, moved](Txn& txn) { *moved = takeDuty(txn, name) ? duty(txn) : 0; },
        [this, sweep, name, moved](std::exception_ptr error) {
            if (!error)
                sweep->more = sweep->more || *moved >= kSweepLimit;
            else if (!concernsEveryone(error)) // the writer says itself what ails the store
                qCWarning(lcEngine, "the sweep of %s was stopped: %s", name, qPrintable(textOf(error)));
            dutyEnded(*sweep);
        });
    if (!accepted)
        dutyEnded(*sweep);
}

void ReservationEngine::dutyEnded(Sweep& sweep)
{
    if (--sweep.open > 0)
        return;
    m_sweepQueued = false;
    if (sweep.more)
        return sweepNow(std::move(sweep.done));
    if (sweep.done)
        sweep.done();
}

} // namespace naru::server
