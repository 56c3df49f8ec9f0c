// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/Watchdog.h"

#include <algorithm>
#include <cstdio>
#include <functional>

namespace naru::console {
namespace {

constexpr std::chrono::milliseconds kPingEvery{10};
constexpr std::size_t kKept = 10;

} // namespace

Watchdog::Watchdog(QObject* parent) : QObject(parent) { m_thread = std::thread([this] { run(); }); }

Watchdog::~Watchdog()
{
    m_stop = true;
    m_wake.notify_all();
    m_thread.join();
    const std::lock_guard lock(m_mutex);
    std::fprintf(stderr, "watchdog: %lld pings, %d stalls over %lld ms, longest", static_cast<long long>(m_pings), m_stalls,
        static_cast<long long>(kLimit.count()));
    for (const double ms : m_longest)
        std::fprintf(stderr, " %.1f", ms);
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
        QMetaObject::invokeMethod(this, [this, sent] { answer(sent); }, Qt::QueuedConnection);
    }
}

void Watchdog::answer(Time sent)
{
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - sent).count();
    const std::lock_guard lock(m_mutex);
    ++m_pings;
    if (ms > static_cast<double>(kLimit.count()))
        ++m_stalls;
    m_longest.insert(std::upper_bound(m_longest.begin(), m_longest.end(), ms, std::greater<>()), ms);
    if (m_longest.size() > kKept)
        m_longest.pop_back();
    m_waiting = false;
}

int Watchdog::stalls() const
{
    const std::lock_guard lock(m_mutex);
    return m_stalls;
}

double Watchdog::longestMs() const
{
    const std::lock_guard lock(m_mutex);
    return m_longest.empty() ? 0 : m_longest.front();
}

} // namespace naru::console
