// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// timeout: 60
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "protocol/SlotRuleFields.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

template <class AnyId> AnyId idOf(std::uint64_t n) { return AnyId{Id128::make(1'790'000'000'000, 0, n)}; }

struct Problem {
    QString code;
    CapacityImpact impact;
    std::vector<AffectedSlot> booked;
};
template <class V> void fields(V& v, Problem& x)
{
    v("code", x.code);
    v("impact", x.impact);
    v("booked", x.booked);
}

FakeAnswer problem(const QString& code)
{
    Problem body;
    body.code = code;
    AffectedSlot slot;
    slot.itemId = idOf<ItemId>(1);
    slot.title = u"선셋 요트 11/28 17:30"_s;
    slot.missing = 9;
    body.booked = {slot};
    body.impact.slots = {slot};
    body.impact.total = 1;
    body.impact.choices = {CapacityChoice::StopSelling};
    FakeAnswer a;
    a.status = 409;
    a.type = "application/problem+json";
    a.body = jsonOf(body);
    return a;
}

} // namespace

// What the services around a booking ask for, against the interface, and refusals that bring a choice along.
class tst_BookingFacades : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyCallGoesToARouteOfTheInterface()
    {
        QFile file(qEnvironmentVariable("NARU_SOURCE_DIR") + u"/app/server/api/openapi.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            QSKIP("NARU_SOURCE_DIR does not name the source folder");
        const auto paths = QJsonDocument::fromJson(file.readAll()).object().value(u"paths"_s).toObject();
        BackendHarness h;
        QVERIFY(h.signIn());
        QObject here;
        int answers = 0;
        int calls = 0;
        const auto reply = [&]<class T>(T) {
            ++calls;
            return Reply<T>{&here, [&](Result<T>) { ++answers; }};
        };
        const auto id = idOf<ReservationId>(1);
        auto& c = h.backend->cancellations();
        c.reservations({}, reply(Page<Reservation>{}));
        c.detail(id, reply(ReservationDetail{}));
        c.cancellationQuote(id, reply(CancellationQuote{}));
        c.cancel(id, 1, {}, reply(Reservation{}));
        c.declineCancellation(id, 1, u"why"_s, reply(Reservation{}));
        c.moveQuote(id, {{idOf<ItemId>(1), 2}}, reply(MoveQuote{}));
        c.move(id, 1, {{{idOf<ItemId>(1), 2}}, 100, {}}, reply(Reservation{}));
        c.checkIn(id, 1, reply(Reservation{}));
        c.undoCheckIn(id, 1, u"why"_s, reply(Reservation{}));
        c.markNoShow(id, 1, u"why"_s, reply(Reservation{}));
        c.complete(id, 1, reply(Reservation{}));
        c.policies(reply(Page<CancellationPolicy>{}));
        c.policy(idOf<PolicyId>(1), reply(CancellationPolicy{}));
        c.savePolicy({}, reply(CancellationPolicy{}));
        c.policyOfProduct(idOf<ProductId>(1), reply(CancellationPolicy{}));
        c.choosePolicy(idOf<ProductId>(1), 1, u"strict"_s, reply(CancellationPolicy{}));
        c.refunds({}, {}, reply(Page<Refund>{}));
        c.approveRefund(idOf<RefundId>(1), 1, reply(Refund{}));
        c.rejectRefund(idOf<RefundId>(1), 1, u"why"_s, reply(Refund{}));
        auto& w = h.backend->waitlist();
        w.entries({}, reply(Page<WaitlistEntry>{}));
        w.waitingSlots(reply(Page<WaitlistSlot>{}));
        w.join({}, reply(WaitlistEntry{}));
        w.withdraw(idOf<WaitlistEntryId>(1), 1, u"why"_s, reply(WaitlistEntry{}));
        w.accept(idOf<WaitlistEntryId>(1), 1, reply(WaitlistEntry{}));
        w.openings({}, reply(Page<Opening>{}));
        w.plan({}, reply(Opening{}));
        w.cancelOpening(idOf<OpeningId>(1), 1, u"why"_s, reply(Opening{}));
        w.bookingTerms(idOf<ProductId>(1), reply(BookingTerms{}));
        w.setBookingTerms(idOf<ProductId>(1), 1, {}, reply(BookingTerms{}));
        auto& s = h.backend->slotRules();
        s.slotList({}, reply(Page<Slot>{}));
        s.rules({}, reply(Page<SlotRule>{}));
        s.rule(idOf<SlotRuleId>(1), reply(SlotRule{}));
        s.preview({}, reply(RulePreview{}));
        s.createRule({}, reply(SlotRule{}));
        s.patchRule(idOf<SlotRuleId>(1), 1, {}, reply(RuleOutcome{}));
        s.endRule(idOf<SlotRuleId>(1), 1, {}, reply(RuleOutcome{}));
        s.changeCapacity({}, reply(CapacityOutcome{}));
        auto& stock = h.backend->stock();
        stock.level(idOf<ItemId>(1), reply(StockLevel{}));
        stock.ledger(idOf<ItemId>(1), {}, 50, reply(Page<LedgerEntry>{}));
        stock.examine(reply(DoctorReport{}));
        stock.repair(idOf<ItemId>(1), 1, {}, reply(StockLevel{}));
        QTRY_COMPARE_WITH_TIMEOUT(answers, calls, 20'000);

        static const QRegularExpression ident(u"/[0-9A-HJKMNP-TV-Z]{26}"_s);
        int checked = 0;
        for (const auto& request : h.wire.all()) {
            auto path = request.path;
            path.replace(ident, u"/{id}"_s);
            if (path.startsWith(u"/oauth"_s) || path == u"/v1/events"_s)
                continue;
            const auto verbs = paths.value(path).toObject();
            QVERIFY2(verbs.contains(QString::fromLatin1(request.verb).toLower()), qPrintable(QString::fromLatin1(request.verb) + u' ' + path));
            ++checked;
        }
        QVERIFY(checked >= calls);
    }

    void aRefusedCapacityBringsItsChoices()
    {
        BackendHarness h;
        h.wire.on("POST /v1/slots/capacity", problem(u"capacity-below-sold"_s));
        QVERIFY(h.signIn());
        Outcome<CapacityOutcome> o;
        h.backend->slotRules().changeCapacity({}, o.reply());
        QTRY_VERIFY(o.ok());
        QVERIFY(!o.done.front()->done);
        QCOMPARE(o.done.front()->impact->slots.at(0).missing, 9);
        QVERIFY(o.done.front()->impact->choices == std::vector{CapacityChoice::StopSelling});
    }

    void bookedSlotsComeAsAChoiceAndOtherRefusalsAsErrors()
    {
        BackendHarness h;
        const auto route = u"PATCH /v1/slot-rules/%1"_s.arg(idOf<SlotRuleId>(1).toString()).toLatin1();
        h.wire.on(route, problem(u"slots-booked"_s));
        QVERIFY(h.signIn());
        Outcome<RuleOutcome> o;
        h.backend->slotRules().patchRule(idOf<SlotRuleId>(1), 1, {}, o.reply());
        QTRY_VERIFY(o.ok());
        QVERIFY(!o.done.front()->rule);
        QCOMPARE(o.done.front()->booked.at(0).title, u"선셋 요트 11/28 17:30"_s);
        h.wire.on(route, problem(u"version-mismatch"_s));
        Outcome<RuleOutcome> other;
        h.backend->slotRules().patchRule(idOf<SlotRuleId>(1), 1, {}, other.reply());
        QTRY_COMPARE(other.code(), u"version-mismatch"_s);
    }
};

QTEST_GUILESS_MAIN(tst_BookingFacades)
#include "tst_BookingFacades.moc"
