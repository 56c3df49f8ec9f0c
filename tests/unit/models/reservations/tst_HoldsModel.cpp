// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_models
#include "models/reservations/HoldsModel.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <random>

using namespace naru;
using namespace naru::models;
using namespace Qt::StringLiterals;

namespace {

Hold hold(std::uint64_t n, int endsIn, std::int64_t version = 1, HoldStatus status = HoldStatus::Active)
{
    Hold h;
    h.id = HoldId{Id128::make(1, 0, n)};
    h.title = QString::number(n);
    h.status = status;
    h.expiresAt = fromUnixMs(endsIn * 1000);
    h.version = version;
    return h;
}

QString order(const HoldsModel& model)
{
    QStringList list;
    for (int i = 0; i < model.rowCount(); ++i)
        list << model.at(i).title;
    return list.join(u' ');
}

} // namespace

class tst_HoldsModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void sortsBySoonestEnd()
    {
        HoldsModel model;
        QAbstractItemModelTester tester(&model);
        model.setHolds({hold(1, 30), hold(2, 10), hold(3, 20)});
        QCOMPARE(order(model), u"2 3 1"_s);
        QCOMPARE(model.rowOf(hold(3, 0).id), 1);
        QCOMPARE(model.rowOf(hold(9, 0).id), -1);
    }

    void movesAnExtendedHoldAndKeepsItsPlaceholder()
    {
        HoldsModel model;
        QAbstractItemModelTester tester(&model);
        model.setHolds({hold(1, 10), hold(2, 20), hold(3, 30)});
        const QPersistentModelIndex kept = model.index(0);
        model.apply({hold(1, 25, 2)});
        QCOMPARE(order(model), u"2 1 3"_s);
        QCOMPARE(kept.row(), 1);
        model.apply({hold(1, 5, 3)});
        QCOMPARE(order(model), u"1 2 3"_s);
        QCOMPARE(kept.row(), 0);
        model.apply({hold(1, 12, 4)}); // stays where it is
        QCOMPARE(order(model), u"1 2 3"_s);
        QCOMPARE(model.at(0).version, 4);
        QCOMPARE(model.rowOf(hold(1, 0).id), 0);
    }

    void dropsClosedHoldsAndDoesNotBringThemBack()
    {
        HoldsModel model;
        QAbstractItemModelTester tester(&model);
        model.setHolds({hold(1, 10), hold(2, 20)});
        model.apply({hold(1, 10, 2, HoldStatus::Released), hold(2, 20, 2, HoldStatus::Expired)});
        QCOMPARE(model.rowCount(), 0);
        model.setHolds({hold(1, 10, 1), hold(3, 5)}); // a list read before the release
        QCOMPARE(order(model), u"3"_s);
    }

    void ignoresOlderVersions()
    {
        HoldsModel model;
        model.setHolds({hold(1, 10, 5)});
        model.apply({hold(1, 99, 4)});
        QCOMPARE(model.at(0).expiresAt, fromUnixMs(10'000));
    }

    void ofManyOnlyTheSoonestAreRows()
    {
        HoldsModel model;
        QAbstractItemModelTester tester(&model);
        std::vector<Hold> many;
        for (int n = 0; n < 2 * HoldsModel::kShown; ++n)
            many.push_back(hold(static_cast<std::uint64_t>(n), 100 + n));
        model.setHolds(many);
        QCOMPARE(model.rowCount(), HoldsModel::kShown);
        QCOMPARE(model.count(), 2 * HoldsModel::kShown);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.apply({hold(9000, 100'000)}); // ends later than all rows
        QCOMPARE(inserted.size(), 0);
        model.apply({hold(9001, 1)});
        QCOMPARE(model.rowOf(hold(9001, 0).id), 0);
        QCOMPARE(model.rowCount(), HoldsModel::kShown);
        const auto last = many[HoldsModel::kShown - 1];
        QCOMPARE(model.rowOf(last.id), -1); // made room
        QVERIFY(model.find(last.id));
        model.apply({hold(9001, 1, 2, HoldStatus::Expired)});
        QCOMPARE(model.rowOf(last.id), HoldsModel::kShown - 1);
    }

    void keepsItsOrderUnderAThousandChanges()
    {
        HoldsModel model;
        QAbstractItemModelTester tester(&model);
        std::mt19937 random(7);
        std::map<std::uint64_t, Hold> expected;
        for (int version = 1; version <= 1000; ++version) {
            const auto h = hold(random() % 40, static_cast<int>(random() % 50), version, random() % 4 ? HoldStatus::Active : HoldStatus::Released);
            if (h.status == HoldStatus::Active)
                expected[h.title.toULongLong()] = h;
            else
                expected.erase(h.title.toULongLong());
            model.apply({h});
        }
        QCOMPARE(model.rowCount(), static_cast<int>(expected.size()));
        for (int i = 0; i < model.rowCount(); ++i) {
            QCOMPARE(model.at(i), expected.at(model.at(i).title.toULongLong()));
            QCOMPARE(model.rowOf(model.at(i).id), i);
            if (i > 0)
                QVERIFY(model.at(i - 1).expiresAt <= model.at(i).expiresAt);
        }
    }
};

QTEST_GUILESS_MAIN(tst_HoldsModel)
#include "tst_HoldsModel.moc"
