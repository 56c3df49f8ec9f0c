// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/LinkMonitor.h"

#include <algorithm>
#include <cmath>

namespace naru::backend {
namespace {

constexpr double kWeight = 0.25; // of the newest round trip
constexpr Millis kHeartbeatEvery{5'000};
constexpr Millis kHeartbeatSlack{1'500};
constexpr int kAgeStep = 5'000; // ms
constexpr std::int64_t kClockStep = 30'000; // ms

} // namespace

LinkMonitor::LinkMonitor(const Limits& limits, const Clock& clock, Changed changed) : m_limits(limits), m_clock(clock), m_changed(std::move(changed))
{
    m_status.since = m_clock.now();
}

void LinkMonitor::requestAnswered(Millis roundTrip)
{
    const double ms = double(roundTrip.count());
    m_smoothed = m_smoothed < 0 ? ms : m_smoothed + kWeight * (ms - m_smoothed);
    m_waiting = 0;
    if (!m_streamUsed)
        become(LinkState::Live, {}, 0);
    publishLag();
}

void LinkMonitor::requestFailed(const Error& why)
{
    if (!m_streamUsed && why.kind != ErrorKind::Cancelled)
        become(LinkState::Offline, why.detail, 0);
}

void LinkMonitor::streamConnecting()
{
    if (m_status.state == LinkState::Offline)
        become(LinkState::Connecting, m_status.reason, 0);
}

void LinkMonitor::streamOpened() { become(LinkState::Live, {}, 0); }

void LinkMonitor::streamLost(const Error& why, int retryInMs) { become(LinkState::Offline, why.detail, retryInMs); }

void LinkMonitor::noted(std::optional<int> authAgeMs, std::optional<Instant> serverTime)
{
    const ConnectionStatus before = m_status;
    if (authAgeMs) {
        const bool old = *authAgeMs > m_limits.authAgeOld;
        // A fresh one trembles with every answer; what counts is which side of the limit it is on, and then how far.
        if (old != (before.authAgeMs > m_limits.authAgeOld) || (old && std::abs(*authAgeMs - before.authAgeMs) >= kAgeStep))
            m_status.authAgeMs = *authAgeMs;
    }
    if (serverTime) {
        const std::int64_t off = (m_clock.now() - *serverTime).count();
        const bool wrong = std::abs(off) > m_limits.clockOff.count();
        if (!wrong)
            m_status.clockOffMs = 0;
        else if (std::abs(off - before.clockOffMs) >= kClockStep)
            m_status.clockOffMs = off;
    }
    if (m_status != before)
        m_changed(m_status);
}

void LinkMonitor::look(Millis oldestWait, Millis streamSilence)
{
    double waiting = 0;
    if (oldestWait >= m_limits.slowAfter)
        waiting = double(oldestWait.count());
    if (streamSilence > kHeartbeatEvery + kHeartbeatSlack)
        waiting = std::max(waiting, double((streamSilence - kHeartbeatEvery).count()));
    m_waiting = waiting;
    publishLag();
}

void LinkMonitor::become(LinkState state, const QString& reason, int retryInMs)
{
    if (m_status.state == state && m_status.retryInMs == retryInMs && m_status.reason == reason)
        return;
    if (m_status.state != state)
        m_status.since = m_clock.now();
    m_status.state = state;
    m_status.reason = reason;
    m_status.retryInMs = retryInMs;
    if (state == LinkState::Offline)
        m_waiting = 0;
    m_changed(m_status);
}

void LinkMonitor::publishLag()
{
    const double lag = std::max(m_smoothed, m_waiting);
    const int shown = lag < 0 ? -1 : int(std::lround(lag));
    const int before = m_status.lagMs;
    // A figure that trembles says nothing: tell steps of a fifth, at least 5 ms.
    if (before >= 0 && shown >= 0 && std::abs(shown - before) < std::max(5, before / 5))
        return;
    if (shown == before)
        return;
    m_status.lagMs = shown;
    m_changed(m_status);
}

} // namespace naru::backend
