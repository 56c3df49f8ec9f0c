// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/SeriesChart.h"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QPainterPath>
#include <QToolTip>

#include "ui/theme/Paint.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

SeriesChart::SeriesChart(Kind kind, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_format([](double v) { return QString::number(v, 'f', 0); })
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SeriesChart::setFormat(std::function<QString(double)> format)
{
    m_format = std::move(format);
    update();
}

void SeriesChart::setData(Data data)
{
    m_data = std::move(data);
    const int peak = peakIndex();
    setAccessibleDescription(peak < 0 ? QString() : tr("Highest: %1. Latest: %2.").arg(textOf(peak), textOf(static_cast<int>(m_data.values.size()) - 1)));
    update();
}

QRectF SeriesChart::plot() const
{
    return QRectF(rect()).adjusted(0, 18, 0, -16);
}

double SeriesChart::top() const
{
    double highest = m_data.scale;
    if (highest <= 0)
        for (const double v : m_data.values)
            highest = std::max(highest, v);
    return highest > 0 ? highest : 1.0;
}

int SeriesChart::peakIndex() const
{
    if (m_data.values.empty())
        return -1;
    return static_cast<int>(std::max_element(m_data.values.begin(), m_data.values.end()) - m_data.values.begin());
}

QString SeriesChart::textOf(int index) const
{
    if (index < 0 || index >= static_cast<int>(m_data.values.size()))
        return {};
    const auto value = m_format(m_data.values[static_cast<std::size_t>(index)]);
    return index < m_data.labels.size() ? u"%1 %2"_s.arg(m_data.labels.at(index), value) : value;
}

QPointF SeriesChart::pointOf(int index, const QRectF& plot, double top) const
{
    const auto count = m_data.values.size();
    const double y = plot.bottom() - plot.height() * std::clamp(m_data.values[static_cast<std::size_t>(index)] / top, 0.0, 1.0);
    if (m_kind == Bars)
        return {plot.left() + plot.width() * (index + 0.5) / static_cast<double>(count), y};
    const auto room = std::max(static_cast<int>(count), m_data.room);
    const int place = room - static_cast<int>(count) + index;
    return {room < 2 ? plot.right() : plot.left() + plot.width() * place / static_cast<double>(room - 1), y};
}

void SeriesChart::paintArea(QPainter& p, const QRectF& plot, double top) const
{
    const auto& t = Theme::of().tokens();
    QPainterPath line;
    const int count = static_cast<int>(m_data.values.size());
    for (int i = 0; i < count; ++i) {
        const auto point = pointOf(i, plot, top);
        if (i == 0)
            line.moveTo(count < 2 ? point - QPointF(2, 0) : point);
        line.lineTo(point);
    }
    auto area = line;
    area.lineTo(plot.bottomRight());
    area.lineTo(line.elementAt(0).x, plot.bottom());
    area.closeSubpath();
    p.fillPath(area, t.accentSoft);
    p.setPen(QPen(t.accent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.drawPath(line);
}

void SeriesChart::paintBars(QPainter& p, const QRectF& plot, double top) const
{
    const auto& t = Theme::of().tokens();
    const auto count = static_cast<int>(m_data.values.size());
    const double step = plot.width() / count;
    const double width = std::max(2.0, std::min(step - 2.0, 22.0));
    p.setPen(Qt::NoPen);
    for (int i = 0; i < count; ++i) {
        const auto tip = pointOf(i, plot, top);
        const bool future = m_data.known >= 0 && i >= m_data.known;
        const double height = future ? 2.0 : std::max(2.0, plot.bottom() - tip.y());
        QColor color = t.accent;
        if (future)
            color = t.border;
        else if (m_data.marked >= 0 && i != m_data.marked)
            color.setAlphaF(0.45);
        p.setBrush(color);
        const double radius = std::min(2.5, height / 2);
        p.drawRoundedRect(QRectF(tip.x() - width / 2, plot.bottom() - height, width, height), radius, radius);
    }
}

void SeriesChart::paintTexts(QPainter& p, const QRectF& plot, double top) const
{
    const auto& theme = Theme::of();
    const auto& t = theme.tokens();
    const auto font = theme.font(TextSize::Meta);
    const QRectF below(plot.left(), plot.bottom() + 2, plot.width(), 14);
    const auto first = m_data.first.isEmpty() && !m_data.labels.isEmpty() ? m_data.labels.first() : m_data.first;
    const auto last = m_data.last.isEmpty() && !m_data.labels.isEmpty() ? m_data.labels.last() : m_data.last;
    drawText(p, below, first, font, t.textFaint, Qt::AlignLeft | Qt::AlignVCenter);
    drawText(p, below, last, font, t.textFaint, Qt::AlignRight | Qt::AlignVCenter);
    const int peak = peakIndex();
    if (peak < 0 || m_data.values[static_cast<std::size_t>(peak)] <= 0)
        return;
    const auto text = m_data.peak.isEmpty() ? m_format(m_data.values[static_cast<std::size_t>(peak)]) : m_data.peak;
    const auto tip = pointOf(peak, plot, top);
    const double width = QFontMetricsF(font).horizontalAdvance(text) + 4;
    const double x = std::clamp(tip.x() - width / 2, plot.left(), std::max(plot.left(), plot.right() - width));
    drawText(p, {x, std::max(0.0, tip.y() - 18), width, 16}, text, font, t.textMuted, Qt::AlignCenter);
}

void SeriesChart::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const auto area = plot();
    const auto highest = top();
    const auto& t = Theme::of().tokens();
    if (!m_data.values.empty()) {
        if (m_kind == Area)
            paintArea(p, area, highest);
        else
            paintBars(p, area, highest);
    }
    p.setPen(QPen(t.border, 1));
    p.drawLine(QPointF(area.left(), area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5));
    paintTexts(p, area, highest);
}

bool SeriesChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_data.values.empty())
        return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    const auto area = plot();
    const auto count = static_cast<double>(m_data.values.size());
    const double share = std::clamp((help->pos().x() - area.left()) / std::max(1.0, area.width()), 0.0, 1.0);
    const double room = std::max(count, static_cast<double>(m_data.room));
    const int index = m_kind == Bars ? std::min(static_cast<int>(share * count), static_cast<int>(count) - 1) : static_cast<int>(std::lround(share * (room - 1) - (room - count)));
    QToolTip::showText(help->globalPos(), textOf(index), this);
    return true;
}

} // namespace naru::ui
