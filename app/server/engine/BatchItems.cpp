// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/BatchItems.h"

#include "server/engine/BookingTerms.h"

namespace naru::server {

using namespace Qt::StringLiterals;

QStringList BatchItems::ids() const
{
    QStringList ids;
    ids.reserve(static_cast<qsizetype>(m_index.size()));
    for (const auto& [id, at] : m_index)
        ids << id.toString();
    return ids;
}

std::set<ItemId> BatchItems::idSet() const
{
    std::set<ItemId> ids;
    for (const auto& [id, at] : m_index)
        ids.insert(ids.end(), id);
    return ids;
}

std::vector<StockRow> BatchItems::rows() const
{
    std::vector<StockRow> rows;
    rows.reserve(m_items.size());
    for (const Item& item : m_items)
        rows.push_back(item.row);
    return rows;
}

void BatchItems::lock(Txn& txn)
{
    std::size_t next = 0;
    for (auto& [id, at] : m_index)
        at = next++;
    m_items.resize(m_index.size());
    if (m_items.empty())
        return;
    for (const ItemId& id : m_asLocked) { // defect 10: one by one, as they were asked for
        txn.db().query(u"SELECT id FROM inventory_item WHERE id = ? FOR UPDATE"_s, {id});
        NARU_FAILPOINT("row.locked");
    }
    if (txn.db().engine() == Engine::Postgres)
        txn.db().post(u"SELECT id FROM inventory_item WHERE id = ANY(?) ORDER BY id FOR UPDATE"_s, {ids()});
}

void BatchItems::readLabels(Txn& txn, LabelCache& labels)
{
    labels.load(txn.db(), m_productVersions, u"ko"_s);
    for (const auto& [id, version] : m_productVersions)
        m_items[m_index.at(id)].label = labels.item(txn.db(), id, u"ko"_s);
}

// A row for each of an item's offers that is valid now, or one without.
Question BatchItems::ask(Instant now) const
{
    static const QString sql
        = u"SELECT i.id, i.vendor_id, i.on_hand, i.allocated, i.held, i.overbook, i.safety, i.ledger_seq, i.version, s.status, s.starts_at, COALESCE(r.cutoff_min, 0), "
          "p.status, v.enabled, vn.status, p.version, "
          "COALESCE((SELECT n.id FROM cancellation_policy c JOIN cancellation_policy n ON n.code = c.code WHERE c.id = p.cancellation_policy_id ORDER BY n.revision DESC LIMIT 1), "
          "(SELECT id FROM cancellation_policy WHERE code = 'standard' ORDER BY revision DESC LIMIT 1)), "
          "p.id, i.draw_rank, i.special | p.special, (SELECT MIN(open_until) FROM hold_line h WHERE h.inventory_item_id = i.id AND h.open_until IS NOT NULL), "
          "o.price_minor, o.currency, o.purchasable, o.max_qty, o.channel, o.valid_from "
          "FROM inventory_item i JOIN variant v ON v.id = i.variant_id JOIN product p ON p.id = v.product_id JOIN vendor vn ON vn.id = i.vendor_id "
          "JOIN slot s ON s.id = i.slot_id LEFT JOIN slot_rule r ON r.id = s.slot_rule_id "
          "LEFT JOIN offer o ON o.variant_id = i.variant_id AND o.vendor_id = i.vendor_id AND o.valid_from <= ? AND (o.valid_until IS NULL OR o.valid_until > ?) "
          "WHERE i.id = ANY(?) ORDER BY i.id"_s;
    return {sql, {now, now, ids()}};
}

void BatchItems::takeItem(Item& item, const Row& row)
{
    const auto id = row.id<ItemId>(0);
    item.found = true;
    item.stock = {id, row.id<VendorId>(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5), row.integer(6), row.integer(7), row.integer(8)};
    StockRow& s = item.row;
    s.item = id;
    s.onHand = item.stock.onHand;
    s.overbook = item.stock.overbook;
    s.safety = item.stock.safety;
    s.allocated = item.stock.allocated;
    s.held = item.stock.held;
    s.open = row.text(9) == u"open"_s && row.text(12) == u"active"_s && row.flag(13) && row.text(14) == u"approved"_s;
    s.closesAt = row.instant(10) - Millis(row.integer(11) * 60'000);
    item.policy = row.maybeId<PolicyId>(16);
    item.product = row.id<ProductId>(17);
    item.drawRank = row.integer(18);
    item.bits = row.number(19);
    item.soonestEnd = row.maybeInstant(20);
    s.kept = (item.bits & special::kKept) != 0;
    m_productVersions.emplace_back(id, row.integer(15));
}

void BatchItems::take(const Rows& rows)
{
    m_productVersions.clear();
    std::optional<ItemId> last;
    bool open = false; // of this item, whatever it is offered for
    std::pair<bool, std::int64_t> best; // of its offers: the default channel's before others, and of those the newest
    for (const Row& row : rows) {
        const auto id = row.id<ItemId>(0);
        Item& item = m_items[m_index.at(id)];
        const bool first = last != id;
        if (first) {
            takeItem(item, row);
            open = std::exchange(item.row.open, false);
            last = id;
        }
        const std::pair rank(row.text(25) == u"default"_s, row.integer(26));
        if (row.isNull(21) || (!first && rank <= best))
            continue;
        best = rank;
        item.row.unitPriceMinor = row.integer(21);
        item.currency = row.text(22);
        item.row.maxQty = row.maybeInteger(24);
        item.row.open = open && row.flag(23);
    }
}

void BatchItems::foretellExpiries(Instant now)
{
    for (Item& item : m_items)
        if (item.soonestEnd && item.row.held > 0 && item.stock.available() < item.asked) // a due one that this batch did not get to is about to end
            item.row.soonestExpiry = std::max(*item.soonestEnd, now);
}

} // namespace naru::server
