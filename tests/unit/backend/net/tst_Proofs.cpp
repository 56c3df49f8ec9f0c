// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// labels: boundary
// timeout: 60
#include <QTest>
#include <set>

#include "backend/net/ProofSource.h"
#include "proof/Dpop.h"
#include "proof/Encoding.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kHome = "GET /v1/home";
const QByteArray kToken = "POST /oauth/token";
const QByteArray kEvents = "GET /v1/events";
const QByteArray kRelease = "POST /v1/holds/00000000000000000000000000/release";

FakeAnswer homeAnswer()
{
    HomeSummary home;
    home.revenueToday.currency = u"KRW"_s;
    return BackendHarness::json(jsonOf(home));
}

FakeAnswer with(FakeAnswer answer, const QByteArray& name, const QByteArray& value)
{
    answer.headers.emplace_back(name, value);
    return answer;
}

FakeAnswer wantsNonce(const QByteArray& nonce, int status = 401) { return with(FakeAnswer::problem(status, "use-dpop-nonce"), "DPoP-Nonce", nonce); }

std::optional<proof::Proof> proofOf(const FakeRequest& r)
{
    const auto read = proof::readProof(r.header("DPoP").toStdString());
    const auto* p = std::get_if<proof::Proof>(&read);
    return p ? std::optional(*p) : std::nullopt;
}

QByteArray nonceOf(const FakeRequest& r)
{
    const auto p = proofOf(r);
    return p ? QByteArray::fromStdString(p->nonce) : "no proof"_ba;
}

} // namespace

