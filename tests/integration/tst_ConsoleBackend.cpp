// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// The console's backend against the real server in this process: signing in, reading, hearing changes, losing the session and
// finding a restarted server again.
#include "backend/thread/ThreadedBackend.h"
#include "server/api/Server.h"
#include "server/tools/Node.h"
#include "support/LocalNode.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <future>

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

const QString kPassword = u"naru-demo-2026"_s;

// A server that may go away and come back on the same port and files.
class RestartableServer {
public:
    bool start()
    {
        server::Config config;
        config.dataDir = m_dir.path();
        config.port = m_port;
        config.demo = true;
        config.logLevel = u"error"_s;
        config.drainTimeout = Millis{200};
        m_node = std::make_unique<server::Node>(config, systemClock(), systemRng());
        if (const auto started = m_node->start(); !started) {
            qInfo("%s", qPrintable(started.error().detail));
            return false;
        }
        const bool first = m_port == 0;
        m_port = m_node->port();
        if (first)
            write([this](server::Txn& txn) { data = makeSmallData(txn); });
        return true;
    }
    void stop() { m_node.reset(); }
    QUrl url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(m_port)); }
    quint16 port() const { return quint16(m_port); }
    SmallData data;

private:
    void write(const std::function<void(server::Txn&)>& work)
    {
        server::Actor actor;
        actor.role = u"staff"_s;
        actor.letter = 'O';
        actor.requestId = u"test"_s;
        std::promise<std::exception_ptr> result;
        m_node->server().writer.submit(actor, work, [&](std::exception_ptr error) { result.set_value(error); });
        if (const std::exception_ptr error = result.get_future().get())
            std::rethrow_exception(error);
    }

    QTemporaryDir m_dir;
    int m_port = 0;
    std::unique_ptr<server::Node> m_node;
};

