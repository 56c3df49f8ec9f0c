// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/SlotRules.h"

#include "protocol/Events.h"
#include "server/domain/Affected.h"
#include "server/domain/Parties.h"
#include "server/domain/Products.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

QString ruleColumns()
{
    return u"SELECT r.id, p.vendor_id, r.product_id, r.variant_id, r.rrule, r.exdates, r.tz, r.start_local, r.duration_min, r.capacity, r.cutoff_min, r.valid_from, "
           "r.valid_until, r.active, r.made_until, r.version FROM slot_rule r JOIN product p ON p.id = r.product_id "_s;
}

std::vector<QString> daysFrom(const QString& text)
{
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    return {parts.begin(), parts.end()};
}

QString daysText(const std::vector<QString>& days) { return QStringList(days.begin(), days.end()).join(u','); }

// Without title and count: what planning needs.
SlotRule bareRule(const Row& row)
{
    SlotRule r;
    r.id = row.id<SlotRuleId>(0);
    r.vendorId = row.id<VendorId>(1);
    r.productId = row.id<ProductId>(2);
    r.variantId = row.maybeId<VariantId>(3);
    r.rrule = row.text(4);
    r.exdates = daysFrom(row.text(5));
    r.tz = row.text(6);
    r.startLocal = row.text(7);
    r.durationMin = row.number(8);
    r.capacity = row.integer(9);
    r.cutoffMin = row.number(10);
    r.validFrom = row.text(11);
    if (!row.isNull(12))
        r.validUntil = row.text(12);
    r.active = row.flag(13);
    if (!row.isNull(14))
        r.madeUntil = row.text(14);
    r.version = row.integer(15);
    return r;
}

SlotRule fullRule(Connection& db, const View& view, const Row& row)
{
    SlotRule r = bareRule(row);
    r.title = productTitle(db, r.productId, view.lang);
    const QString option = r.variantId ? optionText(db, *r.variantId) : QString();
    if (!option.isEmpty())
        r.title += u" · "_s + option;
    r.upcomingSlots = db.one(u"SELECT COUNT(*) FROM slot WHERE slot_rule_id = ? AND starts_at > ? AND status = 'open'"_s, {r.id, view.now})->number(0);
    if (const auto recurrence = Recurrence::parse(r.rrule))
        r.summary = recurrence->summary();
    return r;
}

NewSlotRule draftOf(const SlotRule& r)
{
    return {r.productId, r.variantId, r.rrule, r.exdates, r.tz, r.startLocal, r.durationMin, r.capacity, r.cutoffMin, r.validFrom, r.validUntil};
}

QDate dayField(const QString& field, const QString& text)
{
    const auto day = dayOf(text);
    if (!day)
        refuseField(field, "date", u"must be a day between 2000 and 2199: yyyy-mm-dd"_s);
    return *day;
}

// Whose product it is, and that it is one that takes reservations.
VendorId vendorFor(Connection& db, const View& view, const NewSlotRule& wanted)
{
    const auto product = db.one(u"SELECT vendor_id, kind FROM product WHERE id = ?"_s, {wanted.productId});
    if (!product || !view.sees(product->id<VendorId>(0)))
        refuseField(u"/product_id"_s, "unknown", u"there is no such product"_s);
    if (product->text(1) != u"reservation")
        refuseField(u"/product_id"_s, "kind", u"is sold, not reserved: it has stock, no slots"_s);
    if (wanted.variantId && !db.one(u"SELECT 1 FROM variant WHERE id = ? AND product_id = ?"_s, {*wanted.variantId, wanted.productId}))
        refuseField(u"/variant_id"_s, "unknown", u"is no variant of the product"_s);
    return product->id<VendorId>(0);
}

