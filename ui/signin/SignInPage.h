// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/Preferences.h"
#include "ui/signin/ErrorLine.h"
#include "ui/signin/SignInTalk.h"
#include "ui/widgets/Widgets.h"

class QGridLayout;

namespace naru::ui {

// The first screen: brand, server, account and password, and on a demo server the accounts one may enter with a click; in their place
// what the sign-in asks or tells on its way.
// UI thread; child of the window.
class SignInPage : public QWidget {
    Q_OBJECT
public:
    SignInPage(SignInController& controller, Preferences& preferences, QWidget* parent = nullptr);
    void focusForm();

Q_SIGNALS:
    void settingsWanted();

protected:
    void changeEvent(QEvent* e) override;
    void paintEvent(QPaintEvent*) override;

private:
    QWidget* buildCard();
    QWidget* buildForm();
    QWidget* buildFooter();
    void retranslate();
    void refresh();
    void rebuildDemo();
    void submit();
    SignInController& m_controller;
    Preferences& m_preferences;
    QWidget* m_form;
    SignInTalk* m_talk;
    TextLabel* m_title;
    TextLabel* m_subtitle;
    TextLabel* m_server;
    ChipLabel* m_service;
    KeyButton* m_changeServer;
    TextLabel* m_loginText;
    QLineEdit* m_login;
    TextLabel* m_secretText;
    QLineEdit* m_secret;
    ErrorLine* m_error;
    KeyButton* m_enter;
    TextLabel* m_demoText;
    QWidget* m_demo;
    QGridLayout* m_demoGrid;
    std::optional<Error> m_said; // the error the person has been led back to the form for
    std::vector<DemoAccount> m_shown;
};

} // namespace naru::ui
