// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/HistoryList.h"

#include "ui/text/StateText.h"

#include <QPainter>

namespace naru::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kStep = 27;
constexpr int kReasonStep = 18;
}

HistoryList::HistoryList(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HistoryList::setEntries(const std::vector<TransitionEntry>& entries)
{
    m_lines.clear();
    QString last;
    QStringList spoken;
    for (const TransitionEntry& entry : entries) {
        const QString day = dateTimeText(entry.at).section(u' ', 0, 0);
        const QString when = day == last ? timeOfDay(entry.at) : dateTimeText(entry.at); // the day once
        last = day;
        m_lines.push_back({when, stateWord(entry.toState), entry.actorName.isEmpty() ? actorText(entry.actorRole) : entry.actorName, entry.reason});
        spoken += dateTimeText(entry.at) + u' ' + m_lines.back().what + u' ' + m_lines.back().who;
    }
    setAccessibleName(spoken.join(u"; "_s));
    updateGeometry();
    update();
}

QSize HistoryList::sizeHint() const
{
    int height = 0;
    for (const Line& line : m_lines)
        height += kStep + (line.reason.isEmpty() ? 0 : kReasonStep);
    return {120, height};
}

void HistoryList::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    const QFont font = theme.font(TextSize::Body);
    const QFontMetrics fm(font);
    int y = 0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line& line = m_lines[i];
        const int height = kStep + (line.reason.isEmpty() ? 0 : kReasonStep);
        p.setPen(QPen(t.border, 2));
        if (i + 1 < m_lines.size())
            p.drawLine(QPointF(6, y + kStep / 2.0), QPointF(6, y + height + kStep / 2.0));
        p.setPen(Qt::NoPen);
        p.setBrush(t.accent);
        p.drawEllipse(QPointF(6, y + kStep / 2.0), 4, 4);
        const QString text = line.when + u' ' + line.what;
        const int used = std::min(width() - 21, fm.horizontalAdvance(text) + 1);
        drawText(p, QRectF(21, y, used, kStep), text, font, t.text);
        drawText(p, QRectF(21 + used + kSpace1, y, width() - 25 - used, kStep), line.who, font, t.textFaint);
        if (!line.reason.isEmpty())
            drawText(p, QRectF(21, y + kStep - 3, width() - 21, kReasonStep), line.reason, theme.font(TextSize::Meta), t.textMuted);
        y += height;
    }
}

} // namespace naru::ui
