// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/RevocationFields.h"
#include "protocol/HandoverFields.h"
#include "protocol/SecurityFields.h"
#include "server/api/Server.h"
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/factor/Totp.h"
#include "server/domain/Parties.h"
#include "support/TestServer.h"

#include <QTest>

// What the routes of sessions, devices, conflicts, accounts and the audit trail promise; `Test` calls and judges.
namespace naru::test {

using namespace Qt::StringLiterals;

inline bool needsVerification(const std::string& method, const std::string& path)
{
    const auto& routes = server::allRoutes();
    const auto it = std::find_if(routes.begin(), routes.end(), [&](const server::Route& r) { return method == r.method && path == r.pattern; });
    return it != routes.end() && it->stepUp;
}

template <class Test> RestSession verifiedAsPromised(Test& test, TestServer& server, const QString& login)
{
    RestSession s = server.signedIn(login);
    [&] { QVERIFY(test.send(s, "POST", "/v1/session/step-up", {}, protocol::StepUpRequest{u"password"_s, u"naru-demo-2026"_s}).ok()); }();
    return s;
}

template <class Test> void devicesAsPromised(Test& test, TestServer& server)
{
    RestSession admin = verifiedAsPromised(test, server, u"admin1"_s);
    test.call(admin, "GET", "/v1/sessions", {}, "?limit=2");
    QCOMPARE(test.send(admin, "POST", "/v1/session/drafts", {}, protocol::DraftCount{2}).status, 204);
    const Device own = test.call(admin, "GET", "/v1/devices").template as<Page<Device>>().items.at(0);
    const std::string id = own.id.toString().toStdString();
    QCOMPARE(test.send(admin, "PATCH", "/v1/devices/{id}", id, DevicePatch{u"Desk"_s, {}, {}}, own.version).status, 200);
    QCOMPARE(test.send(admin, "PATCH", "/v1/devices/{id}", id, DevicePatch{u"Desk"_s, {}, {}}, own.version).status, 412);
    QCOMPARE(test.send(admin, "PUT", "/v1/devices/{id}/posture", id, PostureReport{{{u"os"_s, u"Debian 12"_s, u"self"_s}}}).status, 200);
    DeviceId waiting;
    server.write([&](server::Txn& txn) {
        waiting = txn.newId<DeviceId>();
        txn.db().exec(u"INSERT INTO auth_device (id, user_id, name, jkt, last_seen_at, storage, status, created_at) SELECT ?, id, 'New', 'jkt-x', ?, 'keychain', 'pending', ? "
                      "FROM user_account WHERE login = 'staff1'"_s,
            {waiting, txn.now(), txn.now()});
    });
    const std::string other = waiting.toString().toStdString();
    RestSession support = verifiedAsPromised(test, server, u"support1"_s);
    QCOMPARE(test.send(support, "POST", "/v1/devices/{id}/approvals", other, DeviceApproval{}).status, 202);
    QCOMPARE(test.send(support, "POST", "/v1/devices/{id}/approvals", other, DeviceApproval{}).status, 403);
    QCOMPARE(test.send(admin, "POST", "/v1/devices/{id}/approvals", other, DeviceApproval{}).status, 200);
    QCOMPARE(test.send(admin, "POST", "/v1/devices/{id}/approvals", other, DeviceApproval{}).status, 409);
    const RestSession old = server.signedIn(u"staff2"_s);
    QCOMPARE(test.call(admin, "DELETE", "/v1/sessions/{id}", old.tokens().sid.toString().toStdString()).status, 404);
    RestSession fresh = server.signedIn(u"staff2"_s);
    QCOMPARE(test.call(fresh, "DELETE", "/v1/sessions/{id}", old.tokens().sid.toString().toStdString()).status, 204);
}

template <class Test> void accountsAsPromised(Test& test, TestServer& server)
{
    RestSession support = verifiedAsPromised(test, server, u"support1"_s);
    RestSession member = server.signedIn(u"teamember"_s);
    test.call(support, "GET", "/v1/admin/sessions", {}, "?status=active&q=tea");
    const std::string sid = member.tokens().sid.toString().toStdString();
    QCOMPARE(test.send(support, "POST", "/v1/admin/sessions/{id}/end", sid, protocol::ReasonGiven{u"test"_s}).status, 204);
    const std::string user = server.query(u"SELECT id FROM user_account WHERE login = 'tea'"_s).at(0).text(0).toStdString();
    test.call(support, "GET", "/v1/admin/users/{id}/devices", user);
    const auto version = test.call(support, "GET", "/v1/admin/users/{id}", user).template as<AccountEntry>().version;
    QCOMPARE(test.send(support, "PUT", "/v1/admin/users/{id}/lock", user, protocol::LockRequest{true, u"test"_s}, version).status, 202);
    QCOMPARE(test.send(support, "PUT", "/v1/admin/users/{id}/lock", user, protocol::LockRequest{true, u"test"_s}, version).status, 412);
    QCOMPARE(test.send(support, "PUT", "/v1/admin/users/{id}/lock", user, protocol::LockRequest{false, u"test"_s}, version + 1).status, 200);
}

template <class Test> void revocationsAsPromised(Test& test, TestServer& server)
{
    RestSession admin = verifiedAsPromised(test, server, u"admin1"_s);
    const RestSession store = server.signedIn(u"store3"_s);
    const QString sid = store.tokens().sid.toString();
    const auto ask = [&](RevocationKind kind, const QString& subject) {
        return test.send(admin, "POST", "/v1/admin/revocations", {}, RevocationRequest{kind, subject, u"test"_s, {}});
    };
    QCOMPARE(ask(RevocationKind::Sid, sid).template as<RevocationAnswer>().state, RevocationState::Done);
    QCOMPARE(ask(RevocationKind::Sid, sid).status, 409);
    QCOMPARE(ask(RevocationKind::Device, u"01ARZ3NDEKTSV4RRFFQ69G5FAV"_s).status, 404);
    QCOMPARE(ask(RevocationKind::All, u"something"_s).status, 422);
    QCOMPARE(ask(RevocationKind::All, {}).template as<RevocationAnswer>().state, RevocationState::Waiting);
    QCOMPARE(ask(RevocationKind::All, {}).status, 403);
    const VendorId vendor = server.query(u"SELECT vendor_id FROM user_account WHERE login = 'tea'"_s).at(0).template id<VendorId>(0);
    const auto takeBack = [&] { return test.send(admin, "POST", "/v1/admin/vendors/{id}/reinstatement", vendor.toString().toStdString(), protocol::ReasonGiven{u"test"_s}).status; };
    QCOMPARE(takeBack(), 409);
    server.write([&](server::Txn& txn) { server::suspendVendor(txn, vendor, u"test"_s); });
    QCOMPARE(takeBack(), 200);
}

template <class Test> void conflictsAsPromised(Test& test, TestServer& server)
{
    const RestSession old = server.signedIn(u"staff1"_s);
    const RestSession fresh = server.signedIn(u"staff1"_s);
    RestSession nobody = server.session();
    QCOMPARE(test.send(nobody, "POST", "/v1/session-conflicts", {}, protocol::NotMeReport{old.tokens().refreshToken, u"not_me"_s}).status, 201);
    QCOMPARE(test.send(nobody, "POST", "/v1/session-conflicts", {}, protocol::NotMeReport{fresh.tokens().refreshToken, u"not_me"_s}).status, 409);
    QCOMPARE(test.send(nobody, "POST", "/v1/session-conflicts", {}, protocol::NotMeReport{u"unknown"_s, u"not_me"_s}).status, 403);
    RestSession support = verifiedAsPromised(test, server, u"support1"_s);
    const Conflict c = test.call(support, "GET", "/v1/session-conflicts", {}, "?state=open").template as<Page<Conflict>>().items.at(0);
    const std::string id = c.id.toString().toStdString();
    test.call(support, "GET", "/v1/session-conflicts/{id}", id);
    QCOMPARE(test.send(support, "POST", "/v1/session-conflicts/{id}/take", id, protocol::Nothing{}, c.version).status, 200);
    QCOMPARE(test.send(support, "POST", "/v1/session-conflicts/{id}/decisions", id, ConflictVerdict{ConflictDecision::Benign, c.version, {}}).status, 409);
    QCOMPARE(test.send(support, "POST", "/v1/session-conflicts/{id}/decisions", id, ConflictVerdict{ConflictDecision::Benign, c.version + 1, {}}).status, 200);
    RestSession admin = server.signedIn(u"admin1"_s);
    test.call(admin, "GET", "/v1/audit", {}, "?q=auth.&limit=20");
    test.call(admin, "GET", "/v1/audit/chain");
}

inline std::string fromBase32(const QString& text)
{
    std::string out;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const QChar c : text) {
        buffer = (buffer << 5) | static_cast<std::uint32_t>(QStringView(u"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").indexOf(c));
        if ((bits += 5) >= 8)
            out.push_back(static_cast<char>((buffer >> (bits -= 8)) & 0xFF));
    }
    return out;
}

