// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <memory>

namespace naru::test {

// A PostgreSQL of the test's own: initdb in a temporary folder, a free port of loopback, gone at the end. PostgreSQL does not run as
// root: then as the user postgres of Debian's packages, else as nobody. Test thread.
class PgCluster {
public:
    enum class Durability { None, Full }; // None: nothing is flushed; for tests that do not judge what a crash leaves

    // Empty `why` on success. The programs are found as $NARU_PG_BIN or in Debian's places. `dataIn`: a folder on another disk, where the
    // data (not the socket and the log) shall be.
    static std::unique_ptr<PgCluster> start(QString* why, Durability durability = Durability::None, const QString& dataIn = {});
    ~PgCluster();
    PgCluster(const PgCluster&) = delete;
    PgCluster& operator=(const PgCluster&) = delete;

    static QString programs(); // the folder of initdb and postgres; empty: not installed
    // The cluster of this test program, made when first asked for; null with the reason when there is no PostgreSQL.
    static PgCluster* shared(QString* why = nullptr);

    // A new database, collated as bytes, with today's tables in it; its URL.
    QString createDatabase();
    QString createEmptyDatabase();
    // The same with its tables in a folder of another disk, which must be empty.
    QString createDatabaseIn(const QString& folder);
    QString url(const QString& database) const;

    int port() const { return m_port; }
    void stop(bool immediately); // immediately: as a crash
    bool restart(QString* why = nullptr); // on the same port and data
    // kill -9 to all its processes; returns when they are gone.
    void kill9();
    // What pg_amcheck finds in the tables and indexes of a database; empty: nothing.
    QString check(const QString& url);
    void set(const QString& setting, const QString& value); // for everybody, at once; not what needs a restart
    bool isRunning() const;
    qint64 pid() const { return m_server.processId(); }

private:
    PgCluster() = default;
    bool boot(QString* why);
    bool give(const QString& folder) const; // to the user who runs it
    std::unique_ptr<server::Connection> admin() const;
    QString run(const QString& program, const QStringList& arguments); // empty, or what it said
    void prepare(QProcess& process) const;

    QTemporaryDir m_dir;
    QString m_data;
    QProcess m_server;
    QString m_bin;
    Durability m_durability = Durability::None;
    unsigned m_user = 0; // who runs it; 0: whoever we are
    unsigned m_group = 0;
    int m_port = 0;
    int m_databases = 0;
    bool m_template = false; // a database with the tables is there to be copied
};

// Which engine this run of the test program is for: NARU_TEST_ENGINE=postgres, else SQLite.
bool onPostgres();
// A fresh store of that engine: a file of that name in `dir`, or a new database. Stops the program (skipped) when there is no PostgreSQL.
QString freshStore(const QTemporaryDir& dir, const QString& name = QStringLiteral("naru.sqlite"));
// From now on this connection may break foreign keys, and anybody CHECK constraints: for tests that corrupt what is stored.
void dropRules(server::Connection& db);

} // namespace naru::test
