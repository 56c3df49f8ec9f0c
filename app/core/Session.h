// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Enums.h"
#include "core/Id.h"
#include "core/Time.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

// Who is signed in and for how long. Plain values, any thread; never holds a token.
namespace naru {

struct SessionInfo {
    SessionId sid;
    std::int64_t sv = 0;
    UserId userId;
    QString login;
    QString displayName;
    Role role = Role::Staff;
    std::optional<VendorId> vendorId;
    QString vendorName;
    QStringList scopes;
    int idleExpiresIn = 0; // seconds, from the server's clock
    int absExpiresIn = 0;
    std::optional<DeviceId> deviceId;
    QString deviceName;
    int tier = 1; // how far the device is trusted: 0 unknown … 3 hardware key
    QString restricted; // why only reading is allowed: "parallel-use", "reported", "step-up-failed", "proof-mismatch"; empty: not restricted
    int stepUpExpiresIn = 0; // seconds the last extra verification still counts; 0: none
    QStringList factors; // what this account can verify itself with: "totp", "recovery", "password"
    friend bool operator==(const SessionInfo&, const SessionInfo&) = default;
};

struct SessionEnded {
    SessionEndReason reason = SessionEndReason::SignedOut;
    Instant at{};
    QString byDevice; // displaced: what took over
    QString byPlace;
    QString detail; // revoked: the reason an administrator gave
    friend bool operator==(const SessionEnded&, const SessionEnded&) = default;
};

// An account anyone may enter with one click, offered only by a server in demo mode on loopback.
struct DemoAccount {
    QString login;
    QString displayName;
    Role role = Role::Staff;
    QString vendorName;
    QString secret;
    friend bool operator==(const DemoAccount&, const DemoAccount&) = default;
};

struct ServerInfo {
    QString name;
    QString version;
    bool demo = false;
    std::vector<DemoAccount> demoAccounts;
    friend bool operator==(const ServerInfo&, const ServerInfo&) = default;
};

} // namespace naru
