// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support naru_ui naru_resources
// timeout: 900

// Somebody types into the real console; the session expires, is displaced or revoked, the server restarts, or the program is killed, at
// moments nobody chose. Signed in again, everything typed is there, and the person where they were.
#include "ConsoleChild.h"
#include "protocol/SecurityFields.h"
#include "server/api/Server.h"
#include "server/auth/Sessions.h"
#include "server/tools/Node.h"
#include "support/Campaign.h"
#include "support/PaidOrder.h"
#include "support/Sanitized.h"
#include "support/TestServer.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <future>

using namespace naru;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

// ms after which a keystroke may not be lost any more, where the machine has time for the console
constexpr qint64 kOnDisk = kSanitized ? 400 : 100;
constexpr qint64 kLongestPause = 70; // ms between two keys

// A server whose time the test moves, and which comes back on its port.
class World {
public:
    World()
    {
        start();
        write([this](server::Txn& txn) {
            m_data = makeSmallData(txn);
            txn.db().exec(u"UPDATE vendor SET accept_sla_min = 100000"_s); // the order waits as long as the clock jumps
        });
        RestSession store(u"127.0.0.1"_s, port());
        if (const QString why = store.signIn(u"store1"_s); !why.isEmpty())
            qFatal("%s", qPrintable(why));
        NewTicket ticket;
        ticket.customerId = m_data.customer;
        ticket.lines = {{m_data.slotItems[0], 2}};
        booking = store.post("/v1/tickets", ticket).as<Ticket>().reservationId->toString();
        NewOrder basket;
        basket.customerId = m_data.otherCustomer;
        basket.channel = u"web"_s;
        basket.currency = u"KRW"_s;
        basket.lines.push_back({m_data.teaOffers.at(0), 2, 12'000, 0});
        const auto placed = store.post("/v1/orders", basket).as<Order>();
        PaymentReport report;
        report.provider = u"toss"_s;
        report.providerRef = u"ref"_s;
        report.authorisedMinor = placed.totalMinor;
        order = store.post("/v1/orders/" + placed.id.toString().toStdString() + "/payments", report).as<Order>().vendorOrders.front().id.toString();
    }
    void start()
    {
        server::Config config;
        config.dataDir = m_dir.path();
        config.port = m_port;
        config.demo = true;
        config.logLevel = u"error"_s;
        config.drainTimeout = Millis{100};
        m_node = std::make_unique<server::Node>(config, clock, systemRng(), server::Node::TimeKeeping::AsGiven);
        if (const auto started = m_node->start(); !started)
            qFatal("%s", qPrintable(started.error().detail));
        m_port = m_node->port();
    }
    void stop() { m_node.reset(); }
    quint16 port() const { return quint16(m_port); }
    const SmallData& data() const { return m_data; }

    FakeClock clock;
    QString booking;
    QString order;

    void write(const std::function<void(server::Txn&)>& work)
    {
        server::Actor actor;
        actor.role = u"staff"_s;
        actor.letter = 'O';
        actor.requestId = u"test"_s;
        std::promise<std::exception_ptr> result;
        m_node->server().writer.submit(actor, work, [&](std::exception_ptr error) { result.set_value(error); });
        if (const std::exception_ptr error = result.get_future().get())
            std::rethrow_exception(error);
    }

private:
    QTemporaryDir m_dir;
    int m_port = 0;
    SmallData m_data;
    std::unique_ptr<server::Node> m_node;
};

// The child process from outside.
class Child {
public:
    struct Shown {
        qint64 at = 0;
        QJsonObject state;
        bool edit = false;
        bool key = false; // after a key, not below a cover
        qint64 late = 0; // ms the console got no processor before this key
    };
    bool start(const World& world, const QString& dir, bool late)
    {
        const SmallData& d = world.data();
        const QJsonObject setup{{u"server"_s, u"http://127.0.0.1:%1"_s.arg(world.port())}, {u"dir"_s, dir}, {u"late"_s, late}, {u"product"_s, d.tea.toString()},
            {u"item"_s, d.slotItems[0].toString()}, {u"order"_s, world.order}, {u"booking"_s, world.booking}};
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"NARU_CONSOLE_CHILD"_s, QString::fromUtf8(QJsonDocument(setup).toJson(QJsonDocument::Compact)));
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        for (const char* name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
            environment.insert(QString::fromLatin1(name), dir);
        m_process = std::make_unique<QProcess>();
        m_process->setProcessEnvironment(environment);
        m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process->setChildProcessModifier([] { // it would keep the server's port open over a restart
            for (int fd = 3; fd < 256; ++fd)
                ::fcntl(fd, F_SETFD, FD_CLOEXEC);
        });
        m_process->start(QCoreApplication::applicationFilePath(), QStringList{});
        if (!m_process->waitForStarted())
            return false;
        m_text.clear();
        return waitFor({u"up"_s}).has_value();
    }
    void tell(const QJsonObject& order) { m_process->write(QJsonDocument(order).toJson(QJsonDocument::Compact) + '\n'); }
    // The first line that is one of these; keys on the way are remembered.
    std::optional<QJsonObject> waitFor(const QStringList& what, int ms = 30'000)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < ms) {
            while (m_text.contains('\n')) {
                const QJsonObject line = take();
                if (what.contains(line[u"re"_s].toString()))
                    return line;
            }
            if (m_process->state() != QProcess::Running || !m_process->waitForReadyRead(std::max<int>(1, ms - int(timer.elapsed()))))
                break;
            m_text += m_process->readAllStandardOutput();
        }
        return std::nullopt;
    }
    void listen(int ms) // for so long
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < ms && m_process->waitForReadyRead(std::max<int>(1, ms - int(timer.elapsed()))))
            m_text += m_process->readAllStandardOutput();
        while (m_text.contains('\n'))
            take();
    }
    void kill9()
    {
        ::kill(pid_t(m_process->processId()), SIGKILL);
        killedAt = systemClock().steady().count();
        m_process->waitForFinished(10'000);
        m_text += m_process->readAllStandardOutput();
        while (m_text.contains('\n'))
            take();
    }
    void end()
    {
        if (!m_process)
            return;
        m_process->closeWriteChannel();
        if (!m_process->waitForFinished(10'000))
            m_process->kill();
        m_process->waitForFinished(5'000);
    }
    ~Child() { end(); }
    QString ending() const
    {
        return m_process->state() == QProcess::Running ? u"it runs on"_s : m_process->exitStatus() == QProcess::CrashExit ? u"it crashed"_s : u"it ended with %1"_s.arg(m_process->exitCode());
    }

    std::vector<Shown> shown;
    QJsonObject last; // line
    qint64 killedAt = 0;

private:
    QJsonObject take()
    {
        const qsizetype end = m_text.indexOf('\n');
        last = QJsonDocument::fromJson(m_text.left(end)).object();
        m_text.remove(0, end + 1);
        if (last.contains(u"state"_s))
            shown.push_back({last[u"t"_s].toInteger(), last[u"state"_s].toObject(), last[u"edit"_s].toBool(), last[u"re"_s] == u"key"_s, last[u"late"_s].toInteger()});
        return last;
    }
    std::unique_ptr<QProcess> m_process;
    QByteArray m_text;
};

enum class Fate { Expiry, Displacement, Revocation, Restart, Kill };
const char* const kFates[] = {"expiry", "displacement", "revocation", "restart", "kill -9"};
const char* const kPlaces[] = {"products.text", "products.cell", "rules", "orders", "bookings", "reservations"};

QString text(const QJsonObject& o) { return QString::fromUtf8(QJsonDocument(o).toJson(QJsonDocument::Compact)); }

struct Tally {
    int runs = 0;
    int typed = 0; // edits older than the bound when it happened
    int lost = 0; // of these
    qint64 lateMs = 0; // the most that was allowed for a machine without time
    std::map<QByteArray, std::vector<qint64>> noticedMs; // by fate: from the end of the session (the newcomer was answered) to its cover on the screen
    int misplaced = 0; // screen, caret or selection not as it was
    std::map<QByteArray, int> fates;
    QStringList troubles;
};

class Campaign {
public:
    Campaign(quint32 seed, bool late) : m_random(seed), m_late(late) {}
    Tally run(int runs, bool killsOnly)
    {
        for (m_tally.runs = 0; m_tally.runs < runs && m_tally.troubles.size() < 5; ++m_tally.runs) {
            if (m_tally.runs % 25 == 0 && !begin())
                return m_tally;
            const auto fate = killsOnly ? Fate::Kill : Fate(m_random.bounded(5));
            ++m_tally.fates[kFates[int(fate)]];
            if (!once(fate))
                return m_tally;
            m_world->clock.advance(std::chrono::minutes(m_random.bounded(2, 6)));
        }
        m_child.end();
        return m_tally;
    }

private:
    void trouble(const QString& what)
    {
        m_tally.troubles << u"run %1: %2"_s.arg(m_tally.runs).arg(what);
        if (!m_late)
            qInfo().noquote() << m_tally.troubles.back();
    }
    bool begin()
    {
        m_child.end();
        m_dir = std::make_unique<QTemporaryDir>();
        m_world = std::make_unique<World>();
        return startAndEnter();
    }
    bool startAndEnter()
    {
        if (!m_child.start(*m_world, m_dir->path(), m_late)) {
            trouble(u"the console does not start"_s);
            return false;
        }
        return enter();
    }
    bool enter()
    {
        m_child.tell({{u"do"_s, u"signin"_s}, {u"login"_s, u"staff1"_s}});
        const auto entered = m_child.waitFor({u"entered"_s, u"refused"_s, u"stuck"_s});
        if (!entered || (*entered)[u"re"_s] != u"entered"_s)
            trouble(u"cannot sign in: "_s + (entered ? text(*entered) : u"no answer; "_s + m_child.ending()));
        return entered && (*entered)[u"re"_s] == u"entered"_s;
    }
    bool once(Fate fate)
    {
        const QJsonObject lastTime = m_child.shown.back().state;
        m_child.shown.clear();
        const QString where = QString::fromLatin1(kPlaces[m_random.bounded(6)]);
        m_child.tell({{u"do"_s, u"type"_s}, {u"where"_s, where}, {u"seed"_s, qint64(m_random.generate())}, {u"keys"_s, 400}});
        const auto first = m_child.waitFor({u"key"_s, u"stuck"_s, u"stopped"_s});
        if (!first || (*first)[u"re"_s] != u"key"_s) {
            trouble(u"cannot type into %1: %2"_s.arg(where, first ? text(*first) : u"no answer"_s));
            return false;
        }
        m_child.listen(m_random.bounded(20, 900));
        if (fate == Fate::Kill)
            return killed(where, lastTime);
        befall(fate);
        if (fate == Fate::Restart)
            return calm();
        QElapsedTimer noticing;
        noticing.start();
        const auto stopped = m_child.waitFor({u"stopped"_s, u"typed"_s});
        if (!stopped || ((*stopped)[u"re"_s] == u"typed"_s && !m_child.waitFor({u"ended"_s}, 60'000))) {
            trouble(u"%1 was not noticed: "_s.arg(QString::fromLatin1(kFates[int(fate)])) + m_child.ending() + u", last "_s + text(m_child.last));
            return false;
        }
        m_tally.noticedMs[kFates[int(fate)]].push_back(noticing.elapsed());
        // The last thing shown before the cover came.
        const auto before = std::find_if(m_child.shown.rbegin(), m_child.shown.rend(), [](const auto& s) { return s.key; });
        const QJsonObject was = before->state;
        count(m_child.shown, INT64_MAX);
        if (!enter())
            return false;
        compare(was, {was}, m_child.shown.back().state, where);
        return true;
    }
    // A restart alone is no reason to sign in again: the console finds the server, and nothing happens to what is open.
    bool calm()
    {
        m_child.tell({{u"do"_s, u"stop"_s}});
        const auto stopped = m_child.waitFor({u"stopped"_s});
        count(m_child.shown, INT64_MAX);
        m_child.tell({{u"do"_s, u"live"_s}});
        const auto live = stopped ? m_child.waitFor({u"live"_s, u"stuck"_s}) : std::nullopt;
        if (!live) {
            trouble(u"the console is silent after a restart"_s);
            return false;
        }
        const QJsonObject was = (*stopped)[u"state"_s].toObject();
        compare(was, {was}, (*live)[u"state"_s].toObject(), u"restart"_s);
        return true;
    }
    bool killed(const QString& where, const QJsonObject& lastTime)
    {
        m_child.kill9();
        // What is older than the bound is safe; whatever is shown later may be, too. Before the first key that is safe there is what was typed last
        // time; where that was need not be the screen that was looked at before this one.
        std::vector<QJsonObject> allowed{lastTime};
        bool placed = false;
        qint64 late = 0;
        for (const auto& shown : m_child.shown)
            late = std::max(late, shown.at > m_child.killedAt - 1'000 ? shown.late : 0);
        late = std::max(late, m_child.killedAt - m_child.shown.back().at - kLongestPause); // the next key never got its turn
        m_tally.lateMs = std::max(m_tally.lateMs, late);
        const qint64 safe = m_child.killedAt - kOnDisk - late;
        for (const auto& shown : m_child.shown) {
            if (shown.at <= safe) {
                allowed.clear();
                placed = true;
            }
            allowed.push_back(shown.state);
        }
        count(m_child.shown, safe);
        const auto shown = m_child.shown;
        if (!startAndEnter())
            return false;
        const QJsonObject place = m_child.shown.back().state;
        m_child.tell({{u"do"_s, u"visit"_s}});
        const auto visited = m_child.waitFor({u"visited"_s, u"stuck"_s});
        if (!visited) {
            trouble(u"%1: the screens cannot be visited: "_s.arg(where) + m_child.ending());
            return false;
        }
        if ((*visited)[u"waiting"_s].toBool())
            trouble(where + u": something waits for its thing for ever"_s);
        QJsonObject now = (*visited)[u"state"_s].toObject();
        now[u"screen"_s] = place[u"screen"_s];
        now[u"caret"_s] = place[u"caret"_s];
        if (place[u"caret"_s].toObject().contains(u"text"_s)) // the visit has left the cell, and so staged it
            now[u"staged"_s] = place[u"staged"_s];
        compare(allowed.front(), allowed, now, where + u" killed"_s, placed);
        return true;
    }
    void count(const std::vector<Child::Shown>& shown, qint64 until)
    {
        for (const auto& s : shown)
            m_tally.typed += s.edit && s.at <= until ? 1 : 0;
    }
    void befall(Fate fate)
    {
        World& w = *m_world;
        switch (fate) {
        case Fate::Expiry: w.clock.advance(std::chrono::minutes(31)); break;
        case Fate::Displacement: {
            w.clock.advance(std::chrono::minutes(11)); // nobody is asked as after three within ten
            RestSession other(u"127.0.0.1"_s, w.port());
            if (const QString why = other.signIn(u"staff1"_s); !why.isEmpty())
                trouble(u"nobody displaces: "_s + why);
            break;
        }
        case Fate::Revocation: revoke(); break;
        case Fate::Restart:
            w.stop();
            m_child.listen(m_random.bounded(10, 300));
            w.start();
            break;
        case Fate::Kill: break;
        }
    }
    void revoke()
    {
        RestSession admin(u"127.0.0.1"_s, m_world->port());
        if (const QString why = admin.signIn(u"support1"_s); !why.isEmpty()) {
            trouble(u"support cannot sign in: "_s + why);
            return;
        }
        const auto open = admin.get("/v1/admin/sessions?q=staff1&status=active").as<Page<SessionEntry>>();
        if (open.items.empty()) {
            trouble(u"no session to revoke"_s);
            return;
        }
        m_world->write([sid = open.items.front().sid](server::Txn& txn) { server::closeSession(txn, sid, SessionEndReason::Revoked, u"chaos"_s); });
    }
    void compare(const QJsonObject& newestSafe, const std::vector<QJsonObject>& allowed, const QJsonObject& now, const QString& where, bool placed = true)
    {
        const auto work = [](const QJsonObject& s) { return QJsonObject{{u"fields"_s, s[u"fields"_s]}, {u"staged"_s, s[u"staged"_s]}, {u"cell"_s, s[u"caret"_s].toObject()[u"text"_s]}}; };
        // A form in which nothing stands is not opened again after a death: then the screen is all there is to find.
        const auto place = [](const QJsonObject& s) {
            const QJsonObject caret = s[u"caret"_s].toObject();
            const bool empty = caret[u"focus"_s].toString().contains("Sheet"_L1) && !s[u"fields"_s].toObject().contains(caret[u"focus"_s].toString());
            return QJsonObject{{u"screen"_s, s[u"screen"_s]}, {u"caret"_s, empty ? QJsonObject{} : caret}};
        };
        const bool anywhere = place(newestSafe)[u"caret"_s].toObject().isEmpty() && newestSafe[u"screen"_s] == now[u"screen"_s];
        const auto is = [&](const auto& part) { return std::any_of(allowed.begin(), allowed.end(), [&](const QJsonObject& s) { return part(s) == part(now); }); };
        if (!is(work)) {
            ++m_tally.lost;
            trouble(u"%1: shown was\n  %2\nand came back as\n  %3"_s.arg(where, text(work(newestSafe)), text(work(now))));
        } else if (placed && !anywhere && !is(place)) {
            ++m_tally.misplaced;
            trouble(u"%1: the place was\n  %2\nand came back as\n  %3"_s.arg(where, text(place(newestSafe)), text(place(now))));
        }
    }

    QRandomGenerator m_random;
    const bool m_late;
    std::unique_ptr<World> m_world;
    std::unique_ptr<QTemporaryDir> m_dir;
    Child m_child;
    Tally m_tally;
};

} // namespace

class tst_NothingLost : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyEditSurvives()
    {
        const int runs = qEnvironmentVariable("NARU_CAMPAIGN") == "full"_L1 ? 1'000 : campaign(12, 60);
        const Tally t = Campaign(campaignSeed(), false).run(runs, false);
        QStringList fates;
        for (const auto& [fate, n] : t.fates)
            fates << u"%1 %2"_s.arg(n).arg(QString::fromLatin1(fate));
        qInfo().noquote() << t.runs << "runs, seed" << campaignSeed() << u"(%1):"_s.arg(fates.join(u", "_s)) << t.typed << "edits typed," << t.lost << "runs lost some,"
                          << t.misplaced << "came back elsewhere; keys came up to" << t.lateMs << "ms late";
        for (auto [fate, ms] : t.noticedMs) {
            std::sort(ms.begin(), ms.end());
            qInfo().noquote() << QString::fromLatin1(fate) + u": its dialog covered the console after median %1 ms, p99 %2 ms, at most %3 ms (%4)"_s.arg(ms[ms.size() / 2])
                                     .arg(ms[ms.size() - 1 - ms.size() / 100]).arg(ms.back()).arg(ms.size());
        }
        QVERIFY2(t.troubles.isEmpty(), "see above");
        QCOMPARE(t.runs, runs);
    }

    // The same judgement on a console that writes its drafts at the end only must find the loss.
    void whoWritesAtTheEndIsCaught()
    {
        const Tally t = Campaign(campaignSeed(), true).run(3, true);
        QVERIFY2(t.lost > 0, qPrintable(u"three deaths, and nothing was missed: "_s + t.troubles.join(u'\n')));
    }
};

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsSet("NARU_CONSOLE_CHILD"))
        return runConsoleChild(argc, argv);
    QCoreApplication app(argc, argv);
    qputenv("QTEST_FUNCTION_TIMEOUT", "36000000"); // a thousand runs take a while
    tst_NothingLost test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_NothingLost.moc"
