// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/WaitlistSweep.h"

#include "server/engine/Freed.h"
#include "server/engine/Waitlist.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kInTurn = 64; // lists without a cause

QStringList firstColumn(const Rows& rows)
{
    QStringList out;
    for (const Row& row : rows)
        out << row.text(0);
    return out;
}

} // namespace

int WaitlistSweep::run(Txn& txn, int limit)
{
    const Txn::AsSystem system(txn);
    const int ended = endClosed(txn, limit);
    int looked = 0;
    offerFreed(txn, candidates(txn, limit, &looked));
    return std::max(ended, looked);
}

int WaitlistSweep::endClosed(Txn& txn, int limit)
{
    const QStringList ids = firstColumn(txn.db().query(u"SELECT id FROM waitlist_entry WHERE status = 'waiting' AND closes_at <= ? ORDER BY closes_at LIMIT ?"_s, {txn.now(), limit}));
    if (ids.isEmpty())
        return 0;
    const QStringList items = firstColumn(txn.db().query(u"SELECT DISTINCT inventory_item_id FROM waitlist_entry WHERE id = ANY(?)"_s, {ids}));
    txn.db().query(u"SELECT id FROM inventory_item WHERE id = ANY(?) ORDER BY id FOR UPDATE"_s, {items});
    // Read under the lock: another node may have offered seats, or a person may have left.
    for (const Row& r : txn.db().query(u"SELECT e.id, e.ticket_id, t.version FROM waitlist_entry e JOIN ticket t ON t.id = e.ticket_id "
                                       "WHERE e.id = ANY(?) AND e.status = 'waiting' ORDER BY e.closes_at, e.id"_s,
             {ids}))
        endWaiting(txn, {r.id<WaitlistEntryId>(0), r.id<TicketId>(1), r.integer(2)}, u"the slot takes no more bookings"_s, Refusal::CutoffPassed);
    txn.db().exec(u"UPDATE inventory_item SET special = special & 6 WHERE id = ANY(?) AND (special & 1) <> 0 AND NOT EXISTS "
                  "(SELECT 1 FROM waitlist_entry w WHERE w.inventory_item_id = inventory_item.id AND w.status = 'waiting')"_s,
        {items});
    return static_cast<int>(ids.size());
}

// Items with seats for somebody who waits, of those to be looked at.
std::set<ItemId> WaitlistSweep::candidates(Txn& txn, int limit, int* looked)
{
    QStringList ids = firstColumn(txn.db().query(u"SELECT inventory_item_id FROM waitlist_look ORDER BY inventory_item_id LIMIT ? FOR UPDATE SKIP LOCKED"_s, {limit}));
    *looked = static_cast<int>(ids.size());
    if (!ids.isEmpty())
        txn.db().exec(u"DELETE FROM waitlist_look WHERE inventory_item_id = ANY(?)"_s, {ids});
    // From list to list by the index, whatever stands in between.
    const QStringList turn = firstColumn(txn.db().query(
        u"WITH RECURSIVE lists(id) AS (SELECT MIN(inventory_item_id) FROM waitlist_entry WHERE status = 'waiting' AND inventory_item_id > ? UNION ALL "
        "SELECT (SELECT MIN(w.inventory_item_id) FROM waitlist_entry w WHERE w.status = 'waiting' AND w.inventory_item_id > lists.id) FROM lists WHERE lists.id IS NOT NULL) "
        "SELECT id FROM lists WHERE id IS NOT NULL LIMIT ?"_s,
        {m_after, kInTurn}));
    m_after = turn.size() < kInTurn ? u""_s : turn.back();
    ids << turn;
    std::set<ItemId> out;
    if (ids.isEmpty())
        return out;
    for (const Row& r : txn.db().query(
             u"SELECT i.id FROM inventory_item i JOIN slot s ON s.id = i.slot_id JOIN variant v ON v.id = i.variant_id JOIN product p ON p.id = v.product_id "
             "WHERE i.id = ANY(?) AND (i.special & 1) = 0 AND i.on_hand + i.overbook - i.safety - i.allocated - i.held > 0 AND s.status = 'open' AND p.status = 'active' "
             "AND EXISTS (SELECT 1 FROM waitlist_entry e WHERE e.inventory_item_id = i.id AND e.status = 'waiting' AND e.closes_at > ? "
             "AND e.party_size <= i.on_hand + i.overbook - i.safety - i.allocated - i.held)"_s,
             {ids, txn.now()}))
        out.insert(r.id<ItemId>(0));
    return out;
}

void waitlistsMayMove(Txn& txn, const ProductId& product)
{
    txn.db().exec(u"INSERT INTO waitlist_look (inventory_item_id) SELECT DISTINCT e.inventory_item_id FROM variant v JOIN inventory_item i ON i.variant_id = v.id "
                  "JOIN waitlist_entry e ON e.inventory_item_id = i.id WHERE v.product_id = ? AND e.status = 'waiting' ON CONFLICT DO NOTHING"_s,
        {product});
}

} // namespace naru::server
