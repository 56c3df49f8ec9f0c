// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"
#include "server/store/Txn.h"

#include <set>

namespace naru::server {

// What time does to waiting lists: those of slots that take no more bookings end; seats that came free without anybody saying so are
// offered. Costs what is due, however many lists there are: lists end by an index of their ends; seats are looked for where a change
// of the product says so (waitlistsMayMove), and on a limited number of lists each time, in turn. Writer thread; owned by the engine.
class WaitlistSweep {
public:
    // Returns how many entries or items were due; `limit` reached: there is more.
    int run(Txn& txn, int limit);

private:
    int endClosed(Txn& txn, int limit);
    std::set<ItemId> candidates(Txn& txn, int limit, int* looked);

    QString m_after = QStringLiteral(""); // the list looked at last
};

} // namespace naru::server
