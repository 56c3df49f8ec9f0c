// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Waitlist.h"
#include "server/engine/Views.h"

// Waiting lists as the interface shows them. Any connection.
namespace naru::server {

std::optional<WaitlistEntry> readEntry(Connection& db, const WaitlistEntryId& id, const ViewFor& who = {});
Page<WaitlistEntry> listEntries(Connection& db, const ViewFor& who, const WaitlistQuery& query);
// Slots where somebody waits or thinks about an offer, the soonest first; at most 500.
Page<WaitlistSlot> listWaitingSlots(Connection& db, const ViewFor& who, const std::optional<VendorId>& vendor);
// The place of a ticket that waits, from 1: on its waiting list, or in the queue of its opening. 0: it does not wait.
int queuePosition(Connection& db, const TicketId& ticket, TicketStatus status);

// The entry as it stands now in this transaction.
void publishEntry(Txn& txn, const WaitlistEntryId& id);

} // namespace naru::server
