// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/Config.h"

namespace naru::server {

// Runs a node until SIGTERM or SIGINT; a second signal ends at once. In demo mode an empty database is filled first. 0: ended as
// asked; 1: could not start.
int runServe(const Config& config);

// debug, info, warning or error, for all categories.
void setLogLevel(const QString& level);

} // namespace naru::server
