// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

namespace naru::server {

// What the allocator does at this moment.
struct QueueReading {
    int depth = 0;
    double arrivalsPerSecond = 0; // over the last 10 s
    double decisionsPerSecond = 0;
    double waitP50Ms = 0; // over the last 1,000 decisions
    double waitP95Ms = 0;
    std::vector<double> series; // decisions per second, one point per full 10 s, oldest first, at most 180
};

// Counts arrivals, decisions and waits by second of a monotonic clock that the caller reads. Any thread.
class Meter {
public:
    explicit Meter(Millis start) : m_start(start.count() / 1000) {}
    void arrived(Millis now);
    void decided(Millis now, const std::vector<Millis>& waits);
    QueueReading reading(Millis now) const; // depth stays 0

private:
    static constexpr std::int64_t kKeep = 1820; // seconds
    struct Second {
        std::int64_t at = -1;
        std::uint32_t arrivals = 0;
        std::uint32_t decisions = 0;
    };
    Second& second(Millis now);
    std::uint64_t sum(std::int64_t from, std::int64_t until, std::uint32_t Second::*what) const;

    mutable std::mutex m_mutex;
    std::int64_t m_start;
    std::array<Second, kKeep> m_seconds{};
    std::array<std::int32_t, 1000> m_waits{};
    std::size_t m_waitCount = 0;
};

} // namespace naru::server
