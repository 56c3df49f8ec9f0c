// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/FailureLine.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>

#include "ui/ErrorText.h"

namespace naru::ui {

FailureLine::FailureLine(QWidget* parent)
    : QWidget(parent), m_text(new TextLabel({}, TextSize::Body, false, TextLabel::Danger)), m_code(new TextLabel({}, TextSize::Meta, false, TextLabel::Muted)), m_copy(new KeyButton({}, {}))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpace2);
    m_text->setWordWrap(true);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_text, 1);
    row->addWidget(m_code);
    row->addWidget(m_copy);
    connect(m_copy, &QAbstractButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_code->text()); });
    QEvent language(QEvent::LanguageChange);
    changeEvent(&language);
    hide();
}

void FailureLine::say(const Error& error) { say(errorText(error), errorCode(error)); }

void FailureLine::say(const QString& sentence, const QString& code)
{
    m_text->setText(sentence);
    m_code->setText(code);
    m_code->setVisible(!code.isEmpty());
    m_copy->setVisible(!code.isEmpty());
    setAccessibleName(sentence);
    setVisible(!sentence.isEmpty());
}

void FailureLine::clear() { say(QString()); }

void FailureLine::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_copy->setText(tr("Copy code"));
        m_copy->setAccessibleName(tr("Copy the code of the failure"));
        m_copy->updateGeometry();
    }
    QWidget::changeEvent(event);
}

} // namespace naru::ui
