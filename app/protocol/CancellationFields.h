// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Cancellation.h"
#include "protocol/OrderFields.h"
#include "protocol/ReservationFields.h"

// Wire form of core/Cancellation.h.
namespace naru::protocol {

template <> struct Names<RefundStatus> {
    static constexpr auto list = std::to_array<std::string_view>({"requested", "approved", "processing", "succeeded", "failed", "rejected"});
};
template <> struct Names<PieceStatus> {
    static constexpr auto list = std::to_array<std::string_view>({"active", "consumed", "released"});
};

inline constexpr Bounds kBps{0, 10'000};
inline constexpr Bounds kReason{0, 500};

template <class V> void fields(V& v, CancellationTier& x)
{
    v("min_hours_before", x.minHoursBefore, Bounds{0, 24 * 365});
    v("refund_bps", x.refundBps, kBps);
    v.opt("fee_minor", x.feeMinor, kAmount);
    v.opt("currency", x.currency, Bounds{0, 3});
}

template <class V> void fields(V& v, CancellationPolicy& x)
{
    v("id", x.id);
    v("code", x.code);
    v("revision", x.revision);
    v("newest", x.newest);
    v("no_show_fee_bps", x.noShowFeeBps);
    v("tiers", x.tiers);
}

template <class V> void fields(V& v, NewPolicy& x)
{
    v("code", x.code, Bounds{1, 40});
    v("base_revision", x.baseRevision, Bounds{0, 1'000'000});
    v("no_show_fee_bps", x.noShowFeeBps, kBps);
    v("tiers", x.tiers, Bounds{0, 12});
}

template <class V> void fields(V& v, PolicyChoice& x) { v("code", x.code, Bounds{1, 40}); }

template <class V> void fields(V& v, RefundStep& x)
{
    v("from", x.from);
    v("refund_bps", x.refundBps);
    v("refund_of_price_minor", x.refundOfPriceMinor);
    v("refund_minor", x.refundMinor);
    v("current", x.current);
}

template <class V> void fields(V& v, NextInLine& x)
{
    v("item_id", x.itemId);
    v("waiting", x.waiting);
    v("party_size", x.partySize);
}

template <class V> void fields(V& v, CancellationQuote& x)
{
    v("reservation_id", x.reservationId);
    v("reservation_version", x.reservationVersion);
    v("as_of", x.asOf);
    v("policy", x.policy);
    v("total", x.total);
    v("paid", x.paid);
    v("fee", x.fee);
    v("refund", x.refund);
    v("refund_bps", x.refundBps);
    v("refund_of_price_minor", x.refundOfPriceMinor);
    v("steps", x.steps);
    v("next_step_at", x.nextStepAt);
    v("starts_at", x.startsAt);
    v("needs_person", x.needsPerson);
    v("next_in_line", x.nextInLine);
}

template <class V> void fields(V& v, CancelRequest& x)
{
    v.opt("reason", x.reason, kReason);
    v("expected_refund_minor", x.expectedRefundMinor, kAmount);
    v.opt("goodwill", x.goodwill);
    v("refund_minor", x.refundMinor, kAmount);
}

template <class V> void fields(V& v, ReservationPiece& x)
{
    v("item_id", x.itemId);
    v("slot_id", x.slotId);
    v("title", x.title);
    v("starts_at", x.startsAt);
    v("ends_at", x.endsAt);
    v("tz", x.tz);
    v("slot_status", x.slotStatus);
    v("status", x.status);
    v("qty", x.qty);
    v("unit_price_minor", x.unitPriceMinor);
}

template <class V> void fields(V& v, ReservationPayment& x)
{
    v("id", x.id);
    v("provider", x.provider);
    v("status", x.status);
    v("captured", x.captured);
    v("refunded", x.refunded);
}

template <class V> void fields(V& v, Refund& x)
{
    v("id", x.id);
    v("reservation_id", x.reservationId);
    v("reservation_code", x.reservationCode);
    v("status", x.status);
    v("amount", x.amount);
    v("reason", x.reason);
    v("requested_by", x.requestedBy);
    v("approved_by", x.approvedBy);
    v("created_at", x.createdAt);
    v("version", x.version);
}

template <class V> void fields(V& v, HistoryEntry& x)
{
    v("at", x.at);
    v("action", x.action);
    v("from_state", x.fromState);
    v("to_state", x.toState);
    v("actor_role", x.actorRole);
    v("actor_name", x.actorName);
    v("reason", x.reason);
    v("total_before", x.totalBefore);
    v("total_after", x.totalAfter);
    v("before", x.before);
    v("after", x.after);
}

template <class V> void fields(V& v, ReservationDetail& x)
{
    fields(v, x.reservation);
    v("policy", x.policy);
    v("no_show_fee", x.noShowFee);
    v("paid", x.paid);
    v("pieces", x.pieces);
    v("payments", x.payments);
    v("refunds", x.refunds);
    v("history", x.history);
}

template <class V> void fields(V& v, MoveRequest& x)
{
    v("lines", x.lines, Bounds{1, 16});
    v("expected_total_minor", x.expectedTotalMinor, kAmount);
    v.opt("reason", x.reason, kReason);
}

template <class V> void fields(V& v, MovePiece& x)
{
    v("item_id", x.itemId);
    v("title", x.title);
    v("qty", x.qty);
    v("unit_price_minor", x.unitPriceMinor);
    v("kept", x.kept);
    v("refusal", x.refusal);
    v("soonest_expiry", x.soonestExpiry);
}

template <class V> void fields(V& v, MoveQuote& x)
{
    v("reservation_id", x.reservationId);
    v("reservation_version", x.reservationVersion);
    v("total_before", x.totalBefore);
    v("total_after", x.totalAfter);
    v("pieces", x.pieces);
    v("possible", x.possible);
}

} // namespace naru::protocol
