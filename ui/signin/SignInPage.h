// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/Preferences.h"
#include "ui/signin/SignInController.h"
#include "ui/widgets/Widgets.h"

class QGridLayout;

namespace naru::ui {

// The first screen: brand, server, account and password, and on a demo server the accounts one may enter with a click.
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
    QWidget* buildFooter();
    void retranslate();
    void refresh();
    void rebuildDemo();
    void submit();
    SignInController& m_controller;
    Preferences& m_preferences;
    TextLabel* m_title;
    TextLabel* m_subtitle;
    TextLabel* m_server;
    ChipLabel* m_service;
    KeyButton* m_changeServer;
    TextLabel* m_loginText;
    QLineEdit* m_login;
    TextLabel* m_secretText;
    QLineEdit* m_secret;
    TextLabel* m_error;
    KeyButton* m_enter;
    TextLabel* m_demoText;
    QWidget* m_demo;
    QGridLayout* m_demoGrid;
    std::vector<DemoAccount> m_shown;
};

} // namespace naru::ui
