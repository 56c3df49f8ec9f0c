// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 60
#include "server/time/SteadyWallClock.h"

#include "server/store/Failpoint.h"
#include "support/FakeClock.h"

#include <QRegularExpression>
#include <QTest>

#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::FakeClock;
using naru::test::FakeRng;

namespace {

constexpr Millis kHour{3'600'000};
constexpr Millis kHold{600'000};
constexpr std::int64_t kPart = SteadyWallClock::kPart;

// A machine, the server's time on it, and what was told.
struct World {
    FakeClock machine;
    QStringList told;
    SteadyWallClock time{machine, [this](const QString& sentence) { told << sentence; }};

    ClockReading database(Millis ahead, Millis within = Millis(0)) const { return {realNow() + ahead, machine.steady(), within}; }
    // As a clock would say that nobody ever set.
    Instant realNow() const { return fromUnixMs(FakeClock::kStart) + (machine.steady() - began); }
    Millis off() const { return time.now() - realNow(); }
    const Millis began = machine.steady();
};

// How long a deadline of ten minutes takes, made at the moment in which `set` does something to the clock.
Millis lastsFor(World& w, const std::function<void()>& set, const std::function<void()>& meanwhile = {})
{
    const Instant due = w.time.now() + kHold;
    const Millis from = w.machine.steady();
    set();
    while (w.time.now() < due && w.machine.steady() - from < 3 * kHour) {
        w.machine.advance(Millis(500));
        if (meanwhile)
            meanwhile();
    }
    return w.machine.steady() - from;
}

} // namespace

class tst_SteadyWallClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanup()
    {
#ifdef NARU_FAILPOINTS
        clearFailpoints();
#endif
    }
    void goesAsItsMachine();
    void deadlinesKeepTheirLength_data();
    void deadlinesKeepTheirLength();
    void aStepIsMadeUpInTheEnd();
    void smallDeviationsAreFollowedWithoutAWord();
    void aSawToothIsNoStep();
    void runsThroughSuspend();
    void neverBackAndNeverFasterThanAllowed();
    void theDatabaseCounts();
    void theDatabaseMayBeSetToo();
    void doesNotBeginBeforeTheLastChange();
    void everyThreadSeesItRise();

private:
    static void arm(int defect)
    {
#ifdef NARU_FAILPOINTS
        if (defect != 0)
            QCOMPARE(armFailpoint(u"mutant.%1=on"_s.arg(defect)), QString());
#else
        if (defect != 0)
            QSKIP("this build has no failpoints");
#endif
    }
};

void tst_SteadyWallClock::goesAsItsMachine()
{
    World w;
    for (int i = 0; i < 1'000; ++i) {
        w.machine.advance(Millis(i * 7));
        QCOMPARE(w.time.now(), w.machine.now());
        QCOMPARE(w.time.steady(), w.machine.steady());
    }
    QCOMPARE(w.told, QStringList());
}

// Without the defect within 25 s of ten minutes; with it (deadlines by the raw clock) not at all.
void tst_SteadyWallClock::deadlinesKeepTheirLength_data()
{
    QTest::addColumn<int>("defect");
    QTest::addColumn<Millis>("step");
    for (const int defect : {0, 9})
        for (const auto& [name, step] : {std::pair("+1 h", kHour), std::pair("-1 h", -kHour), std::pair("+1 d", 24 * kHour), std::pair("-1 d", -24 * kHour)})
            QTest::addRow("%s%s", name, defect ? ", defect 9" : "") << defect << step;
}

void tst_SteadyWallClock::deadlinesKeepTheirLength()
{
    QFETCH(int, defect);
    QFETCH(Millis, step);
    arm(defect);
    World w;
    const Millis took = lastsFor(w, [&] { w.machine.stepWall(step); });
    const bool kept = std::abs((took - kHold).count()) <= 25'500; // and the half second between two looks
    QCOMPARE(kept, defect == 0);
    if (defect != 0)
        return;
    QCOMPARE(w.told.size(), 1);
    QVERIFY2(w.told.front().contains(step > Millis(0) ? u"was set forward by 1 "_s : u"was set back by 1 "_s), qPrintable(w.told.front()));
    QVERIFY2(w.told.front().contains(std::abs(step.count()) == kHour.count() ? u"for about 1 d 1 h."_s : u"for about 25 d."_s), qPrintable(w.told.front()));
    QVERIFY(w.told.front().contains(u"restart"_s));
}

