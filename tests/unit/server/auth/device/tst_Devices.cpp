// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// Devices over a real store: who may change, approve and see which, and what a report does.
#include "server/auth/device/DeviceChanges.h"
#include "unit/server/auth/SessionDesk.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::SessionDesk;

class tst_Devices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void theOwnerRenames();
    void revokingEndsItsSession();
    void aSuspendedOneComesBackVerified();
    void whoLooksAfterWhom_data();
    void whoLooksAfterWhom();
    void theOwnerApprovesFromAnotherOne();
    void staffNeedTwoAgents();
    void oneIsEnoughForMembers();
    void onlyWhatWaitsIsApproved();
    void reportsLowerTrust();
    void changedFilesEndTheSession();
    void reportsAreChecked();
    void silenceIsSeen();

private:
    static QString patched(SessionDesk& desk, const Principal& who, const DeviceId& id, const DevicePatch& patch, std::optional<std::int64_t> version = {})
    {
        return desk.refusal([&](Txn& txn) { patchDevice(txn, who, id, version.value_or(readDevice(txn.db(), id)->version), patch); });
    }
    static QString approved(SessionDesk& desk, const Principal& who, const DeviceId& id, bool approve = true)
    {
        return desk.refusal([&](Txn& txn) { approveDevice(txn, who, id, {approve, {}}); });
    }
    static DeviceStatus statusOf(SessionDesk& desk, const DeviceId& id) { return readDevice(*desk.db, id)->status; }
    static PostureReport report(std::initializer_list<std::pair<const char*, const char*>> signalList)
    {
        PostureReport r;
        for (const auto& [name, value] : signalList)
            r.signalList.push_back({QLatin1StringView(name), QLatin1StringView(value), u"self"_s});
        return r;
    }
};

void tst_Devices::theOwnerRenames()
{
    SessionDesk desk;
    const DeviceId id = desk.device(u"staff1"_s, u"A"_s);
    const Principal owner = desk.principal(u"staff1"_s);
    QCOMPARE(patched(desk, owner, id, {u"Desk"_s, {}, {}}), QString());
    QCOMPARE(readDevice(*desk.db, id)->name, u"Desk"_s);
    QCOMPARE(patched(desk, owner, id, {u"Old"_s, {}, {}}, 1), u"version-mismatch"_s);
    QCOMPARE(patched(desk, desk.principal(u"admin1"_s), id, {u"Mine"_s, {}, {}}), u"name-not-yours"_s);
    QCOMPARE(desk.audits(u"auth.device.renamed"_s), 1);
}

void tst_Devices::revokingEndsItsSession()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"staff1"_s, u"A"_s);
    const DeviceId a = desk.device(u"staff1"_s, u"A"_s);
    const DeviceId b = desk.device(u"staff1"_s, u"B"_s);
    const Principal owner = desk.principal(u"staff1"_s, sid, a);
    QCOMPARE(patched(desk, owner, b, {{}, DeviceStatus::Revoked, {}}), QString());
    QCOMPARE(desk.status(sid), u"active"_s); // another one's
    QCOMPARE(patched(desk, owner, a, {{}, DeviceStatus::Revoked, u"lost"_s}), QString());
    QCOMPARE(desk.status(sid), u"revoked"_s);
    QCOMPARE(patched(desk, owner, a, {{}, DeviceStatus::Active, {}}), u"device-revoked"_s);
    QCOMPARE(desk.audits(u"auth.device.revoked"_s), 2);
    QCOMPARE(desk.published(u"device.changed"_s), 2);
    QCOMPARE(desk.violations(), QStringList());
}

void tst_Devices::aSuspendedOneComesBackVerified()
{
    SessionDesk desk;
    const DeviceId id = desk.device(u"staff1"_s, u"A"_s);
    Principal owner = desk.principal(u"staff1"_s);
    QCOMPARE(patched(desk, owner, id, {{}, DeviceStatus::Suspended, {}}), QString());
    owner.steppedUpAt = desk.clock.now() - kVerifiedFor - Millis{1};
    QCOMPARE(patched(desk, owner, id, {{}, DeviceStatus::Active, {}}), u"step-up-required"_s);
    QCOMPARE(statusOf(desk, id), DeviceStatus::Suspended);
    owner.steppedUpAt = desk.clock.now() - kVerifiedFor;
    QCOMPARE(patched(desk, owner, id, {{}, DeviceStatus::Active, {}}), QString());
    QCOMPARE(statusOf(desk, id), DeviceStatus::Active);
    const DeviceId waiting = desk.device(u"staff1"_s, u"W"_s, KeyStorage::Keychain, DeviceStatus::Pending);
    QCOMPARE(patched(desk, owner, waiting, {{}, DeviceStatus::Active, {}}), u"device-pending"_s); // that would be an approval
    QCOMPARE(patched(desk, owner, waiting, {{}, DeviceStatus::Revoked, {}}), QString());
}

