// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/AuthTimer.h"

namespace naru::server {

void AuthTimer::start(std::function<void()> beat)
{
    m_thread = std::thread([this, beat = std::move(beat)] {
        std::unique_lock lock(m_lock);
        while (!m_wake.wait_for(lock, std::chrono::seconds(1), [this] { return m_stopping; })) {
            lock.unlock();
            beat();
            lock.lock();
        }
    });
}

void AuthTimer::stop()
{
    {
        const std::lock_guard lock(m_lock);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace naru::server
