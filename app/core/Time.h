// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <chrono>
#include <optional>

namespace naru {

using Millis = std::chrono::milliseconds;
// An instant in UTC with millisecond resolution; what "at", "…_at" and "…_until" mean everywhere.
using Instant = std::chrono::sys_time<Millis>;

inline std::int64_t toUnixMs(Instant t) { return t.time_since_epoch().count(); }
inline Instant fromUnixMs(std::int64_t ms) { return Instant(Millis(ms)); }

// RFC 3339 with milliseconds and "Z"; parse also accepts an offset and any number of fraction digits.
QString toRfc3339(Instant t);
inline constexpr std::size_t kRfc3339Size = 32;
std::size_t writeRfc3339(Instant t, char out[kRfc3339Size]); // the same; the number of characters
std::optional<Instant> fromRfc3339(QStringView text);

} // namespace naru
