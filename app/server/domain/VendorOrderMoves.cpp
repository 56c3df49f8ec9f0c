// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/VendorOrders.h"

#include "protocol/Events.h"
#include "server/domain/Orders.h"
#include "server/engine/Holds.h"

namespace naru::server {

using namespace Qt::StringLiterals;
using Status = VendorOrderStatus;

namespace {

struct PartRow {
    VendorOrderId id;
    OrderId order;
    VendorId vendor;
    Status status = Status::AwaitingAcceptance;
    std::int64_t version = 0;
};

std::optional<PartRow> partRow(Connection& db, VendorOrderId id)
{
    const auto row = db.one(u"SELECT id, order_id, vendor_id, status, version FROM vendor_order WHERE id = ?"_s, {id});
    if (!row)
        return std::nullopt;
    PartRow p;
    p.id = row->id<VendorOrderId>(0);
    p.order = row->id<OrderId>(1);
    p.vendor = row->id<VendorId>(2);
    p.status = protocol::fromWire<Status>(row->text(3)).value_or(Status::Closed);
    p.version = row->integer(4);
    return p;
}

struct OpenLine {
    OrderLineId id;
    std::int64_t open = 0; // neither shipped nor cancelled
};

std::vector<OpenLine> openLines(Connection& db, const PartRow& part)
{
    std::vector<OpenLine> lines;
    for (const Row& row : db.query(u"SELECT id, qty - cancelled_qty - shipped_qty FROM order_line WHERE order_id = ? AND vendor_order_id = ? AND qty > cancelled_qty + shipped_qty ORDER BY line_no"_s,
             {part.order, part.id}))
        lines.push_back({row.id<OrderLineId>(0), row.integer(1)});
    return lines;
}

void accept(Txn& txn, const PartRow& part)
{
    const auto sla = txn.db().one(u"SELECT ship_sla_min FROM vendor WHERE id = ?"_s, {part.vendor});
    txn.db().exec(u"UPDATE vendor_order SET ship_due_at = ? WHERE id = ?"_s, {txn.now() + std::chrono::minutes(sla ? sla->number(0) : 0), part.id});
    // The first vendor that accepts starts the order's fulfilment; until then the system may still call the whole order off.
    auto order = orderRow(txn.db(), part.order);
    if (order && order->status == OrderStatus::Placed) {
        const Txn::AsSystem system(txn);
        moveOrder(txn, *order, OrderStatus::InFulfilment);
    }
}

void ship(Txn& txn, const PartRow& part, const VendorOrderMove& move)
{
    const auto fulfilment = txn.newId<Id<struct FulfilmentTag>>();
    txn.db().exec(u"INSERT INTO fulfilment (id, vendor_order_id, status, carrier, tracking_no, shipped_at) VALUES (?, ?, 'shipped', ?, ?, ?)"_s,
        {fulfilment, part.id, move.carrier, move.trackingNo, txn.now()});
    for (const OpenLine& line : openLines(txn.db(), part)) {
        txn.db().exec(u"INSERT INTO fulfilment_line (fulfilment_id, order_line_id, qty) VALUES (?, ?, ?)"_s, {fulfilment, line.id, line.open});
        txn.db().exec(u"UPDATE order_line SET shipped_qty = shipped_qty + ? WHERE id = ?"_s, {line.open, line.id});
        consumeAllocation(txn, line.id, line.open, fulfilment.value);
    }
    txn.db().exec(u"UPDATE vendor_order SET carrier = ?, tracking_no = ? WHERE id = ?"_s, {move.carrier, move.trackingNo, part.id});
}

void giveBack(Txn& txn, const PartRow& part, const QString& reason)
{
    for (const OpenLine& line : openLines(txn.db(), part)) {
        txn.db().exec(u"UPDATE order_line SET cancelled_qty = cancelled_qty + ? WHERE id = ?"_s, {line.open, line.id});
        releaseAllocation(txn, line.id, reason);
    }
}

// Statuses of all parts of an order.
std::vector<Status> partStatuses(Connection& db, OrderId order)
{
    std::vector<Status> statuses;
    for (const Row& row : db.query(u"SELECT status FROM vendor_order WHERE order_id = ?"_s, {order}))
        statuses.push_back(protocol::fromWire<Status>(row.text(0)).value_or(Status::Closed));
    return statuses;
}

bool isDead(Status s) { return s == Status::Refused || s == Status::Cancelled; }
bool isUnderWay(Status s) { return s == Status::PartiallyShipped || s == Status::Shipped || s == Status::Delivered || s == Status::Closed; }

QString fulfilmentStatus(const std::vector<Status>& parts)
{
    const auto all = [&](auto test) { return std::all_of(parts.begin(), parts.end(), test); };
    if (all(isDead))
        return u"cancelled"_s;
    if (all([](Status s) { return isDead(s) || s == Status::Delivered || s == Status::Closed; }))
        return u"delivered"_s;
    if (all([](Status s) { return isDead(s) || (isUnderWay(s) && s != Status::PartiallyShipped); }))
        return u"shipped"_s;
    return std::any_of(parts.begin(), parts.end(), isUnderWay) ? u"partially_shipped"_s : u"open"_s;
}

} // namespace

void publishVendorOrder(Txn& txn, VendorOrderId id)
{
    if (const auto card = vendorOrderCard(txn.db(), payloadView(txn.now()), id))
        txn.publish(protocol::topic::kVendorOrder, card->vendorId, u"vendor_order"_s, id.value, card->version, protocol::toJson(*card).as_object());
}

void applyVendorOrderMove(Txn& txn, VendorOrderId id, const VendorOrderMove& move)
{
    Connection& db = txn.db();
    const auto part = partRow(db, id);
    if (!part)
        notFound();
    const auto from = protocol::wireName(part->status);
    const auto to = protocol::wireName(move.to);
    txn.allow(Machine::VendorOrder, from, to);
    if (move.to == Status::PartiallyShipped)
        throw ProblemError(409, "lines-needed", u"shipping a part needs to say which pieces; this interface does not take them yet"_s);
    db.exec(u"UPDATE vendor_order SET status = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?"_s,
        {Param(to), Param(txn.now()), Param(id), Param(part->version)});
    if (move.to == Status::Accepted)
        accept(txn, *part);
    else if (move.to == Status::Shipped)
        ship(txn, *part, move);
    else if (isDead(move.to))
        giveBack(txn, *part, move.reason);
    else if (move.to == Status::Delivered)
        db.exec(u"UPDATE fulfilment SET status = 'delivered', delivered_at = ?, version = version + 1 WHERE vendor_order_id = ? AND status = 'shipped'"_s, {txn.now(), id});
    txn.transition(Machine::VendorOrder, id.value, from, to, part->version + 1, move.reason);
    publishVendorOrder(txn, id);
    if (move.to != Status::Accepted && move.to != Status::Preparing)
        db.exec(u"UPDATE sales_order SET fulfilment_status = ? WHERE id = ?"_s, {fulfilmentStatus(partStatuses(db, part->order)), part->order});
}

void settleOrder(Txn& txn, OrderId id)
{
    const auto parts = partStatuses(txn.db(), id);
    if (!std::all_of(parts.begin(), parts.end(), [](Status s) { return isDead(s) || s == Status::Closed; }))
        return;
    auto order = orderRow(txn.db(), id);
    if (!order || (order->status != OrderStatus::Placed && order->status != OrderStatus::InFulfilment))
        return;
    if (!std::all_of(parts.begin(), parts.end(), isDead)) {
        const Txn::AsSystem system(txn);
        moveOrder(txn, *order, OrderStatus::Completed);
        return;
    }
    const QString reason = u"every part was refused or cancelled"_s;
    voidPayments(txn, id, reason);
    if (order->status == OrderStatus::Placed) {
        const Txn::AsSystem system(txn);
        moveOrder(txn, *order, OrderStatus::Cancelled, reason);
    } else if (txn.actor().letter == 'O') {
        moveOrder(txn, *order, OrderStatus::Cancelled, reason);
    }
    // Otherwise fulfilment had begun and the table leaves calling the order off to the operator's people: the money is back,
    // the order waits for them.
}

VendorOrderDetail moveVendorOrder(Txn& txn, const View& view, VendorOrderId id, std::int64_t version, const VendorOrderMove& move)
{
    const auto part = partRow(txn.db(), id);
    if (!part || !view.sees(part->vendor))
        notFound();
    if (part->version != version)
        versionMismatch(part->version, protocol::toJson(*vendorOrderDetail(txn.db(), view, id)));
    applyVendorOrderMove(txn, id, move);
    settleOrder(txn, part->order);
    return *vendorOrderDetail(txn.db(), view, id, &txn.journal());
}

} // namespace naru::server
