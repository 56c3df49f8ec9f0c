// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 300
// The server dies in the middle of a rush, at a random moment or at a chosen step of a commit; started again, with the open
// wishes asked again under the same keys, no accepted ticket is lost and none exists twice.
#include "integration/Witness.h"

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
        for (const char* step : {"intake.accepted=crash@40", "rows.locked=crash@3", "decided=crash@2", "written=crash@3", "batch.before_commit=crash@16",
                 "batch.after_commit=crash@16", "before_answer=crash@2"})
            QTest::newRow(step) << QString::fromLatin1(step) << 0;
#endif
    }
    void dies()
    {
        QFETCH(QString, failpoint);
        QFETCH(int, afterAnswers);
        NarudProcess narud;
        const SmallData& data = m_store->copyTo(narud.dataDir());
        QStringList arguments;
        if (!failpoint.isEmpty())
            arguments << u"--failpoints"_s << failpoint;
        QVERIFY2(narud.start(arguments), qPrintable(narud.log()));
        Witness witness;
        Crowd crowd(witness, data, 64, 5);
        crowd.run(narud.host(), narud.port(), [&] {
            if (!failpoint.isEmpty())
                return;
            QVERIFY(witness.waitForAnswers(afterAnswers, Millis(30'000)));
            witness.cutOrdered();
            narud.kill9();
        });
        QVERIFY2(crowd.unanswered() > 0, "it died too late to prove anything");
        if (!failpoint.isEmpty())
            narud.kill9(); // collects the dead one
        witness.newLife();
        QElapsedTimer ready;
        ready.start();
        QVERIFY2(narud.restart(), qPrintable(narud.log()));
        qInfo().noquote() << "ready again after" << ready.elapsed() << "ms," << crowd.unanswered() << "wishes open";
        crowd.run(narud.host(), narud.port());
        QCOMPARE(crowd.unanswered(), std::size_t(0));
        QVERIFY2(narud.terminate(), qPrintable(narud.log()));
        QCOMPARE(verdict(narud.dataDir(), witness, data.slotItems.front(), 100).join(u'\n'), QString());
        QString output;
        QVERIFY2(narud.run({u"check"_s}, &output) == 0, qPrintable(output));
    }
};

QTEST_GUILESS_MAIN(tst_KillNine)
#include "tst_KillNine.moc"
