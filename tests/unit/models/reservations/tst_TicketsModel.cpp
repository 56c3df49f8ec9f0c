// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_models
#include "models/reservations/TicketsModel.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::models;
using namespace Qt::StringLiterals;

namespace {

Ticket ticket(int n, TicketStatus status = TicketStatus::Queued, std::int64_t version = 1)
{
    Ticket t;
    t.id = TicketId{Id128::make(n, 0, 0)};
    t.code = QString::number(n);
    t.status = status;
    t.version = version;
    return t;
}

QString order(const TicketsModel& model)
{
    QStringList list;
    for (int i = 0; i < model.rowCount(); ++i)
        list << model.at(i).code;
    return list.join(u' ');
}

} // namespace

class tst_TicketsModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void showsTheNewestOnTop()
    {
        TicketsModel model;
        QAbstractItemModelTester tester(&model);
        model.apply({ticket(2), ticket(1), ticket(3)});
        QCOMPARE(order(model), u"3 2 1"_s);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.apply({ticket(6), ticket(5)});
        QCOMPARE(order(model), u"6 5 3 2 1"_s);
        QCOMPARE(inserted.size(), 1);
        model.apply({ticket(7), ticket(4)}); // one was missed
        QCOMPARE(order(model), u"7 6 5 4 3 2 1"_s);
    }

    void changesARowInPlaceAndIgnoresOlderNews()
    {
        TicketsModel model;
        QAbstractItemModelTester tester(&model);
        model.apply({ticket(1), ticket(2)});
        model.apply({ticket(1, TicketStatus::Confirmed, 3)});
        model.apply({ticket(1, TicketStatus::Held, 2)});
        QCOMPARE(model.at(1).status, TicketStatus::Confirmed);
        QCOMPARE(order(model), u"2 1"_s);
    }

    void keepsRowsStillWhilePaused()
    {
        TicketsModel model;
        QAbstractItemModelTester tester(&model);
        model.apply({ticket(1)});
        model.setPaused(true);
        QSignalSpy waiting(&model, &TicketsModel::waitingChanged);
        model.apply({ticket(2), ticket(3)});
        model.apply({ticket(2, TicketStatus::Rejected, 2), ticket(1, TicketStatus::Held, 2)});
        QCOMPARE(order(model), u"1"_s);
        QCOMPARE(model.at(0).status, TicketStatus::Held);
        QCOMPARE(model.waiting(), 2);
        QCOMPARE(waiting.size(), 1);
        model.showWaiting();
        QCOMPARE(order(model), u"3 2 1"_s);
        QCOMPARE(model.at(1).status, TicketStatus::Rejected);
        model.apply({ticket(4)});
        QCOMPARE(model.waiting(), 1); // still paused
        model.setPaused(false);
        QCOMPARE(order(model), u"4 3 2 1"_s);
    }

    void keepsNoMoreThanItShows()
    {
        TicketsModel model;
        QAbstractItemModelTester tester(&model);
        std::vector<Ticket> many;
        for (int i = 1; i <= 350; ++i)
            many.push_back(ticket(i));
        model.apply(many);
        QCOMPARE(model.rowCount(), TicketsModel::kKeep);
        QCOMPARE(model.at(0).code, u"350"_s);
        model.apply({ticket(1)}); // too old to be shown
        QCOMPARE(model.rowCount(), TicketsModel::kKeep);
        QCOMPARE(model.rowOf(ticket(350).id), 0);
        QCOMPARE(model.rowOf(ticket(1).id), -1);
    }
};

QTEST_GUILESS_MAIN(tst_TicketsModel)
#include "tst_TicketsModel.moc"
