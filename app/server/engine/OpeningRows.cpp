// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/OpeningRows.h"

#include "protocol/Events.h"
#include "protocol/WaitlistFields.h"
#include "server/api/Http.h"
#include "server/engine/Openings.h"

namespace naru::server {

using namespace Qt::StringLiterals;

OpeningRow lockOpening(Connection& db, const OpeningId& id)
{
    const auto row = db.one(u"SELECT product_id, inventory_item_id, state, seed, commitment, opens_at, registered, base_rank, ranks_given, ranked, cancel_reason, version "
                            "FROM opening WHERE id = ? FOR NO KEY UPDATE"_s,
        {id});
    if (!row)
        throw ProblemError(404, "not-found", u"there is no such opening"_s);
    OpeningRow o;
    o.id = id;
    o.product = row->id<ProductId>(0);
    o.item = row->maybeId<ItemId>(1);
    o.state = row->text(2);
    o.seed = QByteArray::fromHex(row->text(3).toLatin1());
    o.commitment = row->text(4);
    o.opensAt = row->instant(5);
    o.registered = row->integer(6);
    o.baseRank = row->integer(7);
    o.ranksGiven = row->integer(8);
    o.ranked = row->flag(9);
    o.cancelReason = row->text(10);
    o.version = row->integer(11);
    return o;
}

QStringList itemsOfOpening(Connection& db, const ProductId& product, const std::optional<ItemId>& item)
{
    if (item)
        return {item->toString()};
    QStringList ids;
    for (const Row& row : db.query(u"SELECT i.id FROM inventory_item i JOIN variant v ON v.id = i.variant_id WHERE v.product_id = ? AND i.slot_id IS NOT NULL ORDER BY i.id"_s, {product}))
        ids << row.text(0);
    return ids;
}

void lockItemsOfOpening(Connection& db, const QStringList& items)
{
    db.query(u"SELECT id FROM inventory_item WHERE id = ANY(?) ORDER BY id FOR UPDATE"_s, {items});
}

void markOpening(Connection& db, const ProductId& product, const std::optional<ItemId>& item, bool on)
{
    const QString bits = on ? u"special | 2"_s : u"special & 5"_s;
    if (item)
        db.exec(u"UPDATE inventory_item SET special = "_s + bits + u" WHERE id = ?"_s, {*item});
    else
        db.exec(u"UPDATE product SET special = "_s + bits + u" WHERE id = ?"_s, {product});
}

void moveOpening(Txn& txn, const OpeningRow& o, const char* to)
{
    if (txn.db().exec(u"UPDATE opening SET state = ?, version = version + 1 WHERE id = ? AND version = ?"_s, {to, o.id, o.version}) != 1)
        throw StoreError(StoreError::Kind::Busy, "an opening changed under its own transaction");
}

void publishOpening(Txn& txn, const OpeningId& id)
{
    const auto o = readOpening(txn.db(), id, {}, txn.now());
    if (o)
        txn.publish(protocol::topic::kOpening, o->vendorId, u"opening"_s, id.value, o->version, protocol::toJson(*o).as_object());
}

bool drainOpening(Txn& txn, const OpeningRow& o, const QString& reason)
{
    const Txn::AsSystem system(txn);
    txn.allow(Machine::Ticket, "queued", "expired");
    QStringList ids;
    for (const Row& row : txn.db().query(u"SELECT id FROM ticket WHERE opening_id = ? AND status = 'queued' ORDER BY draw_rank, queue_seq LIMIT ? FOR UPDATE"_s, {o.id, kOpeningPiece}))
        ids << row.text(0);
    const Rows told = txn.db().query(u"UPDATE ticket SET status = 'expired', result_code = 'closed', finished_at = ?, version = version + 1 "
                                     "WHERE id = ANY(?) AND status = 'queued' RETURNING id, version"_s,
        {txn.now(), ids});
    for (const Row& row : told)
        txn.transition(Machine::Ticket, row.id<TicketId>(0).value, "queued", "expired", row.integer(1), reason);
    LabelCache labels;
    publishTickets(txn, labels, ids);
    const bool more = ids.size() >= kOpeningPiece;
    txn.db().exec(u"UPDATE opening SET draining = ? WHERE id = ?"_s, {more, o.id});
    return more;
}

std::int64_t rankOfStraggler(Connection& db, const OpeningId& opening, const QString& lot, std::int64_t lateRank)
{
    const auto before = db.one(u"SELECT draw_rank FROM ticket WHERE opening_id = ? AND lot > '' AND lot < ? AND due_at IS NOT NULL ORDER BY lot DESC LIMIT 1"_s, {opening, lot});
    // A node takes at most so many at once, from the front.
    const auto taken = db.one(u"SELECT MAX(draw_rank) FROM (SELECT draw_rank FROM ticket WHERE opening_id = ? AND status = 'queued' AND due_at IS NOT NULL "
                              "ORDER BY draw_rank, queue_seq LIMIT ?) q"_s,
        {opening, kOpeningPiece});
    if (!taken || taken->isNull(0))
        return lateRank; // all have been decided
    return std::max(before ? before->integer(0) : 0, taken->integer(0));
}

} // namespace naru::server
