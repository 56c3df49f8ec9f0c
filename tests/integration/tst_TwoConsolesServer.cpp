// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// engines: both
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;

// What two consoles see of each other: a change of one in the other's stream, and the end of a session that was taken over.
class tst_TwoConsolesServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void aChangeIsSeenByTheOther();
    void aVendorSeesNothingOfAnother();
    void aSecondSignInEndsTheFirstStream();
    void signingOutEndsTheStream();

private:
    static std::unique_ptr<EventStream> streamOf(const RestSession& s)
    {
        auto stream = std::make_unique<EventStream>(s.host(), s.port(), s.tokens().accessToken);
        if (!stream->waitOpen(30000))
            qFatal("the stream does not open: %d", stream->status());
        return stream;
    }
    static std::int64_t receive(RestSession& s, const ItemId& item)
    {
        const std::string path = "/v1/stock/" + item.toString().toStdString();
        const auto level = s.get(path).as<StockLevel>();
        const Answer answer = s.post(path + "/movements", StockChange{u"received"_s, 1, u"입고"_s}, {RestSession::ifMatch(level.version)});
        if (!answer.ok())
            qFatal("%s", qPrintable(answer.text()));
        return answer.as<StockLevel>().version;
    }
    static bool shows(const EventStream::Event& e, const ItemId& item, std::int64_t version)
    {
        const auto& level = e.data.at("level");
        return level.at("id").as_string() == std::string_view(item.toString().toStdString()) && level.at("version").to_number<std::int64_t>() == version;
    }
};

void tst_TwoConsolesServer::aChangeIsSeenByTheOther()
{
    TestServer server;
    RestSession one = server.signedIn(u"staff1"_s);
    RestSession two = server.signedIn(u"staff2"_s);
    const auto stream = streamOf(two);
    const ItemId item = server.data().teaStock.at(0);
    std::vector<std::int64_t> times;
    for (int i = 0; i < 100; ++i) {
        const Millis start = systemClock().steady();
        const std::int64_t version = receive(one, item);
        Millis seen{};
        QVERIFY(stream->waitFor(u"stock.changed"_s, 10000, [&](const EventStream::Event& e) {
            seen = e.at;
            return shows(e, item, version);
        }));
        times.push_back((seen - start).count());
    }
    std::sort(times.begin(), times.end());
    qInfo("a change in one console is in the other's stream after %lld ms (median of %zu, worst %lld)", static_cast<long long>(times[times.size() / 2]), times.size(),
        static_cast<long long>(times.back()));
    QVERIFY(times[times.size() / 2] < 300);
}

void tst_TwoConsolesServer::aVendorSeesNothingOfAnother()
{
    TestServer server;
    RestSession staff = server.signedIn(u"staff1"_s);
    RestSession tea = server.signedIn(u"tea"_s);
    const auto stream = streamOf(tea);
    receive(staff, server.data().cupStock); // the other vendor's
    const std::int64_t version = receive(staff, server.data().teaStock.at(0));
    QVERIFY(stream->waitFor(u"stock.changed"_s, 10000, [&](const EventStream::Event& e) { return shows(e, server.data().teaStock.at(0), version); }));
    QCOMPARE(stream->count(u"stock.changed"_s), 1); // events come in order: the other one would have been here before
    for (const EventStream::Event& e : stream->events())
        QVERIFY(!e.topic.startsWith(u"auth."_s));
}

void tst_TwoConsolesServer::aSecondSignInEndsTheFirstStream()
{
    TestServer server;
    RestSession first = server.signedIn(u"staff1"_s);
    RestSession bystander = server.signedIn(u"staff2"_s);
    const auto stream = streamOf(first);
    const auto others = streamOf(bystander);
    RestSession second = server.session();
    second.asAnotherComputer();
    QCOMPARE(second.signIn(u"staff1"_s, u"naru-demo-2026"_s, u"Laptop"_s), QString());
    const Millis answered = systemClock().steady();
    QVERIFY(stream->waitEnd(5000));
    const auto took = (systemClock().steady() - answered).count();
    qInfo("the first session's stream ended %lld ms after the second sign-in was answered", static_cast<long long>(took));
    QVERIFY(took < 1000);
    const auto events = stream->events();
    QVERIFY(!events.empty());
    QCOMPARE(events.back().topic, u"session.ended"_s);
    const auto ended = protocol::fromJson<SessionEnded>(events.back().data, true);
    QVERIFY(ended);
    QVERIFY(ended->reason == SessionEndReason::Displaced);
    QCOMPARE(ended->byDevice, u"Laptop"_s);

    QCOMPARE(first.get("/v1/session").code(), u"session-displaced"_s);
    QCOMPARE(second.get("/v1/session").status, 200);
    QVERIFY(others->isOpen());
    for (const EventStream::Event& e : others->events())
        QVERIFY(!e.topic.startsWith(u"auth."_s) && e.topic != u"session.ended"_s); // others are not told
}

void tst_TwoConsolesServer::signingOutEndsTheStream()
{
    TestServer server;
    RestSession one = server.signedIn(u"support1"_s);
    const auto stream = streamOf(one);
    QCOMPARE(one.call("DELETE", "/v1/session").status, 204);
    QVERIFY(stream->waitEnd(5000));
    QCOMPARE(stream->events().back().topic, u"session.ended"_s);
    QCOMPARE(one.get("/v1/session").code(), u"session-signed-out"_s);
}

QTEST_GUILESS_MAIN(tst_TwoConsolesServer)
#include "tst_TwoConsolesServer.moc"
