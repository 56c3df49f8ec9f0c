// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/ErrorLine.h"

#include "ui/ErrorText.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;

ErrorLine::ErrorLine(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace2);
    m_text = new TextLabel({}, TextSize::Body, false, TextLabel::Danger);
    m_text->setWordWrap(true);
    m_again = new KeyButton({}, {});
    m_reset = new KeyButton({}, {});
    column->addWidget(m_text);
    auto* row = new QHBoxLayout;
    row->setSpacing(kSpace2);
    row->addWidget(m_again);
    row->addWidget(m_reset);
    row->addStretch(1);
    column->addLayout(row);
    connect(m_again, &QAbstractButton::clicked, this, &ErrorLine::againWanted);
    connect(m_reset, &QAbstractButton::clicked, this, &ErrorLine::resetWanted);
    hide();
}

void ErrorLine::showError(const std::optional<Error>& error)
{
    const bool fresh = error && error != m_error;
    m_error = error;
    setVisible(error.has_value());
    if (!error) {
        m_text->clear();
        return;
    }
    m_text->setText(error->code == "no-such-demo-account"_L1 ? tr("This server has no such demo account.") : errorText(*error));
    const bool wrong = error->code == "invalid-credentials"_L1;
    m_again->setText(tr("Type again"));
    m_reset->setText(tr("Reset password"));
    for (KeyButton* button : {m_again, m_reset}) {
        button->setVisible(wrong);
        button->updateGeometry();
    }
    if (!fresh)
        return;
    setAccessibleName(m_text->text());
    QAccessibleEvent spoken(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
}

void ErrorLine::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        showError(m_error);
    QWidget::changeEvent(e);
}

} // namespace naru::ui
