// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Scenarios.h"

namespace naru::bench {

// Everything one run found.
struct Findings {
    Layer layer = Layer::Proof;
    Honesty honesty;
    std::vector<GroupResult> groups;
    std::vector<OpenRun> open;
    std::optional<Release> release;
    std::vector<Scarce> scarce;
    QStringList checks; // what `narud check` said of the last stores; empty: all rules hold
    bool checked = false;
    QString machine;
    QString settings;
    QString how; // the command's settings
    const GroupResult* find(const QString& name) const;
};

// One claim: a value from this run beside the least (or most) that is asked for.
struct Goal {
    QString id; // "P1"
    QString words;
    double value = 0;
    double low = 0; // over the rounds
    double high = 0;
    double floor = 0;
    bool atLeast = true; // false: at most
    QString unit; // "×", "ms", ""
    QString more; // further marks: goal, stretch
    bool met() const { return atLeast ? value >= floor : value <= floor; }
};

// Those that this run has figures for.
std::vector<Goal> goals(const Findings& f);

} // namespace naru::bench
