// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"

#include <QString>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace naru::server {

// Argon2id, 19 MiB, two passes, as a PHC string. Some 20–40 ms of one core.
QString hashPassword(const QString& password);
bool passwordMatches(const QString& phc, const QString& password);
// The same work with a certain "no", for accounts that do not exist.
bool passwordNeverMatches(const QString& password);

// The only place where passwords are hashed while serving: few threads of low priority with a bounded queue, so that a storm
// of sign-ins costs sign-ins, never work. Owned by AuthService.
class PasswordPool {
public:
    struct Options {
        int threads = 1;
        int nice = 10;
        int queue = 60;
        Millis deadline{5'000};
    };
    enum class Outcome { Match, NoMatch, Busy };

    PasswordPool(Options options, const Clock& clock);
    ~PasswordPool();
    void start();
    void stop(); // what still waits is answered Busy
    // `phc` empty: unknown account. `done` comes on a hashing thread, or at once with Busy when the queue is full.
    void check(QString phc, QString password, std::function<void(Outcome)> done);

private:
    struct Job {
        QString phc;
        QString password;
        Millis queuedAt;
        std::function<void(Outcome)> done;
    };
    void run();

    const Options m_options;
    const Clock& m_clock;
    std::mutex m_lock;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    std::vector<std::thread> m_threads;
    bool m_stopping = false;
};

} // namespace naru::server
