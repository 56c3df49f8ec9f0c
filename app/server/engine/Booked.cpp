// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Booked.h"

#include "protocol/CancellationFields.h"
#include "protocol/Events.h"
#include "protocol/JsonText.h"
#include "server/api/Http.h"
#include "server/domain/Mask.h"
#include "server/domain/Policies.h"

#include <algorithm>
#include <set>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

struct Place {
    SlotId slot;
    VendorId vendor;
    Instant startsAt{};
    Instant endsAt{};
    QString tz;
    SlotStatus status = SlotStatus::Closed;
};

template <class AnyId> QStringList textsOf(const std::set<AnyId>& ids)
{
    QStringList texts;
    for (const AnyId& id : ids)
        texts << id.toString();
    return texts;
}

// Of inventories that have a slot.
std::map<ItemId, Place> readPlaces(Connection& db, const std::set<ItemId>& items)
{
    std::map<ItemId, Place> places;
    std::set<SlotId> wanted;
    for (const Row& row : db.query(u"SELECT id, slot_id, vendor_id FROM inventory_item WHERE id = ANY(?) AND slot_id IS NOT NULL"_s, {textsOf(items)})) {
        Place& place = places[row.id<ItemId>(0)];
        place.slot = row.id<SlotId>(1);
        place.vendor = row.id<VendorId>(2);
        wanted.insert(place.slot);
    }
    std::map<SlotId, Row> found;
    for (Row& row : db.query(u"SELECT id, starts_at, ends_at, tz, status FROM slot WHERE id = ANY(?)"_s, {textsOf(wanted)}))
        found.emplace(row.id<SlotId>(0), std::move(row));
    for (auto& [id, place] : places) {
        const Row& row = found.at(place.slot); // a foreign key
        place.startsAt = row.instant(1);
        place.endsAt = row.instant(2);
        place.tz = row.text(3);
        place.status = protocol::fromWire<SlotStatus>(row.text(4)).value_or(SlotStatus::Closed);
    }
    return places;
}

// Table by table: in one join, PostgreSQL may take the lines of a few reservations for thousands, and make a hash of all inventories and slots.
void readPieces(Connection& db, const QStringList& ids, std::map<ReservationId, Booked*>& byId)
{
    const Rows lines = db.query(u"SELECT reservation_id, id, inventory_item_id, qty, unit_price_minor, currency, seats_version, seats_status FROM reservation_line "
                                "WHERE reservation_id = ANY(?) ORDER BY reservation_id, id"_s,
        {ids});
    std::set<ItemId> items;
    for (const Row& row : lines)
        items.insert(row.id<ItemId>(2));
    const std::map<ItemId, Place> places = readPlaces(db, items);
    for (const Row& row : lines) {
        const auto place = places.find(row.id<ItemId>(2));
        if (place == places.end())
            continue; // goods have no slot
        BookedPiece p;
        p.line = row.id<ReservationLineId>(1);
        p.item = place->first;
        p.slot = place->second.slot;
        p.vendor = place->second.vendor;
        p.qty = row.integer(3);
        p.unitPriceMinor = row.integer(4);
        p.currency = row.text(5);
        p.startsAt = place->second.startsAt;
        p.endsAt = place->second.endsAt;
        p.tz = place->second.tz;
        p.slotStatus = place->second.status;
        p.seatsVersion = row.integer(6);
        if (!row.isNull(7))
            p.status = protocol::fromWire<PieceStatus>(row.text(7)).value_or(PieceStatus::Active);
        byId.at(row.id<ReservationId>(0))->pieces.push_back(std::move(p));
    }
    for (const auto& [id, booked] : byId)
        std::stable_sort(booked->pieces.begin(), booked->pieces.end(), [](const BookedPiece& a, const BookedPiece& b) { return a.startsAt < b.startsAt; });
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
    txn.publishText(protocol::topic::kReservation, b.soleVendor(), "reservation", b.id.value, b.version, protocol::toJsonText(view));
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
