// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
#include "SessionScreen.h"

#include <QRegularExpression>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using S = SessionScreen;
using backend::KeyState;
using Step = SignInController::Step;

// What a sign-in asks and tells on its way, on the sign-in page: D7, D8, D9, D13, D16, D17, D18, D21, D22, D23; and the sheet D13.
class tst_SessionSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        S::begin("tst_SessionSignIn");
        m_theme = std::make_unique<Theme>(*qApp);
    }
    void init();
    void cleanup() { m_s.reset(); }
    void takesOver();
    void leavesTheOtherSession();
    void oneplaceOnly();
    void mismatchIsTriedAgain();
    void mismatchNeverLoops();
    void busyTriesAgainByItself();
    void busyIsCancelled();
    void throttledCountsDown();
    void wrongPasswordInline();
    void codeAtSignIn();
    void wrongCodeIsSaid();
    void confirmAfterTheCode();
    void tooLateBeginsAgain();
    void deviceNeedsApproval();
    void approvalByCode();
    void keyringIsLocked();
    void settingUpAgainAsksOnce();
    void keyringIsAsked();
    void noKeychain();
    void keptSessionContinuesOnceUnlocked();
    void nothingTypedIsKept();
    void stepUpDoesItAgain();
    void stepUpCancelledLeavesTheScreen();
    void stepUpByAnotherWay();
    void stepUpOfAScreenThatIsGone();

private:
    void type(const QString& secret = u"secret"_s);
    SignInController& controller() { return m_s->window.signInController(); }
    FakeSession& session() { return m_s->backend.m_session; }
    QStringList choices() { return S::buttons(*m_s->page().findChild<SignInTalk*>()); }
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<SessionScreen> m_s;
};

void tst_SessionSignIn::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QSettings().clear();
    m_s = std::make_unique<SessionScreen>();
    QVERIFY(QTest::qWaitForWindowActive(&m_s->window));
    m_s->window.start();
    session().m_resumes.answer(errorOf(ErrorKind::NotFound));
}

void tst_SessionSignIn::type(const QString& secret)
{
    S::field(m_s->page(), u"ID"_s)->setText(u"hanjiwoo"_s);
    m_s->signIn(m_s->page(), secret);
}

void tst_SessionSignIn::takesOver()
{
    type();
    const QString at = toRfc3339(m_s->clock.now() - 12min);
    m_s->refuse(ErrorKind::Conflict, u"session-confirm"_s, {{u"device"_s, u"office-pc"_s}, {u"place"_s, u"Seoul"_s}, {u"last_activity_at"_s, at}, {u"sv"_s, u"41"_s}});
    QVERIFY(S::says(m_s->page(), u"Already signed in: office-pc, Seoul, last active 12 min ago. Signing in here ends that session."_s));
    QCOMPARE(choices(), (QStringList{u"Take over"_s, u"Leave"_s}));
    QVERIFY(!S::field(m_s->page(), u"Password"_s));
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_input.expectedSv, std::optional<std::int64_t>(41));
    QCOMPARE(session().m_input.secret, u"secret"_s);
    m_s->signedIn(staffSession());
    QVERIFY(m_s->window.isSignedInView());
    QCOMPARE(controller().step(), Step::Form);
}

void tst_SessionSignIn::leavesTheOtherSession()
{
    type();
    m_s->refuse(ErrorKind::Conflict, u"session-confirm"_s, {{u"sv"_s, u"41"_s}});
    QVERIFY(S::says(m_s->page(), u"Already signed in: another device"_s));
    m_s->key(Qt::Key_Escape);
    QCOMPARE(session().m_signIns.calls(), 1);
    QCOMPARE(QApplication::focusWidget(), S::field(m_s->page(), u"Password"_s));
}

void tst_SessionSignIn::oneplaceOnly()
{
    type();
    m_s->refuse(ErrorKind::Conflict, u"session-exists"_s, {{u"device"_s, u"kiosk-3"_s}});
    QVERIFY(S::says(m_s->page(), u"This account can be used in one place. Sign out on kiosk-3 first."_s));
    QCOMPARE(choices(), (QStringList{u"OK"_s, u"Ask support"_s}));
    m_s->key(Qt::Key_Escape); // the last
    QVERIFY(S::says(m_s->page(), u"Please tell your support team:"_s));
    QVERIFY(S::says(m_s->page(), u"Code session-exists · 01REQ"_s));
    m_s->key(Qt::Key_Return);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"Account hanjiwoo"_s));
    m_s->key(Qt::Key_Escape);
    QCOMPARE(choices(), (QStringList{u"OK"_s, u"Ask support"_s}));
    m_s->key(Qt::Key_Return);
    QCOMPARE(controller().step(), Step::Form);
}

