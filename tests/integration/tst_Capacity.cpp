// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// engines: both
// Changes of what can be sold: what would leave sold seats without a place is refused with names, and done by choice.
#include "protocol/SlotRuleFields.h"
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

class tst_Capacity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void namesWhoIsAffected();
    void keepsOverbooked();
    void stopsSelling();
    void lowersToSold();
    void cancelsChosen();
    void cancelsAllOrNothing();
    void closesAndOpens();
    void overbooksWithAReason();
    void keepsSafetyBack();
    void changesManyAtOnce();
    void changesAllOrNothing();
    void noticesAnotherHand();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void showsHoursAndProducts();

private:
    const SmallData& d() const { return m_server->data(); }
    ItemId item() const { return d().slotItems.at(1); } // eight seats
    Ticket ask(const ItemId& item, int qty, TicketGoal goal = TicketGoal::Confirm, bool other = false)
    {
        NewTicket t;
        t.customerId = other ? d().otherCustomer : d().customer;
        t.goal = goal;
        t.lines = {TicketLine{item, qty}};
        return m_server->signedIn(u"store1"_s).post("/v1/tickets", t).as<Ticket>();
    }
    CapacityChange change(CapacityAction action, std::optional<std::int64_t> value = {}) const
    {
        CapacityChange c;
        c.action = action;
        c.value = value;
        c.targets = {CapacityTarget{item(), {}}};
        c.reason = u"정비"_s;
        return c;
    }
    Answer send(const CapacityChange& c, const QString& login = u"staff1"_s) { return m_server->signedIn(login).post("/v1/slots/capacity", c); }
    QString stateOf(const Ticket& t)
    {
        const server::Row row = m_server->query(u"SELECT status, cancel_reason FROM reservation WHERE id = ?"_s, {*t.reservationId}).front();
        return row.text(0) + u' ' + row.text(1);
    }
    StockLevel level(const ItemId& item) { return m_server->signedIn(u"staff2"_s).get("/v1/stock/" + str(item)).as<StockLevel>(); }
    Slot slot() { return m_server->signedIn(u"staff2"_s).get("/v1/slots?product_id=" + str(d().yacht)).as<Page<Slot>>().items.at(1); }
    static CapacityImpact impactOf(const Answer& a)
    {
        const auto impact = protocol::fromJson<CapacityImpact>(a.json().at("impact"), true);
        if (!impact)
            qFatal("no impact: %s", qPrintable(a.text()));
        return *impact;
    }

    std::unique_ptr<TestServer> m_server;
};

void tst_Capacity::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<TestServer>(TestServer::Options{true, true});
}

void tst_Capacity::cleanup()
{
    if (m_server)
        QCOMPARE(m_server->violations(), QStringList());
    m_server.reset();
}

void tst_Capacity::namesWhoIsAffected()
{
    const Ticket booked = ask(item(), 4);
    const Ticket held = ask(item(), 2, TicketGoal::Hold, true);
    const Answer a = send(change(CapacityAction::Capacity, 5));
    QCOMPARE(a.status, 409);
    QCOMPARE(a.code(), u"capacity-below-sold"_s);
    const CapacityImpact impact = impactOf(a);
    QCOMPARE(impact.total, 1);
    QCOMPARE(impact.choices.size(), std::size_t(4));
    const AffectedSlot& s = impact.slots.at(0);
    QCOMPARE(s.missing, 1);
    QCOMPARE(s.wanted, std::optional<std::int64_t>(5));
    QCOMPARE(s.allocated, 4);
    QCOMPARE(s.held, 2);
    QCOMPARE(s.parties.size(), std::size_t(2));
    QCOMPARE(s.parties.at(0).reservationId, booked.reservationId);
    QCOMPARE(s.parties.at(0).customerName, u"김하늘"_s);
    QCOMPARE(s.parties.at(1).holdId, held.holdId);
    QCOMPARE(s.parties.at(1).code, held.code);
    QCOMPARE(s.parties.at(1).expiresAt, held.expiresAt);
    // The vendor sees no full name and cancels nobody.
    const CapacityImpact own = impactOf(send(change(CapacityAction::Capacity, 5), u"yacht"_s));
    QCOMPARE(own.slots.at(0).parties.at(0).customerName, u"김○늘"_s);
    QVERIFY(std::find(own.choices.begin(), own.choices.end(), CapacityChoice::CancelChosen) == own.choices.end());
    QCOMPARE(level(item()).onHand, 8);
    QCOMPARE(send(change(CapacityAction::Capacity, 6)).status, 200); // just enough
    QCOMPARE(level(item()).onHand, 6);
}

