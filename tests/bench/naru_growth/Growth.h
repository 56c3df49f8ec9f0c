// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_growth/Report.h"
#include "bench/naru_growth/Stores.h"

#include <QStringList>
#include <map>

namespace naru::bench {

// Measures the rows of the growth table, C1 to C14 as far as the server is concerned, and says each line as soon as it is known.
// Needs valgrind, for C7 and C9 also narud. Throws std::runtime_error.
class Growth {
public:
    Growth(const Sizes& sizes, const QString& keptStores);
    static QStringList ids(); // of the rows there are
    void measure(const QString& id);
    const std::vector<RowOfTable>& rows() const { return m_rows; }

private:
    double each(const QString& step, const Contents& contents, int param = 0); // instructions of one more
    void compare(const char* id, const QString& costOf, const QString& sizes, double few, double many, double bound, const QString& unit = QStringLiteral("instructions"),
        const QString& note = {});
    void limit(const char* id, const QString& costOf, const QString& what, double measured, double most, const QString& unit, const QString& note = {});

    void inventories(); // C1
    void waiting(); // C2
    void consoles(); // C3
    void history(); // C4
    void endings(); // C5
    void lines(); // C6
    void fanOut(); // C7
    void restart(); // C9
    void bytes(); // C14
    struct Measure {
        const char* id;
        void (Growth::*run)();
    };
    static const std::vector<Measure>& measures();

    const Sizes m_sizes;
    Stores m_stores;
    std::map<QString, double> m_known; // what was counted once is not counted again
    std::vector<RowOfTable> m_rows;
};

} // namespace naru::bench
