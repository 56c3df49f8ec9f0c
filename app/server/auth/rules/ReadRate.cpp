// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/rules/ReadRate.h"

#include <numeric>

namespace naru::server {

namespace {

constexpr std::size_t kTidyAt = 20'000; // sessions: then those that are quiet are forgotten
constexpr Millis kLookEvery{30'000};

} // namespace

std::optional<std::int64_t> ReadRate::read(const SessionId& sid, const UserId& user, std::int64_t records, Instant now)
{
    if (records <= 0)
        return std::nullopt;
    const std::int64_t minute = toUnixMs(now) / 60'000;
    const std::lock_guard guard(m_lock);
    count(user, records, now);
    if (m_sessions.size() >= kTidyAt && !m_sessions.contains(sid))
        forgetOld(minute);
    Reading& r = m_sessions[sid];
    // The minutes since the last reading begin at nothing; a clock that was set back counts into the newest.
    for (std::int64_t m = std::max(r.newest + 1, minute - kPieces + 1); m <= minute; ++m)
        r.minutes[static_cast<std::size_t>(m % kPieces)] = 0;
    r.newest = std::max(r.newest, minute);
    r.minutes[static_cast<std::size_t>(r.newest % kPieces)] += records;
    const std::int64_t sum = std::accumulate(r.minutes.begin(), r.minutes.end(), std::int64_t{0});
    if (sum <= kReadsAlways || (now >= r.lookedAt && now - r.lookedAt < kLookEvery))
        return std::nullopt;
    r.lookedAt = now;
    return sum;
}

void ReadRate::count(const UserId& user, std::int64_t records, Instant now)
{
    const std::int64_t window = toUnixMs(now) / kReadWindow.count();
    Open& open = m_open[user];
    if (open.records > 0 && open.window != window) {
        m_ended.push_back({user, fromUnixMs(open.window * kReadWindow.count()), open.records});
        open.records = 0;
    }
    open.window = window;
    open.records += records;
}

void ReadRate::restart(const SessionId& sid)
{
    const std::lock_guard guard(m_lock);
    m_sessions.erase(sid);
}

std::vector<ReadRate::Window> ReadRate::takeEnded(Instant now)
{
    const std::int64_t window = toUnixMs(now) / kReadWindow.count();
    const std::lock_guard guard(m_lock);
    std::erase_if(m_open, [&](const auto& entry) {
        const Open& open = entry.second;
        if (open.window == window)
            return false;
        m_ended.push_back({entry.first, fromUnixMs(open.window * kReadWindow.count()), open.records});
        return true;
    });
    return std::exchange(m_ended, {});
}

std::size_t ReadRate::size() const
{
    const std::lock_guard guard(m_lock);
    return m_sessions.size();
}

void ReadRate::forgetOld(std::int64_t minute)
{
    std::erase_if(m_sessions, [minute](const auto& entry) { return entry.second.newest <= minute - kPieces; });
}

} // namespace naru::server
