// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Trial.h"

#include <ctime>

namespace naru::bench {

namespace {

constexpr std::int64_t kHalfSecond = 500'000'000;

std::int64_t ns(double seconds)
{
    return static_cast<std::int64_t>(seconds * 1e9);
}

} // namespace

std::int64_t nowNs()
{
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

bool Trial::settled() const
{
    const auto [low, high] = std::minmax_element(m_marks.begin(), m_marks.end());
    return *low > 0 && static_cast<double>(*high) <= 1.1 * static_cast<double>(*low);
}

void Trial::tick(std::int64_t now)
{
    if (m_state == State::New) {
        m_first = now;
        m_nextMark = now + kHalfSecond;
        m_state = State::WarmUp;
    }
    if (m_state == State::WarmUp) {
        while (now >= m_nextMark) {
            m_marks = {m_marks[1], m_marks[2], m_sinceMark};
            m_sinceMark = 0;
            m_nextMark += kHalfSecond;
        }
        const bool ready = !m_plan.warmUp || now - m_first >= ns(m_plan.warmUpAtMost) || (now - m_first >= ns(m_plan.warmUpAtLeast) && settled());
        if (!ready)
            return;
        m_state = State::Window;
        m_begin = now;
        if (onBegin)
            onBegin();
    }
    if (m_state == State::Window && now - m_begin >= ns(m_plan.seconds))
        close(now);
}

void Trial::close(std::int64_t now)
{
    if (m_state == State::Over)
        return;
    if (m_state != State::Window) {
        m_begin = m_first;
        if (onBegin)
            onBegin();
    }
    m_state = State::Over;
    m_end = now;
    if (onEnd)
        onEnd();
}

bool Trial::mayStart(std::int64_t now)
{
    tick(now);
    if (m_state == State::Over || m_started >= m_plan.atMost)
        return false;
    ++m_started;
    return true;
}

void Trial::ended(std::int64_t intended, std::int64_t now, Verdict verdict, std::uint64_t decisions)
{
    tick(now);
    m_all[static_cast<std::size_t>(verdict)] += decisions;
    m_sinceMark += decisions;
    if (m_state != State::Window)
        return;
    if (verdict != Verdict::Failed)
        m_windowDone += decisions;
    m_latency.record((now - intended) / 1000);
}

void Trial::late(std::int64_t intended, std::int64_t sent)
{
    m_lateness.record((sent - intended) / 1000);
}

void Trial::failedWith(const std::string& what)
{
    if (m_failure.empty())
        m_failure = what.substr(0, 600);
}

} // namespace naru::bench
