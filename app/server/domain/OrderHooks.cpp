// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/OrderHooks.h"

#include "server/domain/Orders.h"
#include "server/domain/VendorOrders.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kReturnWindow = std::chrono::hours(24 * 7); // delivered this long: closed

int moveDue(Txn& txn, const QString& sql, Instant before, int limit, VendorOrderStatus to, const QString& reason)
{
    const Rows due = txn.db().query(sql, {Param(before), Param(limit)});
    for (const Row& row : due) {
        const auto id = row.id<VendorOrderId>(0);
        // A request of its own for each: the ledger takes one entry per request, item and kind.
        const Txn::AsSystem system(txn, u"sweep-"_s + id.toString());
        VendorOrderMove move;
        move.to = to;
        move.reason = reason;
        applyVendorOrderMove(txn, id, move);
        settleOrder(txn, row.id<OrderId>(1));
    }
    return static_cast<int>(due.size());
}

} // namespace

void orderHoldExpired(Txn& txn, HoldId hold)
{
    const auto row = txn.db().one(u"SELECT id FROM sales_order WHERE hold_id = ? AND status = 'pending_payment'"_s, {hold});
    if (!row)
        return;
    const Txn::AsSystem system(txn);
    auto order = orderRow(txn.db(), row->id<OrderId>(0));
    const QString reason = u"not paid in time"_s;
    moveOrder(txn, *order, OrderStatus::Expired, reason);
    voidPayments(txn, order->id, reason);
}

int sweepOrders(Txn& txn, int limit)
{
    int moved = moveDue(txn, u"SELECT id, order_id FROM vendor_order WHERE status = 'awaiting_acceptance' AND accept_due_at <= ? ORDER BY accept_due_at LIMIT ?"_s, txn.now(), limit,
        VendorOrderStatus::Cancelled, u"not accepted in time"_s);
    if (moved < limit)
        moved += moveDue(txn, u"SELECT id, order_id FROM vendor_order WHERE status = 'delivered' AND updated_at <= ? ORDER BY updated_at LIMIT ?"_s, txn.now() - kReturnWindow,
            limit - moved, VendorOrderStatus::Closed, {});
    return moved;
}

} // namespace naru::server
