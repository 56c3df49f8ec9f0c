// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 120
// engines: both
// Openings with a draw on a real database: registration, lots, decisions in their order, a death in between.
#include "server/engine/DrawOrder.h"
#include "unit/server/engine/WaitlistFixture.h"

using namespace naru;
using namespace naru::test;

class tst_Openings : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<WaitlistFixture> f;
    const QByteArray m_seed = QByteArray(32, 'n');
    static constexpr Millis kHour{3'600'000};

    OpeningId plan(std::optional<ItemId> item = {})
    {
        OpeningId id;
        NewOpening wish{f->yacht, item, f->clock.now(), f->clock.now() + kHour};
        if (const QString code = f->write('O', [&](Txn& txn) { id = planOpening(txn, wish, m_seed); }); !code.isEmpty())
            qFatal("%s", qPrintable(code));
        return id;
    }
    Opening opening(const OpeningId& id) { return readOpening(*f->db, id, {}, f->clock.now()).value(); }
    void workOff()
    {
        for (int i = 0; i < 6; ++i)
            f->sweep();
    }
    std::int64_t rankOf(const TicketId& id) { return f->number(u"SELECT draw_rank FROM ticket WHERE id = ?"_s, {id}); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        f = std::make_unique<WaitlistFixture>();
    }
    void cleanup()
    {
        if (f)
            QCOMPARE(f->violations(), QStringList());
        f.reset();
    }

    void theLotDecides()
    {
        const OpeningId id = plan(f->c);
        QCOMPARE(opening(id).state, OpeningState::Registering);
        QVERIFY(opening(id).drawSeed.isEmpty());
        QCOMPARE(opening(id).commitment, drawCommitment(m_seed));
        std::vector<TicketId> asked;
        for (int i = 0; i < 10; ++i) {
            const Ticket t = f->decide(f->wish(f->person(QString::number(i)), f->c, 1));
            QCOMPARE(t.status, TicketStatus::Queued);
            asked.push_back(t.id);
        }
        QCOMPARE(f->ticket(asked[3]).position, 4);
        QCOMPARE(opening(id).registered, 10);
        QCOMPARE(f->decide(f->wish(f->customer, f->b, 1)).status, TicketStatus::Confirmed); // other slots go on
        f->sweep();
        QCOMPARE(opening(id).state, OpeningState::Registering); // not before its time

        f->clock.advance(kHour);
        workOff();
        const Opening done = opening(id);
        QCOMPARE(done.state, OpeningState::Open);
        QCOMPARE(done.registered, 10);
        QCOMPARE(done.undecided, 0);
        // Everybody can recompute it.
        const auto ranks = drawRanks(QByteArray::fromHex(done.drawSeed.toLatin1()), asked);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            QCOMPARE(rankOf(asked[i]), ranks[i]);
            const Ticket t = f->ticket(asked[i]);
            QCOMPARE(t.status, ranks[i] == 1 ? TicketStatus::Confirmed : TicketStatus::Rejected);
            QCOMPARE(t.version, 3);
        }
        // Whoever comes later has one higher value, and is decided at once.
        const Ticket late = f->decide(f->wish(f->customer, f->c, 1));
        QCOMPARE(late.status, TicketStatus::Rejected);
        QCOMPARE(rankOf(late.id), 11);
    }

    void oneLotEach()
    {
        plan(f->c);
        QCOMPARE(f->decide(f->wish(f->customer, f->c, 1)).status, TicketStatus::Queued);
        const Ticket again = f->decide(f->wish(f->customer, f->c, 1));
        QCOMPARE(again.status, TicketStatus::Rejected);
        QCOMPARE(again.refusal, std::optional(Refusal::LimitPerCustomer));
        const std::size_t a = f->ask(f->wish(f->other, f->c, 1));
        const std::size_t b = f->ask(f->wish(f->other, f->c, 1)); // in one batch
        f->writer->run();
        QCOMPARE(f->answers[a]->ticket->status, TicketStatus::Queued);
        QCOMPARE(f->answers[b]->ticket->status, TicketStatus::Rejected);
        f->clock.advance(kHour);
        workOff();
    }

    void nobodyRegistersBefore()
    {
        OpeningId id;
        const NewOpening wish{f->yacht, f->c, f->clock.now() + kHour, f->clock.now() + kHour * 2};
        QCOMPARE(f->write('O', [&](Txn& txn) { id = planOpening(txn, wish, m_seed); }), QString());
        QCOMPARE(opening(id).state, OpeningState::Planned);
        const Ticket early = f->decide(f->wish(f->customer, f->c, 1));
        QCOMPARE(early.status, TicketStatus::Rejected);
        QCOMPARE(early.refusal, std::optional(Refusal::Closed));
        QCOMPARE(f->join(f->customer, f->c, 1), u"opening-planned"_s);
        QCOMPARE(f->write('O', [&](Txn& txn) { planOpening(txn, wish, m_seed); }), u"opening-exists"_s);
    }

    // The whole product: all of its slots, those that are late behind, and a node that dies between draw and decision.
    void survivesADeathInBetween()
    {
        const OpeningId id = plan();
        std::vector<TicketId> present;
        for (int i = 0; i < 20; ++i)
            present.push_back(f->decide(f->wish(f->person(QString::number(i)), i % 2 ? f->b : f->c, i % 2 ? 2 : 1)).id);
        f->clock.advance(kHour);
        const Ticket late = f->decide(f->wish(f->customer, f->b, 2)); // the opening has come, the draw has not
        QCOMPARE(late.status, TicketStatus::Queued);
        for (int i = 0; i < 3; ++i) // the draw, the ranks of those present, the one who was late
            QCOMPARE(f->write('O', [](Txn& txn) { workOpenings(txn); }), QString());
        QCOMPARE(opening(id).state, OpeningState::Drawing);
        QCOMPARE(opening(id).registered, 20);
        QCOMPARE(rankOf(late.id), 21);
        f->restart();
        workOff();
        QCOMPARE(opening(id).state, OpeningState::Open);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM ticket WHERE status = 'confirmed'"_s), 5); // 8 seats of 2 each, and 1
        QCOMPARE(f->ticket(late.id).status, TicketStatus::Rejected);
        // In the order of the lots, slot by slot.
        for (const ItemId& item : {f->b, f->c}) {
            std::int64_t last = 0;
            const Rows confirmed = f->db->query(u"SELECT t.draw_rank FROM ticket t JOIN reservation_line l ON l.reservation_id = t.reservation_id WHERE l.inventory_item_id = ?"_s, {item});
            for (const Row& r : confirmed)
                last = std::max(last, r.integer(0));
            QVERIFY(last > 0);
            QCOMPARE(f->number(u"SELECT COUNT(*) FROM ticket WHERE status = 'rejected' AND payload_json LIKE ? AND draw_rank < ?"_s, {u"%"_s + item.toString() + u"%"_s, last}), 0);
        }
    }

    void aSecondOpeningRanksBehindTheFirst()
    {
        plan(f->c);
        const Ticket first = f->decide(f->wish(f->customer, f->c, 1));
        f->clock.advance(kHour);
        workOff();
        plan(f->c);
        const Ticket second = f->decide(f->wish(f->other, f->c, 1));
        f->clock.advance(kHour);
        workOff();
        QCOMPARE(rankOf(first.id), 1);
        QCOMPARE(rankOf(second.id), 3);
    }

    void cancellingTellsWhoRegistered()
    {
        const OpeningId id = plan(f->c);
        const Ticket t = f->decide(f->wish(f->customer, f->c, 1));
        QCOMPARE(f->write('O', [&](Txn& txn) { cancelOpening(txn, id, u"test"_s); }), QString());
        QCOMPARE(opening(id).state, OpeningState::Cancelled);
        QCOMPARE(f->ticket(t.id).status, TicketStatus::Expired);
        QCOMPARE(f->decide(f->wish(f->customer, f->c, 1)).status, TicketStatus::Confirmed);
        QCOMPARE(f->write('O', [&](Txn& txn) { cancelOpening(txn, id, u"test"_s); }), u"opening-drawn"_s);
    }

    // A draw waits for the requests that reached the intake before the opening, however long they wait there.
    void whoAskedInTimeIsInTheDraw()
    {
        const OpeningId id = plan(f->c);
        f->writer->batch = 1;
        f->clock.advance(kHour - Millis(1));
        std::vector<std::size_t> at;
        for (int i = 0; i < 3; ++i)
            at.push_back(f->ask(f->wish(f->person(QString::number(i)), f->c, 1)));
        f->clock.advance(Millis(1));
        f->engine->sweepNow(); // in one transaction with the first of them
        f->writer->run();
        workOff();
        QCOMPARE(opening(id).registered, 3);
        std::set<std::int64_t> ranks;
        for (const std::size_t i : at)
            ranks.insert(rankOf(f->answers[i]->ticket->id));
        QCOMPARE(ranks, (std::set<std::int64_t>{1, 2, 3}));
        QCOMPARE(rankOf(f->decide(f->wish(f->customer, f->c, 1)).id), 4);
    }

    // Another node's intake is not known here. Who is read from it after the draw has no number of his own, but is not late.
    void readAfterTheDrawIsNotLate()
    {
        const OpeningId id = plan(f->b);
        for (int i = 0; i < 5; ++i)
            f->decide(f->wish(f->person(QString::number(i)), f->b, 1));
        f->clock.advance(kHour - Millis(1));
        StepWriter otherWriter(*f->db, f->clock, f->rng);
        ReservationEngine other(otherWriter, f->clock, f->options);
        std::vector<Ticket> read;
        for (int i = 0; i < 2; ++i) {
            TicketRequest r;
            r.actor = f->actor();
            r.requestKey = u"other-%1"_s.arg(i);
            r.requestHash = r.requestKey;
            r.body = f->wish(f->person(r.requestKey), f->b, 1);
            r.answer = [&read](TicketAnswer a) { read.push_back(*a.ticket); };
            QVERIFY(other.submit(std::move(r)));
            if (i == 0)
                f->clock.advance(Millis(1));
        }
        for (int i = 0; i < 4; ++i)
            QCOMPARE(f->write('O', [](Txn& txn) { workOpenings(txn); }), QString());
        QCOMPARE(opening(id).registered, 5);
        otherWriter.run();
        QCOMPARE(read.size(), std::size_t(2));
        QVERIFY(rankOf(read[0].id) <= 5); // asked before the opening
        QCOMPARE(rankOf(read[1].id), 6); // and after it
        workOff();
        QCOMPARE(opening(id).state, OpeningState::Open);
        QCOMPARE(f->ticket(read[0].id).status, TicketStatus::Confirmed); // 8 seats
    }

    // 600 tickets: no transaction touches more than 256 of them, and who asks for something else is answered meanwhile.
    void aLargeDrawHoldsNobodyUp()
    {
        const OpeningId id = plan(f->c);
        std::vector<TicketId> asked;
        std::vector<std::size_t> at;
        for (int i = 0; i < 600; ++i)
            at.push_back(f->ask(f->wish(f->person(QString::number(i)), f->c, 1)));
        f->writer->run();
        for (const std::size_t i : at)
            asked.push_back(f->answers[i]->ticket->id);
        f->clock.advance(kHour);
        std::int64_t ranked = 0;
        for (bool more = true; more;) {
            QCOMPARE(f->write('O', [&more](Txn& txn) { more = workOpenings(txn); }), QString());
            const std::int64_t now = f->number(u"SELECT COUNT(*) FROM ticket WHERE due_at IS NOT NULL"_s);
            QVERIFY(now - ranked <= 256);
            ranked = now;
            if (now == 256) {
                f->restart(); // and goes on where it stopped
                QVERIFY(f->decide(f->wish(f->customer, f->c, 1)).status == TicketStatus::Queued);
            }
        }
        QCOMPARE(ranked, 601);
        f->engine->wakePending();
        const std::size_t other = f->ask(f->wish(f->customer, f->b, 1));
        QVERIFY(f->writer->step());
        QVERIFY(f->answers[other]); // in the first of three batches
        QCOMPARE(f->answers[other]->ticket->status, TicketStatus::Confirmed);
        QVERIFY(opening(id).undecided >= 600 - 2 * 256);
        workOff();
        QCOMPARE(opening(id).state, OpeningState::Open);
        const auto ranks = drawRanks(m_seed, asked);
        for (std::size_t i = 0; i < asked.size(); ++i)
            QCOMPARE(rankOf(asked[i]), ranks[i]);
        QCOMPARE(f->number(u"SELECT draw_rank FROM ticket WHERE status = 'confirmed' AND opening_id IS NOT NULL"_s), 1);
    }

    void cancellingALargeOpeningGoesPieceByPiece()
    {
        const OpeningId id = plan(f->c);
        for (int i = 0; i < 600; ++i)
            f->ask(f->wish(f->person(QString::number(i)), f->c, 1));
        f->writer->run();
        QCOMPARE(f->write('O', [&](Txn& txn) { cancelOpening(txn, id, u"test"_s); }), QString());
        QCOMPARE(opening(id).state, OpeningState::Cancelled);
        QCOMPARE(opening(id).undecided, 600 - 256);
        QCOMPARE(f->violations(), QStringList());
        QCOMPARE(f->decide(f->wish(f->customer, f->c, 1)).status, TicketStatus::Confirmed); // sold again at once
        f->restart();
        f->sweep();
        QCOMPARE(opening(id).undecided, 0);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM ticket WHERE status = 'expired'"_s), 600);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM state_transition WHERE machine = 'ticket' AND to_state = 'expired' AND reason = 'test'"_s), 600);
    }

    void slotsOfTwoDrawsAreAskedForOneByOne()
    {
        plan(f->b);
        plan(f->c);
        const std::size_t at = f->ask(f->want({{f->b, 1}, {f->c, 1}}));
        f->writer->run();
        QCOMPARE(f->errorCode(at), u"body-invalid"_s);
        QCOMPARE(f->decide(f->want({{f->a, 1}, {f->c, 1}})).status, TicketStatus::Queued);
        f->clock.advance(kHour);
        workOff();
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM ticket WHERE status = 'confirmed'"_s), 1);
    }

    // What was asked for is kept while it waits: the price it was asked at, and that it may turn into waiting.
    void theWishIsKept()
    {
        plan(f->c);
        NewTicket dear = f->wish(f->customer, f->c, 1);
        dear.expectedTotalMinor = 1;
        const Ticket a = f->decide(dear);
        f->clock.advance(kHour);
        workOff();
        QCOMPARE(f->ticket(a.id).refusal, std::optional(Refusal::PriceChanged));
        plan(f->c);
        std::vector<TicketId> both;
        for (const CustomerId& who : {f->customer, f->other}) {
            NewTicket t = f->wish(who, f->c, 1);
            t.waitIfFull = true;
            both.push_back(f->decide(t).id);
        }
        f->clock.advance(kHour);
        workOff();
        std::set<TicketStatus> seen{f->ticket(both[0]).status, f->ticket(both[1]).status};
        QVERIFY(seen == (std::set{TicketStatus::Confirmed, TicketStatus::Waitlisted}));
    }
};

QTEST_GUILESS_MAIN(tst_Openings)
#include "tst_Openings.moc"
