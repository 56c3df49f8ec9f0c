// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "ui/reservations/LineList.h"
#include "ui/security/FailureLine.h"
#include "ui/security/OwnSecurityController.h"

namespace naru::ui {

class InlineSheet;

// One device of one's own: how far it is trusted and why not further, and word by word what it reports of itself and to what end; rename,
// suspend, remove, approve. UI thread; child of the page.
class DevicePane : public Card {
    Q_OBJECT
public:
    DevicePane(OwnSecurityController& controller, const Clock& clock, QWidget* parent = nullptr);
    void retranslate();
    bool letterPressed(int key); // false: not one of these
    bool canPress(int key) const;
    FailureLine& failure() { return *m_failure; }
    InlineSheet& sheet() { return *m_sheet; }
    LineList& posture() { return *m_list; }

Q_SIGNALS:
    void left(); // a sheet was closed

private:
    void sync();
    void syncActions();
    void confirmed(const QString& purpose, const QStringList& values);
    OwnSecurityController& m_controller;
    const Clock& m_clock;
    models::PostureModel m_posture;
    ChipLabel* m_status;
    ChipLabel* m_tier;
    TextLabel* m_facts;
    TextLabel* m_reasons;
    TextLabel* m_reported;
    TextLabel* m_honest; // what such reports are worth
    LineList* m_list;
    KeyButton* m_approve;
    KeyButton* m_decline;
    KeyButton* m_rename;
    KeyButton* m_suspend;
    KeyButton* m_remove;
    FailureLine* m_failure;
    InlineSheet* m_sheet;
};

} // namespace naru::ui
