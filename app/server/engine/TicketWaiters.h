// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/Reservations.h"
#include "server/store/ReadPool.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace naru::server {

// Calls that want to hear of a ticket's decision (`Prefer: wait`). No thread stands still for them: after a commit all tickets
// waited for are looked up in one query, and who is not told by then is told at his deadline. Any thread; one thread of its own
// keeps the deadlines. Owned by the composition root; stopped before the read pool.
class TicketWaiters {
public:
    TicketWaiters(ReadPool& reads, const Clock& clock, std::size_t limit = 4096);
    ~TicketWaiters();

    // `wake` runs once, on a reader thread or this one's own: the ticket is decided, or the time is over. False: too many wait.
    bool wait(const TicketId& ticket, Millis atMost, std::function<void()> wake);
    void committed(); // something was
    void start();
    void stop(); // whoever still waits is woken

private:
    struct Waiter {
        Millis deadline{}; // of the steady clock
        std::function<void()> wake;
    };
    void run();
    void lookUp();
    std::vector<std::function<void()>> takeOverdue(Millis now);
    std::vector<std::function<void()>> take(const TicketId& ticket);

    ReadPool& m_reads;
    const Clock& m_clock;
    const std::size_t m_limit;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::unordered_multimap<TicketId, Waiter> m_waiters;
    bool m_dirty = false;
    bool m_looking = false; // one look-up at a time
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace naru::server
