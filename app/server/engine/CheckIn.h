// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/Booked.h"

// What people do with a reservation at the desk and after it, one at a time. Inside the caller's transaction, writer thread; who
// may do what is the transition table's word, and a vendor only where all pieces are its own. Throws ProblemError; then
// nothing was written. The reservation in hand moves along.
namespace naru::server {

void checkIn(Txn& txn, Booked& booked); // from confirmed; from no_show by staff
void undoCheckIn(Txn& txn, Booked& booked, const QString& reason);
void markNoShow(Txn& txn, Booked& booked, const QString& reason); // once the first piece has begun
void completeBooked(Txn& txn, Booked& booked); // checked in or no-show, and every piece is over: the seats are used up
// cancel_requested → confirmed: the wish is refused.
void declineCancellation(Txn& txn, Booked& booked, const QString& reason);

// One move of the machine with all it leaves behind; the table is asked first.
void moveBooked(Txn& txn, Booked& booked, ReservationStatus to, const QString& reason = {});
// A vendor works on what is wholly its own. Throws 403 shared-reservation.
void requireWhole(const Txn& txn, const Booked& booked);

} // namespace naru::server
