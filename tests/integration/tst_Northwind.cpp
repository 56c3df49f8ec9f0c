// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 240
#include "server/auth/Accounts.h"
#include "server/auth/Passwords.h"
#include "server/store/Database.h"
#include "server/store/SqliteConnection.h"
#include "support/NarudProcess.h"
#include "support/RestSession.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <atomic>
#include <thread>

using namespace naru;
using namespace Qt::StringLiterals;
using Answer = naru::test::Answer;
using RestSession = naru::test::RestSession;

namespace {

constexpr int kSellers = 4; // connections that order at the same time

QString dataFolder()
{
    const QString named = qEnvironmentVariable("NARU_NORTHWIND_DIR");
    if (!named.isEmpty())
        return named;
    const QString source = qEnvironmentVariable("NARU_SOURCE_DIR", QStringLiteral(QT_TESTCASE_SOURCEDIR) + u"/../.."_s);
    return source + u"/../shared/data/northwind"_s;
}

using Record = QMap<QString, QString>;

// Comma separated, quoted with "" inside; the first row names the columns.
QList<Record> readCsv(const QString& path, QStringList* columns = nullptr)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    const QString text = QString::fromUtf8(file.readAll());
    QList<QStringList> rows;
    QStringList row;
    QString cell;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quoted) {
            if (c == u'"' && i + 1 < text.size() && text.at(i + 1) == u'"')
                cell += text.at(++i);
            else if (c == u'"')
                quoted = false;
            else
                cell += c;
        } else if (c == u'"') {
            quoted = true;
        } else if (c == u',' || c == u'\n') {
            row << cell;
            cell.clear();
            if (c == u'\n') {
                rows << row;
                row.clear();
            }
        } else if (c != u'\r') {
            cell += c;
        }
    }
    if (!cell.isEmpty() || !row.isEmpty())
        rows << (row << cell);
    const QStringList head = rows.takeFirst();
    if (columns)
        *columns = head;
    QList<Record> records;
    for (const QStringList& r : std::as_const(rows)) {
        if (r.size() != head.size())
            continue; // an empty line
        Record record;
        for (qsizetype i = 0; i < head.size(); ++i)
            record.insert(head.at(i), r.at(i));
        records << record;
    }
    return records;
}

std::int64_t cents(const QString& decimal)
{
    const QStringList parts = decimal.split(u'.');
    return parts.at(0).toLongLong() * 100 + (parts.size() > 1 ? parts.at(1).leftJustified(2, u'0', true).toLongLong() : 0);
}

// What a supplier sold.
struct Sold {
    std::int64_t lines = 0;
    std::int64_t parts = 0;
    std::int64_t quantity = 0;
    std::int64_t money = 0;
    friend bool operator==(const Sold&, const Sold&) = default;
    QString text() const { return u"%1 lines, %2 parts, %3 pieces, %4 cents"_s.arg(lines).arg(parts).arg(quantity).arg(money); }
};

} // namespace

// A real data set through the whole interface: every order of Northwind, placed, paid and split by vendor, adds up to the files.
class TestNorthwind : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void makesTheMarket();
    void takesEveryOrder();
    void sumsEqualTheFiles();
    void checkFindsNothing();

private:
    struct Goods {
        OfferId offer;
        std::int64_t version = 0;
        std::int64_t price = 0;
    };
    struct Plan {
        QString id;
        NewOrder order;
        QStringList products; // per line
    };
    void makeAccounts();
    QMap<QString, Sold> expected();
    Plan planOrder(const Record& order);
    void setPrices(const QList<Record>& lines);
    void sellAll(std::vector<Plan>& plans);
    void sell(RestSession& session, const Plan& plan, std::vector<Order>& made, QStringList& errors);

    QString m_folder;
    naru::test::NarudProcess m_narud;
    std::unique_ptr<RestSession> m_staff;
    std::vector<RestSession> m_sellers;
    QMap<QString, VendorId> m_vendors; // by SupplierID
    QMap<QString, Goods> m_goods; // by ProductID
    QMap<QString, CustomerId> m_customers; // by CustomerID
    QMap<QString, QList<Record>> m_lines; // by OrderID
    std::vector<Order> m_made;
    int m_repriced = 0;
};

