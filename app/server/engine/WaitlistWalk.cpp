// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/WaitlistWalk.h"

#include <algorithm>

namespace naru::server {

WaitlistWalk walkWaitlist(std::span<const WaitingParty> parties, std::int64_t free, std::int64_t most)
{
    WaitlistWalk walk;
    for (std::size_t i = 0; i < parties.size(); ++i) {
        const WaitingParty& party = parties[i];
        if (party.size <= free) {
            walk.offered.push_back(i);
            free -= party.size;
            continue;
        }
        if (party.size > most)
            continue;
        if (party.passedOver >= kPassesBeforeKeeping) {
            walk.keeper = i;
            break; // whoever comes behind waits with it
        }
        if (free > 0)
            walk.passed.push_back(i);
    }
    // A third pass went through; from here on what is left is kept for that party, whoever better ranked comes first.
    const auto third = std::find_if(walk.passed.begin(), walk.passed.end(),
        [&](std::size_t i) { return parties[i].passedOver + 1 >= kPassesBeforeKeeping; });
    if (third != walk.passed.end())
        walk.keeper = *third;
    return walk;
}

} // namespace naru::server
