// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// The event hub over a made-up outbox: who gets what, from where, and when a stream ends.
#include "server/domain/Mask.h"
#include "server/events/EventHub.h"
#include "support/FakeClock.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;
using naru::test::FakeClock;

namespace {

struct Outbox {
    struct Entry {
        std::int64_t seq;
        QString topic;
        std::optional<VendorId> vendor;
        QString payload;
        bool broken = false; // its page cannot be read
    };
    std::mutex lock;
    std::vector<Entry> entries;
    int reads = 0;
    bool failing = false;
};

// Answers just what the hub asks.
class OutboxConnection final : public Connection {
public:
    explicit OutboxConnection(Outbox& o) : m_outbox(o) {}
    Rows query(const QString& sql, const Params& params) override
    {
        const std::lock_guard guard(m_outbox.lock);
        if (m_outbox.failing)
            throw StoreError(StoreError::Kind::Io, "broken");
        const auto& all = m_outbox.entries;
        const qlonglong newest = all.empty() ? 0 : all.back().seq;
        if (sql.contains(u"MAX(last_seq)"_s))
            return {Row({newest})};
        if (sql.contains(u"MIN(first_seq)"_s)) {
            const auto first = std::find_if(all.begin(), all.end(), [&](const Outbox::Entry& e) { return e.seq > params[0].integer(); });
            return {Row({first == all.end() ? Cell() : Cell(qlonglong(first->seq))})};
        }
        Rows rows;
        for (const auto& e : all) // each a page of its own
            if (e.seq > params[1].integer() && e.seq <= params[2].integer())
                rows.push_back(Row({qlonglong(e.seq), qlonglong(e.seq), e.broken ? u"[[\"thing"_s : u"[[\"%1\",%2,\"thing\",\"%3\",1,%4]]"_s.arg(e.topic, e.vendor ? u'"' + e.vendor->toString() + u'"' : u"null"_s, Id128{}.toString(), e.payload)}));
        ++m_outbox.reads;
        return rows;
    }
    std::int64_t exec(const QString&, const Params&) override { return 0; }
    void begin(Access) override {}
    void commit() override {}
    void rollback() override {}
    void script(const QString&) override {}

private:
    Outbox& m_outbox;
};

} // namespace

class tst_EventHub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_hub.reset(); }
    void startsAtNowOrResumes();
    void separatesVendors();
    void masksNamesForVendors();
    void readsOnceForAll();
    void takesOverWithoutReading();
    void putsOthersEventsInBetween();
    void readsItselfWhenFarBehind();
    void keepsInternalEventsInside();
    void resetsWhoIsTooFarBehind();
    void bringsBackRecentEventsAfterRestart();
    void endsASession();
    void endsWithTheToken();
    void wakesOnlyWhoHasSomething();
    void recoversFromReadErrors();
    void goesOnBehindAPageThatCannotBeRead();
    void reportsWhyItCannotStart();

private:
    void start(std::size_t bytes = 1'000'000);
    void publish(const QString& mark, std::optional<VendorId> vendor = {}, const QString& topic = u"vendor.changed"_s);
    void settle();
    void hand(std::int64_t from, std::int64_t to, std::optional<VendorId> vendor = {}); // as this server's writer does
    std::shared_ptr<StreamBody> open(std::optional<VendorId> vendor = {}, const std::string& after = {}, SessionId sid = {}, const std::string& token = {});
    static std::string take(StreamBody& s, bool* goesOn = nullptr);

    Outbox m_outbox;
    FakeClock m_clock;
    std::unique_ptr<EventHub> m_hub;
    VendorId m_one{Id128::make(1, 2, 3)};
    VendorId m_two{Id128::make(1, 2, 4)};
};

void tst_EventHub::init()
{
    if (qstrcmp(QTest::currentTestFunction(), "recoversFromReadErrors") != 0 && qstrcmp(QTest::currentTestFunction(), "goesOnBehindAPageThatCannotBeRead") != 0) // there the hub may warn, or may not have looked yet
        QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_outbox.entries.clear();
    m_outbox.reads = 0;
    m_outbox.failing = false;
}

void tst_EventHub::start(std::size_t bytes)
{
    m_hub = std::make_unique<EventHub>(m_clock, bytes);
    QCOMPARE(m_hub->start([this] { return std::make_unique<OutboxConnection>(m_outbox); }), QString());
}

