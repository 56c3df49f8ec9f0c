// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/StoreUrl.h"

#include "server/store/PgConnection.h"
#include "server/store/SqliteConnection.h"

#include <QMap>
#include <libpq-fe.h>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

// Empty when the URL cannot be read; `why` then says what libpq thinks of it.
QMap<QString, QString> partsOf(const QString& url, QString* why = nullptr)
{
    char* trouble = nullptr;
    PQconninfoOption* options = PQconninfoParse(url.toUtf8().constData(), &trouble);
    QMap<QString, QString> parts;
    for (const PQconninfoOption* o = options; o && o->keyword; ++o)
        if (o->val)
            parts.insert(QString::fromLatin1(o->keyword), QString::fromUtf8(o->val));
    if (!options && why)
        *why = trouble ? QString::fromUtf8(trouble).trimmed() : u"it cannot be read"_s;
    PQfreemem(trouble);
    PQconninfoFree(options);
    return parts;
}

} // namespace

Engine engineOf(const QString& database)
{
    return database.startsWith(u"postgres://"_s) || database.startsWith(u"postgresql://"_s) ? Engine::Postgres : Engine::Sqlite;
}

QString storeName(const QString& database)
{
    if (engineOf(database) == Engine::Sqlite)
        return database;
    const auto parts = partsOf(database);
    const QString user = parts.value(u"user"_s);
    const QString port = parts.value(u"port"_s);
    return u"postgres://"_s + (user.isEmpty() ? user : user + u'@') + parts.value(u"host"_s) + (port.isEmpty() ? port : u':' + port) + u'/' + parts.value(u"dbname"_s);
}

QString whyNotUrl(const QString& database)
{
    if (engineOf(database) == Engine::Sqlite) {
        // A scheme of another kind is a slip, not a file called so.
        return database.contains(u"://"_s) ? u"a path or postgres://user:password@host:5432/name"_s : QString();
    }
    QString why;
    const auto parts = partsOf(database, &why);
    if (!why.isEmpty()) // libpq may quote the URL, password and all
        return u"postgres://user:password@host:5432/name, with special characters written as %XX"_s;
    if (parts.value(u"dbname"_s).isEmpty())
        return u"postgres://user:password@host:5432/name: the name of the database is missing"_s;
    return {};
}

QStringList keywordsOf(const QString& url) { return partsOf(url).keys(); }

Result<std::unique_ptr<Connection>> openStore(const QString& database, StoreAccess how)
{
    if (engineOf(database) == Engine::Sqlite) {
        auto db = SqliteConnection::open(database, how == StoreAccess::Writer ? SqliteConnection::Mode::Writer : SqliteConnection::Mode::Reader);
        if (!db)
            return db.error();
        return std::unique_ptr<Connection>(std::move(*db));
    }
    try {
        return std::unique_ptr<Connection>(PgConnection::open(database, how == StoreAccess::Writer ? PgConnection::Mode::Writer : PgConnection::Mode::Reader));
    } catch (const StoreError& e) {
        Error error;
        error.kind = ErrorKind::Storage;
        error.code = u"database-unavailable"_s;
        error.detail = QString::fromUtf8(e.what());
        return error;
    }
}

} // namespace naru::server
