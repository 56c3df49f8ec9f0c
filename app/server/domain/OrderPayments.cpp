// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Orders.h"

#include "protocol/Events.h"
#include "server/domain/Split.h"
#include "server/domain/VendorOrders.h"
#include "server/engine/Holds.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

struct PaymentRow {
    PaymentId id;
    OrderId order;
    PaymentStatus status = PaymentStatus::Created;
    std::int64_t authorised = 0;
    std::int64_t version = 1;
};

void publishPayment(Txn& txn, const PaymentRow& p)
{
    txn.publish(protocol::topic::kPayment, std::nullopt, u"payment"_s, p.id.value, p.version,
        json::object{{"id", protocol::utf8(p.id.toString())}, {"order_id", protocol::utf8(p.order.toString())}, {"status", protocol::wireName(p.status)}, {"version", p.version}});
}

void movePayment(Txn& txn, PaymentRow& p, PaymentStatus to, const QString& reason = {})
{
    const auto from = protocol::wireName(p.status);
    txn.allow(Machine::Payment, from, protocol::wireName(to));
    txn.db().exec(u"UPDATE payment SET status = ?, authorised_minor = ?, version = version + 1 WHERE id = ? AND version = ?"_s,
        {Param(protocol::wireName(to)), Param(p.authorised), Param(p.id), Param(p.version)});
    ++p.version;
    p.status = to;
    txn.transition(Machine::Payment, p.id.value, from, protocol::wireName(to), p.version, reason);
    publishPayment(txn, p);
}

void recordEvent(Txn& txn, PaymentId payment, const QString& kind, std::int64_t amount, const QString& providerEvent, const json::object& raw)
{
    txn.db().exec(u"INSERT INTO payment_event (id, payment_id, kind, amount_minor, provider_event_id, raw_json, at) VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
        {txn.newId<Id<struct PaymentEventTag>>(), payment, kind, amount, providerEvent, protocol::fromUtf8(json::serialize(raw)), txn.now()});
}

void setPaymentStatus(Txn& txn, OrderId order, PaymentStatus status)
{
    txn.db().exec(u"UPDATE sales_order SET payment_status = ? WHERE id = ?"_s, {Param(protocol::wireName(status)), Param(order)});
}

PaymentRow authorisePayment(Txn& txn, const OrderRow& order, const PaymentReport& report)
{
    PaymentRow p;
    p.id = txn.newId<PaymentId>();
    p.order = order.id;
    txn.db().exec(u"INSERT INTO payment (id, order_id, provider, provider_ref, status, currency, request_key) VALUES (?, ?, ?, ?, 'created', ?, ?)"_s,
        {p.id, order.id, report.provider, report.providerRef, order.currency, report.provider + u'/' + report.providerRef});
    txn.audit(u"payment.reported"_s, u"payment"_s, p.id.value, protocol::toJson(report));
    publishPayment(txn, p);
    movePayment(txn, p, PaymentStatus::Processing);
    p.authorised = report.authorisedMinor;
    recordEvent(txn, p.id, u"authorise"_s, p.authorised, report.providerRef, protocol::toJson(report).as_object());
    movePayment(txn, p, PaymentStatus::Authorised);
    setPaymentStatus(txn, order.id, PaymentStatus::Authorised);
    return p;
}

std::vector<PaymentRow> authorisedPayments(Connection& db, OrderId order)
{
    std::vector<PaymentRow> payments;
    for (const Row& row : db.query(u"SELECT id, authorised_minor, version FROM payment WHERE order_id = ? AND status = 'authorised' ORDER BY id"_s, {order})) {
        PaymentRow p;
        p.id = row.id<PaymentId>(0);
        p.order = order;
        p.status = PaymentStatus::Authorised;
        p.authorised = row.integer(1);
        p.version = row.integer(2);
        payments.push_back(p);
    }
    return payments;
}

