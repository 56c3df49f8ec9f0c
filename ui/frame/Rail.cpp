// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/Rail.h"

#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Paint.h"

#include <QEvent>
#include <QFrame>
#include <QPainter>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr int kItemHeight = 33, kRailMargin = 10, kTextLeft = 36, kBrandHeight = 48, kMark = 22, kCollapsedWidth = 56, kAvatar = 32;
constexpr int kEndingSoon = 120; // seconds

} // namespace

// The mark and the name; a click folds the rail.
class Brand : public QAbstractButton {
public:
    explicit Brand(QWidget* parent) : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::NoFocus);
        setFixedHeight(kBrandHeight);
    }
    void setCollapsed(bool collapsed)
    {
        m_collapsed = collapsed;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter p(this);
        const int x = m_collapsed ? (width() - kMark) / 2 : kSpace2;
        p.drawPixmap(x, (height() - kMark) / 2, brandPixmap(kMark, devicePixelRatioF()));
        if (!m_collapsed)
            drawText(p, QRectF(x + kMark + kSpace2, 0, width() - x - kMark, height()), text(), Theme::of().font(TextSize::Section, true), Theme::of().tokens().text);
    }

private:
    bool m_collapsed = false;
};

RailItem::RailItem(const char* icon, QWidget* parent) : QAbstractButton(parent), m_icon(icon)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setFixedHeight(kItemHeight);
}

void RailItem::setBadge(const QString& text, bool urgent)
{
    if (m_badge == text && m_urgent == urgent)
        return;
    m_badge = text;
    m_urgent = urgent;
    setAccessibleDescription(text);
    update();
}

void RailItem::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    setToolTip(collapsed ? m_keys.isEmpty() ? text() : u"%1  %2"_s.arg(text(), m_keys) : m_keys);
    update();
}

void RailItem::setShortcutText(const QString& keys)
{
    m_keys = keys;
    setCollapsed(m_collapsed);
}

QSize RailItem::sizeHint() const { return {m_collapsed ? kCollapsedWidth - 2 * kRailMargin : kRailWidth - 2 * kRailMargin, kItemHeight}; }

void RailItem::drawBadge(QPainter& p) const
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    if (m_badge.isEmpty())
        return;
    if (m_collapsed) {
        p.setPen(QPen(t.surface, 2));
        p.setBrush(m_urgent ? t.danger : t.textFaint);
        p.drawEllipse(QPointF(width() / 2.0 + 8, height() / 2.0 - 7), 5, 5);
        return;
    }
    const QFont font = theme.font(TextSize::Meta, true);
    const int w = QFontMetrics(font).horizontalAdvance(m_badge);
    const int right = width() - kSpace2 - 2;
    if (m_urgent) {
        const QRectF pill(right - w - 10, (height() - 18) / 2.0, w + 10, 18);
        p.setPen(Qt::NoPen);
        p.setBrush(t.danger);
        p.drawRoundedRect(pill, 9, 9);
        drawText(p, pill, m_badge, font, t.dark ? t.window : t.surface, Qt::AlignCenter);
        return;
    }
    drawText(p, QRectF(right - w, 0, w + 1, height()), m_badge, font, t.textMuted, Qt::AlignRight | Qt::AlignVCenter);
}

void RailItem::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    const bool on = isChecked();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    if (on || underMouse()) {
        p.setPen(Qt::NoPen);
        p.setBrush(on ? t.accentSoft : t.hover);
        p.drawRoundedRect(rect(), kRadius, kRadius);
    }
    if (hasFocus()) {
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(t.accent, 2));
        p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
    }
    const QColor ink = on ? t.accent : t.textMuted;
    const int x = m_collapsed ? (width() - kIcon) / 2 : 10;
    p.drawPixmap(x, (height() - kIcon) / 2, iconPixmap(m_icon, kIcon, ink, devicePixelRatioF()));
    const int badge = m_badge.isEmpty() ? 0 : QFontMetrics(theme.font(TextSize::Meta, true)).horizontalAdvance(m_badge) + kSpace4 + 2;
    if (!m_collapsed)
        drawText(p, QRectF(kTextLeft, 0, width() - kTextLeft - kSpace2 - badge, height()), text(), theme.font(TextSize::Body, on), on ? t.accent : t.textMuted);
    drawBadge(p);
}

AccountChip::AccountChip(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setFixedHeight(52);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void AccountChip::rename() { setAccessibleName(tr("Account %1, %2").arg(m_info.displayName, roleText(m_info.role))); }

void AccountChip::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        rename();
    QAbstractButton::changeEvent(e);
}

void AccountChip::setAccount(const SessionInfo& info)
{
    m_info = info;
    rename();
    update();
}

void AccountChip::setSecondsLeft(int seconds, int whole)
{
    if (seconds == m_left && whole == m_whole)
        return;
    m_left = seconds;
    m_whole = qMax(1, whole);
    update();
}

void AccountChip::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    updateGeometry();
    update();
}

QSize AccountChip::sizeHint() const { return {m_collapsed ? kCollapsedWidth - 2 * kRailMargin : kRailWidth - 2 * kRailMargin, 52}; }

