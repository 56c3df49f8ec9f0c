// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_auth/AuthWorld.h"
#include "bench/naru_bench/Histogram.h"

namespace naru::bench {

// One value a round; the median and both ends are shown.
struct Series {
    std::vector<double> values;
    double median() const;
    double low() const;
    double high() const;
};

// What it costs to let a request in: its proof and its token, in microseconds of processor time.
struct VerifyResult {
    Series proof; // the proof alone
    Series known; // proof and a token seen before
    Series fresh; // proof and a token seen for the first time
};
void measureVerify(AuthWorld& world, int rounds, int times, VerifyResult& out);

// Whole sign-ins (limits, hash, code, session; two durable commits each) beside bare hashes of one thread.
struct SignInResult {
    Series limit; // hashes a second, one thread alone, between the others
    Series signIns; // a second
    Series ratio; // signIns / (limit × hashing threads)
};
void measureSignIns(AuthWorld& world, int rounds, double seconds, SignInResult& out);

// How long a refusal takes, for names that exist and that do not.
struct DiscoveryResult {
    int times = 0;
    Histogram existing; // microseconds
    Histogram unknown;
    double z = 0; // Mann-Whitney: how many standard deviations the ranks of the one lie beside those of the other
};
void measureDiscovery(AuthWorld& world, int times, DiscoveryResult& out);

// Requests of the interface beside a storm of sign-ins from devices nobody knows, ten times what can be hashed.
struct StormSide {
    QString name; // "calm", "bounded", "unbounded"
    Histogram latency; // of the requests, from the moment each was due
    Series delayed; // part over 5 ms, a round each
    std::uint64_t failed = 0;
    Histogram known; // meanwhile: sign-ins of known devices, microseconds
    std::uint64_t knownRefused = 0;
    std::uint64_t offered = 0; // sign-ins of the storm
    std::uint64_t served = 0; // hashed and decided
    double residentMiB = 0; // most of this process
};
struct StormResult {
    double offeredPerSecond = 0;
    std::vector<StormSide> sides;
};
StormResult measureStorm(AuthWorld& world, int rounds, double seconds, double hashesPerSecond);

} // namespace naru::bench
