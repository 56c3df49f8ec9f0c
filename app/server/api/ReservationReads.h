// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"
#include "server/engine/Meter.h"
#include "server/engine/Views.h"

// The figures of the reservation monitor. Read pool.
namespace naru::server {

// Throws 400 query-invalid. Without a day: today where the slots are (Seoul).
OccupancyQuery occupancyAsk(const Request& r, Instant now);
// One row per product, option and start time with a slot in these days, or per product; one cell per day, or per hour of one day.
Page<OccupancyRow> occupancy(Connection& db, const ViewFor& who, const OccupancyQuery& query);
QueueStats queueStats(Connection& db, const ViewFor& who, const QueueReading& reading, Instant now);

} // namespace naru::server
