// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/RowDiff.h"

#include <QAbstractTableModel>
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
        // The lists shown are a few thousand rows at most, and most look-ups are for rows near the top.
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            if (Traits::key(m_rows[i]) == key)
                return static_cast<int>(i);
        return -1;
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
        std::move(fresh.begin(), fresh.end(), std::back_inserter(m_rows));
        this->endInsertRows();
    }

    void insert(int at, Row r)
    {
        this->beginInsertRows({}, at, at);
        m_rows.insert(m_rows.begin() + at, std::move(r));
        this->endInsertRows();
    }

    // False when the row was the same already.
    bool replace(int at, Row r)
    {
        Row& old = m_rows[static_cast<std::size_t>(at)];
        if (old == r)
            return false;
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
        m_rows.erase(m_rows.begin() + at);
        this->endRemoveRows();
        return true;
    }

private:
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
            m_rows.erase(at, at + step.count);
            this->endRemoveRows();
            break;
        case RowStep::Insert:
            this->beginInsertRows({}, step.at, step.at + step.count - 1);
            m_rows.insert(at, wanted.begin() + step.at, wanted.begin() + step.at + step.count);
            this->endInsertRows();
            break;
        case RowStep::Move: {
            // Qt counts the destination before the row is taken out.
            this->beginMoveRows({}, step.from, step.from, {}, step.at > step.from ? step.at + 1 : step.at);
            Row r = std::move(m_rows[static_cast<std::size_t>(step.from)]);
            m_rows.erase(m_rows.begin() + step.from);
            m_rows.insert(m_rows.begin() + step.at, std::move(r));
            this->endMoveRows();
            break;
        }
        }
    }

    std::vector<Row> m_rows;
};

} // namespace naru::models