void tst_SessionSignIn::mismatchIsTriedAgain()
{
    type();
    m_s->refuse(ErrorKind::Unauthorized, u"auth-mismatch"_s);
    QVERIFY(S::says(m_s->page(), u"Something went wrong during authentication. Please try again."_s));
    QVERIFY(S::says(m_s->page(), u"Code auth-mismatch · request 01REQ"_s));
    QCOMPARE(choices(), (QStringList{u"Retry"_s, u"Other method"_s, u"Copy code"_s}));
    m_s->key(Qt::Key_Escape); // the last: copy
    QCOMPARE(QGuiApplication::clipboard()->text(), u"auth-mismatch · 01REQ"_s);
    QCOMPARE(choices().last(), u"Copied"_s);
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_signIns.calls(), 2);
    QCOMPARE(session().m_secret, u"secret"_s);
    m_s->signedIn(staffSession());
    QVERIFY(m_s->window.isSignedInView());
}

void tst_SessionSignIn::mismatchNeverLoops()
{
    type();
    for (int i = 1; i <= 3; ++i) {
        m_s->refuse(ErrorKind::Protocol, u"answer-invalid"_s);
        QCOMPARE(choices().contains(u"Retry"_s), i < 3);
        if (i < 3)
            S::press(m_s->page(), u"Retry"_s);
    }
    QCOMPARE(session().m_signIns.calls(), 3);
    QVERIFY(S::says(m_s->page(), u"It went wrong three times. Please copy the code and ask support."_s));
    controller().goOn(); // nor by another way
    m_s->pass(60s);
    QCOMPARE(session().m_signIns.calls(), 3);
    S::press(m_s->page(), u"Other method"_s);
    QVERIFY(S::field(m_s->page(), u"Password"_s));
}

void tst_SessionSignIn::busyTriesAgainByItself()
{
    type();
    m_s->refuse(ErrorKind::Busy, u"sign-in-busy"_s, {}, 9);
    QVERIFY(S::says(m_s->page(), u"Many people are signing in. Retrying in 9 s."_s));
    QCOMPARE(choices(), QStringList{u"Cancel"_s});
    m_s->pass(4s);
    QVERIFY(S::says(m_s->page(), u"Many people are signing in. Retrying in 5 s."_s));
    QCOMPARE(session().m_signIns.calls(), 1);
    m_s->pass(5s);
    QCOMPARE(session().m_signIns.calls(), 2);
    QCOMPARE(session().m_secret, u"secret"_s);
    m_s->pass(30s); // its answer is awaited
    QCOMPARE(session().m_signIns.calls(), 2);
    m_s->signedIn(staffSession());
    QVERIFY(m_s->window.isSignedInView());
}

void tst_SessionSignIn::busyIsCancelled()
{
    type();
    m_s->refuse(ErrorKind::Busy, u"sign-in-busy"_s, {}, 9);
    m_s->key(Qt::Key_Escape);
    m_s->pass(30s);
    QCOMPARE(session().m_signIns.calls(), 1);
    QVERIFY(S::field(m_s->page(), u"Password"_s)->text().isEmpty());
}

void tst_SessionSignIn::throttledCountsDown()
{
    type();
    m_s->refuse(ErrorKind::RateLimited, u"sign-in-throttled"_s, {}, 30);
    QVERIFY(S::says(m_s->page(), u"Too many attempts. Try again in 30 s."_s));
    QCOMPARE(choices(), (QStringList{u"OK"_s, u"Ask support"_s}));
    m_s->pass(29s);
    QVERIFY(S::says(m_s->page(), u"Too many attempts. Try again in 1 s."_s));
    m_s->pass(1s);
    QCOMPARE(QApplication::focusWidget(), S::field(m_s->page(), u"Password"_s)); // ready, and nothing was sent
    QCOMPARE(session().m_signIns.calls(), 1);
}

