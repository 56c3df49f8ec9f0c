// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/revocation/Revocations.h"

#include "protocol/RevocationFields.h"
#include "server/auth/Sessions.h"
#include "server/auth/device/DeviceChanges.h"
#include "server/auth/rules/Rules.h"
#include "server/auth/token/TokenKeys.h"
#include "server/domain/Parties.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

// What is asked for, looked at: it exists and is not void yet.
struct Subject {
    QString entity; // of the audit trail
    Id128 id;
    Role owner = Role::Admin; // of a session or device
};

template <class AnyId> AnyId idOf(const QString& text)
{
    const auto id = AnyId::parse(QStringView(text));
    if (!id)
        refuseField(u"/subject"_s, "id", u"must be an identifier"_s);
    return *id;
}

[[noreturn]] void nothingTo(const QString& why)
{
    throw ProblemError(409, "nothing-to-revoke", why);
}

Role roleOf(Connection& db, const UserId& user)
{
    const auto row = db.one(u"SELECT role FROM user_account WHERE id = ?"_s, {user});
    return row ? protocol::fromWire<Role>(row->text(0)).value_or(Role::Admin) : Role::Admin;
}

Subject userSubject(Connection& db, const UserId& id)
{
    if (!db.one(u"SELECT 1 FROM user_account WHERE id = ?"_s, {id}))
        notFound();
    return {u"user"_s, id.value};
}

Subject sessionSubject(Connection& db, const SessionId& id)
{
    const auto row = db.one(u"SELECT user_id, status FROM auth_session WHERE sid = ?"_s, {id});
    if (!row)
        notFound();
    if (row->text(1) != u"active")
        nothingTo(u"this session is over already"_s);
    return {u"session"_s, id.value, roleOf(db, row->id<UserId>(0))};
}

Subject deviceSubject(Connection& db, const DeviceId& id)
{
    const auto row = db.one(u"SELECT user_id, status FROM auth_device WHERE id = ?"_s, {id});
    if (!row)
        notFound();
    if (row->text(1) == u"revoked")
        nothingTo(u"this device is revoked already"_s);
    return {u"device"_s, id.value, roleOf(db, row->id<UserId>(0))};
}

Subject tenantSubject(Connection& db, const VendorId& id)
{
    const auto row = db.one(u"SELECT kind, status FROM vendor WHERE id = ?"_s, {id});
    if (!row)
        notFound();
    if (row->text(0) == u"operator")
        throw ProblemError(409, "operator-company", u"the operator's own company is not suspended; its people's sessions are revoked one by one, or all"_s);
    if (isShut(row->text(1)))
        nothingTo(u"this company is suspended or closed already"_s);
    return {u"vendor"_s, id.value};
}

Subject keySubject(Txn& txn, const QString& kid)
{
    const auto row = txn.db().one(u"SELECT revoked_at FROM auth_signing_key WHERE kid = ?"_s, {kid});
    if (!row)
        notFound();
    if (!row->isNull(0))
        nothingTo(u"this key is revoked already"_s);
    return {u"key"_s, txn.newId<Id<struct KeyTag>>().value};
}

Subject subjectOf(Txn& txn, const RevocationRequest& wish)
{
    if (wish.reason.trimmed().isEmpty())
        refuseField(u"/reason"_s, "required", u"says why: people read it in the audit trail, and whose session ends, on his screen"_s);
    if ((wish.kind == RevocationKind::All) != wish.subject.isEmpty())
        refuseField(u"/subject"_s, "required", u"names what is revoked; it is empty for all, and only then"_s);
    switch (wish.kind) {
    case RevocationKind::User: return userSubject(txn.db(), idOf<UserId>(wish.subject));
    case RevocationKind::Sid: return sessionSubject(txn.db(), idOf<SessionId>(wish.subject));
    case RevocationKind::Device: return deviceSubject(txn.db(), idOf<DeviceId>(wish.subject));
    case RevocationKind::Tenant: return tenantSubject(txn.db(), idOf<VendorId>(wish.subject));
    case RevocationKind::Kid: return keySubject(txn, wish.subject);
    case RevocationKind::All: break;
    }
    return {u"revocation"_s, txn.newId<Id<struct RevocationTag>>().value};
}

