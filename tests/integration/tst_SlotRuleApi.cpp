// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// engines: both
// Slot rules over the interface: previews, slots at once and as days come, changes that spare what is booked.
#include "protocol/SlotRuleFields.h"
#include "server/domain/SlotMaker.h"
#include "server/api/Server.h"
#include "server/tools/Node.h"
#include "protocol/CancellationFields.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;

namespace {

template <class AnyId> std::string str(const AnyId& id) { return id.toString().toStdString(); }

} // namespace

class tst_SlotRuleApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void makesSlotsAtOnce();
    void previewsWithoutChanging();
    void namesClockChanges();
    void daysComeByThemselves();
    void newVariantsGetTheirSlots();
    void growsAndShrinks();
    void sparesWhatIsBooked();
    void movesToAnotherTime();
    void leavesWhatPeopleChanged();
    void ends();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void guardsItsVersion();
    void tellsTheStreams();

private:
    NewSlotRule evening() const
    {
        NewSlotRule r;
        r.productId = m_server->data().yacht;
        r.rrule = u"FREQ=DAILY"_s;
        r.tz = u"Asia/Seoul"_s;
        r.startLocal = u"20:00"_s;
        r.durationMin = 60;
        r.capacity = 12;
        r.validFrom = u"2026-03-01"_s;
        return r;
    }
    SlotRule made(const NewSlotRule& wanted)
    {
        const Answer a = m_yacht->post("/v1/slot-rules", wanted);
        if (a.status != 201)
            qFatal("no rule: %s", qPrintable(a.text()));
        return a.as<SlotRule>();
    }
    Answer patch(const SlotRule& rule, const SlotRulePatch& p) { return m_yacht->patch("/v1/slot-rules/" + str(rule.id), p, rule.version); }
    int count(const QString& where, const server::Params& params = {}) { return m_server->query(u"SELECT COUNT(*) FROM slot s JOIN inventory_item i ON i.slot_id = s.id WHERE "_s + where, params).front().number(0); }
    ItemId itemOn(const QString& date, const QString& time = u"20:00"_s)
    {
        for (const Slot& s : m_yacht->get("/v1/slots?limit=500&from=" + date.toStdString()).as<Page<Slot>>().items)
            if (s.localDate == date && s.localTime == time)
                return s.capacity.id;
        qFatal("no slot on %s", qPrintable(date));
        return {};
    }
    ReservationId book(const ItemId& item, int qty)
    {
        NewTicket t;
        t.customerId = m_server->data().customer;
        t.lines = {TicketLine{item, qty}};
        const Ticket ticket = m_server->signedIn(u"store1"_s).post("/v1/tickets", t).as<Ticket>();
        if (!ticket.reservationId)
            qFatal("not booked");
        return *ticket.reservationId;
    }

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<RestSession> m_yacht;
};

void tst_SlotRuleApi::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<TestServer>(TestServer::Options{true, true});
    m_yacht = std::make_unique<RestSession>(m_server->signedIn(u"yacht"_s));
}

void tst_SlotRuleApi::cleanup()
{
    if (!m_server)
        return;
    QCOMPARE(m_server->violations(), QStringList());
    m_yacht.reset();
    m_server.reset();
}

void tst_SlotRuleApi::makesSlotsAtOnce()
{
    NewSlotRule wanted = evening();
    wanted.rrule = u"byday=sa,we;freq=weekly"_s;
    wanted.exdates = {u"2026-03-07"_s};
    const SlotRule rule = made(wanted);
    QCOMPARE(rule.rrule, u"FREQ=WEEKLY;BYDAY=WE,SA"_s);
    QCOMPARE(rule.summary.weekdays.size(), std::size_t(2));
    QCOMPARE(rule.title, u"선셋 요트 90분"_s);
    QCOMPARE(rule.madeUntil, std::optional(u"2026-05-01"_s)); // today and 60 days
    // Wednesdays from 03-04 to 04-29: 9; Saturdays from 03-14 to 04-25: 7.
    QCOMPARE(rule.upcomingSlots, 16);
    QCOMPARE(count(u"s.slot_rule_id = ? AND s.status = 'open' AND i.on_hand = 12 AND i.ledger_seq = 1"_s, {rule.id}), 16);
    QCOMPARE(count(u"s.slot_rule_id = ? AND s.local_date = '2026-03-07'"_s, {rule.id}), 0);
    const auto page = m_yacht->get("/v1/slots?from=2026-03-04&to=2026-03-05").as<Page<Slot>>();
    QCOMPARE(page.items.size(), std::size_t(2)); // the one made by hand, and the rule's
    QCOMPARE(page.items.back().localTime, u"20:00"_s);
    QCOMPARE(toRfc3339(page.items.back().startsAt), u"2026-03-04T11:00:00.000Z"_s);
    QCOMPARE(page.items.back().capacity.available(), 12);
    book(page.items.back().capacity.id, 12);
    QCOMPARE(m_yacht->get("/v1/slot-rules").as<Page<SlotRule>>().items.size(), std::size_t(1));
    QCOMPARE(m_yacht->get("/v1/slot-rules/" + str(rule.id)).as<SlotRule>(), rule);
    QCOMPARE(m_server->signedIn(u"tea"_s).get("/v1/slot-rules").as<Page<SlotRule>>().items.size(), std::size_t(0));
}

