// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// What administrators make void over a real store: each kind, who may by himself, and when two have to.
#include "protocol/RevocationFields.h"
#include "server/auth/Sessions.h"
#include "server/auth/revocation/Revocations.h"
#include "server/auth/token/TokenKeys.h"
#include "server/domain/Parties.h"
#include "unit/server/auth/SessionDesk.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::SessionDesk;

class tst_Revocations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void oneIsEnoughForOrdinaryPeople();
    void thoseWhoEndOthersNeedTwo_data();
    void thoseWhoEndOthersNeedTwo();
    void aWishIsVoidAfterAnHour();
    void theOneWhoWasNamedConfirms();
    void aUserHasNothingLeft();
    void aCompanyIsSuspended();
    void aKeyIsReplaced();
    void aKeyPutAsideStaysAside();
    void everybodyEnds();
    void refusals_data();
    void refusals();
    void itIsWrittenDown();

private:
    // A desk with a second administrator.
    struct Office : SessionDesk {
        Office() : seal(std::string(32, 's'))
        {
            write([this](Txn& txn) { other = createAccount(txn, u"admin2"_s, u"ADMIN2"_s, Role::Admin, {}, u"none"_s); });
        }
        Reviewer one() const { return reviewer(u"admin1"_s); }
        Reviewer two() const { return {other, Role::Admin, {}}; }
        RevocationAnswer ask(const Reviewer& who, const RevocationRequest& wish)
        {
            return write([&](Txn& txn) { return revoke(txn, who, wish, seal, rng); });
        }
        QString refused(const Reviewer& who, const RevocationRequest& wish)
        {
            return refusal([&](Txn& txn) { revoke(txn, who, wish, seal, rng); });
        }
        // Asked for by both; false: it was not done.
        bool both(const RevocationRequest& wish)
        {
            const bool waited = ask(one(), wish).state == RevocationState::Waiting;
            return waited && ask(two(), wish).state == RevocationState::Done;
        }
        QString endedFor(const SessionId& sid) { return text(u"SELECT COALESCE(ended_reason, '') FROM auth_session WHERE sid = ?"_s, {sid}); }

        Seal seal;
        UserId other;
    };
    static RevocationRequest wish(RevocationKind kind, const QString& subject, const QString& reason = u"leaked"_s) { return {kind, subject, reason, {}}; }
};

void tst_Revocations::oneIsEnoughForOrdinaryPeople()
{
    Office o;
    const SessionId sid = o.session(u"staff1"_s, u"A"_s);
    const RevocationAnswer done = o.ask(o.one(), wish(RevocationKind::Sid, sid.toString()));
    QCOMPARE(done.state, RevocationState::Done);
    QVERIFY(done.seq && !done.waitsUntil);
    QCOMPARE(o.status(sid), u"revoked"_s);
    QCOMPARE(o.endedFor(sid), u"leaked"_s);
    const SessionId again = o.session(u"teamember"_s, u"A"_s);
    const DeviceId device = o.device(u"teamember"_s, u"A"_s);
    QCOMPARE(o.ask(o.one(), wish(RevocationKind::Device, device.toString())).state, RevocationState::Done);
    QCOMPARE(readDevice(*o.db, device)->status, DeviceStatus::Revoked);
    QCOMPARE(o.status(again), u"revoked"_s);
    QCOMPARE(o.violations(), QStringList());
}

void tst_Revocations::thoseWhoEndOthersNeedTwo_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("login");
    QTest::newRow("a manager's session") << int(RevocationKind::Sid) << u"tea"_s;
    QTest::newRow("an administrator's session") << int(RevocationKind::Sid) << u"admin1"_s;
    QTest::newRow("a manager's device") << int(RevocationKind::Device) << u"tea"_s;
    QTest::newRow("anybody") << int(RevocationKind::User) << u"staff1"_s;
    QTest::newRow("a company") << int(RevocationKind::Tenant) << u"teamember"_s;
    QTest::newRow("all") << int(RevocationKind::All) << u"staff1"_s;
}

