// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_models naru_backend_api naru_test_support
#include "models/products/ProductDraft.h"
#include "unit/models/common/FakeServices.h"

#include <QRegularExpression>
#include <QTest>

using namespace naru;
using namespace naru::test;
using models::DraftField;
using models::DraftKey;
using models::DraftProblem;
using models::ProductDraft;

class tst_ProductDraft : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsAmounts_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<qlonglong>("wanted");
        QTest::newRow("plain") << u"42900"_s << 42900LL;
        QTest::newRow("grouped") << u"₩42,900"_s << 42900LL;
        QTest::newRow("won") << u" 42 900원"_s << 42900LL;
        QTest::newRow("percent up") << u"+10%"_s << 42900LL;
        QTest::newRow("percent down, formula") << u"=-5%"_s << 37050LL;
        QTest::newRow("difference") << u"+500"_s << 39500LL;
        QTest::newRow("half percent rounds half up") << u"+0.5%"_s << 39195LL;
    }
    void readsAmounts()
    {
        QFETCH(QString, typed);
        QFETCH(qlonglong, wanted);
        QCOMPARE(models::readAmount(typed, 39000).value_or(-1), std::int64_t(wanted));
    }

    void refusesWhatIsNoAmount()
    {
        for (const QString& typed : {u"abc"_s, u""_s, u"12.5"_s, u"10%"_s, u"+x%"_s, u"1e5"_s, u"99999999999999999999"_s})
            QVERIFY2(!models::readAmount(typed, 39000), qPrintable(typed));
    }

    void readsStock()
    {
        QCOMPARE(models::readStockDelta(u"50"_s, 42).value(), 8);
        QCOMPARE(models::readStockDelta(u"+8"_s, 42).value(), 8);
        QCOMPARE(models::readStockDelta(u"-3"_s, 42).value(), -3);
        QVERIFY(!models::readStockDelta(u"viele"_s, 42));
    }

    void backToTheOldValueIsNoEdit()
    {
        const ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 4, 39000);
        const DraftKey price{DraftField::Price, p.variants[0].id};
        ProductDraft draft;
        draft.stage(p, price, u"42900"_s);
        QCOMPARE(draft.size(), 1);
        QCOMPARE(draft.find(price)->mine.toLongLong(), 42900);
        draft.stage(p, price, u"39000"_s);
        QVERIFY(draft.isEmpty());
        draft.stage(p, {DraftField::TitleKo, {}}, u" 의자 "_s); // blanks at the ends are nothing
        QVERIFY(draft.isEmpty());
    }

    void untouchedFieldsFollowSilently()
    {
        ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 4, 39000);
        ProductDraft draft;
        draft.stage(p, {DraftField::Price, p.variants[0].id}, u"42900"_s);
        p.brand = u"다른 손"_s;
        p.variants[1].offer->price.minor = 1;
        p.summary.version = 9;
        draft.rebase(p);
        QVERIFY(!draft.hasConflict());
        QCOMPARE(draft.size(), 1);
    }

    void bothTouchedIsAClashWithBothSidesKept()
    {
        ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 4, 39000);
        const DraftKey price{DraftField::Price, p.variants[0].id};
        ProductDraft draft;
        draft.stage(p, price, u"42900"_s);
        p.variants[0].offer->price.minor = 41000;
        draft.rebase(p);
        QVERIFY(draft.hasConflict());
        QCOMPARE(draft.find(price)->mine.toLongLong(), 42900);
        QCOMPARE(draft.find(price)->theirs->toLongLong(), 41000);
        QCOMPARE(draft.find(price)->base.toLongLong(), 39000);
        ProductDraft other = draft;
        draft.keepMine(price);
        QVERIFY(!draft.hasConflict());
        QCOMPARE(draft.find(price)->mine.toLongLong(), 42900);
        draft.rebase(p); // the decision stands
        QVERIFY(!draft.hasConflict());
        other.takeTheirs(price);
        QVERIFY(other.isEmpty());
    }

    void theSameThoughtByOthersNeedsNoEdit()
    {
        ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 1, 39000);
        ProductDraft draft;
        draft.stage(p, {DraftField::Brand, {}}, u"새 이름"_s);
        p.brand = u"새 이름"_s;
        draft.rebase(p);
        QVERIFY(draft.isEmpty());
    }

    void stockMovesUnderTheEdit()
    {
        ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 4, 39000);
        const DraftKey stock{DraftField::Stock, p.variants[1].id};
        ProductDraft draft;
        draft.stage(p, stock, u"+8"_s);
        p.variants[1].stock[0].onHand -= 1;
        draft.rebase(p);
        QVERIFY(!draft.hasConflict());
        QCOMPARE(draft.find(stock)->mine.toLongLong(), 8);
    }

    void faultsAreKeptWithWhatWasTyped()
    {
        const ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 4, 39000);
        const VariantId v = p.variants[1].id;
        ProductDraft draft;
        draft.stage(p, {DraftField::Price, v}, u"많이"_s);
        QVERIFY(draft.find({DraftField::Price, v})->problem == DraftProblem::NotANumber);
        QCOMPARE(draft.find({DraftField::Price, v})->typed, u"많이"_s);
        draft.stage(p, {DraftField::Price, v}, u"-1"_s);
        QVERIFY(draft.find({DraftField::Price, v})->problem == DraftProblem::None); // 38,999
        draft.stage(p, {DraftField::TitleEn, {}}, u"  "_s);
        QVERIFY(draft.find({DraftField::TitleEn, {}})->problem == DraftProblem::Empty);
        draft.stage(p, {DraftField::Stock, v}, u"0"_s);
        QVERIFY(draft.find({DraftField::Stock, v})->problem == DraftProblem::BelowCommitted);
        QVERIFY(draft.hasProblem());
    }

    void listPriceIsCheckedAgainstTheStagedPrice()
    {
        const ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 4, 39000);
        const VariantId v = p.variants[0].id;
        ProductDraft draft;
        draft.stage(p, {DraftField::ListPrice, v}, u"44000"_s);
        QVERIFY(!draft.hasProblem());
        draft.stage(p, {DraftField::Price, v}, u"50000"_s);
        QVERIFY(draft.find({DraftField::ListPrice, v})->problem == DraftProblem::BelowPrice);
        draft.stage(p, {DraftField::Price, v}, u"40000"_s);
        QVERIFY(!draft.hasProblem());
    }

    void aVariantThatIsGoneTakesItsEditsAlong()
    {
        ProductDetail p = product(1, u"의자"_s, u"C"_s, u"한라"_s, 4, 39000);
        ProductDraft draft;
        draft.stage(p, {DraftField::Price, p.variants[3].id}, u"1000"_s);
        p.variants.pop_back();
        draft.rebase(p);
        QVERIFY(draft.isEmpty());
    }
};

QTEST_APPLESS_MAIN(tst_ProductDraft)
#include "tst_ProductDraft.moc"
