// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include "backend/cache/Cache.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

Ticket ticket(int n, int version, TicketStatus status = TicketStatus::Queued)
{
    Ticket t;
    t.id.value.bytes[15] = std::uint8_t(n);
    t.version = version;
    t.status = status;
    return t;
}
EntityRow rowOf(const Ticket& t) { return {EntityKind::Ticket, t.id.toString(), t.version, json::serialize(protocol::toJson(t))}; }
CacheUse listUse(EntityKind kind = EntityKind::Ticket, bool takesNew = true, int most = 3)
{
    CacheUse u;
    u.shape = CacheUse::Shape::List;
    u.kind = kind;
    u.takesNew = takesNew;
    u.most = most;
    return u;
}
json::value pageOf(const std::vector<Ticket>& tickets)
{
    Page<Ticket> p;
    p.items = tickets;
    p.total = int(tickets.size());
    return protocol::toJson(p);
}
std::optional<Page<Ticket>> loaded(Cache& c, const QString& key = u"list"_s, const CacheUse& use = listUse())
{
    const auto stored = c.load(key, use);
    if (!stored)
        return std::nullopt;
    auto p = protocol::fromJson<Page<Ticket>>(stored->body, false);
    return p ? std::optional(*p) : std::nullopt;
}
QString fileOf(const QTemporaryDir& dir)
{
    const QDir top(dir.path());
    const QStringList folders = top.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return folders.isEmpty() ? QString() : top.filePath(folders.first() + u"/cache-v1.sqlite"_s);
}

} // namespace

