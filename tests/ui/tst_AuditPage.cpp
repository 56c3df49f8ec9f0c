// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
// timeout: 60
#include "SecurityData.h"

#include "resources/Resources.h"
#include "ui/orders/InlineSheet.h"
#include "ui/security/AuditDetail.h"
#include "ui/security/AuditExport.h"
#include "ui/security/AuditPage.h"
#include "ui/security/AuditTableView.h"
#include "ui/security/AuditWords.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

AuditLine numberedLine(std::int64_t seq)
{
    AuditLine l = line("offer.changed", static_cast<int>(200'000 - seq), u"말차 세트"_s, "offer");
    l.seq = seq;
    l.entityId = numbered<OfferId>(7).toString();
    l.detail = u"{\"price_minor\":{\"from\":12000,\"to\":13200}}"_s;
    return l;
}

naru::Page<AuditLine> pageFrom(std::int64_t newest, int count, const QString& next = {})
{
    naru::Page<AuditLine> page;
    for (int i = 0; i < count; ++i)
        page.items.push_back(numberedLine(newest - i));
    page.next = next;
    return page;
}

struct Screen : SecurityScreen<AuditPage> {
    FakeSecurity& security = backend.m_security;

    void open(int count = 40, const QString& next = {})
    {
        show();
        security.m_audit.answer(pageFrom(182'331, count, next));
        security.m_chain.answer(ChainCheck{1, 182'331, std::nullopt, at(0)});
        QCOMPARE(page->controller().lines().rowCount(), count);
    }
};

} // namespace

class tst_AuditPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    void linesAreSentences()
    {
        AuditLine l = numberedLine(1);
        QCOMPARE(auditAction(l), u"Price or offer changed"_s);
        QCOMPARE(auditChange(l), u"price: ₩12,000 → ₩13,200"_s);
        QCOMPARE(auditEntity(l), u"Offer 말차 세트"_s);
        l = line("vendor_order.accepted", 0, u"VO-1"_s, "vendor_order");
        l.detail = u"{\"from\":\"awaiting_acceptance\",\"to\":\"accepted\"}"_s;
        QCOMPARE(auditAction(l), u"Vendor order: Accepted"_s);
        QCOMPARE(auditChange(l), u"To accept → Accepted"_s);
        l.action = u"something.unknown"_s; // shown as it stands, not left out
        QCOMPARE(auditAction(l), u"something.unknown"_s);
        l.actorName.clear();
        QCOMPARE(auditActor(l), u"System"_s);
    }

    void theChainIsSaid()
    {
        Screen s;
        s.open();
        QVERIFY(s.page->chainText().startsWith(u"Unbroken from #1 to #182,331"_s));
        s.page->controller().checkChain();
        s.security.m_chain.answer(ChainCheck{1, 120'403, 120'404, at(0)});
        QVERIFY(s.page->chainText().startsWith(u"The chain breaks at #120,404"_s));
        s.page->controller().checkChain();
        s.security.m_chain.answer(refusal(ErrorKind::Offline, u"offline"_s));
        QVERIFY(s.page->chainText().contains(u"offline · 01HREQ"_s));
    }

    void newLinesComeInOnlyWhileTheTopIsShown()
    {
        Screen s;
        s.open();
        QVERIFY(s.page->controller().tailing());
        s.page->controller().tail();
        s.security.m_audit.answer(pageFrom(182'333, 40));
        QCOMPARE(s.page->controller().lines().row(0).seq, std::int64_t(182'333));
        QCOMPARE(s.page->controller().lines().rowCount(), 42);
        s.page->table().verticalScrollBar()->setValue(200);
        QVERIFY(!s.page->controller().tailing());
        const int calls = s.security.m_audit.calls();
        s.page->controller().tail();
        QCOMPARE(s.security.m_audit.calls(), calls);
        s.page->table().verticalScrollBar()->setValue(0);
        QVERIFY(s.page->controller().tailing());
    }

    // More than one page came while nobody looked: what lies between must not be missing silently.
    void aGapBeginsTheListAnew()
    {
        Screen s;
        s.open(40, u"old"_s);
        s.page->controller().tail();
        s.security.m_audit.answer(pageFrom(182'900, 100, u"c"_s));
        QCOMPARE(s.page->controller().lines().rowCount(), 100);
        s.page->controller().readMore();
        QCOMPARE(s.security.m_auditQuery.after, u"c"_s);
    }

    void pagesFollowTheScroll()
    {
        Screen s;
        s.open(100, u"c2"_s);
        s.page->table().scrollToBottom();
        QCOMPARE(s.security.m_auditQuery.after, u"c2"_s);
        s.security.m_audit.answer(pageFrom(182'231, 100));
        QCOMPARE(s.page->controller().lines().rowCount(), 200);
    }

    void filtersAreTheServersMatter()
    {
        Screen s;
        s.open();
        s.page->controller().setText(u"price"_s);
        QCOMPARE(s.security.m_auditQuery.text, u"price"_s);
        s.page->controller().setPeriod(AuditController::Period::Today);
        QCOMPARE(toRfc3339(*s.security.m_auditQuery.from), u"2026-03-01T15:00:00.000Z"_s); // midnight in Seoul
        s.security.m_audit.answerNewest(pageFrom(10, 3));
        s.page->table().setCurrentIndex(s.page->controller().lines().index(1, 0));
        QTest::keyClick(&s.page->table(), Qt::Key_O);
        QCOMPARE(s.security.m_auditQuery.entityType, u"offer"_s);
        QCOMPARE(s.security.m_auditQuery.entityId, numbered<OfferId>(7).toString());
    }

    void aLineIsCopiedWhole()
    {
        Screen s;
        s.open();
        s.page->table().setCurrentIndex(s.page->controller().lines().index(0, 0));
        QTest::keyClick(&s.page->table(), Qt::Key_Y);
        const QString text = QApplication::clipboard()->text();
        for (const QString& part : {u"#182331"_s, u"Price or offer changed"_s, u"윤서영"_s, u"offer.changed"_s, u"\"to\": 13200"_s})
            QVERIFY2(text.contains(part), qPrintable(part));
    }

    void cellsAreQuotedAndNoFormulas()
    {
        QCOMPARE(AuditExport::cell(u"plain"_s), u"plain"_s);
        QCOMPARE(AuditExport::cell(u"a,\"b\""_s), u"\"a,\"\"b\"\"\""_s);
        QCOMPARE(AuditExport::cell(u"=HYPERLINK(1)"_s), u"'=HYPERLINK(1)"_s);
        QCOMPARE(AuditExport::cell(u"-1"_s), u"'-1"_s);
    }

    void exportsEveryPageAndAsksBeforeOverwriting()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"log.csv"_s);
        Screen s;
        s.open();
        QTest::keyClick(&s.page->table(), Qt::Key_E, Qt::ControlModifier);
        s.named<QLineEdit>(u"File"_s)->setText(path);
        QTest::keyClick(s.named<QLineEdit>(u"File"_s), Qt::Key_Return);
        s.security.m_audit.answer(pageFrom(20, 2, u"more"_s));
        QCOMPARE(s.security.m_auditQuery.after, u"more"_s);
        QVERIFY(!QFile::exists(path)); // whole or not at all
        s.security.m_audit.answer(pageFrom(18, 1));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.startsWith("\xEF\xBB\xBF"));
        QCOMPARE(bytes.count("\r\n"), 4);
        QVERIFY(bytes.contains("말차 세트"));
        QVERIFY(s.toasts.last().startsWith(u"3 line(s) written to "_s));
        QTest::keyClick(&s.page->table(), Qt::Key_E, Qt::ControlModifier);
        s.named<QLineEdit>(u"File"_s)->setText(path);
        const int calls = s.security.m_audit.calls();
        QTest::keyClick(s.named<QLineEdit>(u"File"_s), Qt::Key_Return);
        QTRY_VERIFY(s.page->sheet().accessibleName().contains(u"exists already"_s) && s.page->sheet().isOpen());
        QCOMPARE(s.security.m_audit.calls(), calls);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(file.seek(0) && file.readAll() == bytes);
    }

    void aFileThatCannotBeWrittenIsNamed()
    {
        Screen s;
        s.open();
        s.page->controller().exportTo(u"/proc/none/log.csv"_s);
        QVERIFY(s.page->failure().text().contains(u"/proc/none/log.csv"_s));
        QVERIFY(!s.page->controller().exporting());
    }

    void emptyAndFailingAreSaid()
    {
        Screen s;
        s.open();
        s.page->controller().setText(u"nothing"_s);
        s.security.m_audit.answerNewest(naru::Page<AuditLine>{});
        QVERIFY(s.visibleText().contains(u"No line fits. Widen the time or the filter."_s));
        s.page->controller().read();
        s.security.m_audit.answerNewest(refusal(ErrorKind::Forbidden, u"scope-missing"_s, 403));
        QVERIFY(s.visibleText().contains(u"Your role may not do this."_s));
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_AuditPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_AuditPage.moc"
