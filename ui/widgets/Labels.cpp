// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace naru::ui {

TextLabel::TextLabel(const QString& text, TextSize size, bool strong, Level level, QWidget* parent)
    : QLabel(text, parent), m_size(size), m_strong(strong), m_level(level)
{
    setTextFormat(Qt::PlainText);
    connect(&Theme::of(), &Theme::changed, this, &TextLabel::restyle);
    restyle();
}

void TextLabel::setLevel(Level level)
{
    if (m_level == level)
        return;
    m_level = level;
    restyle();
}

void TextLabel::changeEvent(QEvent* e)
{
    // A palette set anew on an ancestor would wash out our colour.
    if (e->type() == QEvent::PaletteChange && !m_restyling)
        restyle();
    QLabel::changeEvent(e);
}

void TextLabel::restyle()
{
    const Tokens& t = Theme::of().tokens();
    const QColor color = m_level == Normal ? t.text : m_level == Muted ? t.textMuted : m_level == Faint ? t.textFaint : m_level == Danger ? t.danger : t.warning;
    m_restyling = true;
    setFont(Theme::of().font(m_size, m_strong));
    QPalette p = palette();
    if (p.color(QPalette::WindowText) != color) {
        p.setColor(QPalette::WindowText, color);
        setPalette(p);
    }
    m_restyling = false;
}

Card::Card(const QString& title, const QString& subtitle, QWidget* parent) : QFrame(parent)
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(kSpace4, kSpace3, kSpace4, kSpace4);
    all->setSpacing(kSpace2);
    m_header = new QHBoxLayout;
    m_header->setSpacing(kSpace2);
    m_title = new TextLabel({}, TextSize::Body, true);
    m_subtitle = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_header->addWidget(m_title);
    m_header->addWidget(m_subtitle, 1);
    all->addLayout(m_header);
    m_body = new QVBoxLayout;
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(kSpace2);
    all->addLayout(m_body, 1);
    setTitle(title, subtitle);
}

void Card::setTitle(const QString& title, const QString& subtitle)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::addHeaderWidget(QWidget* widget) { m_header->addWidget(widget); }

void Card::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    drawCard(p, rect(), false, false);
}

ChipLabel::ChipLabel(const ChipSpec& chip, QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    setChip(chip);
}

void ChipLabel::setChip(const ChipSpec& chip)
{
    m_chip = chip;
    setAccessibleName(chip.text);
    updateGeometry();
    update();
}

QSize ChipLabel::sizeHint() const { return m_chip.text.isEmpty() ? QSize(0, 0) : chipSize(m_chip); }

void ChipLabel::paintEvent(QPaintEvent*)
{
    if (m_chip.text.isEmpty())
        return;
    QPainter p(this);
    drawChip(p, QPoint(0, (height() - chipSize(m_chip).height()) / 2), m_chip);
}

} // namespace naru::ui
