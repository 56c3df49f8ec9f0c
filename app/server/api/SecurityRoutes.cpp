// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/RevocationFields.h"
#include "protocol/SecurityFields.h"
#include "server/api/BookingRequests.h"
#include "server/api/NoContent.h"
#include "server/api/Server.h"
#include "server/auth/AuthService.h"
#include "server/auth/Sessions.h"
#include "server/auth/device/DeviceChanges.h"
#include "server/auth/history/AccountLock.h"
#include "server/auth/history/SessionList.h"
#include "server/auth/revocation/Revocations.h"
#include "server/domain/Parties.h"

// One's own sessions and devices; those of others for whoever looks after them.
namespace naru::server {
namespace {

using namespace Qt::StringLiterals;

// Whose account it is decides whether it exists for the caller.
void requireVisible(Connection& db, const Request& r, const UserId& user)
{
    const auto row = db.one(u"SELECT vendor_id FROM user_account WHERE id = ?"_s, {user});
    if (!row || !reviewer(r).sees(row->maybeId<VendorId>(0)))
        notFound();
}

// One's own ------------------------------------------------------------------------------------------------------

void getSessions(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"after", "limit"});
        return jsonResponse(200, sessionsOf(db, r.principal->userId, r.principal->sid, queryText(r, "after", 1000), queryInt(r, "limit", 50, 1, kMaxLimit)));
    });
}

void deleteSession(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const auto sid = idParam<SessionId>(r);
        const SessionEntry entry = orNotFound(sessionEntry(txn.db(), sid));
        if (entry.userId != r.principal->userId)
            notFound();
        closeSession(txn, sid, SessionEndReason::SignedOut); // over already: that is what was asked for
        return noContent();
    });
}

void postDrafts(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const int drafts = bodyOf<protocol::DraftCount>(r).drafts;
        txn.db().exec(u"UPDATE auth_session SET drafts = ? WHERE sid = ? AND status = 'active'"_s, {drafts, r.principal->sid});
        return noContent();
    });
}

void getDevices(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        allowQuery(r, {});
        return jsonResponse(200, devicesOf(db, r.principal->userId, s.clock.now(), r.principal->deviceId));
    });
}

Response deviceAnswer(Connection& db, const Request& r, int status, Instant now)
{
    const Device d = orNotFound(deviceView(db, idParam<DeviceId>(r), now, r.principal->deviceId));
    return versioned(status, d, d.version);
}

void patchOneDevice(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        patchDevice(txn, *r.principal, idParam<DeviceId>(r), ifMatch(r), bodyOf<DevicePatch>(r));
        return deviceAnswer(txn.db(), r, 200, txn.now());
    });
}

void postApproval(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const bool done = approveDevice(txn, *r.principal, idParam<DeviceId>(r), bodyOf<DeviceApproval>(r));
        return deviceAnswer(txn.db(), r, done ? 200 : 202, txn.now());
    });
}

void putPosture(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        return jsonResponse(200, takePosture(txn, *r.principal, idParam<DeviceId>(r), bodyOf<PostureReport>(r)));
    });
}

// Others' --------------------------------------------------------------------------------------------------------

void getAllSessions(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        allowQuery(r, {"q", "status", "user_id", "after", "limit"});
        SessionQuery q;
        q.text = queryText(r, "q");
        q.status = queryEnum<SessionStatus>(r, "status");
        q.userId = queryId<UserId>(r, "user_id");
        q.after = queryText(r, "after", 1000);
        q.limit = queryInt(r, "limit", q.limit, 1, kMaxLimit);
        return jsonResponse(200, searchSessions(db, reviewer(r).tenant, q, r.principal->sid));
    });
}

void postSessionEnd(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const auto sid = idParam<SessionId>(r);
        const QString reason = bodyOf<protocol::ReasonGiven>(r).reason;
        requireVisible(txn.db(), r, orNotFound(sessionEntry(txn.db(), sid)).userId);
        closeSession(txn, sid, SessionEndReason::Revoked, reason);
        return noContent();
    });
}

void getUser(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [](Connection& db, const Request& r) {
        const AccountEntry a = orNotFound(readAccount(db, idParam<UserId>(r), reviewer(r)));
        return versioned(200, a, a.version);
    });
}

void putLock(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const LockOutcome out = changeLock(txn, reviewer(r), idParam<UserId>(r), ifMatch(r), bodyOf<protocol::LockRequest>(r));
        return versioned(out.waiting ? 202 : 200, out.account, out.account.version);
    });
}

void postRevocation(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [&s](Txn& txn, const Request& r) {
        return jsonResponse(202, revoke(txn, reviewer(r), bodyOf<RevocationRequest>(r), s.auth.seal(), s.rng));
    });
}

void postReinstatement(Server& s, Request r, Respond respond)
{
    answerWrite(s, std::move(r), std::move(respond), [](Txn& txn, const Request& r) {
        const Vendor vendor = reinstateVendor(txn, idParam<VendorId>(r), bodyOf<protocol::ReasonGiven>(r).reason);
        return versioned(200, vendor, vendor.version);
    });
}

void getUserDevices(Server& s, Request r, Respond respond)
{
    answerRead(s, std::move(r), std::move(respond), [&s](Connection& db, const Request& r) {
        const auto user = idParam<UserId>(r);
        requireVisible(db, r, user);
        return jsonResponse(200, devicesOf(db, user, s.clock.now(), r.principal->deviceId));
    });
}

} // namespace

std::vector<Route> securityRoutes()
{
    return {
        {"GET", "/v1/sessions", "session.own", OpClass::R, getSessions},
        {"DELETE", "/v1/sessions/{id}", "session.own", OpClass::W, deleteSession},
        {"POST", "/v1/session/drafts", "session.own", OpClass::W, postDrafts},
        {"GET", "/v1/devices", "session.own", OpClass::R, getDevices},
        {"PATCH", "/v1/devices/{id}", "session.own", OpClass::W, patchOneDevice},
        {"POST", "/v1/devices/{id}/approvals", "session.own", OpClass::S, postApproval, true},
        {"PUT", "/v1/devices/{id}/posture", "session.own", OpClass::W, putPosture},
        {"GET", "/v1/admin/sessions", "session.review", OpClass::R, getAllSessions},
        {"POST", "/v1/admin/sessions/{id}/end", "session.decide", OpClass::S, postSessionEnd, true},
        {"GET", "/v1/admin/users/{id}", "session.review", OpClass::R, getUser},
        {"PUT", "/v1/admin/users/{id}/lock", "session.decide", OpClass::S, putLock, true},
        {"GET", "/v1/admin/users/{id}/devices", "session.review", OpClass::R, getUserDevices},
        {"POST", "/v1/admin/revocations", "key.rotate", OpClass::S, postRevocation, true},
        {"POST", "/v1/admin/vendors/{id}/reinstatement", "key.rotate", OpClass::S, postReinstatement, true},
    };
}

} // namespace naru::server