void tst_Capacity::keepsOverbooked()
{
    ask(item(), 7);
    CapacityChange c = change(CapacityAction::Capacity, 4);
    c.choice = CapacityChoice::KeepOverbooked;
    const Answer a = send(c);
    QVERIFY2(a.status == 200, qPrintable(a.text()));
    const StockLevel after = level(item());
    QCOMPARE(after.onHand, 4);
    QCOMPARE(after.overbook, 3);
    QCOMPARE(after.available(), 0);
    QCOMPARE(a.as<CapacityResult>().levels.at(0), after);
    QVERIFY(m_server->query(u"SELECT diff_json FROM audit_event WHERE action = 'stock.overbook'"_s).front().text(0).contains(u"정비"_s));
    const auto rows = m_server->signedIn(u"staff1"_s).get("/v1/occupancy?days=3&from=2026-03-03").as<Page<OccupancyRow>>();
    QVERIFY(rows.items.at(0).cells.at(1).overbooked);
    QVERIFY(!rows.items.at(0).cells.at(0).overbooked);
}

void tst_Capacity::stopsSelling()
{
    ask(item(), 7);
    CapacityChange c = change(CapacityAction::Capacity, 4);
    c.choice = CapacityChoice::StopSelling;
    QCOMPARE(send(c).status, 200);
    QCOMPARE(level(item()).onHand, 8);
    QCOMPARE(slot().status, SlotStatus::Closed);
    QCOMPARE(ask(item(), 1).refusal, std::optional(Refusal::Closed));
}

void tst_Capacity::lowersToSold()
{
    ask(item(), 7);
    CapacityChange c = change(CapacityAction::Capacity, 4);
    c.choice = CapacityChoice::LowerToSold;
    QCOMPARE(send(c).status, 200);
    QCOMPARE(level(item()).onHand, 7);
    QCOMPARE(ask(item(), 1).refusal, std::optional(Refusal::SoldOut));
}

void tst_Capacity::cancelsChosen()
{
    const Ticket first = ask(item(), 3);
    const Ticket second = ask(item(), 4, TicketGoal::Confirm, true);
    CapacityChange c = change(CapacityAction::Capacity, 4);
    c.choice = CapacityChoice::CancelChosen;
    c.cancel = {*first.reservationId};
    const Answer a = send(c);
    QVERIFY2(a.status == 200, qPrintable(a.text()));
    QCOMPARE(a.as<CapacityResult>().cancelled, std::vector<ReservationId>{*first.reservationId});
    auto staff = m_server->signedIn(u"staff1"_s);
    const auto gone = staff.get("/v1/reservations/" + str(*first.reservationId)).as<ReservationDetail>().reservation;
    QCOMPARE(gone.status, ReservationStatus::Cancelled);
    QCOMPARE(gone.cancelReason, u"closed by operator: 정비"_s);
    QCOMPARE(staff.get("/v1/reservations/" + str(*second.reservationId)).as<ReservationDetail>().reservation.status, ReservationStatus::Confirmed);
    QCOMPARE(level(item()).onHand, 4);
    QCOMPARE(level(item()).available(), 0);
    QCOMPARE(slot().status, SlotStatus::Open);
}

void tst_Capacity::cancelsAllOrNothing()
{
    const Ticket first = ask(item(), 3);
    ask(item(), 4, TicketGoal::Confirm, true);
    CapacityChange c = change(CapacityAction::Capacity, 2);
    c.choice = CapacityChoice::CancelChosen;
    c.cancel = {*first.reservationId};
    const Answer a = send(c); // four are still there
    QCOMPARE(a.code(), u"capacity-below-sold"_s);
    QCOMPARE(impactOf(a).slots.at(0).missing, 2);
    QCOMPARE(m_server->signedIn(u"staff1"_s).get("/v1/reservations/" + str(*first.reservationId)).as<ReservationDetail>().reservation.status, ReservationStatus::Confirmed);
    QCOMPARE(slot().status, SlotStatus::Open);
    QCOMPARE(level(item()).allocated, 7);
    c.cancel = {ReservationId::parse(std::string_view("01ARZ3NDEKTSV4RRFFQ69G5FAV")).value()};
    QCOMPARE(send(c).status, 422);
    QCOMPARE(send(c, u"yacht"_s).status, 422); // no choice of a vendor's
}

