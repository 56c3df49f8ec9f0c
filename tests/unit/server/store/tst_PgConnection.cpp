// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// What only a server of its own can do to a connection: refuse, deadlock, go away. Skipped without PostgreSQL.
#include "server/store/CommitBatch.h"
#include "server/store/CommitWatch.h"
#include "server/store/Database.h"
#include "server/store/PgConnection.h"
#include "server/store/StoreUrl.h"
#include "support/FakeClock.h"
#include "support/PgCluster.h"

#include <QScopeGuard>
#include <QTest>

#include <atomic>
#include <future>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

namespace {

constexpr auto text = RowBlock::Type::Text;
constexpr auto big = RowBlock::Type::BigInt;

StoreError::Kind kindOf(const std::function<void()>& work)
{
    try {
        work();
    } catch (const StoreError& e) {
        return e.kind;
    }
    return static_cast<StoreError::Kind>(-1);
}

// Whoever waits publishes something.
class Crowd final : public BatchParticipant {
public:
    std::atomic<std::size_t> waiting{0};
    std::size_t taken = 0; // by the last batch
    std::int64_t turns = -1; // that were taken when it was collected
    std::function<void()> collecting;

    std::size_t collect(std::size_t limit) override
    {
        if (collecting)
            collecting();
        return taken = std::min(waiting.exchange(0), limit);
    }
    void decide(Txn& txn) override
    {
        for (std::size_t i = 0; i < taken; ++i)
            txn.publishText("stock", std::nullopt, "stock", txn.newId<ItemId>().value, 1, "{}");
    }
    void committed() override {}
    void failed(std::exception_ptr) override {}
    bool split() override { return false; }
};

} // namespace

class tst_PgConnection : public QObject {
    Q_OBJECT
private:
    test::PgCluster* m_cluster = nullptr;
    QString m_url;

