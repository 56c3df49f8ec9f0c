// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"

// Value types of the waiting list, of opening draws and of what one customer may have. Plain values, any thread.
namespace naru {

using WaitlistEntryId = Id<struct WaitlistEntryTag>;
using OpeningId = Id<struct OpeningTag>;

// Follows its ticket: waitlisted → waiting, held → offered, confirmed → accepted, expired → expired, cancelled → withdrawn.
enum class WaitlistStatus { Waiting, Offered, Accepted, Expired, Withdrawn };
// planned (nobody may register yet) → registering → drawing (ranks are given, the queue is being decided) → open; or cancelled.
enum class OpeningState { Planned, Registering, Drawing, Open, Cancelled };
enum class LimitScope { Slot, Product };

// A party waiting for seats of one slot. It is accepted by confirming its ticket (POST /v1/tickets/{ticketId}/confirmation).
struct WaitlistEntry {
    WaitlistEntryId id;
    ItemId itemId;
    TicketId ticketId;
    VendorId vendorId;
    ProductId productId;
    QString title; // "선셋 요트 90분 11/28 17:30"
    Instant startsAt{}; // of the slot
    CustomerId customerId;
    QString customerName; // masked for vendor people
    std::int64_t partySize = 0;
    std::int64_t rank = 0; // never changes; the lower is served first
    int position = 0; // 1 = next; 0 when no longer waiting
    WaitlistStatus status = WaitlistStatus::Waiting;
    std::optional<HoldId> offeredHold;
    std::optional<Instant> offeredAt;
    std::optional<Instant> offeredUntil;
    int passedOver = 0; // how often seats went past it because it did not fit
    bool keepsSeats = false; // passed over three times: free seats are kept until it fits
    Instant createdAt{};
    std::int64_t version = 0;
    friend bool operator==(const WaitlistEntry&, const WaitlistEntry&) = default;
};

struct NewWaitlistEntry {
    ItemId itemId; // capacity of a slot
    CustomerId customerId;
    std::int64_t partySize = 1;
};

struct WaitlistQuery {
    std::optional<ItemId> itemId; // in rank order; without it the newest first
    std::optional<WaitlistStatus> status;
    std::optional<VendorId> vendorId;
    QString after;
    int limit = 50;
};

// A slot with a waiting list, for the monitor.
struct WaitlistSlot {
    ItemId itemId;
    VendorId vendorId;
    ProductId productId;
    QString title;
    Instant startsAt{};
    int waiting = 0; // parties
    std::int64_t seatsWanted = 0; // of the waiting parties
    int offered = 0;
    std::int64_t seatsOffered = 0;
    std::int64_t free = 0;
    bool kept = false; // the free seats are kept for a party that was passed over three times
    friend bool operator==(const WaitlistSlot&, const WaitlistSlot&) = default;
};

// Who asks from registersFrom until opensAt is queued; at opensAt a draw orders them, later ones come after.
struct Opening {
    OpeningId id;
    VendorId vendorId;
    ProductId productId;
    std::optional<ItemId> itemId; // one slot only
    QString title;
    OpeningState state = OpeningState::Planned;
    Instant registersFrom{};
    Instant opensAt{};
    QString commitment; // SHA-256 of the draw's seed, published before anybody registers
    QString drawSeed; // hex; shown once drawn, so that the order can be recomputed
    std::optional<Instant> drawnAt;
    int registered = 0; // those present at the draw, or so far
    int undecided = 0; // still in the queue
    Instant createdAt{};
    std::int64_t version = 0;
    friend bool operator==(const Opening&, const Opening&) = default;
};

struct NewOpening {
    ProductId productId;
    std::optional<ItemId> itemId;
    Instant registersFrom{};
    Instant opensAt{};
};

struct OpeningQuery {
    std::optional<OpeningState> state;
    QString after;
    int limit = 50;
};

// What holds for every booking of a product.
struct BookingTerms {
    ProductId productId;
    std::optional<std::int64_t> limitPerCustomer; // units one customer may have in holds and reservations
    LimitScope limitScope = LimitScope::Slot;
    int offerMinutes = 30; // how long a waiting party may think about an offer
    std::int64_t version = 0; // of the product
    friend bool operator==(const BookingTerms&, const BookingTerms&) = default;
};

struct BookingTermsPatch {
    std::optional<std::int64_t> limitPerCustomer; // none: no limit
    LimitScope limitScope = LimitScope::Slot;
    int offerMinutes = 30;
};

} // namespace naru
