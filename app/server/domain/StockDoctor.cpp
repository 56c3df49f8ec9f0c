// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/StockDoctor.h"

#include "server/engine/Labels.h"
#include "server/engine/Stock.h"

#include <map>
#include <set>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kShown = 200;
using Found = std::map<QString, std::set<DriftKind>>; // by item

// The tenant's part of a table that names an item.
QString onlyOf(const View& view, const QString& itemColumn, Params& params)
{
    if (!view.vendor)
        return {};
    params.emplace_back(*view.vendor);
    return u" AND %1 IN (SELECT own.id FROM inventory_item own WHERE own.vendor_id = ?)"_s.arg(itemColumn);
}

void findFigures(Connection& db, const View& view, Found& found)
{
    Params params;
    const QString movements = onlyOf(view, u"m.inventory_item_id"_s, params);
    const QString holds = onlyOf(view, u"l.inventory_item_id"_s, params);
    const QString allocations = onlyOf(view, u"a.inventory_item_id"_s, params);
    const QString items = onlyOf(view, u"i.id"_s, params);
    const QString sql
        = u"SELECT i.id, i.on_hand, i.allocated, i.held, i.ledger_seq, COALESCE(m.n, 0), COALESCE(m.top, 0), COALESCE(m.oh, 0), COALESCE(m.al, 0), COALESCE(m.he, 0), "
          "COALESCE(h.q, 0), COALESCE(a.q, 0) FROM inventory_item i "
          "LEFT JOIN (SELECT m.inventory_item_id AS k, COUNT(*) AS n, MAX(m.seq) AS top, SUM(m.d_on_hand) AS oh, SUM(m.d_allocated) AS al, SUM(m.d_held) AS he "
          "FROM stock_movement m WHERE 1 = 1%1 GROUP BY m.inventory_item_id) m ON m.k = i.id "
          "LEFT JOIN (SELECT l.inventory_item_id AS k, SUM(l.qty) AS q FROM hold_line l JOIN hold o ON o.id = l.hold_id WHERE o.status = 'active'%2 GROUP BY l.inventory_item_id) h ON h.k = i.id "
          "LEFT JOIN (SELECT a.inventory_item_id AS k, SUM(a.qty) AS q FROM allocation a WHERE a.status = 'active'%3 GROUP BY a.inventory_item_id) a ON a.k = i.id "
          "WHERE (COALESCE(m.oh, 0) <> i.on_hand OR COALESCE(m.al, 0) <> i.allocated OR COALESCE(m.he, 0) <> i.held OR COALESCE(m.n, 0) <> i.ledger_seq "
          "OR COALESCE(m.top, 0) <> i.ledger_seq OR COALESCE(h.q, 0) <> i.held OR COALESCE(a.q, 0) <> i.allocated)%4"_s
              .arg(movements, holds, allocations, items);
    for (const Row& row : db.query(sql, params)) {
        std::set<DriftKind>& kinds = found[row.text(0)];
        if (row.integer(1) != row.integer(7) || row.integer(2) != row.integer(8) || row.integer(3) != row.integer(9))
            kinds.insert(DriftKind::Counter);
        if (row.integer(4) != row.integer(5) || row.integer(4) != row.integer(6))
            kinds.insert(DriftKind::Sequence);
        if (row.integer(3) != row.integer(10))
            kinds.insert(DriftKind::Holds);
        if (row.integer(2) != row.integer(11))
            kinds.insert(DriftKind::Allocations);
    }
}

// Holds whose ledger rows are not what they have: an open one its quantity, an ended one nothing.
QString holdFaultSql(const QString& movementsOf, const QString& linesOf)
{
    return u"SELECT m.inventory_item_id, m.hold_id, (CASE WHEN h.status = 'active' THEN COALESCE(l.qty, 0) ELSE 0 END) - SUM(m.d_held) FROM stock_movement m JOIN hold h ON h.id = m.hold_id "
           "LEFT JOIN hold_line l ON l.hold_id = m.hold_id AND l.inventory_item_id = m.inventory_item_id WHERE m.hold_id IS NOT NULL%1 "
           "GROUP BY m.inventory_item_id, m.hold_id, h.status, l.qty HAVING SUM(m.d_held) <> (CASE WHEN h.status = 'active' THEN COALESCE(l.qty, 0) ELSE 0 END) "
           "UNION ALL SELECT l.inventory_item_id, l.hold_id, l.qty FROM hold_line l JOIN hold h ON h.id = l.hold_id WHERE h.status = 'active'%2 "
           "AND NOT EXISTS (SELECT 1 FROM stock_movement m WHERE m.hold_id = l.hold_id AND m.inventory_item_id = l.inventory_item_id)"_s
        .arg(movementsOf, linesOf);
}

QString reservedFaultSql(const QString& linesOf)
{
    return u"SELECT l.inventory_item_id, l.id, r.status, l.qty, l.seats FROM reservation r JOIN reservation_line l ON l.reservation_id = r.id WHERE "
           "((r.status IN ('confirmed','cancel_requested','checked_in','completed','no_show') AND l.seats <> l.qty) OR (r.status IN ('cancelled','expired') AND l.seats <> 0))%1"_s
        .arg(linesOf);
}

