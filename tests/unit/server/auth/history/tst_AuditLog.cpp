// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// The audit trail as people read it: whose lines, in which order, by which name; and how far a long one is followed at once.
#include "server/auth/history/AuditLog.h"
#include "unit/server/auth/SessionDesk.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::SessionDesk;

class tst_AuditLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void whoReadsWhat();
    void pagesMeetWithoutGap();
    void findsByWhatPeopleSay();
    void findsByTime();
    void namesAreResolved();
    void aLongTrailIsLookedAtInPieces();

private:
    static AuditScope scope(SessionDesk& desk, const QString& login)
    {
        const Reviewer r = desk.reviewer(login);
        return auditScope(r.role, r.user, r.tenant);
    }
    static void act(SessionDesk& desk, const QString& by, const QString& action, const QString& type, const Id128& id)
    {
        desk.clock.advance(Millis{1'000});
        desk.write([&](Txn& txn) { txn.audit(action, type, id, protocol::json::object{{"n", 1}}); }, by);
    }
    static QStringList actions(const Page<AuditLine>& page)
    {
        QStringList out;
        for (const AuditLine& line : page.items)
            out << line.action;
        return out;
    }
};

void tst_AuditLog::whoReadsWhat()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"staff1"_s, u"A"_s);
    act(desk, u"staff1"_s, u"vendor.edited"_s, u"vendor"_s, desk.tea.value);
    act(desk, u"tea"_s, u"product.edited"_s, u"product"_s, desk.tea.value);
    act(desk, u"teamember"_s, u"product.seen"_s, u"product"_s, desk.tea.value);
    act(desk, u"yacht"_s, u"slot.edited"_s, u"slot"_s, desk.tea.value);
    act(desk, u"support1"_s, u"customer.called"_s, u"customer"_s, desk.tea.value);
    act(desk, u"support2"_s, u"auth.session.noted"_s, u"session"_s, sid.value);
    const auto seen = [&](const QString& login) { return actions(listAudit(*desk.db, scope(desk, login), {})); };
    QCOMPARE(seen(u"staff1"_s), QStringList{u"vendor.edited"_s});
    QCOMPARE(seen(u"tea"_s), (QStringList{u"product.seen"_s, u"product.edited"_s}));
    QCOMPARE(seen(u"yacht"_s), QStringList{u"slot.edited"_s});
    QCOMPARE(seen(u"support1"_s), (QStringList{u"auth.session.noted"_s, u"customer.called"_s, u"auth.session.opened"_s}));
    const QStringList all = seen(u"admin1"_s);
    for (const char* action : {"vendor.edited", "product.edited", "slot.edited", "customer.called", "auth.session.noted", "auth.account.created"})
        QVERIFY2(all.contains(QLatin1StringView(action)), action);
    // Asking for somebody else's does not help.
    AuditQuery q;
    q.userId = desk.user(u"yacht"_s);
    QVERIFY(listAudit(*desk.db, scope(desk, u"tea"_s), q).items.empty());
    q = {};
    q.entityId = desk.tea.toString();
    QCOMPARE(actions(listAudit(*desk.db, scope(desk, u"staff1"_s), q)), QStringList{u"vendor.edited"_s});
}

void tst_AuditLog::pagesMeetWithoutGap()
{
    SessionDesk desk;
    for (int i = 0; i < 25; ++i)
        act(desk, i % 2 ? u"staff1"_s : u"tea"_s, u"test.%1"_s.arg(i), u"product"_s, desk.tea.value);
    AuditQuery q;
    q.limit = 4;
    q.text = u"test."_s;
    QStringList got;
    for (;;) {
        const Page<AuditLine> page = listAudit(*desk.db, scope(desk, u"admin1"_s), q);
        got += actions(page);
        if (got.size() == 4) // what comes meanwhile is not doubled or lost
            act(desk, u"staff1"_s, u"test.new"_s, u"product"_s, desk.tea.value);
        if (page.next.isEmpty())
            break;
        q.after = page.next;
    }
    QCOMPARE(got.size(), 25);
    for (int i = 0; i < 25; ++i)
        QCOMPARE(got.at(i), u"test.%1"_s.arg(24 - i));
}

void tst_AuditLog::findsByWhatPeopleSay()
{
    SessionDesk desk;
    act(desk, u"staff1"_s, u"vendor.edited"_s, u"vendor"_s, desk.tea.value);
    act(desk, u"tea"_s, u"product.edited"_s, u"product"_s, desk.yachts.value);
    const auto found = [&](const QString& text) {
        AuditQuery q;
        q.text = text;
        return actions(listAudit(*desk.db, scope(desk, u"admin1"_s), q));
    };
    QCOMPARE(found(u"vendor.ed"_s), QStringList{u"vendor.edited"_s}); // of an action
    QVERIFY(found(u"STAFF1"_s).contains(u"vendor.edited"_s)); // a name
    QVERIFY(found(u"NAMSAN"_s).contains(u"vendor.edited"_s)); // what the thing is called
    QVERIFY(!found(u"NAMSAN"_s).contains(u"product.edited"_s));
    QVERIFY(found(desk.tea.toString().toLower()).contains(u"vendor.edited"_s)); // its id
    QVERIFY(found(u"100%"_s).isEmpty()); // wildcards are letters
    AuditQuery q;
    q.entityType = u"product"_s;
    QCOMPARE(actions(listAudit(*desk.db, scope(desk, u"admin1"_s), q)), QStringList{u"product.edited"_s});
}

