// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_models
#include "models/reservations/OccupancyModel.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::models;
using namespace Qt::StringLiterals;

namespace {

template <class AnyId> AnyId id(std::uint64_t n) { return AnyId{Id128::make(1, 0, n)}; }
const QDate kMonday(2026, 11, 23);
constexpr int kDays = 3;

OccupancyRow row(std::uint64_t n, const QString& title, const QString& label)
{
    OccupancyRow r;
    r.productId = id<ProductId>(n);
    r.variantId = id<VariantId>(n);
    r.title = title;
    r.label = label;
    for (int day = 0; day < kDays; ++day) {
        OccupancyCell cell;
        cell.date = kMonday.addDays(day).toString(Qt::ISODate);
        cell.itemId = id<ItemId>(n * 100 + static_cast<std::uint64_t>(day));
        cell.slotCount = 1;
        cell.capacity = 24;
        cell.allocated = 10;
        cell.held = 2;
        r.cells.push_back(cell);
    }
    return r;
}

StockLevel level(ItemId item, std::int64_t allocated, std::int64_t held, std::int64_t version)
{
    StockLevel l;
    l.id = item;
    l.kind = StockKind::Capacity;
    l.onHand = 24;
    l.allocated = allocated;
    l.held = held;
    l.version = version;
    return l;
}

QStringList titles(const OccupancyModel& model)
{
    QStringList list;
    for (int i = 0; i < model.rowCount(); ++i)
        list << model.rowAt(i).title;
    return list;
}

} // namespace

