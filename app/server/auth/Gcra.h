// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <mutex>
#include <string>
#include <unordered_map>

namespace naru::server {

// How often something may happen: once in `every`, and `burst` times at once when nothing happened for a while.
struct Rate {
    Millis every{};
    int burst = 1;
};
inline constexpr Rate kRefreshRate{Millis{20'000}, 3}; // of one session
inline constexpr Rate kStepUpRate{Millis{120'000}, 5}; // of one session: five in ten minutes
inline constexpr Rate kNotMeRate{Millis{8 * 3600'000}, 3}; // of one account: three a day
inline constexpr Rate kSourceRate{Millis{2'000}, 30}; // of one network: thirty sign-ins a minute

// Generic cell rate algorithm: for each key one point in time, until which its turns are used up. Keeps at most some `maxKept` keys: of too
// many, those go that would have been free again soonest. `now` is of Clock::steady(). Any thread.
class Gcra {
public:
    explicit Gcra(Rate rate, std::size_t maxKept = 20'000) : m_rate(rate), m_maxKept(maxKept) {}

    // Zero: go on, the turn is taken. Else how long to wait; nothing is taken.
    Millis take(const std::string& key, Millis now);
    void giveBack(const std::string& key); // a turn that turned out to need none
    std::size_t kept() const;

private:
    void makeRoom(Millis now);

    const Rate m_rate;
    const std::size_t m_maxKept;
    mutable std::mutex m_lock; // guards m_until
    std::unordered_map<std::string, Millis> m_until;
};

} // namespace naru::server
