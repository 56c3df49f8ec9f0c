// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 180
// labels: postgres
// Two servers on one PostgreSQL, no leader: sessions, events, keys and stock hold across them. Skipped without PostgreSQL.
#include "protocol/RevocationFields.h"
#include "protocol/SecurityFields.h"
#include "server/api/Server.h"
#include "server/auth/Accounts.h"
#include "server/auth/AuthService.h"
#include "server/auth/token/TokenKeys.h"
#include "server/store/StoreUrl.h"
#include "server/tools/Check.h"
#include "support/LocalNode.h"
#include "support/PgCluster.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;

class tst_TwoNodes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init()
    {
        if (qstrcmp(QTest::currentTestFunction(), "bothGoOnAfterTheDatabaseRestarted") != 0) // there is something to complain about
            QTest::failOnWarning(QRegularExpression(u".*"_s));
    }
    void cleanup();
    void aSessionHoldsAtBoth();
    void aTakeoverAtOneEndsTheStreamAtTheOther();
    void signingOutAtOneIsKnownAtTheOther();
    void displacementIsKnownSoonEverywhere();
    void aRevokedKeyIsRefusedEverywhere();
    void twoAdministratorsRevokeAKeyAtTwoServers();
    void aChangeAtOneIsSeenAtTheOther();
    void oneKeyIsOneChange();
    void nothingIsSoldTwice();
    void bothGoOnAfterTheDatabaseRestarted();

private:
    RestSession at(LocalNode& node, const RestSession& who) const
    {
        RestSession s = node.session();
        s.setAccessToken(who.tokens().accessToken);
        return s;
    }
    std::unique_ptr<EventStream> streamAt(const LocalNode& node, const RestSession& who) const
    {
        auto stream = std::make_unique<EventStream>(u"127.0.0.1"_s, static_cast<quint16>(node.port()), who.tokens().accessToken);
        if (!stream->waitOpen(30000))
            qFatal("the stream does not open: %d", stream->status());
        return stream;
    }

    PgCluster* m_cluster = nullptr;
    QString m_url;
    std::unique_ptr<LocalNode> m_one;
    std::unique_ptr<LocalNode> m_two;
};

void tst_TwoNodes::initTestCase()
{
    QString why;
    m_cluster = PgCluster::shared(&why);
    if (!m_cluster)
        QSKIP(qPrintable(why));
    m_url = m_cluster->createDatabase();
    m_one = std::make_unique<LocalNode>([this](server::Config& c) { c.database = m_url; });
    m_two = std::make_unique<LocalNode>([this](server::Config& c) {
        c.database = m_url;
        c.keysDir = m_one->dataDir();
    }, false);
}

void tst_TwoNodes::cleanup()
{
    if (!m_cluster)
        return;
    const auto db = server::openStore(m_url, server::StoreAccess::Reader);
    QVERIFY(db);
    QStringList broken;
    for (const server::Violation& v : server::checkInvariants(**db, systemClock().now()))
        broken << v.rule + u' ' + v.entityId;
    QCOMPARE(broken, QStringList());
}

void tst_TwoNodes::aSessionHoldsAtBoth()
{
    const RestSession first = m_one->signedIn(u"staff1"_s);
    RestSession second = at(*m_two, first);
    QCOMPARE(second.get("/v1/session").status, 200); // at once: looked up
    const Answer refreshed = m_two->session().form("/oauth/token", "grant_type=refresh_token&refresh_token=" + first.tokens().refreshToken.toStdString());
    QVERIFY2(refreshed.ok(), qPrintable(refreshed.text()));
    second.setAccessToken(QString::fromStdString(std::string(refreshed.json().at("access_token").as_string())));
    QCOMPARE(second.get("/v1/session").status, 200);
    second.setAccessToken(u"a.b.c"_s);
    QCOMPARE(second.get("/v1/session").code(), u"token-invalid"_s);
}

void tst_TwoNodes::aTakeoverAtOneEndsTheStreamAtTheOther()
{
    const RestSession first = m_one->signedIn(u"staff1"_s);
    const auto stream = streamAt(*m_two, first);
    RestSession second = m_one->session();
    QCOMPARE(second.signIn(u"staff1"_s, u"naru-demo-2026"_s, u"Laptop"_s), QString());
    QVERIFY(stream->waitEnd(5000));
    QCOMPARE(stream->events().back().topic, u"session.ended"_s);
    RestSession old = at(*m_two, first);
    QCOMPARE(old.get("/v1/session").code(), u"session-displaced"_s);
    QCOMPARE(at(*m_two, second).get("/v1/session").status, 200);
}

void tst_TwoNodes::signingOutAtOneIsKnownAtTheOther()
{
    const RestSession first = m_one->signedIn(u"staff2"_s);
    RestSession second = at(*m_two, first);
    QCOMPARE(second.get("/v1/session").status, 200);
    QVERIFY(second.call("DELETE", "/v1/session").ok());
    RestSession again = at(*m_one, first);
    QTRY_COMPARE(again.get("/v1/session").code(), u"session-signed-out"_s);
}

