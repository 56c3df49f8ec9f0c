// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Database.h"

#include "server/store/FileLock.h"
#include "server/store/GatheringWriter.h"
#include "server/store/StoreReadPool.h"

namespace naru::server {

struct Database::Impl {
    std::unique_ptr<FileLock> lock; // declared first: given back last
    std::unique_ptr<GatheringWriter> writer;
    std::unique_ptr<StoreReadPool> reads;
};

Database::Database(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Database::~Database()
{
    m_impl->reads->stop();
    m_impl->writer->stop();
}

Writer& Database::writer() { return *m_impl->writer; }
ReadPool& Database::reads() { return *m_impl->reads; }

Result<std::unique_ptr<Database>> Database::open(const StoreOptions& options, const Clock& clock, Rng& rng)
{
    auto impl = std::make_unique<Impl>();
    if (engineOf(options.path) == Engine::Sqlite) { // servers share a PostgreSQL
        auto lock = FileLock::take(options.path);
        if (!lock)
            return lock.error();
        impl->lock = std::move(*lock);
    }
    const QString where = options.path;
    impl->writer = std::make_unique<GatheringWriter>(options, [where] { return openStore(where, StoreAccess::Writer); }, clock, rng);
    if (const auto opened = impl->writer->open(); !opened)
        return opened.error();
    impl->reads = std::make_unique<StoreReadPool>(options, [where] { return openStore(where, StoreAccess::Reader); });
    return std::unique_ptr<Database>(new Database(std::move(impl)));
}

} // namespace naru::server