// What each request carries to show that this device makes it, and what the console does when the server wants it otherwise.
class tst_Proofs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyRequestIsProved()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        h.wire.on("GET /v1/products", BackendHarness::json("{\"items\":[],\"next\":\"\"}"));
        QVERIFY(h.signIn());
        Outcome<Page<ProductSummary>> list;
        ProductQuery query;
        query.text = u"차 #1"_s;
        h.backend->catalogue().products(query, list.reply());
        QTRY_VERIFY(!list.done.empty());
        Outcome<Done> out;
        h.backend->session().signOut(out.reply());
        QTRY_VERIFY(out.ok());

        const auto key = proof::PrivateKey::fromPkcs8(h.chest.value()->toStdString());
        std::set<std::string> ids;
        int authorized = 0;
        for (const FakeRequest& r : h.wire.all()) {
            const auto p = proofOf(r);
            QVERIFY2(p, qPrintable(r.path));
            QCOMPARE(p->thumbprint, key->jwk().thumbprint());
            QCOMPARE(p->method, r.verb.toStdString());
            QCOMPARE(p->uri, (u"http://127.0.0.1:1"_s + r.path).toStdString());
            QCOMPARE(p->issuedAt, FakeClock::kStart / 1000);
            QVERIFY(p->id.size() >= 22);
            QVERIFY2(ids.insert(p->id).second, "a proof was used twice");
            const QByteArray who = r.header("Authorization");
            if (who.isEmpty()) {
                QVERIFY(p->tokenHash.empty());
            } else {
                QCOMPARE(who, QByteArray("DPoP access-1"));
                QCOMPARE(p->tokenHash, proof::tokenHash("access-1"));
                ++authorized;
            }
        }
        QCOMPARE(ids.size(), std::size_t(7)); // challenge, token, who am I, events, drafts handed over, list, sign out
        QCOMPARE(authorized, 5);
    }

    void addressesAreNamedAsTheServerSeesThem_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("address");
        QTest::newRow("query") << u"https://naru.example/v1/products?q=a#b"_s << QByteArray("https://naru.example/v1/products");
        QTest::newRow("port") << u"https://naru.example:8443/v1/x"_s << QByteArray("https://naru.example:8443/v1/x");
        QTest::newRow("own port") << u"https://naru.example:443/v1/x"_s << QByteArray("https://naru.example/v1/x");
        QTest::newRow("http") << u"http://127.0.0.1:80/v1/x"_s << QByteArray("http://127.0.0.1/v1/x");
        QTest::newRow("upper case") << u"HTTPS://Naru.Example/v1/X"_s << QByteArray("https://naru.example/v1/X");
        QTest::newRow("prefix") << u"https://shop.example/naru/v1/x"_s << QByteArray("https://shop.example/naru/v1/x");
        QTest::newRow("user") << u"https://u:p@naru.example/v1/x"_s << QByteArray("https://naru.example/v1/x");
    }
    void addressesAreNamedAsTheServerSeesThem()
    {
        QFETCH(QString, url);
        QTEST(proofAddress(QUrl(url)), "address");
    }

    void theNewestNonceIsUsed()
    {
        BackendHarness h;
        std::atomic<int> n{0};
        h.wire.on(kHome, [&](const FakeRequest&) { return with(homeAnswer(), "DPoP-Nonce", "nonce-" + QByteArray::number(++n)); });
        QVERIFY(h.signIn());
        for (int i = 0; i < 3; ++i) {
            Outcome<HomeSummary> o;
            h.backend->home().summary(o.reply());
            QTRY_VERIFY(o.ok());
        }
        const auto asked = h.wire.asked(kHome);
        QCOMPARE(nonceOf(asked[0]), QByteArray());
        QCOMPARE(nonceOf(asked[1]), QByteArray("nonce-1"));
        QCOMPARE(nonceOf(asked[2]), QByteArray("nonce-2"));
    }

    void aWantedNonceIsGivenAtOnceAndIsNoTry()
    {
        BackendHarness h;
        h.config.limits.retries = 0;
        QVERIFY(h.signIn());
        h.wire.on(kRelease, [](const FakeRequest& r) { return nonceOf(r) == "fresh" ? BackendHarness::json(jsonOf(Hold{})) : wantsNonce("fresh"); });
        Outcome<Hold> o;
        h.backend->reservations().releaseHold({}, 1, u"r"_s, o.reply());
        QTRY_VERIFY(o.ok());
        const auto asked = h.wire.asked(kRelease);
        QCOMPARE(asked.size(), std::size_t(2));
        QCOMPARE(asked[0].header("Idempotency-Key"), asked[1].header("Idempotency-Key"));
        QCOMPARE(asked[0].body, asked[1].body);
        QVERIFY(proofOf(asked[0])->id != proofOf(asked[1])->id);
        QCOMPARE(h.wire.count(kToken), 1); // and no refresh
    }

    void aServerThatWantsNoncesForEverIsNotAskedForEver()
    {
        BackendHarness h;
        QVERIFY(h.signIn());
        h.wire.on(kHome, wantsNonce("again"));
        Outcome<HomeSummary> o;
        h.backend->home().summary(o.reply());
        QTRY_COMPARE(o.code(), u"use-dpop-nonce"_s);
        QCOMPARE(h.wire.count(kHome), 2);
        QCOMPARE(h.wire.count(kToken), 1);
        QCOMPARE(h.backend->session().state(), SessionState::Active);
        h.wire.on(kHome, FakeAnswer::problem(401, "use-dpop-nonce")); // brings none
        Outcome<HomeSummary> none;
        h.backend->home().summary(none.reply());
        QTRY_COMPARE(none.code(), u"use-dpop-nonce"_s);
        QCOMPARE(h.wire.count(kHome), 3);
    }

    void signingInTakesTheNonceToo()
    {
        BackendHarness h;
        h.wire.on("POST /oauth/authorize-challenge",
            [](const FakeRequest& r) { return nonceOf(r) == "n1" ? BackendHarness::json("{\"authorization_code\":\"c\"}") : wantsNonce("n1", 400); });
        h.wire.on(kToken, [&](const FakeRequest& r) { return nonceOf(r) == "n2" ? BackendHarness::json(jsonOf(h.tokens(1))) : wantsNonce("n2", 400); });
        h.wire.on(kEvents, [](const FakeRequest& r) {
            FakeAnswer stream;
            stream.type = "text/event-stream";
            stream.stream = true;
            return nonceOf(r) == "n3" ? stream : wantsNonce("n3");
        });
        QVERIFY(h.signIn());
        QCOMPARE(h.backend->connection().state, LinkState::Live);
        QCOMPARE(h.wire.count("POST /oauth/authorize-challenge"), 2);
        QCOMPARE(h.wire.count(kToken), 2);
        QCOMPARE(h.wire.count(kEvents), 2);
        QCOMPARE(h.wire.asked(kEvents)[1].header("Authorization"), QByteArray("DPoP access-1"));
    }

    void aRefreshThatLacksANonceIsNoFailure()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        h.wire.on(kHome, homeAnswer());
        QVERIFY(h.signIn());
        h.wire.on(kToken, wantsNonce("x", 400)); // twice in a row, and again, and again
        for (int i = 0; i < 5; ++i) {
            clock.advance(Millis{295'000});
            Outcome<HomeSummary> o;
            h.backend->home().summary(o.reply());
            QTRY_COMPARE(o.code(), u"use-dpop-nonce"_s);
        }
        QCOMPARE(h.backend->session().state(), SessionState::Active);
        h.wire.on(kToken, [&](const FakeRequest& r) { return nonceOf(r) == "y" ? BackendHarness::json(jsonOf(h.tokens(2))) : wantsNonce("y", 400); });
        bool answered = false;
        for (int i = 0; i < 3 && !answered; ++i) { // one refresh may still be under way that was told the old nonce first
            Outcome<HomeSummary> o;
            h.backend->home().summary(o.reply());
            QTRY_COMPARE(o.done.size(), 1U);
            answered = o.ok();
        }
        QVERIFY(answered);
    }

    // The call fails with what the server said; whether the session is over shows at the refresh.
    void aMismatchIsToldAndNotRefreshed_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("proof") << QByteArray("dpop-invalid");
        QTest::newRow("key") << QByteArray("auth-mismatch");
        QTest::newRow("step-up") << QByteArray("step-up-required");
        QTest::newRow("credentials") << QByteArray("invalid-credentials");
    }
    void aMismatchIsToldAndNotRefreshed()
    {
        QFETCH(QByteArray, code);
        BackendHarness h;
        QVERIFY(h.signIn());
        h.wire.on(kHome, FakeAnswer::problem(401, code.constData(), "\"factors\":[\"totp\",\"recovery\"],\"acr\":\"urn:naru:acr:2\""));
        Outcome<HomeSummary> o;
        h.backend->home().summary(o.reply());
        QTRY_COMPARE(o.code(), QString::fromLatin1(code));
        QCOMPARE(o.done[0].error().facts.value(u"factors"_s), u"totp recovery"_s);
        QCOMPARE(h.wire.count(kHome), 1);
        QCOMPARE(h.wire.count(kToken), 1);
        QCOMPARE(h.backend->session().state(), SessionState::Active);
    }

    void threeRefreshesThatDoNotFitEndTheSession()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        h.config.limits.wakeGap = h.config.limits.heartbeatLost = Millis{1'000'000'000}; // nobody refreshes besides
        h.wire.on(kHome, homeAnswer());
        QVERIFY(h.signIn());
        std::vector<SessionEnded> ended;
        QObject::connect(&h.backend->session(), &SessionService::ended, &h.backend->session(), [&](const SessionEnded& e) { ended.push_back(e); });
        h.wire.on(kToken, FakeAnswer::problem(401, "auth-mismatch"));
        clock.advance(Millis{295'000});
        for (int i = 0; i < 3; ++i) {
            QVERIFY(ended.empty());
            Outcome<HomeSummary> o;
            h.backend->home().summary(o.reply());
            QTRY_COMPARE(o.kind(), ErrorKind::Unauthorized);
        }
        QTRY_COMPARE(ended.size(), std::size_t(1));
        QCOMPARE(ended[0].reason, SessionEndReason::Revoked);
        QCOMPARE(ended[0].detail, u"auth-mismatch"_s);
        QVERIFY(h.settle());
        QCOMPARE(h.wire.count(kToken), 4); // never a loop
        QCOMPARE(h.backend->session().state(), SessionState::Ended);
    }

    void aGoodRefreshForgivesTheBadOnes()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        h.config.limits.wakeGap = h.config.limits.heartbeatLost = Millis{1'000'000'000}; // nobody refreshes besides
        h.wire.on(kHome, homeAnswer());
        QVERIFY(h.signIn());
        for (int round = 0; round < 3; ++round) {
            clock.advance(Millis{295'000});
            h.wire.on(kToken, FakeAnswer::problem(401, "dpop-invalid"));
            for (int i = 0; i < 2; ++i) {
                Outcome<HomeSummary> o;
                h.backend->home().summary(o.reply());
                QTRY_COMPARE(o.code(), u"dpop-invalid"_s);
            }
            h.wire.on(kToken, BackendHarness::json(jsonOf(h.tokens(round + 2))));
            Outcome<HomeSummary> good;
            h.backend->home().summary(good.reply());
            QTRY_VERIFY(good.ok());
        }
        QCOMPARE(h.backend->session().state(), SessionState::Active);
    }

    void aRefreshThatIsAskedToWaitWaits()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        h.config.limits.retries = 0;
        h.wire.on(kHome, homeAnswer());
        QVERIFY(h.signIn());
        clock.advance(Millis{295'000});
        h.wire.on(kToken, FakeAnswer::problem(429, "refresh-throttled", "\"retry_after\":20"));
        for (int i = 0; i < 4; ++i) {
            Outcome<HomeSummary> o;
            h.backend->home().summary(o.reply());
            QTRY_COMPARE(o.kind(), ErrorKind::RateLimited);
        }
        QCOMPARE(h.wire.count(kToken), 2);
        h.wire.on(kToken, BackendHarness::json(jsonOf(h.tokens(2))));
        clock.advance(Millis{20'000});
        Outcome<HomeSummary> o;
        h.backend->home().summary(o.reply());
        QTRY_VERIFY(o.ok());
        QCOMPARE(h.backend->session().state(), SessionState::Active);
    }

    void bearerTokensAreNotTaken()
    {
        BackendHarness h;
        h.start();
        h.wire.on(kToken, [&](const FakeRequest&) {
            protocol::TokenAnswer t = h.tokens(1);
            t.tokenType = u"Bearer"_s;
            return BackendHarness::json(jsonOf(t));
        });
        Outcome<SessionInfo> o;
        h.backend->session().signIn(u"x"_s, u"y"_s, o.reply());
        QTRY_COMPARE(o.kind(), ErrorKind::Protocol);
        QCOMPARE(h.wire.count("GET /v1/session"), 0);
    }

    void theServersAgeAndTimeAreTold()
    {
        FakeClock clock;
        BackendHarness h;
        h.config.clock = &clock;
        QVERIFY(h.signIn());
        std::vector<ConnectionStatus> seen;
        QObject::connect(h.backend.get(), &Backend::connectionChanged, h.backend.get(), [&](const ConnectionStatus& s) { seen.push_back(s); });
        const auto home = [&](const QByteArray& age, const QByteArray& date) {
            h.wire.on(kHome, with(with(homeAnswer(), "Naru-Auth-Age", age), "Date", date));
            Outcome<HomeSummary> o;
            h.backend->home().summary(o.reply());
            return QTest::qWaitFor([&] { return o.ok(); }, 5000);
        };
        QVERIFY(home("900", "Mon, 02 Mar 2026 00:00:30 GMT"));
        QCOMPARE(h.backend->connection().authAgeMs, 0); // young, and the clocks agree well enough
        QCOMPARE(h.backend->connection().clockOffMs, 0);
        QVERIFY(home("15001", "Sun, 01 Mar 2026 23:53:00 GMT"));
        QTRY_COMPARE(h.backend->connection().authAgeMs, 15001);
        QCOMPARE(h.backend->connection().clockOffMs, 420'000); // seven minutes fast
        const std::size_t told = seen.size();
        QVERIFY(home("15900", "Sun, 01 Mar 2026 23:53:09 GMT"));
        QVERIFY(h.settle());
        QCOMPARE(seen.size(), told); // trembling says nothing
        QVERIFY(home("20", "Mon, 02 Mar 2026 00:02:00 GMT"));
        QTRY_COMPARE(h.backend->connection().authAgeMs, 20);
        QCOMPARE(h.backend->connection().clockOffMs, -120'000);
        QVERIFY(home("nonsense", "yesterday"));
        QVERIFY(h.settle());
        QCOMPARE(h.backend->connection().authAgeMs, 20);
    }
};

QTEST_GUILESS_MAIN(tst_Proofs)
#include "tst_Proofs.moc"
