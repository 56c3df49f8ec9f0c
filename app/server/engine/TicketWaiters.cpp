// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/TicketWaiters.h"

#include <pthread.h>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kLookAnyway{250}; // another node may have decided

} // namespace

TicketWaiters::TicketWaiters(ReadPool& reads, const Clock& clock, std::size_t limit) : m_reads(reads), m_clock(clock), m_limit(limit) {}

TicketWaiters::~TicketWaiters() { stop(); }

void TicketWaiters::start()
{
    m_thread = std::thread([this] { run(); });
}

void TicketWaiters::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    for (const auto& wake : takeOverdue(Millis::max()))
        wake();
}

bool TicketWaiters::wait(const TicketId& ticket, Millis atMost, std::function<void()> wake)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_waiters.size() >= m_limit)
            return false;
        m_waiters.emplace(ticket, Waiter{m_clock.steady() + atMost, std::move(wake)});
        m_dirty = true; // it may have been decided meanwhile
    }
    m_changed.notify_all();
    return true;
}

void TicketWaiters::committed()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiters.empty())
            return;
        m_dirty = true;
    }
    m_changed.notify_all();
}

std::vector<std::function<void()>> TicketWaiters::takeOverdue(Millis now)
{
    std::vector<std::function<void()>> over;
    const std::lock_guard lock(m_mutex);
    for (auto it = m_waiters.begin(); it != m_waiters.end();) {
        if (it->second.deadline > now) {
            ++it;
            continue;
        }
        over.push_back(std::move(it->second.wake));
        it = m_waiters.erase(it);
    }
    return over;
}

std::vector<std::function<void()>> TicketWaiters::take(const TicketId& ticket)
{
    std::vector<std::function<void()>> wakes;
    const std::lock_guard lock(m_mutex);
    const auto [from, until] = m_waiters.equal_range(ticket);
    for (auto it = from; it != until; ++it)
        wakes.push_back(std::move(it->second.wake));
    m_waiters.erase(from, until);
    return wakes;
}

void TicketWaiters::run()
{
    pthread_setname_np(pthread_self(), "waiters");
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        if (m_waiters.empty())
            m_changed.wait(lock, [this] { return m_stopping || !m_waiters.empty(); });
        else
            m_changed.wait_for(lock, kLookAnyway, [this] { return m_stopping || (m_dirty && !m_looking); });
        if (m_stopping || m_waiters.empty())
            continue;
        m_dirty = false;
        const bool look = !std::exchange(m_looking, true);
        lock.unlock();
        for (const auto& wake : takeOverdue(m_clock.steady()))
            wake();
        if (look)
            lookUp();
        lock.lock();
    }
}

void TicketWaiters::lookUp()
{
    QStringList ids;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [id, waiter] : m_waiters)
            ids << id.toString();
    }
    const auto looked = [this] {
        {
            const std::lock_guard lock(m_mutex);
            m_looking = false;
        }
        m_changed.notify_all();
    };
    const bool taken = !ids.isEmpty() && m_reads.submit([this, ids, looked](Connection& db) {
        try {
            for (const Row& row : db.query(u"SELECT id FROM ticket WHERE id = ANY(?) AND status NOT IN ('queued', 'processing')"_s, {ids}))
                for (const auto& wake : take(row.id<TicketId>(0)))
                    wake();
        } catch (const StoreError&) {
            // The next look sees it, or the deadline passes.
        }
        looked();
    });
    if (!taken)
        looked();
}

} // namespace naru::server
