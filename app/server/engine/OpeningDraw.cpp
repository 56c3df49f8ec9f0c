// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/DrawOrder.h"
#include "server/engine/OpeningRows.h"
#include "server/engine/Openings.h"
#include "server/store/Failpoint.h"

// What time does to openings: lots, ranks, the end of the queue. A draw of any size goes piece by piece, and each piece stands by itself:
// ranks are given in the order of the lots, so that those who have one may be decided while others still wait for theirs.
namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kLatePiece = 2'048; // more than all nodes can add meanwhile

using Type = RowBlock::Type;

// Tickets that an older program queued have none. True: some were given; there may be more.
bool giveLots(Txn& txn, const OpeningRow& o)
{
    RowBlock block{"ticket", {{"id", Type::Text}, {"lot", Type::Text}}, {}};
    for (const Row& row : txn.db().query(u"SELECT id, enqueued_at FROM ticket WHERE opening_id = ? AND status = 'queued' AND due_at IS NULL AND lot IS NULL LIMIT ?"_s, {o.id, kOpeningPiece}))
        block.add({row.text(0), row.instant(1) < o.opensAt ? lotOf(o.seed, row.id<TicketId>(0)) : u""_s});
    if (block.rows() == 0)
        return false;
    txn.db().updateRows(block, 1);
    return true;
}

// From here on it is settled who is in the draw, and which rank everybody later gets.
void beginDraw(Txn& txn, const OpeningRow& o)
{
    const QStringList items = itemsOfOpening(txn.db(), o.product, o.item);
    lockItemsOfOpening(txn.db(), items);
    const auto counts = txn.db().one(u"SELECT COUNT(CASE WHEN lot > '' THEN 1 END), COUNT(*) FROM ticket WHERE opening_id = ? AND status = 'queued'"_s, {o.id});
    const std::int64_t present = counts->integer(0);
    const std::int64_t base = txn.db().one(u"SELECT COALESCE(MAX(draw_rank), 0) FROM inventory_item WHERE id = ANY(?)"_s, {items})->integer(0); // of an earlier opening
    txn.db().exec(u"UPDATE inventory_item SET draw_rank = ? WHERE id = ANY(?)"_s, {base + present + 1, items});
    if (txn.db().exec(u"UPDATE opening SET state = 'drawing', registered = ?, base_rank = ?, drawn_at = ?, version = version + 1 WHERE id = ? AND version = ?"_s,
            {present, base, txn.now(), o.id, o.version})
        != 1)
        throw StoreError(StoreError::Kind::Busy, "an opening changed under its own transaction");
    txn.audit(u"opening.drawn"_s, u"opening"_s, o.id.value,
        json::object{{"present", present}, {"late", counts->integer(1) - present}, {"seed", protocol::utf8(QString::fromLatin1(o.seed.toHex()))},
            {"commitment", protocol::utf8(o.commitment)}});
    publishOpening(txn, o.id);
    NARU_FAILPOINT("opening.drawn");
}

RowBlock rankBlock() { return {"ticket", {{"id", Type::Text}, {"draw_rank", Type::BigInt}, {"due_at", Type::BigInt}}, {}}; }

// The next of those present, in the order of their lots. False: all have their ranks.
bool rankPresent(Txn& txn, const OpeningRow& o)
{
    const Rows next = txn.db().query(u"SELECT id FROM ticket WHERE opening_id = ? AND status = 'queued' AND due_at IS NULL AND lot > '' ORDER BY lot LIMIT ? FOR UPDATE"_s,
        {o.id, kOpeningPiece});
    if (next.empty())
        return false;
    RowBlock block = rankBlock();
    std::int64_t rank = o.baseRank + o.ranksGiven;
    for (const Row& row : next)
        block.add({row.text(0), ++rank, txn.now()});
    if (txn.db().updateRows(block, 1) != static_cast<std::int64_t>(block.rows()))
        throw StoreError(StoreError::Kind::Other, "a queued ticket went away under the draw");
    txn.db().exec(u"UPDATE opening SET ranks_given = ? WHERE id = ?"_s, {o.ranksGiven + static_cast<std::int64_t>(block.rows()), o.id});
    NARU_FAILPOINT("opening.ranked");
    return true;
}

