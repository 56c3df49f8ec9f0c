// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/RowCopies.h"

#include <map>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

using Anew = std::map<QString, QString>; // column → what it is in the copy; f: fill, m: tmpl, s: the row that is copied

// For each row of `fill` a copy of its template's row of `table`; columns that are not named stay as they are, whichever there are.
void copyRows(Connection& db, const QString& table, const QString& templateRow, const Anew& anew)
{
    QStringList columns;
    QStringList values;
    for (const Row& column : db.query(u"SELECT name FROM pragma_table_info('%1') ORDER BY cid"_s.arg(table))) {
        const QString name = column.text(0);
        const auto it = anew.find(name);
        columns << name;
        values << (it != anew.end() ? it->second : u"s."_s + name);
    }
    db.exec(u"INSERT INTO %1 (%2) SELECT %3 FROM temp.fill f CROSS JOIN temp.tmpl m ON m.t = f.t CROSS JOIN %1 s ON %4 ORDER BY f.n"_s.arg(
        table, columns.join(u", "_s), values.join(u", "_s), templateRow));
}

QString later(const char* column) // as much later as the copy is later than its template
{
    return u"s.%1 + f.at - m.at"_s.arg(QLatin1StringView(column));
}

// The events, numbered as one booking after the other would number them.
void copyEvents(Connection& db, int templates)
{
    QString payload = u"s.payload_json"_s;
    for (const char* word : {"ticket", "tcode", "thing", "rcode", "customer"})
        payload = u"replace(%1, m.%2, f.%2)"_s.arg(payload, QLatin1StringView(word));
    payload = u"replace(%1, '\"' || m.name || '\"', '\"' || f.name || '\"')"_s.arg(payload);
    const QString seq = u"(SELECT outbox_seq FROM tail WHERE id = 1) + 3 * (f.n - (SELECT MIN(n) FROM temp.fill)) + %1"_s;
    copyRows(db, u"outbox"_s, u"s.seq = m.event1"_s, {{u"seq"_s, seq.arg(1)}, {u"entity_id"_s, u"f.thing"_s}, {u"payload_json"_s, payload}, {u"created_at"_s, u"f.at"_s}});
    copyRows(db, u"outbox"_s, u"s.seq = m.event2"_s, {{u"seq"_s, seq.arg(2)}, {u"entity_id"_s, u"f.ticket"_s}, {u"payload_json"_s, payload}, {u"created_at"_s, u"f.at"_s}});
    copyRows(db, u"outbox"_s, u"s.seq = m.event3"_s,
        {{u"seq"_s, seq.arg(3)}, {u"entity_version"_s, u"s.entity_version + 1 + f.n / %1"_s.arg(templates)}, {u"created_at"_s, u"f.at"_s}});
    db.exec(u"UPDATE tail SET outbox_seq = outbox_seq + 3 * (SELECT COUNT(*) FROM temp.fill) WHERE id = 1"_s);
}

} // namespace

void readTemplates(Connection& db, Booking what, int templates)
{
    const bool reservation = what == Booking::Reservation;
    db.exec(u"DROP TABLE IF EXISTS temp.fill"_s);
    db.exec(u"DROP TABLE IF EXISTS temp.tmpl"_s);
    db.exec(u"CREATE TEMP TABLE fill (n INTEGER PRIMARY KEY, t INTEGER, at INTEGER, queue INTEGER, decided INTEGER, ticket TEXT, tcode TEXT, thing TEXT, rcode TEXT, line TEXT, piece TEXT, "
            "movement TEXT, key TEXT, request TEXT, customer TEXT, name TEXT)"_s);
    db.exec(u"CREATE TEMP TABLE tmpl (t INTEGER PRIMARY KEY, at INTEGER, ticket TEXT, tcode TEXT, thing TEXT, rcode TEXT, line TEXT, item TEXT, customer TEXT, name TEXT, ledger INTEGER, "
            "movement INTEGER, event1 INTEGER, event2 INTEGER, event3 INTEGER)"_s);
    // thing: the reservation or the hold; movement: the rowid of its ledger row; event3: of its inventory's counters.
    const auto newest = [](const char* id) { return u"(SELECT MAX(seq) FROM outbox WHERE entity_id = %1)"_s.arg(QLatin1StringView(id)); };
    const QString from = reservation
        ? u"FROM ticket t JOIN reservation r ON r.id = t.reservation_id JOIN reservation_line l ON l.reservation_id = r.id"_s
        : u"FROM ticket t JOIN hold r ON r.ticket_id = t.id JOIN hold_line l ON l.hold_id = r.id"_s;
    const QString movement = reservation ? u"reservation_line_id = l.id"_s : u"hold_id = r.id"_s;
    db.exec(u"INSERT INTO temp.tmpl (at, ticket, tcode, thing, rcode, line, item, customer, name, ledger, movement, event1, event2, event3) "
            "SELECT t.enqueued_at, t.id, 'T-' || substr(t.id, 19), r.id, 'R-' || substr(r.id, 17), %1, l.inventory_item_id, c.id, c.display_name, i.ledger_seq, "
            "(SELECT rowid FROM stock_movement WHERE %2 AND inventory_item_id = i.id), %3, %4, %5 %6 JOIN customer c ON c.id = t.customer_id "
            "JOIN inventory_item i ON i.id = l.inventory_item_id ORDER BY t.queue_seq DESC LIMIT ?"_s.arg(
                reservation ? u"l.id"_s : u"''"_s, movement, newest("r.id"), newest("t.id"), newest("i.id"), from), {templates});
    db.exec(u"UPDATE temp.tmpl SET t = t - 1"_s); // fill counts them from 0
    if (db.one(u"SELECT COUNT(DISTINCT item) FROM temp.tmpl WHERE movement IS NOT NULL AND event1 IS NOT NULL AND event2 IS NOT NULL AND event3 IS NOT NULL"_s)->integer(0) != templates)
        throw StoreError(StoreError::Kind::Other, "what the engine leaves of a booking is not what is copied here");
}

