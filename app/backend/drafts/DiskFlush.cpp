// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/drafts/DiskFlush.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace naru::backend {

namespace {

bool flushed(const QByteArray& path, int flags)
{
    // Opened anew: a copy of the writer's handle would keep his lock.
    const int handle = ::open(path.constData(), O_RDONLY | O_CLOEXEC | flags);
    if (handle < 0)
        return false;
    const bool done = (flags & O_DIRECTORY ? ::fsync(handle) : ::fdatasync(handle)) == 0;
    ::close(handle);
    return done;
}

QByteArray folderOf(const QByteArray& path) { return path.left(std::max<qsizetype>(1, path.lastIndexOf('/'))); }

} // namespace

DiskFlush::~DiskFlush()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard guard(m_lock);
        m_stop = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

quint64 DiskFlush::request(const QByteArray& path, bool folder)
{
    const std::lock_guard guard(m_lock);
    const auto same = std::find_if(m_wishes.begin(), m_wishes.end(), [&](const Wish& w) { return w.path == path; });
    if (same != m_wishes.end()) {
        folder = folder || same->folder;
        m_wishes.erase(same);
    }
    m_wishes.push_back({++m_last, path, folder});
    m_changed.notify_one();
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
    return m_last;
}

quint64 DiskFlush::done() const
{
    const std::lock_guard guard(m_lock);
    return m_done;
}

bool DiskFlush::takeFailure()
{
    const std::lock_guard guard(m_lock);
    return std::exchange(m_failed, false);
}

void DiskFlush::run()
{
    std::unique_lock guard(m_lock);
    for (;;) {
        m_changed.wait(guard, [this] { return m_stop || !m_wishes.empty(); });
        waitForQuiet(guard);
        if (m_wishes.empty())
            return;
        const Wish wish = m_wishes.front();
        m_wishes.erase(m_wishes.begin());
        guard.unlock();
        const bool good = flushed(wish.path, 0) && (!wish.folder || flushed(folderOf(wish.path), O_DIRECTORY));
        guard.lock();
        m_failed = m_failed || !good;
        m_done = wish.number;
    }
}

void DiskFlush::waitForQuiet(std::unique_lock<std::mutex>& guard)
{
    for (int requests = 0; requests < kMostRequests && !m_stop; ++requests) {
        const quint64 before = m_last;
        if (!m_changed.wait_for(guard, kQuiet, [this, before] { return m_stop || m_last != before; }))
            return;
    }
}

} // namespace naru::backend
