// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "server/domain/View.h"

namespace naru::server {

struct SlotQuery {
    std::optional<ProductId> productId;
    std::optional<VariantId> variantId;
    QString from; // RFC 3339 instant, or a local date yyyy-MM-dd; empty: no bound
    QString to; // exclusive
    QString after;
    int limit = 100;
};

std::optional<Slot> slotById(Connection& db, const View& view, SlotId id);
Page<Slot> listSlots(Connection& db, const View& view, const SlotQuery& query);
// A slot of a reservation product with its capacity as an inventory item; the seats are its first ledger row.
Slot createSlot(Txn& txn, const View& view, const NewSlot& wanted);

// The status with the slot's next version, and slot.changed; no audit row: the caller says what it was about.
void setSlotStatus(Txn& txn, SlotId id, SlotStatus status);
void publishSlot(Txn& txn, SlotId id);

} // namespace naru::server
