// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Orders.h"

#include "protocol/Events.h"
#include "server/domain/Parties.h"
#include "server/domain/Products.h"
#include "server/engine/Holds.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr Millis kPaymentTime = std::chrono::minutes(10);

// A checked line with everything its row needs.
struct Priced {
    OfferId offer;
    VariantId variant;
    VendorId vendor;
    ItemId item;
    std::int64_t qty = 0;
    std::int64_t unit = 0;
    std::int64_t discount = 0;
    QString snapshot; // JSON: what the customer saw
};

[[noreturn]] void refuseLine(Refusal why, std::size_t line, const QString& detail, const std::optional<ItemId>& item = {}, const std::optional<Instant>& soonest = {})
{
    protocol::Problem p;
    p.status = 409;
    p.code = protocol::wireText(why);
    p.detail = u"line %1: %2"_s.arg(line + 1).arg(detail);
    p.extra["line"] = line + 1;
    if (item)
        p.extra["item_id"] = protocol::utf8(item->toString());
    if (soonest)
        p.extra["soonest_expiry"] = protocol::utf8(toRfc3339(*soonest));
    throw ProblemError(p);
}

// The vendor's stock of a variant: the location with most to give.
std::optional<ItemId> bestItem(Connection& db, VendorId vendor, VariantId variant)
{
    const auto row = db.one(u"SELECT id FROM inventory_item WHERE variant_id = ? AND vendor_id = ? AND kind = 'stock' "
                            "ORDER BY on_hand + overbook - safety - allocated - held DESC, id LIMIT 1"_s,
        {variant, vendor});
    return row ? std::optional(row->id<ItemId>(0)) : std::nullopt;
}

Priced priceLine(Txn& txn, const NewOrder& order, std::size_t index)
{
    Connection& db = txn.db();
    const NewOrderLine& wanted = order.lines[index];
    const QString at = u"/lines/%1"_s.arg(index);
    const auto row = db.one(u"SELECT o.variant_id, o.vendor_id, o.channel, o.currency, o.price_minor, o.purchasable, o.min_qty, o.max_qty, o.valid_from, o.valid_until, "
                            "v.enabled, v.sku, p.id, p.kind, p.status, n.status, n.name FROM offer o JOIN variant v ON v.id = o.variant_id JOIN product p ON p.id = v.product_id "
                            "JOIN vendor n ON n.id = o.vendor_id WHERE o.id = ?"_s,
        {wanted.offerId});
    if (!row || (row->text(2) != QLatin1String(kDefaultChannel) && row->text(2) != order.channel))
        refuseField(at + u"/offer_id"_s, "unknown", u"names no offer of this channel"_s);
    if (row->text(13) != u"sale")
        refuseField(at + u"/offer_id"_s, "kind", u"is an offer of a reservation product: ask for a ticket instead"_s);
    if (row->text(3) != order.currency)
        refuseField(at + u"/offer_id"_s, "currency", u"is in another currency than the order"_s);
    const auto until = row->maybeInstant(9);
    if (until && *until <= txn.now())
        refuseLine(Refusal::PriceChanged, index, u"this price is no longer in force"_s);
    if (row->instant(8) > txn.now() + Millis(1) || !row->flag(5) || !row->flag(10) || row->text(14) != u"active" || row->text(15) != u"approved")
        refuseLine(Refusal::Closed, index, u"is not on sale now"_s);
    if (wanted.expectedUnitPriceMinor && *wanted.expectedUnitPriceMinor != row->integer(4))
        refuseLine(Refusal::PriceChanged, index, u"the price is %1 now"_s.arg(row->integer(4)));
    if (wanted.qty < row->integer(6))
        refuseField(at + u"/qty"_s, "range", u"is below the smallest quantity of the offer"_s);
    if (!row->isNull(7) && wanted.qty > row->integer(7))
        refuseLine(Refusal::LimitPerCustomer, index, u"at most %1 a customer"_s.arg(row->integer(7)));

    Priced line;
    line.offer = wanted.offerId;
    line.variant = row->id<VariantId>(0);
    line.vendor = row->id<VendorId>(1);
    line.qty = wanted.qty;
    line.unit = row->integer(4);
    line.discount = basisPoints(line.unit * line.qty, wanted.discountBps);
    const auto item = bestItem(db, line.vendor, line.variant);
    if (!item)
        refuseLine(Refusal::SoldOut, index, u"has no stock anywhere"_s);
    line.item = *item;
    QString title = productTitle(db, row->id<ProductId>(12), u"ko"_s);
    const QString option = optionText(db, line.variant);
    if (!option.isEmpty())
        title += u" · "_s + option;
    line.snapshot = protocol::fromUtf8(json::serialize(json::object{{"title", protocol::utf8(title)}, {"sku", protocol::utf8(row->text(11))}, {"vendor", protocol::utf8(row->text(16))}}));
    return line;
}

