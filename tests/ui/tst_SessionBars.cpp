// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
#include "SessionScreen.h"

#include "ui/frame/Rail.h"
#include "ui/frame/StatusLine.h"

#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using S = SessionScreen;

// What the frame says of a session that lives: the bars D1, D2, D12, D14, D15, the notes D25 and D26, the question D27, the account's menu.
class tst_SessionBars : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        S::begin("tst_SessionBars");
        m_theme = std::make_unique<Theme>(*qApp);
    }
    void init();
    void cleanup() { m_s.reset(); }
    void idleCountsDown();
    void idleIsReadOutSparingly();
    void absoluteIsSaidUntilLater();
    void restrictedLeadsToVerification();
    void restrictionIsExplained();
    void degradedNamesTheTime();
    void offlineReconnects();
    void mostUrgentFirst();
    void clockIsSaidOnce();
    void clockWithinFiveMinutesIsNotSaid();
    void keptChangesAreBack();
    void discardingAllAsksOnce();
    void signOutKeepsDrafts();
    void signOutDiscardsDrafts();
    void signOutIsCancelled();
    void signOutWithoutDraftsAsksNothing();
    void accountMenuLeadsToTheDevices();

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<SessionScreen> m_s;
};

void tst_SessionBars::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QSettings().clear();
    m_s = std::make_unique<SessionScreen>();
    QVERIFY(QTest::qWaitForWindowActive(&m_s->window));
    m_s->enter();
}

void tst_SessionBars::idleCountsDown()
{
    auto& session = m_s->backend.m_session;
    session.m_secondsLeft = 121;
    m_s->pass(1s);
    QVERIFY(m_s->bars().empty());
    session.m_secondsLeft = 120;
    m_s->pass(1s);
    const NoticeBar* bar = m_s->bar(u"You will be signed out in 2 minute(s)."_s);
    QVERIFY(bar);
    QCOMPARE(S::buttons(*bar), (QStringList{u"Keep working"_s, u"Sign out"_s}));
    session.m_secondsLeft = 45;
    m_s->pass(1s);
    QVERIFY(m_s->bar(u"You will be signed out in 45 s."_s));
    S::press(*bar, u"Keep working"_s);
    QCOMPARE(m_s->backend.m_activities, 1);
    session.m_secondsLeft = 1800;
    m_s->pass(1s);
    QVERIFY(m_s->bars().empty());
    session.m_secondsLeft = 100;
    m_s->pass(1s);
    S::press(*bar, u"Sign out"_s);
    QVERIFY(!m_s->window.isSignedInView());
}

void tst_SessionBars::idleIsReadOutSparingly()
{
    QStringList spoken;
    for (const auto* bar : m_s->window.findChildren<NoticeBar*>())
        connect(bar, &NoticeBar::spoken, this, [&spoken](const QString& sentence) { spoken.append(sentence); });
    for (int left = 120; left >= 0; --left) {
        m_s->backend.m_session.m_secondsLeft = left;
        m_s->pass(1s);
    }
    QCOMPARE(spoken, (QStringList{u"You will be signed out in 2 minute(s)."_s, u"You will be signed out in 1 minute(s)."_s, u"You will be signed out in 30 s."_s,
                           u"You will be signed out in 10 s."_s}));
}

void tst_SessionBars::absoluteIsSaidUntilLater()
{
    auto& session = m_s->backend.m_session;
    session.m_absoluteLeft = 601;
    m_s->pass(1s);
    QVERIFY(m_s->bars().empty());
    session.m_absoluteLeft = 600;
    m_s->pass(1s);
    const NoticeBar* bar = m_s->bar(u"The maximum session ends in 10 minute(s). Sign in again now and carry on."_s);
    QVERIFY(bar);
    QCOMPARE(S::buttons(*bar), (QStringList{u"Sign in now"_s, u"Later"_s}));
    S::press(*bar, u"Later"_s);
    QVERIFY(m_s->bars().empty());
    session.m_absoluteLeft = 300;
    m_s->pass(1s);
    QVERIFY(m_s->bars().empty());
    session.m_absoluteLeft = 120; // now it is pressing
    m_s->pass(1s);
    QCOMPARE(m_s->bars().size(), std::size_t(1));
}

