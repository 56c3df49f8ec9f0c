// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/StoreReadPool.h"

#include <QLoggingCategory>
#include <pthread.h>

Q_LOGGING_CATEGORY(lcReads, "naru.server.reads")

namespace naru::server {

namespace {

// One reader's connection as its pieces of work see it. Opened, and put into a snapshot, by the first question of a piece; when that
// one finds the connection lost it is asked once more on a new one. Later questions are not: they belong to the old snapshot.
class ReadSession final : public Connection {
private:
    template <class Question> auto guarded(Question& question)
    {
        if (!m_db)
            throw StoreError(StoreError::Kind::Io, "the connection was lost");
        return question();
    }
    template <class Question> auto first(Question& question)
    {
        m_db->begin(Access::Read); // one snapshot for all statements of this piece
        m_asked = true;
        return guarded(question);
    }
    template <class Question> auto ask(Question question)
    {
        if (m_asked)
            return guarded(question);
        if (m_db && m_db->usable()) {
            try {
                return first(question);
            } catch (const StoreError& e) {
                if (e.kind != StoreError::Kind::Io)
                    throw;
                qCInfo(lcReads, "read connection reopened: %s", e.what());
            }
        }
        m_asked = false;
        m_db.reset();
        auto opened = m_open();
        if (!opened) {
            qCWarning(lcReads, "%s", qUtf8Printable(opened.error().detail));
            throw StoreError(StoreError::Kind::Io, opened.error().detail.toStdString());
        }
        m_db = std::move(*opened);
        return first(question);
    }

public:
    ReadSession(const StoreOpener& open, Engine engine) : m_open(open), m_engine(engine) {}

    Engine engine() const override { return m_engine; }
    Rows query(const QString& sql, const Params& params) override
    {
        return ask([&] { return m_db->query(sql, params); });
    }
    std::int64_t exec(const QString& sql, const Params& params) override
    {
        return ask([&] { return m_db->exec(sql, params); });
    }
    void begin(Access) override {} // a piece is one transaction
    void commit() override {}
    void rollback() override {}
    void script(const QString& sql) override
    {
        ask([&] {
            m_db->script(sql);
            return 0;
        });
    }

    void end() // of the piece
    {
        const bool asked = std::exchange(m_asked, false);
        try {
            if (asked && m_db)
                m_db->rollback(); // nothing was changed, and it also ends a transaction that failed
        } catch (const StoreError& e) {
            qCInfo(lcReads, "read connection reopened: %s", e.what());
            m_db.reset();
        }
    }

private:
    const StoreOpener& m_open;
    const Engine m_engine;
    std::unique_ptr<Connection> m_db;
    bool m_asked = false; // a transaction is open
};

} // namespace

StoreReadPool::StoreReadPool(const StoreOptions& options, StoreOpener open) : m_options(options), m_open(std::move(open))
{
    for (int i = 0; i < options.readers; ++i)
        m_threads.emplace_back([this, i] { run(i); });
}

StoreReadPool::~StoreReadPool() { stop(); }

bool StoreReadPool::submit(std::function<void(Connection&)> work)
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

void StoreReadPool::stop()
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

void StoreReadPool::run(int number)
{
    pthread_setname_np(pthread_self(), ("reader-" + std::to_string(number)).c_str());
    ReadSession session(m_open, engineOf(m_options.path));
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
        work(session);
        session.end();
    }
}

} // namespace naru::server
