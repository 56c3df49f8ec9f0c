// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "server/store/Connection.h"

namespace naru::server {

// Puts what people call things in the place of their ids: who acted (actorName holds his id), for which company (vendorName likewise), on
// what. Customers stay without a name: the trail is not where those are read. Any connection. Throws StoreError.
void resolveNames(Connection& db, std::vector<AuditLine>& lines);

} // namespace naru::server
