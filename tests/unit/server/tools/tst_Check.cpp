// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
// Every invariant has a corruption that it catches: a check never seen to fail proves nothing.
#include "server/store/Database.h"
#include "server/store/StoreUrl.h"
#include "server/tools/Check.h"
#include "support/PgCluster.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

namespace {

struct Corruption {
    const char* rule;
    QString sql; // statements separated by ";\n"
    const char* what = nullptr; // another of the rule's sides
};

// The beginnings of statements.
struct Inserts {
    const QString item = u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, location_id, on_hand, allocated, held, ledger_seq) VALUES "_s;
    const QString order = u"INSERT INTO sales_order (id, code, customer_id, channel, currency, request_key, status, payment_status, fulfilment_status, items_minor, total_minor, created_at, updated_at) VALUES "_s;
    const QString line = u"INSERT INTO order_line (id, order_id, line_no, vendor_id, variant_id, offer_id, inventory_item_id, qty, shipped_qty, unit_price_minor, total_minor, currency, snapshot_json) VALUES "_s;
    const QString vendorOrder = u"INSERT INTO vendor_order (id, code, order_id, vendor_id, status, total_minor, currency, placed_at, updated_at) VALUES "_s;
    const QString payment = u"INSERT INTO payment (id, order_id, provider, status, currency, authorised_minor, captured_minor, refunded_minor, request_key) VALUES "_s;
    const QString ticket = u"INSERT INTO ticket (id, request_key, request_hash, customer_id, partition_no, queue_seq, payload_json, status, result_code, reservation_id, enqueued_at, finished_at, give_up_at) VALUES "_s;
    const QString hold = u"INSERT INTO hold (id, customer_id, status, expires_at, max_until, created_at) VALUES "_s;
    const QString move = u"INSERT INTO journal (hash, entity_type, entity_id, from_state, to_state, letter, request_id, at, entity_version, seq) VALUES "_s;
    const QString ledger = u"INSERT INTO stock_movement (inventory_item_id, seq, kind, d_on_hand, d_held, hold_id, request_id, at) VALUES "_s;
    const QString offer = u"INSERT INTO offer (id, variant_id, vendor_id, channel, currency, price_minor, on_sale, purchasable, valid_from, valid_until) VALUES "_s;
    const QString place = u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, slot_id, on_hand) VALUES ('i', 'capacity', 'v', 'x', 's', 5);\n"
        "INSERT INTO slot (id, product_id, variant_id, starts_at, ends_at, tz, local_date, status) VALUES ('s', 'p', 'x', 1, 2, 'UTC', '2026-01-01', 'open');\n"
        "INSERT INTO product (id, vendor_id, code, kind, status, tax_class, created_at, updated_at) VALUES ('p', 'v', 'c', 'reservation', 'active', 'std', 1, 1)"_s;
    const QString entry = u"INSERT INTO waitlist_entry (id, inventory_item_id, customer_id, ticket_id, party_size, rank, status, closes_at, created_at) VALUES "_s;
    const QString opening = u"INSERT INTO opening (id, product_id, state, registers_from, opens_at, commitment, seed, registered, created_at) VALUES "_s;
    const QString audit = u"INSERT INTO journal (seq, at, action, entity_type, entity_id, detail, request_id, hash) VALUES "_s;
    const QString reservation = u"INSERT INTO reservation (id, code, customer_id, status, policy_id, created_at) VALUES "_s;
    const QString reservationLine = u"INSERT INTO reservation_line (id, reservation_id, inventory_item_id, qty, unit_price_minor, currency, seats, seats_status) VALUES "_s;
    const QString paid = u"INSERT INTO payment_event (id, payment_id, kind, amount_minor, provider_event_id, raw_json, at) VALUES "_s;
    const QString split = u"INSERT INTO payment_split (payment_id, vendor_order_id, authorised_minor, captured_minor, refunded_minor) VALUES "_s;
    const QString refund = u"INSERT INTO refund (id, payment_id, status, amount_minor, currency, reason, calc_json, requested_by, request_key, created_at) VALUES "_s;
    const QString fulfilment = u"INSERT INTO fulfilment (id, vendor_order_id, status) VALUES "_s;
    const QString fulfilmentLine = u"INSERT INTO fulfilment_line (fulfilment_id, order_line_id, qty) VALUES "_s;
    const QString settlement = u"INSERT INTO settlement (id, vendor_id, currency, period_from, period_until, net_minor, status) VALUES "_s;
    const QString earned = u"INSERT INTO vendor_ledger (id, vendor_id, kind, amount_minor, currency, settlement_id, request_id, at) VALUES "_s;
    const QString product = u"INSERT INTO product (id, vendor_id, code, kind, status, tax_class, created_at, updated_at) VALUES "_s;
    const QString variant = u"INSERT INTO variant (id, product_id, sku, option_key, enabled, position) VALUES "_s;
};

