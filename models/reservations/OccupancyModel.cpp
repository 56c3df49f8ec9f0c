// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/reservations/OccupancyModel.h"

#include <algorithm>

#include "models/common/RowDiff.h"

namespace naru::models {
using namespace Qt::StringLiterals;

CellState cellState(const OccupancyCell& cell)
{
    if (cell.slotCount == 0)
        return CellState::NoSlot;
    if (cell.closed)
        return CellState::Closed;
    const auto taken = cell.allocated + cell.held;
    if (cell.overbooked || taken > cell.capacity)
        return CellState::Overbooked;
    return taken >= cell.capacity + cell.overbook ? CellState::Full : CellState::Open;
}

QString rowLabel(const OccupancyRow& row)
{
    return row.label == row.title ? QString() : row.label;
}

double cellFill(const OccupancyCell& cell)
{
    if (cell.capacity <= 0)
        return cell.slotCount > 0 ? 1.0 : 0.0;
    return std::clamp(static_cast<double>(cell.allocated + cell.held) / static_cast<double>(cell.capacity), 0.0, 1.0);
}

void OccupancyModel::setDescriber(Describe describe)
{
    m_describe = std::move(describe);
}

void OccupancyModel::describeAgain()
{
    if (rowCount() > 0 && m_columns > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, m_columns - 1), {Qt::ToolTipRole, Qt::AccessibleTextRole});
    if (m_columns > 0)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, m_columns - 1);
}

const OccupancyRow& OccupancyModel::rowAt(int row) const
{
    return m_rows[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(row)])];
}

const OccupancyCell& OccupancyModel::cellAt(int row, int column) const
{
    return rowAt(row).cells[static_cast<std::size_t>(column)];
}

OccupancyModel::SlotPlace OccupancyModel::placeOf(ItemId item) const
{
    const auto at = m_places.find(item);
    if (at == m_places.end())
        return {};
    const auto& row = m_slots[static_cast<std::size_t>(at->second.slotRow)];
    return {&row, &row.cells[static_cast<std::size_t>(at->second.slotColumn)]};
}

std::vector<OccupancyModel::SlotPlace> OccupancyModel::slotsAt(int row, int column) const
{
    std::vector<SlotPlace> all;
    for (const auto& item : m_cellItems[cellNumber(m_shown[static_cast<std::size_t>(row)], column)])
        all.push_back(placeOf(item));
    return all;
}

QModelIndex OccupancyModel::indexOf(ItemId item) const
{
    const auto at = m_places.find(item);
    const int shown = at == m_places.end() || at->second.row < 0 ? -1 : m_shownAt[static_cast<std::size_t>(at->second.row)];
    return shown < 0 ? QModelIndex() : index(shown, at->second.column);
}

OccupancyModel::Key OccupancyModel::keyOf(const OccupancyRow& row) const
{
    return m_by == OccupancyBy::Product ? Key{row.productId.value, {}} : Key{row.variantId.value, row.label};
}

bool OccupancyModel::matches(const OccupancyRow& row) const
{
    return m_filter.isEmpty() || (row.title + u' ' + row.label).contains(m_filter, Qt::CaseInsensitive);
}

void OccupancyModel::indexShown()
{
    m_shownAt.assign(m_rows.size(), -1);
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        m_shownAt[static_cast<std::size_t>(m_shown[i])] = static_cast<int>(i);
}

void OccupancyModel::setRows(const QDate& from, int days, std::vector<OccupancyRow> rows)
{
    for (auto& row : rows)
        row.cells.resize(static_cast<std::size_t>(days));
    m_slots = std::move(rows);
    const auto day = m_from.addDays(m_day);
    const bool moved = from != m_from || days != m_days;
    m_from = from;
    m_days = days;
    m_day = day.isValid() ? static_cast<int>(std::clamp<qint64>(from.daysTo(day), 0, std::max(0, days - 1))) : 0;
    layOutAgain(moved);
}

void OccupancyModel::showDays()
{
    if (m_axis == OccupancyAxis::Days)
        return;
    m_axis = OccupancyAxis::Days;
    layOutAgain(true);
}

void OccupancyModel::showHours(const QDate& day)
{
    const int column = static_cast<int>(std::clamp<qint64>(m_from.daysTo(day), 0, std::max(0, m_days - 1)));
    if (m_axis == OccupancyAxis::Hours && column == m_day)
        return;
    m_axis = OccupancyAxis::Hours;
    m_day = column;
    layOutAgain(true);
}

