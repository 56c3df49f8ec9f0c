// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/Result.h"
#include "server/store/ReadPool.h"
#include "server/store/Writer.h"

#include <memory>

namespace naru::server {

struct StoreOptions {
    QString path; // the SQLite file, whose folder must exist, or postgres://…
    int intake = 4096; // waiting writes; more are refused
    int batch = 256; // most pieces of one commit
    int readers = 3;
    int readQueue = 2048;
    QString name; // of this server among those that share the store: its own commits are not news to it
};

// The store of one server: its writer and its readers on a SQLite file (with the file's lock: one process per file) or on a PostgreSQL
// that servers share. Built and closed on one thread (the composition root's).
class Database {
public:
    // Takes the lock, opens, migrates. Errors (kind Storage): "database-in-use" names the process that holds it,
    // "database-newer" when the file was written by a later program, "database-unavailable".
    static Result<std::unique_ptr<Database>> open(const StoreOptions& options, const Clock& clock, Rng& rng);
    ~Database(); // readers first, then the writer, then the lock
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Writer& writer();
    ReadPool& reads();

private:
    struct Impl;
    explicit Database(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

// Brings the database up to this program's schema: app/server/store/migrations, in one transaction, recorded in
// schema_migration. The returned number is the version reached; `upTo`: an older one (tests). Throws StoreError.
int migrate(Connection& db, std::optional<int> upTo = {});
int migrationOf(Connection& db); // the version it is at; 0: none
int newestMigration();

} // namespace naru::server
