// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 300
// engines: both
// Somebody sets the clock of a machine under a running narud (libfaketime, so that only narud sees it): holds end when they should by
// the real clock, and sessions stay. Each rule is seen to break with defect 9, deadlines by the machine's clock as it is.
#include "server/store/Database.h"
#include "server/store/StoreUrl.h"
#include "support/NarudProcess.h"
#include "support/PgCluster.h"
#include "support/Sanitized.h"
#include "support/TestServer.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;

namespace {

constexpr qint64 kHold = 4'000; // ms
constexpr qint64 kLongHold = 120'000; // to see one end too early beyond doubt
constexpr int kPatience = 30'000; // ms, for what must end; an immortal hold would have an hour

// The wall clock that a server sees; its steady clock stays the real one.
class FakedTime {
public:
    static QString library()
    {
        for (const QString& place : QDir(u"/usr/lib"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            if (const QString file = u"/usr/lib/%1/faketime/libfaketimeMT.so.1"_s.arg(place); QFile::exists(file))
                return file;
        return {};
    }
    explicit FakedTime(NarudProcess& narud, const QByteArray& offset = "+0")
    {
        set(offset);
        narud.setEnvironment(u"LD_PRELOAD"_s, library());
        narud.setEnvironment(u"FAKETIME_TIMESTAMP_FILE"_s, m_dir.filePath(u"offset"_s));
        narud.setEnvironment(u"FAKETIME_NO_CACHE"_s, u"1"_s);
        narud.setEnvironment(u"DONT_FAKE_MONOTONIC"_s, u"1"_s);
    }
    void set(const QByteArray& offset) // "+1h", "-1d"
    {
        QSaveFile file(m_dir.filePath(u"offset"_s)); // never half-written
        if (!file.open(QIODevice::WriteOnly) || file.write(offset + '\n') < 0 || !file.commit())
            qFatal("the faked time cannot be set");
    }

private:
    QTemporaryDir m_dir;
};

std::string path(const char* before, const TicketId& id) { return before + id.toString().toStdString(); }

} // namespace

class tst_ClockSteps : public QObject {
    Q_OBJECT

private:
    struct Held {
        Ticket ticket;
        QElapsedTimer since; // before it was asked for
    };
    SmallData m_data;

    void fill(const QString& database)
    {
        auto db = server::openStore(database, server::StoreAccess::Writer);
        if (!db)
            qFatal("%s", qPrintable(db.error().detail));
        server::migrate(**db);
        server::Actor staff;
        staff.role = u"staff"_s;
        staff.letter = 'O';
        staff.requestId = u"setup"_s;
        (*db)->begin(server::Connection::Access::Write);
        server::Journal journal(**db);
        journal.begin();
        server::Txn txn(journal, systemClock().now(), systemRng(), staff);
        m_data = makeSmallData(txn);
        journal.seal();
        (*db)->commit();
    }
    static QStringList arguments(bool defect, qint64 hold = kHold)
    {
        QStringList out{u"--hold-ttl"_s, QString::number(hold / 1000)};
        if (defect)
            out << u"--failpoints"_s << u"mutant.9=on"_s;
        return out;
    }
    static RestSession signedIn(const NarudProcess& narud, const QString& login)
    {
        RestSession s(narud.host(), narud.port());
        if (const QString trouble = s.signIn(login); !trouble.isEmpty())
            qFatal("%s cannot sign in: %s\n%s", qPrintable(login), qPrintable(trouble), qPrintable(narud.log()));
        return s;
    }
    static RestSession at(const NarudProcess& narud, const RestSession& who)
    {
        RestSession s(narud.host(), narud.port());
        s.setAccessToken(who.tokens().accessToken);
        return s;
    }

