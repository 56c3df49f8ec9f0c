// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// timeout: 180
// engines: both
#include "server/store/Database.h"
#include "server/store/StoreUrl.h"
#include "server/tools/Check.h"
#include "server/tools/Seed.h"
#include "support/PgCluster.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

// The demo market: complete, alive at its moment, consistent, and the same for the same seed.
class TestSeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void isAsLargeAsPromised();
    void isAliveAtItsMoment();
    void breaksNoInvariant();
    void isNotDisturbedAgain();
    void sameSeedSameMarket();

private:
    static Instant moment() { return fromUnixMs(1'795'330'800'000); } // 2026-11-22 16:00 in Seoul
    int count(const QString& from, const Params& params = {}) { return m_db->one(u"SELECT COUNT(*) FROM "_s + from, params)->number(0); }

    QTemporaryDir m_dir;
    Config m_config;
    std::unique_ptr<Connection> m_db;
    SeedSummary m_summary;
};

void TestSeed::initTestCase()
{
    m_config.dataDir = m_dir.path();
    m_config.database = test::freshStore(m_dir, u"demo.sqlite"_s);
    if (test::onPostgres()) { // few orders: the whole market is the same, and takes a minute or two there
        auto db = openStore(m_config.database, StoreAccess::Writer);
        QVERIFY(db);
        m_db = std::move(*db);
        m_summary = fillStore(*m_db, 7, moment(), 3);
        return;
    }
    auto done = seedIfEmpty(m_config, 7, moment());
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QVERIFY(done->has_value());
    m_summary = **done;
    qInfo("%d products, %d slots, %d orders in %d vendor orders, %d tickets, %d reservations, %d open holds in %.1f s, %lld kB", m_summary.products, m_summary.slots,
        m_summary.orders, m_summary.vendorOrders, m_summary.tickets, m_summary.reservations, m_summary.openHolds, m_summary.seconds,
        static_cast<long long>(QFileInfo(m_config.database).size() / 1024));
    auto db = openStore(m_config.database, StoreAccess::Reader);
    QVERIFY(db);
    m_db = std::move(*db);
}

void TestSeed::isAsLargeAsPromised()
{
    if (test::onPostgres())
        QSKIP("counted on SQLite");
    QCOMPARE(m_summary.vendors, 13);
    QVERIFY2(m_summary.products >= 380 && m_summary.products <= 420, qPrintable(QString::number(m_summary.products)));
    QVERIFY(count(u"product WHERE kind = 'reservation'"_s) >= 55);
    QVERIFY(m_summary.slots > 5'000);
    QVERIFY(m_summary.orders > 2'200);
    QVERIFY2(m_summary.reservations > 3'000, qPrintable(QString::number(m_summary.reservations)));
    QCOMPARE(count(u"user_account WHERE login IN ('hanjiwoo', 'yunseoyoung', 'kangminho', 'admin', 'storefront1', 'storefront4', 'vendor-namsan', 'vendor-jeju')"_s), 8);
}

void TestSeed::isAliveAtItsMoment()
{
    if (test::onPostgres())
        QSKIP("counted on SQLite");
    for (const auto* status : {"awaiting_acceptance", "accepted", "preparing", "shipped", "delivered", "closed", "refused", "cancelled"}) {
        const int n = count(u"vendor_order WHERE status = ?"_s, {Param(status)});
        qInfo("%s: %d", status, n);
        QVERIFY2(n >= 3, status);
    }
    const int waiting = count(u"vendor_order WHERE status = 'awaiting_acceptance' AND accept_due_at > ?"_s, {moment()});
    QVERIFY(waiting >= 12 && waiting <= 45);
    QCOMPARE(count(u"vendor_order WHERE status = 'awaiting_acceptance' AND accept_due_at <= ?"_s, {moment()}), 0);
    QVERIFY(m_summary.openHolds >= 20);
    QVERIFY(count(u"ticket WHERE status = 'rejected'"_s) >= 30);
    QVERIFY(count(u"sales_order WHERE status = 'expired'"_s) >= 20);
    QVERIFY(count(u"product WHERE status = 'in_review'"_s) >= 3);
    const int full = count(u"inventory_item WHERE kind = 'capacity' AND on_hand = allocated AND on_hand > 0"_s); // to come; of the past ones the seats are used up
    QVERIFY2(full >= 30, qPrintable(QString::number(full)));
    QVERIFY(count(u"offer WHERE valid_until IS NOT NULL"_s) >= 30);
    for (const auto& [status, least] : {std::pair("confirmed", 1'000), std::pair("cancelled", 40), std::pair("cancel_requested", 4), std::pair("checked_in", 3), std::pair("no_show", 1),
             std::pair("completed", 200)}) {
        const int n = count(u"reservation WHERE status = ?"_s, {Param(status)});
        qInfo("%s: %d", status, n);
        QVERIFY2(n >= least, status);
    }
    QCOMPARE(count(u"cancellation_policy"_s), 3);
    QVERIFY(count(u"waitlist_entry WHERE status = 'waiting'"_s) >= 4);
    QVERIFY(count(u"waitlist_entry WHERE status = 'offered'"_s) >= 1);
    QCOMPARE(count(u"opening WHERE state = 'planned'"_s), 1);
    QVERIFY(count(u"product p JOIN cancellation_policy c ON c.id = p.cancellation_policy_id WHERE c.code <> 'standard'"_s) >= 15);
}

void TestSeed::breaksNoInvariant()
{
    QStringList broken;
    for (const Violation& v : checkInvariants(*m_db, moment()))
        broken << v.rule + u' ' + v.entityId;
    QVERIFY2(broken.isEmpty(), qPrintable(broken.mid(0, 10).join(u", "_s)));
}

void TestSeed::isNotDisturbedAgain()
{
    const auto again = seedIfEmpty(m_config, 8, moment());
    QVERIFY(again);
    QVERIFY(!again->has_value());
}

void TestSeed::sameSeedSameMarket()
{
    const auto fingerprint = [](Connection& db) {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (const QString& sql : {u"SELECT id, code, status, total_minor FROM vendor_order ORDER BY id"_s, u"SELECT id, status FROM ticket ORDER BY id"_s, u"SELECT id, title FROM product p JOIN product_text t ON t.product_id = p.id ORDER BY id, lang"_s,
                 u"SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1"_s})
            for (const Row& row : db.query(sql))
                for (std::size_t i = 0; i < row.size(); ++i)
                    hash.addData(row.text(static_cast<int>(i)).toUtf8());
        return hash.result().toHex();
    };
    const auto market = [&](const QString& name, std::uint64_t seed) {
        auto db = openStore(test::freshStore(m_dir, name), StoreAccess::Writer);
        migrate(**db);
        fillStore(**db, seed, moment(), 3); // few orders: the whole market is made above
        return fingerprint(**db);
    };
    const QByteArray first = market(u"first.sqlite"_s, 7);
    QCOMPARE(market(u"second.sqlite"_s, 7), first);
    QVERIFY(market(u"third.sqlite"_s, 9) != first); // the comparison can fail
}

QTEST_GUILESS_MAIN(TestSeed)
#include "tst_Seed.moc"
