// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/CancellationReads.h"

#include "protocol/CancellationFields.h"
#include "server/domain/Policies.h"
#include "server/engine/Refunds.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kCountLimit = 10'000;
constexpr int kMostHistory = 200;

// The waiting lists of the pieces: how many wait, and the first whose party fits into what comes back.
std::vector<NextInLine> nextInLine(Connection& db, const Booked& b)
{
    std::vector<NextInLine> out;
    for (const BookedPiece& piece : b.pieces) {
        if (piece.status != PieceStatus::Active)
            continue;
        NextInLine next;
        next.itemId = piece.item;
        for (const Row& row : db.query(u"SELECT party_size FROM waitlist_entry WHERE inventory_item_id = ? AND status = 'waiting' ORDER BY rank"_s, {piece.item})) {
            ++next.waiting;
            if (!next.partySize && row.integer(0) <= piece.qty)
                next.partySize = row.integer(0);
        }
        out.push_back(next);
    }
    return out;
}

QString piecesText(Connection& db, LabelCache& labels, const json::value* list, const QString& lang)
{
    QStringList out;
    if (!list || !list->is_array())
        return {};
    for (const json::value& e : list->get_array()) {
        const auto line = protocol::fromJson<TicketLine>(e, false);
        if (!line)
            continue;
        const ItemLabel* label = labels.item(db, line->itemId, lang);
        out << u"%1 ×%2"_s.arg(label ? label->full : QString()).arg(line->qty);
    }
    return out.join(u", "_s);
}

QString textIn(const json::object& o, const char* name)
{
    const json::value* v = o.if_contains(name);
    return v && v->is_string() ? protocol::fromUtf8(std::string_view(v->get_string())) : QString();
}

std::optional<Money> moneyIn(const json::object& o, const char* name)
{
    const json::value* v = o.if_contains(name);
    const auto money = v ? protocol::fromJson<Money>(*v, false) : Result<Money>(Error{});
    return money ? std::optional(*money) : std::nullopt;
}

// The audit trail has both the moves of the state and the changes of the pieces, in the order they were committed.
std::vector<HistoryEntry> historyOfBooked(Connection& db, LabelCache& labels, const Booked& b, const ViewFor& who)
{
    const bool all = !who.tenant || b.soleVendor();
    std::vector<HistoryEntry> out;
    QString state = u"confirmed"_s;
    for (const Row& row : db.query(u"SELECT e.at, COALESCE(e.action, 'reservation.' || e.to_state), e.detail, e.actor_role, u.display_name, e.vendor_id, e.from_state, e.to_state FROM journal e LEFT JOIN user_account u ON u.id = e.actor_id "
                                   "WHERE e.entity_type = 'reservation' AND e.entity_id = ? ORDER BY e.seq LIMIT ?"_s,
             {b.id, kMostHistory})) {
        HistoryEntry h;
        h.at = row.instant(0);
        h.action = row.text(1);
        h.actorRole = row.text(3);
        // A vendor is told the names of its own people only.
        if (!who.tenant || row.maybeId<VendorId>(5) == who.tenant)
            h.actorName = row.text(4);
        const bool move = !row.isNull(7);
        const auto diff = protocol::parseJson(move ? std::string("{}") : protocol::utf8(row.text(2)));
        const json::object* o = diff ? diff->if_object() : nullptr;
        const json::object none;
        const json::object& d = o ? *o : none;
        h.fromState = move ? row.text(6) : textIn(d, "from");
        h.toState = move ? row.text(7) : textIn(d, "to");
        if (h.toState.isEmpty())
            h.fromState = h.toState = state;
        state = h.toState;
        h.reason = move ? row.text(2) : textIn(d, "reason");
        if (all) {
            h.totalBefore = moneyIn(d, "total_before");
            h.totalAfter = moneyIn(d, "total_after");
            h.before = piecesText(db, labels, d.if_contains("before"), who.lang);
            h.after = piecesText(db, labels, d.if_contains("after"), who.lang);
        }
        out.push_back(std::move(h));
    }
    return out;
}

