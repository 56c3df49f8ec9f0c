// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/PgCluster.h"

#include "server/store/Database.h"
#include "server/store/PgConnection.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace naru::test {

using namespace Qt::StringLiterals;

namespace {

constexpr char kSuperuser[] = "naru";
constexpr int kSkipped = 77; // the number CTest is told to read as "skipped"

int freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

// State and parent of a process; 'Z' when it is gone, also when nobody has asked yet how it ended.
std::pair<char, pid_t> stateOf(pid_t pid)
{
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return {'Z', 0};
    const QList<QByteArray> fields = stat.readAll().split(')').last().simplified().split(' '); // after the name: state, parent …
    return fields.size() < 2 ? std::pair<char, pid_t>('Z', 0) : std::pair<char, pid_t>(fields[0].front(), fields[1].toInt());
}

QString nameIn(const QString& url) { return url.section(u'/', -1).section(u'?', 0, 0); } // of the database

std::unique_ptr<PgCluster>& sharedCluster()
{
    static std::unique_ptr<PgCluster> cluster; // ended when the program ends
    return cluster;
}

} // namespace

QString PgCluster::programs()
{
    QStringList places{qEnvironmentVariable("NARU_PG_BIN")};
    for (const QString& version : QDir(u"/usr/lib/postgresql"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed))
        places << u"/usr/lib/postgresql/%1/bin"_s.arg(version);
    for (const QString& place : places)
        if (!place.isEmpty() && QFileInfo(place + u"/initdb"_s).isExecutable() && QFileInfo(place + u"/postgres"_s).isExecutable())
            return place;
    return {};
}

std::unique_ptr<PgCluster> PgCluster::start(QString* why, Durability durability, const QString& dataIn)
{
    std::unique_ptr<PgCluster> c(new PgCluster);
    c->m_bin = programs();
    c->m_durability = durability;
    if (c->m_bin.isEmpty()) {
        *why = u"PostgreSQL is not installed (Debian: postgresql-15); only SQLite is tested"_s;
        return nullptr;
    }
    if (::geteuid() == 0) {
        const passwd* who = ::getpwnam("postgres");
        if (!who)
            who = ::getpwnam("nobody");
        c->m_user = who ? who->pw_uid : 65534;
        c->m_group = who ? who->pw_gid : 65534;
    }
    c->m_data = (dataIn.isEmpty() ? c->m_dir.path() : dataIn) + u"/data"_s;
    if (!c->give(c->m_dir.path()) || !QDir().mkpath(c->m_data) || !c->give(c->m_data)) {
        *why = u"the folder of the cluster cannot be given to another user"_s;
        return nullptr;
    }
    const QString said = c->run(u"initdb"_s, {u"-D"_s, c->m_data, u"-U"_s, QString::fromLatin1(kSuperuser), u"-A"_s, u"trust"_s, u"-E"_s, u"UTF8"_s, u"--locale=C"_s, u"--no-sync"_s,
        u"--no-instructions"_s});
    if (!said.isEmpty()) {
        *why = u"initdb: "_s + said;
        return nullptr;
    }
    if (!c->boot(why))
        return nullptr;
    return c;
}

PgCluster::~PgCluster() { stop(true); }

bool PgCluster::give(const QString& folder) const
{
    return m_user == 0 || ::chown(QFile::encodeName(folder).constData(), m_user, m_group) == 0;
}

PgCluster* PgCluster::shared(QString* why)
{
    QString trouble;
    if (!sharedCluster())
        sharedCluster() = start(&trouble);
    if (why)
        *why = trouble;
    return sharedCluster().get();
}

void PgCluster::prepare(QProcess& process) const
{
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(m_dir.path());
    process.setChildProcessModifier([user = m_user, group = m_group] {
        if (user != 0 && (::setgroups(0, nullptr) != 0 || ::setgid(group) != 0 || ::setuid(user) != 0))
            ::_exit(126);
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT); // a test that crashes leaves no server behind
    });
}

