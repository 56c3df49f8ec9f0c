// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_growth/Sizes.h"

#include <QString>
#include <vector>

namespace naru::bench {

// One line of the growth table: what something costs at a small and at a large size, or one figure that has a limit.
struct RowOfTable {
    QString id; // "C1"
    QString costOf; // "a reservation"
    QString sizes; // "inventories 100 → 10,000"
    QString unit; // "instructions"
    double few = 0; // 0: there is no small size, the bound is the limit of `many`
    double many = 0;
    double bound = 0;
    QString note; // what else is known of it, in words

    bool isLimit() const { return few <= 0; }
    double ratio() const { return isLimit() ? many / bound : many / few; }
    bool met() const { return isLimit() ? many <= bound : ratio() <= bound; }
};

QString grouped(double v); // 1234567 → "1,234,567"
QString lineOf(const RowOfTable& row); // for the terminal
QString headOfLines();
// growth.md. A whole table takes long, so it may come from several runs: rows of `before`, the page as it was, stay unless measured anew.
QString pageOf(const std::vector<RowOfTable>& rows, const Sizes& sizes, const QString& before);

} // namespace naru::bench
