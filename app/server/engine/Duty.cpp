// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Duty.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t kDuties = 0x6e61727500000000; // "naru", then which duty; the migrations' lock has no upper half

// FNV-1a: the same in every build.
std::int64_t keyOf(std::string_view name)
{
    std::uint32_t hash = 2'166'136'261u;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619u;
    return static_cast<std::int64_t>(kDuties | hash);
}

} // namespace

bool takeDuty(Txn& txn, std::string_view name)
{
    if (txn.db().engine() != Engine::Postgres)
        return true;
    return txn.db().one(u"SELECT CASE WHEN pg_try_advisory_xact_lock(?) THEN 1 ELSE 0 END"_s, {keyOf(name)})->flag(0);
}

} // namespace naru::server
