// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/ClashBar.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;

ClashBar::ClashBar(QWidget* parent)
    : QWidget(parent), m_text(new TextLabel({}, TextSize::Body, false, TextLabel::Danger, this)), m_mine(new KeyButton({}, u"Alt+1"_s, KeyButton::Plain, this)),
      m_theirs(new KeyButton({}, u"Alt+2"_s, KeyButton::Plain, this)), m_base(new KeyButton({}, u"Alt+3"_s, KeyButton::Plain, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace2);
    m_text->setWordWrap(true);
    column->addWidget(m_text);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kSpace2);
    for (KeyButton* button : {m_mine, m_theirs, m_base})
        buttons->addWidget(button);
    buttons->addStretch(1);
    column->addLayout(buttons);
    const auto answer = [this](KeyButton* button, Qt::Key key, QString FormEditor::Clash::* value) {
        const auto run = [this, value] {
            if (!m_open.empty())
                choose(m_open.back().*value);
        };
        connect(button, &QAbstractButton::clicked, this, run);
        auto* shortcut = new QShortcut(QKeySequence(Qt::ALT | key), parentWidget() ? parentWidget() : this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, run);
    };
    answer(m_mine, Qt::Key_1, &FormEditor::Clash::mine);
    answer(m_theirs, Qt::Key_2, &FormEditor::Clash::theirs);
    answer(m_base, Qt::Key_3, &FormEditor::Clash::base);
    hide();
    retranslate();
}

void ClashBar::ask(const std::vector<FormEditor::Clash>& clashes)
{
    m_open = clashes;
    showNext();
}

void ClashBar::retranslate()
{
    m_mine->setText(tr("Keep mine"));
    m_theirs->setText(tr("Take theirs"));
    m_base->setText(tr("As before"));
    for (KeyButton* button : {m_mine, m_theirs, m_base}) {
        button->setAccessibleName(button->text());
        button->updateGeometry();
    }
    showNext();
}

void ClashBar::choose(const QString& value)
{
    const QString field = m_open.back().field;
    m_open.pop_back();
    Q_EMIT decided(field, value);
    showNext();
}

void ClashBar::showNext()
{
    setVisible(!m_open.empty());
    if (m_open.empty())
        return;
    const FormEditor::Clash& clash = m_open.back();
    const auto shown = [](const QString& value) { return value.isEmpty() ? tr("(empty)") : value; };
    m_text->setText(tr("Somebody changed “%1” meanwhile: yours %2, theirs %3, before %4.").arg(clash.label, shown(clash.mine), shown(clash.theirs), shown(clash.base)));
    setAccessibleName(m_text->text());
}

} // namespace naru::ui
