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

const char* const kItem = "INSERT INTO inventory_item (id, kind, vendor_id, variant_id, location_id, on_hand, allocated, held, ledger_seq) VALUES ";

struct Corruption {
    const char* rule;
    QString sql; // statements separated by ";\n"
};

std::vector<Corruption> corruptions()
{
    const QString item = QString::fromLatin1(kItem);
    const QString order = u"INSERT INTO sales_order (id, code, customer_id, channel, currency, request_key, status, payment_status, fulfilment_status, items_minor, total_minor, created_at, updated_at) VALUES "_s;
    const QString line = u"INSERT INTO order_line (id, order_id, line_no, vendor_id, variant_id, offer_id, inventory_item_id, qty, shipped_qty, unit_price_minor, total_minor, currency, snapshot_json) VALUES "_s;
    const QString vendorOrder = u"INSERT INTO vendor_order (id, code, order_id, vendor_id, status, total_minor, currency, placed_at, updated_at) VALUES "_s;
    const QString payment = u"INSERT INTO payment (id, order_id, provider, status, currency, authorised_minor, captured_minor, refunded_minor, request_key) VALUES "_s;
    const QString ticket = u"INSERT INTO ticket (id, request_key, request_hash, customer_id, partition_no, queue_seq, payload_json, status, result_code, reservation_id, enqueued_at, finished_at, give_up_at) VALUES "_s;
    const QString hold = u"INSERT INTO hold (id, customer_id, status, expires_at, max_until, created_at) VALUES "_s;
    const QString move = u"INSERT INTO state_transition (id, machine, entity_id, from_state, to_state, actor_role, request_id, at, entity_version) VALUES "_s;
    const QString ledger = u"INSERT INTO stock_movement (id, inventory_item_id, seq, kind, d_on_hand, d_held, hold_id, request_id, at) VALUES "_s;
    const QString offer = u"INSERT INTO offer (id, variant_id, vendor_id, channel, currency, price_minor, on_sale, purchasable, valid_from, valid_until) VALUES "_s;
    const QString place = u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, slot_id, on_hand) VALUES ('i', 'capacity', 'v', 'x', 's', 5);\n"
        "INSERT INTO slot (id, product_id, variant_id, starts_at, ends_at, tz, local_date, status) VALUES ('s', 'p', 'x', 1, 2, 'UTC', '2026-01-01', 'open');\n"
        "INSERT INTO product (id, vendor_id, code, kind, status, tax_class, created_at, updated_at) VALUES ('p', 'v', 'c', 'reservation', 'active', 'std', 1, 1)"_s;
    const QString entry = u"INSERT INTO waitlist_entry (id, inventory_item_id, customer_id, ticket_id, party_size, rank, status, closes_at, created_at) VALUES "_s;
    const QString opening = u"INSERT INTO opening (id, product_id, state, registers_from, opens_at, commitment, seed, registered, created_at) VALUES "_s;
    return {
        {"I01", item + u"('i', 'stock', 'v', 'x', 'l', 1, 2, 0, 0)"_s},
        {"I02", item + u"('i', 'stock', 'v', 'x', 'l', 5, 0, 0, 0)"_s},
        {"I03", item + u"('i', 'stock', 'v', 'x', 'l', 0, 0, 0, 3)"_s},
        {"I04", item + u"('i', 'stock', 'v', 'x', 'l', 5, 0, 2, 0)"_s},
        {"I05", item + u"('i', 'stock', 'v', 'x', 'l', 5, 2, 0, 0)"_s},
        {"I06", hold + u"('h', 'c', 'released', 1, 1, 1);\n"_s + ledger + u"('m', 'i', 1, 'held', 0, 2, 'h', 'r', 1)"_s},
        {"I07", hold + u"('h', 'c', 'active', 1, 1, 1)"_s},
        {"I08", u"INSERT INTO reservation (id, code, customer_id, status, policy_id, created_at) VALUES ('r', 'R', 'c', 'confirmed', 'p', 1);\n"
                "INSERT INTO reservation_line (id, reservation_id, inventory_item_id, qty, unit_price_minor, currency) VALUES ('l', 'r', 'i', 2, 1, 'KRW')"_s},
        {"I09", ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'confirmed', NULL, NULL, 1, 1, 9000000000000)"_s},
        {"I10", order + u"('o', 'O', 'c', 'web', 'KRW', 'k', 'placed', 'x', 'x', 100, 100, 1, 1);\n"_s + vendorOrder + u"('w', 'W', 'o', 'v', 'accepted', 99, 'KRW', 1, 1)"_s},
        {"I11", order + u"('o', 'O', 'c', 'web', 'KRW', 'k', 'placed', 'x', 'x', 100, 100, 1, 1);\n"_s + offer + u"('f', 'x', 'other', 'web', 'KRW', 1, 0, 1, 1, NULL);\n"_s + item
                + u"('i', 'stock', 'v', 'x', 'l', 0, 0, 0, 0);\n"_s + line + u"('l', 'o', 1, 'v', 'x', 'f', 'i', 1, 0, 100, 100, 'KRW', '{}')"_s},
        {"I12", payment + u"('p', 'o', 'x', 'captured', 'KRW', 100, 100, 0, 'k')"_s},
        {"I13", payment + u"('p', 'o', 'x', 'authorised', 'KRW', 100, 0, 0, 'k');\n"_s + u"INSERT INTO payment_split (payment_id, vendor_order_id, authorised_minor) VALUES ('p', 'w', 60)"_s},
        {"I14", payment + u"('p', 'o', 'x', 'captured', 'KRW', 100, 100, 40, 'k')"_s},
        {"I15", line + u"('l', 'o', 1, 'v', 'x', 'f', 'i', 2, 1, 100, 200, 'KRW', '{}')"_s},
        {"I16", u"INSERT INTO settlement (id, vendor_id, currency, period_from, period_until, net_minor, status) VALUES ('s', 'v', 'KRW', 1, 2, 50, 'draft')"_s},
        {"I17", move + u"('t', 'order', 'o', 'completed', 'draft', 'C', 'r', 1, 1)"_s},
        {"I18", move + u"('t', 'order', 'o', 'draft', 'pending_stock', 'C', 'r', 1, 1);\n"_s + move + u"('u', 'order', 'o', 'pending_payment', 'placed', 'S', 'r', 1, 2)"_s},
        {"I19", ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'failed', NULL, NULL, 1, 1, 9000000000000);\n"_s + move + u"('m', 'ticket', 't', 'queued', 'processing', 'S', 'r', 1, 2)"_s},
        {"I20", u"INSERT INTO option_group (id, product_id, code, label, position) VALUES ('g', 'p', 'c', 'c', 1);\n"
                "INSERT INTO variant (id, product_id, sku, option_key, enabled, position) VALUES ('x', 'p', 's', 'k', 1, 1)"_s},
        {"I21", offer + u"('f', 'x', 'v', 'web', 'KRW', 1, 0, 1, 1, 100);\n"_s + offer + u"('g', 'x', 'v', 'web', 'KRW', 1, 0, 1, 50, NULL)"_s},
        {"I22", u"INSERT INTO product (id, vendor_id, code, kind, status, tax_class, created_at, updated_at) VALUES ('p', 'v', 'c', 'sale', 'active', 'std', 1, 1)"_s},
        {"I23", u"INSERT INTO audit_event (seq, at, action, entity_type, entity_id, diff_json, request_id, prev_hash, hash) VALUES (2, 1, 'a', 'b', 'c', '{}', 'r', 'x', 'y')"_s},
        {"I24", ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'rejected', 'sold_out', NULL, 1, 50, 9000000000000);\n"_s + ticket
                + u"('u', 'l', 'h', 'c', 0, 2, '{}', 'confirmed', NULL, 'r', 2, 40, 9000000000000);\nUPDATE ticket SET decided_seq = 3 - queue_seq"_s},
        {"I25", ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'queued', NULL, NULL, 1, NULL, 2)"_s},
        {"V09", move + u"('t', 'order', 'o', 'draft', 'pending_stock', 'C', 'r', 1, 1)"_s},
        {"V14", move + u"('t', 'order', 'o', 'draft', 'pending_stock', 'C', 'r', 1, 1)"_s},
        {"W01", place + u";\n"_s + entry + u"('e', 'i', 'c', 't', 2, 1, 'waiting', 9000000000000, 1)"_s},
        {"W02", entry + u"('e', 'i', 'c', 't', 2, 1, 'waiting', 9000000000000, 1)"_s},
        {"W03", place + u";\nUPDATE inventory_item SET special = 1"_s},
        {"W04", entry + u"('e', 'i', 'c', 't', 2, 1, 'offered', 9000000000000, 1)"_s},
        {"W05", opening + u"('o', 'p', 'open', 1, 2, 'c', 's', 0, 1);\n"_s + ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'queued', NULL, NULL, 1, NULL, 9000000000000);\nUPDATE ticket SET opening_id = 'o'"_s},
        {"W06", opening + u"('o', 'p', 'drawing', 1, 2, 'c', 's', 2, 1);\n"_s + ticket + u"('t', 'k', 'h', 'c', 0, 1, '{}', 'queued', NULL, NULL, 1, NULL, 9000000000000);\n"_s + ticket
                + u"('u', 'l', 'h', 'c', 0, 2, '{}', 'queued', NULL, NULL, 1, NULL, 9000000000000);\nUPDATE ticket SET opening_id = 'o', draw_rank = 1"_s},
    };
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
        for (const Corruption& c : corruptions())
            QTest::newRow(c.rule) << c.sql;
    }
    void eachRuleCatchesItsCorruption()
    {
        QFETCH(QString, sql);
        for (const QString& statement : sql.split(u";\n"_s))
            m_db->exec(statement);
        QVERIFY(broken().contains(QString::fromLatin1(QTest::currentDataTag())));
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
