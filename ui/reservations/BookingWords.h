// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Cancellation.h"
#include "core/SlotRules.h"
#include "core/StockLedger.h"
#include "core/Waitlist.h"
#include "ui/theme/Paint.h"

// Words of what happens around a reservation: waiting lists, refunds, policies, the stock ledger, changes of capacity. UI thread.
namespace naru::ui {

ChipSpec chipOf(WaitlistStatus s);
ChipSpec chipOf(RefundStatus s);
ChipSpec chipOf(PieceStatus s);
QString partyText(const AffectedParty& party); // "R-8K2M · 이서준 · 2"
QString choiceText(CapacityChoice choice);
QString ledgerKindText(const QString& kind);
QString ledgerCauseText(const LedgerEntry& entry); // "R-8K2M 이서준", "한지우: 점검 후 조정"
QString figureChange(std::int64_t change); // "+2", "−1", empty for 0
QString driftKindText(DriftKind kind);
QString driftText(const StockDrift& drift); // what differs, in one sentence
QString percentText(int bps); // "70%", "12.5%"
QString tierText(const CancellationTier& tier); // "70% until 3 d before"
QString noticeText(int hours); // "3 d", "12 h"
QString roleWord(const QString& wireRole); // "staff" → "Operations"; anything else: the system
QString historyText(const HistoryEntry& entry);

} // namespace naru::ui
