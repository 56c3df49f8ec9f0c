// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/drafts/DiskFlush.h"

#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace naru::backend {

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

void DiskFlush::request(const QByteArray& path)
{
    {
        const std::lock_guard guard(m_lock);
        m_next = path;
    }
    m_changed.notify_one();
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
}

void DiskFlush::run()
{
    std::unique_lock guard(m_lock);
    for (;;) {
        m_changed.wait(guard, [this] { return m_stop || !m_next.isEmpty(); });
        if (m_next.isEmpty())
            return;
        const QByteArray path = std::exchange(m_next, {});
        guard.unlock();
        // Opened anew: a copy of the writer's handle would keep his lock.
        const int handle = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
        if (handle < 0 || ::fdatasync(handle) != 0)
            m_failed = true;
        if (handle >= 0)
            ::close(handle);
        guard.lock();
    }
}

} // namespace naru::backend
