// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_translations naru_test_support
// timeout: 120
// labels: pictures
// Pictures of the screens for sessions, devices, conflicts and the audit log, in their states, both languages and both themes, into
// <build>/pictures/security; and that no label of them is cut.
#include "SecurityData.h"

#include "resources/Resources.h"
#include "translations/Translations.h"
#include "ui/orders/InlineSheet.h"
#include "ui/security/AuditPage.h"
#include "ui/security/AuditTableView.h"
#include "ui/security/ConflictQueueView.h"
#include "ui/security/ConflictReviewPage.h"
#include "ui/security/DecisionCard.h"
#include "ui/security/DevicePane.h"
#include "ui/security/FactorCard.h"
#include "ui/security/OwnSecurityPage.h"
#include "ui/security/SessionSearchPage.h"

#include <QApplication>
#include <QDir>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

class tst_SecurityPictures : public QObject {
    Q_OBJECT
private:
    QDir m_folder;
    QTranslator m_korean;

    // The same state in all four dresses.
    template <class Screen> void take(Screen& s, const QString& name, const std::function<void()>& before = {})
    {
        for (const QString& language : {u"ko"_s, u"en"_s}) {
            if (language == "ko"_L1)
                QCoreApplication::installTranslator(&m_korean);
            else
                QCoreApplication::removeTranslator(&m_korean);
            for (const bool dark : {false, true}) {
                Theme::of().show(dark ? ThemeChoice::Dark : ThemeChoice::Light);
                QCoreApplication::processEvents();
                if (before)
                    before();
                for (int level = 0; level < 8; ++level) // a layout asks its parent's, which is heard at the next turn
                    QCoreApplication::processEvents();
                if (auto* tools = s.page->headerTools()) // the frame shows them above
                    tools->hide();
                const QString file = m_folder.filePath(u"%1-%2-%3.png"_s.arg(name, dark ? u"dark"_s : u"light"_s, language));
                QVERIFY(s.window.grab().save(file));
                checkCut(s.window, file);
            }
        }
        QCoreApplication::removeTranslator(&m_korean);
        Theme::of().show(ThemeChoice::Light);
    }
    static void checkCut(QWidget& window, const QString& file)
    {
        for (auto* button : window.findChildren<KeyButton*>())
            if (button->isVisible())
                QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(u"%1: “%2” is cut"_s.arg(file, button->text())));
        for (auto* chip : window.findChildren<ChipLabel*>())
            if (chip->isVisible())
                QVERIFY2(chip->width() >= chip->sizeHint().width() && chip->mapTo(&window, QPoint(chip->width(), 0)).x() <= window.width(), qPrintable(u"%1: chip “%2” is cut"_s.arg(file, chip->accessibleName())));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s));
        registerResources();
        registerTranslations();
        QVERIFY(m_korean.load(translationPath(u"ko"_s)));
        m_folder.setPath(qEnvironmentVariable("NARU_BUILD_DIR") + u"/pictures/security"_s);
        QVERIFY(m_folder.mkpath(u"."_s));
    }

    void conflicts()
    {
        SecurityScreen<ConflictReviewPage> s;
        s.window.resize(1228, 816);
        s.show();
        take(s, u"conflicts-loading"_s);
        naru::Page<Conflict> queue;
        for (int i = 0; i < 5; ++i)
            queue.items.push_back(conflictNo(i));
        queue.items[3].state = ConflictState::Taken;
        queue.items[3].takenBy = u"김지원"_s;
        queue.items.push_back(decidedAs(conflictNo(5), ConflictDecision::Benign, u"김지원"_s));
        s.backend.m_security.m_conflicts.answer(queue);
        s.backend.m_security.m_details.answerNewest(detailOf(conflictNo(0)));
        take(s, u"conflicts"_s);
        take(s, u"conflicts-lock"_s, [&] { s.page->decisions().letterPressed(Qt::Key_B); });
        s.page->decisions().sheet().leave();
        auto waiting = detailOf(conflictNo(0));
        waiting.conflict.version = 2;
        waiting.needsSecond = true;
        waiting.firstBy = u"김지원"_s;
        Q_EMIT s.backend.m_security.conflictsChanged({waiting.conflict});
        s.backend.m_security.m_details.answerNewest(waiting);
        Conflict fresh = conflictNo(10);
        fresh.score = 30;
        Q_EMIT s.backend.m_security.conflictsChanged({fresh});
        s.page->decisions().failure().say(refusal(ErrorKind::Offline, u"offline"_s));
        take(s, u"conflicts-second"_s);
        s.page->controller().read();
        s.backend.m_security.m_conflicts.answer(naru::Page<Conflict>{});
        take(s, u"conflicts-empty"_s);
        s.page->controller().read();
        s.backend.m_security.m_conflicts.answer(refusal(ErrorKind::Offline, u"offline"_s));
        take(s, u"conflicts-error"_s);
    }

    void conflictsInTheSmallestWindow()
    {
        SecurityScreen<ConflictReviewPage> s;
        s.backend.m_security.m_conflicts.always(naru::Page<Conflict>{{conflictNo(0), conflictNo(1)}, {}, 2, false});
        s.show();
        s.window.resize(1068, 620); // 1280 wide, less the rail
        QTRY_COMPARE(s.page->list().model()->rowCount(), 2);
        s.backend.m_security.m_details.answerNewest(detailOf(conflictNo(0)));
        take(s, u"conflicts-small"_s);
    }

    void ownDevices()
    {
        SecurityScreen<OwnSecurityPage> s;
        s.show();
        auto here = device(0, u"사무실 PC"_s);
        here.current = true;
        here.tierReasons = {u"not-attested"_s};
        auto pending = device(1, u"노트북"_s, DeviceStatus::Pending);
        pending.tier = 1;
        pending.storage = KeyStorage::Memory;
        pending.tierReasons = {u"memory-key"_s};
        auto old = device(2, u"창고 단말"_s, DeviceStatus::Revoked);
        s.backend.m_security.m_devices.answer(naru::Page<Device>{{here, pending, old}, {}, 3, false});
        auto now = session(0, SessionStatus::Active, 3900, 5);
        now.current = true;
        auto before = session(1, SessionStatus::Displaced, 90'000, 80'000);
        before.endedByDevice = u"사무실 PC"_s;
        s.backend.m_security.m_sessions.answer(naru::Page<SessionEntry>{{now, before, session(2, SessionStatus::ExpiredIdle, 190'000, 180'000), session(3, SessionStatus::SignedOut, 290'000, 280'000)}, {}, 4, false});
        take(s, u"own-pending"_s);
        take(s, u"own-approve"_s, [&] { s.page->devicePane().letterPressed(Qt::Key_A); });
        s.page->devicePane().sheet().leave();
        s.page->deviceList().setCurrentIndex(s.page->deviceList().model()->index(1, 0));
        take(s, u"own-this"_s);
        s.page->factors().startTotp();
        s.backend.m_security.m_totp.answer(TotpSecret{u"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"_s, u"otpauth://totp/Naru:seoyoung?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Naru&digits=6&period=30"_s});
        take(s, u"own-totp"_s);
        s.page->factors().startCodes();
        s.backend.m_security.m_recovery.answer(RecoveryCodes{{u"7KQ2-M9XD"_s, u"PX4T-22HJ"_s, u"Q8ZN-R5WC"_s, u"L3VB-8GYF"_s, u"T6HS-4KAE"_s, u"N2DW-9PQR"_s, u"X5MJ-7BCU"_s, u"G9FE-3TLV"_s, u"W4YR-6NSK"_s, u"C8AU-5XZH"_s}});
        take(s, u"own-codes"_s);
        s.page->factors().startPassword();
        take(s, u"own-password"_s);
    }

    void sessions()
    {
        SecurityScreen<SessionSearchPage> s;
        s.show();
        naru::Page<SessionEntry> found;
        for (int i = 0; i < 12; ++i) {
            auto e = session(i, SessionStatus::Active, 4000 + 60 * i, 10 + 55 * i);
            e.displayName = conflictNo(i).displayName;
            e.vendorName = conflictNo(i).vendorName;
            e.login = conflictNo(i).login;
            if (i == 1)
                e.restricted = u"reported"_s;
            found.items.push_back(e);
        }
        found.next = u"more"_s;
        s.backend.m_security.m_found.answer(found);
        AccountEntry account;
        account.id = numbered<UserId>(2000);
        account.version = 3;
        account.displayName = u"윤서영"_s;
        account.role = Role::VendorManager;
        s.backend.m_security.m_account.answer(account);
        s.backend.m_security.m_devices.answer(naru::Page<Device>{{device(0, u"사무실 PC"_s), device(1, u"노트북"_s, DeviceStatus::Suspended)}, {}, 2, false});
        take(s, u"sessions"_s);
        take(s, u"sessions-end"_s, [&] { QTest::keyClick(s.page, Qt::Key_E); });
        s.page->sheet().leave();
        s.page->controller().setText(u"nobody"_s);
        s.backend.m_security.m_found.answer(naru::Page<SessionEntry>{});
        take(s, u"sessions-empty"_s);
    }

    void audit()
    {
        SecurityScreen<AuditPage> s;
        s.show();
        take(s, u"audit-loading"_s);
        naru::Page<AuditLine> page;
        static const char* const actions[] = {"offer.changed", "vendor_order.accepted", "auth.session.opened", "auth.signin.failed", "stock.adjust", "auth.conflict.decided", "reservation.move",
            "auth.rule.fired", "product.edited", "hold.extend"};
        static const char* const types[] = {"offer", "vendor_order", "session", "user", "inventory_item", "session_conflict", "reservation", "session", "product", "hold"};
        for (int i = 0; i < 40; ++i) {
            auto l = line(actions[i % 10], 30 * i, i % 3 == 0 ? u"말차 세트"_s : u"VO-20412"_s, types[i % 10]);
            l.seq = 182'331 - i;
            l.vendorName = i % 2 == 0 ? u"남산 티룸"_s : QString();
            l.entityId = numbered<SessionId>(i).toString();
            l.requestId = u"01HREQ"_s;
            l.detail = i % 10 == 0 ? u"{\"price_minor\":{\"from\":12000,\"to\":13200},\"on_sale\":{\"from\":false,\"to\":true}}"_s
                : i % 10 == 1      ? u"{\"from\":\"awaiting_acceptance\",\"to\":\"accepted\"}"_s
                                   : u"{\"reason\":\"고객 요청\"}"_s;
            page.items.push_back(l);
        }
        page.next = u"more"_s;
        s.backend.m_security.m_audit.answer(page);
        s.backend.m_security.m_chain.answer(ChainCheck{1, 182'331, std::nullopt, at(180)});
        s.page->table().setCurrentIndex(s.page->controller().lines().index(0, 0));
        take(s, u"audit"_s);
        take(s, u"audit-export"_s, [&] { QTest::keyClick(s.page, Qt::Key_E, Qt::ControlModifier); });
        s.page->sheet().leave();
        s.page->controller().checkChain();
        s.backend.m_security.m_chain.answer(ChainCheck{1, 120'403, 120'404, at(0)});
        take(s, u"audit-broken"_s);
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_SecurityPictures test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_SecurityPictures.moc"
