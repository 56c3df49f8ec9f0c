// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"

#include <QString>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

namespace naru::server {

// Slows down guessing before anything is hashed: per account five failures are free, then 1, 2, 4 … 60 s; per source thirty
// failures a minute. The same for accounts that do not exist. Counts live in memory; a success clears its account. Any thread.
class Throttle {
public:
    explicit Throttle(const Clock& clock) : m_clock(clock) {}

    // Seconds to wait, 0: go on and call finished() afterwards.
    int begin(const QString& login, const QString& source);
    enum class Outcome { Success, Failure, Unknown }; // Unknown: it never came to a decision
    void finished(const QString& login, const QString& source, Outcome outcome);

private:
    struct Account {
        int failures = 0;
        int inFlight = 0;
        Millis lastFailure{0};
    };
    struct Source {
        Millis paidUntil{0}; // generic cell rate: each failure costs two seconds
    };
    void forgetOld(Millis now);

    const Clock& m_clock;
    std::mutex m_lock;
    std::unordered_map<std::string, Account> m_accounts;
    std::unordered_map<std::string, Source> m_sources;
};

} // namespace naru::server