void tst_EventHub::publish(const QString& mark, std::optional<VendorId> vendor, const QString& topic)
{
    std::int64_t seq = 0;
    {
        const std::lock_guard guard(m_outbox.lock);
        seq = m_outbox.entries.empty() ? 1 : m_outbox.entries.back().seq + 1;
        m_outbox.entries.push_back({seq, topic, vendor, u"{\"m\":\"%1\"}"_s.arg(mark)});
    }
    if (m_hub)
        m_hub->committed(seq);
}

// Until a stream from the start has seen a last, marked event.
void tst_EventHub::settle()
{
    publish(u"settled"_s);
    const auto probe = open();
    QTRY_VERIFY([&] {
        std::int64_t newest = 0;
        {
            const std::lock_guard guard(m_outbox.lock);
            newest = m_outbox.entries.back().seq;
        }
        return take(*open()).find("id: " + std::to_string(newest) + "\n") == 0;
    }());
}

std::shared_ptr<StreamBody> tst_EventHub::open(std::optional<VendorId> vendor, const std::string& after, SessionId sid, const std::string& token)
{
    Request r;
    r.principal.emplace();
    r.principal->vendorId = vendor;
    r.principal->sid = sid;
    if (!after.empty())
        r.headers["last-event-id"] = after;
    if (!token.empty())
        r.headers["authorization"] = token;
    return m_hub->open(r).stream;
}

std::string tst_EventHub::take(StreamBody& s, bool* goesOn)
{
    std::vector<StreamBody::Piece> pieces;
    const bool open = s.take(pieces, 1 << 20);
    if (goesOn)
        *goesOn = open;
    std::string out;
    for (const auto& p : pieces)
        out += *p;
    return out;
}

void tst_EventHub::startsAtNowOrResumes()
{
    publish(u"before"_s);
    start();
    const auto now = open();
    publish(u"after"_s);
    settle();
    const std::string text = take(*now);
    QCOMPARE(text, std::string("id: 1\n\nid: 2\nevent: vendor.changed\ndata: {\"m\":\"after\"}\n\nid: 3\nevent: vendor.changed\ndata: {\"m\":\"settled\"}\n\n"));
    QCOMPARE(take(*now), std::string());
    QVERIFY(take(*open({}, "1")).find("before") == std::string::npos);
    QVERIFY(take(*open({}, "0")).find("before") != std::string::npos);
}

void tst_EventHub::separatesVendors()
{
    start();
    publish(u"one"_s, m_one);
    publish(u"two"_s, m_two);
    publish(u"operator"_s);
    settle();
    const std::string one = take(*open(m_one, "0"));
    QVERIFY(one.find("\"one\"") != std::string::npos);
    QVERIFY(one.find("\"two\"") == std::string::npos);
    QVERIFY(one.find("\"operator\"") == std::string::npos);
    const std::string all = take(*open({}, "0"));
    for (const char* mark : {"\"one\"", "\"two\"", "\"operator\""})
        QVERIFY(all.find(mark) != std::string::npos);
}

void tst_EventHub::masksNamesForVendors()
{
    start();
    {
        const std::lock_guard guard(m_outbox.lock);
        m_outbox.entries.push_back({1, u"vendor_order.changed"_s, m_one, u"{\"customer_name\":\"김하늘\",\"code\":\"VO-1\"}"_s});
    }
    m_hub->committed(1);
    settle();
    const std::string own = take(*open(m_one, "0"));
    QVERIFY2(own.find("VO-1") != std::string::npos && own.find("김하늘") == std::string::npos, own.c_str());
    QVERIFY(take(*open({}, "0")).find("김하늘") != std::string::npos);
}

void tst_EventHub::readsOnceForAll()
{
    start();
    std::vector<std::shared_ptr<StreamBody>> streams;
    for (int i = 0; i < 200; ++i)
        streams.push_back(open());
    const int before = m_outbox.reads;
    publish(u"x"_s);
    settle();
    std::vector<StreamBody::Piece> first;
    std::vector<StreamBody::Piece> second;
    streams[0]->take(first, 1 << 20);
    streams[1]->take(second, 1 << 20);
    QVERIFY(m_outbox.reads <= before + 2);
    QCOMPARE(first.back().get(), second.back().get()); // the same bytes, not copies
    QCOMPARE(m_hub->streams(), 200);
    streams.clear();
    first.clear();
    second.clear();
    QCOMPARE(m_hub->streams(), 0);
}

