// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Openings.h"

#include "protocol/WaitlistFields.h"
#include "server/api/Http.h"
#include "server/domain/View.h"
#include "server/engine/BookingTerms.h"
#include "server/engine/DrawOrder.h"
#include "server/store/Failpoint.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr Millis kLongestPlan = std::chrono::hours(24 * 366);
constexpr Millis kDecidedWithin = std::chrono::hours(1); // after the opening; a queue that nobody worked off by then gives up

struct OpeningRow {
    OpeningId id;
    ProductId product;
    std::optional<ItemId> item;
    QString state;
    QByteArray seed;
    QString commitment;
    Instant opensAt{};
    std::int64_t version = 0;
};

OpeningRow lockOpening(Connection& db, const OpeningId& id)
{
    const auto row = db.one(u"SELECT product_id, inventory_item_id, state, seed, commitment, opens_at, version FROM opening WHERE id = ? FOR UPDATE"_s, {id});
    if (!row)
        throw ProblemError(404, "not-found", u"there is no such opening"_s);
    return {id, row->id<ProductId>(0), row->maybeId<ItemId>(1), row->text(2), QByteArray::fromHex(row->text(3).toLatin1()), row->text(4), row->instant(5), row->integer(6)};
}

// All slots of the product, or the one.
QStringList itemsOf(Connection& db, const ProductId& product, const std::optional<ItemId>& item)
{
    if (item)
        return {item->toString()};
    QStringList ids;
    for (const Row& row : db.query(u"SELECT i.id FROM inventory_item i JOIN variant v ON v.id = i.variant_id WHERE v.product_id = ? AND i.slot_id IS NOT NULL ORDER BY i.id"_s, {product}))
        ids << row.text(0);
    return ids;
}

void lockRows(Connection& db, const QStringList& items)
{
    db.query(u"SELECT id FROM inventory_item WHERE id = ANY(?) ORDER BY id FOR UPDATE"_s, {items});
}

void mark(Connection& db, const ProductId& product, const std::optional<ItemId>& item, bool on)
{
    const QString bits = on ? u"special | 2"_s : u"special & 5"_s;
    if (item)
        db.exec(u"UPDATE inventory_item SET special = "_s + bits + u" WHERE id = ?"_s, {*item});
    else
        db.exec(u"UPDATE product SET special = "_s + bits + u" WHERE id = ?"_s, {product});
}

void publishOpening(Txn& txn, const OpeningId& id)
{
    const auto o = readOpening(txn.db(), id, {}, txn.now());
    if (o)
        txn.publish(protocol::topic::kOpening, o->vendorId, u"opening"_s, id.value, o->version, protocol::toJson(*o).as_object());
}

void moveOpening(Txn& txn, const OpeningRow& o, const char* to)
{
    if (txn.db().exec(u"UPDATE opening SET state = ?, version = version + 1 WHERE id = ? AND version = ?"_s, {to, o.id, o.version}) != 1)
        throw StoreError(StoreError::Kind::Busy, "an opening changed under its own transaction");
}

// Ranks for everybody who waits: those present by lot, those who came after the opening behind them.
void draw(Txn& txn, const OpeningRow& o)
{
    const QStringList items = itemsOf(txn.db(), o.product, o.item);
    lockRows(txn.db(), items);
    const Rows queued = txn.db().query(u"SELECT id, enqueued_at FROM ticket WHERE opening_id = ? AND status = 'queued' ORDER BY queue_seq"_s, {o.id});
    std::vector<TicketId> present;
    std::vector<TicketId> late;
    for (const Row& row : queued)
        (row.instant(1) < o.opensAt ? present : late).push_back(row.id<TicketId>(0));
    const auto top = txn.db().one(u"SELECT COALESCE(MAX(draw_rank), 0) FROM inventory_item WHERE id = ANY(?)"_s, {items});
    const std::int64_t base = top->integer(0); // of an earlier opening
    const auto ranks = drawRanks(o.seed, present);
    const std::int64_t lateRank = base + static_cast<std::int64_t>(present.size()) + 1;
    RowBlock block{"ticket", {{"id", RowBlock::Type::Text}, {"draw_rank", RowBlock::Type::BigInt}, {"due_at", RowBlock::Type::BigInt}}, {}};
    for (std::size_t i = 0; i < present.size(); ++i)
        block.add({present[i], base + ranks[i], txn.now()});
    for (const TicketId& id : late)
        block.add({id, lateRank, txn.now()});
    if (block.rows() > 0 && txn.db().updateRows(block, 1) != static_cast<std::int64_t>(block.rows()))
        throw StoreError(StoreError::Kind::Other, "a queued ticket went away under the draw");
    txn.db().exec(u"UPDATE inventory_item SET draw_rank = ? WHERE id = ANY(?)"_s, {lateRank, items});
    txn.db().exec(u"UPDATE opening SET state = 'drawing', registered = ?, base_rank = ?, drawn_at = ?, version = version + 1 WHERE id = ? AND version = ?"_s,
        {static_cast<std::int64_t>(present.size()), base, txn.now(), o.id, o.version});
    txn.audit(u"opening.drawn"_s, u"opening"_s, o.id.value,
        json::object{{"present", present.size()}, {"late", late.size()}, {"seed", protocol::utf8(QString::fromLatin1(o.seed.toHex()))},
            {"commitment", protocol::utf8(o.commitment)}});
    publishOpening(txn, o.id);
    NARU_FAILPOINT("opening.drawn");
}