    std::unique_ptr<PgConnection> open(PgConnection::Mode mode = PgConnection::Mode::Writer) const { return PgConnection::open(m_url, mode); }

private Q_SLOTS:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        QString why;
        m_cluster = test::PgCluster::shared(&why);
        if (!m_cluster)
            QSKIP(qPrintable(why));
        m_url = m_cluster->createDatabase();
        open()->script(u"CREATE TABLE thing (id TEXT PRIMARY KEY, n BIGINT NOT NULL CHECK (n >= 0)); INSERT INTO thing VALUES ('a', 1), ('b', 1);"_s);
    }

    void textsAreTranslated_data()
    {
        QTest::addColumn<QString>("shared");
        QTest::addColumn<QString>("postgres");
        QTest::newRow("values") << u"SELECT a FROM t WHERE b = ? AND c = ANY(?)"_s << u"SELECT a FROM t WHERE b = $1 AND c = ANY($2)"_s;
        QTest::newRow("quoted") << u"SELECT '?' || 'it''s ?' FROM t WHERE b = ?"_s << u"SELECT '?' || 'it''s ?' FROM t WHERE b = $1"_s;
        QTest::newRow("like") << u"WHERE code LIKE ? ESCAPE '\\'"_s << u"WHERE code ILIKE $1 ESCAPE '\\'"_s;
    }
    void textsAreTranslated()
    {
        QFETCH(QString, shared);
        QTEST(postgresText(shared), "postgres");
    }

    void statesBecomeKinds()
    {
        const auto db = open();
        QCOMPARE(kindOf([&] { db->exec(u"INSERT INTO thing VALUES ('a', 1)"_s); }), StoreError::Kind::Constraint);
        QCOMPARE(kindOf([&] { db->exec(u"UPDATE thing SET n = -1"_s); }), StoreError::Kind::Constraint);
        QCOMPARE(kindOf([&] { db->query(u"SELECT nothing FROM nowhere"_s); }), StoreError::Kind::Other);
        QCOMPARE(kindOf([&] { db->query(u"SELECT nothing FROM nowhere"_s); }), StoreError::Kind::Other); // again: it was never prepared
        QCOMPARE(kindOf([&] { open(PgConnection::Mode::Reader)->exec(u"DELETE FROM thing"_s); }), StoreError::Kind::ReadOnly);
        QCOMPARE(db->one(u"SELECT COUNT(*) FROM thing"_s)->number(0), 2);
        QVERIFY(db->usable());
    }

    void aFailedTransactionCannotBeCommitted()
    {
        const auto db = open();
        db->begin(Connection::Access::Write);
        QCOMPARE(kindOf([&] { db->exec(u"INSERT INTO thing VALUES ('a', 1)"_s); }), StoreError::Kind::Constraint);
        QCOMPARE(kindOf([&] { db->commit(); }), StoreError::Kind::Other);
        QCOMPARE(db->one(u"SELECT COUNT(*) FROM thing"_s)->number(0), 2);
    }

    void whatNeedsNoAnswerTravelsWithWhatDoes()
    {
        const auto db = open();
        RowBlock block{"thing", {{"id", text}, {"n", big}}, {}};
        block.add({u"c"_s, 3});
        db->insertRows(block); // what a row of this table is, is asked once
        db->exec(u"DELETE FROM thing WHERE id = 'c'"_s);
        const std::int64_t before = db->roundTrips();
        db->begin(Connection::Access::Write);
        db->savepoint("piece");
        db->query(u"SELECT n FROM thing WHERE id = ? FOR UPDATE"_s, {u"a"_s}); // one
        db->post(u"UPDATE thing SET n = n + 0 WHERE id = ?"_s, {u"a"_s});
        db->release("piece"); // two: a refusal belongs to this piece
        db->savepoint("piece");
        db->release("piece");
        db->insertRows(block);
        db->post(u"DELETE FROM thing WHERE id = 'c'"_s);
        db->commit(); // three
        QCOMPARE(db->roundTrips() - before, 3);
    }

    // A plan that was made while a table was nearly empty reads all of it; it is not kept until the table is large.
    void plansAreMadeAnewAsTablesGrow()
    {
        const auto db = open();
        db->script(u"CREATE TABLE young (id TEXT PRIMARY KEY, n BIGINT NOT NULL); INSERT INTO young VALUES ('a', 1); ANALYZE young;"_s);
        const auto plan = [&db] {
            const QString name = db->one(u"SELECT name FROM pg_prepared_statements WHERE statement LIKE 'SELECT n FROM young%'"_s)->text(0);
            QStringList lines;
            for (const Row& row : db->query(u"EXPLAIN EXECUTE %1('{a}')"_s.arg(name)))
                lines << row.text(0);
            return lines.join(u'\n');
        };
        const auto look = [&db] { db->query(u"SELECT n FROM young WHERE id = ANY(?)"_s, {QStringList{u"a"_s}}); };
        look();
        const QString young = plan(); // with what it reckons with
        db->exec(u"INSERT INTO young SELECT 'r' || g, g FROM generate_series(1, 5000) g"_s);
        look();
        QCOMPARE(plan(), young);
        for (int i = 0; i < 64; ++i) {
            db->begin(Connection::Access::Write);
            db->commit();
        }
        look();
        QVERIFY2(plan() != young, qPrintable(young));
    }

    void aDeadlockIsBusyForOneOfTwo()
    {
        std::atomic<int> busy{0};
        std::promise<void> bothHold[2];
        const auto crosswise = [&](int self) {
            const auto db = open();
            db->begin(Connection::Access::Write);
            db->exec(u"UPDATE thing SET n = n + 1 WHERE id = ?"_s, {self == 0 ? u"a"_s : u"b"_s});
            bothHold[self].set_value();
            bothHold[1 - self].get_future().wait();
            try {
                db->exec(u"UPDATE thing SET n = n + 1 WHERE id = ?"_s, {self == 0 ? u"b"_s : u"a"_s});
                db->commit();
            } catch (const StoreError& e) {
                busy += e.kind == StoreError::Kind::Busy ? 1 : 100;
                db->rollback();
            }
        };
        std::thread other([&] { crosswise(1); });
        crosswise(0);
        other.join();
        QCOMPARE(busy.load(), 1);
    }

    void theWriterRunsADeadlockedBatchAgain()
    {
        const QString url = m_cluster->createDatabase();
        StoreOptions options;
        options.path = url;
        auto one = Database::open(options, systemClock(), systemRng());
        auto two = Database::open(options, systemClock(), systemRng());
        QVERIFY(one && two);
        (*one)->writer().start();
        (*two)->writer().start();
        std::atomic<int> ran{0};
        std::promise<void> holds[2];
        std::atomic<bool> first[2] = {true, true};
        const auto ask = [&](Writer& w, int self, std::promise<std::exception_ptr>& answered) {
            const bool taken = w.submit({}, [&, self](Txn& t) {
                ++ran;
                t.db().exec(u"UPDATE auth_seq SET v = v WHERE name = ?"_s, {self == 0 ? u"x"_s : u"y"_s});
                if (first[self].exchange(false)) {
                    holds[self].set_value();
                    holds[1 - self].get_future().wait();
                }
                t.db().exec(u"UPDATE auth_seq SET v = v + 1 WHERE name = ?"_s, {self == 0 ? u"y"_s : u"x"_s});
            }, [&](std::exception_ptr e) { answered.set_value(e); });
            QVERIFY(taken);
        };
        PgConnection::open(url, PgConnection::Mode::Writer)->exec(u"INSERT INTO auth_seq (name, v) VALUES ('x', 0), ('y', 0)"_s);
        std::promise<std::exception_ptr> a, b;
        ask((*one)->writer(), 0, a);
        ask((*two)->writer(), 1, b);
        QVERIFY(!a.get_future().get());
        QVERIFY(!b.get_future().get());
        QVERIFY(ran.load() >= 3); // one of them more than once
        QCOMPARE(PgConnection::open(url, PgConnection::Mode::Reader)->one(u"SELECT SUM(v) FROM auth_seq WHERE name IN ('x', 'y')"_s)->integer(0), 2);
    }

    void manyMayStartTogether()
    {
        const QString url = m_cluster->createEmptyDatabase();
        std::vector<std::future<int>> started;
        for (int i = 0; i < 4; ++i)
            started.push_back(std::async(std::launch::async, [url] { return migrate(*PgConnection::open(url, PgConnection::Mode::Writer)); }));
        for (auto& s : started)
            QCOMPARE(s.get(), newestMigration());
    }

    void urlsAreExplainedWithoutTheirPassword()
    {
        QCOMPARE(storeName(u"postgres://kim:secret@db.example:5433/naru"_s), u"postgres://kim@db.example:5433/naru"_s);
        QVERIFY(whyNotUrl(u"postgres://kim:secret@db.example:5433/naru"_s).isEmpty());
        for (const QString& bad : {u"postgres://kim:sec ret@[db/naru"_s, u"postgres://kim:secret@db.example"_s, u"mysql://kim:secret@db/naru"_s}) {
            QVERIFY(!whyNotUrl(bad).isEmpty());
            QVERIFY(!whyNotUrl(bad).contains(u"secret"_s));
        }
        const auto refused = openStore(u"postgres://kim:secret@127.0.0.1:1/naru?connect_timeout=1"_s, StoreAccess::Reader);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"database-unavailable"_s);
        QVERIFY(refused.error().detail.contains(u"127.0.0.1:1"_s) && !refused.error().detail.contains(u"secret"_s));
    }

    // The first of many commits is heard at once, those that follow together; and the last word is that of the last commit.
    void commitsInARowAreOneWord()
    {
        const QString url = m_cluster->createDatabase();
        StoreOptions options;
        options.path = url;
        options.name = u"one"_s;
        options.batch = 1;
        test::FakeClock clock; // no time passes between the commits
        auto store = Database::open(options, clock, systemRng());
        QVERIFY(store);
        const auto ear = PgConnection::open(url, PgConnection::Mode::Reader);
        ear->listen(QString::fromLatin1(kCommitChannel));
        constexpr int kCommits = 50;
        std::atomic<int> done{0};
        std::promise<void> all;
        for (int i = 0; i < kCommits; ++i) {
            const bool taken = (*store)->writer().submit({}, [](Txn& t) { t.publishText("stock", std::nullopt, "stock", t.newId<ItemId>().value, 1, "{}"); },
                [&](std::exception_ptr) {
                    if (++done == kCommits)
                        all.set_value();
                });
            QVERIFY(taken);
        }
        (*store)->writer().start();
        all.get_future().get();
        QStringList heard;
        const auto newest = [&] { return CommitWatch::newestOf(heard, u"another"_s); };
        QTRY_VERIFY((heard += ear->notifications(Millis{10}), newest() == kCommits));
        QCOMPARE(heard.size(), 2);
        QVERIFY(heard.front().startsWith(u"1 "_s));
        QVERIFY(heard.back().endsWith(u" one"_s));
        clock.advance(CommitBatch::kWordEvery);
        std::promise<void> later;
        QVERIFY((*store)->writer().submit({}, [](Txn& t) { t.publishText("stock", std::nullopt, "stock", t.newId<ItemId>().value, 1, "{}"); },
            [&](std::exception_ptr) { later.set_value(); }));
        later.get_future().get();
        QTRY_VERIFY((heard += ear->notifications(Millis{10}), newest() == kCommits + 1)); // with it
    }

    // While others write too, what comes during the wait for a turn is in the batch; a server that is alone waits for nobody.
    void aServerCollectsWhenItIsItsTurn()
    {
        const QString url = m_cluster->createDatabase();
        const auto connect = [&url] { return PgConnection::open(url, PgConnection::Mode::Writer); };
        const auto first = connect();
        migrate(*first);
        const auto second = connect();
        const auto holder = connect();
        const test::FakeClock clock;
        Crowd here;
        Crowd there;
        const std::vector<BatchParticipant*> ours{&here};
        const std::vector<BatchParticipant*> theirs{&there};
        CommitBatch batch(*first, clock, systemRng(), ours, 256);
        CommitBatch other(*second, clock, systemRng(), theirs, 256);
        const auto turns = [&holder](bool granted) { return holder->one(u"SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND %1 granted"_s.arg(granted ? u""_s : u"NOT"_s))->integer(0); };
        here.collecting = [&] { here.turns = turns(true); };
        std::vector<CommitBatch::Job> jobs;
        const auto run = [&jobs](CommitBatch& b, Crowd& crowd) {
            crowd.waiting = 1;
            return b.run(jobs) == CommitBatch::Outcome::Committed;
        };
        QVERIFY(run(batch, here) && run(other, there));
        QVERIFY(run(batch, here)); // and finds what the other wrote
        holder->begin(Connection::Access::Write);
        holder->query(u"SELECT CAST(pg_advisory_xact_lock(?) AS TEXT)"_s, {CommitBatch::kTurn});
        here.waiting = 1;
        auto waits = std::async(std::launch::async, [&] { return batch.run(jobs); });
        auto letGo = qScopeGuard([&holder] { holder->rollback(); });
        QTRY_COMPARE(turns(false), 1);
        here.waiting = 7;
        here.collecting = {}; // the holder's connection is the test's
        letGo.dismiss();
        holder->rollback();
        QCOMPARE(waits.get(), CommitBatch::Outcome::Committed);
        QCOMPARE(here.taken, std::size_t(7));
        here.collecting = [&] { here.turns = turns(true); };
        QVERIFY(run(other, there) && run(batch, here));
        here.turns = -1;
        QVERIFY(run(batch, here));
        QCOMPARE(here.turns, 1);
        QVERIFY(run(batch, here)); // nobody wrote since
        QCOMPARE(here.turns, 0);
    }

    void commitsAreHeardByOthers()
    {
        const QString url = m_cluster->createDatabase();
        StoreOptions options;
        options.path = url;
        options.name = u"this"_s;
        auto store = Database::open(options, systemClock(), systemRng());
        QVERIFY(store);
        (*store)->writer().start();
        std::atomic<std::int64_t> newest{-1};
        std::atomic<std::int64_t> own{-1};
        CommitWatch watch(url, u"another"_s, [&](std::int64_t seq) { newest = seq; });
        CommitWatch ownWatch(url, u"this"_s, [&](std::int64_t seq) { own = seq; });
        for (std::int64_t i = 1; i <= 3; ++i) {
            std::promise<void> done;
            QVERIFY((*store)->writer().submit({}, [](Txn& t) { t.publish("thing.changed", std::nullopt, u"thing"_s, Id128::make(1, 2, 3), 1, {}); }, [&](std::exception_ptr) { done.set_value(); }));
            done.get_future().wait();
            QTRY_COMPARE(newest.load(), i);
        }
        QTRY_COMPARE(own.load(), 3); // what it may have missed it looks for in the first quiet second
    }

    // Its writer hands it on itself.
    void aServerDoesNotListenToItself()
    {
        const QStringList told{u"5 this"_s, u"7 another"_s, u"9 this"_s};
        QCOMPARE(CommitWatch::newestOf(told, u"this"_s), 7);
        QCOMPARE(CommitWatch::newestOf(told, u"a third"_s), 9);
        QCOMPARE(CommitWatch::newestOf({u"5 this"_s}, u"this"_s), 0);
    }

    // Last: it takes the server away from everybody.
    void aLostServerIsNoticedAndFoundAgain()
    {
        const QString url = m_cluster->createDatabase();
        StoreOptions options;
        options.path = url;
        auto store = Database::open(options, systemClock(), systemRng());
        QVERIFY(store);
        Writer& writer = (*store)->writer();
        writer.start();
        int written = 0; // a tried condition is asked once more than needed
        const auto write = [&] {
            std::promise<std::exception_ptr> answered;
            auto future = answered.get_future();
            if (!writer.submit({}, [](Txn& t) { t.db().exec(u"UPDATE auth_seq SET v = v + 1 WHERE name = 'revocation'"_s); }, [&](std::exception_ptr e) { answered.set_value(e); }))
                return false;
            const bool good = future.get() == nullptr;
            written += good ? 1 : 0;
            return good;
        };
        const auto read = [&] {
            std::promise<std::int64_t> answered;
            auto future = answered.get_future();
            (*store)->reads().submit([&](Connection& db) {
                try {
                    answered.set_value(db.one(u"SELECT v FROM auth_seq WHERE name = 'revocation'"_s)->integer(0));
                } catch (const StoreError&) {
                    answered.set_value(-1);
                }
            });
            return future.get();
        };
        QVERIFY(write());
        QCOMPARE(read(), 1);
        const auto db = PgConnection::open(url, PgConnection::Mode::Writer);
        QVERIFY(db->usable());

        QVERIFY(m_cluster->restart()); // an idle connection is dead afterwards: nobody is troubled
        QVERIFY(!db->usable());
        QCOMPARE(kindOf([&] { db->query(u"SELECT 1"_s); }), StoreError::Kind::Io);
        QVERIFY(write());
        QCOMPARE(read(), 2);

        m_cluster->stop(false); // as a crash it would lose commits: nothing is flushed here
        QVERIFY(!write());
        QVERIFY(!writer.healthy(nullptr));
        QCOMPARE(read(), -1);
        QVERIFY(m_cluster->restart());
        QTRY_VERIFY_WITH_TIMEOUT(write(), 10'000);
        QVERIFY(writer.healthy(nullptr));
        QCOMPARE(read(), written);
    }
};

QTEST_GUILESS_MAIN(tst_PgConnection)
#include "tst_PgConnection.moc"
