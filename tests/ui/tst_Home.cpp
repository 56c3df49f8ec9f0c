// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
#include "ScreenBackend.h"
#include "MonitorData.h"

#include "resources/Resources.h"
#include "ui/home/AttentionView.h"
#include "ui/home/HomePage.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

struct Screen {
    ScreenBackend backend;
    SundayClock clock;
    std::unique_ptr<HomePage> page;

    void open()
    {
        page = std::make_unique<HomePage>(backend, clock);
        page->resize(1068, 718);
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
        page->activate();
    }
    AttentionView* list() { return page->findChild<AttentionView*>(); }
    QString visibleText()
    {
        QStringList texts;
        for (auto* label : page->findChildren<QLabel*>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }
};

} // namespace

class tst_Home : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    void showsWhatWaitsAndTheFigures()
    {
        Screen s;
        s.backend.m_home.m_summary.value = sampleHome(s.clock.now());
        s.open();
        QTRY_COMPARE(s.list()->model()->rowCount(), 6);
        QAbstractItemModelTester tester(s.list()->model());
        const auto text = s.visibleText();
        QVERIFY(text.contains(u"143"_s));
        QVERIFY(text.contains(u"₩7,412,000"_s));
        QVERIFY(text.contains(u"128 (+12%)"_s));
        QVERIFY(text.contains(u"(-6%)"_s));
        QVERIFY(text.contains(u"the 6 most urgent of 11"_s));
        QCOMPARE(s.page->findChildren<SeriesChart*>().size(), 3);
    }

    void aDigitOpensItsItem()
    {
        Screen s;
        s.backend.m_home.m_summary.value = sampleHome(s.clock.now());
        s.open();
        QTRY_COMPARE(s.list()->model()->rowCount(), 6);
        QSignalSpy wanted(s.page.get(), &ui::Page::recordWanted);
        s.list()->setFocus();
        QTest::keyClick(s.list(), Qt::Key_3);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), u"hold"_s);
        QTest::keyClick(s.list(), Qt::Key_9); // there is no ninth
        QCOMPARE(wanted.size(), 1);
        s.list()->setCurrentIndex(s.list()->model()->index(4, 0));
        QTest::keyClick(s.list(), Qt::Key_Return);
        QCOMPARE(wanted.size(), 2);
        QCOMPARE(wanted[1][0].toString(), u"product"_s);
    }

    void saysWhenNothingWaits()
    {
        Screen s;
        auto summary = sampleHome(s.clock.now());
        summary.attention.clear();
        summary.attentionTotal = 0;
        summary.revenueByDay.clear();
        s.backend.m_home.m_summary.value = summary;
        s.open();
        QTRY_VERIFY(s.visibleText().contains(u"Nothing waits for you."_s));
        QVERIFY(s.visibleText().contains(u"No revenue in 30 days."_s)); // one card alone
        QVERIFY(s.visibleText().contains(u"143"_s));
    }

    void offersAnotherTryWhenItFails()
    {
        Screen s;
        s.open();
        QTRY_VERIFY(!s.list()->isVisible());
        auto& home = s.backend.m_home.m_summary;
        QTRY_VERIFY(home.calls > 0);
        QTRY_VERIFY(s.visibleText().contains(u"offline"_s, Qt::CaseInsensitive) || s.visibleText().contains(u"server"_s, Qt::CaseInsensitive));
        home.value = sampleHome(s.clock.now());
        QTest::keyClick(s.page.get(), Qt::Key_F5);
        QTRY_VERIFY(s.list()->isVisible());
    }

    void keepsOldFiguresWithTheirAge()
    {
        Screen s;
        s.backend.m_home.m_summary.cached = std::pair(sampleHome(s.clock.now()), s.clock.now() - std::chrono::minutes(30));
        s.open();
        QVERIFY(s.list()->isVisible());
        QVERIFY(s.list()->stale());
        QTRY_VERIFY(s.visibleText().contains(u"Figures of "_s));
        s.backend.m_home.m_summary.value = sampleHome(s.clock.now());
        QTest::keyClick(s.page.get(), Qt::Key_F5);
        QTRY_VERIFY(!s.list()->stale());
        QVERIFY(!s.visibleText().contains(u"Figures of "_s));
    }

    void readsAgainSoonAfterAChange()
    {
        Screen s;
        s.backend.m_home.m_summary.value = sampleHome(s.clock.now());
        s.open();
        QTRY_COMPARE(s.list()->model()->rowCount(), 6);
        const int calls = s.backend.m_home.m_summary.calls;
        for (int i = 0; i < 50; ++i)
            Q_EMIT s.backend.m_orders.vendorOrdersChanged({});
        QTRY_COMPARE_WITH_TIMEOUT(s.backend.m_home.m_summary.calls, calls + 1, 5000);
    }

    void everyControlHasAName()
    {
        Screen s;
        s.backend.m_home.m_summary.value = sampleHome(s.clock.now());
        s.open();
        QTRY_COMPARE(s.list()->model()->rowCount(), 6);
        for (auto* widget : s.page->findChildren<QWidget*>())
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() && !qobject_cast<QAbstractScrollArea*>(widget->parentWidget()))
                QVERIFY2(!widget->accessibleName().isEmpty() || (qobject_cast<QAbstractButton*>(widget) && !qobject_cast<QAbstractButton*>(widget)->text().isEmpty()),
                    widget->metaObject()->className());
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_Home test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_Home.moc"
