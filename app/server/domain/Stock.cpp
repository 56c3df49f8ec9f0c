// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Stock.h"

#include "server/engine/Holds.h"
#include "server/engine/Stock.h"

namespace naru::server {

using namespace Qt::StringLiterals;

std::optional<StockLevel> stockLevel(Connection& db, const View& view, ItemId id)
{
    auto level = readStockLevel(db, id);
    if (!level || !view.sees(level->vendorId))
        return std::nullopt;
    return level;
}

StockLevel changeStock(Txn& txn, const View& view, ItemId id, std::int64_t version, const StockChange& change)
{
    txn.lock("inventory_item", id.value);
    const auto level = stockLevel(txn.db(), view, id);
    if (!level)
        notFound();
    if (level->version != version)
        versionMismatch(level->version, protocol::toJson(*level));
    if (change.kind != u"received" && change.kind != u"adjusted")
        refuseField(u"/kind"_s, "enum", u"must be received or adjusted"_s);
    if (change.delta == 0)
        refuseField(u"/delta"_s, "range", u"must not be 0"_s);
    if (change.kind == u"received" && change.delta < 0)
        refuseField(u"/delta"_s, "range", u"what is received is more than 0; use adjusted to lower a figure"_s);
    if (change.kind == u"adjusted" && change.reason.trimmed().isEmpty())
        refuseField(u"/reason"_s, "required", u"an adjustment needs its reason"_s);
    changeOnHand(txn, id, change.kind, change.delta, change.reason);
    txn.audit(u"stock."_s + change.kind, u"inventory_item"_s, id.value, protocol::toJson(change));
    return *stockLevel(txn.db(), view, id);
}

ItemId ensureStockItem(Txn& txn, VendorId vendor, VariantId variant)
{
    const auto location = txn.db().one(u"SELECT id FROM location WHERE vendor_id = ? AND code = 'MAIN'"_s, {vendor});
    if (!location)
        throw ProblemError(409, "location-missing", u"the vendor has no default location"_s);
    const auto found = txn.db().one(u"SELECT id FROM inventory_item WHERE variant_id = ? AND vendor_id = ? AND location_id = ? AND kind = 'stock'"_s,
        {variant, vendor, location->text(0)});
    if (found)
        return found->id<ItemId>(0);
    const auto id = txn.newId<ItemId>();
    txn.db().exec(u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, location_id) VALUES (?, 'stock', ?, ?, ?)"_s,
        {id, vendor, variant, location->text(0)});
    return id;
}

void receiveStock(Txn& txn, ItemId id, std::int64_t qty, const QString& reason)
{
    if (qty > 0)
        changeOnHand(txn, id, u"received"_s, qty, reason);
}

} // namespace naru::server
