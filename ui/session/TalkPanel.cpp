// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/TalkPanel.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr std::size_t kChoices = 3;
constexpr int kTall = 40;

} // namespace

TalkPanel::TalkPanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace3);
    m_sentence = new TextLabel({}, TextSize::Section, true);
    m_detail = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    for (TextLabel* label : {m_sentence, m_detail}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    m_form = new FactorForm;
    column->addWidget(m_form);
    m_row = new QBoxLayout(QBoxLayout::LeftToRight);
    m_row->setSpacing(kSpace2);
    for (std::size_t i = 0; i < kChoices; ++i) {
        auto* button = new KeyButton({}, {}, i == 0 ? KeyButton::Primary : KeyButton::Plain);
        button->setFixedHeight(kTall);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &QAbstractButton::clicked, this, [this, i] { press(i); });
        m_row->addWidget(button);
        m_buttons.push_back(button);
    }
    column->addSpacing(kSpace1);
    column->addLayout(m_row);
}

void TalkPanel::show(const Talk& talk)
{
    const bool another = talk.id != m_talk.id || isHidden();
    m_talk = talk;
    m_sentence->setText(talk.sentence);
    m_detail->setText(talk.detail);
    m_detail->setVisible(!talk.detail.isEmpty());
    m_form->setVisible(talk.asksFactor);
    for (std::size_t i = 0; i < kChoices; ++i) {
        KeyButton* button = m_buttons[i];
        const bool used = i < talk.choices.size();
        button->setVisible(used);
        if (!used)
            continue;
        const Choice& choice = talk.choices[i];
        button->setText(choice.text);
        const bool last = i + 1 == talk.choices.size();
        button->setKind(i == 0 && !last && choice.kind == KeyButton::Plain ? KeyButton::Primary : choice.kind);
        button->setKey(i == 0 && !last && talk.focus == 0 ? u"Enter"_s : last && talk.escapes ? u"Esc"_s : QString());
        if (!choice.enabled && button->hasFocus())
            setFocus(Qt::OtherFocusReason); // else it would go to the next button, and a second Enter would press that
        button->setEnabled(choice.enabled);
    }
    arrange();
    setVisible(true);
    if (!another) {
        if (hasFocus())
            focusFirst();
        return;
    }
    setAccessibleName(talk.detail.isEmpty() ? talk.sentence : u"%1 %2"_s.arg(talk.sentence, talk.detail));
    QAccessibleEvent spoken(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
    focusFirst();
}

void TalkPanel::focusFirst()
{
    if (!isVisible())
        return; // of a host that is not shown: it would take the focus from the one that is
    if (m_talk.asksFactor)
        m_form->focusField();
    else if (const auto at = static_cast<std::size_t>(m_talk.focus); at < m_talk.choices.size() && m_talk.choices[at].enabled)
        m_buttons[at]->setFocus(Qt::OtherFocusReason);
}

void TalkPanel::press(std::size_t index)
{
    if (index >= m_talk.choices.size() || !m_talk.choices[index].enabled)
        return;
    const auto run = m_talk.choices[index].run; // it may show another talk
    if (run)
        run();
}

void TalkPanel::pressFirst()
{
    const auto at = std::find(m_buttons.begin(), m_buttons.end(), QApplication::focusWidget());
    press(at == m_buttons.end() ? 0 : static_cast<std::size_t>(at - m_buttons.begin()));
}

void TalkPanel::pressLast()
{
    if (m_talk.escapes && !m_talk.choices.empty())
        press(m_talk.choices.size() - 1);
}

void TalkPanel::keyPressEvent(QKeyEvent* e)
{
    if (e->key() == Qt::Key_Return || e->key() == Qt::Key_Enter) {
        auto* button = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
        if (button && m_form->isAncestorOf(button))
            button->click();
        else
            pressFirst();
    } else if (e->key() == Qt::Key_Escape) {
        pressLast();
    } else {
        QWidget::keyPressEvent(e);
        return;
    }
    e->accept();
}

void TalkPanel::resizeEvent(QResizeEvent* e)
{
    QWidget::resizeEvent(e);
    arrange();
}

// Side by side if the words fit, else one below the other.
void TalkPanel::arrange()
{
    int wide = -kSpace2;
    for (const KeyButton* button : m_buttons)
        if (!button->isHidden())
            wide += button->sizeHint().width() + kSpace2;
    m_row->setDirection(wide > width() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace naru::ui
