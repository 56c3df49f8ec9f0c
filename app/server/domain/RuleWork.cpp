// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/Events.h"
#include "server/domain/Products.h"
#include "server/domain/RulePlan.h"
#include "server/domain/Slots.h"
#include "server/engine/Freed.h"
#include "server/engine/Holds.h"
#include "server/engine/Stock.h"

#include <map>

// The plan of a rule done: rows made many at a time, changes one by one.
namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kSpokenSlots = 600; // of more, only the rule's own event tells: screens read their lists again

RowBlock slotBlock()
{
    using T = RowBlock::Type;
    return {"slot",
        {{"id", T::Text}, {"product_id", T::Text}, {"variant_id", T::Text}, {"slot_rule_id", T::Text}, {"starts_at", T::BigInt}, {"ends_at", T::BigInt}, {"tz", T::Text},
            {"local_date", T::Text}, {"status", T::Text}},
        {}};
}

RowBlock itemBlock()
{
    using T = RowBlock::Type;
    return {"inventory_item",
        {{"id", T::Text}, {"kind", T::Text}, {"vendor_id", T::Text}, {"variant_id", T::Text}, {"slot_id", T::Text}, {"on_hand", T::BigInt}, {"ledger_seq", T::BigInt}}, {}};
}

RowBlock movementBlock()
{
    using T = RowBlock::Type;
    return {"stock_movement",
        {{"inventory_item_id", T::Text}, {"seq", T::BigInt}, {"kind", T::Text}, {"d_on_hand", T::BigInt}, {"reason", T::Text}, {"actor_id", T::Text},
            {"request_id", T::Text}, {"at", T::BigInt}},
        {}};
}

// What new slots of one variant have in common.
struct Common {
    QString title;
    Money price;
};

Common commonOf(Txn& txn, const PlannedRule& rule, const VariantId& variant)
{
    Common c;
    c.title = productTitle(txn.db(), rule.product, u"ko"_s);
    const QString option = optionText(txn.db(), variant);
    if (!option.isEmpty())
        c.title += u" · "_s + option;
    if (const auto offer = offerInForce(txn.db(), variant, txn.now()))
        c.price = offer->price;
    return c;
}

Slot newSlot(Txn& txn, const PlannedRule& rule, const RuleOccurrence& o, const Common& common)
{
    Slot s;
    s.id = txn.newId<SlotId>();
    s.productId = rule.product;
    s.variantId = o.variantId;
    s.title = common.title;
    s.startsAt = o.startsAt;
    s.endsAt = o.endsAt;
    s.tz = rule.tz;
    s.localDate = o.localDate;
    s.localTime = o.localTime;
    s.price = common.price;
    s.version = 1;
    s.capacity.id = txn.newId<ItemId>();
    s.capacity.kind = StockKind::Capacity;
    s.capacity.vendorId = rule.vendor;
    s.capacity.productId = rule.product;
    s.capacity.variantId = o.variantId;
    s.capacity.slotId = s.id;
    s.capacity.onHand = rule.capacity;
    s.capacity.version = 1;
    return s;
}

void makeSlots(Txn& txn, const PlannedRule& rule, const std::vector<RuleOccurrence>& made)
{
    RowBlock slotRows = slotBlock();
    RowBlock items = itemBlock();
    RowBlock ledger = movementBlock();
    std::map<VariantId, Common> commons;
    std::vector<Slot> spoken;
    for (const RuleOccurrence& o : made) {
        auto common = commons.find(o.variantId);
        if (common == commons.end())
            common = commons.emplace(o.variantId, commonOf(txn, rule, o.variantId)).first;
        const Slot s = newSlot(txn, rule, o, common->second);
        const bool seats = rule.capacity > 0;
        slotRows.add({s.id, s.productId, s.variantId, Param(rule.id), s.startsAt, s.endsAt, s.tz, s.localDate, "open"});
        items.add({s.capacity.id, "capacity", rule.vendor, s.variantId, s.id, rule.capacity, seats ? 1 : 0});
        if (seats)
            ledger.add({s.capacity.id, 1, "received", rule.capacity, u"capacity of a new slot"_s, Param(txn.actor().userId), s.id, txn.now()});
        if (made.size() <= kSpokenSlots)
            spoken.push_back(s);
    }
    txn.db().insertRows(slotRows); // in the order of their references
    txn.db().insertRows(items);
    txn.db().insertRows(ledger);
    for (const Slot& s : spoken)
        txn.publish(protocol::topic::kSlot, rule.vendor, u"slot"_s, s.id.value, s.version, protocol::toJson(s).as_object());
}

void changeOne(Txn& txn, const RulePlan::Wanted& w, const QString& reason)
{
    txn.db().exec(u"UPDATE slot SET status = 'open', ends_at = ?, version = version + 1 WHERE id = ?"_s, {w.endsAt, w.there.slot});
    if (w.onHand != w.there.onHand)
        changeOnHand(txn, w.there.item, u"adjusted"_s, w.onHand - w.there.onHand, reason); // publishes the level
    publishSlot(txn, w.there.slot);
}

} // namespace

void carryOut(Txn& txn, const PlannedRule& rule, const RulePlan& plan, PlanScope scope, BookedSlots booked, const QString& reason)
{
    if (!plan.made.empty())
        makeSlots(txn, rule, plan.made);
    std::set<ItemId> freed;
    int changed = 0;
    for (const RulePlan::Wanted& w : plan.changed) {
        if (scope == PlanScope::Missing && w.there.status == SlotStatus::Open)
            continue;
        changeOne(txn, w, reason);
        ++changed;
        if (w.there.status != SlotStatus::Open && w.onHand <= w.there.onHand) // seats that are added are offered by changeOnHand
            freed.insert(w.there.item);
    }
    std::size_t withdrawn = 0;
    std::size_t closed = 0;
    if (scope == PlanScope::All) {
        for (const SlotThere& s : plan.withdrawn)
            setSlotStatus(txn, s.slot, SlotStatus::Cancelled);
        withdrawn = plan.withdrawn.size();
        if (booked == BookedSlots::StopSelling) {
            for (const RulePlan::Unplaced& b : plan.booked)
                setSlotStatus(txn, b.there.slot, SlotStatus::Closed);
            closed = plan.booked.size();
        }
    }
    if (!freed.empty())
        offerFreed(txn, freed);
    txn.audit(u"slot_rule.worked_off"_s, u"slot_rule"_s, rule.id->value,
        protocol::json::object{{"made", plan.made.size()}, {"changed", changed}, {"withdrawn", withdrawn}, {"closed", closed}, {"reason", protocol::utf8(reason)}});
}

} // namespace naru::server
