// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Sheet.h"

#include <QKeyEvent>
#include <QPainter>

#include "ui/theme/Theme.h"

namespace naru::ui {

void Sheet::leave()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT left();
}

void Sheet::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else
        QFrame::keyPressEvent(event);
}

void Sheet::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    const Tokens& t = Theme::of().tokens();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(t.accent, 1));
    p.setBrush(t.raised);
    p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

} // namespace naru::ui
