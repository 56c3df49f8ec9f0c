// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/ReservationMonitorPage.h"

#include <QStackedWidget>

#include "ui/reservations/CapacitySheet.h"
#include "ui/reservations/DoctorCard.h"
#include "ui/reservations/LedgerCard.h"
#include "ui/reservations/OccupancyView.h"
#include "ui/reservations/SlotPane.h"
#include "ui/reservations/TicketsCard.h"
#include "ui/reservations/WaitlistCard.h"
#include "ui/text/StateText.h"

// The chosen slot, and what opens for it below the calendar and at the right.
namespace naru::ui {
using namespace Qt::StringLiterals;

void ReservationMonitorPage::connectSide()
{
    using Controller = ReservationMonitorController;
    connect(m_axis, &Segments::currentChanged, this, [this](int at) { setAxis(at == 0 ? models::OccupancyAxis::Days : models::OccupancyAxis::Hours); });
    connect(m_by, &Segments::currentChanged, this, [this](int at) { setBy(at == 0 ? OccupancyBy::Slot : OccupancyBy::Product); });
    connect(m_adjust, &QAbstractButton::clicked, this, [this] { askCapacity(CapacityAction::Overbook); });
    connect(m_slot, &SlotPane::chosen, this, &ReservationMonitorPage::syncSlot);
    connect(m_slot, &SlotPane::productWanted, this, [this] { Q_EMIT recordWanted(u"product"_s, m_slot->product().toString()); });
    connect(m_slot, &SlotPane::rulesWanted, this, &ReservationMonitorPage::wantRules);
    connect(m_slot, &SlotPane::bookingsWanted, this, &ReservationMonitorPage::showBookings);
    connect(m_slot, &SlotPane::waitingWanted, this, &ReservationMonitorPage::showWaiting);
    connect(m_slot, &SlotPane::capacityWanted, this, [this] { askCapacity(CapacityAction::Overbook); });
    connect(m_slot, &SlotPane::ledgerWanted, this, &ReservationMonitorPage::showLedger);
    connect(m_capacity, &CapacitySheet::done, this, &ui::Page::toast);
    connect(m_capacity, &CapacitySheet::left, this, [this] {
        m_slot->setVisible(m_openCell.isValid());
        m_grid->setFocus();
    });
    connect(m_waiting, &WaitlistCard::closeWanted, this, [this] { showSide(m_tickets); });
    connect(m_ledger, &LedgerCard::closeWanted, this, [this] { showSide(m_tickets); });
    connect(m_ledger, &LedgerCard::repaired, m_doctor, &DoctorCard::check);
    connect(m_doctor, &DoctorCard::explainWanted, this, &ReservationMonitorPage::showLedger);
    connect(m_doctor, &DoctorCard::ledgerWanted, this, [this](ItemId item, const QString& name) {
        const auto* drift = m_doctor->driftOf(item);
        m_ledger->showItem(item, name, drift ? std::optional(*drift) : std::nullopt);
        showSide(m_ledger);
    });
    connect(m_doctor, &DoctorCard::reported, this, [this] {
        const auto* drift = m_doctor->driftOf(m_ledger->item());
        m_ledger->setDrift(drift ? std::optional(*drift) : std::nullopt);
    });
    connect(&m_controller, &Controller::accessChanged, this, &ReservationMonitorPage::syncAccess);
}

void ReservationMonitorPage::syncAccess()
{
    const bool online = m_controller.online();
    const bool stock = m_controller.mayChangeStock();
    const auto why = !online ? tr("Needs the server, which cannot be reached now.") : stock ? QString() : tr("Your role may look, not change.");
    m_slot->setWritable(online && stock, why);
    m_adjust->setEnabled(online && stock);
    m_adjust->setToolTip(why);
    m_waiting->setWritable(online && m_controller.mayWrite());
    m_ledger->setWritable(online && stock);
    m_doctor->setVisible(stock);
}

void ReservationMonitorPage::syncBanner()
{
    const auto since = m_controller.stoppedSince();
    m_banner->setVisible(since.has_value());
    if (since)
        m_banner->setText(tr("Nothing has been decided since %1; %n request(s) wait. Calendar, holds and details still work.", nullptr, m_controller.stats()->depth).arg(timeOfDay(*since)));
}

void ReservationMonitorPage::openSlot(const QModelIndex& index)
{
    m_openCell = index;
    if (index.isValid() && m_capacity->isOpen())
        m_capacity->leave();
    m_openItem.reset();
    syncSlot();
}

void ReservationMonitorPage::openSlotOf(ItemId item)
{
    const auto index = m_controller.occupancy().indexOf(item);
    if (!index.isValid()) {
        Q_EMIT toast(tr("This slot is not among the days shown."));
        return;
    }
    m_grid->setCurrentIndex(index);
    m_grid->scrollTo(index);
    m_slot->choose(item);
    openSlot(index);
}

void ReservationMonitorPage::syncSlot()
{
    auto& model = m_controller.occupancy();
    if (!m_openCell.isValid() && m_openItem) // laid out anew: where it is now
        m_openCell = model.indexOf(*m_openItem);
    const auto places = m_openCell.isValid() ? model.slotsAt(m_openCell.row(), m_openCell.column()) : std::vector<SlotPane::Place>{};
    m_slot->setVisible(!places.empty() && !m_capacity->isOpen());
    if (places.empty())
        return;
    m_slot->setSlots(places);
    m_openItem = m_slot->item();
}

void ReservationMonitorPage::closeSlot()
{
    const bool inside = m_slot->isAncestorOf(focusWidget());
    m_openCell = QPersistentModelIndex();
    m_openItem.reset();
    m_slot->hide();
    if (inside)
        m_grid->setFocus();
}

bool ReservationMonitorPage::wantSlot()
{
    if (m_openCell.isValid() && m_openItem)
        return true;
    const auto at = m_grid->currentIndex();
    if (at.isValid() && !m_controller.occupancy().slotsAt(at.row(), at.column()).empty()) {
        openSlot(at);
        return true;
    }
    Q_EMIT toast(tr("Choose a slot in the calendar first."));
    return false;
}

// Laying the calendar out anew takes the cursor away; it goes to where its slot stands then.
void ReservationMonitorPage::keepCursor(const std::function<void()>& layOut)
{
    auto& model = m_controller.occupancy();
    const auto at = m_grid->currentIndex();
    std::optional<ItemId> item = m_openItem;
    if (!item && at.isValid())
        if (const auto places = model.slotsAt(at.row(), at.column()); !places.empty())
            item = places.front().cell->itemId;
    layOut();
    auto now = item ? model.indexOf(*item) : QModelIndex();
    for (int row = 0; !now.isValid() && row < model.rowCount(); ++row)
        for (int column = 0; !now.isValid() && column < model.columnCount(); ++column)
            if (model.cellAt(row, column).slotCount > 0)
                now = model.index(row, column);
    if (now.isValid()) {
        m_grid->setCurrentIndex(now);
        m_grid->scrollTo(now);
    }
}

void ReservationMonitorPage::askCapacity(CapacityAction action)
{
    if (!m_adjust->isEnabled() || !wantSlot())
        return;
    m_slot->hide();
    m_capacity->ask(m_slot->item(), m_slot->name(), action);
}

void ReservationMonitorPage::showWaiting()
{
    if (!wantSlot())
        return;
    m_waiting->showSlot(m_slot->item(), m_slot->name());
    showSide(m_waiting);
    m_waiting->list().setFocus();
}

void ReservationMonitorPage::showLedger()
{
    if (!m_controller.mayChangeStock() || !wantSlot())
        return;
    const auto* drift = m_doctor->driftOf(m_slot->item());
    m_ledger->showItem(m_slot->item(), m_slot->name(), drift ? std::optional(*drift) : std::nullopt);
    showSide(m_ledger);
    m_ledger->list().setFocus();
}

void ReservationMonitorPage::showBookings()
{
    if (wantSlot())
        Q_EMIT recordWanted(u"slot_bookings"_s, m_slot->item().toString());
}

void ReservationMonitorPage::showSide(QWidget* card)
{
    const bool inside = m_side->isAncestorOf(focusWidget());
    m_side->setCurrentWidget(card);
    if (inside && card == m_tickets)
        m_grid->setFocus();
}

void ReservationMonitorPage::setAxis(models::OccupancyAxis axis)
{
    if (axis == m_controller.axis())
        return;
    keepCursor([this, axis] {
        const auto at = m_grid->currentIndex();
        if (axis == models::OccupancyAxis::Hours)
            m_controller.showHours(at.isValid() ? m_controller.occupancy().dateOf(at.column()) : m_controller.day());
        else
            m_controller.showDays();
    });
    m_grid->setFocus();
}

void ReservationMonitorPage::setBy(OccupancyBy by)
{
    m_by->setCurrent(by == OccupancyBy::Slot ? 0 : 1);
    keepCursor([this, by] { m_controller.occupancy().setBy(by); });
    syncOccupancy();
}

void ReservationMonitorPage::wantRules()
{
    Q_EMIT recordWanted(u"slot_rules"_s, m_openCell.isValid() ? m_slot->product().toString() : QString());
}

bool ReservationMonitorPage::letterPressed(int sign)
{
    switch (sign) {
    case Qt::Key_O: askCapacity(CapacityAction::Overbook); return true;
    case Qt::Key_L: showWaiting(); return true;
    case Qt::Key_E: showLedger(); return true;
    case Qt::Key_B: showBookings(); return true;
    case Qt::Key_D: setAxis(models::OccupancyAxis::Days); return true;
    case Qt::Key_H: setAxis(models::OccupancyAxis::Hours); return true;
    case Qt::Key_V: setBy(m_controller.occupancy().by() == OccupancyBy::Slot ? OccupancyBy::Product : OccupancyBy::Slot); return true;
    default: return false;
    }
}

} // namespace naru::ui
