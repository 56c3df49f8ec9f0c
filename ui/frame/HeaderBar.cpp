// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/HeaderBar.h"

#include "ui/theme/Icons.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

namespace naru::ui {
namespace {

constexpr int kHeaderHeight = 56, kNoticeHeight = 46, kNoticeEdge = 5;

} // namespace

HeaderBar::HeaderBar(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(kHeaderHeight);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(kSpace5 - 4, 0, kSpace5 - 4, 0);
    m_row->setSpacing(kSpace3);
    m_title = new TextLabel({}, TextSize::Title, true);
    m_subtitle = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_row->addWidget(m_title);
    m_row->addWidget(m_subtitle, 1);
}

void HeaderBar::setTexts(const QString& title, const QString& subtitle)
{
    m_title->setText(title);
    m_subtitle->setText(subtitle);
}

void HeaderBar::showTools(QWidget* tools)
{
    std::erase_if(m_tools, [](const QPointer<QWidget>& gone) { return gone.isNull(); });
    for (const QPointer<QWidget>& other : m_tools)
        other->setVisible(other == tools);
    if (!tools || std::find(m_tools.begin(), m_tools.end(), tools) != m_tools.end())
        return;
    m_row->addWidget(tools, 0, Qt::AlignVCenter);
    m_tools.push_back(tools);
    tools->show();
}

void HeaderBar::paintEvent(QPaintEvent*)
{
    const Tokens& t = Theme::of().tokens();
    QPainter p(this);
    p.fillRect(rect(), t.surface);
    p.fillRect(QRect(0, height() - 1, width(), 1), t.border);
}

NoticeBar::NoticeBar(const char* icon, Tone tone, QWidget* parent) : QWidget(parent), m_icon(icon), m_tone(tone)
{
    setMinimumHeight(kNoticeHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kSpace5 + kIcon + kSpace2, kNoticeEdge, kSpace5 - 4, kNoticeEdge);
    row->setSpacing(kSpace2);
    m_text = new TextLabel({}, TextSize::Body, true);
    m_text->setWordWrap(true);
    m_action = new KeyButton({}, {});
    m_second = new KeyButton({}, {});
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_second);
    connect(m_action, &QAbstractButton::clicked, this, &NoticeBar::actionWanted);
    connect(m_second, &QAbstractButton::clicked, this, &NoticeBar::secondActionWanted);
    hide();
}

void NoticeBar::setTexts(const QString& sentence, const QString& action, const QString& secondAction)
{
    if (sentence == m_text->text() && action == m_action->text() && secondAction == m_second->text())
        return;
    m_text->setText(sentence);
    m_action->setText(action);
    m_action->updateGeometry();
    m_second->setText(secondAction);
    m_second->updateGeometry();
    m_second->setVisible(!secondAction.isEmpty());
    setAccessibleName(sentence);
}

void NoticeBar::readOut()
{
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    Q_EMIT spoken(accessibleName());
}

void NoticeBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of();
    QPainter p(this);
    p.fillRect(rect(), theme.toneSoft(m_tone));
    p.fillRect(QRect(0, height() - 1, width(), 1), theme.tokens().border);
    p.drawPixmap(kSpace5 - 4, (height() - kIcon) / 2, iconPixmap(m_icon, kIcon, theme.tone(m_tone), devicePixelRatioF()));
}

} // namespace naru::ui
