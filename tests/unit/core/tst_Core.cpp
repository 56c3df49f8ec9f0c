// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_core
#include "core/Clock.h"
#include "core/Money.h"
#include "core/Result.h"

#include <QTest>

using namespace naru;
using namespace Qt::StringLiterals;

class tst_Core : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void idsRoundTripAndSortByTime()
    {
        Id128 previous;
        for (std::int64_t ms : {std::int64_t(0), std::int64_t(1), std::int64_t(1795371234567), (std::int64_t(1) << 48) - 1}) {
            const Id128 id = Id128::make(ms, 0xBEEF, 0x0123456789ABCDEFull);
            QCOMPARE(id.unixMs(), ms);
            const QString text = id.toString();
            QCOMPARE(text.size(), 26);
            QCOMPARE(*Id128::parse(QStringView(text)), id);
            QCOMPARE(*Id128::parse(QStringView(text.toLower())), id);
            QVERIFY(previous < id);
            QVERIFY(previous.toString() < text);
            previous = id;
        }
    }
    void badIdsAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("short") << QString(25, u'0');
        QTest::newRow("long") << QString(27, u'0');
        QTest::newRow("letter U") << QString(25, u'0') + u'U';
        QTest::newRow("overflow") << u'8' + QString(25, u'0');
        QTest::newRow("hangul") << QString(25, u'0') + u'가';
    }
    void badIdsAreRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!Id128::parse(QStringView(text)));
    }

    void moneyReadsAsPeopleWriteIt()
    {
        QCOMPARE(formatMoney({12000, u"KRW"_s}), u"₩12,000"_s);
        QCOMPARE(formatMoney({0, u"KRW"_s}), u"₩0"_s);
        QCOMPARE(formatMoney({-1234567, u"KRW"_s}), u"−₩1,234,567"_s);
        QCOMPARE(formatMoney({123405, u"USD"_s}), u"US$1,234.05"_s);
        QCOMPARE(formatMoney({INT64_MIN, u"KRW"_s}), u"−₩9,223,372,036,854,775,808"_s);
    }
    void basisPointsRoundHalfUp()
    {
        QCOMPARE(basisPoints(10, 500), 1); // 0.5 → 1
        QCOMPARE(basisPoints(9, 500), 0); // 0.45 → 0
        QCOMPARE(basisPoints(-10, 500), -1);
        QCOMPARE(basisPoints(1'000'000'000'000, 10'000), 1'000'000'000'000);
        QCOMPARE(basisPoints(333, 3333), 111);
    }

    void instantsRoundTrip()
    {
        for (std::int64_t ms : {std::int64_t(0), std::int64_t(1795371234567), std::int64_t(-1), std::int64_t(951782400000)}) {
            const auto back = fromRfc3339(toRfc3339(fromUnixMs(ms)));
            QVERIFY(back);
            QCOMPARE(toUnixMs(*back), ms);
        }
        QCOMPARE(toRfc3339(fromUnixMs(1795371234567)), u"2026-11-22T18:13:54.567Z"_s);
        QCOMPARE(toUnixMs(*fromRfc3339(u"2026-11-23T03:13:54.567+09:00")), 1795371234567);
    }
    void badInstantsAreRefused()
    {
        for (const QString& bad : {QString(), u"2026-11-22"_s, u"2026-11-22T18:13:54"_s, u"2026-13-22T18:13:54Z"_s, u"yesterday, around noon Z"_s})
            QVERIFY2(!fromRfc3339(bad), qPrintable(bad));
    }

    void resultsCarryOneOfTwo()
    {
        const Result<int> good = 7;
        QVERIFY(good);
        QCOMPARE(*good, 7);
        Error e;
        e.code = u"x"_s;
        const Result<int> bad = e;
        QVERIFY(!bad);
        QCOMPARE(bad.error().code, u"x"_s);
    }
};

QTEST_APPLESS_MAIN(tst_Core)
#include "tst_Core.moc"