void tst_SlotRuleApi::previewsWithoutChanging()
{
    RulePreviewAsk ask{{}, evening()};
    ask.rule.startLocal = u"17:30"_s; // three of these days have a slot made by hand then
    const auto preview = m_yacht->post("/v1/slot-rules/preview", ask).as<RulePreview>();
    QCOMPARE(preview.horizonDays, 60);
    QCOMPARE(preview.total, 61);
    QCOMPARE(preview.made, 58);
    QCOMPARE(preview.occurrences.size(), std::size_t(61));
    QCOMPARE(preview.occurrences.at(0).state, OccurrenceState::Make);
    QCOMPARE(preview.occurrences.at(1).state, OccurrenceState::ByHand);
    QCOMPARE(preview.occurrences.at(0).localDate, u"2026-03-02"_s);
    QCOMPARE(preview.gaps + preview.overlaps + preview.bookedTotal + preview.withdrawn, 0);
    QCOMPARE(count(u"s.slot_rule_id IS NOT NULL"_s), 0);
    QCOMPARE(made(ask.rule).upcomingSlots, 58);
}

void tst_SlotRuleApi::namesClockChanges()
{
    RulePreviewAsk ask{{}, evening()};
    ask.rule.tz = u"America/New_York"_s;
    ask.rule.startLocal = u"02:30"_s;
    auto preview = m_yacht->post("/v1/slot-rules/preview", ask).as<RulePreview>();
    QCOMPARE(preview.gaps, 1);
    const auto gap = std::find_if(preview.occurrences.begin(), preview.occurrences.end(), [](const RuleOccurrence& o) { return o.clockChange == ClockChange::Gap; });
    QVERIFY(gap != preview.occurrences.end());
    QCOMPARE(gap->localDate, u"2026-03-08"_s);
    QCOMPARE(gap->localTime, u"03:30"_s);
    QCOMPARE(toRfc3339(gap->startsAt), u"2026-03-08T07:30:00.000Z"_s);
    ask.rule.tz = u"Australia/Lord_Howe"_s;
    ask.rule.startLocal = u"01:45"_s;
    preview = m_yacht->post("/v1/slot-rules/preview", ask).as<RulePreview>();
    QCOMPARE(preview.overlaps, 1);
    const auto overlap = std::find_if(preview.occurrences.begin(), preview.occurrences.end(), [](const RuleOccurrence& o) { return o.clockChange == ClockChange::Overlap; });
    QCOMPARE(overlap->localDate, u"2026-04-05"_s);
    QCOMPARE(toRfc3339(overlap->startsAt), u"2026-04-04T14:45:00.000Z"_s);
    ask.rule.tz = u"Asia/Seoul"_s;
    preview = m_yacht->post("/v1/slot-rules/preview", ask).as<RulePreview>();
    QCOMPARE(preview.gaps + preview.overlaps, 0);
}

void tst_SlotRuleApi::daysComeByThemselves()
{
    const SlotRule rule = made(evening());
    QCOMPARE(rule.upcomingSlots, 61);
    server::Server& s = m_server->node().server();
    server::SlotMaker one(s.writer, s.reads, s.clock);
    server::SlotMaker two(s.writer, s.reads, s.clock); // as another node would
    const auto total = [&] { return count(u"s.slot_rule_id = ?"_s, {rule.id}); };
    one.look();
    m_server->clock().advance(std::chrono::hours(72));
    one.look();
    two.look();
    QTRY_COMPARE(total(), 64);
    QTRY_COMPARE(m_server->query(u"SELECT made_until FROM slot_rule"_s).front().text(0), u"2026-05-04"_s);
    one.look(); // nothing is missing: nothing is written
    const int audits = m_server->query(u"SELECT COUNT(*) FROM audit_event WHERE action = 'slot_rule.worked_off'"_s).front().number(0);
    m_server->write([&](server::Txn& txn) { QCOMPARE(server::workOffRule(txn, rule.id, 60), 0); });
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM audit_event WHERE action = 'slot_rule.worked_off'"_s).front().number(0), audits);
    QCOMPARE(total(), 64);
}