// Everything that can be wrong with a rule is said here, once for previews and for writes.
PlannedRule checked(Connection& db, const View& view, const NewSlotRule& wanted)
{
    const VendorId vendor = vendorFor(db, view, wanted);
    auto recurrence = Recurrence::parse(wanted.rrule);
    if (!recurrence)
        refuseField(u"/rrule"_s, "rrule", recurrence.error().detail);
    checkZone(u"/tz"_s, wanted.tz);
    const QTime start = QTime::fromString(wanted.startLocal, u"HH:mm"_s);
    if (!start.isValid() || wanted.startLocal.size() != 5)
        refuseField(u"/start_local"_s, "time", u"must be a time of day: HH:mm"_s);
    const QDate from = dayField(u"/valid_from"_s, wanted.validFrom);
    std::optional<QDate> until;
    if (wanted.validUntil) {
        until = dayField(u"/valid_until"_s, *wanted.validUntil);
        if (*until < from)
            refuseField(u"/valid_until"_s, "range", u"must not lie before valid_from"_s);
    }
    for (std::size_t i = 0; i < wanted.exdates.size(); ++i)
        dayField(u"/exdates/%1"_s.arg(i), wanted.exdates[i]);
    const QDate far = std::min(until.value_or(from.addYears(5)), from.addYears(5));
    if (recurrence->days(from, from, far).empty())
        refuseField(u"/rrule"_s, "empty", u"makes no day between valid_from and valid_until"_s);
    return PlannedRule{{}, vendor, wanted.productId, wanted.variantId, std::move(*recurrence), wanted.exdates, wanted.tz, QTimeZone(wanted.tz.toLatin1()), start,
        wanted.durationMin, wanted.capacity, from, until, {}, true, wanted.capacity};
}

// The same for a rule that stands: its slots, and how far it was worked off.
PlannedRule checkedAgain(Connection& db, const View& view, const SlotRule& stands, const NewSlotRule& wanted)
{
    PlannedRule rule = checked(db, view, wanted);
    rule.id = stands.id;
    rule.active = stands.active;
    rule.formerCapacity = stands.capacity;
    if (stands.madeUntil)
        rule.madeUntil = dayOf(*stands.madeUntil);
    return rule;
}

NewSlotRule patched(const SlotRule& r, const SlotRulePatch& p)
{
    NewSlotRule out = draftOf(r);
    out.rrule = p.rrule.value_or(out.rrule);
    out.exdates = p.exdates.value_or(out.exdates);
    out.tz = p.tz.value_or(out.tz);
    out.startLocal = p.startLocal.value_or(out.startLocal);
    out.durationMin = p.durationMin.value_or(out.durationMin);
    out.capacity = p.capacity.value_or(out.capacity);
    out.cutoffMin = p.cutoffMin.value_or(out.cutoffMin);
    out.validFrom = p.validFrom.value_or(out.validFrom);
    if (p.validUntil)
        out.validUntil = p.validUntil->isEmpty() ? std::nullopt : p.validUntil;
    return out;
}

std::vector<AffectedSlot> bookedOf(Connection& db, const View& view, const RulePlan& plan)
{
    std::vector<AffectedAsk> asks;
    for (const RulePlan::Unplaced& b : plan.booked) {
        if (asks.size() == kMaxAffected)
            break;
        asks.push_back({b.there.item, b.wanted, b.wanted ? std::max<std::int64_t>(0, b.there.sold() - *b.wanted - b.there.overbook) : b.there.sold()});
    }
    return affectedSlots(db, view, asks);
}

void refuseBooked(Connection& db, const View& view, const RulePlan& plan)
{
    protocol::Problem p;
    p.status = 409;
    p.code = u"slots-booked"_s;
    p.detail = u"%1 upcoming slots are booked and differ from the rule; say what becomes of them: booked = keep or stop_selling"_s.arg(plan.booked.size());
    p.extra["booked"] = protocol::toJson(bookedOf(db, view, plan));
    p.extra["booked_total"] = plan.booked.size();
    throw ProblemError(std::move(p));
}

// The rule's row under its lock: whoever works on a rule's slots is alone with it.
Row lockRule(Connection& db, const View& view, const SlotRuleId& id)
{
    const auto locked = db.one(u"SELECT id FROM slot_rule WHERE id = ? FOR UPDATE"_s, {id});
    auto row = locked ? db.one(ruleColumns() + u"WHERE r.id = ?"_s, {id}) : std::nullopt;
    if (!row || !view.sees(row->id<VendorId>(1)))
        notFound();
    return std::move(*row);
}

SlotRule published(Txn& txn, const View& view, const SlotRuleId& id)
{
    const auto row = txn.db().one(ruleColumns() + u"WHERE r.id = ?"_s, {id});
    const SlotRule spoken = fullRule(txn.db(), payloadView(txn.now()), *row);
    txn.publish(protocol::topic::kSlotRule, spoken.vendorId, u"slot_rule"_s, id.value, spoken.version, protocol::toJson(spoken).as_object());
    return fullRule(txn.db(), view, *row);
}

void noteMade(Txn& txn, const SlotRuleId& id, const RulePlan& plan)
{
    txn.db().exec(u"UPDATE slot_rule SET made_until = ?, made_variants = ? WHERE id = ?"_s, {plan.last.toString(Qt::ISODate), plan.variants, id});
}

} // namespace

