// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
#include "support/UiFixture.h"

#include "ui/frame/HeaderBar.h"
#include "ui/frame/KeySheet.h"
#include "ui/frame/Rail.h"
#include "ui/frame/SessionCover.h"
#include "ui/frame/StatusLine.h"
#include "ui/palette/CommandPalette.h"
#include "ui/signin/SignInPage.h"

#include <QAccessible>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;
using backend::LinkState;

class tst_Frame : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_f.reset(); }
    void opensOnTheSignInScreen();
    void entersAndShowsTheLastScreen();
    void letterChordGoesToAScreen();
    void letterIsFoundByItsPlaceOnTheKeyboard();
    void lettersAreLeftAloneInAField();
    void slashSearchesAndQuestionShowsKeys();
    void badgesAndHeaderFollowThePage();
    void recordsOpenTheirScreen();
    void railFollowsAScreenReader();
    void railFoldsWhenNarrow();
    void lightSaysTheStateOfTheWire();
    void offlineNoticeReconnects();
    void endOfIdleTimeIsAnnounced();
    void activityIsThrottled();
    void expiredSessionIsCoveredInPlace();
    void displacedSessionSaysWhenAndBy();
    void samePersonComesBackToTheSameScreen();
    void otherPersonSeesNothingOfTheFirst();
    void signOutLeavesToTheSignInScreen();
    void toastsAreFew();
    void queueFiguresStandInTheStatusLine();

private:
    void enter();
    SessionCover* cover() { return m_f->window.findChild<SessionCover*>(); }
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<WindowFixture> m_f;
};

void tst_Frame::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Naru"_s);
    QCoreApplication::setApplicationName(u"tst_Frame"_s);
    registerResources();
    m_theme = std::make_unique<Theme>(*qApp);
}

void tst_Frame::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QSettings().clear();
    m_f = std::make_unique<WindowFixture>();
    m_f->window.resize(1280, 800);
    m_f->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&m_f->window));
}

void tst_Frame::enter()
{
    m_f->backend.m_session.begin(staffSession());
    QVERIFY(m_f->window.isSignedInView());
}

void tst_Frame::opensOnTheSignInScreen()
{
    QVERIFY(!m_f->window.isSignedInView());
    QVERIFY(m_f->window.findChild<SignInPage*>()->isVisible());
    QCOMPARE(m_f->orders->m_activations, 0);
}

void tst_Frame::entersAndShowsTheLastScreen()
{
    m_f->preferences.setLastScreen(u"products"_s);
    enter();
    QCOMPARE(m_f->window.currentPage(), m_f->products);
    QCOMPARE(m_f->products->m_activations, 1);
    QCOMPARE(m_f->orders->m_activations, 0);
    QCOMPARE(m_f->preferences.lastLogin(), u"hanjiwoo"_s);
}

void tst_Frame::letterChordGoesToAScreen()
{
    enter();
    QTest::keyClick(m_f->orders->m_list, Qt::Key_G);
    QTest::keyClick(m_f->orders->m_list, Qt::Key_P);
    QCOMPARE(m_f->window.currentPage(), m_f->products);
    QTest::keyClick(m_f->products->m_list, Qt::Key_O); // without G: nothing
    QCOMPARE(m_f->window.currentPage(), m_f->products);
}

// With a Korean layout the key gives ㅎ; what counts is where it stands.
void tst_Frame::letterIsFoundByItsPlaceOnTheKeyboard()
{
    enter();
    constexpr quint32 placeOfG = 42, placeOfP = 33;
    QKeyEvent g(QEvent::KeyPress, Qt::Key_unknown, Qt::NoModifier, placeOfG, 0, 0, u"ㅎ"_s);
    QKeyEvent p(QEvent::KeyPress, Qt::Key_unknown, Qt::NoModifier, placeOfP, 0, 0, u"ㅔ"_s);
    QCoreApplication::sendEvent(m_f->orders->m_list, &g);
    QCoreApplication::sendEvent(m_f->orders->m_list, &p);
    QCOMPARE(m_f->window.currentPage(), m_f->products);
}

void tst_Frame::lettersAreLeftAloneInAField()
{
    enter();
    m_f->orders->m_field->setFocus();
    QTest::keyClicks(m_f->orders->m_field, u"gp/?"_s);
    QCOMPARE(m_f->orders->m_field->text(), u"gp/?"_s);
    QCOMPARE(m_f->window.currentPage(), m_f->orders);
    // Composing Hangul triggers nothing either.
    QInputMethodEvent pre(u"ㅎ"_s, {});
    QCoreApplication::sendEvent(m_f->orders->m_field, &pre);
    QTest::keyClick(m_f->orders->m_field, Qt::Key_P);
    QCOMPARE(m_f->window.currentPage(), m_f->orders);
}

