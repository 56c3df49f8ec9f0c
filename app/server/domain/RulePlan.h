// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/domain/Recurrence.h"
#include "server/domain/View.h"

// What a slot rule makes of the slots that are there: first a plan, then, inside a transaction, the plan done. Planning changes
// nothing and runs on any connection; doing runs on the writer thread.
namespace naru::server {

// A rule with everything checked.
struct PlannedRule {
    std::optional<SlotRuleId> id; // none: not written yet
    VendorId vendor;
    ProductId product;
    std::optional<VariantId> variant;
    Recurrence recurrence;
    std::vector<QString> exdates;
    QString tz;
    QTimeZone zone;
    QTime start;
    int durationMin = 60;
    std::int64_t capacity = 0;
    QDate from;
    std::optional<QDate> until;
    std::optional<QDate> madeUntil;
    bool active = true; // false: makes nothing, so what is there is withdrawn
    std::int64_t formerCapacity = 0; // of its slots so far: those with another one were changed by a person
};

struct SlotThere {
    SlotId slot;
    ItemId item;
    VariantId variant;
    std::optional<SlotRuleId> rule;
    SlotStatus status = SlotStatus::Open;
    Instant startsAt{};
    Instant endsAt{};
    QString localDate;
    std::int64_t onHand = 0;
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    std::int64_t overbook = 0;

    std::int64_t sold() const { return allocated + held; }
};

struct RulePlan {
    struct Wanted {
        SlotThere there;
        Instant endsAt{};
        std::int64_t onHand = 0;
    };
    struct Unplaced {
        SlotThere there;
        std::optional<std::int64_t> wanted; // the capacity the rule wants; none: the rule no longer makes this slot
    };
    std::vector<RuleOccurrence> occurrences; // by start
    std::vector<RuleOccurrence> made;
    std::vector<Wanted> changed; // reopened ones among them
    std::vector<SlotThere> withdrawn;
    std::vector<Unplaced> booked;
    QDate last; // of the days looked at
    int gaps = 0;
    int overlaps = 0;
    int variants = 0;

    bool makesNothing() const { return made.empty() && changed.empty(); }
};

// The last day of a zone that rules are worked off to.
QDate horizonOf(Instant now, const QTimeZone& zone, int days);
// `lock`: the inventory rows it looked at stay locked, in id order. Throws 422 when it would make more than 20,000 slots.
RulePlan planRule(Connection& db, const PlannedRule& rule, Instant now, int horizonDays, bool lock);

enum class PlanScope {
    All, // a person changed the rule: change and withdraw too
    Missing, // the days that came: only what is not there yet, or was withdrawn
};
// Does it; booked slots by the choice. Audit, slot.changed and stock.changed; waiting lists get what was reopened or grew.
void carryOut(Txn& txn, const PlannedRule& rule, const RulePlan& plan, PlanScope scope, BookedSlots booked, const QString& reason);

} // namespace naru::server
