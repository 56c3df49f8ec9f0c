// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/ReservationEngine.h"
#include "server/store/SqliteConnection.h"
#include "support/FakeClock.h"
#include "unit/server/engine/StepWriter.h"

#include <functional>
#include <memory>

namespace naru::bench {

std::unique_ptr<server::SqliteConnection> openedStore(const QString& file, server::SqliteConnection::Mode mode); // throws std::runtime_error

// A store, the writer's steps and somebody who asks, all on the caller's thread, so that instructions can be counted. Its time begins
// a second after the store's last change, whenever it runs: holds of a filled store are open until somebody lets the time pass.
class Bench {
public:
    static constexpr int kBatch = 64;
    static constexpr std::size_t kSpread = 64; // inventories that are booked, spread over all there are

    explicit Bench(const QString& file, std::size_t spread = kSpread);

    server::SqliteConnection& db() { return *m_db; }
    const server::Actor& actor() const { return m_actor; }
    server::TicketRequest ticket(int n, TicketGoal goal, int lines);
    void book(server::ReservationEngine& engine, int ops, TicketGoal goal, int lines, const std::function<void()>& afterBatch = {});
    void expect(int ops) const; // throws unless so many were granted

private:
    std::unique_ptr<server::SqliteConnection> m_db;
    const std::uint64_t m_run; // differs each time the store is opened to book
    test::FakeRng m_rng;
    std::vector<ItemId> m_items;
    std::vector<CustomerId> m_customers;
    server::Actor m_actor;

public:
    test::FakeClock clock;
    test::StepWriter writer;
    int granted = 0;
};

} // namespace naru::bench
