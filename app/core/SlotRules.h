// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"

// Value types of slot rules ("every Saturday at 10:00 in Seoul") and of changes of a slot's capacity. Plain values, any thread.
namespace naru {

using SlotRuleId = Id<struct SlotRuleTag>;

enum class RuleFrequency { Daily, Weekly, Monthly };

// A day of the week within a rule; ordinal only in monthly rules: 1 = the first of the month, −1 = the last, 0 = each.
struct RuleWeekday {
    int weekday = 1; // 1 = Monday … 7 = Sunday
    int ordinal = 0;
    friend bool operator==(const RuleWeekday&, const RuleWeekday&) = default;
};

// What a rule says, in parts: a screen makes its own sentence of them.
struct RuleSummary {
    RuleFrequency frequency = RuleFrequency::Daily;
    int interval = 1;
    std::vector<RuleWeekday> weekdays;
    std::vector<int> monthDays; // 1…31, or −1 = the last day
    std::optional<int> count;
    std::optional<QString> until; // yyyy-MM-dd, the last day that may match
    int weekStart = 1; // 1 = Monday
    friend bool operator==(const RuleSummary&, const RuleSummary&) = default;
};

struct SlotRule {
    SlotRuleId id;
    VendorId vendorId;
    ProductId productId;
    std::optional<VariantId> variantId; // empty: every enabled variant of the product
    QString title; // "선셋 요트 90분 · 별채"
    QString rrule; // RFC 5545: FREQ=DAILY|WEEKLY|MONTHLY; INTERVAL, BYDAY, BYMONTHDAY, COUNT, UNTIL, WKST
    std::vector<QString> exdates; // yyyy-MM-dd in tz: days the rule leaves out
    QString tz; // IANA name
    QString startLocal; // HH:mm in tz
    int durationMin = 60;
    std::int64_t capacity = 0;
    int cutoffMin = 0; // booking ends so many minutes before the start
    QString validFrom; // yyyy-MM-dd; counts (INTERVAL, COUNT) begin here
    std::optional<QString> validUntil; // yyyy-MM-dd, the last day
    bool active = true; // an ended rule makes no more slots
    std::optional<QString> madeUntil; // yyyy-MM-dd: slots exist up to this day
    int upcomingSlots = 0; // open slots of this rule from now on
    RuleSummary summary;
    std::int64_t version = 0;
    friend bool operator==(const SlotRule&, const SlotRule&) = default;
};

struct NewSlotRule {
    ProductId productId;
    std::optional<VariantId> variantId;
    QString rrule;
    std::vector<QString> exdates;
    QString tz;
    QString startLocal;
    int durationMin = 60;
    std::int64_t capacity = 0;
    int cutoffMin = 0;
    QString validFrom;
    std::optional<QString> validUntil;
};

// What becomes of upcoming slots that are booked and that the rule no longer makes as they are.
enum class BookedSlots {
    Keep, // they stay as they are, bookings and all
    StopSelling, // they are closed; bookings stay
};

// Absent = untouched; an empty validUntil takes the end away. Guarded by If-Match on the rule.
struct SlotRulePatch {
    std::optional<QString> rrule;
    std::optional<std::vector<QString>> exdates;
    std::optional<QString> tz;
    std::optional<QString> startLocal;
    std::optional<int> durationMin;
    std::optional<std::int64_t> capacity;
    std::optional<int> cutoffMin;
    std::optional<QString> validFrom;
    std::optional<QString> validUntil;
    std::optional<BookedSlots> booked; // without it a change that touches booked slots is refused: slots-booked
};

// A rule ends: no more slots; unbooked ones are withdrawn.
struct SlotRuleEnd {
    QString reason;
    std::optional<BookedSlots> booked;
};

enum class OccurrenceState {
    Make, // a new slot
    Keep, // there already, as the rule says
    Change, // there already, will follow the rule
    Reopen, // withdrawn before, comes back
    Booked, // there already and booked, and differs from the rule
    ByHand, // there already, made or changed by a person: the rule leaves it alone
};
// The clock of the zone jumps at that hour: a time that does not exist is moved forward by the jump, of two equal times the first counts.
enum class ClockChange { None, Gap, Overlap };

struct RuleOccurrence {
    VariantId variantId;
    QString localDate; // yyyy-MM-dd
    QString localTime; // HH:mm, as the clock will show
    Instant startsAt{};
    Instant endsAt{};
    OccurrenceState state = OccurrenceState::Make;
    ClockChange clockChange = ClockChange::None;
    friend bool operator==(const RuleOccurrence&, const RuleOccurrence&) = default;
};

// Somebody who has a part in a slot.
struct AffectedParty {
    std::optional<ReservationId> reservationId; // one of the three
    std::optional<HoldId> holdId;
    std::optional<OrderId> orderId;
    QString code; // of the reservation or order; of a hold's ticket
    QString customerName; // masked for vendors
    std::int64_t qty = 0;
    std::optional<Instant> expiresAt; // holds
    friend bool operator==(const AffectedParty&, const AffectedParty&) = default;
};

struct AffectedSlot {
    ItemId itemId;
    std::optional<SlotId> slotId;
    QString title;
    std::optional<Instant> startsAt;
    std::int64_t onHand = 0;
    std::int64_t overbook = 0;
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    std::optional<std::int64_t> wanted; // the capacity asked for
    std::int64_t missing = 0; // sold seats that would have no place
    std::vector<AffectedParty> parties;
    friend bool operator==(const AffectedSlot&, const AffectedSlot&) = default;
};

// What a rule would do over the horizon, before it does it.
struct RulePreview {
    int horizonDays = 60;
    RuleSummary summary;
    std::vector<RuleOccurrence> occurrences; // at most 400, the earliest first
    int total = 0; // of all occurrences
    int made = 0;
    int changed = 0;
    int withdrawn = 0; // unbooked slots that the rule no longer makes
    int gaps = 0;
    int overlaps = 0;
    std::vector<AffectedSlot> booked; // a choice is needed (BookedSlots); at most 100
    int bookedTotal = 0;
    friend bool operator==(const RulePreview&, const RulePreview&) = default;
};

struct RulePreviewAsk {
    std::optional<SlotRuleId> ruleId; // of the rule that would change; empty: a new one
    NewSlotRule rule;
};

// A person changes what can be sold of slots (Overbook and Safety also of goods). Always with a reason.
enum class CapacityAction { Capacity, Close, Open, Overbook, Safety };
// What to do where more is sold than would be left.
enum class CapacityChoice {
    KeepOverbooked, // lower it; the overbooking figure rises by what is missing
    StopSelling, // leave the capacity, close the slot
    CancelChosen, // cancel the reservations named in `cancel`, then lower or close
    LowerToSold, // lower it as far as what is sold allows
};

struct CapacityTarget {
    ItemId itemId;
    std::optional<std::int64_t> expected; // the figure the person saw (on_hand, overbook or safety); 409 figure-changed when it is another
    friend bool operator==(const CapacityTarget&, const CapacityTarget&) = default;
};

// All upcoming slots of a product on some days.
struct SlotRange {
    ProductId productId;
    std::optional<VariantId> variantId;
    QString from; // yyyy-MM-dd
    QString to; // yyyy-MM-dd, the last day
    friend bool operator==(const SlotRange&, const SlotRange&) = default;
};

struct CapacityChange {
    CapacityAction action = CapacityAction::Capacity;
    std::vector<CapacityTarget> targets; // either these, at most 200
    std::optional<SlotRange> range; // or this
    std::optional<std::int64_t> value; // Capacity, Overbook, Safety
    QString reason;
    std::optional<CapacityChoice> choice;
    std::vector<ReservationId> cancel;
};

// Refused: more is sold than would be left. Member "impact" of the problem capacity-below-sold.
struct CapacityImpact {
    std::vector<AffectedSlot> slots; // at most 100
    int total = 0;
    std::vector<CapacityChoice> choices; // what may be answered
    friend bool operator==(const CapacityImpact&, const CapacityImpact&) = default;
};

struct CapacityResult {
    std::vector<StockLevel> levels; // of all that were asked for
    int changed = 0;
    std::vector<ReservationId> cancelled;
    friend bool operator==(const CapacityResult&, const CapacityResult&) = default;
};

} // namespace naru
