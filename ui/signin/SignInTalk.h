// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/TalkPanel.h"
#include "ui/signin/SignInController.h"

namespace naru::ui {

// The steps of a sign-in besides the form, for the sign-in page and for the cover (D7–D10, D13, D16, D17, D21–D23), and what support
// is told. Hidden while the form is at hand. UI thread; child of them.
class SignInTalk : public TalkPanel {
    Q_OBJECT
public:
    explicit SignInTalk(SignInController& controller, QWidget* parent = nullptr);
    bool isNeeded() const { return m_note || m_controller.step() != SignInController::Step::Form; }
    void tellSupport(const QString& what, const QString& code); // shows what to tell, to be copied
    void tellReset(); // who can reset a password

Q_SIGNALS:
    void stepped(); // another thing is shown, or nothing
    void otherMethodWanted();

protected:
    void changeEvent(QEvent* e) override;

private:
    struct Note {
        QString sentence;
        QString text;
        bool copied = false;
    };
    void refresh();
    Talk talkOfStep();
    Talk talkOfKey();
    Talk talkOfRefusal();
    Talk talkOfNote();
    Talk mismatch();
    Choice cancel();
    Choice support(const QString& what);
    void submitFactor();
    void copy(const QString& text);
    SignInController& m_controller;
    std::optional<Note> m_note;
    QString m_copied; // the code that lies on the clipboard
    bool m_settingUp = false; // asked whether this computer is to become a new one
    bool m_helping = false; // D22: how to get a keychain
    SignInController::Step m_step = SignInController::Step::Form; // shown last
};

} // namespace naru::ui