struct Console {
    explicit Console(const QUrl& url, const QString& caFile = {})
    {
        BackendConfig config;
        config.server = url;
        config.caFile = caFile;
        config.cacheDir = cache.path();
        config.keychain = false;
        config.deviceName = u"test console"_s;
        config.limits.reconnectMin = Millis{50};
        config.limits.reconnectMax = Millis{200};
        backend = makeBackend(config);
        QObject::connect(&backend->session(), &SessionService::ended, &context, [this](const SessionEnded& e) { ended.push_back(e); });
        QObject::connect(&backend->catalogue(), &CatalogueService::stockChanged, &context, [this](const std::vector<StockLevel>& x) { levels.insert(levels.end(), x.begin(), x.end()); });
        QObject::connect(&backend->catalogue(), &CatalogueService::productsChanged, &context, [this](const std::vector<ProductSummary>& x) { products.insert(products.end(), x.begin(), x.end()); });
        QObject::connect(backend.get(), &Backend::refreshWanted, &context, [this] { ++refreshes; });
    }
    // Runs the call and waits for its one answer.
    template <class T> Result<T> ask(const std::function<CallId(Reply<T>)>& call)
    {
        std::optional<Result<T>> got;
        Reply<T> reply;
        reply.context = &context;
        reply.done = [&got](Result<T> r) { got.emplace(std::move(r)); };
        call(reply);
        if (!QTest::qWaitFor([&] { return got.has_value(); }, 20'000))
            qFatal("no answer");
        return std::move(*got);
    }
    Result<SessionInfo> signIn(const QString& login, const QString& password = kPassword)
    {
        return ask<SessionInfo>([&](Reply<SessionInfo> r) { return backend->session().signIn(login, password, std::move(r)); });
    }
    Result<ProductDetail> product(ProductId id)
    {
        return ask<ProductDetail>([&](Reply<ProductDetail> r) { return backend->catalogue().product(id, std::move(r)); });
    }

    QTemporaryDir cache;
    QObject context;
    std::unique_ptr<Backend> backend;
    std::vector<SessionEnded> ended;
    std::vector<StockLevel> levels;
    std::vector<ProductSummary> products;
    int refreshes = 0;
};

template <class T> QString why(const Result<T>& r) { return r ? QString() : r.error().code + u' ' + r.error().detail; }
#define VERIFY_OK(...) \
    do { \
        const auto& verified = __VA_ARGS__; \
        QVERIFY2(verified, qPrintable(why(verified))); \
    } while (false)

} // namespace

// What makes a certificate for 127.0.0.1; false where openssl is missing.
bool makeCertificate(const QString& folder)
{
    QProcess p;
    p.start(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                              u"/CN=127.0.0.1"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s, folder + u"/key.pem"_s, u"-out"_s, folder + u"/cert.pem"_s});
    return p.waitForFinished(20'000) && p.exitCode() == 0;
}

class tst_ConsoleBackend : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_server = std::make_unique<RestartableServer>();
        QVERIFY(m_server->start());
    }
    void cleanupTestCase() { m_server.reset(); }

    void tellsAboutTheServer()
    {
        Console c(m_server->url());
        const auto info = c.ask<ServerInfo>([&](Reply<ServerInfo> r) { return c.backend->session().serverInfo(std::move(r)); });
        VERIFY_OK(info);
        QVERIFY(info->demo);
        QVERIFY(!info->name.isEmpty());
    }

    void refusesAWrongPassword()
    {
        Console c(m_server->url());
        const auto r = c.signIn(u"staff2"_s, u"wrong-password"_s);
        QVERIFY(!r);
        QCOMPARE(r.error().kind, ErrorKind::Unauthorized);
        QCOMPARE(r.error().code, u"invalid-credentials"_s);
        QCOMPARE(c.backend->session().state(), SessionState::SignedOut);
    }

    void readsEveryList()
    {
        Console c(m_server->url());
        VERIFY_OK(c.signIn(u"staff1"_s));
        QCOMPARE(c.backend->session().info()->role, Role::Staff);
        QVERIFY(c.backend->session().secondsLeft() > 1700);
        QCOMPARE(c.backend->connection().state, LinkState::Live);
        Backend& b = *c.backend;
        const auto products = c.ask<Page<ProductSummary>>([&](auto r) { return b.catalogue().products({}, std::move(r)); });
        VERIFY_OK(products);
        QCOMPARE(products->items.size(), std::size_t(3));
        VERIFY_OK(c.product(m_server->data.tea));
        const auto vendors = c.ask<Page<Vendor>>([&](auto r) { return b.catalogue().vendors(std::move(r)); });
        VERIFY_OK(vendors);
        QCOMPARE(vendors->items.size(), std::size_t(3));
        VERIFY_OK(c.ask<HomeSummary>([&](auto r) { return b.home().summary(std::move(r)); }));
        const auto hits = c.ask<std::vector<SearchHit>>([&](auto r) { return b.home().search(products->items[0].code, std::move(r)); });
        VERIFY_OK(hits);
        QVERIFY(!hits->empty());
        VERIFY_OK(c.ask<Page<VendorOrderCard>>([&](auto r) { return b.orders().vendorOrders({}, std::move(r)); }));
        VendorOrderQuery open;
        open.openOnly = true;
        open.text = u"없는 주문 & + %"_s;
        VERIFY_OK(c.ask<Page<VendorOrderCard>>([&](auto r) { return b.orders().vendorOrders(open, std::move(r)); }));
        VERIFY_OK(c.ask<std::vector<StatusCount>>([&](auto r) { return b.orders().counts({}, std::move(r)); }));
        VERIFY_OK(c.ask<Page<Ticket>>([&](auto r) { return b.reservations().tickets({}, std::move(r)); }));
        VERIFY_OK(c.ask<Page<Hold>>([&](auto r) { return b.reservations().openHolds(std::move(r)); }));
        VERIFY_OK(c.ask<QueueStats>([&](auto r) { return b.reservations().queueStats(std::move(r)); }));
        OccupancyQuery days;
        days.fromDate = toRfc3339(systemClock().now()).left(10);
        VERIFY_OK(c.ask<std::vector<OccupancyRow>>([&](auto r) { return b.reservations().occupancy(days, std::move(r)); }));
        const auto none = c.ask<Reservation>([&](auto r) { return b.reservations().reservation({}, std::move(r)); });
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ErrorKind::NotFound);
    }

    void aChangeInOneConsoleShowsInTheOther()
    {
        Console a(m_server->url());
        Console b(m_server->url());
        VERIFY_OK(a.signIn(u"staff1"_s));
        VERIFY_OK(b.signIn(u"staff2"_s));
        const auto before = a.product(m_server->data.tea);
        VERIFY_OK(before);
        ProductPatch patch;
        patch.titleKo = u"새 이름"_s;
        QElapsedTimer timer;
        timer.start();
        const auto after = a.ask<ProductDetail>([&](auto r) { return a.backend->catalogue().patchProduct(m_server->data.tea, before->summary.version, patch, std::move(r)); });
        VERIFY_OK(after);
        QTRY_VERIFY(std::any_of(b.products.begin(), b.products.end(), [&](const ProductSummary& p) { return p.version == after->summary.version && p.title == u"새 이름"_s; }));
        QVERIFY2(timer.elapsed() < 2000, "a change must be seen at once");
        QTRY_VERIFY(!a.products.empty()); // in the own console too
        const auto old = a.ask<ProductDetail>([&](auto r) { return a.backend->catalogue().patchProduct(m_server->data.tea, before->summary.version, patch, std::move(r)); });
        QVERIFY(!old);
        QCOMPARE(old.error().kind, ErrorKind::Conflict);
        QCOMPARE(old.error().code, u"version-mismatch"_s);

        const auto& stock = after->variants[0].stock[0];
        StockChange received;
        received.kind = u"received"_s;
        received.delta = 5;
        const auto level = b.ask<StockLevel>([&](auto r) { return b.backend->catalogue().changeStock(stock.id, stock.version, received, std::move(r)); });
        VERIFY_OK(level);
        QCOMPARE(level->onHand, stock.onHand + 5);
        QTRY_VERIFY(std::any_of(a.levels.begin(), a.levels.end(), [&](const StockLevel& x) { return x.id == stock.id && x.onHand == level->onHand; }));
        QCOMPARE(a.refreshes + b.refreshes, 0);
    }

    void changesAreSeenWithin300Ms()
    {
        Console a(m_server->url());
        Console b(m_server->url());
        VERIFY_OK(a.signIn(u"staff1"_s));
        VERIFY_OK(b.signIn(u"staff2"_s));
        const auto product = a.product(m_server->data.cup);
        VERIFY_OK(product);
        StockLevel level = product->variants[0].stock[0];
        StockChange received;
        received.kind = u"received"_s;
        received.delta = 1;
        std::vector<qint64> times;
        QElapsedTimer timer;
        std::int64_t wanted = 0;
        connect(&b.backend->catalogue(), &CatalogueService::stockChanged, &b.context, [&](const std::vector<StockLevel>& x) {
            for (const StockLevel& l : x)
                if (l.id == level.id && l.onHand == wanted)
                    times.push_back(timer.elapsed());
        });
        for (std::size_t i = 1; i <= 100; ++i) {
            wanted = level.onHand + 1;
            timer.start();
            const auto r = a.ask<StockLevel>([&](auto reply) { return a.backend->catalogue().changeStock(level.id, level.version, received, std::move(reply)); });
            VERIFY_OK(r);
            level = *r;
            QTRY_COMPARE(times.size(), i);
        }
        std::sort(times.begin(), times.end());
        qInfo("seen in the other console after: median %lld ms, p95 %lld ms, most %lld ms", times[50], times[95], times[99]);
        QVERIFY(times[50] <= 300);
    }

    void theSecondSignInEndsTheFirst()
    {
        Console a(m_server->url());
        Console b(m_server->url());
        VERIFY_OK(a.signIn(u"staff1"_s));
        QElapsedTimer timer;
        timer.start();
        VERIFY_OK(b.signIn(u"staff1"_s));
        QTRY_COMPARE_WITH_TIMEOUT(a.ended.size(), std::size_t(1), 1500);
        qInfo("the first console knew %lld ms after the second sign-in began", timer.elapsed());
        QCOMPARE(a.ended[0].reason, SessionEndReason::Displaced);
        QCOMPARE(a.ended[0].byDevice, u"test console"_s);
        QCOMPARE(a.backend->session().state(), SessionState::Ended);
        const auto refused = a.product(m_server->data.tea);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Unauthorized);
        VERIFY_OK(b.product(m_server->data.tea));
        QVERIFY(b.ended.empty());
        VERIFY_OK(a.signIn(u"staff1"_s)); // and back
        QTRY_COMPARE(b.ended.size(), std::size_t(1));
    }

    void overTlsOnlyWithACertificateItTrusts()
    {
        QTemporaryDir dir;
        if (!makeCertificate(dir.path()))
            QSKIP("openssl is needed to make a certificate");
        LocalNode node([&](server::Config& c) {
            c.tlsCert = dir.path() + u"/cert.pem"_s;
            c.tlsKey = dir.path() + u"/key.pem"_s;
            c.logLevel = u"error"_s;
        });
        const QUrl url(u"https://127.0.0.1:%1"_s.arg(node.port()));
        Console stranger(url);
        const auto refused = stranger.signIn(u"staff1"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"tls-untrusted"_s);
        QVERIFY(!refused.error().detail.isEmpty());
        Console friendly(url, dir.path() + u"/cert.pem"_s);
        VERIFY_OK(friendly.signIn(u"staff1"_s));
        QCOMPARE(friendly.backend->connection().state, LinkState::Live);
        VERIFY_OK(friendly.product(node.data().tea));
    }

    void signsOut()
    {
        Console a(m_server->url());
        VERIFY_OK(a.signIn(u"staff1"_s));
        VERIFY_OK(a.ask<Done>([&](auto r) { return a.backend->session().signOut(std::move(r)); }));
        QCOMPARE(a.backend->session().state(), SessionState::SignedOut);
        VERIFY_OK(a.signIn(u"staff1"_s));
        QVERIFY(a.ended.empty());
    }

    void aRestartedServerIsFoundAgainAndNothingIsMissed()
    {
        Console a(m_server->url());
        VERIFY_OK(a.signIn(u"staff1"_s));
        const auto before = a.product(m_server->data.cup);
        VERIFY_OK(before);
        const auto& stock = before->variants[0].stock[0];
        StockChange received;
        received.kind = u"received"_s;
        received.delta = 1;
        auto level = a.ask<StockLevel>([&](auto r) { return a.backend->catalogue().changeStock(stock.id, stock.version, received, std::move(r)); });
        VERIFY_OK(level);
        QTRY_VERIFY(!a.levels.empty()); // an event to go on from
        a.levels.clear();

        m_server->stop();
        QTRY_COMPARE(a.backend->connection().state, LinkState::Offline);
        const auto away = a.product(m_server->data.cup);
        QVERIFY(!away);
        QCOMPARE(away.error().kind, ErrorKind::Offline);
        QCOMPARE(a.backend->session().state(), SessionState::Active);

        QVERIFY(m_server->start());
        // Changed before this console has found the server again, most likely.
        RestSession rest(u"127.0.0.1"_s, m_server->port());
        QCOMPARE(rest.signIn(u"staff2"_s), QString());
        received.delta = 7;
        const Answer changed = rest.post("/v1/stock/" + stock.id.toString().toStdString() + "/movements", received, {RestSession::ifMatch(level->version)});
        QVERIFY2(changed.ok(), qPrintable(changed.text()));
        QTRY_COMPARE_WITH_TIMEOUT(a.backend->connection().state, LinkState::Live, 15'000);
        QTRY_VERIFY(std::any_of(a.levels.begin(), a.levels.end(), [&](const StockLevel& x) { return x.id == stock.id && x.onHand == level->onHand + 7; }));
        QVERIFY(a.ended.empty());
        VERIFY_OK(a.product(m_server->data.cup));
        qInfo("refreshes wanted over the restart: %d", a.refreshes);
    }

private:
    std::unique_ptr<RestartableServer> m_server;
};

QTEST_GUILESS_MAIN(tst_ConsoleBackend)
#include "tst_ConsoleBackend.moc"
