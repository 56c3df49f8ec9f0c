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
using Advice = Throttle::Advice;

class tst_Throttle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void failuresSlowAnAccountDown();
    void guessingIsLimited();
    void knownDevicesAreNotLockedOut();
    void aKnownDeviceThatGuessesIsSlowedDown();
    void successClears();
    void manyAtOnceAreNotManyGuesses();
    void aSourceIsSlowedOverAllAccounts();
    void networks();
    void rates();
    void memoryIsBounded();
};

namespace {

// Tries as often as it is let for so long, wrong each time; the number of guesses. A source for each, as a net of many machines has.
int guesses(Throttle& t, test::FakeClock& clock, const QString& login, Millis duration, Lane lane)
{
    int count = 0;
    int from = 0;
    const Millis end = clock.steady() + duration;
    while (clock.steady() < end) {
        const QString source = u"10.%1.%2.1"_s.arg(from / 250).arg(from % 250);
        const int wait = t.begin(login, source, lane);
        if (wait > 0) {
            clock.advance(Millis{wait * 1000});
            continue;
        }
        ++from;
        ++count;
        t.finished(login, source, Outcome::Failure, lane);
    }
    return count;
}

} // namespace

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
        QCOMPARE(t.begin(u"KIM"_s, u"10.0.9.1"_s), expected); // the case of letters and the source do not help
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