std::vector<ReservationPayment> paymentsOf(Connection& db, const Booked& b)
{
    std::vector<ReservationPayment> out;
    if (!b.order)
        return out;
    for (const Row& row : db.query(u"SELECT id, provider, status, captured_minor, refunded_minor, currency FROM payment WHERE order_id = ? ORDER BY id"_s, {*b.order})) {
        ReservationPayment p;
        p.id = row.id<PaymentId>(0);
        p.provider = row.text(1);
        p.status = protocol::fromWire<PaymentStatus>(row.text(2)).value_or(PaymentStatus::Created);
        p.captured = {row.integer(3), row.text(5)};
        p.refunded = {row.integer(4), row.text(5)};
        out.push_back(std::move(p));
    }
    return out;
}

} // namespace

CancellationQuote quoteOf(Connection& db, const Booked& b, const CancellationPolicy& policy, std::int64_t paidMinor, const ViewFor& who, Instant now)
{
    CancellationQuote q;
    q.reservationId = b.id;
    q.reservationVersion = b.version;
    q.asOf = now;
    q.policy = policy;
    q.total = b.total();
    q.paid = {paidMinor, q.total.currency};
    if (b.pieces.empty())
        return q;
    const Purchase purchase = b.purchase(policy, paidMinor);
    const CancelPrice price = cancelPrice(purchase, now);
    q.fee = {price.feeMinor, q.total.currency};
    q.refund = {price.refundMinor, q.total.currency};
    q.refundBps = price.refundBps;
    q.refundOfPriceMinor = price.refundOfPriceMinor;
    q.steps = refundSteps(purchase, now);
    for (const RefundStep& step : q.steps)
        if (!q.nextStepAt && step.from && *step.from > now)
            q.nextStepAt = step.from;
    q.startsAt = b.startsAt();
    q.needsPerson = now > b.startsAt();
    if (!who.tenant)
        q.nextInLine = nextInLine(db, b);
    return q;
}

std::optional<CancellationQuote> readQuote(Connection& db, const ReservationId& id, const ViewFor& who, Instant now)
{
    const std::vector<Booked> found = readBooked(db, {id}, false);
    if (found.empty() || (who.tenant && !found.front().touches(*who.tenant)))
        return std::nullopt;
    const Booked& b = found.front();
    const auto policy = readPolicy(db, b.policy);
    if (!policy)
        return std::nullopt;
    if (who.tenant && !b.soleVendor())
        throw ProblemError(403, "shared-reservation", u"this reservation has pieces of other vendors, too; its money is the operator's matter"_s);
    return quoteOf(db, b, *policy, readPaid(db, b).minor, who, now);
}

std::optional<ReservationDetail> readDetail(Connection& db, const ReservationId& id, const ViewFor& who)
{
    const std::vector<Booked> found = readBooked(db, {id}, false);
    if (found.empty() || (who.tenant && !found.front().touches(*who.tenant)))
        return std::nullopt;
    const Booked& b = found.front();
    const auto policy = readPolicy(db, b.policy);
    if (!policy)
        return std::nullopt;
    LabelCache labels;
    ReservationDetail d;
    d.reservation = viewOfBooked(db, labels, b, who);
    d.policy = *policy;
    std::vector<PricedPiece> priced;
    for (const BookedPiece& p : b.pieces) {
        if (who.tenant && p.vendor != *who.tenant)
            continue;
        ReservationPiece piece;
        piece.itemId = p.item;
        piece.slotId = p.slot;
        if (const ItemLabel* label = labels.item(db, p.item, who.lang))
            piece.title = label->full;
        piece.startsAt = p.startsAt;
        piece.endsAt = p.endsAt;
        piece.tz = p.tz;
        piece.slotStatus = p.slotStatus;
        piece.status = p.status;
        piece.qty = p.qty;
        piece.unitPriceMinor = p.unitPriceMinor;
        d.pieces.push_back(std::move(piece));
        priced.push_back({p.qty, p.unitPriceMinor, p.startsAt});
    }
    d.noShowFee = {noShowFee(*policy, priced), d.reservation.total.currency};
    d.paid.currency = d.reservation.total.currency;
    if (!who.tenant || b.soleVendor()) {
        d.payments = paymentsOf(db, b);
        d.refunds = refundsOf(db, b.id);
        d.paid.minor = readPaid(db, b).minor;
    }
    d.history = historyOfBooked(db, labels, b, who);
    return d;
}

