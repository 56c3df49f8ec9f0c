// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 60
// engines: both
// Moved reservations: the old place is kept until the new one is sure. After every case all invariants are checked.
#include "server/engine/BookingTerms.h"
#include "server/engine/CheckIn.h"
#include "server/engine/Moves.h"
#include "unit/server/engine/BookingDesk.h"

#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

class tst_Moves : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<BookingDesk> f;
    std::optional<protocol::Problem> m_problem;

    QString move(char letter, const ReservationId& id, std::vector<TicketLine> lines, std::optional<std::int64_t> expected = {})
    {
        m_problem.reset();
        QString code;
        f->writer->submit(
            f->actor(letter),
            [&](Txn& txn) {
                MoveRequest request;
                request.lines = lines;
                request.expectedTotalMinor = expected;
                request.reason = u"일정 변경"_s;
                const ViewFor who{u"ko"_s, txn.actor().vendorId};
                Booked b = bookedOr404(txn.db(), id, who.tenant, true);
                moveReservation(txn, b, request, who);
            },
            [&](std::exception_ptr e) {
                code = e ? EngineFixture::codeOfError(e) : QString();
                try {
                    if (e)
                        std::rethrow_exception(e);
                } catch (const ProblemError& p) {
                    m_problem = p.problem;
                } catch (...) {
                }
            });
        f->writer->run();
        return code;
    }
    MoveQuote quote(const ReservationId& id, std::vector<TicketLine> lines) { return quoteMove(*f->db, id, lines, {}, f->clock.now()); }
    std::int64_t taken(const ItemId& item) { return f->stock(item).allocated; }

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

    void toAnotherSlot()
    {
        const ReservationId id = f->book({{f->a, 2}});
        const MoveQuote q = quote(id, {{f->b, 2}});
        QVERIFY(q.possible);
        QCOMPARE(q.totalBefore.minor, 90'000);
        QCOMPARE(q.totalAfter.minor, 90'000);
        QVERIFY(!q.pieces.front().kept);
        QCOMPARE(taken(f->a), 2); // asking changes nothing
        QCOMPARE(move('C', id, {{f->b, 2}}, 90'000), QString());
        QCOMPARE(taken(f->a), 0);
        QCOMPARE(taken(f->b), 2);
        const ReservationDetail d = f->detail(id);
        QCOMPARE(d.reservation.status, ReservationStatus::Confirmed);
        QCOMPARE(d.reservation.version, 3);
        QCOMPARE(d.pieces.size(), std::size_t(1));
        QCOMPARE(d.pieces.front().itemId, f->b);
        const HistoryEntry& h = d.history.back();
        QCOMPARE(h.action, u"reservation.move"_s);
        QCOMPARE(h.fromState, u"confirmed"_s);
        QCOMPARE(h.totalBefore, (std::optional<Money>({90'000, u"KRW"_s})));
        QVERIFY(h.before != h.after && h.before.endsWith(u"×2"_s));
        QCOMPARE(h.reason, u"일정 변경"_s);
        QCOMPARE(f->cancel('C', id), QString()); // and on as usual
        QCOMPARE(taken(f->b), 0);
    }

    void fullPlacesAreNamedAndNothingIsLost()
    {
        f->book({{f->b, 7}});
        const ReservationId id = f->book({{f->a, 2}, {f->d, 1}});
        const MoveQuote q = quote(id, {{f->b, 2}, {f->d, 1}});
        QVERIFY(!q.possible);
        QCOMPARE(q.pieces[0].refusal, std::optional(Refusal::SoldOut));
        QVERIFY(!q.pieces[1].refusal && q.pieces[1].kept);
        QCOMPARE(move('O', id, {{f->b, 2}, {f->d, 1}}), u"piece_unavailable"_s);
        QCOMPARE(QString::fromUtf8(m_problem->extra.at("refused_item").as_string().c_str()), f->b.toString());
        QCOMPARE(QString::fromUtf8(m_problem->extra.at("refusal").as_string().c_str()), u"sold_out"_s);
        QCOMPARE(m_problem->extra.at("quote").at("possible").as_bool(), false);
        QCOMPARE(taken(f->a), 2);
        QCOMPARE(taken(f->b), 7);
        QCOMPARE(f->booked(id).version, 2);
    }

    void heldPlacesSayUntilWhen()
    {
        const Ticket hold = f->decide(f->want({{f->c, 1}}, TicketGoal::Hold));
        const ReservationId id = f->book({{f->a, 1}});
        const MoveQuote q = quote(id, {{f->c, 1}});
        QCOMPARE(q.pieces.front().refusal, std::optional(Refusal::HeldByOthers));
        QCOMPARE(q.pieces.front().soonestExpiry, hold.expiresAt);
        QCOMPARE(move('O', id, {{f->c, 1}}), u"piece_unavailable"_s);
    }

    // A full slot: more seats in it are asked for beyond the own ones only, fewer are always possible.
    void moreAndFewerInTheSamePlace()
    {
        const ReservationId id = f->book({{f->b, 5}});
        f->book({{f->b, 3}});
        QCOMPARE(move('O', id, {{f->b, 6}}), u"piece_unavailable"_s);
        QCOMPARE(move('O', id, {{f->b, 4}}), QString());
        QCOMPARE(taken(f->b), 7);
        QCOMPARE(move('O', id, {{f->b, 5}}), QString());
        QCOMPARE(taken(f->b), 8);
        QCOMPARE(move('O', id, {{f->b, 5}}), u"body-invalid"_s); // nothing to do
        QCOMPARE(move('O', id, {{f->b, 2}, {f->b, 3}}), u"body-invalid"_s);
    }

    void morePlacesAndFewerPlaces()
    {
        const ReservationId id = f->book({{f->a, 2}});
        QCOMPARE(move('O', id, {{f->b, 1}, {f->c, 1}, {f->d, 2}}), QString());
        QCOMPARE(taken(f->a), 0);
        QCOMPARE(taken(f->d), 2);
        QCOMPARE(f->detail(id).reservation.total.minor, 130'000);
        QCOMPARE(move('O', id, {{f->c, 1}}), QString());
        QCOMPARE(taken(f->b), 0);
        QCOMPARE(taken(f->d), 0);
        QCOMPARE(f->detail(id).pieces.size(), std::size_t(1));
        QCOMPARE(move('O', id, {{f->a, 1}, {f->c, 1}}), QString());
        QCOMPARE(f->detail(id).pieces.size(), std::size_t(2));
    }

    void aNewPriceIsShownAndChecked()
    {
        const ReservationId id = f->book({{f->a, 2}, {f->c, 1}});
        f->db->exec(u"UPDATE offer SET price_minor = 60000 WHERE price_minor = 45000"_s);
        const MoveQuote q = quote(id, {{f->b, 2}, {f->c, 1}});
        QCOMPARE(q.totalBefore.minor, 135'000);
        QCOMPARE(q.totalAfter.minor, 165'000); // what stays keeps its price
        QCOMPARE(move('C', id, {{f->b, 2}, {f->c, 1}}, 135'000), u"price_changed"_s);
        QCOMPARE(m_problem->extra.at("quote").at("total_after").at("minor").as_int64(), 165'000);
        QCOMPARE(taken(f->a), 2);
        QCOMPARE(move('C', id, {{f->b, 2}, {f->c, 1}}, 165'000), QString());
        QCOMPARE(f->detail(id).reservation.total.minor, 165'000);
        QCOMPARE(f->detail(id).history.back().totalBefore->minor, 135'000);
    }

    // The question says what the move would say.
    void limitsPerCustomerAreInTheQuote()
    {
        const ReservationId id = f->book({{f->a, 2}});
        QCOMPARE(f->write('O', [&](Txn& txn) {
            BookingTermsPatch patch;
            patch.limitPerCustomer = 2;
            patch.limitScope = LimitScope::Product;
            setBookingTerms(txn, readBookingTerms(txn.db(), f->yacht, {}).value(), patch);
        }), QString());
        const MoveQuote more = quote(id, {{f->a, 2}, {f->b, 1}});
        QVERIFY(!more.possible);
        QCOMPARE(more.pieces[1].refusal, std::optional(Refusal::LimitPerCustomer));
        QCOMPARE(move('C', id, {{f->a, 2}, {f->b, 1}}), u"piece_unavailable"_s);
        QVERIFY(quote(id, {{f->b, 2}}).possible); // what is given up does not count
        f->db->begin(Connection::Access::Read); // as a reader asks
        QVERIFY(!quote(id, {{f->a, 3}}).possible);
        f->db->rollback();
    }

    void onlyWhatIsConfirmedAndHasNotBegun()
    {
        const ReservationId id = f->book({{f->a, 1}});
        QCOMPARE(f->write('O', [&](Txn& txn) { Booked b = bookedOr404(txn.db(), id, {}, true); checkIn(txn, b); }), QString());
        QCOMPARE(move('O', id, {{f->b, 1}}), u"reservation-state"_s);
        const ReservationId other = f->book({{f->a, 1}});
        f->clock.advance(f->startOf(f->a) - f->clock.now() + Millis(1));
        QCOMPARE(move('O', other, {{f->b, 1}}), u"begun"_s);
        QCOMPARE(move('O', other, {{f->a, 1}, {f->b, 1}}), QString()); // what has begun may stay
        QCOMPARE(move('O', f->book({{f->b, 1}}), {{f->a, 1}}), u"piece_unavailable"_s); // over its cutoff
        QCOMPARE(QString::fromUtf8(m_problem->extra.at("refusal").as_string().c_str()), u"cutoff_passed"_s);
    }

    void strangersPlacesAreNone()
    {
        const ReservationId id = f->book({{f->a, 1}});
        QCOMPARE(move('O', id, {{f->goods, 1}}), u"body-invalid"_s);
        QCOMPARE(move('O', id, {{ItemId{}, 1}}), u"body-invalid"_s);
        QCOMPARE(move('V', id, {{f->d, 1}}), u"body-invalid"_s); // another vendor's
        QCOMPARE(move('V', id, {{f->b, 1}}), QString());
        QCOMPARE(move('V', f->book({{f->d, 1}}), {{f->b, 1}}), u"not-found"_s);
        QCOMPARE(move('V', f->book({{f->a, 1}, {f->d, 1}}), {{f->b, 1}}), u"shared-reservation"_s);
    }

    void linesOfTheQuery()
    {
        QCOMPARE(linesFromText(f->a.toString() + u":2,"_s + f->b.toString() + u":1"_s), (std::vector<TicketLine>{{f->a, 2}, {f->b, 1}}));
        for (const QString& bad : {QString(), u"x"_s, f->a.toString(), f->a.toString() + u":"_s, f->a.toString() + u":0"_s, f->a.toString() + u":-1"_s, u"abc:1"_s, f->a.toString() + u":1:2"_s})
            QVERIFY_THROWS_EXCEPTION(ProblemError, linesFromText(bad));
    }
};

QTEST_GUILESS_MAIN(tst_Moves)
#include "tst_Moves.moc"
