// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/MainWindow.h"

#include "ui/ErrorText.h"
#include "ui/frame/Rail.h"
#include "ui/frame/SessionCover.h"
#include "ui/frame/StatusLine.h"
#include "ui/session/ActionToasts.h"
#include "ui/session/Question.h"
#include "ui/settings/SettingsSheet.h"
#include "ui/signin/SignInPage.h"

#include <QApplication>
#include <QStackedLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::SessionState;
namespace {

constexpr std::int64_t kClockOffMs = 5 * 60'000; // auth.md §2.12, E12

} // namespace

void MainWindow::sessionMoved(SessionState state)
{
    if (state == SessionState::Active && m_backend.session().info())
        enter(*m_backend.session().info());
    else if (state == SessionState::SignedOut) {
        m_signIn->setOpenWork({});
        if (isSignedInView())
            leaveForOther();
    }
    tick();
}

void MainWindow::enter(const SessionInfo& info)
{
    if (m_cover->isOpen() && m_cover->isEarly() && info.sid == m_sid)
        return; // a try to sign in again before the end failed: the old session goes on
    const bool otherUser = !m_user.isNull() && m_user != info.userId;
    const bool same = !m_user.isNull() && !otherUser && !m_discarded;
    if (otherUser || m_discarded)
        makeScreens(); // nothing of one person's data stays for the next
    m_discarded = false;
    m_user = info.userId;
    m_wholeSession = qMax(info.idleExpiresIn, 60);
    if (m_sid != info.sid)
        m_wholeHours = m_signIn->phase() == SignInController::Phase::SigningIn ? qRound(info.absExpiresIn / 3600.0) : 0;
    m_sid = info.sid;
    m_signIn->setOpenWork({});
    m_preferences.setLastLogin(info.login);
    m_rail->account().setAccount(info);
    setScopes(info.scopes);
    const bool back = m_cover->isOpen() && same;
    m_settings->close();
    m_cover->close();
    m_views->setCurrentWidget(m_console);
    m_sinceQueue = 1000; // the figures of the queue at once
    const int last = m_current >= 0 ? m_current : screenAt(m_preferences.lastScreen());
    if (back && isAllowed(m_current))
        currentPage()->activate();
    else if (isAllowed(last))
        showScreen(last);
    else if (m_current >= 0)
        leaveRefused();
    else if (!m_screens.empty())
        showScreen(0);
    Q_EMIT entered(same);
}

void MainWindow::cover(const SessionEnded& how)
{
    if (!isSignedInView() || (m_cover->isOpen() && !m_cover->isEarly()))
        return;
    if (how.reason == SessionEndReason::SignedOut) {
        leaveForOther();
        return;
    }
    closeOverlays();
    if (QWidget* popup = QApplication::activePopupWidget())
        popup->close();
    const SessionInfo who = m_backend.session().info().value_or(SessionInfo{});
    m_signIn->setOpenWork(who);
    m_actions->dismissAll();
    m_cover->setDrafts(m_backend.drafts().count());
    m_cover->cover(how, who, m_console->grab(), m_wholeHours);
    Q_EMIT covered();
}

void MainWindow::signInEarly()
{
    const auto& info = m_backend.session().info();
    if (!info || m_cover->isOpen())
        return;
    closeOverlays();
    m_cover->coverEarly(*info, m_console->grab());
}

void MainWindow::leaveForOther()
{
    m_cover->close();
    closeOverlays();
    m_actions->dismissAll();
    m_signIn->leave();
    m_views->setCurrentWidget(m_signInPage);
    setWindowTitle(tr("Naru"));
    m_signInPage->focusForm();
}

void MainWindow::signOut()
{
    const int drafts = m_backend.drafts().count();
    if (drafts == 0) {
        signOutNow();
        return;
    }
    m_settings->close();
    Talk talk;
    talk.sentence = tr("%n changes are not saved.", nullptr, drafts);
    talk.choices = {{tr("Keep and sign out"), KeyButton::Primary, [this] { signOutNow(); }}, {tr("Discard and sign out"), KeyButton::Destructive, [this] {
                                                                                                m_backend.drafts().dropAll();
                                                                                                m_discarded = true;
                                                                                                Q_EMIT draftsDiscarded();
                                                                                                signOutNow();
                                                                                            }},
        {tr("Cancel")}};
    m_question->ask(talk);
}

void MainWindow::signOutNow()
{
    m_backend.session().signOut({this, [this](Result<Done> answer) {
        if (!answer)
            m_toasts->say(errorText(answer.error()));
    }});
}

void MainWindow::draftsRestored(int changes)
{
    if (changes <= 0)
        return;
    m_actions->say(u"drafts"_s, tr("%n kept changes restored.", nullptr, changes), {{tr("Review"), KeyButton::Plain, [this] { Q_EMIT draftsReviewWanted(); }},
        {tr("Discard all"), KeyButton::Destructive, [this, changes] {
             Talk talk;
             talk.sentence = tr("Discard all %n kept changes? They cannot be brought back.", nullptr, changes);
             talk.choices = {{tr("Discard all"), KeyButton::Destructive, [this] {
                                  m_backend.drafts().dropAll();
                                  Q_EMIT draftsDiscarded();
                              }},
                 {tr("Cancel"), KeyButton::Plain, [this, changes] { draftsRestored(changes); }}};
             talk.focus = 1;
             m_question->ask(talk);
         }}});
}

void MainWindow::sayClock(const backend::ConnectionStatus& status)
{
    if (m_clockSaid || !isSignedInView() || m_cover->isOpen() || qAbs(status.clockOffMs) <= kClockOffMs)
        return;
    m_clockSaid = true;
    m_actions->say(u"clock"_s, tr("Device clock is %n min off; times shown may differ.", nullptr, qRound(static_cast<double>(qAbs(status.clockOffMs)) / 60'000)), {{tr("OK")}});
}

} // namespace naru::ui
