// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "integration/Witness.h"
#include "server/store/StoreUrl.h"

#include <QFile>
#include <QTemporaryDir>
#include <set>

namespace naru::test {

using namespace Qt::StringLiterals;

using Complaints = QStringList; // empty: everything holds

// Puts what the clients were told and what they had asked for beside the server's tables.
inline void loadWitness(server::Connection& db, const Witness& witness)
{
    db.exec(u"CREATE TABLE ack (n BIGINT PRIMARY KEY, client TEXT NOT NULL, route TEXT NOT NULL, request_key TEXT NOT NULL, sent_at BIGINT NOT NULL, got_at BIGINT, "
            "known_at BIGINT, http INTEGER, said TEXT, refusal TEXT, resource_id TEXT, reservation_id TEXT, before_cut SMALLINT NOT NULL)"_s);
    db.exec(u"CREATE TABLE ask (request_key TEXT NOT NULL, inventory_item_id TEXT NOT NULL, qty BIGINT NOT NULL, PRIMARY KEY (request_key, inventory_item_id))"_s);
    std::int64_t n = 0; // a wish may stand here twice: without an answer, then asked again
    std::set<QString> asked;
    db.exec(u"BEGIN"_s);
    for (const Ack& a : witness.acks()) {
        db.exec(u"INSERT INTO ack VALUES (?, ?, 'POST /v1/tickets', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {++n, a.client, a.key, static_cast<std::int64_t>(a.sentAt), static_cast<std::int64_t>(a.gotAt),
                static_cast<std::int64_t>(a.acceptedAt != 0 ? a.acceptedAt : a.gotAt), a.http, a.said, a.refusal, a.ticket,
                a.reservation.isEmpty() ? server::Param(nullptr) : server::Param(a.reservation), a.beforeCut});
        if (!asked.insert(a.key).second)
            continue;
        for (const TicketLine& line : a.lines)
            db.exec(u"INSERT INTO ask VALUES (?, ?, ?)"_s, {a.key, line.itemId, line.qty});
    }
    db.exec(u"COMMIT"_s);
    if (db.engine() == server::Engine::Postgres)
        db.exec(u"SET statement_timeout = 0"_s);
    db.exec(u"ANALYZE"_s); // tables that grew in a minute: without figures the planner goes through them pair by pair
}

// A rule whose query returns rows is broken.
inline void mustBeNone(server::Connection& db, Complaints& broken, const QString& rule, const QString& sql, const server::Params& params = {})
{
    const server::Rows rows = db.query(sql, params);
    if (!rows.empty())
        broken << u"%1: %2 rows, first %3"_s.arg(rule).arg(rows.size()).arg(rows.front().text(0));
}

// Order in real time: only what was known from outside before somebody asked binds the server.
inline void judgeOrder(server::Connection& db, Complaints& broken)
{
    mustBeNone(db, broken, u"V16 nobody is served before one who was in the queue before he asked"_s,
        u"SELECT request_key FROM (SELECT a.request_key, a.known_at, MAX(a.sent_at) OVER (PARTITION BY m.inventory_item_id ORDER BY m.seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) "
        "AS latest_sent_before FROM (SELECT x.inventory_item_id, x.seq, COALESCE(h.ticket_id, y.id) AS ticket_id "
        "FROM stock_movement x LEFT JOIN hold h ON h.id = x.hold_id LEFT JOIN reservation_line l ON l.id = x.reservation_line_id "
        "LEFT JOIN ticket y ON y.reservation_id = l.reservation_id "
        "WHERE x.kind = 'held' OR (x.kind = 'allocated' AND x.d_held = 0)) m JOIN ticket t ON t.id = m.ticket_id "
        "JOIN (SELECT request_key, MIN(sent_at) AS sent_at, MAX(CASE WHEN said IN ('confirmed', 'held') THEN known_at END) AS known_at "
        "FROM ack GROUP BY request_key HAVING MAX(CASE WHEN said IN ('confirmed', 'held') THEN 1 ELSE 0 END) = 1) a ON a.request_key = t.request_key) x WHERE latest_sent_before > known_at"_s);
    mustBeNone(db, broken, u"V16 nobody is turned away while one who only asked afterwards gets as many of the same"_s,
        u"SELECT l.request_key FROM ack l JOIN ask q ON q.request_key = l.request_key JOIN (SELECT s.inventory_item_id, s.qty, MAX(w.sent_at) AS latest FROM ask s "
        "JOIN (SELECT a.request_key, MIN(a.sent_at) AS sent_at FROM ack a JOIN ticket t ON t.request_key = a.request_key AND t.status IN ('confirmed', 'held') GROUP BY a.request_key) w "
        "ON w.request_key = s.request_key GROUP BY s.inventory_item_id, s.qty) x ON x.inventory_item_id = q.inventory_item_id AND x.qty = q.qty "
        "WHERE l.said = 'rejected' AND l.refusal IN ('sold_out', 'held_by_others') AND l.before_cut = 1 AND l.known_at < x.latest"_s);
}

