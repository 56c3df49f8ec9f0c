// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/StockLedger.h"
#include "protocol/CatalogueFields.h"

// Wire form of core/StockLedger.h.
namespace naru::protocol {

template <> struct Names<LedgerCause> {
    static constexpr auto list = std::to_array<std::string_view>({"person", "hold", "reservation", "order", "shipment", "return", "repair"});
};
template <> struct Names<DriftKind> {
    static constexpr auto list = std::to_array<std::string_view>({"counter", "sequence", "holds", "allocations", "hold_rows", "reservation_rows"});
};

template <class V> void fields(V& v, LedgerEntry& x)
{
    v("seq", x.seq);
    v("kind", x.kind);
    v("d_on_hand", x.dOnHand);
    v("d_allocated", x.dAllocated);
    v("d_held", x.dHeld);
    v("on_hand", x.onHand);
    v("allocated", x.allocated);
    v("held", x.held);
    v("cause", x.cause);
    v("cause_id", x.causeId);
    v("cause_code", x.causeCode);
    v("customer_name", x.customerName);
    v("actor_name", x.actorName);
    v("reason", x.reason);
    v("at", x.at);
}

template <class V> void fields(V& v, StockFigures& x)
{
    v("on_hand", x.onHand);
    v("allocated", x.allocated);
    v("held", x.held);
}

template <class V> void fields(V& v, StockDrift& x)
{
    v("level", x.level);
    v("title", x.title);
    v("kinds", x.kinds);
    v("ledger", x.ledger);
    v("holds_sum", x.holdsSum);
    v("allocations_sum", x.allocationsSum);
    v("reserved_sum", x.reservedSum);
    v("ledger_seq", x.ledgerSeq);
    v("ledger_rows", x.ledgerRows);
    v("ledger_max", x.ledgerMax);
    v("suggested", x.suggested);
    v("adjustment", x.adjustment);
    v("repairable", x.repairable);
}

template <class V> void fields(V& v, DriftCount& x)
{
    v("kind", x.kind);
    v("items", x.items);
}

template <class V> void fields(V& v, DoctorReport& x)
{
    v("at", x.at);
    v("checked_items", x.checkedItems);
    v("drifted", x.drifted);
    v("counts", x.counts);
    v("items", x.items);
}

template <class V> void fields(V& v, StockRepair& x)
{
    v("reason", x.reason, Bounds{1, 500});
    v("on_hand", x.onHand, Bounds{0, 1'000'000'000});
}

} // namespace naru::protocol
