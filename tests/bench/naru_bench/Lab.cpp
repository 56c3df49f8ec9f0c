// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Lab.h"

#include "bench/naru_bench/EngineFleet.h"
#include "bench/naru_bench/Scripts.h"
#include "server/store/Failpoint.h"
#include "server/store/SqliteConnection.h"
#include "server/store/StoreUrl.h"
#include "server/tools/Node.h"
#include "support/RestSession.h"

#include <QDir>
#include <QFile>
#include <libpq-fe.h>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kUnits = 200'000; // rows of the one-row-per-unit baseline
constexpr int kCancellable = 60'000;
constexpr double kCancelsASecond = 20'000; // more than that are not prepared for
constexpr int kNodes = 4; // accounts, so nodes at most

[[noreturn]] void stop(const QString& why)
{
    throw std::runtime_error(why.toStdString());
}

QString name(Lab::Store store)
{
    return store == Lab::Store::Postgres ? u"PostgreSQL"_s : u"SQLite"_s;
}

QString sideName(Lab::Store store, int nodes)
{
    return name(store) + (nodes > 1 ? u", %1 nodes"_s.arg(nodes) : QString());
}

void copyFile(const QString& from, const QString& to)
{
    QFile::remove(to);
    if (!QFile::copy(from, to))
        stop(u"%1 cannot be copied to %2"_s.arg(from, to));
}

} // namespace

Lab::Lab(Options options) : m_options(std::move(options))
{
    m_own = std::make_unique<QTemporaryDir>((m_options.folder.isEmpty() ? QDir::tempPath() : m_options.folder) + u"/naru-bench-XXXXXX"_s);
    m_folder = m_own->path();
    QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeOther | QFile::ExeGroup); // the database's user passes
    if (PgServer::binaries().isEmpty())
        stop(u"PostgreSQL 15 is not installed (package postgresql-15): there is nothing to compare with"_s);
    if (test::NarudProcess::binary().isEmpty())
        stop(u"narud is not built, or not found ($NARUD)"_s);
    m_pg = std::make_unique<PgServer>(m_folder + u"/pg"_s);
    QString why;
    if (!m_pg->start(&why))
        stop(why);
    PgSession admin(m_pg->conninfo(u"postgres"_s));
    admin.query("CREATE DATABASE textbook");
    admin.query("CREATE DATABASE naru");
    m_worlds[Store::Sqlite] = makeWorld(storeConfig(nodeFolder(Store::Sqlite, 0), database(Store::Sqlite), keysFolder()), m_options.items);
    m_textbook = makeWorld(storeConfig(m_folder + u"/textbook"_s, m_pg->url(u"textbook"_s), keysFolder()), m_options.items);
    m_worlds[Store::Postgres] = makeWorld(storeConfig(nodeFolder(Store::Postgres, 0), database(Store::Postgres), keysFolder()), m_options.items);
    for (const QString& made : {u"textbook"_s, u"naru"_s}) {
        PgSession(m_pg->conninfo(made)).query("VACUUM ANALYZE");
        admin.query("ALTER DATABASE " + made.toStdString() + " RENAME TO " + made.toStdString() + "_made");
    }
    sealSqlite();
    QFile::rename(database(Store::Sqlite), database(Store::Sqlite) + u".made"_s);
    reset();
}

Lab::~Lab() = default;

