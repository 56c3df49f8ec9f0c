// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/SqliteConnection.h"

#include "protocol/JsonText.h"
#include "server/store/Failpoint.h"

#include <QRegularExpression>
#include <atomic>
#include <sqlite3.h>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBusyMs = 2'000;
constexpr qsizetype kMostStatements = 512; // generated filters must not grow the cache for ever

std::atomic<int> writerCount{0};

StoreError::Kind kindOf(int code)
{
    switch (code & 0xFF) { // extended result codes carry the primary one in their low byte (sqlite.org/rescode.html)
    case SQLITE_BUSY: case SQLITE_LOCKED: return StoreError::Kind::Busy;
    case SQLITE_READONLY: return StoreError::Kind::ReadOnly;
    case SQLITE_IOERR: case SQLITE_CANTOPEN: return StoreError::Kind::Io;
    case SQLITE_CORRUPT: case SQLITE_NOTADB: return StoreError::Kind::Corrupt;
    case SQLITE_FULL: return StoreError::Kind::DiskFull;
    case SQLITE_CONSTRAINT: return StoreError::Kind::Constraint;
    default: return StoreError::Kind::Other;
    }
}

// What the shared texts say in the other engine's words.
QString sqliteText(QString sql)
{
    sql.replace(u"= ANY(?)"_s, u"IN (SELECT value FROM json_each(?))"_s);
    sql.replace(u"<> ALL(?)"_s, u"NOT IN (SELECT value FROM json_each(?))"_s);
    static const QRegularExpression lock(u" FOR (NO KEY )?UPDATE( OF [a-z_, ]+)?( SKIP LOCKED)?$"_s); // there is one writer
    sql.remove(lock);
    return sql;
}

Cell cellOf(sqlite3_stmt* statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return {};
    case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    default: break;
    }
    const char* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    return QString::fromUtf8(text, sqlite3_column_bytes(statement, column));
}

Error openError(const QString& path, const QString& why)
{
    Error e;
    e.kind = ErrorKind::Storage;
    e.code = u"database-unavailable"_s;
    e.detail = u"the database %1 cannot be opened: %2"_s.arg(path, why);
    return e;
}

// As json_each() reads it.
void appendList(std::string& out, const QStringList& list)
{
    out += '[';
    for (const QString& text : list) {
        if (out.back() != '[')
            out += ',';
        protocol::appendQuoted(out, QStringView(text));
    }
    out += ']';
}

// A statement gives its locks back whatever happens to its rows.
class Reset {
public:
    explicit Reset(sqlite3_stmt* statement) : m_statement(statement) {}
    ~Reset() { sqlite3_reset(m_statement); }
    Reset(const Reset&) = delete;
    Reset& operator=(const Reset&) = delete;

private:
    sqlite3_stmt* m_statement;
};

} // namespace

SqliteConnection::SqliteConnection(Mode mode) : m_mode(mode)
{
    if (m_mode == Mode::Writer)
        ++writerCount;
}

SqliteConnection::~SqliteConnection()
{
    for (sqlite3_stmt* statement : std::as_const(m_statements))
        sqlite3_finalize(statement);
    sqlite3_close(m_db);
    if (m_mode == Mode::Writer)
        --writerCount;
}

