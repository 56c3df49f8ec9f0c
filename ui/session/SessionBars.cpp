// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/SessionBars.h"

#include "ui/frame/HeaderBar.h"
#include "ui/session/SessionWords.h"
#include "ui/text/StateText.h"

#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::LinkState;
using backend::SessionState;
namespace {

constexpr int kStaleAfterMs = 15'000; // auth.md §2.5: from then on sensitive work is refused

} // namespace

SessionBars::SessionBars(backend::Backend& backend, const Clock& clock, QWidget* parent) : QWidget(parent), m_backend(backend), m_clock(clock)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_idle = new NoticeBar("hourglass-split", Tone::Warning, this);
    m_restricted = new NoticeBar("shield-lock", Tone::Warning, this);
    m_offline = new NoticeBar("wifi-off", Tone::Danger, this);
    m_degraded = new NoticeBar("cloud-slash", Tone::Warning, this);
    m_absolute = new NoticeBar("stopwatch", Tone::Info, this);
    for (NoticeBar* bar : {m_idle, m_restricted, m_offline, m_degraded, m_absolute})
        column->addWidget(bar);
    connect(m_idle, &NoticeBar::actionWanted, this, [this] { m_backend.noteUserActivity(); });
    connect(m_idle, &NoticeBar::secondActionWanted, this, &SessionBars::signOutWanted);
    connect(m_absolute, &NoticeBar::actionWanted, this, &SessionBars::signInNowWanted);
    connect(m_absolute, &NoticeBar::secondActionWanted, this, [this] {
        m_later = m_backend.session().info() ? m_backend.session().info()->sid : SessionId{};
        refresh();
    });
    connect(m_restricted, &NoticeBar::actionWanted, this, &SessionBars::verifyWanted);
    connect(m_restricted, &NoticeBar::secondActionWanted, this, &SessionBars::explainRestriction);
    connect(m_degraded, &NoticeBar::actionWanted, this, &SessionBars::explainDegraded);
    connect(m_offline, &NoticeBar::actionWanted, this, [this] { m_backend.reconnectNow(); });
}

void SessionBars::refresh()
{
    sayIdle();
    sayRestricted();
    sayOffline();
    sayDegraded();
    sayAbsolute();
}

void SessionBars::put(NoticeBar* bar, bool on, bool loud)
{
    const bool fresh = on && bar->isHidden();
    bar->setVisible(on);
    if (fresh || (on && loud))
        bar->readOut();
}

void SessionBars::sayIdle()
{
    const int left = m_backend.session().secondsLeft();
    const bool on = left >= 0 && left <= kIdleWarning;
    if (on)
        m_idle->setTexts(tr("You will be signed out in %1.").arg(spanText(left)), tr("Keep working"), tr("Sign out"));
    // Not each second: that would leave no room for anything else.
    bool loud = false;
    for (const int mark : {60, 30, 10})
        loud = loud || (left <= mark && m_saidAt > mark);
    put(m_idle, on, loud);
    m_saidAt = left;
}

void SessionBars::sayAbsolute()
{
    const int left = m_backend.session().absoluteSecondsLeft();
    const auto& info = m_backend.session().info();
    const bool later = info && m_later == info->sid && left > kIdleWarning;
    const bool on = left >= 0 && left <= kAbsoluteWarning && !later;
    if (on)
        m_absolute->setTexts(tr("The maximum session ends in %1. Sign in again now and carry on.").arg(spanText(left > 60 ? (left + 59) / 60 * 60 : left)),
            tr("Sign in now"), tr("Later"));
    put(m_absolute, on);
}

void SessionBars::sayRestricted()
{
    const auto& info = m_backend.session().info();
    const bool on = info && !info->restricted.isEmpty() && m_backend.session().state() == SessionState::Active;
    if (on)
        m_restricted->setTexts(tr("Read-only until verified. Reason: %1").arg(restrictionText(info->restricted)), tr("Verify"), tr("Details"));
    put(m_restricted, on);
}

void SessionBars::sayDegraded()
{
    const backend::ConnectionStatus status = m_backend.connection();
    const int left = m_backend.session().secondsLeft();
    const bool on = status.state == LinkState::Live && status.authAgeMs > kStaleAfterMs && left >= 0;
    if (on)
        m_degraded->setTexts(tr("The sign-in service is unreachable. You can work until %1; price publishing, refunds and rights changes are paused.")
                                 .arg(timeOfDay(m_clock.now() + std::chrono::seconds(left))),
            tr("Details"));
    put(m_degraded, on);
}

void SessionBars::sayOffline()
{
    m_offline->setTexts(tr("Connection lost. Changes are saved on this device."), tr("Reconnect"));
    put(m_offline, m_backend.connection().state == LinkState::Offline);
}

void SessionBars::explainRestriction()
{
    const auto& info = m_backend.session().info();
    Talk talk;
    talk.sentence = tr("Read-only until verified. Reason: %1").arg(info ? restrictionText(info->restricted) : QString());
    talk.detail = tr("You can look at everything and go on typing; what you type is kept on this device. Saving and sending are refused until you have verified that it is you. Support has been told.");
    talk.choices = {{tr("Verify"), KeyButton::Primary, [this] { Q_EMIT verifyWanted(); }}, {tr("Close")}};
    Q_EMIT explanationWanted(talk);
}

void SessionBars::explainDegraded()
{
    const int age = m_backend.connection().authAgeMs / 1000;
    Talk talk;
    talk.sentence = tr("The sign-in service has not been heard of for %1.").arg(spanText(age));
    talk.detail = tr("Lists, search and ordinary edits go on. What could do harm if your session had been ended meanwhile waits: publishing prices, refunds, payouts, exports, rights and ending sessions. Nothing has to be done here; this line goes away by itself.");
    talk.choices = {{tr("Close")}};
    Q_EMIT explanationWanted(talk);
}

} // namespace naru::ui
