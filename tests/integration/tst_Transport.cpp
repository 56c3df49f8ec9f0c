// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// What the HTTP adapter makes of bytes no decent client sends, of slow, silent and vanishing peers, and of being stopped.
#include "server/api/Server.h"
#include "server/events/EventHub.h"
#include "server/http/Client.h"
#include "support/LocalNode.h"
#include "support/NarudProcess.h"
#include "support/RawSocket.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;

namespace {

const std::string kLive = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";

// A certificate of its own for 127.0.0.1. Files: cert.pem, key.pem. False: no openssl here.
bool makeCertificate(const QString& dir)
{
    QProcess p;
    p.setProcessChannelMode(QProcess::MergedChannels);
    p.start(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                           u"/CN=localhost"_s, u"-addext"_s, u"subjectAltName=IP:127.0.0.1,DNS:localhost"_s, u"-keyout"_s, dir + u"/key.pem"_s, u"-out"_s, dir + u"/cert.pem"_s});
    return p.waitForFinished(20'000) && p.exitCode() == 0;
}

std::string revokeProof(int port) { return proofField(static_cast<quint16>(port), "POST", "http://x/oauth/revoke"); }

std::string streamRequest(const RestSession& who, const std::string& more = {})
{
    return "GET /v1/events HTTP/1.1\r\nHost: x\r\n" + credentials(who.port(), "GET", "http://x/v1/events", who.tokens().accessToken) + more + "\r\n";
}

} // namespace

class tst_Transport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_node.reset(); }
    void refusesDoubtfulRequests_data();
    void refusesDoubtfulRequests();
    void readsWhatIsAllowed_data();
    void readsWhatIsAllowed();
    void limitsHeadAndBody();
    void cutsTheSlow();
    void answersPipelinedRequestsInOrder();
    void keepsTheConnectionOrNot();
    void continuesOnlyWhenTheBodyIsWanted();
    void survivesEarlyCloses();
    void limitsConnections();
    void streamsAndResumes();
    void tellsWhenTooOld();
    void pacesTheStream();
    void cutsTheSlowReader();
    void closesEndedStreams();
    void drainsOnStop();
    void endsOnSignal();
    void speaksTls();
    void refusesWeakTls();

private:
    server::EventHub& hub() { return m_node->node().server().events; }
    std::unique_ptr<LocalNode> m_node;
};

void tst_Transport::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_node = std::make_unique<LocalNode>([](server::Config& c) {
        c.headerTimeout = Millis(400);
        c.bodyTimeout = Millis(400);
        c.idleTimeout = Millis(700);
        c.writeTimeout = Millis(500);
        c.maxConnections = 200;
        c.eventBuffer = 256 * 1024;
    });
}

