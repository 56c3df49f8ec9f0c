// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/CancellationBatch.h"

#include "protocol/CancellationFields.h"
#include "server/domain/View.h"
#include "server/engine/CancellationReads.h"
#include "server/engine/Holds.h"
#include "server/engine/Refunds.h"
#include "server/store/Failpoint.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

RowBlock reservationBlock()
{
    return {"reservation",
        {{"id", RowBlock::Type::Text}, {"version", RowBlock::Type::BigInt}, {"status", RowBlock::Type::Text}, {"version", RowBlock::Type::BigInt},
            {"cancel_reason", RowBlock::Type::Text}, {"cancelled_at", RowBlock::Type::BigInt}},
        {}};
}

// What state forbids it, said so that a person knows what to do.
void refuseByState(const CancelAsk& ask, const Booked& b)
{
    switch (b.status) {
    case ReservationStatus::Pending:
    case ReservationStatus::Confirmed:
        return;
    case ReservationStatus::CancelRequested:
        if (ask.actor.letter == 'C' || (ask.actor.letter == 'U' && ask.body.goodwill))
            throw ProblemError(409, "cancellation-pending", u"the cancellation is asked for already and waits for a person"_s);
        return;
    case ReservationStatus::Cancelled: throw ProblemError(409, "already-cancelled", u"the reservation is cancelled already"_s);
    case ReservationStatus::CheckedIn: throw ProblemError(409, "checked-in", u"the guest is checked in; undo the check-in first"_s);
    case ReservationStatus::NoShow: throw ProblemError(409, "no-show", u"the guest did not come; what is kept is the no-show fee"_s);
    case ReservationStatus::Completed:
    case ReservationStatus::Expired: throw ProblemError(409, "reservation-over", u"the reservation is over"_s);
    }
}

} // namespace

CancellationBatch::CancellationBatch(Txn& txn, const std::vector<CancelAsk>& asks, LabelCache& labels, PolicyCache& policies)
    : m_txn(txn), m_db(txn.db()), m_asks(asks), m_labels(labels), m_policies(policies), m_seats(txn), m_kept(m_db)
{
    m_outcomes.resize(asks.size());
}

std::vector<CancelOutcome> CancellationBatch::run()
{
    m_labels.trim();
    readAll();
    NARU_FAILPOINT("cancel.locked");
    for (std::size_t i = 0; i < m_asks.size(); ++i) {
        try {
            decideOne(i);
        } catch (const ProblemError&) {
            m_outcomes[i].error = std::current_exception();
        }
    }
    writeRows();
    m_kept.write(m_txn.now());
    NARU_FAILPOINT("cancel.written");
    return std::move(m_outcomes);
}

void CancellationBatch::readAll()
{
    std::vector<ReservationId> ids;
    for (const CancelAsk& ask : m_asks)
        ids.push_back(ask.id);
    std::vector<Booked> found = readBooked(m_db, ids, true);
    m_seats.lockOf(found);
    std::set<CustomerId> customers;
    for (const Booked& b : found)
        customers.insert(b.customer);
    m_labels.load(m_db, customers);
    for (Booked& b : found)
        m_booked.emplace(b.id, std::move(b));
    std::vector<RequestKey> keys;
    for (const CancelAsk& ask : m_asks)
        if (ask.key)
            keys.push_back(*ask.key);
    m_kept.read(keys, m_txn.now());
}

Booked& CancellationBatch::bookedFor(const CancelAsk& ask)
{
    const auto found = m_booked.find(ask.id);
    if (found == m_booked.end() || (ask.who.tenant && !found->second.touches(*ask.who.tenant)))
        notFound();
    return found->second;
}

void CancellationBatch::decideOne(std::size_t i)
{
    const CancelAsk& ask = m_asks[i];
    if (ask.key) {
        if (auto kept = m_kept.of(*ask.key)) {
            m_outcomes[i].response = std::move(*kept);
            return;
        }
    }
    Booked& b = bookedFor(ask);
    if (ask.version && *ask.version != b.version)
        versionMismatch(b.version, protocol::toJson(viewOfBooked(m_db, m_labels, b, ask.who)));
    const Txn::As caller(m_txn, ask.actor);
    // All that can be refused is refused here; from apply() on everything of it is written.
    const Verdict verdict = judge(ask, b);
    apply(ask, b, verdict);
    Response& answer = m_outcomes[i].response;
    answer = versioned(b.status == ReservationStatus::CancelRequested ? 202 : 200, viewOfBooked(m_db, m_labels, b, ask.who), b.version);
    if (ask.key)
        m_kept.keep(*ask.key, answer, m_txn.now());
}

