// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/ConflictTimeline.h"

#include <algorithm>

#include <QEvent>
#include <QPainter>

#include "ui/security/SecurityWords.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kLabel = 18, kBar = 6, kRowGap = 16, kAxis = 20, kMargin = 8;
constexpr int kOldY = kLabel + 8, kNewY = kOldY + kBar + kRowGap + kLabel;
constexpr Millis kLeast = 2min, kMost = 2h;

Instant endOf(const SessionEntry& s, Instant now) { return s.endedAt.value_or(s.status == SessionStatus::Active ? now : s.lastActivityAt); }

} // namespace

ConflictTimeline::ConflictTimeline(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ConflictTimeline::sizeHint() const { return {520, kNewY + kBar + kLabel + kAxis}; }

// As much of the old session as its last actions need, and as much of the new one as has happened; neither more than two hours, so
// that minutes can be told apart.
void ConflictTimeline::setDetail(const ConflictDetail& detail, Instant now)
{
    m_detail = detail;
    m_now = now;
    const SessionEntry& before = detail.oldSide.session;
    const SessionEntry& after = detail.newSide.session;
    const Instant swap = after.startedAt;
    Instant first = std::min({swap - kLeast, before.lastActivityAt - kLeast, before.endedAt.value_or(swap) - kLeast});
    for (const AuditLine& a : detail.oldSide.actions)
        first = std::min(first, a.at - 30s);
    m_from = std::max({first, before.startedAt, swap - kMost});
    Instant last = std::max({after.lastActivityAt + 1min, after.endedAt.value_or(swap), before.endedAt.value_or(swap), swap + kLeast});
    for (const AuditLine& a : detail.newSide.actions)
        last = std::max(last, a.at + 30s);
    for (const AuditLine& a : detail.oldSide.actions)
        last = std::max(last, a.at + 30s);
    m_to = std::min(last, swap + kMost);
    if (before.startedAt >= m_from)
        m_from = std::min(before.startedAt - 20s, swap - kLeast);
    describe();
    update();
}

void ConflictTimeline::clear()
{
    m_detail.reset();
    setAccessibleName({});
    update();
}

void ConflictTimeline::describe()
{
    if (!m_detail)
        return;
    const auto side = [](const ConflictSide& s, const QString& text) {
        return text.arg(dateTimeText(s.session.startedAt), clockText(s.session.lastActivityAt), s.session.endedAt ? clockText(*s.session.endedAt) : chipOf(s.session.status).text);
    };
    setAccessibleName(side(m_detail->oldSide, tr("Old session: began %1, last active %2, end %3.")) + u' ' + side(m_detail->newSide, tr("New session: began %1, last active %2, end %3.")));
}

void ConflictTimeline::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        describe();
        update();
    }
    QWidget::changeEvent(event);
}

double ConflictTimeline::place(Instant t) const
{
    const double whole = std::max(1.0, static_cast<double>((m_to - m_from).count()));
    const double share = static_cast<double>((t - m_from).count()) / whole;
    return kMargin + std::clamp(share, 0.0, 1.0) * (width() - 2 * kMargin);
}