void tst_SlotRuleApi::newVariantsGetTheirSlots()
{
    const SlotRule rule = made(evening());
    m_server->write([&](server::Txn& txn) {
        txn.db().exec(u"INSERT INTO variant (id, product_id, sku, option_key, enabled, position) VALUES (?, ?, 'YACHT-VIP', 'vip', 1, 2)"_s, {txn.newId<VariantId>(), m_server->data().yacht});
    });
    server::Server& s = m_server->node().server();
    server::SlotMaker maker(s.writer, s.reads, s.clock);
    maker.look();
    QTRY_COMPARE(count(u"s.slot_rule_id = ?"_s, {rule.id}), 122);
}

void tst_SlotRuleApi::growsAndShrinks()
{
    SlotRule rule = made(evening());
    SlotRulePatch p;
    p.capacity = 20;
    const Answer grown = patch(rule, p);
    QVERIFY2(grown.status == 200, qPrintable(grown.text()));
    rule = grown.as<SlotRule>();
    QCOMPARE(rule.version, 2);
    QCOMPARE(count(u"s.slot_rule_id = ? AND i.on_hand = 20 AND i.ledger_seq = 2"_s, {rule.id}), 61);
    p.capacity = 5;
    p.validUntil = u"2026-03-10"_s;
    rule = patch(rule, p).as<SlotRule>();
    QCOMPARE(rule.upcomingSlots, 9); // 03-02 to 03-10
    QCOMPARE(count(u"s.slot_rule_id = ? AND s.status = 'cancelled'"_s, {rule.id}), 52);
    QCOMPARE(count(u"s.slot_rule_id = ? AND s.status = 'open' AND i.on_hand = 5"_s, {rule.id}), 9);
    // What was withdrawn comes back, with the seats of today's rule.
    p = {};
    p.validUntil = QString();
    p.validUntil = u""_s;
    rule = patch(rule, p).as<SlotRule>();
    QVERIFY(!rule.validUntil);
    QCOMPARE(rule.upcomingSlots, 61);
    QCOMPARE(count(u"s.slot_rule_id = ? AND i.on_hand = 5"_s, {rule.id}), 61);
}

void tst_SlotRuleApi::sparesWhatIsBooked()
{
    SlotRule rule = made(evening());
    const ItemId item = itemOn(u"2026-03-05"_s);
    book(item, 9);
    SlotRulePatch p;
    p.capacity = 6;
    RulePreviewAsk ask{rule.id, evening()};
    ask.rule.capacity = 6;
    const auto preview = m_yacht->post("/v1/slot-rules/preview", ask).as<RulePreview>();
    QCOMPARE(preview.changed, 60);
    QCOMPARE(preview.bookedTotal, 1);
    QCOMPARE(preview.booked.at(0).itemId, item);
    QCOMPARE(preview.booked.at(0).missing, 3);
    const Answer refused = patch(rule, p);
    QCOMPARE(refused.status, 409);
    QCOMPARE(refused.code(), u"slots-booked"_s);
    const auto booked = protocol::fromJson<std::vector<AffectedSlot>>(refused.json().at("booked"), true);
    QVERIFY(booked);
    QCOMPARE(booked->size(), std::size_t(1));
    QCOMPARE(booked->at(0).parties.size(), std::size_t(1));
    QCOMPARE(booked->at(0).parties.at(0).customerName, u"김○늘"_s); // a vendor asked
    QCOMPARE(booked->at(0).parties.at(0).qty, 9);
    QCOMPARE(count(u"s.slot_rule_id = ? AND i.on_hand = 12"_s, {rule.id}), 61); // nothing was changed
    p.booked = BookedSlots::Keep;
    rule = patch(rule, p).as<SlotRule>();
    QCOMPARE(count(u"i.id = ? AND i.on_hand = 12 AND s.status = 'open'"_s, {item}), 1);
    QCOMPARE(count(u"s.slot_rule_id = ? AND i.on_hand = 6"_s, {rule.id}), 60);
    p = {};
    p.exdates = std::vector<QString>{u"2026-03-05"_s, u"2026-03-06"_s};
    QCOMPARE(patch(rule, p).code(), u"slots-booked"_s);
    p.booked = BookedSlots::StopSelling;
    rule = patch(rule, p).as<SlotRule>();
    QCOMPARE(count(u"i.id = ? AND i.allocated = 9 AND s.status = 'closed'"_s, {item}), 1);
    QCOMPARE(count(u"s.slot_rule_id = ? AND s.local_date = '2026-03-06' AND s.status = 'cancelled'"_s, {rule.id}), 1);
}