// Of an account that no other part needs.
template <class Test> void credentialsAsPromised(Test& test, TestServer& server)
{
    RestSession who = verifiedAsPromised(test, server, u"vendor-hangang"_s);
    const Answer enrolled = test.send(who, "POST", "/v1/credentials/totp", {}, protocol::Nothing{});
    QCOMPARE(enrolled.status, 200);
    QCOMPARE(test.send(who, "POST", "/v1/credentials/totp/verify", {}, protocol::CodeGiven{u"no code"_s}).status, 422);
    const std::string secret = fromBase32(enrolled.as<TotpSecret>().secret);
    const QString code = QString::fromStdString(server::hotp(secret, static_cast<std::uint64_t>(server::totpStep(server.time().now()))));
    QCOMPARE(test.send(who, "POST", "/v1/credentials/totp/verify", {}, protocol::CodeGiven{code}).status, 204);
    QCOMPARE(test.send(who, "POST", "/v1/credentials/recovery-codes", {}, protocol::Nothing{}).status, 200);
    QCOMPARE(test.send(who, "POST", "/v1/credentials/password", {}, protocol::PasswordChange{u"wrong"_s, u"a whole new sentence"_s}).status, 403);
    QCOMPARE(test.send(who, "POST", "/v1/credentials/password", {}, protocol::PasswordChange{u"naru-demo-2026"_s, u"a whole new sentence"_s}).status, 204);
}