void TestNorthwind::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = dataFolder();
    if (!QFileInfo::exists(m_folder + u"/orders.csv"_s))
        QSKIP(qPrintable(u"the Northwind files are not at %1; set NARU_NORTHWIND_DIR to run this test"_s.arg(QDir::cleanPath(m_folder))));
    QVERIFY(QDir().mkpath(m_narud.dataDir()));
    makeAccounts();
    QVERIFY2(m_narud.start(), qPrintable(m_narud.log()));
    m_staff = std::make_unique<RestSession>(m_narud.host(), m_narud.port());
    QCOMPARE(m_staff->signIn(u"clerk"_s), QString());
    for (int i = 0; i < kSellers; ++i) {
        m_sellers.emplace_back(m_narud.host(), m_narud.port());
        QCOMPARE(m_sellers.back().signIn(u"seller%1"_s.arg(i)), QString());
    }
}

void TestNorthwind::makeAccounts()
{
    auto db = server::SqliteConnection::open(m_narud.dataDir() + u"/naru.sqlite"_s, server::SqliteConnection::Mode::Writer);
    QVERIFY(db);
    server::migrate(**db);
    const QString phc = server::hashPassword(QString::fromLatin1(server::kDemoPassword));
    (*db)->exec(u"BEGIN IMMEDIATE"_s);
    server::Actor actor;
    actor.role = u"system"_s;
    actor.requestId = u"northwind-accounts"_s;
    server::Txn txn(**db, systemClock().now(), systemRng(), actor);
    server::createAccount(txn, u"clerk"_s, u"Clerk"_s, Role::Staff, std::nullopt, phc);
    for (int i = 0; i < kSellers; ++i)
        server::createAccount(txn, u"seller%1"_s.arg(i), u"Seller"_s, Role::Channel, std::nullopt, phc);
    (*db)->exec(u"COMMIT"_s);
}

void TestNorthwind::makesTheMarket()
{
    for (const Record& s : readCsv(m_folder + u"/suppliers.csv"_s)) {
        NewVendor v;
        v.code = u"SUP-"_s + s[u"SupplierID"_s];
        v.name = s[u"CompanyName"_s];
        v.payoutCurrency = u"USD"_s;
        v.tz = u"America/New_York"_s;
        const Answer a = m_staff->post("/v1/vendors", v);
        QVERIFY2(a.status == 201, qPrintable(a.text()));
        m_vendors.insert(s[u"SupplierID"_s], a.as<Vendor>().id);
    }
    QCOMPARE(m_vendors.size(), 29);

    QMap<QString, std::int64_t> needed;
    for (const Record& line : readCsv(m_folder + u"/orderdetails.csv"_s)) {
        needed[line[u"ProductID"_s]] += line[u"Quantity"_s].toLongLong();
        m_lines[line[u"OrderID"_s]] << line;
    }
    for (const Record& p : readCsv(m_folder + u"/products.csv"_s)) {
        NewProduct n;
        n.vendorId = m_vendors.value(p[u"SupplierID"_s]);
        n.code = u"P-"_s + p[u"ProductID"_s];
        n.titleKo = p[u"ProductName"_s];
        n.titleEn = p[u"ProductName"_s];
        n.body = p[u"QuantityPerUnit"_s];
        n.currency = u"USD"_s;
        n.taxClass = u"standard"_s;
        n.activate = true;
        NewVariant v;
        v.sku = u"NW-"_s + p[u"ProductID"_s];
        v.priceMinor = cents(p[u"UnitPrice"_s]);
        v.stock = needed.value(p[u"ProductID"_s]) + p[u"UnitsInStock"_s].toLongLong();
        n.variants.push_back(v);
        const Answer a = m_staff->post("/v1/products", n);
        QVERIFY2(a.status == 201, qPrintable(a.text()));
        const Offer offer = a.as<ProductDetail>().variants.at(0).offer.value();
        m_goods.insert(p[u"ProductID"_s], {offer.id, offer.version, offer.price.minor});
    }
    QCOMPARE(m_goods.size(), 77);

    for (const Record& c : readCsv(m_folder + u"/customers.csv"_s)) {
        NewCustomer n;
        n.externalRef = c[u"CustomerID"_s];
        n.displayName = c[u"ContactName"_s];
        const Answer a = m_staff->post("/v1/customers", n);
        QVERIFY2(a.status == 201, qPrintable(a.text()));
        m_customers.insert(n.externalRef, a.as<Customer>().id);
    }
    QVERIFY(m_customers.size() >= 91);
}

