// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 60
// engines: both
// The engine over a real store, one batch at a time. After every case all invariants are checked.
#include "unit/server/engine/EngineFixture.h"

#include "server/engine/CancellationBatch.h"
#include "server/store/Failpoint.h"

#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

class tst_ReservationEngine : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<EngineFixture> f;
    bool m_skipCheck = false;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        clearFailpoints();
        m_skipCheck = false;
        f = std::make_unique<EngineFixture>();
    }
    void cleanup()
    {
        if (!m_skipCheck)
            QCOMPARE(f->violations(), QStringList());
        f.reset();
    }

    void confirmsAtOnce()
    {
        const Ticket t = f->decide(f->want({{f->a, 2}}));
        QCOMPARE(t.status, TicketStatus::Confirmed);
        QCOMPARE(t.title, u"선셋 요트 90분 3/3 17:30"_s);
        QCOMPARE(t.customerName, u"김하늘"_s);
        QCOMPARE(t.qty, 2);
        QCOMPARE(t.version, 2);
        QVERIFY(t.reservationId && t.finishedAt && !t.expiresAt);
        QCOMPARE(f->stock(f->a).allocated, 2);
        QCOMPARE(f->stock(f->a).held, 0);
        const auto r = readReservation(*f->db, *t.reservationId);
        QVERIFY(r);
        QCOMPARE(r->status, ReservationStatus::Confirmed);
        QCOMPARE(r->total, (Money{90'000, u"KRW"_s}));
        QCOMPARE(r->lines.size(), std::size_t(1));
        QCOMPARE(*readTicket(*f->db, t.id), t); // the answer is what later reads say
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM outbox WHERE topic = 'ticket.changed' AND scope_vendor_id = ?"_s, {f->yachts}), 1);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM outbox WHERE topic = 'stock.changed' AND payload_json LIKE '%\"local_date\":\"2026-03-03\",\"label\":\"17:30\"%' AND entity_id = ? AND entity_version = 3"_s, {f->a}), 1);
    }

    void holdsThenConfirms()
    {
        const Ticket t = f->decide(f->want({{f->a, 1}, {f->d, 2}}, TicketGoal::Hold));
        QCOMPARE(t.status, TicketStatus::Held);
        QCOMPARE(t.title, u"선셋 요트 90분 3/3 17:30 외 1건"_s);
        QCOMPARE(*t.expiresAt, f->clock.now() + Millis(600'000));
        QCOMPARE(f->stock(f->a).held, 1);
        QCOMPARE(f->stock(f->d).held, 2);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM outbox WHERE topic = 'hold.changed' AND scope_vendor_id IS NULL"_s), 1); // of two vendors: operator side
        QCOMPARE(f->write('O', [&](Txn& txn) { confirmTicket(txn, t.id); }), u"transition-not-allowed"_s);
        QCOMPARE(f->write('C', [&](Txn& txn) { confirmTicket(txn, t.id); }), QString());
        const Ticket after = *readTicket(*f->db, t.id);
        QCOMPARE(after.status, TicketStatus::Confirmed);
        QCOMPARE(f->stock(f->a).held, 0);
        QCOMPARE(f->stock(f->d).allocated, 2);
        QCOMPARE(readHold(*f->db, *t.holdId)->status, HoldStatus::Converted);
        QCOMPARE(readReservation(*f->db, *after.reservationId)->total.minor, 45'000 + 2 * 20'000);
        const auto seen = readReservation(*f->db, *after.reservationId, {u"ko"_s, f->kayaks}); // a vendor sees its own pieces only
        QCOMPARE(seen->lines.size(), std::size_t(1));
        QCOMPARE(seen->total.minor, 40'000);
        QCOMPARE(seen->customerName, u"김○늘"_s);
        QVERIFY(!f->write('C', [&](Txn& txn) { confirmTicket(txn, t.id); }).isEmpty());
    }

    void oneKeyIsOneTicket()
    {
        const NewTicket want = f->want({{f->b, 3}});
        const std::size_t one = f->ask(want, u"k"_s);
        const std::size_t twin = f->ask(want, u"k"_s);
        const std::size_t other = f->ask(f->want({{f->b, 1}}), u"k"_s);
        f->writer->run();
        QCOMPARE(f->answers[one]->ticket->id, f->answers[twin]->ticket->id);
        QVERIFY(f->answers[twin]->replayed && !f->answers[one]->replayed);
        QCOMPARE(f->errorCode(other), u"idempotency-key-reused"_s);
        const TicketId id = f->answers[one]->ticket->id;
        f->restart();
        QCOMPARE(f->decide(want, u"k"_s).id, id);
        QCOMPARE(f->stock(f->b).allocated, 3);
        const std::size_t late = f->ask(f->want({{f->b, 2}}), u"k"_s);
        f->writer->run();
        QCOMPARE(f->errorCode(late), u"idempotency-key-reused"_s);
    }

    void thousandForOneSeat()
    {
        f->options.intakeLimit = 2000;
        f->rebuildEngine();
        for (int i = 0; i < 1000; ++i)
            f->ask(f->want({{f->c, 1}}, TicketGoal::Hold));
        QCOMPARE(f->writer->run(), 4);
        QCOMPARE(f->answers[0]->ticket->status, TicketStatus::Held); // first come, first served
        for (std::size_t i = 1; i < 1000; ++i) {
            QCOMPARE(f->answers[i]->ticket->status, TicketStatus::Rejected);
            QCOMPARE(f->answers[i]->ticket->refusal, std::optional(Refusal::HeldByOthers));
            QCOMPARE(f->answers[i]->ticket->refusedItem, std::optional(f->c));
            QCOMPARE(f->answers[i]->ticket->soonestExpiry, std::optional(f->clock.now() + Millis(600'000)));
        }
        QCOMPARE(f->stock(f->c).held, 1);
    }

    void refusesWithTheReason()
    {
        QCOMPARE(f->decide(f->want({{f->b, 9}})).refusal, std::optional(Refusal::SoldOut));
        const Ticket piece = f->decide(f->want({{f->a, 1}, {f->b, 9}}));
        QCOMPARE(piece.refusal, std::optional(Refusal::PieceUnavailable));
        QCOMPARE(piece.refusedItem, std::optional(f->b));
        QCOMPARE(f->stock(f->a).allocated, 0);
        NewTicket priced = f->want({{f->a, 2}});
        priced.expectedTotalMinor = 80'000;
        QCOMPARE(f->decide(priced).refusal, std::optional(Refusal::PriceChanged));
        QCOMPARE(readTicket(*f->db, piece.id)->refusedItem, std::optional(f->b));
        f->db->exec(u"UPDATE slot SET status = 'closed' WHERE id = ?"_s, {f->slotA});
        QCOMPARE(f->decide(f->want({{f->a, 1}})).refusal, std::optional(Refusal::Closed));
        f->clock.advance(Millis(3 * 86'400'000LL));
        QCOMPARE(f->decide(f->want({{f->a, 1}})).refusal, std::optional(Refusal::CutoffPassed));
        f->db->exec(u"UPDATE product SET status = 'paused' WHERE id = ?"_s, {f->yacht});
        QCOMPARE(f->decide(f->want({{f->c, 1}})).refusal, std::optional(Refusal::Closed));
    }

    void doesNotQueueWhatIsNotThere()
    {
        NewTicket nobody = f->want({{f->a, 1}});
        nobody.customerId = CustomerId{Id128::make(1, 1, 1)};
        const std::size_t one = f->ask(nobody);
        const std::size_t two = f->ask(f->want({{ItemId{Id128::make(1, 1, 1)}, 1}}));
        const std::size_t three = f->ask(f->want({{f->goods, 1}}));
        const std::size_t foreign = f->ask(f->want({{f->d, 1}}), {}, 'V');
        const std::size_t own = f->ask(f->want({{f->a, 1}}), {}, 'V');
        f->writer->run();
        for (const std::size_t at : {one, two, three, foreign})
            QCOMPARE(f->errorCode(at), u"body-invalid"_s);
        QCOMPARE(f->answers[own]->ticket->status, TicketStatus::Confirmed);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM ticket"_s), 1);
    }

    void theIntakeIsBounded()
    {
        f->options.intakeLimit = 2;
        f->rebuildEngine();
        f->ask(f->want({{f->a, 1}}));
        f->ask(f->want({{f->a, 1}}));
        QVERIFY(f->accepted);
        QCOMPARE(f->engine->reading().depth, 2);
        f->ask(f->want({{f->a, 1}}));
        QVERIFY(!f->accepted);
        f->writer->run();
        QVERIFY(!f->answers[2].has_value());
        QCOMPARE(f->stock(f->a).allocated, 2);
        QCOMPARE(f->engine->reading().decisionsPerSecond, 0.2);
    }

    void whoWaitedTooLongIsToldSo()
    {
        const std::size_t late = f->ask(f->want({{f->a, 1}}));
        f->clock.advance(Millis(30'001));
        f->writer->run();
        QCOMPARE(f->answers[late]->ticket->status, TicketStatus::Expired);
        QCOMPARE(f->answers[late]->ticket->refusal, std::optional(Refusal::GaveUp));
        QCOMPARE(f->stock(f->a).allocated, 0);
    }

    // One request that the database refuses never takes its neighbours down.
    void aPoisonedRequestFailsAlone()
    {
        f->poison(u"reservation"_s, u"INSERT"_s, u"NEW.customer_id = '%1'"_s.arg(f->other.toString()));
        NewTicket bad = f->want({{f->a, 1}});
        bad.customerId = f->other;
        for (int i = 0; i < 20; ++i)
            f->ask(i == 13 ? bad : f->want({{f->a, 1}}));
        f->writer->run();
        for (std::size_t i = 0; i < 20; ++i)
            QCOMPARE(f->answers[i]->ticket->status, i == 13 ? TicketStatus::Failed : TicketStatus::Confirmed);
        QCOMPARE(f->stock(f->a).allocated, 19);
        f->unpoison();
    }

    void dueHoldsEndBeforeTheBatch()
    {
        const Ticket held = f->decide(f->want({{f->c, 1}}, TicketGoal::Hold));
        f->clock.advance(Millis(599'999));
        QCOMPARE(f->decide(f->want({{f->c, 1}})).refusal, std::optional(Refusal::HeldByOthers));
        f->clock.advance(Millis(1));
        QCOMPARE(f->decide(f->want({{f->c, 1}})).status, TicketStatus::Confirmed);
        QCOMPARE(readTicket(*f->db, held.id)->status, TicketStatus::Expired);
        QCOMPARE(readHold(*f->db, *held.holdId)->status, HoldStatus::Expired);
    }

    // However many: nobody is told “sold out” for a hold that is over.
    void aBatchEndsAsManyAsItAsksFor()
    {
        constexpr std::size_t kSeats = 100;
        for (std::size_t i = 0; i < kSeats; ++i)
            f->ask(f->want({{f->a, 1}}, TicketGoal::Hold));
        f->writer->run();
        QCOMPARE(f->stock(f->a).held, std::int64_t(kSeats));
        f->clock.advance(Millis(600'000));
        const std::size_t first = f->answers.size();
        for (std::size_t i = 0; i < kSeats; ++i)
            f->ask(f->want({{f->a, 1}}));
        QVERIFY(f->writer->step());
        for (std::size_t i = first; i < first + kSeats; ++i)
            QCOMPARE(f->answers[i]->ticket->status, TicketStatus::Confirmed);
        QCOMPARE(f->stock(f->a).allocated, std::int64_t(kSeats));
        QCOMPARE(f->stock(f->a).held, 0);
    }

    void theSweeperExpiresInPortions()
    {
        f->options.intakeLimit = 400;
        f->rebuildEngine();
        f->write('O', [&](Txn& txn) { changeOnHand(txn, f->a, u"received"_s, 300, {}); });
        for (int i = 0; i < 300; ++i)
            f->ask(f->want({{f->a, 1}}, TicketGoal::Hold));
        f->writer->run();
        QCOMPARE(f->stock(f->a).held, 300);
        bool done = false;
        f->engine->sweepNow([&done] { done = true; });
        f->writer->run();
        QVERIFY(done);
        QCOMPARE(f->stock(f->a).held, 300); // nothing due yet
        f->clock.advance(Millis(600'000));
        f->engine->sweepNow();
        QVERIFY(f->writer->step());
        QCOMPARE(f->stock(f->a).held, 300 - 32); // and whoever asks for something meanwhile is next
        f->writer->run();
        QCOMPARE(f->stock(f->a).held, 0);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM ticket WHERE status = 'expired'"_s), 300);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM outbox WHERE topic = 'stock.changed' AND entity_id = ? AND seq > (SELECT MIN(seq) FROM outbox WHERE payload_json LIKE '%expired%')"_s, {f->a}), 10);
    }

    void aClockThatJumpsBackEndsNothing()
    {
        const Ticket held = f->decide(f->want({{f->c, 1}}, TicketGoal::Hold));
        f->clock.stepWall(Millis(-3'600'000));
        f->engine->sweepNow();
        f->writer->run();
        QCOMPARE(readHold(*f->db, *held.holdId)->status, HoldStatus::Active);
        f->clock.stepWall(Millis(3'600'000));
    }

    void cancelsTickets()
    {
        const Ticket held = f->decide(f->want({{f->b, 2}}, TicketGoal::Hold));
        QCOMPARE(f->write('V', [&](Txn& txn) { cancelTicket(txn, held.id, u"x"_s); }), u"transition-not-allowed"_s);
        QCOMPARE(f->stock(f->b).held, 2);
        QCOMPARE(f->write('U', [&](Txn& txn) { cancelTicket(txn, held.id, u"고객 요청"_s); }), QString());
        QCOMPARE(readTicket(*f->db, held.id)->status, TicketStatus::Cancelled);
        QCOMPARE(readHold(*f->db, *held.holdId)->status, HoldStatus::Released);
        QCOMPARE(f->stock(f->b).held, 0);
        QCOMPARE(f->write('U', [&](Txn& txn) { cancelTicket(txn, held.id, {}); }), u"transition-not-allowed"_s);
        const Ticket done = f->decide(f->want({{f->b, 2}}));
        QCOMPARE(f->write('U', [&](Txn& txn) { cancelTicket(txn, done.id, {}); }), u"transition-not-allowed"_s);
    }

    void releasesAndExtendsHolds()
    {
        const Ticket t = f->decide(f->want({{f->b, 2}}, TicketGoal::Hold));
        const Instant from = f->clock.now();
        QCOMPARE(f->write('O', [&](Txn& txn) { extendHold(txn, *t.holdId, 900); }), QString());
        QCOMPARE(readHold(*f->db, *t.holdId)->expiresAt, from + Millis(1'500'000));
        QCOMPARE(f->write('O', [&](Txn& txn) { extendHold(txn, *t.holdId, 900); }), QString());
        QCOMPARE(readHold(*f->db, *t.holdId)->expiresAt, from + Millis(1'800'000));
        QCOMPARE(f->write('O', [&](Txn& txn) { extendHold(txn, *t.holdId, 1); }), u"hold-at-limit"_s);
        QCOMPARE(f->write('O', [&](Txn& txn) { releaseHold(txn, *t.holdId, u"정리"_s); }), QString());
        QCOMPARE(readTicket(*f->db, t.id)->status, TicketStatus::Cancelled);
        QCOMPARE(f->write('O', [&](Txn& txn) { releaseHold(txn, *t.holdId, {}); }), u"hold-not-active"_s);
        QCOMPARE(f->write('O', [&](Txn& txn) { extendHold(txn, *t.holdId, 1); }), u"hold-not-active"_s);
    }

    void cancelsReservations()
    {
        const Ticket one = f->decide(f->want({{f->b, 3}, {f->a, 1}}));
        const Ticket two = f->decide(f->want({{f->b, 3}}));
        QCOMPARE(f->write('V', [&](Txn& txn) { cancelReservation(txn, *one.reservationId, QString()); }), u"transition-not-allowed"_s);
        QCOMPARE(f->write('U', [&](Txn& txn) { cancelReservation(txn, *one.reservationId, u"우천"_s); }), QString());
        QCOMPARE(f->stock(f->b).allocated, 3);
        QCOMPARE(f->stock(f->a).allocated, 0);
        const auto r = readReservation(*f->db, *one.reservationId);
        QCOMPARE(r->status, ReservationStatus::Cancelled);
        QCOMPARE(r->cancelReason, u"우천"_s);
        QCOMPARE(r->version, 3);
        QCOMPARE(f->write('C', [&](Txn& txn) { cancelReservation(txn, *two.reservationId, u"변심"_s); }), QString());
        QCOMPARE(readReservation(*f->db, *two.reservationId)->version, 4); // asked for by the customer, granted by the system
        QCOMPARE(f->stock(f->b).available(), 8);
        QVERIFY(!f->write('O', [&](Txn& txn) { cancelReservation(txn, *two.reservationId, QString()); }).isEmpty());
    }

    // With the guard off the run must not look clean: the table's own constraint stands in the way.
    void withoutTheGuardTheRunFails()
    {
        QCOMPARE(armFailpoint(u"engine.guard_off=on"_s), QString());
        for (int i = 0; i < 12; ++i)
            f->ask(f->want({{f->b, 1}}));
        f->writer->run();
        int refused = 0;
        int failed = 0;
        for (const auto& answer : f->answers) {
            refused += answer->ticket && answer->ticket->status == TicketStatus::Rejected;
            failed += answer->error || answer->ticket->status == TicketStatus::Failed;
        }
        QCOMPARE(refused, 0);
        QCOMPARE(failed, 4);
        clearFailpoints();
        QCOMPARE(f->decide(f->want({{f->b, 1}})).refusal, std::optional(Refusal::SoldOut));
    }

    void theChecksNoticeALostMovement()
    {
        f->decide(f->want({{f->b, 1}}, TicketGoal::Hold));
        QCOMPARE(f->violations(), QStringList());
        f->db->exec(u"UPDATE inventory_item SET held = held + 1 WHERE id = ?"_s, {f->b});
        QVERIFY(f->violations().join(u' ').contains(u"I04"_s));
        f->db->exec(u"UPDATE inventory_item SET held = held - 1 WHERE id = ?"_s, {f->b});
        f->db->exec(u"UPDATE outbox_page SET events = replace(events, ',\"ticket\",', ',\"nothing\",')"_s);
        QVERIFY(f->violations().join(u' ').contains(u"V09"_s));
        m_skipCheck = true;
    }

    void listsPageByPage()
    {
        for (int i = 0; i < 7; ++i) {
            f->decide(f->want({{i % 2 ? f->a : f->d, 1}}, TicketGoal::Hold));
            f->clock.advance(Millis(i % 3)); // some share their instant
        }
        const ViewFor all;
        std::set<TicketId> seen;
        PageAsk ask;
        ask.limit = 2;
        for (;;) {
            const Page<Ticket> page = listTickets(*f->db, all, {}, ask);
            QCOMPARE(page.total, 7);
            for (const Ticket& t : page.items)
                QVERIFY(seen.insert(t.id).second);
            if (page.next.isEmpty())
                break;
            const QStringList key = page.next.split(u'|');
            ask.after = PageKey{fromUnixMs(key[0].toLongLong()), key[1]};
        }
        QCOMPARE(seen.size(), std::size_t(7));
        const ViewFor kayaks{u"ko"_s, f->kayaks};
        QCOMPARE(listTickets(*f->db, kayaks, {}, {}).total, 4);
        QCOMPARE(listTickets(*f->db, kayaks, TicketStatus::Rejected, {}).total, 0);
        QCOMPARE(listHolds(*f->db, kayaks, {}).items.size(), std::size_t(4));
        const HoldId foreign = listHolds(*f->db, {u"ko"_s, f->yachts}, {}).items.front().id;
        QVERIFY(readHold(*f->db, foreign) && !readHold(*f->db, foreign, kayaks));
    }

    // Few tickets are in these states, among all there have ever been.
    void aListOfOneStatusWalksNothing()
    {
        f->decide(f->want({{f->a, 1}}, TicketGoal::Hold));
        f->decide(f->want({{f->a, 1}}));
        CountingConnection reader(*f->db);
        for (const TicketStatus status : {TicketStatus::Queued, TicketStatus::Processing, TicketStatus::Held, TicketStatus::Waitlisted, TicketStatus::Expired,
                 TicketStatus::Cancelled, TicketStatus::Failed})
            QCOMPARE(listTickets(reader, {}, status, {}).total, status == TicketStatus::Held ? 1 : 0);
        QVERIFY(!reader.asked.isEmpty());
        if (f->db->engine() == Engine::Sqlite)
            QCOMPARE(tableWalks(*f->db, reader.asked), QStringList());
        QCOMPARE(listTickets(*f->db, {}, TicketStatus::Confirmed, {}).total, 1);
    }

    void holdsForOrders()
    {
        const OrderLineId line1{Id128::make(1, 1, 1)}, line2{Id128::make(1, 1, 2)};
        HoldId hold;
        QCOMPARE(f->write('C',
                     [&](Txn& txn) {
                         const auto taken = takeHold(txn, f->customer, {{f->goods, 4, 12'000, u"KRW"_s}, {f->goods, 2, 12'000, u"KRW"_s}}, Millis(900'000));
                         hold = std::get<HoldTaken>(taken).id;
                     }),
            QString());
        QCOMPARE(f->stock(f->goods).held, 6);
        f->write('C', [&](Txn& txn) {
            const auto refused = std::get<HoldRefused>(takeHold(txn, f->customer, {{f->a, 1, 1, u"KRW"_s}, {f->goods, 5, 12'000, u"KRW"_s}}, Millis(900'000)));
            QCOMPARE(refused.why, Refusal::HeldByOthers);
            QCOMPARE(refused.item, f->goods);
            QVERIFY(refused.soonestExpiry);
        });
        QCOMPARE(f->stock(f->a).held, 0);
        QCOMPARE(f->write('O', [&](Txn& txn) { releaseHold(txn, hold, {}); }), u"hold-of-order"_s);
        QCOMPARE(f->write('O', [&](Txn& txn) { changeOnHand(txn, f->goods, u"adjusted"_s, -5, u"파손"_s); }), u"stock-below-commitments"_s);
        // The order's own rows are not this test's matter.
        dropRules(*f->db);
        QCOMPARE(f->write('S', [&](Txn& txn) { allocateHold(txn, hold, {{line1, f->goods, 4}, {line2, f->goods, 2}}); }), QString());
        QCOMPARE(f->stock(f->goods).allocated, 6);
        QCOMPARE(f->write('V', [&](Txn& txn) { consumeAllocation(txn, line1, 3, Id128::make(5, 5, 5)); }), QString());
        QCOMPARE(f->stock(f->goods).onHand, 7);
        QCOMPARE(f->write('V', [&](Txn& txn) { consumeAllocation(txn, line1, 2, Id128::make(5, 5, 6)); }), u"not-allocated"_s);
        QCOMPARE(f->write('O', [&](Txn& txn) { releaseAllocation(txn, line1, u"취소"_s); }), QString());
        QCOMPARE(f->write('O', [&](Txn& txn) { releaseAllocation(txn, line2, u"취소"_s); }), QString());
        QCOMPARE(f->stock(f->goods).available(), 7);
        QCOMPARE(f->write('O', [&](Txn& txn) { changeOnHand(txn, f->goods, u"adjusted"_s, -5, {}); }), u"body-invalid"_s);
        QCOMPARE(f->write('O', [&](Txn& txn) { changeOnHand(txn, f->goods, u"adjusted"_s, -5, u"파손"_s); }), QString());
        QCOMPARE(f->stock(f->goods).onHand, 2);
    }
};

QTEST_GUILESS_MAIN(tst_ReservationEngine)
#include "tst_ReservationEngine.moc"