bool oneIsEnough(const RevocationRequest& wish, const Subject& subject)
{
    return (wish.kind == RevocationKind::Sid || wish.kind == RevocationKind::Device) && !needsTwo(subject.owner);
}

void requireApprover(Connection& db, const Reviewer& who, const UserId& named)
{
    const auto row = db.one(u"SELECT role, status FROM user_account WHERE id = ?"_s, {named});
    if (!row || row->text(0) != protocol::wireText(Role::Admin) || row->text(1) != u"active")
        refuseField(u"/second_approver"_s, "not-allowed", u"must be an administrator who may sign in"_s);
    if (named == who.user)
        refuseField(u"/second_approver"_s, "not-allowed", u"must be somebody else"_s);
}

// Nothing: it is the first who asks, and waits. Else who asked first.
std::optional<UserId> firstOf(Txn& txn, const Reviewer& who, const RevocationRequest& wish)
{
    Connection& db = txn.db();
    const QString kind = protocol::wireText(wish.kind);
    db.exec(u"DELETE FROM auth_revocation_request WHERE asked_at <= ?"_s, {txn.now() - kSecondRevokesWithin});
    const auto standing = [&] { return db.one(u"SELECT asked_by, second_approver FROM auth_revocation_request WHERE kind = ? AND subject = ? FOR UPDATE"_s, {kind, wish.subject}); };
    auto row = standing();
    if (!row) {
        if (wish.secondApprover)
            requireApprover(db, who, *wish.secondApprover);
        if (db.exec(u"INSERT INTO auth_revocation_request (kind, subject, reason, asked_by, asked_at, second_approver) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, subject) DO NOTHING"_s,
                {kind, wish.subject, wish.reason, who.user, txn.now(), Param(wish.secondApprover)}) == 1)
            return std::nullopt;
        row = standing(); // somebody else asked for it at this moment, at another server
        if (!row)
            throw ProblemError(409, "stale-decision", u"others are at the same revocation at this moment; look at what has become of it"_s);
    }
    if (row->id<UserId>(0) == who.user)
        throw ProblemError(403, "second-agent-needed", u"another administrator has to ask for the same within an hour; you have asked already"_s);
    if (const auto named = row->maybeId<UserId>(1); named && *named != who.user)
        throw ProblemError(403, "second-agent-needed", u"another administrator was named to confirm this"_s);
    db.exec(u"DELETE FROM auth_revocation_request WHERE kind = ? AND subject = ?"_s, {kind, wish.subject});
    return row->id<UserId>(0);
}

// Carrying it out ------------------------------------------------------------------------------------------------

int endSessions(Txn& txn, const QString& reason, const std::optional<VendorId>& of)
{
    // In one order, so that two servers do not wait for each other.
    const Rows live = of ? txn.db().query(u"SELECT h.sid FROM session_head h JOIN user_account u ON u.id = h.user_id WHERE h.sid IS NOT NULL AND u.vendor_id = ? ORDER BY h.user_id"_s, {*of})
                         : txn.db().query(u"SELECT h.sid FROM session_head h WHERE h.sid IS NOT NULL ORDER BY h.user_id"_s);
    int ended = 0;
    for (const Row& row : live) {
        const auto sid = row.id<SessionId>(0);
        if (of)
            if (const auto rule = accountGone(AccountStatus::Active, VendorStatus::Suspended, txn.now()))
                fire(txn, *rule, sid, {});
        ended += closeSession(txn, sid, SessionEndReason::Revoked, reason).has_value() ? 1 : 0;
    }
    return ended;
}

int revokeUser(Txn& txn, const UserId& user, const QString& reason)
{
    // What was begun with the password does not go on either.
    txn.db().exec(u"DELETE FROM auth_pending WHERE user_id = ?"_s, {user});
    txn.db().exec(u"DELETE FROM auth_code WHERE user_id = ? AND used_at IS NULL"_s, {user});
    const auto sid = liveSessionOf(txn.db(), user);
    return sid && closeSession(txn, *sid, SessionEndReason::Revoked, reason) ? 1 : 0;
}

