// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "server/config/Config.h"

#include <iosfwd>

namespace naru::server {

// `narud user add`: makes an account in the database of this configuration, which no server may have open. The password is
// the first line of `in`. 0 = made, 1 = refused (why is printed), 2 = the database cannot be opened.
int runUserAdd(const Config& config, const UserAddOptions& options, const Clock& clock, Rng& rng, std::istream& in, std::ostream& out);

} // namespace naru::server
