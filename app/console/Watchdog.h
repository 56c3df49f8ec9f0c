// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace naru::console {

// Measures how long the UI thread leaves a posted event waiting. A thread of its own pings every 10 ms; each answer that came
// later than 50 ms is a stall. Time in which the thread was ready but the machine gave it no processor is told apart. Made on
// the UI thread, destroyed there; prints its findings to stderr at the end.
class Watchdog : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds kLimit{50};
    explicit Watchdog(QObject* parent = nullptr);
    ~Watchdog() override;

    int stalls() const; // longer than kLimit, the machine's share taken off

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Stall {
        double ms = 0; // the whole wait
        double machineMs = 0; // of it ready, without a processor
        double ownMs() const { return ms - machineMs; }
    };
    double waitedForProcessorMs() const; // of the UI thread, since it began
    void run();
    void answer(Time sent, double waitedBefore);
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Stall> m_longest; // the longest first, at most ten
    int m_stalls = 0;
    int m_slowAnswers = 0; // longer than kLimit, whoever is to blame
    std::string m_schedstat; // the kernel's figures of the UI thread
    std::int64_t m_pings = 0;
    std::atomic<bool> m_waiting{false};
    std::atomic<bool> m_stop{false};
    std::thread m_thread;
};

} // namespace naru::console
