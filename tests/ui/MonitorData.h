// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/Home.h"
#include "core/Reservations.h"

#include <QDateTime>
#include <cmath>

// A Sunday in November as the monitor and the home screen may see it. For the tests of screens and their pictures.
namespace naru::test {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

template <class AnyId> AnyId idOf(std::uint64_t n) { return AnyId{Id128::make(1'790'000'000'000, 0, n)}; }

class SundayClock final : public Clock {
public:
    Instant now() const override { return fromUnixMs(1'795'324'800'000) + m_ahead; } // 2026-11-22 14:20 … in Seoul
    Millis steady() const override { return 1'000'000ms + m_ahead; }
    void advance(Millis by) { m_ahead += by; }

private:
    Millis m_ahead{0};
};

inline std::vector<OccupancyRow> sampleRows(const QDate& from, int days)
{
    struct Kind {
        const char16_t* title;
        const char16_t* label;
        int capacity;
    };
    static constexpr Kind kinds[] = {{u"달빛 한옥 · 별채", u"숙박", 1}, {u"달빛 한옥 · 사랑방", u"숙박", 2}, {u"선셋 요트 90분", u"17:30", 24}, {u"선셋 요트 90분", u"19:00", 24},
        {u"원데이 도마 만들기", u"10:00", 8}, {u"원데이 도마 만들기", u"14:00", 8}, {u"물레 체험", u"11:00", 6}, {u"한라 캠핑 · A구역", u"숙박", 30}, {u"한라 캠핑 · B구역", u"숙박", 30},
        {u"해녀 식사와 이야기", u"12:00", 16}, {u"별빛 천문대", u"20:00", 40}};
    std::vector<OccupancyRow> rows;
    std::uint64_t n = 0;
    for (const auto& kind : kinds) {
        ++n;
        OccupancyRow row;
        row.productId = idOf<ProductId>(n);
        row.variantId = idOf<VariantId>(n);
        row.title = QString::fromUtf16(kind.title);
        row.label = QString::fromUtf16(kind.label);
        for (int day = 0; day < days; ++day) {
            OccupancyCell cell;
            const auto date = from.addDays(day);
            cell.date = date.toString(Qt::ISODate);
            cell.itemId = idOf<ItemId>(n * 1000 + static_cast<std::uint64_t>(date.dayOfYear()));
            const bool none = n == 10 && date.dayOfWeek() == Qt::Monday;
            cell.slotCount = none ? 0 : 1;
            cell.capacity = kind.capacity;
            const double wish = 1.05 - 0.06 * day + 0.12 * std::sin(static_cast<double>(n * 7 + static_cast<std::uint64_t>(day) * 3));
            const auto taken = std::clamp<std::int64_t>(std::llround(wish * kind.capacity), 0, kind.capacity);
            cell.held = taken > 2 && day % 3 == 0 ? 1 : 0;
            cell.allocated = taken - cell.held;
            cell.overbook = n == 3 && day == 5 ? 2 : 0;
            cell.closed = n == 11 && day == 2;
            row.cells.push_back(cell);
        }
        rows.push_back(row);
    }
    return rows;
}

inline std::vector<Hold> sampleHolds(Instant now)
{
    const auto hold = [now](std::uint64_t n, const char16_t* title, int qty, Millis left) {
        Hold h;
        h.id = idOf<HoldId>(n);
        h.title = QString::fromUtf16(title);
        h.qty = qty;
        h.customerName = u"이서준"_s;
        h.createdAt = now + left - 10min;
        h.expiresAt = now + left;
        h.maxUntil = now + 20min;
        h.version = 3;
        return h;
    };
    return {hold(1, u"선셋 요트 90분 11/27 17:30", 2, 41s), hold(2, u"원데이 도마 11/23 14:00", 1, 3min + 5s), hold(3, u"한옥 별채 11/28–30", 1, 7min + 15s), hold(4, u"물레 체험 11/25 11:00", 4, 9min + 42s)};
}

inline std::vector<Ticket> sampleTickets(Instant now)
{
    std::vector<Ticket> list;
    const auto add = [&](std::uint64_t n, const char16_t* title, int qty, TicketStatus status, std::optional<Refusal> refusal = {}, int position = 0) {
        Ticket t;
        t.id = idOf<TicketId>(88400 + n);
        t.code = u"T-%1"_s.arg(88400 + n);
        t.title = QString::fromUtf16(title);
        t.customerName = u"박도윤"_s;
        t.qty = qty;
        t.status = status;
        t.refusal = refusal;
        t.position = position;
        t.enqueuedAt = now - 40s;
        if (status != TicketStatus::Waitlisted)
            t.finishedAt = t.enqueuedAt + 6ms;
        if (status == TicketStatus::Held)
            t.expiresAt = now + 9min + 42s;
        if (refusal == Refusal::SoldOut)
            t.refusedItem = idOf<ItemId>(1000 + 333);
        t.version = 2;
        list.push_back(t);
    };
    add(12, u"달빛 한옥 11/28 외 1박", 1, TicketStatus::Confirmed);
    add(11, u"한옥 별채 2박", 1, TicketStatus::Rejected, Refusal::SoldOut);
    add(10, u"선셋 요트 2명", 2, TicketStatus::Held);
    add(9, u"물레 체험 4명", 4, TicketStatus::Confirmed);
    add(8, u"선셋 요트 6명", 6, TicketStatus::Waitlisted, {}, 3);
    add(7, u"한라 캠핑 A 2박", 2, TicketStatus::Confirmed);
    add(6, u"원데이 도마 1명", 1, TicketStatus::Held);
    add(5, u"선셋 요트 9명", 9, TicketStatus::Rejected, Refusal::LimitPerCustomer);
    add(4, u"별빛 천문대 2명", 2, TicketStatus::Confirmed);
    add(3, u"해녀 식사 3명", 3, TicketStatus::Confirmed);
    return list;
}

inline QueueStats sampleStats()
{
    QueueStats s;
    s.arrivalsPerSecond = 420;
    s.decisionsPerSecond = 420;
    s.waitP50Ms = 2;
    s.waitP95Ms = 6;
    s.openHolds = 4;
    s.confirmedToday = 1284;
    s.cancelledToday = 37;
    for (int i = 0; i < 180; ++i)
        s.series.push_back(40 + 380 * std::exp(-std::pow((i - 76) / 14.0, 2)) + 60 * std::exp(-std::pow((i - 110) / 30.0, 2)));
    return s;
}

inline HomeSummary sampleHome(Instant now)
{
    HomeSummary s;
    const auto item = [&](AttentionKind kind, Severity severity, const char16_t* title, const char16_t* detail, const char16_t* type, std::uint64_t n, std::optional<Millis> left) {
        Attention a;
        a.kind = kind;
        a.severity = severity;
        a.title = QString::fromUtf16(title);
        a.detail = QString::fromUtf16(detail);
        a.entityType = QString::fromUtf16(type);
        a.entityId = Id128::make(1, 0, n).toString();
        if (left)
            a.dueAt = now + *left;
        s.attention.push_back(a);
    };
    item(AttentionKind::AcceptDue, Severity::Danger, u"VO-20418 전기차 24시간", u"남산 티룸 · ₩129,000", u"vendor_order", 1, 4min);
    item(AttentionKind::AcceptDue, Severity::Warning, u"VO-20419 한라봉 3kg", u"달빛 한옥 · ₩24,000", u"vendor_order", 2, 12min);
    item(AttentionKind::HoldExpiring, Severity::Warning, u"선셋 요트 90분 11/27 17:30", u"이서준 · 2명 점유", u"hold", 3, 41s);
    item(AttentionKind::ShipDue, Severity::Warning, u"VO-20431 노지 감귤 5kg", u"제주 감귤원 · ₩32,000", u"vendor_order", 4, -5min);
    item(AttentionKind::ReviewWaiting, Severity::Info, u"우전 녹차 80g", u"남산 티룸", u"product", 5, std::nullopt);
    item(AttentionKind::LowStock, Severity::Info, u"캠핑 의자 올리브", u"한라 캠핑 · 재고 2개", u"product", 6, std::nullopt);
    s.attentionTotal = 11;
    s.ordersToday = 143;
    s.ordersYesterdayByNow = 128;
    s.revenueToday = {7'412'000, u"KRW"_s};
    s.revenueYesterdayByNowMinor = 7'890'000;
    s.reservationsToday = 1284;
    s.openHolds = 4;
    s.awaitingAcceptance = 23;
    s.activeProducts = 412;
    for (int h = 0; h < 24; ++h)
        s.ordersByHour.push_back({QString::number(h), h <= 14 ? std::round(2 + 14 * std::exp(-std::pow((h - 11) / 3.5, 2))) : 0});
    for (int d = 0; d < 30; ++d)
        s.revenueByDay.push_back({QDate(2026, 10, 24).addDays(d).toString(u"M/d"_s), 6'000'000 + 2'400'000 * std::sin(d * 0.9) + d * 60'000});
    for (int d = 0; d < 14; ++d)
        s.occupancyByDay.push_back({QDate(2026, 11, 22).addDays(d).toString(u"M/d"_s), 92 - d * 4.5 + 5 * std::sin(d * 2.0)});
    return s;
}

} // namespace naru::test
