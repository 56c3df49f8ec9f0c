// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"
#include "server/store/Txn.h"

namespace naru::server {

// Wire names of the states that this letter may move to from `from`, by the transition table.
QStringList allowedMoves(Connection& db, Machine machine, std::string_view from, char letter);
// The moves recorded of one entity, in order of their version; `newestFirst` turns that round. `uncommitted`: of the transaction under
// way, whose moves are not in the database yet.
std::vector<TransitionEntry> historyOf(Connection& db, Machine machine, const Id128& id, bool newestFirst, int limit, const Journal* uncommitted = nullptr);

// The same as enumerators, in declaration order, without those in `except` (what this interface cannot do yet).
template <protocol::Named E> std::vector<E> allowedNext(Connection& db, Machine machine, E from, char letter, std::initializer_list<E> except = {})
{
    std::vector<E> next;
    const QStringList names = allowedMoves(db, machine, protocol::wireName(from), letter);
    for (std::size_t i = 0; i < protocol::Names<E>::list.size(); ++i) {
        const E state = static_cast<E>(i);
        if (names.contains(protocol::wireText(state)) && std::find(except.begin(), except.end(), state) == except.end())
            next.push_back(state);
    }
    return next;
}

} // namespace naru::server
