// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Id.h"
#include "server/config/Config.h"

#include <memory>
#include <string>
#include <vector>

namespace naru::server {
class Node;
}

namespace naru::bench {

// What the bench books: inventories of a future slot each with more places than anybody can take, customers, accounts of
// storefronts (store1 … store4, password naru-demo-2026), made in an empty store on either engine.
struct World {
    std::vector<std::string> items;
    std::vector<std::string> customers;
    std::string policy; // the standard cancellation policy
    std::string channel; // id of the account store1
    std::string scarce; // an inventory of exactly kScarce places
    static constexpr int kScarce = 100;
};

server::Config storeConfig(const QString& dataDir, const QString& database, const QString& keysDir);
// The whole node inside this process. Throws std::runtime_error with its reason.
std::unique_ptr<server::Node> startNode(const server::Config& config);
World makeWorld(const server::Config& config, int items);

} // namespace naru::bench
