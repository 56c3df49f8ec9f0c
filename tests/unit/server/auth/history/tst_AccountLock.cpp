// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// Locking accounts: who may, when two have to, and that nobody who is gone keeps a session (E20).
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/conflict/SecurityWatch.h"
#include "server/auth/history/AccountLock.h"
#include "server/auth/history/SessionList.h"
#include "unit/server/auth/SessionDesk.h"
#include "unit/server/engine/StepWriter.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::SessionDesk;

class tst_AccountLock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void lockingEndsTheSession();
    void twoForThoseWhoLockOthers();
    void aWishOfYesterdayIsVoid();
    void refusals();
    void thoseGoneAreEnded_data();
    void thoseGoneAreEnded();
    void theWatchLooksEveryTenSeconds();
    void historyIsPagedAndScoped();

private:
    static LockOutcome locked(SessionDesk& desk, const QString& by, const QString& whom, bool lock = true)
    {
        return desk.write(
            [&](Txn& txn) {
                const auto version = readAccount(txn.db(), desk.user(whom), desk.reviewer(by))->version;
                return changeLock(txn, desk.reviewer(by), desk.user(whom), version, {lock, u"why"_s});
            },
            by);
    }
    static QString refused(SessionDesk& desk, const QString& by, const QString& whom, std::int64_t version)
    {
        return desk.refusal([&](Txn& txn) { changeLock(txn, desk.reviewer(by), desk.user(whom), version, {true, u"why"_s}); });
    }
};

void tst_AccountLock::lockingEndsTheSession()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"staff1"_s, u"A"_s);
    const LockOutcome out = locked(desk, u"support1"_s, u"staff1"_s);
    QVERIFY(!out.waiting);
    QCOMPARE(out.account.status, AccountStatus::Locked);
    QCOMPARE(out.account.version, 2);
    QCOMPARE(desk.status(sid), u"revoked"_s);
    QCOMPARE(desk.audits(u"auth.account.locked"_s), 1);
    QCOMPARE(desk.audits(u"auth.rule.fired"_s), 1); // E20
    QCOMPARE(locked(desk, u"support2"_s, u"staff1"_s, false).account.status, AccountStatus::Active);
    QCOMPARE(desk.audits(u"auth.account.unlocked"_s), 1);
    QCOMPARE(desk.violations(), QStringList());
}

void tst_AccountLock::twoForThoseWhoLockOthers()
{
    SessionDesk desk;
    for (const QString& whom : {u"tea"_s, u"admin1"_s}) {
        const SessionId sid = desk.session(whom, u"A"_s);
        QVERIFY(locked(desk, u"support1"_s, whom).waiting);
        QCOMPARE(desk.status(sid), u"active"_s);
        QCOMPARE(refused(desk, u"support1"_s, whom, 2), u"second-agent-needed"_s);
        QCOMPARE(desk.status(sid), u"active"_s);
        const LockOutcome out = locked(desk, u"support2"_s, whom);
        QVERIFY(!out.waiting);
        QCOMPARE(out.account.status, AccountStatus::Locked);
        QCOMPARE(desk.status(sid), u"revoked"_s);
    }
    QCOMPARE(desk.audits(u"auth.account.lock_asked"_s), 2);
}

void tst_AccountLock::aWishOfYesterdayIsVoid()
{
    SessionDesk desk;
    QVERIFY(locked(desk, u"support1"_s, u"tea"_s).waiting);
    desk.clock.advance(kSecondWithin + Millis{1});
    QVERIFY(locked(desk, u"support2"_s, u"tea"_s).waiting); // asks for the first time, as it were
    QVERIFY(!locked(desk, u"support1"_s, u"tea"_s).waiting);
}

void tst_AccountLock::refusals()
{
    SessionDesk desk;
    QCOMPARE(refused(desk, u"support1"_s, u"staff1"_s, 7), u"version-mismatch"_s);
    QCOMPARE(refused(desk, u"support1"_s, u"support1"_s, 1), u"own-account"_s);
    QCOMPARE(refused(desk, u"yacht"_s, u"teamember"_s, 1), u"not-found"_s); // another company's
    QCOMPARE(refused(desk, u"tea"_s, u"staff1"_s, 1), u"not-found"_s);
    QVERIFY(!locked(desk, u"tea"_s, u"teamember"_s).waiting); // his own member
    desk.write([&](Txn& txn) { txn.db().exec(u"UPDATE user_account SET status = 'closed' WHERE login = 'staff1'"_s); });
    QCOMPARE(refused(desk, u"support1"_s, u"staff1"_s, 1), u"account-closed"_s);
    QVERIFY(!readAccount(*desk.db, desk.user(u"teamember"_s), desk.reviewer(u"yacht"_s)));
    QVERIFY(readAccount(*desk.db, desk.user(u"teamember"_s), desk.reviewer(u"tea"_s)));
}

