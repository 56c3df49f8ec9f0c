// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bookings/TimeBar.h"

#include <algorithm>

#include <QPainter>
#include <QPainterPath>

#include "ui/reservations/BookingWords.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {
constexpr int kBar = 34, kAbove = 16, kBelow = 18;
constexpr auto kUnknownSpan = std::chrono::hours(24 * 30); // the first step has no beginning
} // namespace

TimeBar::TimeBar(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TimeBar::setQuote(const CancellationQuote& quote)
{
    m_parts.clear();
    m_currency = quote.total.currency;
    for (std::size_t i = 0; i < quote.steps.size(); ++i) {
        const auto& step = quote.steps[i];
        Part part;
        part.from = step.from;
        part.until = i + 1 < quote.steps.size() ? quote.steps[i + 1].from : quote.startsAt;
        part.bps = step.refundBps;
        part.refund = quote.paid.minor > 0 ? step.refundMinor : step.refundOfPriceMinor;
        if (part.until && part.from && *part.until <= *part.from)
            part.until.reset(); // after the start
        m_parts.push_back(part);
    }
    nameIt();
    update();
}

void TimeBar::tick()
{
    nameIt();
    update();
}

int TimeBar::current() const
{
    const auto now = m_clock.now();
    int at = m_parts.empty() ? -1 : 0;
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        if (m_parts[i].from && *m_parts[i].from <= now)
            at = static_cast<int>(i);
    return at;
}

double TimeBar::place() const
{
    const int at = current();
    if (at < 0)
        return 0;
    const auto& part = m_parts[static_cast<std::size_t>(at)];
    const auto now = m_clock.now();
    const auto until = part.until.value_or(now);
    const auto from = part.from.value_or(until - kUnknownSpan);
    if (until <= from)
        return 0.5;
    return std::clamp(static_cast<double>((now - from).count()) / static_cast<double>((until - from).count()), 0.03, 0.97);
}

QString TimeBar::remaining() const
{
    const int at = current();
    if (at < 0 || at + 1 >= static_cast<int>(m_parts.size()))
        return {};
    const auto& next = m_parts[static_cast<std::size_t>(at) + 1];
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(*next.from - m_clock.now());
    const auto span = left < std::chrono::minutes(60) ? minuteSecond(left) : shortSpan(left);
    return next.bps < m_parts[static_cast<std::size_t>(at)].bps ? tr("falls to %1 in %2 (%3)").arg(percentText(next.bps), span, dateTimeText(*next.from))
                                                               : tr("%1 from %3, in %2").arg(percentText(next.bps), span, dateTimeText(*next.from));
}

void TimeBar::nameIt()
{
    QStringList parts;
    const int now = current();
    for (int i = 0; i < static_cast<int>(m_parts.size()); ++i) {
        const auto& part = m_parts[static_cast<std::size_t>(i)];
        auto text = part.from ? tr("from %1: %2").arg(dateTimeText(*part.from), percentText(part.bps)) : tr("at first: %1").arg(percentText(part.bps));
        parts << (i == now ? tr("%1, now").arg(text) : text);
    }
    setAccessibleName(tr("What comes back: %1").arg(parts.join(u"; "_s)));
}

QSize TimeBar::sizeHint() const { return {240, kAbove + kBar + kBelow}; }

void TimeBar::paintEvent(QPaintEvent*)
{
    if (m_parts.empty())
        return;
    const auto& theme = Theme::of();
    const auto& t = theme.tokens();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const int count = static_cast<int>(m_parts.size());
    const double wide = static_cast<double>(width()) / count;
    const int now = current();
    const QRectF bar(0, kAbove, width(), kBar);
    QPainterPath clip;
    clip.addRoundedRect(bar, kRadius, kRadius);
    p.save();
    p.setClipPath(clip);
    for (int i = 0; i < count; ++i) {
        const auto& part = m_parts[static_cast<std::size_t>(i)];
        const QRectF box(i * wide, kAbove, wide - (i + 1 < count ? 2 : 0), kBar);
        const auto tone = part.bps >= 10'000 ? Tone::Success : part.bps > 0 ? Tone::Warning : Tone::Danger;
        p.fillRect(box, theme.toneSoft(tone));
        const auto percent = theme.font(TextSize::Body, i == now);
        const auto money = formatMoney({part.refund, m_currency});
        const bool room = QFontMetrics(theme.font(TextSize::Meta)).horizontalAdvance(money) + 8 < box.width();
        drawText(p, room ? box.adjusted(3, 2, -3, -kBar / 2.0 + 1) : box.adjusted(3, 0, -3, 0), percentText(part.bps), percent, theme.tone(tone), Qt::AlignCenter);
        if (room)
            drawText(p, box.adjusted(3, kBar / 2.0 - 1, -3, -3), money, theme.font(TextSize::Meta), t.textMuted, Qt::AlignCenter);
    }
    p.restore();
    for (int i = 1; i < count; ++i) // where a step begins
        if (const auto& from = m_parts[static_cast<std::size_t>(i)].from) {
            const auto text = dateTimeText(*from);
            const double w = QFontMetricsF(theme.font(TextSize::Meta)).horizontalAdvance(text) + 2;
            drawText(p, QRectF(std::clamp(i * wide - w / 2, 0.0, width() - w), kAbove + kBar + 2, w, kBelow - 2), text, theme.font(TextSize::Meta), t.textMuted, Qt::AlignCenter);
        }
    const double x = std::clamp((now + place()) * wide, 4.0, width() - 4.0);
    QPainterPath mark;
    mark.moveTo(x, kAbove + 3);
    mark.lineTo(x - 4, kAbove - 3);
    mark.lineTo(x + 4, kAbove - 3);
    mark.closeSubpath();
    p.fillPath(mark, t.text);
    p.setPen(QPen(t.text, 1.5));
    p.drawLine(QPointF(x, kAbove), QPointF(x, kAbove + kBar));
    const auto word = tr("now");
    const double w = QFontMetricsF(theme.font(TextSize::Meta, true)).horizontalAdvance(word) + 2;
    const double left = x + 7 + w < width() ? x + 7 : x - 7 - w;
    drawText(p, QRectF(left, 0, w, kAbove - 2), word, theme.font(TextSize::Meta, true), t.text);
}

} // namespace naru::ui
