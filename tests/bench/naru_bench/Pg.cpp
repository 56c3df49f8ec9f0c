// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Pg.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTcpServer>
#include <csignal>
#include <libpq-fe.h>
#include <pwd.h>
#include <stdexcept>
#include <unistd.h>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kUser = "bench";
constexpr int kLogMegabytes = 3'072; // a little less than min_wal_size

int freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : 0;
}

} // namespace

PgServer::PgServer(const QString& folder) : m_folder(folder)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(folder + u".log"_s);
}

PgServer::~PgServer()
{
    if (m_process.state() != QProcess::NotRunning) {
        ::kill(static_cast<pid_t>(m_process.processId()), SIGINT); // fast shutdown
        if (!m_process.waitForFinished(30000)) {
            m_process.kill();
            m_process.waitForFinished(5000);
        }
    }
    QDir(m_folder).removeRecursively();
}

QString PgServer::binaries()
{
    for (const QString& place : {u"/usr/lib/postgresql/15/bin"_s, u"/usr/local/pgsql/bin"_s, u"/usr/bin"_s})
        if (QFileInfo(place + u"/initdb"_s).isExecutable())
            return place;
    return {};
}

// PostgreSQL refuses to run as root.
QStringList PgServer::asServer(const QString& program, const QStringList& arguments) const
{
    QStringList line{binaries() + u'/' + program};
    line += arguments;
    if (geteuid() == 0)
        line = QStringList{u"setpriv"_s, u"--reuid=postgres"_s, u"--regid=postgres"_s, u"--clear-groups"_s, u"--pdeathsig=QUIT"_s, u"--"_s} + line;
    return line;
}

bool PgServer::configure(QString* why)
{
    QDir().mkpath(m_folder);
    if (geteuid() == 0) {
        const passwd* who = getpwnam("postgres");
        if (!who || ::chown(qPrintable(m_folder), who->pw_uid, who->pw_gid) != 0) {
            *why = u"there is no user postgres to run the database as"_s;
            return false;
        }
    }
    QProcess init;
    init.setWorkingDirectory(u"/"_s);
    init.setProcessChannelMode(QProcess::MergedChannels);
    const QStringList line
        = asServer(u"initdb"_s, {u"-D"_s, m_folder, u"-U"_s, QString::fromLatin1(kUser), u"-A"_s, u"trust"_s, u"-E"_s, u"UTF8"_s, u"--locale=C"_s});
    init.start(line.first(), line.mid(1));
    if (!init.waitForFinished(60000) || init.exitCode() != 0) {
        *why = u"initdb: "_s + QString::fromUtf8(init.readAll());
        return false;
    }
    m_port = freePort();
    QFile conf(m_folder + u"/postgresql.conf"_s);
    if (m_port == 0 || !conf.open(QIODevice::Append)) {
        *why = u"no free port, or %1 cannot be written"_s.arg(conf.fileName());
        return false;
    }
    conf.write(u"listen_addresses = '127.0.0.1'\nport = %1\nunix_socket_directories = ''\nmax_connections = 200\nshared_buffers = 256MB\nmax_wal_size = 4GB\nmin_wal_size = 4GB\n"
               "fsync = on\nsynchronous_commit = on\nfull_page_writes = on\nautovacuum = on\n"_s.arg(m_port).toUtf8());
    return true;
}

bool PgServer::start(QString* why)
{
    if (!configure(why))
        return false;
    const QStringList line = asServer(u"postgres"_s, {u"-D"_s, m_folder});
    m_process.setWorkingDirectory(u"/"_s);
    m_process.start(line.first(), line.mid(1));
    for (QDeadlineTimer deadline(30000); !deadline.hasExpired() && m_process.state() != QProcess::NotRunning;) {
        if (PQping(conninfo(u"postgres"_s).c_str()) == PQPING_OK) {
            wearIn();
            return true;
        }
        m_process.waitForFinished(50);
    }
    QFile log(m_folder + u".log"_s);
    *why = u"PostgreSQL does not start: "_s + (log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll().right(800)) : QString());
    return false;
}

// A server that has been running for a while writes its log into files it had before; one that was just made is busy making them, for
// whoever is measured first.
void PgServer::wearIn()
{
    PgSession session(conninfo(u"postgres"_s));
    for (int megabytes = 0; megabytes < kLogMegabytes; megabytes += 64)
        session.query("SELECT pg_logical_emit_message(false, 'wear', repeat('x', 67000000))");
    session.query("CHECKPOINT");
}

QString PgServer::url(const QString& database) const
{
    return u"postgres://%1@127.0.0.1:%2/%3"_s.arg(QString::fromLatin1(kUser)).arg(m_port).arg(database);
}

std::string PgServer::conninfo(const QString& database) const
{
    return u"host=127.0.0.1 port=%1 user=%2 dbname=%3 sslmode=disable gssencmode=disable"_s.arg(m_port).arg(QString::fromLatin1(kUser), database).toStdString();
}

PgSession::PgSession(const std::string& conninfo) : m_conn(PQconnectdb(conninfo.c_str()), &PQfinish)
{
    PQsetNoticeProcessor(m_conn.get(), [](void*, const char*) {}, nullptr);
    if (PQstatus(m_conn.get()) != CONNECTION_OK)
        throw std::runtime_error(PQerrorMessage(m_conn.get()));
}

PgSession::Table PgSession::query(const std::string& sql, const std::vector<std::string>& params)
{
    std::vector<const char*> values;
    for (const std::string& p : params)
        values.push_back(p.c_str());
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(params.empty()
            ? PQexec(m_conn.get(), sql.c_str())
            : PQexecParams(m_conn.get(), sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr, nullptr, 0), &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        throw std::runtime_error(sql.substr(0, 200) + ": " + PQerrorMessage(m_conn.get()));
    Table out;
    for (int r = 0; r < PQntuples(result.get()); ++r) {
        auto& row = out.emplace_back();
        for (int c = 0; c < PQnfields(result.get()); ++c)
            row.emplace_back(PQgetvalue(result.get(), r, c));
    }
    return out;
}

std::int64_t PgSession::number(const std::string& sql, const std::vector<std::string>& params)
{
    const Table t = query(sql, params);
    return t.empty() || t[0].empty() || t[0][0].empty() ? 0 : std::stoll(t[0][0]);
}

} // namespace naru::bench
