// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/conflict/SecurityWatch.h"

#include "server/auth/conflict/Conflicts.h"
#include "server/auth/handover/Handover.h"
#include "server/auth/history/AccountLock.h"
#include "server/engine/Duty.h"

#include <QLoggingCategory>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(logWatch, "naru.server.watch", QtInfoMsg)

constexpr Millis kEvery{10'000};

Actor systemActor()
{
    Actor a;
    a.role = u"system"_s;
    a.requestId = u"watch"_s;
    return a;
}

} // namespace

void SecurityWatch::start()
{
    m_timer.start([this] { tick(); });
}

void SecurityWatch::tick()
{
    {
        const std::lock_guard guard(m_lock);
        const Millis now = m_clock.steady();
        if (m_last.count() >= 0 && now - m_last < kEvery)
            return;
        m_last = now;
    }
    // A full intake has worse worries; the next beat asks again.
    m_writer.submit(systemActor(),
        [](Txn& txn) {
            if (!takeDuty(txn, "security-watch"))
                return;
            endOfThoseGone(txn);
            expireConflicts(txn);
            expireHandovers(txn);
        },
        [](std::exception_ptr error) {
            if (error)
                qCInfo(logWatch, "sessions were not looked at this time");
        });
}

} // namespace naru::server
