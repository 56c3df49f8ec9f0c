// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 90
// engines: both
// Cancelling, moving, check-in and what is shown of them through the interface: many at once, other people's things, bad input.
#include "core/Home.h"
#include "protocol/CancellationFields.h"
#include "protocol/SessionFields.h"
#include "support/PaidOrder.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <thread>

using namespace naru;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

std::string at(const ReservationId& id, const char* rest = "") { return "/v1/reservations/" + id.toString().toStdString() + rest; }

} // namespace

class tst_CancellationApi : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<TestServer> m_server;

    ReservationId book(RestSession& s, std::vector<TicketLine> lines)
    {
        NewTicket t;
        t.customerId = m_server->data().customer;
        t.lines = std::move(lines);
        const Answer a = s.post("/v1/tickets", t);
        if (a.status != 201 || !a.as<Ticket>().reservationId)
            qFatal("not booked: %s", qPrintable(a.text()));
        return *a.as<Ticket>().reservationId;
    }
    std::int64_t taken(const ItemId& item) { return m_server->query(u"SELECT allocated FROM inventory_item WHERE id = ?"_s, {item}).front().integer(0); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        TestServer::Options options;
        options.fakeClock = true;
        m_server = std::make_unique<TestServer>(options);
    }
    void cleanup()
    {
        QCOMPARE(m_server->violations(), QStringList());
        m_server.reset();
    }

    void fromQuoteToRefund()
    {
        const SmallData& d = m_server->data();
        RestSession staff = m_server->signedIn(u"staff1"_s);
        RestSession store = m_server->signedIn(u"store1"_s);
        const Answer made = staff.post("/v1/cancellation-policies", NewPolicy{u"standard"_s, 0, 10'000, {{20, 10'000, 0, {}}, {3, 5'000, 0, {}}}});
        const bool first = made.status == 201; // the small market may have its own standard policy already
        if (!first) {
            const int base = static_cast<int>(made.json().at("newest_revision").as_int64());
            QCOMPARE(staff.post("/v1/cancellation-policies", NewPolicy{u"standard"_s, base, 10'000, {{20, 10'000, 0, {}}, {3, 5'000, 0, {}}}}).status, 201);
        }
        const ReservationId id = book(store, {{d.slotItems[0], 2}});
        const auto unpaid = store.get(at(id, "/cancellation-quote")).as<CancellationQuote>();
        QCOMPARE(unpaid.paid.minor, 0);
        QCOMPARE(unpaid.refund.minor, 0);
        QCOMPARE(unpaid.refundOfPriceMinor, 90'000);
        m_server->write([&](server::Txn& txn) { payFor(txn, id, 90'000); });
        const auto quote = store.get(at(id, "/cancellation-quote")).as<CancellationQuote>();
        QCOMPARE(quote.refund.minor, 90'000);
        QCOMPARE(quote.fee.minor, 0);
        QCOMPARE(quote.steps.size(), std::size_t(3));
        m_server->clock().advance(*quote.nextStepAt - m_server->clock().now());
        RestSession later = m_server->signedIn(u"store1"_s);
        CancelRequest request;
        request.reason = u"변심"_s;
        request.expectedRefundMinor = quote.refund.minor;
        const Answer changed = later.post(at(id, "/cancellation"), request, {RestSession::ifMatch(2)});
        QCOMPARE(changed.status, 409);
        QCOMPARE(changed.code(), u"refund-changed"_s);
        QCOMPARE(changed.json().at("quote").at("refund").at("minor").as_int64(), 45'000);
        QCOMPARE(taken(d.slotItems[0]), 2);
        request.expectedRefundMinor = 45'000;
        const Answer done = later.post(at(id, "/cancellation"), request, {RestSession::ifMatch(2), {"Idempotency-Key", "once"}});
        QCOMPARE(done.status, 200);
        QCOMPARE(done.as<Reservation>().status, ReservationStatus::Cancelled);
        const Answer again = later.post(at(id, "/cancellation"), request, {RestSession::ifMatch(2), {"Idempotency-Key", "once"}});
        QCOMPARE(again.body, done.body);
        QCOMPARE(again.headers.at("idempotency-replayed"), std::string("true"));
        request.reason = u"다른 이유"_s;
        QCOMPARE(later.post(at(id, "/cancellation"), request, {RestSession::ifMatch(2), {"Idempotency-Key", "once"}}).status, 422);
        QCOMPARE(later.post(at(id, "/cancellation"), request, {RestSession::ifMatch(4)}).code(), u"already-cancelled"_s);
        const auto detail = later.get(at(id)).as<ReservationDetail>();
        QCOMPARE(detail.refunds.size(), std::size_t(1));
        QCOMPARE(detail.refunds.front().status, RefundStatus::Approved);
        QCOMPARE(detail.payments.front().refunded.minor, 0); // nothing has moved
        QCOMPARE(taken(d.slotItems[0]), 0);
    }

    // Several callers, many reservations, each asked for twice: every one is cancelled once.
    void manyAtOnce()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        std::vector<ReservationId> ids;
        for (int i = 0; i < 40; ++i)
            ids.push_back(book(store, {{d.slotItems[0], 1 + i % 3}}));
        std::atomic<int> cancelled{0}, refused{0}, odd{0};
        std::vector<std::thread> callers;
        for (const QString& login : {u"store2"_s, u"store3"_s, u"staff1"_s, u"support1"_s}) {
            RestSession s = m_server->signedIn(login);
            callers.emplace_back([&, s = std::move(s), backwards = callers.size() % 2 == 1]() mutable {
                for (std::size_t n = 0; n < ids.size(); ++n) {
                    const ReservationId& id = ids[backwards ? ids.size() - 1 - n : n];
                    const int status = s.post(at(id, "/cancellation"), CancelRequest{}, {RestSession::ifMatch(2)}).status;
                    ++(status == 200 ? cancelled : status == 412 ? refused : odd);
                }
            });
        }
        for (std::thread& t : callers)
            t.join();
        QCOMPARE(odd.load(), 0);
        QCOMPARE(cancelled.load(), 40);
        QCOMPARE(refused.load(), 120);
        QCOMPARE(taken(d.slotItems[0]), 0);
    }

    void whatWaitsIsShownToPeople()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const ReservationId id = book(store, {{d.slotItems[1], 1}});
        CancelRequest wish;
        wish.reason = u"태풍"_s;
        wish.goodwill = true;
        const Answer asked = store.post(at(id, "/cancellation"), wish, {RestSession::ifMatch(2)});
        QCOMPARE(asked.status, 202);
        QCOMPARE(asked.as<Reservation>().status, ReservationStatus::CancelRequested);
        const auto waiting = [&](const QString& login) {
            RestSession s = m_server->signedIn(login);
            const auto home = s.get("/v1/home").as<HomeSummary>();
            return std::count_if(home.attention.begin(), home.attention.end(), [&](const Attention& a) { return a.kind == AttentionKind::CancelRequested && a.entityId == id.toString(); });
        };
        QCOMPARE(waiting(u"staff1"_s), 1);
        QCOMPARE(waiting(u"yacht"_s), 1);
        QCOMPARE(waiting(u"tea"_s), 0);
        RestSession support = m_server->signedIn(u"support1"_s);
        QCOMPARE(support.post(at(id, "/cancellation-refusal"), ReasonRequest{u"규정"_s}, {RestSession::ifMatch(3)}).as<Reservation>().status, ReservationStatus::Confirmed);
        QCOMPARE(waiting(u"staff1"_s), 0);
    }

    void listsAndTheirFilters()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const ReservationId one = book(store, {{d.slotItems[0], 1}});
        const ReservationId two = book(store, {{d.slotItems[1], 1}});
        QCOMPARE(store.post(at(two, "/cancellation"), CancelRequest{}, {RestSession::ifMatch(2)}).status, 200);
        const auto found = [&](RestSession& s, const std::string& query) {
            QStringList ids;
            for (const Reservation& r : s.get("/v1/reservations" + query).as<Page<Reservation>>().items)
                ids << r.id.toString();
            return ids;
        };
        QCOMPARE(found(store, "").size(), 2);
        QCOMPARE(found(store, "?status=confirmed"), QStringList{one.toString()});
        QCOMPARE(found(store, "?status=cancelled,confirmed").size(), 2);
        QCOMPARE(found(store, "?slot_id=" + d.slots[1].toString().toStdString()), QStringList{two.toString()});
        QCOMPARE(found(store, "?product_id=" + d.tea.toString().toStdString()), QStringList());
        const QString code = store.get(at(one)).as<ReservationDetail>().reservation.code;
        QCOMPARE(found(store, "?q=" + code.toLower().toStdString()), QStringList{one.toString()});
        const QString day = m_server->query(u"SELECT local_date FROM slot WHERE id = ?"_s, {d.slots[1]}).front().text(0);
        QCOMPARE(found(store, "?from=" + day.toStdString() + "&to=" + day.toStdString()), QStringList{two.toString()});
        const auto page = store.get("/v1/reservations?limit=1").as<Page<Reservation>>();
        QCOMPARE(page.total, 2);
        const auto next = store.get("/v1/reservations?limit=1&after=" + page.next.toStdString()).as<Page<Reservation>>();
        QVERIFY(next.items.front().id != page.items.front().id && next.next.isEmpty());
        for (const char* bad : {"?status=lost", "?slot_id=x", "?from=yesterday", "?to=2026-02-30", "?after=abc", "?limit=0"})
            QCOMPARE(store.get(std::string("/v1/reservations") + bad).status, 400);
        QCOMPARE(store.get(at(one, "/move-quote?lines=x")).status, 400);
        QCOMPARE(store.get(at(one, "/move-quote")).status, 400);
    }

    void aVendorSeesItsOwnOnly()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        RestSession yacht = m_server->signedIn(u"yacht"_s);
        RestSession tea = m_server->signedIn(u"tea"_s);
        const ReservationId id = book(store, {{d.slotItems[0], 1}});
        const auto detail = yacht.get(at(id)).as<ReservationDetail>();
        QCOMPARE(detail.reservation.customerName, u"김○늘"_s);
        QVERIFY(std::all_of(detail.history.begin(), detail.history.end(), [](const HistoryEntry& h) { return h.actorName.isEmpty(); }));
        for (const char* rest : {"", "/cancellation-quote", "/move-quote?lines=01ARZ3NDEKTSV4RRFFQ69G5FAV:1"})
            QCOMPARE(tea.get(at(id, rest)).status, 404);
        for (const char* rest : {"/cancellation", "/check-in", "/check-in-undo", "/no-show", "/completion", "/cancellation-refusal"})
            QCOMPARE(tea.post(at(id, rest), ReasonRequest{}, {RestSession::ifMatch(2)}).status, 404);
        QCOMPARE(yacht.post(at(id, "/cancellation"), CancelRequest{}, {RestSession::ifMatch(2)}).code(), u"transition-not-allowed"_s);
        QCOMPARE(yacht.call("POST", at(id, "/check-in"), {}, {RestSession::ifMatch(2)}).as<Reservation>().status, ReservationStatus::CheckedIn);
        QCOMPARE(yacht.get("/v1/refunds").json().at("total").as_int64(), 0);
    }

    // The sweeper of the running server closes what is over.
    void theServerClosesOut()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const ReservationId id = book(store, {{d.slotItems[0], 3}});
        m_server->clock().advance(Millis(3 * 86'400'000LL));
        RestSession later = m_server->signedIn(u"store1"_s);
        QTRY_COMPARE_WITH_TIMEOUT(later.get(at(id)).as<ReservationDetail>().reservation.status, ReservationStatus::Completed, 10'000);
        const auto detail = later.get(at(id)).as<ReservationDetail>();
        QCOMPARE(detail.pieces.front().status, PieceStatus::Consumed);
        QTRY_COMPARE_WITH_TIMEOUT(later.get(at(id)).as<ReservationDetail>().pieces.front().slotStatus, SlotStatus::Past, 10'000);
        QCOMPARE(taken(d.slotItems[0]), 0);
    }

    void aMoveIsAllOrNothing()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const ReservationId id = book(store, {{d.slotItems[0], 2}});
        MoveRequest move;
        move.lines = {{d.slotItems[2], 2}};
        const Answer full = store.post(at(id, "/move"), move, {RestSession::ifMatch(2)});
        QCOMPARE(full.status, 409);
        QCOMPARE(full.code(), u"piece_unavailable"_s);
        QCOMPARE(QString::fromUtf8(full.json().at("refused_item").as_string().c_str()), d.slotItems[2].toString());
        QCOMPARE(taken(d.slotItems[0]), 2);
        move.lines = {{d.slotItems[1], 2}};
        QCOMPARE(store.post(at(id, "/move"), move).status, 428);
        QCOMPARE(store.post(at(id, "/move"), move, {RestSession::ifMatch(1)}).status, 412);
        const Answer moved = store.post(at(id, "/move"), move, {RestSession::ifMatch(2)});
        QCOMPARE(moved.as<Reservation>().lines.front().itemId, d.slotItems[1]);
        QCOMPARE(taken(d.slotItems[0]), 0);
        QCOMPARE(taken(d.slotItems[1]), 2);
        for (const char* bad : {"{}", "{\"lines\":[]}", "{\"lines\":[{\"item_id\":\"x\",\"qty\":1}]}", "{\"lines\":[{\"item_id\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"qty\":0}]}"})
            QCOMPARE(store.postText(at(id, "/move"), bad, {RestSession::ifMatch(3)}).status, 422);
    }

    void policiesOfProducts()
    {
        const SmallData& d = m_server->data();
        RestSession staff = m_server->signedIn(u"staff1"_s);
        const std::string product = "/v1/products/" + d.yacht.toString().toStdString();
        const auto version = staff.get(product).as<ProductDetail>().summary.version;
        QCOMPARE(staff.post("/v1/cancellation-policies", NewPolicy{u"strict"_s, 0, 5'000, {{48, 5'000, 0, {}}}}).status, 201);
        QCOMPARE(staff.post(product + "/cancellation-policy", PolicyChoice{u"nowhere"_s}, {RestSession::ifMatch(version)}).status, 422);
        QCOMPARE(staff.post(product + "/cancellation-policy", PolicyChoice{u"strict"_s}, {RestSession::ifMatch(version + 1)}).status, 412);
        QCOMPARE(staff.post(product + "/cancellation-policy", PolicyChoice{u"strict"_s}, {RestSession::ifMatch(version)}).status, 200);
        RestSession store = m_server->signedIn(u"store1"_s);
        const ReservationId id = book(store, {{d.slotItems[0], 1}});
        QCOMPARE(staff.post("/v1/cancellation-policies", NewPolicy{u"strict"_s, 1, 9'000, {}}).status, 201);
        QCOMPARE(staff.post("/v1/cancellation-policies", NewPolicy{u"strict"_s, 1, 9'000, {}}).code(), u"revision-exists"_s);
        QCOMPARE(staff.get(product + "/cancellation-policy").as<CancellationPolicy>().revision, 2);
        const auto bought = store.get(at(id)).as<ReservationDetail>();
        QCOMPARE(bought.policy.revision, 1);
        QVERIFY(!bought.policy.newest);
        QCOMPARE(bought.noShowFee.minor, 22'500);
        QCOMPARE(staff.get("/v1/cancellation-policies?code=strict").as<Page<CancellationPolicy>>().items.size(), std::size_t(2));
        QCOMPARE(staff.get("/v1/products/" + d.tea.toString().toStdString() + "/cancellation-policy").status, 404); // nothing to cancel
    }
};

QTEST_GUILESS_MAIN(tst_CancellationApi)
#include "tst_CancellationApi.moc"
