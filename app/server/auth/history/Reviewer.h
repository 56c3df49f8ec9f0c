// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"

namespace naru::server {

// Who looks after sessions, devices and accounts of others, and how far that reaches: support agents and administrators everybody's, a
// vendor's manager his own members'. A plain value.
struct Reviewer {
    UserId user;
    Role role = Role::Staff;
    std::optional<VendorId> tenant;

    bool isManager() const { return role == Role::VendorManager; }
    bool sees(const std::optional<VendorId>& owner) const { return !tenant || owner == tenant; }
};

inline Reviewer reviewer(const Request& r)
{
    return {r.principal->userId, r.principal->role, r.principal->vendorId};
}

// Locking these needs two people: they can end or lock others.
inline bool needsTwo(Role role)
{
    return role == Role::VendorManager || role == Role::Admin;
}

} // namespace naru::server
