// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/LifecycleTimeline.h"

#include "ui/text/StateText.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace naru::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kStep = 116; // room of one move
constexpr int kNowRoom = 64; // right of "now" nothing is planned yet
constexpr int kLineY = 32;
}

LifecycleTimeline::LifecycleTimeline(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LifecycleTimeline::setEntries(std::vector<TransitionEntry> newestFirst)
{
    m_entries.assign(newestFirst.rbegin(), newestFirst.rend());
    QStringList spoken;
    for (const TransitionEntry& entry : m_entries)
        spoken += dateTimeText(entry.at) + u' ' + stateWord(entry.toState) + u' ' + entry.actorName;
    setAccessibleName(tr("Life cycle"));
    setAccessibleDescription(spoken.join(u"; "_s));
    update();
}

int LifecycleTimeline::shownCount() const
{
    const int room = std::max(1, (width() - kNowRoom) / kStep);
    return std::min(static_cast<int>(m_entries.size()), room);
}

int LifecycleTimeline::pointX(int index, int shown) const
{
    const int step = std::min(2 * kStep, (width() - kNowRoom) / std::max(1, shown));
    return step * index + std::min(step, kStep) / 2;
}

void LifecycleTimeline::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    const QFont font = theme.font(TextSize::Meta);
    p.setPen(QPen(t.border, 2));
    p.drawLine(QPointF(0, kLineY), QPointF(width(), kLineY));
    const int shown = shownCount();
    const std::size_t first = m_entries.size() - static_cast<std::size_t>(shown);
    for (int i = 0; i < shown; ++i) {
        const TransitionEntry& entry = m_entries[first + static_cast<std::size_t>(i)];
        const int x = pointX(i, shown);
        const QString day = dateTimeText(entry.at).section(u' ', 0, 0);
        drawText(p, QRectF(x - kStep / 2.0 + 2, 4, kStep - 4, 18), day + u' ' + stateWord(entry.toState), font, t.textMuted, Qt::AlignCenter);
        const QString who = entry.actorName.isEmpty() ? actorText(entry.actorRole) : entry.actorName;
        drawText(p, QRectF(x - kStep / 2.0 + 2, 42, kStep - 4, 18), who, font, t.textMuted, Qt::AlignCenter);
        p.setPen(QPen(t.surface, 2));
        p.setBrush(t.accent);
        p.drawEllipse(QPointF(x, kLineY), 6, 6);
    }
    const int now = std::max(width() - kNowRoom, shown > 0 ? pointX(shown - 1, shown) + 12 : 0);
    p.setPen(QPen(t.accent, 2, Qt::DashLine));
    p.drawLine(QPointF(now, 2), QPointF(now, 62));
    drawText(p, QRectF(now + kSpace2, 2, kNowRoom - kSpace2, 18), tr("Now"), theme.font(TextSize::Meta, true), t.accent);
}

bool LifecycleTimeline::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto& help = static_cast<QHelpEvent&>(*event);
        const int shown = shownCount();
        for (int i = 0; i < shown; ++i) {
            const TransitionEntry& entry = m_entries[m_entries.size() - static_cast<std::size_t>(shown - i)];
            if (std::abs(pointX(i, shown) - help.pos().x()) < kStep / 2) {
                QStringList lines{dateTimeText(entry.at), stateWord(entry.fromState) + u" → "_s + stateWord(entry.toState)};
                if (!entry.reason.isEmpty())
                    lines += entry.reason;
                QToolTip::showText(help.globalPos(), lines.join(u'\n'), this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace naru::ui
