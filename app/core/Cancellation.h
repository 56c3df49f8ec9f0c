// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"

// Value types of what happens to a reservation after it was bought: policies and their tiers, the price of cancelling, moving
// to another place, check-in, refunds. Plain values, any thread.
namespace naru {

using RefundId = Id<struct RefundTag>;

enum class RefundStatus { Requested, Approved, Processing, Succeeded, Failed, Rejected };
enum class PieceStatus { Active, Consumed, Released }; // of a piece's seats

// From `minHoursBefore` the start on (or earlier) this much comes back: refundBps of the price, less a fixed fee per reservation.
struct CancellationTier {
    int minHoursBefore = 0;
    int refundBps = 0;
    std::int64_t feeMinor = 0;
    QString currency; // of the fee; empty without one
    friend bool operator==(const CancellationTier&, const CancellationTier&) = default;
};

// One revision, never changed again: a reservation keeps the one it was bought under.
struct CancellationPolicy {
    PolicyId id;
    QString code;
    int revision = 0;
    bool newest = true; // what is bought now under this code
    int noShowFeeBps = 0;
    std::vector<CancellationTier> tiers; // the longest notice first
    friend bool operator==(const CancellationPolicy&, const CancellationPolicy&) = default;
};

struct NewPolicy {
    QString code;
    int baseRevision = 0; // the revision this was edited from; 0 for a new code
    int noShowFeeBps = 0;
    std::vector<CancellationTier> tiers;
};

// Which policy a product sells under: always the newest revision of the code.
struct PolicyChoice {
    QString code;
};

// What holds from one moment to the next on the way to the start.
struct RefundStep {
    std::optional<Instant> from; // none: since ever
    int refundBps = 0; // of the first piece
    std::int64_t refundOfPriceMinor = 0; // by the policy, had all been paid
    std::int64_t refundMinor = 0; // of what was paid
    bool current = false;
    friend bool operator==(const RefundStep&, const RefundStep&) = default;
};

// Who is offered the seats of a piece when they come back.
struct NextInLine {
    ItemId itemId;
    int waiting = 0; // entries
    std::optional<std::int64_t> partySize; // of the first that fits; none: the seats are on sale again
    friend bool operator==(const NextInLine&, const NextInLine&) = default;
};

// What cancelling costs at `asOf`. fee + refund = paid, always.
struct CancellationQuote {
    ReservationId reservationId;
    std::int64_t reservationVersion = 0;
    Instant asOf{};
    CancellationPolicy policy; // as bought
    Money total; // the price
    Money paid; // 0: nothing was paid here, nothing to refund
    Money fee;
    Money refund; // send its amount as expectedRefundMinor
    int refundBps = 0; // of the first piece
    std::int64_t refundOfPriceMinor = 0;
    std::vector<RefundStep> steps; // the whole timeline, oldest first
    std::optional<Instant> nextStepAt; // when the refund falls next
    std::optional<Instant> startsAt; // of the first piece
    bool needsPerson = false; // a customer's or agent's wish is not granted at once (the first piece has begun)
    std::vector<NextInLine> nextInLine; // operator side only
    friend bool operator==(const CancellationQuote&, const CancellationQuote&) = default;
};

// Body of a cancellation. A refund that changed since the quote is refused (409 refund-changed) and nothing happens.
struct CancelRequest {
    QString reason;
    std::optional<std::int64_t> expectedRefundMinor;
    bool goodwill = false; // ask a person for more than the policy gives
    std::optional<std::int64_t> refundMinor; // staff: grant this much instead
};

struct ReservationPiece {
    ItemId itemId;
    SlotId slotId;
    QString title;
    Instant startsAt{};
    Instant endsAt{};
    QString tz;
    SlotStatus slotStatus = SlotStatus::Open;
    PieceStatus status = PieceStatus::Active;
    std::int64_t qty = 0;
    std::int64_t unitPriceMinor = 0;
    friend bool operator==(const ReservationPiece&, const ReservationPiece&) = default;
};

struct ReservationPayment {
    PaymentId id;
    QString provider;
    PaymentStatus status = PaymentStatus::Created;
    Money captured;
    Money refunded;
    friend bool operator==(const ReservationPayment&, const ReservationPayment&) = default;
};

struct Refund {
    RefundId id;
    std::optional<ReservationId> reservationId;
    QString reservationCode;
    RefundStatus status = RefundStatus::Requested;
    Money amount;
    QString reason;
    QString requestedBy; // a name; "system"
    QString approvedBy;
    Instant createdAt{};
    std::int64_t version = 0;
    friend bool operator==(const Refund&, const Refund&) = default;
};

// One line of a reservation's past: a move of its state, or a change of its pieces (from == to).
struct HistoryEntry {
    Instant at{};
    QString action; // "reservation.confirmed", "reservation.move", …
    QString fromState; // wire names; equal when the state stayed
    QString toState;
    QString actorRole; // wire name of the role; "system"
    QString actorName; // empty: the system, or not to be told
    QString reason;
    std::optional<Money> totalBefore; // of a move
    std::optional<Money> totalAfter;
    QString before; // of a move: what it was, "선셋 요트 90분 11/28 17:30 ×2"
    QString after;
    friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

// A reservation with everything its screen shows; on the wire the same members as Reservation and these.
struct ReservationDetail {
    Reservation reservation;
    CancellationPolicy policy; // as bought
    Money noShowFee;
    Money paid; // captured and not given back
    std::vector<ReservationPiece> pieces;
    std::vector<ReservationPayment> payments;
    std::vector<Refund> refunds;
    std::vector<HistoryEntry> history; // oldest first
    friend bool operator==(const ReservationDetail&, const ReservationDetail&) = default;
};

// Body of a move: all pieces the reservation is to have afterwards. The old places are kept until the new ones are sure.
struct MoveRequest {
    std::vector<TicketLine> lines; // 1…16 different items
    std::optional<std::int64_t> expectedTotalMinor; // of all pieces; 409 price_changed when it differs
    QString reason;
};

struct MovePiece {
    ItemId itemId;
    QString title;
    std::int64_t qty = 0;
    std::int64_t unitPriceMinor = 0;
    bool kept = false; // had before, at the price as bought
    std::optional<Refusal> refusal; // why it cannot be had now
    std::optional<Instant> soonestExpiry; // when waiting may help
    friend bool operator==(const MovePiece&, const MovePiece&) = default;
};

struct MoveQuote {
    ReservationId reservationId;
    std::int64_t reservationVersion = 0;
    Money totalBefore;
    Money totalAfter; // send its amount as expectedTotalMinor
    std::vector<MovePiece> pieces;
    bool possible = false;
    friend bool operator==(const MoveQuote&, const MoveQuote&) = default;
};

struct ReservationFilter {
    std::vector<ReservationStatus> statuses; // empty: all
    QString text; // code or customer
    std::optional<ProductId> productId;
    std::optional<SlotId> slotId;
    QString fromDate; // local days of the slots, yyyy-MM-dd; both included
    QString toDate;
    QString after;
    int limit = 50;
};

} // namespace naru