int revokeAll(Txn& txn, const QString& reason)
{
    txn.db().exec(u"DELETE FROM auth_pending"_s);
    txn.db().exec(u"DELETE FROM auth_code WHERE used_at IS NULL"_s);
    return endSessions(txn, reason, std::nullopt);
}

// Where it signed, a key made now signs from now on: not one that was put aside before, nor the next one before its time.
void revokeKey(Txn& txn, const std::string& kid, const Seal& seal, Rng& rng)
{
    const auto signs = txn.db().one(u"SELECT kid FROM auth_signing_key WHERE revoked_at IS NULL AND use_from <= ? ORDER BY use_from DESC, kid DESC LIMIT 1"_s, {txn.now()});
    if (!signs || protocol::utf8(signs->text(0)) == kid)
        addSigningKey(txn, seal, rng, txn.now());
    if (!revokeSigningKey(txn, kid))
        nothingTo(u"this key is revoked already"_s);
}

int carryOut(Txn& txn, const RevocationRequest& wish, const Subject& subject, const Seal& seal, Rng& rng)
{
    switch (wish.kind) {
    case RevocationKind::User: return revokeUser(txn, UserId{subject.id}, wish.reason);
    case RevocationKind::Sid: return closeSession(txn, SessionId{subject.id}, SessionEndReason::Revoked, wish.reason).has_value() ? 1 : 0;
    case RevocationKind::Device: return revokeDevice(txn, DeviceId{subject.id}, wish.reason) ? 1 : 0;
    case RevocationKind::Tenant: suspendVendor(txn, VendorId{subject.id}, wish.reason); return endSessions(txn, wish.reason, VendorId{subject.id});
    case RevocationKind::Kid: revokeKey(txn, protocol::utf8(wish.subject), seal, rng); return 0;
    case RevocationKind::All: return revokeAll(txn, wish.reason);
    }
    return 0;
}

// From which session version on a user's tokens are good again.
std::optional<std::int64_t> minimumOf(Connection& db, const RevocationRequest& wish, const Subject& subject)
{
    if (wish.kind != RevocationKind::User)
        return std::nullopt;
    const auto row = db.one(u"SELECT sv FROM session_head WHERE user_id = ?"_s, {UserId{subject.id}});
    return row ? std::optional(row->integer(0) + 1) : std::nullopt;
}

json::object words(const RevocationRequest& wish)
{
    return {{"kind", protocol::wireName(wish.kind)}, {"subject", protocol::utf8(wish.subject)}, {"reason", protocol::utf8(wish.reason)}};
}

} // namespace

RevocationAnswer revoke(Txn& txn, const Reviewer& who, const RevocationRequest& asked, const Seal& seal, Rng& rng)
{
    RevocationRequest wish = asked;
    const Subject subject = subjectOf(txn, wish);
    if (wish.kind != RevocationKind::Kid && wish.kind != RevocationKind::All)
        wish.subject = subject.id.toString(); // two write the same id in the same letters
    json::object diff = words(wish);
    if (!oneIsEnough(wish, subject)) {
        const auto first = firstOf(txn, who, wish);
        if (!first) {
            txn.audit(u"auth.revocation.asked"_s, subject.entity, subject.id, diff);
            return {RevocationState::Waiting, {}, txn.now() + kSecondRevokesWithin};
        }
        diff["first_by"] = protocol::utf8(first->toString());
    }
    diff["sessions_ended"] = carryOut(txn, wish, subject, seal, rng);
    recordRevocation(txn, protocol::wireName(wish.kind), wish.subject, minimumOf(txn.db(), wish, subject), wish.reason);
    txn.audit(u"auth.revocation.done"_s, subject.entity, subject.id, diff);
    return {RevocationState::Done, txn.db().one(u"SELECT v FROM auth_seq WHERE name = 'revocation'"_s)->integer(0), {}};
}

} // namespace naru::server
