// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_backend_api naru_test_support
#include "resources/Resources.h"
#include "ui/orders/InlineSheet.h"
#include "ui/products/ProductDetailPane.h"
#include "ui/products/ProductTableView.h"
#include "ui/products/ProductsPage.h"
#include "ui/products/StagedBar.h"
#include "ui/products/VariantGrid.h"
#include "ui/widgets/Widgets.h"
#include "unit/models/common/FakeServices.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QInputMethodEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::test;
using models::DraftField;
using models::DraftKey;
using models::ProductListModel;
using models::VariantTableModel;
using ui::ProductsController;
using State = ProductsController::State;

// The products screen with a small world behind it: list, editor, staged edits and what happens to them.
class tst_Products : public QObject {
    Q_OBJECT

    struct Bench {
        ManualClock clock;
        FakeBackendWorld world;
        std::unique_ptr<ui::ProductsPage> page;
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;

        explicit Bench(int products = 5)
        {
            for (int n = 1; n <= products; ++n)
                world.fakeCatalogue.details.push_back(product(n, n == 1 ? u"캠핑 의자"_s : u"상품 %1"_s.arg(n), u"P-%1"_s.arg(1000 - n), u"한라 캠핑"_s, n == 1 ? 8 : 2, 39000));
            page = std::make_unique<ui::ProductsPage>(world, clock);
            page->resize(1200, 760);
            testers.push_back(std::make_unique<QAbstractItemModelTester>(&control().list(), QAbstractItemModelTester::FailureReportingMode::QtTest));
            testers.push_back(std::make_unique<QAbstractItemModelTester>(&control().variants(), QAbstractItemModelTester::FailureReportingMode::QtTest));
        }
        ProductsController& control() { return page->controller(); }
        ui::VariantGrid& grid() { return *page->findChild<ui::VariantGrid*>(); }
        ui::ProductTableView& table() { return *page->findChild<ui::ProductTableView*>(); }
        ProductDetail& server(int at = 0) { return world.fakeCatalogue.details[static_cast<std::size_t>(at)]; }
        DraftKey key(DraftField field, int variant) { return {field, server().variants[static_cast<std::size_t>(variant)].id}; }
        void open()
        {
            page->show();
            QVERIFY(QTest::qWaitForWindowActive(page.get()));
            page->activate();
            QTRY_VERIFY(control().state() == State::Data);
            QTRY_VERIFY(control().detail().has_value());
        }
        void press(Qt::Key k, Qt::KeyboardModifiers m = Qt::NoModifier) { QTest::keyClick(QApplication::focusWidget(), k, m); }
        void commit() { page->findChild<ui::StagedBar*>()->commit(); }
    };

private Q_SLOTS:
    void initTestCase()
    {
        registerResources();
        m_theme = std::make_unique<ui::Theme>(*qApp);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void showsTheListAndTheFirstProduct()
    {
        Bench b;
        b.open();
        QCOMPARE(b.control().list().rowCount(), 5);
        QCOMPARE(b.control().selected(), b.server().summary.id);
        QCOMPARE(b.control().variants().rowCount(), 8);
        QCOMPARE(b.control().list().index(0, ProductListModel::Price).data().toString(), u"₩39,000 – ₩41,000"_s);
        QVERIFY(b.table().hasFocus());
    }

    void readsPagesAheadOfTheScroll()
    {
        Bench b(250);
        b.open();
        QCOMPARE(b.control().list().rowCount(), 100);
        b.table().verticalScrollBar()->setValue(b.table().verticalScrollBar()->maximum());
        QTRY_COMPARE(b.control().list().rowCount(), 200);
    }

    void sortingAndFacetsAskTheServer()
    {
        Bench b;
        b.open();
        Q_EMIT b.table().sortWanted(u"code"_s);
        QTRY_COMPARE(b.world.fakeCatalogue.asked.back().sort, u"code"_s);
        QTRY_COMPARE(b.control().list().row(0).summary.code, u"P-995"_s);
        QCOMPARE(b.control().selected(), b.server().summary.id); // the choice survives
        b.page->findChild<QComboBox*>(u"statusFacet"_s)->setCurrentIndex(2); // paused: none
        QTRY_VERIFY(b.control().state() == State::Empty);
        Q_EMIT b.page->findChild<ui::StatePane*>(u"productsState"_s)->actionWanted();
        QTRY_VERIFY(b.control().state() == State::Data);
    }

    void typingOverACellStagesAndCtrlSCommits()
    {
        Bench b;
        b.open();
        b.press(Qt::Key_Return);
        QVERIFY(b.page->isEditorOpen());
        QVERIFY(b.grid().hasFocus());
        b.grid().setCurrentIndex(b.control().variants().index(1, VariantTableModel::Price));
        QTest::keyClick(&b.grid(), Qt::Key_4);
        auto* editor = b.grid().findChild<QLineEdit*>();
        QVERIFY(editor);
        QTest::keyClicks(editor, u"2900"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(b.control().stagedEdits(), 1);
        QCOMPARE(b.control().draft().find(b.key(DraftField::Price, 1))->mine.toLongLong(), 42900);
        QCOMPARE(b.control().list().row(0).staged, 1);
        QCOMPARE(b.world.fakeCatalogue.writes, 0);
        QSignalSpy done(&b.control(), &ProductsController::committed);
        QTest::keyClick(&b.grid(), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(done.size(), 1);
        QCOMPARE(b.server().variants[1].offer->price.minor, 42900);
        QCOMPARE(b.control().stagedEdits(), 0);
        QTRY_COMPARE(b.control().detail()->variants[1].offer->price.minor, 42900);
    }

    void namesAreEditedInPlaceAlsoInKorean()
    {
        Bench b;
        b.open();
        auto* edit = b.page->findChild<QLineEdit*>(u"titleKoEdit"_s);
        edit->setFocus();
        edit->end(false);
        QInputMethodEvent composing(u"형"_s, {});
        QApplication::sendEvent(edit, &composing);
        QCOMPARE(b.control().stagedEdits(), 0); // composing is not an edit yet
        QInputMethodEvent done;
        done.setCommitString(u"형"_s);
        QApplication::sendEvent(edit, &done);
        QCOMPARE(b.control().stagedEdits(), 1);
        QCOMPARE(edit->text(), u"캠핑 의자형"_s);
        b.commit();
        QTRY_COMPARE(b.server().summary.title, u"캠핑 의자형"_s);
        QTRY_COMPARE(b.control().stagedEdits(), 0);
    }

    void flagsTurnWithSpace()
    {
        Bench b;
        b.open();
        b.grid().setFocus();
        b.grid().setCurrentIndex(b.control().variants().index(0, VariantTableModel::Sellable));
        QTest::keyClick(&b.grid(), Qt::Key_Space);
        QCOMPARE(b.control().stagedEdits(), 1);
        QTest::keyClick(&b.grid(), Qt::Key_Space);
        QCOMPARE(b.control().stagedEdits(), 0);
    }

    void editsSurviveARefreshAndAnotherChoice()
    {
        Bench b;
        b.open();
        b.control().stage(b.key(DraftField::Price, 0), u"+10%"_s);
        Q_EMIT b.world.refreshWanted();
        QTRY_VERIFY(b.control().state() == State::Data);
        b.press(Qt::Key_J);
        QTRY_COMPARE(b.control().selected(), b.server(1).summary.id);
        QCOMPARE(b.control().stagedEdits(), 1);
        QCOMPARE(b.control().list().row(0).staged, 1);
        b.press(Qt::Key_K);
        QCOMPARE(b.control().draft().size(), 1);
        QTRY_COMPARE(b.control().variants().index(0, VariantTableModel::Price).data(Qt::EditRole).toString(), u"42900"_s);
    }

    void stockMovesUnderAnOpenEditor()
    {
        Bench b;
        b.open();
        b.control().stage(b.key(DraftField::Stock, 2), u"+8"_s);
        b.grid().setFocus();
        b.grid().setCurrentIndex(b.control().variants().index(2, VariantTableModel::Price));
        QTest::keyClick(&b.grid(), Qt::Key_5);
        auto* editor = b.grid().findChild<QLineEdit*>();
        QVERIFY(editor);
        StockLevel level = b.server().variants[2].stock[0];
        const std::int64_t before = b.control().list().row(0).summary.onHand;
        level.onHand -= 1;
        level.version += 1;
        b.server().variants[2].stock[0] = level;
        Q_EMIT b.world.fakeCatalogue.stockChanged({level});
        QCOMPARE(editor->text(), u"5"_s); // undisturbed
        QVERIFY(editor->isVisible());
        QCOMPARE(b.control().variants().row(2).onHand, level.onHand);
        QCOMPARE(b.control().list().row(0).summary.onHand, before - 1);
        QTest::keyClick(editor, Qt::Key_Escape);
        b.commit();
        QTRY_COMPARE(b.server().variants[2].stock[0].onHand, level.onHand + 8);
    }

    void stockNeedsItsReason()
    {
        Bench b;
        b.open();
        b.control().stage(b.key(DraftField::Stock, 2), u"+8"_s);
        auto* reason = b.page->findChild<QLineEdit*>(u"stockReason"_s);
        QVERIFY(reason->isVisible());
        reason->clear();
        QVERIFY(!b.page->findChild<ui::KeyButton*>(u"commitButton"_s)->isEnabled());
        b.commit();
        QCOMPARE(b.world.fakeCatalogue.writes, 0);
        QCOMPARE(b.control().stagedEdits(), 1);
    }

    void somebodyElsesOtherFieldMergesByItself()
    {
        Bench b;
        b.open();
        b.control().stage({DraftField::Brand, {}}, u"새 브랜드"_s);
        b.control().stage(b.key(DraftField::Price, 0), u"42000"_s);
        b.server().summary.version = 5; // changed elsewhere, and this window did not hear of it
        b.server().variants[0].offer->version = 3;
        b.commit();
        QTRY_COMPARE(b.control().stagedEdits(), 0);
        QCOMPARE(b.server().brand, u"새 브랜드"_s);
        QCOMPARE(b.server().variants[0].offer->price.minor, 42000);
    }

    void bothTouchedShowsBothAndLosesNothing()
    {
        Bench b;
        b.open();
        b.control().stage(b.key(DraftField::Price, 0), u"42900"_s);
        b.control().stage(b.key(DraftField::Price, 1), u"42900"_s);
        b.server().variants[0].offer->price.minor = 41000;
        b.server().variants[0].offer->version = 2;
        b.server().summary.version = 2;
        b.commit();
        QTRY_VERIFY(b.control().hasConflict());
        QCOMPARE(b.server().variants[0].offer->price.minor, 41000); // no silent overwrite
        QVERIFY(b.page->findChild<ui::KeyButton*>(u"keepMineButton"_s)->isVisible());
        QTest::keyClick(b.page.get(), Qt::Key_1, Qt::AltModifier);
        QVERIFY(!b.control().hasConflict());
        b.commit();
        QTRY_COMPARE(b.server().variants[0].offer->price.minor, 42900);
        QTRY_COMPARE(b.server().variants[1].offer->price.minor, 42900);
    }

    void theirsCanBeTaken()
    {
        Bench b;
        b.open();
        b.control().stage(b.key(DraftField::Price, 0), u"42900"_s);
        b.server().variants[0].offer->price.minor = 41000;
        b.server().variants[0].offer->version = 2;
        b.server().summary.version = 2;
        Q_EMIT b.world.fakeCatalogue.productsChanged({b.server().summary}); // heard of before committing
        QTRY_VERIFY(b.control().hasConflict());
        QTest::keyClick(b.page.get(), Qt::Key_2, Qt::AltModifier);
        QCOMPARE(b.control().stagedEdits(), 0);
        QVERIFY(!b.page->findChild<ui::StagedBar*>()->isVisible());
    }

    void aFailedCommitKeepsTheEdits()
    {
        Bench b;
        b.open();
        b.control().stage({DraftField::Brand, {}}, u"새 브랜드"_s);
        b.world.fakeCatalogue.failWrites = fault(ErrorKind::Offline, u"offline"_s);
        b.commit();
        QTRY_VERIFY(b.control().commitError().has_value());
        QCOMPARE(b.control().stagedEdits(), 1);
        b.world.fakeCatalogue.failWrites.reset();
        b.commit();
        QTRY_COMPARE(b.server().brand, u"새 브랜드"_s);
    }

    void aFaultyCellBlocksTheCommitAndSaysWhy()
    {
        Bench b;
        b.open();
        b.control().stage(b.key(DraftField::Price, 0), u"비싸게"_s);
        QVERIFY(b.control().hasProblem());
        b.commit();
        QCOMPARE(b.world.fakeCatalogue.writes, 0);
        QCOMPARE(b.control().variants().index(0, VariantTableModel::Price).data(Qt::EditRole).toString(), u"비싸게"_s);
    }

    void severalProductsCommitTogether()
    {
        Bench b;
        b.open();
        b.control().stage({DraftField::Brand, {}}, u"하나"_s);
        b.press(Qt::Key_J);
        QTRY_VERIFY(b.control().detail() && b.control().detail()->summary.id == b.server(1).summary.id);
        b.control().stage({DraftField::Brand, {}}, u"둘"_s);
        QCOMPARE(b.control().stagedProducts(), 2);
        QSignalSpy done(&b.control(), &ProductsController::committed);
        b.commit();
        QTRY_COMPARE(done.size(), 1);
        QCOMPARE(done[0][0].toInt(), 2);
        QCOMPARE(b.server(0).brand, u"하나"_s);
        QCOMPARE(b.server(1).brand, u"둘"_s);
    }

    void discardForgetsAll()
    {
        Bench b;
        b.open();
        b.control().stage({DraftField::Brand, {}}, u"새 브랜드"_s);
        QTest::mouseClick(b.page->findChild<ui::KeyButton*>(u"discardButton"_s), Qt::LeftButton);
        QCOMPARE(b.control().stagedEdits(), 0);
        QCOMPARE(b.page->findChild<QLineEdit*>(u"brandEdit"_s)->text(), u"나루"_s);
    }

    void lifeCycleMovesByButtons()
    {
        Bench b;
        b.open();
        auto* pause = b.page->findChild<ui::KeyButton*>(u"productTo%1Button"_s.arg(int(ProductStatus::Paused)));
        QVERIFY(pause);
        QTest::mouseClick(pause, Qt::LeftButton);
        QTRY_VERIFY(b.server().summary.status == ProductStatus::Paused);
        auto* end = b.page->findChild<ui::KeyButton*>(u"productTo%1Button"_s.arg(int(ProductStatus::Discontinued)));
        QTest::mouseClick(end, Qt::LeftButton);
        auto* sheet = b.page->findChild<ui::InlineSheet*>();
        QVERIFY(sheet->isOpen()); // asks why first
        QVERIFY(b.server().summary.status == ProductStatus::Paused);
        QTRY_VERIFY(!b.control().isMoving());
        sheet->findChild<QLineEdit*>()->setText(u"계절 종료"_s);
        sheet->findChild<QLineEdit*>()->setFocus();
        QTest::keyClick(sheet->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_VERIFY(b.server().summary.status == ProductStatus::Discontinued);
    }

    void aRoleThatOnlyReadsEditsNothing()
    {
        Bench b;
        SessionInfo info;
        info.scopes = {u"catalog.read"_s};
        b.world.fakeSession.session = info;
        b.open();
        QVERIFY(b.page->findChild<QLineEdit*>(u"brandEdit"_s)->isReadOnly());
        QVERIFY(!(b.control().variants().flags(b.control().variants().index(0, VariantTableModel::Price)) & Qt::ItemIsEditable));
        QVERIFY(!b.page->findChild<ui::KeyButton*>(u"productTo%1Button"_s.arg(int(ProductStatus::Paused))));
    }

    void anotherScreenOpensARecord()
    {
        Bench b;
        b.page->show();
        b.page->openRecord(u"product"_s, b.server(3).summary.id.toString());
        QTRY_VERIFY(b.control().detail() && b.control().detail()->summary.id == b.server(3).summary.id);
        QVERIFY(b.page->isEditorOpen());
        QTest::keyClick(b.page.get(), Qt::Key_Escape);
        QVERIFY(!b.page->isEditorOpen());
        QTRY_COMPARE(b.table().currentId(), b.server(3).summary.id);
    }

    void failureOffersRetry()
    {
        Bench b;
        b.world.fakeCatalogue.failReads = fault(ErrorKind::Offline, u"offline"_s);
        b.page->show();
        b.page->activate();
        QTRY_VERIFY(b.control().state() == State::Failed);
        b.world.fakeCatalogue.failReads.reset();
        b.control().load();
        QTRY_VERIFY(b.control().state() == State::Data);
    }

    void everyControlHasAName()
    {
        Bench b;
        b.open();
        b.control().stage(b.key(DraftField::Stock, 2), u"+8"_s);
        for (QWidget* w : b.page->findChildren<QWidget*>())
            if (w->isVisible() && (w->focusPolicy() & Qt::TabFocus) && w->isEnabled())
                QVERIFY2(!QAccessible::queryAccessibleInterface(w)->text(QAccessible::Name).isEmpty(),
                    qPrintable(QString::fromLatin1(w->metaObject()->className()) + u' ' + w->objectName()));
    }

    void twoThousandVariantsOpenQuickly()
    {
        Bench b(1);
        b.server() = product(1, u"큰 상품"_s, u"BIG"_s, u"한라"_s, 2000, 39000);
        b.open();
        QElapsedTimer timer;
        timer.start();
        b.control().variants().assign({});
        b.control().stage({DraftField::Brand, {}}, u"나루 2"_s);
        b.grid().repaint();
        qInfo("2,000 variants into the grid and painted: %lld ms", static_cast<long long>(timer.elapsed()));
        QCOMPARE(b.control().variants().rowCount(), 2000);
        QVERIFY(timer.elapsed() < 500);
    }

private:
    std::unique_ptr<ui::Theme> m_theme;
};

QTEST_MAIN(tst_Products)
#include "tst_Products.moc"