void tst_Revocations::thoseWhoEndOthersNeedTwo()
{
    QFETCH(int, kind);
    QFETCH(QString, login);
    Office o;
    const auto what = static_cast<RevocationKind>(kind);
    const SessionId sid = o.session(login, u"A"_s);
    const QString subject = what == RevocationKind::Sid ? sid.toString()
        : what == RevocationKind::Device                ? o.device(login, u"A"_s).toString()
        : what == RevocationKind::User                  ? o.user(login).toString()
        : what == RevocationKind::Tenant                ? o.tea.toString()
                                                        : QString();
    const RevocationAnswer waiting = o.ask(o.one(), wish(what, subject));
    QCOMPARE(waiting.state, RevocationState::Waiting);
    QCOMPARE(waiting.waitsUntil, o.clock.now() + kSecondRevokesWithin);
    QVERIFY(!waiting.seq);
    QCOMPARE(o.status(sid), u"active"_s);
    QCOMPARE(o.refused(o.one(), wish(what, subject)), u"second-agent-needed"_s);
    QCOMPARE(o.status(sid), u"active"_s);
    QCOMPARE(o.ask(o.two(), wish(what, subject, u"indeed"_s)).state, RevocationState::Done);
    QCOMPARE(o.status(sid), u"revoked"_s);
    QCOMPARE(o.endedFor(sid), u"indeed"_s);
    QCOMPARE(o.count(u"SELECT COUNT(*) FROM auth_revocation_request"_s), 0); // used up
    QCOMPARE(o.violations(), QStringList());
}

void tst_Revocations::aWishIsVoidAfterAnHour()
{
    Office o;
    const SessionId sid = o.session(u"staff1"_s, u"A"_s);
    const RevocationRequest all = wish(RevocationKind::User, o.user(u"staff1"_s).toString());
    QCOMPARE(o.ask(o.one(), all).state, RevocationState::Waiting);
    o.clock.advance(kSecondRevokesWithin);
    QCOMPARE(o.ask(o.two(), all).state, RevocationState::Waiting); // asks for the first time, as it were
    QCOMPARE(o.status(sid), u"active"_s);
    o.clock.advance(kSecondRevokesWithin - Millis{1});
    QCOMPARE(o.ask(o.one(), all).state, RevocationState::Done);
    // Another subject's wish confirms nothing.
    const SessionId other = o.session(u"staff1"_s, u"A"_s);
    QCOMPARE(o.ask(o.one(), wish(RevocationKind::User, o.user(u"support1"_s).toString())).state, RevocationState::Waiting);
    QCOMPARE(o.ask(o.two(), all).state, RevocationState::Waiting);
    QCOMPARE(o.status(other), u"active"_s);
}

void tst_Revocations::theOneWhoWasNamedConfirms()
{
    Office o;
    UserId third;
    o.write([&](Txn& txn) { third = createAccount(txn, u"admin3"_s, u"ADMIN3"_s, Role::Admin, {}, u"none"_s); });
    const SessionId sid = o.session(u"staff1"_s, u"A"_s);
    RevocationRequest w = wish(RevocationKind::User, o.user(u"staff1"_s).toString());
    for (const UserId& no : {o.user(u"support1"_s), o.user(u"admin1"_s), UserId{}}) {
        w.secondApprover = no;
        QCOMPARE(o.refused(o.one(), w), u"body-invalid"_s); // no administrator, himself, nobody
    }
    w.secondApprover = third;
    QCOMPARE(o.ask(o.one(), w).state, RevocationState::Waiting);
    QCOMPARE(o.refused(o.two(), w), u"second-agent-needed"_s);
    QCOMPARE(o.status(sid), u"active"_s);
    QCOMPARE(o.ask({third, Role::Admin, {}}, w).state, RevocationState::Done);
    QCOMPARE(o.status(sid), u"revoked"_s);
}