void tst_Frame::slashSearchesAndQuestionShowsKeys()
{
    enter();
    QTest::keyClick(m_f->orders->m_list, Qt::Key_Slash);
    QCOMPARE(QApplication::focusWidget(), m_f->orders->m_field);
    m_f->orders->m_list->setFocus();
    QTest::keyClick(m_f->orders->m_list, Qt::Key_Question, Qt::ShiftModifier);
    auto* sheet = m_f->window.findChild<KeySheet*>();
    QVERIFY(sheet->isOpen());
    QTest::keyClick(sheet, Qt::Key_Escape);
    QVERIFY(!sheet->isOpen());
    QCOMPARE(QApplication::focusWidget(), m_f->orders->m_list);
}

void tst_Frame::badgesAndHeaderFollowThePage()
{
    enter();
    m_f->orders->m_subtitle = u"all vendors"_s;
    Q_EMIT m_f->orders->headerChanged();
    bool found = false;
    for (const auto* label : m_f->window.findChild<HeaderBar*>()->findChildren<QLabel*>())
        found = found || label->text() == u"all vendors"_s;
    QVERIFY(found);
    Q_EMIT m_f->orders->badgeChanged(u"7"_s, true);
    const auto items = m_f->window.findChildren<RailItem*>();
    QVERIFY(std::any_of(items.begin(), items.end(), [](const RailItem* item) { return item->accessibleDescription() == "7"_L1; }));
}

void tst_Frame::recordsOpenTheirScreen()
{
    enter();
    Q_EMIT m_f->orders->recordWanted(u"product"_s, u"01ABC"_s);
    QCOMPARE(m_f->window.currentPage(), m_f->products);
    QCOMPARE(m_f->products->m_opened, u"product/01ABC"_s);
    Q_EMIT m_f->orders->recordWanted(u"unheard_of"_s, u"1"_s);
    QCOMPARE(m_f->window.findChild<Toasts*>()->texts().size(), 1);
}

// A screen reader presses by the action of the interface, which clicks nothing.
void tst_Frame::railFollowsAScreenReader()
{
    enter();
    const auto items = m_f->window.findChildren<RailItem*>();
    const auto toggle = [&items](const QString& name) {
        const auto item = std::find_if(items.begin(), items.end(), [&](const RailItem* i) { return i->text() == name; });
        QVERIFY(item != items.end());
        QAccessibleActionInterface* actions = QAccessible::queryAccessibleInterface(*item)->actionInterface();
        QVERIFY(actions->actionNames().contains(QAccessibleActionInterface::toggleAction()));
        actions->doAction(QAccessibleActionInterface::toggleAction());
        QVERIFY((*item)->isChecked());
        QCOMPARE(std::count_if(items.begin(), items.end(), [](const RailItem* i) { return i->isChecked(); }), 1);
    };
    toggle(m_f->products->title());
    QCOMPARE(m_f->window.currentPage(), m_f->products);
    toggle(m_f->orders->title());
    QCOMPARE(m_f->window.currentPage(), m_f->orders);
    const int activations = m_f->orders->m_activations;
    toggle(m_f->orders->title()); // again: stays, and its list has the focus
    QCOMPARE(m_f->window.currentPage(), m_f->orders);
    QCOMPARE(m_f->orders->m_activations, activations + 1);
}

void tst_Frame::railFoldsWhenNarrow()
{
    enter();
    auto* rail = m_f->window.findChild<Rail*>();
    QVERIFY(!rail->isCollapsed());
    m_f->window.resize(1000, 800);
    QTRY_VERIFY(rail->isCollapsed());
    m_f->window.resize(1280, 800);
    QTRY_VERIFY(!rail->isCollapsed());
    QTest::keyClick(m_f->orders->m_list, Qt::Key_B, Qt::ControlModifier);
    QVERIFY(rail->isCollapsed());
}

void tst_Frame::lightSaysTheStateOfTheWire()
{
    enter();
    auto* light = m_f->window.findChild<ConnectionLight*>();
    QCOMPARE(light->text(), u"Live 42 ms"_s);
    m_f->backend.setLink(LinkState::Offline, -1, 3000);
    QCOMPARE(light->text(), u"Connection lost · retrying in 3 s"_s);
    light->click();
    QCOMPARE(m_f->backend.m_reconnects, 1);
    m_f->backend.setLink(LinkState::Connecting);
    QCOMPARE(light->text(), u"Connecting…"_s);
}

void tst_Frame::offlineNoticeReconnects()
{
    enter();
    m_f->backend.setLink(LinkState::Offline);
    const auto bars = m_f->window.findChildren<NoticeBar*>();
    const auto shown = [&] { return std::count_if(bars.begin(), bars.end(), [](const NoticeBar* bar) { return bar->isVisible(); }); };
    QCOMPARE(shown(), 1);
    for (NoticeBar* bar : bars)
        if (bar->isVisible())
            bar->findChildren<KeyButton*>().constFirst()->click();
    QCOMPARE(m_f->backend.m_reconnects, 1);
    m_f->backend.setLink(LinkState::Live, 10);
    QCOMPARE(shown(), 0);
}

void tst_Frame::endOfIdleTimeIsAnnounced()
{
    enter();
    m_f->backend.m_session.m_secondsLeft = 95;
    m_f->backend.setLink(LinkState::Live, 10); // redraws the clock at once
    NoticeBar* notice = nullptr;
    for (auto* bar : m_f->window.findChildren<NoticeBar*>())
        notice = bar->isVisible() ? bar : notice;
    QVERIFY(notice);
    QCOMPARE(notice->accessibleName(), u"You will be signed out in 1 min 35 s."_s);
    notice->findChildren<KeyButton*>().constFirst()->click();
    QCOMPARE(m_f->backend.m_activities, 1);
}

