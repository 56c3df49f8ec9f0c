// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"
#include "server/time/SteadyWallClock.h"

namespace naru::server {

// The clock of the database's machine; the way there and back by `machine`. PostgreSQL only. Throws StoreError.
ClockReading readDatabaseClock(Connection& db, const Clock& machine);

// When the store was last changed, by whoever changed it; empty before the first change. The newest by number, not the latest by time:
// a clock that once ran ahead is forgotten with the next change after it was put right. Throws StoreError.
std::optional<Instant> newestChange(Connection& db);

// Before anybody asks `time` for it: servers and tools on one PostgreSQL begin by its clock, on SQLite by `machine`; unless the clock is
// to be trusted, not before the newest change. The store is there and migrated. Throws StoreError.
void beginTime(SteadyWallClock& time, const QString& database, const Clock& machine, bool trustClock);

// What is taken for now by whoever fills an empty store: PostgreSQL's clock; the machine's on SQLite, or when there is no answer.
Instant timeToFill(const QString& database, const Clock& machine);

} // namespace naru::server
