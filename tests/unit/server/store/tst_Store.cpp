// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
#include "server/store/Database.h"
#include "server/store/Failpoint.h"
#include "server/store/Outbox.h"
#include "server/store/SqliteConnection.h"
#include "server/tools/Check.h"
#include "support/PgCluster.h"

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <future>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

namespace {

Actor someone(char letter = 'O')
{
    Actor a;
    a.role = u"staff"_s;
    a.letter = letter;
    a.requestId = u"req"_s;
    return a;
}

// Submits and waits for the answer; the exception, or null.
std::exception_ptr write(Writer& w, WriteWork work, Actor actor = someone())
{
    std::promise<std::exception_ptr> answered;
    auto future = answered.get_future();
    if (!w.submit(std::move(actor), std::move(work), [&](std::exception_ptr e) { answered.set_value(e); }))
        return std::make_exception_ptr(std::runtime_error("refused"));
    return future.get();
}

std::int64_t count(ReadPool& reads, const QString& sql)
{
    std::promise<std::int64_t> p;
    auto f = p.get_future();
    if (!reads.submit([&](Connection& db) { p.set_value(db.one(sql)->integer(0)); }))
        return -1;
    return f.get();
}

void addCustomer(Txn& t, const QString& ref)
{
    t.db().exec(u"INSERT INTO customer (id, external_ref, display_name, created_at) VALUES (?, ?, ?, ?)"_s, {t.newId<CustomerId>(), ref, u"이서준"_s, t.now()});
}

} // namespace

