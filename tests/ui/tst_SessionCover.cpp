// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
#include "SessionScreen.h"

#include <QRegularExpression>
#include <QSignalSpy>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using S = SessionScreen;

// The end of a session and the way back, in the same window: D2 (its panel), D3, D4, D5, D6, D9, D10, D11.
class tst_SessionCover : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        S::begin("tst_SessionCover");
        m_theme = std::make_unique<Theme>(*qApp);
    }
    void init();
    void cleanup() { m_s.reset(); }
    void idleExpiry();
    void withoutDraftsNothingIsSaidOfThem();
    void absoluteExpiryNamesTheLimit();
    void aContinuedSessionNamesNoLimit();
    void displaced();
    void notMeIsReported();
    void notMeFails();
    void notMeIsCancelled();
    void revokedWithReason();
    void keysThatNoLongerFit();
    void coverHidesWhatIsBelow();
    void lateKeystrokesAreCounted();
    void conversationInsideTheCover();
    void samePersonComesBack();
    void otherPersonIsAsked();
    void otherPersonTurnsBack();
    void signInBeforeTheEnd();
    void aFailedTryBeforeTheEndLosesNothing();
    void theEndOvertakesTheEarlyPanel();

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<SessionScreen> m_s;
};

void tst_SessionCover::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QSettings().clear();
    m_s = std::make_unique<SessionScreen>();
    QVERIFY(QTest::qWaitForWindowActive(&m_s->window));
    m_s->enter();
}

void tst_SessionCover::idleExpiry()
{
    m_s->keepDrafts(4);
    QSignalSpy covered(&m_s->window, &MainWindow::covered);
    m_s->end(SessionEndReason::ExpiredIdle);
    QCOMPARE(covered.size(), 1);
    QCOMPARE(m_s->cover().sentence(), u"Your session has expired. Please sign in again."_s);
    QCOMPARE(m_s->cover().detail(), u"4 unsaved changes are kept safe."_s);
    QCOMPARE(S::buttons(m_s->cover()), (QStringList{u"Sign in again"_s, u"Other account"_s, u"Quit"_s}));
    m_s->signIn(m_s->cover(), u"secret"_s); // Enter
    QCOMPARE(m_s->backend.m_session.m_login, u"hanjiwoo"_s);
    m_s->refuse(ErrorKind::Unauthorized, u"invalid-credentials"_s);
    QVERIFY(S::press(m_s->cover(), u"Other account"_s));
    QVERIFY(!m_s->window.isSignedInView());
    // Esc is the last button, after what was typed.
    m_s->enter();
    m_s->end(SessionEndReason::ExpiredIdle);
    QTest::keyClicks(QApplication::focusWidget(), u"abc"_s);
    m_s->key(Qt::Key_Escape);
    QVERIFY(m_s->window.isVisible());
    m_s->key(Qt::Key_Escape);
    QVERIFY(!m_s->window.isVisible());
}

void tst_SessionCover::withoutDraftsNothingIsSaidOfThem()
{
    m_s->end(SessionEndReason::ExpiredIdle);
    QCOMPARE(m_s->cover().detail(), QString());
}

void tst_SessionCover::absoluteExpiryNamesTheLimit()
{
    m_s->end(SessionEndReason::ExpiredIdle);
    m_s->signIn(m_s->cover(), u"secret"_s);
    SessionInfo next = staffSession();
    next.sid = SessionId{Id128::make(1, 1, 3)};
    m_s->signedIn(next);
    m_s->keepDrafts(1);
    m_s->end(SessionEndReason::ExpiredAbsolute);
    QCOMPARE(m_s->cover().sentence(), u"Your session has expired (12-hour limit). Please sign in again."_s);
    QCOMPARE(m_s->cover().detail(), u"1 unsaved changes are kept safe."_s);
    QCOMPARE(S::buttons(m_s->cover()), (QStringList{u"Sign in again"_s, u"Other account"_s, u"Quit"_s}));
}

// What is left of a session that was continued is not its length.
void tst_SessionCover::aContinuedSessionNamesNoLimit()
{
    m_s->end(SessionEndReason::ExpiredAbsolute);
    QCOMPARE(m_s->cover().sentence(), u"Your session has expired. Please sign in again."_s);
}

