// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "core/Security.h"
#include "server/store/Connection.h"

// The audit trail as people read it, names resolved. Any connection. They throw StoreError, and ProblemError for a bad cursor.
namespace naru::server {

// Whose lines somebody may read (auth.md §2.13).
struct AuditScope {
    enum class Reach { Own, Vendor, Sessions, All }; // Sessions: what concerns sessions, devices and conflicts, and one's own
    Reach reach = Reach::Own;
    UserId user;
    std::optional<VendorId> vendor;
};
AuditScope auditScope(Role role, const UserId& user, const std::optional<VendorId>& vendor);

// Newest first. A page looks at a bounded number of lines: it may hold fewer than `limit` and still have a next one.
Page<AuditLine> listAudit(Connection& db, const AuditScope& scope, const AuditQuery& query);
// What was done in a session, and to it, the newest first.
std::vector<AuditLine> actionsOf(Connection& db, const SessionId& sid, int count);

} // namespace naru::server
