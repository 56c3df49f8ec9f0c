// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "server/auth/device/DeviceTier.h"
#include "server/store/Txn.h"

// Devices as the store keeps them: one per person and key. Reads: any connection. They throw StoreError.
namespace naru::server {

struct DeviceRow {
    DeviceId id;
    UserId userId;
    QString jkt; // thumbprint of its key; empty: seen before devices had keys
    QString name;
    QString platform;
    QString appVersion;
    KeyStorage storage = KeyStorage::Memory;
    DeviceStatus status = DeviceStatus::Active;
    std::optional<Instant> createdAt;
    Instant lastSeenAt{};
    std::optional<UserId> approvedBy;
    std::optional<UserId> firstApproval; // of the two that some approvals need
    std::vector<PostureSignal> posture; // its last report
    std::optional<Instant> postureAt;
    std::int64_t version = 0;

    // `since`: when the session that uses it was opened, if there is one; a device that was away has missed no report.
    Tier tierAt(Instant now, std::optional<Instant> since = {}) const;
};

std::optional<DeviceRow> readDevice(Connection& db, const DeviceId& id);
std::optional<DeviceRow> deviceOfKey(Connection& db, const UserId& user, const QString& jkt);

// As people see them. `current`: the asking session's own.
std::optional<Device> deviceView(Connection& db, const DeviceId& id, Instant now, const std::optional<DeviceId>& current = {});
Page<Device> devicesOf(Connection& db, const UserId& user, Instant now, const std::optional<DeviceId>& current = {}); // the one seen last first

// What a console reports, as it is kept in a row, and back.
QString postureText(const PostureReport& report);
std::vector<PostureSignal> postureFrom(const QString& text);

} // namespace naru::server