void tst_SessionSignIn::wrongPasswordInline()
{
    type();
    m_s->refuse(ErrorKind::Unauthorized, u"invalid-credentials"_s);
    QVERIFY(S::says(m_s->page(), u"Wrong ID or password."_s));
    QCOMPARE(S::buttons(*m_s->page().findChild<ErrorLine*>()), (QStringList{u"Type again"_s, u"Reset password"_s}));
    S::field(m_s->page(), u"ID"_s)->setFocus();
    S::press(m_s->page(), u"Type again"_s);
    QCOMPARE(QApplication::focusWidget(), S::field(m_s->page(), u"Password"_s));
    S::press(m_s->page(), u"Reset password"_s);
    QVERIFY(S::says(m_s->page(), u"Support or an administrator can reset your password. Please tell them:"_s));
    m_s->key(Qt::Key_Escape);
    QVERIFY(S::field(m_s->page(), u"Password"_s));
}

void tst_SessionSignIn::codeAtSignIn()
{
    type();
    m_s->refuse(ErrorKind::Forbidden, u"step-up-required"_s, {{u"auth_session"_s, u"as1"_s}, {u"factors"_s, u"totp recovery"_s}});
    QVERIFY(S::says(m_s->page(), u"This action needs extra verification."_s));
    QCOMPARE(QApplication::focusWidget(), S::field(m_s->page(), u"Verification code (6 digits)"_s));
    m_s->key(Qt::Key_Return); // nothing typed
    QCOMPARE(session().m_signIns.calls(), 1);
    S::press(m_s->page(), u"Use a recovery code"_s);
    QTest::keyClicks(S::field(m_s->page(), u"Recovery code"_s), u"ABCD-EFGH"_s);
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_input.factor, u"recovery"_s);
    QCOMPARE(session().m_input.factorCode, u"ABCD-EFGH"_s);
    QCOMPARE(session().m_input.authSession, u"as1"_s);
    QVERIFY(session().m_input.secret.isEmpty()); // the refusal stands for it
    m_s->signedIn(staffSession());
    QVERIFY(m_s->window.isSignedInView());
}

void tst_SessionSignIn::wrongCodeIsSaid()
{
    type();
    m_s->refuse(ErrorKind::Forbidden, u"step-up-required"_s, {{u"auth_session"_s, u"as1"_s}, {u"factors"_s, u"totp"_s}});
    QTest::keyClicks(QApplication::focusWidget(), u"000000"_s);
    m_s->key(Qt::Key_Return);
    m_s->refuse(ErrorKind::Unauthorized, u"factor-invalid"_s);
    QVERIFY(S::says(m_s->page(), u"This is not right, or it was used before. Please try again."_s));
    QTest::keyClicks(S::field(m_s->page(), u"Verification code (6 digits)"_s), u"123456"_s);
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_input.authSession, u"as1"_s);
    QCOMPARE(session().m_signIns.calls(), 3);
    m_s->key(Qt::Key_Escape); // also while it is under way
    QCOMPARE(controller().phase(), SignInController::Phase::Idle);
    QCOMPARE(controller().step(), Step::Form);
}

// A code counts once: the question that follows brings a new mark of the refusal.
void tst_SessionSignIn::confirmAfterTheCode()
{
    type();
    m_s->refuse(ErrorKind::Forbidden, u"step-up-required"_s, {{u"auth_session"_s, u"as1"_s}});
    QTest::keyClicks(QApplication::focusWidget(), u"123456"_s);
    m_s->key(Qt::Key_Return);
    m_s->refuse(ErrorKind::Conflict, u"session-confirm"_s, {{u"auth_session"_s, u"as2"_s}, {u"sv"_s, u"5"_s}});
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_input.authSession, u"as2"_s);
    QCOMPARE(session().m_input.expectedSv, std::optional<std::int64_t>(5));
    QVERIFY(session().m_input.factorCode.isEmpty());
}

void tst_SessionSignIn::tooLateBeginsAgain()
{
    type();
    m_s->refuse(ErrorKind::Forbidden, u"step-up-required"_s, {{u"auth_session"_s, u"as1"_s}, {u"factors"_s, u"totp"_s}});
    QTest::keyClicks(QApplication::focusWidget(), u"123456"_s);
    m_s->key(Qt::Key_Return);
    m_s->refuse(ErrorKind::Unauthorized, u"auth-session-over"_s);
    QCOMPARE(session().m_signIns.calls(), 3);
    QCOMPARE(session().m_input.secret, u"secret"_s);
    QVERIFY(session().m_input.authSession.isEmpty());
    m_s->refuse(ErrorKind::Forbidden, u"step-up-required"_s, {{u"auth_session"_s, u"as2"_s}, {u"factors"_s, u"totp"_s}});
    QVERIFY(S::field(m_s->page(), u"Verification code (6 digits)"_s));
}

