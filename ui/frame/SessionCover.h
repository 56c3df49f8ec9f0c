// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Overlay.h"
#include "ui/signin/ErrorLine.h"
#include "ui/signin/SignInTalk.h"

namespace naru::ui {

// Over the whole window once the session has ended: hides the data, says why, lets the same person sign in again in place, with all
// that a sign-in may ask. What lies below stays as it was. Also before the end, on the person's own wish. UI thread; child of the window.
class SessionCover : public Overlay {
    Q_OBJECT
public:
    SessionCover(SignInController& controller, QWidget* parent);
    // hours: the longest time of one session, for ExpiredAbsolute; 0: not known.
    void cover(const SessionEnded& how, const SessionInfo& who, const QPixmap& below, int hours);
    void coverEarly(const SessionInfo& who, const QPixmap& below); // the session lives: sign in again or later
    void setDrafts(int changes); // edits kept, in the words
    bool isEarly() const { return m_early; }
    const SessionInfo& who() const { return m_who; }
    QString sentence() const { return m_sentence->accessibleName(); }
    QString detail() const { return m_detail->isHidden() ? QString() : m_detail->text(); }

Q_SIGNALS:
    void otherAccountWanted();
    void quitWanted();

protected:
    void changeEvent(QEvent* e) override;
    void paintEvent(QPaintEvent*) override;
    void enterPressed() override;
    void escapePressed() override;

private:
    enum class Report { None, Asking, Sending, Done };
    void begin(const QPixmap& below);
    QWidget* buildForm();
    void retranslate();
    QString headline() const;
    QString reasons() const;
    QString kept() const;
    void nameButtons();
    void pressSecond();
    void pressThird();
    void refresh();
    void submit();
    void focusPanel();
    void askReport();
    void report();
    bool isMismatched() const; // ended because key and session no longer fit (D9)
    SignInController& m_controller;
    SessionEnded m_how;
    SessionInfo m_who;
    bool m_early = false;
    int m_drafts = 0;
    int m_hours = 0;
    Report m_report = Report::None;
    QString m_reportError;
    std::optional<Error> m_said;
    QPixmap m_blurred;
    TextLabel* m_sentence;
    TextLabel* m_detail;
    QWidget* m_form;
    SignInTalk* m_talk;
    TalkPanel* m_notMe;
    QLineEdit* m_account;
    QLineEdit* m_secret;
    ErrorLine* m_error;
    KeyButton* m_again;
    KeyButton* m_second;
    KeyButton* m_third;
    TextLabel* m_hint;
};

} // namespace naru::ui
