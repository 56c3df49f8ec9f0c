// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/SlotMaker.h"

#include <QLoggingCategory>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(logSlots, "naru.server.slots", QtInfoMsg)

constexpr std::size_t kRulesAtOnce = 50; // the rest a minute later: customers wait for the same writer

Actor systemActor()
{
    Actor a;
    a.role = u"system"_s;
    a.requestId = u"slot-rules"_s;
    return a;
}

void note(std::exception_ptr error)
{
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& e) {
        qCInfo(logSlots) << "a slot rule waits for the next look:" << e.what(); // another node may have been first
    }
}

} // namespace

SlotMaker::SlotMaker(Writer& writer, ReadPool& reads, const Clock& clock, SlotMakerOptions options)
    : m_writer(writer), m_reads(reads), m_clock(clock), m_options(options)
{
}

SlotMaker::~SlotMaker() { stop(); }

void SlotMaker::start()
{
    if (m_thread.joinable())
        return;
    m_stop = false;
    m_thread = std::thread([this] { loop(); });
}

void SlotMaker::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void SlotMaker::loop()
{
    pthread_setname_np(pthread_self(), "slot-rules");
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        lock.unlock();
        look();
        lock.lock();
        m_wake.wait_for(lock, m_options.every, [this] { return m_stop; });
    }
}

void SlotMaker::look()
{
    if (m_looking.exchange(true))
        return;
    const bool taken = m_reads.submit([this](Connection& db) {
        try {
            std::vector<SlotRuleId> due = rulesDue(db, m_clock.now(), m_options.horizonDays);
            if (due.size() > kRulesAtOnce)
                due.resize(kRulesAtOnce);
            for (const SlotRuleId& id : due) {
                const int days = m_options.horizonDays;
                m_writer.submit(systemActor(), [id, days](Txn& txn) { workOffRule(txn, id, days); },
                    [](std::exception_ptr error) {
                        if (error)
                            note(error);
                    });
            }
        } catch (const std::exception&) {
            note(std::current_exception());
        }
        m_looking = false;
    });
    if (!taken)
        m_looking = false;
}

} // namespace naru::server
