// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Split.h"

#include <algorithm>
#include <numeric>

namespace naru::server {

std::vector<std::int64_t> splitByLargestRemainder(std::int64_t amount, std::vector<std::int64_t> weights)
{
    __extension__ using Wide = __int128;
    if (weights.empty())
        return {};
    Wide sum = 0;
    for (const std::int64_t w : weights)
        sum += w;
    if (sum == 0) {
        std::fill(weights.begin(), weights.end(), 1);
        sum = static_cast<Wide>(weights.size());
    }
    std::vector<std::int64_t> parts;
    std::vector<Wide> remainders;
    std::int64_t given = 0;
    for (const std::int64_t w : weights) {
        const Wide product = static_cast<Wide>(amount) * w;
        parts.push_back(static_cast<std::int64_t>(product / sum));
        remainders.push_back(product % sum);
        given += parts.back();
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; given < amount; ++i, ++given)
        ++parts[order[i]];
    return parts;
}

} // namespace naru::server
