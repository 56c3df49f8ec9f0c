// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
// timeout: 60
#include "SecurityData.h"

#include "resources/Resources.h"
#include "ui/orders/InlineSheet.h"
#include "ui/security/DevicePane.h"
#include "ui/security/FactorCard.h"
#include "ui/security/OwnSecurityPage.h"
#include "ui/security/QrCode.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

struct Screen : SecurityScreen<OwnSecurityPage> {
    FakeSecurity& security = backend.m_security;

    void open()
    {
        auto here = device(0, u"office-pc"_s);
        here.current = true;
        here.tierReasons = {u"not-attested"_s};
        security.m_devices.always(naru::Page<Device>{{here, device(1, u"laptop"_s, DeviceStatus::Pending), device(2, u"store"_s)}, {}, 3, false});
        auto now = session(0, SessionStatus::Active, 3900, 5);
        now.current = true;
        security.m_sessions.always(naru::Page<SessionEntry>{{now, session(1, SessionStatus::Displaced, 9000, 8000)}, {}, 2, false});
        show();
        QTRY_COMPARE(page->deviceList().model()->rowCount(), 3);
        QTRY_COMPARE(page->sessionList().model()->rowCount(), 2);
    }
    void choose(int row) { page->deviceList().setCurrentIndex(page->deviceList().model()->index(row, 0)); }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page, key); }
};

} // namespace

