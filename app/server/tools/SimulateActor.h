// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/tools/SimulateWorld.h"

namespace naru::server {

// One thread's share of the customers and vendors: each act() is about one change. One thread.
class SimulateActor {
public:
    SimulateActor(SimulateWorld& world, SimulateCaller& caller, std::size_t number, std::uint64_t seed)
        : m_world(world), m_caller(caller), m_number(number), m_random(seed)
    {
    }

    bool act(); // the next thing that is due, or a new customer; true when something changed
    Millis gap(double ratePerSecond); // to the next arrival: exponential, so that arrivals are a Poisson process

private:
    bool reserve();
    bool order();
    bool doTask(const SimulateTask& task);
    bool confirm(const SimulateTask& task);
    bool pay(const SimulateTask& task);
    void followTicket(const Ticket& ticket);
    void followOrder(const Order& order);
    bool moveOrder(SimulateTask task);
    bool cancelReservation(const SimulateTask& task);
    bool restock(const SimulateTask& task);

    std::size_t popular(std::size_t count); // few are asked for often, many seldom
    bool chance(double p) { return std::uniform_real_distribution<double>()(m_random) < p; }
    Millis between(int fromSeconds, int toSeconds) { return Millis{std::uniform_int_distribution<int>(fromSeconds * 1000, toSeconds * 1000)(m_random)}; }
    SimulateAccount& shop() { return m_world.storefront(m_number); }

    SimulateWorld& m_world;
    SimulateCaller& m_caller;
    const std::size_t m_number;
    std::mt19937_64 m_random;
};

} // namespace naru::server
