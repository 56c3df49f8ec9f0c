// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"

#include <QString>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

namespace naru::server {

// What a clock said, and when: `at` by the steady clock of this machine, `within` how far it may be off (half the way to a clock
// elsewhere).
struct ClockReading {
    Instant wall;
    Millis at;
    Millis within{0};
};

// The server's time: wall time that keeps the length of every deadline, however the machine's clock is set. It begins at a wall clock's
// time and goes on by the steady clock. What the wall clock is off by is made up slowly, one millisecond in kPart: never by a jump, never
// backwards, and a hold of ten minutes is at most 25 s off while that lasts. Followed is this machine's clock, or, when servers share a
// database, the database's, so that all of them mean the same by "now". Any thread; now() takes no lock.
class SteadyWallClock final : public Clock {
public:
    static constexpr std::int64_t kPart = 25; // 10 min / 24 = 25 s
    static constexpr Millis kStep{2'000}; // a wall clock that moves further at once was set by somebody
    static constexpr Millis kBand{10}; // not worth following
    static constexpr Millis kLookEvery{1'000}; // at this machine's clock
    using Told = std::function<void(const QString& sentence)>;

    // Goes by `machine`, which must outlive it, and follows it. `told` hears of clocks that were set, at most once a minute; without
    // it they are logged.
    explicit SteadyWallClock(const Clock& machine, Told told = {});

    // Begins anew, before anybody else asks for the time: at this reading (of the database's clock, which is followed from then on by
    // compare()) or at the machine's clock, but not before `newest`, what a store saw last: there time does not go back either.
    void begin(const std::optional<ClockReading>& database, const std::optional<Instant>& newest);
    // What the followed clock says now.
    void compare(const ClockReading& reading);

    Instant now() const override;
    Millis steady() const override { return m_machine.steady(); }
    // By how much the followed clock was ahead when it was last compared, less what was made up since.
    Millis owed() const;

private:
    // The course of time since `steady`: real speed, and a little more or less until `owed` is made up.
    struct Line {
        std::int64_t steady = 0;
        std::int64_t wall = 0;
        std::int64_t owed = 0;
        std::int64_t madeUp(std::int64_t at) const;
        std::int64_t value(std::int64_t at) const { return wall + (at - steady) + madeUp(at); }
    };
    Line line() const;
    void publish(const Line& line) const; // under m_lock
    void follow(const ClockReading& reading) const;
    void lookAtMachine(std::int64_t now) const;
    void tellOfStep(std::int64_t by, std::int64_t owed, Millis at) const; // under m_lock
    QString whose() const;

    const Clock& m_machine;
    const Told m_told;
    bool m_ofDatabase = false; // since begin()
    // A sequence lock: an odd round while the three are being written. Loads acquire and stores release, so no fences are needed.
    mutable std::atomic<std::uint32_t> m_round{0};
    mutable std::atomic<std::int64_t> m_steady{0};
    mutable std::atomic<std::int64_t> m_wall{0};
    mutable std::atomic<std::int64_t> m_owed{0};
    mutable std::atomic<std::int64_t> m_latest; // what was given out: two threads may see two lines for a moment
    mutable std::atomic<std::int64_t> m_nextLook{0}; // at the machine's clock
    mutable std::mutex m_lock; // of those who change the line; guards what follows
    mutable std::optional<Millis> m_toldAt;
    mutable int m_untold = 0;
};

} // namespace naru::server
