// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Histogram.h"

#include <array>
#include <functional>
#include <string>

namespace naru::bench {

std::int64_t nowNs(); // CLOCK_MONOTONIC

enum class Verdict { Granted, Refused, Failed };

// One measured run: a warm-up until three half seconds agree within a tenth (or four seconds are over), then a window in which
// what ends is counted. Drivers ask `mayStart` before each request and tell each end. One thread, the driver's.
class Trial {
public:
    struct Plan {
        double seconds = 4; // the window
        double warmUpAtLeast = 1.5;
        double warmUpAtMost = 4;
        bool warmUp = true; // false: the window begins with the first request
        std::uint64_t atMost = UINT64_MAX; // requests in all, warm-up included
    };
    explicit Trial(const Plan& plan) : m_plan(plan) {}
    const Plan& plan() const { return m_plan; }

    std::function<void()> onBegin; // the window begins, ends
    std::function<void()> onEnd;

    bool mayStart(std::int64_t now); // counts the request when it may
    void poll(std::int64_t now) { tick(now); } // time passes also while nothing ends
    void ended(std::int64_t intended, std::int64_t now, Verdict verdict, std::uint64_t decisions = 1);
    void late(std::int64_t intended, std::int64_t sent); // of an open loop
    void failedWith(const std::string& what);
    bool isOver() const { return m_state == State::Over; }
    void close(std::int64_t now); // nothing more comes

    double seconds() const { return static_cast<double>(m_end - m_begin) / 1e9; }
    double rate() const { return seconds() > 0 ? static_cast<double>(m_windowDone) / seconds() : 0; }
    std::uint64_t windowDone() const { return m_windowDone; }
    std::uint64_t started() const { return m_started; }
    // In all, warm-up and what ended after the window included: what the books must show.
    std::uint64_t granted() const { return m_all[0]; }
    std::uint64_t refused() const { return m_all[1]; }
    std::uint64_t failed() const { return m_all[2]; }
    const std::string& firstFailure() const { return m_failure; }
    const Histogram& latency() const { return m_latency; }
    const Histogram& lateness() const { return m_lateness; }

private:
    enum class State { New, WarmUp, Window, Over };
    void tick(std::int64_t now);
    bool settled() const;

    const Plan m_plan;
    State m_state = State::New;
    std::int64_t m_first = 0;
    std::int64_t m_begin = 0;
    std::int64_t m_end = 0;
    std::int64_t m_nextMark = 0;
    std::array<std::uint64_t, 3> m_marks{}; // done in the last half seconds
    std::uint64_t m_sinceMark = 0;
    std::uint64_t m_started = 0;
    std::uint64_t m_windowDone = 0;
    std::array<std::uint64_t, 3> m_all{};
    std::string m_failure;
    Histogram m_latency;
    Histogram m_lateness;
};

} // namespace naru::bench
