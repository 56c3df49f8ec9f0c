// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/slotrules/OccurrenceCalendar.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/slotrules/RuleWords.h"
#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {
constexpr int kHead = 20, kDay = 34, kGap = 2;
constexpr int kKoreaOffsetSeconds = 9 * 3600;

struct Look {
    const char* icon;
    Tone tone;
};
Look lookOf(OccurrenceState state)
{
    switch (state) {
    case OccurrenceState::Make: return {"plus", Tone::Success};
    case OccurrenceState::Keep: return {"check2", Tone::Neutral};
    case OccurrenceState::Change: return {"arrow-repeat", Tone::Info};
    case OccurrenceState::Reopen: return {"arrow-counterclockwise", Tone::Success};
    case OccurrenceState::Booked: return {"exclamation-triangle", Tone::Danger};
    case OccurrenceState::ByHand: return {"pencil", Tone::Neutral};
    }
    return {"dot", Tone::Neutral};
}

// The most telling of several on one day.
int weight(OccurrenceState state)
{
    switch (state) {
    case OccurrenceState::Booked: return 5;
    case OccurrenceState::Change: return 4;
    case OccurrenceState::Make: return 3;
    case OccurrenceState::Reopen: return 2;
    case OccurrenceState::ByHand: return 1;
    case OccurrenceState::Keep: break;
    }
    return 0;
}
} // namespace

OccurrenceCalendar::OccurrenceCalendar(const Clock& clock, QWidget* parent) : QWidget(parent), m_clock(clock)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    clear();
}

void OccurrenceCalendar::clear()
{
    m_days.clear();
    const auto today = QDateTime::fromMSecsSinceEpoch(toUnixMs(m_clock.now()), Qt::OffsetFromUTC, kKoreaOffsetSeconds).date();
    m_first = today.addDays(1 - today.dayOfWeek());
    setAccessibleName(tr("No preview yet"));
    update();
}

void OccurrenceCalendar::setPreview(const RulePreview& preview)
{
    clear();
    QStringList spoken;
    for (const auto& one : preview.occurrences) {
        auto& day = m_days[QDate::fromString(one.localDate, Qt::ISODate)];
        if (day.count == 0 || weight(one.state) > weight(day.state))
            day.state = one.state;
        ++day.count;
        day.clockJumps = day.clockJumps || one.clockChange != ClockChange::None;
        day.times += (day.times.isEmpty() ? QString() : u"\n"_s) + u"%1 %2: %3"_s.arg(dayText(one.localDate), one.localTime, occurrenceWords(one.state));
        if (one.state != OccurrenceState::Keep && spoken.size() < 12)
            spoken << u"%1 %2 %3"_s.arg(dayText(one.localDate), one.localTime, occurrenceWords(one.state));
    }
    setAccessibleName(tr("Preview: %1").arg(spoken.isEmpty() ? tr("nothing changes") : spoken.join(u", "_s)));
    update();
}

QSize OccurrenceCalendar::sizeHint() const { return {280, kHead + m_weeks * (kDay + kGap)}; }

QRectF OccurrenceCalendar::boxOf(int week, int day) const
{
    const double wide = static_cast<double>(width()) / 7;
    return {day * wide, static_cast<double>(kHead + week * (kDay + kGap)), wide - kGap, static_cast<double>(kDay)};
}

QDate OccurrenceCalendar::dateAt(const QPoint& at) const
{
    const int week = (at.y() - kHead) / (kDay + kGap);
    const int day = at.x() * 7 / std::max(1, width());
    return at.y() < kHead || week >= m_weeks || day < 0 || day > 6 ? QDate() : m_first.addDays(week * 7 + day);
}

bool OccurrenceCalendar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto day = m_days.constFind(dateAt(help->pos()));
        if (day == m_days.constEnd())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), day->times, this);
        return true;
    }
    return QWidget::event(event);
}

void OccurrenceCalendar::paintDay(QPainter& p, const QRectF& box, const QDate& date) const
{
    const auto& theme = Theme::of();
    const auto& t = theme.tokens();
    const auto found = m_days.constFind(date);
    const auto name = date.day() == 1 ? u"%1/1"_s.arg(date.month()) : QString::number(date.day()); // the month where it begins
    p.setPen(Qt::NoPen);
    if (found == m_days.constEnd()) {
        drawText(p, box, name, theme.font(TextSize::Meta), t.textFaint, Qt::AlignCenter);
        return;
    }
    const auto look = lookOf(found->state);
    p.setBrush(theme.toneSoft(look.tone));
    p.drawRoundedRect(box, 4, 4);
    drawText(p, box.adjusted(5, 2, 0, 0), name, theme.font(TextSize::Meta, true), t.text, Qt::AlignLeft | Qt::AlignTop); // above the sign: "12/1" is as wide as a narrow day
    const double signTop = box.bottom() - 16;
    p.drawPixmap(QPointF(box.right() - 17, signTop), iconPixmap(look.icon, 14, theme.tone(look.tone), devicePixelRatioF()));
    if (found->clockJumps)
        p.drawPixmap(QPointF(box.right() - 34, signTop), iconPixmap("stopwatch", 14, t.warning, devicePixelRatioF()));
}

void OccurrenceCalendar::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of();
    const auto& t = theme.tokens();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    for (int day = 0; day < 7; ++day) {
        const auto box = boxOf(0, day);
        drawText(p, QRectF(box.left(), 0, box.width(), kHead - 2), weekdayName(day + 1), theme.font(TextSize::Meta), day == 6 ? t.danger : t.textMuted, Qt::AlignCenter);
    }
    for (int week = 0; week < m_weeks; ++week)
        for (int day = 0; day < 7; ++day) {
            const auto date = m_first.addDays(week * 7 + day);
            paintDay(p, boxOf(week, day), date);
        }
}

} // namespace naru::ui
