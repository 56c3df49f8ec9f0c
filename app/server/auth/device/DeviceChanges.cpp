// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/device/DeviceChanges.h"

#include "protocol/Events.h"
#include "protocol/SecurityFields.h"
#include "server/auth/Sessions.h"
#include "server/auth/rules/Rules.h"
#include "server/domain/View.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

struct Owner {
    Role role = Role::Staff;
    std::optional<VendorId> vendor;
};

Owner ownerOf(Connection& db, const UserId& user)
{
    const auto row = db.one(u"SELECT role, vendor_id FROM user_account WHERE id = ?"_s, {user});
    return {protocol::fromWire<Role>(row->text(0)).value_or(Role::Admin), row->maybeId<VendorId>(1)};
}

// Whether the caller looks after this person's devices (auth.md §2.13, device.approve).
bool looksAfter(const Principal& who, const Owner& owner)
{
    if (!who.has(u"device.approve"_s))
        return false;
    switch (who.role) {
    case Role::Admin: return true;
    case Role::SupportAgent: return owner.role == Role::Staff;
    case Role::VendorManager: return owner.vendor && owner.vendor == who.vendorId;
    default: return false;
    }
}

DeviceRow readFor(Txn& txn, const Principal& who, const DeviceId& id)
{
    txn.lock("auth_device", id.value);
    auto device = readDevice(txn.db(), id);
    if (!device || (device->userId != who.userId && !looksAfter(who, ownerOf(txn.db(), device->userId))))
        notFound();
    return std::move(*device);
}

void tellOwner(Txn& txn, const DeviceRow& device, DeviceStatus status)
{
    txn.publish(protocol::topic::kDevice, ownerOf(txn.db(), device.userId).vendor, u"user"_s, device.userId.value, device.version + 1,
        json::object{{"id", protocol::utf8(device.id.toString())}, {"user_id", protocol::utf8(device.userId.toString())}, {"status", protocol::wireName(status)}});
}

void endItsSession(Txn& txn, const DeviceRow& device, const QString& reason)
{
    const auto row = txn.db().one(u"SELECT sid FROM auth_session WHERE user_id = ? AND device_id = ? AND status = 'active'"_s, {device.userId, device.id});
    if (row)
        closeSession(txn, row->id<SessionId>(0), SessionEndReason::Revoked, reason);
}

void requireVerified(const Principal& who, Instant now)
{
    if (now - who.steppedUpAt <= kVerifiedFor)
        return;
    protocol::Problem p;
    p.status = 401;
    p.code = u"step-up-required"_s;
    p.detail = u"this needs an extra verification within the last ten minutes"_s;
    throw ProblemError(p);
}

void requireMove(const Principal& who, const DeviceRow& device, DeviceStatus to, Instant now)
{
    if (device.status == DeviceStatus::Revoked)
        throw ProblemError(409, "device-revoked", u"a revoked device does not come back; it signs in as a new one"_s);
    if (to == DeviceStatus::Pending || (device.status == DeviceStatus::Pending && to != DeviceStatus::Revoked))
        throw ProblemError(409, "device-pending", u"this device waits for an approval"_s);
    if (to == DeviceStatus::Active && device.status == DeviceStatus::Suspended)
        requireVerified(who, now);
}

void setStatus(Txn& txn, const DeviceRow& device, DeviceStatus to, const QString& reason)
{
    const QString word = protocol::wireText(to);
    txn.db().exec(u"UPDATE auth_device SET status = ? WHERE id = ?"_s, {word, device.id});
    txn.audit(u"auth.device."_s + (to == DeviceStatus::Active ? u"reactivated"_s : word), u"device"_s, device.id.value, json::object{{"reason", protocol::utf8(reason)}});
    if (to != DeviceStatus::Active)
        endItsSession(txn, device, reason.isEmpty() ? u"device-"_s + word : reason);
    tellOwner(txn, device, to);
}

// Who may let a waiting device in; true: one more has to.
bool needsAnother(Txn& txn, const Principal& who, const DeviceRow& device)
{
    if (device.userId == who.userId) {
        const auto own = who.deviceId && *who.deviceId != device.id ? readDevice(txn.db(), *who.deviceId) : std::nullopt;
        if (!own || own->status != DeviceStatus::Active)
            throw ProblemError(403, "approval-not-allowed", u"a device is approved from another one that is active"_s);
        return false;
    }
    if (who.role != Role::SupportAgent || !looksAfter(who, ownerOf(txn.db(), device.userId)))
        return false; // a manager or an administrator: one is enough
    if (device.firstApproval == who.userId)
        throw ProblemError(403, "second-agent-needed", u"somebody else has to approve this device as well; you did"_s);
    return !device.firstApproval;
}

void checkReport(const PostureReport& report)
{
    static const QStringList known{u"storage"_s, u"os"_s, u"disk_encryption"_s, u"secure_boot"_s, u"screen_lock"_s, u"firewall"_s, u"anti_malware"_s, u"integrity"_s, u"root"_s};
    QStringList seen;
    for (std::size_t i = 0; i < report.signalList.size(); ++i) {
        const PostureSignal& s = report.signalList[i];
        const QString at = u"/signals/%1"_s.arg(i);
        if (!known.contains(s.name))
            refuseField(at + u"/name"_s, "unknown", u"is not a thing that devices report"_s);
        if (seen.contains(s.name))
            refuseField(at + u"/name"_s, "duplicate", u"is reported twice"_s);
        if (s.source != u"self")
            refuseField(at + u"/source"_s, "not-allowed", u"what a device says comes from itself"_s);
        seen << s.name;
    }
}

} // namespace