// Goal G1: from the answer of the new sign-in at one server until the old token is refused at the other, where somebody goes on using it; what is
// sensitive is refused from that answer on. Its figures are printed; they are asked to be far under a second, and held to two.
void tst_TwoNodes::displacementIsKnownSoonEverywhere()
{
    constexpr int kRounds = 80;
    std::vector<std::int64_t> took;
    int sensitiveAsked = 0;
    int sensitiveTaken = 0;
    std::unique_ptr<RestSession> old = std::make_unique<RestSession>(m_one->signedIn(u"support1"_s));
    for (int round = 0; round < kRounds; ++round) {
        RestSession hammer = at(*m_two, *old);
        RestSession sensitive = at(*m_two, *old);
        QCOMPARE(hammer.get("/v1/session").status, 200);
        std::atomic<std::int64_t> refusedAt{0};
        const Millis patience = systemClock().steady() + Millis{15'000}; // a server that never hears of it would let him go on until his token ends
        std::thread user([&] {
            while (refusedAt == 0 && systemClock().steady() < patience) {
                if (hammer.get("/v1/session").status == 401)
                    refusedAt = systemClock().steady().count();
            }
        });
        auto next = std::make_unique<RestSession>(m_one->session());
        const QString problem = next->signIn(u"support1"_s);
        const std::int64_t answeredAt = systemClock().steady().count();
        // Class S: ending a session that there is not says 404 to who may, and 401 to who may not any more. Every other time: what it reads
        // tells the whole server, and the rest is to hear of it by itself.
        const bool asks = round % 2 == 1;
        if (asks) {
            const Answer s = sensitive.postText("/v1/admin/sessions/" + old->tokens().sid.toString().toStdString() + "/end", R"({"reason":"test"})");
            sensitiveTaken += s.code() != u"session-displaced"_s;
            ++sensitiveAsked;
        }
        user.join();
        QVERIFY2(refusedAt != 0, "the old token is taken on and on");
        QCOMPARE(problem, QString());
        if (!asks)
            took.push_back(std::max<std::int64_t>(0, refusedAt - answeredAt));
        old = std::move(next);
    }
    std::sort(took.begin(), took.end());
    qInfo("displacement known at the other server after: median %lld ms, p99 %lld ms, longest %lld ms; sensitive requests taken after the answer: %d of %d",
        static_cast<long long>(took[took.size() / 2]), static_cast<long long>(took[took.size() * 99 / 100]), static_cast<long long>(took.back()), sensitiveTaken, sensitiveAsked);
    QCOMPARE(sensitiveTaken, 0);
    QVERIFY(took.back() < 2'000);
}

// A drill: the key that signs has leaked. A new one takes its place, and what the old one signed is refused at both within a second.
void tst_TwoNodes::aRevokedKeyIsRefusedEverywhere()
{
    RestSession one = m_one->signedIn(u"admin1"_s);
    RestSession two = at(*m_two, one);
    QCOMPARE(two.get("/v1/session").status, 200);
    const std::string kid = std::string(m_one->session().get("/.well-known/jwks.json").json().at("keys").as_array().back().at("kid").as_string());
    m_one->write([&](server::Txn& txn) {
        server::addSigningKey(txn, m_one->node().server().auth.seal(), systemRng(), txn.now());
        QVERIFY(server::revokeSigningKey(txn, kid));
    });
    const Millis revoked = systemClock().steady();
    QTRY_COMPARE_WITH_TIMEOUT(two.get("/v1/session").code(), u"token-invalid"_s, 1000);
    QTRY_COMPARE_WITH_TIMEOUT(one.get("/v1/session").code(), u"token-invalid"_s, 1000);
    qInfo("a revoked key was refused at both servers after %lld ms", static_cast<long long>((systemClock().steady() - revoked).count()));
    QVERIFY(one.refresh().ok()); // the session goes on, under the new key
    QCOMPARE(one.get("/v1/session").status, 200);
    QCOMPARE(at(*m_two, one).get("/v1/session").status, 200);
}

// The same over the interface, each of the two at another server.
void tst_TwoNodes::twoAdministratorsRevokeAKeyAtTwoServers()
{
    m_one->write([](server::Txn& txn) {
        const QString phc = txn.db().one(u"SELECT c.phc FROM auth_credential c JOIN user_account u ON u.id = c.user_id WHERE u.login = 'admin1' AND c.kind = 'password'"_s)->text(0);
        server::createAccount(txn, u"admin2"_s, u"관리자 둘"_s, Role::Admin, {}, phc, true);
    });
    const protocol::StepUpRequest verification{u"password"_s, u"naru-demo-2026"_s};
    RestSession first = m_one->signedIn(u"admin1"_s);
    QVERIFY(first.post("/v1/session/step-up", verification).ok());
    RestSession second = m_two->signedIn(u"admin2"_s);
    QVERIFY(second.post("/v1/session/step-up", verification).ok());
    RestSession staff = at(*m_two, m_one->signedIn(u"staff2"_s));
    QCOMPARE(staff.get("/v1/session").status, 200);
    const QString kid = QString::fromStdString(std::string(m_one->session().get("/.well-known/jwks.json").json().at("keys").as_array().back().at("kid").as_string()));
    const RevocationRequest wish{RevocationKind::Kid, kid, u"drill"_s, {}};
    QCOMPARE(first.post("/v1/admin/revocations", wish).as<RevocationAnswer>().state, RevocationState::Waiting);
    const Answer done = second.post("/v1/admin/revocations", wish);
    QVERIFY2(done.ok(), qPrintable(done.text()));
    QCOMPARE(done.as<RevocationAnswer>().state, RevocationState::Done);
    const Millis revoked = systemClock().steady();
    QTRY_COMPARE_WITH_TIMEOUT(staff.get("/v1/session").code(), u"token-invalid"_s, 1000);
    QTRY_COMPARE_WITH_TIMEOUT(first.get("/v1/session").code(), u"token-invalid"_s, 1000);
    qInfo("a key that two administrators revoked was refused at both servers after %lld ms", static_cast<long long>((systemClock().steady() - revoked).count()));
    QVERIFY(first.refresh().ok());
    QCOMPARE(at(*m_two, first).get("/v1/session").status, 200);
}

void tst_TwoNodes::aChangeAtOneIsSeenAtTheOther()
{
    const RestSession who = m_one->signedIn(u"staff1"_s);
    const auto stream = streamAt(*m_two, who);
    for (int i = 0; i < 20; ++i) {
        const std::int64_t seq = m_one->publish(u"mark-%1"_s.arg(i));
        QVERIFY(stream->waitFor(u"vendor.changed"_s, 5000, [seq](const EventStream::Event& e) { return e.id == seq; }));
    }
}

void tst_TwoNodes::oneKeyIsOneChange()
{
    const RestSession who = m_one->signedIn(u"staff1"_s);
    const std::string path = "/v1/stock/" + m_one->data().teaStock.at(0).toString().toStdString();
    for (int i = 0; i < 20; ++i) {
        RestSession sessions[2] = {at(*m_one, who), at(*m_two, who)};
        const auto level = sessions[0].get(path).as<StockLevel>();
        Answer answers[2];
        std::vector<std::thread> both;
        for (int n = 0; n < 2; ++n)
            both.emplace_back([&, n] {
                answers[n] = sessions[n].post(path + "/movements", StockChange{u"received"_s, 1, u"입고"_s},
                    {RestSession::ifMatch(level.version), {"Idempotency-Key", "same-" + std::to_string(i)}});
            });
        for (std::thread& t : both)
            t.join();
        QVERIFY2(answers[0].ok() && answers[1].ok(), qPrintable(answers[0].text() + u" / "_s + answers[1].text()));
        QCOMPARE(answers[0].body, answers[1].body);
        QCOMPARE(answers[0].headers.count("idempotency-replayed") + answers[1].headers.count("idempotency-replayed"), 1u);
        QCOMPARE(sessions[1].get(path).as<StockLevel>().onHand, level.onHand + 1);
    }
}

void tst_TwoNodes::nothingIsSoldTwice()
{
    const RestSession who = m_one->signedIn(u"store1"_s);
    const ItemId item = m_one->data().slotItems.at(1); // 8 seats
    std::atomic<int> confirmed{0};
    std::atomic<int> rejected{0};
    std::atomic<int> other{0};
    std::vector<std::thread> callers;
    for (int n = 0; n < 8; ++n)
        callers.emplace_back([&, n] {
            RestSession s = at(n % 2 == 0 ? *m_one : *m_two, who);
            for (int i = 0; i < 8; ++i) {
                NewTicket wish;
                wish.customerId = m_one->data().customer;
                wish.goal = TicketGoal::Confirm;
                wish.lines = {{item, 1}};
                const Answer a = s.post("/v1/tickets", wish);
                const QString status = a.ok() ? protocol::wireText(a.as<Ticket>().status) : QString();
                ++(status == u"confirmed"_s ? confirmed : status == u"rejected"_s ? rejected : other);
            }
        });
    for (std::thread& t : callers)
        t.join();
    QCOMPARE(confirmed.load(), 8);
    QCOMPARE(rejected.load(), 56);
    QCOMPARE(other.load(), 0);
}

void tst_TwoNodes::bothGoOnAfterTheDatabaseRestarted()
{
    const RestSession who = m_one->signedIn(u"staff1"_s);
    const auto stream = streamAt(*m_two, who);
    QVERIFY(m_cluster->restart());
    RestSession one = at(*m_one, who);
    RestSession two = at(*m_two, who);
    const std::string path = "/v1/stock/" + m_one->data().teaStock.at(1).toString().toStdString();
    QTRY_COMPARE_WITH_TIMEOUT(one.get(path).status, 200, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(two.get(path).status, 200, 10'000);
    const std::int64_t seq = m_one->publish(u"after"_s);
    QVERIFY(stream->waitFor(u"vendor.changed"_s, 10'000, [seq](const EventStream::Event& e) { return e.id == seq; }));
}

QTEST_GUILESS_MAIN(tst_TwoNodes)
#include "tst_TwoNodes.moc"
