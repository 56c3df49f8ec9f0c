// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 180
// engines: both
// Wrong bodies, wrong headers, wrong settings, broken disks: each gets a clear error, changes nothing, and the server goes on.
#include "server/api/Server.h"
#include "server/store/Failpoint.h"
#include "support/LocalNode.h"
#include "support/NarudProcess.h"
#include "support/PgCluster.h"
#include "support/RawSocket.h"

#include <QDir>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>

#include <sys/mount.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;
namespace json = naru::protocol::json;

namespace {

template <class T> std::string text(const T& body)
{
    return json::serialize(protocol::toJson(body));
}

// A small file system of its own, for as long as this lives.
class SmallDisk {
public:
    explicit SmallDisk(const char* options) : m_mounted(::mount("tmpfs", m_dir.path().toLocal8Bit().constData(), "tmpfs", 0, options) == 0) {}
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_dir.path().toLocal8Bit().constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool isMounted() const { return m_mounted; }
    QString path() const { return m_dir.path(); }

private:
    QTemporaryDir m_dir;
    bool m_mounted;
};

// A PostgreSQL that may be spoilt; none when the test is about the embedded store.
std::unique_ptr<PgCluster> ownCluster()
{
    QString why;
    auto cluster = onPostgres() ? PgCluster::start(&why) : nullptr;
    if (!why.isEmpty())
        qFatal("%s", qPrintable(why));
    return cluster;
}

} // namespace

class tst_BadInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_node.reset(); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void bodies_data();
    void bodies();
    void hugeAndDeepBodies();
    void versions_data();
    void versions();
    void keys();
    void cursorsAndParameters_data();
    void cursorsAndParameters();
    void tokens_data();
    void tokens();
    void noProofIsNoWayIn();
    void tooMuchWaiting();
    void diskErrors_data();
    void diskErrors();
    void fullDisk();
    void readOnlyDatabase();
    void readOnlyDisk();
    void settings_data();
    void settings();
    void databaseInUse();

private:
    QList<qint64> trace(); // changes with everything that is stored
    std::unique_ptr<LocalNode> m_node;
    std::unique_ptr<RestSession> m_staff;
};

void tst_BadInput::initTestCase()
{
    m_node = std::make_unique<LocalNode>();
    m_staff = std::make_unique<RestSession>(m_node->signedIn(u"staff1"_s));
}

QList<qint64> tst_BadInput::trace()
{
    QList<qint64> out;
    m_node->write([&](server::Txn& txn) {
        for (const char* table : {"state_transition", "audit_event", "outbox", "idempotency", "customer", "sales_order", "product", "ticket", "hold"}) {
            out << txn.db().one(u"SELECT COUNT(*) FROM "_s + QString::fromLatin1(table))->integer(0);
        }
        out << txn.db().one(u"SELECT SUM(version) FROM product"_s)->integer(0) << txn.db().one(u"SELECT SUM(version) + SUM(held) FROM inventory_item"_s)->integer(0);
    });
    return out;
}

void tst_BadInput::bodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* name, const QByteArray& body, int status, const QString& code, const QString& field = {}) {
        QTest::newRow(name) << body << status << code << field;
    };
    row("empty", "", 400, u"json-invalid"_s);
    row("not JSON", "hello", 400, u"json-invalid"_s);
    row("half", R"({"external_ref":"a")", 400, u"json-invalid"_s);
    row("two values", R"({}{})", 400, u"json-invalid"_s);
    row("trailing comma", R"({"external_ref":"a",})", 400, u"json-invalid"_s);
    row("invalid UTF-8", "{\"external_ref\":\"\xC3\x28\",\"display_name\":\"a\"}", 400, u"json-invalid"_s);
    row("a list", "[]", 422, u"body-invalid"_s);
    row("null", "null", 422, u"body-invalid"_s);
    row("member missing", R"({"external_ref":"a"})", 422, u"body-invalid"_s, u"/display_name"_s);
    row("unknown member", R"({"external_ref":"a","display_name":"b","admin":true})", 422, u"body-invalid"_s, u"/admin"_s);
    row("wrong type", R"({"external_ref":7,"display_name":"b"})", 422, u"body-invalid"_s, u"/external_ref"_s);
    row("empty text", R"({"external_ref":"","display_name":"b"})", 422, u"body-invalid"_s, u"/external_ref"_s);
    row("NUL inside", R"({"external_ref":"a\u0000b","display_name":"b"})", 422, u"body-invalid"_s, u"/external_ref"_s);
    row("too long", "{\"external_ref\":\"a\",\"display_name\":\"" + QByteArray(201, 'x') + "\"}", 422, u"body-invalid"_s, u"/display_name"_s);
}