Page<Reservation> findReservations(Connection& db, const ViewFor& who, const ReservationFilter& f, const PageAsk& ask)
{
    QStringList where;
    Params params;
    if (f.statuses == std::vector{ReservationStatus::CancelRequested}) {
        where << u"r.status = 'cancel_requested'"_s; // what waits for a person: few of all there are, as reservation_waiting says it
    } else if (!f.statuses.empty()) {
        QStringList names;
        for (const ReservationStatus s : f.statuses)
            names << protocol::wireText(s);
        where << u"r.status = ANY(?)"_s;
        params.emplace_back(names);
    }
    if (!f.text.isEmpty()) {
        const QString pattern = likePattern(f.text.toLower());
        where << u"(lower(r.code) LIKE ? ESCAPE '\\' OR lower(c.display_name) LIKE ? ESCAPE '\\')"_s;
        params.insert(params.end(), {Param(pattern), Param(pattern)});
    }
    // One piece has to fit all that is said about pieces.
    QStringList piece;
    const auto about = [&](const QString& condition, const Param& value) {
        piece << condition;
        params.push_back(value);
    };
    if (who.tenant)
        about(u"i.vendor_id = ?"_s, *who.tenant);
    if (f.productId)
        about(u"s.product_id = ?"_s, *f.productId);
    if (f.slotId)
        about(u"s.id = ?"_s, *f.slotId);
    if (!f.fromDate.isEmpty())
        about(u"s.local_date >= ?"_s, f.fromDate);
    if (!f.toDate.isEmpty())
        about(u"s.local_date <= ?"_s, f.toDate);
    if (!piece.isEmpty())
        where << u"EXISTS (SELECT 1 FROM reservation_line l JOIN inventory_item i ON i.id = l.inventory_item_id JOIN slot s ON s.id = i.slot_id "
                 "WHERE l.reservation_id = r.id AND %1)"_s.arg(piece.join(u" AND "_s));
    const QString from = u" FROM reservation r JOIN customer c ON c.id = r.customer_id"_s;
    const auto clause = [&where] { return where.isEmpty() ? QString() : u" WHERE "_s + where.join(u" AND "_s); };

    Page<Reservation> page;
    page.total = db.one(u"SELECT COUNT(*) FROM (SELECT 1 AS n%1%2 LIMIT %3) counted"_s.arg(from, clause()).arg(kCountLimit + 1), params)->number(0);
    page.totalIsLowerBound = page.total > kCountLimit;
    page.total = std::min(page.total, kCountLimit);
    if (ask.after) {
        where << u"r.id < ?"_s; // ids begin with the time they were made
        params.emplace_back(ask.after->id);
    }
    params.emplace_back(ask.limit + 1);
    std::vector<ReservationId> ids;
    for (const Row& row : db.query(u"SELECT r.id"_s + from + clause() + u" ORDER BY r.id DESC LIMIT ?"_s, params)) {
        if (static_cast<int>(ids.size()) == ask.limit) {
            page.next = u"more"_s;
            break;
        }
        ids.push_back(row.id<ReservationId>(0));
    }
    std::map<ReservationId, Booked> byId;
    for (Booked& b : readBooked(db, ids, false))
        byId.emplace(b.id, std::move(b));
    LabelCache labels;
    for (const ReservationId& id : ids)
        page.items.push_back(viewOfBooked(db, labels, byId.at(id), who));
    if (!page.next.isEmpty())
        page.next = QString::number(toUnixMs(page.items.back().createdAt)) + u'|' + ids.back().toString(); // the route wraps it
    return page;
}

} // namespace naru::server
