// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 400
// engines: both
// Sessions, devices, conflicts, accounts and the audit trail over the interface: who may do what (T29), and what is seen of it.
#include "protocol/Events.h"
#include "protocol/RevocationFields.h"
#include "protocol/SecurityFields.h"
#include "server/api/Server.h"
#include "server/auth/Accounts.h"
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/rules/Habits.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;
namespace json = naru::protocol::json;

class tst_SecurityApi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void init() { m_server = std::make_unique<TestServer>(TestServer::Options{true, true}); }
    void cleanup() { m_server.reset(); }
    void rolesAndEndpoints_data();
    void rolesAndEndpoints();
    void ownSessions();
    void endingSomebodysSession();
    void sensitiveNeedsVerification();
    void lockingNeedsTwoForManagers();
    void ownDevices();
    void approvals();
    void postureLowersTrust();
    void notMe();
    void conflictsAreDecided();
    void sensitiveWorkAfterADisplacement();
    void onlyReviewersHear();
    void twoRevokeTheKeyThatSigns();
    void twoEndEverybody();
    void aCompanyIsSuspendedAndTakenBack();
    void twoNetworksAtOnce();
    void farMoreReadThanUsual();
    void theTrailIsRead();

private:
    RestSession verified(const QString& login) const; // signed in and just verified with the password
    RestSession secondAdmin();
    UserId userId(const QString& login) const { return m_server->query(u"SELECT id FROM user_account WHERE login = ?"_s, {login}).at(0).id<UserId>(0); }
    // A sign-in of this person displaced another; the conflict somebody has to look at.
    ConflictId conflictOf(const QString& login);
    ConflictId conflictOf(const QString& login, const SessionId& old, const SessionId& fresh);
    static std::string at(const std::string& before, const Id128& id, const std::string& behind = {}) { return before + id.toString().toStdString() + behind; }

    std::unique_ptr<TestServer> m_server;
};

RestSession tst_SecurityApi::verified(const QString& login) const
{
    RestSession s = m_server->signedIn(login);
    const Answer a = s.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, u"naru-demo-2026"_s});
    if (!a.ok())
        qFatal("no step-up: %s", qPrintable(a.text()));
    return s;
}

ConflictId tst_SecurityApi::conflictOf(const QString& login)
{
    const auto old = m_server->signedIn(login).tokens().sid;
    return conflictOf(login, old, m_server->signedIn(login).tokens().sid);
}

ConflictId tst_SecurityApi::conflictOf(const QString& login, const SessionId& old, const SessionId& fresh)
{
    ConflictId id;
    m_server->write([&](server::Txn& txn) {
        server::NewConflict c;
        c.user = txn.db().one(u"SELECT id FROM user_account WHERE login = ?"_s, {login})->id<UserId>(0);
        c.oldSid = old;
        c.newSid = fresh;
        c.gapSeconds = 600;
        id = server::openConflict(txn, c);
    });
    return id;
}

RestSession tst_SecurityApi::secondAdmin()
{
    m_server->write([](server::Txn& txn) {
        const QString phc = txn.db().one(u"SELECT c.phc FROM auth_credential c JOIN user_account u ON u.id = c.user_id WHERE u.login = 'admin1' AND c.kind = 'password'"_s)->text(0);
        server::createAccount(txn, u"admin2"_s, u"관리자 둘"_s, Role::Admin, {}, phc, true);
    });
    return verified(u"admin2"_s);
}

void tst_SecurityApi::rolesAndEndpoints_data()
{
    QTest::addColumn<QString>("login");
    QTest::addColumn<QString>("scopes"); // auth.md §2.13
    QTest::newRow("staff") << u"staff1"_s << u"session.own audit.read"_s;
    QTest::newRow("vendor manager") << u"tea"_s << u"session.own session.review session.decide audit.read"_s;
    QTest::newRow("vendor member") << u"teamember"_s << u"session.own"_s;
    QTest::newRow("support agent") << u"support1"_s << u"session.own session.review session.decide audit.read"_s;
    QTest::newRow("admin") << u"admin1"_s << u"session.own session.review session.decide key.rotate audit.read"_s;
    QTest::newRow("storefront") << u"store1"_s << u"session.own"_s;
}

