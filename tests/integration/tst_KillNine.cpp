// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 600
// labels: campaign
// The server dies in the middle of a rush, at a random moment or at a chosen step of a commit; started again, with the open
// wishes asked again under the same keys, no accepted ticket is lost and none exists twice.
#include "integration/Market.h"
#include "integration/Verdict.h"
#include "support/Campaign.h"

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

class tst_KillNine : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<SmallStore> m_store;

private Q_SLOTS:
    void initTestCase() { m_store = std::make_unique<SmallStore>(); }
    void cleanupTestCase() { m_store.reset(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        if (NarudProcess::binary().isEmpty())
            QSKIP("narud is not built");
    }

    void dies_data()
    {
        QTest::addColumn<QString>("failpoint"); // empty: kill -9 from outside
        QTest::addColumn<int>("afterAnswers");
        QTest::newRow("kill at 15 answers") << QString() << 15;
        QTest::newRow("kill at 70 answers") << QString() << 70;
        QTest::newRow("kill at 130 answers") << QString() << 130;
#ifdef NARU_FAILPOINTS
        for (const char* step : {"intake.accepted=crash@40", "rows.locked=crash@3", "decided=crash@2", "written=crash@3", "participants.before_commit=crash@3",
                 "participants.after_commit=crash@3", "before_answer=crash@2"})
            QTest::newRow(step) << QString::fromLatin1(step) << 0;
#endif
    }
    void dies()
    {
        QFETCH(QString, failpoint);
        QFETCH(int, afterAnswers);
        const Ended e = lifeAndDeath(failpoint, failpoint.isEmpty() ? afterAnswers : -1, 5);
        QVERIFY2(e.trouble.isEmpty(), qPrintable(e.trouble));
        qInfo().noquote() << "ready again after" << e.readyMs << "ms," << e.open << "wishes were open";
    }

    // At moments nobody chose.
    void diesAtAnyMoment()
    {
        const int kills = campaign(4, 60);
        QRandomGenerator random(campaignSeed());
        qint64 slowest = 0;
        std::size_t open = 0;
        for (int round = 0; round < kills; ++round) {
            const int after = random.bounded(1, 200);
            const Ended e = lifeAndDeath({}, after, 4);
            QVERIFY2(e.trouble.isEmpty(), qPrintable(u"kill %1 after %2 answers (seed %3): %4"_s.arg(round).arg(after).arg(campaignSeed()).arg(e.trouble)));
            slowest = std::max(slowest, e.readyMs);
            open += e.open;
        }
        qInfo() << kills << "kills, seed" << campaignSeed() << ": nothing lost, nothing twice;" << open << "wishes were open; slowest restart" << slowest << "ms";
    }

    // The same judgement on a server that answers before it has committed: it must find the loss.
    void whoAnswersBeforeTheCommitIsCaught()
    {
#ifndef NARU_FAILPOINTS
        QSKIP("this build has no failpoints");
#endif
        QString seen;
        for (int round = 0; round < 10 && !seen.contains(u"V01"_s); ++round)
            seen = lifeAndDeath(u"mutant.1=on,batch.before_commit=delay:30"_s, 100 + round, 5).trouble;
        QVERIFY2(seen.contains(u"V01"_s), qPrintable(u"ten deaths, and the verdict saw no loss: "_s + seen));
    }

private:
    struct Ended {
        QString trouble; // empty: the verdict is clean
        qint64 readyMs = 0;
        std::size_t open = 0; // wishes without an answer when it died
    };
    // kill -9 from outside after so many answers; < 0: a failpoint kills it from inside.
    Ended lifeAndDeath(const QString& failpoints, int killAfter, int wishesEach)
    {
        Ended e;
        NarudProcess narud;
        const SmallData& data = m_store->copyTo(narud.dataDir());
        QStringList arguments;
        if (!failpoints.isEmpty())
            arguments << u"--failpoints"_s << failpoints;
        if (!narud.start(arguments)) {
            e.trouble = narud.log();
            return e;
        }
        Witness witness;
        Crowd crowd(witness, data, 64, wishesEach);
        crowd.run(narud.host(), narud.port(), [&] {
            if (killAfter < 0)
                return;
            if (!witness.waitForAnswers(killAfter, Millis(30'000)))
                e.trouble = u"no answers"_s;
            witness.cutOrdered();
            narud.kill9();
        });
        if (crowd.unanswered() == 0)
            e.trouble = u"it died too late to prove anything"_s;
        if (!e.trouble.isEmpty())
            return e;
        e.open = crowd.unanswered();
        if (killAfter < 0)
            narud.kill9(); // collects the dead one
        witness.newLife();
        QElapsedTimer ready;
        ready.start();
        if (!narud.restart()) {
            e.trouble = narud.log();
            return e;
        }
        e.readyMs = ready.elapsed();
        crowd.run(narud.host(), narud.port());
        if (crowd.unanswered() != 0 || !narud.terminate())
            e.trouble = u"the second life did not end well: "_s + narud.log();
        e.trouble += verdict(narud.dataDir(), witness, data.slotItems.front(), 100).join(u'\n');
        QString output;
        if (narud.run({u"check"_s}, &output) != 0)
            e.trouble += output;
        return e;
    }
};

QTEST_GUILESS_MAIN(tst_KillNine)
#include "tst_KillNine.moc"
