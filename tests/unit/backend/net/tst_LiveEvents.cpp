// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
// timeout: 60
#include <QSignalSpy>
#include <QTest>

#include "protocol/Events.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kEvents = "GET /v1/events";

Ticket ticket(int n, int version)
{
    Ticket t;
    t.id.value.bytes[15] = std::uint8_t(n);
    t.version = version;
    return t;
}

struct Watch {
    explicit Watch(Backend& b)
    {
        QObject::connect(&b, &Backend::refreshWanted, &context, [this] { ++refreshes; });
        QObject::connect(&b, &Backend::connectionChanged, &context, [this](const ConnectionStatus& s) { links.push_back(s); });
        QObject::connect(&b.reservations(), &ReservationService::ticketsChanged, &context, [this](const std::vector<Ticket>& x) {
            ++batches;
            tickets.insert(tickets.end(), x.begin(), x.end());
        });
    }
    bool sawOffline() const
    {
        return std::any_of(links.begin(), links.end(), [](const ConnectionStatus& s) { return s.state == LinkState::Offline; });
    }
    QObject context;
    int refreshes = 0;
    int batches = 0;
    std::vector<Ticket> tickets;
    std::vector<ConnectionStatus> links;
};

} // namespace

// The event stream from the wire to the signals.
class tst_LiveEvents : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void changesArriveFolded()
    {
        BackendHarness h;
        h.config.limits.flush = Millis{30};
        QVERIFY(h.signIn());
        Watch watch(*h.backend);
        QByteArray burst;
        for (int i = 1; i <= 500; ++i)
            burst += "id: " + QByteArray::number(i) + "\nevent: ticket.changed\ndata: " + jsonOf(ticket(i % 2, i)) + "\n\n";
        h.wire.send(burst);
        QTRY_VERIFY(!watch.tickets.empty() && watch.tickets.back().version >= 499);
        QVERIFY2(watch.tickets.size() <= 12, "500 changes of two tickets must come as a few");
        QCOMPARE(watch.refreshes, 0);
    }

    void whatWasReadBeforeTheSignInIsReadAgain()
    {
        BackendHarness h;
        h.start();
        Watch watch(*h.backend);
        QVERIFY(h.signIn());
        QVERIFY(h.settle());
        QCOMPARE(watch.refreshes, 0); // nothing was read
        h.wire.event("session.ended", "{\"reason\":\"expired_idle\",\"at\":\"2026-03-02T00:00:01.000Z\"}", 1);
        QTRY_COMPARE(h.backend->session().state(), SessionState::Ended);
        QVERIFY(h.signIn()); // the screens are what they were, and nobody told them of any change meanwhile
        QTRY_COMPARE(watch.refreshes, 1);
    }

    void everyKindFindsItsSignal()
    {
        BackendHarness h;
        QVERIFY(h.signIn());
        QObject context;
        QStringList seen;
        connect(&h.backend->catalogue(), &CatalogueService::productsChanged, &context, [&](const auto& x) { seen += u"products %1"_s.arg(x.size()); });
        connect(&h.backend->catalogue(), &CatalogueService::stockChanged, &context, [&](const auto& x) { seen += u"stock %1"_s.arg(x.size()); });
        connect(&h.backend->catalogue(), &CatalogueService::vendorsChanged, &context, [&](const auto& x) { seen += u"vendors %1"_s.arg(x.size()); });
        connect(&h.backend->orders(), &OrderService::vendorOrdersChanged, &context, [&](const auto& x) { seen += u"orders %1"_s.arg(x.size()); });
        connect(&h.backend->reservations(), &ReservationService::holdsChanged, &context, [&](const auto& x) { seen += u"holds %1"_s.arg(x.size()); });
        connect(&h.backend->reservations(), &ReservationService::reservationsChanged, &context, [&](const auto& x) { seen += u"reservations %1"_s.arg(x.size()); });
        connect(&h.backend->reservations(), &ReservationService::cellsChanged, &context,
            [&](const std::vector<CellChange>& x) { seen += u"cells %1 %2 %3"_s.arg(x.size()).arg(x[0].localDate, x[0].label); });
        VendorOrderCard card;
        card.total.currency = u"KRW"_s;
        Reservation reservation;
        reservation.total.currency = u"KRW"_s;
        protocol::StockChanged goods;
        protocol::StockChanged seats;
        seats.level.id.value.bytes[3] = 1;
        seats.level.kind = StockKind::Capacity;
        seats.localDate = u"2026-03-02"_s;
        seats.label = u"17:30"_s;
        h.wire.event("product.changed", jsonOf(ProductSummary{}), 1);
        h.wire.event("vendor_order.changed", jsonOf(card), 2);
        h.wire.event("hold.changed", jsonOf(Hold{}), 3);
        h.wire.event("reservation.changed", jsonOf(reservation), 4);
        h.wire.event("stock.changed", jsonOf(goods), 5);
        h.wire.event("stock.changed", jsonOf(seats), 6);
        h.wire.event("vendor.changed", jsonOf(Vendor{}), 7);
        QTRY_VERIFY(seen.contains(u"cells 1 2026-03-02 17:30"_s) && seen.contains(u"vendors 1"_s));
        for (const char* what : {"products 1", "orders 1", "holds 1", "reservations 1"})
            QVERIFY2(seen.contains(QString::fromLatin1(what)), what);
        QVERIFY(seen.contains(u"stock 2"_s) || seen.count(u"stock 1"_s) == 2);
    }

    void manyChangesComeInBoundedPieces()
    {
        BackendHarness h;
        QVERIFY(h.signIn());
        QObject context;
        std::size_t largest = 0;
        std::size_t total = 0;
        connect(&h.backend->reservations(), &ReservationService::ticketsChanged, &context, [&](const std::vector<Ticket>& x) {
            largest = std::max(largest, x.size());
            total += x.size();
        });
        QByteArray burst;
        for (int i = 1; i <= 3000; ++i) {
            Ticket t = ticket(i % 256, 1);
            t.id.value.bytes[14] = std::uint8_t(i / 256);
            burst += "id: " + QByteArray::number(i) + "\nevent: ticket.changed\ndata: " + jsonOf(t) + "\n\n";
        }
        h.wire.send(burst);
        QTRY_COMPARE(total, std::size_t(3000));
        QVERIFY2(largest <= 512, qPrintable(QString::number(largest)));
    }

    void titlesStayInTheChosenLanguage()
    {
        QTemporaryDir cache;
        BackendHarness h;
        h.config.cacheDir = cache.path();
        h.config.language = u"en"_s;
        ProductSummary tea;
        tea.version = 1;
        tea.title = u"Green tea"_s;
        Page<ProductSummary> page;
        page.items = {tea};
        h.wire.on("GET /v1/products", BackendHarness::json(jsonOf(page)));
        QVERIFY(h.signIn());
        Outcome<Page<ProductSummary>> o;
        h.backend->catalogue().products({}, o.reply());
        QTRY_VERIFY(o.ok());
        QCOMPARE(h.wire.asked("GET /v1/products")[0].header("Accept-Language"), QByteArray("en"));
        QString seen;
        QObject context;
        connect(&h.backend->catalogue(), &CatalogueService::productsChanged, &context, [&](const std::vector<ProductSummary>& x) { seen = x[0].title; });
        tea.version = 2;
        tea.title = u"녹차"_s;
        h.wire.event("product.changed", jsonOf(tea), 1);
        QTRY_COMPARE(seen, u"Green tea"_s);
        h.backend->setLanguage(u"ko"_s);
        QVERIFY(h.settle());
        tea.version = 3;
        h.wire.event("product.changed", jsonOf(tea), 2);
        QTRY_COMPARE(seen, u"녹차"_s);
    }

    void anEventThatDoesNotFitIsDropped()
    {
        BackendHarness h;
        QVERIFY(h.signIn());
        Watch watch(*h.backend);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^dropped an event ticket.changed"_s));
        h.wire.event("ticket.changed", "{\"id\":3}", 1);
        h.wire.event("ticket.changed", jsonOf(ticket(1, 1)), 2);
        QTRY_COMPARE(watch.tickets.size(), std::size_t(1));
    }

    void comesBackWithWhatItSawLast()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        QVERIFY(h.signIn());
        Watch watch(*h.backend);
        h.wire.event("ticket.changed", jsonOf(ticket(1, 1)), 41);
        QTRY_COMPARE(watch.tickets.size(), std::size_t(1));
        clock.advance(Millis{9'000});
        h.wire.endStreams(); // as with the end of a token
        QTRY_COMPARE(h.wire.count(kEvents), 2);
        QCOMPARE(h.wire.asked(kEvents)[0].header("Last-Event-ID"), QByteArray());
        QCOMPARE(h.wire.asked(kEvents)[1].header("Last-Event-ID"), QByteArray("41"));
        h.wire.event("ticket.changed", jsonOf(ticket(1, 2)), 42);
        QTRY_COMPARE(watch.tickets.size(), std::size_t(2));
        QCOMPARE(watch.refreshes, 0);
        QVERIFY(!watch.sawOffline()); // nobody needs to know
    }

    void aRestartedServerIsFoundAgain()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        QVERIFY(h.signIn());
        Watch watch(*h.backend);
        h.wire.event("ticket.changed", jsonOf(ticket(1, 1)), 7);
        QTRY_COMPARE(watch.tickets.size(), std::size_t(1));
        clock.advance(Millis{5'000});
        FakeAnswer stream;
        stream.type = "text/event-stream";
        stream.stream = true;
        h.wire.on(kEvents, FakeAnswer::offline());
        h.wire.endStreams();
        QTRY_COMPARE(h.backend->connection().state, LinkState::Offline);
        QVERIFY(h.backend->connection().retryInMs > 0);
        QCOMPARE(h.backend->connection().reason, u"made to fail"_s);
        QTRY_VERIFY(h.wire.count(kEvents) >= 4); // again and again
        h.wire.on(kEvents, stream);
        QTRY_COMPARE(h.backend->connection().state, LinkState::Live);
        QCOMPARE(h.wire.asked(kEvents).back().header("Last-Event-ID"), QByteArray("7"));
        QCOMPARE(watch.refreshes, 0);
    }

    // A screen whose reading failed while the server was away reads again when it is back, though no event was missed.
    void whatCouldNotBeReadIsReadAgain()
    {
        BackendHarness h;
        QVERIFY(h.signIn());
        Watch watch(*h.backend);
        h.wire.event("ticket.changed", jsonOf(ticket(1, 1)), 7);
        QTRY_COMPARE(watch.tickets.size(), std::size_t(1));
        FakeAnswer stream;
        stream.type = "text/event-stream";
        stream.stream = true;
        h.wire.on(kEvents, FakeAnswer::offline());
        h.wire.on("GET /v1/home", FakeAnswer::offline());
        h.wire.endStreams();
        QTRY_COMPARE(h.backend->connection().state, LinkState::Offline);
        Outcome<HomeSummary> home;
        h.backend->home().summary(home.reply());
        QTRY_COMPARE(home.done.size(), 1U);
        QVERIFY(!home.ok());
        h.wire.on(kEvents, stream);
        QTRY_COMPARE(watch.refreshes, 1);
        QCOMPARE(h.wire.asked(kEvents).back().header("Last-Event-ID"), QByteArray("7"));
        h.wire.endStreams(); // once is enough
        const auto before = h.wire.count(kEvents);
        QTRY_VERIFY(h.wire.count(kEvents) > before && h.backend->connection().state == LinkState::Live);
        QCOMPARE(watch.refreshes, 1);
    }

    void reconnectNowSkipsTheWaiting()
    {
        BackendHarness h;
        h.config.limits.reconnectMin = Millis{600'000};
        h.config.limits.reconnectMax = Millis{600'000};
        h.config.limits.firstStream = Millis{5};
        h.wire.on(kEvents, FakeAnswer::offline());
        QVERIFY(h.signIn());
        QTRY_COMPARE(h.backend->connection().state, LinkState::Offline);
        QCOMPARE(h.wire.count(kEvents), 1);
        FakeAnswer stream;
        stream.type = "text/event-stream";
        stream.stream = true;
        h.wire.on(kEvents, stream);
        h.backend->reconnectNow();
        QTRY_COMPARE(h.backend->connection().state, LinkState::Live);
    }

    void aLongGapAndAResetAskForFreshLists()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        QVERIFY(h.signIn());
        Watch watch(*h.backend);
        h.wire.event("ticket.changed", jsonOf(ticket(1, 1)), 7);
        QTRY_COMPARE(watch.tickets.size(), std::size_t(1));
        h.wire.event("reset", "{}", 8);
        QTRY_COMPARE(watch.refreshes, 1);
        clock.advance(Millis{5'000});
        h.wire.on(kEvents, FakeAnswer::offline());
        h.wire.endStreams();
        QTRY_COMPARE(h.backend->connection().state, LinkState::Offline);
        clock.advance(Millis{121'000});
        FakeAnswer stream;
        stream.type = "text/event-stream";
        stream.stream = true;
        h.wire.on(kEvents, stream);
        QTRY_COMPARE(watch.refreshes, 2);
        QCOMPARE(h.wire.asked(kEvents).back().header("Last-Event-ID"), QByteArray());
    }

    void aReadBeforeTheFirstStreamIsReadAgain()
    {
        BackendHarness h;
        h.config.limits.firstStream = Millis{5};
        h.wire.on(kEvents, FakeAnswer::offline());
        Page<Ticket> none;
        h.wire.on("GET /v1/tickets", BackendHarness::json(jsonOf(none)));
        QVERIFY(h.signIn()); // does not wait for the stream for ever
        Watch watch(*h.backend);
        Outcome<Page<Ticket>> o;
        h.backend->reservations().tickets({}, o.reply());
        QTRY_VERIFY(o.ok());
        FakeAnswer stream;
        stream.type = "text/event-stream";
        stream.stream = true;
        h.wire.on(kEvents, stream);
        QTRY_COMPARE(watch.refreshes, 1);
    }

    void aRefusedTokenIsRenewedForTheStreamToo()
    {
        BackendHarness h;
        h.config.limits.firstStream = Millis{5'000};
        h.wire.on(kEvents, [](const FakeRequest& r) {
            if (r.header("Authorization") != "DPoP access-2")
                return FakeAnswer::problem(401, "token-expired");
            FakeAnswer stream;
            stream.type = "text/event-stream";
            stream.stream = true;
            return stream;
        });
        QVERIFY(h.signIn());
        QCOMPARE(h.wire.count(kEvents), 2);
        QCOMPARE(h.wire.count("POST /oauth/token"), 2);
    }

    void aSilentStreamIsGivenUp()
    {
        BackendHarness h;
        h.config.limits.heartbeatLost = Millis{40};
        QVERIFY(h.signIn());
        Watch watch(*h.backend);
        QTRY_VERIFY(watch.sawOffline());
        QTRY_VERIFY(h.wire.count(kEvents) >= 2);
    }

    void afterASuspendTheStreamIsOpenedAnew()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        QVERIFY(h.signIn());
        clock.advance(Millis{16'000}); // no timer has run meanwhile
        QTRY_COMPARE(h.wire.count(kEvents), 2);
        QTRY_COMPARE(h.backend->connection().state, LinkState::Live);
    }

    void anEndlessEventIsGivenUp()
    {
        BackendHarness h;
        h.config.limits.sseEventBytes = 1000;
        QVERIFY(h.signIn());
        h.wire.send("data: " + QByteArray(1001, 'x'));
        QTRY_COMPARE(h.wire.count(kEvents), 2);
        QTRY_COMPARE(h.backend->connection().state, LinkState::Live);
    }

    void aSlowServerShowsAsLag()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        h.wire.on("GET /v1/home", FakeAnswer::hanging());
        QVERIFY(h.signIn());
        Outcome<HomeSummary> o;
        h.backend->home().summary(o.reply());
        QTRY_COMPARE(h.wire.count("GET /v1/home"), 1);
        clock.advance(Millis{3'500});
        QTRY_VERIFY(h.backend->connection().lagMs >= 3'500);
        QCOMPARE(h.backend->connection().state, LinkState::Live);
        QVERIFY(o.done.empty());
    }
};

QTEST_GUILESS_MAIN(tst_LiveEvents)
#include "tst_LiveEvents.moc"
