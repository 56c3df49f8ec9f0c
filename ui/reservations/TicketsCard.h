// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "ui/reservations/ReservationMonitorController.h"
#include "ui/widgets/Widgets.h"

#include <QListView>
#include <QTimer>

namespace naru::ui {

// Card "live requests": the latest tickets with their decision. While the list has the focus or the pointer its rows stand
// still; a line above says how many wait. The selected one is explained below, a refusal with what can be done.
// UI thread; child of the monitor page.
class TicketsCard : public Card {
    Q_OBJECT
public:
    TicketsCard(ReservationMonitorController& controller, const Clock& clock, QWidget* parent = nullptr);
    void retranslate();
    QListView& list() { return *m_list; }
    ChipSpec chipFor(const Ticket& ticket) const;
    QString explain(const Ticket& ticket) const;
    void showWaiting();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void syncStatus();
    void syncWaiting();
    void syncDetail();
    void syncPause();

    ReservationMonitorController& m_controller;
    const Clock& m_clock;
    QListView* m_list;
    StatePane* m_pane;
    KeyButton* m_fresh;
    QWidget* m_detail;
    TextLabel* m_detailTitle;
    TextLabel* m_detailText;
    QTimer m_second;
};

} // namespace naru::ui