std::optional<SlotRule> slotRuleById(Connection& db, const View& view, SlotRuleId id)
{
    const auto row = db.one(ruleColumns() + u"WHERE r.id = ?"_s, {id});
    if (!row || !view.sees(row->id<VendorId>(1)))
        return std::nullopt;
    return fullRule(db, view, *row);
}

Page<SlotRule> listSlotRules(Connection& db, const View& view, const SlotRuleQuery& query)
{
    KeysetQuery q;
    q.rows = u"SELECT r.id AS id, p.code AS k FROM slot_rule r JOIN product p ON p.id = r.product_id WHERE r.active >= ?"_s;
    q.params.emplace_back(query.endedToo ? 0 : 1);
    if (view.vendor) {
        q.rows += u" AND p.vendor_id = ?"_s;
        q.params.emplace_back(*view.vendor);
    }
    if (query.productId) {
        q.rows += u" AND r.product_id = ?"_s;
        q.params.emplace_back(*query.productId);
    }
    q.textKey = true;
    q.after = query.after;
    q.limit = query.limit;
    const KeysetPage keys = keysetPage(db, q);
    Page<SlotRule> page = emptyPage<SlotRule>(keys);
    for (const QString& id : keys.ids)
        if (auto rule = slotRuleById(db, view, SlotRuleId::parse(QStringView(id)).value_or(SlotRuleId{})))
            page.items.push_back(std::move(*rule));
    return page;
}

RulePreview previewSlotRule(Connection& db, const View& view, const RulePreviewAsk& ask, int horizonDays)
{
    constexpr std::size_t kShown = 400;
    PlannedRule rule = [&] {
        if (!ask.ruleId)
            return checked(db, view, ask.rule);
        const auto stands = slotRuleById(db, view, *ask.ruleId);
        if (!stands)
            refuseField(u"/rule_id"_s, "unknown", u"there is no such rule"_s);
        if (stands->productId != ask.rule.productId || stands->variantId != ask.rule.variantId)
            refuseField(u"/rule/product_id"_s, "fixed", u"a rule keeps its product and variant"_s);
        return checkedAgain(db, view, *stands, ask.rule);
    }();
    RulePlan plan = planRule(db, rule, view.now, horizonDays, false);
    RulePreview out;
    out.horizonDays = horizonDays;
    out.summary = rule.recurrence.summary();
    out.total = static_cast<int>(plan.occurrences.size());
    out.made = static_cast<int>(plan.made.size());
    out.changed = static_cast<int>(plan.changed.size());
    out.withdrawn = static_cast<int>(plan.withdrawn.size());
    out.gaps = plan.gaps;
    out.overlaps = plan.overlaps;
    out.bookedTotal = static_cast<int>(plan.booked.size());
    out.booked = bookedOf(db, view, plan);
    out.occurrences = std::move(plan.occurrences);
    if (out.occurrences.size() > kShown)
        out.occurrences.resize(kShown);
    return out;
}

SlotRule createSlotRule(Txn& txn, const View& view, const NewSlotRule& wanted, int horizonDays)
{
    PlannedRule rule = checked(txn.db(), view, wanted);
    const auto id = txn.newId<SlotRuleId>();
    txn.db().exec(u"INSERT INTO slot_rule (id, product_id, variant_id, rrule, exdates, tz, start_local, duration_min, capacity, cutoff_min, valid_from, valid_until) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {id, wanted.productId, Param(wanted.variantId), rule.recurrence.text(), daysText(wanted.exdates), wanted.tz, wanted.startLocal, wanted.durationMin, wanted.capacity,
            wanted.cutoffMin, wanted.validFrom, Param(wanted.validUntil)});
    txn.audit(u"slot_rule.created"_s, u"slot_rule"_s, id.value, protocol::toJson(wanted));
    rule.id = id;
    const RulePlan plan = planRule(txn.db(), rule, txn.now(), horizonDays, true);
    carryOut(txn, rule, plan, PlanScope::All, BookedSlots::Keep, u"slot rule"_s);
    noteMade(txn, id, plan);
    return published(txn, view, id);
}

