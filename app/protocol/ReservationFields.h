// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"
#include "protocol/CatalogueFields.h"

// Wire form of core/Reservations.h.
namespace naru::protocol {

template <> struct Names<OccupancyUnit> {
    static constexpr auto list = std::to_array<std::string_view>({"day", "hour"});
};
template <> struct Names<OccupancyBy> {
    static constexpr auto list = std::to_array<std::string_view>({"slot", "product"});
};

template <class V> void fields(V& v, TicketLine& x)
{
    v("item_id", x.itemId);
    v("qty", x.qty, kQty);
}

template <class V> void fields(V& v, NewTicket& x)
{
    v("customer_id", x.customerId);
    v.opt("goal", x.goal);
    v("lines", x.lines, Bounds{1, 16});
    v("expected_total_minor", x.expectedTotalMinor, kAmount);
    v.opt("wait_if_full", x.waitIfFull);
}

template <class V> void fields(V& v, Ticket& x)
{
    v("id", x.id);
    v("code", x.code);
    v("vendor_id", x.vendorId);
    v("customer_id", x.customerId);
    v("customer_name", x.customerName);
    v("title", x.title);
    v("qty", x.qty);
    v("status", x.status);
    v("refusal", x.refusal);
    v("refused_item", x.refusedItem);
    v("soonest_expiry", x.soonestExpiry);
    v("position", x.position);
    v("hold_id", x.holdId);
    v("expires_at", x.expiresAt);
    v("reservation_id", x.reservationId);
    v("enqueued_at", x.enqueuedAt);
    v("finished_at", x.finishedAt);
    v("version", x.version);
}

template <class V> void fields(V& v, Hold& x)
{
    v("id", x.id);
    v("ticket_id", x.ticketId);
    v("vendor_id", x.vendorId);
    v("customer_id", x.customerId);
    v("customer_name", x.customerName);
    v("title", x.title);
    v("qty", x.qty);
    v("status", x.status);
    v("created_at", x.createdAt);
    v("expires_at", x.expiresAt);
    v("max_until", x.maxUntil);
    v("version", x.version);
}

template <class V> void fields(V& v, ReservationLine& x)
{
    v("item_id", x.itemId);
    v("slot_id", x.slotId);
    v("title", x.title);
    v("starts_at", x.startsAt);
    v("qty", x.qty);
    v("unit_price_minor", x.unitPriceMinor);
}

template <class V> void fields(V& v, Reservation& x)
{
    v("id", x.id);
    v("code", x.code);
    v("vendor_id", x.vendorId);
    v("customer_id", x.customerId);
    v("customer_name", x.customerName);
    v("status", x.status);
    v("title", x.title);
    v("qty", x.qty);
    v("total", x.total);
    v("lines", x.lines);
    v("confirmed_at", x.confirmedAt);
    v("cancelled_at", x.cancelledAt);
    v("cancel_reason", x.cancelReason);
    v("created_at", x.createdAt);
    v("version", x.version);
}

template <class V> void fields(V& v, ReasonRequest& x) { v.opt("reason", x.reason, Bounds{0, 500}); }

template <class V> void fields(V& v, HoldExtension& x) { v("seconds", x.seconds, Bounds{1, 1800}); }

template <class V> void fields(V& v, OccupancyCell& x)
{
    v("date", x.date);
    v("hour", x.hour);
    v("item_id", x.itemId);
    v("slot_count", x.slotCount);
    v("capacity", x.capacity);
    v("allocated", x.allocated);
    v("held", x.held);
    v("overbook", x.overbook);
    v("waiting", x.waiting);
    v("closed", x.closed);
    v("overbooked", x.overbooked);
}

template <class V> void fields(V& v, OccupancyRow& x)
{
    v("product_id", x.productId);
    v("variant_id", x.variantId);
    v("vendor_id", x.vendorId);
    v("title", x.title);
    v("label", x.label);
    v("cells", x.cells);
}

template <class V> void fields(V& v, QueueStats& x)
{
    v("depth", x.depth);
    v("arrivals_per_second", x.arrivalsPerSecond);
    v("decisions_per_second", x.decisionsPerSecond);
    v("wait_p50_ms", x.waitP50Ms);
    v("wait_p95_ms", x.waitP95Ms);
    v("open_holds", x.openHolds);
    v("confirmed_today", x.confirmedToday);
    v("cancelled_today", x.cancelledToday);
    v("series", x.series);
}

} // namespace naru::protocol