// The plainest corruption of each rule.
std::vector<Corruption> corruptions()
{
    const Inserts in;
    return {
        {"I01", in.item + u"('i', 'stock', 'v', 'x', 'l', 1, 2, 0, 0)"_s},
        {"I02", in.item + u"('i', 'stock', 'v', 'x', 'l', 5, 0, 0, 0)"_s},
        {"I03", in.item + u"('i', 'stock', 'v', 'x', 'l', 0, 0, 0, 3)"_s},
        {"I04", in.item + u"('i', 'stock', 'v', 'x', 'l', 5, 0, 2, 0)"_s},
        {"I05", in.item + u"('i', 'stock', 'v', 'x', 'l', 5, 2, 0, 0)"_s},
        {"I06", in.hold + u"('h', 'c', 'released', 1, 1, 1);\n"_s + in.ledger + u"('i', 1, 'held', 0, 2, 'h', 'r', 1)"_s},
        {"I07", in.hold + u"('h', 'c', 'active', 1, 1, 1)"_s},
        {"I08", u"INSERT INTO reservation (id, code, customer_id, status, policy_id, created_at) VALUES ('r', 'R', 'c', 'confirmed', 'p', 1);\n"
                "INSERT INTO reservation_line (id, reservation_id, inventory_item_id, qty, unit_price_minor, currency) VALUES ('l', 'r', 'i', 2, 1, 'KRW')"_s},
        {"I09", in.ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'confirmed', NULL, NULL, 1, 1, 9000000000000)"_s},
        {"I10", in.order + u"('o', 'O', 'c', 'web', 'KRW', 'k', 'placed', 'x', 'x', 100, 100, 1, 1);\n"_s + in.vendorOrder + u"('w', 'W', 'o', 'v', 'accepted', 99, 'KRW', 1, 1)"_s},
        {"I11", in.order + u"('o', 'O', 'c', 'web', 'KRW', 'k', 'placed', 'x', 'x', 100, 100, 1, 1);\n"_s + in.offer + u"('f', 'x', 'other', 'web', 'KRW', 1, 0, 1, 1, NULL);\n"_s + in.item
                + u"('i', 'stock', 'v', 'x', 'l', 0, 0, 0, 0);\n"_s + in.line + u"('l', 'o', 1, 'v', 'x', 'f', 'i', 1, 0, 100, 100, 'KRW', '{}')"_s},
        {"I12", in.payment + u"('p', 'o', 'x', 'captured', 'KRW', 100, 100, 0, 'k')"_s},
        {"I13", in.payment + u"('p', 'o', 'x', 'authorised', 'KRW', 100, 0, 0, 'k');\n"_s + u"INSERT INTO payment_split (payment_id, vendor_order_id, authorised_minor) VALUES ('p', 'w', 60)"_s},
        {"I14", in.payment + u"('p', 'o', 'x', 'captured', 'KRW', 100, 100, 40, 'k')"_s},
        {"I15", in.line + u"('l', 'o', 1, 'v', 'x', 'f', 'i', 2, 1, 100, 200, 'KRW', '{}')"_s},
        {"I16", u"INSERT INTO settlement (id, vendor_id, currency, period_from, period_until, net_minor, status) VALUES ('s', 'v', 'KRW', 1, 2, 50, 'draft')"_s},
        {"I17", in.move + u"('t', 'order', 'o', 'completed', 'draft', 'C', 'r', 1, 1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal))"_s},
        {"I18", in.move + u"('t', 'order', 'o', 'draft', 'pending_stock', 'C', 'r', 1, 1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal));\n"_s + in.move + u"('u', 'order', 'o', 'pending_payment', 'placed', 'S', 'r', 1, 2, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal))"_s},
        {"I19", in.ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'failed', NULL, NULL, 1, 1, 9000000000000);\n"_s + in.move + u"('m', 'ticket', 't', 'queued', 'processing', 'S', 'r', 1, 2, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal))"_s},
        {"I20", u"INSERT INTO option_group (id, product_id, code, label, position) VALUES ('g', 'p', 'c', 'c', 1);\n"
                "INSERT INTO variant (id, product_id, sku, option_key, enabled, position) VALUES ('x', 'p', 's', 'k', 1, 1)"_s},
        {"I21", in.offer + u"('f', 'x', 'v', 'web', 'KRW', 1, 0, 1, 1, 100);\n"_s + in.offer + u"('g', 'x', 'v', 'web', 'KRW', 1, 0, 1, 50, NULL)"_s},
        {"I22", u"INSERT INTO product (id, vendor_id, code, kind, status, tax_class, created_at, updated_at) VALUES ('p', 'v', 'c', 'sale', 'active', 'std', 1, 1)"_s},
        {"I23", in.audit + u"(2, 1, 'a', 'b', 'c', '{}', 'r', 'y')"_s},
        {"I24", in.ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'rejected', 'sold_out', NULL, 1, 50, 9000000000000);\n"_s + in.ticket
                + u"('u', 'l', 'h', 'c', 0, 2, '{}', 'confirmed', NULL, 'r', 2, 40, 9000000000000);\nUPDATE ticket SET decided_seq = 3 - queue_seq"_s},
        {"I25", in.ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'queued', NULL, NULL, 1, NULL, 2)"_s},
        {"I26", in.ticket + u"('t', 'k', 'h', 'nobody', 0, 1, '{}', 'queued', NULL, NULL, 1, NULL, 9000000000000)"_s},
        {"I27", in.ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'failed', NULL, NULL, 1, 1, 9000000000000);\n"_s + in.ticket + u"('u', 'l', 'h', 'c', 0, 1, '{}', 'failed', NULL, NULL, 1, 1, 9000000000000)"_s},
        {"I28", in.ledger + u"('i', 1, 'held', 0, 2, 'h', 'r', 1);\n"_s + in.ledger + u"('i', 2, 'held', 0, 2, 'h', 'r', 1)"_s},
        {"V09", in.move + u"('t', 'order', 'o', 'draft', 'pending_stock', 'C', 'r', 1, 1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal))"_s},
        {"W01", in.place + u";\n"_s + in.entry + u"('e', 'i', 'c', 't', 2, 1, 'waiting', 9000000000000, 1)"_s},
        {"W02", in.entry + u"('e', 'i', 'c', 't', 2, 1, 'waiting', 9000000000000, 1)"_s},
        {"W03", in.place + u";\nUPDATE inventory_item SET special = 1"_s},
        {"W04", in.entry + u"('e', 'i', 'c', 't', 2, 1, 'offered', 9000000000000, 1)"_s},
        {"W05", in.opening + u"('o', 'p', 'open', 1, 2, 'c', 's', 0, 1);\n"_s + in.ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'queued', NULL, NULL, 1, NULL, 9000000000000);\nUPDATE ticket SET opening_id = 'o'"_s},
        {"W06", in.opening + u"('o', 'p', 'drawing', 1, 2, 'c', 's', 2, 1);\n"_s + in.ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'queued', NULL, NULL, 1, NULL, 9000000000000);\n"_s + in.ticket
                + u"('u', 'l', 'h', 'c', 0, 2, '{}', 'queued', NULL, NULL, 1, NULL, 9000000000000);\nUPDATE ticket SET opening_id = 'o', draw_rank = 1"_s},
    };
}

