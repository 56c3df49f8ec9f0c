// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/thread/Dispatcher.h"

// The services around a booking as the windows see them: cancelling and moving, waiting lists and draws, slot rules, the stock
// doctor. Each method makes a request value and files it. UI thread, owned by ThreadedBackend.
namespace naru::backend {

class CancellationFacade final : public CancellationService {
    Q_OBJECT
public:
    explicit CancellationFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    CallId reservations(const ReservationFilter& filter, Reply<Page<Reservation>> reply) override;
    CallId detail(ReservationId id, Reply<ReservationDetail> reply) override;
    CallId cancellationQuote(ReservationId id, Reply<CancellationQuote> reply) override;
    CallId cancel(ReservationId id, std::int64_t version, const CancelRequest& request, Reply<Reservation> reply) override;
    CallId declineCancellation(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply) override;
    CallId moveQuote(ReservationId id, const std::vector<TicketLine>& lines, Reply<MoveQuote> reply) override;
    CallId move(ReservationId id, std::int64_t version, const MoveRequest& request, Reply<Reservation> reply) override;
    CallId checkIn(ReservationId id, std::int64_t version, Reply<Reservation> reply) override;
    CallId undoCheckIn(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply) override;
    CallId markNoShow(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply) override;
    CallId complete(ReservationId id, std::int64_t version, Reply<Reservation> reply) override;
    CallId policies(Reply<Page<CancellationPolicy>> reply) override;
    CallId policy(PolicyId id, Reply<CancellationPolicy> reply) override;
    CallId savePolicy(const NewPolicy& policy, Reply<CancellationPolicy> reply) override;
    CallId policyOfProduct(ProductId id, Reply<CancellationPolicy> reply) override;
    CallId choosePolicy(ProductId id, std::int64_t productVersion, const QString& code, Reply<CancellationPolicy> reply) override;
    CallId refunds(std::optional<RefundStatus> status, const QString& after, Reply<Page<Refund>> reply) override;
    CallId approveRefund(RefundId id, std::int64_t version, Reply<Refund> reply) override;
    CallId rejectRefund(RefundId id, std::int64_t version, const QString& reason, Reply<Refund> reply) override;

private:
    CallId change(ReservationId id, const char16_t* what, std::int64_t version, const QString& reason, Reply<Reservation> reply);
    Dispatcher& m_dispatcher;
};

class WaitlistFacade final : public WaitlistService {
    Q_OBJECT
public:
    explicit WaitlistFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    CallId entries(const WaitlistQuery& query, Reply<Page<WaitlistEntry>> reply) override;
    CallId waitingSlots(Reply<Page<WaitlistSlot>> reply) override;
    CallId join(const NewWaitlistEntry& entry, Reply<WaitlistEntry> reply) override;
    CallId withdraw(WaitlistEntryId id, std::int64_t version, const QString& reason, Reply<WaitlistEntry> reply) override;
    CallId accept(WaitlistEntryId id, std::int64_t version, Reply<WaitlistEntry> reply) override;
    CallId openings(const OpeningQuery& query, Reply<Page<Opening>> reply) override;
    CallId plan(const NewOpening& opening, Reply<Opening> reply) override;
    CallId cancelOpening(OpeningId id, std::int64_t version, const QString& reason, Reply<Opening> reply) override;
    CallId bookingTerms(ProductId product, Reply<BookingTerms> reply) override;
    CallId setBookingTerms(ProductId product, std::int64_t version, const BookingTermsPatch& terms, Reply<BookingTerms> reply) override;

private:
    Dispatcher& m_dispatcher;
};

class SlotFacade final : public SlotService {
    Q_OBJECT
public:
    explicit SlotFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    CallId slotList(const SlotAsk& ask, Reply<Page<Slot>> reply) override;
    CallId rules(const SlotRuleAsk& ask, Reply<Page<SlotRule>> reply) override;
    CallId rule(SlotRuleId id, Reply<SlotRule> reply) override;
    CallId preview(const RulePreviewAsk& ask, Reply<RulePreview> reply) override;
    CallId createRule(const NewSlotRule& rule, Reply<SlotRule> reply) override;
    CallId patchRule(SlotRuleId id, std::int64_t version, const SlotRulePatch& patch, Reply<RuleOutcome> reply) override;
    CallId endRule(SlotRuleId id, std::int64_t version, const SlotRuleEnd& end, Reply<RuleOutcome> reply) override;
    CallId changeCapacity(const CapacityChange& change, Reply<CapacityOutcome> reply) override;

private:
    Dispatcher& m_dispatcher;
};

class StockFacade final : public StockService {
    Q_OBJECT
public:
    explicit StockFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    CallId level(ItemId item, Reply<StockLevel> reply) override;
    CallId ledger(ItemId item, const QString& after, int limit, Reply<Page<LedgerEntry>> reply) override;
    CallId examine(Reply<DoctorReport> reply) override;
    CallId repair(ItemId item, std::int64_t version, const StockRepair& repair, Reply<StockLevel> reply) override;

private:
    Dispatcher& m_dispatcher;
};

} // namespace naru::backend