void tst_EventHub::hand(std::int64_t from, std::int64_t to, std::optional<VendorId> vendor)
{
    auto events = std::make_shared<std::vector<OutboxEvent>>();
    for (std::int64_t seq = from; seq <= to; ++seq)
        events->push_back({seq, "vendor.changed", vendor, {}, "{\"n\":" + std::to_string(seq) + ",\"customer_name\":\"홍길동\"}"});
    m_hub->committed(Writer::Events(events));
}

void tst_EventHub::takesOverWithoutReading()
{
    start();
    const auto everything = open({}, "0");
    hand(1, 2);
    hand(3, 3, m_one);
    QTRY_VERIFY(take(*open({}, "2")).find("\"n\":3") != std::string::npos);
    const auto masked = [](int n) {
        return u"id: %1\nevent: vendor.changed\ndata: {\"n\":%1,\"customer_name\":\"%2\"}\n\n"_s.arg(n).arg(maskName(u"홍길동"_s)).toStdString();
    };
    const auto vendor = open(m_one, "2"); // made for him now, since nobody of his was there
    QCOMPARE(take(*vendor), masked(3));
    hand(4, 4, m_one);
    std::string told;
    QTRY_VERIFY(!(told += take(*vendor)).empty());
    QCOMPARE(told, masked(4));
    const std::string all = take(*everything);
    QVERIFY(all.find("\"n\":1") < all.find("\"n\":2") && all.find("\"n\":3") < all.find("\"n\":4"));
    QVERIFY(all.find("홍길동") != std::string::npos);
    QCOMPARE(m_outbox.reads, 0);
}

void tst_EventHub::putsOthersEventsInBetween()
{
    start();
    const auto everything = open({}, "0");
    hand(1, 1);
    {
        const std::lock_guard guard(m_outbox.lock); // another server's, of which this one has not heard yet; and what this one wrote
        for (const std::int64_t seq : {1, 2, 3, 4})
            m_outbox.entries.push_back({seq, u"vendor.changed"_s, {}, u"{\"n\":%1}"_s.arg(seq)});
    }
    hand(4, 4);
    m_hub->committed(3); // and then it hears
    std::string told;
    QTRY_VERIFY((told += take(*everything)).find("\"n\":4") != std::string::npos);
    settle();
    told += take(*everything);
    std::size_t at = 0;
    for (const char* mark : {"id: 1\n", "id: 2\n", "id: 3\n", "id: 4\n", "id: 5\n"}) {
        const std::size_t next = told.find(mark);
        QVERIFY(next != std::string::npos && next >= at && told.find(mark, next + 1) == std::string::npos);
        at = next;
    }
}

