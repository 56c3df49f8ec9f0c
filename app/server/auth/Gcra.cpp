// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Gcra.h"

#include <algorithm>
#include <vector>

namespace naru::server {

Millis Gcra::take(const std::string& key, Millis now)
{
    const std::lock_guard lock(m_lock);
    const auto found = m_until.find(key);
    const Millis until = std::max(now, found == m_until.end() ? now : found->second);
    const Millis wait = until - now - m_rate.every * (m_rate.burst - 1);
    if (wait > Millis{0})
        return wait;
    if (found != m_until.end()) {
        found->second = until + m_rate.every;
    } else {
        if (m_until.size() >= m_maxKept)
            makeRoom(now);
        m_until.emplace(key, until + m_rate.every);
    }
    return Millis{0};
}

void Gcra::giveBack(const std::string& key)
{
    const std::lock_guard lock(m_lock);
    if (const auto found = m_until.find(key); found != m_until.end())
        found->second -= m_rate.every;
}

std::size_t Gcra::kept() const
{
    const std::lock_guard lock(m_lock);
    return m_until.size();
}

void Gcra::makeRoom(Millis now)
{
    std::erase_if(m_until, [now](const auto& e) { return e.second <= now; }); // as good as never seen
    if (m_until.size() < m_maxKept)
        return;
    std::vector<Millis> times;
    times.reserve(m_until.size());
    for (const auto& e : m_until)
        times.push_back(e.second);
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    std::erase_if(m_until, [limit = *middle](const auto& e) { return e.second <= limit; });
}

} // namespace naru::server
