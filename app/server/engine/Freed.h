// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"
#include "server/store/Txn.h"

#include <set>

// What everybody who gives seats back, or moves a ticket that was held or waitlisted, calls in the same transaction. Small on
// purpose: the waiting list itself stands in engine/Waitlist.h. Writer thread. Throws StoreError.
namespace naru::server {

// Seats of these items may have come free (hold ended, reservation cancelled, capacity or overbooking raised, slot opened): the
// waiting lists are served before anybody else. Counters of the items must be stored before (storeStock), and are read again by
// whoever needs them after. Costs one query where nobody waits.
void offerFreed(Txn& txn, const std::set<ItemId>& items);

// Seats of this product may be sold again that could not be (it goes on sale, its offer changes): the sweeper serves its waiting lists
// within a second. Locks no inventory row, for those who hold the product's.
void waitlistsMayMove(Txn& txn, const ProductId& product);

// A ticket with `waiting` = 1 left `held` or `waitlisted`: its entry follows. Before offerFreed of what it freed.
void waitlistFollows(Txn& txn, const TicketId& ticket, TicketStatus to);

} // namespace naru::server
