// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/cache/CacheUse.h"
#include "backend/cache/Database.h"
#include "core/Clock.h"
#include "protocol/Json.h"

#include <QLockFile>
#include <memory>

namespace naru::backend {

// What the server said last, for showing at once after a start and while it is away: cache-v1.sqlite in a folder per server
// and user. Disposable: a broken or newer file is put aside and begun anew; when the disk refuses, the program works without
// and says so once. Lists are kept as the ids of their rows, so that an event makes every kept list current. Backend thread,
// owned by the engine.
class Cache {
public:
    static constexpr int kVersion = 1;
    struct Stored {
        protocol::json::value body; // as the server would have sent it
        Instant asOf{};
    };

    Cache(const Clock& clock, QString baseFolder, Database::Fault fault = {});
    ~Cache();

    void open(const QString& server, const QString& user);
    void close();
    bool isOpen() const { return m_db.isOpen(); }
    QString file() const { return m_file; }

    std::optional<Stored> load(const QString& key, const CacheUse& use);
    void store(const QString& key, const CacheUse& use, const protocol::json::value& body);
    void apply(const std::vector<EntityRow>& rows); // one transaction

    std::optional<protocol::json::value> entityNow(EntityKind kind, const QString& id);

    std::optional<QString> note(const QString& name);
    void setNote(const QString& name, const QString& value);

private:
    bool takeFolder(const QString& folder);
    void openFile();
    void prepare();
    void putAside();
    // Runs `work`; a failure puts the file aside (broken) or ends the use of the cache (anything else).
    bool guarded(const char* what, const std::function<void()>& work);
    void upsert(const EntityRow& row, std::int64_t now);
    std::optional<protocol::json::value> entity(EntityKind kind, const QString& id);
    std::optional<protocol::json::value> expand(const protocol::json::value& kept, EntityKind kind);
    void freshen(protocol::json::value& body, const CacheUse& use);
    void join(EntityKind kind, const std::vector<QString>& ids);

    const Clock& m_clock;
    const QString m_base;
    Database m_db;
    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
    bool m_warned = false;
};

} // namespace naru::backend
