// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/engine/CancellationPrice.h"
#include "server/engine/Labels.h"
#include "server/engine/Stock.h"
#include "server/engine/Views.h"

#include <map>
#include <set>

// Reservations as bought, read many at a time: the rows, their pieces with slot and seats, the frozen policy, what was paid.
// Any connection; with `lock` inside the writer's transaction.
namespace naru::server {

struct BookedPiece {
    ReservationLineId line;
    ItemId item;
    SlotId slot;
    VendorId vendor;
    std::int64_t qty = 0;
    std::int64_t unitPriceMinor = 0;
    QString currency;
    Instant startsAt{};
    Instant endsAt{};
    QString tz;
    SlotStatus slotStatus = SlotStatus::Open;
    std::int64_t seatsVersion = 0; // raised whenever seats are taken, used up or given back
    PieceStatus status = PieceStatus::Released; // of its seats
};

struct Booked {
    ReservationId id;
    QString code;
    CustomerId customer;
    std::optional<OrderId> order;
    PolicyId policy;
    ReservationStatus status = ReservationStatus::Pending;
    std::optional<Instant> confirmedAt;
    std::optional<Instant> cancelledAt;
    QString cancelReason;
    Instant createdAt{};
    std::int64_t version = 0;
    std::vector<BookedPiece> pieces; // the first to begin comes first

    Instant startsAt() const { return pieces.empty() ? Instant{} : pieces.front().startsAt; }
    Instant endsAt() const; // of the last to end
    Money total() const;
    bool touches(const VendorId& vendor) const;
    std::optional<VendorId> soleVendor() const; // none: pieces of several
    Purchase purchase(const CancellationPolicy& policy, std::int64_t paidMinor) const;
};

// In id order; ids that are not there are left out.
std::vector<Booked> readBooked(Connection& db, const std::vector<ReservationId>& ids, bool lock);
// One, or 404; also when the tenant has no part in it.
Booked bookedOr404(Connection& db, const ReservationId& id, const std::optional<VendorId>& tenant, bool lock);
// As the interface shows it, with what the viewer may see.
Reservation viewOfBooked(Connection& db, LabelCache& labels, const Booked& booked, const ViewFor& who = {});
void publishBooked(Txn& txn, const Booked& booked, const Reservation& view);

// Policies are never changed: what was read once stays right. One thread.
class PolicyCache {
public:
    const CancellationPolicy& of(Connection& db, const PolicyId& id);

private:
    std::map<PolicyId, CancellationPolicy> m_known;
};

// A payment of the reservation's order, and what of it is neither given back nor asked back.
struct PaidPart {
    PaymentId payment;
    std::int64_t leftMinor = 0;
};
struct Paid {
    std::vector<PaidPart> parts;
    std::int64_t minor = 0; // the reservation's share: at most its price
};
Paid readPaid(Connection& db, const Booked& booked);

} // namespace naru::server