int SqliteConnection::openWriters() { return writerCount.load(); }

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const QString& path, Mode mode)
{
    // Nobody asks SQLite how much memory it has in use, and counting it is a lock around every allocation. Before its first use; later it
    // refuses, and counts on.
    [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    std::unique_ptr<SqliteConnection> c(new SqliteConnection(mode));
    const int access = mode == Mode::Writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(path.toUtf8().constData(), &c->m_db, access | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
        return openError(path, QString::fromUtf8(c->m_db ? sqlite3_errmsg(c->m_db) : "out of memory"));
    sqlite3_extended_result_codes(c->m_db, 1);
    sqlite3_busy_timeout(c->m_db, kBusyMs);
    try {
        if (mode == Mode::Writer) {
            c->exec(u"PRAGMA journal_mode=WAL"_s);
            c->exec(NARU_MUTATED(2) ? u"PRAGMA synchronous=NORMAL"_s : u"PRAGMA synchronous=FULL"_s);
            c->exec(u"PRAGMA foreign_keys=ON"_s);
            c->exec(u"PRAGMA journal_size_limit=67108864"_s);
            c->exec(u"PRAGMA cache_size=-65536"_s);
        } else {
            c->exec(u"PRAGMA query_only=ON"_s);
            c->exec(u"PRAGMA wal_autocheckpoint=0"_s);
            c->exec(u"PRAGMA cache_size=-16384"_s);
        }
        c->exec(u"PRAGMA mmap_size=0"_s);
        c->exec(u"PRAGMA trusted_schema=OFF"_s);
        c->exec(u"PRAGMA cell_size_check=ON"_s);
        c->query(u"SELECT COUNT(*) FROM sqlite_schema"_s);
    } catch (const StoreError& e) {
        return openError(path, QString::fromUtf8(e.what()));
    }
    return c;
}

void SqliteConnection::raise(const QString& sql)
{
    throw StoreError(kindOf(sqlite3_extended_errcode(m_db)), (QString::fromUtf8(sqlite3_errmsg(m_db)) + u" — "_s + sql.left(200)).toStdString());
}

sqlite3_stmt* SqliteConnection::prepared(const QString& sql)
{
    if (const auto it = m_statements.constFind(sql); it != m_statements.constEnd())
        return *it;
    if (m_statements.size() >= kMostStatements) {
        for (sqlite3_stmt* statement : std::as_const(m_statements))
            sqlite3_finalize(statement);
        m_statements.clear();
    }
    const QByteArray text = sqliteText(sql).toUtf8();
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    if (sqlite3_prepare_v3(m_db, text.constData(), static_cast<int>(text.size() + 1), SQLITE_PREPARE_PERSISTENT, &statement, &rest) != SQLITE_OK)
        raise(sql);
    if (!statement || !QByteArray(rest).trimmed().isEmpty()) {
        sqlite3_finalize(statement);
        throw StoreError(StoreError::Kind::Other, (u"not one statement — "_s + sql.left(200)).toStdString());
    }
    m_statements.insert(sql, statement);
    return statement;
}

// All values of one run; the first `keys` of them stand at the end of the text. SQLite keeps where a text is and copies nothing: it reads
// the texts while the statement runs, which is over before the next one's are collected.
void SqliteConnection::bind(sqlite3_stmt* statement, const Param* values, std::size_t count, std::size_t keys)
{
    m_texts.clear();
    m_ends.clear();
    for (std::size_t i = 0; i < count; ++i) {
        const Param& value = values[i];
        if (!value.isNull() && value.type() == Param::Type::Text)
            value.appendUtf8(m_texts);
        else if (!value.isNull() && value.type() == Param::Type::TextList)
            appendList(m_texts, value.list());
        m_ends.push_back(m_texts.size());
    }
    std::size_t from = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Param& value = values[i];
        const int at = static_cast<int>((i + count - keys) % count) + 1;
        if (value.isNull())
            sqlite3_bind_null(statement, at);
        else if (value.type() == Param::Type::Integer)
            sqlite3_bind_int64(statement, at, value.integer());
        else
            sqlite3_bind_text(statement, at, m_texts.data() + from, static_cast<int>(m_ends[i] - from), SQLITE_STATIC);
        from = m_ends[i];
    }
}

Rows SqliteConnection::query(const QString& sql, const Params& params)
{
    sqlite3_stmt* statement = prepared(sql);
    const Reset reset(statement);
    bind(statement, params.data(), params.size());
    Rows rows;
    const int columns = sqlite3_column_count(statement);
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        std::vector<Cell> values;
        values.reserve(static_cast<std::size_t>(columns));
        for (int i = 0; i < columns; ++i)
            values.push_back(cellOf(statement, i));
        rows.emplace_back(std::move(values));
    }
    if (code != SQLITE_DONE)
        raise(sql);
    return rows;
}

std::int64_t SqliteConnection::run(sqlite3_stmt* statement, const QString& sql)
{
    const Reset reset(statement);
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) // a PRAGMA may answer with rows
        code = sqlite3_step(statement);
    if (code != SQLITE_DONE)
        raise(sql);
    return sqlite3_changes64(m_db);
}

std::int64_t SqliteConnection::exec(const QString& sql, const Params& params)
{
    sqlite3_stmt* statement = prepared(sql);
    bind(statement, params.data(), params.size());
    return run(statement, sql);
}

void SqliteConnection::insertRows(const RowBlock& block)
{
    if (block.rows() == 0)
        return;
    const QString sql = insertText(block);
    sqlite3_stmt* statement = prepared(sql);
    const std::size_t width = block.columns.size();
    for (std::size_t first = 0; first < block.cells.size(); first += width) {
        bind(statement, &block.cells[first], width);
        run(statement, sql);
    }
}

std::int64_t SqliteConnection::updateRows(const RowBlock& block, std::size_t keys)
{
    if (block.rows() == 0)
        return 0;
    const QString sql = updateText(block, keys); // what is set stands before the keys
    sqlite3_stmt* statement = prepared(sql);
    const std::size_t width = block.columns.size();
    std::int64_t changed = 0;
    for (std::size_t first = 0; first < block.cells.size(); first += width) {
        bind(statement, &block.cells[first], width, keys);
        changed += run(statement, sql);
    }
    return changed;
}

void SqliteConnection::begin(Access access) { exec(access == Access::Write ? u"BEGIN IMMEDIATE"_s : u"BEGIN DEFERRED"_s); }

void SqliteConnection::commit() { exec(u"COMMIT"_s); }

void SqliteConnection::rollback() { exec(u"ROLLBACK"_s); }

void SqliteConnection::script(const QString& sql)
{
    const QByteArray text = sql.toUtf8();
    const char* rest = text.constData();
    while (*rest) {
        sqlite3_stmt* statement = nullptr;
        const char* from = rest;
        if (sqlite3_prepare_v2(m_db, from, -1, &statement, &rest) != SQLITE_OK)
            raise(QString::fromUtf8(from));
        if (!statement) // remarks and spaces
            continue;
        int code = SQLITE_ROW;
        while (code == SQLITE_ROW)
            code = sqlite3_step(statement);
        sqlite3_finalize(statement);
        if (code != SQLITE_DONE)
            raise(QString::fromUtf8(from));
    }
}

} // namespace naru::server