void tst_SessionSignIn::deviceNeedsApproval()
{
    type();
    const auto refuse = [this] { m_s->refuse(ErrorKind::Forbidden, u"device-approval-required"_s, {{u"device_id"_s, u"01D"_s}}); };
    refuse();
    QVERIFY(S::says(m_s->page(), u"This new device needs approval."_s));
    QCOMPARE(choices(), (QStringList{u"Enter code"_s, u"Ask for approval"_s, u"Cancel"_s}));
    S::press(m_s->page(), u"Ask for approval"_s);
    QVERIFY(S::says(m_s->page(), u"Waiting for approval"_s));
    m_s->pass(4s);
    QCOMPARE(session().m_signIns.calls(), 1);
    m_s->pass(1s);
    QCOMPARE(session().m_signIns.calls(), 2);
    refuse(); // not yet
    QCOMPARE(controller().step(), Step::Awaiting);
    m_s->pass(5s);
    QCOMPARE(session().m_signIns.calls(), 3);
    m_s->signedIn(staffSession());
    QVERIFY(m_s->window.isSignedInView());
    m_s->pass(60s);
    QCOMPARE(session().m_signIns.calls(), 3);
}

void tst_SessionSignIn::approvalByCode()
{
    type();
    m_s->refuse(ErrorKind::Forbidden, u"device-approval-required"_s, {{u"device_id"_s, u"01D"_s}});
    m_s->key(Qt::Key_Return);
    QTest::keyClicks(S::field(m_s->page(), u"Verification code (6 digits)"_s), u"123456"_s);
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_input.factor, u"totp"_s);
    QCOMPARE(session().m_input.secret, u"secret"_s); // no refusal stands for it
    m_s->key(Qt::Key_Escape);
    QCOMPARE(controller().step(), Step::Form);
}

void tst_SessionSignIn::keyringIsLocked()
{
    session().setKey(KeyState::Locked);
    QVERIFY(S::says(m_s->page(), u"This device's keyring is locked. Please unlock it."_s));
    QCOMPARE(choices(), (QStringList{u"Retry"_s, u"Continue without saving"_s, u"Set up again"_s}));
    m_s->key(Qt::Key_Escape); // none of them is a way back
    QVERIFY(session().m_keyCalls.isEmpty());
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_keyCalls, QStringList{u"retry"_s});
    S::press(m_s->page(), u"Continue without saving"_s);
    QCOMPARE(session().m_keyCalls.last(), u"memory"_s);
    session().setKey(KeyState::MemoryOnly);
    QVERIFY(S::field(m_s->page(), u"Password"_s));
}

void tst_SessionSignIn::settingUpAgainAsksOnce()
{
    session().setKey(KeyState::Locked);
    S::press(m_s->page(), u"Set up again"_s);
    QVERIFY(S::says(m_s->page(), u"Set up this computer again?"_s));
    m_s->key(Qt::Key_Return); // the focus is on Cancel
    QVERIFY(session().m_keyCalls.isEmpty());
    S::press(m_s->page(), u"Set up again"_s);
    S::press(m_s->page(), u"Set up again"_s);
    QCOMPARE(session().m_keyCalls, QStringList{u"again"_s});
}

void tst_SessionSignIn::keyringIsAsked()
{
    session().setKey(KeyState::Waiting);
    m_s->pass(1s);
    QVERIFY(S::field(m_s->page(), u"Password"_s)); // it usually answers at once
    m_s->pass(1s);
    QVERIFY(S::says(m_s->page(), u"Waiting until it is unlocked…"_s));
    QCOMPARE(choices(), QStringList{u"Continue without saving"_s});
    session().setKey(KeyState::Ready);
    QVERIFY(S::field(m_s->page(), u"Password"_s));
}

void tst_SessionSignIn::noKeychain()
{
    session().setKey(KeyState::NoKeychain);
    QVERIFY(S::says(m_s->page(), u"No secure storage here. Sign-in is forgotten when you quit."_s));
    QCOMPARE(choices(), (QStringList{u"Continue"_s, u"Help"_s}));
    m_s->key(Qt::Key_Escape);
    QVERIFY(S::says(m_s->page(), u"gnome-keyring"_s));
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_keyCalls, QStringList{u"memory"_s});
}