bool stillQueued(Connection& db, const OpeningId& id)
{
    return db.one(u"SELECT 1 FROM ticket WHERE opening_id = ? AND status = 'queued' LIMIT 1"_s, {id})
        || db.one(u"SELECT 1 FROM ticket WHERE opening_id = ? AND status = 'processing' LIMIT 1"_s, {id});
}

bool finish(Txn& txn, const OpeningRow& o)
{
    if (stillQueued(txn.db(), o.id))
        return false;
    lockRows(txn.db(), itemsOf(txn.db(), o.product, o.item)); // whoever queues now waits for us, or we see the ticket
    if (stillQueued(txn.db(), o.id))
        return false;
    moveOpening(txn, o, "open");
    mark(txn.db(), o.product, o.item, false);
    txn.audit(u"opening.open"_s, u"opening"_s, o.id.value, json::object{});
    publishOpening(txn, o.id);
    return true;
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
    const auto other = txn.db().one(u"SELECT 1 FROM opening WHERE product_id = ? AND state IN ('planned','drawing') AND (inventory_item_id IS NULL OR inventory_item_id = ? OR ? = 1)"_s,
        {wish.productId, wish.itemId ? Param(*wish.itemId) : Param(u""_s), wish.itemId ? 0 : 1});
    if (other)
        refuse("opening-exists", u"an opening of this product is planned already; cancel it first"_s);
}

} // namespace

OpeningId planOpening(Txn& txn, const NewOpening& wish, const QByteArray& seed)
{
    requirePlannable(txn, wish);
    const QStringList items = itemsOf(txn.db(), wish.productId, wish.itemId);
    lockRows(txn.db(), items);
    if (txn.db().one(u"SELECT 1 FROM waitlist_entry WHERE inventory_item_id = ANY(?) AND status IN ('waiting','offered')"_s, {items}))
        refuse("has-waiting-list", u"people wait for seats already; they are served first, so a draw makes no sense"_s);
    const auto id = txn.newId<OpeningId>();
    txn.db().exec(u"INSERT INTO opening (id, product_id, inventory_item_id, state, registers_from, opens_at, commitment, seed, created_at) VALUES (?, ?, ?, 'planned', ?, ?, ?, ?, ?)"_s,
        {id, wish.productId, wish.itemId, wish.registersFrom, wish.opensAt, drawCommitment(seed), QString::fromLatin1(seed.toHex()), txn.now()});
    mark(txn.db(), wish.productId, wish.itemId, true);
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
    lockRows(txn.db(), itemsOf(txn.db(), o.product, o.item));
    moveOpening(txn, o, "cancelled");
    mark(txn.db(), o.product, o.item, false);
    txn.audit(u"opening.cancelled"_s, u"opening"_s, id.value, json::object{{"reason", protocol::utf8(reason)}});
    {
        const Txn::AsSystem system(txn);
        txn.allow(Machine::Ticket, "queued", "expired");
        const Rows left = txn.db().query(u"UPDATE ticket SET status = 'expired', result_code = 'closed', finished_at = ?, version = version + 1 "
                                         "WHERE opening_id = ? AND status = 'queued' RETURNING id, version"_s,
            {txn.now(), id});
        for (const Row& row : left) {
            txn.transition(Machine::Ticket, row.id<TicketId>(0).value, "queued", "expired", row.integer(1), reason);
            publishTicket(txn, row.id<TicketId>(0));
        }
    }
    publishOpening(txn, id);
}

bool workOpenings(Txn& txn)
{
    const Txn::AsSystem system(txn);
    const Rows due = txn.db().query(u"SELECT id FROM opening WHERE state IN ('planned','drawing') AND opens_at <= ? ORDER BY opens_at, id FOR UPDATE SKIP LOCKED"_s, {txn.now()});
    for (const Row& row : due) {
        const OpeningRow o = lockOpening(txn.db(), row.id<OpeningId>(0));
        if (o.state == u"planned"_s) {
            draw(txn, o);
            return true; // the ranks count once they are committed
        }
        if (o.state == u"drawing"_s && finish(txn, o))
            return true;
    }
    return false;
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
    const Rows rows = db.query(u"SELECT id, product_id, inventory_item_id, state, registers_from, opens_at, base_rank + registered + 1 FROM opening "
                               "WHERE state IN ('planned','drawing') AND (inventory_item_id = ANY(?) OR (inventory_item_id IS NULL AND product_id = ANY(?))) ORDER BY id"_s,
        {itemIds, productIds});
    QStringList openings;
    for (const Row& row : rows) {
        const Live live{row.id<OpeningId>(0), row.text(3) == u"drawing"_s, row.instant(4), row.instant(5), row.integer(6)};
        for (const Asked& a : items)
            if (row.isNull(2) ? row.id<ProductId>(1) == a.product : row.id<ItemId>(2) == a.item)
                m_live[a.item] = live;
        openings << row.text(0);
    }
    if (openings.isEmpty())
        return;
    for (const CustomerId& c : customers)
        customerIds << c.toString();
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
    // One lot each: asking twice would double the chance.
    if (!m_registered.insert({live->id, customer}).second && !live->drawn) {
        v.kind = Verdict::Kind::AlreadyIn;
        return v;
    }
    v.kind = Verdict::Kind::Queue;
    v.giveUpAt = std::max(live->opensAt, now) + kDecidedWithin;
    if (live->drawn) {
        v.drawRank = live->lateRank;
        v.dueAt = now;
    }
    return v;
}

} // namespace naru::server
