// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/time/StoreTime.h"

namespace naru::server {

using namespace Qt::StringLiterals;

ClockReading readDatabaseClock(Connection& db, const Clock& machine)
{
    const Millis asked = machine.steady();
    const Instant wall = db.one(u"SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"_s)->instant(0);
    const Millis way = (machine.steady() - asked) / 2;
    return {wall, asked + way, way};
}

std::optional<Instant> newestChange(Connection& db)
{
    std::optional<Instant> newest;
    for (const QString& sql : {u"SELECT created_at FROM outbox ORDER BY seq DESC LIMIT 1"_s, u"SELECT at FROM audit_event ORDER BY seq DESC LIMIT 1"_s})
        if (const auto row = db.one(sql))
            newest = std::max(newest.value_or(row->instant(0)), row->instant(0));
    return newest;
}

} // namespace naru::server
