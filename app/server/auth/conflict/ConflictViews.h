// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "core/Security.h"
#include "server/store/Connection.h"

// Conflicts as those see them who review them: the operator's people all, a vendor's manager those of his own members. Reads, any
// connection. They throw StoreError and ProblemError.
namespace naru::server {

std::optional<Conflict> readConflict(Connection& db, const ConflictId& id, const std::optional<VendorId>& tenant = {});
// By score, then the oldest; open and taken ones unless a state is asked for.
Page<Conflict> listConflicts(Connection& db, const std::optional<VendorId>& tenant, const ConflictQuery& query);
std::optional<ConflictDetail> conflictDetail(Connection& db, const ConflictId& id, const std::optional<VendorId>& tenant, Instant now);

std::vector<FiredRule> rulesFrom(const QString& text);
QString rulesText(const std::vector<FiredRule>& rules);

} // namespace naru::server
