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

} // namespace naru::server
