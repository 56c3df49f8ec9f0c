// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "server/store/Connection.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>

namespace naru::server {

// One SQLite file through Qt Sql. Debian's SQLite 3.40 can corrupt a file when two connections write or checkpoint at the same
// time (the WAL-reset race), so exactly one connection of a file is a Writer; every other one is opened read-only and never
// checkpoints. Made, used and destroyed on one thread.
class SqliteConnection final : public Connection {
public:
    enum class Mode { Writer, Reader };

    // Writer: creates the file, WAL, synchronous=FULL. Errors: Storage, with what to do in `detail`.
    static Result<std::unique_ptr<SqliteConnection>> open(const QString& path, Mode mode);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    Rows query(const QString& sql, const Params& params = {}) override;
    std::int64_t exec(const QString& sql, const Params& params = {}) override;
    void begin(Access access) override;
    void commit() override;
    void rollback() override;
    void script(const QString& sql) override; // triggers included

    // Connections of this process that may write, by any file: a test holds it at one.
    static int openWriters();

private:
    SqliteConnection(const QString& name, Mode mode);
    QSqlQuery& prepared(const QString& sql);
    QSqlQuery& run(const QString& sql, const Params& params);

    QString m_name;
    Mode m_mode;
    QSqlDatabase m_db;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_statements; // owners: this map only; shared because QHash copies
};

} // namespace naru::server
