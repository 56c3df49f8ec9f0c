// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"
#include "ui/session/TalkPanel.h"

namespace naru::ui {

class NoticeBar;

// The lines below the header that speak of the session, the most urgent first and at most one of a kind: about to end (D1), read-only
// (D12), no connection (D15), sign-in service away (D14), longest time nearly over (D2). UI thread; child of the window.
class SessionBars : public QWidget {
    Q_OBJECT
public:
    static constexpr int kIdleWarning = 120, kAbsoluteWarning = 600; // seconds
    SessionBars(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    void refresh(); // once a second, and when the connection moved
    void retranslate() { refresh(); }

Q_SIGNALS:
    void signOutWanted();
    void signInNowWanted();
    void verifyWanted();
    void explanationWanted(const naru::ui::Talk& talk);

private:
    void sayIdle();
    void sayAbsolute();
    void sayRestricted();
    void sayDegraded();
    void sayOffline();
    void explainRestriction();
    void explainDegraded();
    void put(NoticeBar* bar, bool on, bool loud = false);
    backend::Backend& m_backend;
    const Clock& m_clock;
    NoticeBar* m_idle;
    NoticeBar* m_restricted;
    NoticeBar* m_offline;
    NoticeBar* m_degraded;
    NoticeBar* m_absolute;
    SessionId m_later; // of the session whose end the person wants to hear of later
    int m_saidAt = 0; // seconds left when the idle bar was last read out
};

} // namespace naru::ui
