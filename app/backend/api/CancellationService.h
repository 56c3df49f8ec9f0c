// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Cancellation.h"
#include "core/Page.h"

namespace naru::backend {

// What happens to a reservation after it was bought: its detail, cancelling, moving, check-in, policies, refunds. Changes come
// back through ReservationService::reservationsChanged. UI thread.
class CancellationService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual CallId reservations(const ReservationFilter& filter, Reply<Page<Reservation>> reply) = 0;
    virtual CallId detail(ReservationId id, Reply<ReservationDetail> reply) = 0;

    // What cancelling costs now: shown before the click.
    virtual CallId cancellationQuote(ReservationId id, Reply<CancellationQuote> reply) = 0;
    // Answers with the reservation as it stands: cancelled, or cancel_requested when a person has to decide. Refused with
    // "refund-changed" when the quote is out of date.
    virtual CallId cancel(ReservationId id, std::int64_t version, const CancelRequest& request, Reply<Reservation> reply) = 0;
    // cancel_requested → confirmed: the wish is refused.
    virtual CallId declineCancellation(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply) = 0;

    virtual CallId moveQuote(ReservationId id, const std::vector<TicketLine>& lines, Reply<MoveQuote> reply) = 0;
    virtual CallId move(ReservationId id, std::int64_t version, const MoveRequest& request, Reply<Reservation> reply) = 0;

    virtual CallId checkIn(ReservationId id, std::int64_t version, Reply<Reservation> reply) = 0; // also from no_show, by staff
    virtual CallId undoCheckIn(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply) = 0;
    virtual CallId markNoShow(ReservationId id, std::int64_t version, const QString& reason, Reply<Reservation> reply) = 0;
    virtual CallId complete(ReservationId id, std::int64_t version, Reply<Reservation> reply) = 0; // checked in and over

    virtual CallId policies(Reply<Page<CancellationPolicy>> reply) = 0; // the newest revision of each code
    virtual CallId policy(PolicyId id, Reply<CancellationPolicy> reply) = 0;
    virtual CallId savePolicy(const NewPolicy& policy, Reply<CancellationPolicy> reply) = 0; // a new revision
    virtual CallId policyOfProduct(ProductId id, Reply<CancellationPolicy> reply) = 0;
    virtual CallId choosePolicy(ProductId id, std::int64_t productVersion, const QString& code, Reply<CancellationPolicy> reply) = 0;

    virtual CallId refunds(std::optional<RefundStatus> status, const QString& after, Reply<Page<Refund>> reply) = 0;
    virtual CallId approveRefund(RefundId id, std::int64_t version, Reply<Refund> reply) = 0;
    virtual CallId rejectRefund(RefundId id, std::int64_t version, const QString& reason, Reply<Refund> reply) = 0;
};

} // namespace naru::backend
