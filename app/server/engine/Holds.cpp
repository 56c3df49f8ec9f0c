// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Holds.h"

#include "server/api/Http.h"
#include "server/engine/Decide.h"
#include "server/engine/Freed.h"
#include "server/engine/HoldEnds.h"
#include "server/engine/Views.h"
#include "server/engine/Writes.h"

#include <map>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kLongestHold{1'800'000};

std::optional<Instant> soonestExpiry(Connection& db, const ItemId& item)
{
    const auto row = db.one(u"SELECT MIN(open_until) FROM hold_line WHERE inventory_item_id = ? AND open_until IS NOT NULL"_s, {item});
    return row ? row->maybeInstant(0) : std::nullopt;
}

void requireQuantity(std::int64_t qty)
{
    if (qty <= 0)
        throw ProblemError(422, "body-invalid", u"a quantity must be more than 0"_s);
}

} // namespace

std::variant<HoldTaken, HoldRefused> takeHold(Txn& txn, CustomerId customer, const std::vector<HoldWant>& wants, Millis ttl)
{
    // In id order, as every reader of stock rows does: with a database that locks rows, nobody deadlocks.
    std::map<ItemId, HoldWant> byItem;
    for (const HoldWant& want : wants) {
        requireQuantity(want.qty);
        const auto [it, fresh] = byItem.emplace(want.item, want);
        if (!fresh)
            it->second.qty += want.qty;
    }
    std::set<ItemId> ids;
    for (const auto& [id, want] : byItem)
        ids.insert(id);
    std::map<ItemId, StockItem> items = lockStock(txn, ids);
    std::vector<StockRow> rows;
    Ask ask{TicketGoal::Hold, {}, {}};
    for (const auto& [id, want] : byItem) {
        const auto found = items.find(id);
        if (found == items.end())
            throw ProblemError(404, "not-found", u"there is no such inventory item"_s);
        const StockItem& s = found->second;
        StockRow row;
        row.item = id;
        row.onHand = s.onHand;
        row.overbook = s.overbook;
        row.safety = s.safety;
        row.allocated = s.allocated;
        row.held = s.held;
        if (s.held > 0 && s.available() < want.qty)
            row.soonestExpiry = soonestExpiry(txn.db(), id);
        rows.push_back(row);
        ask.lines.push_back({ask.lines.size(), want.qty});
    }
    const Millis life = std::min(ttl, kLongestHold);
    const Outcome outcome = decide(rows, std::span(&ask, 1), txn.now(), life).outcomes.front();
    if (!outcome.granted) {
        // An order names its pieces one by one; whether waiting helps is what the caller has to know.
        const Refusal why = outcome.why != Refusal::PieceUnavailable ? outcome.why : outcome.soonestExpiry ? Refusal::HeldByOthers : Refusal::SoldOut;
        return HoldRefused{why, rows[outcome.row].item, outcome.soonestExpiry};
    }
    std::vector<Piece> pieces;
    for (const auto& [id, want] : byItem)
        pieces.push_back({&items.at(id), want.qty, want.unitPriceMinor, want.currency});
    HoldWrite hold;
    hold.id = txn.newId<HoldId>();
    hold.customer = customer;
    hold.expiresAt = txn.now() + life;
    hold.maxUntil = txn.now() + kLongestHold;
    insertHold(txn, hold, pieces);
    for (auto& [id, item] : items) {
        storeStock(txn, item);
        publishStock(txn, id);
    }
    publishHold(txn, hold.id);
    return HoldTaken{hold.id, hold.expiresAt};
}

void endHold(Txn& txn, HoldId id, HoldStatus to, const QString& reason)
{
    const HoldRow hold = readHoldRow(txn.db(), id);
    LabelCache labels;
    if (hold.status != HoldStatus::Active || endHolds(txn, labels, {id.toString()}, to, reason).empty())
        throw ProblemError(409, "hold-not-active", u"the hold has already ended (%1)"_s.arg(protocol::wireText(readHoldRow(txn.db(), id).status)));
}