void tst_Devices::whoLooksAfterWhom_data()
{
    QTest::addColumn<QString>("who");
    QTest::addColumn<QString>("whose");
    QTest::addColumn<bool>("may");
    for (const char* whose : {"staff1", "support2", "tea", "teamember", "yacht"}) {
        const QString of = QLatin1StringView(whose);
        const auto row = [&](const char* who, bool may) { QTest::addRow("%s of %s", who, whose) << QString::fromLatin1(who) << of << may; };
        row("admin1", true);
        row("support1", of == u"staff1");
        row("yacht", of == u"yacht");
        if (of != u"tea")
            row("tea", of == u"teamember");
        if (of != u"staff1")
            row("staff1", false);
        if (of != u"teamember")
            row("teamember", false);
    }
}

void tst_Devices::whoLooksAfterWhom()
{
    QFETCH(QString, who);
    QFETCH(QString, whose);
    QFETCH(bool, may);
    SessionDesk desk;
    const DeviceId id = desk.device(whose, u"A"_s);
    QCOMPARE(patched(desk, desk.principal(who), id, {{}, DeviceStatus::Suspended, {}}), may ? QString() : u"not-found"_s);
    QCOMPARE(statusOf(desk, id), may ? DeviceStatus::Suspended : DeviceStatus::Active);
    const DeviceId waiting = desk.device(whose, u"W"_s, KeyStorage::Keychain, DeviceStatus::Pending);
    const QString refused = approved(desk, desk.principal(who), waiting);
    QCOMPARE(refused, may || who == whose ? (who == whose ? u"approval-not-allowed"_s : QString()) : u"not-found"_s);
}

void tst_Devices::theOwnerApprovesFromAnotherOne()
{
    SessionDesk desk;
    const DeviceId good = desk.device(u"staff1"_s, u"A"_s);
    const DeviceId waiting = desk.device(u"staff1"_s, u"B"_s, KeyStorage::Keychain, DeviceStatus::Pending);
    QCOMPARE(approved(desk, desk.principal(u"staff1"_s, {}, waiting), waiting), u"approval-not-allowed"_s); // itself
    QCOMPARE(approved(desk, desk.principal(u"staff1"_s), waiting), u"approval-not-allowed"_s); // no device at all
    const DeviceId suspended = desk.device(u"staff1"_s, u"S"_s, KeyStorage::Keychain, DeviceStatus::Suspended);
    QCOMPARE(approved(desk, desk.principal(u"staff1"_s, {}, suspended), waiting), u"approval-not-allowed"_s);
    QCOMPARE(approved(desk, desk.principal(u"staff1"_s, {}, good), waiting), QString());
    QCOMPARE(statusOf(desk, waiting), DeviceStatus::Active);
    QCOMPARE(deviceView(*desk.db, waiting, desk.clock.now())->approvedBy, u"STAFF1"_s);
}

void tst_Devices::staffNeedTwoAgents()
{
    SessionDesk desk;
    const DeviceId id = desk.device(u"staff1"_s, u"B"_s, KeyStorage::Keychain, DeviceStatus::Pending);
    QVERIFY(!desk.write([&](Txn& txn) { return approveDevice(txn, desk.principal(u"support1"_s), id, {}); }));
    QCOMPARE(statusOf(desk, id), DeviceStatus::Pending);
    QCOMPARE(approved(desk, desk.principal(u"support1"_s), id), u"second-agent-needed"_s);
    QCOMPARE(statusOf(desk, id), DeviceStatus::Pending);
    QVERIFY(desk.write([&](Txn& txn) { return approveDevice(txn, desk.principal(u"support2"_s), id, {}); }));
    QCOMPARE(statusOf(desk, id), DeviceStatus::Active);
    // One is enough to say no.
    const DeviceId other = desk.device(u"staff1"_s, u"C"_s, KeyStorage::Keychain, DeviceStatus::Pending);
    QVERIFY(desk.write([&](Txn& txn) { return approveDevice(txn, desk.principal(u"support1"_s), other, {false, {}}); }));
    QCOMPARE(statusOf(desk, other), DeviceStatus::Revoked);
}

void tst_Devices::oneIsEnoughForMembers()
{
    SessionDesk desk;
    const DeviceId id = desk.device(u"teamember"_s, u"B"_s, KeyStorage::Keychain, DeviceStatus::Pending);
    QVERIFY(desk.write([&](Txn& txn) { return approveDevice(txn, desk.principal(u"tea"_s), id, {}); }));
    QCOMPARE(statusOf(desk, id), DeviceStatus::Active);
}

