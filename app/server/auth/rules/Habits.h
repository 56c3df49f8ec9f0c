// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/rules/ReadRate.h"
#include "server/store/Txn.h"

#include <bitset>

// What is usual for a person, from the last thirty days, for the rules that compare with it (auth.md §2.12, E13, E14). Readers' and writer's thread.
namespace naru::server {

inline constexpr Millis kHabitLength{30LL * 24 * 3600'000};
inline constexpr int kHabitDays = 5; // fewer days of work say nothing of usual hours
inline constexpr int kHabitWindows = 30; // fewer windows of reading say nothing of a usual rate; five hours

struct WorkHabit {
    bool deviceKnown = true; // the person has worked on this device before; then the rest is not read
    int days = 0; // with a session in them
    std::bitset<24> hours; // of the day, in UTC: work went on in them
};
WorkHabit readWorkHabit(Connection& db, const UserId& user, const DeviceId& device, std::int64_t sv, Instant now);

// The 99th percentile of the records read in ten minutes; as long as too little is known, kReadsAlways. Nothing: an account that anybody may
// enter has no habit.
std::optional<std::int64_t> usualReading(Connection& db, const UserId& user, Instant now);
void writeWindows(Txn& txn, const std::vector<ReadRate::Window>& windows);

} // namespace naru::server
