// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Txn.h"

namespace naru::server {

// The engine's sweeper let the hold of an unpaid order expire: pending_payment → expired. Inside the same transaction.
void orderHoldExpired(Txn& txn, HoldId hold);
// Deadlines of orders and vendor orders that passed (accept_due_at: the system refuses). Called by the sweeper each second;
// returns how many it moved, at most `limit`.
int sweepOrders(Txn& txn, int limit);

} // namespace naru::server
