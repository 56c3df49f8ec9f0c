// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/Simulation.h"

#include <functional>

namespace naru::sim {

struct CampaignOptions {
    quint64 first = 1;
    quint64 last = 200; // included
    int steps = 150;
    int seconds = 0; // 0: until the last seed
    int twiceEvery = 50; // every so many seeds one is run twice: both have to end the same
    bool trace = false;
};

struct CampaignResult {
    int seeds = 0;
    std::int64_t steps = 0;
    std::int64_t transactions = 0;
    std::int64_t requests = 0;
    std::int64_t crashes = 0;
    std::int64_t failures = 0;
    std::int64_t simulatedMs = 0;
    double seconds = 0; // of this machine
    std::optional<Verdict> red; // the first; the campaign ends with it

    QString text() const;
};

// Seeds one after the other on this thread. `progress` is told now and then.
CampaignResult runCampaign(SimStore& store, const CampaignOptions& options, const std::function<void(const CampaignResult&)>& progress = {});

// Seeds that once found something: lines `seed [steps] # what it was`.
std::vector<std::pair<quint64, int>> knownSeeds(const QString& file);

} // namespace naru::sim