// Other sides of rules about places and who has them.
std::vector<Corruption> otherSidesOfStock()
{
    const Inserts in;
    const QString item = in.item + u"('i', 'stock', 'v', 'x', 'l', %1, %2, %3, %4)"_s;
    const QString received = in.ledger + u"('i', %1, 'received', 5, 0, NULL, 'r%1', 1)"_s;
    const QString openHold = in.hold + u"('h', 'c', '%1', 9000000000000, 9000000000000, 1);\nINSERT INTO hold_line (hold_id, inventory_item_id, qty, unit_price_minor, currency) VALUES ('h', 'i', 2, 1, 'KRW')"_s;
    const QString booked = in.reservation + u"('r', 'R', 'c', '%1', 'p', 1);\n"_s + in.reservationLine + u"('l', 'r', 'i', 2, 1, 'KRW', %2, 'active')"_s;
    const QString ticket = in.ticket + u"('%1', '%1', 'h', 'c', 0, %2, '{}', '%3', %4, %5, 1, 1, %6)"_s;
    const QString equals = ticket.arg(u"t"_s).arg(1).arg(u"rejected"_s, u"'sold_out'"_s, u"NULL"_s).arg(9'000'000'000'000) + u";\n"_s;
    return {
        {"I01", item.arg(-1).arg(0).arg(0).arg(0) + u";\nUPDATE inventory_item SET overbook = 5"_s, "fewer than none"},
        {"I01", item.arg(5).arg(-1).arg(0).arg(0), "fewer than none allocated"},
        {"I01", item.arg(5).arg(0).arg(-1).arg(0), "fewer than none held"},
        {"I02", item.arg(5).arg(2).arg(0).arg(1) + u";\n"_s + received.arg(1), "allocated without a ledger row"},
        {"I02", item.arg(5).arg(0).arg(2).arg(1) + u";\n"_s + received.arg(1), "held without a ledger row"},
        {"I03", item.arg(5).arg(0).arg(0).arg(2) + u";\n"_s + received.arg(2), "the first ledger row is gone"},
        {"I03", item.arg(10).arg(0).arg(0).arg(2) + u";\n"_s + received.arg(1) + u";\n"_s + received.arg(3), "a number left out"},
        {"I04", item.arg(5).arg(0).arg(0).arg(0) + u";\n"_s + openHold.arg(u"active"_s), "a hold that is not counted"},
        {"I04", item.arg(5).arg(0).arg(2).arg(0) + u";\n"_s + openHold.arg(u"released"_s), "a released hold that is counted"},
        {"I05", item.arg(5).arg(0).arg(0).arg(0) + u";\n"_s + booked.arg(u"confirmed"_s).arg(2), "an allocation that is not counted"},
        {"I05", item.arg(5).arg(2).arg(0).arg(0) + u";\n"_s + u"INSERT INTO order_allocation (id, inventory_item_id, order_line_id, qty, status, at) VALUES ('a', 'i', 'l', 2, 'released', 1)"_s, "a released allocation that is counted"},
        {"I08", booked.arg(u"confirmed"_s).arg(1), "half a reservation"},
        {"I08", booked.arg(u"checked_in"_s).arg(3), "more than was reserved"},
        {"I08", booked.arg(u"cancelled"_s).arg(2), "a cancelled one keeps its places"},
        {"I08", booked.arg(u"expired"_s).arg(2), "an expired one keeps its places"},
        {"I09", ticket.arg(u"t"_s).arg(1).arg(u"rejected"_s, u"NULL"_s, u"'r'"_s).arg(9'000'000'000'000), "refused, with a reservation"},
        {"I27", in.reservation + u"('r', 'R', 'c', 'pending', 'p', 1);\n"_s + in.reservation + u"('q', 'R', 'c', 'pending', 'p', 1)"_s, "two of one code"},
        {"I24", equals + ticket.arg(u"u"_s).arg(2).arg(u"held"_s, u"NULL"_s, u"NULL"_s).arg(9'000'000'000'000) + u";\nUPDATE ticket SET decided_seq = 3 - queue_seq"_s, "a later one holds"},
        {"I25", ticket.arg(u"t"_s).arg(1).arg(u"processing"_s, u"NULL"_s, u"NULL"_s).arg(2) + u";\nUPDATE ticket SET lease_until = 1"_s, "its worker died"},
    };
}