void tst_SlotRuleApi::movesToAnotherTime()
{
    SlotRule rule = made(evening());
    const ItemId item = itemOn(u"2026-03-05"_s);
    const ReservationId r = book(item, 1);
    SlotRulePatch p;
    p.startLocal = u"21:00"_s;
    p.booked = BookedSlots::Keep;
    rule = patch(rule, p).as<SlotRule>();
    QCOMPARE(count(u"s.slot_rule_id = ? AND s.status = 'cancelled'"_s, {rule.id}), 60);
    QCOMPARE(rule.upcomingSlots, 62); // 61 at nine, and the booked one at eight
    QCOMPARE(m_yacht->get("/v1/reservations/" + str(r)).as<ReservationDetail>().reservation.lines.at(0).startsAt, fromRfc3339(u"2026-03-05T11:00:00Z"_s).value());
    // The withdrawn ones are not for sale, nor in the calendar.
    NewTicket t;
    t.customerId = m_server->data().customer;
    t.lines = {TicketLine{itemOn(u"2026-03-06"_s), 1}};
    QCOMPARE(m_server->signedIn(u"store1"_s).post("/v1/tickets", t).as<Ticket>().refusal, std::optional(Refusal::Closed));
    const auto rows = m_yacht->get("/v1/occupancy?from=2026-03-06&days=1").as<Page<OccupancyRow>>();
    QCOMPARE(std::count_if(rows.items.begin(), rows.items.end(), [](const OccupancyRow& row) { return row.label == u"20:00"; }), 0);
}

void tst_SlotRuleApi::leavesWhatPeopleChanged()
{
    SlotRule rule = made(evening());
    CapacityChange close;
    close.action = CapacityAction::Close;
    close.targets = {CapacityTarget{itemOn(u"2026-03-05"_s), {}}};
    close.reason = u"정비"_s;
    QCOMPARE(m_yacht->post("/v1/slots/capacity", close).status, 200);
    CapacityChange more = close;
    more.action = CapacityAction::Capacity;
    more.value = 30;
    more.targets = {CapacityTarget{itemOn(u"2026-03-06"_s), 12}};
    const Answer a = m_yacht->post("/v1/slots/capacity", more);
    QVERIFY2(a.status == 200, qPrintable(a.text()));
    SlotRulePatch p;
    p.capacity = 10;
    rule = patch(rule, p).as<SlotRule>();
    QCOMPARE(count(u"s.local_date = '2026-03-05' AND s.slot_rule_id = ? AND s.status = 'closed' AND i.on_hand = 12"_s, {rule.id}), 1);
    QCOMPARE(count(u"s.local_date = '2026-03-06' AND s.slot_rule_id = ? AND s.status = 'open' AND i.on_hand = 30"_s, {rule.id}), 1);
    QCOMPARE(count(u"s.slot_rule_id = ? AND i.on_hand = 10"_s, {rule.id}), 59);
}

void tst_SlotRuleApi::ends()
{
    SlotRule rule = made(evening());
    const ItemId item = itemOn(u"2026-03-05"_s);
    book(item, 1);
    SlotRuleEnd end{u"시즌 종료"_s, {}};
    const std::string path = "/v1/slot-rules/" + str(rule.id) + "/ending";
    QCOMPARE(m_yacht->post(path, end, {RestSession::ifMatch(rule.version)}).code(), u"slots-booked"_s);
    end.booked = BookedSlots::Keep;
    const Answer ended = m_yacht->post(path, end, {RestSession::ifMatch(rule.version)});
    QVERIFY2(ended.status == 200, qPrintable(ended.text()));
    rule = ended.as<SlotRule>();
    QVERIFY(!rule.active);
    QCOMPARE(rule.upcomingSlots, 1);
    QCOMPARE(m_yacht->get("/v1/slot-rules").as<Page<SlotRule>>().items.size(), std::size_t(0));
    QCOMPARE(m_yacht->get("/v1/slot-rules?ended=1").as<Page<SlotRule>>().items.size(), std::size_t(1));
    QCOMPARE(m_yacht->post(path, end, {RestSession::ifMatch(rule.version)}).code(), u"rule-ended"_s);
    SlotRulePatch p;
    p.capacity = 3;
    QCOMPARE(patch(rule, p).code(), u"rule-ended"_s);
    m_server->clock().advance(std::chrono::hours(72));
    m_server->write([&](server::Txn& txn) { QCOMPARE(server::workOffRule(txn, rule.id, 60), 0); });
}