void tst_SessionBars::restrictedLeadsToVerification()
{
    SessionInfo info = staffSession();
    info.restricted = u"parallel-use"_s;
    info.factors = {u"totp"_s, u"recovery"_s};
    m_s->backend.m_session.begin(info);
    const NoticeBar* bar = m_s->bar(u"Read-only until verified. Reason: the session was used from two places at once"_s);
    QVERIFY(bar);
    QCOMPARE(S::buttons(*bar), (QStringList{u"Verify"_s, u"Details"_s}));
    S::press(*bar, u"Verify"_s);
    QVERIFY(m_s->stepUp().isOpen());
    QTest::keyClicks(QApplication::focusWidget(), u"123 456"_s);
    m_s->key(Qt::Key_Return);
    QCOMPARE(m_s->backend.m_session.m_factor, u"totp"_s);
    QCOMPARE(m_s->backend.m_session.m_code, u"123456"_s);
    info.restricted.clear();
    m_s->backend.m_session.m_stepUps.answer(info);
    QVERIFY(!m_s->stepUp().isOpen());
    m_s->backend.m_session.begin(info);
    QVERIFY(m_s->bars().empty());
}

void tst_SessionBars::restrictionIsExplained()
{
    SessionInfo info = staffSession();
    info.restricted = u"reported"_s;
    m_s->backend.m_session.begin(info);
    m_s->orders->m_list->setFocus();
    S::press(*m_s->bars().front(), u"Details"_s);
    QVERIFY(m_s->question().isOpen());
    QCOMPARE(S::buttons(m_s->question()), (QStringList{u"Verify"_s, u"Close"_s}));
    m_s->key(Qt::Key_Escape);
    QVERIFY(!m_s->question().isOpen());
    QCOMPARE(QApplication::focusWidget(), m_s->orders->m_list); // back where it was
}

void tst_SessionBars::degradedNamesTheTime()
{
    m_s->backend.m_connection.authAgeMs = 15'000;
    m_s->pass(1ms);
    QVERIFY(m_s->bars().empty());
    m_s->backend.m_connection.authAgeMs = 15'001;
    m_s->backend.m_session.m_secondsLeft = 1500;
    m_s->pass(1ms);
    const NoticeBar* bar =
        m_s->bar(u"The sign-in service is unreachable. You can work until 09:25; price publishing, refunds and rights changes are paused."_s);
    QVERIFY(bar);
    QCOMPARE(S::buttons(*bar), QStringList{u"Details"_s});
    S::press(*bar, u"Details"_s);
    QVERIFY(m_s->question().isOpen());
    m_s->key(Qt::Key_Return);
    QVERIFY(!m_s->question().isOpen());
}

void tst_SessionBars::offlineReconnects()
{
    m_s->backend.setLink(backend::LinkState::Offline);
    const NoticeBar* bar = m_s->bar(u"Connection lost. Changes are saved on this device."_s);
    QVERIFY(bar);
    QCOMPARE(S::buttons(*bar), QStringList{u"Reconnect"_s});
    S::press(*bar, u"Reconnect"_s);
    QCOMPARE(m_s->backend.m_reconnects, 1);
    m_s->backend.setLink(backend::LinkState::Live, 10);
    QVERIFY(m_s->bars().empty());
}

void tst_SessionBars::mostUrgentFirst()
{
    SessionInfo info = staffSession();
    info.restricted = u"reported"_s;
    m_s->backend.m_session.begin(info);
    m_s->backend.m_session.m_secondsLeft = 90;
    m_s->backend.m_session.m_absoluteLeft = 400;
    m_s->backend.m_connection.authAgeMs = 20'000;
    m_s->backend.setLink(backend::LinkState::Offline);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    const auto shown = m_s->bars();
    QCOMPARE(shown.size(), std::size_t(4)); // how old the sign-in service's word is cannot be known without a connection
    QVERIFY(shown[0]->accessibleName().startsWith(u"You will be signed out"_s));
    QVERIFY(shown[1]->accessibleName().startsWith(u"Read-only"_s));
    QVERIFY(shown[2]->accessibleName().startsWith(u"Connection lost"_s));
    QVERIFY(shown[3]->accessibleName().startsWith(u"The maximum session"_s));
}

void tst_SessionBars::clockIsSaidOnce()
{
    m_s->backend.m_connection.clockOffMs = -7 * 60'000;
    m_s->pass(1s);
    QCOMPARE(m_s->notes().texts(), QStringList{u"Device clock is 7 min off; times shown may differ."_s});
    QCOMPARE(S::buttons(m_s->notes()), QStringList{u"OK"_s});
    S::press(m_s->notes(), u"OK"_s);
    QVERIFY(m_s->notes().texts().isEmpty());
    m_s->pass(1s);
    QVERIFY(m_s->notes().texts().isEmpty());
}

void tst_SessionBars::clockWithinFiveMinutesIsNotSaid()
{
    m_s->backend.m_connection.clockOffMs = 5 * 60'000;
    m_s->pass(1s);
    QVERIFY(m_s->notes().texts().isEmpty());
}

