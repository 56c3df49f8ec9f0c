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

// The events, numbered as one booking after the other would number them; those of as many bookings as there are templates share a page.
void copyEvents(Connection& db, int templates)
{
    const auto copyOf = [](const char* event) {
        QString text = u"m."_s + QLatin1StringView(event);
        for (const char* word : {"ticket", "tcode", "thing", "rcode", "customer"})
            text = u"replace(%1, m.%2, f.%2)"_s.arg(text, QLatin1StringView(word));
        return u"replace(%1, '\"' || m.name || '\"', '\"' || f.name || '\"')"_s.arg(text);
    };
    const QString counters = u"json_set(m.event3, '$[4]', json_extract(m.event3, '$[4]') + 1 + f.n / %1)"_s.arg(templates);
    db.exec(u"INSERT INTO outbox_page (first_seq, last_seq, at, journal_seq, events) SELECT base + 3 * MIN(n) + 1, base + 3 * MAX(n) + 3, MIN(at), (SELECT audit_seq FROM tail WHERE id = 1), '[' || group_concat(events, ',') || ']' FROM "
            "(SELECT (SELECT outbox_seq FROM tail WHERE id = 1) AS base, f.n - (SELECT MIN(n) FROM temp.fill) AS n, f.at AS at, %1 || ',' || %2 || ',' || %3 AS events "
            "FROM temp.fill f CROSS JOIN temp.tmpl m ON m.t = f.t ORDER BY f.n) GROUP BY n / %4"_s.arg(copyOf("event1"), copyOf("event2"), counters).arg(templates));
    db.exec(u"UPDATE tail SET outbox_seq = outbox_seq + 3 * (SELECT COUNT(*) FROM temp.fill) WHERE id = 1"_s);
}

} // namespace

void readTemplates(Connection& db, Booking what, int templates)
{
    const bool reservation = what == Booking::Reservation;
    db.exec(u"DROP TABLE IF EXISTS temp.fill"_s);
    db.exec(u"DROP TABLE IF EXISTS temp.tmpl"_s);
    db.exec(u"DROP TABLE IF EXISTS temp.lately"_s);
    db.exec(u"CREATE TEMP TABLE fill (n INTEGER PRIMARY KEY, t INTEGER, at INTEGER, queue INTEGER, decided INTEGER, ticket TEXT, tcode TEXT, thing TEXT, rcode TEXT, line TEXT, "
            "key TEXT, request TEXT, customer TEXT, name TEXT)"_s);
    db.exec(u"CREATE TEMP TABLE tmpl (t INTEGER PRIMARY KEY, at INTEGER, ticket TEXT, tcode TEXT, thing TEXT, rcode TEXT, line TEXT, item TEXT, customer TEXT, name TEXT, ledger INTEGER, "
            "movement INTEGER, event1 TEXT, event2 TEXT, event3 TEXT)"_s);
    // thing: the reservation or the hold; movement: the rowid of its ledger row; event3: of its inventory's counters.
    const auto newest = [](const char* id) {
        return u"(SELECT json_array(o.topic, o.vendor, o.type, o.entity_id, o.version, json(o.payload)) FROM temp.lately o WHERE o.entity_id = %1 ORDER BY o.seq DESC LIMIT 1)"_s
            .arg(QLatin1StringView(id));
    };
    // The templates were booked just now: their events are the newest there are, and the view of all is read from its beginning.
    db.exec(u"CREATE TEMP TABLE lately AS SELECT p.first_seq + e.key AS seq, json_extract(e.value, '$[0]') AS topic, json_extract(e.value, '$[1]') AS vendor, json_extract(e.value, '$[2]') AS type, "
            "json_extract(e.value, '$[3]') AS entity_id, json_extract(e.value, '$[4]') AS version, json_extract(e.value, '$[5]') AS payload "
            "FROM outbox_page p, json_each(p.events) e WHERE p.first_seq > (SELECT outbox_seq FROM tail WHERE id = 1) - %1"_s.arg(16 * templates));
    const QString from = reservation
        ? u"FROM ticket t JOIN reservation r ON r.id = t.reservation_id JOIN reservation_line l ON l.reservation_id = r.id"_s
        : u"FROM ticket t JOIN hold r ON r.ticket_id = t.id JOIN hold_line l ON l.hold_id = r.id"_s;
    const QString movement = reservation ? u"reservation_line_id = l.id"_s : u"hold_id = r.id"_s;
    db.exec(u"INSERT INTO temp.tmpl (at, ticket, tcode, thing, rcode, line, item, customer, name, ledger, movement, event1, event2, event3) "
            "SELECT t.enqueued_at, t.id, 'T-' || substr(t.id, 19), r.id, %7, %1, l.inventory_item_id, c.id, c.display_name, i.ledger_seq, "
            "(SELECT rowid FROM stock_movement WHERE %2 AND inventory_item_id = i.id), %3, %4, %5 %6 JOIN customer c ON c.id = t.customer_id "
            "JOIN inventory_item i ON i.id = l.inventory_item_id ORDER BY t.queue_seq DESC LIMIT ?"_s.arg(
                reservation ? u"l.id"_s : u"''"_s, movement, newest("r.id"), newest("t.id"), newest("i.id"), from, reservation ? u"r.code"_s : u"''"_s), {templates});
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
    Anew movement{{u"seq"_s, u"m.ledger + 1 + f.n / %1"_s.arg(templates)}, {u"request_id"_s, u"f.thing"_s}, {u"at"_s, u"f.at"_s}};
    if (reservation) {
        copyRows(db, u"reservation"_s, u"s.id = m.thing"_s,
            {{u"id"_s, u"f.thing"_s}, {u"code"_s, u"f.rcode"_s}, {u"customer_id"_s, u"f.customer"_s}, {u"confirmed_at"_s, later("confirmed_at")}, {u"created_at"_s, later("created_at")}});
        copyRows(db, u"reservation_line"_s, u"s.id = m.line"_s, {{u"id"_s, u"f.line"_s}, {u"reservation_id"_s, u"f.thing"_s}});
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
