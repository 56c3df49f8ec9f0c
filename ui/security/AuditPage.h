// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Page.h"
#include "ui/security/AuditController.h"
#include "ui/security/FailureLine.h"

#include <QTimer>

class QComboBox;

namespace naru::ui {

class AuditDetail;
class AuditTableView;
class InlineSheet;

// The audit log: who did what to what and when, from what to what, newest first and live while its top is shown; whether the chain of hashes is
// unbroken; all of it to a file for other programs. UI thread; owned by the frame.
class AuditPage : public Page {
    Q_OBJECT
public:
    AuditPage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~AuditPage() override;

    QString title() const override;
    QString subtitle() const override;
    QWidget* headerTools() override { return m_tools; }
    std::vector<Command> commands() override;
    void activate() override;
    void focusSearch() override;
    // "audit_of", "vendor_order/01H…": the lines of one thing.
    void openRecord(const QString& entityType, const QString& entityId) override;
    AuditController& controller() { return m_controller; }
    AuditTableView& table() { return *m_table; }
    AuditDetail& detail() { return *m_detail; }
    InlineSheet& sheet() { return *m_sheet; }
    FailureLine& failure() { return *m_failure; }
    QString chainText() const { return m_chain->text(); }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void connectAll();
    void retranslate();
    void sync();
    void syncChain();
    void syncTail();
    void askExport();
    void confirmed(const QString& purpose, const QStringList& values);

    const Clock& m_clock;
    AuditController m_controller;
    QWidget* m_tools;
    SearchField* m_search;
    Segments* m_period;
    KeyButton* m_export;
    Card* m_card;
    ChipLabel* m_tail;
    QComboBox* m_kinds;
    ChipLabel* m_chainState;
    TextLabel* m_chain;
    KeyButton* m_check;
    FailureLine* m_failure;
    InlineSheet* m_sheet;
    AuditTableView* m_table;
    StatePane* m_pane;
    AuditDetail* m_detail;
    QString m_exportPath; // being asked about
    QTimer m_typing;
    bool m_loaded = false;
};

} // namespace naru::ui
