// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

namespace naru::bench {

enum class Booking { Reservation, Hold };

// The statements behind fillStore: the temporary tables `fill` (one row for each booking to make: its place among the templates, its
// ids, its moment) and `tmpl` (what the newest `templates` bookings of this kind are made of), and the copying of one into all
// tables for each of the other. Inside the caller's transaction. They throw StoreError.
void readTemplates(server::Connection& db, Booking what, int templates);
void copySlice(server::Connection& db, Booking what, int templates); // all that `fill` holds now
void moveCounters(server::Connection& db, Booking what, int copies, int templates); // of the inventories, once everything is copied

} // namespace naru::bench
