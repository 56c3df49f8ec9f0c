// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/BookingFacades.h"

#include "backend/thread/Assert.h"
#include "backend/thread/Requests.h"
#include "protocol/SlotRuleFields.h"
#include "protocol/StockLedgerFields.h"

namespace naru::backend {

using namespace Qt::StringLiterals;
using namespace requests;

namespace {

// What a refusal brings along, among the other members of its problem document.
struct BookedMember {
    std::vector<AffectedSlot> booked;
};
struct ImpactMember {
    CapacityImpact impact;
};
template <class V> void fields(V& v, BookedMember& x) { v("booked", x.booked); }
template <class V> void fields(V& v, ImpactMember& x) { v("impact", x.impact); }

std::any ruleDone(const protocol::json::value& body)
{
    auto rule = detail::read<SlotRule>(body);
    return rule ? Result<RuleOutcome>(RuleOutcome{std::move(*rule), {}}) : Result<RuleOutcome>(rule.error());
}

std::any ruleRefused(const Error& why, const protocol::json::value& problem)
{
    if (why.code != "slots-booked"_L1)
        return {};
    auto member = detail::read<BookedMember>(problem);
    return member ? std::any(Result<RuleOutcome>(RuleOutcome{std::nullopt, std::move(member->booked)})) : std::any();
}

std::any capacityDone(const protocol::json::value& body)
{
    auto result = detail::read<CapacityResult>(body);
    return result ? Result<CapacityOutcome>(CapacityOutcome{std::move(*result), std::nullopt}) : Result<CapacityOutcome>(result.error());
}

std::any capacityRefused(const Error& why, const protocol::json::value& problem)
{
    if (why.code != "capacity-below-sold"_L1)
        return {};
    auto member = detail::read<ImpactMember>(problem);
    return member ? std::any(Result<CapacityOutcome>(CapacityOutcome{std::nullopt, std::move(member->impact)})) : std::any();
}

Codec ruleCodec() { return {&ruleDone, &detail::failAs<RuleOutcome>, &ruleRefused}; }
Codec capacityCodec() { return {&capacityDone, &detail::failAs<CapacityOutcome>, &capacityRefused}; }

} // namespace

CallId SlotFacade::slotList(const SlotAsk& q, Reply<Page<Slot>> reply)
{
    NARU_ASSERT_UI();
    QueryItems items = QueryBuilder().id("product_id", q.productId).id("variant_id", q.variantId).text("from", q.from).text("to", q.to).text("after", q.after)
                           .number("limit", q.limit).take();
    return m_dispatcher.ask(get<Page<Slot>>(u"/v1/slots"_s, std::move(items), whole()), std::move(reply));
}

CallId SlotFacade::rules(const SlotRuleAsk& q, Reply<Page<SlotRule>> reply)
{
    NARU_ASSERT_UI();
    QueryItems items = QueryBuilder().id("product_id", q.productId).text("ended", q.endedToo ? u"1"_s : QString()).text("after", q.after).number("limit", q.limit).take();
    return m_dispatcher.ask(get<Page<SlotRule>>(u"/v1/slot-rules"_s, std::move(items), listOf(EntityKind::SlotRule, false, q.limit)), std::move(reply));
}

CallId SlotFacade::rule(SlotRuleId id, Reply<SlotRule> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<SlotRule>(at(u"/v1/slot-rules/", id), {}, whole()), std::move(reply));
}

CallId SlotFacade::preview(const RulePreviewAsk& ask, Reply<RulePreview> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<RulePreview>(Verb::Post, u"/v1/slot-rules/preview"_s, ask, std::nullopt), std::move(reply));
}

CallId SlotFacade::createRule(const NewSlotRule& rule, Reply<SlotRule> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<SlotRule>(Verb::Post, u"/v1/slot-rules"_s, rule, std::nullopt), std::move(reply));
}

CallId SlotFacade::patchRule(SlotRuleId id, std::int64_t version, const SlotRulePatch& patch, Reply<RuleOutcome> reply)
{
    NARU_ASSERT_UI();
    Request r = write<SlotRule>(Verb::Patch, at(u"/v1/slot-rules/", id), patch, version);
    r.codec = ruleCodec();
    return m_dispatcher.ask(std::move(r), std::move(reply));
}

CallId SlotFacade::endRule(SlotRuleId id, std::int64_t version, const SlotRuleEnd& end, Reply<RuleOutcome> reply)
{
    NARU_ASSERT_UI();
    Request r = write<SlotRule>(Verb::Post, at(u"/v1/slot-rules/", id) + u"/ending"_s, end, version);
    r.codec = ruleCodec();
    return m_dispatcher.ask(std::move(r), std::move(reply));
}

CallId SlotFacade::changeCapacity(const CapacityChange& change, Reply<CapacityOutcome> reply)
{
    NARU_ASSERT_UI();
    Request r = write<CapacityResult>(Verb::Post, u"/v1/slots/capacity"_s, change, std::nullopt);
    r.codec = capacityCodec();
    return m_dispatcher.ask(std::move(r), std::move(reply));
}

// The stock doctor.

CallId StockFacade::level(ItemId item, Reply<StockLevel> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<StockLevel>(at(u"/v1/stock/", item)), std::move(reply));
}

CallId StockFacade::ledger(ItemId item, const QString& after, int limit, Reply<Page<LedgerEntry>> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Page<LedgerEntry>>(at(u"/v1/stock/", item) + u"/ledger"_s, QueryBuilder().text("after", after).number("limit", limit).take(), whole()), std::move(reply));
}

CallId StockFacade::examine(Reply<DoctorReport> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<DoctorReport>(u"/v1/stock-doctor"_s, {}, whole()), std::move(reply));
}

CallId StockFacade::repair(ItemId item, std::int64_t version, const StockRepair& repair, Reply<StockLevel> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<StockLevel>(Verb::Post, at(u"/v1/stock/", item) + u"/repair"_s, repair, version), std::move(reply));
}

} // namespace naru::backend
