// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// What was stored by an older program is there after its tables have changed.
#include "server/store/Database.h"
#include "server/store/StoreUrl.h"
#include "server/tools/Check.h"
#include "support/PgCluster.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

class tst_Migrations : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Connection> m_db;
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
        auto opened = openStore(cluster ? cluster->createEmptyDatabase() : m_dir->filePath(u"old.sqlite"_s), StoreAccess::Writer);
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

    void cleanupTestCase() { m_db.reset(); }
};

QTEST_GUILESS_MAIN(tst_Migrations)
#include "tst_Migrations.moc"