class tst_OwnDevices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    void whatIsReportedStandsThereWithItsReason()
    {
        Screen s;
        s.open();
        s.choose(1);
        QVERIFY(s.visibleText().contains(u"Not trusted further because: Its key is not kept in hardware."_s));
        QStringList spoken;
        for (int row = 0; row < s.page->devicePane().posture().model()->rowCount(); ++row)
            spoken.append(s.page->devicePane().posture().model()->index(row, 0).data(Qt::AccessibleTextRole).toString());
        QCOMPARE(spoken.size(), 10);
        QVERIFY(spoken.contains(u"Disk encryption: on. If the computer is lost, nobody can read what it kept."_s));
        QVERIFY(spoken.contains(u"Clock: 0.4 s. Seen by the server. The times shown may be off by as much."_s));
    }

    // Never “no”: why it is not known stands there, and that it counts for nothing.
    void whatIsUnknownSaysWhy()
    {
        Screen s;
        s.open();
        s.choose(1);
        QVERIFY(s.visibleText().contains(u"It can lower the trust, never raise it; what is unknown does not count."_s));
        const auto& list = s.page->devicePane().posture();
        int unknown = 0;
        for (int row = 0; row < list.model()->rowCount(); ++row) {
            const ListLine line = list.line(row);
            if (line.chip->text != "unknown"_L1)
                continue;
            ++unknown;
            QVERIFY2(line.sub.count(u'.') == 2, qPrintable(line.sub)); // to what end, and why not
            QCOMPARE(line.chip->tone, Tone::Neutral);
        }
        QCOMPARE(unknown, 3);
        const QString spoken = list.model()->index(4, 0).data(Qt::AccessibleTextRole).toString();
        QCOMPARE(spoken, u"Screen lock: unknown. Nobody works on in your place while you are away. Each desktop keeps this in a place of its own, so Naru does not look."_s);
    }

    // Each reason is to be read whole, in a narrow window too.
    void noReasonIsCut()
    {
        Screen s;
        s.open();
        for (const int width : {1440, 1068}) {
            s.window.resize(width, 816);
            QCoreApplication::processEvents();
            auto& list = s.page->devicePane().posture();
            for (int row = 0; row < list.model()->rowCount(); ++row) {
                const QRect room = list.visualRect(list.model()->index(row, 0));
                const QFontMetrics fm(Theme::of().font(TextSize::Meta));
                const QString sub = list.line(row).sub;
                const int needed = fm.boundingRect(QRect(0, 0, room.width() - 16, 1000), Qt::TextWordWrap, sub).height();
                QVERIFY2(needed <= room.height() - 24, qPrintable(sub)); // the first line is the name's
            }
        }
    }

    void aWaitingDeviceComesFirstAndIsApproved()
    {
        Screen s;
        s.open();
        QCOMPARE(s.page->subtitle(), u"1 device(s) wait for approval"_s);
        QCOMPARE(s.page->controller().device()->name, u"laptop"_s);
        s.press(Qt::Key_A);
        QVERIFY(s.page->devicePane().sheet().isOpen());
        s.press(Qt::Key_Return);
        QCOMPARE(s.security.m_device, device(1, {}).id);
        QVERIFY(s.security.m_approval.approve);
        s.security.m_device1.answer(refusal(ErrorKind::Unauthorized, u"step-up-required"_s, 401));
        QVERIFY(s.stepUp->isOpen()); // and nothing is lost
        QCOMPARE(s.page->controller().device()->status, DeviceStatus::Pending);
    }

    void renamingAndRemovingNameTheVersion()
    {
        Screen s;
        s.open();
        s.choose(2);
        s.press(Qt::Key_R);
        auto* name = s.named<QLineEdit>(u"Name"_s);
        QVERIFY(name);
        name->setText(u"till"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(s.security.m_patch.name, u"till"_s);
        QVERIFY(!s.security.m_patch.status);
        QCOMPARE(s.security.m_version, std::int64_t(4));
        auto renamed = device(2, u"till"_s);
        renamed.version = 5;
        s.security.m_device1.answer(renamed);
        QCOMPARE(s.toasts.last(), u"It is called till now."_s);
        s.page->deviceList().setFocus();
        s.press(Qt::Key_X);
        QTest::keyClick(s.named<QLineEdit>(u"Reason"_s), Qt::Key_Return);
        QCOMPARE(s.security.m_patch.status, DeviceStatus::Revoked);
        QCOMPARE(s.security.m_version, std::int64_t(5));
    }

    void theQrCodeHoldsTheAddress()
    {
        const QImage code = qrImage(u"otpauth://totp/Naru:x?secret=JBSWY3DPEHPK3PXP"_s);
        QVERIFY(code.width() >= 21 && code.width() == code.height());
        const auto dark = [&](int x, int y) { return code.pixelIndex(x, y) == 1; };
        for (const QPoint& corner : {QPoint(0, 0), QPoint(code.width() - 7, 0), QPoint(0, code.height() - 7)}) { // the three finders
            QVERIFY(dark(corner.x(), corner.y()) && dark(corner.x() + 3, corner.y() + 3) && !dark(corner.x() + 1, corner.y() + 1));
        }
        QVERIFY(qrImage(u"otpauth://totp/Naru:x?secret=JBSWY3DPEHPK3PXQ"_s) != code);
        QVERIFY(qrImage({}).isNull());
    }

    void theCodeGeneratorIsSetUpAndNothingSecretStays()
    {
        Screen s;
        s.open();
        s.press(Qt::Key_C);
        s.security.m_totp.answer(TotpSecret{u"JBSWY3DPEHPK3PXP"_s, u"otpauth://totp/Naru:x?secret=JBSWY3DPEHPK3PXP"_s});
        QVERIFY(s.visibleText().contains(u"JBSW Y3DP EHPK 3PXP"_s));
        auto* code = s.named<QLineEdit>(u"Code of the generator"_s);
        QVERIFY(code && code->hasFocus());
        QTest::keyClicks(code, u"123"_s);
        QTest::keyClick(code, Qt::Key_Return);
        QCOMPARE(s.page->factors().failure().text(), u"The code has six digits."_s);
        QTest::keyClicks(code, u"456"_s);
        QTest::keyClick(code, Qt::Key_Return);
        QCOMPARE(s.security.m_verb, QByteArray("verify-totp"));
        QCOMPARE(s.security.m_code, u"123456"_s);
        s.security.m_done.answer(Done{});
        QVERIFY(!s.visibleText().contains(u"JBSW"_s));
        for (auto* label : s.window.findChildren<QLabel*>())
            QVERIFY(!label->text().contains(u"JBSW"_s));
    }

    void recoveryCodesAreShownOnceCopiedAndSaved()
    {
        Screen s;
        s.open();
        s.press(Qt::Key_V);
        s.security.m_recovery.answer(RecoveryCodes{{u"AAAA-1111"_s, u"BBBB-2222"_s, u"CCCC-3333"_s, u"DDDD-4444"_s}});
        QVERIFY(s.visibleText().contains(u"CCCC-3333"_s));
        QTest::mouseClick(s.named<QAbstractButton>(u"Copy the recovery codes"_s), Qt::LeftButton);
        QVERIFY(QApplication::clipboard()->text().contains(u"BBBB-2222\nCCCC-3333"_s));
        const QString path = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + u"/naru-recovery-codes.txt"_s;
        QFile::remove(path);
        QTest::mouseClick(s.named<QAbstractButton>(u"Save the recovery codes as a text"_s), Qt::LeftButton);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("DDDD-4444"));
        QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
        QVERIFY(file.remove());
        QTest::mouseClick(s.named<QAbstractButton>(u"I have kept them"_s), Qt::LeftButton);
        for (auto* label : s.window.findChildren<QLabel*>())
            QVERIFY(!label->text().contains(u"CCCC-3333"_s));
    }

    void aNewPasswordIsLookedAtBeforeItIsSent()
    {
        Screen s;
        s.open();
        s.press(Qt::Key_P);
        s.named<QLineEdit>(u"Present password"_s)->setText(u"old"_s);
        auto* next = s.named<QLineEdit>(u"New password"_s);
        auto* again = s.named<QLineEdit>(u"New password once more"_s);
        next->setText(u"short"_s);
        QTest::keyClick(next, Qt::Key_Return);
        QVERIFY(s.page->factors().failure().text().contains(u"too short. Nothing was changed."_s));
        next->setText(u"four plain words here"_s);
        again->setText(u"four plain words"_s);
        QTest::keyClick(again, Qt::Key_Return);
        QVERIFY(s.page->factors().failure().text().contains(u"differ"_s));
        QVERIFY(s.security.m_next.isEmpty());
        again->setText(next->text());
        QTest::keyClick(again, Qt::Key_Return);
        QCOMPARE(s.security.m_next, u"four plain words here"_s);
        s.security.m_done.answer(Done{});
        QCOMPARE(s.toasts.last(), u"The password is changed."_s);
        QVERIFY(next->text().isEmpty());
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_OwnDevices test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_OwnDevices.moc"
