// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace naru::server {

// Shares an amount (not negative) by weights so that the parts add up exactly: floors first, then one unit each to the
// largest remainders, earlier parts first among equals. All weights zero: equal shares. No weights: no parts.
std::vector<std::int64_t> splitByLargestRemainder(std::int64_t amount, std::vector<std::int64_t> weights);

} // namespace naru::server