void tst_EventHub::readsItselfWhenFarBehind()
{
    start(64'000'000);
    for (std::int64_t seq = 1; seq <= 25'000; ++seq) {
        const std::lock_guard guard(m_outbox.lock);
        m_outbox.entries.push_back({seq, u"vendor.changed"_s, {}, u"{}"_s});
    }
    hand(1, 25'000); // more than is kept for a hub
    QTRY_VERIFY(take(*open({}, "24999")).find("id: 25000") == 0);
}

void tst_EventHub::keepsInternalEventsInside()
{
    start();
    const auto s = open();
    publish(u"secret"_s, {}, u"auth.session"_s);
    settle();
    QVERIFY(take(*s).find("secret") == std::string::npos);
}

void tst_EventHub::resetsWhoIsTooFarBehind()
{
    start(2'000);
    const auto slow = open();
    take(*slow);
    for (int i = 0; i < 100; ++i)
        publish(u"fill"_s);
    settle();
    const std::string text = take(*slow);
    QCOMPARE(text, std::string("id: 101\nevent: reset\ndata: {}\n\n"));
    publish(u"next"_s);
    settle();
    QVERIFY(take(*slow).find("\"next\"") != std::string::npos);
    QVERIFY(take(*open({}, "5000")).find("event: reset") != std::string::npos);
}

void tst_EventHub::bringsBackRecentEventsAfterRestart()
{
    for (int i = 0; i < 20; ++i)
        publish(u"e%1"_s.arg(i));
    start();
    QVERIFY(take(*open({}, "18")).find("\"e18\"") != std::string::npos);
    QVERIFY(take(*open({}, "0")).find("\"e0\"") != std::string::npos);
    {
        const std::lock_guard guard(m_outbox.lock);
        m_outbox.entries.erase(m_outbox.entries.begin(), m_outbox.entries.begin() + 10);
    }
    start(); // the outbox was trimmed meanwhile
    QVERIFY(take(*open({}, "5")).find("event: reset") != std::string::npos);
    QVERIFY(take(*open({}, "10")).find("event: reset") == std::string::npos);
}

void tst_EventHub::endsASession()
{
    start();
    const SessionId mine{Id128::make(5, 5, 5)};
    const auto s = open({}, {}, mine);
    const auto other = open({}, {}, SessionId{Id128::make(6, 6, 6)});
    std::atomic<int> woken = 0;
    s->attach([&] { ++woken; });
    m_hub->endSession(mine, SessionEnded{SessionEndReason::Displaced, m_clock.now(), u"laptop"_s, u"10.0.0.1"_s});
    QCOMPARE(woken.load(), 1);
    bool open_ = true;
    const std::string text = take(*s, &open_);
    QVERIFY(text.find("event: session.ended\ndata: {\"reason\":\"displaced\"") != std::string::npos);
    QVERIFY(!open_);
    take(*other, &open_);
    QVERIFY(open_);
    take(*open({}, {}, mine), &open_); // one that was just being opened
    QVERIFY(!open_);
}

void tst_EventHub::endsWithTheToken()
{
    start();
    const std::int64_t exp = toUnixMs(m_clock.now()) / 1000 + 300;
    const QByteArray payload = ("{\"exp\":" + QByteArray::number(qlonglong(exp)) + "}").toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const auto s = open({}, {}, {}, "DPoP aaa." + payload.toStdString() + ".sss");
    bool goesOn = false;
    take(*s, &goesOn);
    QVERIFY(goesOn);
    m_clock.advance(Millis(299'000));
    take(*s, &goesOn);
    QVERIFY(goesOn);
    m_clock.advance(Millis(1'000));
    take(*s, &goesOn);
    QVERIFY(!goesOn);
}

void tst_EventHub::wakesOnlyWhoHasSomething()
{
    start();
    std::atomic<int> one = 0;
    std::atomic<int> two = 0;
    const auto a = open(m_one);
    const auto b = open(m_two);
    a->attach([&] { ++one; });
    b->attach([&] { ++two; });
    publish(u"x"_s, m_one);
    settle();
    QCOMPARE(one.load(), 1);
    QCOMPARE(two.load(), 0);
    a->detach();
    publish(u"y"_s, m_one);
    settle();
    QCOMPARE(one.load(), 1);
}

void tst_EventHub::recoversFromReadErrors()
{
    start();
    const auto s = open();
    {
        const std::lock_guard guard(m_outbox.lock);
        m_outbox.failing = true;
    }
    publish(u"x"_s);
    {
        const std::lock_guard guard(m_outbox.lock);
        m_outbox.failing = false;
    }
    std::string got;
    QTRY_VERIFY((got += take(*s)).find("\"x\"") != std::string::npos);
}

// At the start, and while it runs: nobody waits for it for ever, and whoever listens is told to read anew.
void tst_EventHub::goesOnBehindAPageThatCannotBeRead()
{
    {
        const std::lock_guard guard(m_outbox.lock);
        for (std::int64_t seq = 1; seq <= 3; ++seq)
            m_outbox.entries.push_back({seq, u"vendor.changed"_s, {}, u"{\"m\":\"e%1\"}"_s.arg(seq), seq == 2});
    }
    start();
    const std::string resumed = take(*open({}, "0"));
    QVERIFY(resumed.find("event: reset") != std::string::npos);
    QVERIFY(take(*open({}, "2")).find("\"e3\"") != std::string::npos);
    const auto stream = open();
    take(*stream);
    {
        const std::lock_guard guard(m_outbox.lock);
        m_outbox.entries.push_back({4, u"vendor.changed"_s, {}, u"{}"_s, true});
        m_outbox.entries.push_back({5, u"vendor.changed"_s, {}, u"{\"m\":\"e5\"}"_s});
    }
    m_hub->committed(5);
    settle();
    QVERIFY(take(*stream).find("event: reset") != std::string::npos);
    QVERIFY(take(*open({}, "4")).find("\"e5\"") != std::string::npos);
}

void tst_EventHub::reportsWhyItCannotStart()
{
    EventHub hub(m_clock, 1000);
    QCOMPARE(hub.start([]() -> std::unique_ptr<Connection> { throw std::runtime_error("no database"); }), u"no database"_s);
}

QTEST_GUILESS_MAIN(tst_EventHub)
#include "tst_EventHub.moc"