void OccupancyModel::setBy(OccupancyBy by)
{
    if (by == m_by)
        return;
    beginResetModel(); // other rows altogether
    m_by = by;
    m_rows.clear();
    m_shown.clear();
    m_columns = 0;
    endResetModel();
    layOutAgain(true);
}

// Other columns mean another table: begun anew. Otherwise rows come and go one by one.
void OccupancyModel::layOutAgain(bool moved)
{
    auto grid = m_days > 0 ? layOut(m_slots, m_days, m_axis, m_by, m_day) : OccupancyGrid{};
    if (grid.columns != m_columns || grid.heads != m_heads) {
        beginResetModel();
        m_rows.clear();
        m_shown.clear();
        m_columns = grid.columns;
        m_heads = grid.heads;
        endResetModel();
    }
    m_places.clear();
    for (int r = 0; r < static_cast<int>(m_slots.size()); ++r)
        for (int c = 0; c < m_days; ++c)
            if (const auto& cell = m_slots[static_cast<std::size_t>(r)].cells[static_cast<std::size_t>(c)]; cell.slotCount > 0)
                m_places.emplace(cell.itemId, Place{r, c, -1, -1});
    m_cellItems.assign(grid.rows.size() * static_cast<std::size_t>(m_columns), {});
    for (const auto& part : grid.parts) {
        const auto item = m_slots[static_cast<std::size_t>(part.slotRow)].cells[static_cast<std::size_t>(part.slotColumn)].itemId;
        m_places[item] = {part.slotRow, part.slotColumn, part.row, part.column};
        m_cellItems[cellNumber(part.row, part.column)].push_back(item);
    }
    show(std::move(grid.rows));
    if (moved && m_columns > 0)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, m_columns - 1);
}

// Three steps, each leaving the model whole: rows that go, the new contents, rows that come.
void OccupancyModel::show(std::vector<OccupancyRow> rows)
{
    std::vector<int> shown;
    std::unordered_map<Key, int, KeyHash> wantedAt; // key → position among the rows to show
    for (int r = 0; r < static_cast<int>(rows.size()); ++r) {
        const auto& row = rows[static_cast<std::size_t>(r)];
        if (!matches(row) || !wantedAt.emplace(keyOf(row), static_cast<int>(shown.size())).second)
            continue;
        shown.push_back(r);
    }
    std::vector<int> wanted;
    for (const int old : m_shown) {
        const auto& row = m_rows[static_cast<std::size_t>(old)];
        const auto at = wantedAt.find(keyOf(row));
        wanted.push_back(at == wantedAt.end() ? -1 : at->second);
    }
    const auto stays = stayingRows(wanted);
    std::vector<int> kept; // positions among the rows to show, ascending
    for (int last = static_cast<int>(stays.size()) - 1; last >= 0;) {
        int first = last; // a run of rows with one fate
        while (first > 0 && stays[static_cast<std::size_t>(first - 1)] == stays[static_cast<std::size_t>(last)])
            --first;
        if (!stays[static_cast<std::size_t>(last)]) {
            beginRemoveRows({}, first, last);
            m_shown.erase(m_shown.begin() + first, m_shown.begin() + last + 1);
            endRemoveRows();
        }
        last = first - 1;
    }
    for (std::size_t i = 0; i < stays.size(); ++i)
        if (stays[i])
            kept.push_back(wanted[i]);
    m_rows = std::move(rows);
    m_shown.clear();
    for (const int position : kept)
        m_shown.push_back(shown[static_cast<std::size_t>(position)]);
    indexShown();
    if (!m_shown.empty() && m_columns > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, m_columns - 1));
        Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
    }
    std::size_t next = 0;
    for (int position = 0; position < static_cast<int>(shown.size()); ++position) {
        if (next < kept.size() && kept[next] == position) {
            ++next;
            continue;
        }
        const int end = next < kept.size() ? kept[next] : static_cast<int>(shown.size());
        beginInsertRows({}, position, end - 1);
        m_shown.insert(m_shown.begin() + position, shown.begin() + position, shown.begin() + end);
        endInsertRows();
        position = end - 1;
    }
    indexShown();
}

