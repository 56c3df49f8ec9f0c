// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/NaruStyle.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollArea>
#include <QStyleOption>
#include <QTableView>

namespace naru::ui {
namespace {

constexpr int kScrollBar = 10, kScrollThumbMin = 32, kMark = 16;

QPainter& smooth(QPainter* p)
{
    p->setRenderHint(QPainter::Antialiasing);
    return *p;
}

} // namespace

NaruStyle::NaruStyle(const Theme& theme) : QProxyStyle(QStringLiteral("Fusion")), m_theme(theme) {}

void NaruStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (auto* table = qobject_cast<QTableView*>(widget)) {
        // Row hairlines are drawn by this style; a grid would double them.
        table->setShowGrid(false);
        table->setWordWrap(false);
        table->verticalHeader()->setVisible(false);
        table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        table->verticalHeader()->setMinimumSectionSize(kRowCompact);
        table->verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
        connect(&m_theme, &Theme::changed, table, [this, table] { table->verticalHeader()->setDefaultSectionSize(m_theme.rowHeight()); });
        table->horizontalHeader()->setHighlightSections(false);
    }
    if (auto* area = qobject_cast<QScrollArea*>(widget)) {
        // What scrolls stands on the card or page around it, without a ground of its own.
        area->viewport()->setAutoFillBackground(false);
        if (area->widget())
            area->widget()->setAutoFillBackground(false);
    }
    if (auto* view = qobject_cast<QAbstractItemView*>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) || qobject_cast<QLineEdit*>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void NaruStyle::drawField(QPainter* p, const QRect& box, State state) const
{
    const Tokens& t = m_theme.tokens();
    const bool focus = state & State_HasFocus;
    const qreal width = focus ? 2.0 : 1.0;
    p->save();
    smooth(p).setPen(QPen(focus ? t.accent : (state & State_MouseOver) ? t.textFaint : t.border, width));
    p->setBrush(t.window);
    p->drawRoundedRect(QRectF(box).adjusted(width / 2, width / 2, -width / 2, -width / 2), kRadius, kRadius);
    p->restore();
}

void NaruStyle::drawButton(QPainter* p, const QRect& box, State state) const
{
    const Tokens& t = m_theme.tokens();
    const bool focus = state & State_HasFocus;
    const bool down = state & (State_Sunken | State_On);
    const qreal width = focus ? 2.0 : 1.0;
    p->save();
    smooth(p).setPen(QPen(focus ? t.accent : t.border, width));
    p->setBrush(down ? t.neutralSoft : (state & State_MouseOver) && (state & State_Enabled) ? t.hover : t.surface);
    p->drawRoundedRect(QRectF(box).adjusted(width / 2, width / 2, -width / 2, -width / 2), kRadius, kRadius);
    p->restore();
}

void NaruStyle::drawCheck(QPainter* p, const QRect& box, State state, bool round) const
{
    const Tokens& t = m_theme.tokens();
    const bool on = state & (State_On | State_NoChange);
    const QRectF mark = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5);
    p->save();
    smooth(p).setPen(QPen(on || (state & State_HasFocus) ? t.accent : t.textFaint, 1));
    p->setBrush(on ? t.accent : t.surface);
    const qreal radius = round ? mark.height() / 2 : 4;
    p->drawRoundedRect(mark, radius, radius);
    if (on && round) {
        p->setPen(Qt::NoPen);
        p->setBrush(t.onAccent);
        p->drawEllipse(mark.center(), 3, 3);
    } else if (on) {
        const char* icon = (state & State_NoChange) ? "dash" : "check2";
        const int size = box.width() - 2;
        p->drawPixmap(box.left() + 1, box.top() + 1, iconPixmap(icon, size, t.onAccent, p->device()->devicePixelRatioF()));
    }
    p->restore();
}

void NaruStyle::drawItemGround(QPainter* p, const QStyleOption* option, const QWidget* widget) const
{
    const Tokens& t = m_theme.tokens();
    const auto* table = qobject_cast<const QTableView*>(widget);
    const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
    if (item && item->backgroundBrush.style() != Qt::NoBrush)
        p->fillRect(option->rect, item->backgroundBrush);
    if (option->state & State_Selected)
        p->fillRect(option->rect, t.accentSoft);
    else if ((option->state & State_MouseOver) && (option->state & State_Enabled) && !table) // a table's row is chosen whole
        p->fillRect(option->rect, t.hover);
    if (table)
        p->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.border);
}

void NaruStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* p, const QWidget* widget) const
{
    const Tokens& t = m_theme.tokens();
    switch (element) {
    case PE_FrameFocusRect: return; // fields, buttons and cards show focus with their own accent line
    case PE_FrameLineEdit:
    case PE_PanelLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0)
            drawField(p, option->rect, option->state);
        return;
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        if (element == PE_PanelButtonCommand || (option->state & (State_MouseOver | State_Sunken | State_On | State_HasFocus)))
            drawButton(p, option->rect, option->state);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheck(p, option->rect, option->state, false); return;
    case PE_IndicatorRadioButton: drawCheck(p, option->rect, option->state, true); return;
    case PE_PanelItemViewRow: return; // each item draws its own ground
    case PE_PanelItemViewItem: drawItemGround(p, option, widget); return;
    case PE_FrameMenu:
    case PE_PanelTipLabel:
        p->save();
        p->setPen(t.border);
        p->setBrush(t.raised);
        p->drawRect(option->rect.adjusted(0, 0, -1, -1));
        p->restore();
        return;
    case PE_PanelMenu: p->fillRect(option->rect, t.raised); return;
    case PE_FrameTabWidget:
    case PE_FrameTabBarBase:
        p->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.border);
        return;
    case PE_Frame:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->lineWidth > 0) {
            p->save();
            smooth(p).setPen(t.border);
            p->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
            p->restore();
        }
        return;
    case PE_PanelScrollAreaCorner: p->fillRect(option->rect, t.surface); return;
    default: QProxyStyle::drawPrimitive(element, option, p, widget);
    }
}

void NaruStyle::drawHeader(QPainter* p, const QStyleOption* option) const
{
    const Tokens& t = m_theme.tokens();
    p->fillRect(option->rect, t.surface);
    p->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.border);
}

void NaruStyle::drawMenuItem(QPainter* p, const QStyleOption* option) const
{
    const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    if (!item)
        return;
    const Tokens& t = m_theme.tokens();
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        p->fillRect(QRect(item->rect.left() + kSpace2, item->rect.center().y(), item->rect.width() - 2 * kSpace2, 1), t.border);
        return;
    }
    const bool enabled = item->state & State_Enabled;
    p->save();
    if ((item->state & State_Selected) && enabled) {
        smooth(p).setPen(Qt::NoPen);
        p->setBrush(t.accentSoft);
        p->drawRoundedRect(item->rect.adjusted(kSpace1, 1, -kSpace1, -1), kRadius, kRadius);
    }
    QRect text = item->rect.adjusted(kSpace3, 0, -kSpace3, 0);
    if (item->checked || !item->icon.isNull()) {
        const QRect mark(text.left(), text.center().y() - kIcon / 2 + 1, kIcon, kIcon);
        if (item->checked)
            p->drawPixmap(mark, iconPixmap("check2", kIcon, t.accent, p->device()->devicePixelRatioF()));
        else
            item->icon.paint(p, mark);
    }
    text.setLeft(text.left() + kIcon + kSpace2);
    const QStringList parts = item->text.split(QLatin1Char('\t'));
    p->setPen(enabled ? t.text : t.textFaint);
    p->setFont(item->font);
    p->drawText(text, Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, parts.value(0));
    p->setPen(t.textMuted);
    p->drawText(text, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, parts.value(1));
    p->restore();
}

void NaruStyle::drawTab(QPainter* p, const QStyleOption* option) const
{
    const Tokens& t = m_theme.tokens();
    const QRect& r = option->rect;
    if (option->state & State_MouseOver)
        p->fillRect(r.adjusted(0, 0, 0, -2), t.hover);
    if (option->state & State_Selected)
        p->fillRect(QRect(r.left(), r.bottom() - 1, r.width(), 2), t.accent);
}

void NaruStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* p, const QWidget* widget) const
{
    const Tokens& t = m_theme.tokens();
    switch (element) {
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: drawHeader(p, option); return;
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            QStyleOptionHeader muted(*header);
            muted.palette.setColor(QPalette::ButtonText, t.textMuted);
            muted.state &= ~State_On; // no bold face for the section of the selection
            QProxyStyle::drawControl(element, &muted, p, widget);
        }
        return;
    case CE_MenuItem: drawMenuItem(p, option); return;
    case CE_MenuEmptyArea: return;
    case CE_TabBarTabShape: drawTab(p, option); return;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            QStyleOptionTab toned(*tab);
            toned.palette.setColor(QPalette::WindowText, (tab->state & State_Selected) ? t.accent : t.textMuted);
            toned.state &= ~State_HasFocus;
            QProxyStyle::drawControl(element, &toned, p, widget);
        }
        return;
    case CE_Splitter: return; // panes are cards with air between them
    case CE_ShapedFrame:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame && frame->frameShape == QFrame::HLine) {
            p->fillRect(QRect(frame->rect.left(), frame->rect.center().y(), frame->rect.width(), 1), t.border);
            return;
        }
        QProxyStyle::drawControl(element, option, p, widget);
        return;
    default: QProxyStyle::drawControl(element, option, p, widget);
    }
}

