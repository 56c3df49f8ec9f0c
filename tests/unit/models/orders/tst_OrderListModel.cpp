// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_models naru_backend_api naru_test_support
#include "models/orders/OrderListModel.h"
#include "unit/models/common/FakeServices.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <map>
#include <random>

using namespace naru;
using namespace naru::test;
using models::OrderListModel;
using models::OrderRow;
using models::OrderSort;

namespace {

OrderRow row(int n, int minutes, std::int64_t amount = 1000)
{
    OrderRow r;
    r.card = order(n, VendorOrderStatus::AwaitingAcceptance, u"말차"_s, u"남산 티룸"_s, amount, minutes);
    return r;
}

QStringList codes(const OrderListModel& model)
{
    QStringList all;
    for (const OrderRow& r : model.rows())
        all += r.card.code;
    return all;
}

} // namespace

class tst_OrderListModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void sortsByDeadline()
    {
        OrderListModel model(OrderListModel::Shape::Cards);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.assignSorted({row(3, 30), row(1, 10), row(2, 20)});
        QCOMPARE(codes(model), QStringList({u"VO-1"_s, u"VO-2"_s, u"VO-3"_s}));
        model.put(row(4, 15), false);
        QCOMPARE(codes(model).at(1), u"VO-4"_s);
        model.setSort(OrderSort::Amount);
        model.put(row(5, 50, 9000), false);
        QCOMPARE(codes(model).first(), u"VO-5"_s);
    }

    void changedRowSignalsOnlyItself()
    {
        OrderListModel model(OrderListModel::Shape::Table);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.assignSorted({row(1, 10), row(2, 20), row(3, 30)});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        OrderRow r = row(2, 20);
        r.card.customerName = u"김"_s;
        model.put(r, false);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(changed[0][1].toModelIndex().row(), 1);
        model.put(r, false); // the same again
        QCOMPARE(changed.size(), 1);
        QCOMPARE(reset.size() + inserted.size(), 0);
    }

    void keepsPlaceWhenAsked()
    {
        OrderListModel model(OrderListModel::Shape::Cards);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.assignSorted({row(1, 10), row(2, 20), row(3, 30)});
        model.put(row(1, 60), true); // deadline moved behind all others
        QCOMPARE(codes(model).first(), u"VO-1"_s);
        model.put(row(1, 61), false);
        QCOMPARE(codes(model).last(), u"VO-1"_s);
    }

    void persistentIndexFollowsItsRow()
    {
        OrderListModel model(OrderListModel::Shape::Cards);
        model.assignSorted({row(1, 10), row(2, 20), row(3, 30)});
        const QPersistentModelIndex chosen = model.index(1, 0);
        model.assignSorted({row(9, 5), row(2, 25), row(3, 1)});
        QVERIFY(chosen.isValid());
        QCOMPARE(model.row(chosen.row()).card.code, u"VO-2"_s);
    }

    void olderPageDoesNotUndoANewerRow()
    {
        OrderListModel model(OrderListModel::Shape::Cards);
        OrderRow newer = row(1, 10);
        newer.card.version = 5;
        newer.card.customerName = u"새 이름"_s;
        model.assignSorted({newer});
        model.merge({row(1, 10), row(2, 20)});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.row(0).card.customerName, u"새 이름"_s);
    }

    void randomChangesUnderTheTester()
    {
        OrderListModel model(OrderListModel::Shape::Cards);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(3);
        for (int round = 0; round < 200; ++round) {
            std::vector<OrderRow> rows;
            for (int n = 0; n < 20; ++n)
                if (random() % 2)
                    rows.push_back(row(n, static_cast<int>(random() % 60)));
            model.assignSorted(std::move(rows));
            for (int i = 1; i < model.rowCount(); ++i)
                QVERIFY(!models::comesBefore(model.row(i).card, model.row(i - 1).card, OrderSort::Deadline));
        }
    }

    // Every step against a plain list that is sorted anew each time.
    void indexAndOrderHoldUnderAnyChanges()
    {
        OrderListModel model(OrderListModel::Shape::Cards);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(11);
        std::map<VendorOrderId, OrderRow> plain;
        for (int step = 0; step < 3000; ++step) {
            OrderRow r = row(static_cast<int>(random() % 150), static_cast<int>(random() % 60), static_cast<std::int64_t>(random() % 9) * 1000);
            switch (random() % 12) {
            case 0:
                QCOMPARE(model.remove(r.card.id), plain.erase(r.card.id) == 1);
                break;
            case 1: {
                std::vector<OrderRow> page;
                for (int i = 0; i < 10; ++i) {
                    page.push_back(row(static_cast<int>(random() % 150), static_cast<int>(random() % 60)));
                    const OrderRow& last = page.back();
                    if (std::count_if(page.begin(), page.end(), [&](const OrderRow& o) { return o.card.id == last.card.id; }) > 1)
                        page.pop_back();
                    else if (!plain.contains(last.card.id))
                        plain.emplace(last.card.id, last); // a row already there has the same version and stands
                }
                model.merge(std::move(page));
                break;
            }
            case 2:
                if (random() % 10 == 0)
                    model.setSort(static_cast<OrderSort>(random() % 3));
                break;
            default:
                plain.insert_or_assign(r.card.id, r);
                model.put(r, false);
            }
            std::vector<OrderRow> wanted;
            for (const auto& entry : plain)
                wanted.push_back(entry.second);
            std::sort(wanted.begin(), wanted.end(), [&](const OrderRow& a, const OrderRow& b) { return models::comesBefore(a.card, b.card, model.sortedBy()); });
            QVERIFY(model.rows() == wanted);
            const int n = static_cast<int>(random() % 150); // few are asked for, so that what is noted of the others grows old
            const auto at = std::find_if(wanted.begin(), wanted.end(), [&](const OrderRow& o) { return o.card.id == row(n, 0).card.id; });
            QCOMPARE(model.rowOf(row(n, 0).card.id), at == wanted.end() ? -1 : static_cast<int>(at - wanted.begin()));
        }
        QVERIFY(model.rowCount() > 100);
    }

    void keptRowsAreFoundAndSortedLater()
    {
        OrderListModel model(OrderListModel::Shape::Cards);
        std::mt19937 random(5);
        for (int step = 0; step < 500; ++step) {
            model.put(row(static_cast<int>(random() % 80), static_cast<int>(random() % 60)), random() % 2 == 0);
            const int at = static_cast<int>(random() % static_cast<unsigned>(model.rowCount()));
            QCOMPARE(model.rowOf(model.row(at).card.id), at);
        }
        model.assignSorted(model.rows());
        for (int i = 1; i < model.rowCount(); ++i)
            QVERIFY(models::comesBefore(model.row(i - 1).card, model.row(i).card, OrderSort::Deadline));
    }

    void deadlineShare()
    {
        const ManualClock clock;
        const VendorOrderCard half = order(1, VendorOrderStatus::AwaitingAcceptance, {}, {}, 0, 30);
        QVERIFY(std::abs(models::dueLeft(half, clock.now()) - 0.5) < 0.001);
        QCOMPARE(models::dueLeft(half, clock.now() + Millis(3'600'000)), 0.0);
        QVERIFY(!models::dueOf(order(1, VendorOrderStatus::Shipped, {}, {}, 0, 30)));
    }

    void speaksThroughTheGivenWords()
    {
        OrderListModel model(OrderListModel::Shape::Cards);
        model.setWords([](const OrderRow& r, int column) { return r.card.code + u'/' + QString::number(column); }, {});
        model.assignSorted({row(1, 10)});
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"VO-1/-1"_s);
        QVERIFY(!model.data({}, Qt::DisplayRole).isValid());
    }

    void searchMatchesAsTheServerDoes()
    {
        const VendorOrderCard card = order(7, VendorOrderStatus::Accepted, u"우전 녹차"_s, u"남산"_s, 1, 1);
        QVERIFY(models::matchesText(card, u" vo-7 "_s));
        QVERIFY(models::matchesText(card, u"녹차"_s));
        QVERIFY(models::matchesText(card, {}));
        QVERIFY(!models::matchesText(card, u"홍차"_s));
    }
};

QTEST_GUILESS_MAIN(tst_OrderListModel)
#include "tst_OrderListModel.moc"
