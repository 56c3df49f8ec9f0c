// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/rules/Habits.h"

#include <set>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kHour = 3600'000;
constexpr int kMostSessions = 500; // of the newest: more do not change what is usual

bool isAnybodys(Connection& db, const UserId& user) { return db.one(u"SELECT 1 FROM user_account WHERE id = ? AND demo = 1"_s, {user}).has_value(); }

} // namespace

WorkHabit readWorkHabit(Connection& db, const UserId& user, const DeviceId& device, std::int64_t sv, Instant now)
{
    WorkHabit habit;
    habit.deviceKnown = db.one(u"SELECT 1 FROM auth_session WHERE device_id = ? AND user_id = ? AND sv < ? LIMIT 1"_s, {device, user, sv}).has_value();
    if (habit.deviceKnown || isAnybodys(db, user)) { // which has no hours of its own
        habit.deviceKnown = true;
        return habit;
    }
    std::set<std::int64_t> days;
    for (const Row& row : db.query(u"SELECT started_at, COALESCE(last_activity_at, started_at) FROM auth_session WHERE user_id = ? AND started_at > ? AND sv < ? "
                                   "ORDER BY started_at DESC LIMIT ?"_s,
             {user, now - kHabitLength, sv, kMostSessions})) {
        const std::int64_t from = row.integer(0) / kHour;
        const std::int64_t to = std::max(from, row.integer(1) / kHour);
        days.insert(from / 24);
        for (std::int64_t hour = from; hour <= std::min(to, from + 23); ++hour)
            habit.hours.set(static_cast<std::size_t>(hour % 24));
    }
    habit.days = static_cast<int>(days.size());
    return habit;
}

std::optional<std::int64_t> usualReading(Connection& db, const UserId& user, Instant now)
{
    if (isAnybodys(db, user))
        return std::nullopt;
    const std::int64_t windows = db.one(u"SELECT COUNT(*) FROM auth_read_window WHERE user_id = ? AND starts_at > ?"_s, {user, now - kHabitLength})->integer(0);
    if (windows < kHabitWindows)
        return kReadsAlways;
    return db.one(u"SELECT records FROM auth_read_window WHERE user_id = ? AND starts_at > ? ORDER BY records DESC LIMIT 1 OFFSET ?"_s, {user, now - kHabitLength, windows / 100})->integer(0);
}

void writeWindows(Txn& txn, const std::vector<ReadRate::Window>& windows)
{
    for (const ReadRate::Window& w : windows) {
        txn.db().exec(u"INSERT INTO auth_read_window (user_id, starts_at, records) VALUES (?, ?, ?) ON CONFLICT (user_id, starts_at) DO UPDATE SET "
                      "records = auth_read_window.records + excluded.records"_s,
            {w.user, w.startsAt, w.records});
        txn.db().exec(u"DELETE FROM auth_read_window WHERE user_id = ? AND starts_at <= ?"_s, {w.user, txn.now() - kHabitLength});
    }
}

} // namespace naru::server
