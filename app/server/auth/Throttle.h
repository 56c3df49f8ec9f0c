// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "server/auth/Gcra.h"
#include "server/auth/Lane.h"

#include <QString>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

namespace naru::server {

// The network an address belongs to, which is what limits count: /24 of IPv4, /56 of IPv6. Any other text as it is.
std::string networkOf(const QString& address);

// Slows down guessing before anything is hashed (auth.md §2.9). Each lane of an account has its own count, so that strangers never lock
// out a device of the account:
//   new     five failures are free, then 1, 2, 4 … 60 s; at twenty within 15 minutes none for 15 minutes
//   known   ten are free, then 1 … 30 s; a hundred in a row say that the password must be changed
// and new devices of one network fail at most thirty times a minute. The same for accounts that do not exist. Counts live in memory, at
// most some 20,000 accounts and networks. Any thread.
class Throttle {
public:
    explicit Throttle(const Clock& clock) : m_clock(clock), m_sources(kSourceRate) {}

    // Seconds to wait, 0: go on and call finished() afterwards, with the same lane.
    int begin(const QString& login, const QString& source, Lane lane = Lane::New);
    enum class Outcome { Success, Failure, Unknown }; // Unknown: it never came to a decision
    enum class Advice { None, ResetCredential }; // ResetCredential: the hundredth failure in a row, told once
    Advice finished(const QString& login, const QString& source, Outcome outcome, Lane lane = Lane::New);

private:
    struct Account {
        int failures = 0; // in a row
        int inFlight = 0;
        Millis lastFailure{0};
        Millis closedUntil{0};
        std::deque<Millis> recent; // failures of the new lane, the last twenty
    };
    Account& account(const QString& login, Lane lane, Millis now);
    void makeRoom(Millis now);

    const Clock& m_clock;
    std::mutex m_lock; // guards m_accounts
    std::unordered_map<std::string, Account> m_accounts; // by lane and login
    Gcra m_sources;
};

} // namespace naru::server
