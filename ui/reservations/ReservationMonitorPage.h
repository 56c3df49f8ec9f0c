// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Page.h"
#include "ui/reservations/ReservationMonitorController.h"
#include "ui/widgets/Widgets.h"

#include <QTimer>

namespace naru::ui {

class HoldsCard;
class OccupancyView;
class QueueCard;
class SlotPane;
class TicketsCard;

// The reservation monitor: calendar of occupancy, open holds, the live queue. UI thread; owned by the frame.
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
    QWidget* buildCalendar();
    void connectAll();
    void retranslate();
    void syncOccupancy();
    void syncSlot();
    void syncStats();
    void openSlot(const QModelIndex& index);
    void closeSlot();

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
    QPersistentModelIndex m_openCell;
    HoldsCard* m_holds;
    QueueCard* m_queue;
    TicketsCard* m_tickets;
    QTimer m_filterTimer;
    bool m_loaded = false;
};

} // namespace naru::ui
