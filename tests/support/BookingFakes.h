// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/Script.h"

// The services around a booking without thread or network: the test decides what is answered and when, and sees what was
// asked. UI thread; members of the fake backends.
namespace naru::test {

class FakeCancellations final : public backend::CancellationService {
public:
    FakeCancellations();
    ~FakeCancellations() override;
    using Version = std::int64_t;
    backend::CallId reservations(const ReservationFilter& f, backend::Reply<Page<Reservation>> r) override { m_filter = f; return m_lists.take(++m_last, std::move(r)); }
    backend::CallId detail(ReservationId id, backend::Reply<ReservationDetail> r) override { m_asked = id; return m_details.take(++m_last, std::move(r)); }
    backend::CallId cancellationQuote(ReservationId, backend::Reply<CancellationQuote> r) override { return m_quotes.take(++m_last, std::move(r)); }
    backend::CallId cancel(ReservationId, Version v, const CancelRequest& c, backend::Reply<Reservation> r) override { m_version = v; m_cancel = c; return write("cancel", std::move(r)); }
    backend::CallId declineCancellation(ReservationId, Version v, const QString& why, backend::Reply<Reservation> r) override { m_version = v; m_reason = why; return write("decline", std::move(r)); }
    backend::CallId moveQuote(ReservationId, const std::vector<TicketLine>& l, backend::Reply<MoveQuote> r) override { m_lines = l; return m_moveQuotes.take(++m_last, std::move(r)); }
    backend::CallId move(ReservationId, Version v, const MoveRequest& m, backend::Reply<Reservation> r) override { m_version = v; m_move = m; return write("move", std::move(r)); }
    backend::CallId checkIn(ReservationId, Version v, backend::Reply<Reservation> r) override { m_version = v; return write("check-in", std::move(r)); }
    backend::CallId undoCheckIn(ReservationId, Version v, const QString& why, backend::Reply<Reservation> r) override { m_version = v; m_reason = why; return write("undo", std::move(r)); }
    backend::CallId markNoShow(ReservationId, Version v, const QString& why, backend::Reply<Reservation> r) override { m_version = v; m_reason = why; return write("no-show", std::move(r)); }
    backend::CallId complete(ReservationId, Version v, backend::Reply<Reservation> r) override { m_version = v; return write("complete", std::move(r)); }
    backend::CallId policies(backend::Reply<Page<CancellationPolicy>> r) override { return m_policies.take(++m_last, std::move(r)); }
    backend::CallId policy(PolicyId, backend::Reply<CancellationPolicy> r) override { return m_policy.take(++m_last, std::move(r)); }
    backend::CallId savePolicy(const NewPolicy&, backend::Reply<CancellationPolicy> r) override { return m_policy.take(++m_last, std::move(r)); }
    backend::CallId policyOfProduct(ProductId, backend::Reply<CancellationPolicy> r) override { return m_policy.take(++m_last, std::move(r)); }
    backend::CallId choosePolicy(ProductId, Version, const QString&, backend::Reply<CancellationPolicy> r) override { return m_policy.take(++m_last, std::move(r)); }
    backend::CallId refunds(std::optional<RefundStatus>, const QString&, backend::Reply<Page<Refund>> r) override { return m_refunds.take(++m_last, std::move(r)); }
    backend::CallId approveRefund(RefundId, Version v, backend::Reply<Refund> r) override { m_version = v; return m_refund.take(++m_last, std::move(r)); }
    backend::CallId rejectRefund(RefundId, Version v, const QString& why, backend::Reply<Refund> r) override { m_version = v; m_reason = why; return m_refund.take(++m_last, std::move(r)); }

    Script<Page<Reservation>> m_lists;
    Script<ReservationDetail> m_details;
    Script<CancellationQuote> m_quotes;
    Script<MoveQuote> m_moveQuotes;
    Script<Reservation> m_writes;
    Script<Page<CancellationPolicy>> m_policies;
    Script<CancellationPolicy> m_policy;
    Script<Page<Refund>> m_refunds;
    Script<Refund> m_refund;
    ReservationFilter m_filter;
    ReservationId m_asked;
    std::vector<TicketLine> m_lines;
    CancelRequest m_cancel;
    MoveRequest m_move;
    QString m_reason;
    QByteArray m_verb; // of the last write
    Version m_version = 0;
    backend::CallId m_last = 6000;

private:
    backend::CallId write(const char* verb, backend::Reply<Reservation> r)
    {
        m_verb = verb;
        return m_writes.take(++m_last, std::move(r));
    }
};

class FakeWaitlist final : public backend::WaitlistService {
public:
    FakeWaitlist();
    ~FakeWaitlist() override;
    backend::CallId entries(const WaitlistQuery& q, backend::Reply<Page<WaitlistEntry>> r) override { m_query = q; return m_entries.take(++m_last, std::move(r)); }
    backend::CallId waitingSlots(backend::Reply<Page<WaitlistSlot>> r) override { return m_slots.take(++m_last, std::move(r)); }
    backend::CallId join(const NewWaitlistEntry&, backend::Reply<WaitlistEntry> r) override { return m_writes.take(++m_last, std::move(r)); }
    backend::CallId withdraw(WaitlistEntryId, std::int64_t v, const QString& why, backend::Reply<WaitlistEntry> r) override { m_version = v; m_reason = why; return m_writes.take(++m_last, std::move(r)); }
    backend::CallId accept(WaitlistEntryId, std::int64_t v, backend::Reply<WaitlistEntry> r) override { m_version = v; return m_writes.take(++m_last, std::move(r)); }
    backend::CallId openings(const OpeningQuery&, backend::Reply<Page<Opening>> r) override { return m_openings.take(++m_last, std::move(r)); }
    backend::CallId plan(const NewOpening&, backend::Reply<Opening> r) override { return m_opening.take(++m_last, std::move(r)); }
    backend::CallId cancelOpening(OpeningId, std::int64_t, const QString&, backend::Reply<Opening> r) override { return m_opening.take(++m_last, std::move(r)); }
    backend::CallId bookingTerms(ProductId, backend::Reply<BookingTerms> r) override { return m_terms.take(++m_last, std::move(r)); }
    backend::CallId setBookingTerms(ProductId, std::int64_t, const BookingTermsPatch&, backend::Reply<BookingTerms> r) override { return m_terms.take(++m_last, std::move(r)); }