// A placed order of one line, and the one thing about it that does not fit.
Corruption lineThatDoesNotFit(const char* what, const QString& change)
{
    const Inserts in;
    return {"I11", in.order + u"('o', 'O', 'c', 'web', 'KRW', 'k', 'placed', 'x', 'x', 100, 100, 1, 1);\n"_s + in.offer + u"('f', 'x', 'v', 'web', 'KRW', 1, 0, 1, 1, NULL);\n"_s
            + in.item + u"('i', 'stock', 'v', 'x', 'l', 0, 0, 0, 0);\n"_s + in.line + u"('l', 'o', 1, 'v', 'x', 'f', 'i', 1, 0, 100, 100, 'KRW', '{}');\nUPDATE order_line SET vendor_order_id = 'w';\n"_s
            + change,
        what};
}

// Other sides of rules about orders, money and goods.
std::vector<Corruption> otherSidesOfOrders()
{
    const Inserts in;
    const QString order = in.order + u"('o', 'O', 'c', 'web', 'KRW', 'k', 'placed', 'x', 'x', 100, 100, 1, 1);\n"_s;
    const QString part = in.vendorOrder + u"('%1', '%1', 'o', 'v%1', 'accepted', 50, '%2', 1, 1);\n"_s;
    const QString paid = in.payment + u"('p', 'o', 'x', 'captured', 'KRW', 100, %1, %2, 'k');\n"_s + in.paid + u"('e', 'p', 'authorise', 100, 'e', '{}', 1);\n"_s;
    const QString refund = in.refund + u"('%1', 'p', '%2', %3, 'KRW', 'x', '{}', 'u', '%1', 1)"_s;
    const QString shipped = in.line + u"('l', 'o', 1, 'v', 'x', 'f', 'i', 2, %1, 100, 200, 'KRW', '{}');\n"_s + in.fulfilment + u"('f', 'w', '%2');\n"_s + in.fulfilmentLine + u"('f', 'l', 1)"_s;
    return {
        {"I10", order + part.arg(u"a"_s, u"EUR"_s) + part.arg(u"b"_s, u"KRW"_s).chopped(2), "a currency before the order's"},
        {"I10", order + part.arg(u"a"_s, u"KRW"_s) + part.arg(u"b"_s, u"USD"_s).chopped(2), "a currency after the order's"},
        lineThatDoesNotFit("another's stock", u"UPDATE inventory_item SET vendor_id = 'other'"_s),
        lineThatDoesNotFit("another variant's offer", u"UPDATE offer SET variant_id = 'other'"_s),
        lineThatDoesNotFit("another variant's stock", u"UPDATE inventory_item SET variant_id = 'other'"_s),
        lineThatDoesNotFit("another currency", u"UPDATE order_line SET currency = 'USD'"_s),
        lineThatDoesNotFit("nobody's line", u"UPDATE order_line SET vendor_order_id = NULL"_s),
        {"I12", paid.arg(60).arg(0).chopped(2), "captured without an event"},
        {"I12", paid.arg(60).arg(30) + in.paid + u"('d', 'p', 'capture', 60, 'd', '{}', 1)"_s, "refunded without an event"},
        {"I13", paid.arg(60).arg(0) + in.split + u"('p', 'w', 100, 50, 0)"_s, "captured is not split"},
        {"I13", paid.arg(60).arg(30) + in.split + u"('p', 'w', 100, 60, 20)"_s, "refunded is not split"},
        {"I14", paid.arg(60).arg(0) + refund.arg(u"r"_s, u"succeeded"_s).arg(10), "a refund that is not counted"},
        {"I14", paid.arg(60).arg(0) + refund.arg(u"r"_s, u"approved"_s).arg(40) + u";\n"_s + refund.arg(u"s"_s, u"processing"_s).arg(40), "more on the way back than came"},
        {"I15", shipped.arg(0).arg(u"shipped"_s), "shipped and not counted"},
        {"I15", shipped.arg(1).arg(u"packed"_s), "packed only, and counted"},
        {"I16", in.settlement + u"('s', 'v', 'KRW', 1, 2, -50, 'draft');\n"_s + in.earned + u"('g', 'v', 'payout', -50, 'KRW', 's', 'r', 1)"_s, "the payout itself is counted"},
        {"I22", in.product + u"('p', 'v', 'c', 'sale', 'active', 'std', 1, 1);\n"_s + in.variant + u"('x', 'p', 's', 'k', 0, 1);\n"_s + in.offer + u"('f', 'x', 'v', 'web', 'KRW', 1, 0, 1, 1, NULL)"_s,
            "its variant is switched off"},
        {"I22", in.product + u"('p', 'v', 'c', 'sale', 'active', 'std', 1, 1);\n"_s + in.variant + u"('x', 'p', 's', 'k', 1, 1);\n"_s + in.offer + u"('f', 'x', 'v', 'web', 'KRW', 1, 0, 1, 1, 2)"_s,
            "its offer is over"},
        {"I22", in.product + u"('p', 'v', 'c', 'sale', 'active', 'std', 1, 1);\n"_s + in.variant + u"('x', 'p', 's', 'k', 1, 1);\n"_s + in.offer + u"('f', 'x', 'v', 'web', 'KRW', 1, 0, 1, 2000000, NULL)"_s,
            "its offer is to come"},
        {"I23", in.audit + u"(1, 1, 'a', 'b', 'c', '{}', 'r', 'y')"_s, "a row that was changed"},
    };
}

