// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Enums.h"

#include <QString>
#include <array>
#include <optional>
#include <string_view>

// The names of enumerations on the wire and in the database. One list per enumeration, in declaration order.
namespace naru::protocol {

template <class E> struct Names; // specialised below: constexpr std::array<std::string_view, N> list

#define NARU_NAMES(Enum, ...)                                                                                                    \
    template <> struct Names<Enum> {                                                                                             \
        static constexpr auto list = std::to_array<std::string_view>({__VA_ARGS__});                                             \
    };

NARU_NAMES(Role, "staff", "vendor_manager", "vendor_member", "support_agent", "admin", "channel")
NARU_NAMES(Machine, "product", "order", "vendor_order", "payment", "ticket", "hold", "reservation", "refund")
NARU_NAMES(ProductKind, "reservation", "sale")
NARU_NAMES(ProductStatus, "draft", "in_review", "rejected", "approved", "scheduled", "active", "paused", "discontinued", "archived")
NARU_NAMES(VendorStatus, "invited", "onboarding", "pending_review", "approved", "suspended", "rejected", "closed")
NARU_NAMES(StockKind, "stock", "capacity")
NARU_NAMES(SlotStatus, "open", "closed", "cancelled", "past")
NARU_NAMES(OrderStatus, "draft", "pending_stock", "pending_payment", "placed", "in_fulfilment", "completed", "cancelled", "expired")
NARU_NAMES(VendorOrderStatus, "awaiting_acceptance", "accepted", "preparing", "partially_shipped", "shipped", "delivered", "closed",
    "refused", "cancelled")
NARU_NAMES(PaymentStatus, "created", "processing", "authorised", "partially_captured", "captured", "failed", "voided", "expired",
    "partially_refunded", "refunded")
NARU_NAMES(TicketStatus, "queued", "processing", "held", "confirmed", "waitlisted", "rejected", "expired", "cancelled", "failed")
NARU_NAMES(HoldStatus, "active", "converted", "released", "expired")
NARU_NAMES(ReservationStatus, "pending", "confirmed", "cancel_requested", "cancelled", "checked_in", "no_show", "completed", "expired")
NARU_NAMES(Refusal, "sold_out", "held_by_others", "closed", "cutoff_passed", "limit_per_customer", "price_changed",
    "piece_unavailable", "queue_full", "gave_up")
NARU_NAMES(TicketGoal, "hold", "confirm")
NARU_NAMES(AttentionKind, "accept_due", "ship_due", "hold_expiring", "review_waiting", "low_stock", "cancel_requested")
NARU_NAMES(Severity, "info", "warning", "danger")
NARU_NAMES(SessionEndReason, "displaced", "expired_idle", "expired_absolute", "signed_out", "revoked")

#undef NARU_NAMES

template <class E>
concept Named = requires { Names<E>::list; };

template <Named E> constexpr std::string_view wireName(E value) { return Names<E>::list[static_cast<std::size_t>(value)]; }

template <Named E> QString wireText(E value)
{
    const std::string_view name = wireName(value);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

template <Named E> constexpr std::optional<E> fromWire(std::string_view name)
{
    for (std::size_t i = 0; i < Names<E>::list.size(); ++i)
        if (Names<E>::list[i] == name)
            return static_cast<E>(i);
    return std::nullopt;
}

template <Named E> std::optional<E> fromWire(const QString& name)
{
    const QByteArray latin = name.toLatin1();
    return fromWire<E>(std::string_view(latin.constData(), static_cast<std::size_t>(latin.size())));
}

} // namespace naru::protocol
