// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 120
// engines: both
// Two servers on one PostgreSQL, step by step: what one has begun and not committed, the other neither overlooks nor waits for. SQLite
// has one writer, so there is nothing to test there.
#include "server/engine/Duty.h"
#include "server/engine/Pending.h"
#include "unit/server/engine/SecondNode.h"
#include "unit/server/engine/WaitlistFixture.h"

#include <QRegularExpression>

#include <thread>

using namespace naru;
using namespace naru::test;

class tst_TwoEngines : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<WaitlistFixture> f;
    static constexpr Millis kHour{3'600'000};

    OpeningId plan(std::optional<ItemId> item)
    {
        OpeningId id;
        const NewOpening wish{f->yacht, item, f->clock.now(), f->clock.now() + kHour};
        if (const QString code = f->write('O', [&](Txn& txn) { id = planOpening(txn, wish, QByteArray(32, 'n')); }); !code.isEmpty())
            qFatal("%s", qPrintable(code));
        return id;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        if (!onPostgres())
            QSKIP("one writer");
    }
    void init() { f = std::make_unique<WaitlistFixture>(); }
    void cleanup()
    {
        if (f)
            QCOMPARE(f->violations(), QStringList());
        f.reset();
    }

    // Both have read the queue before either has written to it, unless one waits for the other.
    void oneLotEachAtBoth()
    {
        plan({});
        SecondNode two(*f), gate(*f);
        const auto txn = gate.begin();
        gate.db->query(u"SELECT id FROM tail FOR UPDATE"_s); // nobody gets to the end of his batch
        const std::size_t at = f->ask(f->wish(f->customer, f->b, 1));
        two.ask(f->wish(f->customer, f->c, 1));
        std::jthread first([this] { f->writer->run(); });
        std::jthread second([&two] { two.writer->run(); });
        QTRY_COMPARE(gate.waiting(), 2);
        gate.db->rollback();
        first.join();
        second.join();
        QVERIFY(f->answers[at] && f->answers[at]->ticket && two.answers.size() == 1 && two.answers[0].ticket);
        const std::set<TicketStatus> both{f->answers[at]->ticket->status, two.answers[0].ticket->status};
        QCOMPARE(both, (std::set{TicketStatus::Queued, TicketStatus::Rejected}));
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM ticket WHERE status = 'queued'"_s), 1);
    }

    void ofTwoPlansOneIsRefused_data()
    {
        QTest::addColumn<bool>("itemFirst");
        QTest::newRow("an item, then its product") << true;
        QTest::newRow("a product, then an item of it") << false;
    }
    void ofTwoPlansOneIsRefused()
    {
        QFETCH(const bool, itemFirst);
        const auto wish = [this](bool item) { return NewOpening{f->yacht, item ? std::optional(f->c) : std::nullopt, f->clock.now(), f->clock.now() + kHour}; };
        SecondNode two(*f), watch(*f);
        const auto txn = two.begin();
        planOpening(*txn, wish(itemFirst), QByteArray(32, 'n'));
        QString code;
        std::jthread other([&] { code = f->write('O', [&](Txn& t) { planOpening(t, wish(!itemFirst), QByteArray(32, 'm')); }); });
        QTRY_COMPARE(watch.waiting(), 1);
        two.commit();
        other.join();
        QCOMPARE(code, u"opening-exists"_s);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM opening"_s), 1);
    }

    // A draw locks its opening and then the slots; a registration has locked a slot and refers to the opening.
    void aDrawAndARegistrationDoNotDeadlock()
    {
        const OpeningId id = plan(f->c);
        SecondNode two(*f), watch(*f);
        f->decide(f->wish(f->other, f->c, 1));
        const auto txn = two.begin();
        two.db->query(u"SELECT id FROM inventory_item WHERE id = ? FOR UPDATE"_s, {f->c}); // as a batch does
        f->clock.advance(kHour);
        f->engine->sweepNow();
        std::jthread draw([this] { f->writer->run(); });
        QTRY_COMPARE(watch.waiting(), 1); // for the slot
        bool waits = false;
        try {
            two.db->query(u"SELECT id FROM opening WHERE id = ? FOR KEY SHARE NOWAIT"_s, {id}); // as the ticket's reference does
        } catch (const StoreError&) {
            waits = true;
        }
        QVERIFY(!waits);
        two.db->rollback();
        draw.join();
        for (int i = 0; i < 6; ++i)
            f->sweep();
        QCOMPARE(readOpening(*f->db, id, {}, f->clock.now())->state, OpeningState::Open);
    }

    // Of a queue that is decided in its order, only one node at a time takes tickets.
    void theNextOnesAreNotTakenBeforeTheFirst()
    {
        plan(f->c);
        for (int i = 0; i < 300; ++i)
            f->ask(f->wish(f->person(QString::number(i)), f->c, 1));
        f->writer->run();
        f->clock.advance(kHour);
        for (int more = 1; more > 0;)
            f->write('S', [&more](Txn& t) { more = workOpenings(t) ? 1 : 0; });
        SecondNode two(*f);
        const auto txn = two.begin();
        QCOMPARE(takePending(*txn, 256).size(), std::size_t(256));
        std::size_t taken = 1;
        QCOMPARE(f->write('S', [&taken](Txn& t) { taken = takePending(t, 256).size(); }), QString());
        QCOMPARE(taken, std::size_t(0));
        two.db->rollback();
        f->write('S', [&taken](Txn& t) { taken = takePending(t, 256).size(); });
        QCOMPARE(taken, std::size_t(256));
        for (int i = 0; i < 6; ++i)
            f->sweep();
    }

    // What another node is sweeping is neither waited for nor done again; who asks meanwhile is answered.
    void oneNodeSweepsTheOthersGoOn()
    {
        f->take(f->b, 2);
        f->clock.advance(f->options.holdTtl + Millis(1));
        SecondNode two(*f);
        const auto txn = two.begin();
        QVERIFY(takeDuty(*txn, "holds"));
        QCOMPARE(expireDueHolds(*txn, 256), 1);
        const std::size_t at = f->ask(f->wish(f->customer, f->d, 1));
        f->engine->sweepNow();
        f->writer->run();
        QVERIFY(f->answers[at] && f->answers[at]->ticket);
        QCOMPARE(f->answers[at]->ticket->status, TicketStatus::Confirmed);
        QCOMPARE(f->stock(f->b).held, 2); // not committed yet
        two.commit();
        f->sweep();
        QCOMPARE(f->stock(f->b).held, 0);
    }
};

QTEST_GUILESS_MAIN(tst_TwoEngines)
#include "tst_TwoEngines.moc"
