// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 60
// engines: both
// Many tickets in one request: each decided for itself, answered in order, safe to send again, and nothing of a request that cannot be read.
#include "protocol/ReservationFields.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace json = protocol::json;

namespace {

json::value one(const CustomerId& customer, const ItemId& item, std::int64_t qty = 1)
{
    NewTicket t;
    t.customerId = customer;
    t.lines = {{item, qty}};
    return protocol::toJson(t);
}

std::string body(json::array tickets) { return json::serialize(json::object{{"tickets", std::move(tickets)}}); }

Answer ask(RestSession& who, json::array tickets, const char* key) { return who.postText("/v1/tickets/batch", body(std::move(tickets)), {{"Idempotency-Key", key}}); }

std::string statusOf(const Answer& a, std::size_t i) { return std::string(a.json().at("items").at(i).at("ticket").at("status").as_string()); }

} // namespace

class tst_TicketBatchApi : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<TestServer> m_server;

    std::int64_t tickets() { return m_server->query(u"SELECT COUNT(*) FROM ticket"_s).front().integer(0); }
    std::int64_t freeOf(const ItemId& item)
    {
        return m_server->query(u"SELECT on_hand + overbook - allocated - held FROM inventory_item WHERE id = ?"_s, {item}).front().integer(0);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_server = std::make_unique<TestServer>();
    }
    void cleanup()
    {
        QCOMPARE(m_server->violations(), QStringList());
        m_server.reset();
    }

    void decidesEachForItself()
    {
        const SmallData& d = m_server->data();
        const ItemId item = d.slotItems[1];
        const std::int64_t seats = freeOf(item);
        QVERIFY(seats > 0 && seats < 60);
        RestSession store = m_server->signedIn(u"store1"_s);
        json::array asked;
        for (int i = 0; i < 100; ++i)
            asked.push_back(i == 1 ? one(d.customer, *ItemId::parse(std::string_view("01ARZ3NDEKTSV4RRFFQ69G5FAV"))) : one(d.customer, item));
        const Answer a = ask(store, asked, "hundred");
        QVERIFY2(a.status == 200, qPrintable(a.text()));
        QCOMPARE(a.json().at("items").as_array().size(), std::size_t(100));
        QCOMPARE(a.json().at("items").at(1).at("problem").at("status").as_int64(), 422); // and the others do not mind
        int confirmed = 0;
        for (std::size_t i = 0; i < 100; ++i) {
            if (i == 1)
                continue;
            const bool early = confirmed < seats;
            QCOMPARE(statusOf(a, i), early ? std::string("confirmed") : std::string("rejected")); // in the order they were asked for
            confirmed += early ? 1 : 0;
        }
        QCOMPARE(freeOf(item), std::int64_t(0));
    }

    void sentAgainAnswersAgain()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const json::array asked{one(d.customer, d.slotItems[0]), one(d.otherCustomer, d.slotItems[0], 2)};
        const Answer first = ask(store, asked, "again");
        QCOMPARE(first.status, 200);
        const std::int64_t before = tickets();
        const Answer second = ask(store, asked, "again");
        QCOMPARE(second.json(), first.json());
        QCOMPARE(second.headers.at("idempotency-replayed"), std::string("true"));
        QVERIFY(first.headers.find("idempotency-replayed") == first.headers.end());
        QCOMPARE(tickets(), before);
        const Answer other = ask(store, {one(d.customer, d.slotItems[0], 3)}, "again");
        QCOMPARE(std::string(other.json().at("items").at(0).at("problem").at("code").as_string()), std::string("idempotency-key-reused"));
        QCOMPARE(tickets(), before);
        // A single ticket under the same key is another thing.
        QCOMPARE(store.postText("/v1/tickets", json::serialize(one(d.customer, d.slotItems[0])), {{"Idempotency-Key", "again"}}).status, 201);
    }

    void badInputMakesNothing()
    {
        const SmallData& d = m_server->data();
        RestSession store = m_server->signedIn(u"store1"_s);
        const std::int64_t before = tickets();
        json::array tooMany;
        for (int i = 0; i < 101; ++i)
            tooMany.push_back(one(d.customer, d.slotItems[0]));
        for (const json::array& bad : {json::array{}, tooMany, json::array{one(d.customer, d.slotItems[0]), json::object{{"customer_id", "x"}}}, json::array{1}}) {
            const Answer a = ask(store, bad, "bad");
            QVERIFY2(a.status == 422 && a.json().at("errors").as_array().size() > 0, qPrintable(a.text()));
            QVERIFY2(a.text().contains(u"tickets"_s), qPrintable(a.text())); // it says where
        }
        QCOMPARE(store.postText("/v1/tickets/batch", "{\"tickets\":[", {{"Idempotency-Key", "bad"}}).status, 400);
        QCOMPARE(store.postText("/v1/tickets/batch", body({one(d.customer, d.slotItems[0])}), {{"Idempotency-Key", "not visible\t"}}).status, 400);
        QCOMPARE(tickets(), before);
    }

    void vendorsSeeTheirsMasked()
    {
        const SmallData& d = m_server->data();
        RestSession yacht = m_server->signedIn(u"yacht"_s);
        const Answer a = ask(yacht, {one(d.customer, d.slotItems[0])}, "masked");
        QVERIFY2(a.status == 200, qPrintable(a.text()));
        const auto id = a.json().at("items").at(0).at("ticket").at("id").as_string();
        QCOMPARE(a.json().at("items").at(0).at("ticket"), yacht.get("/v1/tickets/" + std::string(id)).json());
    }
};

QTEST_GUILESS_MAIN(tst_TicketBatchApi)
#include "tst_TicketBatchApi.moc"
