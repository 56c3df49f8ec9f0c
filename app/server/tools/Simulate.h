// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "server/config/Config.h"

#include <atomic>
#include <iosfwd>

namespace naru::server {

// `narud simulate`: customers and vendors at work through the public interface, at about `rate` changes a second, until the
// time is over or `stop` becomes true (then within a second). Prints a line every ten seconds. 0 = ended as asked, 1 = could
// not sign in or there is nothing to sell, 2 = the address is no address.
int runSimulate(const SimulateOptions& options, const Clock& clock, const std::atomic<bool>& stop, std::ostream& out);

} // namespace naru::server
