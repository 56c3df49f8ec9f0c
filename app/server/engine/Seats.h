// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/Booked.h"

namespace naru::server {

// The seats of booked pieces given back, used up or taken, many at a time: inventory rows are read under their lock in id order
// once, ledger rows follow piece by piece, counters and what the lines have are written at the end. Writer thread, one transaction.
class Seats {
public:
    explicit Seats(Txn& txn) : m_txn(txn) {}
    void lock(const std::set<ItemId>& items); // before anything else; once
    void lockOf(const std::vector<Booked>& booked, const std::set<ItemId>& further = {});
    const StockItem* find(const ItemId& item) const;

    // What of these seats is still theirs; Consumed: on_hand falls with them, as far as there is any (an overbooked place has
    // fewer seats than guests).
    void end(Booked& booked, PieceStatus to, const QString& reason);
    void end(BookedPiece& piece, PieceStatus to, const QString& reason);
    // Seats of the piece's item for its line, which has none; that there is room was decided before.
    void take(BookedPiece& piece);

    // Lines, counters, stock.changed; what came back goes to the waiting lists before anybody else.
    void store();

private:
    Txn& m_txn;
    std::map<ItemId, StockItem> m_stock;
    std::set<ItemId> m_moved;
    std::set<ItemId> m_freed; // where seats came back
    struct LineBlock : RowBlock {
        LineBlock();
    };
    LineBlock m_ended, m_taken; // a moved line is in both: given back first
};

} // namespace naru::server
