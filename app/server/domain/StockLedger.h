// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "core/StockLedger.h"
#include "server/domain/View.h"

namespace naru::server {

// The movements of an item, the newest first, each with the figures after it and who caused it. Empty when the item is not the
// tenant's own. Any connection.
std::optional<Page<LedgerEntry>> stockLedger(Connection& db, const View& view, ItemId item, const QString& after, int limit);

} // namespace naru::server
