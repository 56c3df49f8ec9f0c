// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/SlotRules.h"
#include "protocol/ReservationFields.h"

// Wire form of core/SlotRules.h.
namespace naru::protocol {

template <> struct Names<RuleFrequency> {
    static constexpr auto list = std::to_array<std::string_view>({"daily", "weekly", "monthly"});
};
template <> struct Names<BookedSlots> {
    static constexpr auto list = std::to_array<std::string_view>({"keep", "stop_selling"});
};
template <> struct Names<OccurrenceState> {
    static constexpr auto list = std::to_array<std::string_view>({"make", "keep", "change", "reopen", "booked", "by_hand"});
};
template <> struct Names<ClockChange> {
    static constexpr auto list = std::to_array<std::string_view>({"none", "gap", "overlap"});
};
template <> struct Names<CapacityAction> {
    static constexpr auto list = std::to_array<std::string_view>({"capacity", "close", "open", "overbook", "safety"});
};
template <> struct Names<CapacityChoice> {
    static constexpr auto list = std::to_array<std::string_view>({"keep_overbooked", "stop_selling", "cancel_chosen", "lower_to_sold"});
};

inline constexpr Bounds kDay{10, 10};
inline constexpr Bounds kStatedReason{1, 500};
inline constexpr Bounds kRrule{1, 300};
inline constexpr Bounds kExdates{0, 366};
inline constexpr Bounds kSlotMinutes{1, 100'000};
inline constexpr Bounds kSeats{0, 1'000'000};
inline constexpr Bounds kCutoffMinutes{0, 100'000};

template <class V> void fields(V& v, RuleWeekday& x)
{
    v("weekday", x.weekday);
    v("ordinal", x.ordinal);
}

template <class V> void fields(V& v, RuleSummary& x)
{
    v("frequency", x.frequency);
    v("interval", x.interval);
    v("weekdays", x.weekdays);
    v("month_days", x.monthDays);
    v("count", x.count);
    v("until", x.until);
    v("week_start", x.weekStart);
}

template <class V> void fields(V& v, SlotRule& x)
{
    v("id", x.id);
    v("vendor_id", x.vendorId);
    v("product_id", x.productId);
    v("variant_id", x.variantId);
    v("title", x.title);
    v("rrule", x.rrule);
    v("exdates", x.exdates);
    v("tz", x.tz);
    v("start_local", x.startLocal);
    v("duration_min", x.durationMin);
    v("capacity", x.capacity);
    v("cutoff_min", x.cutoffMin);
    v("valid_from", x.validFrom);
    v("valid_until", x.validUntil);
    v("active", x.active);
    v("made_until", x.madeUntil);
    v("upcoming_slots", x.upcomingSlots);
    v("summary", x.summary);
    v("version", x.version);
}

template <class V> void fields(V& v, NewSlotRule& x)
{
    v("product_id", x.productId);
    v("variant_id", x.variantId);
    v("rrule", x.rrule, kRrule);
    v.opt("exdates", x.exdates, kExdates);
    v("tz", x.tz, Bounds{1, 64});
    v("start_local", x.startLocal, Bounds{5, 5});
    v("duration_min", x.durationMin, kSlotMinutes);
    v("capacity", x.capacity, kSeats);
    v.opt("cutoff_min", x.cutoffMin, kCutoffMinutes);
    v("valid_from", x.validFrom, kDay);
    v("valid_until", x.validUntil, kDay);
}

template <class V> void fields(V& v, SlotRulePatch& x)
{
    v("rrule", x.rrule, kRrule);
    v("exdates", x.exdates, kExdates);
    v("tz", x.tz, Bounds{1, 64});
    v("start_local", x.startLocal, Bounds{5, 5});
    v("duration_min", x.durationMin, kSlotMinutes);
    v("capacity", x.capacity, kSeats);
    v("cutoff_min", x.cutoffMin, kCutoffMinutes);
    v("valid_from", x.validFrom, kDay);
    v("valid_until", x.validUntil, Bounds{0, 10});
    v("booked", x.booked);
}

template <class V> void fields(V& v, SlotRuleEnd& x)
{
    v("reason", x.reason, kStatedReason);
    v("booked", x.booked);
}

template <class V> void fields(V& v, RuleOccurrence& x)
{
    v("variant_id", x.variantId);
    v("local_date", x.localDate);
    v("local_time", x.localTime);
    v("starts_at", x.startsAt);
    v("ends_at", x.endsAt);
    v("state", x.state);
    v("clock_change", x.clockChange);
}

template <class V> void fields(V& v, AffectedParty& x)
{
    v("reservation_id", x.reservationId);
    v("hold_id", x.holdId);
    v("order_id", x.orderId);
    v("code", x.code);
    v("customer_name", x.customerName);
    v("qty", x.qty);
    v("expires_at", x.expiresAt);
}

template <class V> void fields(V& v, AffectedSlot& x)
{
    v("item_id", x.itemId);
    v("slot_id", x.slotId);
    v("title", x.title);
    v("starts_at", x.startsAt);
    v("on_hand", x.onHand);
    v("overbook", x.overbook);
    v("allocated", x.allocated);
    v("held", x.held);
    v("wanted", x.wanted);
    v("missing", x.missing);
    v("parties", x.parties);
}

template <class V> void fields(V& v, RulePreview& x)
{
    v("horizon_days", x.horizonDays);
    v("summary", x.summary);
    v("occurrences", x.occurrences);
    v("total", x.total);
    v("made", x.made);
    v("changed", x.changed);
    v("withdrawn", x.withdrawn);
    v("gaps", x.gaps);
    v("overlaps", x.overlaps);
    v("booked", x.booked);
    v("booked_total", x.bookedTotal);
}

template <class V> void fields(V& v, RulePreviewAsk& x)
{
    v("rule_id", x.ruleId);
    v("rule", x.rule);
}

template <class V> void fields(V& v, CapacityTarget& x)
{
    v("item_id", x.itemId);
    v("expected", x.expected, kSeats);
}

template <class V> void fields(V& v, SlotRange& x)
{
    v("product_id", x.productId);
    v("variant_id", x.variantId);
    v("from", x.from, kDay);
    v("to", x.to, kDay);
}

template <class V> void fields(V& v, CapacityChange& x)
{
    v("action", x.action);
    v.opt("targets", x.targets, Bounds{0, 200});
    v("range", x.range);
    v("value", x.value, kSeats);
    v("reason", x.reason, kStatedReason);
    v("choice", x.choice);
    v.opt("cancel", x.cancel, Bounds{0, 500});
}

template <class V> void fields(V& v, CapacityImpact& x)
{
    v("slots", x.slots);
    v("total", x.total);
    v("choices", x.choices);
}

template <class V> void fields(V& v, CapacityResult& x)
{
    v("levels", x.levels);
    v("changed", x.changed);
    v("cancelled", x.cancelled);
}

} // namespace naru::protocol
