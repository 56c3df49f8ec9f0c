// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace naru::bench {

// Fills a store quickly with bookings as the engine leaves them: the engine makes 64 reservations (and 64 holds) on 64 inventories; each
// further one is a copy of those rows, with ids, keys, numbers and moments of its own, made table by table with one statement. Audit
// rows go through the server's journal, so that their seals hold; counters and numbers are moved along: `narud check` finds nothing.
// Until there are about so many reservations and open holds in all. For a store nobody else has open. Throws std::exception.
void fillStore(const QString& file, int reservations, int holds);

} // namespace naru::bench
