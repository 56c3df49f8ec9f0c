// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace naru::bench {

// Counts of durations in microseconds with three significant digits, in the manner of HdrHistogram: memory does not grow with
// what is recorded, nothing is averaged. A plain value; one thread.
class Histogram {
public:
    void record(std::int64_t micros)
    {
        const auto v = static_cast<std::uint64_t>(std::clamp<std::int64_t>(micros, 0, kMost));
        ++m_counts[indexOf(v)];
        ++m_total;
        m_max = std::max(m_max, v);
    }
    void add(const Histogram& other)
    {
        for (std::size_t i = 0; i < m_counts.size(); ++i)
            m_counts[i] += other.m_counts[i];
        m_total += other.m_total;
        m_max = std::max(m_max, other.m_max);
    }
    std::uint64_t count() const { return m_total; }
    // The smallest duration that at least this part (0…1) of the recorded ones does not exceed; 0 when nothing was recorded.
    std::int64_t quantile(double part) const
    {
        const double wanted = part * static_cast<double>(m_total);
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            seen += m_counts[i];
            if (seen > 0 && static_cast<double>(seen) >= wanted)
                return static_cast<std::int64_t>(std::min(highest(i), m_max));
        }
        return static_cast<std::int64_t>(m_max);
    }
    std::int64_t max() const { return static_cast<std::int64_t>(m_max); }

private:
    static constexpr std::uint64_t kHalf = 1024; // a value keeps its upper 11 bits
    static constexpr std::int64_t kMost = std::int64_t(1) << 36; // 19 hours

    static std::size_t indexOf(std::uint64_t v)
    {
        if (v < 2 * kHalf)
            return static_cast<std::size_t>(v);
        const auto shift = static_cast<std::uint64_t>(std::bit_width(v)) - 11;
        return static_cast<std::size_t>(shift * kHalf + (v >> shift));
    }
    static std::uint64_t highest(std::size_t index)
    {
        if (index < 2 * kHalf)
            return index;
        const std::uint64_t shift = index / kHalf - 1;
        return ((index - shift * kHalf + 1) << shift) - 1;
    }

    std::vector<std::uint64_t> m_counts = std::vector<std::uint64_t>(indexOf(static_cast<std::uint64_t>(kMost)) + 1);
    std::uint64_t m_total = 0;
    std::uint64_t m_max = 0;
};

} // namespace naru::bench
