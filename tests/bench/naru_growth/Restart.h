// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace naru::bench {

struct Starts { // milliseconds, medians
    double small = 0;
    double large = 0;
};

// Starts narud on the data of two folders in turn (small, large, large, small, …), so often on each, and kills it each time as soon as it
// listens; before each start the machine forgets what it read of the files. From the start of the process to the moment it says that it
// listens. Throws std::runtime_error.
Starts startInTurns(const QString& small, const QString& large, int times);

} // namespace naru::bench
