// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/reservations/HoldsModel.h"

#include <algorithm>
#include <unordered_set>

#include "models/common/RowDiff.h"

namespace naru::models {
namespace {
constexpr std::size_t kRememberGone = 2000;
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
    const Key key{end->second, id};
    const auto place = std::lower_bound(m_shown.begin(), m_shown.end(), key, [](const Hold& hold, const Key& wanted) { return keyOf(hold) < wanted; });
    return place != m_shown.end() && place->id == id ? static_cast<int>(place - m_shown.begin()) : -1;
}

const Hold* HoldsModel::find(HoldId id) const
{
    const auto end = m_endOf.find(id);
    return end == m_endOf.end() ? nullptr : &m_all.at({end->second, id});
}

bool HoldsModel::outdated(const Hold& hold) const
{
    if (const auto gone = m_gone.find(hold.id); gone != m_gone.end() && hold.version <= gone->second)
        return true;
    const auto* known = find(hold.id);
    return known && hold.version < known->version;
}

void HoldsModel::drop(HoldId id)
{
    if (const auto end = m_endOf.find(id); end != m_endOf.end()) {
        m_all.erase({end->second, id});
        m_endOf.erase(end);
    }
}

void HoldsModel::file(const Hold& hold)
{
    if (const auto end = m_endOf.find(hold.id); end != m_endOf.end() && end->second != hold.expiresAt)
        m_all.erase({end->second, hold.id});
    m_endOf[hold.id] = hold.expiresAt;
    m_all.insert_or_assign(keyOf(hold), hold);
}

// The rows become the first of all open holds, by the smallest steps.
void HoldsModel::sync()
{
    std::vector<HoldId> have;
    std::vector<HoldId> want;
    std::vector<const Hold*> first;
    have.reserve(m_shown.size());
    for (const auto& hold : m_shown)
        have.push_back(hold.id);
    for (auto it = m_all.begin(); it != m_all.end() && want.size() < static_cast<std::size_t>(kShown); ++it) {
        want.push_back(it->first.second);
        first.push_back(&it->second);
    }
    for (const auto& step : planRows(std::move(have), want)) {
        const auto at = m_shown.begin() + step.at;
        if (step.kind == RowStep::Remove) {
            beginRemoveRows({}, step.at, step.at + step.count - 1);
            m_shown.erase(at, at + step.count);
            endRemoveRows();
        } else if (step.kind == RowStep::Insert) {
            beginInsertRows({}, step.at, step.at + step.count - 1);
            for (int i = 0; i < step.count; ++i)
                m_shown.insert(m_shown.begin() + step.at + i, *first[static_cast<std::size_t>(step.at + i)]);
            endInsertRows();
        } else {
            beginMoveRows({}, step.from, step.from, {}, step.at > step.from ? step.at + 1 : step.at);
            const auto from = m_shown.begin() + step.from;
            if (step.at > step.from)
                std::rotate(from, from + 1, at + 1);
            else
                std::rotate(at, from, from + 1);
            endMoveRows();
        }
    }
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        if (m_shown[i] == *first[i])
            continue;
        m_shown[i] = *first[i];
        Q_EMIT dataChanged(index(static_cast<int>(i)), index(static_cast<int>(i)));
    }
}

void HoldsModel::setHolds(std::vector<Hold> holds)
{
    std::unordered_set<HoldId> open;
    for (const auto& hold : holds)
        if (hold.status == HoldStatus::Active)
            open.insert(hold.id);
    std::erase_if(m_all, [&](const auto& entry) {
        if (open.contains(entry.first.second))
            return false;
        m_endOf.erase(entry.first.second);
        return true;
    });
    apply(holds);
    sync();
}

void HoldsModel::apply(const std::vector<Hold>& changes)
{
    bool seen = false; // whether a row can have changed
    const auto reaches = [this](const Key& key) { return m_shown.size() < static_cast<std::size_t>(kShown) || !(keyOf(m_shown.back()) < key); };
    for (const auto& hold : changes) {
        if (outdated(hold))
            continue;
        if (const auto end = m_endOf.find(hold.id); end != m_endOf.end())
            seen |= reaches({end->second, hold.id});
        if (hold.status != HoldStatus::Active) {
            if (m_gone.size() >= kRememberGone)
                m_gone.clear();
            m_gone[hold.id] = hold.version;
            drop(hold.id);
        } else {
            seen |= reaches(keyOf(hold));
            file(hold);
        }
    }
    if (seen)
        sync();
}

int HoldsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
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
