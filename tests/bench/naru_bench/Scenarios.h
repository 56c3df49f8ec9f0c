// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Campaign.h"

namespace naru::bench {

// The generator measures a server that is stopped 200 ms of each second: an honest one shows p90 ≥ 90 ms and p99 ≥ 180 ms.
struct Honesty {
    Histogram latency;
    Histogram lateness;
    double driverShare = 0;
    bool honest() const { return latency.quantile(.9) >= 90'000 && latency.quantile(.99) >= 180'000; }
};
Honesty proveGenerator(Lab& lab, double seconds);

// Latency at a rate that is asked for, not reached: open loop, Poisson arrivals on one hot inventory.
struct OpenRun {
    QString side;
    double perSecond = 0;
    Measured measured;
};
OpenRun openLoop(Lab& lab, Lab::Store store, double perSecond, double seconds);

// P10: cancellations beside the textbook's, and reservations while 10,000 holds end at once.
struct Release {
    int holds = 0;
    double releaseSeconds = 0; // from due to the last one free
    Measured before; // reservations without the release, same rate
    Measured during;
    QString trouble;
};
Release releaseAtOnce(Lab& lab, int holds, double perSecond, double seconds);
Group cancellations(Lab& lab, int pairs);

// P11: so many contenders for 100 places, open loop.
struct Scarce {
    int contenders = 0;
    double perSecond = 0;
    Measured measured;
};
Scarce scarce(Lab& lab, Lab::Store store, int contenders, double perSecond);

} // namespace naru::bench
