// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/Decide.h"
#include "server/engine/Labels.h"
#include "server/engine/Stock.h"
#include "server/store/Failpoint.h"

namespace naru::server {

// The inventory rows that a batch of tickets touches: locked in id order by one statement and read by the next, whatever their number,
// with the terms they are sold under. Lives for one batch; writer thread.
class BatchItems {
public:
    struct Item {
        StockItem stock;
        StockRow row;
        const ItemLabel* label = nullptr;
        QString currency;
        std::optional<PolicyId> policy;
        ProductId product;
        int bits = 0; // engine/BookingTerms.h: special
        std::int64_t drawRank = 0; // of who asks now: behind everybody a draw ranked
        std::int64_t asked = 0;
        std::optional<Instant> soonestEnd; // of the holds that are open on it
        bool found = false; // goods are ordered, not reserved: they are not found
        bool moved = false;
    };

    void want(const ItemId& id)
    {
        if (m_index.emplace(id, 0).second && NARU_MUTATED(10))
            m_asLocked.push_back(id);
    }
    // After everything was wanted, and before anything is asked that may depend on it: whoever waited here sees what the other one did,
    // also to slots and products.
    void lock(Txn& txn);
    // What is to be asked then, and what becomes of the answer. May be asked again when something was changed since.
    Question ask(Instant now) const;
    void take(const Rows& rows);
    void readLabels(Txn& txn, LabelCache& labels);
    // Says of rows that were asked for more than is free when the first of the holds in the way ends.
    void foretellExpiries(Instant now);
    std::size_t at(const ItemId& id) const { return m_index.at(id); }
    Item& operator[](std::size_t i) { return m_items[i]; }
    const Item& operator[](std::size_t i) const { return m_items[i]; }
    std::size_t size() const { return m_items.size(); }
    QStringList ids() const;
    std::set<ItemId> idSet() const;
    std::vector<StockRow> rows() const;

private:
    void takeItem(Item& item, const Row& row);

    std::map<ItemId, std::size_t> m_index; // in id order
    std::vector<ItemId> m_asLocked; // defect 10: in the order of asking
    std::vector<Item> m_items;
    std::vector<std::pair<ItemId, std::int64_t>> m_productVersions; // of those found
};

} // namespace naru::server