    Held hold(RestSession& store) const
    {
        Held h;
        h.since.start();
        NewTicket wish;
        wish.customerId = m_data.customer;
        wish.goal = TicketGoal::Hold;
        wish.lines = {{m_data.slotItems.front(), 1}};
        const Answer a = store.post("/v1/tickets", wish, {{"Prefer", "wait=10"}});
        if (a.status != 201)
            qFatal("no hold: %s", qPrintable(a.text()));
        h.ticket = a.as<Ticket>();
        return h;
    }
    // The store's time is the real one, give or take what is being made up for.
    static QStringList timeFaults(const Held& h)
    {
        const qint64 off = std::abs((h.ticket.enqueuedAt - systemClock().now()).count());
        return off < 60'000 ? QStringList() : QStringList{u"what happens now is written down as %1 s away"_s.arg(off / 1000)};
    }
    // Waits for its end.
    static QStringList endFaults(const Held& h, RestSession& reader, const std::function<void()>& meanwhile = {}, qint64 hold = kHold, int patience = kPatience)
    {
        const auto ended = [&] {
            if (meanwhile)
                meanwhile();
            const Answer a = reader.get(path("/v1/tickets/", h.ticket.id));
            return a.ok() && a.as<Ticket>().status == TicketStatus::Expired;
        };
        if (!QTest::qWaitFor(ended, patience))
            return {u"a hold of %1 ms is open after %2"_s.arg(hold).arg(h.since.elapsed())};
        const qint64 had = h.since.elapsed(); // a little less while the server makes up for a clock that was set forward
        return had >= hold * 25 / 26 ? QStringList() : QStringList{u"a hold of %1 ms ended after %2"_s.arg(hold).arg(had)};
    }
    static QStringList sessionFaults(RestSession& who)
    {
        QStringList found;
        if (const Answer a = who.get("/v1/session"); !a.ok())
            found << u"the session: "_s + a.text();
        if (const Answer a = who.refresh(); !a.ok())
            found << u"the session cannot be refreshed: "_s + a.text();
        else if (const Answer b = who.get("/v1/session"); !b.ok())
            found << u"the refreshed session: "_s + b.text();
        return found;
    }
    static QStringList checkFaults(NarudProcess& narud)
    {
        QString output; // not under the faked time
        return narud.run({u"check"_s}, &output) == 0 ? QStringList() : QStringList{output};
    }
    static void judge(const QStringList& faults, bool defect, const NarudProcess& narud)
    {
        if (defect) {
            QVERIFY2(!faults.isEmpty(), "the defect was not seen");
            qInfo().noquote() << "seen:" << faults.join(u"; "_s);
        } else {
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n') + u'\n' + narud.log()));
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (NarudProcess::binary().isEmpty())
            QSKIP("narud is not built");
        if (FakedTime::library().isEmpty())
            QSKIP("libfaketime is not installed");
        if (kSanitized)
            QSKIP("libfaketime and a sanitizer both want to be asked for the time first");
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void setUnderARunningServer_data()
    {
        QTest::addColumn<QByteArray>("step"); // two: there and back, each 2 s
        for (const char* step : {"+1h", "-1h", "+1d", "-1d", "+1h -1h"})
            QTest::addRow("%s", step) << QByteArray(step);
    }
    void setUnderARunningServer()
    {
        QFETCH(QByteArray, step);
        NarudProcess narud;
        QDir().mkpath(narud.dataDir());
        fill(narud.database());
        FakedTime time(narud);
        QVERIFY2(narud.start(arguments(false)), qPrintable(narud.log()));
        RestSession store = signedIn(narud, u"store1"_s);
        const Held before = hold(store);

        const QList<QByteArray> steps = step.split(' ');
        time.set(steps.front());
        QStringList faults = sessionFaults(store);
        const Held after = hold(store);
        faults += timeFaults(after);
        qsizetype at = 0;
        QElapsedTimer held;
        held.start();
        const auto sawTooth = [&] {
            if (steps.size() > 1 && held.elapsed() > 2'000) {
                time.set(steps.at(++at % steps.size()));
                held.restart();
            }
        };
        faults += endFaults(before, store, sawTooth);
        faults += endFaults(after, store, sawTooth);
        faults += sessionFaults(store);
        faults += checkFaults(narud);
        judge(faults, false, narud);
        QVERIFY2(narud.terminate(), qPrintable(narud.log()));
        if (!onPostgres())
            QVERIFY2(narud.log().contains(step.startsWith('+') ? u"was set forward by 1 "_s : u"was set back by 1 "_s), qPrintable(narud.log()));
    }

    // The negative control of the above: sessions go, and holds end at once or not at all.
    void rawClocksAreSeen_data()
    {
        QTest::addColumn<QByteArray>("step");
        QTest::addColumn<QString>("fate");
        QTest::newRow("+1h") << QByteArray("+1h") << u"ended after"_s;
        QTest::newRow("-1h") << QByteArray("-1h") << u"is open after"_s;
    }
    void rawClocksAreSeen()
    {
#ifndef NARU_FAILPOINTS
        QSKIP("this build has no failpoints");
#endif
        QFETCH(QByteArray, step);
        QFETCH(QString, fate);
        const bool early = step.startsWith('+');
        const qint64 length = early ? kLongHold : kHold;
        NarudProcess narud;
        QDir().mkpath(narud.dataDir());
        fill(narud.database());
        FakedTime time(narud);
        QVERIFY2(narud.start(arguments(true, length)), qPrintable(narud.log()));
        RestSession store = signedIn(narud, u"store1"_s);
        const Held before = hold(store);
        time.set(step);
        QVERIFY(!sessionFaults(store).isEmpty());
        RestSession again = signedIn(narud, u"store1"_s);
        const QStringList faults = endFaults(before, again, {}, length, early ? kPatience : 8'000);
        QVERIFY2(faults.size() == 1 && faults.front().contains(fate), qPrintable(faults.join(u'\n')));
        QVERIFY(!timeFaults(hold(again)).isEmpty());
    }

    void setBackWhileTheServerWasDown_data()
    {
        QTest::addColumn<bool>("defect");
        QTest::newRow("as it is") << false;
#ifdef NARU_FAILPOINTS
        QTest::newRow("defect 9") << true;
#endif
    }
    void setBackWhileTheServerWasDown()
    {
        QFETCH(bool, defect);
        NarudProcess narud;
        QDir().mkpath(narud.dataDir());
        fill(narud.database());
        FakedTime time(narud);
        QVERIFY2(narud.start(arguments(defect)), qPrintable(narud.log()));
        RestSession who = signedIn(narud, u"store1"_s);
        const Held before = hold(who);
        narud.kill9();
        time.set("-1h");
        QVERIFY2(narud.restart(arguments(defect)), qPrintable(narud.log()));
        RestSession store = at(narud, who);
        QStringList faults;
        if (const Answer a = store.get("/v1/session"); !a.ok())
            faults << a.text();
        if (faults.isEmpty())
            faults += timeFaults(hold(store));
        if (faults.isEmpty())
            faults += endFaults(before, store);
        judge(faults, defect, narud);
        if (defect || onPostgres())
            return;
        QVERIFY2(narud.log().contains(u"the store has changes of"_s), qPrintable(narud.log()));
        QVERIFY2(narud.restart(arguments(false) + QStringList{u"--trust-clock"_s}), qPrintable(narud.log()));
        RestSession again = signedIn(narud, u"store2"_s);
        QVERIFY(!timeFaults(hold(again)).isEmpty()); // as told
    }

    void oneOfTwoServersIsOff_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("then");
        QTest::addColumn<bool>("defect");
        QTest::newRow("an hour ahead, then set right") << QByteArray("+1h") << QByteArray("+0") << false;
        QTest::newRow("an hour behind, then a day ahead") << QByteArray("-1h") << QByteArray("+1d") << false;
        QTest::newRow("right, then an hour ahead") << QByteArray("+0") << QByteArray("+1h") << false;
        QTest::newRow("right, then an hour behind") << QByteArray("+0") << QByteArray("-1h") << false;
#ifdef NARU_FAILPOINTS
        QTest::newRow("an hour ahead, defect 9") << QByteArray("+1h") << QByteArray("+0") << true;
        QTest::newRow("right, then an hour behind, defect 9") << QByteArray("+0") << QByteArray("-1h") << true;
#endif
    }
    void oneOfTwoServersIsOff()
    {
        if (!onPostgres())
            QSKIP("one server to a file");
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, then);
        QFETCH(bool, defect);
        NarudProcess right;
        NarudProcess off;
        off.setDatabase(right.database());
        FakedTime time(off, first);
        fill(right.database());
        QVERIFY2(right.start(arguments(false)), qPrintable(right.log()));
        QVERIFY2(off.start(arguments(defect) + QStringList{u"--keys-dir"_s, right.dataDir()}), qPrintable(off.log()));
        RestSession one = signedIn(right, u"store1"_s);
        const Held before = hold(one);
        RestSession two = at(off, one);
        QStringList faults;
        const auto look = [&] {
            if (const Answer a = two.get("/v1/session"); !a.ok())
                faults << a.text();
            if (faults.isEmpty())
                faults += timeFaults(hold(two));
        };
        look();
        time.set(then);
        look();
        if (faults.isEmpty()) {
            const Held after = hold(two);
            faults += endFaults(before, one);
            faults += endFaults(after, one);
            faults += sessionFaults(one);
            faults += checkFaults(right);
        }
        judge(faults, defect, off);
        if (!defect && first != "+0")
            QVERIFY2(off.log().contains(u"The database's time counts."_s), qPrintable(off.log()));
        QVERIFY(off.terminate() && right.terminate());
    }
};

QTEST_GUILESS_MAIN(tst_ClockSteps)
#include "tst_ClockSteps.moc"