void tst_SessionCover::displaced()
{
    m_s->keepDrafts(2);
    m_s->end(SessionEndReason::Displaced, u"office-pc"_s, u"Seoul"_s);
    QCOMPARE(m_s->cover().sentence(), u"This session ended because the account signed in elsewhere:"_s);
    QCOMPARE(m_s->cover().detail(), u"3/2 09:00 · office-pc · Seoul. 2 unsaved changes are kept."_s);
    QCOMPARE(S::buttons(m_s->cover()), (QStringList{u"Sign in here"_s, u"This was not me"_s, u"Close"_s}));
    m_s->key(Qt::Key_Escape); // Close: to the sign-in screen, the work stays
    QVERIFY(!m_s->window.isSignedInView());
    QVERIFY(m_s->window.isVisible());
    QCOMPARE(m_s->pageSets, 1);
}

void tst_SessionCover::notMeIsReported()
{
    m_s->end(SessionEndReason::Displaced, u"laptop"_s, u"Busan"_s);
    QVERIFY(S::press(m_s->cover(), u"This was not me"_s));
    QVERIFY(S::says(m_s->cover(), u"The new sign-in will be limited to reading and support will be told. We need to verify you."_s));
    QCOMPARE(S::buttons(m_s->cover()), (QStringList{u"Limit and verify"_s, u"Cancel"_s}));
    QCOMPARE(m_s->backend.m_session.m_reports.calls(), 0);
    m_s->key(Qt::Key_Return);
    QCOMPARE(m_s->backend.m_session.m_reports.calls(), 1);
    m_s->key(Qt::Key_Return); // once is enough
    QCOMPARE(m_s->backend.m_session.m_reports.calls(), 1);
    m_s->backend.m_session.m_reports.answer(Done{});
    QVERIFY(S::says(m_s->cover(), u"The new sign-in is limited to reading and support has been told."_s));
    QCOMPARE(S::buttons(m_s->cover()), (QStringList{u"Sign in here"_s, u"Close"_s}));
    QCOMPARE(QApplication::focusWidget(), S::field(m_s->cover(), u"Password"_s));
}

void tst_SessionCover::notMeFails()
{
    m_s->end(SessionEndReason::Displaced);
    S::press(m_s->cover(), u"This was not me"_s);
    m_s->key(Qt::Key_Return);
    m_s->backend.m_session.m_reports.answer(errorOf(ErrorKind::NotFound, u"nothing-displaced"_s));
    QVERIFY(S::says(m_s->cover(), u"This can no longer be reported from here. Please ask support."_s));
    QVERIFY(!S::says(m_s->cover(), u"support has been told"_s));
    m_s->key(Qt::Key_Return);
    QCOMPARE(m_s->backend.m_session.m_reports.calls(), 2);
}

void tst_SessionCover::notMeIsCancelled()
{
    m_s->end(SessionEndReason::Displaced);
    S::press(m_s->cover(), u"This was not me"_s);
    m_s->key(Qt::Key_Escape);
    QCOMPARE(m_s->backend.m_session.m_reports.calls(), 0);
    QVERIFY(m_s->cover().isOpen());
    QCOMPARE(S::buttons(m_s->cover()).size(), 3);
}

void tst_SessionCover::revokedWithReason()
{
    m_s->end(SessionEndReason::Revoked, {}, {}, u"laptop lost"_s);
    QCOMPARE(m_s->cover().sentence(), u"An administrator ended this session."_s);
    QCOMPARE(m_s->cover().detail(), u"Reason: laptop lost"_s);
    QCOMPARE(S::buttons(m_s->cover()), (QStringList{u"Sign in again"_s, u"Contact"_s}));
    m_s->key(Qt::Key_Escape); // the last: Contact
    QVERIFY(S::says(m_s->cover(), u"Please tell your support team:"_s));
    m_s->key(Qt::Key_Return);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"An administrator ended this session. Reason: laptop lost\nAccount hanjiwoo\n3/2 09:00"_s);
    m_s->key(Qt::Key_Escape);
    QVERIFY(S::field(m_s->cover(), u"Password"_s));
}

