// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/CloseOut.h"

#include "server/api/Http.h"
#include "server/engine/CheckIn.h"
#include "server/engine/Seats.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

std::vector<ReservationId> idsOf(const Rows& rows)
{
    std::vector<ReservationId> ids;
    for (const Row& row : rows)
        ids.push_back(row.id<ReservationId>(0));
    return ids;
}

// Few: from there the way to the reservations is an index, whatever the planner knows of the tables.
QStringList itemsOf(Connection& db, const QString& sql, const Params& params)
{
    QStringList ids;
    for (const Row& row : db.query(sql, params))
        ids << row.text(0);
    return ids;
}

} // namespace

int CloseOut::run(Txn& txn, int limit)
{
    // A clock that was set back must not put this off for as long.
    if (txn.now() < m_next && m_next - txn.now() <= m_options.every)
        return 0;
    const int done = runNow(txn, limit);
    m_next = done < limit ? txn.now() + m_options.every : Instant{};
    return done;
}

int CloseOut::runNow(Txn& txn, int limit)
{
    // In this order: a slot that is past is not looked at again for guests who are missing in its other places.
    const int missing = markNoShows(txn, limit);
    return missing < limit ? missing + closeSlots(txn, limit - missing) : missing;
}

int CloseOut::markNoShows(Txn& txn, int limit)
{
    const QStringList running = itemsOf(txn.db(),
        u"SELECT i.id FROM slot s JOIN inventory_item i ON i.slot_id = s.id WHERE s.status IN ('open','closed') AND s.starts_at <= ? AND "
        "(s.ends_at - s.starts_at < ? OR s.starts_at <= ?)"_s,
        {txn.now() - m_options.noShowAfter, std::int64_t(kStayMs), txn.now() - m_options.stayNoShowAfter});
    if (running.isEmpty())
        return 0;
    const Rows due = txn.db().query(u"SELECT DISTINCT r.id FROM reservation_line l JOIN reservation r ON r.id = l.reservation_id WHERE l.inventory_item_id = ANY(?) "
                                    "AND r.status = 'confirmed' ORDER BY r.id LIMIT ?"_s,
        {running, limit});
    if (due.empty())
        return 0;
    for (Booked& b : readBooked(txn.db(), idsOf(due), true)) {
        // A request of its own for each, as a person's would be.
        const Txn::AsSystem system(txn, u"no-show-"_s + b.id.toString());
        if (b.status == ReservationStatus::Confirmed)
            moveBooked(txn, b, ReservationStatus::NoShow, u"not checked in"_s);
    }
    return static_cast<int>(due.size());
}

// Reservations first, a limited number per transaction; a slot with nothing left to complete is past.
int CloseOut::closeSlots(Txn& txn, int limit)
{
    const Instant before = txn.now() - m_options.closeAfter;
    const QStringList ended = itemsOf(txn.db(),
        u"SELECT i.id FROM slot s JOIN inventory_item i ON i.slot_id = s.id WHERE s.status IN ('open','closed') AND s.ends_at <= ?"_s, {before});
    if (ended.isEmpty())
        return 0;
    const Rows due = txn.db().query(
        u"SELECT DISTINCT r.id FROM reservation_line l JOIN reservation r ON r.id = l.reservation_id WHERE l.inventory_item_id = ANY(?) "
        "AND r.status IN ('confirmed','checked_in','no_show') AND NOT EXISTS (SELECT 1 FROM reservation_line o JOIN inventory_item oi ON oi.id = o.inventory_item_id "
        "JOIN slot os ON os.id = oi.slot_id WHERE o.reservation_id = r.id AND os.ends_at > ?) ORDER BY r.id LIMIT ?"_s,
        {ended, before, limit});
    const int completed = due.empty() ? 0 : completeOf(txn, idsOf(due));
    if (completed >= limit)
        return completed;
    const Rows over = txn.db().query(u"SELECT id, status FROM slot WHERE status IN ('open','closed') AND ends_at <= ? ORDER BY ends_at LIMIT ?"_s, {before, limit - completed});
    for (const Row& row : over) {
        if (txn.db().exec(u"UPDATE slot SET status = 'past', version = version + 1 WHERE id = ? AND status IN ('open','closed')"_s, {row.text(0)}) == 0)
            continue; // another node was first
        const Txn::AsSystem system(txn, u"close-out-"_s + row.text(0));
        txn.audit(u"slot.past"_s, u"slot"_s, row.id<SlotId>(0).value, protocol::json::object{{"from", protocol::utf8(row.text(1))}, {"to", "past"}});
    }
    return completed + static_cast<int>(over.size());
}

int CloseOut::completeOf(Txn& txn, const std::vector<ReservationId>& ids)
{
    std::vector<Booked> all = readBooked(txn.db(), ids, true);
    Seats seats(txn);
    seats.lockOf(all);
    for (Booked& b : all) {
        if (b.status != ReservationStatus::Confirmed && b.status != ReservationStatus::CheckedIn && b.status != ReservationStatus::NoShow)
            continue; // another node was first
        const Txn::AsSystem system(txn, u"close-out-"_s + b.id.toString());
        if (b.status == ReservationStatus::Confirmed)
            moveBooked(txn, b, ReservationStatus::NoShow, u"not checked in"_s);
        seats.end(b, PieceStatus::Consumed, {});
        moveBooked(txn, b, ReservationStatus::Completed);
    }
    seats.store();
    return static_cast<int>(all.size());
}

} // namespace naru::server
