// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/reservations/TicketsModel.h"

#include <algorithm>

namespace naru::models {
namespace {

bool newer(const Ticket& a, const Ticket& b) { return a.id > b.id; }

auto placeFor(std::vector<Ticket>& list, TicketId id)
{
    return std::lower_bound(list.begin(), list.end(), id, [](const Ticket& t, TicketId wanted) { return t.id > wanted; });
}

} // namespace

void TicketsModel::setDescriber(Describe describe)
{
    m_describe = std::move(describe);
}

void TicketsModel::describeAgain()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DisplayRole, Qt::AccessibleTextRole});
}

int TicketsModel::rowOf(TicketId id) const
{
    const auto place = std::lower_bound(m_tickets.begin(), m_tickets.end(), id, [](const Ticket& t, TicketId wanted) { return t.id > wanted; });
    return place != m_tickets.end() && place->id == id ? static_cast<int>(place - m_tickets.begin()) : -1;
}

void TicketsModel::apply(const std::vector<Ticket>& tickets)
{
    std::vector<Ticket> fresh;
    const auto before = m_waiting.size();
    for (const auto& ticket : tickets) {
        if (const int row = rowOf(ticket.id); row >= 0) {
            auto& known = m_tickets[static_cast<std::size_t>(row)];
            if (ticket.version < known.version || ticket == known)
                continue;
            known = ticket;
            Q_EMIT dataChanged(index(row), index(row));
            continue;
        }
        auto& aside = m_paused ? m_waiting : fresh;
        const auto place = placeFor(aside, ticket.id);
        if (place != aside.end() && place->id == ticket.id) {
            if (ticket.version >= place->version)
                *place = ticket;
        } else {
            aside.insert(place, ticket);
        }
    }
    if (m_waiting.size() > static_cast<std::size_t>(kKeep))
        m_waiting.resize(static_cast<std::size_t>(kKeep));
    if (!fresh.empty())
        take(std::move(fresh));
    if (m_waiting.size() != before)
        Q_EMIT waitingChanged(waiting());
}

// Puts tickets, newest first, where they belong: as few insertions as there are gaps.
void TicketsModel::take(std::vector<Ticket> fresh)
{
    std::vector<Ticket> run;
    int row = 0;
    for (const auto& ticket : fresh) {
        const int at = static_cast<int>(placeFor(m_tickets, ticket.id) - m_tickets.begin());
        if (at >= kKeep)
            break;
        if (!run.empty() && at != row) {
            insertRun(row, run);
            row = at + static_cast<int>(run.size());
            run.clear();
        } else {
            row = at;
        }
        run.push_back(ticket);
    }
    if (!run.empty())
        insertRun(row, run);
    trim();
}

void TicketsModel::insertRun(int row, const std::vector<Ticket>& run)
{
    beginInsertRows({}, row, row + static_cast<int>(run.size()) - 1);
    m_tickets.insert(m_tickets.begin() + row, run.begin(), run.end());
    endInsertRows();
    Q_ASSERT(std::is_sorted(m_tickets.begin(), m_tickets.end(), newer));
}

void TicketsModel::trim()
{
    if (rowCount() <= kKeep)
        return;
    beginRemoveRows({}, kKeep, rowCount() - 1);
    m_tickets.resize(static_cast<std::size_t>(kKeep));
    endRemoveRows();
}

void TicketsModel::setPaused(bool paused)
{
    m_paused = paused;
    if (!paused)
        showWaiting();
}

void TicketsModel::showWaiting()
{
    if (m_waiting.empty())
        return;
    auto fresh = std::exchange(m_waiting, {});
    take(std::move(fresh));
    Q_EMIT waitingChanged(0);
}

int TicketsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tickets.size());
}

QVariant TicketsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& ticket = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return m_describe ? m_describe(ticket) : ticket.title;
    case CodeRole: return ticket.code;
    case TitleRole: return ticket.title;
    case StatusRole: return static_cast<int>(ticket.status);
    default: return {};
    }
}

} // namespace naru::models
