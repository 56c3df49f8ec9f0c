// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/Writes.h"

#include <set>

// Holds that end, many at a time: counters, ledger, their tickets, events. Inside the caller's transaction, writer thread.
namespace naru::server {

// active → released or expired, as far as they are still active; the allowed letters are the transition table's word. `alsoLock`:
// further items the caller is about to lock, so that all are locked in one order. Returns the items where pieces came free.
std::set<ItemId> endHolds(Txn& txn, LabelCache& labels, const QStringList& holds, HoldStatus to, const QString& reason, const std::set<ItemId>& alsoLock = {});

// Holds on these items whose time is over, the first to end first, by their ids.
QStringList holdsDueOn(Connection& db, const std::set<ItemId>& items, Instant now, int limit);

} // namespace naru::server