void tst_SteadyWallClock::aStepIsMadeUpInTheEnd()
{
    for (const Millis step : {kHour, -kHour}) {
        World w;
        w.machine.stepWall(step);
        QCOMPARE(w.off(), Millis(0));
        w.machine.advance(Millis(2'000)); // seen here
        QCOMPARE(w.off(), Millis(0));
        QCOMPARE(w.time.owed(), step);
        w.machine.advance(kHour * kPart / 2);
        QCOMPARE(w.off(), step / 2);
        w.machine.advance(kHour * kPart / 2);
        QCOMPARE(w.time.now(), w.machine.now());
        w.machine.advance(kHour);
        QCOMPARE(w.time.now(), w.machine.now());
        QCOMPARE(w.time.owed(), Millis(0));
    }
    World w; // set wrong and put right again
    w.machine.stepWall(kHour);
    w.machine.advance(Millis(61'000));
    w.time.now();
    w.machine.advance(Millis(61'000));
    w.time.now();
    w.machine.stepWall(-kHour);
    w.machine.advance(Millis(1'000));
    w.time.now();
    QCOMPARE(w.told.size(), 2);
    QVERIFY2(w.told.back().contains(u"slower"_s), qPrintable(w.told.back())); // it had begun to follow
    w.machine.advance(Millis(63'000));
    QCOMPARE(w.time.now(), w.machine.now());
}

void tst_SteadyWallClock::smallDeviationsAreFollowedWithoutAWord()
{
    World w;
    for (const Millis by : {Millis(1'500), Millis(-1'900), Millis(40)}) {
        w.machine.stepWall(by);
        w.machine.advance(Millis(1'000));
        w.time.now();
        w.machine.advance(Millis(1'900 * kPart));
        QCOMPARE(w.time.now(), w.machine.now());
    }
    w.machine.stepWall(Millis(8)); // reading two clocks is no more exact than that
    w.machine.advance(Millis(1'000'000));
    QCOMPARE(w.time.now(), w.machine.now() - Millis(8));
    QCOMPARE(w.told, QStringList());
}

void tst_SteadyWallClock::aSawToothIsNoStep()
{
    World w;
    bool up = false;
    int looks = 0;
    const Millis took = lastsFor(w, [] {}, [&] {
        if (++looks % 4 == 0) // each 2 s
            w.machine.stepWall((up = !up) ? kHour : -kHour);
    });
    QVERIFY(std::abs((took - kHold).count()) <= 25'500);
    QVERIFY2(w.told.size() >= 2 && w.told.size() <= 11, qPrintable(QString::number(w.told.size()))); // once a minute
    QVERIFY2(w.told.at(1).contains(QRegularExpression(u"and (29|30) times before"_s)), qPrintable(w.told.at(1)));
}

void tst_SteadyWallClock::runsThroughSuspend()
{
    World w;
    const Instant due = w.time.now() + kHold;
    w.machine.advance(8 * kHour); // the steady clock runs on
    QCOMPARE(w.time.now(), w.machine.now());
    QVERIFY(w.time.now() > due);
    QCOMPARE(w.told, QStringList());
}

void tst_SteadyWallClock::neverBackAndNeverFasterThanAllowed()
{
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        World w;
        FakeRng rng(seed);
        Instant last = w.time.now();
        for (int i = 0; i < 2'000; ++i) {
            const Millis by(static_cast<std::int64_t>(rng.next64() % 3'000));
            w.machine.advance(by);
            if (rng.next64() % 20 == 0)
                w.machine.stepWall(Millis(static_cast<std::int64_t>(rng.next64() % 200'000'000) - 100'000'000));
            const Instant now = w.time.now();
            QVERIFY(now >= last);
            const Millis gone = now - last;
            QVERIFY2(std::abs((gone - by).count()) <= by.count() / kPart + 1, qPrintable(u"seed %1: %2 ms took %3"_s.arg(seed).arg(by.count()).arg(gone.count())));
            last = now;
        }
    }
}

void tst_SteadyWallClock::theDatabaseCounts()
{
    World w;
    w.machine.stepWall(kHour); // it was never right
    w.time.begin(w.database(Millis(0)), {});
    QCOMPARE(w.off(), Millis(0));
    QCOMPARE(w.told, QStringList{u"The clock of this machine is 1 h ahead of the database's. The database's time counts."_s});
    w.machine.stepWall(-24 * kHour);
    for (int i = 0; i < 600; ++i) {
        w.machine.advance(Millis(1'000));
        if (i % 10 == 0)
            w.time.compare(w.database(Millis(i % 20 ? 15 : -15), Millis(20))); // the network's doing, not the clock's
        QCOMPARE(w.off(), Millis(0));
    }
    w.time.compare(w.database(Millis(300))); // these two drift apart
    w.machine.advance(Millis(300 * kPart));
    QCOMPARE(w.off(), Millis(300));
    QCOMPARE(w.told.size(), 1);
}

void tst_SteadyWallClock::theDatabaseMayBeSetToo()
{
    World w;
    w.time.begin(w.database(Millis(0)), {});
    const ClockReading late = w.database(Millis(0));
    w.machine.advance(Millis(10'000));
    w.time.compare(w.database(kHour));
    QCOMPARE(w.told.size(), 1);
    QVERIFY2(w.told.front().startsWith(u"The database's clock was set forward by 1 h. "_s), qPrintable(w.told.front()));
    w.time.compare(late); // says nothing any more
    QCOMPARE(w.time.owed(), kHour);
    const Millis took = lastsFor(w, [] {});
    QVERIFY(took < kHold && took >= kHold - Millis(25'000));
}

void tst_SteadyWallClock::doesNotBeginBeforeTheLastChange()
{
    World w;
    const Instant newest = w.machine.now();
    w.machine.advance(Millis(60'000)); // it was down for a minute
    w.machine.stepWall(-kHour);
    w.time.begin({}, newest);
    QCOMPARE(w.time.now(), newest);
    QCOMPARE(w.told.size(), 1);
    QVERIFY2(w.told.front().contains(u"changes of 59 min later"_s) && w.told.front().contains(u"--trust-clock"_s), qPrintable(w.told.front()));
    const Millis took = lastsFor(w, [] {});
    QVERIFY(took > kHold && took <= kHold + Millis(25'500));
    QCOMPARE(w.told.size(), 1);
    w.machine.advance(25 * kHour);
    QCOMPARE(w.time.now(), w.machine.now());

    World right; // a store without changes, or none later: the machine's time
    right.machine.stepWall(kHour);
    right.time.begin({}, newest);
    QCOMPARE(right.time.now(), right.machine.now());
    right.machine.stepWall(-2 * kHour);
    right.time.begin({}, {}); // --trust-clock
    QCOMPARE(right.time.now(), right.machine.now());
    QCOMPARE(right.told, QStringList());
}

void tst_SteadyWallClock::everyThreadSeesItRise()
{
    FakeClock machine;
    SteadyWallClock time(machine, [](const QString&) {});
    std::atomic<bool> over{false};
    std::atomic<int> back{0};
    std::atomic<std::int64_t> shared{0}; // what one thread told the others
    std::vector<std::thread> threads;
    for (int n = 0; n < 4; ++n)
        threads.emplace_back([&] {
            while (!over) {
                const std::int64_t heard = shared.load();
                const std::int64_t now = toUnixMs(time.now());
                back += now < heard;
                shared.store(std::max(now, heard));
            }
        });
    FakeRng rng(3);
    for (int i = 0; i < 20'000; ++i) {
        machine.advance(Millis(static_cast<std::int64_t>(rng.next64() % 400)));
        if (i % 10 == 0)
            machine.stepWall(i % 20 ? kHour : -kHour);
        time.now();
    }
    over = true;
    for (std::thread& t : threads)
        t.join();
    QCOMPARE(back.load(), 0);
}

QTEST_GUILESS_MAIN(tst_SteadyWallClock)
#include "tst_SteadyWallClock.moc"
