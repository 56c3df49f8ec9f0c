// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"

// Value types of reservations: ticket (a request in the queue) → hold → reservation. Plain values, any thread.
namespace naru {

struct TicketLine {
    ItemId itemId; // inventory item of a slot
    std::int64_t qty = 1;
    friend bool operator==(const TicketLine&, const TicketLine&) = default;
};

struct NewTicket {
    CustomerId customerId;
    TicketGoal goal = TicketGoal::Confirm;
    std::vector<TicketLine> lines; // 1…16 different items: all or nothing
    std::optional<std::int64_t> expectedTotalMinor; // price_changed when it differs
    bool waitIfFull = false; // one line only: instead of a refusal for want of seats, a place on the waiting list
};

struct Ticket {
    TicketId id;
    QString code; // "T-" and the last characters of the id
    VendorId vendorId; // of the first line
    CustomerId customerId;
    QString customerName;
    QString title; // "선셋 요트 90분 11/28 17:30 외 1건"
    std::int64_t qty = 0;
    TicketStatus status = TicketStatus::Queued;
    std::optional<Refusal> refusal;
    std::optional<ItemId> refusedItem; // which piece
    std::optional<Instant> soonestExpiry; // held_by_others: when the first hold in the way ends
    int position = 0; // 0 once decided
    std::optional<HoldId> holdId;
    std::optional<Instant> expiresAt; // of the hold
    std::optional<ReservationId> reservationId;
    Instant enqueuedAt{};
    std::optional<Instant> finishedAt;
    std::int64_t version = 0;
    friend bool operator==(const Ticket&, const Ticket&) = default;
};

struct Hold {
    HoldId id;
    std::optional<TicketId> ticketId;
    VendorId vendorId;
    CustomerId customerId;
    QString customerName;
    QString title;
    std::int64_t qty = 0;
    HoldStatus status = HoldStatus::Active;
    Instant createdAt{};
    Instant expiresAt{};
    Instant maxUntil{};
    std::int64_t version = 0;
    friend bool operator==(const Hold&, const Hold&) = default;
};

struct ReservationLine {
    ItemId itemId;
    SlotId slotId;
    QString title;
    Instant startsAt{};
    std::int64_t qty = 0;
    std::int64_t unitPriceMinor = 0;
    friend bool operator==(const ReservationLine&, const ReservationLine&) = default;
};

struct Reservation {
    ReservationId id;
    QString code;
    VendorId vendorId;
    CustomerId customerId;
    QString customerName;
    ReservationStatus status = ReservationStatus::Confirmed;
    QString title;
    std::int64_t qty = 0;
    Money total;
    std::vector<ReservationLine> lines;
    std::optional<Instant> confirmedAt;
    std::optional<Instant> cancelledAt;
    QString cancelReason;
    Instant createdAt{};
    std::int64_t version = 0;
    friend bool operator==(const Reservation&, const Reservation&) = default;
};

// One cell of the occupancy calendar: all slots of a row on one local day, or in one hour of it.
struct OccupancyCell {
    QString date; // yyyy-MM-dd
    std::optional<int> hour; // 0…23, when hours were asked for
    ItemId itemId; // of the first slot there
    int slotCount = 0; // 0: no slot there
    std::int64_t capacity = 0;
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    std::int64_t overbook = 0;
    std::int64_t waiting = 0; // people on the waiting lists
    bool closed = false; // no slot of it is open
    bool overbooked = false; // more is sold than there are seats
    friend bool operator==(const OccupancyCell&, const OccupancyCell&) = default;
};

struct OccupancyRow {
    ProductId productId;
    VariantId variantId;
    VendorId vendorId;
    QString title;
    QString label; // start time "17:30", or the option of a stay
    std::vector<OccupancyCell> cells; // one per day or hour asked for
    friend bool operator==(const OccupancyRow&, const OccupancyRow&) = default;
};

enum class OccupancyUnit { Day, Hour };
enum class OccupancyBy { Slot, Product };

struct OccupancyQuery {
    QString fromDate; // yyyy-MM-dd
    int days = 14; // with hours: 1
    OccupancyUnit unit = OccupancyUnit::Day;
    OccupancyBy by = OccupancyBy::Slot; // rows: start times of a variant, or whole products
    std::optional<VendorId> vendorId;
    QString text;
};

// What the allocator does at this moment; rates over the last 10 s, waits over the last 1,000 decisions.
struct QueueStats {
    int depth = 0;
    double arrivalsPerSecond = 0;
    double decisionsPerSecond = 0;
    double waitP50Ms = 0;
    double waitP95Ms = 0;
    int openHolds = 0;
    int confirmedToday = 0;
    int cancelledToday = 0;
    std::vector<double> series; // decisions per second, one point per 10 s, oldest first, at most 180
    friend bool operator==(const QueueStats&, const QueueStats&) = default;
};

// Body of releases and cancellations.
struct ReasonRequest {
    QString reason;
};

struct HoldExtension {
    int seconds = 0;
};

struct TicketQuery {
    std::optional<TicketStatus> status;
    QString after;
    int limit = 50;
};

} // namespace naru
