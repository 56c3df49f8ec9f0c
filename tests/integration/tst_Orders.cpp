// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 90
// engines: both
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace Qt::StringLiterals;
using Status = VendorOrderStatus;

namespace {

template <class AnyId> std::string path(const char* collection, const AnyId& id, const char* more = "")
{
    return std::string(collection) + id.toString().toStdString() + more;
}

} // namespace

// Orders from basket to completion through the interface, on a clock of the test's own.
class TestOrders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void splitsByVendorToTheLastWon();
    void holdsAllLinesOrNone();
    void refusesWithAReason();
    void refusesWhatDoesNotFit();
    void isPlacedOncePaidInFull();
    void samePaymentCountsOnce();
    void latePaymentIsVoided();
    void unpaidOrderExpires();
    void goesThroughItsLife();
    void theTableDecidesWhoMoves();
    void oneVendorRefusesTheOtherGoesOn();
    void allRefusedEndsTheOrder();
    void notAcceptedInTime();
    void cancelledBeforeAndAfterPayment();
    void vendorsSeeTheirPartOnly();
    void streamsMaskNames();
    void listsFilterAndSort();
    void invariantsNotice();

private:
    const SmallData& data() const { return m_server->data(); }
    NewOrder basket(std::int64_t tea, std::int64_t cups);
    Order place(const NewOrder& wanted);
    Order paid(const NewOrder& wanted);
    Answer pay(const Order& order, std::int64_t amount, const QString& reference = {});
    Order read(const OrderId& id) { return m_store->get(path("/v1/orders/", id)).as<Order>(); }
    VendorOrderDetail part(RestSession& who, const VendorOrderId& id) { return who.get(path("/v1/vendor-orders/", id)).as<VendorOrderDetail>(); }
    Answer move(RestSession& who, const VendorOrderCard& card, Status to, const QString& reason = {});
    VendorOrderCard teaPart(const Order& o) const;
    VendorOrderCard cupPart(const Order& o) const;
    StockLevel level(const ItemId& id) { return m_staff->get(path("/v1/stock/", id)).as<StockLevel>(); }
    void later(Millis by);

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<RestSession> m_staff;
    std::unique_ptr<RestSession> m_store;
    std::unique_ptr<RestSession> m_tea;
    std::unique_ptr<RestSession> m_yacht;
    std::unique_ptr<RestSession> m_support;
};

void TestOrders::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    TestServer::Options options;
    options.fakeClock = true;
    m_server = std::make_unique<TestServer>(options);
    const auto enter = [this](const char* login) { return std::make_unique<RestSession>(m_server->signedIn(QString::fromLatin1(login))); };
    m_staff = enter("staff1");
    m_store = enter("store1");
    m_tea = enter("tea");
    m_yacht = enter("yacht");
    m_support = enter("support1");
}

void TestOrders::cleanup()
{
    const QStringList broken = m_server->violations();
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u"; "_s)));
    m_server.reset();
}

// The clock jumps; everyone gets a new token, as a console in use does.
void TestOrders::later(Millis by)
{
    m_server->clock().advance(by);
    for (RestSession* s : {m_staff.get(), m_store.get(), m_tea.get(), m_yacht.get(), m_support.get()})
        QCOMPARE(s->refresh().status, 200);
}

