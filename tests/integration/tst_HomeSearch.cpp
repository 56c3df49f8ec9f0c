// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// engines: both
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;

// The first screen's figures and the record search, as staff and as vendors get them.
class tst_HomeSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void anEmptyServerHasAHome();
    void figuresFollowOrders();
    void daysAreThoseOfSeoul();
    void attentionIsUrgentFirst();
    void searchFinds_data();
    void searchFinds();
    void vendorsSearchNoCustomers();
    void wildcardsAreText();

private:
    // An order over both vendors, placed: 2 × 12,000 of tea and one mug of 9,000.
    static Order place(TestServer& server, RestSession& shop, const CustomerId& customer)
    {
        NewOrder order;
        order.customerId = customer;
        order.channel = u"web"_s;
        order.currency = u"KRW"_s;
        order.lines = {{server.data().teaOffers.at(0), 2, {}, 0}, {server.data().cupOffer, 1, {}, 0}};
        const Answer made = shop.post("/v1/orders", order);
        if (!made.ok())
            qFatal("%s", qPrintable(made.text()));
        const auto o = made.as<Order>();
        const Answer paid = shop.post("/v1/orders/" + o.id.toString().toStdString() + "/payments", PaymentReport{u"pay"_s, o.code, o.totalMinor});
        if (!paid.ok())
            qFatal("%s", qPrintable(paid.text()));
        return paid.as<Order>();
    }
    static std::vector<SearchHit> search(RestSession& s, const QString& text)
    {
        const Answer a = s.get("/v1/search?q=" + QString::fromLatin1(text.toUtf8().toPercentEncoding()).toStdString());
        if (!a.ok())
            qFatal("%s", qPrintable(a.text()));
        return a.as<Page<SearchHit>>().items;
    }
};

void tst_HomeSearch::anEmptyServerHasAHome()
{
    TestServer server({.fakeClock = true});
    RestSession staff = server.signedIn(u"staff1"_s);
    const auto home = staff.get("/v1/home").as<HomeSummary>();
    QCOMPARE(home.ordersToday, 0);
    QCOMPARE(home.revenueToday.currency, u"KRW"_s);
    QCOMPARE(home.activeProducts, 3);
    QCOMPARE(home.ordersByHour.size(), std::size_t(24));
    QCOMPARE(home.revenueByDay.size(), std::size_t(30));
    QCOMPARE(home.revenueByDay.back().label, u"3/2"_s);
    QCOMPARE(home.occupancyByDay.size(), std::size_t(14));
    QCOMPARE(staff.get("/v1/home?x=1").status, 400);
}

void tst_HomeSearch::figuresFollowOrders()
{
    TestServer server({.fakeClock = true});
    RestSession shop = server.signedIn(u"store1"_s);
    RestSession staff = server.signedIn(u"staff1"_s);
    RestSession tea = server.signedIn(u"tea"_s);
    place(server, shop, server.data().customer);
    place(server, shop, server.data().otherCustomer);

    const auto all = staff.get("/v1/home").as<HomeSummary>();
    QCOMPARE(all.ordersToday, 2); // of customers
    QCOMPARE(all.revenueToday.minor, 2 * 33000);
    QCOMPARE(all.awaitingAcceptance, 4); // of vendors
    QCOMPARE(all.ordersByHour.at(9).value, 2.0); // it is nine in Seoul
    QCOMPARE(all.revenueByDay.back().value, 66000.0);

    const auto own = tea.get("/v1/home").as<HomeSummary>();
    QCOMPARE(own.ordersToday, 2);
    QCOMPARE(own.revenueToday.minor, 2 * 24000);
    QCOMPARE(own.awaitingAcceptance, 2);
    QCOMPARE(own.activeProducts, 1);
    for (const Attention& a : own.attention)
        QVERIFY(a.detail.contains(u"남산 티룸"_s) || a.kind != AttentionKind::AcceptDue);

    const auto orders = tea.get("/v1/vendor-orders").as<Page<VendorOrderCard>>();
    const auto& card = orders.items.at(0);
    QVERIFY(tea.post("/v1/vendor-orders/" + card.id.toString().toStdString() + "/transitions", VendorOrderMove{VendorOrderStatus::Refused, u"품절"_s, {}, {}},
                   {RestSession::ifMatch(card.version)}).ok());
    QCOMPARE(tea.get("/v1/home").as<HomeSummary>().revenueToday.minor, 24000);
}

