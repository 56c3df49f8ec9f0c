// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Id.h"

#include <QByteArray>
#include <QString>
#include <span>
#include <vector>

// The order of an opening draw, as anybody can recompute it from the published seed: by SHA-256 of the seed followed by the
// ticket's id (26 characters), smallest first. A pure function, any thread.
namespace naru::server {

// What a ticket is ordered by: 64 hexadecimal digits.
QString lotOf(const QByteArray& seed, const TicketId& ticket);
// The place of each ticket, 1…N, in the order given.
std::vector<std::int64_t> drawRanks(const QByteArray& seed, std::span<const TicketId> tickets);
// What is published before anybody registers: it binds to the seed without telling it.
QString drawCommitment(const QByteArray& seed);

} // namespace naru::server
