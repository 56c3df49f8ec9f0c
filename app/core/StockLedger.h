// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"

// The rows behind a stock figure, and what the stock doctor finds when figures and rows differ. Plain values, any thread.
namespace naru {

enum class LedgerCause { Person, Hold, Reservation, Order, Shipment, Return, Repair };

// One movement and the figures after it.
struct LedgerEntry {
    std::int64_t seq = 0;
    QString kind; // received adjusted held hold_released hold_expired allocated released shipped returned
    std::int64_t dOnHand = 0;
    std::int64_t dAllocated = 0;
    std::int64_t dHeld = 0;
    std::int64_t onHand = 0;
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    LedgerCause cause = LedgerCause::Person;
    std::optional<QString> causeId; // of the hold, reservation or order: 26 characters
    QString causeCode; // "R-…", "O-…", "T-…"
    QString customerName; // masked for vendors
    QString actorName; // empty: the system
    QString reason;
    Instant at{};
    friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
};

// How an item's figures differ from its rows.
enum class DriftKind {
    Counter, // a figure is not the sum of its ledger
    Sequence, // the ledger's numbering has a gap, or its end is not the counter's
    Holds, // held is not the sum of open holds
    Allocations, // allocated is not the sum of open allocations
    HoldRows, // the ledger rows of a hold do not add up to what the hold has
    ReservationRows, // a reservation's allocations are not what its status says
};

struct StockFigures {
    std::int64_t onHand = 0;
    std::int64_t allocated = 0;
    std::int64_t held = 0;
    friend bool operator==(const StockFigures&, const StockFigures&) = default;
};

struct StockDrift {
    StockLevel level; // the counters as they stand
    QString title;
    std::vector<DriftKind> kinds;
    StockFigures ledger; // sums of the ledger
    std::int64_t holdsSum = 0; // of open holds
    std::int64_t allocationsSum = 0; // of open allocations
    std::int64_t reservedSum = 0; // of open allocations, once each reservation has what its status says
    std::int64_t ledgerSeq = 0; // the counter
    std::int64_t ledgerRows = 0;
    std::int64_t ledgerMax = 0;
    StockFigures suggested; // the figures after a repair
    StockFigures adjustment; // what the repair would book: suggested − ledger
    bool repairable = true; // false: the suggested figures would sell more than there is; raise on_hand or overbooking
    friend bool operator==(const StockDrift&, const StockDrift&) = default;
};

struct DriftCount {
    DriftKind kind = DriftKind::Counter;
    int items = 0;
    friend bool operator==(const DriftCount&, const DriftCount&) = default;
};

struct DoctorReport {
    Instant at{};
    std::int64_t checkedItems = 0;
    int drifted = 0;
    std::vector<DriftCount> counts; // kinds that were found
    std::vector<StockDrift> items; // at most 200
    friend bool operator==(const DoctorReport&, const DoctorReport&) = default;
};

// Guarded by If-Match on the item.
struct StockRepair {
    QString reason;
    std::optional<std::int64_t> onHand; // what a person has counted; absent: what the ledger says
};

} // namespace naru
