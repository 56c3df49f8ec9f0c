// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 60
// engines: both
// Tickets, holds, reservations and the monitor's figures through the interface, with bad input and other people's things.
#include "protocol/CancellationFields.h"
#include "server/store/Failpoint.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

NewTicket want(const CustomerId& customer, std::vector<TicketLine> lines, TicketGoal goal = TicketGoal::Confirm)
{
    NewTicket t;
    t.customerId = customer;
    t.goal = goal;
    t.lines = std::move(lines);
    return t;
}

std::string path(const char* collection, const auto& id, const char* rest = "") { return std::string(collection) + id.toString().toStdString() + rest; }

} // namespace

class tst_ReservationApi : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<TestServer> m_server;

    Ticket ticket(RestSession& s, const NewTicket& t)
    {
        const Answer a = s.post("/v1/tickets", t);
        if (a.status != 201)
            qFatal("no ticket: %s", qPrintable(a.text()));
        return a.as<Ticket>();
    }

private Q_SLOTS:
    void initTestCase()
    {
        TestServer::Options options;
        options.fakeClock = true;
        m_server = std::make_unique<TestServer>(options);
    }
    void cleanupTestCase() { m_server.reset(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanup() { QCOMPARE(m_server->violations(), QStringList()); }

    void fromTicketToCancellation()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const Answer made = store.post("/v1/tickets", want(d.customer, {{d.slotItems[0], 2}}), {{"Idempotency-Key", "first"}, {"Prefer", "wait=5"}});
        QCOMPARE(made.status, 201);
        const Ticket t = made.as<Ticket>();
        QCOMPARE(t.status, TicketStatus::Confirmed);
        QCOMPARE(made.headers.at("location"), path("/v1/tickets/", t.id));
        QCOMPARE(made.headers.at("etag"), std::string("\"v2\""));
        const Answer again = store.post("/v1/tickets", want(d.customer, {{d.slotItems[0], 2}}), {{"Idempotency-Key", "first"}});
        QCOMPARE(again.as<Ticket>().id, t.id);
        QCOMPARE(store.post("/v1/tickets", want(d.customer, {{d.slotItems[0], 3}}), {{"Idempotency-Key", "first"}}).code(), u"idempotency-key-reused"_s);
        QCOMPARE(store.get(path("/v1/tickets/", t.id), {{"Prefer", "wait=5"}}).as<Ticket>(), t);

        const Answer read = store.get(path("/v1/reservations/", *t.reservationId));
        const Reservation r = read.as<ReservationDetail>().reservation;
        QCOMPARE(r.total.minor, 90'000);
        const std::string cancel = path("/v1/reservations/", r.id, "/cancellation");
        QCOMPARE(store.post(cancel, ReasonRequest{}).status, 428);
        const Answer stale = store.post(cancel, ReasonRequest{}, {RestSession::ifMatch(1)});
        QCOMPARE(stale.status, 412);
        QCOMPARE(stale.json().at("current").at("version").as_int64(), 2);
        RestSession yacht = m_server->signedIn(u"yacht"_s);
        const Answer forbidden = yacht.post(cancel, ReasonRequest{u"비"_s}, {RestSession::ifMatch(2)});
        QCOMPARE(forbidden.status, 403);
        QCOMPARE(forbidden.code(), u"transition-not-allowed"_s);
        const Answer done = store.post(cancel, ReasonRequest{u"변심"_s}, {RestSession::ifMatch(2)});
        QCOMPARE(done.as<Reservation>().status, ReservationStatus::Cancelled);
        QCOMPARE(store.get(path("/v1/stock/", d.slotItems[0])).as<StockLevel>().available(), 100);
    }

    void holdsAreReleasedAndExtended()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        RestSession staff = m_server->signedIn(u"staff1"_s);
        const Ticket t = ticket(store, want(d.customer, {{d.slotItems[1], 2}}, TicketGoal::Hold));
        const auto holds = staff.get("/v1/holds").as<Page<Hold>>();
        QCOMPARE(holds.items.size(), std::size_t(1));
        const Hold h = holds.items.front();
        QCOMPARE(h.ticketId, std::optional(t.id));
        QCOMPARE(staff.post(path("/v1/holds/", h.id, "/extension"), HoldExtension{5000}, {RestSession::ifMatch(1)}).status, 422);
        const Answer longer = staff.post(path("/v1/holds/", h.id, "/extension"), HoldExtension{300}, {RestSession::ifMatch(1)});
        QCOMPARE(longer.as<Hold>().expiresAt, h.expiresAt + Millis(300'000));
        QCOMPARE(staff.post(path("/v1/holds/", h.id, "/release"), ReasonRequest{}, {RestSession::ifMatch(1)}).status, 412);
        const Answer released = staff.post(path("/v1/holds/", h.id, "/release"), ReasonRequest{u"정리"_s}, {RestSession::ifMatch(2)});
        QCOMPARE(released.as<Hold>().status, HoldStatus::Released);
        QCOMPARE(store.get(path("/v1/tickets/", t.id)).as<Ticket>().status, TicketStatus::Cancelled);
        QCOMPARE(staff.post(path("/v1/holds/", h.id, "/release"), ReasonRequest{}, {RestSession::ifMatch(3)}).code(), u"hold-not-active"_s);

        const Ticket next = ticket(store, want(d.customer, {{d.slotItems[1], 2}}, TicketGoal::Hold));
        QCOMPARE(staff.post(path("/v1/tickets/", next.id, "/confirmation"), ReasonRequest{}).status, 403); // the customer's own, or by rule
        QCOMPARE(store.call("POST", path("/v1/tickets/", next.id, "/confirmation")).as<Ticket>().status, TicketStatus::Confirmed);
        const Ticket third = ticket(store, want(d.customer, {{d.slotItems[1], 1}}, TicketGoal::Hold));
        QCOMPARE(store.post(path("/v1/tickets/", third.id, "/cancellation"), ReasonRequest{}).as<Ticket>().status, TicketStatus::Cancelled);
    }

    void theSweeperEndsWhatIsDue()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const Ticket t = ticket(store, want(d.customer, {{d.slotItems[2], 1}}, TicketGoal::Hold));
        const Ticket refused = ticket(store, want(d.otherCustomer, {{d.slotItems[2], 1}}));
        QCOMPARE(refused.refusal, std::optional(Refusal::HeldByOthers));
        QCOMPARE(refused.soonestExpiry, t.expiresAt);
        m_server->clock().advance(Millis(600'000));
        RestSession later = m_server->signedIn(u"store1"_s); // the old access token is over by now, too
        QTRY_COMPARE(later.get(path("/v1/tickets/", t.id)).as<Ticket>().status, TicketStatus::Expired);
        QCOMPARE(later.get(path("/v1/tickets/", refused.id)).as<Ticket>().soonestExpiry, t.expiresAt);
    }

    void anotherVendorSeesNothing()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        RestSession tea = m_server->signedIn(u"tea"_s);
        RestSession yacht = m_server->signedIn(u"yacht"_s);
        const Ticket t = ticket(store, want(d.customer, {{d.slotItems[0], 1}}));
        const Ticket held = ticket(store, want(d.customer, {{d.slotItems[0], 1}}, TicketGoal::Hold));
        for (const std::string& p : {path("/v1/tickets/", t.id), path("/v1/reservations/", *t.reservationId)}) {
            QCOMPARE(tea.get(p).status, 404);
            QCOMPARE(yacht.get(p).status, 200);
        }
        QCOMPARE(yacht.get(path("/v1/tickets/", t.id)).as<Ticket>().customerName, u"김○늘"_s);
        QCOMPARE(tea.post(path("/v1/tickets/", t.id, "/cancellation"), ReasonRequest{}).status, 404);
        QCOMPARE(tea.call("POST", path("/v1/tickets/", t.id, "/confirmation")).status, 404);
        QCOMPARE(tea.post(path("/v1/holds/", *held.holdId, "/release"), ReasonRequest{}, {RestSession::ifMatch(1)}).status, 404);
        QCOMPARE(tea.post(path("/v1/holds/", *held.holdId, "/extension"), HoldExtension{1}, {RestSession::ifMatch(1)}).status, 404);
        QCOMPARE(tea.post(path("/v1/reservations/", *t.reservationId, "/cancellation"), ReasonRequest{}, {RestSession::ifMatch(2)}).status, 404);
        for (const char* list : {"/v1/tickets", "/v1/holds", "/v1/reservations", "/v1/occupancy?from=2026-03-02"}) {
            QCOMPARE(tea.get(list).json().at("total").as_int64(), 0);
            QVERIFY(yacht.get(list).json().at("total").as_int64() > 0);
        }
        QCOMPARE(tea.get("/v1/queue").as<QueueStats>().openHolds, 0);
        QVERIFY(yacht.get("/v1/queue").as<QueueStats>().openHolds > 0);
        QCOMPARE(tea.post("/v1/tickets", want(d.customer, {{d.slotItems[0], 1}})).status, 422); // not there for this vendor
        store.post(path("/v1/tickets/", held.id, "/cancellation"), ReasonRequest{});
    }

    void listsAndFigures()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        RestSession staff = m_server->signedIn(u"staff1"_s);
        for (int i = 0; i < 5; ++i)
            ticket(store, want(d.customer, {{d.slotItems[0], 1}}));
        QSet<QString> seen;
        std::string next = "/v1/tickets?status=confirmed&limit=2";
        int pages = 0;
        for (; !next.empty(); ++pages) {
            const auto page = staff.get(next).as<Page<Ticket>>();
            for (const Ticket& t : page.items) {
                QVERIFY(!seen.contains(t.id.toString()));
                seen.insert(t.id.toString());
            }
            next = page.next.isEmpty() ? std::string() : "/v1/tickets?status=confirmed&limit=2&after=" + page.next.toStdString();
        }
        QVERIFY(pages >= 3);
        QCOMPARE(staff.get("/v1/tickets?after=tampered").code(), u"cursor-invalid"_s);
        QCOMPARE(staff.get("/v1/tickets?status=nonsense").code(), u"query-invalid"_s);
        QCOMPARE(staff.get("/v1/tickets?nonsense=1").code(), u"query-invalid"_s);
        QCOMPARE(staff.get("/v1/occupancy?from=tomorrow").code(), u"query-invalid"_s);

        const auto rows = staff.get("/v1/occupancy?from=2026-03-02&days=5").as<Page<OccupancyRow>>();
        QCOMPARE(rows.items.size(), std::size_t(1));
        QCOMPARE(rows.items[0].label, u"17:30"_s);
        QCOMPARE(rows.items[0].cells.size(), std::size_t(5));
        QCOMPARE(rows.items[0].cells[0].slotCount, 0);
        QCOMPARE(rows.items[0].cells[1].capacity, 100);
        QCOMPARE(rows.items[0].cells[1].allocated, staff.get(path("/v1/stock/", d.slotItems[0])).as<StockLevel>().allocated);
        QCOMPARE(staff.get("/v1/occupancy?from=2026-03-02&q=%25").as<Page<OccupancyRow>>().items.size(), std::size_t(0)); // a wildcard is a letter here
        const auto queue = staff.get("/v1/queue").as<QueueStats>();
        QCOMPARE(queue.depth, 0);
        QVERIFY(queue.confirmedToday >= 5);
        QVERIFY(queue.cancelledToday >= 1);
        QVERIFY(queue.decisionsPerSecond > 0);
    }

    // A ticket that waits in the table: told at the latest when the caller's time is over, and at once when it is decided.
    void callersMayWaitForTheDecision()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const Ticket made = store.post("/v1/tickets", want(d.customer, {{d.slotItems[0], 1}}, TicketGoal::Hold)).as<Ticket>();
        QCOMPARE(store.get(path("/v1/tickets/", made.id), {{"Prefer", "wait=30"}}).status, 200); // decided: nothing to wait for
        const auto put = [&](const char* status) {
            m_server->write([&](server::Txn& txn) {
                txn.db().exec(u"UPDATE ticket SET status = ? WHERE id = ?"_s, {status, made.id});
                txn.audit(u"test.put"_s, u"ticket"_s, made.id.value, {});
                txn.publish("vendor.changed", {}, u"vendor"_s, Id128{}, 1, {});
            });
        };
        put("queued");
        const Answer undecided = store.get(path("/v1/tickets/", made.id), {{"Prefer", "respond-async, wait=0"}});
        QCOMPARE(undecided.status, 202);
        QCOMPARE(undecided.headers.at("preference-applied"), std::string("wait=0"));
        QCOMPARE(store.get(path("/v1/tickets/", made.id)).status, 200); // without the preference
        std::atomic<int> status{0};
        std::thread waiting([&] {
            RestSession other = m_server->signedIn(u"store2"_s);
            const Answer told = other.get(path("/v1/tickets/", made.id), {{"Prefer", "wait=30"}});
            status = told.status * 1000 + int(told.as<Ticket>().status == TicketStatus::Held);
        });
        QCOMPARE(status.load(), 0);
        put("held");
        QTRY_VERIFY_WITH_TIMEOUT(status.load() != 0, 5000);
        waiting.join();
        QCOMPARE(status.load(), 200'001);
    }

    void badInputIsRefusedClearly()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const std::string item = d.slotItems[0].toString().toStdString();
        const std::string customer = d.customer.toString().toStdString();
        const auto code = [&](const std::string& body) { const Answer a = store.postText("/v1/tickets", body); return QString::number(a.status) + u' ' + a.code(); };
        QCOMPARE(code("{"), u"400 json-invalid"_s);
        QCOMPARE(code("{}"), u"422 body-invalid"_s);
        QCOMPARE(code(R"({"customer_id":")" + customer + R"(","lines":[]})"), u"422 body-invalid"_s);
        QCOMPARE(code(R"({"customer_id":")" + customer + R"(","lines":[{"item_id":")" + item + R"(","qty":0}]})"), u"422 body-invalid"_s);
        QCOMPARE(code(R"({"customer_id":")" + customer + R"(","surprise":1,"lines":[{"item_id":")" + item + R"(","qty":1}]})"), u"422 body-invalid"_s);
        QCOMPARE(code(R"({"customer_id":")" + item + R"(","lines":[{"item_id":")" + item + R"(","qty":1}]})"), u"422 body-invalid"_s);
        QCOMPARE(store.get("/v1/tickets/nonsense").status, 404);
        QCOMPARE(store.get(path("/v1/tickets/", d.customer)).status, 404);
        RestSession admin = m_server->signedIn(u"admin1"_s);
        QCOMPARE(admin.post("/v1/tickets", want(d.customer, {{d.slotItems[0], 1}})).status, 403);
        QCOMPARE(admin.get("/v1/tickets").status, 200);
    }

    void aFullDiskPromisesNothing()
    {
#ifndef NARU_FAILPOINTS
        QSKIP("this build has no failpoints");
#else
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const auto before = store.get(path("/v1/stock/", d.slotItems[0])).as<StockLevel>();
        const NewTicket one = want(d.customer, {{d.slotItems[0], 1}});
        QCOMPARE(server::armFailpoint(u"batch.before_commit=error:ENOSPC"_s), QString());
        const Answer full = store.post("/v1/tickets", one, {{"Idempotency-Key", "disk"}});
        server::clearFailpoints();
        QCOMPARE(full.status, 503);
        QVERIFY(full.headers.count("retry-after") == 1);
        QCOMPARE(store.get(path("/v1/stock/", d.slotItems[0])).as<StockLevel>(), before);
        const Answer again = store.post("/v1/tickets", one, {{"Idempotency-Key", "disk"}});
        QCOMPARE(again.status, 201);
        QCOMPARE(store.get(path("/v1/stock/", d.slotItems[0])).as<StockLevel>().allocated, before.allocated + 1);
#endif
    }

    void titlesInTheLanguageAskedFor()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const NewTicket two = want(d.customer, {{d.slotItems[0], 1}, {d.slotItems[1], 1}});
        QVERIFY(store.post("/v1/tickets", two).as<Ticket>().title.endsWith(u"외 1건"_s));
        QVERIFY(store.post("/v1/tickets", two, {{"Accept-Language", "en"}}).as<Ticket>().title.endsWith(u"and 1 more"_s));
    }
};

QTEST_GUILESS_MAIN(tst_ReservationApi)
#include "tst_ReservationApi.moc"
