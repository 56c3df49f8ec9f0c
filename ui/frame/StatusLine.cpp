// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/StatusLine.h"

#include "ui/text/StateText.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr int kStatusHeight = 30, kDot = 8, kToastHeight = 40, kToastMs = 4000;
constexpr std::size_t kToastsMax = 3;
constexpr int kSaidMs = 6000;

} // namespace

ConnectionLight::ConnectionLight(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    setStatus({}, 0);
}

void ConnectionLight::setStatus(const backend::ConnectionStatus& status, int retryInSeconds)
{
    QString text;
    switch (status.state) {
    case backend::LinkState::Live:
        m_tone = status.lagMs > 1000 ? Tone::Warning : Tone::Success;
        text = status.lagMs < 0 ? tr("Live") : tr("Live %1 ms").arg(status.lagMs);
        break;
    case backend::LinkState::Connecting:
        m_tone = Tone::Warning;
        text = tr("Connecting…");
        break;
    case backend::LinkState::Offline:
        m_tone = Tone::Danger;
        text = retryInSeconds > 0 ? tr("Connection lost · retrying in %n s", nullptr, retryInSeconds) : tr("Connection lost · retrying");
        break;
    }
    setToolTip(status.state == backend::LinkState::Offline ? tr("Press to connect now") : QString());
    if (text == this->text()) {
        update();
        return;
    }
    setText(text);
    updateGeometry();
    update();
}

QSize ConnectionLight::sizeHint() const
{
    return {kDot + kSpace2 + QFontMetrics(Theme::of().font(TextSize::Body, m_tone == Tone::Danger)).horizontalAdvance(text()) + kSpace2, kStatusHeight - 4};
}

void ConnectionLight::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(theme.tone(m_tone));
    p.drawEllipse(QRectF(1, (height() - kDot) / 2.0, kDot, kDot));
    const bool bad = m_tone != Tone::Success;
    drawText(p, QRectF(kDot + kSpace2, 0, width() - kDot - kSpace2, height()), text(), theme.font(TextSize::Body, m_tone == Tone::Danger),
        bad ? theme.tone(m_tone) : theme.tokens().textMuted);
    if (hasFocus()) {
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(theme.tokens().accent, 2));
        p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
    }
}

StatusLine::StatusLine(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(kStatusHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kSpace3, 1, kSpace4, 0);
    row->setSpacing(kSpace4 + 2);
    m_light = new ConnectionLight(this);
    m_queue = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_rate = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_session = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_said = new TextLabel({}, TextSize::Body, true, TextLabel::Warning);
    m_said->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long sentence makes no window wider
    m_saidFor.setSingleShot(true);
    connect(&m_saidFor, &QTimer::timeout, m_said, &QLabel::clear);
    row->addWidget(m_light);
    row->addWidget(m_said, 1);
    row->addWidget(m_queue);
    row->addWidget(m_rate);
    row->addWidget(m_session);
    retranslate();
}

void StatusLine::setQueue(const std::optional<QueueStats>& stats)
{
    m_stats = stats;
    retranslate();
}

void StatusLine::setSessionLeft(int seconds)
{
    if (m_left == seconds)
        return;
    m_left = seconds;
    m_session->setLevel(seconds >= 0 && seconds <= 120 ? TextLabel::Warning : TextLabel::Muted);
    retranslate();
}

void StatusLine::say(const QString& sentence)
{
    m_said->setText(sentence);
    m_said->setToolTip(sentence);
    m_saidFor.start(kSaidMs);
    QAccessibleEvent spoken(m_said, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
}

QString StatusLine::said() const { return m_said->text(); }

void StatusLine::retranslate()
{
    m_queue->setText(m_stats ? tr("Queue %1").arg(QLocale::c().toString(m_stats->depth)) : QString());
    m_rate->setText(m_stats ? tr("Decisions %1/s").arg(QLocale(QLocale::English).toString(qRound(m_stats->decisionsPerSecond))) : QString());
    m_session->setText(m_left >= 0 ? tr("Session %1").arg(minuteSecond(std::chrono::seconds(m_left))) : QString());
}

void StatusLine::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(e);
}

void StatusLine::paintEvent(QPaintEvent*)
{
    const Tokens& t = Theme::of().tokens();
    QPainter p(this);
    p.fillRect(rect(), t.surface);
    p.fillRect(QRect(0, 0, width(), 1), t.border);
}

Toasts::Toasts(QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    window->installEventFilter(this);
    hide();
}

void Toasts::say(const QString& text)
{
    if (text.isEmpty())
        return;
    if (m_lines.size() == kToastsMax) {
        killTimer(m_lines.front().timer);
        m_lines.erase(m_lines.begin());
    }
    m_lines.push_back({text, startTimer(kToastMs)});
    setAccessibleName(text);
    QAccessibleEvent spoken(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
    arrange();
    show();
    raise();
    update();
}

QStringList Toasts::texts() const
{
    QStringList all;
    for (const Line& line : m_lines)
        all.append(line.text);
    return all;
}

void Toasts::timerEvent(QTimerEvent* e)
{
    killTimer(e->timerId());
    std::erase_if(m_lines, [&](const Line& line) { return line.timer == e->timerId(); });
    if (m_lines.empty())
        hide();
    arrange();
    update();
}

bool Toasts::eventFilter(QObject* watched, QEvent* e)
{
    if (e->type() == QEvent::Resize)
        arrange();
    return QWidget::eventFilter(watched, e);
}

void Toasts::arrange()
{
    const QFontMetrics fm(Theme::of().font(TextSize::Body, true));
    int w = 0;
    for (const Line& line : m_lines)
        w = qMax(w, fm.horizontalAdvance(line.text) + 2 * kSpace4);
    w = qMin(w, parentWidget()->width() - 2 * kSpace5);
    const int h = static_cast<int>(m_lines.size()) * (kToastHeight + kSpace2);
    setGeometry((parentWidget()->width() - w) / 2, parentWidget()->height() - kStatusHeight - kSpace3 - h, w, h);
}

void Toasts::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    int y = 0;
    for (const Line& line : m_lines) {
        const QRectF box(0, y, width(), kToastHeight);
        p.setPen(Qt::NoPen);
        p.setBrush(t.text);
        p.drawRoundedRect(box, kRadius, kRadius);
        drawText(p, box.adjusted(kSpace4, 0, -kSpace4, 0), line.text, theme.font(TextSize::Body, true), t.dark ? t.window : t.surface, Qt::AlignCenter);
        y += kToastHeight + kSpace2;
    }
}

} // namespace naru::ui