// Who came between the opening and the last rank, in their order. False: nobody is left.
bool rankLate(Txn& txn, const OpeningRow& o)
{
    const Rows late = txn.db().query(u"SELECT id, enqueued_at FROM ticket WHERE opening_id = ? AND status = 'queued' AND due_at IS NULL ORDER BY queue_seq LIMIT ? FOR UPDATE"_s,
        {o.id, kLatePiece});
    RowBlock block = rankBlock();
    for (const Row& row : late) {
        const bool inTime = row.instant(1) < o.opensAt;
        block.add({row.text(0), inTime ? rankOfStraggler(txn.db(), o.id, lotOf(o.seed, row.id<TicketId>(0)), o.lateRank()) : o.lateRank(), txn.now()});
    }
    if (block.rows() > 0)
        txn.db().updateRows(block, 1);
    return block.rows() > 0;
}

void rank(Txn& txn, const OpeningRow& o)
{
    if (rankPresent(txn, o) || rankLate(txn, o))
        return;
    // Whoever queues now waits for us, or we see the ticket.
    lockItemsOfOpening(txn.db(), itemsOfOpening(txn.db(), o.product, o.item));
    if (rankLate(txn, o))
        return;
    txn.db().exec(u"UPDATE opening SET ranked = 1, version = version + 1 WHERE id = ?"_s, {o.id});
    publishOpening(txn, o.id);
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
    lockItemsOfOpening(txn.db(), itemsOfOpening(txn.db(), o.product, o.item)); // whoever queues now waits for us, or we see the ticket
    if (stillQueued(txn.db(), o.id))
        return false;
    moveOpening(txn, o, "open");
    markOpening(txn.db(), o.product, o.item, false);
    txn.audit(u"opening.open"_s, u"opening"_s, o.id.value, json::object{});
    publishOpening(txn, o.id);
    return true;
}

// True: something was done, and there may be more.
bool work(Txn& txn, const OpeningRow& o, const DrawTerms& terms)
{
    if (o.state == u"cancelled"_s) {
        txn.db().exec(u"UPDATE opening SET version = version + 1 WHERE id = ?"_s, {o.id}); // `undecided` has changed
        const bool more = drainOpening(txn, o, o.cancelReason);
        publishOpening(txn, o.id);
        return more;
    }
    if (o.state == u"drawing"_s && o.ranked)
        return finish(txn, o);
    if (o.state == u"drawing"_s) {
        rank(txn, o);
        return true;
    }
    // Who asked in time may still wait in an intake: his request is read first.
    if (o.state != u"planned"_s || txn.now() < o.opensAt + terms.settle || (terms.oldestWaiting && *terms.oldestWaiting < o.opensAt))
        return false;
    if (!giveLots(txn, o))
        beginDraw(txn, o);
    return true;
}

} // namespace

bool workOpenings(Txn& txn, const DrawTerms& terms)
{
    static const QString draining = u"SELECT id FROM opening WHERE draining = 1 ORDER BY id FOR NO KEY UPDATE SKIP LOCKED"_s;
    static const QString due = u"SELECT id FROM opening WHERE state IN ('planned','drawing') AND opens_at <= ? ORDER BY opens_at, id FOR NO KEY UPDATE SKIP LOCKED"_s;
    const Txn::AsSystem system(txn);
    Rows rows = txn.db().query(draining);
    for (Row& row : txn.db().query(due, {txn.now()}))
        rows.push_back(std::move(row));
    for (const Row& row : rows)
        if (work(txn, lockOpening(txn.db(), row.id<OpeningId>(0)), terms))
            return true;
    return false;
}

} // namespace naru::server
