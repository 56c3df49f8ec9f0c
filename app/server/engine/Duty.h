// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Txn.h"

namespace naru::server {

// Several servers sweep one PostgreSQL: a duty belongs to whoever takes it first, until his transaction ends, by itself also when he
// dies. False: another server is at it, so there is nothing to do, and nobody waits for the other's rows. Before any row is
// locked. On SQLite always true. Writer thread. Throws StoreError.
bool takeDuty(Txn& txn, std::string_view name);

} // namespace naru::server
