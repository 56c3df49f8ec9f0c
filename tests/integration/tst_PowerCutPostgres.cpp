// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 900
// labels: campaign postgres
// The power of PostgreSQL's disk goes in the middle of a rush, again and again, while the server itself stays up: the database recovers, what
// had been acknowledged is there, nothing stands there twice, and the wishes without an answer are served once when they are asked again.
#include "integration/Market.h"
#include "integration/Verdict.h"
#include "support/Campaign.h"
#include "support/CutDisk.h"
#include "support/PgCluster.h"

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

class tst_PowerCutPostgres : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<CutDisk> m_disk; // before any thread: it gives this process mounts of its own
    std::unique_ptr<PgCluster> m_cluster;

    // A rush, the cut after so many answers, and the rest of the rush after it. Empty: nothing to complain of.
    QString cutOnce(int afterAnswers, const QStringList& arguments)
    {
        const QString url = m_cluster->createDatabase();
        const SmallData data = makeMarket(url).data;
        NarudProcess narud; // its keys are on another disk
        narud.setDatabase(url);
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
            m_cluster->kill9();
        });
        if (!trouble.isEmpty())
            return trouble;
        if (!m_disk->mountAgain())
            return u"the disk does not come back"_s;
        if (!m_cluster->restart(&trouble))
            return u"the database does not come back: "_s + trouble;
        RestSession anybody(narud.host(), narud.port());
        if (!QTest::qWaitFor([&] { return anybody.get("/readyz").status == 200; }, 30'000))
            return u"the server does not find the database again: "_s + narud.log();
        witness.newLife();
        crowd.run(narud.host(), narud.port());
        if (crowd.unanswered() != 0 || !narud.terminate())
            return u"the second life did not end well: "_s + narud.log();
        QString broken = judged(url, [&](server::Connection& db) { return verdict(db, witness, data.slotItems.front(), 100); }).join(u'\n');
        QString output;
        if (narud.run({u"check"_s}, &output) != 0)
            broken += output;
        return broken + m_cluster->check(url);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_disk = std::make_unique<CutDisk>();
        if (!m_disk->trouble().isEmpty())
            QSKIP(qPrintable(m_disk->trouble()));
        if (NarudProcess::binary().isEmpty())
            QSKIP("narud is not built");
        QString why;
        m_cluster = PgCluster::start(&why, PgCluster::Durability::Full, m_disk->path());
        if (!m_cluster)
            QSKIP(qPrintable(why));
    }
    void cleanupTestCase()
    {
        m_cluster.reset();
        m_disk.reset();
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // pg_amcheck is asked after every cut: it must see an index that lacks a row.
    void aBrokenIndexIsFound()
    {
        const QString url = m_cluster->createDatabase();
        QCOMPARE(m_cluster->check(url), QString());
        auto db = server::openStore(url, server::StoreAccess::Writer);
        QVERIFY(db);
        for (const QString& sql : {u"SET allow_system_table_mods = on"_s, u"CREATE TABLE odd (n INTEGER)"_s, u"CREATE INDEX odd_n ON odd (n)"_s,
                 u"UPDATE pg_index SET indisready = false WHERE indexrelid = 'odd_n'::regclass"_s, u"INSERT INTO odd VALUES (1)"_s,
                 u"UPDATE pg_index SET indisready = true WHERE indexrelid = 'odd_n'::regclass"_s})
            (*db)->script(sql);
        QVERIFY2(m_cluster->check(url).contains(u"odd_n"_s), qPrintable(m_cluster->check(url)));
    }

    void nothingAcknowledgedIsLost()
    {
        const int cuts = campaign(1, 8);
        QRandomGenerator random(campaignSeed());
        QElapsedTimer time;
        time.start();
        for (int round = 0; round < cuts; ++round) {
            const int after = random.bounded(1, 130);
            const QString broken = cutOnce(after, {});
            QVERIFY2(broken.isEmpty(), qPrintable(u"cut %1 after %2 answers (seed %3): %4"_s.arg(round).arg(after).arg(campaignSeed()).arg(broken)));
        }
        qInfo() << cuts << "power cuts of PostgreSQL in" << time.elapsed() / 1000.0 << "s, seed" << campaignSeed() << ": nothing acknowledged was lost";
    }

    // The same judgement on a server whose commits do not wait for the disk: it must find the loss.
    void withoutWaitingForTheDiskTheVerdictIsBad()
    {
#ifndef NARU_FAILPOINTS
        QSKIP("this build has no failpoints");
#endif
        QString broken;
        for (int round = 0; round < 10 && !broken.contains(u"V01"_s); ++round)
            broken = cutOnce(100, {u"--failpoints"_s, u"mutant.2=on"_s});
        QVERIFY2(broken.contains(u"V01"_s), qPrintable(u"10 cuts without waiting for the disk, and the verdict saw no loss: "_s + broken));
        qInfo().noquote() << "mutant 2:" << broken.left(300);
    }
};

QTEST_GUILESS_MAIN(tst_PowerCutPostgres)
#include "tst_PowerCutPostgres.moc"
