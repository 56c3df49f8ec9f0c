// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/StockDoctor.h"

#include "protocol/StockLedgerFields.h"
#include "server/engine/Freed.h"
#include "server/engine/Holds.h"
#include "server/engine/Stock.h"

#include <deque>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kMaxGaps = 1'000;

// Gives a reservation's line the seats its status says.
void settleLine(Txn& txn, const ReservedFault& fault)
{
    const Param none{std::optional<QString>()};
    txn.db().exec(u"UPDATE reservation_line SET seats = ?, seats_status = ?, seats_version = seats_version + 1 WHERE id = ?"_s,
        {fault.live ? fault.qty : 0, fault.live ? Param(fault.used ? "consumed" : "active") : none, fault.line});
}

struct Booking {
    StockFigures d;
    std::optional<QString> hold;
};

std::vector<std::int64_t> missingNumbers(Connection& db, const ItemId& item, std::int64_t rows, std::int64_t top)
{
    std::vector<std::int64_t> out;
    if (rows == top)
        return out;
    if (top - rows > kMaxGaps)
        throw ProblemError(409, "ledger-lost", u"%1 rows of the ledger are gone; bring back a backup"_s.arg(top - rows));
    std::int64_t next = 1;
    for (const Row& row : db.query(u"SELECT seq FROM stock_movement WHERE inventory_item_id = ? ORDER BY seq"_s, {item})) {
        for (; next < row.integer(0); ++next)
            out.push_back(next);
        ++next;
    }
    return out;
}

// Numbers that are gone are filled by what is booked; what is left of them by pairs that come to nothing, for no row may be empty.
void fillGaps(std::vector<Booking>& bookings, std::size_t gaps)
{
    bool up = true;
    while (bookings.size() < gaps || !up) {
        bookings.push_back({{up ? 1 : -1, 0, 0}, {}});
        up = !up;
    }
}

std::vector<Booking> bookingsFor(Connection& db, const ItemId& item, const StockFigures& adjustment)
{
    std::vector<Booking> out;
    std::int64_t held = adjustment.held;
    for (const HoldFault& fault : holdFaults(db, item)) { // so that each hold comes to nothing when it ends
        out.push_back({{0, 0, fault.missing}, fault.hold});
        held -= fault.missing;
    }
    const StockFigures rest{adjustment.onHand, adjustment.allocated, held};
    if (rest != StockFigures{})
        out.push_back({rest, {}});
    return out;
}

// Returns the ledger's new end.
std::int64_t book(Txn& txn, const ItemId& item, const StockDrift& drift, const StockFigures& adjustment, const QString& reason)
{
    std::vector<Booking> bookings = bookingsFor(txn.db(), item, adjustment);
    const std::vector<std::int64_t> gaps = missingNumbers(txn.db(), item, drift.ledgerRows, drift.ledgerMax);
    fillGaps(bookings, gaps.size());
    const QString cause = u"repair/"_s + txn.newId<Id<struct CauseTag>>().toString();
    std::int64_t top = drift.ledgerMax;
    for (std::size_t i = 0; i < bookings.size(); ++i) {
        const Booking& b = bookings[i];
        const std::int64_t seq = i < gaps.size() ? gaps[i] : ++top;
        txn.db().exec(u"INSERT INTO stock_movement (inventory_item_id, seq, kind, d_on_hand, d_allocated, d_held, hold_id, reason, actor_id, request_id, at) "
                      "VALUES (?, ?, 'adjusted', ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {item, seq, b.d.onHand, b.d.allocated, b.d.held, Param(b.hold), reason, Param(txn.actor().userId),
                u"%1/%2"_s.arg(cause).arg(i), txn.now()});
    }
    return top;
}

} // namespace

StockLevel repairStock(Txn& txn, const View& view, ItemId item, std::int64_t version, const StockRepair& repair)
{
    if (repair.reason.trimmed().isEmpty())
        refuseField(u"/reason"_s, "required", u"a repair needs its reason"_s);
    txn.db().one(u"SELECT id FROM inventory_item WHERE id = ? FOR UPDATE"_s, {item});
    const auto found = examineItem(txn.db(), view, item);
    if (!found)
        notFound();
    if (found->level.version != version)
        versionMismatch(found->level.version, protocol::toJson(found->level));
    if (found->kinds.empty())
        throw ProblemError(409, "no-drift", u"the figures and their rows agree; there is nothing to repair"_s);
    for (const ReservedFault& fault : reservedFaults(txn.db(), item))
        settleLine(txn, fault);
    const StockDrift drift = *examineItem(txn.db(), view, item);
    const StockFigures target{repair.onHand.value_or(drift.ledger.onHand), drift.allocationsSum, drift.holdsSum};
    if (target.onHand < 0 || target.allocated + target.held > target.onHand + drift.level.overbook)
        throw ProblemError(409, "repair-oversold", u"%1 are allocated and %2 held, but only %3 would be there; count and name on_hand, or raise the overbooking figure first"_s
                .arg(target.allocated).arg(target.held).arg(target.onHand));
    const StockFigures adjustment{target.onHand - drift.ledger.onHand, target.allocated - drift.ledger.allocated, target.held - drift.ledger.held};
    const std::int64_t top = book(txn, item, drift, adjustment, repair.reason);
    txn.db().exec(u"UPDATE inventory_item SET on_hand = ?, allocated = ?, held = ?, ledger_seq = ?, version = version + 1 WHERE id = ? AND version = ?"_s,
        {target.onHand, target.allocated, target.held, top, item, version});
    txn.audit(u"stock.repaired"_s, u"inventory_item"_s, item.value,
        protocol::json::object{{"reason", protocol::utf8(repair.reason)}, {"found", protocol::toJson(*found)}, {"adjustment", protocol::toJson(adjustment)}});
    publishStock(txn, item);
    offerFreed(txn, {item});
    return *readStockLevel(txn.db(), item);
}

} // namespace naru::server
