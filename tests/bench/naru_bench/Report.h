// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Goals.h"

namespace naru::bench {

QString pageName(Layer layer); // of the page and its chart, without extension
QString markdown(const Findings& f);

// A chart of throughput by callers, both axes logarithmic: one line per way of booking.
struct Line {
    QString label;
    QString colour;
    std::vector<std::pair<double, double>> points; // callers, decisions per second
};
QString chart(const QString& title, const std::vector<Line>& lines);
std::vector<Line> throughputLines(const Findings& f);

} // namespace naru::bench