void tst_HomeSearch::daysAreThoseOfSeoul()
{
    TestServer server({.fakeClock = true}); // 2026-03-02 09:00 in Seoul
    RestSession shop = server.signedIn(u"store1"_s);
    place(server, shop, server.data().customer);
    {
        RestSession morning = server.signedIn(u"staff1"_s); // accepted: the sweeper has no deadline to keep while hours pass
        for (const VendorOrderCard& card : morning.get("/v1/vendor-orders").as<Page<VendorOrderCard>>().items)
            QVERIFY(morning.post("/v1/vendor-orders/" + card.id.toString().toStdString() + "/transitions", VendorOrderMove{VendorOrderStatus::Accepted, {}, {}, {}},
                               {RestSession::ifMatch(card.version)}).ok());
    }
    server.clock().advance(Millis{(14 * 60 + 59) * 60'000}); // 23:59
    RestSession staff = server.signedIn(u"staff1"_s);
    QCOMPARE(staff.get("/v1/home").as<HomeSummary>().ordersToday, 1);
    server.clock().advance(Millis{2 * 60'000}); // 00:01
    auto home = staff.get("/v1/home").as<HomeSummary>();
    QCOMPARE(home.ordersToday, 0);
    QCOMPARE(home.ordersYesterdayByNow, 0); // yesterday at 00:01 there was none yet
    QCOMPARE(home.revenueByDay.back().label, u"3/3"_s);
    QCOMPARE(home.revenueByDay.at(28).value, 33000.0);
    server.clock().advance(Millis{10 * 3600'000});
    RestSession later = server.signedIn(u"staff2"_s);
    home = later.get("/v1/home").as<HomeSummary>();
    QCOMPARE(home.ordersYesterdayByNow, 1);
    QCOMPARE(home.revenueYesterdayByNowMinor, 33000);
}

void tst_HomeSearch::attentionIsUrgentFirst()
{
    TestServer server({.fakeClock = true});
    RestSession shop = server.signedIn(u"store1"_s);
    for (int i = 0; i < 6; ++i)
        place(server, shop, server.data().customer);
    NewTicket ticket;
    ticket.customerId = server.data().customer;
    ticket.goal = TicketGoal::Hold;
    ticket.lines = {{server.data().slotItems.at(0), 2}};
    QVERIFY(shop.post("/v1/tickets", ticket, {{"Prefer", "wait=10"}}).ok());
    server.clock().advance(Millis{8 * 60'000 + 30'000}); // the hold of ten minutes has ninety seconds left
    RestSession staff = server.signedIn(u"staff1"_s);
    const auto home = staff.get("/v1/home").as<HomeSummary>();
    QCOMPARE(home.attentionTotal, 13); // twelve orders to accept, one hold
    QCOMPARE(home.attention.size(), std::size_t(9));
    QVERIFY(home.attention.front().kind == AttentionKind::AcceptDue);
    QVERIFY(home.attention.back().kind == AttentionKind::HoldExpiring); // not pushed out by the many orders
    QVERIFY(home.attention.back().title.startsWith(u"선셋 요트 90분"_s));
    QCOMPARE(home.attention.back().detail, u"김하늘"_s);
    QCOMPARE(home.openHolds, 1);
    for (std::size_t i = 1; i + 1 < home.attention.size(); ++i)
        QVERIFY(home.attention[i - 1].dueAt <= home.attention[i].dueAt);
    // The other vendor has nothing to do with that hold; the yacht's vendor sees no full name.
    RestSession tea = server.signedIn(u"tea"_s);
    for (const Attention& a : tea.get("/v1/home").as<HomeSummary>().attention)
        QVERIFY(a.kind == AttentionKind::AcceptDue);
    RestSession yacht = server.signedIn(u"yacht"_s);
    QCOMPARE(yacht.get("/v1/home").as<HomeSummary>().attention.back().detail, u"김○늘"_s);
}

void tst_HomeSearch::searchFinds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("title");
    QTest::newRow("code") << u"tea-1"_s << u"product"_s << u"세작 녹차"_s;
    QTest::newRow("part of a title") << u"녹차"_s << u"product"_s << u"세작 녹차"_s;
    QTest::newRow("english title") << u"Sunset"_s << u"product"_s << u"선셋 요트 90분"_s;
    QTest::newRow("sku") << u"TEA-1-80"_s << u"product"_s << u"세작 녹차"_s;
    QTest::newRow("vendor") << u"한강 요"_s << u"vendor"_s << u"한강 요트"_s;
    QTest::newRow("customer") << u"김하"_s << u"vendor_order"_s << u"김하늘"_s;
    QTest::newRow("one character") << u"김"_s << u"vendor_order"_s << u"김하늘"_s;
}

void tst_HomeSearch::searchFinds()
{
    QFETCH(QString, text);
    QFETCH(QString, type);
    QFETCH(QString, title);
    static TestServer server;
    static RestSession shop = server.signedIn(u"store1"_s);
    static RestSession staff = server.signedIn(u"staff1"_s);
    static const Order order = place(server, shop, server.data().customer);
    const auto hits = search(staff, text);
    QVERIFY(!hits.empty());
    QCOMPARE(hits.front().entityType, type);
    QCOMPARE(hits.front().title, title);
    QVERIFY(!search(staff, order.code).empty());
    const QString part = order.vendorOrders.at(1).code;
    QCOMPARE(search(staff, part).front().code, part); // an exact code comes first
}

void tst_HomeSearch::vendorsSearchNoCustomers()
{
    TestServer server;
    RestSession shop = server.signedIn(u"store1"_s);
    const Order order = place(server, shop, server.data().customer);
    RestSession tea = server.signedIn(u"tea"_s);
    QVERIFY(search(tea, u"김하늘"_s).empty());
    QVERIFY(search(tea, u"한강"_s).empty()); // neither the other vendor nor its mug
    const auto hits = search(tea, order.code);
    QCOMPARE(hits.size(), std::size_t(1)); // its own part only
    QCOMPARE(hits.front().title, u"김○늘"_s);
}

void tst_HomeSearch::wildcardsAreText()
{
    TestServer server;
    RestSession staff = server.signedIn(u"staff1"_s);
    for (const QString& text : {u"%"_s, u"_"_s, u"\\"_s, u"100%"_s, u"' OR '1'='1"_s})
        QVERIFY2(search(staff, text).empty(), qPrintable(text));
    QCOMPARE(staff.get("/v1/search?q=").status, 400);
    QCOMPARE(staff.get("/v1/search").status, 400);
    QCOMPARE(staff.get("/v1/search?q=%20%20").status, 400);
    QCOMPARE(staff.get("/v1/search?q=" + std::string(500, 'x')).status, 400);
}

QTEST_GUILESS_MAIN(tst_HomeSearch)
#include "tst_HomeSearch.moc"