void tst_Revocations::aUserHasNothingLeft()
{
    Office o;
    const SessionId sid = o.session(u"staff1"_s, u"A"_s);
    const SessionId other = o.session(u"support1"_s, u"A"_s);
    o.write([&](Txn& txn) {
        for (const QString& login : {u"staff1"_s, u"support1"_s}) {
            txn.db().exec(u"INSERT INTO auth_pending (id_hash, user_id, jkt, expires_at) VALUES (?, ?, 'j', ?)"_s, {login, o.user(login), txn.now() + Millis{300'000}});
            txn.db().exec(u"INSERT INTO auth_code (code_hash, user_id, challenge, device_name, expires_at) VALUES (?, ?, 'c', 'd', ?)"_s, {login, o.user(login), txn.now() + Millis{60'000}});
        }
    });
    QVERIFY(o.both(wish(RevocationKind::User, o.user(u"staff1"_s).toString())));
    QCOMPARE(o.status(sid), u"revoked"_s);
    QCOMPARE(o.status(other), u"active"_s);
    QCOMPARE(o.text(u"SELECT MIN(id_hash) FROM auth_pending"_s, {}), u"support1"_s);
    QCOMPARE(o.text(u"SELECT MIN(code_hash) FROM auth_code"_s, {}), u"support1"_s);
    QCOMPARE(o.count(u"SELECT COUNT(*) FROM auth_pending"_s) + o.count(u"SELECT COUNT(*) FROM auth_code"_s), 2);
    // He may sign in again: that is what a lock is for.
    QCOMPARE(o.status(o.session(u"staff1"_s, u"A"_s)), u"active"_s);
}

void tst_Revocations::aCompanyIsSuspended()
{
    Office o;
    const SessionId manager = o.session(u"tea"_s, u"A"_s);
    const SessionId member = o.session(u"teamember"_s, u"A"_s);
    const SessionId stranger = o.session(u"yacht"_s, u"A"_s);
    QVERIFY(o.both(wish(RevocationKind::Tenant, o.tea.toString())));
    QCOMPARE(o.text(u"SELECT status FROM vendor WHERE id = ?"_s, {o.tea}), u"suspended"_s);
    QCOMPARE(o.status(manager), u"revoked"_s);
    QCOMPARE(o.status(member), u"revoked"_s);
    QCOMPARE(o.status(stranger), u"active"_s);
    QCOMPARE(o.audits(u"auth.rule.fired"_s), 2); // E20
    QCOMPARE(o.audits(u"vendor.suspended"_s), 1);
    const auto opened = [&](const QString& login) {
        const DeviceId device = o.device(login, u"A"_s);
        return o.refusal([&](Txn& txn) { openSession(txn, {o.user(login), device, u"10.0.0.7"_s, {}, false, Millis{1'800'000}, Millis{43'200'000}}); });
    };
    QCOMPARE(opened(u"teamember"_s), u"account-closed"_s);
    QCOMPARE(opened(u"yacht"_s), QString());
    QCOMPARE(o.refused(o.one(), wish(RevocationKind::Tenant, o.tea.toString())), u"nothing-to-revoke"_s);
    const auto takenBack = [&](const VendorId& id) { return o.refusal([&](Txn& txn) { reinstateVendor(txn, id, u"settled"_s); }); };
    QCOMPARE(takenBack(o.tea), QString());
    QCOMPARE(o.text(u"SELECT status FROM vendor WHERE id = ?"_s, {o.tea}), u"approved"_s);
    QCOMPARE(o.audits(u"vendor.reinstated"_s), 1);
    QCOMPARE(o.status(manager), u"revoked"_s); // what ended stays ended
    QCOMPARE(opened(u"teamember"_s), QString());
    QCOMPARE(takenBack(o.tea), u"not-suspended"_s);
    QCOMPARE(takenBack(VendorId{*Id128::parse(u"01ARZ3NDEKTSV4RRFFQ69G5FAV")}), u"not-found"_s);
    QCOMPARE(o.audits(u"vendor.reinstated"_s), 1);
    o.write([&](Txn& txn) { txn.db().exec(u"UPDATE vendor SET kind = 'operator' WHERE id = ?"_s, {o.yachts}); });
    QCOMPARE(o.refused(o.one(), wish(RevocationKind::Tenant, o.yachts.toString())), u"operator-company"_s);
    QCOMPARE(o.violations(), QStringList());
}

void tst_Revocations::aKeyIsReplaced()
{
    Office o;
    const SessionId sid = o.session(u"staff1"_s, u"A"_s);
    const std::string old = o.write([&](Txn& txn) { return addSigningKey(txn, o.seal, o.rng, txn.now()).kid; });
    const std::string next = o.write([&](Txn& txn) { return addSigningKey(txn, o.seal, o.rng, txn.now() + Millis{48 * 3600'000}).kid; });
    TokenKeys keys(u"https://naru.local"_s);
    keys.take(readSigningKeys(*o.db, o.seal), o.clock.now());
    Claims c;
    c.userId = o.user(u"staff1"_s);
    c.sid = sid;
    c.sv = 1;
    c.deviceId = o.device(u"staff1"_s, u"A"_s);
    c.scope = "session.own";
    c.jti = "j";
    c.jkt = std::string(43, 'k');
    c.authTime = c.issuedAt = o.clock.now();
    c.expiresAt = o.clock.now() + Millis{300'000};
    const std::string token = keys.mint(c, o.clock.now());
    QVERIFY(keys.check(token));
    o.clock.advance(Millis{1'000});
    QVERIFY(o.both(wish(RevocationKind::Kid, QString::fromStdString(old))));
    keys.take(readSigningKeys(*o.db, o.seal), o.clock.now());
    QVERIFY(!keys.check(token));
    const std::string now = keys.currentKid(o.clock.now());
    QVERIFY(now != old && now != next); // one that nobody has had in hands
    QVERIFY(keys.check(keys.mint(c, o.clock.now())));
    QCOMPARE(o.status(sid), u"active"_s); // sessions go on, under the new key
    QCOMPARE(o.published(u"auth.keys"_s), 4);
    QCOMPARE(o.refused(o.one(), wish(RevocationKind::Kid, QString::fromStdString(old))), u"nothing-to-revoke"_s);
    QCOMPARE(o.refused(o.one(), wish(RevocationKind::Kid, u"made-up"_s)), u"not-found"_s);
}

// Of two keys the older one signs nothing any more: its revocation changes nothing for the one that does.
void tst_Revocations::aKeyPutAsideStaysAside()
{
    Office o;
    const std::string first = o.write([&](Txn& txn) { return addSigningKey(txn, o.seal, o.rng, txn.now()).kid; });
    o.clock.advance(Millis{30LL * 24 * 3600'000});
    const std::string second = o.write([&](Txn& txn) { return addSigningKey(txn, o.seal, o.rng, txn.now()).kid; });
    o.clock.advance(Millis{1'000});
    const auto current = [&] {
        TokenKeys keys(u"https://naru.local"_s);
        keys.take(readSigningKeys(*o.db, o.seal), o.clock.now());
        return keys.currentKid(o.clock.now());
    };
    QVERIFY(o.both(wish(RevocationKind::Kid, QString::fromStdString(first))));
    QCOMPARE(current(), second);
    QCOMPARE(o.count(u"SELECT COUNT(*) FROM auth_signing_key"_s), 2);
    QVERIFY(o.both(wish(RevocationKind::Kid, QString::fromStdString(second))));
    QVERIFY(current() != first && current() != second);
    QCOMPARE(o.count(u"SELECT COUNT(*) FROM auth_signing_key"_s), 3);
}

void tst_Revocations::everybodyEnds()
{
    Office o;
    std::vector<SessionId> all;
    for (const QString& login : {u"staff1"_s, u"support1"_s, u"admin1"_s, u"tea"_s, u"yacht"_s})
        all.push_back(o.session(login, u"A"_s));
    QVERIFY(o.both(wish(RevocationKind::All, {})));
    for (const SessionId& sid : all)
        QCOMPARE(o.status(sid), u"revoked"_s);
    QCOMPARE(o.status(o.session(u"staff1"_s, u"A"_s)), u"active"_s); // new ones are welcome
    QCOMPARE(o.violations(), QStringList());
}

void tst_Revocations::refusals_data()
{
    const QString nobody = u"01ARZ3NDEKTSV4RRFFQ69G5FAV"_s;
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("code");
    for (const auto kind : {RevocationKind::User, RevocationKind::Sid, RevocationKind::Device, RevocationKind::Tenant}) {
        const auto row = [&](const char* what) -> QTestData& { return QTest::addRow("%s %s", std::string(protocol::wireName(kind)).c_str(), what); };
        row("nobody's") << int(kind) << nobody << u"x"_s << u"not-found"_s;
        row("nonsense") << int(kind) << u"nonsense"_s << u"x"_s << u"body-invalid"_s;
        row("nothing") << int(kind) << QString() << u"x"_s << u"body-invalid"_s;
        row("without a reason") << int(kind) << nobody << u"  "_s << u"body-invalid"_s;
    }
    QTest::newRow("all of something") << int(RevocationKind::All) << nobody << u"x"_s << u"body-invalid"_s;
}

void tst_Revocations::refusals()
{
    QFETCH(int, kind);
    QFETCH(QString, subject);
    QFETCH(QString, reason);
    QFETCH(QString, code);
    Office o;
    QCOMPARE(o.refused(o.one(), wish(static_cast<RevocationKind>(kind), subject, reason)), code);
    QCOMPARE(o.count(u"SELECT COUNT(*) FROM auth_revocation_request"_s), 0);
}

void tst_Revocations::itIsWrittenDown()
{
    Office o;
    o.session(u"tea"_s, u"A"_s);
    const SessionId sid = o.session(u"staff1"_s, u"A"_s);
    QVERIFY(o.both(wish(RevocationKind::User, o.user(u"tea"_s).toString())));
    QCOMPARE(o.audits(u"auth.revocation.asked"_s), 1);
    QCOMPARE(o.audits(u"auth.revocation.done"_s), 1);
    const auto line = o.db->one(u"SELECT entity_type, entity_id, diff_json FROM audit_event WHERE action = 'auth.revocation.done'"_s);
    QCOMPARE(line->text(0), u"user"_s);
    QCOMPARE(line->text(1), o.user(u"tea"_s).toString());
    QVERIFY2(line->text(2).contains(o.user(u"admin1"_s).toString()) && line->text(2).contains(u"leaked"_s), qPrintable(line->text(2)));
    const RevocationAnswer done = o.ask(o.one(), wish(RevocationKind::Sid, sid.toString()));
    const auto newest = o.db->one(u"SELECT kind, subject, seq FROM auth_revocation ORDER BY seq DESC LIMIT 1"_s);
    QCOMPARE(newest->text(0), u"sid"_s);
    QCOMPARE(newest->text(1), sid.toString());
    QCOMPARE(done.seq, newest->integer(2));
    QCOMPARE(o.count(u"SELECT COUNT(*) FROM auth_revocation"_s), newest->number(2)); // gapless
    QCOMPARE(o.refused(o.one(), wish(RevocationKind::Sid, sid.toString())), u"nothing-to-revoke"_s);
}

QTEST_GUILESS_MAIN(tst_Revocations)
#include "tst_Revocations.moc"