// Everything into the one file that is copied.
void Lab::sealSqlite() const
{
    const auto db = server::SqliteConnection::open(database(Store::Sqlite), server::SqliteConnection::Mode::Writer);
    if (!db)
        stop(db.error().detail);
    (*db)->query(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
}

void Lab::reset()
{
    m_books.reset();
    m_textbookBooks.reset();
    m_units = false;
    PgSession admin(m_pg->conninfo(u"postgres"_s));
    for (const std::string made : {"textbook", "naru"}) {
        admin.query("DROP DATABASE IF EXISTS " + made + " WITH (FORCE)");
        admin.query("CREATE DATABASE " + made + " TEMPLATE " + made + "_made");
    }
    admin.query("CHECKPOINT");
    const QString file = database(Store::Sqlite);
    for (const QString& beside : {file + u"-wal"_s, file + u"-shm"_s})
        QFile::remove(beside);
    copyFile(file + u".made"_s, file);
}

QString Lab::database(Store store) const
{
    return store == Store::Postgres ? m_pg->url(u"naru"_s) : m_folder + u"/sqlite/naru.sqlite"_s;
}

QString Lab::nodeFolder(Store store, int node) const
{
    return m_folder + (store == Store::Postgres ? u"/node%1"_s.arg(node) : u"/sqlite"_s);
}

World& Lab::world(Store store)
{
    return m_worlds.at(store);
}

PgSession& Lab::books()
{
    if (!m_books)
        m_books = std::make_unique<PgSession>(m_pg->conninfo(u"naru"_s));
    return *m_books;
}

PgSession& Lab::textbookBooks()
{
    if (!m_textbookBooks)
        m_textbookBooks = std::make_unique<PgSession>(m_pg->conninfo(u"textbook"_s));
    return *m_textbookBooks;
}

Trial::Plan Lab::plan() const
{
    Trial::Plan p;
    p.seconds = m_options.seconds;
    p.warmUpAtLeast = m_options.warmUp;
    p.warmUpAtMost = std::max(m_options.warmUp, std::min(4.0, m_options.warmUp * 2.5));
    return p;
}

Measured Lab::finish(const QString& side, Ask ask, const Trial& trial, const CpuWindow& cpu) const
{
    Measured m;
    m.side = side;
    m.callers = ask.callers;
    m.rate = trial.rate();
    m.latency = trial.latency();
    m.lateness = trial.lateness();
    m.granted = trial.granted();
    m.refused = trial.refused();
    m.failed = trial.failed();
    const double done = std::max(1.0, static_cast<double>(trial.windowDone()));
    m.serverUs = cpu.server / done * 1e6;
    m.databaseUs = cpu.database / done * 1e6;
    m.driverUs = cpu.driver / done * 1e6;
    m.driverShare = cpu.driver / std::max(1e-9, trial.seconds());
    m.foreign = cpu.foreign;
    m.stolen = cpu.stolen;
    if (trial.failed() > 0)
        m.trouble = u"%1 failed, the first: %2"_s.arg(trial.failed()).arg(QString::fromStdString(trial.firstFailure()));
    return m;
}

void Lab::prepareUnits()
{
    PgSession& db = textbookBooks();
    if (!m_units)
        db.query("CREATE TABLE bench_unit (id BIGSERIAL PRIMARY KEY, item_id TEXT NOT NULL REFERENCES inventory_item(id), reservation_id TEXT)");
    else
        db.query("TRUNCATE bench_unit");
    db.query("INSERT INTO bench_unit (item_id) SELECT $1 FROM generate_series(1, " + std::to_string(kUnits) + ")", {m_textbook.items.front()});
    if (!m_units)
        db.query("CREATE INDEX bench_unit_free ON bench_unit(item_id) WHERE reservation_id IS NULL");
    m_units = true;
    db.query("VACUUM ANALYZE bench_unit");
}

// Rows as the textbook writes them, in bulk.
std::vector<std::string> Lab::prepareCancellable()
{
    PgSession& db = textbookBooks();
    const std::string run = std::to_string(seed());
    db.query("INSERT INTO reservation (id, code, customer_id, status, policy_id, confirmed_at, created_at, version) "
             "SELECT 'cancel-' || $1 || '-' || n, 'C-' || $1 || '-' || n, $2, 'confirmed', $3, 0, 0, 1 FROM generate_series(1, " + std::to_string(kCancellable) + ") n",
        {run, m_textbook.customers.front(), m_textbook.policy});
    db.query("UPDATE inventory_item SET allocated = allocated + " + std::to_string(kCancellable) + ", version = version + 1 WHERE id = $1", {m_textbook.items.front()});
    db.query("VACUUM ANALYZE reservation");
    std::vector<std::string> ids;
    for (int n = 1; n <= kCancellable; ++n)
        ids.push_back("cancel-" + run + "-" + std::to_string(n));
    return ids;
}

Measured Lab::textbook(Textbook::Kind kind, Ask ask, int connections)
{
    if (kind == Textbook::Kind::SkipLocked)
        prepareUnits();
    Textbook::Data data;
    data.items.assign(m_textbook.items.begin(), m_textbook.items.begin() + ask.items);
    data.customers = m_textbook.customers;
    data.policy = m_textbook.policy;
    if (kind == Textbook::Kind::Cancel)
        data.reservations = prepareCancellable();
    const std::string count = kind == Textbook::Kind::Cancel ? "SELECT COUNT(*) FROM reservation WHERE status = 'cancelled'" : "SELECT COUNT(*) FROM reservation";
    const std::int64_t before = textbookBooks().number(count);
    const double work = fixedWorkMs();
    Trial trial(plan());
    CpuWindow cpu({}, static_cast<pid_t>(m_pg->pid()));
    trial.onBegin = [&] { cpu.begin(); };
    trial.onEnd = [&] { cpu.end(); };
    Textbook(m_pg->conninfo(u"textbook"_s), connections, kind, data, seed()).closed(trial, ask.callers);
    Measured m = finish(u"textbook"_s, ask, trial, cpu);
    m.fixedWorkMs = work;
    m.perCommit = 1;
    const std::int64_t rows = textbookBooks().number(count) - before;
    if (rows != static_cast<std::int64_t>(m.granted))
        m.trouble += u" the table has %1 rows more, %2 were granted"_s.arg(rows).arg(m.granted);
    return m;
}

std::vector<pid_t> Lab::Nodes::pids() const
{
    std::vector<pid_t> out;
    for (const auto& p : processes)
        out.push_back(static_cast<pid_t>(p->pid()));
    return out;
}

Lab::Nodes Lab::startNodes(Store store, int count, const QStringList& more)
{
    if (count > (store == Store::Sqlite ? 1 : kNodes))
        stop(u"%1 nodes on one %2 are not possible here"_s.arg(count).arg(name(store)));
    Nodes nodes;
    for (int i = 0; i < count; ++i) {
        auto process = std::make_unique<test::NarudProcess>(nodeFolder(store, i));
        process->setDatabase(database(store));
        if (m_options.layer == Layer::Session)
            process->setEnvironment(u"LD_PRELOAD"_s, u"libjemalloc.so.2"_s); // which a build with failpoints leaves out
        QStringList arguments{u"--log-level"_s, u"warning"_s, u"--keys-dir"_s, keysFolder()};
        if (m_options.layer == Layer::Session)
            arguments << u"--failpoints"_s << QString::fromLatin1(server::kLayerSession) + u"=on"_s;
        if (!process->start(arguments + more))
            stop(u"narud does not start: "_s + process->log());
        test::RestSession session(process->host(), process->port());
        if (const QString problem = session.signIn(u"store%1"_s.arg(i + 1)); !problem.isEmpty())
            stop(u"the sign-in was refused: "_s + problem);
        nodes.endpoints.push_back(endpointOf(process->port(), session.tokens().accessToken.toStdString(), m_options.layer == Layer::Proof));
        nodes.processes.push_back(std::move(process));
    }
    return nodes;
}

void Lab::stopNodes(Nodes& nodes)
{
    for (const auto& p : nodes.processes)
        if (!p->terminate(60000))
            stop(u"narud does not end: "_s + p->log());
    nodes.processes.clear();
}

std::int64_t Lab::ledgerRows(Store store, const QString& kind)
{
    const QString sql = u"SELECT COUNT(*) FROM stock_movement WHERE kind = '%1'"_s.arg(kind);
    return store == Store::Postgres ? books().number(sql.toStdString()) : sqliteNumber(sql);
}

QString Lab::checkCounters(Store store)
{
    QFile rules(u":/server/invariants.sql"_s);
    if (!rules.open(QIODevice::ReadOnly))
        stop(u"the rules are not part of this program"_s);
    QStringList broken;
    const QStringList statements = QString::fromUtf8(rules.readAll()).split(u";\n"_s, Qt::SkipEmptyParts);
    int run = 0;
    for (const QString& rule : {u"I01"_s, u"I02"_s, u"I03"_s, u"I04"_s, u"I05"_s}) {
        for (const QString& statement : statements) {
            if (!statement.contains(u"'"_s + rule + u"'"_s))
                continue;
            ++run;
            const QString sql = u"SELECT COUNT(*) FROM ("_s + statement + u") AS broken"_s;
            const std::int64_t found = store == Store::Postgres ? books().number(sql.toStdString()) : sqliteNumber(sql);
            if (found > 0)
                broken << u"%1 is broken %2 times on %3"_s.arg(rule).arg(found).arg(name(store));
        }
    }
    if (run != 5)
        stop(u"the rules I01 to I05 were not found"_s);
    return broken.join(u"; "_s);
}

QString Lab::checkAll(Store store)
{
    test::NarudProcess narud(nodeFolder(store, 0));
    narud.setDatabase(database(store));
    QString output;
    const int code = narud.run({u"check"_s}, &output, 600'000);
    return code == 0 ? QString() : u"narud check on %1: %2"_s.arg(name(store), output.right(400));
}

std::int64_t Lab::sqliteNumber(const QString& sql) const
{
    const auto db = server::SqliteConnection::open(database(Store::Sqlite), server::SqliteConnection::Mode::Reader);
    if (!db)
        stop(db.error().detail);
    return (*db)->one(sql)->integer(0);
}

Measured Lab::http(Store store, int nodes, Ask ask)
{
    World& w = world(store);
    const std::vector<std::string> items(w.items.begin(), w.items.begin() + ask.items);
    const std::int64_t before = ledgerRows(store);
    Nodes running = startNodes(store, nodes);
    TicketScript single(items, w.customers, "confirm", seed());
    TicketBatchScript batches(items.front(), w.customers, seed());
    Script& script = ask.batches ? static_cast<Script&>(batches) : single;
    const double work = fixedWorkMs();
    Trial trial(plan());
    CpuWindow cpu(running.pids(), store == Store::Postgres ? static_cast<pid_t>(m_pg->pid()) : 0);
    std::int64_t commits = 0;
    const auto committed = [&] { return store == Store::Postgres ? books().number("SELECT xact_commit FROM pg_stat_database WHERE datname = 'naru'") : 0; };
    trial.onBegin = [&] { commits = -committed(); cpu.begin(); };
    trial.onEnd = [&] { cpu.end(); commits += committed(); };
    HttpFleet(running.endpoints, ask.callers, script).closed(trial);
    stopNodes(running);
    Measured m = finish(u"Naru on "_s + sideName(store, nodes), ask, trial, cpu);
    m.fixedWorkMs = work;
    m.perCommit = commits > 0 ? static_cast<double>(trial.windowDone()) / static_cast<double>(commits) : 0;
    const std::int64_t rows = ledgerRows(store) - before;
    if (rows != static_cast<std::int64_t>(m.granted) && m.failed == 0)
        m.trouble += u" the ledger has %1 rows more, %2 were granted"_s.arg(rows).arg(m.granted);
    return m;
}

Measured Lab::cancelling(Store store, Ask ask)
{
    World& w = world(store);
    const std::vector<std::string> items(w.items.begin(), w.items.begin() + ask.items);
    Nodes running = startNodes(store, 1);
    std::vector<std::string> reservations;
    {
        TicketScript booking(items, w.customers, "confirm", seed());
        booking.keepReservations = true;
        Trial::Plan p;
        p.warmUp = false;
        p.seconds = 60;
        p.atMost = static_cast<std::uint64_t>(kCancelsASecond * (m_options.seconds + m_options.warmUp));
        Trial trial(p);
        HttpFleet(running.endpoints, 256, booking).closed(trial);
        reservations = std::move(booking.reservations);
    }
    const std::int64_t before = ledgerRows(store, u"released"_s);
    CancelScript script(reservations, seed());
    script.signAll(running.endpoints.front());
    const double work = fixedWorkMs();
    Trial trial(plan());
    CpuWindow cpu(running.pids(), store == Store::Postgres ? static_cast<pid_t>(m_pg->pid()) : 0);
    trial.onBegin = [&] { cpu.begin(); };
    trial.onEnd = [&] { cpu.end(); };
    HttpFleet(running.endpoints, ask.callers, script).closed(trial);
    stopNodes(running);
    Measured m = finish(u"cancellations on "_s + sideName(store, 1), ask, trial, cpu);
    m.fixedWorkMs = work;
    const std::int64_t rows = ledgerRows(store, u"released"_s) - before;
    if (rows != static_cast<std::int64_t>(m.granted) && m.failed == 0)
        m.trouble += u" the ledger has %1 rows more, %2 were cancelled"_s.arg(rows).arg(m.granted);
    return m;
}

Measured Lab::engine(Store store, int nodes, Ask ask)
{
    const std::int64_t before = ledgerRows(store);
    Trial trial(plan());
    CpuWindow cpu({}, store == Store::Postgres ? static_cast<pid_t>(m_pg->pid()) : 0);
    trial.onBegin = [&] { cpu.begin(); };
    trial.onEnd = [&] { cpu.end(); };
    const double work = fixedWorkMs();
    std::vector<std::unique_ptr<server::Node>> running;
    for (int i = 0; i < nodes; ++i)
        running.push_back(startNode(storeConfig(nodeFolder(store, i), database(store), keysFolder())));
    callEngine(running, world(store), ask.items, ask.callers, trial);
    for (const auto& node : running)
        node->stop();
    cpu.server = cpu.rest;
    Measured m = finish(u"engine on "_s + sideName(store, nodes), ask, trial, cpu);
    m.fixedWorkMs = work;
    const std::int64_t rows = ledgerRows(store) - before;
    if (rows != static_cast<std::int64_t>(m.granted) && m.failed == 0)
        m.trouble += u" the ledger has %1 rows more, %2 were granted"_s.arg(rows).arg(m.granted);
    return m;
}

Measured Lab::rowsAlone(Store store, RowShape shape, int perCommit)
{
    const QString file = m_folder + u"/rows.sqlite"_s;
    if (store == Store::Sqlite && !QFile::exists(file))
        copyFile(database(Store::Sqlite) + u".made"_s, file);
    auto db = server::openStore(store == Store::Postgres ? m_pg->url(u"textbook"_s) : file, server::StoreAccess::Writer);
    if (!db)
        stop(db.error().detail);
    const double work = fixedWorkMs();
    Trial trial(plan());
    CpuWindow cpu({}, store == Store::Postgres ? static_cast<pid_t>(m_pg->pid()) : 0);
    trial.onBegin = [&] { cpu.begin(); };
    trial.onEnd = [&] { cpu.end(); };
    writeRowsAlone(**db, shape, store == Store::Postgres ? m_textbook : world(store), perCommit, trial);
    cpu.server = cpu.rest;
    Measured m = finish(u"rows on "_s + sideName(store, 1), {perCommit, 1}, trial, cpu);
    m.fixedWorkMs = work;
    m.perCommit = perCommit;
    return m;
}

QString Lab::settings()
{
    QStringList out{u"narud %1 (Qt %2, libpq %3)"_s.arg(QStringLiteral(NARU_VERSION), QString::fromLatin1(qVersion())).arg(PQlibVersion())};
    for (const char* key : {"server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers", "max_wal_size", "min_wal_size", "lc_collate", "autovacuum"})
        out << QString::fromLatin1(key) + u" = "_s + QString::fromStdString(books().query(std::string("SHOW ") + key)[0][0]);
    const auto db = server::SqliteConnection::open(database(Store::Sqlite), server::SqliteConnection::Mode::Reader);
    if (db)
        out << u"SQLite %1, journal_mode = %2, synchronous = FULL"_s.arg((*db)->one(u"SELECT sqlite_version()"_s)->text(0), (*db)->one(u"PRAGMA journal_mode"_s)->text(0));
    return out.join(u"; "_s);
}

} // namespace naru::bench
