// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/Figure.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;

Figure::Figure(QWidget* parent)
    : QWidget(parent)
    , m_name(new TextLabel({}, TextSize::Body, false, TextLabel::Muted))
    , m_value(new TextLabel(u"–"_s, TextSize::Figure, true))
    , m_unit(new TextLabel({}, TextSize::Body, false, TextLabel::Muted))
    , m_note(new TextLabel({}, TextSize::Meta, false, TextLabel::Muted))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_name);
    auto* row = new QHBoxLayout;
    row->setSpacing(3);
    row->addWidget(m_value, 0, Qt::AlignBottom);
    m_unit->setContentsMargins(0, 0, 0, 4);
    row->addWidget(m_unit, 0, Qt::AlignBottom);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_note);
    m_note->hide();
}

void Figure::setName(const QString& name)
{
    m_name->setText(name);
    sync();
}

void Figure::setValue(const QString& value, const QString& unit)
{
    m_value->setText(value);
    m_unit->setText(unit);
    m_unit->setVisible(!unit.isEmpty());
    sync();
}

void Figure::setNote(const QString& note, TextLabel::Level level)
{
    m_note->setLevel(level);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    sync();
}

void Figure::setStale(bool stale)
{
    m_value->setLevel(stale ? TextLabel::Faint : TextLabel::Normal);
}

void Figure::sync()
{
    setAccessibleName(u"%1 %2%3"_s.arg(m_name->text(), m_value->text(), m_unit->text()));
    setAccessibleDescription(m_note->text());
}

} // namespace naru::ui