void ConflictTimeline::paintSide(QPainter& p, const ConflictSide& side, int y, bool isNew) const
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    const SessionEntry& s = side.session;
    const bool risky = isNew && m_detail->conflict.kind == ConflictKind::Reported;
    const QColor ink = !isNew ? t.accent : risky ? t.danger : t.warning;
    const double left = place(s.startedAt), right = std::max(left + kBar, place(endOf(s, m_now)));
    const double active = place(s.lastActivityAt);
    p.setPen(Qt::NoPen);
    QColor faint = ink;
    faint.setAlphaF(0.35F); // after its last activity it was open, but nobody worked in it
    p.setBrush(faint);
    p.drawRoundedRect(QRectF(left, y, right - left, kBar), kBar / 2.0, kBar / 2.0);
    p.setBrush(ink);
    p.drawRoundedRect(QRectF(left, y, std::max<double>(kBar, active - left), kBar), kBar / 2.0, kBar / 2.0);
    for (const AuditLine& a : side.actions) {
        if (a.at < m_from || a.at > m_to)
            continue;
        p.setPen(QPen(ink, 1.5));
        p.setBrush(t.surface);
        p.drawEllipse(QPointF(place(a.at), y + kBar / 2.0), 3.5, 3.5);
    }
    if (s.endedAt) {
        p.setPen(QPen(ink, 2));
        p.drawLine(QPointF(right, y - 4), QPointF(right, y + kBar + 4));
    }
    const QString name = u"%1 · %2 · %3"_s.arg(isNew ? tr("New session") : tr("Old session"), isNew ? m_detail->conflict.newPlace : m_detail->conflict.oldPlace,
        isNew ? m_detail->conflict.newDevice : m_detail->conflict.oldDevice);
    const QFont font = theme.font(TextSize::Meta);
    const QString cut = s.startedAt < m_from ? u"  ‹ "_s + tr("since %1").arg(dateTimeText(s.startedAt)) : QString();
    const QString text = name + cut;
    const double wide = std::min<double>(QFontMetricsF(font).horizontalAdvance(text) + 4, width() - 2.0 * kMargin);
    const double x = std::clamp(isNew ? right - wide : left, double(kMargin), std::max<double>(kMargin, width() - kMargin - wide));
    const int top = isNew ? y + kBar + 3 : y - kLabel - 3;
    drawText(p, QRectF(x, top, wide, kLabel), text, font, t.textMuted, (isNew ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

void ConflictTimeline::paintAxis(QPainter& p) const
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    const int y = height() - kAxis + 3;
    p.setPen(t.border);
    p.drawLine(QPointF(kMargin, y), QPointF(width() - kMargin, y));
    const QFont font = theme.font(TextSize::Meta);
    static constexpr Millis steps[] = {10s, 30s, 1min, 2min, 5min, 10min, 15min, 30min, 1h};
    const double wide = QFontMetricsF(font).horizontalAdvance(u"00:00:00"_s) + 4;
    const auto most = std::max<std::int64_t>(2, static_cast<std::int64_t>(width() / (wide * 1.6)));
    const auto step = *std::find_if(std::begin(steps), std::prev(std::end(steps)), [&](Millis s) { return (m_to - m_from) / s <= most; });
    for (Instant at = fromUnixMs((toUnixMs(m_from) / step.count() + 1) * step.count()); at < m_to; at += step) {
        const double x = place(at);
        p.setPen(t.border);
        p.drawLine(QPointF(x, y), QPointF(x, y + 3));
        const double from = std::clamp(x - wide / 2, 0.0, width() - wide);
        drawText(p, QRectF(from, y + 3, wide, kAxis - 6), step < 1min ? clockText(at) : timeOfDay(at), font, t.textMuted, Qt::AlignHCenter | Qt::AlignVCenter);
    }
}

void ConflictTimeline::paintEvent(QPaintEvent*)
{
    if (!m_detail)
        return;
    const Theme& theme = Theme::of();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    paintAxis(p);
    const Instant swap = m_detail->newSide.session.startedAt;
    const double x = place(swap);
    p.setPen(QPen(theme.tokens().textMuted, 1, Qt::DashLine));
    p.drawLine(QPointF(x, kOldY - 12), QPointF(x, kNewY + kBar + 2));
    paintSide(p, m_detail->oldSide, kOldY, false);
    paintSide(p, m_detail->newSide, kNewY, true);
    const QString word = tr("%1 taken over").arg(clockText(swap));
    const QFont font = theme.font(TextSize::Meta, true);
    const double wide = QFontMetricsF(font).horizontalAdvance(word) + 4;
    // At the side of the mark where there is room; between the two bars nothing else is written.
    const double left = x + 6 + wide < width() ? x + 6 : x - 6 - wide;
    drawText(p, QRectF(left, kOldY + kBar + 4, wide, kLabel), word, font, theme.tokens().text);
}

} // namespace naru::ui