class tst_OccupancyModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void hoursOfOneDayShareACellAndFollowChanges()
    {
        OccupancyModel model;
        QAbstractItemModelTester tester(&model);
        auto early = row(1, u"선셋 요트"_s, u"17:00"_s);
        auto late = row(2, u"선셋 요트"_s, u"17:30"_s);
        late.variantId = early.variantId;
        late.productId = early.productId;
        auto evening = row(3, u"별빛 천문대"_s, u"20:00"_s);
        auto stay = row(4, u"한옥 별채"_s, u"숙박"_s);
        model.setRows(kMonday, kDays, {early, late, evening, stay});
        QCOMPARE(model.rowCount(), 4);
        model.showHours(kMonday.addDays(1));
        QCOMPARE(model.columnCount(), 5); // stays, 17 … 20
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QString());
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"17:00"_s);
        QCOMPARE(model.index(0, 1).data().toString(), u"24/48"_s);
        QCOMPARE(model.index(2, 0).data().toString(), u"12/24"_s);
        QCOMPARE(model.slotsAt(0, 1).size(), std::size_t(2));
        QCOMPARE(model.applyLevel(late.variantId, u"17:30"_s, late.cells[1].date, level(late.cells[1].itemId, 20, 0, 7)), OccupancyModel::Applied::Changed);
        QCOMPARE(model.index(0, 1).data().toString(), u"32/48"_s);
        // A change of another day waits for its day to be shown.
        QCOMPARE(model.applyLevel(late.variantId, u"17:30"_s, late.cells[2].date, level(late.cells[2].itemId, 1, 0, 7)), OccupancyModel::Applied::Changed);
        model.setFilter(u"요트"_s);
        QCOMPARE(model.index(0, 1).data().toString(), u"32/48"_s);
        model.setFilter({});
        model.showDays();
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.index(1, 2).data().toString(), u"1/24"_s);
    }

    void rowsAreProductsAndWaitingAddsUp()
    {
        OccupancyModel model;
        QAbstractItemModelTester tester(&model);
        auto early = row(1, u"한라 캠핑 · A구역"_s, u"10:00"_s);
        auto late = row(2, u"한라 캠핑 · B구역"_s, u"14:00"_s);
        late.productId = early.productId;
        model.setRows(kMonday, kDays, {early, late});
        model.setBy(OccupancyBy::Product);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowAt(0).title, u"한라 캠핑"_s);
        QCOMPARE(model.index(0, 0).data().toString(), u"24/48"_s);
        model.setWaiting({{early.cells[0].itemId, 3}, {late.cells[0].itemId, 2}});
        QCOMPARE(model.index(0, 0).data(OccupancyModel::WaitingRole).toInt(), 5);
        model.setWaiting({{late.cells[0].itemId, 2}});
        QCOMPARE(model.index(0, 0).data(OccupancyModel::WaitingRole).toInt(), 2);
        model.setBy(OccupancyBy::Slot);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.indexOf(late.cells[1].itemId), model.index(1, 1));
    }

    void showsNumbersAndStates()
    {
        OccupancyModel model;
        QAbstractItemModelTester tester(&model);
        auto rows = std::vector{row(1, u"선셋 요트"_s, u"17:30"_s)};
        rows[0].cells[1].allocated = 24;
        rows[0].cells[1].held = 0;
        rows[0].cells[2].slotCount = 0;
        model.setRows(kMonday, kDays, rows);
        QCOMPARE(model.index(0, 0).data().toString(), u"12/24"_s);
        QCOMPARE(model.index(0, 0).data(OccupancyModel::FillRole).toDouble(), 0.5);
        QCOMPARE(model.index(0, 1).data(OccupancyModel::StateRole).toInt(), static_cast<int>(CellState::Full));
        QCOMPARE(model.index(0, 2).data().toString(), QString());
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"11/24"_s);
    }

    void tellsStatesApart()
    {
        OccupancyCell cell;
        QCOMPARE(cellState(cell), CellState::NoSlot);
        cell.slotCount = 1;
        cell.capacity = 8;
        cell.allocated = 8;
        QCOMPARE(cellState(cell), CellState::Full);
        cell.overbook = 2;
        QCOMPARE(cellState(cell), CellState::Open);
        cell.held = 1;
        QCOMPARE(cellState(cell), CellState::Overbooked);
        QCOMPARE(cellFill(cell), 1.0);
        cell.closed = true;
        QCOMPARE(cellState(cell), CellState::Closed);
    }

    void appliesALiveChangeToItsCellOnly()
    {
        OccupancyModel model;
        QAbstractItemModelTester tester(&model);
        model.setRows(kMonday, kDays, {row(1, u"a"_s, u"10:00"_s), row(2, u"b"_s, u"10:00"_s)});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy moved(&model, &OccupancyModel::cellMoved);
        const auto item = model.cellAt(1, 2).itemId;
        const auto date = kMonday.addDays(2).toString(Qt::ISODate);
        QCOMPARE(model.applyLevel(id<VariantId>(2), u"10:00"_s, date, level(item, 20, 1, 5)), OccupancyModel::Applied::Changed);
        QCOMPARE(model.index(1, 2).data().toString(), u"21/24"_s);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex(), model.index(1, 2));
        QCOMPARE(moved.size(), 1);
        // An older version, the same figures, another row, another day: nothing moves.
        QCOMPARE(model.applyLevel(id<VariantId>(2), u"10:00"_s, date, level(item, 1, 1, 4)), OccupancyModel::Applied::Same);
        QCOMPARE(model.applyLevel(id<VariantId>(2), u"10:00"_s, date, level(item, 20, 1, 6)), OccupancyModel::Applied::Same);
        QCOMPARE(model.applyLevel(id<VariantId>(9), u"10:00"_s, date, level(item, 2, 1, 7)), OccupancyModel::Applied::Unknown);
        QCOMPARE(model.applyLevel(id<VariantId>(2), u"10:00"_s, u"2027-01-01"_s, level(item, 2, 1, 7)), OccupancyModel::Applied::Unknown);
        QCOMPARE(changed.size(), 1);
    }

    void asksForAReadWhenSeveralSlotsShareACell()
    {
        OccupancyModel model;
        auto rows = std::vector{row(1, u"a"_s, u"10:00"_s)};
        rows[0].cells[0].slotCount = 2;
        model.setRows(kMonday, kDays, rows);
        const auto item = model.cellAt(0, 0).itemId;
        QCOMPARE(model.applyLevel(id<VariantId>(1), u"10:00"_s, kMonday.toString(Qt::ISODate), level(item, 3, 0, 2)), OccupancyModel::Applied::Unclear);
        QCOMPARE(model.index(0, 0).data().toString(), u"12/24"_s);
    }

    void keepsRowsInPlaceWhenTheListIsReadAgain()
    {
        OccupancyModel model;
        QAbstractItemModelTester tester(&model);
        model.setRows(kMonday, kDays, {row(1, u"a"_s, {}), row(2, u"b"_s, {}), row(3, u"c"_s, {})});
        const QPersistentModelIndex kept = model.index(1, 0);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setRows(kMonday, kDays, {row(4, u"d"_s, {}), row(2, u"b"_s, {}), row(5, u"e"_s, {}), row(3, u"c"_s, {})});
        QCOMPARE(titles(model), (QStringList{u"d"_s, u"b"_s, u"e"_s, u"c"_s}));
        QVERIFY(kept.isValid());
        QCOMPARE(kept.row(), 1);
        model.setRows(kMonday, kDays, {row(3, u"c"_s, {}), row(2, u"b"_s, {})});
        QCOMPARE(titles(model), (QStringList{u"c"_s, u"b"_s}));
        model.setRows(kMonday.addDays(1), kDays, {row(3, u"c"_s, {}), row(2, u"b"_s, {})});
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"11/24"_s);
        QCOMPARE(reset.size(), 0);
    }

    void filtersByTitleAndStartTime()
    {
        OccupancyModel model;
        QAbstractItemModelTester tester(&model);
        model.setRows(kMonday, kDays, {row(1, u"선셋 요트"_s, u"17:30"_s), row(2, u"물레 체험"_s, u"11:00"_s), row(3, u"선셋 요트"_s, u"19:00"_s)});
        model.setFilter(u"요트"_s);
        QCOMPARE(model.rowCount(), 2);
        model.setFilter(u"요트 19"_s);
        QCOMPARE(model.rowCount(), 1);
        // A change of a hidden row is kept, not shown.
        QSignalSpy moved(&model, &OccupancyModel::cellMoved);
        const auto hidden = id<ItemId>(200);
        QCOMPARE(model.applyLevel(id<VariantId>(2), u"11:00"_s, kMonday.toString(Qt::ISODate), level(hidden, 24, 0, 2)), OccupancyModel::Applied::Changed);
        QCOMPARE(moved.size(), 0);
        model.setFilter({});
        QCOMPARE(titles(model), (QStringList{u"선셋 요트"_s, u"물레 체험"_s, u"선셋 요트"_s}));
        QCOMPARE(model.index(1, 0).data().toString(), u"24/24"_s);
    }

    void findsTheCellOfAnItem()
    {
        OccupancyModel model;
        model.setRows(kMonday, kDays, {row(1, u"a"_s, {}), row(2, u"b"_s, {})});
        const auto place = model.placeOf(id<ItemId>(201));
        QVERIFY(place.row);
        QCOMPARE(place.row->title, u"b"_s);
        QCOMPARE(place.cell->date, u"2026-11-24"_s);
        QVERIFY(!model.placeOf(id<ItemId>(999)).row);
    }

    void saysACellInWords()
    {
        OccupancyModel model;
        model.setDescriber([](const OccupancyRow& r, const OccupancyCell& c, const QString& head) { return r.title + c.date + head; });
        model.setRows(kMonday, kDays, {row(1, u"a"_s, {})});
        QCOMPARE(model.index(0, 1).data(Qt::AccessibleTextRole).toString(), u"a2026-11-24"_s);
    }
};

QTEST_GUILESS_MAIN(tst_OccupancyModel)
#include "tst_OccupancyModel.moc"
