// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/SqliteConnection.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSqlError>
#include <QSqlRecord>
#include <atomic>

#include "server/store/Failpoint.h"

namespace naru::server {
namespace {

std::atomic<int> writerCount{0};
std::atomic<std::uint64_t> nextName{1};

StoreError::Kind kindOf(const QSqlError& error)
{
    // Extended result codes carry the primary one in their low byte (sqlite.org/rescode.html).
    switch (error.nativeErrorCode().toInt() & 0xFF) {
    case 5: case 6: return StoreError::Kind::Busy;
    case 8: return StoreError::Kind::ReadOnly;
    case 10: case 14: return StoreError::Kind::Io;
    case 11: case 26: return StoreError::Kind::Corrupt;
    case 13: return StoreError::Kind::DiskFull;
    case 19: return StoreError::Kind::Constraint;
    default: return StoreError::Kind::Other;
    }
}

[[noreturn]] void raise(const QSqlError& error, const QString& sql)
{
    const QString text = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    throw StoreError(kindOf(error), (text + QStringLiteral(" — ") + sql.left(200)).toStdString());
}

// What the shared texts say in the other engine's words.
QString sqliteText(QString sql)
{
    sql.replace(QStringLiteral("= ANY(?)"), QStringLiteral("IN (SELECT value FROM json_each(?))"));
    sql.replace(QStringLiteral("<> ALL(?)"), QStringLiteral("NOT IN (SELECT value FROM json_each(?))"));
    static const QRegularExpression lock(QStringLiteral(" FOR (NO KEY )?UPDATE( OF [a-z_, ]+)?( SKIP LOCKED)?$")); // there is one writer
    sql.remove(lock);
    return sql;
}

QVariant bound(const Param& p)
{
    if (p.isNull())
        return {};
    switch (p.type()) {
    case Param::Type::Integer: return static_cast<qlonglong>(p.integer());
    case Param::Type::Text: return p.text().isNull() ? QStringLiteral("") : p.text(); // a null QString would be bound as NULL
    case Param::Type::TextList: return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(p.list())).toJson(QJsonDocument::Compact));
    case Param::Type::Unknown: break;
    }
    return {};
}

Cell cellOf(const QVariant& v)
{
    if (v.isNull())
        return {};
    switch (v.typeId()) {
    case QMetaType::LongLong: case QMetaType::Int: return v.toLongLong();
    case QMetaType::Double: return v.toDouble();
    default: return v.toString();
    }
}

Error openError(const QString& path, const QString& why)
{
    Error e;
    e.kind = ErrorKind::Storage;
    e.code = QStringLiteral("database-unavailable");
    e.detail = QStringLiteral("the database %1 cannot be opened: %2").arg(path, why);
    return e;
}

} // namespace

SqliteConnection::SqliteConnection(const QString& name, Mode mode) : m_name(name), m_mode(mode)
{
    m_db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    if (m_mode == Mode::Writer)
        ++writerCount;
}

SqliteConnection::~SqliteConnection()
{
    m_statements.clear();
    m_db.close();
    m_db = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
    if (m_mode == Mode::Writer)
        --writerCount;
}

