// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Orders.h"
#include "core/Page.h"
#include "server/domain/View.h"

// The parts of orders that vendors handle. Reads: any connection; writes: writer thread.
namespace naru::server {

std::optional<VendorOrderCard> vendorOrderCard(Connection& db, const View& view, VendorOrderId id);
std::optional<VendorOrderDetail> vendorOrderDetail(Connection& db, const View& view, VendorOrderId id, const Journal* uncommitted = nullptr);
Page<VendorOrderCard> listVendorOrders(Connection& db, const View& view, const VendorOrderQuery& query);
std::vector<StatusCount> countVendorOrders(Connection& db, const View& view, std::optional<VendorId> vendor, const QString& text);

VendorOrderDetail moveVendorOrder(Txn& txn, const View& view, VendorOrderId id, std::int64_t version, const VendorOrderMove& move);
// The same without a person's version: what follows by rule (deadlines, a cancelled order). Does not look at the siblings.
void applyVendorOrderMove(Txn& txn, VendorOrderId id, const VendorOrderMove& move);
// Ends the order once nothing of it is under way any more: completed, or cancelled with its payment voided.
void settleOrder(Txn& txn, OrderId order);
void publishVendorOrder(Txn& txn, VendorOrderId id);

// Title (and SKU) out of a line's snapshot.
QString snapshotTitle(const QString& snapshot, QString* sku = nullptr);

} // namespace naru::server
