// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Database.h"
#include "server/store/StoreUrl.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace naru::server {

// The ReadPool on either engine: `readers` threads, each with its own read-only connection, opened when first needed and again
// when it was lost.
class StoreReadPool final : public ReadPool {
public:
    StoreReadPool(const StoreOptions& options, StoreOpener open);
    ~StoreReadPool() override;

    bool submit(std::function<void(Connection&)> work) override;
    void stop() override;

private:
    void run(int number);

    const StoreOptions m_options;
    const StoreOpener m_open;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void(Connection&)>> m_queue;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace naru::server
