// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/RowDiff.h"

#include <QAbstractTableModel>
#include <iterator>
#include <utility>

namespace naru::models {

// A table of plain rows, each with a unique key, that changes by the smallest steps: insert, move, remove, dataChanged.
// `Traits` gives  using Key = …;  static Key key(const Row&).  Rows compare with ==. UI thread; concrete models derive,
// name their columns and answer data().
template <class Row, class Traits> class KeyedTableModel : public QAbstractTableModel {
public:
    using Key = typename Traits::Key;
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

    const std::vector<Row>& rows() const { return m_rows; }
    const Row& row(int at) const { return m_rows[static_cast<std::size_t>(at)]; }
    bool contains(const Key& key) const { return rowOf(key) >= 0; }
    int rowOf(const Key& key) const
    {
        const auto known = m_places.find(key);
        if (known == m_places.end())
            return -1;
        // Rows that came and went above it have moved it by a few places since it was noted.
        const int noted = std::min(known->second, rowCount() - 1);
        for (int off = 0; off <= kDrift; ++off)
            for (const int at : {noted - off, noted + off})
                if (at >= 0 && at < rowCount() && Traits::key(row(at)) == key)
                    return known->second = at;
        for (int at = 0; at < rowCount(); ++at)
            m_places[Traits::key(row(at))] = at;
        return known->second;
    }
    const Row* find(const Key& key) const
    {
        const int at = rowOf(key);
        return at < 0 ? nullptr : &row(at);
    }

    // Becomes `wanted`. A key that stands in it twice counts once (the first).
    void assign(std::vector<Row> wanted)
    {
        std::vector<Key> want = uniqueKeys(wanted);
        std::vector<Key> have;
        have.reserve(m_rows.size());
        for (const Row& r : m_rows)
            have.push_back(Traits::key(r));
        for (const RowStep& step : planRows(std::move(have), want))
            apply(step, wanted);
        for (std::size_t i = 0; i < wanted.size(); ++i)
            replace(static_cast<int>(i), std::move(wanted[i]));
    }

    // A further page: rows already here are replaced where they stand, others follow at the end.
    void append(std::vector<Row> more)
    {
        std::vector<Row> fresh;
        for (Row& r : more) {
            const int at = rowOf(Traits::key(r));
            if (at >= 0)
                replace(at, std::move(r));
            else
                fresh.push_back(std::move(r));
        }
        uniqueKeys(fresh);
        if (fresh.empty())
            return;
        const int first = rowCount();
        this->beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
        for (std::size_t i = 0; i < fresh.size(); ++i)
            m_places.emplace(Traits::key(fresh[i]), first + static_cast<int>(i));
        std::move(fresh.begin(), fresh.end(), std::back_inserter(m_rows));
        this->endInsertRows();
    }

    // Before all others, in one step; none of them is here yet.
    void insertFront(std::vector<Row> fresh)
    {
        uniqueKeys(fresh);
        if (fresh.empty())
            return;
        const auto count = static_cast<int>(fresh.size());
        this->beginInsertRows({}, 0, count - 1);
        for (int i = 0; i < count; ++i)
            m_places.emplace(Traits::key(fresh[static_cast<std::size_t>(i)]), i);
        m_rows.insert(m_rows.begin(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
        this->endInsertRows();
    }

    void insert(int at, Row r)
    {
        this->beginInsertRows({}, at, at);
        m_places.emplace(Traits::key(r), at);
        m_rows.insert(m_rows.begin() + at, std::move(r));
        this->endInsertRows();
    }

    // False when the row was the same already.
    bool replace(int at, Row r)
    {
        Row& old = m_rows[static_cast<std::size_t>(at)];
        if (old == r)
            return false;
        if (const Key was = Traits::key(old), now = Traits::key(r); was != now) {
            m_places.erase(was);
            m_places.emplace(now, at);
        }
        old = std::move(r);
        Q_EMIT this->dataChanged(this->index(at, 0), this->index(at, this->columnCount() - 1));
        return true;
    }

    bool remove(const Key& key)
    {
        const int at = rowOf(key);
        if (at < 0)
            return false;
        this->beginRemoveRows({}, at, at);
        m_places.erase(key);
        m_rows.erase(m_rows.begin() + at);
        this->endRemoveRows();
        return true;
    }

    // The row `from` ends at `to`, with the contents given.
    void moveRow(int from, int to, Row r)
    {
        if (from != to)
            apply({RowStep::Move, to, 1, from}, {});
        replace(to, std::move(r));
    }

private:
    static constexpr int kDrift = 32; // places a row may have moved from where it was noted until all are noted anew

    static std::vector<Key> uniqueKeys(std::vector<Row>& rows)
    {
        std::vector<Key> keys;
        std::unordered_map<Key, bool> seen;
        std::vector<Row> kept;
        kept.reserve(rows.size());
        for (Row& r : rows) {
            const Key key = Traits::key(r);
            if (!seen.emplace(key, true).second)
                continue;
            keys.push_back(key);
            kept.push_back(std::move(r));
        }
        rows = std::move(kept);
        return keys;
    }

    void apply(const RowStep& step, const std::vector<Row>& wanted)
    {
        const auto at = m_rows.begin() + step.at;
        switch (step.kind) {
        case RowStep::Remove:
            this->beginRemoveRows({}, step.at, step.at + step.count - 1);
            for (auto gone = at; gone != at + step.count; ++gone)
                m_places.erase(Traits::key(*gone));
            m_rows.erase(at, at + step.count);
            this->endRemoveRows();
            break;
        case RowStep::Insert:
            this->beginInsertRows({}, step.at, step.at + step.count - 1);
            for (int i = step.at; i < step.at + step.count; ++i)
                m_places.emplace(Traits::key(wanted[static_cast<std::size_t>(i)]), i);
            m_rows.insert(at, wanted.begin() + step.at, wanted.begin() + step.at + step.count);
            this->endInsertRows();
            break;
        case RowStep::Move: {
            // Qt counts the destination before the row is taken out.
            this->beginMoveRows({}, step.from, step.from, {}, step.at > step.from ? step.at + 1 : step.at);
            if (step.from < step.at)
                std::rotate(m_rows.begin() + step.from, m_rows.begin() + step.from + 1, m_rows.begin() + step.at + 1);
            else
                std::rotate(m_rows.begin() + step.at, m_rows.begin() + step.from, m_rows.begin() + step.from + 1);
            m_places[Traits::key(row(step.at))] = step.at;
            this->endMoveRows();
            break;
        }
        }
    }

    std::vector<Row> m_rows;
    mutable std::unordered_map<Key, int> m_places; // every key here, and the row it was last seen at
};

} // namespace naru::models
