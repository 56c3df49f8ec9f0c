// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
#include "support/UiFixture.h"

#include "ui/palette/CommandPalette.h"
#include "ui/palette/FuzzyMatch.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>
#include <set>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

class tst_Palette : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_f.reset(); }
    void fuzzyFindsInOrder();
    void fuzzyFindsKoreanInitials();
    void modelKeepsItsPromises();
    void everyCommandHasItsOwnIcon();
    void runsAPageCommandByKeys();
    void runsAWindowCommandByKeys();
    void disabledCommandsAreSkipped();
    void lateAnswersAreDropped();
    void openHangulFiltersAndEnterWaits();
    void recordIsOpened();
    void escapeGivesTheFocusBack();
    void tabStaysInside();

private:
    CommandPalette* palette() { return m_f->window.findChild<CommandPalette*>(); }
    ComposingField* field() { return palette()->findChild<ComposingField*>(); }
    QListView* list() { return palette()->findChild<QListView*>(); }
    void openPalette();
    static SearchHit hit(const QString& id) { return {u"product"_s, id, u"P-"_s + id, u"Tea "_s + id, u"active"_s}; }
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<WindowFixture> m_f;
};

void tst_Palette::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Naru"_s);
    QCoreApplication::setApplicationName(u"tst_Palette"_s);
    registerResources();
    m_theme = std::make_unique<Theme>(*qApp);
}

void tst_Palette::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QSettings().clear();
    m_f = std::make_unique<WindowFixture>();
    m_f->window.show();
    QVERIFY(QTest::qWaitForWindowActive(&m_f->window));
    m_f->backend.m_session.begin(staffSession());
    m_f->window.goTo(u"orders"_s);
}

void tst_Palette::openPalette()
{
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(palette()->isOpen());
}

void tst_Palette::fuzzyFindsInOrder()
{
    QVERIFY(fuzzyScore(u"gtp"_s, u"Go to Products"_s));
    QVERIFY(!fuzzyScore(u"ptg"_s, u"Go to Products"_s));
    QVERIFY(fuzzyScore({}, u"anything"_s));
    QVERIFY(*fuzzyScore(u"pro"_s, u"Go to Products"_s) > *fuzzyScore(u"pro"_s, u"Paper bag or one"_s));
}

void tst_Palette::fuzzyFindsKoreanInitials()
{
    QVERIFY(fuzzyScore(u"ㅈㅁ"_s, u"주문 보드"_s));
    QVERIFY(fuzzyScore(u"주문"_s, u"주문 보드"_s));
    QVERIFY(!fuzzyScore(u"ㅅㅍ"_s, u"주문 보드"_s));
}

void tst_Palette::modelKeepsItsPromises()
{
    PaletteModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCommands(m_f->window.windowCommands());
    model.setText(u"go"_s, false);
    model.setHits({hit(u"1"_s), hit(u"2"_s)});
    model.setText(u"zzzz"_s, true);
    QCOMPARE(model.rowCount(), 2);
}

void tst_Palette::everyCommandHasItsOwnIcon()
{
    PaletteModel model;
    model.setCommands(m_f->window.windowCommands());
    model.setText({}, false);
    QVERIFY(model.rowCount() > 8);
    std::set<QByteArray> icons;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QByteArray icon = model.index(row).data(PaletteModel::IconRole).toByteArray();
        QVERIFY2(QFile::exists(u":/icons/%1.svg"_s.arg(QLatin1StringView(icon))), icon.constData());
        QVERIFY2(icons.insert(icon).second, icon.constData());
    }
}

void tst_Palette::runsAPageCommandByKeys()
{
    openPalette();
    QTest::keyClicks(field(), u"act on"_s);
    QTest::keyClick(field(), Qt::Key_Return);
    QVERIFY(!palette()->isOpen());
    QCOMPARE(m_f->orders->m_acts, 1);
}

void tst_Palette::runsAWindowCommandByKeys()
{
    openPalette();
    QTest::keyClicks(field(), u"go to produ"_s);
    QTest::keyClick(field(), Qt::Key_Return);
    QCOMPARE(m_f->window.currentPage(), m_f->products);
}

void tst_Palette::disabledCommandsAreSkipped()
{
    openPalette();
    QTest::keyClicks(field(), u"connect to the server"_s); // disabled while live
    QTest::keyClick(field(), Qt::Key_Return);
    QVERIFY(palette()->isOpen());
    QCOMPARE(m_f->backend.m_reconnects, 0);
}

void tst_Palette::lateAnswersAreDropped()
{
    openPalette();
    auto& searches = m_f->backend.m_home.m_searches;
    QTest::keyClicks(field(), u"te"_s);
    QTRY_COMPARE(searches.calls(), 1);
    QTest::keyClicks(field(), u"a"_s);
    QTRY_COMPARE(searches.calls(), 2);
    QCOMPARE(m_f->backend.m_home.m_texts.constLast(), u"tea"_s);
    QCOMPARE(m_f->backend.m_cancelled.size(), std::size_t(1));
    searches.answerNewest(std::vector<SearchHit>{hit(u"new"_s)});
    searches.answer(std::vector<SearchHit>{hit(u"old"_s), hit(u"old2"_s)});
    const auto* model = static_cast<PaletteModel*>(list()->model());
    QCOMPARE(model->hitCount(), 1);
    QCOMPARE(model->hit(0).entityId, u"new"_s);
}

void tst_Palette::openHangulFiltersAndEnterWaits()
{
    openPalette();
    QInputMethodEvent pre(u"서"_s, {});
    QCoreApplication::sendEvent(field(), &pre);
    QTRY_COMPARE(m_f->backend.m_home.m_texts, QStringList{u"서"_s});
    QTest::keyClick(field(), Qt::Key_Return); // ends the syllable, runs nothing
    QVERIFY(palette()->isOpen());
    QInputMethodEvent end;
    end.setCommitString(u"서"_s);
    QCoreApplication::sendEvent(field(), &end);
    QCOMPARE(field()->wholeText(), u"서"_s);
}

void tst_Palette::recordIsOpened()
{
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_P, Qt::ControlModifier);
    QVERIFY(palette()->isOpen());
    QCOMPARE(list()->model()->rowCount(), 0); // records only
    m_f->backend.m_home.m_searches.always(std::vector<SearchHit>{hit(u"42"_s)});
    QTest::keyClicks(field(), u"tea"_s);
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    QTest::keyClick(field(), Qt::Key_Return);
    QCOMPARE(m_f->window.currentPage(), m_f->products);
    QCOMPARE(m_f->products->m_opened, u"product/42"_s);
}

void tst_Palette::escapeGivesTheFocusBack()
{
    m_f->orders->m_list->setFocus();
    openPalette();
    QTest::keyClick(field(), Qt::Key_Escape);
    QVERIFY(!palette()->isOpen());
    QCOMPARE(QApplication::focusWidget(), m_f->orders->m_list);
}

void tst_Palette::tabStaysInside()
{
    openPalette();
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(palette()->isAncestorOf(QApplication::focusWidget()));
    }
}

QTEST_MAIN(tst_Palette)
#include "tst_Palette.moc"