void findRows(Connection& db, const View& view, Found& found)
{
    Params params;
    const QString movements = onlyOf(view, u"m.inventory_item_id"_s, params);
    const QString lines = onlyOf(view, u"l.inventory_item_id"_s, params);
    for (const Row& row : db.query(holdFaultSql(movements, lines), params))
        found[row.text(0)].insert(DriftKind::HoldRows);
    params.clear();
    const QString reserved = onlyOf(view, u"l.inventory_item_id"_s, params);
    for (const Row& row : db.query(reservedFaultSql(reserved), params))
        found[row.text(0)].insert(DriftKind::ReservationRows);
}

StockDrift describe(Connection& db, const View& view, StockLevel level)
{
    StockDrift d;
    const ItemId item = level.id;
    const auto ledger = db.one(u"SELECT COUNT(*), COALESCE(MAX(seq), 0), COALESCE(SUM(d_on_hand), 0), COALESCE(SUM(d_allocated), 0), COALESCE(SUM(d_held), 0) "
                               "FROM stock_movement WHERE inventory_item_id = ?"_s,
        {item});
    d.ledgerRows = ledger->integer(0);
    d.ledgerMax = ledger->integer(1);
    d.ledger = {ledger->integer(2), ledger->integer(3), ledger->integer(4)};
    d.ledgerSeq = db.one(u"SELECT ledger_seq FROM inventory_item WHERE id = ?"_s, {item})->integer(0);
    d.holdsSum = db.one(u"SELECT COALESCE(SUM(l.qty), 0) FROM hold_line l JOIN hold h ON h.id = l.hold_id WHERE l.inventory_item_id = ? AND h.status = 'active'"_s, {item})->integer(0);
    d.allocationsSum = db.one(u"SELECT COALESCE(SUM(qty), 0) FROM allocation WHERE inventory_item_id = ? AND status = 'active'"_s, {item})->integer(0);
    d.reservedSum = d.allocationsSum;
    const auto reserved = reservedFaults(db, item);
    for (const ReservedFault& f : reserved)
        if (!f.used)
            d.reservedSum += (f.live ? f.qty : 0) - f.allocated;
    if (level.onHand != d.ledger.onHand || level.allocated != d.ledger.allocated || level.held != d.ledger.held)
        d.kinds.push_back(DriftKind::Counter);
    if (d.ledgerSeq != d.ledgerRows || d.ledgerSeq != d.ledgerMax)
        d.kinds.push_back(DriftKind::Sequence);
    if (level.held != d.holdsSum)
        d.kinds.push_back(DriftKind::Holds);
    if (level.allocated != d.allocationsSum)
        d.kinds.push_back(DriftKind::Allocations);
    if (!holdFaults(db, item).empty())
        d.kinds.push_back(DriftKind::HoldRows);
    if (!reserved.empty())
        d.kinds.push_back(DriftKind::ReservationRows);
    d.suggested = {d.ledger.onHand, d.reservedSum, d.holdsSum};
    d.adjustment = {0, d.suggested.allocated - d.ledger.allocated, d.suggested.held - d.ledger.held};
    d.repairable = d.suggested.onHand >= 0 && d.suggested.allocated >= 0 && d.suggested.allocated + d.suggested.held <= d.suggested.onHand + level.overbook;
    if (const auto label = readLabel(db, item, view.lang))
        d.title = label->slotId || label->option.isEmpty() ? label->full : label->title + u" · "_s + label->option;
    d.level = std::move(level);
    return d;
}

} // namespace

std::vector<HoldFault> holdFaults(Connection& db, const ItemId& item)
{
    std::vector<HoldFault> out;
    for (const Row& row : db.query(holdFaultSql(u" AND m.inventory_item_id = ?"_s, u" AND l.inventory_item_id = ?"_s), {item, item}))
        out.push_back({row.text(1), row.integer(2)});
    return out;
}

std::vector<ReservedFault> reservedFaults(Connection& db, const ItemId& item)
{
    std::vector<ReservedFault> out;
    for (const Row& row : db.query(reservedFaultSql(u" AND l.inventory_item_id = ?"_s), {item})) {
        const QString status = row.text(2);
        const bool dead = status == u"cancelled" || status == u"expired";
        out.push_back({row.text(1), !dead, status == u"completed", row.integer(3), row.integer(4)});
    }
    return out;
}

std::optional<StockDrift> examineItem(Connection& db, const View& view, ItemId item)
{
    auto level = readStockLevel(db, item);
    if (!level || !view.sees(level->vendorId))
        return std::nullopt;
    return describe(db, view, std::move(*level));
}

DoctorReport examineStock(Connection& db, const View& view)
{
    DoctorReport report;
    report.at = view.now;
    Params params;
    const QString own = onlyOf(view, u"i.id"_s, params);
    report.checkedItems = db.one(u"SELECT COUNT(*) FROM inventory_item i WHERE 1 = 1"_s + own, params)->integer(0);
    Found found;
    findFigures(db, view, found);
    findRows(db, view, found);
    report.drifted = static_cast<int>(found.size());
    std::map<DriftKind, int> counts;
    for (const auto& [item, kinds] : found) {
        for (const DriftKind kind : kinds)
            ++counts[kind];
        if (report.items.size() < kShown)
            if (auto drift = examineItem(db, view, ItemId::parse(QStringView(item)).value_or(ItemId{})))
                report.items.push_back(std::move(*drift));
    }
    for (const auto& [kind, n] : counts)
        report.counts.push_back({kind, n});
    return report;
}

} // namespace naru::server
