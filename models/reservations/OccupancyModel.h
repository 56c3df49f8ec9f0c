// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"

#include <QAbstractTableModel>
#include <QDate>
#include <QHash>
#include <functional>
#include <unordered_map>

namespace naru::models {

// How a calendar cell stands; the number in it says the rest.
enum class CellState { NoSlot, Open, Full, Overbooked, Closed };
CellState cellState(const OccupancyCell& cell);
QString rowLabel(const OccupancyRow& row); // empty where it would only repeat the title
double cellFill(const OccupancyCell& cell); // taken share of the capacity, 0…1

// The occupancy calendar: one row per product and start time (or option of a stay), one column per day. Live changes find
// their cell by hash. UI thread; owned by the monitor's controller.
class OccupancyModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { StateRole = Qt::UserRole + 1, FillRole, TitleRole, LabelRole, DateRole };
    using Describe = std::function<QString(const OccupancyRow&, const OccupancyCell&)>;
    // Unclear: several slots share the cell and only one is known, the row must be read again.
    enum class Applied { Unknown, Same, Changed, Unclear };

    using QAbstractTableModel::QAbstractTableModel;

    void setDescriber(Describe describe); // words for tooltips and screen readers, made by the interface
    void describeAgain(); // the language changed
    void setRows(const QDate& from, int days, std::vector<OccupancyRow> rows);
    Applied applyLevel(VariantId variant, const QString& label, const QString& date, const StockLevel& level);
    void setFilter(const QString& text);
    QString filter() const { return m_filter; }

    int totalRows() const { return static_cast<int>(m_rows.size()); }
    QDate from() const { return m_from; }
    QDate dateOf(int column) const { return m_from.addDays(column); }
    const OccupancyRow& rowAt(int row) const; // of the rows shown
    const OccupancyCell& cellAt(int row, int column) const;
    struct Place {
        const OccupancyRow* row = nullptr;
        const OccupancyCell* cell = nullptr;
    };
    Place placeOf(ItemId item) const; // also of rows filtered out; empty when the days shown do not have it

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void cellMoved(int row, int column); // a live change, in coordinates of the rows shown

private:
    struct Key {
        VariantId variant;
        QString label;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& k) const noexcept { return std::hash<VariantId>{}(k.variant) ^ qHash(k.label); }
    };
    bool matches(const OccupancyRow& row) const;
    void show(std::vector<OccupancyRow> rows);
    void reindex();

    std::vector<OccupancyRow> m_rows;
    std::unordered_map<Key, int, KeyHash> m_rowOf;
    std::unordered_map<ItemId, std::pair<int, int>> m_cellOf; // row and column of each first slot
    std::unordered_map<ItemId, std::int64_t> m_versionOf; // of live changes, so that an old one never wins
    std::vector<int> m_shown; // indices into m_rows
    std::vector<int> m_shownAt; // the inverse, −1 when filtered out
    QDate m_from;
    int m_days = 0;
    QString m_filter;
    Describe m_describe;
};

} // namespace naru::models
