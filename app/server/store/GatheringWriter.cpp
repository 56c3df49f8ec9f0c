// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/GatheringWriter.h"

#include <algorithm>
#include <pthread.h>

namespace naru::server {

using namespace Qt::StringLiterals;

GatheringWriter::GatheringWriter(const StoreOptions& options, StoreOpener open, const Clock& clock, Rng& rng)
    : m_options(options), m_open(std::move(open)), m_clock(clock), m_rng(rng)
{
}

GatheringWriter::~GatheringWriter() { stop(); }

Result<Done> GatheringWriter::open()
{
    m_thread = std::thread([this] { run(); });
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_opened.has_value(); });
    return *m_opened;
}

bool GatheringWriter::submit(Actor actor, WriteWork work, WriteDone done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_queue.size() >= static_cast<std::size_t>(m_options.intake))
            return false;
        m_queue.push_back({std::move(actor), std::move(work), std::move(done), nullptr});
    }
    m_changed.notify_all();
    return true;
}

void GatheringWriter::attach(BatchParticipant& participant) { m_participants.push_back(&participant); }

void GatheringWriter::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_awake = true;
    }
    m_changed.notify_all();
}

void GatheringWriter::onCommitted(std::function<void(const Events&)> listener) { m_listeners.push_back(std::move(listener)); }

void GatheringWriter::start()
{
    {
        const std::lock_guard lock(m_mutex);
        m_started = true;
    }
    m_changed.notify_all();
}

void GatheringWriter::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

bool GatheringWriter::healthy(QString* why) const
{
    const std::lock_guard lock(m_mutex);
    if (why)
        *why = m_trouble;
    return m_trouble.isEmpty();
}

void GatheringWriter::setHealth(const QString& trouble)
{
    const std::lock_guard lock(m_mutex);
    m_trouble = trouble;
}

Result<Done> GatheringWriter::openFirst()
{
    auto db = m_open();
    if (!db)
        return db.error();
    m_db = std::move(*db);
    try {
        migrate(*m_db);
    } catch (const StoreError& e) {
        Error error;
        error.kind = ErrorKind::Storage;
        error.code = u"database-unavailable"_s;
        error.detail = u"the database %1 cannot be brought up to date: %2"_s.arg(storeName(m_options.path), QString::fromUtf8(e.what()));
        return error;
    }
    return Done{};
}

void GatheringWriter::run()
{
    pthread_setname_np(pthread_self(), "writer");
    Result<Done> opened = openFirst();
    const bool usable = opened.has_value();
    {
        std::unique_lock lock(m_mutex);
        m_opened = std::move(opened);
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_started || m_stopping; });
    }
    std::vector<Job> jobs;
    for (bool going = usable; going;) {
        waitForWork(jobs);
        const bool worked = commit(jobs);
        jobs.clear();
        const std::lock_guard lock(m_mutex);
        going = worked || !m_stopping || !m_queue.empty();
    }
    m_batch.reset();
    m_db.reset();
}

void GatheringWriter::waitForWork(std::vector<Job>& jobs)
{
    std::unique_lock lock(m_mutex);
    const auto some = [this] { return m_stopping || m_awake || !m_queue.empty(); };
    if (m_batch && m_batch->owesWord() && (!m_changed.wait_for(lock, CommitBatch::kWordEvery, some) || m_stopping)) {
        lock.unlock();
        m_batch->sendWord();
        lock.lock();
    }
    m_changed.wait(lock, some);
    m_awake = false;
    while (!m_queue.empty() && jobs.size() < static_cast<std::size_t>(m_options.batch)) {
        jobs.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
}

bool GatheringWriter::connected()
{
    if (m_db && m_db->usable()) {
        if (!m_batch) {
            m_batch = std::make_unique<CommitBatch>(*m_db, m_clock, m_rng, m_participants, static_cast<std::size_t>(m_options.batch));
            m_batch->signAs(m_options.name);
            m_batch->onBusy([this](Millis pause) {
                std::unique_lock lock(m_mutex);
                m_changed.wait_for(lock, pause, [this] { return m_stopping; });
            });
            m_batch->onOutcome([this](const QString& trouble) { setHealth(trouble); });
        }
        return true;
    }
    m_batch.reset();
    m_db.reset();
    const Millis now = m_clock.steady();
    if (now < m_nextTry)
        return false;
    auto db = m_open();
    if (!db) {
        m_patience = std::clamp(m_patience * 2, Millis{100}, Millis{2'000});
        m_nextTry = now + m_patience;
        setHealth(db.error().detail);
        return false;
    }
    m_patience = Millis{0};
    m_db = std::move(*db);
    return connected();
}

bool GatheringWriter::commit(std::vector<Job>& jobs)
{
    if (!connected()) {
        const bool some = !jobs.empty();
        CommitBatch::refuse(m_participants, static_cast<std::size_t>(m_options.batch), jobs,
            std::make_exception_ptr(StoreError(StoreError::Kind::Io, "the database cannot be reached")));
        return some;
    }
    const CommitBatch::Outcome outcome = m_batch->run(jobs);
    if (m_batch->more())
        wake();
    if (outcome == CommitBatch::Outcome::Nothing)
        return false;
    if (outcome == CommitBatch::Outcome::Committed)
        if (auto events = std::make_shared<const std::vector<OutboxEvent>>(m_batch->takePublished()); !events->empty())
            for (const auto& listener : m_listeners)
                listener(events);
    return true;
}

} // namespace naru::server