int SqliteConnection::openWriters() { return writerCount.load(); }

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const QString& path, Mode mode)
{
    std::unique_ptr<SqliteConnection> c(new SqliteConnection(QStringLiteral("naru-server-%1").arg(nextName++), mode));
    c->m_db.setDatabaseName(path);
    c->m_db.setConnectOptions(mode == Mode::Writer ? QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000")
                                                   : QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000;QSQLITE_OPEN_READONLY"));
    if (!c->m_db.open())
        return openError(path, c->m_db.lastError().text());
    try {
        if (mode == Mode::Writer) {
            c->exec(QStringLiteral("PRAGMA journal_mode=WAL"));
            c->exec(NARU_MUTATED(2) ? QStringLiteral("PRAGMA synchronous=NORMAL") : QStringLiteral("PRAGMA synchronous=FULL"));
            c->exec(QStringLiteral("PRAGMA foreign_keys=ON"));
            c->exec(QStringLiteral("PRAGMA journal_size_limit=67108864"));
            c->exec(QStringLiteral("PRAGMA cache_size=-65536"));
        } else {
            c->exec(QStringLiteral("PRAGMA query_only=ON"));
            c->exec(QStringLiteral("PRAGMA wal_autocheckpoint=0"));
            c->exec(QStringLiteral("PRAGMA cache_size=-16384"));
        }
        c->exec(QStringLiteral("PRAGMA mmap_size=0"));
        c->exec(QStringLiteral("PRAGMA trusted_schema=OFF"));
        c->exec(QStringLiteral("PRAGMA cell_size_check=ON"));
        c->query(QStringLiteral("SELECT COUNT(*) FROM sqlite_schema"));
    } catch (const StoreError& e) {
        return openError(path, QString::fromUtf8(e.what()));
    }
    return c;
}

QSqlQuery& SqliteConnection::prepared(const QString& sql)
{
    if (const auto it = m_statements.constFind(sql); it != m_statements.constEnd())
        return **it;
    auto query = std::make_shared<QSqlQuery>(m_db);
    query->setForwardOnly(true);
    if (!query->prepare(sqliteText(sql)))
        raise(query->lastError(), sql);
    if (m_statements.size() > 512) // generated filters must not grow the cache for ever
        m_statements.clear();
    m_statements.insert(sql, query);
    return **m_statements.constFind(sql);
}

QSqlQuery& SqliteConnection::run(const QString& sql, const Params& params)
{
    QSqlQuery& q = prepared(sql);
    for (std::size_t i = 0; i < params.size(); ++i)
        q.bindValue(static_cast<int>(i), bound(params[i]));
    if (!q.exec()) {
        const QSqlError error = q.lastError();
        q.finish();
        raise(error, sql);
    }
    return q;
}

Rows SqliteConnection::query(const QString& sql, const Params& params)
{
    QSqlQuery& q = run(sql, params);
    Rows rows;
    int columns = -1;
    while (q.next()) {
        if (columns < 0)
            columns = q.record().count();
        std::vector<Cell> values;
        values.reserve(static_cast<std::size_t>(columns));
        for (int i = 0; i < columns; ++i)
            values.push_back(cellOf(q.value(i)));
        rows.emplace_back(std::move(values));
    }
    const QSqlError error = q.lastError();
    q.finish();
    if (error.isValid())
        raise(error, sql);
    return rows;
}

std::int64_t SqliteConnection::exec(const QString& sql, const Params& params)
{
    QSqlQuery& q = run(sql, params);
    const std::int64_t changed = q.numRowsAffected();
    q.finish();
    return changed;
}

void SqliteConnection::begin(Access access)
{
    exec(access == Access::Write ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN DEFERRED"));
}

void SqliteConnection::commit() { exec(QStringLiteral("COMMIT")); }

void SqliteConnection::rollback() { exec(QStringLiteral("ROLLBACK")); }

void SqliteConnection::script(const QString& sql)
{
    QString statement;
    bool inTrigger = false;
    const QStringList lines = sql.split(u'\n');
    for (const QString& line : lines) {
        const QString bare = line.trimmed();
        if (bare.isEmpty() || bare.startsWith(QStringLiteral("--")))
            continue;
        if (statement.isEmpty())
            inTrigger = bare.startsWith(QStringLiteral("CREATE TRIGGER"));
        const qsizetype remark = line.indexOf(QStringLiteral("; --")); // behind the statement's end: not for Qt, which takes it for another one
        statement += (remark < 0 ? line : line.left(remark + 1)) + u'\n';
        const bool ends = inTrigger ? bare == QStringLiteral("END;") : bare.endsWith(u';') || remark >= 0;
        if (!ends)
            continue;
        QSqlQuery q(m_db);
        if (!q.exec(statement))
            raise(q.lastError(), statement);
        statement.clear();
    }
}

} // namespace naru::server
