// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/rules/ParallelUse.h"

#include "server/auth/rules/Rules.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kTidyAt = 20'000; // sessions: then those that are quiet are forgotten

} // namespace

std::optional<FiredRule> ParallelUse::seen(const SessionId& sid, const QString& prefix, Instant now)
{
    const std::lock_guard guard(m_lock);
    if (m_sessions.size() >= kTidyAt && !m_sessions.contains(sid))
        forgetOld(now);
    Places& places = m_sessions[sid];
    Place& place = prefix.contains(u'.') ? places.v4 : places.v6;
    const bool quiet = now - place.at > kParallelWithin;
    const bool elsewhere = !quiet && place.prefix != prefix;
    if (quiet)
        places.fired = false;
    if (place.prefix != prefix)
        place.prefix = prefix;
    place.at = now;
    if (!elsewhere || places.fired)
        return std::nullopt;
    places.fired = true;
    return FiredRule{u"E9"_s, u"parallel-use"_s, u"restrict"_s, now};
}

std::size_t ParallelUse::size() const
{
    const std::lock_guard guard(m_lock);
    return m_sessions.size();
}

void ParallelUse::forgetOld(Instant now)
{
    std::erase_if(m_sessions, [now](const auto& entry) { return now - std::max(entry.second.v4.at, entry.second.v6.at) > kParallelWithin; });
}

} // namespace naru::server
