// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"
#include "server/auth/AuthTimer.h"
#include "server/auth/rules/ParallelUse.h"
#include "server/store/AuditChain.h"
#include "server/store/Writer.h"

namespace naru::server {

// What has to be looked at again and again although nobody asks: conflicts whose day is over, and sessions of people who may no longer work
// here (E20); one server of several does it at a time. And what is seen of requests as they come: one session used from two networks (E9). It
// also keeps the place to which the audit trail was followed. Owned by the composition root; stop it before the writer.
class SecurityWatch {
public:
    SecurityWatch(Writer& writer, const Clock& clock) : m_writer(writer), m_clock(clock) {}
    void start(); // a thread that ticks each second
    void stop() { m_timer.stop(); }
    void tick(); // what is due by the clock; tests call it themselves
    // A request of a signed-in caller came from this address. True: the session is in use at two places, so from now on it may only read; its
    // row and a conflict follow. Any thread; never waits.
    bool seen(const Principal& who, const QString& address);
    AuditChain& chain() { return m_chain; }

private:
    Writer& m_writer;
    const Clock& m_clock;
    AuditChain m_chain;
    ParallelUse m_parallel;
    std::mutex m_lock;
    Millis m_last{-1};
    AuthTimer m_timer;
};

} // namespace naru::server