void OccupancyModel::setFilter(const QString& text)
{
    if (text.trimmed() == m_filter)
        return;
    m_filter = text.trimmed();
    show(m_rows);
}

OccupancyCell& OccupancyModel::slotCell(const Place& place)
{
    return m_slots[static_cast<std::size_t>(place.slotRow)].cells[static_cast<std::size_t>(place.slotColumn)];
}

// The cell is the sum of its slots.
void OccupancyModel::recount(const Place& place, bool lightUp)
{
    if (place.row < 0)
        return;
    OccupancyCell sum;
    for (const auto& item : m_cellItems[cellNumber(place.row, place.column)])
        addFigures(sum, slotCell(m_places.at(item)));
    m_rows[static_cast<std::size_t>(place.row)].cells[static_cast<std::size_t>(place.column)] = std::move(sum);
    const int shown = m_shownAt[static_cast<std::size_t>(place.row)];
    if (shown < 0)
        return;
    const auto at = index(shown, place.column);
    Q_EMIT dataChanged(at, at);
    if (lightUp)
        Q_EMIT cellMoved(shown, place.column);
}

OccupancyModel::Applied OccupancyModel::applyLevel(VariantId variant, const QString& label, const QString& date, const StockLevel& level)
{
    const auto known = m_places.find(level.id);
    if (known == m_places.end()) {
        // New here, or one of several of that time and day: only the list tells.
        const auto day = m_from.daysTo(QDate::fromString(date, Qt::ISODate));
        const bool here = day >= 0 && day < m_days && std::any_of(m_slots.begin(), m_slots.end(), [&](const OccupancyRow& row) { return row.variantId == variant && row.label == label; });
        return here ? Applied::Unclear : Applied::Unknown;
    }
    auto& cell = slotCell(known->second);
    if (m_slots[static_cast<std::size_t>(known->second.slotRow)].variantId != variant || cell.date != date)
        return Applied::Unknown; // says something of another cell
    if (cell.slotCount != 1)
        return Applied::Unclear;
    auto& version = m_versionOf[level.id];
    if (level.version < version)
        return Applied::Same;
    version = level.version;
    auto next = cell;
    next.capacity = level.onHand - level.safety;
    next.allocated = level.allocated;
    next.held = level.held;
    next.overbook = level.overbook;
    next.overbooked = level.allocated > level.onHand;
    if (next == cell)
        return Applied::Same;
    cell = std::move(next);
    recount(known->second, true);
    return Applied::Changed;
}

void OccupancyModel::setWaiting(const std::unordered_map<ItemId, std::int64_t>& people)
{
    for (const auto& [item, place] : m_places) {
        auto& cell = slotCell(place);
        const auto at = people.find(item);
        const std::int64_t waiting = at == people.end() ? 0 : at->second;
        if (std::exchange(cell.waiting, waiting) != waiting)
            recount(place, false);
    }
}

int OccupancyModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int OccupancyModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

QVariant OccupancyModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& row = rowAt(index.row());
    const auto& cell = row.cells[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.slotCount == 0 ? QString() : u"%1/%2"_s.arg(cell.allocated + cell.held).arg(cell.capacity);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return m_describe ? m_describe(row, cell, headOf(index.column())) : QString();
    case StateRole: return static_cast<int>(cellState(cell));
    case FillRole: return cellFill(cell);
    case TitleRole: return row.title;
    case LabelRole: return rowLabel(row);
    case DateRole: return cell.date;
    case WaitingRole: return QVariant::fromValue<qlonglong>(cell.waiting);
    default: return {};
    }
}

QVariant OccupancyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal) {
        if (section < 0 || section >= m_columns)
            return {};
        if (m_axis == OccupancyAxis::Hours)
            return role == Qt::DisplayRole ? QVariant(headOf(section)) : QVariant();
        const auto day = dateOf(section);
        if (role == Qt::DisplayRole)
            return u"%1/%2"_s.arg(day.month()).arg(day.day());
        return role == DateRole ? QVariant(day) : QVariant();
    }
    if (section < 0 || section >= rowCount())
        return {};
    const auto& row = rowAt(section);
    switch (role) {
    case Qt::DisplayRole: return rowLabel(row).isEmpty() ? row.title : u"%1 · %2"_s.arg(row.title, row.label);
    case TitleRole: return row.title;
    case LabelRole: return rowLabel(row);
    default: return {};
    }
}

} // namespace naru::models
