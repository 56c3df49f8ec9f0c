// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 120
// engines: both
// Waiting lists on a real database: who is offered what came free, in the same transaction, and what becomes of offers.
#include "server/domain/Capacity.h"
#include "server/domain/Products.h"
#include "server/domain/View.h"
#include "unit/server/engine/WaitlistFixture.h"

using namespace naru;
using namespace naru::test;

class tst_Waitlist : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<WaitlistFixture> f;

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

    void theFirstWhosePartyFits()
    {
        const HoldId six = f->take(f->b, 6);
        const HoldId two = f->take(f->b, 2);
        const CustomerId p3 = f->person(u"셋"_s), p2 = f->person(u"둘"_s), p1 = f->person(u"하나"_s);
        const WaitlistEntry e3 = f->waits(p3, f->b, 3);
        const WaitlistEntry e2 = f->waits(p2, f->b, 2);
        const WaitlistEntry e1 = f->waits(p1, f->b, 1);
        QCOMPARE(e3.position, 1);
        QCOMPARE(e1.position, 3);
        QCOMPARE(e3.status, WaitlistStatus::Waiting);
        QCOMPARE(f->ticket(e3.ticketId).status, TicketStatus::Waitlisted);

        QCOMPARE(f->giveBack(two), QString());
        QCOMPARE(f->entry(e3.id).passedOver, 1);
        const WaitlistEntry offered = f->entry(e2.id);
        QCOMPARE(offered.status, WaitlistStatus::Offered);
        QCOMPARE(offered.offeredUntil, std::optional(f->clock.now() + Millis(1'800'000)));
        QCOMPARE(f->entry(e1.id).status, WaitlistStatus::Waiting);
        QCOMPARE(f->stock(f->b).held, 8);
        // The public never saw the seats.
        const Ticket late = f->decide(f->wish(f->customer, f->b, 1));
        QCOMPARE(late.status, TicketStatus::Rejected);
        QCOMPARE(late.refusal, std::optional(Refusal::HeldByOthers));

        QCOMPARE(f->write('C', [&](Txn& txn) { confirmTicket(txn, e2.ticketId); }), QString());
        QCOMPARE(f->entry(e2.id).status, WaitlistStatus::Accepted);
        QCOMPARE(f->ticket(e2.ticketId).status, TicketStatus::Confirmed);
        QCOMPARE(f->giveBack(six), QString()); // 6 free: 3 for the first, 1 for the last, 2 for everybody
        QCOMPARE(f->entry(e3.id).status, WaitlistStatus::Offered);
        QCOMPARE(f->entry(e1.id).status, WaitlistStatus::Offered);
        QCOMPARE(f->stock(f->b).available(), 2);
    }

    void aLapsedOfferGoesToTheNext()
    {
        const HoldId one = f->take(f->c, 1);
        const WaitlistEntry first = f->waits(f->person(u"가"_s), f->c, 1);
        const WaitlistEntry second = f->waits(f->person(u"나"_s), f->c, 1);
        f->giveBack(one);
        QCOMPARE(f->entry(first.id).status, WaitlistStatus::Offered);
        f->clock.advance(Millis(1'800'001));
        f->sweep();
        QCOMPARE(f->entry(first.id).status, WaitlistStatus::Expired);
        QCOMPARE(f->ticket(first.ticketId).status, TicketStatus::Expired);
        QCOMPARE(f->entry(second.id).status, WaitlistStatus::Offered);
        // Declined: nobody is left, the seat is everybody's.
        QCOMPARE(f->write('C', [&](Txn& txn) { cancelTicket(txn, second.ticketId, u"test"_s); }), QString());
        QCOMPARE(f->entry(second.id).status, WaitlistStatus::Withdrawn);
        QCOMPARE(f->decide(f->wish(f->customer, f->c, 1)).status, TicketStatus::Confirmed);
    }

    void passedOverThreeTimesKeepsTheSeats()
    {
        std::vector<HoldId> seats;
        for (int i = 0; i < 8; ++i)
            seats.push_back(f->take(f->b, 1));
        const WaitlistEntry big = f->waits(f->person(u"큰"_s), f->b, 3);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!f->kept(f->b));
            f->giveBack(seats[static_cast<std::size_t>(i)]);
            if (i < 2) // somebody of the public is quicker
                QCOMPARE(f->decide(f->wish(f->customer, f->b, 1)).status, TicketStatus::Confirmed);
        }
        QCOMPARE(f->entry(big.id).passedOver, 3);
        QVERIFY(f->entry(big.id).keepsSeats);
        QVERIFY(f->kept(f->b));
        QCOMPARE(f->stock(f->b).available(), 1);
        const Ticket refused = f->decide(f->wish(f->customer, f->b, 1));
        QCOMPARE(refused.status, TicketStatus::Rejected);
        QCOMPARE(refused.refusal, std::optional(Refusal::HeldByOthers));
        // A party behind waits with it, although it would fit.
        const WaitlistEntry small = f->waits(f->person(u"작은"_s), f->b, 1);
        f->giveBack(seats[3]);
        QCOMPARE(f->entry(small.id).status, WaitlistStatus::Waiting);
        f->giveBack(seats[4]);
        QCOMPARE(f->entry(big.id).status, WaitlistStatus::Offered);
        QVERIFY(!f->kept(f->b));
        QCOMPARE(f->entry(small.id).status, WaitlistStatus::Waiting);
        f->giveBack(seats[5]);
        QCOMPARE(f->entry(small.id).status, WaitlistStatus::Offered);
    }

    void whoKeepsSeatsMayLeave()
    {
        std::vector<HoldId> seats;
        for (int i = 0; i < 8; ++i)
            seats.push_back(f->take(f->b, 1));
        const WaitlistEntry big = f->waits(f->person(u"큰"_s), f->b, 8);
        for (std::size_t i = 0; i < 3; ++i)
            f->giveBack(seats[i]);
        QVERIFY(f->kept(f->b));
        const WaitlistEntry small = f->waits(f->person(u"작은"_s), f->b, 2);
        QCOMPARE(f->entry(small.id).status, WaitlistStatus::Waiting);
        QCOMPARE(f->write('C', [&](Txn& txn) { cancelTicket(txn, big.ticketId, u"test"_s); }), QString());
        QCOMPARE(f->entry(small.id).status, WaitlistStatus::Offered);
        QVERIFY(!f->kept(f->b));
        QCOMPARE(f->decide(f->wish(f->customer, f->b, 1)).status, TicketStatus::Confirmed);
    }

    void joiningSaysWhatToDoInstead()
    {
        const CustomerId p = f->person(u"가"_s);
        QCOMPARE(f->join(p, f->b, 2), u"seats-available"_s);
        f->take(f->b, 8);
        QCOMPARE(f->join(p, f->b, 9), u"party-too-large"_s);
        QCOMPARE(f->join(p, f->goods, 1), u"body-invalid"_s);
        f->waits(p, f->b, 2);
        QCOMPARE(f->join(p, f->b, 1), u"already-waiting"_s);
        f->limit(f->yacht, 1, LimitScope::Slot);
        QCOMPARE(f->join(f->person(u"나"_s), f->b, 2), u"limit_per_customer"_s);
        f->db->exec(u"UPDATE product SET status = 'paused' WHERE id = ?"_s, {f->yacht});
        QCOMPARE(f->join(f->person(u"다"_s), f->b, 1), u"closed"_s);
        f->db->exec(u"UPDATE product SET status = 'active' WHERE id = ?"_s, {f->yacht});
        f->clock.advance(Millis(3 * 86'400'000LL));
        QCOMPARE(f->join(f->person(u"라"_s), f->b, 1), u"cutoff_passed"_s);
        f->sweep(); // the hold's end comes after the slot's: nobody is offered a seat of a slot that is over
    }

    void moreSeatsAreOffered()
    {
        const CustomerId p = f->person(u"가"_s);
        f->take(f->c, 1);
        const WaitlistEntry e = f->waits(p, f->c, 1);
        QCOMPARE(f->write('O', [&](Txn& txn) { changeOnHand(txn, f->c, u"received"_s, 1, {}); }), QString());
        QCOMPARE(f->entry(e.id).status, WaitlistStatus::Offered);
        // Without anybody saying so, the sweeper finds it.
        const WaitlistEntry next = f->waits(f->person(u"나"_s), f->c, 1);
        f->db->exec(u"UPDATE inventory_item SET overbook = 1 WHERE id = ?"_s, {f->c});
        QCOMPARE(f->violations(), QStringList{u"W01 "_s + next.id.toString()});
        f->sweep();
        QCOMPARE(f->entry(next.id).status, WaitlistStatus::Offered);
    }

    void moreCapacityPassesAPartyOverOnce()
    {
        f->take(f->b, 8);
        const WaitlistEntry e = f->waits(f->person(u"가"_s), f->b, 5);
        QCOMPARE(f->write('O', [&](Txn& txn) {
            CapacityChange change;
            change.targets.push_back({f->b, {}});
            change.value = 10;
            change.reason = u"a second deck"_s;
            changeCapacity(txn, payloadView(txn.now()), change);
        }), QString());
        QCOMPARE(f->stock(f->b).available(), 2);
        QCOMPARE(f->entry(e.id).passedOver, 1);
    }

    // Seats that came free while nothing was sold are offered when it goes on, before anybody looks at lists in turn.
    void aProductThatGoesOnServesItsLists()
    {
        const HoldId seats = f->take(f->b, 8);
        const WaitlistEntry e = f->waits(f->person(u"가"_s), f->b, 2);
        const auto move = [this](ProductStatus to) {
            return f->write('O', [&](Txn& txn) {
                const std::int64_t version = txn.db().one(u"SELECT version FROM product WHERE id = ?"_s, {f->yacht})->integer(0);
                moveProduct(txn, payloadView(txn.now()), f->yacht, version, {to, u"test"_s});
            });
        };
        QCOMPARE(move(ProductStatus::Paused), QString());
        QCOMPARE(f->giveBack(seats), QString());
        f->sweep();
        QCOMPARE(f->entry(e.id).status, WaitlistStatus::Waiting);
        QCOMPARE(move(ProductStatus::Active), QString());
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM waitlist_look"_s), 1);
        f->sweep();
        QCOMPARE(f->entry(e.id).status, WaitlistStatus::Offered);
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM waitlist_look"_s), 0);
    }

    // However many lists there are, a sweep looks at 64 of those that nothing is said about; all have their turn.
    void listsHaveTheirTurn()
    {
        std::vector<ItemId> items;
        for (int i = 0; i < 70; ++i) {
            items.push_back(f->anotherSlot(10 + i, 1));
            f->take(items.back(), 1);
            f->waits(f->customer, items.back(), 1);
        }
        f->db->exec(u"UPDATE inventory_item SET overbook = 1 WHERE on_hand = 1 AND held = 1"_s); // nobody says so
        f->sweep();
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM waitlist_entry WHERE status = 'offered'"_s), 64);
        f->sweep();
        QCOMPARE(f->number(u"SELECT COUNT(*) FROM waitlist_entry WHERE status = 'offered'"_s), 70);
        f->sweep(); // from the beginning again
    }

    void aSlotsCutoffEndsItsList()
    {
        f->take(f->b, 8);
        const WaitlistEntry e = f->waits(f->person(u"가"_s), f->b, 2);
        f->clock.advance(Millis(3 * 86'400'000LL));
        f->sweep();
        QCOMPARE(f->entry(e.id).status, WaitlistStatus::Expired);
        QCOMPARE(f->ticket(e.ticketId).refusal, std::optional(Refusal::CutoffPassed));
    }

    void askingMayTurnIntoWaiting()
    {
        f->take(f->b, 7);
        NewTicket t = f->wish(f->customer, f->b, 2);
        t.waitIfFull = true;
        const Ticket waits = f->decide(t);
        QCOMPARE(waits.status, TicketStatus::Waitlisted);
        QVERIFY(!waits.refusal && !waits.finishedAt);
        QCOMPARE(f->ticket(waits.id).position, 1);
        QCOMPARE(f->decide(t, u"again"_s).status, TicketStatus::Rejected); // one place a customer
        t.lines = {{f->b, 1}};
        QCOMPARE(f->decide(t, u"small"_s).status, TicketStatus::Confirmed); // a seat is free for one
        t.lines = {{f->b, 1}, {f->a, 1}};
        const std::size_t at = f->ask(t, u"two"_s);
        f->writer->run();
        QCOMPARE(f->errorCode(at), u"body-invalid"_s);
        t.lines = {{f->b, 9}};
        t.customerId = f->person(u"가"_s);
        QCOMPARE(f->decide(t, u"large"_s).status, TicketStatus::Rejected); // can never fit
        const Ticket same = f->decide(f->wish(f->customer, f->a, 1), u"k"_s);
        QCOMPARE(same.status, TicketStatus::Confirmed);
    }

    void twoOfOneBatchJoinInTheirOrder()
    {
        f->take(f->c, 1);
        std::vector<std::size_t> at;
        for (int i = 0; i < 3; ++i) {
            NewTicket t = f->wish(f->person(QString::number(i)), f->c, 1);
            t.waitIfFull = true;
            at.push_back(f->ask(t));
        }
        f->writer->run();
        for (std::size_t i = 0; i < at.size(); ++i)
            QCOMPARE(f->ticket(f->answers[at[i]]->ticket->id).position, static_cast<int>(i) + 1);
    }

    void whoHasEnoughMeanwhileIsNotOffered()
    {
        f->limit(f->yacht, 2, LimitScope::Product);
        const HoldId eight = f->take(f->d, 5); // another product
        Q_UNUSED(eight)
        f->limit(f->yacht, {}, LimitScope::Product);
        const HoldId seats = f->take(f->b, 8);
        f->limit(f->yacht, 2, LimitScope::Product);
        const CustomerId p = f->person(u"가"_s);
        const WaitlistEntry e = f->waits(p, f->b, 2);
        QCOMPARE(f->decide(f->wish(p, f->a, 1)).status, TicketStatus::Confirmed);
        f->giveBack(seats);
        QCOMPARE(f->entry(e.id).status, WaitlistStatus::Expired);
        QCOMPARE(f->ticket(e.ticketId).refusal, std::optional(Refusal::LimitPerCustomer));
    }

    void listsAndPlaces()
    {
        f->take(f->b, 8);
        f->take(f->c, 1);
        for (int i = 0; i < 5; ++i)
            f->waits(f->person(QString::number(i)), f->b, 1 + i % 2);
        f->waits(f->person(u"c"_s), f->c, 1);
        WaitlistQuery q;
        q.itemId = f->b;
        q.limit = 3;
        const auto first = listEntries(*f->db, {}, q);
        QCOMPARE(first.total, 5);
        QCOMPARE(first.items.size(), std::size_t(3));
        QCOMPARE(first.items.at(2).position, 3);
        q.after = first.next;
        QCOMPARE(listEntries(*f->db, {}, q).items.at(0).rank, 4);
        QCOMPARE(listEntries(*f->db, {}, {}).total, 6);
        QCOMPARE(listEntries(*f->db, {u"ko"_s, f->kayaks}, {}).total, 0);
        const auto slots = listWaitingSlots(*f->db, {}, {});
        QCOMPARE(slots.items.size(), std::size_t(2));
        QCOMPARE(slots.items.at(0).waiting, 5);
        QCOMPARE(slots.items.at(0).seatsWanted, 7);
        const auto own = listEntries(*f->db, {u"ko"_s, f->yachts}, {});
        QCOMPARE(own.total, 6);
        QVERIFY(own.items.at(0).customerName != u"c"_s || own.items.at(0).customerName.size() < 2);
    }
};

QTEST_GUILESS_MAIN(tst_Waitlist)
#include "tst_Waitlist.moc"