// Other sides of rules about states: the current one of every machine, a role that may not, an event published twice.
std::vector<Corruption> otherSidesOfMoves()
{
    const Inserts in;
    const QString moved = u";\n"_s + in.move + u"('m', '%1', 'e', 'x', 'elsewhere', 'S', 'r', 1, 2, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal))"_s;
    const QString confirmed = u"INSERT INTO journal (hash, entity_type, entity_id, from_state, to_state, letter, request_id, at, entity_version, ticket_id, ticket_version, seq) VALUES "
                              "('m', 'reservation', 'x', 'pending', 'confirmed', 'S', 'r', 1, 2, 'e', 2, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal))"_s;
    const QString reservationEvent = u"INSERT INTO outbox_page (first_seq, last_seq, at, journal_seq, events) VALUES (1, 1, 1, 0, '[[\"reservation.changed\",null,\"reservation\",\"x\",2,{}]]')"_s;
    const QString event = u"INSERT INTO outbox_page (first_seq, last_seq, at, journal_seq, events) VALUES (%1, %1, 1, 0, '[[\"order.changed\",null,\"order\",\"o\",1,{}]]')"_s;
    return {
        {"I17", in.move + u"('t', 'order', 'o', 'draft', 'pending_stock', 'V', 'r', 1, 1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal))"_s, "the wrong role"},
        {"I19", in.product + u"('e', 'v', 'c', 'sale', 'draft', 'std', 1, 1)"_s + moved.arg(u"product"_s), "product"},
        {"I19", in.order + u"('e', 'O', 'c', 'web', 'KRW', 'k', 'placed', 'x', 'x', 100, 100, 1, 1)"_s + moved.arg(u"order"_s), "order"},
        {"I19", in.vendorOrder + u"('e', 'W', 'o', 'v', 'accepted', 100, 'KRW', 1, 1)"_s + moved.arg(u"vendor_order"_s), "vendor order"},
        {"I19", in.payment + u"('e', 'o', 'x', 'created', 'KRW', 0, 0, 0, 'k')"_s + moved.arg(u"payment"_s), "payment"},
        {"I19", in.hold + u"('e', 'c', 'released', 1, 1, 1)"_s + moved.arg(u"hold"_s), "hold"},
        {"I19", in.reservation + u"('e', 'R', 'c', 'cancelled', 'p', 1)"_s + moved.arg(u"reservation"_s), "reservation"},
        {"I19", in.ticket + u"('e', 'k', 'h', 'c', 0, 1, '{}', 'failed', NULL, NULL, 1, 1, 9000000000000);\n"_s + confirmed, "ticket, by its reservation's line"},
        {"V09", confirmed + u";\n"_s + reservationEvent, "the ticket's move in its reservation's line"},
        {"V09", in.move + u"('t', 'order', 'o', 'draft', 'pending_stock', 'C', 'r', 1, 1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal));\n"_s + event.arg(1) + u";\n"_s + event.arg(2), "published twice"},
    };
}

