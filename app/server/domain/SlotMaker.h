// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "server/domain/SlotRules.h"
#include "server/store/ReadPool.h"
#include "server/store/Writer.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace naru::server {

struct SlotMakerOptions {
    int horizonDays = kRuleHorizonDays;
    Millis every{60'000};
};

// Works slot rules off as days come: a thread that looks once a minute which rules do not reach the horizon, and asks the writer
// for what is missing, one rule a piece. Any number of nodes may do so: a slot exists once per variant and start. Owned by the
// composition root; started after the writer, stopped before it.
class SlotMaker {
public:
    SlotMaker(Writer& writer, ReadPool& reads, const Clock& clock, SlotMakerOptions options = {});
    ~SlotMaker();
    void start();
    void stop();
    void look(); // now; any thread

private:
    void loop();

    Writer& m_writer;
    ReadPool& m_reads;
    const Clock& m_clock;
    const SlotMakerOptions m_options;
    std::atomic<bool> m_looking{false}; // one look at a time: a slow disk must not fill the writer's intake
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace naru::server
