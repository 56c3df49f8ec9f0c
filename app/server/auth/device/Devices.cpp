// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/device/Devices.h"

#include "protocol/SecurityFields.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostDevices = 200; // shown of one person
constexpr int kMarkLength = 8; // of a thumbprint: enough to tell two apart, of no use to anybody

const QString kColumns = u"SELECT d.id, d.user_id, d.jkt, d.name, d.platform, d.app_version, d.storage, d.status, d.created_at, d.last_seen_at, d.approved_by, "
                         "d.first_approval, d.posture_json, d.posture_at, d.version, u.login, u.display_name, COALESCE(a.display_name, ''), s.started_at "
                         "FROM auth_device d JOIN user_account u ON u.id = d.user_id LEFT JOIN user_account a ON a.id = d.approved_by "
                         "LEFT JOIN session_head h ON h.user_id = d.user_id AND h.device_id = d.id LEFT JOIN auth_session s ON s.sid = h.sid AND s.status = 'active' "_s;

DeviceRow rowOf(const Row& row)
{
    DeviceRow d;
    d.id = row.id<DeviceId>(0);
    d.userId = row.id<UserId>(1);
    d.jkt = row.text(2);
    d.name = row.text(3);
    d.platform = row.text(4);
    d.appVersion = row.text(5);
    d.storage = protocol::fromWire<KeyStorage>(row.text(6)).value_or(KeyStorage::Memory);
    d.status = protocol::fromWire<DeviceStatus>(row.text(7)).value_or(DeviceStatus::Revoked);
    d.createdAt = row.maybeInstant(8);
    d.lastSeenAt = row.instant(9);
    d.approvedBy = row.maybeId<UserId>(10);
    d.firstApproval = row.maybeId<UserId>(11);
    d.posture = postureFrom(row.text(12));
    d.postureAt = row.maybeInstant(13);
    d.version = row.integer(14);
    return d;
}

Device viewOfRow(const Row& row, Instant now, const std::optional<DeviceId>& current)
{
    const DeviceRow d = rowOf(row);
    Device out;
    out.id = d.id;
    out.version = d.version;
    out.userId = d.userId;
    out.login = row.text(15);
    out.displayName = row.text(16);
    out.name = d.name;
    out.platform = d.platform;
    out.appVersion = d.appVersion;
    out.storage = d.storage;
    out.status = d.status;
    const Tier tier = d.tierAt(now, row.maybeInstant(18));
    out.tier = tier.tier;
    out.tierReasons = tier.reasons;
    out.keyMark = d.jkt.left(kMarkLength);
    out.approvedBy = row.text(17);
    out.createdAt = d.createdAt;
    out.lastSeenAt = d.lastSeenAt;
    out.postureAt = d.postureAt;
    out.posture = d.posture;
    out.current = current == d.id;
    return out;
}

} // namespace

Tier DeviceRow::tierAt(Instant now, std::optional<Instant> since) const
{
    if (status != DeviceStatus::Active)
        return {0, {status == DeviceStatus::Pending ? u"not-approved"_s : status == DeviceStatus::Suspended ? u"suspended"_s : u"revoked"_s}};
    return tierOf(storage, posture, heardAt(postureAt, since.value_or(lastSeenAt)), now);
}

std::optional<DeviceRow> readDevice(Connection& db, const DeviceId& id)
{
    const auto row = db.one(kColumns + u"WHERE d.id = ?"_s, {id});
    return row ? std::optional(rowOf(*row)) : std::nullopt;
}

std::optional<DeviceRow> deviceOfKey(Connection& db, const UserId& user, const QString& jkt)
{
    const auto row = db.one(kColumns + u"WHERE d.user_id = ? AND d.jkt = ?"_s, {user, jkt});
    return row ? std::optional(rowOf(*row)) : std::nullopt;
}

std::optional<Device> deviceView(Connection& db, const DeviceId& id, Instant now, const std::optional<DeviceId>& current)
{
    const auto row = db.one(kColumns + u"WHERE d.id = ?"_s, {id});
    return row ? std::optional(viewOfRow(*row, now, current)) : std::nullopt;
}

Page<Device> devicesOf(Connection& db, const UserId& user, Instant now, const std::optional<DeviceId>& current)
{
    Page<Device> page;
    for (const Row& row : db.query(kColumns + u"WHERE d.user_id = ? ORDER BY d.last_seen_at DESC, d.id DESC LIMIT ?"_s, {user, kMostDevices}))
        page.items.push_back(viewOfRow(row, now, current));
    page.total = static_cast<int>(page.items.size());
    return page;
}

QString postureText(const PostureReport& report)
{
    return protocol::fromUtf8(protocol::json::serialize(protocol::toJson(report)));
}

std::vector<PostureSignal> postureFrom(const QString& text)
{
    if (text.isEmpty())
        return {};
    const auto parsed = protocol::parseJson(protocol::utf8(text));
    auto report = parsed ? protocol::fromJson<PostureReport>(*parsed, false) : Result<PostureReport>(Error{});
    return report ? std::move(report->signalList) : std::vector<PostureSignal>{};
}

} // namespace naru::server
