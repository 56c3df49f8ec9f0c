// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
#include "server/auth/Throttle.h"
#include "support/FakeClock.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using Outcome = Throttle::Outcome;

class tst_Throttle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void failuresSlowAnAccountDown();
    void successClears();
    void manyAtOnceAreNotManyGuesses();
    void aSourceIsSlowedOverAllAccounts();
};

void tst_Throttle::failuresSlowAnAccountDown()
{
    test::FakeClock clock;
    Throttle t(clock);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(t.begin(u"kim"_s, u"10.0.0.1"_s), 0);
        t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Failure);
    }
    int expected = 1;
    for (int i = 0; i < 8; ++i) {
        QVERIFY(t.begin(u"KIM"_s, u"10.0.9.1"_s) >= expected); // the case of letters and the source do not help
        QCOMPARE(t.begin(u"lee"_s, u"10.0.0.1"_s), 0); // others are not touched
        t.finished(u"lee"_s, u"10.0.0.1"_s, Outcome::Unknown);
        clock.advance(Millis{expected * 1000});
        QCOMPARE(t.begin(u"kim"_s, u"10.0.0.1"_s), 0);
        t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Failure);
        expected = std::min(60, expected * 2);
    }
    clock.advance(Millis{16 * 60'000});
    QCOMPARE(t.begin(u"kim"_s, u"10.0.0.1"_s), 0); // forgotten
}

void tst_Throttle::successClears()
{
    test::FakeClock clock;
    Throttle t(clock);
    for (int round = 0; round < 10; ++round) {
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(t.begin(u"kim"_s, u"10.0.0.1"_s), 0);
            t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Failure);
        }
        QCOMPARE(t.begin(u"kim"_s, u"10.0.0.1"_s), 0);
        t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Success);
        clock.advance(Millis{10'000});
    }
}

void tst_Throttle::manyAtOnceAreNotManyGuesses()
{
    test::FakeClock clock;
    Throttle t(clock);
    int allowed = 0;
    for (int i = 0; i < 100; ++i)
        allowed += t.begin(u"kim"_s, u"10.0.0.1"_s) == 0;
    QCOMPARE(allowed, 10);
}

void tst_Throttle::aSourceIsSlowedOverAllAccounts()
{
    test::FakeClock clock;
    Throttle t(clock);
    int tried = 0;
    for (int i = 0; i < 100; ++i) {
        const QString who = u"user%1"_s.arg(i);
        if (t.begin(who, u"10.0.0.%1"_s.arg(i)) != 0) // one network
            continue;
        ++tried;
        t.finished(who, u"10.0.0.%1"_s.arg(i), Outcome::Failure);
    }
    QVERIFY(tried >= 30 && tried <= 32);
    QCOMPARE(t.begin(u"user99"_s, u"10.0.1.1"_s), 0); // the next network
}

QTEST_GUILESS_MAIN(tst_Throttle)
#include "tst_Throttle.moc"
