// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// What was stored by an older program is there after its tables have changed.
#include "server/store/Database.h"
#include "server/store/Outbox.h"
#include "server/store/StoreUrl.h"
#include "server/tools/Check.h"
#include "support/PgCluster.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <sstream>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

class tst_Migrations : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Connection> m_db;
    QString m_place;
    std::int64_t m_seq = 0;
    QString m_hash;

    void open(int upTo)
    {
        m_db.reset();
        m_dir = std::make_unique<QTemporaryDir>();
        QString why;
        test::PgCluster* cluster = test::onPostgres() ? test::PgCluster::shared(&why) : nullptr;
        if (test::onPostgres() && !cluster)
            QSKIP(qPrintable(why));
        m_place = cluster ? cluster->createEmptyDatabase() : m_dir->filePath(u"old.sqlite"_s);
        auto opened = openStore(m_place, StoreAccess::Writer);
        QVERIFY(opened);
        m_db = std::move(*opened);
        migrate(*m_db, upTo);
        m_seq = 0;
        m_hash.clear();
    }
    // As migration 0010 left the tables.
    void audit(const QString& action, const QString& type, const QString& id, const QString& diff)
    {
        ++m_seq;
        const QStringList sealed{m_hash, QString::number(m_seq), QString::number(m_seq * 10), u"u1"_s, action, type, id, diff, u"r%1"_s.arg(m_seq)};
        const QString hash = QString::fromLatin1(QCryptographicHash::hash(sealed.join(u'\x1f').toUtf8(), QCryptographicHash::Sha256).toHex());
        m_db->exec(u"INSERT INTO audit_event (seq, at, actor_id, actor_role, action, entity_type, entity_id, diff_json, request_id, prev_hash, hash) VALUES (?, ?, 'u1', 'staff', ?, ?, ?, ?, ?, ?, ?)"_s,
            {m_seq, m_seq * 10, action, type, id, diff, u"r%1"_s.arg(m_seq), m_hash, hash});
        m_hash = hash;
    }
    void move(const QString& machine, const QString& id, const QString& from, const QString& to, int version, const std::optional<QString>& reason = {})
    {
        audit(machine + u'.' + to, machine, id,
            u"{\"from\":\"%1\",\"to\":\"%2\"%3}"_s.arg(from, to, reason ? u",\"reason\":\"%1\""_s.arg(*reason) : QString()));
        m_db->exec(u"INSERT INTO state_transition (id, machine, entity_id, from_state, to_state, actor_id, actor_role, reason, request_id, at, entity_version) VALUES (?, ?, ?, ?, ?, 'u1', 'O', ?, ?, ?, ?)"_s,
            {u"m%1"_s.arg(m_seq), machine, id, from, to, reason, u"r%1"_s.arg(m_seq), m_seq * 10, version});
    }
    QStringList all(const QString& sql)
    {
        QStringList lines;
        for (const Row& row : m_db->query(sql)) {
            QStringList cells;
            for (std::size_t i = 0; i < row.size(); ++i)
                cells << (row.isNull(static_cast<int>(i)) ? u"-"_s : row.text(static_cast<int>(i)));
            lines << cells.join(u'|').remove(u' '); // one engine puts spaces into the JSON it makes
        }
        return lines;
    }

    // What stands in quotation marks in the table's own words.
    QSet<QString> valuesOf(const QString& table)
    {
        QSet<QString> values;
        static const QRegularExpression value(u"'([a-z_]+)'"_s);
        const QString words = m_db->one(u"SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?"_s, {table})->text(0);
        for (auto it = value.globalMatch(words); it.hasNext();)
            values << it.next().captured(1);
        return values;
    }
    // Whether SQLite makes a table of its own each time a row is written there.
    bool makesLists(const QString& table)
    {
        QStringList columns;
        for (const Row& column : m_db->query(u"SELECT name FROM pragma_table_info(?)"_s, {table}))
            columns << column.text(0);
        const Rows program = m_db->query(u"EXPLAIN INSERT INTO %1 (%2) VALUES (%3)"_s.arg(table, columns.join(u", "_s), QStringList(columns.size(), u"?"_s).join(u", "_s)));
        return std::any_of(program.begin(), program.end(), [](const Row& step) { return step.text(1) == u"OpenEphemeral"_s; });
    }

