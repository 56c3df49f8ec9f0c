// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"

#include <atomic>

namespace naru::test {

// Time that moves only when a test says so; starts at 2026-03-02 09:00 in Seoul. Any thread.
class FakeClock final : public Clock {
public:
    static constexpr std::int64_t kStart = 1'772'409'600'000; // 2026-03-02T00:00:00Z
    Instant now() const override { return fromUnixMs(m_now.load()); }
    Millis steady() const override { return Millis(m_steady.load()); }
    void advance(Millis by)
    {
        m_now.fetch_add(by.count());
        m_steady.fetch_add(by.count());
    }
    void stepWall(Millis by) { m_now.fetch_add(by.count()); } // somebody set the clock

private:
    std::atomic<std::int64_t> m_now{kStart};
    std::atomic<std::int64_t> m_steady{1'000'000};
};

// The same numbers every time; not for secrets.
class FakeRng final : public Rng {
public:
    explicit FakeRng(std::uint64_t seed = 1) : m_state(seed) {}
    std::uint64_t next64() override
    {
        std::uint64_t z = m_state.fetch_add(0x9E3779B97F4A7C15ull) + 0x9E3779B97F4A7C15ull;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    void fill(unsigned char* out, std::size_t size) override
    {
        for (std::size_t i = 0; i < size; ++i)
            out[i] = static_cast<unsigned char>(next64() >> 56);
    }

private:
    std::atomic<std::uint64_t> m_state;
};

} // namespace naru::test
