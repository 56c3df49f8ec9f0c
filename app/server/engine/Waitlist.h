// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Waitlist.h"
#include "server/engine/Freed.h"

// The waiting list of a slot. An entry and its ticket are one thing: the ticket is the machine, the entry keeps the place. Offers
// are holds in the party's name. Inside the caller's transaction, writer thread; reads on any connection.
namespace naru::server {

struct WaitlistJoin {
    TicketId ticket; // its row is written already, or in this transaction
    CustomerId customer;
    ItemId item; // its row is locked
    std::int64_t partySize = 1;
    Instant closesAt{}; // from then on nobody can book, and nobody waits
};
// A place behind everybody. Throws ProblemError 409 "already-waiting".
WaitlistEntryId joinWaitlist(Txn& txn, const WaitlistJoin& join);
bool alreadyWaits(Connection& db, const CustomerId& customer, const ItemId& item);

// A wish to wait by itself: makes the ticket, waitlisted, and its entry. Throws ProblemError with what to do instead (seats are
// free, the slot is closed, the party is too large, …).
WaitlistEntryId waitFor(Txn& txn, const NewWaitlistEntry& wish, const QString& requestKey, const QString& requestHash);

// A place ends by itself: who waited is told why. The item's row is locked, so that nobody is offered seats meanwhile.
struct WaitingPlace {
    WaitlistEntryId entry;
    TicketId ticket;
    std::int64_t ticketVersion = 0;
};
void endWaiting(Txn& txn, const WaitingPlace& place, const QString& reason, Refusal why);

} // namespace naru::server
