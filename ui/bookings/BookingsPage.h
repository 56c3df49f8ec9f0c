// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "ui/bookings/BookingsController.h"
#include "ui/frame/Page.h"
#include "ui/reservations/LineList.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

class BookingPane;

// The reservations: list by state, text or slot at the left, the chosen one in detail at the right. UI thread; owned by the frame.
class BookingsPage : public Page {
    Q_OBJECT
public:
    BookingsPage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~BookingsPage() override;

    QString title() const override;
    QString subtitle() const override;
    QWidget* headerTools() override { return m_tools; }
    std::vector<Command> commands() override;
    void activate() override;
    void focusSearch() override;
    void openRecord(const QString& entityType, const QString& entityId) override;
    QJsonObject place() const override;
    void restorePlace(const QJsonObject& place) override;
    BookingsController& controller() { return m_controller; }
    BookingPane& pane() { return *m_detail; }
    LineList& list() { return *m_list; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();
    void sync();

    BookingsController m_controller;
    QWidget* m_tools;
    SearchField* m_search;
    Segments* m_show;
    Card* m_card;
    KeyButton* m_allSlots;
    LineList* m_list;
    StatePane* m_pane;
    BookingPane* m_detail;
    QTimer m_typing;
};

} // namespace naru::ui