// Three refreshes that did not fit end the session: the page for it, not an administrator's word.
void tst_SessionCover::keysThatNoLongerFit()
{
    m_s->end(SessionEndReason::Revoked, {}, {}, u"auth-mismatch"_s);
    QCOMPARE(m_s->cover().sentence(), u"Something went wrong during authentication. Please try again."_s);
    QCOMPARE(m_s->cover().detail(), u"Code auth-mismatch"_s);
    QCOMPARE(S::buttons(m_s->cover()), (QStringList{u"Retry"_s, u"Other method"_s, u"Copy code"_s}));
    S::press(m_s->cover(), u"Copy code"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"auth-mismatch"_s);
}

void tst_SessionCover::coverHidesWhatIsBelow()
{
    const QColor mark(255, 0, 255);
    QPalette loud = m_s->orders->m_list->palette();
    loud.setColor(QPalette::Base, mark);
    loud.setColor(QPalette::Window, mark);
    m_s->orders->m_list->setPalette(loud);
    m_s->orders->m_list->viewport()->setAutoFillBackground(true);
    QVERIFY(m_s->window.grab().toImage().pixelColor(700, 400) == mark);
    m_s->end(SessionEndReason::ExpiredIdle);
    QCOMPARE(m_s->cover().geometry(), m_s->window.rect());
    QVERIFY(m_s->window.grab().toImage().pixelColor(1150, 700) != mark);
}

void tst_SessionCover::lateKeystrokesAreCounted()
{
    m_s->end(SessionEndReason::ExpiredIdle);
    m_s->keepDrafts(3);
    QCOMPARE(m_s->cover().detail(), u"3 unsaved changes are kept safe."_s);
}

// D7, then D13, then D16, all in the same panel.
void tst_SessionCover::conversationInsideTheCover()
{
    m_s->end(SessionEndReason::ExpiredIdle);
    m_s->signIn(m_s->cover(), u"secret"_s);
    m_s->refuse(ErrorKind::Conflict, u"session-confirm"_s, {{u"device"_s, u"office-pc"_s}, {u"place"_s, u"Seoul"_s}, {u"sv"_s, u"7"_s}});
    QVERIFY(S::says(m_s->cover(), u"Already signed in: office-pc, Seoul, last active 1 min ago."_s));
    QVERIFY(!S::field(m_s->cover(), u"Password"_s));
    QVERIFY(m_s->cover().isAncestorOf(QApplication::focusWidget()));
    m_s->key(Qt::Key_Return);
    QCOMPARE(m_s->backend.m_session.m_input.expectedSv, std::optional<std::int64_t>(7));
    m_s->refuse(ErrorKind::Forbidden, u"step-up-required"_s, {{u"auth_session"_s, u"as1"_s}, {u"factors"_s, u"totp recovery"_s}});
    QTest::keyClicks(QApplication::focusWidget(), u"123456"_s);
    m_s->key(Qt::Key_Return);
    QCOMPARE(m_s->backend.m_session.m_input.factorCode, u"123456"_s);
    m_s->refuse(ErrorKind::Busy, u"sign-in-busy"_s, {}, 7);
    QVERIFY(S::says(m_s->cover(), u"Many people are signing in. Retrying in 7 s."_s));
    m_s->key(Qt::Key_Escape);
    QCOMPARE(QApplication::focusWidget(), S::field(m_s->cover(), u"Password"_s));
    QVERIFY(m_s->cover().isOpen());
}

void tst_SessionCover::samePersonComesBack()
{
    QSignalSpy entered(&m_s->window, &MainWindow::entered);
    m_s->window.goTo(u"products"_s);
    m_s->products->m_field->setText(u"half a word"_s);
    m_s->products->m_field->setFocus();
    m_s->end(SessionEndReason::Displaced, u"office-pc"_s);
    m_s->signIn(m_s->cover(), u"secret"_s);
    m_s->signedIn(staffSession());
    QVERIFY(!m_s->cover().isOpen());
    QCOMPARE(m_s->window.currentPage(), m_s->products);
    QCOMPARE(m_s->products->m_field->text(), u"half a word"_s);
    QCOMPARE(m_s->pageSets, 1);
    QCOMPARE(entered.size(), 1);
    QVERIFY(entered.at(0).at(0).toBool());
}

