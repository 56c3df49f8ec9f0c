// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Orders.h"

#include "server/domain/VendorOrders.h"

namespace naru::server {

using namespace Qt::StringLiterals;

std::optional<OrderRow> orderRow(Connection& db, OrderId id)
{
    const auto row = db.one(u"SELECT id, code, status, customer_id, currency, total_minor, shipping_minor, hold_id, version FROM sales_order WHERE id = ?"_s, {id});
    if (!row)
        return std::nullopt;
    OrderRow o;
    o.id = row->id<OrderId>(0);
    o.code = row->text(1);
    o.status = protocol::fromWire<OrderStatus>(row->text(2)).value_or(OrderStatus::Draft);
    o.customerId = row->id<CustomerId>(3);
    o.currency = row->text(4);
    o.totalMinor = row->integer(5);
    o.shippingMinor = row->integer(6);
    o.holdId = row->maybeId<HoldId>(7);
    o.version = row->integer(8);
    return o;
}

QString snapshotTitle(const QString& snapshot, QString* sku)
{
    const auto parsed = protocol::parseJson(protocol::utf8(snapshot));
    if (!parsed || !parsed->is_object())
        return {};
    const auto text = [&](const char* name) {
        const auto* v = parsed->get_object().if_contains(name);
        return v && v->is_string() ? protocol::fromUtf8(std::string_view(v->get_string().data(), v->get_string().size())) : QString();
    };
    if (sku)
        *sku = text("sku");
    return text("title");
}

std::vector<OrderLine> orderLines(Connection& db, const View& view, OrderId order, std::optional<VendorOrderId> part)
{
    std::vector<OrderLine> lines;
    for (const Row& row : db.query(u"SELECT id, line_no, vendor_id, vendor_order_id, offer_id, variant_id, snapshot_json, qty, cancelled_qty, shipped_qty, returned_qty, unit_price_minor, discount_minor, total_minor "
                                   "FROM order_line WHERE order_id = ? ORDER BY line_no"_s,
             {order})) {
        OrderLine l;
        l.vendorId = row.id<VendorId>(2);
        l.vendorOrderId = row.maybeId<VendorOrderId>(3);
        if (!view.sees(l.vendorId) || (part && l.vendorOrderId != part))
            continue;
        l.id = row.id<OrderLineId>(0);
        l.lineNo = row.number(1);
        l.offerId = row.id<OfferId>(4);
        l.variantId = row.id<VariantId>(5);
        l.title = snapshotTitle(row.text(6), &l.sku);
        l.qty = row.integer(7);
        l.cancelledQty = row.integer(8);
        l.shippedQty = row.integer(9);
        l.returnedQty = row.integer(10);
        l.unitPriceMinor = row.integer(11);
        l.discountMinor = row.integer(12);
        l.totalMinor = row.integer(13);
        lines.push_back(std::move(l));
    }
    return lines;
}

namespace {

// What a vendor may know of an order: the sums of its own part.
void narrowToTenant(Order& o)
{
    std::int64_t lines = 0;
    o.itemsMinor = 0;
    o.discountMinor = 0;
    for (const OrderLine& l : o.lines) {
        o.itemsMinor += l.unitPriceMinor * l.qty;
        o.discountMinor += l.discountMinor;
        lines += l.totalMinor;
    }
    o.totalMinor = o.vendorOrders.empty() ? lines : o.vendorOrders.front().total.minor;
    o.shippingMinor = o.totalMinor - lines;
}

} // namespace

std::optional<Order> orderById(Connection& db, const View& view, OrderId id)
{
    const auto row = db.one(u"SELECT o.code, o.customer_id, o.channel, o.currency, o.status, o.items_minor, o.discount_minor, o.shipping_minor, o.total_minor, o.created_at, o.placed_at, o.version, h.expires_at "
                            "FROM sales_order o LEFT JOIN hold h ON h.id = o.hold_id AND h.status = 'active' WHERE o.id = ?"_s,
        {id});
    if (!row)
        return std::nullopt;
    Order o;
    o.id = id;
    o.code = row->text(0);
    o.customerId = row->id<CustomerId>(1);
    o.channel = row->text(2);
    o.currency = row->text(3);
    o.status = protocol::fromWire<OrderStatus>(row->text(4)).value_or(OrderStatus::Draft);
    o.itemsMinor = row->integer(5);
    o.discountMinor = row->integer(6);
    o.shippingMinor = row->integer(7);
    o.totalMinor = row->integer(8);
    o.createdAt = row->instant(9);
    o.placedAt = row->maybeInstant(10);
    o.version = row->integer(11);
    o.holdExpiresAt = row->maybeInstant(12);
    o.lines = orderLines(db, view, id, std::nullopt);
    if (view.vendor && o.lines.empty())
        return std::nullopt;
    for (const Row& part : db.query(u"SELECT id FROM vendor_order WHERE order_id = ? ORDER BY code"_s, {id}))
        if (auto card = vendorOrderCard(db, view, part.id<VendorOrderId>(0)))
            o.vendorOrders.push_back(std::move(*card));
    if (view.vendor)
        narrowToTenant(o);
    return o;
}

Page<Order> listOrders(Connection& db, const View& view, std::optional<OrderStatus> status, const QString& after, int limit)
{
    KeysetQuery q;
    q.rows = u"SELECT o.id AS id, o.created_at AS k FROM sales_order o WHERE 1 = 1"_s;
    if (view.vendor) {
        q.rows += u" AND EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.vendor_id = ?)"_s;
        q.params.emplace_back(*view.vendor);
    }
    if (status) {
        q.rows += u" AND o.status = ?"_s;
        q.params.emplace_back(protocol::wireName(*status));
    }
    q.descending = true;
    q.after = after;
    q.limit = limit;
    const KeysetPage keys = keysetPage(db, q);
    Page<Order> page = emptyPage<Order>(keys);
    for (const QString& id : keys.ids)
        if (auto order = orderById(db, view, OrderId::parse(QStringView(id)).value_or(OrderId{})))
            page.items.push_back(std::move(*order));
    return page;
}

} // namespace naru::server