class tst_Store : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Database> m_db;
    QString m_store;

    StoreOptions options() const
    {
        StoreOptions o;
        o.path = m_store;
        return o;
    }

    QStringList rulesBroken()
    {
        std::promise<QStringList> p;
        auto f = p.get_future();
        m_db->reads().submit([&](Connection& db) {
            QStringList found;
            for (const Violation& v : checkInvariants(db, systemClock().now()))
                found << v.rule + u' ' + v.entityId;
            p.set_value(found);
        });
        return f.get();
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_dir = std::make_unique<QTemporaryDir>();
        m_store = test::freshStore(*m_dir);
        auto opened = Database::open(options(), systemClock(), systemRng());
        QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().detail));
        m_db = std::move(*opened);
        m_db->writer().start();
    }
    void cleanup()
    {
#ifdef NARU_FAILPOINTS
        clearFailpoints();
#endif
        m_db.reset();
        QCOMPARE(SqliteConnection::openWriters(), 0);
    }

    void exactlyOneConnectionWrites()
    {
        QCOMPARE(count(m_db->reads(), u"SELECT COUNT(*) FROM customer"_s), 0);
        QCOMPARE(SqliteConnection::openWriters(), test::onPostgres() ? 0 : 1);
        std::promise<bool> refused;
        auto f = refused.get_future();
        QVERIFY(m_db->reads().submit([&](Connection& db) {
            try {
                db.exec(u"INSERT INTO customer (id, external_ref, display_name, created_at) VALUES ('a', 'b', 'c', 1)"_s);
                refused.set_value(false);
            } catch (const StoreError& e) {
                refused.set_value(e.kind == StoreError::Kind::ReadOnly);
            }
        }));
        QVERIFY(f.get());
    }

    void secondProcessIsToldWhoHoldsTheFile()
    {
        if (test::onPostgres())
            QSKIP("servers share a PostgreSQL");
        const auto second = Database::open(options(), systemClock(), systemRng());
        QVERIFY(!second);
        QCOMPARE(second.error().code, u"database-in-use"_s);
        QVERIFY(second.error().detail.contains(QString::number(QCoreApplication::applicationPid())));
    }

    void durableSettings()
    {
        std::exception_ptr e = write(m_db->writer(), [](Txn& t) {
            if (t.db().engine() == Engine::Postgres)
                return; // the cluster's own default: synchronous_commit = on
            if (t.db().one(u"PRAGMA synchronous"_s)->number(0) != 2 || t.db().one(u"PRAGMA journal_mode"_s)->text(0) != u"wal"_s)
                throw std::runtime_error("not durable");
        });
        QVERIFY(!e);
    }

    void aFailingPieceTakesNoNeighbourDown()
    {
        std::atomic<int> good{0};
        std::atomic<int> bad{0};
        std::promise<void> all;
        for (int i = 0; i < 50; ++i) {
            const bool fails = i % 5 == 0;
            QVERIFY(m_db->writer().submit(someone(),
                [i, fails](Txn& t) {
                    addCustomer(t, u"r%1"_s.arg(i));
                    if (fails)
                        throw std::runtime_error("refused by its own rule");
                },
                [&](std::exception_ptr e) {
                    (e ? bad : good)++;
                    if (good + bad == 50)
                        all.set_value();
                }));
        }
        all.get_future().wait();
        QCOMPARE(bad.load(), 10);
        QCOMPARE(count(m_db->reads(), u"SELECT COUNT(*) FROM customer"_s), 40);
    }

    void answersComeAfterTheCommit()
    {
        std::exception_ptr e = write(m_db->writer(), [](Txn& t) { addCustomer(t, u"x"_s); });
        QVERIFY(!e);
        QCOMPARE(count(m_db->reads(), u"SELECT COUNT(*) FROM customer WHERE external_ref = 'x'"_s), 1); // another connection sees it at once
    }

    void aFullIntakeRefuses()
    {
        m_db.reset();
        StoreOptions o = options();
        o.intake = 3;
        auto opened = Database::open(o, systemClock(), systemRng());
        QVERIFY(opened);
        m_db = std::move(*opened);
        int accepted = 0;
        for (int i = 0; i < 5; ++i) // not started yet: nothing leaves the intake
            accepted += m_db->writer().submit(someone(), [](Txn&) {}, [](std::exception_ptr) {}) ? 1 : 0;
        QCOMPARE(accepted, 3);
        m_db->writer().start();
    }

    void immutableRowsStay()
    {
        QVERIFY(!write(m_db->writer(), [](Txn& t) { t.audit(u"test.done"_s, u"thing"_s, Id128::make(1, 2, 3), protocol::json::object{}); }));
        QVERIFY(write(m_db->writer(), [](Txn& t) { t.db().exec(u"UPDATE journal SET action = 'forged'"_s); }));
        QVERIFY(write(m_db->writer(), [](Txn& t) { t.db().exec(u"DELETE FROM journal"_s); }));
        QCOMPARE(count(m_db->reads(), u"SELECT COUNT(*) FROM audit_event WHERE action = 'test.done'"_s), 1);
    }

    void theAuditChainNamesTheForgedRow()
    {
        for (int i = 0; i < 5; ++i)
            QVERIFY(!write(m_db->writer(), [i](Txn& t) { t.audit(u"step"_s, u"thing"_s, Id128::make(i, 2, 3), protocol::json::object{{"n", i}}); }));
        QCOMPARE(rulesBroken(), QStringList());
        QVERIFY(!write(m_db->writer(), [](Txn& t) {
            t.db().exec(t.db().engine() == Engine::Postgres ? u"DROP TRIGGER journal_no_change ON journal"_s : u"DROP TRIGGER journal_no_update"_s);
            t.db().exec(u"UPDATE journal SET detail = '{\"n\":9}' WHERE seq = 3"_s);
        }));
        QCOMPARE(rulesBroken(), QStringList{u"I23 audit row 3"_s});
    }

    // A reservation's confirmation and its ticket's move are one line; both are sealed.
    void theAuditChainSealsTheTicketOfAConfirmation()
    {
        const ReservationId reservation{Id128::make(1, 2, 3)};
        const TicketId ticket{Id128::make(1, 2, 4)};
        QVERIFY(!write(m_db->writer(), [&](Txn& t) { t.confirm(reservation, 2, Journal::TicketMove{ticket, 2}); }));
        QCOMPARE(count(m_db->reads(), u"SELECT COUNT(*) FROM state_transition WHERE machine = 'ticket' AND from_state = 'processing' AND to_state = 'confirmed'"_s), 1);
        QVERIFY(rulesBroken().filter(u"I23"_s).isEmpty());
        QVERIFY(!write(m_db->writer(), [](Txn& t) {
            t.db().exec(t.db().engine() == Engine::Postgres ? u"DROP TRIGGER journal_no_change ON journal"_s : u"DROP TRIGGER journal_no_update"_s);
            t.db().exec(u"UPDATE journal SET ticket_id = ? WHERE ticket_id IS NOT NULL"_s, {TicketId{Id128::make(1, 2, 5)}});
        }));
        QCOMPARE(rulesBroken().filter(u"I23"_s), QStringList{u"I23 audit row 1"_s});
    }

    void transitionsFollowTheTable()
    {
        std::exception_ptr e = write(m_db->writer(), [](Txn& t) { t.allow(Machine::VendorOrder, "awaiting_acceptance", "accepted"); }, someone('V'));
        QVERIFY(!e);
        e = write(m_db->writer(), [](Txn& t) { t.allow(Machine::VendorOrder, "accepted", "closed"); }, someone('V'));
        QVERIFY(e);
    }

    void outboxIsGaplessAndInCommitOrder()
    {
        for (int i = 0; i < 20; ++i) {
            const std::exception_ptr e = write(m_db->writer(), [i](Txn& t) {
                t.publish("thing.changed", std::nullopt, u"thing"_s, Id128::make(i, 1, 1), 1, {});
                if (i % 3 == 0)
                    throw std::runtime_error("rolled back");
            });
            QCOMPARE(bool(e), i % 3 == 0);
        }
        QCOMPARE(count(m_db->reads(), u"SELECT COUNT(*) - MAX(seq) FROM outbox"_s), 0);
    }

    // The events of one transaction share rows, and are read from any number on, whole and in order.
    void eventsShareAPage()
    {
        const std::int64_t before = count(m_db->reads(), u"SELECT outbox_seq FROM tail"_s);
        const std::int64_t pages = count(m_db->reads(), u"SELECT COUNT(*) FROM outbox_page"_s);
        const VendorId vendor{Id128::make(1, 2, 9)};
        const auto payload = [](std::int64_t n) { return u"{\"n\":%1,\"name\":\"\\\"김\\\" \\n\"}"_s.arg(n).toStdString(); };
        constexpr int kEvents = 2 * static_cast<int>(kMostEventsOfPage) + 3;
        QVERIFY(!write(m_db->writer(), [&](Txn& t) {
            for (int i = 1; i <= kEvents; ++i)
                t.publishText("thing.changed", i % 2 ? std::optional(vendor) : std::nullopt, "thing", Id128::make(i, 1, 1), i, payload(i));
        }));
        QCOMPARE(count(m_db->reads(), u"SELECT COUNT(*) FROM outbox_page"_s) - pages, 3);
        QCOMPARE(count(m_db->reads(), u"SELECT COUNT(*) FROM outbox WHERE entity_type = 'thing' AND seq - %1 = entity_version"_s.arg(before)), kEvents);
        const auto readBack = [&](std::int64_t after) {
            std::vector<OutboxEvent> read;
            std::int64_t begin = -1;
            std::promise<void> done;
            QVERIFY(m_db->reads().submit([&](Connection& db) {
                read = readEvents(db, before + after, before + kEvents);
                begin = eventsBegin(db, before + after);
                done.set_value();
            }));
            done.get_future().wait();
            QCOMPARE(static_cast<std::int64_t>(read.size()), kEvents - after);
            for (std::size_t i = 0; i < read.size(); ++i) {
                const std::int64_t n = after + 1 + static_cast<std::int64_t>(i);
                QCOMPARE(read[i].seq, before + n);
                QCOMPARE(read[i].topic, std::string("thing.changed"));
                QCOMPARE(read[i].payload, payload(n));
                QCOMPARE(read[i].entity, Id128::make(n, 1, 1));
                QCOMPARE(read[i].vendor, n % 2 ? std::optional(vendor) : std::nullopt);
            }
            QVERIFY(begin >= before + after && begin <= before + kEvents); // of a page that begins earlier no part is promised
        };
        for (const std::int64_t after : {0, 1, 255, 256, 257, kEvents - 1, kEvents})
            readBack(after);
        // Pages of older versions have no line for each event.
        QVERIFY(!write(m_db->writer(), [before](Txn& t) { t.db().exec(u"UPDATE outbox_page SET events = replace(events, ?, ?) WHERE last_seq > ?"_s, {u",\n"_s, u","_s, before}); }));
        readBack(1);
    }

    void oldEventsAreTrimmed()
    {
        const auto publish = [this](int events) {
            return write(m_db->writer(), [events](Txn& t) {
                for (int i = 1; i <= events; ++i)
                    t.publish("thing.changed", std::nullopt, u"thing"_s, Id128::make(i, 1, 1), i, {});
            });
        };
        const auto move = [this](int n, bool told) {
            return write(m_db->writer(), [n, told](Txn& t) {
                t.transition(Machine::Order, Id128::make(n, 7, 7), "draft", "pending_stock", 1);
                if (told)
                    t.publish("order.changed", std::nullopt, u"order"_s, Id128::make(n, 7, 7), 1, {});
            }, someone('S'));
        };
        const auto unpublished = [this] {
            std::promise<int> found;
            m_db->reads().submit([&](Connection& db) {
                const std::vector<Violation> all = checkInvariants(db, systemClock().now());
                found.set_value(static_cast<int>(std::count_if(all.begin(), all.end(), [](const Violation& v) { return v.rule == u"V09"; })));
            });
            return found.get_future().get();
        };
        QVERIFY(!move(1, true));
        const std::int64_t old = count(m_db->reads(), u"SELECT outbox_seq FROM tail"_s);
        QVERIFY(!publish(1'100));
        QCOMPARE(count(m_db->reads(), u"SELECT MIN(first_seq) FROM outbox_page"_s), 1); // nothing is old yet
        QVERIFY(!write(m_db->writer(), [old](Txn& t) { t.db().exec(u"UPDATE outbox_page SET at = ? WHERE last_seq <= ?"_s, {t.now() - kEventsKept - Millis(1), old}); }));
        QVERIFY(!move(2, true));
        QVERIFY(!publish(1'100));
        QCOMPARE(count(m_db->reads(), u"SELECT MIN(first_seq) FROM outbox_page"_s), old + 1);
        QCOMPARE(unpublished(), 0);
        QVERIFY(!move(3, false));
        QCOMPARE(unpublished(), 1); // what is kept is looked at still
    }

#ifdef NARU_FAILPOINTS
    void fullDiskIsSaidAndHeals()
    {
        QCOMPARE(armFailpoint(u"batch.before_commit=error:ENOSPC@1"_s), QString());
        const std::exception_ptr e = write(m_db->writer(), [](Txn& t) { addCustomer(t, u"lost"_s); });
        QVERIFY(e);
        try {
            std::rethrow_exception(e);
        } catch (const StoreError& error) {
            QCOMPARE(error.kind, StoreError::Kind::DiskFull);
        }
        QString why;
        QVERIFY(!m_db->writer().healthy(&why));
        QVERIFY(!why.isEmpty());
        QCOMPARE(count(m_db->reads(), u"SELECT COUNT(*) FROM customer"_s), 0);
        QVERIFY(!write(m_db->writer(), [](Txn& t) { addCustomer(t, u"kept"_s); }));
        QVERIFY(m_db->writer().healthy(nullptr));
    }

    void badFailpointsAreExplained()
    {
        for (const QString& bad : {u"nothing"_s, u"a=explode"_s, u"a=crash@0"_s, u"a=delay:x"_s, u"a=error:EWHAT"_s})
            QVERIFY2(!armFailpoint(bad).isEmpty(), qPrintable(bad));
    }
#endif

    void newerFilesAreRefused()
    {
        QVERIFY(!write(m_db->writer(), [](Txn& t) { t.db().exec(u"INSERT INTO schema_migration (number, name) VALUES (9999, 'future')"_s); }));
        QVERIFY(!write(m_db->writer(), [](Txn& t) { for (int i = newestMigration() + 1; i < 50; ++i) t.db().exec(u"INSERT INTO schema_migration (number, name) VALUES (?, 'f')"_s, {i}); }));
        m_db.reset();
        const auto opened = Database::open(options(), systemClock(), systemRng());
        QVERIFY(!opened);
        QVERIFY(opened.error().detail.contains(u"newer"_s));
    }
};

QTEST_GUILESS_MAIN(tst_Store)
#include "tst_Store.moc"
