// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/reservations/OccupancyModel.h"

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
    if (taken > cell.capacity)
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
    if (rowCount() > 0 && m_days > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, m_days - 1), {Qt::ToolTipRole, Qt::AccessibleTextRole});
    if (m_days > 0)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, m_days - 1);
}

const OccupancyRow& OccupancyModel::rowAt(int row) const
{
    return m_rows[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(row)])];
}

const OccupancyCell& OccupancyModel::cellAt(int row, int column) const
{
    return rowAt(row).cells[static_cast<std::size_t>(column)];
}

OccupancyModel::Place OccupancyModel::placeOf(ItemId item) const
{
    const auto at = m_cellOf.find(item);
    if (at == m_cellOf.end())
        return {};
    const auto& row = m_rows[static_cast<std::size_t>(at->second.first)];
    return {&row, &row.cells[static_cast<std::size_t>(at->second.second)]};
}

bool OccupancyModel::matches(const OccupancyRow& row) const
{
    return m_filter.isEmpty() || (row.title + u' ' + row.label).contains(m_filter, Qt::CaseInsensitive);
}

void OccupancyModel::reindex()
{
    m_rowOf.clear();
    m_cellOf.clear();
    for (int r = 0; r < totalRows(); ++r) {
        const auto& row = m_rows[static_cast<std::size_t>(r)];
        m_rowOf.emplace(Key{row.variantId, row.label}, r);
        for (int c = 0; c < m_days; ++c)
            if (const auto& cell = row.cells[static_cast<std::size_t>(c)]; cell.slotCount > 0)
                m_cellOf.emplace(cell.itemId, std::pair(r, c));
    }
    m_shownAt.assign(m_rows.size(), -1);
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        m_shownAt[static_cast<std::size_t>(m_shown[i])] = static_cast<int>(i);
}

void OccupancyModel::setRows(const QDate& from, int days, std::vector<OccupancyRow> rows)
{
    for (auto& row : rows)
        row.cells.resize(static_cast<std::size_t>(days));
    if (days != m_days) {
        beginResetModel();
        m_rows.clear();
        m_shown.clear();
        m_days = days;
        m_from = from;
        reindex();
        endResetModel();
    }
    const bool moved = from != m_from;
    m_from = from;
    show(std::move(rows));
    if (moved && m_days > 0)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, m_days - 1);
}

// Three steps, each leaving the model whole: rows that go, the new contents, rows that come.
void OccupancyModel::show(std::vector<OccupancyRow> rows)
{
    std::vector<int> shown;
    std::unordered_map<Key, int, KeyHash> wantedAt; // key → position among the rows to show
    for (int r = 0; r < static_cast<int>(rows.size()); ++r) {
        const auto& row = rows[static_cast<std::size_t>(r)];
        if (!matches(row) || !wantedAt.emplace(Key{row.variantId, row.label}, static_cast<int>(shown.size())).second)
            continue;
        shown.push_back(r);
    }
    std::vector<int> wanted;
    for (const int old : m_shown) {
        const auto& row = m_rows[static_cast<std::size_t>(old)];
        const auto at = wantedAt.find(Key{row.variantId, row.label});
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
    reindex();
    if (!m_shown.empty() && m_days > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, m_days - 1));
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
    m_shownAt.assign(m_rows.size(), -1);
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        m_shownAt[static_cast<std::size_t>(m_shown[i])] = static_cast<int>(i);
}

void OccupancyModel::setFilter(const QString& text)
{
    if (text.trimmed() == m_filter)
        return;
    m_filter = text.trimmed();
    show(m_rows);
}

OccupancyModel::Applied OccupancyModel::applyLevel(VariantId variant, const QString& label, const QString& date, const StockLevel& level)
{
    const auto rowAt = m_rowOf.find(Key{variant, label});
    if (rowAt == m_rowOf.end())
        return Applied::Unknown;
    const auto column = m_from.daysTo(QDate::fromString(date, Qt::ISODate));
    if (column < 0 || column >= m_days)
        return Applied::Unknown;
    auto& cell = m_rows[static_cast<std::size_t>(rowAt->second)].cells[static_cast<std::size_t>(column)];
    if (cell.slotCount != 1 || cell.itemId != level.id)
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
    if (next == cell)
        return Applied::Same;
    cell = next;
    const int shown = m_shownAt[static_cast<std::size_t>(rowAt->second)];
    if (shown >= 0) {
        const auto at = index(shown, static_cast<int>(column));
        Q_EMIT dataChanged(at, at);
        Q_EMIT cellMoved(shown, static_cast<int>(column));
    }
    return Applied::Changed;
}

int OccupancyModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int OccupancyModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_days;
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
        return m_describe ? m_describe(row, cell) : QString();
    case StateRole: return static_cast<int>(cellState(cell));
    case FillRole: return cellFill(cell);
    case TitleRole: return row.title;
    case LabelRole: return rowLabel(row);
    case DateRole: return cell.date;
    default: return {};
    }
}

QVariant OccupancyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal) {
        if (section < 0 || section >= m_days)
            return {};
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
