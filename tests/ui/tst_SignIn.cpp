// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
#include "support/UiFixture.h"

#include "ui/signin/DemoCard.h"
#include "ui/signin/SignInController.h"
#include "ui/signin/SignInPage.h"

#include <QRegularExpression>
#include <QSettings>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;
using Phase = SignInController::Phase;

class tst_SignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_f.reset(); }
    void sendsWhatWasTyped();
    void wrongPasswordIsSaidInPlace();
    void demoCardsEnterWithOneClick();
    void demoLoginEntersByItself();
    void unknownDemoAccountIsSaid();
    void keptSessionContinues();
    void nothingKeptIsNoError();
    void typedSignInOvertakesTheKeptOne();
    void unreachableServerIsShown();
    void emptyFieldsSendNothing();
    void serverAddresses_data();
    void serverAddresses();

private:
    QLineEdit* field(const QString& name);
    QString visibleTexts();
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<WindowFixture> m_f;
};

void tst_SignIn::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Naru"_s);
    QCoreApplication::setApplicationName(u"tst_SignIn"_s);
    registerResources();
    m_theme = std::make_unique<Theme>(*qApp);
}

void tst_SignIn::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QSettings().clear();
    m_f = std::make_unique<WindowFixture>();
    m_f->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&m_f->window));
}

QLineEdit* tst_SignIn::field(const QString& name)
{
    for (auto* edit : m_f->window.findChild<SignInPage*>()->findChildren<QLineEdit*>())
        if (edit->accessibleName() == name)
            return edit;
    return nullptr;
}

QString tst_SignIn::visibleTexts()
{
    QStringList texts;
    for (const auto* label : m_f->window.findChild<SignInPage*>()->findChildren<QLabel*>())
        if (label->isVisible())
            texts.append(label->text());
    for (const auto* chip : m_f->window.findChild<SignInPage*>()->findChildren<ChipLabel*>())
        texts.append(chip->accessibleName());
    return texts.join(u'|');
}

void tst_SignIn::sendsWhatWasTyped()
{
    m_f->window.start();
    QTest::keyClicks(field(u"ID"_s), u"hanjiwoo"_s);
    QTest::keyClick(field(u"ID"_s), Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget(), field(u"Password"_s));
    QTest::keyClicks(field(u"Password"_s), u"secret"_s);
    QTest::keyClick(field(u"Password"_s), Qt::Key_Return);
    QCOMPARE(m_f->backend.m_session.m_login, u"hanjiwoo"_s);
    QCOMPARE(m_f->backend.m_session.m_secret, u"secret"_s);
    QVERIFY(field(u"Password"_s)->text().isEmpty());
    QCOMPARE(m_f->window.signInController().phase(), Phase::SigningIn);
}

void tst_SignIn::wrongPasswordIsSaidInPlace()
{
    m_f->window.start();
    field(u"ID"_s)->setText(u"hanjiwoo"_s);
    field(u"Password"_s)->setFocus();
    QTest::keyClicks(field(u"Password"_s), u"wrong"_s);
    QTest::keyClick(field(u"Password"_s), Qt::Key_Return);
    m_f->backend.m_session.m_signIns.answer(errorOf(ErrorKind::Unauthorized, u"invalid-credentials"_s));
    QVERIFY(visibleTexts().contains(u"Wrong ID or password."_s));
    QVERIFY(!m_f->window.isSignedInView());
    QCOMPARE(QApplication::focusWidget(), field(u"Password"_s)); // ready for the next try
    m_f->window.signInController().signIn(u"hanjiwoo"_s, u"again"_s);
    QVERIFY(!visibleTexts().contains(u"Wrong ID or password."_s));
    Error busy = errorOf(ErrorKind::RateLimited, u"sign-in-throttled"_s);
    busy.retryAfterSeconds = 30;
    m_f->backend.m_session.m_signIns.answer(busy);
    QVERIFY(visibleTexts().contains(u"Too many attempts. Try again in 30 s."_s));
}

