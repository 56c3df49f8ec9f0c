// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/Overlay.h"

#include "ui/theme/Paint.h"

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>
#include <QLayout>
#include <QPainter>

namespace naru::ui {

RaisedPanel::RaisedPanel(QWidget* parent) : QWidget(parent)
{
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RaisedPanel::paintEvent(QPaintEvent*)
{
    const Tokens& t = Theme::of().tokens();
    const QRectF box = QRectF(rect()).adjusted(kReach, kReach, -kReach, -kReach);
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    drawShadow(p, box, kReach);
    p.setPen(t.border);
    p.setBrush(t.raised);
    p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), kCardRadius, kCardRadius);
}

Overlay::Overlay(QWidget* parent, Place place, int panelWidth) : QWidget(parent), m_panel(new RaisedPanel(this)), m_place(place), m_width(panelWidth)
{
    hide();
    setFocusPolicy(Qt::NoFocus);
    parent->installEventFilter(this);
}

void Overlay::open()
{
    if (!isOpen())
        m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    arrange();
    show();
    raise();
}

void Overlay::close()
{
    if (!isOpen())
        return;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
}

void Overlay::arrange()
{
    const int margin = 2 * RaisedPanel::kReach;
    const int w = qMin(m_width + margin, width());
    QLayout* layout = m_panel->layout();
    int h = layout && layout->hasHeightForWidth() ? layout->totalHeightForWidth(w) : m_panel->sizeHint().height();
    h = qBound(layout ? layout->minimumSize().height() : 0, h, height());
    switch (m_place) {
    case Place::Top: m_panel->setGeometry((width() - w) / 2, qMax(0, height() / 9 - RaisedPanel::kReach), w, h); break;
    case Place::Centre: m_panel->setGeometry((width() - w) / 2, (height() - h) / 2, w, h); break;
    case Place::Right: m_panel->setGeometry(width() - w + RaisedPanel::kReach - kSpace3, kSpace3 - RaisedPanel::kReach, w, height() + 2 * RaisedPanel::kReach - 2 * kSpace3); break;
    }
}

bool Overlay::event(QEvent* e)
{
    if (e->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(e);
}

bool Overlay::eventFilter(QObject* watched, QEvent* e)
{
    if (watched == parentWidget() && e->type() == QEvent::Resize && isVisible()) {
        setGeometry(parentWidget()->rect());
        arrange();
    }
    return QWidget::eventFilter(watched, e);
}

bool Overlay::focusNextPrevChild(bool next)
{
    QWidget* from = QApplication::focusWidget();
    if (!from || !isAncestorOf(from))
        from = this;
    for (QWidget* w = next ? from->nextInFocusChain() : from->previousInFocusChain(); w && w != from;
         w = next ? w->nextInFocusChain() : w->previousInFocusChain()) {
        if (isAncestorOf(w) && w->isVisible() && w->isEnabled() && (w->focusPolicy() & Qt::TabFocus)) {
            w->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
    return true; // never out of the overlay
}

void Overlay::keyPressEvent(QKeyEvent* e)
{
    if (e->key() == Qt::Key_Escape) {
        escapePressed();
    } else if (e->key() == Qt::Key_Return || e->key() == Qt::Key_Enter) {
        auto* button = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
        if (button && isAncestorOf(button))
            button->click();
        else
            enterPressed();
    }
    e->accept(); // nothing below hears a key
}

void Overlay::escapePressed()
{
    if (m_dismissable)
        close();
}

void Overlay::mousePressEvent(QMouseEvent* e)
{
    const QRect inner = m_panel->geometry().adjusted(RaisedPanel::kReach, RaisedPanel::kReach, -RaisedPanel::kReach, -RaisedPanel::kReach);
    if (m_dismissable && !inner.contains(e->pos()))
        close();
}

void Overlay::paintEvent(QPaintEvent*)
{
    QColor dim = Theme::of().tokens().dark ? QColor(0, 0, 0, 110) : QColor(20, 26, 34, 46);
    QPainter(this).fillRect(rect(), dim);
}

} // namespace naru::ui