// From the computer the test is to another one of the same person, whom no other part needs: who goes to and fro is asked at the next sign-in.
template <class Test> void handoversAsPromised(Test& test, TestServer& server)
{
    RestSession other = server.session();
    other.asAnotherComputer();
    QCOMPARE(other.signIn(u"vendor-namsan"_s, u"naru-demo-2026"_s, u"Laptop"_s), QString());
    const RestSession old = server.signedIn(u"vendor-namsan"_s);
    QCOMPARE(other.signIn(u"vendor-namsan"_s, u"naru-demo-2026"_s, u"Laptop"_s), QString());
    RestSession nobody = server.session();
    const QString token = old.tokens().refreshToken;
    QCOMPARE(test.send(nobody, "PUT", "/v1/session/handover", {}, protocol::HandoverOffer{token, 1, u"c2VhbGVk"_s}).status, 204);
    QCOMPARE(test.send(nobody, "PUT", "/v1/session/handover", {}, protocol::HandoverOffer{token, 1, u"c2VhbGVk"_s}).status, 204);
    QCOMPARE(test.send(nobody, "PUT", "/v1/session/handover", {}, protocol::HandoverOffer{token, 1, u"not base64url"_s}).status, 422);
    QCOMPARE(test.send(nobody, "PUT", "/v1/session/handover", {}, protocol::HandoverOffer{token, 1, QString(960'000, u'A')}).status, 413);
    QCOMPARE(test.send(nobody, "PUT", "/v1/session/handover", {}, protocol::HandoverOffer{u"unknown"_s, 1, u"c2VhbGVk"_s}).status, 403);
    QCOMPARE(test.send(other, "PUT", "/v1/session/handover", {}, protocol::HandoverOffer{token, 1, u"c2VhbGVk"_s}).status, 403); // another key
    const auto list = test.call(other, "GET", "/v1/session/handover").template as<protocol::HandoverList>();
    QCOMPARE(list.items.size(), std::size_t(1));
    QCOMPARE(list.items[0].sealed, u"c2VhbGVk"_s);
    const std::string id = list.items[0].id.toString().toStdString();
    QCOMPARE(test.call(other, "DELETE", "/v1/session/handover/{id}", id).status, 428);
    QCOMPARE(test.call(other, "DELETE", "/v1/session/handover/{id}", id, {}, {}, {RestSession::ifMatch(1)}).status, 412);
    QCOMPARE(test.call(other, "DELETE", "/v1/session/handover/{id}", id, {}, {}, {RestSession::ifMatch(2)}).status, 204);
    QCOMPARE(test.call(other, "DELETE", "/v1/session/handover/{id}", id, {}, {}, {RestSession::ifMatch(2)}).status, 404);
}

template <class Test> void securityAsPromised(Test& test, TestServer& server)
{
    devicesAsPromised(test, server);
    accountsAsPromised(test, server);
    revocationsAsPromised(test, server);
    conflictsAsPromised(test, server);
    credentialsAsPromised(test, server);
    handoversAsPromised(test, server);
}

} // namespace naru::test
