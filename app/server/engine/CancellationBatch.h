// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/KeptAnswers.h"
#include "server/engine/Seats.h"

// Cancellations decided and written many at a time inside one transaction. Writer thread.
namespace naru::server {

struct CancelAsk {
    Actor actor;
    ViewFor who; // whose answer it is
    ReservationId id;
    std::optional<std::int64_t> version; // If-Match
    CancelRequest body;
    std::optional<RequestKey> key; // of an interface call: answered once, kept a day
    std::function<void(Response, std::exception_ptr)> answer; // called once, on the writer's or the answering thread, after the commit; must not block or throw
};

struct CancelOutcome {
    Response response;
    std::exception_ptr error; // ProblemError: of this request alone; nothing of it was written
};

// Reads what all requests touch in a few statements, decides each by itself in their order (a second request for one reservation
// sees what the first did), then writes row by row what changed. A request is refused before anything of it is written, so
// it never takes its neighbours down.
class CancellationBatch {
public:
    CancellationBatch(Txn& txn, const std::vector<CancelAsk>& asks, LabelCache& labels, PolicyCache& policies);
    // One outcome per request. Throws StoreError; then nothing of the batch may be kept.
    std::vector<CancelOutcome> run();

private:
    struct Verdict {
        bool waits = false; // a person decides
        bool byHand = false; // another amount than the policy's
        CancelPrice price;
        Paid paid;
        std::int64_t refundMinor = 0; // what is really given back
    };

    void readAll();
    void decideOne(std::size_t i);
    Booked& bookedFor(const CancelAsk& ask);
    Verdict judge(const CancelAsk& ask, const Booked& b);
    void apply(const CancelAsk& ask, Booked& b, const Verdict& v);
    void move(Booked& b, ReservationStatus to, const QString& reason);
    void writeRefunds(const CancelAsk& ask, const Booked& b, const Verdict& v);
    void writeRows();

    Txn& m_txn;
    Connection& m_db; // for what does not ask for moves just made: asking through the Txn writes those first, one by one
    const std::vector<CancelAsk>& m_asks;
    LabelCache& m_labels;
    PolicyCache& m_policies;
    std::vector<CancelOutcome> m_outcomes;
    std::map<ReservationId, Booked> m_booked;
    std::map<ReservationId, std::int64_t> m_readVersion; // of those that changed
    Seats m_seats;
    KeptAnswers m_kept;
};

// One alone, as the transaction's actor. Throws ProblemError.
Reservation cancelReservation(Txn& txn, const ReservationId& id, const CancelRequest& request);
Reservation cancelReservation(Txn& txn, const ReservationId& id, const QString& reason);

} // namespace naru::server
