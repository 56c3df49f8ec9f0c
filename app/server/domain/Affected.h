// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/SlotRules.h"
#include "server/domain/View.h"

// Who has a part in inventory items: reservations, open holds, orders. Any connection.
namespace naru::server {

inline constexpr std::size_t kMaxAffected = 100;

struct AffectedAsk {
    ItemId item;
    std::optional<std::int64_t> wanted;
    std::int64_t missing = 0;
};

// In the order of the slots' starts. Names as the viewer may see them; at most 200 parties an item, who came first first.
std::vector<AffectedSlot> affectedSlots(Connection& db, const View& view, const std::vector<AffectedAsk>& asks);

} // namespace naru::server