// T29: every route of this part, by every role; who lacks the scope is stopped at the door, the rest comes as far as the thing that is not there.
void tst_SecurityApi::rolesAndEndpoints()
{
    QFETCH(QString, login);
    QFETCH(QString, scopes);
    const QStringList may = scopes.split(u' ');
    RestSession who = verified(login);
    int asked = 0;
    for (const auto& part : {server::securityRoutes(), server::conflictRoutes(), server::auditRoutes()}) {
        for (const server::Route& r : part) {
            if (!r.scope || std::string_view(r.method) == "DELETE")
                continue;
            std::string path = r.pattern;
            if (const auto hole = path.find("{id}"); hole != std::string::npos)
                path.replace(hole, 4, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
            const Answer a = who.call(r.method, path, std::string_view(r.method) == "GET" ? "" : "{}", {RestSession::ifMatch(1)});
            const bool allowed = may.contains(QLatin1StringView(r.scope));
            const QString row = u"%1 %2: %3"_s.arg(QLatin1StringView(r.method), QLatin1StringView(r.pattern), a.text());
            QVERIFY2((a.code() == u"scope-missing"_s) == !allowed, qPrintable(row));
            QVERIFY2(allowed || a.status == 403, qPrintable(row));
            QVERIFY2(!allowed || a.status == 200 || a.status == 404 || a.status == 422, qPrintable(row));
            ++asked;
        }
    }
    QCOMPARE(asked, 19);
}

void tst_SecurityApi::ownSessions()
{
    RestSession first = m_server->signedIn(u"staff1"_s);
    m_server->clock().advance(Millis{1'000});
    RestSession second = m_server->signedIn(u"staff1"_s);
    const auto page = second.get("/v1/sessions").as<Page<SessionEntry>>();
    QCOMPARE(page.total, 2);
    QVERIFY(page.items.at(0).current);
    QCOMPARE(page.items.at(0).sid, second.tokens().sid);
    QCOMPARE(page.items.at(1).status, SessionStatus::Displaced);
    QVERIFY(page.items.at(0).deviceId);
    RestSession other = m_server->signedIn(u"staff2"_s);
    QCOMPARE(other.call("DELETE", at("/v1/sessions/", second.tokens().sid.value)).status, 404);
    QCOMPARE(second.call("DELETE", at("/v1/sessions/", first.tokens().sid.value)).status, 204); // over already
    QCOMPARE(second.get("/v1/session").status, 200);
    QCOMPARE(second.post("/v1/session/drafts", protocol::DraftCount{3}).status, 204);
    QCOMPARE(m_server->query(u"SELECT drafts FROM auth_session WHERE sid = ?"_s, {second.tokens().sid}).at(0).number(0), 3);
    QCOMPARE(second.call("DELETE", at("/v1/sessions/", second.tokens().sid.value)).status, 204);
    QTRY_COMPARE(second.get("/v1/session").code(), u"session-signed-out"_s);
}

void tst_SecurityApi::endingSomebodysSession()
{
    RestSession member = m_server->signedIn(u"teamember"_s);
    const std::string end = at("/v1/admin/sessions/", member.tokens().sid.value, "/end");
    const protocol::ReasonGiven why{u"left the company"_s};
    RestSession stranger = verified(u"yacht"_s);
    QCOMPARE(stranger.post(end, why).status, 404);
    QCOMPARE(member.get("/v1/session").status, 200);
    RestSession manager = verified(u"tea"_s);
    QCOMPARE(manager.get("/v1/admin/sessions?status=active&q=teamember").as<Page<SessionEntry>>().items.size(), std::size_t(1));
    QCOMPARE(stranger.get("/v1/admin/sessions?q=teamember").as<Page<SessionEntry>>().total, 0);
    QCOMPARE(manager.post(end, why).status, 204);
    QTRY_COMPARE(member.get("/v1/session").code(), u"session-revoked"_s);
    QVERIFY2(member.get("/v1/session").body.find("left the company") != std::string::npos, member.get("/v1/session").body.c_str());
    QCOMPARE(manager.post(end, why).status, 204); // once more is as good
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM audit_event WHERE action = 'auth.session.revoked' AND actor_role = 'vendor_manager'"_s).at(0).number(0), 1);
    QCOMPARE(m_server->violations(), QStringList());
}

void tst_SecurityApi::sensitiveNeedsVerification()
{
    RestSession staff = m_server->signedIn(u"staff1"_s);
    RestSession support = m_server->signedIn(u"support1"_s);
    const std::string end = at("/v1/admin/sessions/", staff.tokens().sid.value, "/end");
    const Answer refused = support.post(end, protocol::ReasonGiven{u"test"_s});
    QCOMPARE(refused.status, 401);
    QCOMPARE(refused.code(), u"step-up-required"_s);
    QVERIFY(refused.headers.at("www-authenticate").find("insufficient_user_authentication") != std::string::npos);
    QCOMPARE(support.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, u"naru-demo-2026"_s}).ok(), true);
    m_server->clock().advance(Millis{10 * 60'000 + 1'000});
    support.refresh();
    staff.refresh();
    // Too long ago. (With several servers, first the next word of them has to be heard.)
    QTRY_COMPARE(support.post(end, protocol::ReasonGiven{u"test"_s}).code(), u"step-up-required"_s);
    QCOMPARE(staff.get("/v1/session").status, 200);
}

void tst_SecurityApi::lockingNeedsTwoForManagers()
{
    RestSession manager = m_server->signedIn(u"tea"_s);
    RestSession first = verified(u"support1"_s);
    const std::string user = at("/v1/admin/users/", userId(u"tea"_s).value);
    const auto account = first.get(user).as<AccountEntry>();
    const protocol::LockRequest wish{true, u"stolen laptop"_s};
    const auto put = [&](RestSession& who, std::int64_t version) {
        return who.call("PUT", user + "/lock", json::serialize(protocol::toJson(wish)), {RestSession::ifMatch(version)});
    };
    const Answer waiting = put(first, account.version);
    QCOMPARE(waiting.status, 202);
    QCOMPARE(waiting.as<AccountEntry>().status, AccountStatus::Active);
    QCOMPARE(put(first, account.version).status, 412);
    QCOMPARE(put(first, account.version + 1).code(), u"second-agent-needed"_s);
    QCOMPARE(manager.get("/v1/session").status, 200);
    RestSession second = verified(u"admin1"_s);
    const Answer locked = put(second, account.version + 1);
    QCOMPARE(locked.status, 200);
    QCOMPARE(locked.as<AccountEntry>().status, AccountStatus::Locked);
    QTRY_COMPARE(manager.get("/v1/session").code(), u"session-revoked"_s);
    RestSession again = m_server->session();
    QVERIFY(!again.signIn(u"tea"_s).isEmpty());
    QCOMPARE(second.call("PUT", user + "/lock", R"({"locked":false,"reason":"found"})", {RestSession::ifMatch(account.version + 2)}).status, 200);
    QCOMPARE(again.signIn(u"tea"_s), QString());
}

void tst_SecurityApi::ownDevices()
{
    RestSession staff = m_server->signedIn(u"staff1"_s);
    const auto devices = staff.get("/v1/devices").as<Page<Device>>();
    QCOMPARE(devices.items.size(), std::size_t(1));
    const Device d = devices.items.at(0);
    QVERIFY(d.current);
    QCOMPARE(d.tier, 2);
    QCOMPARE(d.keyMark.size(), 8);
    const std::string path = at("/v1/devices/", d.id.value);
    const Answer renamed = staff.patch(path, DevicePatch{u"Front desk"_s, {}, {}}, d.version);
    QCOMPARE(renamed.status, 200);
    QCOMPARE(renamed.as<Device>().name, u"Front desk"_s);
    RestSession other = m_server->signedIn(u"staff2"_s);
    QCOMPARE(other.patch(path, DevicePatch{u"Mine"_s, {}, {}}, d.version + 1).status, 404);
    RestSession support = m_server->signedIn(u"support1"_s);
    QCOMPARE(support.get(at("/v1/admin/users/", userId(u"staff1"_s).value, "/devices")).as<Page<Device>>().items.at(0).name, u"Front desk"_s);
    QCOMPARE(staff.patch(path, DevicePatch{{}, DeviceStatus::Revoked, u"lost"_s}, d.version + 1).status, 200);
    QTRY_COMPARE(staff.get("/v1/session").code(), u"session-revoked"_s);
}

void tst_SecurityApi::approvals()
{
    DeviceId id;
    m_server->write([&](server::Txn& txn) {
        id = txn.newId<DeviceId>();
        txn.db().exec(u"INSERT INTO auth_device (id, user_id, name, jkt, last_seen_at, storage, status, created_at) SELECT ?, id, 'New', 'jkt-x', ?, 'keychain', 'pending', ? FROM user_account WHERE login = 'staff1'"_s,
            {id, txn.now(), txn.now()});
    });
    const std::string path = at("/v1/devices/", id.value, "/approvals");
    RestSession staff = m_server->signedIn(u"staff1"_s);
    QCOMPARE(staff.post(path, DeviceApproval{}).code(), u"step-up-required"_s);
    RestSession first = verified(u"support1"_s);
    const Answer half = first.post(path, DeviceApproval{});
    QCOMPARE(half.status, 202);
    QCOMPARE(half.as<Device>().status, DeviceStatus::Pending);
    QCOMPARE(first.post(path, DeviceApproval{}).code(), u"second-agent-needed"_s);
    QCOMPARE(verified(u"tea"_s).post(path, DeviceApproval{}).status, 404);
    const Answer whole = verified(u"staff1"_s).post(path, DeviceApproval{}); // the owner, from another device of his
    QCOMPARE(whole.status, 200);
    QCOMPARE(whole.as<Device>().status, DeviceStatus::Active);
    QCOMPARE(verified(u"admin1"_s).post(path, DeviceApproval{}).code(), u"not-pending"_s);
}

void tst_SecurityApi::postureLowersTrust()
{
    RestSession support = verified(u"support1"_s);
    RestSession staff = m_server->signedIn(u"staff1"_s);
    const Device d = support.get("/v1/devices").as<Page<Device>>().items.at(0);
    const std::string path = at("/v1/devices/", d.id.value, "/posture");
    const auto report = [&](RestSession& who, const char* name, const char* value) {
        return who.call("PUT", path, json::serialize(protocol::toJson(PostureReport{{{QLatin1StringView(name), QLatin1StringView(value), u"self"_s}}})));
    };
    QCOMPARE(report(staff, "integrity", "bad").status, 404); // somebody else's device
    QCOMPARE(report(support, "disk_encryption", "on").as<PostureVerdict>().tier, 2);
    QCOMPARE(report(support, "disk_encryption", "off").as<PostureVerdict>().tier, 1);
    const std::string end = "/v1/admin/sessions/01ARZ3NDEKTSV4RRFFQ69G5FAV/end";
    QTRY_COMPARE(support.post(end, protocol::ReasonGiven{u"test"_s}).code(), u"device-trust-low"_s); // E10: sensitive work waits for a repaired report
    QCOMPARE(report(support, "disk_encryption", "on").as<PostureVerdict>().tier, 2);
    QTRY_COMPARE(support.post(end, protocol::ReasonGiven{u"test"_s}).status, 404);
    QCOMPARE(report(support, "integrity", "bad").as<PostureVerdict>().tier, 0);
    QTRY_COMPARE(support.get("/v1/session").code(), u"session-revoked"_s);
}

void tst_SecurityApi::notMe()
{
    RestSession old = m_server->signedIn(u"staff1"_s);
    const QString oldToken = old.tokens().refreshToken;
    m_server->clock().advance(Millis{1'000});
    RestSession fresh = m_server->signedIn(u"staff1"_s);
    RestSession nobody = m_server->session();
    QCOMPARE(nobody.post("/v1/session-conflicts", protocol::NotMeReport{u"nrt1_made_up"_s, u"not_me"_s}).code(), u"auth-mismatch"_s);
    RestSession thief = m_server->session(); // has the token, not the key
    thief.asAnotherComputer();
    QCOMPARE(thief.post("/v1/session-conflicts", protocol::NotMeReport{oldToken, u"not_me"_s}).code(), u"auth-mismatch"_s);
    QCOMPARE(nobody.post("/v1/session-conflicts", protocol::NotMeReport{fresh.tokens().refreshToken, u"not_me"_s}).code(), u"not-displaced"_s);
    QCOMPARE(nobody.post("/v1/session-conflicts", protocol::NotMeReport{oldToken, u"perhaps"_s}).status, 422);
    const Answer made = nobody.post("/v1/session-conflicts", protocol::NotMeReport{oldToken, u"not_me"_s});
    QVERIFY2(made.status == 201, qPrintable(made.text()));
    QCOMPARE(made.as<protocol::ReportAnswer>().state, ConflictState::Open);
    QTRY_COMPARE(fresh.postText("/v1/customers", "{}").code(), u"session-restricted"_s);
    QCOMPARE(fresh.get("/v1/home").status, 200); // reading goes on
    QCOMPARE(fresh.get("/v1/session").as<SessionInfo>().restricted, u"reported"_s);
    QVERIFY(fresh.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, u"naru-demo-2026"_s}).ok());
    QTRY_COMPARE(fresh.postText("/v1/customers", "{}").code(), u"body-invalid"_s);
    QCOMPARE(fresh.post("/v1/customers", NewCustomer{u"ref-1"_s, u"김고객"_s}).status, 201);
    // For whoever reviews it stays open.
    RestSession support = m_server->signedIn(u"support1"_s);
    const auto queue = support.get("/v1/session-conflicts").as<Page<Conflict>>();
    QCOMPARE(queue.items.at(0).id, made.as<protocol::ReportAnswer>().id);
    QCOMPARE(queue.items.at(0).kind, ConflictKind::Reported);
}

void tst_SecurityApi::conflictsAreDecided()
{
    const ConflictId id = conflictOf(u"teamember"_s);
    const std::string path = at("/v1/session-conflicts/", id.value);
    QCOMPARE(m_server->signedIn(u"yacht"_s).get(path).status, 404);
    QCOMPARE(m_server->signedIn(u"tea"_s).get("/v1/session-conflicts").as<Page<Conflict>>().items.size(), std::size_t(1));
    RestSession first = verified(u"support1"_s);
    const auto before = first.get(path).as<ConflictDetail>();
    QCOMPARE(before.newSide.session.status, SessionStatus::Active);
    const Answer taken = first.call("POST", path + "/take", "{}", {RestSession::ifMatch(before.conflict.version)});
    QCOMPARE(taken.status, 200);
    QCOMPARE(taken.as<ConflictDetail>().conflict.state, ConflictState::Taken);
    const ConflictVerdict verdict{ConflictDecision::EndNew, before.conflict.version + 1, u"called him"_s};
    RestSession unverified = m_server->signedIn(u"admin1"_s);
    QCOMPARE(unverified.post(path + "/decisions", verdict).code(), u"step-up-required"_s);
    const Answer done = first.post(path + "/decisions", verdict);
    QVERIFY2(done.status == 200, qPrintable(done.text()));
    QCOMPARE(done.as<ConflictDetail>().newSide.session.status, SessionStatus::Revoked);
    QCOMPARE(done.as<ConflictDetail>().note, u"called him"_s);
    const Answer late = verified(u"admin1"_s).post(path + "/decisions", verdict);
    QCOMPARE(late.status, 409);
    QCOMPARE(late.code(), u"stale-decision"_s);
    QVERIFY(late.json().as_object().contains("current"));
    QVERIFY(m_server->signedIn(u"support1"_s).get("/v1/session-conflicts").as<Page<Conflict>>().items.empty());
    QCOMPARE(m_server->violations(), QStringList());
}

// Whoever was displaced and goes on with something sensitive makes the conflict graver, once; reading and ordinary writes do not.
void tst_SecurityApi::sensitiveWorkAfterADisplacement()
{
    RestSession old = m_server->signedIn(u"staff1"_s);
    const ConflictId id = conflictOf(u"staff1"_s, old.tokens().sid, m_server->signedIn(u"staff1"_s).tokens().sid);
    const auto score = [&] {
        m_server->write([](server::Txn&) {}); // behind whatever waits to be written
        return m_server->query(u"SELECT score FROM session_conflict WHERE id = ?"_s, {id}).at(0).number(0);
    };
    const int before = score();
    const std::string sensitive = "/v1/devices/01ARZ3NDEKTSV4RRFFQ69G5FAV/approvals";
    QTRY_COMPARE(old.get("/v1/session").code(), u"session-displaced"_s);
    QCOMPARE(old.postText("/v1/customers", "{}").code(), u"session-displaced"_s);
    QCOMPARE(score(), before);
    QCOMPARE(old.post(sensitive, DeviceApproval{}).code(), u"session-displaced"_s);
    QCOMPARE(score(), before + 4);
    m_server->clock().advance(Millis{30'000});
    QCOMPARE(old.post(sensitive, DeviceApproval{}).code(), u"session-displaced"_s);
    QCOMPARE(score(), before + 4);
    RestSession support = m_server->signedIn(u"support1"_s);
    const auto rules = support.get(at("/v1/session-conflicts/", id.value)).as<ConflictDetail>().rules;
    QCOMPARE(rules.back().signal, u"sensitive-tried"_s);
}

// Over the interface: what the leaked key signed is refused within a second, and everybody works on under another.
void tst_SecurityApi::twoRevokeTheKeyThatSigns()
{
    RestSession staff = m_server->signedIn(u"staff1"_s);
    RestSession first = verified(u"admin1"_s);
    RestSession second = secondAdmin();
    const auto kids = [&] { return QString::fromStdString(m_server->session().get("/.well-known/jwks.json").body); };
    const QString kid = m_server->query(u"SELECT kid FROM auth_signing_key ORDER BY use_from LIMIT 1"_s).at(0).text(0);
    QVERIFY(kids().contains(kid));
    const RevocationRequest wish{RevocationKind::Kid, kid, u"found in a mail"_s, {}};
    const Answer waiting = first.post("/v1/admin/revocations", wish);
    QVERIFY2(waiting.status == 202, qPrintable(waiting.text()));
    QCOMPARE(waiting.as<RevocationAnswer>().state, RevocationState::Waiting);
    QCOMPARE(first.post("/v1/admin/revocations", wish).code(), u"second-agent-needed"_s);
    QCOMPARE(staff.get("/v1/session").status, 200);
    const Answer done = second.post("/v1/admin/revocations", wish);
    QVERIFY2(done.status == 202, qPrintable(done.text()));
    QVERIFY(done.as<RevocationAnswer>().seq);
    QTRY_COMPARE_WITH_TIMEOUT(staff.get("/v1/session").code(), u"token-invalid"_s, 1000);
    QTRY_VERIFY(!kids().contains(kid));
    QVERIFY(staff.refresh().ok());
    QCOMPARE(staff.get("/v1/session").status, 200);
    QCOMPARE(m_server->violations(), QStringList());
}

void tst_SecurityApi::aCompanyIsSuspendedAndTakenBack()
{
    RestSession tea = m_server->signedIn(u"tea"_s);
    RestSession staff = m_server->signedIn(u"staff1"_s);
    RestSession first = verified(u"admin1"_s);
    RestSession second = secondAdmin();
    const VendorId vendor = m_server->query(u"SELECT vendor_id FROM user_account WHERE login = 'tea'"_s).at(0).id<VendorId>(0);
    const std::string back = at("/v1/admin/vendors/", vendor.value, "/reinstatement");
    const protocol::ReasonGiven why{u"settled"_s};
    QCOMPARE(first.post(back, why).code(), u"not-suspended"_s);
    const RevocationRequest wish{RevocationKind::Tenant, vendor.toString(), u"fraud"_s, {}};
    QCOMPARE(first.post("/v1/admin/revocations", wish).as<RevocationAnswer>().state, RevocationState::Waiting);
    QCOMPARE(second.post("/v1/admin/revocations", wish).as<RevocationAnswer>().state, RevocationState::Done);
    QTRY_COMPARE(tea.get("/v1/session").code(), u"session-revoked"_s);
    QCOMPARE(m_server->session().signIn(u"tea"_s), u"account-closed"_s);
    QCOMPARE(staff.post(back, why).code(), u"scope-missing"_s);
    QCOMPARE(first.post(back, protocol::Nothing{}).status, 422); // why?
    QCOMPARE(m_server->session().signIn(u"tea"_s), u"account-closed"_s);
    const Answer done = first.post(back, why);
    QVERIFY2(done.status == 200, qPrintable(done.text()));
    QCOMPARE(done.as<Vendor>().status, VendorStatus::Approved);
    QCOMPARE(m_server->session().signIn(u"tea"_s), QString());
    QCOMPARE(m_server->violations(), QStringList());
}

void tst_SecurityApi::twoEndEverybody()
{
    RestSession staff = m_server->signedIn(u"staff1"_s);
    RestSession store = m_server->signedIn(u"store1"_s);
    RestSession first = m_server->signedIn(u"admin1"_s);
    const RevocationRequest wish{RevocationKind::All, {}, u"intrusion"_s, {}};
    QCOMPARE(first.post("/v1/admin/revocations", wish).code(), u"step-up-required"_s);
    QVERIFY(first.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, u"naru-demo-2026"_s}).ok());
    RestSession second = secondAdmin();
    QCOMPARE(first.post("/v1/admin/revocations", wish).as<RevocationAnswer>().state, RevocationState::Waiting);
    QCOMPARE(second.post("/v1/admin/revocations", wish).as<RevocationAnswer>().state, RevocationState::Done);
    for (RestSession* s : {&staff, &store, &first, &second}) {
        QTRY_COMPARE(s->get("/v1/session").code(), u"session-revoked"_s);
        QVERIFY(s->get("/v1/session").body.find("intrusion") != std::string::npos);
        QCOMPARE(s->refresh().code(), u"session-revoked"_s);
    }
    QCOMPARE(m_server->session().signIn(u"staff1"_s), QString());
    QCOMPARE(m_server->violations(), QStringList());
}

void tst_SecurityApi::onlyReviewersHear()
{
    const auto listen = [&](const RestSession& who) { return std::make_unique<EventStream>(m_server->host(), m_server->port(), who.tokens().accessToken); };
    const RestSession support = m_server->signedIn(u"support1"_s);
    const RestSession staff = m_server->signedIn(u"staff1"_s);
    const RestSession store = m_server->signedIn(u"store1"_s);
    const RestSession manager = m_server->signedIn(u"tea"_s);
    RestSession owner = m_server->signedIn(u"staff2"_s);
    const RestSession stranger = m_server->signedIn(u"yacht"_s); // another company's manager
    const SessionId old = m_server->signedIn(u"teamember"_s).tokens().sid;
    const RestSession member = m_server->signedIn(u"teamember"_s);
    const auto hears = listen(support);
    const auto staffHears = listen(staff);
    const auto storeHears = listen(store);
    const auto managerHears = listen(manager);
    const auto strangerHears = listen(stranger);
    const auto memberHears = listen(member);
    const auto ownerHears = listen(owner);
    for (auto* s : {hears.get(), staffHears.get(), storeHears.get(), managerHears.get(), strangerHears.get(), memberHears.get(), ownerHears.get()})
        QVERIFY(s->waitOpen());
    const ConflictId id = conflictOf(u"teamember"_s, old, member.tokens().sid);
    const ConflictId another = conflictOf(u"store2"_s); // of nobody who has a manager
    const auto about = [](const ConflictId& which) { return [which](const EventStream::Event& e) { return e.data.at("id").as_string() == which.toString().toStdString(); }; };
    QVERIFY(hears->waitFor(u"session_conflict.changed"_s, 10'000, about(id)));
    QVERIFY(hears->waitFor(u"session_conflict.changed"_s, 10'000, about(another)));
    QVERIFY(managerHears->waitFor(u"session_conflict.changed"_s, 10'000, about(id)));
    const Device d = owner.get("/v1/devices").as<Page<Device>>().items.at(0);
    QVERIFY(owner.call("PUT", at("/v1/devices/", d.id.value, "/posture"), R"({"signals":[{"name":"os","value":"Debian 12","source":"self"}]})").ok());
    QVERIFY(ownerHears->waitFor(u"device.changed"_s, 10'000));
    // Something all of the operator's people hear, so that what came before it would be here as well.
    m_server->write([&](server::Txn& txn) { txn.publish(protocol::topic::kVendor, std::nullopt, u"vendor"_s, m_server->data().teaVendor.value, 9, {{"probe", 1}}); });
    for (const auto& s : {staffHears.get(), storeHears.get()})
        QVERIFY(s->waitFor(u"vendor.changed"_s, 10'000));
    m_server->write([&](server::Txn& txn) {
        for (const VendorId& vendor : {m_server->data().teaVendor, m_server->data().yachtVendor})
            txn.publish(protocol::topic::kVendor, vendor, u"vendor"_s, vendor.value, 10, {{"probe", 2}});
    });
    for (const auto& s : {managerHears.get(), strangerHears.get(), memberHears.get()})
        QVERIFY(s->waitFor(u"vendor.changed"_s, 10'000));
    QCOMPARE(managerHears->count(u"session_conflict.changed"_s), 1); // his own member's
    for (const auto& s : {staffHears.get(), storeHears.get(), strangerHears.get(), memberHears.get(), ownerHears.get()})
        QCOMPARE(s->count(u"session_conflict.changed"_s), 0);
    for (const auto& s : {hears.get(), staffHears.get(), storeHears.get(), managerHears.get(), strangerHears.get(), memberHears.get()})
        QCOMPARE(s->count(u"device.changed"_s), 0);
}

namespace {

// One request from another address of loopback; the status, 0: no answer.
int statusFrom(const char* address, quint16 port, const std::string& request)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    ::inet_pton(AF_INET, address, &from.sin_addr);
    sockaddr_in to = from;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    std::string answer;
    if (fd >= 0 && ::bind(fd, reinterpret_cast<sockaddr*>(&from), sizeof from) == 0 && ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0
        && ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
        char bytes[4096];
        for (ssize_t n = 0; (n = ::recv(fd, bytes, sizeof bytes, 0)) > 0;)
            answer.append(bytes, static_cast<std::size_t>(n));
    }
    if (fd >= 0)
        ::close(fd);
    return answer.size() > 12 ? QByteArray(answer.data() + 9, 3).toInt() : 0;
}

} // namespace

// E9, T24: the same key and token from a second network within a minute.
void tst_SecurityApi::twoNetworksAtOnce()
{
    RestSession staff = m_server->signedIn(u"staff1"_s);
    const auto from = [&](const char* address) {
        return statusFrom(address, m_server->port(),
            "GET /v1/session HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_server->port()) + "\r\nConnection: close\r\n"
                + credentials(m_server->port(), "GET", "http://127.0.0.1:" + std::to_string(m_server->port()) + "/v1/session", staff.tokens().accessToken) + "\r\n");
    };
    QCOMPARE(from("127.0.0.9"), 200); // the same network
    QCOMPARE(staff.post("/v1/customers", NewCustomer{u"ref-1"_s, u"김고객"_s}).status, 201);
    QCOMPARE(from("127.0.5.1"), 200); // reading goes on
    QTRY_COMPARE(staff.postText("/v1/customers", "{}").code(), u"session-restricted"_s);
    QTRY_COMPARE(m_server->query(u"SELECT COUNT(*) FROM session_conflict WHERE kind = 'parallel_use'"_s).at(0).number(0), 1);
    QCOMPARE(staff.get("/v1/session").as<SessionInfo>().restricted, u"parallel-use"_s);
}

// E13: reading waits until the person has verified himself, and so does everything else.
void tst_SecurityApi::farMoreReadThanUsual()
{
    RestSession staff = verified(u"staff1"_s); // having verified himself before is no licence
    const UserId user = userId(u"staff1"_s);
    m_server->write([&](server::Txn& txn) {
        txn.db().exec(u"UPDATE user_account SET demo = 0 WHERE id = ?"_s, {user}); // where anybody may enter nothing is usual
        std::vector<server::ReadRate::Window> usual;
        for (int i = 1; i <= 40; ++i)
            usual.push_back({user, txn.now() - i * server::kReadWindow, 100});
        server::writeWindows(txn, usual);
    });
    const auto fetch = [](RestSession& s, int most) {
        for (int i = 0; i < most; ++i)
            if (const Answer a = s.get("/v1/products"); a.status != 200)
                return a;
        return Answer{};
    };
    const auto products = staff.get("/v1/products").as<Page<ProductSummary>>().items.size();
    QVERIFY(products > 0);
    const Answer refused = fetch(staff, static_cast<int>(1'500 / products));
    QCOMPARE(refused.status, 401);
    QCOMPARE(refused.code(), u"step-up-required"_s);
    QCOMPARE(refused.json().at("reason"), "reads-too-much");
    QCOMPARE(staff.get("/v1/session").as<SessionInfo>().restricted, u"reads-too-much"_s); // he sees why
    QCOMPARE(staff.post("/v1/customers", NewCustomer{u"ref-1"_s, u"김고객"_s}).code(), u"session-restricted"_s);
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM audit_event WHERE action = 'auth.rule.fired' AND diff_json LIKE '%E13%'"_s).at(0).number(0), 1);
    RestSession store = m_server->signedIn(u"store1"_s);
    QCOMPARE(fetch(store, static_cast<int>(1'500 / products)).status, Answer{}.status); // a channel reads for all its customers
    QVERIFY(staff.post("/v1/session/step-up", protocol::StepUpRequest{u"password"_s, u"naru-demo-2026"_s}).ok());
    QCOMPARE(staff.get("/v1/products").status, 200); // counted from nothing again
    QCOMPARE(staff.post("/v1/customers", NewCustomer{u"ref-1"_s, u"김고객"_s}).status, 201);
    // What was read becomes what is usual.
    m_server->clock().advance(server::kReadWindow);
    QTRY_VERIFY(m_server->query(u"SELECT COALESCE(MAX(records), 0) FROM auth_read_window"_s).at(0).number(0) > 1'000);
    QCOMPARE(m_server->violations(), QStringList());
}

void tst_SecurityApi::theTrailIsRead()
{
    RestSession staff = m_server->signedIn(u"staff1"_s);
    QCOMPARE(staff.post("/v1/customers", NewCustomer{u"ref-1"_s, u"김고객"_s}).status, 201);
    const auto own = staff.get("/v1/audit").as<Page<AuditLine>>();
    QCOMPARE(own.items.at(0).action, u"customer.created"_s);
    for (const AuditLine& line : own.items)
        QCOMPARE(line.actorName, u"한지우"_s);
    RestSession admin = m_server->signedIn(u"admin1"_s);
    const auto found = admin.get("/v1/audit?q=customer.created&limit=5").as<Page<AuditLine>>();
    QVERIFY(!found.items.empty());
    QCOMPARE(found.items.at(0).actorRole, u"staff"_s);
    QVERIFY(admin.get("/v1/audit?from=2099-01-01T00:00:00Z").as<Page<AuditLine>>().items.empty());
    QCOMPARE(admin.get("/v1/audit?from=yesterday").status, 400);
    const auto chain = admin.get("/v1/audit/chain").as<ChainCheck>();
    QCOMPARE(chain.fromSeq, 1);
    QVERIFY(!chain.brokenAt);
    QVERIFY(chain.unbrokenTo >= found.items.at(0).seq);
}

QTEST_GUILESS_MAIN(tst_SecurityApi)
#include "tst_SecurityApi.moc"
