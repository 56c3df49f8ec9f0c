// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Database.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace naru::server {

// The ReadPool on SQLite: `readers` threads, each with its own read-only connection.
class SqliteReadPool final : public ReadPool {
public:
    explicit SqliteReadPool(const StoreOptions& options);
    ~SqliteReadPool() override;

    bool submit(std::function<void(Connection&)> work) override;
    void stop() override;

private:
    void run(int number);

    const StoreOptions m_options;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void(Connection&)>> m_queue;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace naru::server
