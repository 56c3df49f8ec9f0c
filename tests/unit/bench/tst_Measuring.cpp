// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_bench
// What the benchmark's figures rest on: quantiles, the window of a run, the verdict on a claim.
#include "bench/naru_bench/Report.h"

#include <QRegularExpression>
#include <QTest>

using namespace naru::bench;
using namespace Qt::StringLiterals;

class tst_Measuring : public QObject {
    Q_OBJECT
private:
    static Measured measured(double rate, std::int64_t micros)
    {
        Measured m;
        m.rate = rate;
        m.latency.record(micros);
        return m;
    }
    static Findings findings(double textbook, double ours)
    {
        GroupResult g;
        g.name = u"hot64"_s;
        g.title = u"One hot inventory, 64 callers"_s;
        g.series = {{u"textbook/64"_s, {measured(textbook, 90'000), measured(textbook, 90'000)}}, {u"pg/64"_s, {measured(ours, 3'000), measured(ours * 2, 3'000)}}};
        Findings f;
        f.groups.push_back(g);
        return f;
    }
    static const Goal* goal(const std::vector<Goal>& all, const QString& words)
    {
        const auto it = std::find_if(all.begin(), all.end(), [&](const Goal& g) { return g.words.contains(words); });
        return it == all.end() ? nullptr : &*it;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void quantilesHaveThreeDigits()
    {
        Histogram h;
        for (std::int64_t i = 1; i <= 100'000; ++i)
            h.record(i * 10);
        for (const double part : {0.5, 0.9, 0.99, 0.999}) {
            const double exact = part * 1'000'000;
            const auto found = static_cast<double>(h.quantile(part));
            QVERIFY2(std::abs(found - exact) <= exact / 1000 + 1, qPrintable(u"%1: %2 instead of %3"_s.arg(part).arg(found).arg(exact)));
        }
        QCOMPARE(h.max(), 1'000'000);
        QCOMPARE(h.count(), 100'000u);
    }
    void oneSlowAnswerIsTheMaximumAndNotAnAverage()
    {
        Histogram h;
        for (int i = 0; i < 999; ++i)
            h.record(100);
        h.record(5'000'000);
        QCOMPARE(h.quantile(0.99), 100);
        QCOMPARE(h.max(), 5'000'000);
        QCOMPARE(h.quantile(1.0), 5'000'000);
    }
    void nothingRecordedIsZero() { QCOMPARE(Histogram().quantile(0.99), 0); }

    void twoHistogramsAddUp()
    {
        Histogram a;
        Histogram b;
        a.record(10);
        b.record(1'000'000);
        a.add(b);
        QCOMPARE(a.count(), 2u);
        QCOMPARE(a.max(), 1'000'000);
        QCOMPARE(a.quantile(0.5), 10);
    }

    // The window begins when three half seconds agree; what ended before it is not in the rate, but in the books.
    void theWarmUpIsNotMeasured()
    {
        Trial::Plan plan;
        plan.seconds = 2;
        plan.warmUpAtLeast = 1;
        plan.warmUpAtMost = 10;
        Trial trial(plan);
        std::int64_t now = 1'000'000'000;
        const auto step = [&](std::int64_t ns) {
            const std::int64_t from = now;
            QVERIFY(trial.mayStart(from));
            now += ns;
            trial.ended(from, now, Verdict::Granted);
        };
        for (int i = 0; i < 10; ++i)
            step(100'000'000); // the first second is slow
        while (!trial.isOver())
            step(10'000'000);
        QVERIFY2(std::abs(trial.rate() - 100) < 2, qPrintable(QString::number(trial.rate())));
        QVERIFY(trial.granted() > trial.windowDone());
        QVERIFY(trial.latency().max() <= 10'010);
        QVERIFY(!trial.mayStart(now));
    }
    void aSideThatNeverSettlesIsMeasuredAllTheSame()
    {
        Trial::Plan plan;
        plan.seconds = 1;
        plan.warmUpAtMost = 3;
        Trial trial(plan);
        std::int64_t now = 0;
        int n = 0;
        while (!trial.isOver()) {
            const std::int64_t from = now;
            trial.mayStart(from);
            now += (n++ / 7) % 2 == 0 ? 200'000'000 : 20'000'000;
            trial.ended(from, now, Verdict::Granted);
        }
        QVERIFY(now < 5'000'000'000);
        QVERIFY(trial.rate() > 0);
    }
    void failuresAreNoRate()
    {
        Trial::Plan plan;
        plan.warmUp = false;
        plan.seconds = 1;
        Trial trial(plan);
        trial.mayStart(1);
        trial.failedWith("why");
        trial.ended(1, 2, Verdict::Failed);
        trial.close(1'000'000'001);
        QCOMPARE(trial.rate(), 0.0);
        QCOMPARE(trial.failed(), 1u);
        QCOMPARE(trial.firstFailure(), std::string("why"));
    }

    void theGeneratorIsBelievedOnlyWhenItSawTheStalls()
    {
        Honesty honest;
        Honesty blind;
        for (int i = 0; i < 1000; ++i) {
            honest.latency.record(i < 800 ? 1'000 : (i - 799) * 1'000);
            blind.latency.record(i < 990 ? 1'000 : 200'000); // what a closed loop shows
        }
        QVERIFY(honest.honest());
        QVERIFY(!blind.honest());
    }

    void aClaimIsTheMedianOfTheRounds()
    {
        const auto good = goals(findings(1000, 20'000));
        const Goal* g = goal(good, u"HTTP on PostgreSQL / textbook, 64 callers"_s);
        QVERIFY(g);
        QCOMPARE(g->value, 30.0);
        QCOMPARE(g->low, 20.0);
        QCOMPARE(g->high, 40.0);
        QVERIFY(g->met());
        QVERIFY(goal(good, u"p99 of the textbook / p99 over HTTP, 64"_s)->met());
        const auto bad = goals(findings(1000, 4'000));
        QVERIFY(!goal(bad, u"HTTP on PostgreSQL / textbook, 64 callers"_s)->met());
        QVERIFY(!goal(bad, u"one caller"_s)); // not measured, not claimed
    }
    void thePageSaysWhatWasMissedAndWhatIsVoid()
    {
        Findings f = findings(1000, 4'000);
        QVERIFY(markdown(f).contains(u"**missed**"_s));
        QVERIFY(!markdown(f).contains(u"void"_s));
        f.groups.front().sound = false;
        f.groups.front().notes << u"the ledger has 1 rows more"_s;
        QVERIFY(markdown(f).contains(u"void"_s));
        QVERIFY(markdown(f).contains(u"the ledger has 1 rows more"_s));
    }
    void theChartIsOneLinePerWay()
    {
        const QString svg = chart(u"a & b"_s, throughputLines(findings(1000, 20'000)));
        QVERIFY(svg.startsWith(u"<svg"_s) && svg.endsWith(u"</svg>\n"_s));
        QCOMPARE(svg.count(u"<polyline"_s), 2); // nothing of SQLite in this run
        QVERIFY(svg.contains(u"a &amp; b"_s));
    }
};

QTEST_GUILESS_MAIN(tst_Measuring)
#include "tst_Measuring.moc"