    Script<Page<WaitlistEntry>> m_entries;
    Script<Page<WaitlistSlot>> m_slots;
    Script<WaitlistEntry> m_writes;
    Script<Page<Opening>> m_openings;
    Script<Opening> m_opening;
    Script<BookingTerms> m_terms;
    WaitlistQuery m_query;
    QString m_reason;
    std::int64_t m_version = 0;
    backend::CallId m_last = 7000;
};

class FakeSlots final : public backend::SlotService {
public:
    FakeSlots();
    ~FakeSlots() override;
    backend::CallId slotList(const backend::SlotAsk& q, backend::Reply<Page<Slot>> r) override { m_ask = q; return m_lists.take(++m_last, std::move(r)); }
    backend::CallId rules(const backend::SlotRuleAsk& q, backend::Reply<Page<SlotRule>> r) override { m_rulesAsk = q; return m_rules.take(++m_last, std::move(r)); }
    backend::CallId rule(SlotRuleId, backend::Reply<SlotRule> r) override { return m_rule.take(++m_last, std::move(r)); }
    backend::CallId preview(const RulePreviewAsk& a, backend::Reply<RulePreview> r) override { m_previewed = a; return m_previews.take(++m_last, std::move(r)); }
    backend::CallId createRule(const NewSlotRule& n, backend::Reply<SlotRule> r) override { m_created = n; return m_rule.take(++m_last, std::move(r)); }
    backend::CallId patchRule(SlotRuleId, std::int64_t, const SlotRulePatch& p, backend::Reply<backend::RuleOutcome> r) override { m_patch = p; return m_outcomes.take(++m_last, std::move(r)); }
    backend::CallId endRule(SlotRuleId, std::int64_t, const SlotRuleEnd& e, backend::Reply<backend::RuleOutcome> r) override { m_end = e; return m_outcomes.take(++m_last, std::move(r)); }
    backend::CallId changeCapacity(const CapacityChange& c, backend::Reply<backend::CapacityOutcome> r) override { m_change = c; return m_capacity.take(++m_last, std::move(r)); }

    Script<Page<Slot>> m_lists;
    Script<Page<SlotRule>> m_rules;
    Script<SlotRule> m_rule;
    Script<RulePreview> m_previews;
    Script<backend::RuleOutcome> m_outcomes;
    Script<backend::CapacityOutcome> m_capacity;
    backend::SlotAsk m_ask;
    backend::SlotRuleAsk m_rulesAsk;
    RulePreviewAsk m_previewed;
    NewSlotRule m_created;
    SlotRulePatch m_patch;
    SlotRuleEnd m_end;
    CapacityChange m_change;
    backend::CallId m_last = 8000;
};

class FakeStock final : public backend::StockService {
public:
    FakeStock();
    ~FakeStock() override;
    backend::CallId level(ItemId, backend::Reply<StockLevel> r) override { return m_levels.take(++m_last, std::move(r)); }
    backend::CallId ledger(ItemId id, const QString&, int, backend::Reply<Page<LedgerEntry>> r) override { m_item = id; return m_ledgers.take(++m_last, std::move(r)); }
    backend::CallId examine(backend::Reply<DoctorReport> r) override { return m_reports.take(++m_last, std::move(r)); }
    backend::CallId repair(ItemId id, std::int64_t v, const StockRepair& fix, backend::Reply<StockLevel> r) override { m_item = id; m_version = v; m_repair = fix; return m_levels.take(++m_last, std::move(r)); }

    Script<StockLevel> m_levels;
    Script<Page<LedgerEntry>> m_ledgers;
    Script<DoctorReport> m_reports;
    ItemId m_item;
    std::int64_t m_version = 0;
    StockRepair m_repair;
    backend::CallId m_last = 9000;
};

} // namespace naru::test
