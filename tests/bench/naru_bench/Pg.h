// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <memory>
#include <string>
#include <vector>

struct pg_conn;
struct pg_result;

namespace naru::bench {

// A PostgreSQL 15 of its own from Debian's packages: a fresh cluster in `folder`, loopback only, a free port, durable (fsync,
// synchronous_commit and full_page_writes on). As root it runs as the user postgres. Stopped and removed with this object.
class PgServer {
public:
    explicit PgServer(const QString& folder);
    ~PgServer();

    static QString binaries(); // folder of initdb; empty when PostgreSQL is not installed
    bool start(QString* why);
    int port() const { return m_port; }
    qint64 pid() const { return m_process.processId(); }
    QString url(const QString& database) const; // for narud
    std::string conninfo(const QString& database) const; // for libpq

private:
    QStringList asServer(const QString& program, const QStringList& arguments) const;
    bool configure(QString* why);
    void wearIn();

    QString m_folder;
    int m_port = 0;
    QProcess m_process;
};

// A plain blocking connection for preparing and counting. Throws std::runtime_error.
class PgSession {
public:
    explicit PgSession(const std::string& conninfo);
    using Table = std::vector<std::vector<std::string>>;
    Table query(const std::string& sql, const std::vector<std::string>& params = {});
    std::int64_t number(const std::string& sql, const std::vector<std::string>& params = {}); // of the first cell

private:
    std::unique_ptr<pg_conn, void (*)(pg_conn*)> m_conn;
};

} // namespace naru::bench
