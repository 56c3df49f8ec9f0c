// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 60
// engines: both
// Limits per customer on a real database: over holds and reservations, over slots or a whole product, within one batch.
// And every reason of a refusal, each produced once.
#include "unit/server/engine/WaitlistFixture.h"

using namespace naru;
using namespace naru::test;

class tst_BookingTerms : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<WaitlistFixture> f;

    Ticket ask(const ItemId& item, std::int64_t qty, TicketGoal goal = TicketGoal::Confirm) { return f->decide(f->wish(f->customer, item, qty, goal)); }
    bool limited(const Ticket& t) { return t.status == TicketStatus::Rejected && t.refusal == Refusal::LimitPerCustomer; }

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

    void aSlotsLimit()
    {
        f->limit(f->yacht, 3, LimitScope::Slot);
        QCOMPARE(ask(f->a, 2).status, TicketStatus::Confirmed);
        QVERIFY(limited(ask(f->a, 2)));
        const Ticket held = ask(f->a, 1, TicketGoal::Hold);
        QCOMPARE(held.status, TicketStatus::Held);
        QVERIFY(limited(ask(f->a, 1)));
        QCOMPARE(ask(f->b, 3).status, TicketStatus::Confirmed); // each slot by itself
        QCOMPARE(f->decide(f->wish(f->other, f->a, 3)).status, TicketStatus::Confirmed); // each customer by himself
        f->giveBack(*held.holdId);
        QCOMPARE(ask(f->a, 1).status, TicketStatus::Confirmed);
        f->limit(f->yacht, {}, LimitScope::Slot);
        QCOMPARE(ask(f->a, 9).status, TicketStatus::Confirmed);
    }

    void aProductsLimit()
    {
        f->limit(f->yacht, 3, LimitScope::Product);
        QCOMPARE(ask(f->a, 2).status, TicketStatus::Confirmed);
        QVERIFY(limited(ask(f->b, 2)));
        QVERIFY(limited(f->decide(f->want({{f->a, 1}, {f->b, 1}})))); // together
        QCOMPARE(ask(f->d, 5).status, TicketStatus::Confirmed); // another product
        QCOMPARE(ask(f->b, 1).status, TicketStatus::Confirmed);
    }

    void oneBatchCounts()
    {
        f->limit(f->yacht, 2, LimitScope::Slot);
        std::vector<std::size_t> at;
        for (int i = 0; i < 4; ++i)
            at.push_back(f->ask(f->wish(f->customer, f->a, 1)));
        f->writer->run();
        int granted = 0;
        for (const std::size_t i : at)
            granted += f->answers[i]->ticket->status == TicketStatus::Confirmed;
        QCOMPARE(granted, 2);
        QVERIFY(limited(*f->answers[at[2]]->ticket));
    }

    void termsAreReadAndSet()
    {
        const BookingTerms before = readBookingTerms(*f->db, f->yacht, {}).value();
        QVERIFY(!before.limitPerCustomer);
        QCOMPARE(before.offerMinutes, 30);
        f->limit(f->yacht, 4, LimitScope::Product);
        const BookingTerms after = readBookingTerms(*f->db, f->yacht, {}).value();
        QCOMPARE(after.limitPerCustomer, std::optional<std::int64_t>(4));
        QCOMPARE(after.limitScope, LimitScope::Product);
        QCOMPARE(after.version, before.version + 1);
        QVERIFY(!readBookingTerms(*f->db, f->yacht, {u"ko"_s, f->kayaks})); // not theirs
    }

    void everyReasonIsGivenOnce()
    {
        const auto why = [this](const ItemId& item, std::int64_t qty) { return ask(item, qty).refusal; };
        QCOMPARE(ask(f->c, 1).status, TicketStatus::Confirmed);
        QCOMPARE(why(f->c, 1), std::optional(Refusal::SoldOut));
        const HoldId held = f->take(f->b, 8);
        const Ticket others = ask(f->b, 1);
        QCOMPARE(others.refusal, std::optional(Refusal::HeldByOthers));
        QVERIFY(others.soonestExpiry); // when asking again makes sense
        const Ticket piece = f->decide(f->want({{f->a, 1}, {f->c, 1}}));
        QCOMPARE(piece.refusal, std::optional(Refusal::PieceUnavailable));
        QCOMPARE(piece.refusedItem, std::optional(f->c)); // which
        NewTicket priced = f->want({{f->a, 1}});
        priced.expectedTotalMinor = 1;
        QCOMPARE(f->decide(priced).refusal, std::optional(Refusal::PriceChanged));
        f->limit(f->yacht, 1, LimitScope::Slot);
        QCOMPARE(why(f->a, 2), std::optional(Refusal::LimitPerCustomer));
        f->db->exec(u"UPDATE slot SET status = 'closed' WHERE id = ?"_s, {f->slotA});
        QCOMPARE(why(f->a, 1), std::optional(Refusal::Closed));
        f->giveBack(held);
        f->clock.advance(Millis(2 * 86'400'000LL + 10 * 3'600'000));
        QCOMPARE(why(f->b, 1), std::optional(Refusal::CutoffPassed));
        const std::size_t late = f->ask(f->wish(f->customer, f->d, 1)); // nobody decided in time
        f->clock.advance(Millis(31'000));
        f->writer->run();
        QCOMPARE(f->answers[late]->ticket->refusal, std::optional(Refusal::GaveUp));
        QCOMPARE(f->answers[late]->ticket->status, TicketStatus::Expired);
        f->options.intakeLimit = 1;
        f->rebuildEngine();
        f->ask(f->wish(f->customer, f->d, 1));
        f->ask(f->wish(f->customer, f->d, 1));
        QVERIFY(!f->accepted); // queue_full: the interface answers 503 with Retry-After, nothing was promised
        f->writer->run();
    }
};

QTEST_GUILESS_MAIN(tst_BookingTerms)
#include "tst_BookingTerms.moc"