std::vector<Corruption> all()
{
    std::vector<Corruption> all = corruptions();
    for (const auto& more : {otherSidesOfStock(), otherSidesOfOrders(), otherSidesOfMoves()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

} // namespace

class tst_Check : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_store;
    std::unique_ptr<Connection> m_db;

    std::set<QString> broken()
    {
        std::set<QString> rules;
        for (const Violation& v : checkInvariants(*m_db, fromUnixMs(1'000'000)))
            rules.insert(v.rule);
        return rules;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_store = test::freshStore(*m_dir);
        auto opened = openStore(m_store, StoreAccess::Writer);
        QVERIFY(opened);
        m_db = std::move(*opened);
        migrate(*m_db);
        test::dropRules(*m_db);
    }
    void cleanupTestCase() { m_db.reset(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_db->begin(Connection::Access::Write);
    }
    void cleanup() { m_db->rollback(); }

    void anEmptyDatabaseHolds() { QVERIFY(broken().empty()); }

    void eachRuleCatchesItsCorruption_data()
    {
        QTest::addColumn<QString>("sql");
        for (const Corruption& c : all())
            QTest::addRow("%s%s%s", c.rule, c.what ? ": " : "", c.what ? c.what : "") << c.sql;
    }
    void eachRuleCatchesItsCorruption()
    {
        QFETCH(QString, sql);
        for (const QString& statement : sql.split(u";\n"_s))
            m_db->exec(statement);
        QVERIFY(broken().contains(QString::fromLatin1(QTest::currentDataTag()).left(3)));
    }

    void everyRuleHasACorruption()
    {
        std::set<QString> corrupted;
        for (const Corruption& c : corruptions())
            corrupted.insert(QString::fromLatin1(c.rule));
        for (const auto& [rule, description] : invariantRules())
            QVERIFY2(corrupted.contains(rule), qPrintable(rule + u": "_s + description));
    }
};

QTEST_GUILESS_MAIN(tst_Check)
#include "tst_Check.moc"
