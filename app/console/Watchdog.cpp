// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/Watchdog.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace naru::console {
namespace {

constexpr std::chrono::milliseconds kPingEvery{10};
constexpr std::size_t kKept = 10;

} // namespace

Watchdog::Watchdog(QObject* parent) : QObject(parent), m_schedstat("/proc/self/task/" + std::to_string(gettid()) + "/schedstat")
{
    m_thread = std::thread([this] { run(); });
}

Watchdog::~Watchdog()
{
    m_stop = true;
    m_wake.notify_all();
    m_thread.join();
    const std::lock_guard lock(m_mutex);
    std::fprintf(stderr, "watchdog: %lld pings, %d stalls over %lld ms (%d slow answers with the machine's share); longest", static_cast<long long>(m_pings),
        m_stalls, static_cast<long long>(kLimit.count()), m_slowAnswers);
    for (const Stall& stall : m_longest)
        std::fprintf(stderr, " %.0f", stall.ownMs());
    std::fprintf(stderr, " ms\n");
}

void Watchdog::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        m_wake.wait_for(lock, kPingEvery, [this] { return m_stop.load(); });
        if (m_stop || m_waiting.exchange(true))
            continue; // the last ping is still unanswered; its answer tells the whole length
        const Time sent = std::chrono::steady_clock::now();
        QMetaObject::invokeMethod(this, [this, sent, waited = waitedForProcessorMs()] { answer(sent, waited); }, Qt::QueuedConnection);
    }
}

// Second figure of schedstat: nanoseconds spent ready on a run queue. 0 where the kernel keeps no such figures.
double Watchdog::waitedForProcessorMs() const
{
    long long running = 0;
    long long waiting = 0;
    if (FILE* f = std::fopen(m_schedstat.c_str(), "re")) {
        if (std::fscanf(f, "%lld %lld", &running, &waiting) != 2)
            waiting = 0;
        std::fclose(f);
    }
    return static_cast<double>(waiting) / 1e6;
}

void Watchdog::answer(Time sent, double waitedBefore)
{
    Stall stall;
    stall.ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - sent).count();
    stall.machineMs = std::clamp(waitedForProcessorMs() - waitedBefore, 0.0, stall.ms);
    const auto limit = static_cast<double>(kLimit.count());
    const std::lock_guard lock(m_mutex);
    ++m_pings;
    m_stalls += stall.ownMs() > limit ? 1 : 0;
    m_slowAnswers += stall.ms > limit ? 1 : 0;
    const auto longer = [](const Stall& a, const Stall& b) { return a.ownMs() > b.ownMs(); };
    m_longest.insert(std::upper_bound(m_longest.begin(), m_longest.end(), stall, longer), stall);
    if (m_longest.size() > kKept)
        m_longest.pop_back();
    m_waiting = false;
}

int Watchdog::stalls() const
{
    const std::lock_guard lock(m_mutex);
    return m_stalls;
}

} // namespace naru::console
