// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Database.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QSet>

static void initialiseStoreResource() { Q_INIT_RESOURCE(server_store); }

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

// Held while a node looks at schema_migration and changes it: of several that start together one does the work.
constexpr std::int64_t kMigrationLock = 0x6e617275; // "naru"

struct Migration {
    int number; // of the file's name: 0003_immutable_rows.sql
    QString name;
    QString sql;
};

// All files, or those for one engine: a head "-- engine: sqlite" or "-- engine: postgres" leaves the other out.
std::vector<Migration> migrationsFor(std::optional<Engine> engine)
{
    initialiseStoreResource();
    std::vector<Migration> list;
    for (const QString& name : QDir(u":/server/migrations"_s).entryList({u"*.sql"_s}, QDir::Files, QDir::Name)) {
        QFile f(u":/server/migrations/"_s + name);
        if (!f.open(QIODevice::ReadOnly))
            throw StoreError(StoreError::Kind::Other, "migration " + name.toStdString() + " is not compiled in");
        Migration m{name.left(4).toInt(), name, QString::fromUtf8(f.readAll())};
        const bool sqliteOnly = m.sql.contains(u"\n-- engine: sqlite\n"_s);
        const bool postgresOnly = m.sql.contains(u"\n-- engine: postgres\n"_s);
        if (!engine || !(*engine == Engine::Sqlite ? postgresOnly : sqliteOnly))
            list.push_back(std::move(m));
    }
    return list;
}

void apply(Connection& db, const Migration& m)
{
    db.script(m.sql);
    db.exec(u"INSERT INTO schema_migration (number, name) VALUES (?, ?)"_s, {m.number, m.name});
}

// What is not recorded yet, in order. Whether there was any.
bool applyMissing(Connection& db, std::optional<int> upTo)
{
    const std::vector<Migration> known = migrationsFor(db.engine());
    QSet<int> have;
    for (const Row& row : db.query(u"SELECT number FROM schema_migration"_s))
        have.insert(row.number(0));
    for (const int number : have) {
        if (std::none_of(known.begin(), known.end(), [number](const Migration& m) { return m.number == number; }))
            throw StoreError(StoreError::Kind::Other, "the database was written by a newer program");
    }
    bool some = false;
    for (const Migration& m : known)
        if (!have.contains(m.number) && (!upTo || m.number <= *upTo)) {
            apply(db, m);
            some = true;
        }
    return some;
}

// SQLite makes a table anew to change it, which its foreign keys would take for the loss of every row. They are looked at as a whole instead.
void requireForeignKeys(Connection& db)
{
    const auto broken = db.one(u"SELECT \"table\", rowid, parent FROM pragma_foreign_key_check"_s);
    if (broken)
        throw StoreError(StoreError::Kind::Corrupt,
            u"row %1 of %2 leads to a row of %3 that is not there; nothing was changed"_s.arg(broken->text(1), broken->text(0), broken->text(2)).toStdString());
}

} // namespace

int newestMigration()
{
    static const int newest = [] {
        int number = 0;
        for (const Migration& m : migrationsFor(std::nullopt))
            number = std::max(number, m.number);
        return number;
    }();
    return newest;
}

int migrationOf(Connection& db)
{
    return db.one(u"SELECT COALESCE(MAX(number), 0) FROM schema_migration"_s)->number(0);
}

int migrate(Connection& db, std::optional<int> upTo)
{
    const bool sqlite = db.engine() == Engine::Sqlite;
    if (sqlite) // not possible inside the transaction
        db.exec(u"PRAGMA foreign_keys=OFF"_s);
    const auto again = qScopeGuard([&db, sqlite] {
        try {
            if (sqlite)
                db.exec(u"PRAGMA foreign_keys=ON"_s);
        } catch (const StoreError&) {
            // only after another error, which says what happened
        }
    });
    db.begin(Connection::Access::Write);
    try {
        if (!sqlite) {
            // The others' work, and an index on a large table, take the time they take.
            db.exec(u"SET LOCAL lock_timeout = 0"_s);
            db.exec(u"SET LOCAL statement_timeout = 0"_s);
            db.query(u"SELECT pg_advisory_xact_lock(?)"_s, {kMigrationLock});
        }
        db.exec(u"CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"_s);
        if (applyMissing(db, upTo) && sqlite)
            requireForeignKeys(db);
        db.commit();
    } catch (const StoreError&) {
        try {
            db.rollback();
        } catch (const StoreError&) {
            // the first error says what happened
        }
        throw;
    }
    return upTo.value_or(newestMigration());
}

} // namespace naru::server
