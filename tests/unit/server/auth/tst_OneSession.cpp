// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 240
// engines: both
#include "proof/Encoding.h"
#include "server/auth/Sessions.h"
#include "support/AuthFixture.h"
#include "support/PgCluster.h"

#include <QRegularExpression>
#include <QTest>

#include <barrier>
#include <future>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::AuthFixture;

namespace {
constexpr int kAtOnce = 8;

int rounds() { return qEnvironmentVariable("NARU_CAMPAIGN") == u"full" ? 10'000 : 200; }

// Another server on the same PostgreSQL. One server alone has one writer, and nothing can come between what it reads and what it writes.
struct Sister {
    explicit Sister(AuthFixture& f)
    {
        StoreOptions store;
        store.path = f.store();
        store.name = u"sister"_s;
        auto opened = Database::open(store, f.clock, systemRng());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        db = std::move(*opened);
        db->writer().start();
        auth = std::make_unique<AuthService>(f.options(), f.clock, systemRng(), db->writer(), db->reads());
        f.load(*auth);
    }
    ~Sister() { auth->stop(); }
    std::unique_ptr<Database> db;
    std::unique_ptr<AuthService> auth;
};

// What came to pass at the other server, as an event would tell it.
void follow(AuthFixture& f, const SessionId& sid)
{
    std::promise<bool> read;
    f.auth().lookUp(sid, [&](bool done) { read.set_value(done); });
    QVERIFY(read.get_future().get());
}

}

// Simultaneous sign-ins of one user leave exactly one live session.
class tst_OneSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void simultaneousSignInsLeaveOne();
    void denyAndAskHaveOneWinner_data();
    void denyAndAskHaveOneWinner();
    void checkThenInsertLeavesMore();

private:
    static void atOnce(const std::function<void(int)>& work)
    {
        std::barrier start(kAtOnce);
        std::vector<std::thread> threads;
        for (int i = 0; i < kAtOnce; ++i)
            threads.emplace_back([&, i] {
                start.arrive_and_wait();
                work(i);
            });
        for (std::thread& t : threads)
            t.join();
    }
    static QString device(int i) { return u"device %1"_s.arg(i); }
    // The passwords are not what is tested: devices and codes are made beforehand, eight codes for each round, and redeemed at once.
    static void prepare(AuthFixture& f, int rounds)
    {
        f.write([&](Txn& txn) {
            Connection& db = txn.db();
            std::vector<DeviceId> ids;
            for (int i = 0; i < kAtOnce; ++i) {
                ids.push_back(txn.newId<DeviceId>());
                db.exec(u"INSERT INTO auth_device (id, user_id, jkt, name, storage, created_at, last_seen_at) VALUES (?, ?, ?, ?, 'keychain', ?, ?)"_s,
                    {ids.back(), f.user(u"staff1"_s), Param(AuthFixture::thumbprint(device(i))), device(i), txn.now(), txn.now()});
            }
            for (int a = 0; a < kAtOnce; ++a) // they take the session from each other all the time, and may
                for (int b = a + 1; b < kAtOnce; ++b)
                    db.exec(u"INSERT INTO auth_device_pair (user_id, device_a, device_b, allowed_by, at) VALUES (?, ?, ?, ?, ?)"_s,
                        {f.user(u"staff1"_s), std::min(ids[std::size_t(a)], ids[std::size_t(b)]), std::max(ids[std::size_t(a)], ids[std::size_t(b)]), f.user(u"staff1"_s), txn.now()});
            for (int i = 0; i < rounds * kAtOnce; ++i)
                db.exec(u"INSERT INTO auth_code (code_hash, user_id, challenge, device_name, expires_at, jkt, device_id) VALUES (?, ?, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', ?, ?, ?, ?)"_s,
                    {Param(std::string_view(proof::toBase64Url(proof::sha256("code" + std::to_string(i))))), f.user(u"staff1"_s), device(i % kAtOnce),
                        txn.now() + Millis{3600'000}, Param(AuthFixture::thumbprint(device(i % kAtOnce))), ids[std::size_t(i % kAtOnce)]});
        });
    }
};

void tst_OneSession::simultaneousSignInsLeaveOne()
{
    AuthFixture f;
    const int count = rounds();
    prepare(f, count);
    const auto sister = naru::test::onPostgres() ? std::make_unique<Sister>(f) : nullptr;
    int wrong = 0;
    for (int round = 0; round < count; ++round) {
        std::array<TokenGrant, kAtOnce> grants;
        atOnce([&](int i) {
            AuthService& at = sister && i % 2 ? *sister->auth : f.auth();
            const auto g = AuthFixture::redeemAt(at, "code" + std::to_string(round * kAtOnce + i), device(i));
            if (const auto* ok = std::get_if<TokenGrant>(&g))
                grants[static_cast<std::size_t>(i)] = *ok;
        });
        if (sister)
            for (const TokenGrant& g : grants)
                follow(f, g.sid);
        const int rows = f.query(u"SELECT COUNT(*) FROM auth_session WHERE user_id = ? AND status = 'active'"_s, {f.user(u"staff1"_s)}).at(0).number(0);
        const auto working = std::count_if(grants.begin(), grants.end(), [&](const TokenGrant& g) { return f.verdict(g.accessToken).isEmpty(); });
        wrong += rows != 1 || working != 1;
        std::set<std::int64_t> versions;
        for (const TokenGrant& g : grants)
            versions.insert(g.sv);
        QCOMPARE(versions.size(), std::size_t(kAtOnce)); // everybody had his turn
    }
    qInfo("%d rounds of %d sign-ins at once: %d left another number than one live session", count, kAtOnce, wrong);
    QCOMPARE(wrong, 0);
    QCOMPARE(f.query(u"SELECT COUNT(*) FROM auth_session WHERE user_id = ? AND status = 'displaced'"_s, {f.user(u"staff1"_s)}).at(0).number(0), count * kAtOnce - 1);
    if (!sister) // of two servers, each tells of those it knew to be live
        QCOMPARE(f.ends().size(), std::size_t(count * kAtOnce - 1));
}

void tst_OneSession::denyAndAskHaveOneWinner_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("deny") << u"deny"_s << u"session-exists"_s;
    QTest::newRow("ask") << u"ask"_s << u"session-confirm"_s;
}

void tst_OneSession::denyAndAskHaveOneWinner()
{
    QFETCH(QString, policy);
    QFETCH(QString, refusal);
    AuthFixture f;
    constexpr int kCount = 60;
    prepare(f, kCount);
    f.write([&](Txn& txn) { txn.db().exec(u"UPDATE user_account SET session_policy = ? WHERE login = 'staff1'"_s, {policy}); });
    for (int round = 0; round < kCount; ++round) {
        std::atomic<int> won{0};
        std::atomic<int> refused{0};
        std::string winner;
        atOnce([&](int i) {
            const auto g = f.redeem("code" + std::to_string(round * kAtOnce + i), device(i));
            if (const auto* ok = std::get_if<TokenGrant>(&g)) {
                ++won;
                winner = ok->accessToken;
            } else if (std::get<protocol::Problem>(g).code == refusal) {
                ++refused;
            }
        });
        QCOMPARE(won.load(), 1);
        QCOMPARE(refused.load(), kAtOnce - 1);
        QCOMPARE(f.verdict(winner), QString());
        f.write([&](Txn& txn) { closeSession(txn, *liveSessionOf(txn.db(), f.user(u"staff1"_s)), SessionEndReason::SignedOut); }); // for the next round
    }
}

// The negative control: looking for a live session first and inserting afterwards, in two steps, as one would naively do.
void tst_OneSession::checkThenInsertLeavesMore()
{
    AuthFixture f;
    f.write([](Txn& txn) { txn.db().exec(u"DROP INDEX auth_session_one_active"_s); }); // the second lock of the same door
    const UserId user = f.user(u"staff1"_s);
    std::atomic<std::int64_t> sv{0};
    int wrong = 0;
    for (int round = 0; round < 20; ++round) {
        std::barrier looked(kAtOnce);
        atOnce([&](int) {
            const Rows live = f.query(u"SELECT sid FROM auth_session WHERE user_id = ? AND status = 'active'"_s, {user});
            looked.arrive_and_wait(); // what any pause between the two steps allows
            std::promise<void> done;
            Actor actor;
            actor.role = u"system"_s;
            actor.requestId = u"naive"_s;
            f.writer().submit(actor, [&](Txn& txn) {
                for (const Row& row : live)
                    txn.db().exec(u"UPDATE auth_session SET status = 'displaced' WHERE sid = ?"_s, {row.text(0)});
                txn.db().exec(u"INSERT INTO auth_session (sid, user_id, sv, status, device_id, started_at) VALUES (?, ?, ?, 'active', 'd', 0)"_s,
                    {txn.newId<SessionId>(), user, ++sv});
            }, [&](std::exception_ptr) { done.set_value(); });
            done.get_future().get();
        });
        wrong += f.query(u"SELECT COUNT(*) FROM auth_session WHERE user_id = ? AND status = 'active'"_s, {user}).at(0).number(0) != 1;
    }
    QCOMPARE(wrong, 20);
}

QTEST_GUILESS_MAIN(tst_OneSession)
#include "tst_OneSession.moc"
