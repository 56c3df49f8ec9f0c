// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/CheckIn.h"

#include "protocol/CancellationFields.h"
#include "server/api/Http.h"
#include "server/engine/Seats.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void refuse(const char* code, const QString& detail) { throw ProblemError(409, code, detail); }

// Said before the table is asked: what state it is in tells a person more than that the move is not open.
void requireState(const Booked& b, std::initializer_list<ReservationStatus> from)
{
    if (std::find(from.begin(), from.end(), b.status) == from.end())
        refuse("reservation-state", u"the reservation is %1; nothing was changed"_s.arg(protocol::wireText(b.status)));
}

} // namespace

void requireWhole(const Txn& txn, const Booked& b)
{
    const auto& tenant = txn.actor().vendorId;
    if (tenant && b.soleVendor() != tenant)
        throw ProblemError(403, "shared-reservation", u"this reservation has pieces of other vendors, too; ask the operator"_s);
}

void moveBooked(Txn& txn, Booked& b, ReservationStatus to, const QString& reason)
{
    const ReservationStatus from = b.status;
    txn.allow(Machine::Reservation, protocol::wireName(from), protocol::wireName(to));
    const bool wishEnds = from == ReservationStatus::CancelRequested && to == ReservationStatus::Confirmed;
    if (txn.db().exec(u"UPDATE reservation SET status = ?, cancel_reason = ?, version = version + 1 WHERE id = ? AND version = ?"_s,
            {protocol::wireName(to), wishEnds || b.cancelReason.isEmpty() ? Param(std::optional<QString>()) : Param(b.cancelReason), b.id, b.version})
        != 1)
        throw StoreError(StoreError::Kind::Busy, "a reservation changed under its own transaction");
    if (wishEnds)
        b.cancelReason.clear();
    b.status = to;
    ++b.version;
    txn.transition(Machine::Reservation, b.id.value, protocol::wireName(from), protocol::wireName(to), b.version, reason);
    LabelCache labels;
    publishBooked(txn, b, viewOfBooked(txn.db(), labels, b));
}

void checkIn(Txn& txn, Booked& b)
{
    requireWhole(txn, b);
    requireState(b, {ReservationStatus::Confirmed, ReservationStatus::NoShow});
    moveBooked(txn, b, ReservationStatus::CheckedIn);
}

void undoCheckIn(Txn& txn, Booked& b, const QString& reason)
{
    requireWhole(txn, b);
    requireState(b, {ReservationStatus::CheckedIn});
    moveBooked(txn, b, ReservationStatus::Confirmed, reason);
}

void markNoShow(Txn& txn, Booked& b, const QString& reason)
{
    requireWhole(txn, b);
    requireState(b, {ReservationStatus::Confirmed});
    if (txn.now() < b.startsAt())
        refuse("too-early", u"nobody can be late before the start"_s);
    moveBooked(txn, b, ReservationStatus::NoShow, reason);
}

void completeBooked(Txn& txn, Booked& b)
{
    requireWhole(txn, b);
    requireState(b, {ReservationStatus::CheckedIn, ReservationStatus::NoShow});
    if (txn.now() < b.endsAt())
        refuse("too-early", u"it is not over yet"_s);
    txn.allow(Machine::Reservation, protocol::wireName(b.status), "completed");
    Seats seats(txn);
    seats.lockOf({b});
    seats.end(b, PieceStatus::Consumed, {});
    seats.store();
    moveBooked(txn, b, ReservationStatus::Completed);
}

void declineCancellation(Txn& txn, Booked& b, const QString& reason)
{
    requireWhole(txn, b);
    requireState(b, {ReservationStatus::CancelRequested});
    moveBooked(txn, b, ReservationStatus::Confirmed, reason);
    if (std::any_of(b.pieces.begin(), b.pieces.end(), [](const BookedPiece& p) { return p.slotStatus != SlotStatus::Past; }))
        return;
    // Its slots are closed out already, and nobody came.
    const Txn::AsSystem system(txn);
    moveBooked(txn, b, ReservationStatus::NoShow, u"not checked in"_s);
    completeBooked(txn, b);
}

} // namespace naru::server
