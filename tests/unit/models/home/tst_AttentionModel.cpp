// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_models
#include "models/home/AttentionModel.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::models;
using namespace Qt::StringLiterals;

namespace {

Attention item(const QString& entity, const QString& detail = {})
{
    Attention a;
    a.kind = AttentionKind::AcceptDue;
    a.entityType = u"vendor_order"_s;
    a.entityId = entity;
    a.title = entity;
    a.detail = detail;
    return a;
}

QString order(const AttentionModel& model)
{
    QStringList list;
    for (int i = 0; i < model.rowCount(); ++i)
        list << model.at(i).entityId;
    return list.join(u' ');
}

} // namespace

class tst_AttentionModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void followsTheListByDifference()
    {
        AttentionModel model;
        QAbstractItemModelTester tester(&model);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setItems({item(u"a"_s), item(u"b"_s), item(u"c"_s)});
        const QPersistentModelIndex kept = model.index(2);
        model.setItems({item(u"x"_s), item(u"c"_s), item(u"a"_s)});
        QCOMPARE(order(model), u"x c a"_s);
        QVERIFY(kept.isValid());
        model.setItems({});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(reset.size(), 0);
    }

    void changesWordsInPlace()
    {
        AttentionModel model;
        QAbstractItemModelTester tester(&model);
        model.setItems({item(u"a"_s), item(u"b"_s)});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.setItems({item(u"a"_s), item(u"b"_s, u"now"_s)});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(inserted.size(), 0);
        QCOMPARE(model.at(1).detail, u"now"_s);
    }
};

QTEST_GUILESS_MAIN(tst_AttentionModel)
#include "tst_AttentionModel.moc"
