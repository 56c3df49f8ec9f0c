// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "server/auth/AuthTimer.h"
#include "server/store/AuditChain.h"
#include "server/store/Writer.h"

namespace naru::server {

// What has to be looked at again and again although nobody asks: conflicts and handed-over drafts whose day is over, and sessions of people who may no longer work
// here (E20). One server of several does it at a time. It also keeps the place to which the audit trail was followed. Owned by the composition root;
// stop it before the writer.
class SecurityWatch {
public:
    SecurityWatch(Writer& writer, const Clock& clock) : m_writer(writer), m_clock(clock) {}
    void start(); // a thread that ticks each second
    void stop() { m_timer.stop(); }
    void tick(); // what is due by the clock; tests call it themselves
    AuditChain& chain() { return m_chain; }

private:
    Writer& m_writer;
    const Clock& m_clock;
    AuditChain m_chain;
    std::mutex m_lock;
    Millis m_last{-1};
    AuthTimer m_timer;
};

} // namespace naru::server
