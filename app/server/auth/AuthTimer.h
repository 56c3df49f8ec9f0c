// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace naru::server {

// Calls `beat` about once a second on a thread of its own; what is due is decided by the clock, not by the beats.
class AuthTimer {
public:
    ~AuthTimer() { stop(); }
    void start(std::function<void()> beat);
    void stop();

private:
    std::mutex m_lock;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace naru::server
