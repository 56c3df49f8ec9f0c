// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_models naru_backend_api naru_test_support
#include "models/products/ProductListModel.h"
#include "models/products/VariantTableModel.h"
#include "unit/models/common/FakeServices.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::test;
using models::DraftField;
using models::ProductDraft;
using models::ProductListModel;
using models::ProductRow;
using models::VariantTableModel;

class tst_ProductModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void listChangesByDiff()
    {
        ProductListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<ProductRow> rows;
        for (int n = 1; n <= 5; ++n)
            rows.push_back({product(n, u"상품 %1"_s.arg(n), u"P-%1"_s.arg(n), u"v"_s, 2, 1000).summary});
        model.assign(rows);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        rows.erase(rows.begin() + 1);
        rows[2].summary.title = u"새 이름"_s;
        model.assign(rows);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(reset.size(), 0);
        model.append({rows[0], {product(9, u"아홉"_s, u"P-9"_s, u"v"_s, 1, 1).summary}}); // a page that repeats a row
        QCOMPARE(model.rowCount(), 5);
    }

    void stockShiftsInTheRow()
    {
        ProductListModel model;
        model.assign({{product(1, u"a"_s, u"A"_s, u"v"_s, 4, 1000).summary}});
        const std::int64_t before = model.row(0).summary.onHand;
        model.shiftStock(model.row(0).summary.id, -1, 2, 0);
        QCOMPARE(model.row(0).summary.onHand, before - 1);
        model.shiftStock(idOf<ProductTag>(77), -1, 0, 0); // not in the list
        QCOMPARE(model.rowCount(), 1);
    }

    void gridShowsStagedOverTheServers()
    {
        VariantTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 6, 39000);
        ProductDraft draft;
        model.show(p, draft);
        QCOMPARE(model.rowCount(), 6);
        const QModelIndex price = model.index(2, VariantTableModel::Price);
        QVERIFY(!model.editAt(price));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        draft.stage(p, {DraftField::Price, p.variants[2].id}, u"+10%"_s);
        model.show(p, draft);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(price.data(Qt::EditRole).toString(), u"45100"_s);
        // A sale meanwhile moves the stock and leaves the edit alone.
        p.variants[2].stock[0].onHand -= 1;
        model.show(p, draft);
        QCOMPARE(price.data(Qt::EditRole).toString(), u"45100"_s);
    }

    void editingGoesThroughTheDraft()
    {
        VariantTableModel model;
        const ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 2, 39000);
        model.show(p, {});
        std::vector<std::pair<models::DraftKey, QVariant>> staged;
        model.setStage([&staged](const models::DraftKey& key, const QVariant& typed) { staged.emplace_back(key, typed); });
        QVERIFY(model.setData(model.index(1, VariantTableModel::Price), u"1"_s, Qt::EditRole));
        QVERIFY(!model.setData(model.index(1, VariantTableModel::Sku), u"1"_s, Qt::EditRole));
        QCOMPARE(staged.size(), std::size_t(1));
        QVERIFY(staged[0].first.variant == p.variants[1].id);
        model.setEditable(false); // a role that only reads
        QVERIFY(!model.setData(model.index(1, VariantTableModel::Price), u"1"_s, Qt::EditRole));
    }

    void whatIsNotThereCannotBeEdited()
    {
        VariantTableModel model;
        ProductDetail p = product(1, u"체험"_s, u"C"_s, u"한라"_s, 1, 39000);
        p.variants[0].stock.clear(); // a reservation: its stock is in the slots
        p.variants[0].offer.reset();
        model.show(p, {});
        QVERIFY(!(model.flags(model.index(0, VariantTableModel::Stock)) & Qt::ItemIsEditable));
        QVERIFY(!(model.flags(model.index(0, VariantTableModel::Price)) & Qt::ItemIsEditable));
    }
};

QTEST_GUILESS_MAIN(tst_ProductModels)
#include "tst_ProductModels.moc"