// A vendor's part of an order about to be placed.
struct Part {
    VendorId vendor;
    VendorOrderId id;
    std::int64_t lines = 0;
    std::int64_t total = 0;
    int acceptSlaMin = 0;
};

std::vector<Part> partsOf(Connection& db, OrderId order)
{
    std::vector<Part> parts;
    for (const Row& row : db.query(u"SELECT l.vendor_id, SUM(l.total_minor), v.accept_sla_min FROM order_line l JOIN vendor v ON v.id = l.vendor_id WHERE l.order_id = ? "
                                   "GROUP BY l.vendor_id, v.accept_sla_min ORDER BY MIN(l.line_no)"_s,
             {order})) {
        Part p;
        p.vendor = row.id<VendorId>(0);
        p.lines = row.integer(1);
        p.acceptSlaMin = row.number(2);
        parts.push_back(p);
    }
    return parts;
}

void insertPart(Txn& txn, const OrderRow& order, Part& part)
{
    part.id = txn.newId<VendorOrderId>();
    const QString code = u"VO-%1"_s.arg(10'000 + nextNumber(txn.db(), u"vendor_order_code"_s));
    txn.db().exec(u"INSERT INTO vendor_order (id, code, order_id, vendor_id, status, accept_due_at, total_minor, currency, placed_at, updated_at) VALUES (?, ?, ?, ?, 'awaiting_acceptance', ?, ?, ?, ?, ?)"_s,
        {part.id, code, order.id, part.vendor, txn.now() + std::chrono::minutes(part.acceptSlaMin), part.total, order.currency, txn.now(), txn.now()});
    txn.db().exec(u"UPDATE order_line SET vendor_order_id = ? WHERE order_id = ? AND vendor_id = ?"_s, {part.id, order.id, part.vendor});
    txn.audit(u"vendor_order.created"_s, u"vendor_order"_s, part.id.value,
        json::object{{"code", protocol::utf8(code)}, {"order", protocol::utf8(order.code)}, {"total_minor", part.total}});
}

void splitPayments(Txn& txn, OrderId order, const std::vector<Part>& parts)
{
    std::vector<std::int64_t> weights;
    for (const Part& p : parts)
        weights.push_back(p.total);
    for (const PaymentRow& payment : authorisedPayments(txn.db(), order)) {
        const auto shares = splitByLargestRemainder(payment.authorised, weights);
        for (std::size_t i = 0; i < parts.size(); ++i)
            txn.db().exec(u"INSERT INTO payment_split (payment_id, vendor_order_id, authorised_minor) VALUES (?, ?, ?)"_s, {payment.id, parts[i].id, shares[i]});
    }
}

} // namespace

std::int64_t nextNumber(Connection& db, const QString& series)
{
    if (db.exec(u"UPDATE auth_seq SET v = v + 1 WHERE name = ?"_s, {series}) == 0)
        db.exec(u"INSERT INTO auth_seq (name, v) VALUES (?, 1)"_s, {series});
    return db.one(u"SELECT v FROM auth_seq WHERE name = ?"_s, {series})->integer(0);
}

void placeOrder(Txn& txn, OrderRow& row)
{
    const Txn::AsSystem system(txn);
    moveOrder(txn, row, OrderStatus::Placed);
    std::vector<OrderAllocation> allocations;
    for (const Row& line : txn.db().query(u"SELECT id, inventory_item_id, qty FROM order_line WHERE order_id = ? ORDER BY line_no"_s, {row.id}))
        allocations.push_back({line.id<OrderLineId>(0), line.id<ItemId>(1), line.integer(2)});
    allocateHold(txn, row.holdId.value_or(HoldId{}), allocations);

    std::vector<Part> parts = partsOf(txn.db(), row.id);
    std::vector<std::int64_t> weights;
    for (const Part& p : parts)
        weights.push_back(p.lines);
    const auto shipping = splitByLargestRemainder(row.shippingMinor, weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i].total = parts[i].lines + shipping[i];
        insertPart(txn, row, parts[i]);
    }
    splitPayments(txn, row.id, parts);
    txn.db().exec(u"UPDATE sales_order SET fulfilment_status = 'open' WHERE id = ?"_s, {row.id});
    for (const Part& p : parts)
        publishVendorOrder(txn, p.id);
}

