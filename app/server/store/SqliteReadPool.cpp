// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/SqliteReadPool.h"

#include "server/store/SqliteConnection.h"

#include <QLoggingCategory>
#include <pthread.h>

Q_LOGGING_CATEGORY(lcReads, "naru.server.reads")

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

// Stands in while the file cannot be opened: every statement says why.
class ClosedConnection final : public Connection {
public:
    explicit ClosedConnection(QString why) : m_why(std::move(why)) {}
    Rows query(const QString&, const Params&) override { refuse(); }
    std::int64_t exec(const QString&, const Params&) override { refuse(); }
    void begin(Access) override { refuse(); }
    void commit() override { refuse(); }
    void rollback() override { refuse(); }
    void script(const QString&) override { refuse(); }

private:
    [[noreturn]] void refuse() const { throw StoreError(StoreError::Kind::Io, m_why.toStdString()); }
    QString m_why;
};

} // namespace

SqliteReadPool::SqliteReadPool(const StoreOptions& options) : m_options(options)
{
    for (int i = 0; i < options.readers; ++i)
        m_threads.emplace_back([this, i] { run(i); });
}

SqliteReadPool::~SqliteReadPool() { stop(); }

bool SqliteReadPool::submit(std::function<void(Connection&)> work)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_queue.size() >= static_cast<std::size_t>(m_options.readQueue))
            return false;
        m_queue.push_back(std::move(work));
    }
    m_changed.notify_one();
    return true;
}

void SqliteReadPool::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    for (std::thread& t : m_threads)
        if (t.joinable())
            t.join();
    m_threads.clear();
}

void SqliteReadPool::run(int number)
{
    pthread_setname_np(pthread_self(), ("reader-" + std::to_string(number)).c_str());
    std::unique_ptr<SqliteConnection> db;
    for (;;) {
        std::function<void(Connection&)> work;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            work = std::move(m_queue.front());
            m_queue.pop_front();
        }
        if (!db) {
            auto opened = SqliteConnection::open(m_options.path, SqliteConnection::Mode::Reader);
            if (!opened) {
                qCWarning(lcReads, "%s", qUtf8Printable(opened.error().detail));
                ClosedConnection closed(opened.error().detail);
                work(closed);
                continue;
            }
            db = std::move(*opened);
        }
        try {
            db->exec(u"BEGIN DEFERRED"_s); // one snapshot for all statements of this piece
            work(*db);
            db->exec(u"COMMIT"_s);
        } catch (const StoreError& e) {
            qCWarning(lcReads, "read connection reopened: %s", e.what());
            db.reset();
        }
    }
}

} // namespace naru::server
