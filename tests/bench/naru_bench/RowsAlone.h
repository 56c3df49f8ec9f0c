// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Trial.h"
#include "bench/naru_bench/World.h"
#include "server/store/Connection.h"

namespace naru::bench {

// The limit that the database sets: rows of bookings of one inventory and nothing else. Nobody asks, decides, checks or waits; so many
// bookings are one transaction, written table by table through the connection that the server uses.
enum class RowShape {
    Naru, // what Naru writes: ticket, reservation, its line, ledger, journal, a page of the outbox, the counters and the last numbers
    Fewest, // a reservation, a row of the ledger, an event and a kept answer, each in a table of its own with one key, and the counter
};

// For as long as the trial lasts. One thread. Throws server::StoreError.
void writeRowsAlone(server::Connection& db, RowShape shape, const World& world, int perCommit, Trial& trial);

} // namespace naru::bench
