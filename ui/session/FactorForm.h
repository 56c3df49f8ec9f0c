// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Widgets.h"

namespace naru::ui {

// One field for what a person verifies itself with: the code of a generator, a recovery code or the password, and a button to the other
// ways this account has. Enter goes on to whoever asks. UI thread; child of it.
class FactorForm : public QWidget {
    Q_OBJECT
public:
    explicit FactorForm(QWidget* parent = nullptr);
    void setFactors(const QStringList& factors); // "totp" before "recovery"; the password only where there is neither
    QString factor() const { return m_factors.at(m_at); }
    QString takeCode(); // what was typed, without the blanks of a code; the field is empty after it
    bool isEmpty() const { return m_code->text().trimmed().isEmpty(); }
    void setBusy(bool busy);
    void showError(const QString& sentence); // empty: none
    void focusField() { m_code->setFocus(Qt::OtherFocusReason); }

protected:
    void changeEvent(QEvent* e) override;

private:
    void retranslate();
    void showNext();
    QStringList m_factors{QStringLiteral("password")};
    qsizetype m_at = 0;
    TextLabel* m_label;
    QLineEdit* m_code;
    TextLabel* m_error;
    KeyButton* m_other;
};

} // namespace naru::ui