void tst_AccountLock::thoseGoneAreEnded_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("gone");
    QTest::newRow("nothing") << u"UPDATE user_account SET version = version WHERE login = 'teamember'"_s << false;
    QTest::newRow("locked") << u"UPDATE user_account SET status = 'locked' WHERE login = 'teamember'"_s << true;
    QTest::newRow("closed") << u"UPDATE user_account SET status = 'closed' WHERE login = 'teamember'"_s << true;
    QTest::newRow("company suspended") << u"UPDATE vendor SET status = 'suspended' WHERE code = 'NAMSAN'"_s << true;
    QTest::newRow("company closed") << u"UPDATE vendor SET status = 'closed' WHERE code = 'NAMSAN'"_s << true;
    QTest::newRow("another company suspended") << u"UPDATE vendor SET status = 'suspended' WHERE code = 'HANGANG'"_s << false;
}

void tst_AccountLock::thoseGoneAreEnded()
{
    QFETCH(QString, change);
    QFETCH(bool, gone);
    SessionDesk desk;
    const SessionId sid = desk.session(u"teamember"_s, u"A"_s);
    desk.write([&](Txn& txn) { txn.db().exec(change); });
    QCOMPARE(desk.write([](Txn& txn) { return endOfThoseGone(txn); }), gone ? 1 : 0);
    QCOMPARE(desk.status(sid), gone ? u"revoked"_s : u"active"_s);
    QCOMPARE(desk.audits(u"auth.rule.fired"_s), gone ? 1 : 0);
    QCOMPARE(desk.write([](Txn& txn) { return endOfThoseGone(txn); }), 0);
}

void tst_AccountLock::theWatchLooksEveryTenSeconds()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"staff1"_s, u"A"_s);
    test::StepWriter writer(*desk.db, desk.clock, desk.rng);
    SecurityWatch watch(writer, desk.clock);
    watch.tick();
    writer.step();
    QCOMPARE(desk.status(sid), u"active"_s);
    desk.write([&](Txn& txn) { txn.db().exec(u"UPDATE user_account SET status = 'locked' WHERE login = 'staff1'"_s); });
    desk.clock.advance(Millis{9'999});
    watch.tick();
    writer.step();
    QCOMPARE(desk.status(sid), u"active"_s); // not due yet
    desk.clock.advance(Millis{1});
    watch.tick();
    writer.step();
    QCOMPARE(desk.status(sid), u"revoked"_s);
}

void tst_AccountLock::historyIsPagedAndScoped()
{
    SessionDesk desk;
    SessionId newest;
    for (int i = 0; i < 7; ++i) {
        desk.clock.advance(Millis{1'000});
        newest = desk.session(u"teamember"_s, u"Desk %1"_s.arg(i));
    }
    desk.session(u"yacht"_s, u"Pier"_s);
    QStringList names;
    QString after;
    do {
        const Page<SessionEntry> page = sessionsOf(*desk.db, desk.user(u"teamember"_s), newest, after, 3);
        for (const SessionEntry& e : page.items) {
            names << e.deviceName;
            QCOMPARE(e.current, e.sid == newest);
        }
        after = page.next;
    } while (!after.isEmpty());
    QCOMPARE(names, (QStringList{u"Desk 6"_s, u"Desk 5"_s, u"Desk 4"_s, u"Desk 3"_s, u"Desk 2"_s, u"Desk 1"_s, u"Desk 0"_s}));
    QCOMPARE(searchSessions(*desk.db, {}, {}, {}).total, 8);
    QCOMPARE(searchSessions(*desk.db, desk.yachts, {}, {}).total, 1);
    SessionQuery q;
    q.text = u"desk 3"_s;
    QCOMPARE(searchSessions(*desk.db, desk.tea, q, {}).items.at(0).endedByDevice, u"Desk 4"_s);
    QVERIFY(searchSessions(*desk.db, desk.yachts, q, {}).items.empty());
    q = {};
    q.status = SessionStatus::Active;
    QCOMPARE(searchSessions(*desk.db, {}, q, {}).total, 2);
    q.userId = desk.user(u"yacht"_s);
    QCOMPARE(searchSessions(*desk.db, {}, q, {}).items.at(0).deviceName, u"Pier"_s);
}

QTEST_GUILESS_MAIN(tst_AccountLock)
#include "tst_AccountLock.moc"
