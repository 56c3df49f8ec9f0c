// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/Booked.h"

namespace naru::server {

struct CloseOutOptions {
    Millis noShowAfter{30 * 60'000}; // the start; who is not checked in by then did not come
    Millis stayNoShowAfter{12 * 3'600'000}; // for stays: guests arrive late
    Millis closeAfter{60 * 60'000}; // the end: until then people put right what is wrong
    Millis every{5'000};
};

// What time does to reservations and slots: who does not come becomes a no-show, and after a slot's end its reservations are
// completed, their seats used up and the slot past. A cancellation that waits for a person keeps waiting. Writer thread, inside
// the sweeper's transactions; owned by whoever sweeps.
class CloseOut {
public:
    explicit CloseOut(CloseOutOptions options = {}) : m_options(options) {}
    // Does at most `limit` of what is due and says how many; looks again only after a while. `limit` reached: there is more.
    int run(Txn& txn, int limit);
    // The same without waiting.
    int runNow(Txn& txn, int limit);

private:
    int markNoShows(Txn& txn, int limit);
    int closeSlots(Txn& txn, int limit);
    int completeOf(Txn& txn, const std::vector<ReservationId>& ids);

    const CloseOutOptions m_options;
    Instant m_next{};
};

} // namespace naru::server