void tst_BadInput::bodies()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, code);
    QFETCH(QString, field);
    const auto before = trace();
    const Answer a = m_staff->postText("/v1/customers", body.toStdString(), {{"Content-Type", "application/json"}});
    QVERIFY2(a.status == status, qPrintable(a.text()));
    QCOMPARE(a.code(), code);
    QVERIFY(!std::string(a.json().at("detail").as_string()).empty());
    if (!field.isEmpty())
        QCOMPARE(QString::fromUtf8(a.json().at("errors").as_array().at(0).at("field").as_string().c_str()), field);
    QCOMPARE(trace(), before);
    QCOMPARE(m_staff->get("/readyz").status, 200);
}

void tst_BadInput::hugeAndDeepBodies()
{
    const auto before = trace();
    QCOMPARE(m_staff->postText("/v1/customers", "{\"external_ref\":\"" + std::string(2'000'000, 'x') + "\"}").status, 413);
    const Answer deep = m_staff->postText("/v1/customers", std::string(100'000, '['));
    QCOMPARE(deep.status, 400);
    QCOMPARE(deep.code(), u"json-invalid"_s);
    std::string many = "{";
    for (int i = 0; i < 20'000; ++i)
        many += "\"m" + std::to_string(i) + "\":0,";
    const Answer wide = m_staff->postText("/v1/customers", many + "\"end\":0}");
    QCOMPARE(wide.status, 422);
    QVERIFY(wide.json().at("errors").as_array().size() <= 32);
    const Answer number = m_staff->postText("/v1/tickets", R"({"customer_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","lines":[{"item_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","qty":99999999999999999999}]})");
    QCOMPARE(number.status, 422);
    QCOMPARE(trace(), before);
}

void tst_BadInput::versions_data()
{
    QTest::addColumn<QByteArray>("ifMatch");
    QTest::addColumn<int>("status");
    QTest::newRow("absent") << QByteArray() << 428;
    QTest::newRow("older") << QByteArray("\"v999\"") << 412;
    QTest::newRow("zero") << QByteArray("\"v0\"") << 412;
    for (const char* bad : {"v1", "\"1\"", "\"v\"", "\"v1", "W/\"v1\"", "*", "\"v1\", \"v2\"", "\"v-1\"", "\"v99999999999999999999\""})
        QTest::newRow(bad) << QByteArray(bad) << 400;
}

void tst_BadInput::versions()
{
    QFETCH(QByteArray, ifMatch);
    QFETCH(int, status);
    const auto before = trace();
    ProductPatch patch;
    patch.brand = u"other"_s;
    RestSession::Headers headers;
    if (!ifMatch.isEmpty())
        headers.emplace_back("If-Match", ifMatch.toStdString());
    const std::string path = "/v1/products/" + m_node->data().tea.toString().toStdString();
    const Answer a = m_staff->call("PATCH", path, text(patch), headers);
    QVERIFY2(a.status == status, qPrintable(a.text()));
    if (status == 412) { // brings what is there now, to try again with
        QCOMPARE(a.code(), u"version-mismatch"_s);
        QVERIFY(a.json().at("current").is_object());
        const auto current = m_staff->get(path).as<ProductDetail>().summary.version;
        QCOMPARE(a.json().at("current_version").as_int64(), current);
    }
    QCOMPARE(trace(), before);
}

void tst_BadInput::keys()
{
    const NewCustomer customer{u"key-1"_s, u"김고객"_s};
    const RestSession::Headers key{{"Idempotency-Key", "the-key"}};
    const Answer first = m_staff->post("/v1/customers", customer, key);
    QCOMPARE(first.status, 201);
    const auto before = trace();
    const Answer again = m_staff->post("/v1/customers", customer, key);
    QCOMPARE(again.status, 201);
    QCOMPARE(again.body, first.body);
    QCOMPARE(again.headers.at("etag"), first.headers.at("etag"));
    QCOMPARE(again.headers.at("idempotency-replayed"), std::string("true"));
    QVERIFY(first.headers.count("idempotency-replayed") == 0);
    for (const NewCustomer& other : {NewCustomer{u"key-2"_s, u"김고객"_s}, NewCustomer{u"key-1"_s, u"이고객"_s}}) {
        const Answer a = m_staff->post("/v1/customers", other, key);
        QCOMPARE(a.status, 422);
        QCOMPARE(a.code(), u"idempotency-key-reused"_s);
    }
    QCOMPARE(m_staff->post("/v1/vendors", NewVendor{u"KEYV"_s, u"상점"_s, u"KRW"_s, u"Asia/Seoul"_s}, key).status, 422);
    QCOMPARE(trace(), before);
    // The same text of another caller is another key.
    auto store = m_node->signedIn(u"store1"_s);
    QCOMPARE(store.post("/v1/customers", NewCustomer{u"key-3"_s, u"김고객"_s}, key).status, 201);
    const auto later = trace();
    for (const std::string& bad : {std::string(), std::string(129, 'k'), std::string("with blank"), std::string("h\xC3\xA9")}) {
        const Answer a = m_staff->post("/v1/customers", NewCustomer{u"key-4"_s, u"김고객"_s}, {{"Idempotency-Key", bad}});
        QVERIFY2(a.status == 400, qPrintable(a.text()));
    }
    QCOMPARE(trace(), later);
}

void tst_BadInput::cursorsAndParameters_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char* t : {"/v1/products?after=nonsense", "/v1/products?after=AAAAAAAAAAAA", "/v1/products?limit=0", "/v1/products?limit=501", "/v1/products?limit=ten",
             "/v1/products?status=lost", "/v1/products?vendor_id=7", "/v1/products?sort=price%3B+DROP", "/v1/products?no=1", "/v1/products?q=a&q=b",
             "/v1/occupancy?from=2026-13-01", "/v1/occupancy?days=63", "/v1/slots?from=soon", "/v1/events?after=-1", "/v1/search", "/v1/holds?after=AAAA", "/livez?x=1"})
        QTest::newRow(t) << QByteArray(t);
    QTest::newRow("long text") << "/v1/products?q=" + QByteArray(201, 'a');
}

void tst_BadInput::cursorsAndParameters()
{
    QFETCH(QByteArray, target);
    const Answer a = m_staff->get(target.toStdString());
    QVERIFY2(a.status == 400, qPrintable(a.text()));
    QVERIFY(a.code().endsWith(u"-invalid"_s));
}

void tst_BadInput::tokens_data()
{
    QTest::addColumn<QByteArray>("header");
    for (const char* h : {"", "DPoP ", "DPoP x", "DPoP a.b.c", "Basic dXNlcjpwYXNz", "DPoP eyJhbGciOiJub25lIn0.e30.", "dpop \"x\""})
        QTest::newRow(h) << QByteArray(h);
    QTest::newRow("long") << "DPoP " + QByteArray(8000, 'a');
    QTest::newRow("another algorithm") << QByteArray("DPoP eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.AAAA");
}

void tst_BadInput::tokens()
{
    QFETCH(QByteArray, header);
    auto nobody = m_node->session();
    RestSession::Headers headers;
    if (!header.isEmpty())
        headers.emplace_back("Authorization", header.toStdString());
    const Answer a = nobody.get("/v1/session", headers);
    QVERIFY2(a.status == 401, qPrintable(a.text()));
    QVERIFY(a.headers.count("www-authenticate") > 0);
    // A good token with one letter changed.
    std::string token = m_staff->tokens().accessToken.toStdString();
    token[token.size() / 2] = token[token.size() / 2] == 'A' ? 'B' : 'A';
    QCOMPARE(nobody.get("/v1/session", {{"Authorization", "DPoP " + token}}).status, 401);
    // A good token as one that anybody could use, which it is not.
    const std::string good = m_staff->tokens().accessToken.toStdString();
    QCOMPARE(nobody.get("/v1/session", {{"Authorization", "Bearer " + good}}).status, 401);
    QCOMPARE(nobody.get("/v1/session", {{"Authorization", "DPoP " + good}}).status, 200);
    // Nor with a proof that fits it, so that the scheme alone is wrong.
    for (const auto& [scheme, status] : {std::pair{"Bearer", 401}, std::pair{"DPoP", 200}}) {
        std::string fields = credentials(static_cast<quint16>(m_node->port()), "GET", "http://x/v1/session", m_staff->tokens().accessToken);
        fields.replace(fields.find("DPoP"), 4, scheme);
        RawSocket socket(m_node->port());
        QVERIFY(socket.send("GET /v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + fields + "\r\n"));
        const auto answers = parseAnswers(socket.readAll());
        QCOMPARE(answers.size(), std::size_t(1));
        QCOMPARE(answers[0].status, status);
    }
}

// A token without a proof of its key lets nobody in; what benchmarks switch on to measure without proofs lets only that pass.
void tst_BadInput::noProofIsNoWayIn()
{
    const std::string token = "Authorization: DPoP " + m_staff->tokens().accessToken.toStdString() + "\r\n";
    const auto ask = [&](const std::string& more) {
        RawSocket socket(m_node->port());
        socket.send("GET /v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + token + more + "\r\n");
        const auto answers = parseAnswers(socket.readAll());
        return answers.size() == 1 ? answers[0].status : 0;
    };
    QCOMPARE(ask({}), 401);
#ifdef NARU_FAILPOINTS
    QCOMPARE(server::armFailpoint(QString::fromLatin1(server::kLayerSession) + u"=on"_s), QString());
    const auto disarm = qScopeGuard(&server::clearFailpoints);
    QCOMPARE(ask({}), 200);
    QCOMPARE(ask("DPoP: a.b.c\r\n"), 401);
    server::clearFailpoints();
    QCOMPARE(ask({}), 401);
#endif
}

void tst_BadInput::tooMuchWaiting()
{
    LocalNode small([](server::Config& c) {
        c.writeIntake = 1;
        c.readIntake = 1;
        c.readThreads = 1;
    });
    const auto staff = small.signedIn(u"staff1"_s);
    std::vector<std::unique_ptr<RawSocket>> sockets;
    for (int i = 0; i < 60; ++i) {
        sockets.push_back(std::make_unique<RawSocket>(small.port()));
        sockets.back()->send("GET /v1/products HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + credentials(static_cast<quint16>(small.port()), "GET", "http://x/v1/products", staff.tokens().accessToken) + "\r\n");
    }
    int busy = 0;
    for (const auto& s : sockets) {
        const auto answers = parseAnswers(s->readAll());
        QCOMPARE(answers.size(), std::size_t(1));
        QVERIFY(answers[0].status == 200 || answers[0].status == 503);
        if (answers[0].status == 503) {
            ++busy;
            QVERIFY(answers[0].body.find("\"code\":\"busy\"") != std::string::npos);
            QVERIFY(answers[0].headers.count("retry-after") > 0);
        }
    }
    QVERIFY(busy > 0);
    auto again = small.session();
    QTRY_COMPARE(again.get("/readyz").status, 200);
}

void tst_BadInput::diskErrors_data()
{
    QTest::addColumn<QString>("failpoint");
    QTest::newRow("full") << u"batch.before_commit=error:ENOSPC"_s;
    QTest::newRow("read-only") << u"batch.before_commit=error:EROFS"_s;
    QTest::newRow("input/output error") << u"batch.before_commit=error:EIO"_s;
}

void tst_BadInput::diskErrors()
{
#ifndef NARU_FAILPOINTS
    QSKIP("this build has no failpoints");
#else
    QFETCH(QString, failpoint);
    const auto before = trace();
    QTest::failOnWarning(QRegularExpression(u"^$"_s)); // the server may say what it sees
    QCOMPARE(server::armFailpoint(failpoint), QString());
    const NewCustomer customer{u"disk-%1"_s.arg(QString::fromLatin1(QTest::currentDataTag())), u"김고객"_s};
    const RestSession::Headers key{{"Idempotency-Key", QByteArray(QTest::currentDataTag()).replace(' ', '-').toStdString()}};
    const Answer refused = m_staff->post("/v1/customers", customer, key);
    const Answer ready = m_staff->get("/readyz");
    server::clearFailpoints();
    QVERIFY2(refused.status == 503 && refused.code() == u"storage-unavailable"_s, qPrintable(refused.text()));
    QVERIFY(refused.headers.count("retry-after") > 0);
    QVERIFY2(ready.status == 503, qPrintable(ready.text()));
    QCOMPARE(trace(), before); // and this already committed again
    QCOMPARE(m_staff->get("/readyz").status, 200);
    QCOMPARE(m_staff->post("/v1/customers", customer, key).status, 201);
#endif
}

void tst_BadInput::fullDisk()
{
    SmallDisk disk(onPostgres() ? "size=48m,mode=0700" : "size=6m,mode=0700");
    if (!disk.isMounted())
        QSKIP("a small file system of its own needs root; the failpoints above cover the answers");
    QTest::failOnWarning(QRegularExpression(u"^$"_s));
    const auto cluster = ownCluster(); // its tables go with the disk
    LocalNode node([&](server::Config& c) {
        if (cluster)
            c.database = cluster->createDatabaseIn(disk.path());
        else
            c.dataDir = disk.path();
    });
    auto staff = node.signedIn(u"staff1"_s);
    QFile filler(disk.path() + u"/filler"_s);
    QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    for (const QByteArray& piece : {QByteArray(65536, 'x'), QByteArray(4096, 'x'), QByteArray(1, 'x')})
        while (filler.write(piece) == piece.size()) { }
    // Some changes still fit into the log's existing pages.
    Answer a;
    int made = 0;
    for (int i = 0; i < 3000; ++i) {
        a = staff.post("/v1/customers", NewCustomer{u"full-%1"_s.arg(i), QString(150, u'x')});
        if (a.status != 201)
            break;
        ++made;
    }
    QVERIFY2(a.status == 503 && a.code() == u"storage-unavailable"_s, qPrintable(u"after %1: "_s.arg(made) + a.text()));
    QVERIFY(a.headers.count("retry-after") > 0);
    QCOMPARE(staff.get("/readyz").status, 503);
    QCOMPARE(staff.get("/v1/products").status, 200); // reading goes on
    filler.close();
    QVERIFY(filler.remove());
    QTRY_COMPARE_WITH_TIMEOUT(staff.post("/v1/customers", NewCustomer{u"room"_s, u"김고객"_s}).ok() || staff.get("/v1/customers?external_ref=room").as<Page<Customer>>().total == 1, true, 10'000);
    QCOMPARE(staff.get("/readyz").status, 200);
    int stored = 0;
    node.write([&](server::Txn& txn) { stored = txn.db().one(u"SELECT COUNT(*) FROM customer WHERE external_ref LIKE 'full-%'"_s)->number(0); });
    QCOMPARE(stored, made); // exactly what was answered well
}

// As after a failover to a standby, or set by an operator: nothing can be written until that is over.
void tst_BadInput::readOnlyDatabase()
{
    if (!onPostgres())
        QSKIP("a disk that turns read-only is the failpoint's above");
    QTest::failOnWarning(QRegularExpression(u"^$"_s));
    const auto cluster = ownCluster();
    LocalNode node([&](server::Config& c) { c.database = cluster->createDatabase(); });
    auto staff = node.signedIn(u"staff1"_s);
    cluster->set(u"default_transaction_read_only"_s, u"on"_s);
    Answer a;
    int made = 0;
    const auto refused = [&] { // its connection hears of it a moment later
        a = staff.post("/v1/customers", NewCustomer{u"before-%1"_s.arg(made), u"김고객"_s});
        made += a.status == 201;
        return a.status != 201;
    };
    QTRY_VERIFY_WITH_TIMEOUT(refused(), 10'000);
    QVERIFY2(a.status == 503 && a.code() == u"storage-unavailable"_s, qPrintable(a.text()));
    QVERIFY(a.headers.count("retry-after") > 0);
    QCOMPARE(staff.get("/readyz").status, 503);
    QCOMPARE(staff.get("/v1/products").status, 200);
    cluster->set(u"default_transaction_read_only"_s, u"off"_s);
    QTRY_COMPARE_WITH_TIMEOUT(staff.post("/v1/customers", NewCustomer{u"after"_s, u"김고객"_s}).ok() || staff.get("/v1/customers?external_ref=after").as<Page<Customer>>().total == 1, true, 10'000);
    QCOMPARE(staff.get("/readyz").status, 200);
    int stored = 0;
    node.write([&](server::Txn& txn) { stored = txn.db().one(u"SELECT COUNT(*) FROM customer WHERE external_ref LIKE 'before-%'"_s)->number(0); });
    QCOMPARE(stored, made);
}

void tst_BadInput::readOnlyDisk()
{
    SmallDisk disk("ro,size=1m,mode=0700");
    QTemporaryDir plain;
    QString dir = disk.path();
    if (!disk.isMounted()) {
        if (::geteuid() == 0)
            QSKIP("cannot mount a read-only file system here");
        dir = plain.path() + u"/data"_s;
        QFile::setPermissions(plain.path(), QFile::ReadOwner | QFile::ExeOwner);
    }
    if (NarudProcess::binary().isEmpty())
        QSKIP("narud is not built");
    NarudProcess narud(dir + u"/sub"_s);
    QString output;
    QCOMPARE(narud.run({u"serve"_s, u"--port"_s, u"0"_s}, &output, 20'000), 1);
    QVERIFY2(output.contains(dir), qPrintable(output)); // says which folder
    QFile::setPermissions(plain.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void tst_BadInput::settings_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char* name, const QStringList& arguments, const QString& file, const QStringList& says) { QTest::newRow(name) << arguments << file << says; };
    row("port is a word", {u"--port"_s, u"abc"_s}, {}, {u"--port"_s, u"0 to 65535"_s, u"abc"_s});
    row("port too large", {u"--port"_s, u"70000"_s}, {}, {u"--port"_s, u"0 to 65535"_s});
    row("unknown flag", {u"--prot"_s, u"1"_s}, {}, {u"--prot"_s});
    row("unknown command", {u"dance"_s}, {}, {u"dance"_s});
    row("open to all without TLS", {u"--listen"_s, u"0.0.0.0"_s}, {}, {u"tls_cert"_s});
    row("certificate without key", {u"--tls-cert"_s, u"/tmp/x"_s}, {}, {u"tls_key"_s});
    row("certificate not there", {u"--tls-cert"_s, u"/nonexistent/c"_s, u"--tls-key"_s, u"/nonexistent/k"_s}, {}, {u"/nonexistent/c"_s});
    row("no address", {u"--listen"_s, u"localhost"_s}, {}, {u"--listen"_s, u"127.0.0.1"_s});
    row("no log level", {u"--log-level"_s, u"loud"_s}, {}, {u"debug, info, warning, error"_s});
    row("negative time", {u"--idle-timeout"_s, u"-3"_s}, {}, {u"idle_timeout"_s, u"seconds from"_s});
    row("no such file", {u"--config"_s, u"/nonexistent.toml"_s}, {}, {u"/nonexistent.toml"_s});
    row("file is not TOML", {}, u"port = = 3"_s, {u"not TOML"_s, u"narud.toml"_s});
    row("file: unknown key", {}, u"prot = 3"_s, {u"prot"_s, u"line 1"_s});
    row("file: wrong type", {}, u"public_name = \"a\"\nport = \"3\""_s, {u"port"_s, u"line 2"_s, u"0 to 65535"_s});
    row("file: out of range", {}, u"body_limit = 1"_s, {u"body_limit"_s, u"1024 to"_s});
    row("seed: no time", {u"seed"_s, u"--now"_s, u"tomorrow"_s}, {}, {u"--now"_s, u"tomorrow"_s});
    row("user: no role", {u"user"_s, u"add"_s, u"--login"_s, u"a"_s, u"--name"_s, u"b"_s, u"--role"_s, u"king"_s}, {}, {u"--role"_s});
    row("failpoint: nonsense", {u"--failpoints"_s, u"nonsense"_s}, {}, {u"nonsense"_s});
}

void tst_BadInput::settings()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, file);
    QFETCH(QStringList, says);
    if (NarudProcess::binary().isEmpty())
        QSKIP("narud is not built");
    QTemporaryDir dir;
    if (!file.isEmpty()) {
        QFile f(dir.path() + u"/narud.toml"_s);
        QVERIFY(f.open(QIODevice::WriteOnly) && f.write(file.toUtf8()) > 0);
        arguments << u"--config"_s << f.fileName();
    }
    NarudProcess narud(dir.path() + u"/data"_s);
    QString output;
    const int code = narud.run(arguments, &output, 20'000);
    QVERIFY2(code == 2 || (code == 1 && arguments.contains(u"nonsense"_s)), qPrintable(u"%1: "_s.arg(code) + output));
    for (const QString& s : says)
        QVERIFY2(output.contains(s), qPrintable(s + u" is missing in: "_s + output));
    QVERIFY2(!QFileInfo::exists(dir.path() + u"/data/naru.sqlite"_s), "nothing may be made");
}

void tst_BadInput::databaseInUse()
{
    if (onPostgres())
        QSKIP("several servers may share a PostgreSQL");
    if (NarudProcess::binary().isEmpty())
        QSKIP("narud is not built");
    NarudProcess narud(m_node->dataDir());
    QString output;
    QCOMPARE(narud.run({u"serve"_s, u"--port"_s, u"0"_s}, &output, 20'000), 1);
    QVERIFY2(output.contains(QString::number(::getpid())), qPrintable(output)); // says who has it
    QCOMPARE(m_staff->get("/readyz").status, 200);
}

QTEST_GUILESS_MAIN(tst_BadInput)
#include "tst_BadInput.moc"