TestNorthwind::Plan TestNorthwind::planOrder(const Record& order)
{
    Plan plan;
    plan.id = order[u"OrderID"_s];
    plan.order.customerId = m_customers.value(order[u"CustomerID"_s]);
    plan.order.channel = u"northwind"_s;
    plan.order.currency = u"USD"_s;
    plan.order.shippingMinor = cents(order[u"Freight"_s]);
    for (const Record& line : std::as_const(m_lines[plan.id])) {
        const Goods& goods = m_goods[line[u"ProductID"_s]];
        NewOrderLine l;
        l.offerId = goods.offer;
        l.qty = line[u"Quantity"_s].toLongLong();
        l.expectedUnitPriceMinor = cents(line[u"UnitPrice"_s]);
        l.discountBps = static_cast<int>(cents(line[u"Discount"_s]) * 100);
        plan.order.lines.push_back(l);
        plan.products << line[u"ProductID"_s];
    }
    return plan;
}

// The price of the day: history is made by changing offers, as it was.
void TestNorthwind::setPrices(const QList<Record>& lines)
{
    for (const Record& line : lines) {
        Goods& goods = m_goods[line[u"ProductID"_s]];
        const std::int64_t price = cents(line[u"UnitPrice"_s]);
        if (goods.price == price)
            continue;
        OfferPatch patch;
        patch.priceMinor = price;
        const Answer a = m_staff->patch("/v1/offers/" + goods.offer.toString().toStdString(), patch, goods.version);
        QVERIFY2(a.status == 200, qPrintable(a.text()));
        const Offer offer = a.as<Offer>();
        QVERIFY(offer.id != goods.offer); // the old window stays as history
        goods = {offer.id, offer.version, offer.price.minor};
        ++m_repriced;
    }
}

void TestNorthwind::sell(RestSession& session, const Plan& plan, std::vector<Order>& made, QStringList& errors)
{
    const Answer ordered = session.post("/v1/orders", plan.order);
    if (ordered.status != 201) {
        errors << u"order %1: %2"_s.arg(plan.id, ordered.text());
        return;
    }
    const Order order = ordered.as<Order>();
    PaymentReport report;
    report.provider = u"wire"_s;
    report.providerRef = u"northwind-"_s + plan.id;
    report.authorisedMinor = order.totalMinor;
    const Answer paid = session.post("/v1/orders/" + order.id.toString().toStdString() + "/payments", report);
    if (paid.status != 200)
        errors << u"payment of %1: %2"_s.arg(plan.id, paid.text());
    else
        made.push_back(paid.as<Order>());
}

void TestNorthwind::sellAll(std::vector<Plan>& plans)
{
    std::atomic<std::size_t> next{0};
    std::vector<std::vector<Order>> made(kSellers);
    std::vector<QStringList> errors(kSellers);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < kSellers; ++t)
        threads.emplace_back([&, t] {
            for (std::size_t i = next++; i < plans.size(); i = next++)
                sell(m_sellers[t], plans[i], made[t], errors[t]);
        });
    for (std::thread& t : threads)
        t.join();
    for (std::size_t t = 0; t < kSellers; ++t) {
        QVERIFY2(errors[t].isEmpty(), qPrintable(errors[t].join(u'\n')));
        m_made.insert(m_made.end(), made[t].begin(), made[t].end());
    }
    plans.clear();
}

void TestNorthwind::takesEveryOrder()
{
    QElapsedTimer timer;
    timer.start();
    QList<Record> orders = readCsv(m_folder + u"/orders.csv"_s);
    std::stable_sort(orders.begin(), orders.end(), [](const Record& a, const Record& b) { return a[u"OrderDate"_s] < b[u"OrderDate"_s]; });
    std::vector<Plan> ready; // orders of unchanged prices go out side by side
    for (const Record& order : std::as_const(orders)) {
        const QList<Record>& lines = m_lines[order[u"OrderID"_s]];
        const bool reprices = std::any_of(lines.begin(), lines.end(), [this](const Record& l) { return m_goods[l[u"ProductID"_s]].price != cents(l[u"UnitPrice"_s]); });
        if (reprices) {
            sellAll(ready);
            setPrices(lines);
        }
        ready.push_back(planOrder(order));
        if (QTest::currentTestFailed())
            return;
    }
    sellAll(ready);
    QCOMPARE(m_made.size(), std::size_t{830});
    for (const Order& o : m_made) {
        QCOMPARE(o.status, OrderStatus::Placed);
        QVERIFY(!o.vendorOrders.empty());
        std::int64_t parts = 0;
        for (const VendorOrderCard& part : o.vendorOrders)
            parts += part.total.minor;
        QCOMPARE(parts, o.totalMinor);
        for (const OrderLine& line : o.lines)
            QVERIFY(line.vendorOrderId.has_value());
    }
    qInfo("830 orders placed over %d connections with %d price changes in %.1f s", kSellers, m_repriced, static_cast<double>(timer.elapsed()) / 1000.0);
}

