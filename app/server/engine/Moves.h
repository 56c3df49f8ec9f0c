// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/Booked.h"

// Moving a reservation to other places: the old ones are kept until the new ones are sure. Everything happens in one transaction
// by the same decision as a booking; refused, nothing has changed.
namespace naru::server {

// Whether it could be moved there now and at what price, limits per customer included. Any connection. Throws ProblemError 404, 409, 422.
MoveQuote quoteMove(Connection& db, const ReservationId& id, const std::vector<TicketLine>& lines, const ViewFor& who, Instant now);
// Writer thread, inside the caller's transaction. Throws ProblemError; then nothing was written. 409 piece_unavailable and 409
// price_changed carry the quote.
void moveReservation(Txn& txn, Booked& booked, const MoveRequest& request, const ViewFor& who);

// "<item id>:<qty>,…" of the interface's query. Throws 400 query-invalid.
std::vector<TicketLine> linesFromText(const QString& text);

} // namespace naru::server
