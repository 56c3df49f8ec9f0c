// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/Node.h"

#include "protocol/Events.h"
#include "server/api/Router.h"
#include "server/auth/AuthService.h"
#include "server/auth/conflict/SecurityWatch.h"
#include "server/domain/SlotMaker.h"
#include "server/engine/Cancellations.h"
#include "server/engine/ReservationEngine.h"
#include "server/engine/TicketWaiters.h"
#include "server/events/EventHub.h"
#include "server/http/Listener.h"
#include "server/store/CommitWatch.h"
#include "server/store/Database.h"
#include "server/store/Failpoint.h"
#include "server/store/StoreUrl.h"
#include "server/time/StoreTime.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>

#include <condition_variable>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

constexpr Millis kCompareEvery{10'000}; // with the database's clock
constexpr Millis kLongestWay{1'000}; // an answer that took longer says too little about the time

Error failure(const QString& detail)
{
    Error e;
    e.kind = ErrorKind::Storage;
    e.code = u"start-failed"_s;
    e.detail = detail;
    return e;
}

StoreOptions storeOptions(const Config& c, const QString& name)
{
    StoreOptions o;
    o.path = c.databasePath();
    o.intake = c.writeIntake;
    o.readers = c.readThreads;
    o.readQueue = c.readIntake;
    o.name = name;
    return o;
}

EngineOptions engineOptions(const Config& c)
{
    EngineOptions o;
    o.intakeLimit = static_cast<std::size_t>(c.ticketIntake);
    o.holdTtl = c.holdTtl;
    if (engineOf(c.databasePath()) == Engine::Postgres)
        o.drawSettle = Millis{2'000}; // far more than a request waits in another server's intake, unless that is overrun
    return o;
}

// Runs on a reading connection and waits for it.
bool readOnce(ReadPool& reads, const std::function<void(Connection&)>& work)
{
    std::mutex lock;
    std::condition_variable changed;
    bool done = false;
    const bool taken = reads.submit([&](Connection& db) {
        work(db);
        const std::lock_guard guard(lock);
        done = true;
        changed.notify_one();
    });
    std::unique_lock guard(lock);
    if (taken)
        changed.wait(guard, [&] { return done; });
    return taken;
}

} // namespace

struct Node::Private {
    Private(Config c, const Clock& k, Rng& r, TimeKeeping t) : config(std::move(c)), machine(k), rng(r)
    {
        if (t == TimeKeeping::Steady)
            time = std::make_unique<SteadyWallClock>(machine);
    }

    Config config;
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces); // among the servers that share the store
    const Clock& machine;
    std::unique_ptr<SteadyWallClock> time; // null: the machine's clock is the time
    const Clock& clock() const { return time ? *time : machine; }
    Rng& rng;
    // In the order of building. The listener comes first because late answers still go to it.
    std::unique_ptr<Listener> listener;
    std::unique_ptr<Database> database;
    std::unique_ptr<AuthService> auth;
    std::unique_ptr<SecurityWatch> security;
    std::unique_ptr<AnswerThread> answering;
    std::unique_ptr<ReservationEngine> engine;
    std::unique_ptr<SlotMaker> slotMaker;
    std::unique_ptr<Cancellations> cancellations;
    std::unique_ptr<TicketWaiters> waiters;
    std::unique_ptr<EventHub> events;
    std::unique_ptr<CommitWatch> watch; // PostgreSQL only
    std::unique_ptr<Server> server;
    std::unique_ptr<Router> router;

    Result<Done> prepare();
    Result<Done> keepTime();
    void compareTime(Connection& db);
    Millis compared{0}; // when; the commit watch's thread
    void build();
    Result<Done> run();
    void takeDown();
};

Result<Done> Node::Private::prepare()
{
    QStringList folders{config.dataDir, config.keysPath()};
    if (engineOf(config.databasePath()) == Engine::Sqlite)
        folders << QFileInfo(config.databasePath()).path();
    for (const QString& dir : folders) {
        if (!QDir().mkpath(dir))
            return failure(u"the folder %1 cannot be made"_s.arg(dir));
    }
    QFile::setPermissions(config.dataDir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
#ifdef NARU_FAILPOINTS
    for (const QString& spec : config.failpoints) {
        if (const QString trouble = armFailpoint(spec); !trouble.isEmpty())
            return failure(u"failpoint %1: %2"_s.arg(spec, trouble));
    }
#endif
    auto opened = Database::open(storeOptions(config, name), clock(), rng);
    if (!opened)
        return opened.error();
    database = std::move(*opened);
    return keepTime();
}

Result<Done> Node::Private::keepTime()
{
    try {
        if (time)
            beginTime(*time, config.databasePath(), machine, config.trustClock);
    } catch (const StoreError& e) {
        return failure(QString::fromUtf8(e.what()));
    }
    compared = machine.steady();
    return Done{};
}

void Node::Private::compareTime(Connection& db)
{
    if (!time || machine.steady() - compared < kCompareEvery)
        return;
    compared = machine.steady();
    if (const ClockReading reading = readDatabaseClock(db, machine); reading.within * 2 <= kLongestWay)
        time->compare(reading);
}

void Node::Private::build()
{
    listener = std::make_unique<Listener>(config);
    AuthOptions auth_;
    auth_.dataDir = config.keysPath();
    auth_.publicUrl = config.publicUrl;
    auth = std::make_unique<AuthService>(auth_, clock(), rng, database->writer(), database->reads());
    security = std::make_unique<SecurityWatch>(database->writer(), clock());
    answering = std::make_unique<AnswerThread>();
    engine = std::make_unique<ReservationEngine>(database->writer(), clock(), engineOptions(config));
    engine->answerOn(*answering);
    slotMaker = std::make_unique<SlotMaker>(database->writer(), database->reads(), clock(), SlotMakerOptions{config.slotHorizonDays});
    cancellations = std::make_unique<Cancellations>(database->writer(), static_cast<std::size_t>(config.ticketIntake));
    cancellations->answerOn(*answering);
    waiters = std::make_unique<TicketWaiters>(database->reads(), clock());
    events = std::make_unique<EventHub>(clock(), static_cast<std::size_t>(config.eventBuffer));
    server.reset(new Server{config, clock(), rng, database->writer(), database->reads(), *auth, *engine, *cancellations, *waiters, *events, *security});
    router = std::make_unique<Router>(*server, allRoutes());
    if (engineOf(config.databasePath()) == Engine::Postgres)
        auth->shareSessions();
    events->onSession([this](Connection& db, const SessionId& sid) { auth->follow(db, sid); });
    events->onKeys([this](Connection& db) { auth->followKeys(db); });
    auth->onEnded([this](SessionId sid, const SessionEnded& how) { events->endSession(sid, how); });
    auth->onRestricted([this](SessionId sid, const QString& why) {
        events->tellSession(sid, why.isEmpty() ? protocol::topic::kSessionRestored : protocol::topic::kSessionRestricted, {{"reason", protocol::utf8(why)}});
    });
    database->writer().onCommitted([this](const Writer::Events& published) {
        events->committed(published);
        waiters->committed();
    });
}

Result<Done> Node::Private::run()
{
    const QString path = config.databasePath();
    const QString trouble = events->start([path]() -> std::unique_ptr<Connection> {
        auto db = openStore(path, StoreAccess::Reader);
        if (!db)
            throw std::runtime_error(db.error().detail.toStdString());
        return std::move(*db);
    });
    if (!trouble.isEmpty())
        return failure(trouble);
    database->writer().start();
    QString loaded;
    const bool taken = readOnce(database->reads(), [&](Connection& db) {
        try {
            auth->load(db);
        } catch (const std::exception& e) {
            loaded = QString::fromUtf8(e.what());
        }
    });
    if (!taken || !loaded.isEmpty())
        return failure(taken ? loaded : u"the database does not answer"_s);
    if (engineOf(path) == Engine::Postgres)
        watch = std::make_unique<CommitWatch>(path, name,
            [this](std::int64_t newest) {
                events->committed(newest);
                waiters->committed();
            },
            [this](Connection& db) {
                auth->heard(); // the database answers: what others committed is known to the last second
                compareTime(db);
            });
    engine->startSweeper();
    waiters->start();
    slotMaker->start();
    security->start();
    return listener->start(*router);
}

// Also after a start that stopped half-way. First no more requests, then nobody who causes changes, then the writer.
void Node::Private::takeDown()
{
    if (waiters)
        waiters->stop(); // who waits for a ticket is answered, so that his connection can end
    if (listener)
        listener->stop();
    if (slotMaker)
        slotMaker->stop();
    if (engine)
        engine->stopSweeper();
    if (security)
        security->stop();
    if (auth)
        auth->stop();
    if (database) {
        database->reads().stop();
        database->writer().stop();
    }
    answering.reset();
    watch.reset();
    if (events)
        events->stop();
    router.reset();
    server.reset();
    database.reset();
    events.reset();
    waiters.reset();
    cancellations.reset();
    slotMaker.reset();
    engine.reset();
    security.reset();
    auth.reset();
    listener.reset();
}

Node::Node(Config config, const Clock& clock, Rng& rng, TimeKeeping time) : d(std::make_unique<Private>(std::move(config), clock, rng, time)) {}

Node::~Node()
{
    stop();
}

Result<Done> Node::start()
{
    auto result = d->prepare();
    try {
        if (result) {
            d->build();
            result = d->run();
        }
    } catch (const std::exception& e) { // key files that cannot be read or made
        result = failure(QString::fromUtf8(e.what()));
    }
    if (!result)
        d->takeDown();
    return result;
}

void Node::stop()
{
    d->takeDown();
}

int Node::port() const
{
    return d->listener ? d->listener->port() : 0;
}

bool Node::isRunning() const
{
    return d->listener != nullptr;
}

const Config& Node::config() const
{
    return d->config;
}

Server& Node::server()
{
    return *d->server;
}

} // namespace naru::server
