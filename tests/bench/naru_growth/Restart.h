// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace naru::bench {

// Starts narud so often on the data in `folder` and kills it each time as soon as it listens; before each start the machine forgets what
// it read of the files. From the start of the process to the moment it says that it listens, the median. Throws std::runtime_error.
double millisecondsToReady(const QString& folder, int starts);

} // namespace naru::bench
