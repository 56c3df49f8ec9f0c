// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
#include "server/engine/Meter.h"

#include <QRegularExpression>
#include <QTest>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

class tst_Meter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void ratesCoverTheLastTenSeconds()
    {
        Meter m(Millis(100'000));
        for (int i = 0; i < 30; ++i)
            m.arrived(Millis(100'000 + i * 100)); // 10 a second for 3 s
        QCOMPARE(m.reading(Millis(102'950)).arrivalsPerSecond, 3.0);
        QCOMPARE(m.reading(Millis(109'999)).arrivalsPerSecond, 3.0);
        QCOMPARE(m.reading(Millis(111'000)).arrivalsPerSecond, 1.0);
        QCOMPARE(m.reading(Millis(130'000)).arrivalsPerSecond, 0.0);
        QCOMPARE(m.reading(Millis(130'000)).decisionsPerSecond, 0.0);
    }

    void waitsCoverTheLastThousand()
    {
        Meter m(Millis(0));
        QCOMPARE(m.reading(Millis(0)).waitP95Ms, 0.0);
        m.decided(Millis(10), std::vector<Millis>(1000, Millis(500)));
        std::vector<Millis> waits;
        for (int i = 1; i <= 1000; ++i)
            waits.push_back(Millis(i));
        m.decided(Millis(20), waits);
        QCOMPARE(m.reading(Millis(20)).waitP50Ms, 500.0);
        QCOMPARE(m.reading(Millis(20)).waitP95Ms, 950.0);
        QCOMPARE(m.reading(Millis(20)).decisionsPerSecond, 200.0);
    }

    void theSeriesHasOnePointPerTenSeconds()
    {
        Meter m(Millis(5'000));
        m.decided(Millis(6'000), {Millis(1), Millis(1)});
        QCOMPARE(m.reading(Millis(9'999)).series, std::vector<double>());
        m.decided(Millis(25'000), {Millis(1)});
        QCOMPARE(m.reading(Millis(30'000)).series, (std::vector<double>{0.2, 0.0, 0.1}));
        QCOMPARE(m.reading(Millis(1'900'000)).series.size(), std::size_t(180));
        QCOMPARE(m.reading(Millis(1'900'000)).series.front(), 0.0); // what is older than half an hour is gone
    }
};

QTEST_APPLESS_MAIN(tst_Meter)
#include "tst_Meter.moc"
