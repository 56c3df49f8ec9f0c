// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Booked.h"

#include "protocol/CancellationFields.h"
#include "protocol/Events.h"
#include "server/api/Http.h"
#include "server/domain/Mask.h"
#include "server/domain/Policies.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

void readPieces(Connection& db, const QStringList& ids, std::map<ReservationId, Booked*>& byId)
{
    static const QString sql
        = u"SELECT l.reservation_id, l.id, l.inventory_item_id, i.slot_id, i.vendor_id, l.qty, l.unit_price_minor, l.currency, s.starts_at, s.ends_at, s.tz, s.status, "
          "l.seats_version, l.seats_status FROM reservation_line l JOIN inventory_item i ON i.id = l.inventory_item_id JOIN slot s ON s.id = i.slot_id "
          "WHERE l.reservation_id = ANY(?) ORDER BY l.reservation_id, s.starts_at, l.id"_s;
    for (const Row& row : db.query(sql, {ids})) {
        BookedPiece p;
        p.line = row.id<ReservationLineId>(1);
        p.item = row.id<ItemId>(2);
        p.slot = row.id<SlotId>(3);
        p.vendor = row.id<VendorId>(4);
        p.qty = row.integer(5);
        p.unitPriceMinor = row.integer(6);
        p.currency = row.text(7);
        p.startsAt = row.instant(8);
        p.endsAt = row.instant(9);
        p.tz = row.text(10);
        p.slotStatus = protocol::fromWire<SlotStatus>(row.text(11)).value_or(SlotStatus::Closed);
        p.seatsVersion = row.integer(12);
        if (!row.isNull(13))
            p.status = protocol::fromWire<PieceStatus>(row.text(13)).value_or(PieceStatus::Active);
        byId.at(row.id<ReservationId>(0))->pieces.push_back(std::move(p));
    }
}

} // namespace

Instant Booked::endsAt() const
{
    Instant last{};
    for (const BookedPiece& p : pieces)
        last = std::max(last, p.endsAt);
    return last;
}

Money Booked::total() const
{
    Money m;
    for (const BookedPiece& p : pieces) {
        m.minor += p.qty * p.unitPriceMinor;
        m.currency = p.currency;
    }
    return m;
}

bool Booked::touches(const VendorId& vendor) const
{
    return std::any_of(pieces.begin(), pieces.end(), [&](const BookedPiece& p) { return p.vendor == vendor; });
}

std::optional<VendorId> Booked::soleVendor() const
{
    if (pieces.empty() || std::any_of(pieces.begin(), pieces.end(), [this](const BookedPiece& p) { return p.vendor != pieces.front().vendor; }))
        return std::nullopt;
    return pieces.front().vendor;
}

Purchase Booked::purchase(const CancellationPolicy& terms, std::int64_t paidMinor) const
{
    Purchase out;
    out.policy = &terms;
    out.paidMinor = paidMinor;
    for (const BookedPiece& p : pieces) {
        out.pieces.push_back({p.qty, p.unitPriceMinor, p.startsAt});
        out.currency = p.currency;
    }
    return out;
}

std::vector<Booked> readBooked(Connection& db, const std::vector<ReservationId>& ids, bool lock)
{
    // One text for each: statements are kept by their text.
    static const QString sql = u"SELECT id, code, customer_id, order_id, policy_id, status, confirmed_at, cancelled_at, cancel_reason, created_at, version "
                               "FROM reservation WHERE id = ANY(?) ORDER BY id"_s;
    static const QString lockSql = sql + u" FOR UPDATE"_s;
    QStringList wanted;
    for (const ReservationId& id : ids)
        wanted << id.toString();
    std::vector<Booked> out;
    for (const Row& row : db.query(lock ? lockSql : sql, {wanted})) {
        Booked b;
        b.id = row.id<ReservationId>(0);
        b.code = row.text(1);
        b.customer = row.id<CustomerId>(2);
        b.order = row.maybeId<OrderId>(3);
        b.policy = row.id<PolicyId>(4);
        b.status = protocol::fromWire<ReservationStatus>(row.text(5)).value_or(ReservationStatus::Pending);
        b.confirmedAt = row.maybeInstant(6);
        b.cancelledAt = row.maybeInstant(7);
        b.cancelReason = row.text(8);
        b.createdAt = row.instant(9);
        b.version = row.integer(10);
        out.push_back(std::move(b));
    }
    std::map<ReservationId, Booked*> byId;
    for (Booked& b : out)
        byId.emplace(b.id, &b);
    if (!out.empty())
        readPieces(db, wanted, byId);
    return out;
}

