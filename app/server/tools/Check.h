// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "server/store/Connection.h"

#include <iosfwd>

namespace naru::server {

struct Violation {
    QString rule; // "I01"
    QString description;
    QString entityId;
};

// Runs every invariant query (store/invariants.sql) and recomputes the audit chain. `now` binds :now. Throws StoreError.
std::vector<Violation> checkInvariants(Connection& db, Instant now);
// The rules known: number → sentence; for tests that corrupt each.
std::vector<std::pair<QString, QString>> invariantRules();

// `narud check`: read-only, also beside a running server. Prints each violation; 0 = all hold, 1 = something is broken,
// 2 = the database cannot be read.
int runCheck(const QString& databasePath, const Clock& clock, std::ostream& out);

} // namespace naru::server