void tst_AuditLog::findsByTime()
{
    SessionDesk desk;
    std::vector<Instant> at;
    for (int i = 0; i < 10; ++i) {
        desk.clock.advance(Millis{3600'000});
        act(desk, u"staff1"_s, u"test.%1"_s.arg(i), u"product"_s, desk.tea.value);
        at.push_back(desk.clock.now());
    }
    AuditQuery q;
    q.from = at[3];
    q.to = at[6];
    QCOMPARE(actions(listAudit(*desk.db, scope(desk, u"admin1"_s), q)), (QStringList{u"test.6"_s, u"test.5"_s, u"test.4"_s, u"test.3"_s}));
    q.to.reset();
    q.from = at[9] + Millis{1};
    QVERIFY(listAudit(*desk.db, scope(desk, u"admin1"_s), q).items.empty());
    q.from.reset();
    q.to = at[0] - Millis{3600'000};
    QVERIFY(!actions(listAudit(*desk.db, scope(desk, u"admin1"_s), q)).contains(u"test.0"_s));
}

void tst_AuditLog::namesAreResolved()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"tea"_s, u"Counter"_s);
    act(desk, u"tea"_s, u"auth.session.noted"_s, u"session"_s, sid.value);
    const AuditLine line = listAudit(*desk.db, scope(desk, u"admin1"_s), {}).items.at(0);
    QCOMPARE(line.actorName, u"TEA"_s);
    QCOMPARE(line.actorRole, u"vendor_manager"_s);
    QCOMPARE(line.vendorName, u"NAMSAN"_s);
    QCOMPARE(line.entityText, u"tea · Counter"_s);
    QCOMPARE(line.detail, u"{\"n\":1}"_s);
    const AuditLine made = listAudit(*desk.db, scope(desk, u"admin1"_s), {}).items.at(1); // the session was opened by the system
    QCOMPARE(made.actorName, QString());
    QCOMPARE(made.actorRole, u"system"_s);
}

// A page may look at 100,000 lines and no more: what lies behind is on the next one.
void tst_AuditLog::aLongTrailIsLookedAtInPieces()
{
    SessionDesk desk;
    act(desk, u"staff1"_s, u"test.needle"_s, u"product"_s, desk.tea.value);
    desk.write([&](Txn& txn) {
        RowBlock block{"journal",
            {{"seq", RowBlock::Type::BigInt}, {"at", RowBlock::Type::BigInt}, {"actor_role", RowBlock::Type::Text}, {"entity_type", RowBlock::Type::Text},
                {"entity_id", RowBlock::Type::Text}, {"action", RowBlock::Type::Text}, {"detail", RowBlock::Type::Text}, {"request_id", RowBlock::Type::Text}, {"hash", RowBlock::Type::Text}},
            {}};
        const std::int64_t from = txn.db().one(u"SELECT MAX(seq) FROM journal"_s)->integer(0);
        for (int i = 1; i <= 120'000; ++i) {
            block.append(Param(from + i), Param(txn.now()), Param("system"), Param("thing"), Param(u"%1"_s.arg(i)), Param("test.hay"), Param("{}"), Param("r"), Param("h"));
            if (i % 10'000 == 0) {
                txn.db().insertRows(block);
                block.cells.clear();
            }
        }
    });
    AuditQuery q;
    q.text = u"needle"_s;
    const Page<AuditLine> first = listAudit(*desk.db, scope(desk, u"admin1"_s), q);
    QVERIFY(first.items.empty());
    QVERIFY(!first.next.isEmpty());
    QVERIFY(first.totalIsLowerBound);
    q.after = first.next;
    const Page<AuditLine> second = listAudit(*desk.db, scope(desk, u"admin1"_s), q);
    QCOMPARE(actions(second), QStringList{u"test.needle"_s});
    QVERIFY(second.next.isEmpty());
    q.after.clear();
    q.text.clear();
    q.entityId = desk.tea.toString(); // the index knows it at once
    QVERIFY(actions(listAudit(*desk.db, scope(desk, u"admin1"_s), q)).contains(u"test.needle"_s));
}

QTEST_GUILESS_MAIN(tst_AuditLog)
#include "tst_AuditLog.moc"
