// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace naru::bench {

struct FanOut {
    double reservationsPerSecond = 0; // that were made
    double writesPerSecond = 0;
    double bytesPerSecond = 0;
};

// Writes to one event stream a second while narud, on the data in `folder`, is asked for so many reservations a second over HTTP; 0: as many
// as it makes for 64 callers. Throws std::runtime_error.
FanOut streamWrites(const QString& folder, double reservationsPerSecond, double seconds);

} // namespace naru::bench
