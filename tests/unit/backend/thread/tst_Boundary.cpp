// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
// timeout: 60
#include <QTest>

#include "backend/api/LatestCall.h"
#include "backend/thread/Dispatcher.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kHome = "GET /v1/home";

QByteArray homeBody()
{
    HomeSummary home;
    home.revenueToday.currency = u"KRW"_s;
    return jsonOf(home);
}
QByteArray holdBody(int version = 2)
{
    Hold h;
    h.version = version;
    h.status = HoldStatus::Released;
    return jsonOf(h);
}
const QString kHoldPath = u"/v1/holds/00000000000000000000000000/release"_s;
QByteArray holdRoute() { return "POST " + kHoldPath.toUtf8(); }

} // namespace

// The thread boundary: who is told what, and how often.
class tst_Boundary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void answersACallOnTheUiThread()
    {
        BackendHarness h;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        Outcome<HomeSummary> o;
        QThread* where = nullptr;
        auto reply = o.reply();
        reply.done = [&](Result<HomeSummary> r) {
            where = QThread::currentThread();
            o.done.push_back(std::move(r));
        };
        const CallId id = h.backend->home().summary(reply);
        QVERIFY(id != 0);
        QVERIFY(o.done.empty()); // never from inside the call
        QTRY_VERIFY(o.ok());
        QCOMPARE(where, thread());
    }

    void readOfADeadContextIsCancelled()
    {
        BackendHarness h;
        h.wire.on(kHome, FakeAnswer::hanging());
        QVERIFY(h.signIn());
        bool told = false;
        auto context = std::make_unique<QObject>();
        h.backend->home().summary({context.get(), [&](Result<HomeSummary>) { told = true; }});
        QTRY_COMPARE(h.wire.count(kHome), 1);
        context.reset();
        QTRY_COMPARE(h.wire.abortedCount(), 1);
        h.wire.letGo();
        QVERIFY(h.settle());
        QVERIFY(!told);
    }

    void writeOfADeadContextRunsOn()
    {
        BackendHarness h;
        h.wire.on(holdRoute(), FakeAnswer::hanging());
        QVERIFY(h.signIn());
        bool told = false;
        auto context = std::make_unique<QObject>();
        h.backend->reservations().releaseHold({}, 1, u"reason"_s, {context.get(), [&](Result<Hold>) { told = true; }});
        QTRY_COMPARE(h.wire.count(holdRoute()), 1);
        context.reset();
        QVERIFY(h.settle());
        QCOMPARE(h.wire.abortedCount(), 0);
        h.wire.letGo();
        QVERIFY(!told);
    }

    void contextDyingInItsOwnAnswerIsFine()
    {
        BackendHarness h;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        int told = 0;
        auto context = std::make_unique<QObject>();
        for (int i = 0; i < 3; ++i)
            h.backend->home().summary({context.get(), [&](Result<HomeSummary>) {
                ++told;
                context.reset();
            }});
        QTRY_COMPARE(told, 1);
        QVERIFY(h.settle()); // the others were cancelled with their context, wherever they were
        QCOMPARE(told, 1);
    }

    void cancelBeforeItLeaves()
    {
        BackendHarness h;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        Outcome<HomeSummary> o;
        const CallId id = h.backend->home().summary(o.reply());
        h.backend->cancel(id);
        QVERIFY(o.done.empty());
        QTRY_COMPARE(o.done.size(), std::size_t(1));
        QCOMPARE(o.kind(), ErrorKind::Cancelled);
    }

    void cancelOnTheWire()
    {
        BackendHarness h;
        h.wire.on(kHome, FakeAnswer::hanging());
        QVERIFY(h.signIn());
        Outcome<HomeSummary> o;
        const CallId id = h.backend->home().summary(o.reply());
        QTRY_COMPARE(h.wire.count(kHome), 1);
        h.backend->cancel(id);
        h.backend->cancel(id);
        QTRY_COMPARE(h.wire.abortedCount(), 1);
        QTRY_COMPARE(o.kind(), ErrorKind::Cancelled);
        h.wire.letGo();
        QVERIFY(h.settle());
        QCOMPARE(o.done.size(), std::size_t(1));
    }

    void cancelWhileParkedAtTheGate()
    {
        BackendHarness h;
        h.wire.on(kHome, FakeAnswer::problem(401, "token-expired"));
        QVERIFY(h.signIn());
        h.wire.on("POST /oauth/token", FakeAnswer::hanging());
        Outcome<HomeSummary> o;
        const CallId id = h.backend->home().summary(o.reply());
        QTRY_COMPARE(h.wire.count("POST /oauth/token"), 2);
        h.backend->cancel(id);
        QTRY_COMPARE(o.kind(), ErrorKind::Cancelled);
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        h.wire.letGo(); // the refresh fails to parse: nobody is told twice
        QVERIFY(h.settle());
        QCOMPARE(o.done.size(), std::size_t(1));
        QCOMPARE(h.wire.count(kHome), 1);
    }

    void cancelBetweenTwoTries()
    {
        BackendHarness h;
        h.config.limits.retryBase = Millis{600'000};
        h.wire.on(kHome, FakeAnswer::offline());
        QVERIFY(h.signIn());
        Outcome<HomeSummary> o;
        const CallId id = h.backend->home().summary(o.reply());
        QTRY_COMPARE(h.wire.count(kHome), 1);
        h.backend->cancel(id);
        QTRY_COMPARE(o.kind(), ErrorKind::Cancelled);
    }

    void cancelWithTheAnswerUnderWay()
    {
        BackendHarness h;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        Outcome<HomeSummary> first;
        Outcome<HomeSummary> second;
        CallId id = 0;
        auto reply = first.reply();
        reply.done = [&](Result<HomeSummary> r) {
            first.done.push_back(std::move(r));
            h.backend->cancel(id); // its answer may be the next in the channel
        };
        h.backend->home().summary(reply);
        id = h.backend->home().summary(second.reply());
        QTRY_COMPARE(first.done.size(), std::size_t(1));
        QTRY_COMPARE(second.done.size(), std::size_t(1));
        QVERIFY(h.settle());
        QCOMPARE(second.done.size(), std::size_t(1));
    }

    void cancelOfAnUnknownOrEndedCallDoesNothing()
    {
        BackendHarness h;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        Outcome<HomeSummary> o;
        const CallId id = h.backend->home().summary(o.reply());
        QTRY_VERIFY(o.ok());
        h.backend->cancel(id);
        h.backend->cancel(id + 1000);
        h.backend->cancel(0);
        QVERIFY(h.settle());
        QCOMPARE(o.done.size(), std::size_t(1));
    }

    void cancelledSignInGoesBackAndGivesTheTokensBack()
    {
        BackendHarness h;
        h.start();
        h.wire.on("GET /v1/session", FakeAnswer::hanging());
        Outcome<SessionInfo> o;
        const CallId id = h.backend->session().signIn(u"hanjiwoo"_s, u"secret"_s, o.reply());
        QTRY_COMPARE(h.wire.count("GET /v1/session"), 1);
        QCOMPARE(h.backend->session().state(), SessionState::SigningIn);
        h.backend->cancel(id);
        QTRY_COMPARE(o.kind(), ErrorKind::Cancelled);
        QTRY_COMPARE(h.backend->session().state(), SessionState::SignedOut);
        QTRY_COMPARE(h.wire.count("POST /oauth/revoke"), 1);
    }

    void fullAndClosedChannelsAnswer()
    {
        Channel<Command> in(2);
        Dispatcher d(in);
        Outcome<SessionInfo> a;
        Outcome<SessionInfo> b;
        Outcome<SessionInfo> c;
        d.start<ResumeCall>(a.reply());
        d.start<ResumeCall>(b.reply());
        d.start<ResumeCall>(c.reply());
        QVERIFY(c.done.empty());
        QTRY_COMPARE(c.kind(), ErrorKind::Busy);
        QVERIFY(c.done.front().error().retryable);
        in.close();
        Outcome<SessionInfo> e;
        d.start<ResumeCall>(e.reply());
        QTRY_COMPARE(e.kind(), ErrorKind::ShuttingDown);
        QVERIFY(a.done.empty() && b.done.empty());
    }

    void stopTellsEveryReadAndWaitsForWrites()
    {
        BackendHarness h;
        h.config.limits.stopWrites = Millis{10'000};
        h.wire.on(kHome, FakeAnswer::hanging());
        FakeAnswer slow = BackendHarness::json(holdBody());
        slow.delay = Millis{60};
        h.wire.on(holdRoute(), slow);
        QVERIFY(h.signIn());
        Outcome<HomeSummary> read;
        Outcome<Hold> write;
        h.backend->home().summary(read.reply());
        h.backend->reservations().releaseHold({}, 1, u"reason"_s, write.reply());
        QTRY_COMPARE(h.wire.count(holdRoute()), 1);
        QTRY_COMPARE(h.wire.count(kHome), 1);
        h.stop();
        QVERIFY(write.ok());
        QCOMPARE(read.kind(), ErrorKind::ShuttingDown);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(read.done.size(), std::size_t(1));
    }

    void stopGivesUpAWriteThatHangs()
    {
        BackendHarness h;
        h.wire.on(holdRoute(), FakeAnswer::hanging());
        QVERIFY(h.signIn());
        Outcome<Hold> write;
        h.backend->reservations().releaseHold({}, 1, u"reason"_s, write.reply());
        QTRY_COMPARE(h.wire.count(holdRoute()), 1);
        h.stop();
        QCOMPARE(write.kind(), ErrorKind::ShuttingDown);
    }

    void stopRightAfterTheStart()
    {
        for (int i = 0; i < 20; ++i) {
            BackendHarness h;
            h.start();
            Outcome<SessionInfo> o;
            h.backend->session().signIn(u"hanjiwoo"_s, u"secret"_s, o.reply());
            h.stop();
            QCOMPARE(o.done.size(), std::size_t(1));
        }
    }

    void writesAreSentAgainUnderOneKey()
    {
        BackendHarness h;
        std::atomic<int> n{0};
        h.wire.on(holdRoute(), [&](const FakeRequest&) {
            switch (++n) {
            case 1: return FakeAnswer::offline();
            case 2: return FakeAnswer::problem(503, "busy");
            default: return BackendHarness::json(holdBody());
            }
        });
        QVERIFY(h.signIn());
        Outcome<Hold> o;
        h.backend->reservations().releaseHold({}, 7, u"reason"_s, o.reply());
        QTRY_VERIFY(o.ok());
        const auto asked = h.wire.asked(holdRoute());
        QCOMPARE(asked.size(), std::size_t(3));
        QVERIFY(!asked[0].header("Idempotency-Key").isEmpty());
        QCOMPARE(asked[1].header("Idempotency-Key"), asked[0].header("Idempotency-Key"));
        QCOMPARE(asked[2].header("Idempotency-Key"), asked[0].header("Idempotency-Key"));
        QCOMPARE(asked[0].header("If-Match"), QByteArray("\"v7\""));
        Outcome<Hold> other;
        h.backend->reservations().releaseHold({}, 7, u"reason"_s, other.reply());
        QTRY_VERIFY(other.ok());
        QVERIFY(h.wire.asked(holdRoute()).back().header("Idempotency-Key") != asked[0].header("Idempotency-Key"));
    }

    void givesUpAfterTwoRetries()
    {
        BackendHarness h;
        h.wire.on(kHome, FakeAnswer::offline());
        QVERIFY(h.signIn());
        Outcome<HomeSummary> o;
        h.backend->home().summary(o.reply());
        QTRY_COMPARE(o.kind(), ErrorKind::Offline);
        QCOMPARE(h.wire.count(kHome), 3);
        h.wire.on(kHome, FakeAnswer::problem(422, "body-invalid"));
        Outcome<HomeSummary> bad;
        h.backend->home().summary(bad.reply());
        QTRY_COMPARE(bad.code(), u"body-invalid"_s);
        QCOMPARE(h.wire.count(kHome), 4); // asking again would change nothing
    }

    void answersThatDoNotFitAreProtocolErrors()
    {
        BackendHarness h;
        QVERIFY(h.signIn());
        for (const QByteArray& body : {QByteArray("{"), QByteArray("[]"), QByteArray("{\"attention\":3}"), QByteArray()}) {
            h.wire.on(kHome, BackendHarness::json(body));
            Outcome<HomeSummary> o;
            h.backend->home().summary(o.reply());
            QTRY_COMPARE(o.kind(), ErrorKind::Protocol);
        }
        h.wire.on(kHome, BackendHarness::status(302));
        Outcome<HomeSummary> redirected;
        h.backend->home().summary(redirected.reply());
        QTRY_COMPARE(redirected.code(), u"unexpected-redirect"_s);
    }

    void deadlineAndSizeAreLimited()
    {
        BackendHarness h;
        h.config.limits.requestTimeout = Millis{400};
        h.config.limits.retries = 0;
        h.config.limits.bodyBytes = 2000;
        h.wire.on(kHome, BackendHarness::json(QByteArray(2001, ' ')));
        QVERIFY(h.signIn());
        Outcome<HomeSummary> large;
        h.backend->home().summary(large.reply());
        QTRY_COMPARE(large.code(), u"body-too-large"_s);
        h.wire.on(kHome, FakeAnswer::hanging());
        Outcome<HomeSummary> late;
        h.backend->home().summary(late.reply());
        QTRY_COMPARE(late.kind(), ErrorKind::Timeout);
    }

    void atMostSixAreInFlight()
    {
        BackendHarness h;
        h.wire.on(kHome, FakeAnswer::hanging());
        QVERIFY(h.signIn());
        std::array<Outcome<HomeSummary>, 9> many;
        for (auto& o : many)
            h.backend->home().summary(o.reply());
        QTRY_COMPARE(h.wire.count(kHome), 6);
        Outcome<ServerInfo> waiting; // the seventh of another kind stands in line too
        h.backend->session().serverInfo(waiting.reply());
        h.backend->cancel(h.backend->home().summary(many[8].reply()));
        QTRY_COMPARE(many[8].done.size(), std::size_t(1));
        QCOMPARE(h.wire.count(kHome), 6);
        QVERIFY(waiting.done.empty());
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        h.wire.letGo();
        QTRY_COMPARE(h.wire.count(kHome), 9);
    }

    void latestCallKeepsOnlyTheLast()
    {
        BackendHarness h;
        const auto page = [](const char* title) {
            Page<SearchHit> p;
            SearchHit hit;
            hit.title = QString::fromLatin1(title);
            p.items.push_back(hit);
            return BackendHarness::json(jsonOf(p));
        };
        h.wire.on("GET /v1/search", [&](const FakeRequest& r) { return r.query == u"q=ab" ? page("ab") : FakeAnswer::hanging(); });
        QVERIFY(h.signIn());
        Outcome<std::vector<SearchHit>> o;
        LatestCall latest(*h.backend);
        for (const QString& text : {u"a"_s, u"ab"_s})
            latest.start(o.reply(), [&](Reply<std::vector<SearchHit>> reply) { return h.backend->home().search(text, std::move(reply)); });
        QTRY_VERIFY(o.ok());
        QCOMPARE(o.done.front().value().front().title, u"ab"_s);
        h.wire.letGo();
        QVERIFY(h.settle());
        QCOMPARE(o.done.size(), std::size_t(1)); // the first is neither answered nor reported as cancelled
    }

    void refusesAnAddressThatIsNotSafe()
    {
        BackendHarness h;
        h.config.server = QUrl(u"http://naru.example"_s);
        h.start();
        Outcome<ServerInfo> o;
        h.backend->session().serverInfo(o.reply());
        QTRY_COMPARE(o.code(), u"server-insecure"_s);
    }

    void manyCallsFromManyContexts()
    {
        BackendHarness h;
        h.config.limits.queuedCalls = 100'000;
        h.wire.on(kHome, BackendHarness::json(homeBody()));
        QVERIFY(h.signIn());
        int told = 0;
        int cancelled = 0;
        std::vector<std::unique_ptr<QObject>> contexts;
        std::vector<CallId> ids;
        for (int i = 0; i < 600; ++i) {
            contexts.push_back(std::make_unique<QObject>());
            ids.push_back(h.backend->home().summary({contexts.back().get(), [&](Result<HomeSummary> r) { r ? ++told : ++cancelled; }}));
            if (i % 3 == 1)
                h.backend->cancel(ids[std::size_t(i)]);
            if (i % 3 == 2)
                contexts.back().reset();
        }
        QTRY_COMPARE_WITH_TIMEOUT(told + cancelled, 400, 60'000);
        QCOMPARE(cancelled, 200);
    }
};

QTEST_GUILESS_MAIN(tst_Boundary)
#include "tst_Boundary.moc"