Order reportPayment(Txn& txn, const View& view, OrderId id, const PaymentReport& report)
{
    Connection& db = txn.db();
    auto order = orderRow(db, id);
    if (!order || view.vendor)
        notFound();
    if (const auto known = db.one(u"SELECT p.order_id, e.amount_minor FROM payment p LEFT JOIN payment_event e ON e.payment_id = p.id AND e.kind = 'authorise' WHERE p.provider = ? AND p.provider_ref = ?"_s,
            {report.provider, report.providerRef})) {
        if (known->id<OrderId>(0) != id || known->integer(1) != report.authorisedMinor)
            throw ProblemError(409, "payment-conflict", u"the provider's reference was reported before with another order or amount"_s);
        return *orderById(db, view, id);
    }
    {
        const Txn::AsSystem system(txn);
        PaymentRow payment = authorisePayment(txn, *order, report);
        if (order->status != OrderStatus::PendingPayment) {
            // Too late, or paid twice: nothing is kept that buys nothing.
            movePayment(txn, payment, PaymentStatus::Voided, u"the order was %1 already"_s.arg(protocol::wireText(order->status)));
            recordEvent(txn, payment.id, u"void"_s, payment.authorised, u"void:"_s + report.providerRef, {});
            const bool stillPaid = order->status == OrderStatus::Placed || order->status == OrderStatus::InFulfilment || order->status == OrderStatus::Completed;
            setPaymentStatus(txn, id, stillPaid ? PaymentStatus::Authorised : PaymentStatus::Voided);
            return *orderById(db, view, id);
        }
    }
    std::int64_t authorised = 0;
    for (const PaymentRow& p : authorisedPayments(db, id))
        authorised += p.authorised;
    if (authorised >= order->totalMinor)
        placeOrder(txn, *order);
    return *orderById(db, view, id);
}

void voidPayments(Txn& txn, OrderId order, const QString& reason)
{
    const Txn::AsSystem system(txn);
    for (PaymentRow& p : authorisedPayments(txn.db(), order)) {
        movePayment(txn, p, PaymentStatus::Voided, reason);
        recordEvent(txn, p.id, u"void"_s, p.authorised, u"void:"_s + p.id.toString(), {});
        setPaymentStatus(txn, order, PaymentStatus::Voided);
    }
}

Order cancelOrder(Txn& txn, const View& view, OrderId id, const QString& reason)
{
    auto order = orderRow(txn.db(), id);
    if (!order || view.vendor)
        notFound();
    txn.allow(Machine::Order, protocol::wireName(order->status), protocol::wireName(OrderStatus::Cancelled));
    const bool unpaid = order->status == OrderStatus::PendingPayment || order->status == OrderStatus::PendingStock;
    for (const Row& part : txn.db().query(u"SELECT id, status FROM vendor_order WHERE order_id = ? AND status NOT IN ('closed','refused','cancelled') ORDER BY code"_s, {id})) {
        if (part.text(1) == u"partially_shipped" || part.text(1) == u"shipped" || part.text(1) == u"delivered")
            throw ProblemError(409, "already-shipped", u"a part of the order is on its way: it can only come back as a return"_s);
        VendorOrderMove move;
        move.to = VendorOrderStatus::Cancelled;
        move.reason = reason;
        applyVendorOrderMove(txn, part.id<VendorOrderId>(0), move);
    }
    moveOrder(txn, *order, OrderStatus::Cancelled, reason);
    if (unpaid && order->holdId)
        endHold(txn, *order->holdId, HoldStatus::Released, reason);
    voidPayments(txn, id, reason);
    return *orderById(txn.db(), view, id);
}

} // namespace naru::server
