// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Openings.h"

#include "protocol/WaitlistFields.h"
#include "server/api/Http.h"
#include "server/domain/View.h"
#include "server/engine/DrawOrder.h"
#include "server/engine/OpeningRows.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr Millis kLongestPlan = std::chrono::hours(24 * 366);
constexpr Millis kDecidedWithin = std::chrono::hours(1); // after the opening; a queue that nobody worked off by then gives up

void lockProducts(Connection& db, const QStringList& ids)
{
    db.query(u"SELECT id FROM product WHERE id = ANY(?) ORDER BY id FOR NO KEY UPDATE"_s, {ids});
}

[[noreturn]] void refuse(const char* code, const QString& detail) { throw ProblemError(409, code, detail); }

void requirePlannable(Txn& txn, const NewOpening& wish)
{
    const auto product = txn.db().one(u"SELECT vendor_id, kind FROM product WHERE id = ?"_s, {wish.productId});
    if (!product || (txn.actor().vendorId && product->id<VendorId>(0) != *txn.actor().vendorId))
        refuseField(u"/product_id"_s, "unknown", u"there is no such product"_s);
    if (product->text(1) != u"reservation"_s)
        refuse("not-reservable", u"only what is reserved can open with a draw"_s);
    if (wish.itemId) {
        const auto item = txn.db().one(u"SELECT v.product_id FROM inventory_item i JOIN variant v ON v.id = i.variant_id WHERE i.id = ? AND i.slot_id IS NOT NULL"_s, {*wish.itemId});
        if (!item || item->id<ProductId>(0) != wish.productId)
            refuseField(u"/item_id"_s, "unknown", u"the product has no such slot"_s);
    }
    if (wish.opensAt <= wish.registersFrom)
        refuseField(u"/opens_at"_s, "order", u"registration must begin before the opening"_s);
    if (wish.opensAt <= txn.now() || wish.opensAt > txn.now() + kLongestPlan)
        refuseField(u"/opens_at"_s, "range", u"the opening must be in the future, within a year"_s);
}

// Everything an opening of the same seats would lock is locked: of two that are planned at once, the second sees the first.
void requireAlone(Txn& txn, const NewOpening& wish, const QStringList& items)
{
    const auto other = txn.db().one(u"SELECT 1 FROM opening WHERE product_id = ? AND state IN ('planned','drawing') AND (inventory_item_id IS NULL OR inventory_item_id = ? OR ? = 1)"_s,
        {wish.productId, wish.itemId ? Param(*wish.itemId) : Param(u""_s), wish.itemId ? 0 : 1});
    if (other)
        refuse("opening-exists", u"an opening of this product is planned already; cancel it first"_s);
    if (txn.db().one(u"SELECT 1 FROM waitlist_entry WHERE inventory_item_id = ANY(?) AND status IN ('waiting','offered')"_s, {items}))
        refuse("has-waiting-list", u"people wait for seats already; they are served first, so a draw makes no sense"_s);
}

} // namespace

OpeningId planOpening(Txn& txn, const NewOpening& wish, const QByteArray& seed)
{
    requirePlannable(txn, wish);
    const QStringList items = itemsOfOpening(txn.db(), wish.productId, wish.itemId);
    lockItemsOfOpening(txn.db(), items);
    lockProducts(txn.db(), {wish.productId.toString()}); // slots that came after `items` was read, and products without any
    requireAlone(txn, wish, items);
    const auto id = txn.newId<OpeningId>();
    txn.db().exec(u"INSERT INTO opening (id, product_id, inventory_item_id, state, registers_from, opens_at, commitment, seed, created_at) VALUES (?, ?, ?, 'planned', ?, ?, ?, ?, ?)"_s,
        {id, wish.productId, wish.itemId, wish.registersFrom, wish.opensAt, drawCommitment(seed), QString::fromLatin1(seed.toHex()), txn.now()});
    markOpening(txn.db(), wish.productId, wish.itemId, true);
    txn.audit(u"opening.planned"_s, u"opening"_s, id.value,
        json::object{{"product_id", protocol::utf8(wish.productId.toString())}, {"registers_from", protocol::utf8(toRfc3339(wish.registersFrom))},
            {"opens_at", protocol::utf8(toRfc3339(wish.opensAt))}, {"commitment", protocol::utf8(drawCommitment(seed))}});
    publishOpening(txn, id);
    return id;
}

