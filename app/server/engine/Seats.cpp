// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Seats.h"

#include "protocol/CancellationFields.h"
#include "server/engine/Freed.h"
#include "server/engine/Holds.h"
#include "server/store/Failpoint.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

// Names one taking or ending of a line's seats, once and for ever.
QString causeOf(const BookedPiece& piece) { return piece.line.toString() + u'/' + QString::number(piece.seatsVersion); }

} // namespace

Seats::LineBlock::LineBlock()
    : RowBlock{"reservation_line",
          {{"id", Type::Text}, {"seats_version", Type::BigInt}, {"seats", Type::BigInt}, {"seats_status", Type::Text}, {"seats_version", Type::BigInt}},
          {}}
{
}

void Seats::lock(const std::set<ItemId>& items)
{
    static const QString sql = u"SELECT id, vendor_id, on_hand, allocated, held, overbook, safety, ledger_seq, version FROM inventory_item WHERE id = ANY(?) "
                               "ORDER BY id FOR UPDATE"_s;
    QStringList ids;
    for (const ItemId& id : items)
        ids << id.toString();
    if (ids.isEmpty())
        return;
    for (const Row& row : m_txn.db().query(sql, {ids})) {
        const auto id = row.id<ItemId>(0);
        m_stock.emplace(id,
            StockItem{id, row.id<VendorId>(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5), row.integer(6), row.integer(7), row.integer(8)});
    }
}

void Seats::lockOf(const std::vector<Booked>& booked, const std::set<ItemId>& further)
{
    std::set<ItemId> items = further;
    for (const Booked& b : booked)
        for (const BookedPiece& piece : b.pieces)
            if (piece.status == PieceStatus::Active)
                items.insert(piece.item);
    lock(items);
}

const StockItem* Seats::find(const ItemId& item) const
{
    const auto at = m_stock.find(item);
    return at == m_stock.end() ? nullptr : &at->second;
}

void Seats::end(Booked& booked, PieceStatus to, const QString& reason)
{
    for (BookedPiece& piece : booked.pieces)
        if (piece.status == PieceStatus::Active)
            end(piece, to, reason);
}

void Seats::end(BookedPiece& piece, PieceStatus to, const QString& reason)
{
    StockItem& item = m_stock.at(piece.item);
    Movement m;
    m.kind = to == PieceStatus::Consumed ? "shipped" : "released";
    m.allocated = -piece.qty;
    if (to == PieceStatus::Consumed)
        m.onHand = -std::min(piece.qty, item.onHand);
    if (to == PieceStatus::Released && NARU_MUTATED(8))
        m.allocated -= piece.qty; // given back twice
    m.cause = causeOf(piece);
    m.reservationLine = piece.line;
    m.reason = reason;
    moveStock(m_txn, item, m);
    m_moved.insert(item.id);
    const bool keeps = to == PieceStatus::Consumed;
    m_ended.append(piece.line, piece.seatsVersion, keeps ? piece.qty : 0, keeps ? Param(protocol::wireName(to)) : Param(std::optional<QString>()), piece.seatsVersion + 1);
    piece.status = to;
    ++piece.seatsVersion;
    if (!keeps)
        m_freed.insert(item.id);
}

void Seats::take(BookedPiece& piece)
{
    StockItem& item = m_stock.at(piece.item);
    m_taken.append(piece.line, piece.seatsVersion, piece.qty, "active", piece.seatsVersion + 1);
    piece.status = PieceStatus::Active;
    ++piece.seatsVersion;
    Movement m;
    m.kind = "allocated";
    m.allocated = piece.qty;
    m.cause = causeOf(piece);
    m.reservationLine = piece.line;
    moveStock(m_txn, item, m);
    m_moved.insert(item.id);
}

void Seats::store()
{
    m_txn.db().updateEach(m_ended, 2);
    m_txn.db().updateEach(m_taken, 2);
    for (const ItemId& item : m_moved)
        storeStock(m_txn, m_stock.at(item));
    for (const ItemId& item : m_moved)
        publishStock(m_txn, item);
    if (!m_freed.empty())
        offerFreed(m_txn, m_freed);
}

} // namespace naru::server
