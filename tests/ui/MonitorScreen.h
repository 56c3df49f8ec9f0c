// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "BookingData.h"
#include "ScreenBackend.h"

#include "ui/reservations/HoldsCard.h"
#include "ui/reservations/OccupancyView.h"
#include "ui/reservations/ReservationMonitorPage.h"
#include "ui/reservations/SlotPane.h"
#include "ui/reservations/TicketsCard.h"

#include <QTest>

namespace naru::test {

inline const QDate kSunday(2026, 11, 22);

// A page on a backend that knows one Sunday.
struct MonitorScreen {
    ScreenBackend backend;
    SundayClock clock;
    std::unique_ptr<ui::ReservationMonitorPage> page;

    void open()
    {
        page = std::make_unique<ui::ReservationMonitorPage>(backend, clock);
        page->resize(1068, 718);
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
        page->activate();
    }
    void fill()
    {
        auto& r = backend.m_reservations;
        r.m_occupancy.value = sampleRows(kSunday, 14);
        r.m_tickets.value = naru::Page<Ticket>{sampleTickets(clock.now())};
        r.m_holds.value = naru::Page<Hold>{sampleHolds(clock.now())};
        r.m_stats.value = sampleStats();
    }
    ui::OccupancyView* grid() { return page->findChild<ui::OccupancyView*>(); }
    ui::HoldsCard* holds() { return page->findChild<ui::HoldsCard*>(); }
    ui::TicketsCard* tickets() { return page->findChild<ui::TicketsCard*>(); }
    ui::SlotPane* slot() { return page->findChild<ui::SlotPane*>(); }
    template <class W> W* named(const QString& name)
    {
        for (auto* widget : page->findChildren<W*>())
            if (widget->accessibleName() == name)
                return widget;
        return nullptr;
    }
    QString visibleText()
    {
        QStringList texts;
        for (auto* label : page->findChildren<QLabel*>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }
};

inline StockLevel levelOf(const OccupancyRow& row, const OccupancyCell& cell, std::int64_t allocated)
{
    StockLevel level;
    level.id = cell.itemId;
    level.kind = StockKind::Capacity;
    level.variantId = row.variantId;
    level.onHand = cell.capacity;
    level.allocated = allocated;
    level.version = 9;
    return level;
}

} // namespace naru::test
