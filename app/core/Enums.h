// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The states and kinds of the domain. Wire names stand in protocol/WireNames.h only; the machines' allowed moves in the
// server's transition table.
namespace naru {

enum class Role { Staff, VendorManager, VendorMember, SupportAgent, Admin, Channel }; // Channel: a storefront's service account
enum class Machine { Product, Order, VendorOrder, Payment, Ticket, Hold, Reservation, Refund };

enum class ProductKind { Reservation, Sale };
enum class ProductStatus { Draft, InReview, Rejected, Approved, Scheduled, Active, Paused, Discontinued, Archived };
enum class VendorStatus { Invited, Onboarding, PendingReview, Approved, Suspended, Rejected, Closed };
enum class StockKind { Stock, Capacity };
enum class SlotStatus { Open, Closed, Cancelled, Past };
enum class OrderStatus { Draft, PendingStock, PendingPayment, Placed, InFulfilment, Completed, Cancelled, Expired };
enum class VendorOrderStatus { AwaitingAcceptance, Accepted, Preparing, PartiallyShipped, Shipped, Delivered, Closed, Refused, Cancelled };
enum class PaymentStatus { Created, Processing, Authorised, PartiallyCaptured, Captured, Failed, Voided, Expired, PartiallyRefunded, Refunded };
enum class TicketStatus { Queued, Processing, Held, Confirmed, Waitlisted, Rejected, Expired, Cancelled, Failed };
enum class HoldStatus { Active, Converted, Released, Expired };
enum class ReservationStatus { Pending, Confirmed, CancelRequested, Cancelled, CheckedIn, NoShow, Completed, Expired };
// Why a ticket was refused, with what a person can do about it (domain: refusals carry a reason).
enum class Refusal { SoldOut, HeldByOthers, Closed, CutoffPassed, LimitPerCustomer, PriceChanged, PieceUnavailable, QueueFull, GaveUp };
enum class TicketGoal { Hold, Confirm };
enum class AttentionKind { AcceptDue, ShipDue, HoldExpiring, ReviewWaiting, LowStock, CancelRequested };
enum class Severity { Info, Warning, Danger };
enum class SessionEndReason { Displaced, ExpiredIdle, ExpiredAbsolute, SignedOut, Revoked };

} // namespace naru