void tst_SessionCover::otherPersonIsAsked()
{
    m_s->window.signInController().askServer();
    m_s->backend.m_session.m_servers.answer(demoServer());
    m_s->end(SessionEndReason::ExpiredIdle);
    S::press(m_s->cover(), u"Other account"_s);
    S::field(m_s->page(), u"ID"_s)->setText(u"yunseoyoung"_s);
    m_s->signIn(m_s->page(), u"secret"_s);
    QCOMPARE(m_s->backend.m_session.m_signIns.calls(), 0); // not before the answer
    QVERIFY(S::says(m_s->page(), u"한지우's work is open. Continue as 윤서영 and it is kept for 한지우."_s));
    QCOMPARE(S::buttons(m_s->page()).mid(0, 2), (QStringList{u"Continue as 윤서영"_s, u"Cancel"_s}));
    m_s->key(Qt::Key_Return);
    QCOMPARE(m_s->backend.m_session.m_login, u"yunseoyoung"_s);
    QCOMPARE(m_s->backend.m_session.m_secret, u"secret"_s);
    QSignalSpy entered(&m_s->window, &MainWindow::entered);
    SessionInfo other = staffSession();
    other.userId = UserId{Id128::make(9, 9, 9)};
    other.sid = SessionId{Id128::make(9, 9, 10)};
    m_s->signedIn(other);
    QCOMPARE(m_s->pageSets, 2);
    QVERIFY(!entered.at(0).at(0).toBool());
}

void tst_SessionCover::otherPersonTurnsBack()
{
    m_s->end(SessionEndReason::ExpiredIdle);
    S::press(m_s->cover(), u"Other account"_s);
    S::field(m_s->page(), u"ID"_s)->setText(u"kim"_s);
    m_s->signIn(m_s->page(), u"secret"_s);
    m_s->key(Qt::Key_Escape);
    QCOMPARE(m_s->backend.m_session.m_signIns.calls(), 0);
    QLineEdit* name = S::field(m_s->page(), u"ID"_s);
    QVERIFY(name);
    name->setText(u"HanJiwoo"_s); // the same person, written otherwise
    m_s->signIn(m_s->page(), u"secret"_s);
    QCOMPARE(m_s->backend.m_session.m_signIns.calls(), 1);
    m_s->signedIn(staffSession());
    QCOMPARE(m_s->pageSets, 1);
}

void tst_SessionCover::signInBeforeTheEnd()
{
    m_s->backend.m_session.m_absoluteLeft = 500;
    m_s->pass(1s);
    S::press(m_s->window, u"Sign in now"_s);
    QVERIFY(m_s->cover().isOpen());
    QVERIFY(m_s->cover().isEarly());
    QCOMPARE(m_s->cover().sentence(), u"Sign in again now and carry on."_s);
    QCOMPARE(S::buttons(m_s->cover()), (QStringList{u"Sign in now"_s, u"Later"_s}));
    m_s->key(Qt::Key_Escape);
    QVERIFY(!m_s->cover().isOpen());
    S::press(m_s->window, u"Sign in now"_s);
    m_s->signIn(m_s->cover(), u"secret"_s);
    SessionInfo next = staffSession();
    next.sid = SessionId{Id128::make(1, 1, 4)};
    m_s->signedIn(next);
    QVERIFY(!m_s->cover().isOpen());
    QCOMPARE(m_s->pageSets, 1);
}

void tst_SessionCover::aFailedTryBeforeTheEndLosesNothing()
{
    m_s->backend.m_session.m_absoluteLeft = 500;
    m_s->pass(1s);
    S::press(m_s->window, u"Sign in now"_s);
    m_s->signIn(m_s->cover(), u"wrong"_s);
    m_s->backend.m_session.begin(staffSession()); // the old session goes on
    QVERIFY(m_s->cover().isOpen());
    m_s->refuse(ErrorKind::Unauthorized, u"invalid-credentials"_s);
    QVERIFY(S::says(m_s->cover(), u"Wrong ID or password."_s));
}

void tst_SessionCover::theEndOvertakesTheEarlyPanel()
{
    m_s->backend.m_session.m_absoluteLeft = 500;
    m_s->pass(1s);
    S::press(m_s->window, u"Sign in now"_s);
    m_s->end(SessionEndReason::ExpiredAbsolute);
    QVERIFY(!m_s->cover().isEarly());
    QCOMPARE(S::buttons(m_s->cover()).size(), 3);
}

QTEST_MAIN(tst_SessionCover)
#include "tst_SessionCover.moc"
