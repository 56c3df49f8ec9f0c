// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_backend_api naru_test_support
// Staged edits as drafts: what comes back after a start, over a product that somebody else may have changed.
#include "resources/Resources.h"
#include "ui/products/ProductsEditor.h"
#include "ui/products/ProductsPage.h"
#include "ui/products/StagedBar.h"
#include "ui/products/VariantGrid.h"
#include "ui/widgets/Widgets.h"
#include "unit/models/common/FakeServices.h"

#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>

using namespace naru;
using namespace naru::test;
using models::DraftEdit;
using models::DraftField;
using models::DraftKey;
using models::DraftProblem;
using models::VariantTableModel;

class tst_ProductDrafts : public QObject {
    Q_OBJECT

    struct Bench {
        ManualClock clock;
        FakeBackendWorld world;
        std::unique_ptr<ui::ProductsPage> page;

        Bench()
        {
            for (int n = 1; n <= 2; ++n)
                world.fakeCatalogue.details.push_back(product(n, u"캠핑 의자"_s, u"P-%1"_s.arg(n), u"한라 캠핑"_s, 4, 39000));
            page = std::make_unique<ui::ProductsPage>(world, clock);
            page->resize(1200, 760);
        }
        void open()
        {
            page->show();
            QVERIFY(QTest::qWaitForWindowActive(page.get()));
            page->activate();
            QTRY_VERIFY(control().detail().has_value());
        }
        ui::ProductsController& control() { return page->controller(); }
        ui::ProductsEditor& editor() { return *page->findChild<ui::ProductsEditor*>(); }
        ui::VariantGrid& grid() { return *page->findChild<ui::VariantGrid*>(); }
        QLineEdit& reason() { return *page->findChild<QLineEdit*>(u"stockReason"_s); }
        ProductDetail& server(int at = 0) { return world.fakeCatalogue.details[static_cast<std::size_t>(at)]; }
        DraftKey key(DraftField field, int variant) { return {field, server().variants[static_cast<std::size_t>(variant)].id}; }
        const DraftEdit* edit(const DraftKey& key) { return control().draft().find(key); }
    };
    // Everything the first one holds, put into the second as after a start.
    static void carry(Bench& from, Bench& to)
    {
        for (const backend::Draft& draft : from.editor().drafts())
            to.editor().restore(draft);
        QTRY_VERIFY(!to.editor().isWaiting());
    }

private Q_SLOTS:
    void initTestCase()
    {
        registerResources();
        m_theme = std::make_unique<ui::Theme>(*qApp);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void everythingStagedComesBack()
    {
        Bench a;
        a.open();
        a.control().stage(a.key(DraftField::Price, 0), u"42900"_s);
        a.control().stage(a.key(DraftField::ListPrice, 1), u"not a number"_s);
        a.control().stage(a.key(DraftField::Stock, 2), u"+8"_s);
        a.control().stage(a.key(DraftField::OnSale, 3), !a.server().variants[3].offer->onSale);
        a.control().stage({DraftField::TitleEn, {}}, u"Chair"_s);
        a.reason().selectAll();
        QTest::keyClicks(&a.reason(), u"counted twice"_s);
        a.control().select(a.server(1).summary.id);
        QTRY_VERIFY(a.control().detail() && a.control().detail()->summary.id == a.server(1).summary.id);
        a.control().stage({DraftField::Brand, {}}, u"Other"_s);
        const auto drafts = a.editor().drafts();
        QCOMPARE(drafts.size(), std::size_t(2)); // one for each product
        QCOMPARE(drafts[0].changes + drafts[1].changes, 6);
        QCOMPARE(drafts[0].place, u"products.variants"_s);

        Bench b;
        b.open();
        carry(a, b);
        QCOMPARE(b.control().stagedProducts(), 2);
        b.control().select(b.server().summary.id);
        QTRY_VERIFY(b.control().detail() && b.control().detail()->summary.id == b.server().summary.id);
        const auto& edits = a.control().drafts().at(a.server().summary.id).edits.edits();
        QCOMPARE(edits.size(), std::size_t(5));
        for (const auto& [key, edit] : edits) {
            QVERIFY(b.edit(key));
            QCOMPARE(*b.edit(key), edit);
        }
        QCOMPARE(b.edit(b.key(DraftField::ListPrice, 1))->typed, u"not a number"_s);
        QCOMPARE(b.reason().text(), u"counted twice"_s);
        QVERIFY(!b.control().hasConflict());
        QCOMPARE(b.editor().drafts(), drafts); // and would be kept the same way again
    }

    void othersFieldsMergeAndTheSameOneIsAsked()
    {
        Bench a;
        a.open();
        a.control().stage(a.key(DraftField::Price, 0), u"42900"_s);
        a.control().stage(a.key(DraftField::Price, 1), u"43900"_s);
        Bench b;
        b.server().variants[2].offer->price.minor = 50000; // nobody here touched it
        b.server().variants[1].offer->price.minor = 41000; // the same thing
        b.server().summary.version = 2;
        b.open();
        carry(a, b);
        QCOMPARE(b.edit(b.key(DraftField::Price, 0))->mine.toInt(), 42900);
        QVERIFY(!b.edit(b.key(DraftField::Price, 0))->theirs);
        QVERIFY(!b.edit(b.key(DraftField::Price, 2)));
        const DraftEdit clash = *b.edit(b.key(DraftField::Price, 1));
        QCOMPARE(clash.theirs->toInt(), 41000);
        QCOMPARE(clash.base.toInt(), 39000);
        QVERIFY(b.page->findChild<ui::KeyButton*>(u"takeNeitherButton"_s)->isVisible());
        // All three are to be had, each by a key.
        QTest::keyClick(b.page.get(), Qt::Key_3, Qt::AltModifier);
        QVERIFY(!b.control().hasConflict());
        QCOMPARE(b.edit(b.key(DraftField::Price, 1))->mine.toInt(), 39000);
        QCOMPARE(b.edit(b.key(DraftField::Price, 1))->base.toInt(), 41000);
    }

    void aHalfTypedCellIsKept()
    {
        Bench a;
        a.open();
        a.grid().setFocus();
        a.grid().setCurrentIndex(a.control().variants().index(1, VariantTableModel::Price));
        QTest::keyClick(&a.grid(), Qt::Key_4);
        auto* cell = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(cell);
        QTest::keyClicks(cell, u"1"_s);
        QTRY_COMPARE(a.editor().drafts().size(), std::size_t(1));
        QCOMPARE(a.editor().drafts().front().changes, 1);
        QVERIFY(a.control().drafts().empty()); // not staged: the cell is open
        Bench b;
        b.open();
        carry(a, b);
        QVERIFY(b.edit(b.key(DraftField::Price, 1)));
        QCOMPARE(b.edit(b.key(DraftField::Price, 1))->mine.toInt(), 41);
    }

    void aProductThatCannotBeReadWaits()
    {
        Bench a;
        a.open();
        a.control().stage(a.key(DraftField::Price, 0), u"42900"_s);
        const auto drafts = a.editor().drafts();
        Bench b;
        b.open();
        b.world.fakeCatalogue.failReads = Error{ErrorKind::Offline, 0, u"offline"_s, {}, {}, true};
        b.editor().restore(drafts.front());
        b.control().load();
        QTRY_VERIFY(b.control().state() == ui::ProductsController::State::Failed);
        QCOMPARE(b.editor().drafts(), drafts); // still held
        b.world.fakeCatalogue.failReads.reset();
        b.control().load();
        QTRY_VERIFY(!b.editor().isWaiting());
        QCOMPARE(b.edit(b.key(DraftField::Price, 0))->mine.toInt(), 42900);
    }

    void committedOrDiscardedIsNoDraft()
    {
        Bench a;
        a.open();
        a.control().stage(a.key(DraftField::Price, 0), u"42900"_s);
        QCOMPARE(a.editor().drafts().size(), std::size_t(1));
        a.page->findChild<ui::StagedBar*>()->commit();
        QTRY_VERIFY(a.editor().drafts().empty());
        a.control().stage(a.key(DraftField::Price, 0), u"43900"_s);
        a.editor().discard();
        QVERIFY(a.editor().drafts().empty());
    }

private:
    std::unique_ptr<ui::Theme> m_theme;
};

QTEST_MAIN(tst_ProductDrafts)
#include "tst_ProductDrafts.moc"
