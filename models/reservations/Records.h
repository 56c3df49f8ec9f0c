// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Cancellation.h"
#include "core/SlotRules.h"
#include "core/StockLedger.h"
#include "core/Waitlist.h"
#include "models/common/RecordsModel.h"

// The lists around reservations.
namespace naru::models {

struct ReservationTraits {
    using Key = ReservationId;
    static Key key(const Reservation& r) { return r.id; }
};
struct WaitlistTraits {
    using Key = WaitlistEntryId;
    static Key key(const WaitlistEntry& e) { return e.id; }
};
struct LedgerTraits {
    using Key = std::int64_t;
    static Key key(const LedgerEntry& e) { return e.seq; }
};
struct DriftTraits {
    using Key = ItemId;
    static Key key(const StockDrift& d) { return d.level.id; }
};
struct SlotRuleTraits {
    using Key = SlotRuleId;
    static Key key(const SlotRule& r) { return r.id; }
};

using ReservationsModel = RecordsModel<Reservation, ReservationTraits>; // newest first
using WaitlistModel = RecordsModel<WaitlistEntry, WaitlistTraits>; // in rank order
using LedgerModel = RecordsModel<LedgerEntry, LedgerTraits>; // newest first
using DriftModel = RecordsModel<StockDrift, DriftTraits>;
using SlotRulesModel = RecordsModel<SlotRule, SlotRuleTraits>;

} // namespace naru::models
