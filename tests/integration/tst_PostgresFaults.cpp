// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 900
// labels: campaign
// Servers on PostgreSQL while the ground moves: the database restarts under them, one of two servers dies again and again, the
// power goes. What was acknowledged stays, nothing happens twice, and everybody has an answer in the end.
#include "integration/Stampede.h"
#include "server/store/StoreUrl.h"
#include "support/Campaign.h"
#include "support/PgCluster.h"

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

class tst_PostgresFaults : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<PgCluster> m_cluster;
    QTemporaryDir m_files;

    static void pause(int ms) { ::poll(nullptr, 0, ms); }

    // A database with the tiny data set; its URL.
    QString market(SmallData* data)
    {
        const QString url = m_cluster->createDatabase();
        auto db = server::openStore(url, server::StoreAccess::Writer);
        if (!db)
            qFatal("%s", qPrintable(db.error().detail));
        server::Actor staff;
        staff.role = u"staff"_s;
        staff.letter = 'O';
        staff.requestId = u"setup"_s;
        (*db)->begin(server::Connection::Access::Write);
        server::Journal journal(**db);
        journal.begin();
        server::Txn txn(journal, systemClock().now(), systemRng(), staff);
        *data = makeSmallData(txn);
        journal.seal();
        (*db)->commit();
        return url;
    }
    QString judge(const QString& url, const Witness& witness, const SmallData& data, NarudProcess& narud)
    {
        auto db = server::openStore(url, server::StoreAccess::Writer);
        if (!db)
            return db.error().detail;
        QString broken = verdict(**db, witness, data.slotItems.front(), 100).join(u'\n');
        QString output;
        if (narud.run({u"check"_s}, &output) != 0)
            broken += output;
        return broken;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (NarudProcess::binary().isEmpty())
            QSKIP("narud is not built");
        QString why;
        m_cluster = PgCluster::start(&why, PgCluster::Durability::Full);
        if (!m_cluster)
            QSKIP(qPrintable(why));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theDatabaseRestartsUnderLoad()
    {
        SmallData data;
        const QString url = market(&data);
        NarudProcess narud;
        narud.setDatabase(url);
        QVERIFY2(narud.start(), qPrintable(narud.log()));
        Doors doors(1);
        doors.opened(0, narud.port());
        Witness witness;
        Stampede stampede(witness, data, doors, 24);
        const int restarts = campaign(2, 10);
        QRandomGenerator random(campaignSeed());
        stampede.run(200, [&] {
            for (int i = 0; i < restarts; ++i) {
                pause(random.bounded(100, 600));
                m_cluster->stop(i % 2 == 0); // as a crash, or orderly
                QVERIFY(m_cluster->restart());
            }
            pause(300);
        });
        QCOMPARE(stampede.unanswered(), 0);
        QVERIFY2(narud.terminate(), qPrintable(narud.log()));
        QCOMPARE(judge(url, witness, data, narud), QString());
        qInfo() << restarts << "restarts of the database, seed" << campaignSeed() << ":" << stampede.answered() << "wishes answered," << stampede.askedAgain()
                << "asked again, longest wait" << stampede.longestWaitMs() << "ms";
    }

    void oneOfTwoServersDiesAgainAndAgain()
    {
        SmallData data;
        const QString url = market(&data);
        // Both sign and check tokens with the same keys.
        const QStringList keys{u"--keys-dir"_s, m_files.path()};
        NarudProcess one;
        NarudProcess two;
        one.setDatabase(url);
        two.setDatabase(url);
        QVERIFY2(one.start(keys), qPrintable(one.log()));
        QVERIFY2(two.start(keys), qPrintable(two.log()));
        Doors doors(2);
        doors.opened(0, one.port());
        doors.opened(1, two.port());
        Witness witness;
        Stampede stampede(witness, data, doors, 24);
        const int kills = campaign(2, 6);
        const int between = qEnvironmentVariableIsSet("NARU_CAMPAIGN") ? 10'000 : 700;
        stampede.run(200, [&] {
            for (int i = 0; i < kills; ++i) {
                pause(between);
                NarudProcess& victim = i % 2 == 0 ? two : one;
                victim.kill9();
                pause(200);
                QVERIFY2(victim.start(keys), qPrintable(victim.log()));
                doors.opened(i % 2 == 0 ? 1 : 0, victim.port());
            }
            pause(300);
        });
        QCOMPARE(stampede.unanswered(), 0);
        QVERIFY2(one.terminate(), qPrintable(one.log()));
        QVERIFY2(two.terminate(), qPrintable(two.log()));
        QCOMPARE(judge(url, witness, data, one), QString());
        qInfo() << kills << "kills of one of two servers:" << stampede.answered() << "wishes answered," << stampede.askedAgain() << "asked again, longest wait"
                << stampede.longestWaitMs() << "ms";
    }
};

QTEST_GUILESS_MAIN(tst_PostgresFaults)
#include "tst_PostgresFaults.moc"
