// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bookings/BookingsController.h"
#include "ui/widgets/Widgets.h"
#include "ui/widgets/Sheet.h"
#include "ui/workspace/FormEditor.h"

class QCheckBox;

namespace naru::ui {

// What cancelling means, before the click: what comes back, the fee, who gets the seats next. A refund that changed meanwhile is
// shown anew and asked again; nothing typed is lost. UI thread; child of the booking's pane.
class CancelSheet : public Sheet {
    Q_OBJECT
public:
    explicit CancelSheet(BookingsController& controller, QWidget* parent = nullptr);
    void ask();
    void addTo(FormEditor& editor); // its fields
    void sync(); // the quote has come or changed
    void refused(const Error& error);
    void retranslate();


private:
    void confirm();
    QString nextInLine(const CancellationQuote& quote) const;

    BookingsController& m_controller;
    TextLabel* m_title;
    TextLabel* m_refund;
    TextLabel* m_fee;
    TextLabel* m_next;
    TextLabel* m_note;
    QLineEdit* m_reason;
    QLineEdit* m_grant; // staff: another amount
    QCheckBox* m_goodwill;
    TextLabel* m_message;
    KeyButton* m_yes;
    KeyButton* m_no;
    std::optional<std::int64_t> m_shown; // the refund on the screen
};

} // namespace naru::ui
