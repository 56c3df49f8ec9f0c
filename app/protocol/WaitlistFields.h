// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Waitlist.h"
#include "protocol/ReservationFields.h"

// Wire form of core/Waitlist.h.
namespace naru::protocol {

template <> struct Names<WaitlistStatus> {
    static constexpr auto list = std::to_array<std::string_view>({"waiting", "offered", "accepted", "expired", "withdrawn"});
};
template <> struct Names<OpeningState> {
    static constexpr auto list = std::to_array<std::string_view>({"planned", "registering", "drawing", "open", "cancelled"});
};
template <> struct Names<LimitScope> {
    static constexpr auto list = std::to_array<std::string_view>({"slot", "product"});
};

namespace topic {
inline constexpr char kWaitlist[] = "waitlist.changed"; // WaitlistEntry
inline constexpr char kOpening[] = "opening.changed"; // Opening
}

template <class V> void fields(V& v, WaitlistEntry& x)
{
    v("id", x.id);
    v("item_id", x.itemId);
    v("ticket_id", x.ticketId);
    v("vendor_id", x.vendorId);
    v("product_id", x.productId);
    v("title", x.title);
    v("starts_at", x.startsAt);
    v("customer_id", x.customerId);
    v("customer_name", x.customerName);
    v("party_size", x.partySize);
    v("rank", x.rank);
    v("position", x.position);
    v("status", x.status);
    v("offered_hold", x.offeredHold);
    v("offered_at", x.offeredAt);
    v("offered_until", x.offeredUntil);
    v("passed_over", x.passedOver);
    v("keeps_seats", x.keepsSeats);
    v("created_at", x.createdAt);
    v("version", x.version);
}

template <class V> void fields(V& v, NewWaitlistEntry& x)
{
    v("item_id", x.itemId);
    v("customer_id", x.customerId);
    v("party_size", x.partySize, kQty);
}

template <class V> void fields(V& v, WaitlistSlot& x)
{
    v("item_id", x.itemId);
    v("vendor_id", x.vendorId);
    v("product_id", x.productId);
    v("title", x.title);
    v("starts_at", x.startsAt);
    v("waiting", x.waiting);
    v("seats_wanted", x.seatsWanted);
    v("offered", x.offered);
    v("seats_offered", x.seatsOffered);
    v("free", x.free);
    v("kept", x.kept);
}

template <class V> void fields(V& v, Opening& x)
{
    v("id", x.id);
    v("vendor_id", x.vendorId);
    v("product_id", x.productId);
    v("item_id", x.itemId);
    v("title", x.title);
    v("state", x.state);
    v("registers_from", x.registersFrom);
    v("opens_at", x.opensAt);
    v("commitment", x.commitment);
    v("draw_seed", x.drawSeed);
    v("drawn_at", x.drawnAt);
    v("registered", x.registered);
    v("undecided", x.undecided);
    v("created_at", x.createdAt);
    v("version", x.version);
}

template <class V> void fields(V& v, NewOpening& x)
{
    v("product_id", x.productId);
    v("item_id", x.itemId);
    v("registers_from", x.registersFrom);
    v("opens_at", x.opensAt);
}

template <class V> void fields(V& v, BookingTerms& x)
{
    v("product_id", x.productId);
    v("limit_per_customer", x.limitPerCustomer);
    v("limit_scope", x.limitScope);
    v("offer_minutes", x.offerMinutes);
    v("version", x.version);
}

template <class V> void fields(V& v, BookingTermsPatch& x)
{
    v("limit_per_customer", x.limitPerCustomer, kQty);
    v.opt("limit_scope", x.limitScope);
    v.opt("offer_minutes", x.offerMinutes, Bounds{1, 1440});
}

} // namespace naru::protocol
