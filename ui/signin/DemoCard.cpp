// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/DemoCard.h"

#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr int kDemoHeight = 56, kDemoIcon = 32, kTextLeft = kSpace3 + kDemoIcon + kSpace3 - 2, kLeast = 150;

const char* roleIcon(Role role)
{
    switch (role) {
    case Role::Staff: return "sliders";
    case Role::VendorManager:
    case Role::VendorMember: return "shop";
    case Role::SupportAgent: return "headset";
    case Role::Admin: return "shield-lock";
    case Role::Channel: return "cart";
    }
    return "person";
}

} // namespace

DemoCard::DemoCard(const DemoAccount& account, QWidget* parent) : QAbstractButton(parent), m_account(account)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setText(account.displayName);
    rename();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DemoCard::rename()
{
    setAccessibleName(u"%1, %2"_s.arg(m_account.displayName, roleText(m_account.role)));
    updateGeometry();
}

void DemoCard::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        rename();
    QAbstractButton::changeEvent(e);
}

QString DemoCard::roleLine() const { return m_account.vendorName.isEmpty() ? roleText(m_account.role) : u"%1 · %2"_s.arg(roleText(m_account.role), m_account.vendorName); }

QSize DemoCard::sizeHint() const
{
    const Theme& theme = Theme::of();
    const int words = std::max(QFontMetrics(theme.font(TextSize::Body, true)).horizontalAdvance(m_account.displayName), QFontMetrics(theme.font(TextSize::Meta)).horizontalAdvance(roleLine()));
    return {std::max(kLeast, kTextLeft + words + kSpace2 + 2), kDemoHeight};
}

void DemoCard::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(hasFocus() ? t.accent : underMouse() && isEnabled() ? t.textFaint : t.border, hasFocus() ? 2 : 1));
    p.setBrush(underMouse() && isEnabled() ? t.hover : t.surface);
    p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
    const QRectF mark(kSpace3, (height() - kDemoIcon) / 2.0, kDemoIcon, kDemoIcon);
    p.setPen(Qt::NoPen);
    p.setBrush(isEnabled() ? t.accentSoft : t.neutralSoft);
    p.drawEllipse(mark);
    p.drawPixmap(QPointF(mark.center().x() - kIcon / 2.0, mark.center().y() - kIcon / 2.0),
        iconPixmap(roleIcon(m_account.role), kIcon, isEnabled() ? t.accent : t.textFaint, devicePixelRatioF()));
    const qreal x = kTextLeft;
    drawText(p, QRectF(x, 9, width() - x - kSpace2, 20), m_account.displayName, theme.font(TextSize::Body, true), isEnabled() ? t.text : t.textFaint);
    drawText(p, QRectF(x, 29, width() - x - kSpace2, 17), roleLine(), theme.font(TextSize::Meta), isEnabled() ? t.textMuted : t.textFaint);
}

} // namespace naru::ui
