// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/cache/Database.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <atomic>
#include <optional>

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

std::atomic<int> g_connections{0}; // connection names are per process

SqlFailure failure(const QSqlError& error)
{
    const int code = error.nativeErrorCode().toInt() & 0xFF; // extended codes keep the primary one in the low byte
    return {error.text(), code == 11 || code == 26}; // SQLITE_CORRUPT, SQLITE_NOTADB
}

} // namespace

void Database::open(const QString& path)
{
    close();
    m_name = u"naru-cache-%1"_s.arg(++g_connections);
    QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    db.setDatabaseName(path);
    db.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=2000"_s);
    if (!db.open()) {
        const SqlFailure why = failure(db.lastError());
        db = {};
        close();
        throw why;
    }
}

void Database::close()
{
    if (m_name.isEmpty())
        return;
    m_prepared.clear();
    {
        QSqlDatabase db = QSqlDatabase::database(m_name, false);
        db.close();
    }
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
}

QSqlQuery& Database::exec(const char* sql, Binds binds)
{
    if (m_fault && m_fault(sql))
        throw SqlFailure(u"made to fail: "_s + QString::fromLatin1(sql), false);
    auto it = m_prepared.find(sql);
    if (it == m_prepared.end()) {
        QSqlQuery q(QSqlDatabase::database(m_name, false));
        q.setForwardOnly(true);
        if (!q.prepare(QString::fromLatin1(sql)))
            throw failure(q.lastError());
        it = m_prepared.emplace(sql, std::move(q)).first;
    }
    QSqlQuery& q = it->second;
    int n = 0;
    for (const QVariant& v : binds)
        q.bindValue(n++, v);
    if (!q.exec())
        throw failure(q.lastError());
    return q;
}

void Database::run(const char* sql, Binds binds) { exec(sql, binds).finish(); }

void Database::each(const char* sql, Binds binds, const std::function<void(const QSqlQuery&)>& row)
{
    QSqlQuery& q = exec(sql, binds);
    while (q.next())
        row(q);
    const QSqlError error = q.lastError();
    q.finish();
    if (error.isValid())
        throw failure(error); // a broken page shows only when it is read
}

std::optional<QVariant> Database::one(const char* sql, Binds binds)
{
    std::optional<QVariant> out;
    each(sql, binds, [&](const QSqlQuery& q) {
        if (!out)
            out = q.value(0);
    });
    return out;
}

void Database::transaction(const std::function<void()>& work)
{
    run("BEGIN IMMEDIATE");
    try {
        work();
        run("COMMIT");
    } catch (...) {
        QSqlQuery back(QSqlDatabase::database(m_name, false));
        back.exec(u"ROLLBACK"_s); // may itself fail on a dying disk: closing rolls back too
        throw;
    }
}

} // namespace naru::backend
