// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 120
// engines: both
// Batches written set-wise: what is decided does not depend on how requests fall into batches, nobody gets a part, and the number
// of statements does not grow with the batch.
#include "server/engine/Pending.h"
#include "server/engine/Views.h"
#include "server/store/Failpoint.h"
#include "server/store/PgConnection.h"
#include "support/CountingConnection.h"
#include "unit/server/engine/EngineFixture.h"

#include <QRegularExpression>
#include <random>
#include <set>

using namespace naru;
using namespace naru::test;

namespace {

struct Wish {
    std::vector<TicketLine> lines;
    TicketGoal goal = TicketGoal::Confirm;
};

std::vector<Wish> wishes(const EngineFixture& f, unsigned seed, int count)
{
    std::mt19937 random(seed);
    const std::vector<ItemId> items{f.a, f.b, f.c, f.d};
    std::vector<Wish> out;
    for (int i = 0; i < count; ++i) {
        Wish w;
        std::vector<std::size_t> order{0, 1, 2, 3};
        std::shuffle(order.begin(), order.end(), random);
        const std::size_t lines = 1 + random() % 3;
        for (std::size_t n = 0; n < lines; ++n)
            w.lines.push_back({items[order[n]], static_cast<std::int64_t>(1 + random() % 3)});
        w.goal = random() % 3 ? TicketGoal::Confirm : TicketGoal::Hold;
        out.push_back(std::move(w));
    }
    return out;
}

QString outcomeOf(const Ticket& t)
{
    return protocol::wireText(t.status) + u'/' + (t.refusal ? protocol::wireText(*t.refusal) : QString());
}

} // namespace

class tst_TicketBatch : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<EngineFixture> f;

    // A draw gave ranks below 1,000 and says that whoever asks later comes behind.
    TicketId queued(const ItemId& item, std::int64_t rank, Instant due, Instant giveUp)
    {
        const auto id = TicketId{Id128::make(toUnixMs(f->clock.now()), f->rng.next64(), f->rng.next64())};
        const NewTicket body = f->want({{item, 1}});
        const std::int64_t seq = f->number(u"SELECT queue_seq + 1 FROM tail"_s);
        f->db->exec(u"UPDATE tail SET queue_seq = ?"_s, {seq});
        f->db->exec(u"UPDATE inventory_item SET draw_rank = 1000 WHERE id = ?"_s, {item});
        f->db->exec(u"INSERT INTO ticket (id, request_key, request_hash, customer_id, partition_no, queue_seq, draw_rank, payload_json, status, enqueued_at, give_up_at, due_at, "
                    "vendor_id, version) VALUES (?, ?, 'h', ?, 0, ?, ?, ?, 'queued', ?, ?, ?, ?, 1)"_s,
            {id, u"draw-%1"_s.arg(seq), f->customer, seq, rank, ticketPayload(body), f->clock.now(), giveUp, due, f->yachts});
        return id;
    }
    TicketStatus statusOf(const TicketId& id) { return readTicket(*f->db, id)->status; }

