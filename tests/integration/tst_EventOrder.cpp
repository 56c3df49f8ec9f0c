// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// labels: postgres
// Two servers commit into one outbox, the one slowly and the other quickly: no console at either of them misses an event of its scope, and
// none sees another's.
#include "integration/Market.h"
#include "integration/Verdict.h"
#include "support/PgCluster.h"

#include <QRegularExpression>

using namespace naru;
using namespace naru::test;

namespace {

// A person with an event stream, and what of the outbox is his.
struct Console {
    QString name;
    std::optional<VendorId> vendor; // none: everything
    QString token;
    std::unique_ptr<EventStream> stream;

    bool saw(std::int64_t seq) const
    {
        const std::vector<EventStream::Event> events = stream->events();
        return std::any_of(events.begin(), events.end(), [seq](const EventStream::Event& e) { return e.id == seq; });
    }
};

// V10 and V11, over what the outbox holds after number `from`.
Complaints judgeStreams(server::Connection& db, const std::vector<Console>& consoles, std::int64_t from)
{
    db.exec(u"CREATE TABLE sse_seen (console TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (console, seq))"_s);
    db.exec(u"CREATE TABLE sse_span (console TEXT PRIMARY KEY, scope_vendor_id TEXT, from_seq BIGINT NOT NULL, to_seq BIGINT NOT NULL)"_s);
    Complaints broken;
    for (const Console& c : consoles) {
        db.exec(u"INSERT INTO sse_span VALUES (?, ?, ?, ?)"_s, {c.name, c.vendor, from + 1, db.one(u"SELECT MAX(seq) FROM outbox"_s)->integer(0)});
        std::int64_t before = 0;
        for (const EventStream::Event& e : c.stream->events()) {
            if (e.id <= before)
                broken << u"%1 saw %2 after %3"_s.arg(c.name).arg(e.id).arg(before);
            before = e.id;
            db.exec(u"INSERT INTO sse_seen VALUES (?, ?) ON CONFLICT DO NOTHING"_s, {c.name, e.id});
        }
    }
    mustBeNone(db, broken, u"V10 no console missed an event of its scope"_s, // sign-ins are the servers' own
        u"SELECT s.console || ' ' || b.seq || ' ' || b.topic FROM sse_span s JOIN outbox b ON b.seq BETWEEN s.from_seq AND s.to_seq AND b.topic <> 'auth.session' "
        "AND (s.scope_vendor_id IS NULL OR b.scope_vendor_id = s.scope_vendor_id) LEFT JOIN sse_seen e ON e.console = s.console AND e.seq = b.seq WHERE e.seq IS NULL"_s);
    mustBeNone(db, broken, u"V11 no console saw an event outside its scope"_s,
        u"SELECT e.console || ' ' || e.seq FROM sse_seen e JOIN sse_span s ON s.console = e.console LEFT JOIN outbox b ON b.seq = e.seq "
        "WHERE b.seq IS NULL OR (s.scope_vendor_id IS NOT NULL AND (b.scope_vendor_id IS NULL OR b.scope_vendor_id <> s.scope_vendor_id))"_s);
    return broken;
}

} // namespace

class tst_EventOrder : public QObject {
    Q_OBJECT
private:
    PgCluster* m_cluster = nullptr;