void patchDevice(Txn& txn, const Principal& who, const DeviceId& id, std::int64_t version, const DevicePatch& patch)
{
    const DeviceRow device = readFor(txn, who, id);
    if (device.version != version)
        versionMismatch(device.version, protocol::toJson(*deviceView(txn.db(), id, txn.now(), who.deviceId)));
    if (patch.name && device.userId != who.userId)
        throw ProblemError(403, "name-not-yours", u"a device is named by the person whose it is"_s);
    const bool moves = patch.status && *patch.status != device.status;
    if (moves)
        requireMove(who, device, *patch.status, txn.now());
    if (patch.name && *patch.name != device.name) {
        txn.db().exec(u"UPDATE auth_device SET name = ? WHERE id = ?"_s, {*patch.name, id});
        txn.audit(u"auth.device.renamed"_s, u"device"_s, id.value, json::object{{"from", protocol::utf8(device.name)}, {"to", protocol::utf8(*patch.name)}});
    }
    if (moves)
        setStatus(txn, device, *patch.status, patch.reason);
    txn.db().exec(u"UPDATE auth_device SET version = version + 1 WHERE id = ?"_s, {id});
}

bool approveDevice(Txn& txn, const Principal& who, const DeviceId& id, const DeviceApproval& approval)
{
    const DeviceRow device = readFor(txn, who, id);
    if (device.status != DeviceStatus::Pending)
        throw ProblemError(409, "not-pending", u"this device does not wait for an approval (%1)"_s.arg(protocol::wireText(device.status)));
    const json::object note{{"note", protocol::utf8(approval.note)}};
    if (needsAnother(txn, who, device) && approval.approve) {
        txn.db().exec(u"UPDATE auth_device SET first_approval = ?, version = version + 1 WHERE id = ?"_s, {who.userId, id});
        txn.audit(u"auth.device.approval_asked"_s, u"device"_s, id.value, note);
        return false;
    }
    const DeviceStatus to = approval.approve ? DeviceStatus::Active : DeviceStatus::Revoked;
    txn.db().exec(u"UPDATE auth_device SET status = ?, approved_by = ?, version = version + 1 WHERE id = ?"_s,
        {protocol::wireText(to), approval.approve ? Param(who.userId) : Param(nullptr), id});
    txn.audit(approval.approve ? u"auth.device.approved"_s : u"auth.device.refused"_s, u"device"_s, id.value, note);
    tellOwner(txn, device, to);
    return true;
}

bool revokeDevice(Txn& txn, const DeviceId& id, const QString& reason)
{
    txn.lock("auth_device", id.value);
    const auto device = readDevice(txn.db(), id);
    if (!device || device->status == DeviceStatus::Revoked)
        return false;
    setStatus(txn, *device, DeviceStatus::Revoked, reason);
    txn.db().exec(u"UPDATE auth_device SET version = version + 1 WHERE id = ?"_s, {id});
    return true;
}

PostureVerdict takePosture(Txn& txn, const Principal& who, const DeviceId& id, const PostureReport& report)
{
    txn.lock("auth_device", id.value);
    const auto device = who.deviceId == id ? readDevice(txn.db(), id) : std::nullopt;
    if (!device || device->userId != who.userId)
        notFound();
    if (device->status != DeviceStatus::Active)
        throw ProblemError(403, "device-revoked", u"this device may not be used any more"_s);
    checkReport(report);
    const Tier before = device->tierAt(txn.now());
    txn.db().exec(u"UPDATE auth_device SET posture_json = ?, posture_at = ? WHERE id = ?"_s, {postureText(report), txn.now(), id});
    const Tier after = tierOf(device->storage, report.signalList, txn.now(), txn.now());
    if (const auto rule = postureLost(device->posture, report.signalList, device->storage, txn.now())) {
        fire(txn, *rule, who.sid, json::object{{"device_id", protocol::utf8(id.toString())}, {"tier", after.tier}});
        if (rule->action == u"end")
            closeSession(txn, who.sid, SessionEndReason::Revoked, rule->signal);
    }
    if (before != after || device->posture != report.signalList) {
        txn.audit(u"auth.device.posture"_s, u"device"_s, id.value, json::object{{"from_tier", before.tier}, {"tier", after.tier}, {"reasons", protocol::toJson(after.reasons)}});
        tellOwner(txn, *device, device->status);
    }
    // Whoever judges this session's requests looks at its row again: it was heard of just now.
    txn.publish("auth.session", std::nullopt, u"session"_s, who.sid.value, who.sv,
        json::object{{"action", "auth.device.posture"}, {"user_id", protocol::utf8(who.userId.toString())}, {"sv", who.sv}});
    return {after.tier, after.reasons};
}

} // namespace naru::server