private Q_SLOTS:
    void everyPlaceHasItsOwnCode()
    {
        std::set<QString> codes;
        constexpr std::int64_t kFar = std::int64_t(1) << 49;
        for (std::int64_t n = 0; n < 50'000; ++n)
            for (const std::int64_t place : {n, kFar + n * 7919})
                codes.insert(reservationCode(place));
        QCOMPARE(codes.size(), std::size_t(100'000));
        QVERIFY(QRegularExpression(u"^R-[0-9A-HJKMNP-TV-Z]{10}$"_s).match(*codes.begin()).hasMatch());
        QVERIFY(reservationCode(1).left(6) != reservationCode(2).left(6)); // it does not tell how many there were
    }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        f = std::make_unique<EngineFixture>();
        f->options.intakeLimit = 4096;
        f->rebuildEngine();
    }
    void cleanup()
    {
        clearFailpoints();
        QCOMPARE(f->violations(), QStringList());
        f.reset();
    }

    // Properties 1 (the books balance, by the checks of cleanup), 2 (all or nothing: I08) and 4: splitting changes nothing.
    void splittingChangesNothing()
    {
        for (unsigned seed = 1; seed <= 12; ++seed) {
            QStringList first;
            for (const std::size_t size : {std::size_t(256), std::size_t(1), std::size_t(7)}) {
                f = std::make_unique<EngineFixture>();
                f->writer->batch = size;
                for (const Wish& w : wishes(*f, seed, 90))
                    f->ask(f->want(w.lines, w.goal));
                f->writer->run();
                QStringList outcomes;
                for (const auto& answer : f->answers)
                    outcomes << outcomeOf(*answer->ticket);
                if (first.isEmpty())
                    first = outcomes;
                QCOMPARE(outcomes, first);
                QCOMPARE(f->violations(), QStringList());
            }
        }
    }

    // Whatever their number: a block of each table's rows, or one for each piece that PostgreSQL is sent early.
    void statementsDoNotGrowWithTheBatch()
    {
        CountingConnection counting(*f->db);
        StepWriter writer(counting, f->clock, f->rng);
        ReservationEngine engine(writer, f->clock, f->options);
        const auto callsFor = [&](int count) {
            for (int i = 0; i < count; ++i) {
                TicketRequest r;
                r.actor = f->actor();
                r.requestKey = r.actor.requestId;
                r.requestHash = r.requestKey;
                r.body = f->want({{f->a, 1}});
                r.answer = [](const TicketAnswer& answer) { QVERIFY(answer.ticket && answer.ticket->status == TicketStatus::Confirmed); };
                engine.submit(std::move(r));
            }
            counting.calls = 0;
            writer.run();
            return counting.calls;
        };
        callsFor(1); // names and labels are known after this
        const int few = callsFor(2);
        QCOMPARE(callsFor(7), few);
        if (f->db->engine() == Engine::Sqlite) {
            QCOMPARE(callsFor(60), few);
            return;
        }
        QVERIFY(callsFor(39) <= few + 8); // one piece more: eight tables
        // All that it asks before, and the commit.
        const auto& pg = dynamic_cast<const PgConnection&>(*f->db);
        const std::int64_t before = pg.roundTrips();
        callsFor(7);
        QCOMPARE(pg.roundTrips() - before, 2);
    }

    // Property 6: asking again, any prefix, in other batches, changes nothing.
    void askingAgainChangesNothing()
    {
        const auto all = wishes(*f, 5, 60);
        const auto askAll = [&](std::size_t count, std::size_t size) {
            f->answers.clear();
            f->writer->batch = size;
            for (std::size_t i = 0; i < count; ++i)
                f->ask(f->want(all[i].lines, all[i].goal), u"k%1"_s.arg(i));
            f->writer->run();
            QStringList said;
            for (const auto& answer : f->answers)
                said << answer->ticket->id.toString() + outcomeOf(*answer->ticket);
            return said;
        };
        const QStringList first = askAll(60, 256);
        const std::int64_t movements = f->number(u"SELECT COUNT(*) FROM stock_movement"_s);
        for (const std::size_t prefix : {std::size_t(1), std::size_t(17), std::size_t(60)}) {
            QCOMPARE(askAll(prefix, 5), first.mid(0, static_cast<qsizetype>(prefix)));
            QCOMPARE(f->number(u"SELECT COUNT(*) FROM stock_movement"_s), movements);
        }
    }

    void thousandForOneUnit()
    {
        for (int i = 0; i < 1000; ++i)
            f->ask(f->want({{f->c, 1}}));
        f->writer->run();
        std::int64_t confirmed = 0;
        for (std::size_t i = 0; i < 1000; ++i) {
            const Ticket& t = *f->answers[i]->ticket;
            confirmed += t.status == TicketStatus::Confirmed;
            QCOMPARE(outcomeOf(t), i == 0 ? u"confirmed/"_s : u"rejected/sold_out"_s);
            QCOMPARE(t.refusedItem.has_value(), i != 0);
        }
        QCOMPARE(confirmed, 1);
        // The queue is the order in which they asked.
        std::int64_t last = 0;
        for (std::size_t i = 0; i < 1000; ++i) {
            const std::int64_t seq = f->number(u"SELECT queue_seq FROM ticket WHERE id = ?"_s, {f->answers[i]->ticket->id});
            QVERIFY(seq > last);
            last = seq;
        }
    }

    void writesSlimRows()
    {
        const std::int64_t movements = f->number(u"SELECT COUNT(*) FROM stock_movement"_s);
        const std::int64_t lines = f->number(u"SELECT COUNT(*) FROM journal"_s);
        f->decide(f->want({{f->a, 2}}));
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM hold"_s), 0);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM stock_movement"_s), movements + 1);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM journal"_s), lines + 1); // the ticket's move and the reservation's
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM state_transition WHERE machine = 'ticket'"_s), 1);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM state_transition WHERE from_state = 'processing' AND to_state = 'confirmed' AND entity_version = 2"_s), 1);
    }

    void theTableGoesFirstInItsOrder()
    {
        const Instant now = f->clock.now();
        const Instant late = now + Millis(600'000);
        const TicketId third = queued(f->b, 30, now, late);
        const TicketId first = queued(f->b, 10, now, late);
        const TicketId notYet = queued(f->b, 40, now + Millis(1), late);
        const TicketId second = queued(f->b, 20, now, late);
        f->write('O', [&](Txn& txn) { changeOnHand(txn, f->b, u"adjusted"_s, -6, u"두 자리만"_s); });
        const std::size_t asked = f->ask(f->want({{f->b, 1}}));
        f->writer->run();
        QCOMPARE(statusOf(first), TicketStatus::Confirmed);
        QCOMPARE(statusOf(second), TicketStatus::Confirmed);
        QCOMPARE(statusOf(third), TicketStatus::Rejected);
        QCOMPARE(statusOf(notYet), TicketStatus::Queued);
        QCOMPARE(f->answers[asked]->ticket->status, TicketStatus::Rejected);
        f->clock.advance(Millis(1));
        f->engine->wakePending();
        f->writer->run();
        QCOMPARE(statusOf(notYet), TicketStatus::Rejected);
    }

    void whoAsksNowWaitsBehindALongTable()
    {
        const Instant late = f->clock.now() + Millis(600'000);
        f->options.waitedPerBatch = 8;
        f->rebuildEngine();
        std::vector<TicketId> ids;
        for (int i = 0; i < 30; ++i)
            ids.push_back(queued(f->b, i, f->clock.now(), late));
        const std::size_t asked = f->ask(f->want({{f->b, 1}}));
        f->writer->run();
        for (std::size_t i = 0; i < ids.size(); ++i)
            QCOMPARE(statusOf(ids[i]), i < 8 ? TicketStatus::Confirmed : TicketStatus::Rejected);
        QCOMPARE(f->answers[asked]->ticket->refusal, std::optional(Refusal::SoldOut));
    }

    void aPoisonedTicketOfTheTableFailsAloneAndIsAskedAgain()
    {
        const Instant late = f->clock.now() + Millis(600'000);
        std::vector<TicketId> ids;
        for (int i = 0; i < 6; ++i)
            ids.push_back(queued(f->a, i, f->clock.now(), late));
        f->poison(u"ticket"_s, u"UPDATE"_s, u"NEW.id = '%1' AND NEW.status = 'confirmed'"_s.arg(ids[3].toString()));
        f->engine->wakePending();
        f->writer->run();
        for (std::size_t i = 0; i < ids.size(); ++i)
            QCOMPARE(statusOf(ids[i]), i == 3 ? TicketStatus::Failed : TicketStatus::Confirmed);
        f->unpoison();
        QCOMPARE(f->write('C', [&](Txn& txn) { requeueTicket(txn, ids[3], {}); }), u"transition-not-allowed"_s);
        QCOMPARE(f->write('O', [&](Txn& txn) { requeueTicket(txn, ids[3], u"다시"_s); }), QString());
        f->engine->wakePending();
        f->writer->run();
        QCOMPARE(statusOf(ids[3]), TicketStatus::Confirmed);
    }

    void aLapsedLeaseGoesBackAndFailsTheThirdTime()
    {
        const TicketId id = queued(f->a, 1, f->clock.now() + Millis(3'600'000), f->clock.now() + Millis(7'200'000));
        const auto takenByADeadNode = [&] {
            f->write('S', [&](Txn& txn) {
                const std::int64_t version = txn.db().one(u"SELECT version FROM ticket WHERE id = ?"_s, {id})->integer(0);
                txn.db().exec(u"UPDATE ticket SET status = 'processing', version = version + 1, worker = 'gone', due_at = NULL, lease_until = ? WHERE id = ?"_s, {txn.now() + Millis(5'000), id});
                txn.transition(Machine::Ticket, id.value, "queued", "processing", version + 1);
                publishTicket(txn, id);
            });
        };
        for (int n = 1; n <= 3; ++n) {
            takenByADeadNode();
            QCOMPARE(f->write('S', [](Txn& txn) { QCOMPARE(recoverTickets(txn, 10), 0); }), QString());
            f->clock.advance(Millis(5'001));
            QCOMPARE(f->write('S', [](Txn& txn) { QCOMPARE(recoverTickets(txn, 10), 1); }), QString());
            QCOMPARE(statusOf(id), n < 3 ? TicketStatus::Queued : TicketStatus::Failed);
        }
        QCOMPARE(f->number(u"SELECT attempts FROM ticket WHERE id = ?"_s, {id}), 3);
    }

    void whoWaitsTooLongInTheTableIsToldSo()
    {
        const TicketId id = queued(f->a, 1, f->clock.now() + Millis(3'600'000), f->clock.now() + Millis(1'000));
        f->clock.advance(Millis(1'001));
        QCOMPARE(f->write('S', [](Txn& txn) { QCOMPARE(recoverTickets(txn, 10), 1); }), QString());
        QCOMPARE(statusOf(id), TicketStatus::Expired);
        QCOMPARE(readTicket(*f->db, id)->refusal, std::optional(Refusal::GaveUp));
    }

    // A hold whose row nobody can write stops the holds' sweep, and says so; the tickets' sweep goes on.
    void oneDutyOfTheSweepDoesNotStopTheOthers()
    {
        f->decide(f->want({{f->a, 1}}, TicketGoal::Hold));
        const TicketId waiting = queued(f->b, 1, f->clock.now() + Millis(3'600'000), f->clock.now() + Millis(1'000));
        f->clock.advance(Millis(600'001));
        f->poison(u"hold"_s, u"UPDATE"_s, u"NEW.status = 'expired'"_s);
        QTest::failOnWarning(QRegularExpression(u"^$"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the sweep of holds was stopped: .*poisoned"_s));
        f->engine->sweepNow();
        f->writer->run();
        QCOMPARE(statusOf(waiting), TicketStatus::Expired);
        QCOMPARE(f->stock(f->a).held, 1);
        f->unpoison();
        f->engine->sweepNow();
        f->writer->run();
        QCOMPARE(f->stock(f->a).held, 0);
    }

    // Ten thousand due holds: each portion is one bounded transaction.
    void manyDueHoldsEndInPortions()
    {
        f->write('O', [&](Txn& txn) { changeOnHand(txn, f->a, u"received"_s, 2'000, {}); });
        for (int i = 0; i < 2'000; ++i)
            f->ask(f->want({{f->a, 1}}, TicketGoal::Hold));
        f->writer->run();
        QCOMPARE(f->stock(f->a).held, 2'000);
        f->clock.advance(Millis(600'001));
        const std::size_t asked = f->ask(f->want({{f->d, 1}}));
        QVERIFY(f->writer->step()); // its batch ends nothing on other items
        QCOMPARE(f->answers[asked]->ticket->status, TicketStatus::Confirmed);
        QCOMPARE(f->stock(f->a).held, 2'000);
        f->engine->sweepNow();
        f->writer->run();
        QCOMPARE(f->stock(f->a).held, 0);
    }
};

QTEST_GUILESS_MAIN(tst_TicketBatch)
#include "tst_TicketBatch.moc"