void tst_Frame::activityIsThrottled()
{
    enter();
    for (int i = 0; i < 5; ++i)
        QTest::mouseClick(m_f->orders, Qt::LeftButton);
    QCOMPARE(m_f->backend.m_activities, 1);
    m_f->clock.advance(std::chrono::seconds(11));
    QTest::keyClick(m_f->orders->m_list, Qt::Key_Down);
    QCOMPARE(m_f->backend.m_activities, 2);
}

void tst_Frame::expiredSessionIsCoveredInPlace()
{
    enter();
    m_f->backend.m_session.end({SessionEndReason::ExpiredIdle, m_f->clock.now(), {}, {}});
    QVERIFY(cover()->isOpen());
    QVERIFY(m_f->window.isSignedInView()); // the pages stay below
    QCOMPARE(cover()->sentence(), u"Your session has expired. Please sign in again."_s);
    QCOMPARE(cover()->geometry(), m_f->window.rect());
    // Nothing below hears keys, and Esc does not take the cover away.
    QTest::keyClicks(QApplication::focusWidget(), u"a"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(cover()->isOpen());
    QVERIFY(!m_f->window.findChild<CommandPalette*>()->isOpen());
}

void tst_Frame::displacedSessionSaysWhenAndBy()
{
    enter();
    m_f->backend.m_session.end({SessionEndReason::Displaced, m_f->clock.now(), u"office-pc"_s, u"Seoul"_s});
    QCOMPARE(cover()->sentence(), u"This session ended because the account signed in elsewhere:"_s);
    QCOMPARE(cover()->detail(), u"3/2 09:00 · office-pc · Seoul."_s);
}

void tst_Frame::samePersonComesBackToTheSameScreen()
{
    enter();
    m_f->window.goTo(u"products"_s);
    PlainPage* const before = m_f->products;
    m_f->backend.m_session.end({SessionEndReason::ExpiredIdle, m_f->clock.now(), {}, {}});
    QLineEdit* secret = nullptr;
    for (auto* field : cover()->findChildren<QLineEdit*>())
        secret = field->isVisible() && field->echoMode() == QLineEdit::Password ? field : secret;
    QTest::keyClicks(secret, u"naru-demo"_s);
    QTest::keyClick(secret, Qt::Key_Return);
    QCOMPARE(m_f->backend.m_session.m_login, u"hanjiwoo"_s);
    QCOMPARE(m_f->backend.m_session.m_secret, u"naru-demo"_s);
    QVERIFY(secret->text().isEmpty());
    m_f->backend.m_session.begin(staffSession());
    m_f->backend.m_session.m_signIns.answer(staffSession());
    QVERIFY(!cover()->isOpen());
    QCOMPARE(m_f->window.currentPage(), before);
    QCOMPARE(m_f->pageSets, 1);
}

void tst_Frame::otherPersonSeesNothingOfTheFirst()
{
    enter();
    const QPointer<ui::Page> before = m_f->orders;
    m_f->backend.m_session.end({SessionEndReason::Revoked, m_f->clock.now(), {}, {}});
    SessionInfo other = staffSession();
    other.userId = UserId{Id128::make(9, 9, 9)};
    m_f->backend.m_session.begin(other);
    QVERIFY(!cover()->isOpen());
    QVERIFY(before.isNull());
    QCOMPARE(m_f->pageSets, 2);
    QVERIFY(m_f->window.currentPage());
}

void tst_Frame::signOutLeavesToTheSignInScreen()
{
    enter();
    for (const Command& command : m_f->window.windowCommands())
        if (command.id == "signout"_L1)
            command.run();
    QVERIFY(!m_f->window.isSignedInView());
    QVERIFY(!cover()->isOpen());
}

void tst_Frame::toastsAreFew()
{
    enter();
    for (int i = 0; i < 5; ++i)
        Q_EMIT m_f->orders->toast(u"moved %1"_s.arg(i));
    QCOMPARE(m_f->window.findChild<Toasts*>()->texts(), (QStringList{u"moved 2"_s, u"moved 3"_s, u"moved 4"_s}));
}

void tst_Frame::queueFiguresStandInTheStatusLine()
{
    QueueStats stats;
    stats.depth = 3;
    stats.decisionsPerSecond = 1912.4;
    m_f->backend.m_reservations.m_stats.always(stats);
    enter();
    const auto has = [&](const QString& text) {
        for (const auto* label : m_f->window.findChild<StatusLine*>()->findChildren<QLabel*>())
            if (label->text() == text)
                return true;
        return false;
    };
    QTRY_VERIFY(has(u"Queue 3"_s));
    QVERIFY(has(u"Decisions 1,912/s"_s));
    QVERIFY(has(u"Session 29:41"_s));
}

QTEST_MAIN(tst_Frame)
#include "tst_Frame.moc"