private Q_SLOTS:
    void movesAndTheirAuditBecomeOneRow()
    {
        open(10);
        audit(u"product.created"_s, u"product"_s, u"p"_s, u"{\"code\":\"C\"}"_s);
        move(u"product"_s, u"p"_s, u"draft"_s, u"approved"_s, 1);
        move(u"order"_s, u"o"_s, u"draft"_s, u"pending_stock"_s, 1);
        move(u"product"_s, u"p"_s, u"approved"_s, u"active"_s, 2);
        move(u"product"_s, u"p"_s, u"active"_s, u"paused"_s, 3, u"재고가 없다"_s);
        audit(u"product.active"_s, u"product"_s, u"p"_s, u"{\"note\":\"called like a move\"}"_s);
        move(u"product"_s, u"p"_s, u"paused"_s, u"active"_s, 4);
        m_db->exec(u"UPDATE tail SET audit_seq = ?, audit_hash = ?"_s, {m_seq, m_hash});
        const QString moves = u"SELECT machine, entity_id, from_state, to_state, actor_id, actor_role, reason, request_id, at, entity_version FROM state_transition ORDER BY machine, entity_id, entity_version"_s;
        const QString trail = u"SELECT seq, at, actor_id, session_id, actor_role, vendor_id, action, entity_type, entity_id, diff_json, request_id, prev_hash, hash FROM audit_event ORDER BY seq"_s;
        const QStringList movesBefore = all(moves);
        const QStringList trailBefore = all(trail);
        migrate(*m_db);
        QCOMPARE(all(moves), movesBefore);
        QCOMPARE(all(trail), trailBefore);
        for (const Violation& v : checkInvariants(*m_db, fromUnixMs(1'000)))
            QVERIFY2(v.rule != u"I23"_s, qPrintable(v.entityId)); // every seal fits
    }

    // A move that the audit trail does not know of must not get lost: nothing is changed.
    void aMoveWithoutItsAuditStopsIt()
    {
        open(10);
        move(u"order"_s, u"o"_s, u"draft"_s, u"pending_stock"_s, 1);
        m_db->exec(u"INSERT INTO state_transition (id, machine, entity_id, from_state, to_state, actor_role, request_id, at, entity_version) VALUES ('x', 'order', 'o', 'pending_stock', 'placed', 'S', 'r', 1, 2)"_s);
        QVERIFY_THROWS_EXCEPTION(StoreError, migrate(*m_db));
        QCOMPARE(all(u"SELECT COUNT(*) FROM state_transition"_s), QStringList{u"2"_s});
        QCOMPARE(all(u"SELECT MAX(number) FROM schema_migration"_s), QStringList{u"10"_s});
    }

    // What a booking leaves behind went into fewer rows: 0012.
    void bookingsReadAsBefore()
    {
        open(11);
        for (const QString& sql : {u"INSERT INTO customer (id, display_name, created_at) VALUES ('c', '김하늘', 1)"_s,
                 u"INSERT INTO vendor (id, code, kind, name, status, payout_currency, tz, accept_sla_min, ship_sla_min, edit_policy, created_at, updated_at) "
                 "VALUES ('v', 'V', 'marketplace', 'V', 'approved', 'KRW', 'Asia/Seoul', 60, 60, 'auto', 1, 1)"_s,
                 u"INSERT INTO product (id, vendor_id, code, kind, status, tax_class, created_at, updated_at) VALUES ('p', 'v', 'P', 'reservation', 'active', 'std', 1, 1)"_s,
                 u"INSERT INTO variant (id, product_id, sku, option_key, enabled, position) VALUES ('x', 'p', 'X', '', 1, 1)"_s,
                 u"INSERT INTO offer (id, variant_id, vendor_id, channel, currency, price_minor, on_sale, purchasable, valid_from) VALUES ('f', 'x', 'v', 'default', 'KRW', 100, 0, 1, 1)"_s,
                 u"INSERT INTO slot (id, product_id, variant_id, starts_at, ends_at, tz, local_date, status) VALUES ('s', 'p', 'x', 1, 2, 'UTC', '2026-01-01', 'open')"_s,
                 u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, slot_id, on_hand, allocated, ledger_seq) VALUES ('i', 'capacity', 'v', 'x', 's', 9, 5, 2)"_s,
                 u"INSERT INTO cancellation_policy (id, code, revision, no_show_fee_bps) VALUES ('y', 'standard', 1, 0)"_s,
                 u"INSERT INTO stock_movement (id, inventory_item_id, seq, kind, d_on_hand, d_allocated, reason, request_id, at) VALUES ('m1', 'i', 1, 'received', 9, 0, 'x', 'r1', 1), ('m2', 'i', 2, 'adjusted', 0, 5, 'y', 'r2', 2)"_s,
                 u"INSERT INTO ticket (id, request_key, request_hash, customer_id, partition_no, queue_seq, payload_json, status, reservation_id, enqueued_at, finished_at, give_up_at) "
                 "VALUES ('t1', 'k1', 'h', 'c', 0, 1, '{}', 'confirmed', 'r1', 1, 1, 9000000000000), ('t2', 'k2', 'h', 'c', 0, 2, '{}', 'held', NULL, 1, NULL, 9000000000000)"_s,
                 u"INSERT INTO hold (id, ticket_id, customer_id, status, expires_at, max_until, created_at) VALUES ('h', 't2', 'c', 'released', 1, 1, 1)"_s,
                 u"INSERT INTO reservation (id, code, customer_id, hold_id, status, policy_id, confirmed_at, created_at, version) "
                 "VALUES ('r1', 'R-1', 'c', NULL, 'confirmed', 'y', 1, 1, 2), ('r2', 'R-2', 'c', 'h', 'cancelled', 'y', 1, 1, 3), ('r3', 'R-3', 'c', NULL, 'checked_in', 'y', 1, 1, 3)"_s,
                 u"INSERT INTO reservation_line (id, reservation_id, inventory_item_id, qty, unit_price_minor, currency) "
                 "VALUES ('l1', 'r1', 'i', 5, 100, 'KRW'), ('l2', 'r2', 'i', 1, 100, 'KRW'), ('l3', 'r3', 'i', 2, 100, 'KRW')"_s,
                 u"INSERT INTO allocation (id, inventory_item_id, reservation_line_id, qty, status, at) "
                 "VALUES ('a1', 'i', 'l1', 3, 'active', 1), ('a4', 'i', 'l1', 2, 'active', 1), ('a2', 'i', 'l2', 1, 'released', 1), ('a3', 'i', 'l3', 2, 'consumed', 1)"_s})
            m_db->exec(sql);
        for (int seq = 1; seq <= 230; ++seq)
            m_db->exec(u"INSERT INTO outbox (seq, topic, scope_vendor_id, entity_type, entity_id, entity_version, payload_json, created_at) VALUES (?, 'thing.changed', ?, 'thing', ?, ?, ?, 7)"_s,
                {seq, seq % 2 ? Param("v") : Param(std::optional<QString>()), u"e%1"_s.arg(seq), seq + 1, u"{\"n\":%1,\"name\":\"김 \\\"하늘\\\"\"}"_s.arg(seq)});
        m_db->exec(u"UPDATE tail SET outbox_seq = 230"_s);
        const QStringList questions{u"SELECT seq, topic, scope_vendor_id, entity_type, entity_id, entity_version, payload_json, created_at FROM outbox ORDER BY seq"_s,
            u"SELECT inventory_item_id, seq, kind, d_on_hand, d_allocated, d_held, reason, request_id, at FROM stock_movement ORDER BY inventory_item_id, seq"_s,
            u"SELECT inventory_item_id, order_line_id, reservation_line_id, SUM(qty), status FROM allocation WHERE status <> 'released' GROUP BY 1, 2, 3, 5 ORDER BY reservation_line_id"_s,
            u"SELECT id, code, customer_id, hold_id, status, policy_id, confirmed_at, created_at, version FROM reservation ORDER BY id"_s,
            u"SELECT id, request_key, customer_id, queue_seq, status, reservation_id, version, waiting FROM ticket ORDER BY id"_s};
        std::vector<QStringList> before;
        for (const QString& question : questions)
            before.push_back(all(question));
        QCOMPARE(before[0].size(), 230);
        QCOMPARE(before[2].size(), 2);
        std::ostringstream said;
        QCOMPARE(runCheck(m_place, systemClock(), said), 2);
        QVERIFY2(said.str().find("older program") != std::string::npos, said.str().c_str());
        migrate(*m_db);
        for (std::size_t n = 0; n < before.size(); ++n)
            QCOMPARE(all(questions[static_cast<qsizetype>(n)]), before[n]);
        QCOMPARE(newestEvent(*m_db), 230);
        const std::vector<OutboxEvent> read = readEvents(*m_db, 150, 152);
        QVERIFY(read.size() >= 2);
        QCOMPARE(read.front().seq, 151);
        QCOMPARE(read.front().payload, std::string("{\"n\":151,\"name\":\"김 \\\"하늘\\\"\"}"));
        QVERIFY_THROWS_EXCEPTION(StoreError, m_db->exec(u"UPDATE stock_movement SET reason = 'z'"_s));
    }

    // While tables are made anew nobody looks at foreign keys one by one; they are looked at as a whole before the commit.
    void aRowThatLeadsNowhereStopsIt()
    {
        if (test::onPostgres())
            QSKIP("SQLite alone makes tables anew");
        open(11);
        m_db->exec(u"PRAGMA foreign_keys=OFF"_s);
        m_db->exec(u"INSERT INTO reservation_line (id, reservation_id, inventory_item_id, qty, unit_price_minor, currency) VALUES ('l', 'nobody', 'nothing', 1, 1, 'KRW')"_s);
        QVERIFY_THROWS_EXCEPTION(StoreError, migrate(*m_db));
        QCOMPARE(all(u"SELECT MAX(number) FROM schema_migration"_s), QStringList{u"11"_s});
        QCOMPARE(all(u"PRAGMA foreign_keys"_s), QStringList{u"1"_s});
    }

    // PostgreSQL's CHECKs were plain before. Values and rows are as they were; nothing that writes a booking makes a table of a list of values.
    void plainChecksSayTheSame()
    {
        open(19);
        if (m_db->engine() == Engine::Postgres)
            return;
        const QStringList tables{u"ticket"_s, u"reservation"_s, u"hold"_s, u"stock_movement"_s, u"refund"_s};
        QHash<QString, QSet<QString>> before;
        for (const QString& table : tables)
            before[table] = valuesOf(table);
        QVERIFY(makesLists(u"ticket"_s) && makesLists(u"reservation"_s)); // what it is about
        migrate(*m_db);
        for (const QString& table : tables) {
            QVERIFY2(valuesOf(table) == before[table] && !before[table].isEmpty(), qPrintable(table));
            QVERIFY2(!makesLists(table), qPrintable(table));
        }
        for (const QString& table : {u"hold_line"_s, u"reservation_line"_s, u"journal"_s, u"outbox_page"_s, u"idempotency"_s})
            QVERIFY2(!makesLists(table), qPrintable(table));
        QCOMPARE(m_db->one(u"PRAGMA integrity_check"_s)->text(0), u"ok"_s);
        QVERIFY_THROWS_EXCEPTION(StoreError, m_db->exec(u"INSERT INTO hold (id, ticket_id, customer_id, status, expires_at, max_until, created_at) VALUES ('h', 't', 'c', 'kept', 1, 1, 1)"_s));
        m_db.reset(); // the words on disk, read anew
        m_db = std::move(*openStore(m_place, StoreAccess::Writer));
        QVERIFY(!makesLists(u"ticket"_s));
    }

    void cleanupTestCase() { m_db.reset(); }
};

QTEST_GUILESS_MAIN(tst_Migrations)
#include "tst_Migrations.moc"
