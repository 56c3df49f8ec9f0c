// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace naru::bench {

struct FanOut {
    double reservationsPerSecond = 0; // as many as there really were
    double writesPerSecond = 0;
    double bytesPerSecond = 0;
};

// Writes to one event stream a second while narud, on the data in `folder`, is asked for so many reservations a second over HTTP; less when
// the machine does not make as many. Throws std::runtime_error.
FanOut streamWrites(const QString& folder, double reservationsPerSecond, double seconds);

} // namespace naru::bench