Booked bookedOr404(Connection& db, const ReservationId& id, const std::optional<VendorId>& tenant, bool lock)
{
    std::vector<Booked> found = readBooked(db, {id}, lock);
    if (found.empty() || (tenant && !found.front().touches(*tenant)))
        notFound();
    return std::move(found.front());
}

Reservation viewOfBooked(Connection& db, LabelCache& labels, const Booked& b, const ViewFor& who)
{
    Reservation r;
    r.id = b.id;
    r.code = b.code;
    r.customerId = b.customer;
    const QString& name = labels.customer(db, b.customer);
    r.customerName = who.tenant ? maskName(name) : name;
    r.status = b.status;
    r.confirmedAt = b.confirmedAt;
    r.cancelledAt = b.cancelledAt;
    r.cancelReason = b.cancelReason;
    r.createdAt = b.createdAt;
    r.version = b.version;
    QString first;
    for (const BookedPiece& p : b.pieces) {
        if (who.tenant && p.vendor != *who.tenant)
            continue;
        ReservationLine line;
        line.itemId = p.item;
        line.slotId = p.slot;
        line.startsAt = p.startsAt;
        line.qty = p.qty;
        line.unitPriceMinor = p.unitPriceMinor;
        if (const ItemLabel* label = labels.item(db, p.item, who.lang))
            line.title = label->full;
        if (r.lines.empty()) {
            first = line.title;
            r.vendorId = p.vendor;
        }
        r.total.currency = p.currency;
        r.total.minor += p.qty * p.unitPriceMinor;
        r.qty += p.qty;
        r.lines.push_back(std::move(line));
    }
    r.title = titleOfLines(first, r.lines.size(), who.lang);
    return r;
}

void publishBooked(Txn& txn, const Booked& b, const Reservation& view)
{
    txn.publish(protocol::topic::kReservation, b.soleVendor(), u"reservation"_s, b.id.value, b.version, protocol::toJson(view).as_object());
}

const CancellationPolicy& PolicyCache::of(Connection& db, const PolicyId& id)
{
    const auto known = m_known.find(id);
    if (known != m_known.end())
        return known->second;
    auto policy = readPolicy(db, id);
    if (!policy)
        throw StoreError(StoreError::Kind::Other, "a reservation without its policy");
    return m_known.emplace(id, std::move(*policy)).first->second;
}

Paid readPaid(Connection& db, const Booked& b)
{
    Paid out;
    if (!b.order)
        return out;
    std::int64_t left = 0;
    for (const Row& row : db.query(
             u"SELECT p.id, p.captured_minor - p.refunded_minor - COALESCE((SELECT SUM(r.amount_minor) FROM refund r WHERE r.payment_id = p.id AND "
             "r.status IN ('requested','approved','processing')), 0) FROM payment p WHERE p.order_id = ? AND p.captured_minor > 0 ORDER BY p.id"_s,
             {*b.order})) {
        const PaidPart part{row.id<PaymentId>(0), row.integer(1)};
        if (part.leftMinor <= 0)
            continue;
        left += part.leftMinor;
        out.parts.push_back(part);
    }
    out.minor = std::min(left, b.total().minor);
    return out;
}

} // namespace naru::server
