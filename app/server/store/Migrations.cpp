// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Database.h"
#include "server/store/SqliteConnection.h"

#include <QDir>
#include <QFile>

static void initialiseStoreResource() { Q_INIT_RESOURCE(server_store); }

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

QStringList migrationFiles()
{
    initialiseStoreResource();
    return QDir(u":/server/migrations"_s).entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
}

QString textOf(const QString& name)
{
    QFile f(u":/server/migrations/"_s + name);
    if (!f.open(QIODevice::ReadOnly))
        throw StoreError(StoreError::Kind::Other, "migration " + name.toStdString() + " is not compiled in");
    return QString::fromUtf8(f.readAll());
}

} // namespace

int newestMigration() { return static_cast<int>(migrationFiles().size()); }

int migrate(SqliteConnection& db)
{
    db.exec(u"CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"_s);
    const int have = db.one(u"SELECT COALESCE(MAX(number), 0) FROM schema_migration"_s)->number(0);
    const QStringList files = migrationFiles();
    if (have > files.size())
        throw StoreError(StoreError::Kind::Other, "the database was written by a newer program");
    for (int number = have + 1; number <= files.size(); ++number) {
        const QString& name = files.at(number - 1);
        db.exec(u"BEGIN IMMEDIATE"_s);
        try {
            db.script(textOf(name));
            db.exec(u"INSERT INTO schema_migration (number, name) VALUES (?, ?)"_s, {number, name});
            db.exec(u"COMMIT"_s);
        } catch (const StoreError&) {
            db.exec(u"ROLLBACK"_s);
            throw;
        }
    }
    return static_cast<int>(files.size());
}

} // namespace naru::server