NewOrder TestOrders::basket(std::int64_t tea, std::int64_t cups)
{
    NewOrder o;
    o.customerId = data().otherCustomer; // 이서준
    o.channel = u"web"_s;
    o.currency = u"KRW"_s;
    if (tea > 0)
        o.lines.push_back({data().teaOffers.at(0), tea, 12'000, 0});
    if (cups > 0)
        o.lines.push_back({data().cupOffer, cups, {}, 0});
    return o;
}

Order TestOrders::place(const NewOrder& wanted)
{
    const Answer a = m_store->post("/v1/orders", wanted);
    if (a.status != 201)
        qFatal("no order: %s", qPrintable(a.text()));
    return a.as<Order>();
}

Answer TestOrders::pay(const Order& order, std::int64_t amount, const QString& reference)
{
    PaymentReport report;
    report.provider = u"toss"_s;
    report.providerRef = reference.isEmpty() ? u"ref-"_s + order.code : reference;
    report.authorisedMinor = amount;
    return m_store->post(path("/v1/orders/", order.id, "/payments"), report);
}

Order TestOrders::paid(const NewOrder& wanted)
{
    const Order o = place(wanted);
    const Answer a = pay(o, o.totalMinor);
    if (a.status != 200)
        qFatal("not paid: %s", qPrintable(a.text()));
    return a.as<Order>();
}

Answer TestOrders::move(RestSession& who, const VendorOrderCard& card, Status to, const QString& reason)
{
    VendorOrderMove m;
    m.to = to;
    m.reason = reason;
    if (to == Status::Shipped) {
        m.carrier = u"CJ대한통운"_s;
        m.trackingNo = u"5028"_s;
    }
    return who.post(path("/v1/vendor-orders/", card.id, "/transitions"), m, {RestSession::ifMatch(card.version)});
}

VendorOrderCard TestOrders::teaPart(const Order& o) const
{
    return *std::find_if(o.vendorOrders.begin(), o.vendorOrders.end(), [this](const VendorOrderCard& c) { return c.vendorId == data().teaVendor; });
}

VendorOrderCard TestOrders::cupPart(const Order& o) const
{
    return *std::find_if(o.vendorOrders.begin(), o.vendorOrders.end(), [this](const VendorOrderCard& c) { return c.vendorId == data().yachtVendor; });
}

void TestOrders::splitsByVendorToTheLastWon()
{
    NewOrder wanted = basket(2, 1);
    wanted.lines[0].discountBps = 500;
    wanted.shippingMinor = 3'001;
    const Order made = place(wanted);
    QCOMPARE(made.status, OrderStatus::PendingPayment);
    QCOMPARE(made.itemsMinor, 33'000);
    QCOMPARE(made.discountMinor, 1'200);
    QCOMPARE(made.totalMinor, 34'801);
    QVERIFY(made.vendorOrders.empty());
    QCOMPARE(*made.holdExpiresAt, m_server->clock().now() + std::chrono::minutes(10));
    QCOMPARE(level(data().teaStock.at(0)).held, 2);

    const Order done = pay(made, made.totalMinor).as<Order>();
    QCOMPARE(done.status, OrderStatus::Placed);
    QCOMPARE(done.vendorOrders.size(), std::size_t{2});
    QCOMPARE(teaPart(done).total.minor, 24'952); // 22,800 and 2,152 of the shipping
    QCOMPARE(cupPart(done).total.minor, 9'849);
    QCOMPARE(teaPart(done).payment, PaymentStatus::Authorised);
    QCOMPARE(teaPart(done).pieceCount, 2);
    QCOMPARE(teaPart(done).title, u"세작 녹차 · 40 g"_s);
    QCOMPARE(*teaPart(done).acceptDueAt, m_server->clock().now() + std::chrono::minutes(60));
    QCOMPARE(part(*m_staff, teaPart(done).id).authorisedMinor, 24'952);
    const StockLevel after = level(data().teaStock.at(0));
    QCOMPARE(after.held, 0);
    QCOMPARE(after.allocated, 2);
    QCOMPARE(after.onHand, 100); // lower only when it is shipped
}

void TestOrders::holdsAllLinesOrNone()
{
    const Answer a = m_store->post("/v1/orders", basket(1, 51));
    QCOMPARE(a.status, 409);
    QCOMPARE(a.code(), u"sold_out"_s);
    QCOMPARE(a.json().as_object().at("line").to_number<int>(), 2);
    QCOMPARE(protocol::fromUtf8(std::string_view(a.json().as_object().at("item_id").as_string())), data().cupStock.toString());
    QCOMPARE(level(data().teaStock.at(0)).held, 0); // the line that could be had was not taken either
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM sales_order"_s).front().integer(0), 0);
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM state_transition WHERE machine = 'order'"_s).front().integer(0), 0);
}

void TestOrders::refusesWithAReason()
{
    place(basket(0, 45));
    const Answer held = m_store->post("/v1/orders", basket(0, 10));
    QCOMPARE(held.code(), u"held_by_others"_s); // somebody may not pay: try again then
    QVERIFY(held.json().as_object().contains("soonest_expiry"));

    NewOrder dear = basket(1, 0);
    dear.lines[0].expectedUnitPriceMinor = 11'000;
    QCOMPARE(m_store->post("/v1/orders", dear).code(), u"price_changed"_s);

    OfferPatch patch;
    patch.priceMinor = 13'000;
    m_server->clock().advance(Millis(1'000));
    QCOMPARE(m_staff->patch(path("/v1/offers/", data().teaOffers.at(0)), patch, 1).status, 200);
    m_server->clock().advance(Millis(1'000));
    QCOMPARE(m_store->post("/v1/orders", basket(1, 0)).code(), u"price_changed"_s); // an old page's offer

    OfferPatch stop;
    stop.purchasable = false;
    QCOMPARE(m_staff->patch(path("/v1/offers/", data().cupOffer), stop, 1).status, 200);
    QCOMPARE(m_store->post("/v1/orders", basket(0, 1)).code(), u"closed"_s);
}

void TestOrders::refusesWhatDoesNotFit()
{
    const auto status = [this](NewOrder o, const std::function<void(NewOrder&)>& change) {
        change(o);
        return m_store->post("/v1/orders", o).status;
    };
    const NewOrder good = basket(1, 1);
    QCOMPARE(status(good, [](NewOrder& o) { o.lines.clear(); }), 422);
    QCOMPARE(status(good, [](NewOrder& o) { o.lines[0].qty = 0; }), 422);
    QCOMPARE(status(good, [](NewOrder& o) { o.lines[0].discountBps = 10'001; }), 422);
    QCOMPARE(status(good, [](NewOrder& o) { o.currency = u"USD"_s; }), 422);
    QCOMPARE(status(good, [](NewOrder& o) { o.lines.push_back(o.lines[0]); }), 422);
    QCOMPARE(status(good, [this](NewOrder& o) { o.customerId = CustomerId{data().tea.value}; }), 422);
    QCOMPARE(status(good, [this](NewOrder& o) { o.lines[0].offerId = data().yachtOffer; }), 422); // seats are asked for with tickets
    QCOMPARE(status(good, [this](NewOrder& o) { o.lines[0].offerId = OfferId{data().tea.value}; }), 422);
    QCOMPARE(status(good, [](NewOrder&) {}), 201);
    QCOMPARE(m_tea->post("/v1/orders", good).status, 403);
    QCOMPARE(m_store->get(path("/v1/orders/", OrderId{data().tea.value})).status, 404);
}

void TestOrders::isPlacedOncePaidInFull()
{
    const Order made = place(basket(2, 0));
    QCOMPARE(pay(made, 10'000, u"first"_s).as<Order>().status, OrderStatus::PendingPayment);
    const Order done = pay(made, 14'000, u"second"_s).as<Order>();
    QCOMPARE(done.status, OrderStatus::Placed);
    QCOMPARE(part(*m_staff, teaPart(done).id).authorisedMinor, 24'000);
}

void TestOrders::samePaymentCountsOnce()
{
    const Order made = place(basket(2, 0));
    QCOMPARE(pay(made, 12'000, u"twice"_s).status, 200);
    QCOMPARE(pay(made, 12'000, u"twice"_s).as<Order>().status, OrderStatus::PendingPayment); // not 24,000
    QCOMPARE(pay(made, 13'000, u"twice"_s).code(), u"payment-conflict"_s);
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM payment_event"_s).front().integer(0), 1);
}

void TestOrders::latePaymentIsVoided()
{
    const Order made = place(basket(1, 0));
    QCOMPARE(m_store->post(path("/v1/orders/", made.id, "/cancellation"), ReasonRequest{u"변심"_s}).status, 200);
    const Order after = pay(made, made.totalMinor).as<Order>();
    QCOMPARE(after.status, OrderStatus::Cancelled);
    QCOMPARE(m_server->query(u"SELECT status FROM payment"_s).front().text(0), u"voided"_s);
    // Paid twice by two references: the second buys nothing and is voided, the first stays.
    const Order other = paid(basket(1, 0));
    QCOMPARE(pay(other, other.totalMinor, u"again"_s).as<Order>().status, OrderStatus::Placed);
    QCOMPARE(m_server->query(u"SELECT status FROM payment WHERE provider_ref = 'again'"_s).front().text(0), u"voided"_s);
    QCOMPARE(part(*m_staff, teaPart(other).id).authorisedMinor, other.totalMinor);
}

void TestOrders::unpaidOrderExpires()
{
    const Order made = place(basket(3, 1));
    later(std::chrono::minutes(11));
    QTRY_COMPARE_WITH_TIMEOUT(read(made.id).status, OrderStatus::Expired, 15'000);
    QCOMPARE(level(data().teaStock.at(0)).held, 0);
    QVERIFY(!read(made.id).holdExpiresAt);
}

void TestOrders::goesThroughItsLife()
{
    const Order made = paid(basket(2, 0));
    VendorOrderCard card = teaPart(made);
    const auto step = [&](RestSession& who, Status to) {
        const Answer a = move(who, card, to);
        QVERIFY2(a.status == 200, qPrintable(a.text()));
        const auto version = card.version;
        card = a.as<VendorOrderDetail>().card;
        QCOMPARE(card.status, to);
        QCOMPARE(card.version, version + 1);
    };
    step(*m_tea, Status::Accepted);
    QCOMPARE(read(made.id).status, OrderStatus::InFulfilment);
    QCOMPARE(*card.shipDueAt, m_server->clock().now() + std::chrono::minutes(2'880));
    step(*m_tea, Status::Preparing);
    step(*m_tea, Status::Shipped);
    QCOMPARE(card.trackingNo, u"5028"_s);
    const StockLevel shipped = level(data().teaStock.at(0));
    QCOMPARE(shipped.onHand, 98);
    QCOMPARE(shipped.allocated, 0);
    step(*m_tea, Status::Delivered);
    step(*m_staff, Status::Closed);
    QCOMPARE(read(made.id).status, OrderStatus::Completed);
    const VendorOrderDetail detail = part(*m_staff, card.id);
    QCOMPARE(detail.lines.at(0).shippedQty, 2);
    QVERIFY(detail.allowedNext.empty());
    QStringList states;
    for (const TransitionEntry& e : detail.history)
        states << e.toState;
    for (const QString& state : {u"placed"_s, u"accepted"_s, u"shipped"_s, u"closed"_s, u"completed"_s})
        QVERIFY2(states.contains(state), qPrintable(state));
    QCOMPARE(detail.history.front().fromState, u"draft"_s);
}

void TestOrders::theTableDecidesWhoMoves()
{
    const Order made = paid(basket(1, 1));
    VendorOrderCard card = teaPart(made);
    QCOMPARE(move(*m_yacht, card, Status::Accepted).status, 404); // somebody else's
    QCOMPARE(move(*m_store, card, Status::Accepted).status, 403); // no scope
    const Answer support = move(*m_support, card, Status::Accepted);
    QCOMPARE(support.status, 403);
    QCOMPARE(support.code(), u"transition-not-allowed"_s);
    QCOMPARE(move(*m_tea, card, Status::Shipped).status, 403); // not before its time
    QCOMPARE(m_tea->post(path("/v1/vendor-orders/", card.id, "/transitions"), VendorOrderMove{}).status, 428);
    QCOMPARE(part(*m_support, card.id).allowedNext, (std::vector<Status>{Status::Cancelled}));
    QCOMPARE(part(*m_tea, card.id).allowedNext, (std::vector<Status>{Status::Accepted, Status::Refused}));
    QCOMPARE(move(*m_tea, card, Status::Accepted).status, 200);
    const Answer late = move(*m_staff, card, Status::Cancelled, u"x"_s);
    QCOMPARE(late.status, 412); // someone was faster
    QVERIFY(late.json().as_object().contains("current"));
    card.version += 1;
    QCOMPARE(move(*m_staff, card, Status::Preparing).status, 403); // the vendor's own work
    QCOMPARE(move(*m_tea, card, Status::Preparing).status, 200);
}

void TestOrders::oneVendorRefusesTheOtherGoesOn()
{
    const Order made = paid(basket(2, 3));
    QCOMPARE(move(*m_tea, teaPart(made), Status::Refused, u"품절"_s).status, 200);
    QCOMPARE(level(data().teaStock.at(0)).allocated, 0);
    QCOMPARE(level(data().cupStock).allocated, 3);
    const Order now = read(made.id);
    QCOMPARE(now.status, OrderStatus::Placed);
    QCOMPARE(teaPart(now).status, Status::Refused);
    QCOMPARE(cupPart(now).status, Status::AwaitingAcceptance);
    QCOMPARE(cupPart(now).version, cupPart(made).version); // untouched
    QCOMPARE(part(*m_staff, teaPart(made).id).lines.at(0).cancelledQty, 2);
    QCOMPARE(move(*m_yacht, cupPart(made), Status::Accepted).status, 200);
    QCOMPARE(m_server->query(u"SELECT status FROM payment"_s).front().text(0), u"authorised"_s);
}

void TestOrders::allRefusedEndsTheOrder()
{
    const Order made = paid(basket(2, 3));
    QCOMPARE(move(*m_tea, teaPart(made), Status::Refused, u"품절"_s).status, 200);
    QCOMPARE(move(*m_yacht, cupPart(made), Status::Refused, u"품절"_s).status, 200);
    const Order now = read(made.id);
    QCOMPARE(now.status, OrderStatus::Cancelled);
    QCOMPARE(cupPart(now).payment, PaymentStatus::Voided);
    QCOMPARE(part(*m_staff, cupPart(now).id).authorisedMinor, 0);
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM payment_event WHERE kind = 'void'"_s).front().integer(0), 1);
}

void TestOrders::notAcceptedInTime()
{
    const Order made = paid(basket(1, 1));
    QCOMPARE(move(*m_yacht, cupPart(made), Status::Accepted).status, 200);
    for (int i = 0; i < 3; ++i)
        later(std::chrono::minutes(21)); // sessions stay awake on the way
    QTRY_COMPARE_WITH_TIMEOUT(teaPart(read(made.id)).status, Status::Cancelled, 15'000);
    QCOMPARE(cupPart(read(made.id)).status, Status::Accepted);
    QCOMPARE(level(data().teaStock.at(0)).allocated, 0);
    const VendorOrderDetail detail = part(*m_staff, teaPart(made).id);
    QCOMPARE(detail.history.back().actorRole, u"S"_s);
    QVERIFY(!detail.history.back().reason.isEmpty());
}

void TestOrders::cancelledBeforeAndAfterPayment()
{
    const Order unpaid = place(basket(4, 0));
    QCOMPARE(m_store->post(path("/v1/orders/", unpaid.id, "/cancellation"), ReasonRequest{u"변심"_s}).as<Order>().status, OrderStatus::Cancelled);
    QCOMPARE(level(data().teaStock.at(0)).held, 0);
    const Order bought = paid(basket(1, 1));
    const std::string cancel = path("/v1/orders/", bought.id, "/cancellation");
    QCOMPARE(m_store->post(cancel, ReasonRequest{u"변심"_s}).status, 403); // a customer asks the operator
    const Order gone = m_staff->post(cancel, ReasonRequest{u"고객 요청"_s}).as<Order>();
    QCOMPARE(gone.status, OrderStatus::Cancelled);
    QCOMPARE(teaPart(gone).status, Status::Cancelled);
    QCOMPARE(level(data().cupStock).allocated, 0);
    QCOMPARE(m_staff->post(cancel, ReasonRequest{u"again"_s}).status, 403);

    const Order sent = paid(basket(1, 0));
    VendorOrderCard card = teaPart(sent);
    for (const Status to : {Status::Accepted, Status::Preparing, Status::Shipped})
        card = move(*m_tea, card, to).as<VendorOrderDetail>().card;
    QCOMPARE(m_staff->post(path("/v1/orders/", sent.id, "/cancellation"), ReasonRequest{u"x"_s}).code(), u"already-shipped"_s);
}

void TestOrders::vendorsSeeTheirPartOnly()
{
    NewOrder wanted = basket(2, 1);
    wanted.shippingMinor = 3'000;
    const Order made = paid(wanted);
    const Order seen = m_tea->get(path("/v1/orders/", made.id)).as<Order>();
    QCOMPARE(seen.lines.size(), std::size_t{1});
    QCOMPARE(seen.vendorOrders.size(), std::size_t{1});
    QCOMPARE(seen.totalMinor, teaPart(made).total.minor);
    QCOMPARE(seen.itemsMinor - seen.discountMinor + seen.shippingMinor, seen.totalMinor);
    QCOMPARE(teaPart(seen).customerName, u"이○준"_s);
    QCOMPARE(teaPart(m_staff->get(path("/v1/orders/", made.id)).as<Order>()).customerName, u"이서준"_s);
    QCOMPARE(m_tea->get(path("/v1/vendor-orders/", cupPart(made).id)).status, 404);
    QCOMPARE(m_tea->get("/v1/vendor-orders").as<Page<VendorOrderCard>>().items.size(), std::size_t{1});
    QVERIFY(m_tea->get("/v1/vendor-orders?vendor_id=" + data().yachtVendor.toString().toStdString()).as<Page<VendorOrderCard>>().items.empty());
    QCOMPARE(m_tea->get("/v1/vendor-orders/counts").as<Page<StatusCount>>().items.at(0).count, 1);
    const Order cups = paid(basket(0, 1));
    QCOMPARE(m_tea->get(path("/v1/orders/", cups.id)).status, 404);
    QCOMPARE(m_tea->get("/v1/orders").as<Page<Order>>().items.size(), std::size_t{1});
    // Nor can a name be felt for that may not be read.
    QVERIFY(m_tea->get("/v1/vendor-orders?q=%EC%84%9C%EC%A4%80").as<Page<VendorOrderCard>>().items.empty());
    QCOMPARE(m_staff->get("/v1/vendor-orders?q=%EC%84%9C%EC%A4%80").as<Page<VendorOrderCard>>().items.size(), std::size_t{3});
}

void TestOrders::streamsMaskNames()
{
    EventStream vendor(m_server->host(), m_server->port(), m_tea->tokens().accessToken);
    EventStream staff(m_server->host(), m_server->port(), m_staff->tokens().accessToken);
    QVERIFY(vendor.waitOpen() && staff.waitOpen());
    const Order made = paid(basket(1, 1));
    const auto named = [](const QString& name) {
        return [name](const EventStream::Event& e) { return protocol::fromUtf8(std::string_view(e.data.as_object().at("customer_name").as_string())) == name; };
    };
    QVERIFY(staff.waitFor(u"vendor_order.changed"_s, 5'000, named(u"이서준"_s)));
    QVERIFY(vendor.waitFor(u"vendor_order.changed"_s, 5'000, named(u"이○준"_s)));
    QCOMPARE(vendor.count(u"vendor_order.changed"_s), 1); // its own part only
}

void TestOrders::listsFilterAndSort()
{
    std::vector<Order> made;
    for (const std::int64_t cups : {1, 5, 3}) {
        made.push_back(paid(basket(0, cups)));
        m_server->clock().advance(Millis(60'000));
    }
    QCOMPARE(move(*m_yacht, cupPart(made[1]), Status::Accepted).status, 200);
    const auto totals = [this](const std::string& query) {
        QList<qint64> list;
        for (const VendorOrderCard& c : m_staff->get("/v1/vendor-orders?" + query).as<Page<VendorOrderCard>>().items)
            list << c.total.minor;
        return list;
    };
    QCOMPARE(totals("sort=amount"), (QList<qint64>{45'000, 27'000, 9'000}));
    QCOMPARE(totals("sort=placed"), (QList<qint64>{27'000, 45'000, 9'000}));
    QCOMPARE(totals(""), (QList<qint64>{9'000, 27'000, 45'000})); // by what is due first
    QCOMPARE(totals("status=accepted"), (QList<qint64>{45'000}));
    QCOMPARE(totals("q=" + made[2].code.toStdString()), (QList<qint64>{27'000}));
    QCOMPARE(totals("q=%ED%95%9C%EA%B0%95&limit=2").size(), 2); // 한강, a title
    QCOMPARE(move(*m_yacht, cupPart(made[0]), Status::Refused, u"x"_s).status, 200);
    QCOMPARE(totals("open=true").size(), 2);
    QCOMPARE(m_staff->get("/v1/vendor-orders?sort=colour").status, 400);
    QCOMPARE(m_staff->get("/v1/vendor-orders?open=maybe").status, 400);
    int sum = 0;
    for (const StatusCount& c : m_staff->get("/v1/vendor-orders/counts").as<Page<StatusCount>>().items)
        sum += c.count;
    QCOMPARE(sum, 3);
    QCOMPARE(m_store->get("/v1/orders?status=cancelled").as<Page<Order>>().items.size(), std::size_t{1});
    // A page after another, nothing twice.
    const auto first = m_staff->get("/v1/vendor-orders?limit=2&sort=placed").as<Page<VendorOrderCard>>();
    QCOMPARE(first.total, 3);
    const auto second = m_staff->get("/v1/vendor-orders?limit=2&sort=placed&after=" + first.next.toStdString()).as<Page<VendorOrderCard>>();
    QCOMPARE(second.items.size(), std::size_t{1});
    QVERIFY(second.next.isEmpty());
    QCOMPARE(second.items.front().total.minor, 9'000);
}

void TestOrders::invariantsNotice()
{
    const Order made = paid(basket(2, 1));
    const auto broken = [&](const QString& sql, const QString& undo, const QString& rule) {
        m_server->write([&](server::Txn& txn) { txn.db().exec(sql); });
        const bool seen = !m_server->violations().filter(rule).isEmpty();
        m_server->write([&](server::Txn& txn) { txn.db().exec(undo); });
        return seen;
    };
    QVERIFY(broken(u"UPDATE vendor_order SET total_minor = total_minor + 1"_s, u"UPDATE vendor_order SET total_minor = total_minor - 1"_s, u"I10"_s));
    QVERIFY(broken(u"UPDATE payment_split SET authorised_minor = authorised_minor + 1"_s, u"UPDATE payment_split SET authorised_minor = authorised_minor - 1"_s, u"I13"_s));
    QVERIFY(broken(u"UPDATE payment SET authorised_minor = authorised_minor + 1"_s, u"UPDATE payment SET authorised_minor = authorised_minor - 1"_s, u"I12"_s));
    QVERIFY(broken(u"UPDATE order_line SET shipped_qty = 1"_s, u"UPDATE order_line SET shipped_qty = 0"_s, u"I15"_s));
    QVERIFY(broken(u"UPDATE sales_order SET status = 'completed'"_s, u"UPDATE sales_order SET status = 'placed'"_s, u"I19"_s));
    QVERIFY(broken(u"UPDATE inventory_item SET allocated = allocated + 1 WHERE allocated > 0"_s, u"UPDATE inventory_item SET allocated = allocated - 1 WHERE allocated > 0"_s, u"I05"_s));
}

QTEST_GUILESS_MAIN(TestOrders)
#include "tst_Orders.moc"
