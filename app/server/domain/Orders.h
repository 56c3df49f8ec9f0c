// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Orders.h"
#include "core/Page.h"
#include "server/domain/View.h"

// Orders of customers: made with their stock held, paid, split by vendor. Reads: any connection; writes: writer thread.
namespace naru::server {

// The columns that moves of an order need.
struct OrderRow {
    OrderId id;
    QString code;
    OrderStatus status = OrderStatus::Draft;
    CustomerId customerId;
    QString currency;
    std::int64_t totalMinor = 0;
    std::int64_t shippingMinor = 0;
    std::optional<HoldId> holdId;
    std::int64_t version = 0;
};
std::optional<OrderRow> orderRow(Connection& db, OrderId id);

// A vendor sees its own lines, its own part and their sums only.
std::optional<Order> orderById(Connection& db, const View& view, OrderId id);
Page<Order> listOrders(Connection& db, const View& view, std::optional<OrderStatus> status, const QString& after, int limit);
std::vector<OrderLine> orderLines(Connection& db, const View& view, OrderId order, std::optional<VendorOrderId> part);

// Checks prices and limits, holds every line's stock, ends in pending_payment. 409 with the refusal's reason, the line and the
// item when one line cannot be had: then nothing was changed.
Order createOrder(Txn& txn, const View& view, const NewOrder& wanted, const QString& requestKey);
// The channel's provider reports an authorisation. The same report again changes nothing. Placed once authorised ≥ total; a
// payment for an order that is already over is voided.
Order reportPayment(Txn& txn, const View& view, OrderId id, const PaymentReport& report);
Order cancelOrder(Txn& txn, const View& view, OrderId id, const QString& reason);

// The next number of a series (order codes), counted in the writer's transaction: no gaps, no repeats.
std::int64_t nextNumber(Connection& db, const QString& series);
// One move of the order machine with its trail; updates `row`.
void moveOrder(Txn& txn, OrderRow& row, OrderStatus to, const QString& reason = {});
// Placement: allocations for the hold, one vendor order per vendor, shares of shipping and of the payments.
void placeOrder(Txn& txn, OrderRow& row);
// Voids what was authorised and not captured, as the system; keeps sales_order.payment_status in step.
void voidPayments(Txn& txn, OrderId order, const QString& reason);

} // namespace naru::server
