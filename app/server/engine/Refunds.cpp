// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Refunds.h"

#include "protocol/CancellationFields.h"
#include "protocol/Events.h"
#include "server/api/Http.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kCountLimit = 10'000;
const char kSystem[] = "system"; // who stands for the rule

QString columns()
{
    return u"SELECT f.id, f.reservation_id, r.code, f.status, f.amount_minor, f.currency, f.reason, COALESCE(q.display_name, f.requested_by), "
           "COALESCE(a.display_name, f.approved_by), f.created_at, f.version FROM refund f LEFT JOIN reservation r ON r.id = f.reservation_id "
           "LEFT JOIN user_account q ON q.id = f.requested_by LEFT JOIN user_account a ON a.id = f.approved_by "_s;
}

Refund refundFrom(const Row& row)
{
    Refund f;
    f.id = row.id<RefundId>(0);
    f.reservationId = row.maybeId<ReservationId>(1);
    f.reservationCode = row.text(2);
    f.status = protocol::fromWire<RefundStatus>(row.text(3)).value_or(RefundStatus::Requested);
    f.amount = {row.integer(4), row.text(5)};
    f.reason = row.text(6);
    f.requestedBy = row.text(7);
    f.approvedBy = row.text(8);
    f.createdAt = row.instant(9);
    f.version = row.integer(10);
    return f;
}

QString nameOf(const Actor& actor) { return actor.userId ? actor.userId->toString() : QString::fromLatin1(kSystem); }

// Money of several vendors: the operator's side only.
void publishRefund(Txn& txn, const RefundId& id)
{
    const auto f = readRefund(txn.db(), id);
    txn.publish(protocol::topic::kRefund, {}, u"refund"_s, id.value, f->version, protocol::toJson(*f).as_object());
}

} // namespace

RefundId insertRefund(Txn& txn, const NewRefund& refund)
{
    const auto id = txn.newId<RefundId>();
    txn.db().exec(u"INSERT INTO refund (id, payment_id, reservation_id, status, amount_minor, currency, reason, calc_json, requested_by, approved_by, request_key, created_at, version) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {id, refund.payment, refund.reservation, refund.approved ? "approved" : "requested", refund.amount.minor, refund.amount.currency, refund.reason,
            protocol::fromUtf8(json::serialize(refund.calc)), nameOf(refund.requestedBy), refund.approved ? Param(kSystem) : Param(std::optional<QString>()),
            u"cancel-%1-%2"_s.arg(id.toString(), refund.payment.toString()), txn.now(), refund.approved ? 2 : 1});
    if (refund.approved) {
        const Txn::AsSystem system(txn);
        txn.transition(Machine::Refund, id.value, "requested", "approved", 2, u"by the cancellation policy"_s);
    } else {
        txn.audit(u"refund.requested"_s, u"refund"_s, id.value, refund.calc);
    }
    publishRefund(txn, id);
    return id;
}

Refund decideRefund(Txn& txn, const Refund& refund, RefundStatus to, const QString& reason)
{
    if (refund.status != RefundStatus::Requested)
        throw ProblemError(409, "refund-decided", u"the refund is %1 already"_s.arg(protocol::wireText(refund.status)));
    txn.allow(Machine::Refund, "requested", protocol::wireName(to));
    const auto row = txn.db().one(u"SELECT requested_by FROM refund WHERE id = ?"_s, {refund.id});
    if (to == RefundStatus::Approved && row && row->text(0) == nameOf(txn.actor()))
        throw ProblemError(403, "second-person-needed", u"whoever asked for another amount than the policy's cannot approve it"_s);
    txn.db().exec(u"UPDATE refund SET status = ?, approved_by = ?, version = version + 1 WHERE id = ? AND version = ?"_s,
        {protocol::wireName(to), nameOf(txn.actor()), refund.id, refund.version});
    txn.transition(Machine::Refund, refund.id.value, "requested", protocol::wireName(to), refund.version + 1, reason);
    publishRefund(txn, refund.id);
    return *readRefund(txn.db(), refund.id);
}

std::optional<Refund> readRefund(Connection& db, const RefundId& id)
{
    const auto row = db.one(columns() + u"WHERE f.id = ?"_s, {id});
    return row ? std::optional(refundFrom(*row)) : std::nullopt;
}

std::vector<Refund> refundsOf(Connection& db, const ReservationId& reservation)
{
    std::vector<Refund> out;
    for (const Row& row : db.query(columns() + u"WHERE f.reservation_id = ? ORDER BY f.created_at, f.id"_s, {reservation}))
        out.push_back(refundFrom(row));
    return out;
}

Page<Refund> listRefunds(Connection& db, std::optional<RefundStatus> status, const PageAsk& ask)
{
    QStringList where;
    Params params;
    if (status) {
        where << u"f.status = ?"_s;
        params.emplace_back(protocol::wireName(*status));
    }
    const auto clause = [&where] { return where.isEmpty() ? QString() : u"WHERE "_s + where.join(u" AND "_s); };
    Page<Refund> page;
    page.total = db.one(u"SELECT COUNT(*) FROM (SELECT 1 AS n FROM refund f %1 LIMIT %2) counted"_s.arg(clause()).arg(kCountLimit + 1), params)->number(0);
    page.totalIsLowerBound = page.total > kCountLimit;
    page.total = std::min(page.total, kCountLimit);
    if (ask.after) {
        where << u"(f.created_at, f.id) < (?, ?)"_s;
        params.emplace_back(ask.after->at);
        params.emplace_back(ask.after->id);
    }
    params.emplace_back(ask.limit + 1);
    for (const Row& row : db.query(columns() + clause() + u" ORDER BY f.created_at DESC, f.id DESC LIMIT ?"_s, params)) {
        if (static_cast<int>(page.items.size()) == ask.limit) {
            const Refund& last = page.items.back();
            page.next = QString::number(toUnixMs(last.createdAt)) + u'|' + last.id.toString(); // the route wraps it
            break;
        }
        page.items.push_back(refundFrom(row));
    }
    return page;
}

} // namespace naru::server
