// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"

#include <QByteArray>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace naru::backend {

// Sees to it that what was written to files reaches the disk (fdatasync, POSIX), on a thread of its own: what was written outlives the program at once,
// and only a loss of power needs more; a busy disk takes longer for that than people take for a key, and a file that is being flushed may not take a key
// meanwhile. So it waits until nothing was asked for for a while, and goes over each file once. One thread asks; ends when what was asked for is done.
class DiskFlush {
public:
    static constexpr Millis kQuiet{150};
    static constexpr int kMostRequests = 60; // then it goes on although somebody still types: some two seconds of it

    DiskFlush() = default;
    ~DiskFlush();
    DiskFlush(const DiskFlush&) = delete;
    DiskFlush& operator=(const DiskFlush&) = delete;

    // The number of the request: done() reaches it when that file, as it is now, is on the disk. `folder`: its name in the folder, too.
    quint64 request(const QByteArray& path, bool folder = false);
    quint64 done() const;
    // Whether the disk refused since the last call: what was written may be lost, and is to be written again.
    bool takeFailure();

private:
    struct Wish {
        quint64 number = 0;
        QByteArray path;
        bool folder = false;
    };
    void run();
    void waitForQuiet(std::unique_lock<std::mutex>& guard);
    mutable std::mutex m_lock; // guards the rest but the thread
    std::vector<Wish> m_wishes; // in the order they were asked for; each path once
    quint64 m_last = 0;
    quint64 m_done = 0;
    bool m_failed = false;
    bool m_stop = false;
    std::condition_variable m_changed;
    std::thread m_thread; // from the first request on
};

} // namespace naru::backend
