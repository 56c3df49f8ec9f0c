// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/SignInDevice.h"

#include "protocol/SecurityFields.h"
#include "server/auth/device/Devices.h"
#include "server/auth/factor/Factors.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostPending = 5; // of one account: an attacker who has the password does not fill the list

KeyStorage storageOf(const SignInRequest& request) { return protocol::fromWire<KeyStorage>(request.storage).value_or(KeyStorage::Memory); }

DeviceId insert(Txn& txn, const UserId& user, const SignInRequest& request, DeviceStatus status)
{
    const DeviceId id = txn.newId<DeviceId>();
    txn.db().exec(u"INSERT INTO auth_device (id, user_id, jkt, name, platform, app_version, storage, status, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {id, user, Param(request.thumbprint), request.deviceName, request.platform, request.appVersion, protocol::wireText(storageOf(request)),
            protocol::wireText(status), txn.now(), txn.now()});
    txn.audit(status == DeviceStatus::Active ? u"auth.device.registered"_s : u"auth.device.asked"_s, u"device"_s, id.value,
        protocol::json::object{{"user_id", protocol::utf8(user.toString())}, {"name", protocol::utf8(request.deviceName)},
            {"storage", protocol::wireName(storageOf(request))}, {"jkt", request.thumbprint.substr(0, 8)}});
    return id;
}

// How the machine calls itself may change; where its key lies may only get worse without a new registration.
void refreshRow(Txn& txn, const DeviceRow& row, const SignInRequest& request)
{
    const KeyStorage storage = std::min(row.storage, storageOf(request));
    txn.db().exec(u"UPDATE auth_device SET platform = ?, app_version = ?, storage = ?, last_seen_at = ? WHERE id = ?"_s,
        {request.platform, request.appVersion, protocol::wireText(storage), txn.now(), row.id});
}

void activate(Txn& txn, const DeviceId& id, const char* why)
{
    txn.db().exec(u"UPDATE auth_device SET status = 'active', version = version + 1 WHERE id = ?"_s, {id});
    txn.audit(u"auth.device.activated"_s, u"device"_s, id.value, protocol::json::object{{"by", why}});
}

// Nobody has to vouch for the first device of an account, nor for those of accounts anyone may enter.
bool needsNobody(Connection& db, const UserId& user)
{
    const auto row = db.one(u"SELECT u.demo, (SELECT COUNT(*) FROM auth_device d WHERE d.user_id = u.id AND d.jkt IS NOT NULL AND d.status IN ('active','suspended')) "
                            "FROM user_account u WHERE u.id = ?"_s, {user});
    return row && (row->integer(0) == 1 || row->integer(1) == 0);
}

} // namespace

DeviceStanding deviceAtSignIn(Txn& txn, const UserId& user, const SignInRequest& request, bool factorShown)
{
    Connection& db = txn.db();
    DeviceStanding out;
    const auto known = deviceOfKey(db, user, QString::fromStdString(request.thumbprint));
    if (known) {
        out.device = known->id;
        if (known->status == DeviceStatus::Revoked || known->status == DeviceStatus::Suspended)
            return out;
        refreshRow(txn, *known, request);
        if (known->status == DeviceStatus::Active) {
            out.kind = DeviceStanding::Kind::Welcome;
            return out;
        }
    }
    if (factorShown || needsNobody(db, user)) {
        if (known)
            activate(txn, known->id, factorShown ? "factor" : "first");
        else
            out.device = insert(txn, user, request, DeviceStatus::Active);
        out.kind = DeviceStanding::Kind::Welcome;
        return out;
    }
    const QStringList factors = factorsOf(db, user);
    if (!known) {
        db.exec(u"UPDATE auth_device SET status = 'revoked', version = version + 1 WHERE id IN (SELECT id FROM auth_device WHERE user_id = ? AND status = 'pending' "
                "ORDER BY created_at DESC, id DESC LIMIT 1000 OFFSET ?)"_s, {user, kMostPending - 1});
        out.device = insert(txn, user, request, DeviceStatus::Pending);
        txn.publish("auth.device", std::nullopt, u"device"_s, out.device.value, 1, protocol::json::object{{"user_id", protocol::utf8(user.toString())}});
    }
    out.kind = factors.size() > 1 ? DeviceStanding::Kind::NeedsFactor : DeviceStanding::Kind::NeedsApproval;
    out.factors = factors;
    out.factors.removeAll(u"password"_s);
    return out;
}

} // namespace naru::server
