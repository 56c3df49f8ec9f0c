// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "MonitorData.h"

#include "core/Cancellation.h"
#include "core/SlotRules.h"
#include "core/StockLedger.h"
#include "core/Waitlist.h"

// A booking, its price of cancelling, a rule and a ledger as the screens may see them.
namespace naru::test {

inline Reservation sampleReservation(Instant now, std::uint64_t n = 1, ReservationStatus status = ReservationStatus::Confirmed)
{
    Reservation r;
    r.id = idOf<ReservationId>(n);
    r.code = u"R-%1"_s.arg(7000 + n);
    r.customerName = u"이서준"_s;
    r.title = u"선셋 요트 90분 11/28 17:30"_s;
    r.status = status;
    r.qty = 2;
    r.total = {120'000, u"KRW"_s};
    r.confirmedAt = now - 2h;
    r.createdAt = now - 2h;
    r.version = 3;
    ReservationLine line;
    line.itemId = idOf<ItemId>(500);
    line.slotId = idOf<SlotId>(500);
    line.title = r.title;
    line.qty = 2;
    line.unitPriceMinor = 60'000;
    r.lines = {line};
    return r;
}

inline ReservationDetail sampleDetail(const Reservation& r, Instant now)
{
    ReservationDetail d;
    d.reservation = r;
    d.policy.code = u"standard"_s;
    d.policy.revision = 3;
    d.policy.noShowFeeBps = 10'000;
    d.policy.tiers = {{72, 10'000, 0, {}}, {24, 5'000, 0, {}}};
    d.noShowFee = {120'000, u"KRW"_s};
    d.paid = {120'000, u"KRW"_s};
    ReservationPiece piece;
    piece.itemId = idOf<ItemId>(500);
    piece.slotId = idOf<SlotId>(500);
    piece.title = r.title;
    piece.startsAt = now + 144h;
    piece.endsAt = now + 146h;
    piece.qty = 2;
    piece.unitPriceMinor = 60'000;
    d.pieces = {piece};
    ReservationPayment payment;
    payment.provider = u"toss"_s;
    payment.status = PaymentStatus::Captured;
    payment.captured = {120'000, u"KRW"_s};
    d.payments = {payment};
    HistoryEntry entry;
    entry.at = now - 2h;
    entry.action = u"reservation.confirmed"_s;
    entry.fromState = u"pending"_s;
    entry.toState = u"confirmed"_s;
    entry.actorRole = u"system"_s;
    d.history = {entry};
    return d;
}

inline CancellationQuote sampleQuote(const Reservation& r, Instant now, std::int64_t refund = 120'000)
{
    CancellationQuote q;
    q.reservationId = r.id;
    q.reservationVersion = r.version;
    q.asOf = now;
    q.total = r.total;
    q.paid = {120'000, u"KRW"_s};
    q.refund = {refund, u"KRW"_s};
    q.fee = {120'000 - refund, u"KRW"_s};
    q.refundBps = static_cast<int>(refund / 12);
    q.startsAt = now + 144h;
    q.steps = {{std::nullopt, 10'000, 120'000, 120'000, true}, {now + 72h, 5'000, 60'000, 60'000, false}, {now + 120h, 0, 0, 0, false}};
    q.nextStepAt = now + 72h;
    q.nextInLine = {{idOf<ItemId>(500), 3, 2}};
    return q;
}

inline StockLevel sampleLevel(ItemId item)
{
    StockLevel level;
    level.id = item;
    level.kind = StockKind::Capacity;
    level.productId = idOf<ProductId>(3);
    level.variantId = idOf<VariantId>(3);
    level.slotId = idOf<SlotId>(500);
    level.onHand = 24;
    level.allocated = 19;
    level.held = 1;
    level.version = 5;
    return level;
}

inline SlotRule sampleRule(std::uint64_t n = 1)
{
    SlotRule rule;
    rule.id = idOf<SlotRuleId>(n);
    rule.productId = idOf<ProductId>(3);
    rule.title = u"선셋 요트 90분"_s;
    rule.rrule = u"FREQ=WEEKLY;BYDAY=FR,SA"_s;
    rule.summary.frequency = RuleFrequency::Weekly;
    rule.summary.weekdays = {{5, 0}, {6, 0}};
    rule.tz = u"Asia/Seoul"_s;
    rule.startLocal = u"17:30"_s;
    rule.durationMin = 90;
    rule.capacity = 24;
    rule.validFrom = u"2026-11-01"_s;
    rule.upcomingSlots = 17;
    rule.version = 2;
    return rule;
}

} // namespace naru::test
