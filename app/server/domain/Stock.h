// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/domain/View.h"

namespace naru::server {

std::optional<StockLevel> stockLevel(Connection& db, const View& view, ItemId id); // empty when it is not the tenant's own
// Received or adjusted by a person; 412 when `version` is old.
StockLevel changeStock(Txn& txn, const View& view, ItemId id, std::int64_t version, const StockChange& change);

// The vendor's stock of a variant at its default location, made empty when there is none.
ItemId ensureStockItem(Txn& txn, VendorId vendor, VariantId variant);
// First receipt of an item without a version check (new products and slots). Zero changes nothing.
void receiveStock(Txn& txn, ItemId id, std::int64_t qty, const QString& reason);

} // namespace naru::server