// T18: what a guesser with any number of machines gets in ten minutes, in an hour, and in a day.
void tst_Throttle::guessingIsLimited()
{
    test::FakeClock clock;
    Throttle t(clock);
    QVERIFY(guesses(t, clock, u"kim"_s, Millis{10 * 60'000}, Lane::New) <= 20);
    QVERIFY(guesses(t, clock, u"lee"_s, Millis{3600'000}, Lane::New) <= 60);
    const int day = guesses(t, clock, u"park"_s, Millis{24 * 3600'000}, Lane::New);
    QVERIFY2(day <= 24 * 60, std::to_string(day).c_str());
    QVERIFY(day > 100); // and it is a limit, not a wall
}

// T19: whoever guesses locks himself out, not the person.
void tst_Throttle::knownDevicesAreNotLockedOut()
{
    test::FakeClock clock;
    Throttle t(clock);
    for (int minute = 0; minute < 60; ++minute) {
        (void)guesses(t, clock, u"kim"_s, Millis{60'000}, Lane::New);
        QCOMPARE(t.begin(u"kim"_s, u"10.0.0.1"_s, Lane::Known), 0); // even from the guesser's own network
        QVERIFY(t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Success, Lane::Known) == Advice::None);
    }
    (void)guesses(t, clock, u"kim"_s, Millis{30'000}, Lane::New);
    QVERIFY(t.begin(u"kim"_s, u"10.0.0.1"_s, Lane::Known) == 0);
    t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Success, Lane::Known);
    t.begin(u"kim"_s, u"10.9.0.1"_s, Lane::New);
    t.finished(u"kim"_s, u"10.9.0.1"_s, Outcome::Failure, Lane::New);
    QVERIFY(t.begin(u"kim"_s, u"10.9.1.1"_s, Lane::New) > 0); // the person's success says nothing about strangers
    // The network used up by strangers is no obstacle either.
    for (int i = 0; i < 40; ++i)
        if (t.begin(u"x%1"_s.arg(i), u"10.7.7.1"_s) == 0)
            t.finished(u"x%1"_s.arg(i), u"10.7.7.1"_s, Outcome::Failure);
    QVERIFY(t.begin(u"someone"_s, u"10.7.7.9"_s, Lane::New) > 0);
    QCOMPARE(t.begin(u"kim"_s, u"10.7.7.9"_s, Lane::Known), 0);
}

void tst_Throttle::aKnownDeviceThatGuessesIsSlowedDown()
{
    test::FakeClock clock;
    Throttle t(clock);
    int advised = 0;
    int longest = 0;
    for (int failures = 0; failures < 150;) {
        const int wait = t.begin(u"kim"_s, u"10.0.0.1"_s, Lane::Known);
        QVERIFY(wait == 0 || failures >= 10);
        longest = std::max(longest, wait);
        if (wait > 0) {
            clock.advance(Millis{wait * 1000});
            continue;
        }
        ++failures;
        if (t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Failure, Lane::Known) == Advice::ResetCredential) {
            ++advised;
            QCOMPARE(failures, 100);
        }
    }
    QCOMPARE(advised, 1);
    QCOMPARE(longest, 30);
    clock.advance(Millis{30'000});
    QCOMPARE(t.begin(u"kim"_s, u"10.0.0.1"_s, Lane::Known), 0);
    t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Success, Lane::Known);
    for (int i = 0; i < 10; ++i) { // counted in a row
        QCOMPARE(t.begin(u"kim"_s, u"10.0.0.1"_s, Lane::Known), 0);
        t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Failure, Lane::Known);
    }
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
    for (int i = 0; i < 500; ++i) { // an office that comes to work is no attack
        QCOMPARE(t.begin(u"person%1"_s.arg(i), u"10.5.0.1"_s), 0);
        t.finished(u"person%1"_s.arg(i), u"10.5.0.1"_s, Outcome::Success);
    }
}

void tst_Throttle::manyAtOnceAreNotManyGuesses()
{
    test::FakeClock clock;
    Throttle t(clock);
    int allowed = 0;
    for (int i = 0; i < 100; ++i)
        allowed += t.begin(u"kim"_s, u"10.0.%1.1"_s.arg(i)) == 0;
    QCOMPARE(allowed, 10);
    for (int i = 0; i < 10; ++i)
        t.finished(u"kim"_s, u"10.0.0.1"_s, Outcome::Failure);
    clock.advance(Millis{60'000});
    allowed = 0;
    for (int i = 0; i < 100; ++i)
        allowed += t.begin(u"kim"_s, u"10.1.%1.1"_s.arg(i)) == 0;
    QCOMPARE(allowed, 1);
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
    QCOMPARE(tried, 30);
    QCOMPARE(t.begin(u"user99"_s, u"10.0.0.1"_s), 2);
    QCOMPARE(t.begin(u"user99"_s, u"10.0.1.1"_s), 0); // the next network
    clock.advance(Millis{2'000});
    QCOMPARE(t.begin(u"user98"_s, u"10.0.0.1"_s), 0);
    // Answers that are not in yet count: many at once are no way around.
    int atOnce = 0;
    for (int i = 0; i < 100; ++i)
        atOnce += t.begin(u"guest%1"_s.arg(i), u"192.168.3.4"_s) == 0;
    QCOMPARE(atOnce, 30);
}

void tst_Throttle::networks()
{
    QCOMPARE(networkOf(u"192.168.3.77"_s), std::string("192.168.3.0/24"));
    QCOMPARE(networkOf(u"::ffff:192.168.3.77"_s), std::string("192.168.3.0/24"));
    QCOMPARE(networkOf(u"2001:db8:1:2ff::1"_s), std::string("2001:db8:1:200::/56"));
    QCOMPARE(networkOf(u"2001:db8:1:200::"_s), networkOf(u"2001:db8:1:2ab:1:2:3:4"_s));
    QVERIFY(networkOf(u"2001:db8:1:300::1"_s) != networkOf(u"2001:db8:1:2ff::1"_s));
    QCOMPARE(networkOf(u"somewhere"_s), std::string("somewhere"));
}

void tst_Throttle::rates()
{
    const auto taken = [](Rate rate, Millis duration) {
        Gcra limit(rate);
        int count = 0;
        for (Millis now{0}; now < duration; now += Millis{500})
            count += limit.take("one", now) == Millis{0};
        return count;
    };
    QCOMPARE(taken(kRefreshRate, Millis{1'000}), 2); // as fast as it is asked
    QCOMPARE(taken(kRefreshRate, Millis{10 * 60'000}), 3 + 29); // then one in 20 s
    QCOMPARE(taken(kStepUpRate, Millis{600'000}), 5 + 4);
    QCOMPARE(taken(kNotMeRate, Millis{3600'000}), 3);
    QCOMPARE(taken(kSourceRate, Millis{60'000}), 30 + 29);

    Gcra limit(kNotMeRate);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(limit.take("a", Millis{0}), Millis{0});
    QCOMPARE(limit.take("a", Millis{0}), Millis{8 * 3600'000});
    QCOMPARE(limit.take("b", Millis{0}), Millis{0}); // each for itself
    limit.giveBack("a");
    QCOMPARE(limit.take("a", Millis{0}), Millis{0});
    QVERIFY(limit.take("a", Millis{8 * 3600'000 - 1}) > Millis{0}); // refusals are not counted
    QCOMPARE(limit.take("a", Millis{8 * 3600'000}), Millis{0});
}

void tst_Throttle::memoryIsBounded()
{
    Gcra limit({Millis{1'000}, 5}, 1'000);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(limit.take("often", Millis{0}), Millis{0});
    for (int i = 0; i < 10'000; ++i) {
        limit.take(std::to_string(i), Millis{0});
        QVERIFY(limit.kept() <= 1'000);
    }
    QVERIFY(limit.take("often", Millis{0}) > Millis{0}); // who is at his limit is not forgotten first

    test::FakeClock clock;
    Throttle t(clock);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(t.begin(u"kim"_s, u"10.200.0.1"_s), 0);
        t.finished(u"kim"_s, u"10.200.0.1"_s, Outcome::Failure);
    }
    for (int i = 0; i < 50'000; ++i) {
        const QString source = u"10.%1.%2.1"_s.arg(i / 250 % 200).arg(i % 250);
        if (t.begin(u"made-up-%1"_s.arg(i), source) == 0)
            t.finished(u"made-up-%1"_s.arg(i), source, Outcome::Failure);
    }
    QVERIFY(t.begin(u"kim"_s, u"10.200.0.1"_s) > 0);
}

QTEST_GUILESS_MAIN(tst_Throttle)
#include "tst_Throttle.moc"