QMap<QString, Sold> TestNorthwind::expected()
{
    QMap<QString, Sold> sold;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"files"_s);
        db.setDatabaseName(u":memory:"_s);
        if (!db.open())
            qFatal("no in-memory database");
        for (const QString& table : {u"products"_s, u"orderdetails"_s}) {
            QStringList columns;
            const auto records = readCsv(m_folder + u'/' + table + u".csv"_s, &columns);
            QSqlQuery make(db);
            if (!make.exec(u"CREATE TABLE %1 (%2)"_s.arg(table, columns.join(u", "_s))))
                qFatal("%s", qPrintable(make.lastError().text()));
            QSqlQuery insert(db);
            insert.prepare(u"INSERT INTO %1 VALUES (%2)"_s.arg(table, QStringList(columns.size(), u"?"_s).join(u", "_s)));
            for (const Record& r : records) {
                for (qsizetype i = 0; i < columns.size(); ++i)
                    insert.bindValue(static_cast<int>(i), r[columns.at(i)]);
                insert.exec();
            }
        }
        QFile file(qEnvironmentVariable("NARU_SOURCE_DIR") + u"/tests/integration/northwind.sql"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("northwind.sql is not beside the test");
        QSqlQuery q(db);
        if (!q.exec(QString::fromUtf8(file.readAll())))
            qFatal("%s", qPrintable(q.lastError().text()));
        while (q.next())
            sold.insert(q.value(0).toString(), {q.value(1).toLongLong(), q.value(2).toLongLong(), q.value(3).toLongLong(), q.value(4).toLongLong()});
    }
    QSqlDatabase::removeDatabase(u"files"_s);
    return sold;
}

void TestNorthwind::sumsEqualTheFiles()
{
    QMap<QString, QString> suppliers; // vendor id → SupplierID
    for (auto it = m_vendors.begin(); it != m_vendors.end(); ++it)
        suppliers.insert(it.value().toString(), it.key());
    QMap<QString, Sold> sold;
    std::size_t lines = 0;
    std::int64_t shipping = 0;
    std::int64_t total = 0;
    // What the server says now, read back order by order.
    for (const Order& made : m_made) {
        const Answer a = m_staff->get("/v1/orders/" + made.id.toString().toStdString());
        QVERIFY2(a.status == 200, qPrintable(a.text()));
        const Order o = a.as<Order>();
        shipping += o.shippingMinor;
        total += o.totalMinor;
        for (const OrderLine& l : o.lines) {
            Sold& s = sold[suppliers.value(l.vendorId.toString())];
            ++s.lines;
            ++lines;
            s.quantity += l.qty;
            s.money += l.totalMinor;
        }
        for (const VendorOrderCard& part : o.vendorOrders)
            ++sold[suppliers.value(part.vendorId.toString())].parts;
    }
    QCOMPARE(lines, std::size_t{2155});
    const QMap<QString, Sold> files = expected();
    QCOMPARE(files.size(), 29);
    QCOMPARE(sold.size(), files.size());
    std::int64_t money = 0;
    for (auto it = files.begin(); it != files.end(); ++it) {
        QVERIFY2(sold.value(it.key()) == it.value(),
            qPrintable(u"supplier %1: the server says %2, the files say %3"_s.arg(it.key(), sold.value(it.key()).text(), it.value().text())));
        money += it.value().money;
    }
    QCOMPARE(total, money + shipping);
    qInfo("2,155 lines of 29 suppliers: %lld cents in lines, %lld cents of freight", static_cast<long long>(money), static_cast<long long>(shipping));

    // The comparison itself can fail: one cent more in one line is seen.
    Sold wrong = sold.first();
    ++wrong.money;
    QVERIFY(!(wrong == files.first()));
}

void TestNorthwind::checkFindsNothing()
{
    QString output;
    const int code = m_narud.run({u"check"_s}, &output);
    QVERIFY2(code == 0, qPrintable(output));
    QVERIFY2(m_narud.terminate(), qPrintable(m_narud.log()));
}

QTEST_GUILESS_MAIN(TestNorthwind)
#include "tst_Northwind.moc"