void tst_SessionBars::keptChangesAreBack()
{
    QSignalSpy review(&m_s->window, &MainWindow::draftsReviewWanted);
    m_s->window.draftsRestored(0);
    QVERIFY(m_s->notes().texts().isEmpty());
    m_s->orders->m_list->setFocus();
    m_s->window.draftsRestored(4);
    QCOMPARE(m_s->notes().texts(), QStringList{u"4 kept changes restored."_s});
    QCOMPARE(S::buttons(m_s->notes()), (QStringList{u"Review"_s, u"Discard all"_s}));
    QCOMPARE(QApplication::focusWidget(), m_s->orders->m_list); // nobody is torn from his work
    S::press(m_s->notes(), u"Review"_s);
    QCOMPARE(review.size(), 1);
    QVERIFY(m_s->notes().texts().isEmpty());
}

void tst_SessionBars::discardingAllAsksOnce()
{
    QSignalSpy discarded(&m_s->window, &MainWindow::draftsDiscarded);
    m_s->keepDrafts(4);
    m_s->window.draftsRestored(4);
    S::press(m_s->notes(), u"Discard all"_s);
    QVERIFY(m_s->question().isOpen());
    m_s->key(Qt::Key_Return); // the focus is on Cancel
    QCOMPARE(discarded.size(), 0);
    QCOMPARE(m_s->backend.m_drafts.count(), 4);
    S::press(m_s->notes(), u"Discard all"_s);
    S::press(m_s->question(), u"Discard all"_s);
    QCOMPARE(discarded.size(), 1);
    QCOMPARE(m_s->backend.m_drafts.count(), 0);
}

void tst_SessionBars::signOutKeepsDrafts()
{
    m_s->keepDrafts(3);
    for (const Command& command : m_s->window.windowCommands())
        if (command.id == "signout"_L1)
            command.run();
    QVERIFY(m_s->question().isOpen());
    QVERIFY(S::says(m_s->question(), u"3 changes are not saved."_s));
    QCOMPARE(S::buttons(m_s->question()), (QStringList{u"Keep and sign out"_s, u"Discard and sign out"_s, u"Cancel"_s}));
    QVERIFY(m_s->window.isSignedInView());
    m_s->key(Qt::Key_Return);
    QVERIFY(!m_s->window.isSignedInView());
    QCOMPARE(m_s->backend.m_drafts.count(), 3);
}

void tst_SessionBars::signOutDiscardsDrafts()
{
    QSignalSpy discarded(&m_s->window, &MainWindow::draftsDiscarded);
    m_s->keepDrafts(3);
    for (const Command& command : m_s->window.windowCommands())
        if (command.id == "signout"_L1)
            command.run();
    S::press(m_s->question(), u"Discard and sign out"_s);
    QCOMPARE(m_s->backend.m_drafts.count(), 0);
    QCOMPARE(discarded.size(), 1);
    QVERIFY(!m_s->window.isSignedInView());
    m_s->enter();
    QCOMPARE(m_s->pageSets, 2); // nothing of it stands in an editor
}

void tst_SessionBars::signOutIsCancelled()
{
    m_s->keepDrafts(3);
    m_s->orders->m_field->setFocus();
    for (const Command& command : m_s->window.windowCommands())
        if (command.id == "signout"_L1)
            command.run();
    m_s->key(Qt::Key_Escape);
    QVERIFY(m_s->window.isSignedInView());
    QCOMPARE(m_s->backend.m_drafts.count(), 3);
    QCOMPARE(QApplication::focusWidget(), m_s->orders->m_field);
}

void tst_SessionBars::signOutWithoutDraftsAsksNothing()
{
    for (const Command& command : m_s->window.windowCommands())
        if (command.id == "signout"_L1)
            command.run();
    QVERIFY(!m_s->window.isSignedInView());
}

void tst_SessionBars::accountMenuLeadsToTheDevices()
{
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()");
    QTest::ignoreMessage(QtWarningMsg, "This plugin does not support grabbing the keyboard");
    m_s->window.findChild<AccountChip*>()->click();
    QMenu* menu = m_s->window.findChild<QMenu*>();
    QVERIFY(menu);
    QStringList names;
    for (const QAction* action : menu->actions())
        if (!action->isSeparator())
            names.append(action->text());
    menu->close();
    QCOMPARE(names, (QStringList{u"hanjiwoo"_s, u"Settings"_s, u"Show the keys"_s, u"Sign out"_s})); // these screens have no page for it
}

QTEST_MAIN(tst_SessionBars)
#include "tst_SessionBars.moc"