void tst_Devices::onlyWhatWaitsIsApproved()
{
    SessionDesk desk;
    const DeviceId id = desk.device(u"teamember"_s, u"A"_s);
    QCOMPARE(approved(desk, desk.principal(u"tea"_s), id, false), u"not-pending"_s);
    QCOMPARE(statusOf(desk, id), DeviceStatus::Active);
}

void tst_Devices::reportsLowerTrust()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"staff1"_s, u"A"_s);
    const DeviceId id = desk.device(u"staff1"_s, u"A"_s);
    const Principal own = desk.principal(u"staff1"_s, sid, id);
    const auto say = [&](const PostureReport& r) { return desk.write([&](Txn& txn) { return takePosture(txn, own, id, r); }); };
    QCOMPARE(say(report({{"os", "Debian 12"}, {"integrity", "unknown"}, {"disk_encryption", "on"}})).tier, 2);
    QCOMPARE(say(report({{"storage", "memory"}})).tier, 1);
    QCOMPARE(desk.audits(u"auth.rule.fired"_s), 1); // E10
    QCOMPARE(say(report({{"storage", "memory"}})).reasons, (QStringList{u"not-attested"_s, u"storage-downgraded"_s}));
    QCOMPARE(desk.audits(u"auth.rule.fired"_s), 1); // known already
    QCOMPARE(desk.audits(u"auth.device.posture"_s), 2); // the third said nothing new
    QCOMPARE(desk.published(u"auth.session"_s), 3); // but was heard
    QCOMPARE(say(report({{"storage", "keychain"}})).tier, 2);
    const Device seen = *deviceView(*desk.db, id, desk.clock.now(), id);
    QCOMPARE(seen.posture.size(), std::size_t(1));
    QVERIFY(seen.current);
    QCOMPARE(seen.postureAt, desk.clock.now());
    QCOMPARE(desk.status(sid), u"active"_s);
}

void tst_Devices::changedFilesEndTheSession()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"staff1"_s, u"A"_s);
    const DeviceId id = desk.device(u"staff1"_s, u"A"_s);
    const PostureVerdict verdict = desk.write([&](Txn& txn) { return takePosture(txn, desk.principal(u"staff1"_s, sid, id), id, report({{"integrity", "bad"}})); });
    QCOMPARE(verdict.tier, 0);
    QCOMPARE(desk.status(sid), u"revoked"_s);
    QCOMPARE(desk.audits(u"auth.rule.fired"_s), 1);
    QCOMPARE(desk.violations(), QStringList());
}

void tst_Devices::reportsAreChecked()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"staff1"_s, u"A"_s);
    const DeviceId id = desk.device(u"staff1"_s, u"A"_s);
    const DeviceId other = desk.device(u"staff1"_s, u"B"_s);
    const Principal own = desk.principal(u"staff1"_s, sid, id);
    const auto said = [&](const DeviceId& of, const PostureReport& r) { return desk.refusal([&](Txn& txn) { takePosture(txn, own, of, r); }); };
    QCOMPARE(said(other, {}), u"not-found"_s); // of its own, but not this one
    QCOMPARE(said(DeviceId{}, {}), u"not-found"_s);
    QCOMPARE(said(id, report({{"weather", "on"}})), u"body-invalid"_s);
    QCOMPARE(said(id, report({{"root", "off"}, {"root", "on"}})), u"body-invalid"_s);
    PostureReport forged = report({{"integrity", "on"}});
    forged.signalList[0].source = u"server"_s;
    QCOMPARE(said(id, forged), u"body-invalid"_s);
    desk.write([&](Txn& txn) { txn.db().exec(u"UPDATE auth_device SET status = 'suspended' WHERE id = ?"_s, {id}); });
    QCOMPARE(said(id, {}), u"device-revoked"_s);
}

// E11, seen where it counts: what a device is trusted follows from when it was heard of last.
void tst_Devices::silenceIsSeen()
{
    SessionDesk desk;
    const SessionId sid = desk.session(u"staff1"_s, u"A"_s);
    const DeviceId id = desk.device(u"staff1"_s, u"A"_s);
    const auto tier = [&] { return deviceView(*desk.db, id, desk.clock.now())->tier; };
    QCOMPARE(tier(), 2);
    desk.clock.advance(kPostureMissed);
    QCOMPARE(tier(), 2);
    desk.clock.advance(Millis{1});
    QCOMPARE(tier(), 1);
    desk.write([&](Txn& txn) { return takePosture(txn, desk.principal(u"staff1"_s, sid, id), id, {}); });
    QCOMPARE(tier(), 2);
    desk.clock.advance(Millis{48 * 3600'000});
    QCOMPARE(tier(), 1);
    desk.session(u"staff1"_s, u"A"_s); // back from a holiday
    QCOMPARE(tier(), 2);
}

QTEST_GUILESS_MAIN(tst_Devices)
#include "tst_Devices.moc"