    static std::int64_t newest(const QString& url)
    {
        auto db = server::openStore(url, server::StoreAccess::Reader);
        if (!db)
            qFatal("%s", qPrintable(db.error().detail));
        return (*db)->one(u"SELECT COALESCE(MAX(seq), 0) FROM outbox WHERE topic <> 'auth.session'"_s)->integer(0);
    }
    // Two crowds, one at each server, for slots of their own; then, in peace, an event for everybody. What the consoles lack.
    Complaints run(const QString& failpoints, std::size_t* events);

private Q_SLOTS:
    void initTestCase()
    {
        if (NarudProcess::binary().isEmpty())
            QSKIP("narud is not built");
        QString why;
        m_cluster = PgCluster::shared(&why);
        if (!m_cluster)
            QSKIP(qPrintable(why));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nobodyMissesAnEvent()
    {
        std::size_t events = 0;
        const QString broken = run({}, &events).join(u'\n');
        QCOMPARE(broken, QString());
        QVERIFY2(events >= 300, qPrintable(QString::number(events)));
        qInfo() << events << "events at every console of the operator's side";
    }

    // The same judgement on servers that number events when a transaction begins, not in the order of commits: it must see the gaps.
    void numbersTakenEarlyLoseEvents()
    {
#ifndef NARU_FAILPOINTS
        QSKIP("this build has no failpoints");
#endif
        std::size_t events = 0;
        const QString broken = run(u"mutant.11=on"_s, &events).join(u'\n');
        QVERIFY2(broken.contains(u"V10"_s), qPrintable(u"nothing is missing of %1 events: "_s.arg(events) + broken));
        qInfo().noquote() << "defect 11:" << broken.left(400);
    }
};

Complaints tst_EventOrder::run(const QString& failpoints, std::size_t* events)
{
    const QString url = m_cluster->createDatabase();
    const Market market = makeMarket(url, 2, 40);
    QTemporaryDir keys; // both sign and check tokens with the same ones
    NarudProcess slow;
    NarudProcess quick;
    slow.setDatabase(url);
    quick.setDatabase(url);
    QStringList common{u"--keys-dir"_s, keys.path()};
    QStringList slowly = common;
#ifdef NARU_FAILPOINTS
    // Without turns, so that whoever is quick commits meanwhile.
    const QString both = (failpoints.isEmpty() ? QString() : failpoints + u',') + u"batch.no_turns=on"_s;
    slowly << u"--failpoints"_s << both + u",batch.begun=delay:15"_s;
    common << u"--failpoints"_s << both;
#endif
    if (!slow.start(slowly) || !quick.start(common))
        return {u"a server does not start: "_s + slow.log() + quick.log()};

    std::vector<Console> consoles;
    const std::int64_t from = newest(url);
    const auto open = [&](const QString& login, const NarudProcess& at, std::optional<VendorId> vendor) {
        const Account who = signedInAs(login, at.port());
        consoles.push_back({login, vendor, who.token, std::make_unique<EventStream>(u"127.0.0.1"_s, at.port(), who.token, from)});
        return consoles.back().stream->waitOpen(30'000);
    };
    if (!open(u"staff1"_s, slow, {}) || !open(u"staff2"_s, quick, {}) || !open(u"yacht"_s, slow, market.data.yachtVendor)
        || !open(u"vendor-hangang"_s, quick, market.data.yachtVendor) || !open(u"tea"_s, slow, market.data.teaVendor)
        || !open(u"vendor-namsan"_s, quick, market.data.teaVendor))
        return {u"a stream does not open"_s};

    Witness witness;
    SmallData first = market.data;
    first.slotItems = {market.hot[0]};
    SmallData second = market.data;
    second.slotItems = {market.hot[1]};
    Crowd patient(witness, first, 4, 15, u"patient"_s);
    Crowd hasty(witness, second, 4, 40, u"hasty"_s);
    std::vector<Account> accounts; // one session each: both crowds book in it
    for (int i = 1; i <= 4; ++i)
        accounts.push_back(signedInAs(u"store%1"_s.arg(i), quick.port()));
    patient.run(slow.host(), slow.port(), [&] { hasty.run(quick.host(), quick.port(), {}, accounts); }, accounts);
    for (const Ack& a : witness.acks())
        if (a.http != 201)
            return {u"somebody was answered %1 %2"_s.arg(a.http).arg(a.said)};

    // In peace, one event for each scope: who saw it will see nothing older any more.
    RestSession staff(slow.host(), slow.port());
    staff.setAccessToken(consoles.front().token);
    const std::string tea = "/v1/stock/" + market.data.teaStock.front().toString().toStdString();
    const auto stock = staff.get(tea).as<StockLevel>();
    if (!staff.post(tea + "/movements", StockChange{u"received"_s, 1, u"입고"_s}, {RestSession::ifMatch(stock.version)}).ok())
        return {u"the stock cannot be changed"_s};
    const std::int64_t lastOfTea = newest(url);
    RestSession store(slow.host(), slow.port());
    store.setAccessToken(accounts.front().token);
    if (!store.post("/v1/tickets", onePlace(market.data.customer, market.data.slotItems.back())).ok())
        return {u"the last booking fails"_s};
    const std::int64_t last = newest(url);
    for (const Console& c : consoles)
        if (const std::int64_t seq = c.vendor == market.data.teaVendor ? lastOfTea : last; !QTest::qWaitFor([&] { return c.saw(seq); }, 20'000))
            return {u"%1 does not see event %2"_s.arg(c.name).arg(seq)};
    *events = consoles.front().stream->events().size();
    Complaints broken;
    if (!slow.terminate() || !quick.terminate())
        broken << u"a server did not end well: "_s + slow.log() + quick.log();
    return broken + judged(url, [&](server::Connection& db) { return judgeStreams(db, consoles, from); });
}

QTEST_GUILESS_MAIN(tst_EventOrder)
#include "tst_EventOrder.moc"
