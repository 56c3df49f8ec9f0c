// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Stock.h"

#include "protocol/Events.h"
#include "server/api/Http.h"
#include "server/engine/Holds.h"
#include "server/engine/Labels.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

const QString kColumns = u"id, vendor_id, on_hand, allocated, held, overbook, safety, ledger_seq, version"_s;

StockItem stockFrom(const Row& row)
{
    return {row.id<ItemId>(0), row.id<VendorId>(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5), row.integer(6), row.integer(7), row.integer(8)};
}

StockItem oneOf(const std::optional<Row>& row)
{
    if (!row)
        throw ProblemError(404, "not-found", u"there is no such inventory item"_s);
    return stockFrom(*row);
}

} // namespace

StockItem readStock(Connection& db, const ItemId& item)
{
    static const QString sql = u"SELECT %1 FROM inventory_item WHERE id = ?"_s.arg(kColumns);
    return oneOf(db.one(sql, {item}));
}

StockItem lockStock(Txn& txn, const ItemId& item)
{
    static const QString sql = u"SELECT %1 FROM inventory_item WHERE id = ? FOR UPDATE"_s.arg(kColumns);
    return oneOf(txn.db().one(sql, {item}));
}

std::map<ItemId, StockItem> lockStock(Txn& txn, const std::set<ItemId>& items)
{
    static const QString sql = u"SELECT %1 FROM inventory_item WHERE id = ANY(?) ORDER BY id FOR UPDATE"_s.arg(kColumns);
    QStringList ids;
    for (const ItemId& id : items)
        ids << id.toString();
    std::map<ItemId, StockItem> stock;
    if (ids.isEmpty())
        return stock;
    for (const Row& row : txn.db().query(sql, {ids})) {
        const StockItem item = stockFrom(row);
        stock.emplace(item.id, item);
    }
    return stock;
}

void moveStock(Txn& txn, StockItem& item, const Movement& m)
{
    item.onHand += m.onHand;
    item.allocated += m.allocated;
    item.held += m.held;
    ++item.ledgerSeq;
    txn.journal().movements().append(item.id, item.ledgerSeq, m.kind, m.onHand, m.allocated, m.held, m.hold, m.orderLine,
        m.reservationLine, m.fulfilment ? Param(m.fulfilment->toString()) : Param(std::optional<QString>()),
        m.reason.isEmpty() ? Param(std::optional<QString>()) : Param(m.reason), txn.actor().userId, m.cause, txn.now());
}

void requireChanged(std::int64_t changed, std::size_t expected)
{
    if (changed != static_cast<std::int64_t>(expected))
        throw StoreError(StoreError::Kind::Busy, "a row changed under its own transaction");
}

void storeStock(Txn& txn, StockItem& item) { storeStock(txn, std::vector<StockItem*>{&item}); }

void storeStock(Txn& txn, const std::vector<StockItem*>& items)
{
    using Type = RowBlock::Type;
    RowBlock block{"inventory_item",
        {{"id", Type::Text}, {"version", Type::BigInt}, {"on_hand", Type::BigInt}, {"allocated", Type::BigInt}, {"held", Type::BigInt}, {"ledger_seq", Type::BigInt},
            {"version", Type::BigInt}},
        {}};
    for (StockItem* item : items) {
        block.add({item->id, item->version, item->onHand, item->allocated, item->held, item->ledgerSeq, item->version + 1});
        ++item->version;
    }
    if (!items.empty())
        txn.db().updateEach(block, 2);
}

void moveAndPublish(Txn& txn, const ItemId& id, const Movement& m)
{
    StockItem item = readStock(txn.db(), id);
    moveStock(txn, item, m);
    storeStock(txn, item);
    publishStock(txn, id);
}

std::optional<StockLevel> readStockLevel(Connection& db, const ItemId& item)
{
    static const QString sql
        = u"SELECT i.kind, i.vendor_id, v.product_id, i.variant_id, COALESCE(l.name, ''), i.slot_id, i.on_hand, i.allocated, i.held, i.overbook, i.safety, i.version "
          "FROM inventory_item i JOIN variant v ON v.id = i.variant_id LEFT JOIN location l ON l.id = i.location_id WHERE i.id = ?"_s;
    const auto row = db.one(sql, {item});
    if (!row)
        return std::nullopt;
    StockLevel s;
    s.id = item;
    s.kind = protocol::fromWire<StockKind>(row->text(0)).value_or(StockKind::Stock);
    s.vendorId = row->id<VendorId>(1);
    s.productId = row->id<ProductId>(2);
    s.variantId = row->id<VariantId>(3);
    s.locationName = row->text(4);
    s.slotId = row->maybeId<SlotId>(5);
    s.onHand = row->integer(6);
    s.allocated = row->integer(7);
    s.held = row->integer(8);
    s.overbook = row->integer(9);
    s.safety = row->integer(10);
    s.version = row->integer(11);
    return s;
}

void publishStock(Txn& txn, ItemId item)
{
    auto level = readStockLevel(txn.db(), item);
    if (!level)
        return;
    protocol::StockChanged changed;
    if (level->slotId) {
        if (const auto label = readLabel(txn.db(), item, u"ko"_s)) {
            changed.localDate = label->localDate;
            changed.label = label->label;
        }
    }
    changed.level = std::move(*level);
    const VendorId vendor = changed.level.vendorId;
    const std::int64_t version = changed.level.version;
    txn.publish(protocol::topic::kStock, vendor, u"stock"_s, item.value, version, protocol::toJson(changed).as_object());
}

void publishCapacity(Txn& txn, const StockItem& item, const ItemLabel& label)
{
    protocol::StockChanged changed;
    StockLevel& s = changed.level;
    s.id = item.id;
    s.kind = StockKind::Capacity;
    s.vendorId = item.vendorId;
    s.productId = label.productId;
    s.variantId = label.variantId;
    s.slotId = label.slotId;
    s.onHand = item.onHand;
    s.allocated = item.allocated;
    s.held = item.held;
    s.overbook = item.overbook;
    s.safety = item.safety;
    s.version = item.version;
    changed.localDate = label.localDate;
    changed.label = label.label;
    txn.publish(protocol::topic::kStock, item.vendorId, u"stock"_s, item.id.value, item.version, protocol::toJson(changed).as_object());
}

} // namespace naru::server