std::vector<Priced> priceLines(Txn& txn, const NewOrder& wanted)
{
    std::vector<Priced> lines;
    for (std::size_t i = 0; i < wanted.lines.size(); ++i) {
        Priced line = priceLine(txn, wanted, i);
        for (const Priced& other : lines)
            if (other.item == line.item)
                refuseField(u"/lines/%1/offer_id"_s.arg(i), "duplicate", u"is in the order already: raise that line's quantity"_s);
        lines.push_back(std::move(line));
    }
    return lines;
}

HoldId holdLines(Txn& txn, const NewOrder& wanted, const std::vector<Priced>& lines)
{
    std::vector<HoldWant> wants;
    for (const Priced& line : lines)
        wants.push_back({line.item, line.qty, line.unit, wanted.currency});
    const auto outcome = takeHold(txn, wanted.customerId, wants, kPaymentTime);
    if (const auto* refused = std::get_if<HoldRefused>(&outcome)) {
        std::size_t at = 0;
        while (at + 1 < lines.size() && lines[at].item != refused->item)
            ++at;
        refuseLine(refused->why, at, u"not enough is left"_s, refused->item, refused->soonestExpiry);
    }
    return std::get<HoldTaken>(outcome).id;
}

} // namespace

Order createOrder(Txn& txn, const View& view, const NewOrder& wanted, const QString& requestKey)
{
    Connection& db = txn.db();
    if (!customerById(db, wanted.customerId))
        refuseField(u"/customer_id"_s, "unknown", u"names no customer"_s);
    checkCurrency(u"/currency"_s, wanted.currency);
    if (db.one(u"SELECT 1 FROM sales_order WHERE request_key = ?"_s, {requestKey}))
        throw ProblemError(422, "idempotency-key-reused", u"an order was made with this key before"_s);
    const std::vector<Priced> lines = priceLines(txn, wanted);

    OrderRow order;
    order.id = txn.newId<OrderId>();
    order.code = u"SO-%1"_s.arg(100'000 + nextNumber(db, u"order_code"_s));
    order.version = 1;
    std::int64_t items = 0;
    std::int64_t discount = 0;
    for (const Priced& line : lines) {
        items += line.unit * line.qty;
        discount += line.discount;
    }
    order.totalMinor = items - discount + wanted.shippingMinor;
    db.exec(u"INSERT INTO sales_order (id, code, customer_id, channel, currency, request_key, status, payment_status, fulfilment_status, items_minor, discount_minor, shipping_minor, total_minor, created_at, updated_at) "
            "VALUES (?, ?, ?, ?, ?, ?, 'draft', 'created', 'none', ?, ?, ?, ?, ?, ?)"_s,
        {order.id, order.code, wanted.customerId, wanted.channel, wanted.currency, requestKey, items, discount, wanted.shippingMinor, order.totalMinor, txn.now(), txn.now()});
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Priced& l = lines[i];
        db.exec(u"INSERT INTO order_line (id, order_id, line_no, vendor_id, variant_id, offer_id, inventory_item_id, qty, unit_price_minor, discount_minor, total_minor, currency, snapshot_json) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {txn.newId<OrderLineId>(), order.id, static_cast<int>(i + 1), l.vendor, l.variant, l.offer, l.item, l.qty, l.unit, l.discount, l.unit * l.qty - l.discount,
                wanted.currency, l.snapshot});
    }
    txn.audit(u"order.created"_s, u"order"_s, order.id.value, json::object{{"code", protocol::utf8(order.code)}, {"total_minor", order.totalMinor}, {"lines", lines.size()}});
    moveOrder(txn, order, OrderStatus::PendingStock);
    const HoldId hold = holdLines(txn, wanted, lines);
    db.exec(u"UPDATE sales_order SET hold_id = ? WHERE id = ?"_s, {hold, order.id});
    const Txn::AsSystem system(txn);
    moveOrder(txn, order, OrderStatus::PendingPayment);
    return *orderById(db, view, order.id);
}

void moveOrder(Txn& txn, OrderRow& row, OrderStatus to, const QString& reason)
{
    const auto from = protocol::wireName(row.status);
    txn.allow(Machine::Order, from, protocol::wireName(to));
    txn.db().exec(u"UPDATE sales_order SET status = ?, version = version + 1, updated_at = ?, placed_at = CASE WHEN ? = 'placed' THEN ? ELSE placed_at END WHERE id = ? AND version = ?"_s,
        {Param(protocol::wireName(to)), Param(txn.now()), Param(protocol::wireName(to)), Param(txn.now()), Param(row.id), Param(row.version)});
    ++row.version;
    row.status = to;
    txn.transition(Machine::Order, row.id.value, from, protocol::wireName(to), row.version, reason);
    txn.publish(protocol::topic::kOrder, std::nullopt, u"order"_s, row.id.value, row.version,
        json::object{{"id", protocol::utf8(row.id.toString())}, {"code", protocol::utf8(row.code)}, {"status", protocol::wireName(to)}, {"version", row.version}});
}

} // namespace naru::server
