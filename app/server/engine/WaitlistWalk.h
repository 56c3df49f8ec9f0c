// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// The declared rule of the waiting list, as a pure function: in rank order, the first whose party fits gets the seats; a party that
// was passed over three times keeps what is free until it fits or leaves. Any thread.
namespace naru::server {

inline constexpr int kPassesBeforeKeeping = 3;

struct WaitingParty {
    std::int64_t size = 1;
    int passedOver = 0;
};

struct WaitlistWalk {
    std::vector<std::size_t> offered; // in rank order
    std::vector<std::size_t> passed; // did not fit into seats that went, or stay open, to others
    std::optional<std::size_t> keeper; // the party that what is left is kept for: nobody else may book it
};

// `parties` in rank order; `free` seats now; `most` the place has when empty: a larger party can never fit and keeps nobody waiting.
WaitlistWalk walkWaitlist(std::span<const WaitingParty> parties, std::int64_t free, std::int64_t most);

} // namespace naru::server
