// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "ui/frame/Page.h"
#include "ui/reservations/LineList.h"
#include "ui/security/FailureLine.h"
#include "ui/security/SessionSearchController.h"

#include <QTimer>

namespace naru::ui {

class InlineSheet;

// Sessions of other people, found by name, device or place; at the right the chosen one, its account with lock and unlock, and the account's
// devices. UI thread; owned by the frame.
class SessionSearchPage : public Page {
    Q_OBJECT
public:
    SessionSearchPage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~SessionSearchPage() override;

    QString title() const override;
    QString subtitle() const override;
    QWidget* headerTools() override { return m_tools; }
    std::vector<Command> commands() override;
    void activate() override;
    void focusSearch() override;
    void openRecord(const QString& entityType, const QString& entityId) override;
    SessionSearchController& controller() { return m_controller; }
    LineList& list() { return *m_list; }
    InlineSheet& sheet() { return *m_sheet; }
    FailureLine& failure() { return *m_failure; }

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    ListLine lineOf(int row) const;
    ListLine deviceLine(int row) const;
    QWidget* buildDetail();
    void connectAll();
    void retranslate();
    void syncList();
    void syncChosen();
    void syncActions();
    void askEnd();
    void askLock();

    const Clock& m_clock;
    SessionSearchController m_controller;
    QWidget* m_tools;
    SearchField* m_search;
    Segments* m_show;
    Card* m_card;
    LineList* m_list;
    StatePane* m_pane;
    StatePane* m_detailPane;
    Card* m_sessionCard;
    ChipLabel* m_status;
    ChipLabel* m_accountStatus;
    TextLabel* m_facts;
    KeyButton* m_end;
    KeyButton* m_lock;
    FailureLine* m_failure;
    InlineSheet* m_sheet;
    Card* m_deviceCard;
    LineList* m_devices;
    QTimer m_typing;
    bool m_loaded = false;
};

} // namespace naru::ui
