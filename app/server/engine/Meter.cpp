// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Meter.h"

#include <algorithm>

namespace naru::server {

Meter::Second& Meter::second(Millis now)
{
    const std::int64_t at = now.count() / 1000;
    Second& s = m_seconds[static_cast<std::size_t>(at % kKeep)];
    if (s.at != at)
        s = Second{at, 0, 0};
    return s;
}

void Meter::arrived(Millis now)
{
    const std::lock_guard lock(m_mutex);
    ++second(now).arrivals;
}

void Meter::decided(Millis now, const std::vector<Millis>& waits)
{
    const std::lock_guard lock(m_mutex);
    second(now).decisions += static_cast<std::uint32_t>(waits.size());
    for (const Millis wait : waits)
        m_waits[m_waitCount++ % m_waits.size()] = static_cast<std::int32_t>(std::clamp<std::int64_t>(wait.count(), 0, INT32_MAX));
}

std::uint64_t Meter::sum(std::int64_t from, std::int64_t until, std::uint32_t Second::*what) const
{
    std::uint64_t total = 0;
    for (std::int64_t at = std::max<std::int64_t>(from, 0); at < until; ++at) {
        const Second& s = m_seconds[static_cast<std::size_t>(at % kKeep)];
        if (s.at == at)
            total += s.*what;
    }
    return total;
}

QueueReading Meter::reading(Millis now) const
{
    const std::lock_guard lock(m_mutex);
    QueueReading r;
    const std::int64_t at = now.count() / 1000;
    r.arrivalsPerSecond = static_cast<double>(sum(at - 9, at + 1, &Second::arrivals)) / 10.0;
    r.decisionsPerSecond = static_cast<double>(sum(at - 9, at + 1, &Second::decisions)) / 10.0;

    const std::size_t n = std::min(m_waitCount, m_waits.size());
    if (n > 0) {
        std::vector<std::int32_t> sorted(m_waits.begin(), m_waits.begin() + static_cast<std::ptrdiff_t>(n));
        std::sort(sorted.begin(), sorted.end());
        r.waitP50Ms = sorted[(n - 1) / 2];
        r.waitP95Ms = sorted[(n - 1) * 95 / 100];
    }

    const std::int64_t lastPoint = at / 10; // the running ten seconds are not a point yet
    const std::int64_t firstPoint = std::max(m_start / 10, lastPoint - 180);
    for (std::int64_t p = firstPoint; p < lastPoint; ++p)
        r.series.push_back(static_cast<double>(sum(p * 10, p * 10 + 10, &Second::decisions)) / 10.0);
    return r;
}

} // namespace naru::server
