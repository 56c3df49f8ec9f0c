// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Database.h"
#include "server/store/SqliteConnection.h"
#include "support/FakeClock.h"
#include "support/NarudProcess.h"
#include "support/RestSession.h"
#include "support/TestServer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

// The outside witness: what the clients were told, written down as it arrived, and the verdict that joins it with the server's
// tables afterwards. Clients and verdict know nothing of how the server works.
namespace naru::test {

using namespace Qt::StringLiterals;

struct Ack {
    QString client;
    QString key; // as the server keeps it: "<user>:<Idempotency-Key>"
    qint64 sentAt = 0; // µs of one monotonic clock
    qint64 gotAt = 0;
    int http = 0; // 0: no answer
    QString said; // status of the ticket, or the problem code
    QString refusal;
    QString ticket;
    QString reservation;
    bool beforeCut = true;
};

class Witness {
public:
    Witness() { m_clock.start(); }
    qint64 now() const { return m_clock.nsecsElapsed() / 1000; }
    void write(Ack ack)
    {
        {
            const std::lock_guard lock(m_mutex);
            ack.beforeCut = !m_cut;
            m_answered += ack.http != 0;
            m_acks.push_back(std::move(ack));
        }
        m_written.notify_all();
    }
    // What arrives from now on proves nothing about before: the end of the server was ordered.
    void cutOrdered()
    {
        const std::lock_guard lock(m_mutex);
        m_cut = true;
    }
    void newLife()
    {
        const std::lock_guard lock(m_mutex);
        m_cut = false;
    }
    // Until so many answers came; QTRY looks every 50 ms, by when the rush is over.
    bool waitForAnswers(int count, Millis limit)
    {
        std::unique_lock lock(m_mutex);
        return m_written.wait_for(lock, limit, [&] { return m_answered >= count; });
    }
    std::vector<Ack> acks() const
    {
        const std::lock_guard lock(m_mutex);
        return m_acks;
    }
    QString latencies() const
    {
        std::vector<qint64> us;
        qint64 first = INT64_MAX;
        qint64 last = 0;
        for (const Ack& a : acks()) {
            if (a.http == 0)
                continue;
            us.push_back(a.gotAt - a.sentAt);
            first = std::min(first, a.sentAt);
            last = std::max(last, a.gotAt);
        }
        if (us.empty())
            return u"no answers"_s;
        std::sort(us.begin(), us.end());
        const auto ms = [&us](double q) { return QString::number(double(us[std::min(us.size() - 1, std::size_t(double(us.size()) * q))]) / 1000.0, 'f', 1); };
        return u"%1 answers, %2/s; ms p50 %3, p95 %4, p99 %5, max %6"_s.arg(us.size()).arg(double(us.size()) * 1e6 / double(std::max<qint64>(last - first, 1)), 0, 'f', 0).arg(ms(0.5), ms(0.95), ms(0.99), ms(1));
    }

private:
    QElapsedTimer m_clock;
    mutable std::mutex m_mutex;
    std::condition_variable m_written;
    int m_answered = 0;
    std::vector<Ack> m_acks;
    bool m_cut = false;
};

// A store with the tiny data set, made once: its passwords take seconds to hash. Each server gets a copy. Owned by the test.
class SmallStore {
public:
    SmallStore()
    {
        auto db = server::SqliteConnection::open(m_dir.filePath(u"naru.sqlite"_s), server::SqliteConnection::Mode::Writer);
        if (!db)
            qFatal("%s", qPrintable(db.error().detail));
        server::migrate(**db);
        server::Actor staff;
        staff.role = u"staff"_s;
        staff.letter = 'O';
        staff.requestId = u"setup"_s;
        (*db)->exec(u"BEGIN IMMEDIATE"_s);
        server::Txn txn(**db, systemClock().now(), systemRng(), staff);
        m_data = makeSmallData(txn);
        (*db)->exec(u"COMMIT"_s);
        (*db)->query(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    }
    // Into the folder of a server that is not running.
    const SmallData& copyTo(const QString& dataDir) const
    {
        if (!QDir().mkpath(dataDir) || !QFile::copy(m_dir.filePath(u"naru.sqlite"_s), dataDir + u"/naru.sqlite"_s))
            qFatal("the store cannot be copied to %s", qPrintable(dataDir));
        return m_data;
    }

private:
    QTemporaryDir m_dir;
    SmallData m_data;
};

// What the tables and the answers say together, about `places` of one item that more people wanted. Empty: everything holds.
// The server must not run any more; leaves a table `ack` behind.
inline QStringList verdict(server::Connection& db, const Witness& witness, const ItemId& item, int places)
{
    db.exec(u"CREATE TABLE ack (n BIGINT PRIMARY KEY, client TEXT NOT NULL, route TEXT NOT NULL, request_key TEXT NOT NULL, sent_at BIGINT NOT NULL, got_at BIGINT, "
            "http INTEGER, said TEXT, refusal TEXT, resource_id TEXT, reservation_id TEXT, before_cut SMALLINT NOT NULL)"_s);
    std::int64_t n = 0; // a wish may stand here twice: without an answer, then asked again
    db.exec(u"BEGIN"_s);
    for (const Ack& a : witness.acks())
        db.exec(u"INSERT INTO ack VALUES (?, ?, 'POST /v1/tickets', ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {++n, a.client, a.key, static_cast<std::int64_t>(a.sentAt), static_cast<std::int64_t>(a.gotAt), a.http, a.said, a.refusal, a.ticket,
                a.reservation.isEmpty() ? server::Param(nullptr) : server::Param(a.reservation), a.beforeCut});
    db.exec(u"COMMIT"_s);
    if (db.engine() == server::Engine::Postgres)
        db.exec(u"SET statement_timeout = 0"_s);
    db.exec(u"ANALYZE"_s); // tables that grew in a minute: without figures the planner goes through them pair by pair

