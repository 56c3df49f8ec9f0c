// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// engines: both
// Kept answers on a real store: replayed, refused for another request, forgotten after a day.
#include "server/api/Http.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

class tst_Idempotency : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void keepsTheWholeAnswer();
    void refusesAnotherRequest();
    void forgetsAfterADay();
    void takesOldOnesAway();
    void failedChangesKeepNothing();

private:
    static RequestKey key(const QString& name, const QString& hash = u"h"_s) { return {u"somebody"_s, name, hash}; }
    int count() { return m_server->query(u"SELECT COUNT(*) FROM idempotency"_s).front().number(0); }
    std::unique_ptr<test::TestServer> m_server;
};

void tst_Idempotency::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<test::TestServer>(test::TestServer::Options{true, false});
}

void tst_Idempotency::keepsTheWholeAnswer()
{
    Response answer;
    answer.status = 201;
    answer.headers = {{"ETag", "\"v1\""}, {"Location", "/v1/x/1"}};
    answer.body = "{\"title\":\"홍차 \\\"특\\\"\"}";
    std::optional<Response> kept;
    m_server->write([&](Txn& txn) {
        QVERIFY(!keptAnswer(txn.db(), key(u"a"_s), txn.now()));
        keepAnswer(txn.db(), key(u"a"_s), answer, txn.now());
        kept = keptAnswer(txn.db(), key(u"a"_s), txn.now());
    });
    QVERIFY(kept);
    QCOMPARE(kept->status, 201);
    QCOMPARE(kept->body, answer.body);
    QCOMPARE(kept->contentType, answer.contentType);
    const std::vector<std::pair<std::string, std::string>> expected{{"ETag", "\"v1\""}, {"Location", "/v1/x/1"}, {"Idempotency-Replayed", "true"}};
    QCOMPARE(kept->headers, expected);
}

void tst_Idempotency::refusesAnotherRequest()
{
    QVERIFY_THROWS_EXCEPTION(ProblemError, m_server->write([&](Txn& txn) { keptAnswer(txn.db(), key(u"a"_s, u"other"_s), txn.now()); }));
    RequestKey other = key(u"a"_s, u"other"_s);
    other.scope = u"somebody else"_s;
    m_server->write([&](Txn& txn) { QVERIFY(!keptAnswer(txn.db(), other, txn.now())); });
}

void tst_Idempotency::forgetsAfterADay()
{
    m_server->clock().advance(Millis(24 * 3600'000 - 1));
    m_server->write([&](Txn& txn) { QVERIFY(keptAnswer(txn.db(), key(u"a"_s), txn.now())); });
    m_server->clock().advance(Millis(1));
    m_server->write([&](Txn& txn) {
        QVERIFY(!keptAnswer(txn.db(), key(u"a"_s, u"other"_s), txn.now()));
        keepAnswer(txn.db(), key(u"a"_s, u"other"_s), Response(), txn.now());
    });
}

void tst_Idempotency::takesOldOnesAway()
{
    m_server->write([&](Txn& txn) {
        for (int i = 0; i < 30; ++i)
            keepAnswer(txn.db(), key(u"old-%1"_s.arg(i)), Response(), txn.now());
    });
    m_server->clock().advance(Millis(25 * 3600'000));
    for (int i = 0; i < 12; ++i)
        m_server->write([&](Txn& txn) { keepAnswer(txn.db(), key(u"new-%1"_s.arg(i)), Response(), txn.now()); });
    QCOMPARE(count(), 12);
}

void tst_Idempotency::failedChangesKeepNothing()
{
    const int before = count();
    try {
        m_server->write([&](Txn& txn) {
            keepAnswer(txn.db(), key(u"failed"_s), Response(), txn.now());
            throw ProblemError(409, "test", u"test"_s);
        });
    } catch (const ProblemError&) {
    }
    QCOMPARE(count(), before);
}

QTEST_GUILESS_MAIN(tst_Idempotency)
#include "tst_Idempotency.moc"
