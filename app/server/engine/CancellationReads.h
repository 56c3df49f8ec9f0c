// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "server/engine/Booked.h"

// What the screens of one reservation show, and the list that leads there. Any connection.
namespace naru::server {

// What cancelling costs at that moment.
CancellationQuote quoteOf(Connection& db, const Booked& booked, const CancellationPolicy& policy, std::int64_t paidMinor, const ViewFor& who, Instant now);
std::optional<CancellationQuote> readQuote(Connection& db, const ReservationId& id, const ViewFor& who, Instant now);
// With its pieces, policy as bought, payments, refunds and past; a vendor's eyes see their own pieces and no money of others.
std::optional<ReservationDetail> readDetail(Connection& db, const ReservationId& id, const ViewFor& who);
// Newest first.
Page<Reservation> findReservations(Connection& db, const ViewFor& who, const ReservationFilter& filter, const PageAsk& ask);

} // namespace naru::server
