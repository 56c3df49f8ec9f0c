// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Stock.h"

#include "protocol/Events.h"
#include "server/api/Http.h"
#include "server/engine/Holds.h"
#include "server/engine/Labels.h"

namespace naru::server {

using namespace Qt::StringLiterals;

StockItem readStock(Connection& db, const ItemId& item)
{
    static const QString sql
        = u"SELECT vendor_id, on_hand, allocated, held, overbook, safety, ledger_seq, version FROM inventory_item WHERE id = ?"_s;
    const auto row = db.one(sql, {item});
    if (!row)
        throw ProblemError(404, "not-found", u"there is no such inventory item"_s);
    return {item, row->id<VendorId>(0), row->integer(1), row->integer(2), row->integer(3), row->integer(4), row->integer(5), row->integer(6), row->integer(7)};
}

void moveStock(Txn& txn, StockItem& item, const Movement& m)
{
    static const QString sql
        = u"INSERT INTO stock_movement (id, inventory_item_id, seq, kind, d_on_hand, d_allocated, d_held, hold_id, order_line_id, reservation_line_id, "
          "fulfilment_id, reason, actor_id, request_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s;
    item.onHand += m.onHand;
    item.allocated += m.allocated;
    item.held += m.held;
    ++item.ledgerSeq;
    txn.db().exec(sql,
        {txn.newId<Id<struct MovementTag>>(), item.id, item.ledgerSeq, m.kind, m.onHand, m.allocated, m.held, m.hold, m.orderLine, m.reservationLine,
            m.fulfilment ? Param(m.fulfilment->toString()) : Param(nullptr), m.reason.isEmpty() ? Param(nullptr) : Param(m.reason), txn.actor().userId, m.cause,
            txn.now()});
}

void storeStock(Txn& txn, const StockItem& item)
{
    static const QString sql
        = u"UPDATE inventory_item SET on_hand = ?, allocated = ?, held = ?, ledger_seq = ?, version = version + 1 WHERE id = ? AND version = ?"_s;
    if (txn.db().exec(sql, {item.onHand, item.allocated, item.held, item.ledgerSeq, item.id, item.version}) != 1)
        throw StoreError(StoreError::Kind::Busy, "an inventory row changed under its own transaction");
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

} // namespace naru::server
