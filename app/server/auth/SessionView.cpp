// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/SessionView.h"

#include "server/auth/device/DeviceTier.h"

namespace naru::server {

void SessionView::opened(const LiveSession& session)
{
    const std::lock_guard lock(m_lock);
    m_live[session.sid.value] = session;
    std::int64_t& least = m_minSv[session.userId.value];
    least = std::max(least, session.sv);
}

void SessionView::learned(const LiveSession& session)
{
    const std::lock_guard lock(m_lock);
    if (m_ended.contains(session.sid.value))
        return;
    const auto [it, fresh] = m_live.try_emplace(session.sid.value, session);
    if (!fresh) {
        const LiveSession before = std::exchange(it->second, session);
        if (before.lastActivity > session.lastActivity) {
            it->second.lastActivity = before.lastActivity;
            it->second.unsaved = before.unsaved;
        }
    }
    std::int64_t& least = m_minSv[session.userId.value];
    least = std::max(least, session.sv);
}

void SessionView::ended(const SessionId& sid, const SessionEnded& how)
{
    const std::lock_guard lock(m_lock);
    const auto it = m_live.find(sid.value);
    if (it != m_live.end()) {
        std::int64_t& least = m_minSv[it->second.userId.value];
        least = std::max(least, it->second.sv + 1);
        m_live.erase(it);
    }
    m_ended[sid.value] = how;
}

void SessionView::touch(const SessionId& sid, Instant at)
{
    const std::lock_guard lock(m_lock);
    const auto it = m_live.find(sid.value);
    if (it == m_live.end() || it->second.lastActivity >= at)
        return;
    it->second.lastActivity = at;
    it->second.unsaved = true;
}

std::optional<LiveSession> SessionView::live(const SessionId& sid) const
{
    const std::lock_guard lock(m_lock);
    const auto it = m_live.find(sid.value);
    return it == m_live.end() ? std::nullopt : std::optional(it->second);
}

std::optional<SessionEnded> SessionView::end(const SessionId& sid) const
{
    const std::lock_guard lock(m_lock);
    const auto it = m_ended.find(sid.value);
    return it == m_ended.end() ? std::nullopt : std::optional(it->second);
}

std::int64_t SessionView::minimumVersion(const UserId& user) const
{
    const std::lock_guard lock(m_lock);
    const auto it = m_minSv.find(user.value);
    return it == m_minSv.end() ? 0 : it->second;
}

std::vector<LiveSession> SessionView::takeUnsaved()
{
    const std::lock_guard lock(m_lock);
    std::vector<LiveSession> out;
    for (auto& [sid, session] : m_live) {
        if (!session.unsaved)
            continue;
        session.unsaved = false;
        out.push_back(session);
    }
    return out;
}

std::vector<LiveSession> SessionView::over(Instant now, Millis idleLimit) const
{
    const std::lock_guard lock(m_lock);
    std::vector<LiveSession> out;
    for (const auto& [sid, session] : m_live)
        if (now > session.lastActivity + idleLimit || now >= session.absUntil)
            out.push_back(session);
    return out;
}

std::vector<SessionId> SessionView::silent(Instant now) const
{
    const std::lock_guard lock(m_lock);
    std::vector<SessionId> out;
    for (const auto& [sid, session] : m_live) {
        const Instant heard = heardAt(session.postureAt, session.startedAt);
        if (now - heard > kPostureMissed && (!session.missedAt || *session.missedAt < heard))
            out.push_back(session.sid);
    }
    return out;
}

void SessionView::forgetEnds(Instant before)
{
    const std::lock_guard lock(m_lock);
    for (auto it = m_ended.begin(); it != m_ended.end();)
        it = it->second.at < before ? m_ended.erase(it) : std::next(it);
}

} // namespace naru::server