void allocateHold(Txn& txn, HoldId id, const std::vector<OrderAllocation>& lines)
{
    const HoldRow hold = readHoldRow(txn.db(), id);
    std::map<ItemId, std::int64_t> open;
    const Rows held = txn.db().query(u"SELECT inventory_item_id, qty FROM hold_line WHERE hold_id = ?"_s, {id});
    for (const Row& row : held)
        open[row.id<ItemId>(0)] = row.integer(1);
    std::set<ItemId> ids;
    for (const auto& [item, qty] : open)
        ids.insert(item);
    std::map<ItemId, StockItem> items = lockStock(txn, ids);
    for (const OrderAllocation& line : lines) {
        requireQuantity(line.qty);
        const auto it = open.find(line.item);
        if (it == open.end() || it->second < line.qty)
            throw StoreError(StoreError::Kind::Other, "an order line wants more than its hold has");
        it->second -= line.qty;
        txn.db().exec(u"INSERT INTO order_allocation (id, inventory_item_id, order_line_id, qty, status, at) VALUES (?, ?, ?, ?, 'active', ?)"_s,
            {txn.newId<Id<struct AllocationTag>>(), line.item, line.line, line.qty, txn.now()});
        Movement m;
        m.kind = "allocated";
        m.held = -line.qty;
        m.allocated = line.qty;
        m.cause = line.line.toString();
        m.hold = id;
        m.orderLine = line.line;
        moveStock(txn, items.at(line.item), m);
    }
    for (const auto& [item, qty] : open)
        if (qty != 0)
            throw StoreError(StoreError::Kind::Other, "a hold must be allocated as a whole");
    for (auto& [item, stock] : items) {
        storeStock(txn, stock);
        publishStock(txn, item);
    }
    convertHold(txn, hold);
}

void releaseAllocation(Txn& txn, OrderLineId line, const QString& reason)
{
    const Rows rows = txn.db().query(u"SELECT id, inventory_item_id, qty FROM order_allocation WHERE order_line_id = ? AND status = 'active' ORDER BY id"_s, {line});
    for (const Row& row : rows) {
        txn.db().exec(u"UPDATE order_allocation SET status = 'released', version = version + 1 WHERE id = ?"_s, {row.text(0)});
        Movement m;
        m.kind = "released";
        m.allocated = -row.integer(2);
        m.cause = row.text(0);
        m.orderLine = line;
        m.reason = reason;
        moveAndPublish(txn, row.id<ItemId>(1), m);
    }
}

void consumeAllocation(Txn& txn, OrderLineId line, std::int64_t qty, const Id128& fulfilment)
{
    requireQuantity(qty);
    std::int64_t rest = qty;
    const Rows rows = txn.db().query(u"SELECT id, inventory_item_id, qty FROM order_allocation WHERE order_line_id = ? AND status = 'active' ORDER BY id"_s, {line});
    for (const Row& row : rows) {
        const std::int64_t have = row.integer(2);
        const std::int64_t take = std::min(have, rest);
        if (take == 0)
            break;
        rest -= take;
        if (take == have) {
            txn.db().exec(u"UPDATE order_allocation SET status = 'consumed', version = version + 1 WHERE id = ?"_s, {row.text(0)});
        } else {
            txn.db().exec(u"UPDATE order_allocation SET qty = qty - ?, version = version + 1 WHERE id = ?"_s, {take, row.text(0)});
            txn.db().exec(u"INSERT INTO order_allocation (id, inventory_item_id, order_line_id, qty, status, at) VALUES (?, ?, ?, ?, 'consumed', ?)"_s,
                {txn.newId<Id<struct AllocationTag>>(), row.text(1), line, take, txn.now()});
        }
        Movement m;
        m.kind = "shipped";
        m.onHand = -take;
        m.allocated = -take;
        m.cause = fulfilment.toString() + u'/' + row.text(0);
        m.orderLine = line;
        m.fulfilment = fulfilment;
        moveAndPublish(txn, row.id<ItemId>(1), m);
    }
    if (rest > 0)
        throw ProblemError(409, "not-allocated", u"more was shipped than is allocated to the order line"_s);
}

void changeOnHand(Txn& txn, ItemId id, const QString& kind, std::int64_t delta, const QString& reason)
{
    const bool adjusted = kind == u"adjusted"_s;
    if (!adjusted && kind != u"received"_s)
        throw ProblemError(422, "body-invalid", u"a change of stock is \"received\" or \"adjusted\""_s);
    if (delta == 0 || (!adjusted && delta < 0))
        throw ProblemError(422, "body-invalid", u"a receipt adds and an adjustment changes the figure"_s);
    if (adjusted && reason.trimmed().isEmpty())
        throw ProblemError(422, "body-invalid", u"an adjustment needs its reason"_s);
    StockItem item = lockStock(txn, id);
    const std::int64_t after = item.onHand + delta;
    if (after < 0 || after + item.overbook < item.allocated + item.held) {
        throw ProblemError(409, "stock-below-commitments",
            u"%1 are allocated and %2 are held; the figure cannot fall to %3"_s.arg(item.allocated).arg(item.held).arg(after));
    }
    Movement m;
    m.kind = adjusted ? "adjusted" : "received";
    m.onHand = delta;
    m.cause = txn.newId<Id<struct CauseTag>>().toString(); // one person's request may change an item several times
    m.reason = reason;
    moveStock(txn, item, m);
    storeStock(txn, item);
    publishStock(txn, id);
    if (delta > 0)
        offerFreed(txn, {id});
}

} // namespace naru::server
