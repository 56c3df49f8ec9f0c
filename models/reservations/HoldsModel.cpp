// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/reservations/HoldsModel.h"

#include <algorithm>
#include <unordered_set>

namespace naru::models {
namespace {
constexpr std::size_t kRememberGone = 2000;
}

bool HoldsModel::before(const Hold& a, const Hold& b)
{
    return a.expiresAt != b.expiresAt ? a.expiresAt < b.expiresAt : a.id < b.id;
}

void HoldsModel::setDescriber(Describe describe)
{
    m_describe = std::move(describe);
}

void HoldsModel::describeAgain()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DisplayRole, Qt::AccessibleTextRole});
}

int HoldsModel::rowOf(HoldId id) const
{
    const auto end = m_endOf.find(id);
    if (end == m_endOf.end())
        return -1;
    Hold probe;
    probe.id = id;
    probe.expiresAt = end->second;
    return static_cast<int>(std::lower_bound(m_holds.begin(), m_holds.end(), probe, before) - m_holds.begin());
}

const Hold* HoldsModel::find(HoldId id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &at(row);
}

bool HoldsModel::outdated(const Hold& hold) const
{
    if (const auto gone = m_gone.find(hold.id); gone != m_gone.end() && hold.version <= gone->second)
        return true;
    const auto* known = find(hold.id);
    return known && hold.version < known->version;
}

void HoldsModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_endOf.erase(at(row).id);
    m_holds.erase(m_holds.begin() + row);
    endRemoveRows();
}

void HoldsModel::insert(const Hold& hold)
{
    const auto place = std::lower_bound(m_holds.begin(), m_holds.end(), hold, before);
    const int row = static_cast<int>(place - m_holds.begin());
    beginInsertRows({}, row, row);
    m_holds.insert(place, hold);
    m_endOf[hold.id] = hold.expiresAt;
    endInsertRows();
}

void HoldsModel::replace(int row, const Hold& hold)
{
    auto& known = m_holds[static_cast<std::size_t>(row)];
    if (known.expiresAt != hold.expiresAt) {
        const auto place = std::lower_bound(m_holds.begin(), m_holds.end(), hold, before);
        const int to = static_cast<int>(place - m_holds.begin());
        if (to != row && to != row + 1) {
            beginMoveRows({}, row, row, {}, to);
            if (to > row)
                std::rotate(m_holds.begin() + row, m_holds.begin() + row + 1, place);
            else
                std::rotate(place, m_holds.begin() + row, m_holds.begin() + row + 1);
            row = to > row ? to - 1 : to;
            m_holds[static_cast<std::size_t>(row)] = hold;
            m_endOf[hold.id] = hold.expiresAt;
            endMoveRows();
            Q_EMIT dataChanged(index(row), index(row));
            return;
        }
    }
    if (known == hold)
        return;
    known = hold;
    m_endOf[hold.id] = hold.expiresAt;
    Q_EMIT dataChanged(index(row), index(row));
}

void HoldsModel::setHolds(std::vector<Hold> holds)
{
    std::unordered_set<HoldId> open;
    for (const auto& hold : holds)
        if (hold.status == HoldStatus::Active)
            open.insert(hold.id);
    for (int row = rowCount() - 1; row >= 0; --row)
        if (!open.contains(at(row).id))
            remove(row);
    apply(holds);
}

void HoldsModel::apply(const std::vector<Hold>& changes)
{
    for (const auto& hold : changes) {
        if (outdated(hold))
            continue;
        const int row = rowOf(hold.id);
        if (hold.status != HoldStatus::Active) {
            if (m_gone.size() >= kRememberGone)
                m_gone.clear();
            m_gone[hold.id] = hold.version;
            if (row >= 0)
                remove(row);
        } else if (row >= 0) {
            replace(row, hold);
        } else {
            insert(hold);
        }
    }
}

int HoldsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_holds.size());
}

QVariant HoldsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& hold = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return m_describe ? m_describe(hold) : hold.title;
    case TitleRole: return hold.title;
    case QtyRole: return QVariant::fromValue<qlonglong>(hold.qty);
    case ExpiresRole: return QVariant::fromValue<qlonglong>(toUnixMs(hold.expiresAt));
    default: return {};
    }
}

} // namespace naru::models