void cancelOpening(Txn& txn, const OpeningId& id, const QString& reason)
{
    const OpeningRow o = lockOpening(txn.db(), id);
    if (o.state != u"planned"_s)
        refuse("opening-drawn", u"the draw has been made; the queue is decided by it"_s);
    lockItemsOfOpening(txn.db(), itemsOfOpening(txn.db(), o.product, o.item));
    moveOpening(txn, o, "cancelled");
    txn.db().exec(u"UPDATE opening SET cancelled_at = ?, cancel_reason = ? WHERE id = ?"_s, {txn.now(), reason, id});
    markOpening(txn.db(), o.product, o.item, false);
    txn.audit(u"opening.cancelled"_s, u"opening"_s, id.value, json::object{{"reason", protocol::utf8(reason)}});
    drainOpening(txn, o, reason);
    publishOpening(txn, id);
}

void OpeningGate::read(Connection& db, const std::vector<Asked>& items, const std::set<CustomerId>& customers)
{
    QStringList itemIds, productIds, customerIds;
    for (const Asked& a : items) {
        itemIds << a.item.toString();
        productIds << a.product.toString();
    }
    if (itemIds.isEmpty())
        return;
    const Rows rows = db.query(u"SELECT id, product_id, inventory_item_id, state, registers_from, opens_at, base_rank + registered + 1, ranked, seed FROM opening "
                               "WHERE state IN ('planned','drawing') AND (inventory_item_id = ANY(?) OR (inventory_item_id IS NULL AND product_id = ANY(?))) ORDER BY id"_s,
        {itemIds, productIds});
    QStringList openings, shared;
    for (const Row& row : rows) {
        const Live live{row.id<OpeningId>(0), row.text(3) == u"drawing"_s, row.flag(7), row.instant(4), row.instant(5), row.integer(6), QByteArray::fromHex(row.text(8).toLatin1())};
        if (row.isNull(2) && !live.drawn)
            shared << row.text(1);
        for (const Asked& a : items)
            if (row.isNull(2) ? row.id<ProductId>(1) == a.product : row.id<ItemId>(2) == a.item)
                m_live[a.item] = live;
        openings << row.text(0);
    }
    if (openings.isEmpty())
        return;
    for (const CustomerId& c : customers)
        customerIds << c.toString();
    // One customer may ask at two nodes for different slots of one draw, whose rows have nothing in common.
    if (!shared.isEmpty())
        lockProducts(db, shared);
    for (const Row& row : db.query(u"SELECT opening_id, customer_id FROM ticket WHERE opening_id = ANY(?) AND status = 'queued' AND customer_id = ANY(?)"_s, {openings, customerIds}))
        m_registered.insert({row.id<OpeningId>(0), row.id<CustomerId>(1)});
}

OpeningGate::Verdict OpeningGate::ask(const CustomerId& customer, const std::vector<ItemId>& items, Instant arrivedAt, Instant now)
{
    Verdict v;
    const Live* live = nullptr;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto found = m_live.find(items[i]);
        if (found == m_live.end())
            continue;
        if (live && live->id != found->second.id) {
            v.kind = Verdict::Kind::TwoOpenings;
            return v;
        }
        if (!live)
            v.item = i;
        live = &found->second;
    }
    if (!live)
        return v;
    v.opening = live->id;
    if (arrivedAt < live->registersFrom) {
        v.kind = Verdict::Kind::NotYet;
        return v;
    }
    const bool inTime = arrivedAt < live->opensAt;
    // One lot each: asking twice would double the chance.
    if (!m_registered.insert({live->id, customer}).second && (!live->drawn || inTime)) {
        v.kind = Verdict::Kind::AlreadyIn;
        return v;
    }
    v.kind = Verdict::Kind::Queue;
    v.giveUpAt = std::max(live->opensAt, now) + kDecidedWithin;
    v.seed = live->seed;
    v.inDraw = inTime && !live->drawn;
    v.straggler = inTime && live->drawn;
    if (live->drawn)
        v.drawRank = live->lateRank;
    if (live->ranked) // before, nobody who came late is decided: others still wait for their ranks
        v.dueAt = now;
    return v;
}

} // namespace naru::server