void tst_Capacity::closesAndOpens()
{
    ask(item(), 2);
    CapacityChange c = change(CapacityAction::Close);
    QCOMPARE(send(c).code(), u"capacity-below-sold"_s);
    c.choice = CapacityChoice::StopSelling;
    EventStream events(m_server->host(), m_server->port(), m_server->signedIn(u"admin1"_s).tokens().accessToken);
    QVERIFY(events.waitOpen());
    QCOMPARE(send(c).as<CapacityResult>().changed, 1);
    QVERIFY(events.waitFor(u"slot.changed"_s, 5000, [](const EventStream::Event& e) { return e.data.at("status").as_string() == "closed"; }));
    QCOMPARE(slot().status, SlotStatus::Closed);
    QCOMPARE(send(c).as<CapacityResult>().changed, 0); // closed already
    QCOMPARE(send(change(CapacityAction::Open)).as<CapacityResult>().changed, 1);
    QVERIFY(ask(item(), 6).reservationId);
    m_server->clock().advance(std::chrono::hours(72));
    QCOMPARE(send(change(CapacityAction::Close)).code(), u"slot-begun"_s);
}

void tst_Capacity::overbooksWithAReason()
{
    ask(item(), 8);
    QCOMPARE(ask(item(), 1).refusal, std::optional(Refusal::SoldOut));
    CapacityChange c = change(CapacityAction::Overbook, 2);
    c.reason = QString();
    QCOMPARE(send(c).status, 422);
    c.reason = u"취소가 잦은 시간"_s;
    QCOMPARE(send(c).status, 200);
    QVERIFY(ask(item(), 2).reservationId);
    QCOMPARE(level(item()).available(), 0);
    c.value = 1;
    QCOMPARE(send(c).code(), u"capacity-below-sold"_s);
    c.choice = CapacityChoice::LowerToSold;
    QCOMPARE(send(c).status, 200);
    QCOMPARE(level(item()).overbook, 2);
}

void tst_Capacity::keepsSafetyBack()
{
    QCOMPARE(send(change(CapacityAction::Safety, 3)).status, 200);
    QCOMPARE(level(item()).available(), 5);
    QCOMPARE(ask(item(), 6).refusal, std::optional(Refusal::SoldOut));
    QVERIFY(ask(item(), 5).reservationId);
    // Goods too; but their stock is received, not set.
    CapacityChange goods = change(CapacityAction::Safety, 4);
    goods.targets = {CapacityTarget{d().teaStock.at(1), 0}};
    QCOMPARE(send(goods).status, 200);
    QCOMPARE(level(d().teaStock.at(1)).available(), 6);
    goods.action = CapacityAction::Capacity;
    QCOMPARE(send(goods).status, 422);
}

void tst_Capacity::changesManyAtOnce()
{
    CapacityChange c = change(CapacityAction::Capacity, 20);
    c.targets.clear();
    c.range = SlotRange{d().yacht, {}, u"2026-03-03"_s, u"2026-03-04"_s};
    const auto done = send(c, u"yacht"_s).as<CapacityResult>();
    QCOMPARE(done.changed, 2);
    QCOMPARE(level(d().slotItems.at(0)).onHand, 20);
    QCOMPARE(level(d().slotItems.at(1)).onHand, 20);
    QCOMPARE(level(d().slotItems.at(2)).onHand, 1);
    c.range->from = u"2027-01-01"_s;
    c.range->to = u"2027-12-31"_s;
    QCOMPARE(send(c).code(), u"no-slots"_s);
}

void tst_Capacity::changesAllOrNothing()
{
    ask(item(), 5);
    CapacityChange c = change(CapacityAction::Capacity, 3);
    c.targets = {CapacityTarget{d().slotItems.at(0), {}}, CapacityTarget{item(), {}}};
    const Answer a = send(c);
    QCOMPARE(impactOf(a).total, 1);
    QCOMPARE(level(d().slotItems.at(0)).onHand, 100);
    c.choice = CapacityChoice::LowerToSold;
    QCOMPARE(send(c).as<CapacityResult>().changed, 2);
    QCOMPARE(level(d().slotItems.at(0)).onHand, 3);
    QCOMPARE(level(item()).onHand, 5);
    c.targets.push_back(CapacityTarget{ItemId::parse(std::string_view("01ARZ3NDEKTSV4RRFFQ69G5FAV")).value(), {}});
    c.value = 50;
    QCOMPARE(send(c).status, 404);
    QCOMPARE(level(d().slotItems.at(0)).onHand, 3);
}

