// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/Writes.h"

#include <set>

// What happens to tickets and holds after the decision. Inside the caller's transaction, writer thread; who may do
// what is the transition table's word. Throws ProblemError and StoreError.
namespace naru::server {

// held → confirmed: the hold's pieces become a reservation.
void confirmTicket(Txn& txn, const TicketId& id);
// queued or held → cancelled; what was held is free again.
void cancelTicket(Txn& txn, const TicketId& id, const QString& reason);
// A person lets a hold go. The hold of an order ends with its order only.
void releaseHold(Txn& txn, const HoldId& id, const QString& reason);
// Later deadline, never past max_until.
void extendHold(Txn& txn, const HoldId& id, int seconds);
// Lets holds end whose time is over, the oldest first; returns how many.
int expireDueHolds(Txn& txn, int limit);

} // namespace naru::server
