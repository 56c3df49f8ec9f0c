// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/domain/View.h"

#include "core/SlotRules.h"

namespace naru::server {

// Changes of what can be sold of slots (and overbooking and safety of goods) by a person: all items of the request or none, in
// one transaction, each with its audit row. What would leave sold seats without a place is refused with 409 capacity-below-sold
// and who is affected (member "impact": CapacityImpact); the same request with a choice does it. Raised figures and opened
// slots go to the waiting lists first. Writer thread.
CapacityResult changeCapacity(Txn& txn, const View& view, const CapacityChange& change);

} // namespace naru::server