    QStringList broken;
    const auto none = [&](const QString& rule, const QString& sql, const server::Params& params = {}) {
        const server::Rows rows = db.query(sql, params);
        if (!rows.empty())
            broken << u"%1: %2 rows, first %3"_s.arg(rule).arg(rows.size()).arg(rows.front().text(0));
    };
    none(u"V01 nothing acknowledged is lost"_s,
        u"SELECT a.request_key FROM ack a LEFT JOIN ticket t ON t.request_key = a.request_key WHERE a.http BETWEEN 200 AND 299 AND a.before_cut = 1 AND t.id IS NULL"_s);
    none(u"V02 nothing final is taken back"_s,
        u"SELECT a.request_key FROM ack a JOIN ticket t ON t.request_key = a.request_key WHERE a.before_cut = 1 AND ((a.said = 'confirmed' AND (t.status <> 'confirmed' "
        "OR t.reservation_id IS NULL OR t.reservation_id <> a.reservation_id)) OR (a.said = 'rejected' AND t.status <> 'rejected'))"_s);
    none(u"V03 one key, one ticket"_s, u"SELECT request_key FROM ack WHERE http BETWEEN 200 AND 299 GROUP BY route, request_key HAVING COUNT(DISTINCT resource_id) > 1"_s);
    none(u"V09 every move was published exactly once"_s,
        u"SELECT t.id FROM state_transition t LEFT JOIN outbox b ON b.entity_type = t.machine AND b.entity_id = t.entity_id AND b.entity_version = t.entity_version "
        "GROUP BY t.id HAVING COUNT(b.seq) <> 1"_s);
    none(u"V14 every move has its audit row"_s, u"SELECT t.id FROM state_transition t LEFT JOIN audit_event e ON e.request_id = t.request_id WHERE e.seq IS NULL"_s);
    none(u"V16 nobody is served before one who was answered before he asked"_s,
        u"SELECT request_key FROM (SELECT a.request_key, a.got_at, MAX(a.sent_at) OVER (PARTITION BY m.inventory_item_id ORDER BY m.seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) "
        "AS latest_sent_before FROM (SELECT x.inventory_item_id, x.seq, COALESCE(h.ticket_id, y.id) AS ticket_id "
        "FROM stock_movement x LEFT JOIN hold h ON h.id = x.hold_id LEFT JOIN reservation_line l ON l.id = x.reservation_line_id "
        "LEFT JOIN ticket y ON y.reservation_id = l.reservation_id "
        "WHERE x.kind = 'held' OR (x.kind = 'allocated' AND x.d_held = 0)) m JOIN ticket t ON t.id = m.ticket_id "
        "JOIN (SELECT request_key, MIN(sent_at) AS sent_at, MAX(CASE WHEN said = 'confirmed' THEN got_at END) AS got_at "
        "FROM ack GROUP BY request_key HAVING MAX(CASE WHEN said = 'confirmed' THEN 1 ELSE 0 END) = 1) a ON a.request_key = t.request_key) x WHERE latest_sent_before > got_at"_s);
    none(u"every refusal has a reason"_s, u"SELECT request_key FROM ack WHERE said = 'rejected' AND COALESCE(refusal, '') = ''"_s);
    none(u"every wish ends confirmed or rejected"_s,
        u"SELECT request_key FROM (SELECT request_key, MAX(CASE WHEN http BETWEEN 200 AND 299 AND said IN ('confirmed', 'rejected') THEN 1 ELSE 0 END) AS final FROM ack GROUP BY request_key) x WHERE final = 0"_s);
    none(u"nobody was told failed"_s, u"SELECT request_key || ' ' || said FROM ack WHERE http NOT IN (0, 503) AND NOT (http >= 500 AND before_cut = 0) AND said NOT IN ('confirmed', 'rejected')"_s);
    none(u"sold exactly what there was"_s, u"SELECT on_hand || '/' || allocated || '/' || held FROM inventory_item WHERE id = ? AND (allocated <> ? OR held <> 0)"_s, {item, places});
    none(u"as many confirmed as places"_s, // What was told after the end was ordered may be gone: it does not count then.
        u"SELECT c FROM (SELECT COUNT(DISTINCT a.request_key) AS c FROM ack a LEFT JOIN ticket t ON t.request_key = a.request_key AND t.status = 'confirmed' "
        "WHERE a.said = 'confirmed' AND (a.before_cut = 1 OR t.id IS NOT NULL)) x WHERE c <> ?"_s, {places});
    return broken;
}

// The same on a copy of an embedded store.
inline QStringList verdict(const QString& dataDir, const Witness& witness, const ItemId& item, int places)
{
    QTemporaryDir copy;
    for (const QString& name : {u"/naru.sqlite"_s, u"/naru.sqlite-wal"_s})
        QFile::copy(dataDir + name, copy.path() + name);
    auto opened = server::SqliteConnection::open(copy.path() + u"/naru.sqlite"_s, server::SqliteConnection::Mode::Writer);
    if (!opened)
        return {u"the store cannot be opened: "_s + opened.error().detail};
    return verdict(**opened, witness, item, places);
}

// One wish for one place, asked once; what came back is written down before anybody acts on it.
inline Ack askOnce(Witness& witness, RestSession& session, const QString& user, const std::string& key, const CustomerId& customer, const ItemId& item)
{
    NewTicket ticket;
    ticket.customerId = customer;
    ticket.lines = {{item, 1}};
    Ack ack;
    ack.client = customer.toString();
    ack.key = user + u':' + QString::fromStdString(key);
    ack.sentAt = witness.now();
    const Answer answer = session.post("/v1/tickets", ticket, {{"Idempotency-Key", key}, {"Prefer", "wait=10"}});
    ack.gotAt = witness.now();
    ack.http = answer.status;
    if (answer.ok()) {
        const auto body = answer.as<Ticket>();
        ack.said = protocol::wireText(body.status);
        ack.refusal = body.refusal ? protocol::wireText(*body.refusal) : QString();
        ack.ticket = body.id.toString();
        ack.reservation = body.reservationId ? body.reservationId->toString() : QString();
    } else {
        ack.said = answer.code();
    }
    witness.write(ack);
    return ack;
}

// Many people who want one place each of the same item. Each has a connection of its own; a wish without an answer is asked again with its key.
class Crowd {
public:
    Crowd(Witness& witness, SmallData data, int clients, int wishesEach) : m_witness(witness), m_data(std::move(data)), m_left(static_cast<std::size_t>(clients))
    {
        for (int c = 0; c < clients; ++c)
            for (int w = 0; w < wishesEach; ++w)
                m_left[static_cast<std::size_t>(c)].push_back(u"c%1-w%2"_s.arg(c).arg(w).toStdString());
    }
    std::size_t unanswered() const
    {
        std::size_t n = 0;
        for (const auto& l : m_left)
            n += l.size();
        return n;
    }
    // All at once, until every wish has its answer or the server is gone. `meanwhile` runs on the calling thread.
    void run(const QString& host, quint16 port, const std::function<void()>& meanwhile = {})
    {
        struct Account {
            QString user;
            QString token;
        };
        std::vector<Account> accounts;
        for (int i = 1; i <= 4; ++i) {
            RestSession s(host, port);
            const QString code = s.signIn(u"store%1"_s.arg(i));
            if (!code.isEmpty())
                qFatal("store%d cannot sign in: %s", i, qPrintable(code));
            const auto info = s.get("/v1/session");
            accounts.push_back({QString::fromStdString(info.json().as_object().at("user_id").as_string().c_str()), s.tokens().accessToken});
        }
        std::vector<std::thread> threads;
        std::atomic<bool> go{false};
        for (std::size_t c = 0; c < m_left.size(); ++c) {
            threads.emplace_back([&, c] {
                RestSession session(host, port);
                const Account& account = accounts[c % accounts.size()];
                session.setAccessToken(account.token);
                while (!go.load())
                    std::this_thread::yield();
                wish(session, account.user, c);
            });
        }
        go = true;
        if (meanwhile)
            meanwhile();
        for (std::thread& t : threads)
            t.join();
    }

private:
    void wish(RestSession& session, const QString& user, std::size_t c)
    {
        std::vector<std::string>& left = m_left[c];
        while (!left.empty()) {
            const Ack ack = askOnce(m_witness, session, user, left.front(), c % 2 ? m_data.customer : m_data.otherCustomer, m_data.slotItems.front());
            if (ack.http == 0 || ack.http >= 500)
                return; // "don't know", or a server that loses its disk: asked again in the next life
            left.erase(left.begin());
        }
    }

    Witness& m_witness;
    SmallData m_data;
    std::vector<std::vector<std::string>> m_left; // keys without an answer, by client
};

} // namespace naru::test
