// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 60
// engines: both
#include "server/time/StoreTime.h"

#include "server/store/Database.h"
#include "server/store/StoreUrl.h"
#include "server/store/Txn.h"
#include "server/tools/Users.h"
#include "support/FakeClock.h"
#include "support/PgCluster.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sstream>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::FakeClock;
using naru::test::FakeRng;

// Which time a server or a tool begins with. The machine here lives in March 2026; the database of PostgreSQL in the real present.
class tst_StoreTime : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    int m_stores = 0;
    FakeClock m_machine;
    FakeRng m_rng;

    QString store()
    {
        const QString name = test::freshStore(m_dir, u"store-%1.sqlite"_s.arg(++m_stores));
        migrate(*writer(name));
        return name;
    }
    static std::unique_ptr<Connection> writer(const QString& store)
    {
        auto db = openStore(store, StoreAccess::Writer);
        if (!db)
            qFatal("%s", qPrintable(db.error().detail));
        return std::move(*db);
    }
    void change(const QString& store, Instant at)
    {
        Actor actor;
        actor.role = u"staff"_s;
        actor.requestId = u"test"_s;
        const auto db = writer(store);
        db->begin(Connection::Access::Write);
        Txn txn(*db, at, m_rng, actor);
        txn.audit(u"test.change"_s, u"vendor"_s, Id128::make(1, 2, 3), {});
        db->commit();
    }
    static bool isReal(Instant t) { return std::abs((t - systemClock().now()).count()) < 60'000; }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theNewestChangeIsTheLastNotTheLatest()
    {
        const QString name = store();
        QVERIFY(!newestChange(*writer(name)));
        const Instant ahead = m_machine.now() + Millis(3'600'000);
        change(name, ahead);
        QCOMPARE(newestChange(*writer(name)), std::optional(ahead));
        change(name, m_machine.now()); // the clock is right again
        QCOMPARE(newestChange(*writer(name)), std::optional(m_machine.now()));
    }

    void timeBeginsByTheClockThatCounts()
    {
        const QString name = store();
        QStringList told;
        SteadyWallClock time(m_machine, [&](const QString& sentence) { told << sentence; });
        beginTime(time, name, m_machine, false);
        if (test::onPostgres())
            QVERIFY(isReal(time.now()));
        else
            QCOMPARE(time.now(), m_machine.now());
        QCOMPARE(told.size(), test::onPostgres() ? 1 : 0);
        QCOMPARE(isReal(timeToFill(name, m_machine)), test::onPostgres());

        const Instant later = time.now() + Millis(3'600'000);
        change(name, later);
        beginTime(time, name, m_machine, false);
        QCOMPARE(time.now(), later);
        beginTime(time, name, m_machine, true); // --trust-clock
        QVERIFY(time.now() < later - Millis(3'000'000));
    }

    void noTimeWithoutAStore()
    {
        SteadyWallClock time(m_machine, [](const QString&) {});
        const QString nowhere = test::onPostgres() ? u"postgres://nobody@127.0.0.1:1/nothing?connect_timeout=1"_s : m_dir.filePath(u"none/none.sqlite"_s);
        QVERIFY_THROWS_EXCEPTION(StoreError, beginTime(time, nowhere, m_machine, false));
        QCOMPARE(timeToFill(nowhere, m_machine), m_machine.now());
    }

    // A server may begin by what a tool on a machine with a wrong clock wrote.
    void toolsGoByTheSameTime()
    {
        Config config;
        config.dataDir = m_dir.path();
        config.database = store();
        std::istringstream in("a long enough password\n");
        std::ostringstream out;
        if (test::onPostgres())
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"The clock of this machine is .* behind the database's"_s));
        QCOMPARE(runUserAdd(config, {u"kim"_s, u"김온"_s, u"staff"_s, {}}, m_machine, m_rng, in, out), 0);
        const Instant at = writer(config.database)->one(u"SELECT changed_at FROM auth_credential"_s)->instant(0);
        if (test::onPostgres())
            QVERIFY(isReal(at));
        else
            QCOMPARE(at, m_machine.now());
    }
};

QTEST_GUILESS_MAIN(tst_StoreTime)
#include "tst_StoreTime.moc"
