// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/OrderFields.h"
#include "protocol/ReservationFields.h"
#include "protocol/SessionFields.h"
#include "protocol/SlotRuleFields.h"

// Events of GET /v1/events (server-sent events). Each frame: `id:` the outbox sequence number, `event:` the topic, `data:`
// one JSON object. A comment line `: lag` every 5 s carries nothing and shows that the stream lives.
//
// topic                  data
// product.changed        ProductSummary
// vendor_order.changed   VendorOrderCard
// order.changed          {"id", "code", "status", "version"}
// payment.changed        {"id", "order_id", "status", "version"}
// ticket.changed         Ticket
// hold.changed           Hold
// reservation.changed    Reservation
// refund.changed         Refund (protocol/CancellationFields.h)
// stock.changed          StockChanged
// slot.changed           Slot
// slot_rule.changed      SlotRule
// vendor.changed         Vendor
// session_conflict.changed  Conflict (protocol/SecurityFields.h) — only to those who review sessions: the operator's people, a company's manager of his members
// device.changed         {"id", "user_id", "status"} — only to the person whose device it is
// session.ended          SessionEnded — only to the stream of that session, which is then closed
// session.restricted     {"reason"} — only to the stream of that session: from now on it may only read
// session.restored       {"reason"} — only to the stream of that session: it may do everything again
// session.handover       {"id"} — only to the person whose drafts another computer has handed over
// reset                  {} — the sequence asked for is no longer kept: read the lists again
namespace naru::protocol {

namespace topic {
inline constexpr char kProduct[] = "product.changed";
inline constexpr char kVendorOrder[] = "vendor_order.changed";
inline constexpr char kOrder[] = "order.changed";
inline constexpr char kPayment[] = "payment.changed";
inline constexpr char kTicket[] = "ticket.changed";
inline constexpr char kHold[] = "hold.changed";
inline constexpr char kRefund[] = "refund.changed";
inline constexpr char kReservation[] = "reservation.changed";
inline constexpr char kStock[] = "stock.changed";
inline constexpr char kSlot[] = "slot.changed";
inline constexpr char kSlotRule[] = "slot_rule.changed";
inline constexpr char kVendor[] = "vendor.changed";
inline constexpr char kConflict[] = "session_conflict.changed";
inline constexpr char kDevice[] = "device.changed";
inline constexpr char kSessionEnded[] = "session.ended";
inline constexpr char kSessionRestricted[] = "session.restricted";
inline constexpr char kSessionRestored[] = "session.restored";
inline constexpr char kHandover[] = "session.handover";
inline constexpr char kReset[] = "reset";
}

// stock.changed carries the level and, for the capacity of a slot, where its cell stands in the calendar.
struct StockChanged {
    StockLevel level;
    QString localDate; // empty for goods
    QString label; // start time "17:30"; empty for goods
};

template <class V> void fields(V& v, StockChanged& x)
{
    v("level", x.level);
    v("local_date", x.localDate);
    v("label", x.label);
}

} // namespace naru::protocol