void copySlice(Connection& db, Booking what, int templates)
{
    const bool reservation = what == Booking::Reservation;
    Anew ticket{{u"id"_s, u"f.ticket"_s}, {u"request_key"_s, u"substr(s.request_key, 1, 27) || f.key"_s}, {u"customer_id"_s, u"f.customer"_s}, {u"queue_seq"_s, u"f.queue"_s},
        {u"decided_seq"_s, u"f.decided"_s}};
    if (reservation)
        ticket[u"reservation_id"_s] = u"f.thing"_s;
    for (const char* moment : {"enqueued_at", "started_at", "finished_at", "give_up_at"})
        ticket[QLatin1StringView(moment)] = later(moment);
    copyRows(db, u"ticket"_s, u"s.id = m.ticket"_s, ticket);
    Anew movement{{u"id"_s, u"f.movement"_s}, {u"seq"_s, u"m.ledger + 1 + f.n / %1"_s.arg(templates)}, {u"request_id"_s, u"f.thing"_s}, {u"at"_s, u"f.at"_s}};
    if (reservation) {
        copyRows(db, u"reservation"_s, u"s.id = m.thing"_s,
            {{u"id"_s, u"f.thing"_s}, {u"code"_s, u"f.rcode"_s}, {u"customer_id"_s, u"f.customer"_s}, {u"confirmed_at"_s, later("confirmed_at")}, {u"created_at"_s, later("created_at")}});
        copyRows(db, u"reservation_line"_s, u"s.id = m.line"_s, {{u"id"_s, u"f.line"_s}, {u"reservation_id"_s, u"f.thing"_s}});
        copyRows(db, u"allocation"_s, u"s.reservation_line_id = m.line"_s, {{u"id"_s, u"f.piece"_s}, {u"reservation_line_id"_s, u"f.line"_s}, {u"at"_s, u"f.at"_s}});
        movement[u"reservation_line_id"_s] = u"f.line"_s;
    } else {
        copyRows(db, u"hold"_s, u"s.id = m.thing"_s,
            {{u"id"_s, u"f.thing"_s}, {u"ticket_id"_s, u"f.ticket"_s}, {u"customer_id"_s, u"f.customer"_s}, {u"expires_at"_s, later("expires_at")}, {u"max_until"_s, later("max_until")},
                {u"created_at"_s, u"f.at"_s}});
        copyRows(db, u"hold_line"_s, u"s.hold_id = m.thing"_s, {{u"hold_id"_s, u"f.thing"_s}, {u"open_until"_s, later("open_until")}});
        movement[u"hold_id"_s] = u"f.thing"_s;
    }
    copyRows(db, u"stock_movement"_s, u"s.rowid = m.movement"_s, movement);
    copyEvents(db, templates);
}

void moveCounters(Connection& db, Booking what, int copies, int templates)
{
    // Template t was copied copies / templates times, and the first few once more.
    const QString count = u"(SELECT %1 + (m.t < %2) FROM temp.tmpl m WHERE m.item = inventory_item.id)"_s.arg(copies / templates).arg(copies % templates);
    const QString column = what == Booking::Reservation ? u"allocated"_s : u"held"_s;
    db.exec(u"UPDATE inventory_item SET %1 = %1 + %2, ledger_seq = ledger_seq + %2, version = version + %2 WHERE id IN (SELECT item FROM temp.tmpl)"_s.arg(column, count));
}

} // namespace naru::bench
