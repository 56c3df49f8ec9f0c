// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Page.h"
#include "ui/reservations/ReservationMonitorController.h"
#include "ui/widgets/Widgets.h"

#include <QTimer>

namespace naru::ui {

class CapacitySheet;
class DoctorCard;
class HoldsCard;
class LedgerCard;
class OccupancyView;
class QueueCard;
class SlotPane;
class TicketsCard;
class WaitlistCard;

// The reservation monitor: calendar of occupancy, open holds, the live queue; at its right, in place of the requests, the waiting
// list of a slot or the rows behind its figure. UI thread; owned by the frame.
class ReservationMonitorPage : public Page {
    Q_OBJECT
public:
    ReservationMonitorPage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~ReservationMonitorPage() override;

    QString title() const override;
    QString subtitle() const override;
    QWidget* headerTools() override { return m_tools; }
    std::vector<Command> commands() override;
    void activate() override;
    void focusSearch() override;
    void openRecord(const QString& entityType, const QString& entityId) override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildTools();
    QWidget* buildCalendar();
    QWidget* buildSide();
    void connectSide();
    void connectAll();
    void retranslate();
    void syncOccupancy();
    void syncSlot();
    void syncStats();
    void syncAccess();
    void syncBanner();
    void openSlot(const QModelIndex& index);
    void openSlotOf(ItemId item);
    void closeSlot();
    bool wantSlot(); // opens the slot under the cursor, unless one is open
    void askCapacity(CapacityAction action);
    void showWaiting();
    void showLedger();
    void showBookings();
    void showSide(QWidget* card);
    void setAxis(models::OccupancyAxis axis);
    void setBy(OccupancyBy by);
    void keepCursor(const std::function<void()>& layOut);
    void wantRules();
    bool letterPressed(int sign);

    backend::Backend& m_backend;
    ReservationMonitorController m_controller;
    const Clock& m_clock;
    QWidget* m_tools;
    SearchField* m_search;
    Card* m_calendar;
    OccupancyView* m_grid;
    StatePane* m_pane;
    TextLabel* m_range;
    KeyButton* m_earlier;
    KeyButton* m_later;
    KeyButton* m_today;
    TextLabel* m_notice; // old figures: how old and why
    SlotPane* m_slot;
    CapacitySheet* m_capacity;
    Segments* m_axis;
    Segments* m_by;
    KeyButton* m_adjust;
    TextLabel* m_banner; // the allocator stands still
    QStackedWidget* m_side;
    WaitlistCard* m_waiting;
    LedgerCard* m_ledger;
    DoctorCard* m_doctor;
    QPersistentModelIndex m_openCell;
    std::optional<ItemId> m_openItem; // found again after rows are laid out anew
    HoldsCard* m_holds;
    QueueCard* m_queue;
    TicketsCard* m_tickets;
    QTimer m_filterTimer;
    bool m_loaded = false;
};

} // namespace naru::ui
