// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/time/StoreTime.h"

#include "server/store/Outbox.h"
#include "server/store/StoreUrl.h"

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
    std::optional<Instant> newest = newestEventAt(db);
    if (const auto row = db.one(u"SELECT at FROM journal ORDER BY seq DESC LIMIT 1"_s))
        newest = std::max(newest.value_or(row->instant(0)), row->instant(0));
    return newest;
}

void beginTime(SteadyWallClock& time, const QString& database, const Clock& machine, bool trustClock)
{
    const auto db = openStore(database, StoreAccess::Reader);
    if (!db)
        throw StoreError(StoreError::Kind::Io, db.error().detail.toStdString());
    std::optional<ClockReading> reading;
    if ((*db)->engine() == Engine::Postgres)
        reading = readDatabaseClock(**db, machine);
    time.begin(reading, trustClock ? std::nullopt : newestChange(**db));
}

Instant timeToFill(const QString& database, const Clock& machine)
{
    if (engineOf(database) == Engine::Sqlite)
        return machine.now();
    const auto db = openStore(database, StoreAccess::Reader);
    try {
        return db ? readDatabaseClock(**db, machine).wall : machine.now();
    } catch (const StoreError&) {
        return machine.now(); // filling it will say what is wrong
    }
}

} // namespace naru::server
