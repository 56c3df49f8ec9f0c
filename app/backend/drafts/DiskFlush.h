// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace naru::backend {

// Sees to it that what was written to a file reaches the disk (fdatasync, POSIX), on a thread of its own: what was written outlives the program at once,
// and only a loss of power needs more; a busy disk takes longer for that than people take for a key. Asked for again while it works, it goes over the
// file once more. One thread asks; ends when what was asked for is done.
class DiskFlush {
public:
    DiskFlush() = default;
    ~DiskFlush();
    DiskFlush(const DiskFlush&) = delete;
    DiskFlush& operator=(const DiskFlush&) = delete;

    void request(const QByteArray& path);
    // Whether the disk refused since the last call: what was written may be lost, and is to be written again.
    bool takeFailure() { return m_failed.exchange(false); }

private:
    void run();
    std::mutex m_lock; // guards the two below
    QByteArray m_next; // empty: nothing waits
    bool m_stop = false;
    std::condition_variable m_changed;
    std::atomic<bool> m_failed{false};
    std::thread m_thread; // from the first request on
};

} // namespace naru::backend
