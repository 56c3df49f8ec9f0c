// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/home/AttentionModel.h"

#include "models/common/RowDiff.h"

namespace naru::models {
namespace {

bool sameThing(const Attention& a, const Attention& b)
{
    return a.kind == b.kind && a.entityType == b.entityType && a.entityId == b.entityId;
}

} // namespace

void AttentionModel::setDescriber(Describe describe)
{
    m_describe = std::move(describe);
}

void AttentionModel::describeAgain()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DisplayRole, Qt::AccessibleTextRole});
}

// A handful of items: the quadratic search is the simple one.
void AttentionModel::setItems(std::vector<Attention> items)
{
    std::vector<int> wanted;
    for (const auto& old : m_items) {
        const auto found = std::find_if(items.begin(), items.end(), [&](const Attention& a) { return sameThing(a, old); });
        wanted.push_back(found == items.end() ? -1 : static_cast<int>(found - items.begin()));
    }
    const auto stays = stayingRows(wanted);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (stays[static_cast<std::size_t>(row)])
            continue;
        beginRemoveRows({}, row, row);
        m_items.erase(m_items.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < static_cast<int>(items.size()); ++row) {
        const auto& item = items[static_cast<std::size_t>(row)];
        if (row < rowCount() && sameThing(at(row), item)) {
            if (at(row) == item)
                continue;
            m_items[static_cast<std::size_t>(row)] = item;
            Q_EMIT dataChanged(index(row), index(row));
            continue;
        }
        beginInsertRows({}, row, row);
        m_items.insert(m_items.begin() + row, item);
        endInsertRows();
    }
}

int AttentionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant AttentionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& item = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return m_describe ? m_describe(item) : item.title;
    case TitleRole: return item.title;
    case DetailRole: return item.detail;
    case EntityTypeRole: return item.entityType;
    case EntityIdRole: return item.entityId;
    default: return {};
    }
}

} // namespace naru::models