class tst_Cache : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsAnswersOverAnEnd()
    {
        QTemporaryDir dir;
        FakeClock clock;
        {
            Cache c(clock, dir.path());
            QVERIFY(!loaded(c));
            c.open(u"s"_s, u"u"_s);
            c.store(u"list"_s, listUse(), pageOf({ticket(1, 1), ticket(2, 1)}));
            c.setNote(u"who"_s, u"한지우"_s);
        }
        clock.advance(Millis{1000});
        Cache c(clock, dir.path());
        c.open(u"s"_s, u"u"_s);
        const auto p = loaded(c);
        QVERIFY(p);
        QCOMPARE(p->items.size(), std::size_t(2));
        QCOMPARE(p->items[1].id, ticket(2, 1).id);
        QCOMPARE(toUnixMs(c.load(u"list"_s, listUse())->asOf), FakeClock::kStart);
        QCOMPARE(c.note(u"who"_s), std::optional(u"한지우"_s));
        QVERIFY(!c.load(u"other"_s, listUse()));
    }

    void anotherUserOrServerSeesNothing()
    {
        QTemporaryDir dir;
        FakeClock clock;
        Cache c(clock, dir.path());
        c.open(u"s"_s, u"a"_s);
        c.store(u"list"_s, listUse(), pageOf({ticket(1, 1)}));
        const QString first = c.file();
        c.open(u"s"_s, u"b"_s);
        QVERIFY(c.isOpen());
        QVERIFY(c.file() != first);
        QVERIFY(!loaded(c));
        c.open(u"s2"_s, u"a"_s);
        QVERIFY(!loaded(c));
        c.open(u"s"_s, u"a"_s);
        QVERIFY(loaded(c));
        QCOMPARE(QFile::permissions(QFileInfo(first).path()) & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
    }

    void eventsKeepKeptListsCurrent()
    {
        QTemporaryDir dir;
        FakeClock clock;
        Cache c(clock, dir.path());
        c.open(u"s"_s, u"u"_s);
        c.store(u"list"_s, listUse(), pageOf({ticket(1, 1), ticket(2, 5)}));
        c.store(u"held"_s, listUse(EntityKind::Ticket, false), pageOf({ticket(2, 5)}));
        c.apply({rowOf(ticket(1, 2, TicketStatus::Confirmed)), rowOf(ticket(2, 4, TicketStatus::Failed)), rowOf(ticket(9, 1)), rowOf(ticket(8, 1))});
        const auto p = loaded(c);
        QCOMPARE(p->items.size(), std::size_t(3)); // bounded
        QCOMPARE(p->items[0].id, ticket(8, 1).id);
        QCOMPARE(p->items[1].id, ticket(9, 1).id);
        QCOMPARE(p->items[2].status, TicketStatus::Confirmed);
        QCOMPARE(p->total, 4);
        const auto held = loaded(c, u"held"_s);
        QCOMPARE(held->items.size(), std::size_t(1)); // filtered lists take nobody in
        QCOMPARE(held->items[0].status, TicketStatus::Queued); // the older version came too late
        c.store(u"list"_s, listUse(), pageOf({ticket(1, 1)}));
        QCOMPARE(loaded(c)->items[0].status, TicketStatus::Confirmed); // a read overtaken by the event
    }

    void holdsThatEndedLeaveTheList()
    {
        QTemporaryDir dir;
        FakeClock clock;
        Cache c(clock, dir.path());
        c.open(u"s"_s, u"u"_s);
        Hold hold;
        hold.version = 1;
        Page<Hold> page;
        page.items = {hold};
        c.store(u"holds"_s, listUse(EntityKind::Hold), protocol::toJson(page));
        hold.version = 2;
        hold.status = HoldStatus::Expired;
        c.apply({{EntityKind::Hold, hold.id.toString(), 2, json::serialize(protocol::toJson(hold))}});
        const auto stored = c.load(u"holds"_s, listUse(EntityKind::Hold));
        QVERIFY(stored->body.at("items").as_array().empty());
    }

    void detailsShowTheNewestCard()
    {
        QTemporaryDir dir;
        FakeClock clock;
        Cache c(clock, dir.path());
        c.open(u"s"_s, u"u"_s);
        CacheUse use;
        use.shape = CacheUse::Shape::Detail;
        use.kind = EntityKind::VendorOrder;
        use.card = "card";
        VendorOrderDetail d;
        d.card.total.currency = u"KRW"_s;
        d.card.version = 1;
        c.store(u"d"_s, use, protocol::toJson(d));
        VendorOrderCard card = d.card;
        card.version = 2;
        card.status = VendorOrderStatus::Shipped;
        c.apply({{EntityKind::VendorOrder, card.id.toString(), 2, json::serialize(protocol::toJson(card))}});
        const auto now = protocol::fromJson<VendorOrderDetail>(c.load(u"d"_s, use)->body, false);
        QVERIFY(now);
        QCOMPARE(now->card.status, VendorOrderStatus::Shipped);
    }

    void oldThingsAreDropped()
    {
        QTemporaryDir dir;
        FakeClock clock;
        Cache c(clock, dir.path());
        c.open(u"s"_s, u"u"_s);
        c.store(u"list"_s, listUse(), pageOf({ticket(1, 1)}));
        c.close();
        clock.advance(Millis{15LL * 24 * 3600 * 1000});
        c.open(u"s"_s, u"u"_s);
        QVERIFY(!loaded(c));
    }

    void brokenFilesAreBegunAnew_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no database") << QByteArray(8192, 'x');
        QTest::newRow("cut") << QByteArray("cut");
        QTest::newRow("middle") << QByteArray("middle");
        QTest::newRow("newer") << QByteArray("newer");
    }
    void brokenFilesAreBegunAnew()
    {
        QFETCH(QByteArray, content);
        QTemporaryDir dir;
        FakeClock clock;
        {
            Cache c(clock, dir.path());
            c.open(u"s"_s, u"u"_s);
            std::vector<Ticket> many;
            for (int i = 0; i < 200; ++i)
                many.push_back(ticket(i, 1));
            c.store(u"list"_s, listUse(EntityKind::Ticket, true, 300), pageOf(many));
        }
        const QString path = fileOf(dir);
        if (content == "newer") {
            {
                QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tst"_s);
                db.setDatabaseName(path);
                QVERIFY(db.open());
                QSqlQuery(db).exec(u"PRAGMA user_version = 99"_s);
            }
            QSqlDatabase::removeDatabase(u"tst"_s);
        } else {
            QFile f(path);
            QVERIFY(f.open(QIODevice::ReadWrite));
            if (content == "cut") {
                QVERIFY(f.resize(f.size() / 2));
            } else if (content == "middle") {
                f.seek(4096);
                f.write(QByteArray(int(f.size()) - 8192, '\x55'));
            } else {
                f.resize(0);
                f.write(content);
            }
        }
        Cache c(clock, dir.path());
        c.open(u"s"_s, u"u"_s);
        QVERIFY(c.isOpen());
        c.load(u"list"_s, listUse()); // a fault inside may show only now
        QVERIFY(c.isOpen());
        c.store(u"list"_s, listUse(), pageOf({ticket(1, 1)}));
        QCOMPARE(loaded(c)->items.size(), std::size_t(1));
        QVERIFY(QFile::exists(path + u".broken"_s));
    }

    void anUnwritablePlaceMeansNoCache()
    {
        QTemporaryDir dir;
        QFile inTheWay(dir.path() + u"/file"_s);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        FakeClock clock;
        Cache c(clock, dir.path() + u"/file"_s);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^no cache: cannot make"_s));
        c.open(u"s"_s, u"u"_s);
        c.open(u"s"_s, u"u2"_s); // says so once
        QVERIFY(!c.isOpen());
        c.store(u"list"_s, listUse(), pageOf({ticket(1, 1)}));
        c.apply({rowOf(ticket(1, 2))});
        QVERIFY(!loaded(c));
        Cache none(clock, {});
        none.open(u"s"_s, u"u"_s);
        QVERIFY(!none.isOpen());
    }

    void aSecondConsoleHasItsOwnFile()
    {
        QTemporaryDir dir;
        FakeClock clock;
        Cache a(clock, dir.path());
        Cache b(clock, dir.path());
        a.open(u"s"_s, u"u"_s);
        b.open(u"s"_s, u"u"_s);
        QVERIFY(a.isOpen() && b.isOpen());
        QVERIFY(a.file() != b.file()); // two writers on one file would meet SQLite's WAL-reset race
        const QString first = a.file();
        a.close();
        b.close();
        b.open(u"s"_s, u"u"_s);
        QCOMPARE(b.file(), first);
    }

    // The n-th statement fails: nothing half-written is left, and the next start works.
    void theNthStatementFails()
    {
        int total = 0;
        FakeClock clock;
        const auto scenario = [&](const QString& folder, int failAt) {
            int n = 0;
            Cache c(clock, folder, [&](const char*) { return ++n == failAt; });
            c.open(u"s"_s, u"u"_s);
            c.store(u"list"_s, listUse(), pageOf({ticket(1, 1), ticket(2, 1)}));
            c.apply({rowOf(ticket(1, 2)), rowOf(ticket(3, 1))});
            c.setNote(u"who"_s, u"x"_s);
            const auto p = loaded(c);
            if (p && failAt == 0)
                Q_ASSERT(p->items.size() == 3);
            return n;
        };
        {
            QTemporaryDir dir;
            total = scenario(dir.path(), 0);
        }
        QVERIFY(total > 20);
        for (int k = 1; k <= total; ++k) {
            QTemporaryDir dir;
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^going on without a cache"_s));
            scenario(dir.path(), k);
            Cache c(clock, dir.path());
            c.open(u"s"_s, u"u"_s);
            QVERIFY2(c.isOpen(), qPrintable(QString::number(k)));
            if (const auto p = loaded(c)) {
                // All of a store and all of an event batch, or nothing of it.
                const bool stored = p->items.size() == 2 && p->items[0].version == 1;
                const bool applied = p->items.size() == 3 && p->items[0].id == ticket(3, 1).id && p->items[1].version == 2;
                QVERIFY2(stored || applied, qPrintable(QString::number(k)));
            }
            c.store(u"list"_s, listUse(), pageOf({ticket(7, 1)}));
            QCOMPARE(loaded(c)->items.size(), std::size_t(1));
        }
    }

    void readsAreStaleThenFresh()
    {
        QTemporaryDir dir;
        BackendHarness h;
        h.config.cacheDir = dir.path();
        Page<Ticket> page;
        page.items = {ticket(1, 1)};
        h.wire.on("GET /v1/tickets", BackendHarness::json(jsonOf(page)));
        QVERIFY(h.signIn());
        Outcome<Page<Ticket>> first;
        h.backend->reservations().tickets({}, first.reply());
        QTRY_VERIFY(first.ok());
        QVERIFY(first.cached.empty());
        h.wire.event("ticket.changed", jsonOf(ticket(1, 2, TicketStatus::Held)), 1);
        QSignalSpy changed(&h.backend->reservations(), &ReservationService::ticketsChanged);
        QTRY_COMPARE(changed.size(), 1);
        h.stop();

        FakeAnswer late = FakeAnswer::hanging();
        page.items = {ticket(1, 3, TicketStatus::Confirmed)};
        late.body = jsonOf(page);
        h.wire.on("GET /v1/tickets", late);
        QVERIFY(h.signIn());
        Outcome<Page<Ticket>> second;
        h.backend->reservations().tickets({}, second.reply());
        QTRY_COMPARE(second.cached.size(), std::size_t(1));
        QVERIFY(second.done.empty());
        QCOMPARE(second.cached[0].items[0].status, TicketStatus::Held); // as the event left it
        h.wire.letGo();
        QTRY_VERIFY(second.ok());
        QCOMPARE(second.done[0].value().items[0].status, TicketStatus::Confirmed);
        QCOMPARE(second.cached.size(), std::size_t(1));
        h.stop();

        h.info.userId.value.bytes[0] ^= 1; // somebody else at the same desk
        h.wire.on("GET /v1/tickets", FakeAnswer::offline());
        QVERIFY(h.signIn());
        Outcome<Page<Ticket>> third;
        h.backend->reservations().tickets({}, third.reply());
        QTRY_COMPARE(third.kind(), ErrorKind::Offline);
        QVERIFY(third.cached.empty());
    }
};

QTEST_GUILESS_MAIN(tst_Cache)
#include "tst_Cache.moc"