void tst_Transport::refusesDoubtfulRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray second = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
    const QByteArray post = "POST /oauth/revoke HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    const auto row = [](const char* name, const QByteArray& bytes, int status = 400) { QTest::newRow(name) << bytes << status; };
    row("length and chunked", post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second);
    row("chunked and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + second);
    row("two lengths", post + "Content-Length: 3\r\nContent-Length: 40\r\n\r\na=b" + second);
    row("length with plus", post + "Content-Length: +3\r\n\r\na=b" + second);
    row("length as hex", post + "Content-Length: 0x3\r\n\r\na=b" + second);
    row("length twice in one", post + "Content-Length: 3, 3\r\n\r\na=b" + second);
    row("negative length", post + "Content-Length: -3\r\n\r\na=b" + second);
    row("chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second);
    row("two encodings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + second);
    row("chunked then another", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + second);
    row("unknown encoding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + second);
    row("bad chunk size", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n" + second);
    row("chunk longer than said", post + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n" + second);
    row("chunked in HTTP/1.0", "POST /oauth/revoke HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second);
    row("blank before colon", "GET /livez HTTP/1.1\r\nHost : x\r\n\r\n" + second);
    row("line feeds only", "GET /livez HTTP/1.1\nHost: x\n\n" + second, 505);
    row("bare return in value", "GET /livez HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n" + second);
    row("NUL in value", QByteArray("GET /livez HTTP/1.1\r\nHost: x\r\nA: b") + '\0' + "\r\n\r\n" + second);
    row("no host", "GET /livez HTTP/1.1\r\n\r\n" + second);
    row("two hosts", "GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" + second);
    row("two tokens", "GET /v1/session HTTP/1.1\r\nHost: x\r\nAuthorization: DPoP a\r\nAuthorization: DPoP b\r\n\r\n" + second);
    row("HTTP/2.0", "GET /livez HTTP/2.0\r\nHost: x\r\n\r\n" + second, 505);
    row("unknown method", "BREW /livez HTTP/1.1\r\nHost: x\r\n\r\n" + second, 501);
    row("no path", "GET livez HTTP/1.1\r\nHost: x\r\n\r\n" + second);
    row("escaped slash", "GET /v1/products%2Fx HTTP/1.1\r\nHost: x\r\n\r\n" + second);
    row("half an escape", "GET /livez?a=%4 HTTP/1.1\r\nHost: x\r\n\r\n" + second);
    row("name twice", "GET /livez?a=1&a=2 HTTP/1.1\r\nHost: x\r\n\r\n" + second);
    row("invalid UTF-8", "GET /livez?a=%C3%28 HTTP/1.1\r\nHost: x\r\n\r\n" + second);
    row("rubbish", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello \r\n\r\n" + second);
    row("compressed body", post + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=b" + second, 415);
}

void tst_Transport::refusesDoubtfulRequests()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RawSocket s(m_node->port());
    QVERIFY(s.send(bytes.toStdString()));
    const auto answers = parseAnswers(s.readAll());
    QCOMPARE(answers.size(), std::size_t(1)); // what follows a doubtful request is never answered
    QCOMPARE(answers[0].status, status);
    QCOMPARE(answers[0].headers.at("content-type"), std::string("application/problem+json"));
    QCOMPARE(answers[0].headers.at("connection"), std::string("close"));
}

void tst_Transport::readsWhatIsAllowed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("plain") << QByteArray("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n") << 200;
    QTest::newRow("absolute form") << QByteArray("GET http://elsewhere/livez HTTP/1.1\r\nHost: x\r\n\r\n") << 200;
    QTest::newRow("HEAD") << QByteArray("HEAD /livez HTTP/1.1\r\nHost: x\r\n\r\n") << 200;
    QTest::newRow("HTTP/1.0 without host") << QByteArray("GET /livez HTTP/1.0\r\n\r\n") << 200;
    QTest::newRow("not there") << QByteArray("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n") << 404;
    QTest::newRow("root") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n") << 404;
    QTest::newRow("wrong method") << QByteArray("DELETE /livez HTTP/1.1\r\nHost: x\r\n\r\n") << 405;
    QTest::newRow("chunked form") << QByteArray("POST /oauth/revoke HTTP/1.1\r\nHost: x\r\n{proof}Content-Type: application/x-www-form-urlencoded\r\n"
                                                "Transfer-Encoding: chunked\r\n\r\n5\r\ntoken\r\n5;ext=1\r\n=none\r\n0\r\nTrailer: t\r\n\r\n") << 200;
    QTest::newRow("wrong type") << QByteArray("POST /oauth/revoke HTTP/1.1\r\nHost: x\r\n{proof}Content-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b") << 415;
    QTest::newRow("unknown expectation") << QByteArray("POST /oauth/revoke HTTP/1.1\r\nHost: x\r\n{proof}Content-Type: application/x-www-form-urlencoded\r\n"
                                                       "Expect: magic\r\nContent-Length: 3\r\n\r\n") << 417;
}

void tst_Transport::readsWhatIsAllowed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    bytes.replace("{proof}", QByteArray::fromStdString(revokeProof(m_node->port())));
    RawSocket s(m_node->port());
    QVERIFY(s.send(bytes.toStdString()));
    const std::string read = s.readUntil("\r\n\r\n");
    QCOMPARE(QByteArray::fromStdString(read).mid(9, 3).toInt(), status);
    if (bytes.startsWith("HEAD")) {
        QVERIFY(read.find("Content-Length: 15") != std::string::npos);
        QVERIFY(read.find("status") == std::string::npos);
    }
    if (status == 405)
        QVERIFY(read.find("Allow: GET, HEAD") != std::string::npos);
}

void tst_Transport::limitsHeadAndBody()
{
    RawSocket head(m_node->port());
    head.send("GET /livez HTTP/1.1\r\nHost: x\r\nBig: " + std::string(20'000, 'a') + "\r\n\r\n");
    QCOMPARE(parseAnswers(head.readAll()).at(0).status, 431);

    RawSocket many(m_node->port());
    std::string fields;
    for (int i = 0; i < 150; ++i)
        fields += "F" + std::to_string(i) + ": 1\r\n";
    many.send("GET /livez HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
    QCOMPARE(parseAnswers(many.readAll()).at(0).status, 431);

    const std::string start = "POST /oauth/revoke HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    RawSocket told(m_node->port()); // refused by its announcement, before a byte of it is read
    told.send(start + "Content-Length: 2000000\r\n\r\n");
    QCOMPARE(parseAnswers(told.readAll()).at(0).status, 413);

    RawSocket sent(m_node->port());
    sent.send(start + "Content-Length: 2000000\r\n\r\n" + std::string(150'000, 'a'));
    QCOMPARE(parseAnswers(sent.readAll()).at(0).status, 413);

    RawSocket chunked(m_node->port());
    chunked.send(start + "Transfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(65'536, 'a') + "\r\n";
    for (int i = 0; i < 18; ++i)
        chunked.send(chunk);
    QCOMPARE(parseAnswers(chunked.readAll()).at(0).status, 413);

    RawSocket extension(m_node->port()); // a chunk line without end costs no memory
    extension.send(start + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'e'));
    QCOMPARE(parseAnswers(extension.readAll()).at(0).status, 400);
}

void tst_Transport::cutsTheSlow()
{
    RawSocket silent(m_node->port());
    QVERIFY(silent.isClosedByPeer(5000));

    RawSocket head(m_node->port());
    head.send("GET /livez HTTP/1.1\r\nHos");
    QCOMPARE(parseAnswers(head.readAll()).at(0).status, 408);

    RawSocket dripping(m_node->port()); // each byte on its own does not buy more time
    QElapsedTimer since;
    since.start();
    bool open = true;
    for (int i = 0; i < 100 && open; ++i) {
        dripping.send("a");
        open = dripping.readUntil("HTTP", 1, 40).empty();
    }
    QVERIFY(!open);
    QVERIFY(since.elapsed() < 3000);

    RawSocket body(m_node->port());
    body.send("POST /oauth/revoke HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nabc");
    QCOMPARE(parseAnswers(body.readAll()).at(0).status, 408);

    RawSocket idle(m_node->port());
    idle.send(kLive);
    const auto answers = parseAnswers(idle.readAll(6000));
    QCOMPARE(answers.size(), std::size_t(1)); // then closed without a word
    QVERIFY(idle.isClosedByPeer(100));
}

void tst_Transport::answersPipelinedRequestsInOrder()
{
    RawSocket s(m_node->port());
    std::string all;
    for (int i = 0; i < 300; ++i)
        all += i % 3 == 0 ? kLive : i % 3 == 1 ? "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n" : "GET /v1/nothing" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    auto sending = std::async(std::launch::async, [&] { s.send(all + "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); });
    const auto answers = parseAnswers(s.readAll());
    sending.wait();
    QCOMPARE(answers.size(), std::size_t(301));
    for (std::size_t i = 0; i < 300; ++i) {
        QCOMPARE(answers[i].status, i % 3 == 2 ? 404 : 200);
        if (i % 3 == 2)
            QVERIFY(answers[i].body.find("/v1/nothing" + std::to_string(i) + "\"") != std::string::npos);
    }
}

void tst_Transport::keepsTheConnectionOrNot()
{
    RawSocket keep(m_node->port());
    keep.send(kLive);
    keep.readUntil("}");
    QVERIFY(keep.send(kLive));
    QCOMPARE(parseAnswers(keep.readUntil("}", 2)).size(), std::size_t(2));

    RawSocket close(m_node->port());
    close.send("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + kLive);
    QCOMPARE(parseAnswers(close.readAll()).size(), std::size_t(1));

    RawSocket old(m_node->port());
    old.send("GET /livez HTTP/1.0\r\n\r\n" + kLive);
    QCOMPARE(parseAnswers(old.readAll()).size(), std::size_t(1));
}

void tst_Transport::continuesOnlyWhenTheBodyIsWanted()
{
    RawSocket wanted(m_node->port());
    wanted.send("POST /oauth/revoke HTTP/1.1\r\nHost: x\r\n" + revokeProof(m_node->port()) + "Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
    QCOMPARE(wanted.readUntil("\r\n\r\n"), std::string("HTTP/1.1 100 Continue\r\n\r\n"));
    wanted.send("token=none");
    QVERIFY(wanted.readUntil("\r\n\r\n", 2).find("HTTP/1.1 200") != std::string::npos);

    RawSocket refused(m_node->port());
    refused.send("POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
    const auto answers = parseAnswers(refused.readAll());
    QCOMPARE(answers.size(), std::size_t(1));
    QCOMPARE(answers[0].status, 401);
}

void tst_Transport::survivesEarlyCloses()
{
    const auto who = m_node->signedIn(u"staff1"_s);
    const std::string request = "GET /v1/products?limit=1 HTTP/1.1\r\nHost: x\r\n"
        + credentials(who.port(), "GET", "http://x/v1/products", who.tokens().accessToken) + "\r\n";
    for (std::size_t n = 0; n <= request.size(); n += n < 60 ? 1 : 37) {
        RawSocket s(m_node->port());
        s.send(request.substr(0, n));
    }
    for (int i = 0; i < 50; ++i) {
        RawSocket s(m_node->port());
        s.send(request + request + request); // gone before the answers
    }
    auto live = m_node->session();
    QCOMPARE(live.get("/livez").status, 200);
}

void tst_Transport::limitsConnections()
{
    std::vector<std::unique_ptr<RawSocket>> all;
    for (int i = 0; i < 260; ++i)
        all.push_back(std::make_unique<RawSocket>(m_node->port()));
    int served = 0;
    for (const auto& s : all)
        served += s->send(kLive) && s->readUntil("}", 1, 2000).find("200 OK") != std::string::npos ? 1 : 0;
    QVERIFY2(served <= 200 && served > 100, qPrintable(QString::number(served)));
    all.clear();
    auto live = m_node->session();
    QTRY_COMPARE(live.get("/livez").status, 200); // and takes new ones as soon as old ones go
}

void tst_Transport::streamsAndResumes()
{
    const auto who = m_node->signedIn(u"staff1"_s);
    RawSocket s(m_node->port());
    s.send(streamRequest(who));
    const std::string head = s.readUntil("id: ");
    QVERIFY2(head.find("Content-Type: text/event-stream") != std::string::npos, head.c_str());
    const std::int64_t first = m_node->publish(u"one"_s);
    const std::string read = s.readUntil("\"mark\":\"one\"");
    QVERIFY(read.find("id: " + std::to_string(first) + "\nevent: vendor.changed\ndata: {") != std::string::npos);
    s.close();

    m_node->publish(u"two"_s, m_node->data().teaVendor);
    m_node->publish(u"three"_s, m_node->data().yachtVendor);
    RawSocket again(m_node->port());
    again.send(streamRequest(who, "Last-Event-ID: " + std::to_string(first) + "\r\n"));
    const std::string more = again.readUntil("\"mark\":\"three\"");
    QVERIFY(more.find("\"mark\":\"two\"") < more.find("\"mark\":\"three\""));
    QVERIFY(more.find("\"mark\":\"one\"") == std::string::npos);
    QVERIFY(again.readUntil(": lag\n\n", 1, 8000).find(": lag\n\n") != std::string::npos);

    // A vendor sees its own only.
    const auto tea = m_node->signedIn(u"tea"_s);
    RawSocket vendor(m_node->port());
    vendor.send(streamRequest(tea, "Last-Event-ID: " + std::to_string(first - 1) + "\r\n"));
    const std::string own = vendor.readUntil("\"mark\":\"two\"");
    m_node->publish(u"four"_s, m_node->data().yachtVendor);
    m_node->publish(u"five"_s, m_node->data().teaVendor);
    const std::string later = vendor.readUntil("\"mark\":\"five\"");
    QVERIFY(later.find("\"mark\":\"five\"") != std::string::npos);
    for (const char* foreign : {"one", "three", "four"})
        QVERIFY2(later.find("\"mark\":\"" + std::string(foreign) + "\"") == std::string::npos, foreign);
    again.close();
    vendor.close();
    QTRY_COMPARE(hub().streams(), 0);
}

void tst_Transport::tellsWhenTooOld()
{
    const auto who = m_node->signedIn(u"staff1"_s);
    const std::int64_t old = m_node->publish(u"old"_s);
    for (int i = 0; i < 20; ++i)
        m_node->publish(u"fill"_s, {}, 20'000);
    for (const std::string& after : {std::to_string(old), std::string("99999999")}) {
        RawSocket s(m_node->port());
        s.send(streamRequest(who, "Last-Event-ID: " + after + "\r\n"));
        const std::string read = s.readUntil("event: reset\ndata: {}\n\n");
        QVERIFY2(read.find("event: reset") != std::string::npos, read.c_str());
        m_node->publish(u"after-reset"_s);
        QVERIFY(s.readUntil("after-reset").find("after-reset") != std::string::npos);
    }
    RawSocket bad(m_node->port());
    bad.send(streamRequest(who, "Last-Event-ID: soon\r\n"));
    QCOMPARE(parseAnswers(bad.readUntil("request_id")).at(0).status, 400);
}

void tst_Transport::pacesTheStream()
{
    const auto who = m_node->signedIn(u"staff1"_s);
    RawSocket s(m_node->port());
    s.send(streamRequest(who));
    s.readUntil("id: ");
    QElapsedTimer since;
    since.start();
    for (int i = 0; i < 100; ++i)
        m_node->publish(u"p%1"_s.arg(i));
    const std::string read = s.readUntil("\"mark\":\"p99\"");
    QVERIFY(read.find("\"mark\":\"p99\"") != std::string::npos);
    // Each write is one chunk: many events in few writes.
    int chunks = 0;
    for (std::size_t at = 0; (at = read.find("\r\nid: ", at)) != std::string::npos; ++at)
        ++chunks;
    QVERIFY2(chunks <= since.elapsed() / 100 + 3, qPrintable(u"%1 writes in %2 ms"_s.arg(chunks).arg(since.elapsed())));
}

void tst_Transport::cutsTheSlowReader()
{
    LocalNode node([](server::Config& c) { c.writeTimeout = Millis(500); });
    const auto who = node.signedIn(u"staff1"_s);
    RawSocket s(node.port(), 4096);
    s.send(streamRequest(who));
    server::EventHub& streams = node.node().server().events;
    QTRY_COMPARE(streams.streams(), 1);
    // Never read: the socket's buffers fill, then a write times out.
    QElapsedTimer since;
    for (since.start(); streams.streams() > 0 && since.elapsed() < 20'000;)
        node.publish(u"big"_s, {}, 60'000);
    QCOMPARE(streams.streams(), 0);
}

void tst_Transport::closesEndedStreams()
{
    const auto first = m_node->signedIn(u"staff2"_s);
    RawSocket s(m_node->port());
    s.send(streamRequest(first));
    s.readUntil("id: ");
    const auto second = m_node->signedIn(u"staff2"_s);
    const std::string read = s.readAll(); // until closed
    QVERIFY2(read.find("event: session.ended") != std::string::npos, read.c_str());
    QVERIFY(read.find("\"reason\":\"displaced\"") != std::string::npos);
    QVERIFY(read.size() > 5 && read.compare(read.size() - 5, 5, "0\r\n\r\n") == 0);
    RawSocket again(m_node->port());
    again.send(streamRequest(first));
    QCOMPARE(parseAnswers(again.readUntil("request_id")).at(0).status, 401);
    QTRY_COMPARE(hub().streams(), 0);
}

void tst_Transport::drainsOnStop()
{
    LocalNode other([](server::Config& c) { c.drainTimeout = Millis(5'000); });
    const auto who = other.signedIn(u"staff1"_s);
    RawSocket stream(other.port());
    stream.send(streamRequest(who));
    stream.readUntil("id: ");
    RawSocket idle(other.port());
    idle.send(kLive);
    idle.readUntil("}");
    // A request whose body is on its way when the stop comes is still answered.
    RawSocket busy(other.port());
    busy.send("POST /oauth/revoke HTTP/1.1\r\nHost: x\r\n" + revokeProof(other.port()) + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n"
              "Expect: 100-continue\r\n\r\n");
    QCOMPARE(busy.readUntil("\r\n\r\n"), std::string("HTTP/1.1 100 Continue\r\n\r\n"));
    const int port = other.port();
    QElapsedTimer since;
    since.start();
    auto stopping = std::async(std::launch::async, [&] { other.node().stop(); });
    const std::string ended = stream.readAll();
    QVERIFY(ended.compare(ended.size() - 5, 5, "0\r\n\r\n") == 0);
    QVERIFY(idle.isClosedByPeer(2000));
    busy.send("token=none");
    const auto answers = parseAnswers(busy.readAll().substr(25));
    QCOMPARE(answers.size(), std::size_t(1));
    QCOMPARE(answers[0].status, 200);
    QCOMPARE(answers[0].headers.at("connection"), std::string("close"));
    busy.close();
    stopping.wait();
    QVERIFY(since.elapsed() < 4'000);
    QVERIFY(!RawSocket(port).isConnected());
}

void tst_Transport::endsOnSignal()
{
    if (NarudProcess::binary().isEmpty())
        QSKIP("narud is not built");
    NarudProcess narud;
    QVERIFY2(narud.start(), qPrintable(narud.log()));
    RawSocket idle(narud.port());
    idle.send(kLive);
    idle.readUntil("}");
    RawSocket busy(narud.port());
    busy.send("POST /oauth/revoke HTTP/1.1\r\nHost: x\r\n" + revokeProof(narud.port()) + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
    busy.readUntil("100 Continue\r\n\r\n");
    auto answering = std::async(std::launch::async, [&] {
        idle.isClosedByPeer(5'000); // the stop has begun
        busy.send("token=none");
        return busy.readAll();
    });
    QVERIFY(narud.terminate());
    QVERIFY(answering.get().find("HTTP/1.1 200 OK") != std::string::npos);
    QVERIFY2(narud.log().contains(u"narud has stopped"_s), qPrintable(narud.log()));
    QVERIFY2(narud.restart(), qPrintable(narud.log())); // nothing is left that would be in the way
}

void tst_Transport::speaksTls()
{
    QTemporaryDir dir;
    if (!makeCertificate(dir.path()))
        QSKIP("no openssl program here");
    LocalNode node([&](server::Config& c) {
        c.tlsCert = dir.path() + u"/cert.pem"_s;
        c.tlsKey = dir.path() + u"/key.pem"_s;
        c.headerTimeout = Millis(500);
    });
    server::Client::Options options;
    options.port = node.port();
    options.tls = true;
    options.caFile = (dir.path() + u"/cert.pem"_s).toStdString();
    server::Client client(options);
    for (int i = 0; i < 3; ++i) {
        const auto reply = client.call("GET", "/openapi.json");
        QVERIFY2(reply, reply ? "" : qPrintable(reply.error().detail));
        QCOMPARE(reply->status, 200);
        QVERIFY(reply->body.size() > 50'000);
    }
    options.caFile.clear();
    server::Client careful(options);
    QVERIFY(!careful.call("GET", "/livez")); // a certificate nobody vouches for
    options.tls = false;
    server::Client plain(options);
    QVERIFY(!plain.call("GET", "/livez"));
    RawSocket silent(node.port()); // never says hello
    QVERIFY(silent.isClosedByPeer(5'000));
}

void tst_Transport::refusesWeakTls()
{
    QTemporaryDir dir;
    if (!makeCertificate(dir.path()))
        QSKIP("no openssl program here");
    LocalNode node([&](server::Config& c) {
        c.tlsCert = dir.path() + u"/cert.pem"_s;
        c.tlsKey = dir.path() + u"/key.pem"_s;
    });
    const auto connected = [&](QSsl::SslProtocol protocol, const QString& cipher = {}) {
        QSslSocket s;
        QSslConfiguration c = QSslConfiguration::defaultConfiguration();
        c.setProtocol(protocol);
        c.setPeerVerifyMode(QSslSocket::VerifyNone);
        if (!cipher.isEmpty())
            c.setCiphers(cipher);
        s.setSslConfiguration(c);
        s.connectToHostEncrypted(u"127.0.0.1"_s, static_cast<quint16>(node.port()));
        return s.waitForEncrypted(5'000) ? s.sessionCipher().name() : QString();
    };
    QVERIFY(!connected(QSsl::TlsV1_3).isEmpty());
    const QString twelve = connected(QSsl::TlsV1_2);
    QVERIFY2(twelve.startsWith(u"ECDHE-"_s) && (twelve.contains(u"GCM"_s) || twelve.contains(u"CHACHA20"_s)), qPrintable(twelve));
    QCOMPARE(connected(QSsl::TlsV1_2, u"ECDHE-ECDSA-AES128-SHA256"_s), QString()); // no authenticated encryption
    QCOMPARE(connected(QSsl::TlsV1_2, u"AES128-GCM-SHA256"_s), QString()); // no forward secrecy
}

QTEST_GUILESS_MAIN(tst_Transport)
#include "tst_Transport.moc"
