// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
#include "core/Money.h"
#include "server/domain/Mask.h"
#include "server/domain/Split.h"
#include "server/domain/View.h"

#include <QRegularExpression>
#include <QTest>

#include <numeric>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

// Shares that add up, and names that may be shown.
class TestSplitAndMask : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void sharesAddUp_data();
    void sharesAddUp();
    void naiveRoundingWouldNot();
    void manySharesAddUp();
    void linesRoundHalfUp();
    void masks_data();
    void masks();
    void payloadsAreMasked();
    void patternsEscape();
};

using Amounts = std::vector<std::int64_t>;

void TestSplitAndMask::sharesAddUp_data()
{
    QTest::addColumn<qint64>("amount");
    QTest::addColumn<QList<qint64>>("weights");
    QTest::addColumn<QList<qint64>>("parts");
    QTest::newRow("even") << qint64{3000} << QList<qint64>{1, 1, 1} << QList<qint64>{1000, 1000, 1000};
    QTest::newRow("one left over goes to the first of equals") << qint64{100} << QList<qint64>{1, 1, 1} << QList<qint64>{34, 33, 33};
    QTest::newRow("largest remainder") << qint64{100} << QList<qint64>{1, 2, 4} << QList<qint64>{14, 29, 57};
    QTest::newRow("nothing to share") << qint64{0} << QList<qint64>{5, 7} << QList<qint64>{0, 0};
    QTest::newRow("weightless") << qint64{5} << QList<qint64>{0, 0} << QList<qint64>{3, 2};
    QTest::newRow("one takes all") << qint64{3000} << QList<qint64>{77} << QList<qint64>{3000};
    QTest::newRow("no parts") << qint64{0} << QList<qint64>{} << QList<qint64>{};
    QTest::newRow("large") << qint64{999'999'999'999} << QList<qint64>{999'999'999'999, 1} << QList<qint64>{999'999'999'998, 1};
}

void TestSplitAndMask::sharesAddUp()
{
    QFETCH(qint64, amount);
    QFETCH(QList<qint64>, weights);
    QFETCH(QList<qint64>, parts);
    QCOMPARE(splitByLargestRemainder(amount, Amounts(weights.begin(), weights.end())), Amounts(parts.begin(), parts.end()));
}

void TestSplitAndMask::naiveRoundingWouldNot()
{
    // The control: rounding each share alone loses or invents money on the same case.
    std::int64_t naive = 0;
    for (int i = 0; i < 3; ++i)
        naive += basisPoints(100, 3333);
    QVERIFY(naive != 100);
}

void TestSplitAndMask::manySharesAddUp()
{
    std::uint64_t state = 42;
    const auto draw = [&state] { return state = state * 6364136223846793005ull + 1442695040888963407ull, state >> 33; };
    for (int round = 0; round < 5'000; ++round) {
        Amounts weights(1 + draw() % 9);
        for (auto& w : weights)
            w = static_cast<std::int64_t>(draw() % 1'000'000);
        const auto amount = static_cast<std::int64_t>(draw() % 10'000'000);
        const Amounts parts = splitByLargestRemainder(amount, weights);
        QCOMPARE(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), amount);
        for (const std::int64_t p : parts)
            QVERIFY(p >= 0);
    }
}

void TestSplitAndMask::linesRoundHalfUp()
{
    QCOMPARE(basisPoints(50, 500), 3); // 2.5
    QCOMPARE(basisPoints(49, 500), 2); // 2.45
    QCOMPARE(basisPoints(12'345, 1'500), 1'852); // 1851.75
    QCOMPARE(basisPoints(0, 10'000), 0);
    QCOMPARE(basisPoints(777, 10'000), 777);
}

void TestSplitAndMask::masks_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("masked");
    QTest::newRow("three") << u"이서준"_s << u"이○준"_s;
    QTest::newRow("two") << u"이준"_s << u"이○"_s;
    QTest::newRow("four") << u"남궁민수"_s << u"남○○수"_s;
    QTest::newRow("one") << u"이"_s << u"이"_s;
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("latin") << u"Ana Lee"_s << u"A○○ ○○e"_s;
    QTest::newRow("beyond the basic plane") << u"𠮷田𠮷"_s << u"𠮷○𠮷"_s;
}

void TestSplitAndMask::masks()
{
    QFETCH(QString, name);
    QFETCH(QString, masked);
    QCOMPARE(maskName(name), masked);
}

void TestSplitAndMask::payloadsAreMasked()
{
    protocol::json::object payload{{"customer_name", "이서준"}, {"title", "이서준"}};
    maskForVendor(payload);
    QCOMPARE(protocol::fromUtf8(std::string_view(payload.at("customer_name").as_string())), u"이○준"_s);
    QCOMPARE(protocol::fromUtf8(std::string_view(payload.at("title").as_string())), u"이서준"_s);
    protocol::json::object other{{"id", 1}};
    maskForVendor(other);
    QCOMPARE(other.size(), std::size_t{1});
}

void TestSplitAndMask::patternsEscape()
{
    QCOMPARE(likePattern(u"50%_a\\b"_s), u"%50\\%\\_a\\\\b%"_s);
}

QTEST_GUILESS_MAIN(TestSplitAndMask)
#include "tst_SplitAndMask.moc"
