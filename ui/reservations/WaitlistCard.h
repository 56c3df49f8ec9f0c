// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"
#include "models/reservations/Records.h"
#include "ui/reservations/LineList.h"
#include "ui/widgets/Widgets.h"

#include <QTimer>

namespace naru::ui {

class FormEditor;

// Card "waiting list" of one slot, in the order of service: who, how many, offered until when, how often passed over. An offer can be
// confirmed for the customer (A), a party can be taken off (X) after a question in the card. UI thread; child of the monitor
// page.
class WaitlistCard : public Card {
    Q_OBJECT
public:
    WaitlistCard(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~WaitlistCard() override;
    void showSlot(ItemId item, const QString& name);
    void setWritable(bool writable);
    void retranslate();
    LineList& list() { return *m_list; }
    models::WaitlistModel& entries() { return m_entries; }
    void withdrawCurrent();
    void acceptCurrent();
    void read();

Q_SIGNALS:
    void closeWanted();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    ListLine lineOf(const WaitlistEntry& entry) const;
    const WaitlistEntry* current() const;
    void take(const std::vector<WaitlistEntry>& changed);
    void syncState();
    void syncActions();
    void finish(Result<WaitlistEntry> answer);
    void say(const QString& text, TextLabel::Level level);
    void closeQuestion();
    void keepForm();

    backend::Backend& m_backend;
    const Clock& m_clock;
    models::WaitlistModel m_entries;
    ItemId m_item;
    QString m_name;
    LineList* m_list;
    StatePane* m_pane;
    KeyButton* m_accept;
    KeyButton* m_withdraw;
    KeyButton* m_close;
    QWidget* m_question;
    QLineEdit* m_reason;
    FormEditor* m_editor = nullptr;
    KeyButton* m_yes;
    TextLabel* m_message;
    QTimer m_second;
    std::optional<Error> m_error;
    bool m_loading = false;
    bool m_writable = false;
    bool m_busy = false;
};

} // namespace naru::ui
