// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/security/FailureLine.h"
#include "ui/security/OwnSecurityController.h"

class QLineEdit;

namespace naru::ui {

class QrCode;

// What the account can verify itself with: code generator, recovery codes, password. Each is set up in place; recovery codes are shown once and
// are gone from the window when it is closed. UI thread; child of the page.
class FactorCard : public Card {
    Q_OBJECT
public:
    explicit FactorCard(OwnSecurityController& controller, QWidget* parent = nullptr);
    void retranslate();
    void startTotp();
    void startCodes();
    void startPassword();
    FailureLine& failure() { return *m_failure; }
    bool leaveForm(); // Escape; false: none was open
    static QString grouped(const QString& secret); // in fours

Q_SIGNALS:
    void said(const QString& text);
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildTotp();
    void buildCodes();
    void buildPassword();
    void showForm(QWidget* form); // null: the list of factors alone
    void sync();
    void sendPassword();
    void saveCodes();
    QString codesText() const;

    OwnSecurityController& m_controller;
    ChipLabel* m_totpState;
    ChipLabel* m_codesState;
    TextLabel* m_totpText;
    TextLabel* m_codesText;
    TextLabel* m_passwordText;
    KeyButton* m_totp;
    KeyButton* m_codes;
    KeyButton* m_password;
    FailureLine* m_failure;
    QWidget* m_totpForm;
    TextLabel* m_totpHelp;
    QrCode* m_qr;
    TextLabel* m_secret;
    QLineEdit* m_code;
    KeyButton* m_verify;
    QWidget* m_codesForm;
    TextLabel* m_codesHelp;
    TextLabel* m_codeList; // two columns, so that they stand below each other
    TextLabel* m_codeList2;
    KeyButton* m_copyCodes;
    KeyButton* m_saveCodes;
    KeyButton* m_codesKept;
    QWidget* m_passwordForm;
    TextLabel* m_passwordHelp;
    QLineEdit* m_current;
    QLineEdit* m_next;
    QLineEdit* m_again;
    KeyButton* m_change;
    std::vector<KeyButton*> m_backs;
};

} // namespace naru::ui
