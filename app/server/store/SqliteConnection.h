// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "server/store/Connection.h"

#include <QHash>

struct sqlite3;
struct sqlite3_stmt;

namespace naru::server {

// One SQLite file through SQLite's own interface. Debian's SQLite 3.40 can corrupt a file when two connections write or checkpoint
// at the same time (the WAL-reset race), so exactly one connection of a file is a Writer; every other one is opened read-only and
// never checkpoints. Made, used and destroyed on one thread.
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
    void insertRows(const RowBlock& block) override;
    std::int64_t updateRows(const RowBlock& block, std::size_t keys) override;
    void begin(Access access) override;
    void commit() override;
    void rollback() override;
    void script(const QString& sql) override; // triggers included

    // Connections of this process that may write, by any file: a test holds it at one.
    static int openWriters();

private:
    explicit SqliteConnection(Mode mode);
    sqlite3_stmt* prepared(const QString& sql);
    void bind(sqlite3_stmt* statement, const Param* values, std::size_t count, std::size_t keys = 0);
    std::int64_t run(sqlite3_stmt* statement, const QString& sql);
    [[noreturn]] void raise(const QString& sql);

    const Mode m_mode;
    sqlite3* m_db = nullptr; // owner: this, as of the statements
    QHash<QString, sqlite3_stmt*> m_statements; // by the shared text
    std::string m_texts; // of the values that are bound, one after the other
    std::vector<std::size_t> m_ends; // of each
};

} // namespace naru::server