void tst_Capacity::noticesAnotherHand()
{
    CapacityChange c = change(CapacityAction::Capacity, 10);
    c.targets.front().expected = 8;
    ask(item(), 2); // a booking is no change of the figure
    QCOMPARE(send(c).status, 200);
    const Answer again = send(c, u"yacht"_s);
    QCOMPARE(again.code(), u"figure-changed"_s);
    QCOMPARE(again.json().at("current").at("on_hand").as_int64(), 10);
}

void tst_Capacity::refusesWhatIsWrong_data()
{
    QTest::addColumn<QString>("body");
    const char* rows[] = {R"({"action":"close","reason":"x"})", R"({"action":"close","reason":"x","targets":[]})", R"({"action":"capacity","reason":"x","targets":[{"item_id":"%1"}]})",
        R"({"action":"close","value":3,"reason":"x","targets":[{"item_id":"%1"}]})", R"({"action":"open","choice":"stop_selling","reason":"x","targets":[{"item_id":"%1"}]})",
        R"({"action":"close","reason":"   ","targets":[{"item_id":"%1"}]})", R"({"action":"safety","value":-1,"reason":"x","targets":[{"item_id":"%1"}]})",
        R"({"action":"close","cancel":["%1"],"reason":"x","targets":[{"item_id":"%1"}]})",
        R"({"action":"close","reason":"x","range":{"product_id":"%1","from":"2026-13-01","to":"2026-03-04"}})"};
    for (const char* row : rows)
        QTest::newRow(row) << QString::fromLatin1(row);
}

void tst_Capacity::refusesWhatIsWrong()
{
    QFETCH(QString, body);
    const std::string text = QString(body).replace(u"%1"_s, item().toString()).toStdString();
    const Answer a = m_server->signedIn(u"staff1"_s).postText("/v1/slots/capacity", text);
    QVERIFY2(a.status == 422, qPrintable(a.text()));
    QCOMPARE(level(item()).version, 2);
}

void tst_Capacity::showsHoursAndProducts()
{
    ask(item(), 7);
    CapacityChange c = change(CapacityAction::Capacity, 4);
    c.choice = CapacityChoice::KeepOverbooked;
    QCOMPARE(send(c).status, 200);
    auto staff = m_server->signedIn(u"staff1"_s);
    const auto hours = staff.get("/v1/occupancy?unit=hour&from=2026-03-04").as<Page<OccupancyRow>>();
    QCOMPARE(hours.items.size(), std::size_t(1));
    QCOMPARE(hours.items.at(0).cells.size(), std::size_t(24));
    const OccupancyCell& five = hours.items.at(0).cells.at(17);
    QCOMPARE(five.hour, std::optional(17));
    QCOMPARE(five.date, u"2026-03-04"_s);
    QCOMPARE(five.itemId, item());
    QCOMPARE(five.capacity, 4);
    QCOMPARE(five.allocated, 7);
    QVERIFY(five.overbooked && !five.closed);
    QCOMPARE(hours.items.at(0).cells.at(16).slotCount, 0);
    NewSlot noon{d().yachtVariant, fromRfc3339(u"2026-03-04T03:00:00Z"_s).value(), 60, u"Asia/Seoul"_s, 10};
    QCOMPARE(staff.post("/v1/slots", noon).status, 201);
    QCOMPARE(staff.get("/v1/occupancy?from=2026-03-03&days=3").as<Page<OccupancyRow>>().items.size(), std::size_t(2)); // two start times
    const auto products = staff.get("/v1/occupancy?from=2026-03-03&days=3&by=product").as<Page<OccupancyRow>>();
    QCOMPARE(products.items.size(), std::size_t(1));
    QCOMPARE(products.items.at(0).label, QString());
    QCOMPARE(products.items.at(0).cells.at(1).slotCount, 2);
    QCOMPARE(products.items.at(0).cells.at(1).capacity, 14);
    for (const char* wrong : {"?unit=week", "?by=vendor", "?unit=hour&days=2"})
        QCOMPARE(staff.get(std::string("/v1/occupancy") + wrong).code(), u"query-invalid"_s);
}

QTEST_GUILESS_MAIN(tst_Capacity)
#include "tst_Capacity.moc"
