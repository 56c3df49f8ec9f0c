// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Lab.h"

#include <map>

namespace naru::bench {

// A way of booking at one load, measurable again and again. `key` names it in ratios, e.g. "pg/64".
struct Side {
    QString key;
    std::function<Measured()> measure;
};

// Sides that are measured in turn, A B C … C B A …, so that the machine's moods meet all of them.
struct Group {
    QString name; // for --only
    QString title;
    int rounds = 6;
    std::vector<Side> sides;
};

struct Series {
    QString key;
    std::vector<Measured> runs; // by round; a round that was repeated counts with its last
    Histogram latency() const; // of all rounds
    double rate() const; // median
    std::optional<double> median(double Measured::*what) const;
};

// A ratio per round and what it comes to.
struct Ratio {
    std::vector<double> rounds;
    double median() const;
    double low() const;
    double high() const;
};

struct GroupResult {
    QString name;
    QString title;
    std::vector<Series> series;
    Histogram syncBefore; // of the disk
    Histogram syncAfter;
    QStringList notes; // rounds repeated because the machine was not ours, broken rules
    bool sound = true; // counts fit and the rules hold
    const Series* find(const QString& key) const;
};

// Groups, one after the other, each on fresh stores. Driver thread.
class Campaign {
public:
    Campaign(Lab& lab, bool repeat) : m_lab(lab), m_repeat(repeat) {}
    GroupResult run(const Group& group);
    // More than this part of the machine used by others, or stolen: the round is measured again, at most twice.
    static constexpr double kForeign = 0.10;

private:
    bool round(const Group& group, GroupResult& result, bool backwards);
    Lab& m_lab;
    const bool m_repeat; // rounds that others disturbed
};

using Value = std::function<double(const Measured&)>;
double rateOf(const Measured& m);
double p50Of(const Measured& m);
double p99Of(const Measured& m);
// value(above) / value(below), round by round. The keys may be of one group only.
Ratio ratio(const GroupResult& in, const QString& above, const QString& below, const Value& of = rateOf, const Value& ofBelow = {});

std::vector<Group> groups(Lab& lab, int pairs);

} // namespace naru::bench
