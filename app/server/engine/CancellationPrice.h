// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Cancellation.h"

#include <span>

// What cancelling costs: pure functions of the policy as bought, the pieces, what was paid and the moment. No I/O, no clock. Any
// thread. The rules:
// - a tier holds for a piece while its start is at least minHoursBefore hours away, exactly that included; the best of those
//   that hold counts; once the piece has begun nothing comes back;
// - each piece's share is rounded half up; the fixed fee comes off once, by the tier of the piece that begins first, and
//   only from a price in the fee's currency;
// - the fee is what the policy keeps of the price, at most what was paid; the refund is the rest. fee + refund = paid.
namespace naru::server {

struct PricedPiece {
    std::int64_t qty = 0;
    std::int64_t unitPriceMinor = 0;
    Instant startsAt{};
    std::int64_t priceMinor() const { return qty * unitPriceMinor; }
};

// Pieces of one reservation, in any order; at least one.
struct Purchase {
    const CancellationPolicy* policy = nullptr;
    std::vector<PricedPiece> pieces;
    QString currency;
    std::int64_t paidMinor = 0;

    Instant startsAt() const; // of the piece that begins first
    std::int64_t totalMinor() const;
};

// The tier that holds for a start seen from `now`; nullptr: none, nothing comes back.
const CancellationTier* tierAt(const CancellationPolicy& policy, Instant startsAt, Instant now);

struct CancelPrice {
    int refundBps = 0; // of the piece that begins first
    std::int64_t refundOfPriceMinor = 0; // had all been paid
    std::int64_t feeMinor = 0;
    std::int64_t refundMinor = 0;
    friend bool operator==(const CancelPrice&, const CancelPrice&) = default;
};
CancelPrice cancelPrice(const Purchase& purchase, Instant now);

// Every stretch of time with a price of its own, oldest first; a step begins with the first millisecond it holds.
std::vector<RefundStep> refundSteps(const Purchase& purchase, Instant now);

// What the policy keeps of somebody who did not come, at most the price.
std::int64_t noShowFee(const CancellationPolicy& policy, std::span<const PricedPiece> pieces);

// Empty, or why these tiers are no policy: `field` below the body, and a sentence. More notice never brings less back.
struct TierFault {
    QString field;
    QString message;
};
std::optional<TierFault> faultOf(const std::vector<CancellationTier>& tiers);

} // namespace naru::server
