// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 60
// engines: both
// Check-in, no-shows and what time does to reservations, slots and seats. After every case all invariants are checked.
#include "server/engine/CheckIn.h"
#include "server/engine/CloseOut.h"
#include "unit/server/engine/BookingDesk.h"

#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

class tst_CloseOut : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<BookingDesk> f;

    template <class Work> QString with(char letter, const ReservationId& id, Work work)
    {
        return f->write(letter, [&](Txn& txn) {
            Booked b = bookedOr404(txn.db(), id, txn.actor().vendorId, true);
            work(txn, b);
        });
    }
    QString arrive(char letter, const ReservationId& id)
    {
        return with(letter, id, [](Txn& txn, Booked& b) { checkIn(txn, b); });
    }
    QString late(char letter, const ReservationId& id)
    {
        return with(letter, id, [](Txn& txn, Booked& b) { markNoShow(txn, b, {}); });
    }
    QString finish(char letter, const ReservationId& id)
    {
        return with(letter, id, [](Txn& txn, Booked& b) { completeBooked(txn, b); });
    }
    ReservationStatus statusOf(const ReservationId& id) { return f->booked(id).status; }
    void goTo(Instant when) { f->clock.advance(when - f->clock.now()); }
    int sweep(int limit = 1'000)
    {
        int all = 0;
        for (int done = limit; done == limit;) {
            f->write('S', [&](Txn& txn) { done = CloseOut().runNow(txn, limit); });
            all += done;
        }
        return all;
    }
    QString slotState(const ItemId& item) { return f->db->one(u"SELECT s.status FROM slot s JOIN inventory_item i ON i.slot_id = s.id WHERE i.id = ?"_s, {item})->text(0); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        f = std::make_unique<BookingDesk>();
    }
    void cleanup()
    {
        QCOMPARE(f->violations(), QStringList());
        f.reset();
    }

    void checkInAndBack()
    {
        const ReservationId id = f->book({{f->b, 2}});
        QCOMPARE(arrive('C', id), u"transition-not-allowed"_s);
        QCOMPARE(arrive('U', id), u"transition-not-allowed"_s);
        QCOMPARE(arrive('V', id), QString());
        QCOMPARE(statusOf(id), ReservationStatus::CheckedIn);
        QCOMPARE(arrive('V', id), u"reservation-state"_s);
        QCOMPARE(f->stock(f->b).allocated, 2); // nothing is used up by it
        QCOMPARE(with('V', id, [](Txn& txn, Booked& b) { undoCheckIn(txn, b, u"다른 손님"_s); }), QString());
        QCOMPARE(statusOf(id), ReservationStatus::Confirmed);
        QCOMPARE(f->detail(id).history.back().reason, u"다른 손님"_s);
        QCOMPARE(with('V', id, [](Txn& txn, Booked& b) { undoCheckIn(txn, b, {}); }), u"reservation-state"_s);
    }

    void aVendorHandlesWhatIsItsOwnOnly()
    {
        const ReservationId shared = f->book({{f->a, 1}, {f->d, 1}});
        QCOMPARE(arrive('V', shared), u"shared-reservation"_s);
        QCOMPARE(arrive('O', shared), QString());
        const ReservationId others = f->book({{f->d, 1}});
        QCOMPARE(arrive('V', others), u"not-found"_s);
    }

    void noShowByAPersonAndBack()
    {
        f->sellUnder({}, 3'000);
        const ReservationId id = f->book({{f->a, 2}});
        QCOMPARE(late('V', id), u"too-early"_s);
        goTo(f->startOf(f->a));
        QCOMPARE(late('U', id), u"transition-not-allowed"_s);
        QCOMPARE(late('V', id), QString());
        QCOMPARE(f->detail(id).noShowFee, (Money{27'000, u"KRW"_s}));
        QCOMPARE(arrive('V', id), u"transition-not-allowed"_s); // turning it back is the operator's
        QCOMPARE(arrive('O', id), QString());
        QCOMPARE(statusOf(id), ReservationStatus::CheckedIn);
    }

    void timeMakesNoShows()
    {
        const ReservationId here = f->book({{f->a, 1}});
        const ReservationId gone = f->book({{f->a, 1}});
        goTo(f->startOf(f->a));
        QCOMPARE(arrive('O', here), QString());
        goTo(f->startOf(f->a) + Millis(30 * 60'000 - 1));
        QCOMPARE(sweep(), 0);
        goTo(f->startOf(f->a) + Millis(30 * 60'000));
        QCOMPARE(sweep(), 1);
        QCOMPARE(statusOf(gone), ReservationStatus::NoShow);
        QCOMPARE(f->detail(gone).history.back().actorRole, u"system"_s);
        QCOMPARE(statusOf(here), ReservationStatus::CheckedIn);
        QCOMPARE(slotState(f->a), u"open"_s);
    }

    void theCloseOutUsesSeatsUp()
    {
        const ReservationId here = f->book({{f->a, 3}});
        const ReservationId gone = f->book({{f->a, 2}});
        const ReservationId cancelled = f->book({{f->a, 4}});
        const ReservationId later = f->book({{f->a, 1}, {f->b, 1}});
        QCOMPARE(f->cancel('O', cancelled), QString());
        goTo(f->startOf(f->a));
        QCOMPARE(arrive('O', here), QString());
        QCOMPARE(finish('V', here), u"too-early"_s);
        goTo(f->startOf(f->a) + Millis(5'400'000 + 3'600'000));
        sweep();
        QCOMPARE(statusOf(here), ReservationStatus::Completed);
        QCOMPARE(statusOf(gone), ReservationStatus::Completed);
        QCOMPARE(f->detail(gone).history.at(1).toState, u"no_show"_s);
        QCOMPARE(statusOf(later), ReservationStatus::NoShow); // its second place is still to come
        QCOMPARE(slotState(f->a), u"past"_s);
        QCOMPARE(slotState(f->b), u"open"_s);
        QCOMPARE(f->stock(f->a).onHand, 95);
        QCOMPARE(f->stock(f->a).allocated, 1);
        QCOMPARE(f->detail(here).pieces.front().status, PieceStatus::Consumed);
        QCOMPARE(f->cancel('O', here), u"reservation-over"_s);
        // The guest came to the second place after all.
        QCOMPARE(arrive('O', later), QString());
        goTo(f->startOf(f->b) + Millis(5'400'000 + 3'600'000));
        sweep();
        QCOMPARE(statusOf(later), ReservationStatus::Completed);
        QCOMPARE(f->stock(f->a).allocated, 0);
        QCOMPARE(f->stock(f->b).onHand, 7);
        QCOMPARE(sweep(), 0);
    }

    void aVendorCompletesWhatIsOver()
    {
        const ReservationId id = f->book({{f->a, 2}});
        QCOMPARE(arrive('V', id), QString());
        goTo(f->startOf(f->a) + Millis(5'400'000));
        QCOMPARE(finish('O', id), u"transition-not-allowed"_s);
        QCOMPARE(finish('V', id), QString());
        QCOMPARE(f->stock(f->a).onHand, 98);
        QCOMPARE(finish('V', id), u"reservation-state"_s);
    }

    // More guests than seats: the seats run out, the books stay right.
    void overbookedSlotsClose()
    {
        f->db->exec(u"UPDATE inventory_item SET overbook = 2 WHERE id = ?"_s, {f->b});
        for (int i = 0; i < 5; ++i)
            QCOMPARE(arrive('O', f->book({{f->b, 2}})), QString());
        goTo(f->startOf(f->b) + Millis(9'000'000));
        sweep(2);
        QCOMPARE(f->stock(f->b).onHand, 0);
        QCOMPARE(f->stock(f->b).allocated, 0);
        QCOMPARE(slotState(f->b), u"past"_s);
    }

    void aWishThatWaitsKeepsWaiting()
    {
        const ReservationId declined = f->book({{f->a, 1}});
        const ReservationId granted = f->book({{f->a, 1}});
        goTo(f->startOf(f->a) + Millis(1));
        QCOMPARE(f->cancel('C', declined), QString());
        QCOMPARE(f->cancel('C', granted), QString());
        goTo(f->startOf(f->a) + Millis(9'000'000));
        sweep();
        QCOMPARE(slotState(f->a), u"past"_s);
        QCOMPARE(statusOf(declined), ReservationStatus::CancelRequested);
        QCOMPARE(f->stock(f->a).allocated, 2);
        QCOMPARE(with('O', declined, [](Txn& txn, Booked& b) { declineCancellation(txn, b, u"규정"_s); }), QString());
        QCOMPARE(statusOf(declined), ReservationStatus::Completed); // what the close-out left open is closed now
        QCOMPARE(f->cancel('O', granted), QString());
        QCOMPARE(f->stock(f->a).allocated, 0);
    }

    void looksAgainOnlyAfterAWhile()
    {
        CloseOut closeOut;
        const ReservationId first = f->book({{f->a, 1}});
        const auto run = [&] {
            int done = 0;
            f->write('S', [&](Txn& txn) { done = closeOut.run(txn, 100); });
            return done;
        };
        goTo(f->startOf(f->a) + Millis(1'799'000));
        QCOMPARE(run(), 0);
        f->clock.advance(Millis(2'000));
        QCOMPARE(run(), 0); // not yet
        f->clock.advance(Millis(4'000));
        QCOMPARE(run(), 1);
        QCOMPARE(statusOf(first), ReservationStatus::NoShow);
    }
};

QTEST_GUILESS_MAIN(tst_CloseOut)
#include "tst_CloseOut.moc"
