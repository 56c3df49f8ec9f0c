// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/FakeClock.h"

#include <vector>

namespace naru::sim {

// Everything a seed draws comes from here, in one order. One thread.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_rng(seed * 0x9E3779B97F4A7C15ull + 0x5851F42D4C957F2Dull) {}
    int below(int n) { return n <= 1 ? 0 : static_cast<int>(m_rng.next64() % static_cast<std::uint64_t>(n)); }
    int between(int low, int high) { return low + below(high - low + 1); } // both included
    bool chance(double p) { return static_cast<double>(m_rng.next64() >> 11) * 0x1.0p-53 < p; }
    double upTo(double most) { return most * static_cast<double>(m_rng.next64() >> 11) * 0x1.0p-53; }
    template <class T> const T& oneOf(const std::vector<T>& all) { return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))]; }

private:
    test::FakeRng m_rng;
};

} // namespace naru::sim
