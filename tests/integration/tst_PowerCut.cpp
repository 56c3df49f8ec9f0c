// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 900
// labels: campaign
// The power goes in the middle of a rush, again and again: what the server had acknowledged is there after it, nothing stands
// there twice, and the wishes without an answer are served once when they are asked again under their keys.
#include "integration/Market.h"
#include "integration/Verdict.h"
#include "support/Campaign.h"
#include "support/CutDisk.h"

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

class tst_PowerCut : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<CutDisk> m_disk; // before any thread: it gives this process mounts of its own
    std::unique_ptr<SmallStore> m_store;

    // One life, its violent end, the life after it. Empty: the verdict is clean.
    QString cutOnce(int round, int afterAnswers, const QStringList& arguments)
    {
        const QString folder = m_disk->path() + u"/data%1"_s.arg(round);
        NarudProcess narud(folder);
        const SmallData& data = m_store->copyTo(folder);
        if (!narud.start(arguments))
            return u"the server does not start: "_s + narud.log();
        m_disk->sync();
        Witness witness;
        Crowd crowd(witness, data, 24, 6);
        QString trouble;
        crowd.run(narud.host(), narud.port(), [&] {
            if (!witness.waitForAnswers(afterAnswers, Millis(60'000)))
                trouble = u"no answers"_s;
            witness.cutOrdered();
            if (!m_disk->cut())
                trouble = u"the power cannot be cut"_s;
            narud.kill9();
        });
        if (!trouble.isEmpty())
            return trouble;
        const QString lastWords = narud.log().right(600);
        if (!m_disk->mountAgain())
            return u"the disk does not come back"_s;
        witness.newLife();
        if (!narud.restart())
            return u"the server does not start after the cut: "_s + narud.log();
        crowd.run(narud.host(), narud.port());
        if (crowd.unanswered() != 0 || !narud.terminate())
            return u"the second life did not end well: "_s + narud.log();
        QString broken = verdict(folder, witness, data.slotItems.front(), 100).join(u'\n');
        QString output;
        if (narud.run({u"check"_s}, &output) != 0)
            broken += output;
        QDir(folder).removeRecursively();
        return broken.isEmpty() ? broken : broken + u"\nbefore the cut it said: "_s + lastWords;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_disk = std::make_unique<CutDisk>();
        if (!m_disk->trouble().isEmpty())
            QSKIP(qPrintable(m_disk->trouble()));
        if (NarudProcess::binary().isEmpty())
            QSKIP("narud is not built");
        m_store = std::make_unique<SmallStore>();
    }
    void cleanupTestCase()
    {
        m_store.reset();
        m_disk.reset();
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nothingAcknowledgedIsLost()
    {
        const int cuts = campaign(6, 100);
        QRandomGenerator random(campaignSeed());
        QElapsedTimer time;
        time.start();
        for (int round = 0; round < cuts; ++round) {
            const int after = random.bounded(1, 130);
            const QString broken = cutOnce(round, after, {});
            QVERIFY2(broken.isEmpty(), qPrintable(u"cut %1 after %2 answers (seed %3): %4"_s.arg(round).arg(after).arg(campaignSeed()).arg(broken)));
        }
        qInfo() << cuts << "power cuts in" << time.elapsed() / 1000 << "s, seed" << campaignSeed() << ": nothing acknowledged was lost";
    }

    // The same judgement on a server that answers without waiting for the disk: it must find the loss.
    void withoutWaitingForTheDiskTheVerdictIsBad()
    {
#ifndef NARU_FAILPOINTS
        QSKIP("this build has no failpoints");
#endif
        QString broken;
        for (int round = 0; round < 20 && broken.isEmpty(); ++round)
            broken = cutOnce(10'000 + round, 100, {u"--failpoints"_s, u"mutant.2=on"_s});
        QVERIFY2(!broken.isEmpty(), "20 cuts without waiting for the disk, and the verdict saw no loss");
        qInfo().noquote() << "mutant 2:" << broken.left(300);
    }
};

QTEST_GUILESS_MAIN(tst_PowerCut)
#include "tst_PowerCut.moc"