void tst_SlotRuleApi::refusesWhatIsWrong_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::newRow("rrule") << u"/rrule"_s << u"FREQ=HOURLY"_s;
    QTest::newRow("never") << u"/rrule"_s << u"FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30;COUNT=3;BYDAY=MO"_s;
    QTest::newRow("tz") << u"/tz"_s << u"Asia/Atlantis"_s;
    QTest::newRow("start") << u"/start_local"_s << u"25:00"_s;
    QTest::newRow("from") << u"/valid_from"_s << u"2026-02-30"_s;
    QTest::newRow("until") << u"/valid_until"_s << u"2026-02-01"_s;
    QTest::newRow("exdate") << u"/exdates/0"_s << u"yesterday?"_s;
    QTest::newRow("product") << u"/product_id"_s << u"01ARZ3NDEKTSV4RRFFQ69G5FAV"_s;
    QTest::newRow("variant") << u"/variant_id"_s << u"01ARZ3NDEKTSV4RRFFQ69G5FAV"_s;
}

void tst_SlotRuleApi::refusesWhatIsWrong()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    NewSlotRule r = evening();
    if (field == u"/rrule")
        r.rrule = value;
    else if (field == u"/tz")
        r.tz = value;
    else if (field == u"/start_local")
        r.startLocal = value;
    else if (field == u"/valid_from")
        r.validFrom = value;
    else if (field == u"/valid_until")
        r.validUntil = value;
    else if (field == u"/exdates/0")
        r.exdates = {value};
    else if (field == u"/product_id")
        r.productId = ProductId::parse(QStringView(value)).value();
    else
        r.variantId = VariantId::parse(QStringView(value)).value();
    if (QByteArray(QTest::currentDataTag()) == "never")
        r.validFrom = u"2026-02-01"_s;
    for (const Answer& a : {m_yacht->post("/v1/slot-rules", r), m_yacht->post("/v1/slot-rules/preview", RulePreviewAsk{{}, r})}) {
        QCOMPARE(a.status, 422);
        QVERIFY2(a.text().contains(u"\"field\":\""_s + field), qPrintable(a.text()));
    }
    QCOMPARE(count(u"s.slot_rule_id IS NOT NULL"_s), 0);
}

void tst_SlotRuleApi::guardsItsVersion()
{
    const SlotRule rule = made(evening());
    SlotRulePatch p;
    p.cutoffMin = 30;
    QCOMPARE(m_yacht->patch("/v1/slot-rules/" + str(rule.id), p, 7).status, 412);
    QCOMPARE(patch(rule, p).as<SlotRule>().cutoffMin, 30);
    const Answer stale = patch(rule, p);
    QCOMPARE(stale.status, 412);
    QCOMPARE(stale.json().at("current").at("cutoff_min").as_int64(), 30);
    auto tea = m_server->signedIn(u"tea"_s);
    QCOMPARE(tea.patch("/v1/slot-rules/" + str(rule.id), p, 2).status, 404);
    NewSlotRule foreign = evening();
    QCOMPARE(tea.post("/v1/slot-rules", foreign).status, 422); // there is no such product for them
}

void tst_SlotRuleApi::tellsTheStreams()
{
    EventStream events(m_server->host(), m_server->port(), m_server->signedIn(u"vendor-hangang"_s).tokens().accessToken);
    EventStream others(m_server->host(), m_server->port(), m_server->signedIn(u"vendor-namsan"_s).tokens().accessToken);
    QVERIFY(events.waitOpen() && others.waitOpen());
    const SlotRule rule = made(evening());
    QVERIFY(events.waitFor(u"slot_rule.changed"_s, 5000, [&](const EventStream::Event& e) {
        const auto told = protocol::fromJson<SlotRule>(e.data, true);
        return told && *told == rule;
    }));
    QVERIFY(events.waitFor(u"slot.changed"_s, 5000, [](const EventStream::Event& e) { return e.data.at("local_date").as_string() == "2026-04-30"; }));
    QCOMPARE(events.count(u"slot.changed"_s), 61);
    QCOMPARE(others.count(u"slot.changed"_s), 0);
}

QTEST_GUILESS_MAIN(tst_SlotRuleApi)
#include "tst_SlotRuleApi.moc"
