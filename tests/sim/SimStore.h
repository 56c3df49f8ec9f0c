// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"
#include "server/store/SqliteConnection.h"

namespace naru::sim {

// One database in memory for all seeds: migrated and filled once, put back after each seed by rolling back. One thread.
class SimStore {
public:
    static constexpr int kItems = 12;
    static constexpr std::int64_t kPrice = 45'000; // of a seat, everywhere

    SimStore();
    server::Connection& db() { return *m_db; }
    void begin(); // a seed
    void putBack();

    UserId user;
    std::vector<CustomerId> customers;
    std::vector<ItemId> items; // capacity without seats, of slots far away; in the order of their ids

private:
    void fill();

    std::unique_ptr<server::SqliteConnection> m_db;
};

} // namespace naru::sim