void NaruStyle::drawScrollBar(QPainter* p, const QStyleOptionComplex* option, const QWidget* widget) const
{
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (!bar || bar->maximum <= bar->minimum)
        return;
    const QRect thumb = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    QColor ink = m_theme.tokens().textFaint;
    ink.setAlphaF((bar->state & State_MouseOver) || (bar->activeSubControls & SC_ScrollBarSlider) ? 0.75F : 0.45F);
    p->save();
    smooth(p).setPen(Qt::NoPen);
    p->setBrush(ink);
    const QRectF body = bar->orientation == Qt::Vertical ? QRectF(thumb).adjusted(2.5, 1, -1.5, -1) : QRectF(thumb).adjusted(1, 2.5, -1, -1.5);
    p->drawRoundedRect(body, 3, 3);
    p->restore();
}

void NaruStyle::drawComboBox(QPainter* p, const QStyleOptionComplex* option) const
{
    drawButton(p, option->rect, option->state);
    const QRect arrow(option->rect.right() - kSpace2 - 12, option->rect.center().y() - 5, 12, 12);
    p->drawPixmap(arrow, iconPixmap("chevron-down", 12, m_theme.tokens().textMuted, p->device()->devicePixelRatioF()));
}

void NaruStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* p, const QWidget* widget) const
{
    if (control == CC_ScrollBar)
        drawScrollBar(p, option, widget);
    else if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option); control == CC_ComboBox && box && !box->editable)
        drawComboBox(p, option);
    else
        QProxyStyle::drawComplexControl(control, option, p, widget);
}

QRect NaruStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub, const QWidget* widget) const
{
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control == CC_ComboBox && sub == SC_ComboBoxEditField)
        return option->rect.adjusted(kSpace3 - 2, 0, -kSpace5, 0);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, sub, widget);
    const QRect& r = bar->rect;
    const bool vertical = bar->orientation == Qt::Vertical;
    const int length = vertical ? r.height() : r.width();
    const double range = static_cast<double>(bar->maximum) - bar->minimum;
    const double share = range + bar->pageStep > 0 ? bar->pageStep / (range + bar->pageStep) : 1.0;
    const int thumb = std::clamp(static_cast<int>(length * share), qMin(kScrollThumbMin, length), length);
    const int at = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - thumb, bar->upsideDown);
    const auto part = [&](int from, int size) { return vertical ? QRect(r.left(), r.top() + from, r.width(), size) : QRect(r.left() + from, r.top(), size, r.height()); };
    switch (sub) {
    case SC_ScrollBarGroove: return r;
    case SC_ScrollBarSlider: return part(at, thumb);
    case SC_ScrollBarSubPage: return part(0, at);
    case SC_ScrollBarAddPage: return part(at + thumb, length - at - thumb);
    default: return {}; // no arrow buttons
    }
}

QRect NaruStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    const QRect r = QProxyStyle::subElementRect(element, option, widget);
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    return element == SE_LineEditContents && frame && frame->lineWidth > 0 ? r.adjusted(kSpace2 - 2, 0, 2 - kSpace2, 0) : r;
}

int NaruStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return kScrollBar;
    case PM_ScrollView_ScrollBarSpacing: return 0;
    case PM_SplitterWidth: return kSpace3;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return kMark;
    case PM_SmallIconSize:
    case PM_ButtonIconSize: return kIcon;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_MenuVMargin: return kSpace1;
    case PM_MenuHMargin: return 0;
    case PM_HeaderMargin: return kSpace2;
    case PM_FocusFrameHMargin: return kSpace1 + 2; // air at both sides of a cell's text
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int NaruStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_ScrollBar_LeftClickAbsolutePosition: return 1;
    case SH_EtchDisabledText: return 0;
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_ItemView_ArrowKeysNavigateIntoChildren: return 1;
    case SH_ComboBox_Popup: return 0;
    case SH_ToolTipLabel_Opacity: return 255;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize NaruStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    QSize s = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_LineEdit:
    case CT_PushButton:
    case CT_ComboBox:
    case CT_SpinBox: s.setHeight(qMax(s.height(), kControl)); break;
    case CT_HeaderSection: s.setHeight(kRow - 2); break;
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option); item && item->menuItemType != QStyleOptionMenuItem::Separator)
            s = QSize(size.width() + 2 * kSpace5 + kIcon, kRow - 2);
        break;
    case CT_TabBarTab: s = QSize(s.width() + kSpace2, qMax(s.height(), kRow + 4)); break;
    default: break;
    }
    return s;
}

} // namespace naru::ui
