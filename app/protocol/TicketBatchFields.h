// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/ReservationFields.h"

namespace naru::protocol {

// POST /v1/tickets/batch: what a channel has gathered; each ticket is decided for itself.
struct NewTickets {
    std::vector<NewTicket> tickets;
};

template <class V> void fields(V& v, NewTickets& x) { v("tickets", x.tickets, Bounds{1, 100}); }

} // namespace naru::protocol
