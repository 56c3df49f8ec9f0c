// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Orders.h"
#include "core/Reservations.h"
#include "server/config/Config.h"
#include "server/tools/SimulateCaller.h"

#include <deque>
#include <queue>
#include <random>

namespace naru::server {

struct SimulateOffer {
    OfferId id;
    VendorId vendor;
    QString currency;
};
// Something that is to happen later: the rest of a customer's or a vendor's story.
struct SimulateTask {
    enum class Kind { ConfirmTicket, CancelTicket, CancelReservation, PayOrder, CancelOrder, MoveOrder, Restock };
    Kind kind = Kind::ConfirmTicket;
    Millis due{0};
    std::string id; // of the ticket, reservation, order, vendor order or inventory item
    std::int64_t number = 0; // PayOrder: total; MoveOrder: version
    VendorOrderStatus to = VendorOrderStatus::Accepted;
    VendorId vendor;
};

// What there is to buy and to reserve, who buys, who sells, and what is still to happen. Filled by one thread, then shared by
// all; only the tasks change.
class SimulateWorld {
public:
    SimulateWorld(const SimulateOptions& options, SimulateRun& run) : m_options(options), m_run(run) {}

    // Empty text, or why there is nothing to do.
    QString load(SimulateCaller& caller);

    SimulateAccount& storefront(std::size_t i) { return *m_storefronts[i % m_storefronts.size()]; }
    SimulateAccount* vendor(const VendorId& id); // nullptr: nobody acts for it
    const std::vector<SimulateOffer>& offers() const { return m_offers; }
    const std::vector<ItemId>& slots() const { return m_slots; }
    const std::vector<CustomerId>& customers() const { return m_customers; }
    std::size_t vendorCount() const { return m_vendors.size(); }

    void later(SimulateTask task, Millis delay);
    std::optional<SimulateTask> due();
    std::size_t waiting() const;

private:
    QString signInAll(SimulateCaller& caller);
    void loadOffers(SimulateCaller& caller);
    void loadSlots(SimulateCaller& caller);
    void loadCustomers(SimulateCaller& caller);
    void loadOpenOrders(SimulateCaller& caller);

    const SimulateOptions& m_options;
    SimulateRun& m_run;
    std::vector<std::unique_ptr<SimulateAccount>> m_storefronts;
    std::map<VendorId, std::unique_ptr<SimulateAccount>> m_vendors;
    std::vector<SimulateOffer> m_offers;
    std::vector<ItemId> m_slots;
    std::vector<CustomerId> m_customers;

    struct Later {
        bool operator()(const SimulateTask& a, const SimulateTask& b) const { return a.due > b.due; }
    };
    mutable std::mutex m_lock; // guards m_tasks
    std::priority_queue<SimulateTask, std::vector<SimulateTask>, Later> m_tasks;
};

} // namespace naru::server
