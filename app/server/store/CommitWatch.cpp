// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/CommitWatch.h"

#include "server/store/CommitBatch.h"
#include "server/store/PgConnection.h"

#include <QLoggingCategory>

#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcWatch, "naru.server.watch")

constexpr Millis kPoll{1'000};

} // namespace

CommitWatch::CommitWatch(QString url, QString own, std::function<void(std::int64_t)> told, std::function<void(Connection&)> visit)
    : m_url(std::move(url)), m_own(std::move(own)), m_told(std::move(told)), m_visit(std::move(visit)), m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    m_thread = std::thread([this] { run(); });
}

CommitWatch::~CommitWatch()
{
    {
        const std::lock_guard lock(m_lock);
        m_stopping = true;
    }
    m_changed.notify_all();
    const std::uint64_t one = 1;
    if (::write(m_wake, &one, sizeof one) < 0)
        qCWarning(lcWatch, "the watch is told to stop at its next look");
    m_thread.join();
    ::close(m_wake);
}

bool CommitWatch::stopping()
{
    const std::lock_guard lock(m_lock);
    return m_stopping;
}

void CommitWatch::run()
{
    pthread_setname_np(pthread_self(), "commit-watch");
    while (!stopping()) {
        try {
            listen();
        } catch (const StoreError& e) {
            qCInfo(lcWatch, "not listening to the other servers: %s", e.what());
        }
        std::unique_lock lock(m_lock);
        m_changed.wait_for(lock, kPoll, [this] { return m_stopping; });
    }
}

std::int64_t CommitWatch::newestOf(const QStringList& told, const QString& own)
{
    std::int64_t newest = 0;
    for (const QString& payload : told) {
        const qsizetype space = payload.indexOf(u' ');
        if (payload.mid(space + 1) != own)
            newest = std::max<std::int64_t>(newest, payload.left(space).toLongLong());
    }
    return newest;
}

void CommitWatch::listen()
{
    const auto db = PgConnection::open(m_url, PgConnection::Mode::Reader);
    db->listen(QString::fromLatin1(kCommitChannel));
    std::int64_t newest = 0;
    while (!stopping()) {
        if (m_visit)
            m_visit(*db);
        std::int64_t seen = newest;
        const QStringList told = db->notifications(kPoll, m_wake);
        seen = std::max(seen, newestOf(told, m_own));
        if (told.isEmpty() && !stopping())
            seen = std::max(seen, db->one(u"SELECT outbox_seq FROM tail WHERE id = 1"_s)->integer(0));
        if (seen > newest) {
            newest = seen;
            m_told(newest);
        }
    }
}

} // namespace naru::server