QString PgCluster::run(const QString& program, const QStringList& arguments)
{
    QProcess p;
    prepare(p);
    p.start(m_bin + u'/' + program, arguments);
    if (!p.waitForFinished(60'000) || p.exitStatus() != QProcess::NormalExit || p.exitCode() != 0)
        return QString::fromUtf8(p.readAll()).trimmed() + u' ' + p.errorString();
    return {};
}

bool PgCluster::boot(QString* why)
{
    if (m_port == 0)
        m_port = freePort();
    QStringList arguments{u"-D"_s, m_data, u"-p"_s, QString::number(m_port), u"-k"_s, m_dir.path()};
    const auto set = [&arguments](const QString& setting) { arguments << u"-c"_s << setting; };
    set(u"listen_addresses=127.0.0.1"_s);
    set(u"max_connections=200"_s);
    set(u"shared_buffers=64MB"_s);
    set(u"log_min_messages=fatal"_s);
    if (m_durability == Durability::None) {
        set(u"fsync=off"_s);
        set(u"synchronous_commit=off"_s);
        set(u"full_page_writes=off"_s);
    }
    prepare(m_server);
    m_server.setStandardOutputFile(m_dir.filePath(u"log"_s), QIODevice::Append);
    m_server.start(m_bin + u"/postgres"_s, arguments);
    QElapsedTimer timer;
    timer.start();
    while (m_server.waitForStarted(10'000) && m_server.state() == QProcess::Running && timer.elapsed() < 30'000) {
        if (run(u"pg_isready"_s, {u"-q"_s, u"-h"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(m_port)}).isEmpty())
            return true;
        m_server.waitForFinished(20);
    }
    QFile log(m_dir.filePath(u"log"_s));
    const bool readable = log.open(QIODevice::ReadOnly);
    *why = u"postgres does not start: "_s + (readable ? QString::fromUtf8(log.readAll()).right(2000) : m_server.errorString());
    return false;
}

bool PgCluster::isRunning() const { return m_server.state() == QProcess::Running; }

void PgCluster::stop(bool immediately)
{
    if (!isRunning())
        return;
    ::kill(static_cast<pid_t>(m_server.processId()), immediately ? SIGQUIT : SIGINT);
    if (!m_server.waitForFinished(20'000)) {
        m_server.kill();
        m_server.waitForFinished(5'000);
    }
}

void PgCluster::kill9()
{
    const auto postmaster = static_cast<pid_t>(m_server.processId());
    if (!isRunning())
        return;
    ::kill(postmaster, SIGSTOP); // it starts nobody from here on
    std::vector<pid_t> all;
    for (const QString& name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (const pid_t pid = name.toInt(); pid > 0 && stateOf(pid).second == postmaster)
            all.push_back(pid);
    all.push_back(postmaster);
    for (const pid_t pid : all)
        ::kill(pid, SIGKILL);
    m_server.waitForFinished(10'000);
    for (const pid_t pid : all)
        for (int i = 0; i < 1000 && stateOf(pid).first != 'Z'; ++i)
            ::poll(nullptr, 0, 10);
}

bool PgCluster::restart(QString* why)
{
    stop(false);
    QString trouble;
    const bool running = boot(&trouble);
    if (why)
        *why = trouble;
    return running;
}

QString PgCluster::url(const QString& database) const
{
    return u"postgres://%1@127.0.0.1:%2/%3?sslmode=disable"_s.arg(QString::fromLatin1(kSuperuser)).arg(m_port).arg(database);
}

std::unique_ptr<server::Connection> PgCluster::admin() const { return server::PgConnection::open(url(u"postgres"_s), server::PgConnection::Mode::Writer); }

QString PgCluster::createEmptyDatabase()
{
    const QString name = u"t%1"_s.arg(++m_databases);
    admin()->script(u"CREATE DATABASE %1"_s.arg(name));
    return url(name);
}

QString PgCluster::createDatabase()
{
    const auto db = admin();
    if (!m_template) {
        db->script(u"CREATE DATABASE tables"_s);
        server::migrate(*server::PgConnection::open(url(u"tables"_s), server::PgConnection::Mode::Writer));
        m_template = true;
    }
    const QString name = u"t%1"_s.arg(++m_databases);
    db->script(u"CREATE DATABASE %1 TEMPLATE tables"_s.arg(name));
    return url(name);
}

QString PgCluster::createDatabaseIn(const QString& folder)
{
    const QString made = createDatabase();
    const QString name = nameIn(made);
    if (!give(folder))
        qFatal("%s cannot be given to another user", qPrintable(folder));
    const auto db = admin();
    db->script(u"CREATE TABLESPACE in_%1 LOCATION '%2'"_s.arg(name, folder));
    db->script(u"ALTER DATABASE %1 SET TABLESPACE in_%1"_s.arg(name));
    return made;
}

QString PgCluster::check(const QString& url)
{
    return run(u"pg_amcheck"_s, {u"--install-missing"_s, u"--heapallindexed"_s, u"-h"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(m_port), u"-U"_s, QString::fromLatin1(kSuperuser), nameIn(url)});
}

void PgCluster::set(const QString& setting, const QString& value)
{
    const auto db = admin();
    db->script(u"ALTER SYSTEM SET %1 = '%2'"_s.arg(setting, value));
    db->script(u"SELECT pg_reload_conf()"_s);
}

bool onPostgres() { return qEnvironmentVariable("NARU_TEST_ENGINE") == u"postgres"_s; }

QString freshStore(const QTemporaryDir& dir, const QString& name)
{
    if (!onPostgres())
        return dir.filePath(name);
    QString why;
    PgCluster* cluster = PgCluster::shared(&why);
    if (!cluster) {
        std::fprintf(stderr, "skipped: %s\n", qPrintable(why));
        std::exit(kSkipped);
    }
    return cluster->createDatabase();
}

void dropRules(server::Connection& db)
{
    if (db.engine() == server::Engine::Sqlite) {
        db.exec(u"PRAGMA foreign_keys=OFF"_s);
        db.exec(u"PRAGMA ignore_check_constraints=ON"_s);
        return;
    }
    db.exec(u"SET session_replication_role = replica"_s);
    for (const server::Row& row : db.query(u"SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"_s))
        db.exec(u"ALTER TABLE %1 DROP CONSTRAINT %2"_s.arg(row.text(0), row.text(1)));
}

} // namespace naru::test
