// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Cancellation.h"
#include "core/Page.h"
#include "protocol/Json.h"
#include "server/engine/Views.h"

// What is owed back to customers: asked for, approved or rejected. Nothing here moves money; what is approved waits for a
// payment provider. Reads: any connection; writes: inside the caller's transaction, writer thread.
namespace naru::server {

struct NewRefund {
    PaymentId payment;
    std::optional<ReservationId> reservation;
    Money amount; // more than nothing
    QString reason;
    Actor requestedBy;
    bool approved = false; // by the policy, at once
    protocol::json::object calc; // how the amount came about
};
RefundId insertRefund(Txn& txn, const NewRefund& refund);

// requested → approved or rejected, by somebody else than who asked. Throws ProblemError.
Refund decideRefund(Txn& txn, const Refund& refund, RefundStatus to, const QString& reason);

std::optional<Refund> readRefund(Connection& db, const RefundId& id);
std::vector<Refund> refundsOf(Connection& db, const ReservationId& reservation); // oldest first
Page<Refund> listRefunds(Connection& db, std::optional<RefundStatus> status, const PageAsk& ask); // newest first

} // namespace naru::server
