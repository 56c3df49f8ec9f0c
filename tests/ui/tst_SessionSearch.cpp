// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
// timeout: 60
#include "SecurityData.h"

#include "resources/Resources.h"
#include "ui/orders/InlineSheet.h"
#include "ui/security/SessionSearchPage.h"

#include <QApplication>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

struct Screen : SecurityScreen<SessionSearchPage> {
    FakeSecurity& security = backend.m_security;
    AccountEntry account;

    void open(Role role = Role::Staff)
    {
        security.m_found.always(naru::Page<SessionEntry>{{session(0, SessionStatus::Active, 3900, 5), session(1, SessionStatus::Active, 4000, 50)}, {}, 2, false});
        account.id = numbered<UserId>(2000);
        account.version = 3;
        account.displayName = u"윤서영"_s;
        account.role = role;
        show();
        QTRY_COMPARE(page->list().model()->rowCount(), 2);
        QTRY_COMPARE(security.m_account.calls(), 1);
        security.m_account.answer(account);
        security.m_devices.answer(naru::Page<Device>{{device(0, u"office-pc"_s)}, {}, 1, false});
    }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page, key); }
    void reason(const QString& text)
    {
        auto* field = named<QLineEdit>(u"Reason"_s);
        QVERIFY(field);
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
};

} // namespace

class tst_SessionSearch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    void onlyTheAnswerToTheLastTextCounts()
    {
        Screen s;
        s.show();
        s.page->controller().setText(u"yu"_s);
        s.page->controller().setText(u"yun"_s);
        QCOMPARE(s.security.m_sessionQuery.text, u"yun"_s);
        QCOMPARE(s.security.m_sessionQuery.status, SessionStatus::Active);
        s.security.m_found.answerNewest(naru::Page<SessionEntry>{{session(1, SessionStatus::Active, 100, 10)}, {}, 1, false});
        s.security.m_found.answer(naru::Page<SessionEntry>{}); // of “yu”, late
        QCOMPARE(s.page->list().model()->rowCount(), 1);
        s.page->controller().setShow(SessionSearchController::Show::All);
        QVERIFY(!s.security.m_sessionQuery.status);
    }

    void endingTakesAReasonAndExtraVerification()
    {
        Screen s;
        s.open();
        s.press(Qt::Key_E);
        QTest::keyClick(s.named<QLineEdit>(u"Reason"_s), Qt::Key_Return);
        QVERIFY(s.security.m_reason.isEmpty()); // not without one
        s.reason(u"lost laptop"_s);
        QCOMPARE(s.security.m_verb, QByteArray("end-other"));
        QCOMPARE(s.security.m_reason, u"lost laptop"_s);
        s.security.m_done.answer(refusal(ErrorKind::Unauthorized, u"step-up-required"_s, 401));
        QVERIFY(s.stepUp->isOpen());
        QVERIFY(s.page->controller().mayEnd());
    }

    void aSessionThatHasEndedShowsAsDone()
    {
        Screen s;
        s.open();
        s.press(Qt::Key_E);
        s.reason(u"lost laptop"_s);
        s.security.m_done.answer(refusal(ErrorKind::NotFound, u"not-found"_s, 404));
        QCOMPARE(s.toasts.last(), u"The session of 윤서영 had already ended."_s);
    }

    void lockingNamesTheVersionAndAManagersLockWaits()
    {
        Screen s;
        s.open(Role::VendorManager);
        QVERIFY(s.visibleText().contains(u"윤서영"_s));
        s.press(Qt::Key_B);
        QVERIFY(s.page->sheet().accessibleName().contains(u"A second person has to confirm."_s));
        s.reason(u"reported"_s);
        QVERIFY(s.security.m_locked);
        QCOMPARE(s.security.m_version, std::int64_t(3));
        s.security.m_account.answer(s.account); // not locked yet
        QVERIFY(s.toasts.last().contains(u"once a second person confirms"_s));
        auto locked = s.account;
        locked.version = 4;
        locked.status = AccountStatus::Locked;
        s.page->controller().readAccount();
        s.security.m_account.answer(locked);
        QVERIFY(s.named<QAbstractButton>(u"Unlock the account"_s));
        s.press(Qt::Key_B);
        s.reason(u"called back"_s);
        QVERIFY(!s.security.m_locked);
        QCOMPARE(s.security.m_version, std::int64_t(4));
    }

    void onesOwnSessionIsNotEndedHere()
    {
        Screen s;
        auto mine = session(0, SessionStatus::Active, 100, 5);
        mine.current = true;
        s.security.m_found.always(naru::Page<SessionEntry>{{mine}, {}, 1, false});
        s.show();
        QTRY_COMPARE(s.page->list().model()->rowCount(), 1);
        QVERIFY(!s.page->controller().mayEnd());
        s.press(Qt::Key_E);
        QVERIFY(!s.page->sheet().isOpen());
    }

    void withoutTheServerNothingIsEnded()
    {
        Screen s;
        s.open();
        s.backend.setLink(backend::LinkState::Offline);
        s.press(Qt::Key_E);
        QVERIFY(!s.page->sheet().isOpen());
        auto* button = s.named<QAbstractButton>(u"End the session"_s);
        QVERIFY(button && !button->isEnabled() && button->toolTip().contains(u"Needs the server"_s));
    }

    void furtherPagesFollowTheScroll()
    {
        Screen s;
        naru::Page<SessionEntry> first;
        for (int i = 0; i < 100; ++i)
            first.items.push_back(session(i, SessionStatus::Active, 1000 + i, i));
        first.next = u"c2"_s;
        s.show();
        s.security.m_found.answer(first);
        s.page->list().scrollToBottom();
        QTRY_COMPARE(s.security.m_sessionQuery.after, u"c2"_s);
        s.security.m_found.answer(naru::Page<SessionEntry>{{session(200, SessionStatus::Active, 5000, 900)}, {}, 101, false});
        QCOMPARE(s.page->list().model()->rowCount(), 101);
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_SessionSearch test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_SessionSearch.moc"
