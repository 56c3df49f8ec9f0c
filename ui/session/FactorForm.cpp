// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/FactorForm.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;

FactorForm::FactorForm(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace2);
    m_label = new TextLabel({}, TextSize::Meta, true, TextLabel::Muted);
    m_code = new QLineEdit;
    m_code->setFixedHeight(40);
    m_code->setTextMargins(kSpace1, 0, kSpace1, 0);
    m_code->setMaxLength(256);
    m_other = new KeyButton({}, {});
    m_other->setFixedHeight(40);
    m_error = new TextLabel({}, TextSize::Body, false, TextLabel::Danger);
    m_error->setWordWrap(true);
    m_error->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(kSpace2);
    row->addWidget(m_code, 1);
    row->addWidget(m_other);
    column->addWidget(m_label);
    column->addLayout(row);
    column->addWidget(m_error);
    connect(m_other, &QAbstractButton::clicked, this, &FactorForm::showNext);
    retranslate();
}

void FactorForm::setFactors(const QStringList& factors)
{
    m_factors.clear();
    for (const QString& known : {u"totp"_s, u"recovery"_s})
        if (factors.contains(known))
            m_factors.append(known);
    if (m_factors.isEmpty())
        m_factors.append(u"password"_s); // where there is more, the password alone is no verification
    m_at = 0;
    m_code->clear();
    showError({});
    retranslate();
}

QString FactorForm::takeCode()
{
    QString code = m_code->text();
    m_code->clear(); // not kept on screen longer than needed
    if (factor() != "password"_L1)
        code.remove(u' ');
    return code;
}

void FactorForm::setBusy(bool busy)
{
    m_code->setReadOnly(busy); // not disabled: that would push the focus away
    m_other->setEnabled(!busy);
}

void FactorForm::showError(const QString& sentence)
{
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
    m_code->setAccessibleDescription(sentence);
}

void FactorForm::showNext()
{
    m_at = (m_at + 1) % m_factors.size();
    m_code->clear();
    showError({});
    retranslate();
    focusField();
}

void FactorForm::retranslate()
{
    const auto nameOf = [](const QString& factor) {
        return factor == "totp"_L1 ? tr("Verification code (6 digits)") : factor == "recovery"_L1 ? tr("Recovery code") : tr("Password");
    };
    m_label->setText(nameOf(factor()));
    m_code->setAccessibleName(nameOf(factor()));
    m_code->setEchoMode(factor() == "password"_L1 ? QLineEdit::Password : QLineEdit::Normal);
    m_code->setInputMethodHints(factor() == "totp"_L1 ? Qt::ImhDigitsOnly : Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
    const QString next = m_factors.at((m_at + 1) % m_factors.size());
    m_other->setVisible(m_factors.size() > 1);
    m_other->setText(next == "totp"_L1 ? tr("Use a code") : next == "recovery"_L1 ? tr("Use a recovery code") : tr("Use the password"));
    m_other->updateGeometry();
}

void FactorForm::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(e);
}

} // namespace naru::ui