void tst_SignIn::demoCardsEnterWithOneClick()
{
    m_f->window.start();
    m_f->backend.m_session.m_servers.answer(demoServer());
    const auto cards = m_f->window.findChildren<DemoCard*>();
    QCOMPARE(cards.size(), 2); // a storefront is no person
    QCOMPARE(cards[0]->accessibleName(), u"한지우, Operations"_s);
    cards[0]->click();
    QCOMPARE(m_f->backend.m_session.m_login, u"hanjiwoo"_s);
    QCOMPARE(m_f->backend.m_session.m_secret, u"demo-secret"_s);
}

void tst_SignIn::demoLoginEntersByItself()
{
    m_f->window.start(u"yunseoyoung"_s);
    QCOMPARE(m_f->backend.m_session.m_resumes.calls(), 0);
    m_f->backend.m_session.m_servers.answer(demoServer());
    QCOMPARE(m_f->backend.m_session.m_login, u"yunseoyoung"_s);
}

void tst_SignIn::unknownDemoAccountIsSaid()
{
    m_f->window.start(u"nobody"_s);
    m_f->backend.m_session.m_servers.answer(demoServer());
    QVERIFY(visibleTexts().contains(u"This server has no such demo account."_s));
    QCOMPARE(m_f->backend.m_session.m_signIns.calls(), 0);
}

void tst_SignIn::keptSessionContinues()
{
    m_f->window.start();
    QCOMPARE(m_f->window.signInController().phase(), Phase::Resuming);
    m_f->backend.m_session.begin(staffSession());
    m_f->backend.m_session.m_resumes.answer(staffSession());
    QVERIFY(m_f->window.isSignedInView());
    QCOMPARE(m_f->window.signInController().phase(), Phase::Idle);
}

void tst_SignIn::nothingKeptIsNoError()
{
    m_f->window.start();
    m_f->backend.m_session.m_resumes.answer(errorOf(ErrorKind::NotFound));
    QCOMPARE(m_f->window.signInController().phase(), Phase::Idle);
    QVERIFY(!m_f->window.signInController().error());
}

void tst_SignIn::typedSignInOvertakesTheKeptOne()
{
    m_f->window.start();
    m_f->window.signInController().signIn(u"admin"_s, u"secret"_s);
    QCOMPARE(m_f->backend.m_cancelled.size(), std::size_t(1));
    m_f->backend.m_session.m_resumes.answer(errorOf(ErrorKind::Cancelled));
    QCOMPARE(m_f->window.signInController().phase(), Phase::SigningIn);
    m_f->backend.m_session.m_signIns.answer(staffSession());
    QCOMPARE(m_f->window.signInController().phase(), Phase::Idle);
}

void tst_SignIn::unreachableServerIsShown()
{
    m_f->window.start();
    m_f->backend.m_session.m_servers.answer(errorOf(ErrorKind::Offline));
    m_f->backend.m_session.m_resumes.answer(errorOf(ErrorKind::Offline));
    QVERIFY(visibleTexts().contains(u"Server cannot be reached"_s));
    QTRY_COMPARE(m_f->backend.m_session.m_servers.calls(), 2); // asks again by itself
    m_f->backend.m_session.m_servers.answer(demoServer());
    QVERIFY(visibleTexts().contains(u"Service is up"_s));
}

void tst_SignIn::emptyFieldsSendNothing()
{
    m_f->window.start();
    QTest::keyClick(field(u"Password"_s), Qt::Key_Return);
    QCOMPARE(m_f->backend.m_session.m_signIns.calls(), 0);
    QCOMPARE(QApplication::focusWidget(), field(u"ID"_s));
}

void tst_SignIn::serverAddresses_data()
{
    QTest::addColumn<bool>("good");
    QTest::addRow("https://naru.example.com") << true;
    QTest::addRow("http://127.0.0.1:7420") << true;
    QTest::addRow("naru.example.com") << false;
    QTest::addRow("ftp://naru.example.com") << false;
    QTest::addRow("https://u:p@naru.example.com") << false;
    QTest::addRow("https://naru.example.com/path") << false;
    QTest::addRow("https://") << false;
}

void tst_SignIn::serverAddresses()
{
    QFETCH(bool, good);
    QCOMPARE(Preferences::isServerAddress(QString::fromLatin1(QTest::currentDataTag())), good);
}

QTEST_MAIN(tst_SignIn)
#include "tst_SignIn.moc"