void tst_SessionSignIn::keptSessionContinuesOnceUnlocked()
{
    m_s = std::make_unique<SessionScreen>();
    m_s->window.start();
    session().setKey(KeyState::Locked);
    session().m_resumes.answer(errorOf(ErrorKind::Keychain));
    QCOMPARE(session().m_resumes.calls(), 1);
    session().setKey(KeyState::Ready);
    QCOMPARE(session().m_resumes.calls(), 2);
    session().m_resumes.answer(errorOf(ErrorKind::NotFound));
    session().setKey(KeyState::Ready);
    QCOMPARE(session().m_resumes.calls(), 2);
}

void tst_SessionSignIn::nothingTypedIsKept()
{
    type();
    m_s->refuse(ErrorKind::Busy, u"sign-in-busy"_s, {}, 5);
    m_s->key(Qt::Key_Escape);
    type(u"other"_s);
    m_s->refuse(ErrorKind::Unauthorized, u"auth-mismatch"_s);
    controller().leave();
    controller().goOn(); // with nothing to go on with
    m_s->pass(60s);
    QCOMPARE(session().m_signIns.calls(), 2);
}

void tst_SessionSignIn::stepUpDoesItAgain()
{
    SessionInfo info = staffSession();
    info.factors = {u"totp"_s, u"recovery"_s};
    session().begin(info);
    m_s->orders->m_field->setText(u"kept"_s);
    m_s->orders->m_field->setFocus();
    int done = 0;
    StepUp::run(m_s->orders, [&] { ++done; });
    QVERIFY(S::says(m_s->stepUp(), u"This action needs extra verification."_s));
    QCOMPARE(S::buttons(m_s->stepUp()), (QStringList{u"Use a recovery code"_s, u"Verify"_s, u"Cancel"_s}));
    QTest::keyClicks(QApplication::focusWidget(), u"000 000"_s);
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_code, u"000000"_s);
    session().m_stepUps.answer(errorOf(ErrorKind::Unauthorized, u"invalid-credentials"_s));
    QVERIFY(S::says(m_s->stepUp(), u"This is not right, or it was used before. Please try again."_s));
    QCOMPARE(done, 0);
    QTest::keyClicks(QApplication::focusWidget(), u"123456"_s);
    m_s->key(Qt::Key_Return);
    session().m_stepUps.answer(info);
    QCOMPARE(done, 1);
    QVERIFY(!m_s->stepUp().isOpen());
    QCOMPARE(QApplication::focusWidget(), m_s->orders->m_field);
}

void tst_SessionSignIn::stepUpCancelledLeavesTheScreen()
{
    m_s->enter();
    int done = 0;
    int cancelled = 0;
    StepUp::run(m_s->orders, [&] { ++done; }, [&] { ++cancelled; });
    m_s->key(Qt::Key_Escape);
    QCOMPARE(cancelled, 1);
    QVERIFY(!m_s->stepUp().isOpen());
    // An answer that comes too late does nothing.
    StepUp::run(m_s->orders, [&] { ++done; });
    QTest::keyClicks(QApplication::focusWidget(), u"secret"_s);
    m_s->key(Qt::Key_Return);
    m_s->key(Qt::Key_Escape);
    session().m_stepUps.answer(staffSession());
    QCOMPARE(done, 0);
    QCOMPARE(m_s->backend.m_cancelled.size(), std::size_t(1));
}

void tst_SessionSignIn::stepUpByAnotherWay()
{
    m_s->enter(); // no factors: the password
    StepUp::run(m_s->orders, [] {});
    QVERIFY(S::field(m_s->stepUp(), u"Password"_s));
    QCOMPARE(S::field(m_s->stepUp(), u"Password"_s)->echoMode(), QLineEdit::Password);
    QTest::keyClicks(QApplication::focusWidget(), u"with blank"_s);
    m_s->key(Qt::Key_Return);
    QCOMPARE(session().m_factor, u"password"_s);
    QCOMPARE(session().m_code, u"with blank"_s);
}

void tst_SessionSignIn::stepUpOfAScreenThatIsGone()
{
    m_s->enter();
    int done = 0;
    auto* passing = new QWidget(&m_s->window);
    StepUp::run(passing, [&] { ++done; });
    delete passing;
    QTest::keyClicks(QApplication::focusWidget(), u"secret"_s);
    m_s->key(Qt::Key_Return);
    session().m_stepUps.answer(staffSession());
    QCOMPARE(done, 0);
    QVERIFY(!m_s->stepUp().isOpen());
}

QTEST_MAIN(tst_SessionSignIn)
#include "tst_SessionSignIn.moc"