// The time is what people look for here: where the line is too short, the role gives way.
QString AccountChip::secondLine(int width) const
{
    const QString role = roleText(m_info.role);
    if (m_left < 0)
        return role;
    const QFontMetrics fm(Theme::of().font(TextSize::Meta));
    const QString time = minuteSecond(std::chrono::seconds(m_left));
    const QString whole = tr("%1 · %2 left").arg(role, time);
    if (fm.horizontalAdvance(whole) <= width)
        return whole;
    const QString rest = QStringLiteral(" · ") + time;
    return fm.elidedText(role, Qt::ElideRight, width - fm.horizontalAdvance(rest)) + rest;
}

void AccountChip::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || hasFocus()) {
        p.setPen(hasFocus() ? QPen(t.accent, 2) : QPen(Qt::NoPen));
        p.setBrush(t.hover);
        p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
    }
    const QRectF ring(m_collapsed ? (width() - kAvatar) / 2.0 : kSpace2, (height() - kAvatar) / 2.0, kAvatar, kAvatar);
    p.setPen(Qt::NoPen);
    p.setBrush(t.accentSoft);
    p.drawEllipse(ring.adjusted(2, 2, -2, -2));
    drawText(p, ring, m_info.displayName.left(1), theme.font(TextSize::Body, true), t.accent, Qt::AlignCenter);
    if (m_left >= 0) {
        const double share = std::clamp(static_cast<double>(m_left) / m_whole, 0.0, 1.0);
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(t.border, 2));
        p.drawEllipse(ring.adjusted(1, 1, -1, -1));
        p.setPen(QPen(theme.tone(m_left <= kEndingSoon ? Tone::Warning : Tone::Accent), 2));
        p.drawArc(ring.adjusted(1, 1, -1, -1), 90 * 16, -qRound(share * 360 * 16));
    }
    if (m_collapsed)
        return;
    const qreal x = ring.right() + kSpace2 + 2;
    drawText(p, QRectF(x, ring.top() - 3, width() - x - kSpace1, 20), m_info.displayName, theme.font(TextSize::Body, true), t.text);
    const QRectF second(x, ring.top() + 17, width() - x - kSpace1, 17);
    drawText(p, second, secondLine(static_cast<int>(second.width())), theme.font(TextSize::Meta), t.textMuted);
}

Rail::Rail(QWidget* parent) : QWidget(parent)
{
    setFixedWidth(kRailWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kRailMargin, kSpace1, kRailMargin + 1, kSpace1);
    column->setSpacing(2);
    m_brand = new Brand(this);
    column->addWidget(m_brand);
    m_screens = new QVBoxLayout;
    m_screens->setSpacing(2);
    column->addLayout(m_screens);
    column->addStretch(1);
    m_settings = new RailItem("gear", this);
    column->addWidget(m_settings);
    auto* line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(3);
    column->addWidget(line);
    m_account = new AccountChip(this);
    column->addWidget(m_account);
    connect(m_brand, &QAbstractButton::clicked, this, &Rail::collapseToggled);
    connect(m_settings, &QAbstractButton::clicked, this, &Rail::settingsWanted);
    connect(m_account, &QAbstractButton::clicked, this, &Rail::accountWanted);
    retranslate();
}

int Rail::addScreen(const char* icon, const QString& keys)
{
    auto* item = new RailItem(icon, this);
    item->setCheckable(true);
    item->setShortcutText(keys);
    const int index = static_cast<int>(m_items.size());
    // Not clicked(): a screen reader toggles. Pressing the screen that is shown goes to its list again.
    connect(item, &QAbstractButton::toggled, this, [this, index](bool on) {
        if (on == (index == m_current))
            return; // set by setCurrent()
        setCurrent(index);
        Q_EMIT screenChosen(index);
    });
    m_screens->addWidget(item);
    m_items.push_back(item);
    return index;
}

void Rail::setScreenText(int index, const QString& text)
{
    RailItem* item = m_items[static_cast<std::size_t>(index)];
    item->setText(text);
    item->setCollapsed(m_collapsed); // the tool tip holds the text
}

void Rail::setScreenBadge(int index, const QString& text, bool urgent) { m_items[static_cast<std::size_t>(index)]->setBadge(text, urgent); }

void Rail::setScreenShown(int index, bool shown) { m_items[static_cast<std::size_t>(index)]->setVisible(shown); }

void Rail::setCurrent(int index)
{
    m_current = index;
    for (std::size_t i = 0; i < m_items.size(); ++i)
        m_items[i]->setChecked(static_cast<int>(i) == index);
}

void Rail::setCollapsed(bool collapsed)
{
    if (m_collapsed == collapsed)
        return;
    m_collapsed = collapsed;
    setFixedWidth(collapsed ? kCollapsedWidth : kRailWidth);
    for (RailItem* item : m_items)
        item->setCollapsed(collapsed);
    m_settings->setCollapsed(collapsed);
    m_account->setCollapsed(collapsed);
    m_brand->setCollapsed(collapsed);
}

void Rail::retranslate()
{
    m_brand->setText(tr("Naru"));
    m_brand->setToolTip(tr("Fold or unfold the rail"));
    m_settings->setText(tr("Settings"));
    m_settings->setCollapsed(m_collapsed);
}

void Rail::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(e);
}

void Rail::paintEvent(QPaintEvent*)
{
    const Tokens& t = Theme::of().tokens();
    QPainter p(this);
    p.fillRect(rect(), t.surface);
    p.fillRect(QRect(width() - 1, 0, 1, height()), t.border);
}

} // namespace naru::ui
