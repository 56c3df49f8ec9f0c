// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "ui/reservations/ReservationMonitorController.h"
#include "ui/widgets/Widgets.h"

#include <QListView>
#include <QTimer>

namespace naru::ui {

// The list of open holds; letters and the words at the right of a row ask for something to be done with it.
class HoldsView : public QListView {
    Q_OBJECT
public:
    HoldsView(models::HoldsModel& model, const Clock& clock, QWidget* parent);
    std::optional<HoldId> currentHold() const;
    const Clock& clock() const { return m_clock; }
    models::HoldsModel& holds() const { return m_model; }
    QRect releaseArea(const QRect& row) const;
    QRect extendArea(const QRect& row) const;
    void setWritable(bool writable);
    bool writable() const { return m_writable; }

Q_SIGNALS:
    void releaseWanted(naru::HoldId id);
    void extendWanted(naru::HoldId id);
    void currentHoldChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end) override;

private:
    models::HoldsModel& m_model;
    const Clock& m_clock;
    bool m_writable = false;
};

// Card "open holds": the list with what is left of each, prolong and release. A release is asked once more in the card
// itself (Enter), because somebody loses a place by it. UI thread; child of the monitor page.
class HoldsCard : public Card {
    Q_OBJECT
public:
    HoldsCard(ReservationMonitorController& controller, const Clock& clock, QWidget* parent = nullptr);
    HoldsView& list() { return *m_list; }
    void retranslate();
    void releaseCurrent();
    void extendCurrent();
    bool canWrite() const;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildConfirm();
    void syncStatus();
    void syncAccess();
    void ask(HoldId id);
    void confirm();
    void closeConfirm(bool backToList);
    void say(const QString& text, TextLabel::Level level);

    ReservationMonitorController& m_controller;
    HoldsView* m_list;
    StatePane* m_pane;
    KeyButton* m_extend;
    KeyButton* m_release;
    QWidget* m_confirm = nullptr;
    TextLabel* m_question = nullptr;
    QLineEdit* m_reason = nullptr;
    KeyButton* m_yes = nullptr;
    KeyButton* m_no = nullptr;
    TextLabel* m_message;
    std::optional<HoldId> m_asked;
    QTimer m_second;
};

} // namespace naru::ui