CancellationBatch::Verdict CancellationBatch::judge(const CancelAsk& ask, const Booked& b)
{
    refuseByState(ask, b);
    const char letter = m_txn.actor().letter;
    Verdict v;
    const bool begun = !b.pieces.empty() && m_txn.now() > b.startsAt();
    v.waits = (letter == 'C' && (begun || ask.body.goodwill)) || (letter == 'U' && ask.body.goodwill);
    const bool asks = b.status == ReservationStatus::Confirmed && (letter == 'C' || v.waits);
    m_txn.allow(Machine::Reservation, protocol::wireName(b.status), asks ? "cancel_requested" : "cancelled");

    const CancellationPolicy& policy = m_policies.of(m_db, b.policy);
    v.paid = readPaid(m_db, b);
    v.price = cancelPrice(b.purchase(policy, v.paid.minor), m_txn.now());
    v.refundMinor = v.price.refundMinor;
    if (ask.body.goodwill && letter != 'C' && letter != 'U')
        refuseField(u"/goodwill"_s, "unexpected", u"whoever decides names the amount in refund_minor"_s);
    if (ask.body.refundMinor) {
        if (letter != 'O')
            throw ProblemError(403, "goodwill-not-allowed", u"only operator staff may give back another amount than the policy says"_s);
        if (*ask.body.refundMinor > v.paid.minor)
            refuseField(u"/refund_minor"_s, "range", u"not more than what was paid: %1"_s.arg(v.paid.minor));
        v.byHand = *ask.body.refundMinor != v.price.refundMinor;
        v.refundMinor = *ask.body.refundMinor;
    }
    if (ask.body.expectedRefundMinor && *ask.body.expectedRefundMinor != v.price.refundMinor) {
        protocol::Problem p;
        p.status = 409;
        p.code = u"refund-changed"_s;
        p.detail = u"the refund is %1 by now, not %2; nothing was changed"_s.arg(v.price.refundMinor).arg(*ask.body.expectedRefundMinor);
        p.extra["quote"] = protocol::toJson(quoteOf(m_db, b, policy, v.paid.minor, ask.who, m_txn.now()));
        throw ProblemError(std::move(p));
    }
    return v;
}

void CancellationBatch::apply(const CancelAsk& ask, Booked& b, const Verdict& v)
{
    m_readVersion.emplace(b.id, b.version);
    const QString reason = ask.body.reason.isEmpty() ? b.cancelReason : ask.body.reason;
    b.cancelReason = reason;
    const bool asks = b.status == ReservationStatus::Confirmed && (m_txn.actor().letter == 'C' || v.waits);
    if (asks)
        move(b, ReservationStatus::CancelRequested, reason);
    if (v.waits)
        return;
    b.cancelledAt = m_txn.now();
    const auto grant = [&] {
        m_seats.end(b, PieceStatus::Released, reason);
        writeRefunds(ask, b, v);
        move(b, ReservationStatus::Cancelled, reason);
    };
    if (asks) { // the policy says yes at once
        const Txn::AsSystem system(m_txn);
        grant();
    } else {
        grant();
    }
}

void CancellationBatch::move(Booked& b, ReservationStatus to, const QString& reason)
{
    const ReservationStatus from = std::exchange(b.status, to);
    ++b.version;
    m_txn.transition(Machine::Reservation, b.id.value, protocol::wireName(from), protocol::wireName(to), b.version, reason);
    publishBooked(m_txn, b, viewOfBooked(m_db, m_labels, b));
}

// No money moves here: what the policy gives back is approved at once, another amount waits for a second person.
void CancellationBatch::writeRefunds(const CancelAsk& ask, const Booked& b, const Verdict& v)
{
    std::int64_t left = v.refundMinor;
    const CancellationPolicy& policy = m_policies.of(m_db, b.policy);
    for (const PaidPart& part : v.paid.parts) {
        const std::int64_t amount = std::min(left, part.leftMinor);
        if (amount <= 0)
            break;
        left -= amount;
        NewRefund refund;
        refund.payment = part.payment;
        refund.reservation = b.id;
        refund.amount = {amount, b.total().currency};
        refund.reason = b.cancelReason.isEmpty() ? u"cancelled"_s : b.cancelReason;
        refund.requestedBy = ask.actor;
        refund.approved = !v.byHand;
        refund.calc = json::object{{"policy", protocol::utf8(policy.code)}, {"revision", policy.revision}, {"refund_bps", v.price.refundBps}, {"total_minor", b.total().minor},
            {"paid_minor", v.paid.minor}, {"by_policy_minor", v.price.refundMinor}, {"granted_minor", v.refundMinor}, {"starts_at", protocol::utf8(toRfc3339(b.startsAt()))},
            {"decided_at", protocol::utf8(toRfc3339(m_txn.now()))}};
        insertRefund(m_txn, refund);
    }
}

void CancellationBatch::writeRows()
{
    RowBlock rows = reservationBlock();
    for (const auto& [id, read] : m_readVersion) {
        const Booked& b = m_booked.at(id);
        rows.add({id, read, protocol::wireName(b.status), b.version, b.cancelReason.isEmpty() ? Param(std::optional<QString>()) : Param(b.cancelReason), b.cancelledAt});
    }
    if (rows.rows() == 0)
        return;
    m_db.updateEach(rows, 2);
    m_seats.store();
}

Reservation cancelReservation(Txn& txn, const ReservationId& id, const CancelRequest& request)
{
    std::vector<CancelAsk> asks(1);
    asks.front().actor = txn.actor();
    asks.front().id = id;
    asks.front().body = request;
    LabelCache labels;
    PolicyCache policies;
    const std::vector<CancelOutcome> outcomes = CancellationBatch(txn, asks, labels, policies).run();
    if (outcomes.front().error)
        std::rethrow_exception(outcomes.front().error);
    return *readReservation(txn.db(), id);
}

Reservation cancelReservation(Txn& txn, const ReservationId& id, const QString& reason)
{
    CancelRequest request;
    request.reason = reason;
    return cancelReservation(txn, id, request);
}

} // namespace naru::server
