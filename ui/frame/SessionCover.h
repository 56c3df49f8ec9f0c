// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Overlay.h"
#include "ui/signin/SignInController.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

// Over the whole window once the session has ended: hides the data, says why, lets the same person sign in again in place.
// What lies below stays as it was. UI thread; child of the window.
class SessionCover : public Overlay {
    Q_OBJECT
public:
    SessionCover(SignInController& controller, QWidget* parent);
    void cover(const SessionEnded& how, const SessionInfo& who, const QPixmap& below);
    const SessionInfo& who() const { return m_who; }
    QString sentence() const { return m_sentence->accessibleName(); }

Q_SIGNALS:
    void otherAccountWanted();
    void quitWanted();

protected:
    void changeEvent(QEvent* e) override;
    void paintEvent(QPaintEvent*) override;

private:
    void retranslate();
    void refresh();
    void submit();
    SignInController& m_controller;
    SessionEnded m_how;
    SessionInfo m_who;
    QPixmap m_blurred;
    TextLabel* m_sentence;
    TextLabel* m_detail;
    QLineEdit* m_account;
    QLineEdit* m_secret;
    TextLabel* m_error;
    KeyButton* m_again;
    KeyButton* m_other;
    KeyButton* m_quit;
    TextLabel* m_hint;
};

} // namespace naru::ui