SlotRule patchSlotRule(Txn& txn, const View& view, SlotRuleId id, std::int64_t version, const SlotRulePatch& patch, int horizonDays)
{
    const Row row = lockRule(txn.db(), view, id);
    const SlotRule stands = bareRule(row);
    if (stands.version != version)
        versionMismatch(stands.version, protocol::toJson(fullRule(txn.db(), view, row)));
    if (!stands.active)
        throw ProblemError(409, "rule-ended", u"the rule has ended; make a new one"_s);
    const NewSlotRule wanted = patched(stands, patch);
    const PlannedRule rule = checkedAgain(txn.db(), view, stands, wanted);
    const RulePlan plan = planRule(txn.db(), rule, txn.now(), horizonDays, true);
    if (!plan.booked.empty() && !patch.booked)
        refuseBooked(txn.db(), view, plan);
    txn.db().exec(u"UPDATE slot_rule SET rrule = ?, exdates = ?, tz = ?, start_local = ?, duration_min = ?, capacity = ?, cutoff_min = ?, valid_from = ?, valid_until = ?, "
                  "version = version + 1 WHERE id = ? AND version = ?"_s,
        {rule.recurrence.text(), daysText(wanted.exdates), wanted.tz, wanted.startLocal, wanted.durationMin, wanted.capacity, wanted.cutoffMin, wanted.validFrom,
            Param(wanted.validUntil), id, version});
    txn.audit(u"slot_rule.changed"_s, u"slot_rule"_s, id.value, protocol::toJson(patch));
    carryOut(txn, rule, plan, PlanScope::All, patch.booked.value_or(BookedSlots::Keep), u"slot rule changed"_s);
    noteMade(txn, id, plan);
    return published(txn, view, id);
}

SlotRule endSlotRule(Txn& txn, const View& view, SlotRuleId id, std::int64_t version, const SlotRuleEnd& end, int horizonDays)
{
    const Row row = lockRule(txn.db(), view, id);
    const SlotRule stands = bareRule(row);
    if (stands.version != version)
        versionMismatch(stands.version, protocol::toJson(fullRule(txn.db(), view, row)));
    if (!stands.active)
        throw ProblemError(409, "rule-ended", u"the rule has ended already"_s);
    PlannedRule rule = checkedAgain(txn.db(), view, stands, draftOf(stands));
    rule.active = false;
    const RulePlan plan = planRule(txn.db(), rule, txn.now(), horizonDays, true);
    if (!plan.booked.empty() && !end.booked)
        refuseBooked(txn.db(), view, plan);
    txn.db().exec(u"UPDATE slot_rule SET active = 0, version = version + 1 WHERE id = ? AND version = ?"_s, {id, version});
    txn.audit(u"slot_rule.ended"_s, u"slot_rule"_s, id.value, protocol::toJson(end));
    carryOut(txn, rule, plan, PlanScope::All, end.booked.value_or(BookedSlots::Keep), end.reason);
    return published(txn, view, id);
}

std::vector<SlotRuleId> rulesDue(Connection& db, Instant now, int horizonDays)
{
    // Zones differ by a day at most: who is done by the latest of them is done, the others are looked at again.
    const QString latest = QDateTime::fromMSecsSinceEpoch(toUnixMs(now), Qt::UTC).date().addDays(horizonDays + 1).toString(Qt::ISODate);
    const Rows rows = db.query(
        u"SELECT r.id, r.tz, r.made_until, r.made_variants, r.variant_id, (SELECT COUNT(*) FROM variant v WHERE v.product_id = r.product_id AND v.enabled = 1) "
        "FROM slot_rule r JOIN product p ON p.id = r.product_id WHERE r.active = 1 AND p.status <> 'archived' AND (r.made_until IS NULL OR r.made_until < ? OR r.variant_id IS NULL) "
        "ORDER BY r.id"_s,
        {latest});
    std::vector<SlotRuleId> out;
    for (const Row& row : rows) {
        const QString horizon = horizonOf(now, QTimeZone(row.text(1).toLatin1()), horizonDays).toString(Qt::ISODate);
        if (row.isNull(2) || row.text(2) < horizon || (row.isNull(4) && row.integer(3) != row.integer(5)))
            out.push_back(row.id<SlotRuleId>(0));
    }
    return out;
}

int workOffRule(Txn& txn, SlotRuleId id, int horizonDays)
{
    const View view = payloadView(txn.now());
    const SlotRule stands = bareRule(lockRule(txn.db(), view, id));
    if (!stands.active)
        return 0;
    const PlannedRule rule = checkedAgain(txn.db(), view, stands, draftOf(stands));
    const RulePlan plan = planRule(txn.db(), rule, txn.now(), horizonDays, true);
    const auto before = plan.made.size();
    if (!plan.makesNothing())
        carryOut(txn, rule, plan, PlanScope::Missing, BookedSlots::Keep, u"slot rule"_s);
    noteMade(txn, id, plan);
    return static_cast<int>(before);
}

} // namespace naru::server