// What the tables and the answers say together about any run of bookings in which nothing was cancelled and all who had no answer asked
// again. The server must not run any more; leaves the tables `ack` and `ask` behind.
inline Complaints testimony(server::Connection& db, const Witness& witness)
{
    loadWitness(db, witness);
    Complaints broken;
    const auto none = [&](const QString& rule, const QString& sql) { mustBeNone(db, broken, rule, sql); };
    none(u"V01 nothing acknowledged is lost"_s,
        u"SELECT a.request_key FROM ack a LEFT JOIN ticket t ON t.request_key = a.request_key WHERE a.http BETWEEN 200 AND 299 AND a.before_cut = 1 AND t.id IS NULL"_s);
    none(u"V02 nothing final is taken back"_s,
        u"SELECT a.request_key FROM ack a JOIN ticket t ON t.request_key = a.request_key WHERE a.before_cut = 1 AND ((a.said = 'confirmed' AND (t.status <> 'confirmed' "
        "OR t.reservation_id IS NULL OR t.reservation_id <> a.reservation_id)) OR (a.said = 'rejected' AND t.status <> 'rejected'))"_s);
    none(u"V03 one key, one ticket"_s, u"SELECT request_key FROM ack WHERE http BETWEEN 200 AND 299 GROUP BY route, request_key HAVING COUNT(DISTINCT resource_id) > 1"_s);
    none(u"V09 every move was published exactly once"_s,
        u"SELECT MIN(t.id) FROM state_transition t LEFT JOIN outbox b ON b.entity_type = t.machine AND b.entity_id = t.entity_id AND b.entity_version = t.entity_version "
        "GROUP BY t.machine, t.entity_id, t.entity_version HAVING COUNT(b.seq) <> 1"_s);
    none(u"V15 nobody was told that something is gone which was there"_s, // there at the end, and none came free in between
        u"SELECT t.id FROM ticket t WHERE t.status = 'rejected' AND t.result_code IN ('sold_out', 'held_by_others', 'piece_unavailable') "
        "AND EXISTS (SELECT 1 FROM ask q WHERE q.request_key = t.request_key) AND NOT EXISTS (SELECT 1 FROM ask q JOIN inventory_item i ON i.id = q.inventory_item_id "
        "WHERE q.request_key = t.request_key AND (i.on_hand + i.overbook - i.safety - i.allocated - i.held < q.qty OR EXISTS (SELECT 1 FROM stock_movement m "
        "WHERE m.inventory_item_id = i.id AND m.at >= t.finished_at AND m.d_on_hand - m.d_allocated - m.d_held > 0)))"_s);
    judgeOrder(db, broken);
    none(u"every refusal has a reason"_s, u"SELECT request_key FROM ack WHERE said = 'rejected' AND COALESCE(refusal, '') = ''"_s);
    none(u"every wish ends confirmed, held or rejected"_s,
        u"SELECT request_key FROM (SELECT request_key, MAX(CASE WHEN http BETWEEN 200 AND 299 AND said IN ('confirmed', 'held', 'rejected') THEN 1 ELSE 0 END) AS final FROM ack "
        "GROUP BY request_key) x WHERE final = 0"_s);
    none(u"nobody was told failed"_s,
        u"SELECT request_key || ' ' || said FROM ack WHERE http NOT IN (0, 503) AND NOT (http >= 500 AND before_cut = 0) AND said NOT IN ('confirmed', 'held', 'rejected')"_s);
    none(u"every item gave exactly what was granted of it"_s,
        u"SELECT i.id FROM inventory_item i LEFT JOIN (SELECT q.inventory_item_id, SUM(CASE WHEN t.status = 'confirmed' THEN q.qty ELSE 0 END) AS sold, "
        "SUM(CASE WHEN t.status = 'held' THEN q.qty ELSE 0 END) AS kept FROM ask q JOIN ticket t ON t.request_key = q.request_key GROUP BY q.inventory_item_id) x "
        "ON x.inventory_item_id = i.id WHERE i.kind = 'capacity' AND (i.allocated <> COALESCE(x.sold, 0) OR i.held <> COALESCE(x.kept, 0))"_s);
    return broken;
}

// The same about `places` of one item that more people wanted.
inline Complaints verdict(server::Connection& db, const Witness& witness, const ItemId& item, int places)
{
    Complaints broken = testimony(db, witness);
    mustBeNone(db, broken, u"sold exactly what there was"_s,
        u"SELECT on_hand || '/' || allocated || '/' || held FROM inventory_item WHERE id = ? AND (allocated <> ? OR held <> 0)"_s, {item, places});
    mustBeNone(db, broken, u"as many confirmed as places"_s, // What was told after the end was ordered may be gone: it does not count then.
        u"SELECT c FROM (SELECT COUNT(DISTINCT a.request_key) AS c FROM ack a LEFT JOIN ticket t ON t.request_key = a.request_key AND t.status = 'confirmed' "
        "WHERE a.said = 'confirmed' AND (a.before_cut = 1 OR t.id IS NOT NULL)) x WHERE c <> ?"_s, {places});
    return broken;
}

// What `judge` says of a store that no server has open any more: of a copy of an embedded one, so that it can be judged again, or of the
// PostgreSQL database itself.
inline Complaints judged(const QString& database, const std::function<Complaints(server::Connection&)>& judge)
{
    QTemporaryDir copy;
    QString store = database;
    if (server::engineOf(database) == server::Engine::Sqlite) {
        store = copy.filePath(u"naru.sqlite"_s);
        for (const QString& suffix : {QString(), u"-wal"_s})
            QFile::copy(database + suffix, store + suffix);
    }
    auto opened = server::openStore(store, server::StoreAccess::Writer);
    if (!opened)
        return {u"the store cannot be opened: "_s + opened.error().detail};
    return judge(**opened);
}

// The same on a copy of an embedded store.
inline Complaints verdict(const QString& dataDir, const Witness& witness, const ItemId& item, int places)
{
    return judged(dataDir + u"/naru.sqlite"_s, [&](server::Connection& db) { return verdict(db, witness, item, places); });
}

} // namespace naru::test
