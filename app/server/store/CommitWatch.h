// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

#include <QString>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace naru::server {

// Hears what the other servers on one PostgreSQL commit: their notifications at once, and after every quiet second the newest outbox number,
// should one have been missed or the connection been down. What `own` committed its writer hands on itself, sooner and whole. One thread with a connection of its own; owned by the composition root.
class CommitWatch {
public:
    // `told` runs on the watch's thread with a number that was committed; the same may come more than once. So does `visit`, at least
    // every second while there is a connection: it may ask something of its own there, and throw StoreError.
    CommitWatch(QString url, QString own, std::function<void(std::int64_t newestSeq)> told, std::function<void(Connection&)> visit = {});
    ~CommitWatch(); // stops
    // The newest number that others than `own` told; 0: none did.
    static std::int64_t newestOf(const QStringList& told, const QString& own);
    CommitWatch(const CommitWatch&) = delete;
    CommitWatch& operator=(const CommitWatch&) = delete;

private:
    void run();
    void listen();
    bool stopping();

    const QString m_url;
    const QString m_own;
    const std::function<void(std::int64_t)> m_told;
    const std::function<void(Connection&)> m_visit;
    std::mutex m_lock;
    std::condition_variable m_changed;
    bool m_stopping = false;
    int m_wake = -1; // an eventfd: readable when it is time to stop
    std::thread m_thread;
};

} // namespace naru::server
