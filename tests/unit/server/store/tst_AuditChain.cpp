// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// The audit trail's hash chain, followed piece by piece: one flipped byte is found and named, wherever it is (T33).
#include "server/store/AuditChain.h"
#include "unit/server/auth/SessionDesk.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::SessionDesk;

class tst_AuditChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void goesOnWhereItStopped();
    void namesTheBrokenLine_data();
    void namesTheBrokenLine();
    void findsWhatChangesBehindIt();

private:
    static void fill(SessionDesk& desk, int lines)
    {
        for (int i = 0; i < lines; ++i)
            desk.write([&](Txn& txn) { txn.audit(u"test.%1"_s.arg(i), u"product"_s, desk.tea.value, protocol::json::object{{"n", i}}); }, u"staff1"_s);
    }
    static std::int64_t newest(SessionDesk& desk) { return desk.db->one(u"SELECT MAX(seq) FROM journal"_s)->integer(0); }
    static void tamper(SessionDesk& desk, const QString& sql, const Params& params = {})
    {
        if (desk.db->engine() == Engine::Postgres) {
            desk.db->exec(u"ALTER TABLE journal DISABLE TRIGGER ALL"_s);
        } else {
            desk.db->exec(u"DROP TRIGGER IF EXISTS journal_no_update"_s);
            desk.db->exec(u"DROP TRIGGER IF EXISTS journal_no_delete"_s);
        }
        desk.db->exec(sql, params);
    }
};

void tst_AuditChain::goesOnWhereItStopped()
{
    SessionDesk desk;
    fill(desk, 30);
    AuditChain chain(10);
    const std::int64_t last = newest(desk);
    QCOMPARE(chain.look(*desk.db).unbrokenTo, 10);
    QCOMPARE(chain.look(*desk.db).unbrokenTo, 20);
    for (int i = 0; i < 5; ++i)
        chain.look(*desk.db);
    QCOMPARE(chain.look(*desk.db).unbrokenTo, last);
    fill(desk, 3);
    const AuditChain::View v = chain.look(*desk.db);
    QCOMPARE(v.from, 1);
    QCOMPARE(v.unbrokenTo, last + 3);
    QVERIFY(!v.brokenAt);
}

void tst_AuditChain::namesTheBrokenLine_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("detail") << u"UPDATE journal SET detail = '{\"n\":7}' WHERE seq = 12"_s;
    QTest::newRow("actor") << u"UPDATE journal SET actor_id = NULL WHERE seq = 12"_s;
    QTest::newRow("time") << u"UPDATE journal SET at = at + 1 WHERE seq = 12"_s;
    QTest::newRow("seal") << u"UPDATE journal SET hash = 'x' WHERE seq = 12"_s;
    QTest::newRow("gone") << u"DELETE FROM journal WHERE seq = 12"_s;
}

void tst_AuditChain::namesTheBrokenLine()
{
    QFETCH(QString, sql);
    SessionDesk desk;
    fill(desk, 30);
    tamper(desk, sql);
    const std::int64_t at = sql.startsWith(u"DELETE"_s) ? 13 : 12;
    AuditChain chain;
    for (int i = 0; i < 3; ++i) { // and says so again
        const AuditChain::View v = chain.look(*desk.db);
        QCOMPARE(v.unbrokenTo, 11);
        QCOMPARE(v.brokenAt, std::optional(at));
    }
}

void tst_AuditChain::findsWhatChangesBehindIt()
{
    SessionDesk desk;
    fill(desk, 30);
    AuditChain chain(7);
    for (int i = 0; i < 20; ++i)
        QVERIFY(!chain.look(*desk.db).brokenAt);
    const QString was = desk.text(u"SELECT detail FROM journal WHERE seq = 15"_s, {});
    tamper(desk, u"UPDATE journal SET detail = '{}' WHERE seq = 15"_s);
    std::optional<std::int64_t> found;
    for (int i = 0; i < 20 && !found; ++i)
        found = chain.look(*desk.db).brokenAt;
    QCOMPARE(found, std::optional<std::int64_t>(15));
    QCOMPARE(chain.look(*desk.db).brokenAt, std::optional<std::int64_t>(15));
    tamper(desk, u"UPDATE journal SET detail = ? WHERE seq = 15"_s, {was}); // mended from a copy
    QVERIFY(!chain.look(*desk.db).brokenAt);
}

QTEST_GUILESS_MAIN(tst_AuditChain)
#include "tst_AuditChain.moc"
