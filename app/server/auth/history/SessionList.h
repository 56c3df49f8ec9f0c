// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "core/Security.h"
#include "server/store/Connection.h"

// Sessions, live and over, as people see them. Any connection. They throw StoreError, and ProblemError for a bad cursor.
namespace naru::server {

std::optional<SessionEntry> sessionEntry(Connection& db, const SessionId& sid, const std::optional<SessionId>& current = {});
Page<SessionEntry> sessionsOf(Connection& db, const UserId& user, const SessionId& current, const QString& after, int limit); // the newest first
// Of everybody, or of one vendor's members.
Page<SessionEntry> searchSessions(Connection& db, const std::optional<VendorId>& tenant, const SessionQuery& query, const std::optional<SessionId>& current);
int draftsOf(Connection& db, const SessionId& sid);

} // namespace naru::server
