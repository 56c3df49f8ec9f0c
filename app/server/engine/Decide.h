// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Enums.h"
#include "core/Id.h"
#include "core/Time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// The decision about a batch of requests: a pure function of the stock rows, the requests and the moment. No I/O, no clock, no
// state, so that the engine, a simulator and the property tests run the very same code. Any thread.
namespace naru::server {

// One inventory row as read under the lock.
struct StockRow {
    ItemId item;
    std::int64_t onHand = 0;
    std::int64_t overbook = 0;
    std::int64_t safety = 0;
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    bool open = true; // on sale: product, variant, vendor, slot and offer all allow it
    std::optional<Instant> closesAt; // from this moment on nobody can book
    std::int64_t unitPriceMinor = 0;
    std::optional<std::int64_t> maxQty; // of one request
    std::optional<Instant> soonestExpiry; // when the first of the holds counted in `held` ends
    bool kept = false; // what is free is kept for a party of the waiting list
    std::optional<std::int64_t> limit; // units one customer may have of all rows of the same group
    std::size_t limitGroup = 0; // only read with a limit
};

struct AskLine {
    std::size_t row = 0; // index into the rows; each row at most once per request
    std::int64_t qty = 0;
    std::int64_t already = 0; // what the customer had of the row's limit group before this batch; only read with a limit
};

struct Ask {
    TicketGoal goal = TicketGoal::Confirm;
    std::vector<AskLine> lines;
    std::optional<std::int64_t> expectedTotalMinor;
    CustomerId customer; // only read where a row has a limit
};

struct Outcome {
    bool granted = false;
    Refusal why = Refusal::SoldOut; // when refused
    std::size_t row = 0; // the row in the way
    std::optional<Instant> soonestExpiry; // when waiting may help
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

// What the grants add to a row's counters.
struct Delta {
    std::int64_t held = 0;
    std::int64_t allocated = 0;
    friend bool operator==(const Delta&, const Delta&) = default;
};

struct Decision {
    std::vector<Outcome> outcomes; // one per request, same order
    std::vector<Delta> deltas; // one per row, same order
};

enum class Guard { On, Off }; // Off exists to prove that the checks of the tests bite; nothing in production says it

// Requests are decided in their order; each takes all of its lines or nothing.
Decision decide(std::span<const StockRow> rows, std::span<const Ask> asks, Instant now, Millis holdTtl, Guard guard = Guard::On);

} // namespace naru::server
