// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/reservations/OccupancyGrid.h"

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

// The occupancy calendar: rows are start times or products, columns are days or the hours of one day. Live changes find their
// slot by hash and change the one cell it counts in. UI thread; owned by the monitor's controller.
class OccupancyModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { StateRole = Qt::UserRole + 1, FillRole, TitleRole, LabelRole, DateRole, WaitingRole };
    // `head`: the start hour, empty when the column is a day.
    using Describe = std::function<QString(const OccupancyRow&, const OccupancyCell&, const QString& head)>;
    // Unclear: the slot is not known one by one, the rows must be read again.
    enum class Applied { Unknown, Same, Changed, Unclear };

    using QAbstractTableModel::QAbstractTableModel;

    void setDescriber(Describe describe); // words for tooltips and screen readers, made by the interface
    void describeAgain(); // the language changed
    void setRows(const QDate& from, int days, std::vector<OccupancyRow> rows); // one per variant and start time
    void showDays();
    void showHours(const QDate& day); // of the days read
    void setBy(OccupancyBy by);
    Applied applyLevel(VariantId variant, const QString& label, const QString& date, const StockLevel& level);
    void setWaiting(const std::unordered_map<ItemId, std::int64_t>& people); // of all slots with a waiting list
    void setFilter(const QString& text);
    QString filter() const { return m_filter; }

    OccupancyAxis axis() const { return m_axis; }
    OccupancyBy by() const { return m_by; }
    int totalRows() const { return static_cast<int>(m_rows.size()); }
    QDate from() const { return m_from; }
    int days() const { return m_days; }
    QDate dateOf(int column) const { return m_axis == OccupancyAxis::Days ? m_from.addDays(column) : m_from.addDays(m_day); }
    QString headOf(int column) const { return m_heads.value(column); } // "17:00"; empty for days
    const OccupancyRow& rowAt(int row) const; // of the rows shown
    const OccupancyCell& cellAt(int row, int column) const;
    struct SlotPlace {
        const OccupancyRow* row = nullptr; // as read: of one variant and start time
        const OccupancyCell* cell = nullptr;
    };
    SlotPlace placeOf(ItemId item) const; // also of rows filtered out; empty when the days read do not have it
    std::vector<SlotPlace> slotsAt(int row, int column) const; // what a cell is made of
    QModelIndex indexOf(ItemId item) const; // of the cells shown

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void cellMoved(int row, int column); // a live change, in coordinates of the rows shown

private:
    struct Key {
        Id128 owner; // product or variant
        QString label;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& k) const noexcept { return std::hash<Id128>{}(k.owner) ^ qHash(k.label); }
    };
    struct Place {
        int slotRow = 0, slotColumn = 0;
        int row = -1, column = -1; // −1: counts in no cell at hand
    };
    Key keyOf(const OccupancyRow& row) const;
    bool matches(const OccupancyRow& row) const;
    void layOutAgain(bool moved);
    void show(std::vector<OccupancyRow> rows);
    void indexShown();
    void recount(const Place& place, bool lightUp);
    OccupancyCell& slotCell(const Place& place);
    std::size_t cellNumber(int row, int column) const { return static_cast<std::size_t>(row) * static_cast<std::size_t>(m_columns) + static_cast<std::size_t>(column); }

    std::vector<OccupancyRow> m_slots; // as read, with what changed since
    std::vector<OccupancyRow> m_rows; // laid out
    std::unordered_map<ItemId, Place> m_places;
    std::vector<std::vector<ItemId>> m_cellItems; // by cellNumber
    std::unordered_map<ItemId, std::int64_t> m_versionOf; // of live changes, so that an old one never wins
    std::vector<int> m_shown; // indices into m_rows
    std::vector<int> m_shownAt; // the inverse, −1 when filtered out
    OccupancyAxis m_axis = OccupancyAxis::Days;
    OccupancyBy m_by = OccupancyBy::Slot;
    QDate m_from;
    int m_days = 0;
    int m_day = 0; // shown by hours
    int m_columns = 0;
    QStringList m_heads;
    QString m_filter;
    Describe m_describe;
};

} // namespace naru::models
