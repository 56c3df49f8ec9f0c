// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/DrawOrder.h"

#include <QCryptographicHash>
#include <algorithm>

namespace naru::server {

QString lotOf(const QByteArray& seed, const TicketId& ticket)
{
    return QString::fromLatin1(QCryptographicHash::hash(seed + ticket.toString().toLatin1(), QCryptographicHash::Sha256).toHex());
}

std::vector<std::int64_t> drawRanks(const QByteArray& seed, std::span<const TicketId> tickets)
{
    std::vector<std::pair<QString, std::size_t>> lots;
    lots.reserve(tickets.size());
    for (std::size_t i = 0; i < tickets.size(); ++i)
        lots.emplace_back(lotOf(seed, tickets[i]), i);
    std::sort(lots.begin(), lots.end());
    std::vector<std::int64_t> ranks(tickets.size());
    for (std::size_t place = 0; place < lots.size(); ++place)
        ranks[lots[place].second] = static_cast<std::int64_t>(place) + 1;
    return ranks;
}

QString drawCommitment(const QByteArray& seed) { return QString::fromLatin1(QCryptographicHash::hash(seed, QCryptographicHash::Sha256).toHex()); }

} // namespace naru::server
