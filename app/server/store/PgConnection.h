// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

#include <QHash>
#include <string>
#include <unordered_map>

struct pg_conn;
struct pg_result;

namespace naru::server {

// One connection to PostgreSQL through libpq, in its pipeline mode: what needs no answer (BEGIN, SAVEPOINT, RELEASE, inserted
// blocks) travels with the next statement that does. A lost connection is said by StoreError Io (Unknown while committing) and
// stays lost; the owner opens another. Made, used and destroyed on one thread.
class PgConnection final : public Connection {
public:
    enum class Mode { Writer, Reader }; // Reader: every transaction is read only

    // `url` as libpq reads it (postgres://user:password@host:port/database?…). Throws StoreError Io, without the password.
    static std::unique_ptr<PgConnection> open(const QString& url, Mode mode);
    ~PgConnection() override;
    PgConnection(const PgConnection&) = delete;
    PgConnection& operator=(const PgConnection&) = delete;

    Engine engine() const override { return Engine::Postgres; }
    bool usable() const override;
    Rows query(const QString& sql, const Params& params = {}) override;
    std::int64_t exec(const QString& sql, const Params& params = {}) override;
    void post(const QString& sql, const Params& params = {}) override;
    void insertRows(const RowBlock& block) override;
    std::int64_t updateRows(const RowBlock& block, std::size_t keys) override;
    void updateEach(const RowBlock& block, std::size_t keys) override;
    std::vector<Rows> queries(const std::vector<Question>& questions) override;
    void begin(Access access) override;
    void commit() override;
    void rollback() override;
    void savepoint(const char* name) override;
    void release(const char* name) override;
    void rollbackTo(const char* name) override;
    void script(const QString& sql) override;

    void listen(const QString& channel);
    // What came on the channels listened to, waiting at most `timeout` for the first, or until `wake` (a file descriptor) is readable.
    QStringList notifications(Millis timeout, int wake = -1);
    // A table's row as a type: what a block of rows is sent as.
    struct Table {
        struct Column {
            std::string name;
            unsigned type;
        };
        unsigned rowType = 0;
        unsigned arrayType = 0; // 0: it cannot be sent whole
        std::vector<Column> columns;
        std::unordered_map<std::string, std::size_t> index; // of the columns, by name
    };

    // Statements that had to be waited for, since the connection was opened (tests, benchmark).
    std::int64_t roundTrips() const { return m_roundTrips; }

private:
    struct Bound; // a value as it goes over the wire
    struct Statement {
        std::string name;
        std::vector<unsigned> types;
    };
    struct Pending {
        enum class What { Prepare, Soft, Block, Answer, Commit } what;
        QString sql;
    };
    struct Free {
        void operator()(pg_result* r) const;
    };
    using Answer = std::unique_ptr<pg_result, Free>;

    explicit PgConnection(pg_conn* pg);
    const Table& tableOf(const char* name);
    const Statement& prepared(const QString& sql, const std::vector<Bound>& values);
    void send(const QString& sql, const std::vector<Bound>& values, Pending::What what);
    void sendPlain(const char* sql, Pending::What what);
    Answer flush(std::vector<Answer>* answers = nullptr); // the last one, or each that was asked for
    void settle() noexcept; // flush, whatever comes of it
    [[noreturn]] void raise(const pg_result* result, const QString& sql);
    [[noreturn]] void lost();

    pg_conn* m_pg; // owner: this
    QHash<QString, std::vector<Statement>> m_statements; // by the shared text; one for each set of types it was used with
    std::unordered_map<std::string, Table> m_tables; // as they were when first written to
    std::vector<Pending> m_pending;
    std::int64_t m_nextName = 1;
    std::int64_t m_roundTrips = 0;
    std::int64_t m_changes = 0; // transactions that may have changed something
    std::int64_t m_planAnew = 64; // at so many
    bool m_inTransaction = false;
    bool m_lost = false;
};

// The shared text in PostgreSQL's words: $1, $2 for ?, LIKE as SQLite reads it (letter case does not matter).
QString postgresText(const QString& sql);

} // namespace naru::server
