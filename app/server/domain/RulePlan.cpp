// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/RulePlan.h"

#include "server/engine/Labels.h"

#include <map>
#include <set>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMaxMade = 20'000;

std::vector<VariantId> variantsOf(Connection& db, const PlannedRule& rule)
{
    if (rule.variant)
        return {*rule.variant};
    std::vector<VariantId> out;
    for (const Row& row : db.query(u"SELECT id FROM variant WHERE product_id = ? AND enabled = 1 ORDER BY position, id"_s, {rule.product}))
        out.push_back(row.id<VariantId>(0));
    return out;
}

SlotThere thereFrom(const Row& row)
{
    SlotThere s;
    s.slot = row.id<SlotId>(0);
    s.item = row.id<ItemId>(1);
    s.variant = row.id<VariantId>(2);
    s.rule = row.maybeId<SlotRuleId>(3);
    s.status = protocol::fromWire<SlotStatus>(row.text(4)).value_or(SlotStatus::Closed);
    s.startsAt = row.instant(5);
    s.endsAt = row.instant(6);
    s.localDate = row.text(7);
    s.onHand = row.integer(8);
    s.allocated = row.integer(9);
    s.held = row.integer(10);
    s.overbook = row.integer(11);
    return s;
}

// Upcoming slots of the variants, and those of the rule on other variants, in the order of their items.
std::vector<SlotThere> slotsThere(Connection& db, const PlannedRule& rule, const std::vector<VariantId>& variants, Instant now, Instant end, bool lock)
{
    QStringList ids;
    for (const VariantId& v : variants)
        ids << v.toString();
    const QString sql = u"SELECT s.id, i.id, s.variant_id, s.slot_rule_id, s.status, s.starts_at, s.ends_at, s.local_date, i.on_hand, i.allocated, i.held, i.overbook "
                        "FROM slot s JOIN inventory_item i ON i.slot_id = s.id WHERE (s.variant_id = ANY(?) OR s.slot_rule_id = ?) AND s.starts_at > ? AND s.starts_at < ? "
                        "ORDER BY i.id"_s;
    std::vector<SlotThere> out;
    for (const Row& row : db.query(lock ? sql + u" FOR UPDATE"_s : sql, {ids, Param(rule.id), now, end}))
        out.push_back(thereFrom(row));
    return out;
}

class Planner {
public:
    Planner(const PlannedRule& rule, std::vector<SlotThere> there, Instant now) : m_rule(rule), m_now(now), m_there(std::move(there))
    {
        for (std::size_t i = 0; i < m_there.size(); ++i)
            m_byStart.emplace(std::pair(m_there[i].variant, m_there[i].startsAt), i);
    }
    void day(const VariantId& variant, const QDate& day)
    {
        const LocalMoment moment = momentOf(day, m_rule.start, m_rule.zone);
        if (moment.at <= m_now)
            return;
        RuleOccurrence o;
        o.variantId = variant;
        o.localDate = day.toString(Qt::ISODate);
        o.localTime = QDateTime::fromMSecsSinceEpoch(toUnixMs(moment.at), m_rule.zone).toString(u"HH:mm"_s);
        o.startsAt = moment.at;
        o.endsAt = moment.at + std::chrono::minutes(m_rule.durationMin);
        o.clockChange = moment.clockChange;
        m_plan.gaps += moment.clockChange == ClockChange::Gap;
        m_plan.overlaps += moment.clockChange == ClockChange::Overlap;
        const auto found = m_byStart.find(std::pair(variant, moment.at));
        if (found == m_byStart.end()) {
            m_plan.made.push_back(o);
        } else {
            m_matched.insert(found->second);
            o.state = meet(m_there[found->second], o);
        }
        m_plan.occurrences.push_back(std::move(o));
    }
    RulePlan finish()
    {
        for (std::size_t i = 0; i < m_there.size(); ++i) {
            const SlotThere& s = m_there[i];
            if (!mine(s) || m_matched.count(i) || s.status != SlotStatus::Open)
                continue;
            if (s.sold() == 0)
                m_plan.withdrawn.push_back(s);
            else
                m_plan.booked.push_back({s, {}});
        }
        std::sort(m_plan.occurrences.begin(), m_plan.occurrences.end(),
            [](const RuleOccurrence& a, const RuleOccurrence& b) { return std::pair(a.startsAt, a.variantId) < std::pair(b.startsAt, b.variantId); });
        return std::move(m_plan);
    }

private:
    bool mine(const SlotThere& s) const { return m_rule.id && s.rule == m_rule.id; }
    OccurrenceState meet(const SlotThere& s, const RuleOccurrence& o)
    {
        if (!mine(s) || s.status == SlotStatus::Closed || s.status == SlotStatus::Past)
            return OccurrenceState::ByHand;
        if (s.status == SlotStatus::Cancelled) {
            m_plan.changed.push_back({s, o.endsAt, std::max(m_rule.capacity, s.sold() - s.overbook)});
            return OccurrenceState::Reopen;
        }
        const bool follows = s.onHand == m_rule.formerCapacity || s.onHand == m_rule.capacity;
        const std::int64_t onHand = follows ? m_rule.capacity : s.onHand;
        if (onHand == s.onHand && o.endsAt == s.endsAt)
            return follows ? OccurrenceState::Keep : OccurrenceState::ByHand;
        if (onHand + s.overbook < s.sold() || (o.endsAt != s.endsAt && s.sold() > 0)) {
            m_plan.booked.push_back({s, onHand});
            return OccurrenceState::Booked;
        }
        m_plan.changed.push_back({s, o.endsAt, onHand});
        return OccurrenceState::Change;
    }

    const PlannedRule& m_rule;
    const Instant m_now;
    const std::vector<SlotThere> m_there;
    std::map<std::pair<VariantId, Instant>, std::size_t> m_byStart;
    std::set<std::size_t> m_matched;
    RulePlan m_plan;
};

} // namespace

QDate horizonOf(Instant now, const QTimeZone& zone, int days)
{
    return QDateTime::fromMSecsSinceEpoch(toUnixMs(now), zone).date().addDays(days);
}

RulePlan planRule(Connection& db, const PlannedRule& rule, Instant now, int horizonDays, bool lock)
{
    const QDate today = horizonOf(now, rule.zone, 0);
    QDate last = today.addDays(horizonDays);
    const QDate horizon = last;
    if (rule.madeUntil && *rule.madeUntil > last)
        last = *rule.madeUntil; // a shorter horizon withdraws nothing
    const std::vector<VariantId> variants = variantsOf(db, rule);
    const Instant end = momentOf(last.addDays(2), QTime(0, 0), rule.zone).at;
    Planner planner(rule, slotsThere(db, rule, variants, now, end, lock), now);
    if (rule.active) {
        const QDate until = rule.until ? std::min(*rule.until, last) : last;
        const std::vector<QDate> days = rule.recurrence.days(rule.from, std::max(rule.from, today.addDays(-1)), until, rule.exdates);
        if (days.size() * variants.size() > kMaxMade)
            refuseField(u"/rrule"_s, "range", u"makes more than %1 slots at a time; use fewer variants or a shorter horizon"_s.arg(kMaxMade));
        for (const VariantId& variant : variants)
            for (const QDate& day : days)
                planner.day(variant, day);
    }
    RulePlan plan = planner.finish();
    plan.last = horizon;
    plan.variants = static_cast<int>(variants.size());
    return plan;
}

} // namespace naru::server
