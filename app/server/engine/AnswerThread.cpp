// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/AnswerThread.h"

#include <pthread.h>
#include <utility>

namespace naru::server {

AnswerThread::AnswerThread() : m_thread([this] { loop(); }) {}

AnswerThread::~AnswerThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void AnswerThread::run(std::function<void()> work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_work.push_back(std::move(work));
    }
    m_wake.notify_all();
}

void AnswerThread::loop()
{
    pthread_setname_np(pthread_self(), "answers");
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_ending || !m_work.empty(); });
        if (m_work.empty())
            return;
        const std::vector<std::function<void()>> work = std::exchange(m_work, {});
        lock.unlock();
        for (const auto& one : work)
            one();
        lock.lock();
    }
}

} // namespace naru::server
