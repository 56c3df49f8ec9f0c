// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Slots.h"

#include "protocol/Events.h"
#include "server/domain/Parties.h"
#include "server/domain/Products.h"
#include "server/domain/Stock.h"

#include <QDateTime>
#include <QTimeZone>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

QDateTime localTime(Instant at, const QString& tz)
{
    return QDateTime::fromMSecsSinceEpoch(toUnixMs(at), QTimeZone(tz.toLatin1()));
}

// Adds "starts_at >= ?" or "local_date >= ?" by what the text is.
void addBound(KeysetQuery& q, const QString& text, const char* parameter, QLatin1String op)
{
    if (text.isEmpty())
        return;
    if (const auto at = fromRfc3339(text)) {
        q.rows += u" AND s.starts_at %1 ?"_s.arg(op);
        q.params.emplace_back(*at);
    } else if (QDate::fromString(text, Qt::ISODate).isValid() && text.size() == 10) {
        q.rows += u" AND s.local_date %1 ?"_s.arg(op);
        q.params.emplace_back(text);
    } else {
        throw ProblemError(400, "query-invalid", u"%1 must be an RFC 3339 date-time or a date yyyy-MM-dd"_s.arg(QString::fromLatin1(parameter)));
    }
}

} // namespace

std::optional<Slot> slotById(Connection& db, const View& view, SlotId id)
{
    const auto row = db.one(u"SELECT s.id, s.product_id, s.variant_id, s.starts_at, s.ends_at, s.tz, s.local_date, s.status, s.version, i.id "
                            "FROM slot s JOIN inventory_item i ON i.slot_id = s.id WHERE s.id = ?"_s,
        {id});
    if (!row)
        return std::nullopt;
    auto level = stockLevel(db, view, row->id<ItemId>(9));
    if (!level)
        return std::nullopt;
    Slot s;
    s.id = row->id<SlotId>(0);
    s.productId = row->id<ProductId>(1);
    s.variantId = row->id<VariantId>(2);
    s.startsAt = row->instant(3);
    s.endsAt = row->instant(4);
    s.tz = row->text(5);
    s.localDate = row->text(6);
    s.localTime = localTime(s.startsAt, s.tz).toString(u"HH:mm"_s);
    s.status = protocol::fromWire<SlotStatus>(row->text(7)).value_or(SlotStatus::Closed);
    s.version = row->integer(8);
    s.capacity = std::move(*level);
    s.title = productTitle(db, s.productId, view.lang);
    const QString option = optionText(db, s.variantId);
    if (!option.isEmpty())
        s.title += u" · "_s + option;
    if (const auto offer = offerInForce(db, s.variantId, view.now))
        s.price = offer->price;
    return s;
}

Page<Slot> listSlots(Connection& db, const View& view, const SlotQuery& query)
{
    KeysetQuery q;
    q.rows = u"SELECT s.id AS id, s.starts_at AS k FROM slot s JOIN product p ON p.id = s.product_id WHERE 1 = 1"_s;
    if (view.vendor) {
        q.rows += u" AND p.vendor_id = ?"_s;
        q.params.emplace_back(*view.vendor);
    }
    if (query.productId) {
        q.rows += u" AND s.product_id = ?"_s;
        q.params.emplace_back(*query.productId);
    }
    if (query.variantId) {
        q.rows += u" AND s.variant_id = ?"_s;
        q.params.emplace_back(*query.variantId);
    }
    addBound(q, query.from, "from", QLatin1String(">="));
    addBound(q, query.to, "to", QLatin1String("<"));
    q.after = query.after;
    q.limit = query.limit;
    const KeysetPage keys = keysetPage(db, q);
    Page<Slot> page = emptyPage<Slot>(keys);
    for (const QString& id : keys.ids)
        if (auto slot = slotById(db, view, SlotId::parse(QStringView(id)).value_or(SlotId{})))
            page.items.push_back(std::move(*slot));
    return page;
}

Slot createSlot(Txn& txn, const View& view, const NewSlot& wanted)
{
    Connection& db = txn.db();
    const auto row = db.one(u"SELECT p.id, p.vendor_id, p.kind, p.status FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = ?"_s, {wanted.variantId});
    if (!row || !view.sees(row->id<VendorId>(1)))
        notFound();
    if (row->text(2) != u"reservation")
        refuseField(u"/variant_id"_s, "kind", u"belongs to a product that is sold, not reserved: it has stock, no slots"_s);
    checkZone(u"/tz"_s, wanted.tz);
    if (db.one(u"SELECT 1 FROM slot WHERE variant_id = ? AND starts_at = ?"_s, {wanted.variantId, wanted.startsAt}))
        throw ProblemError(409, "slot-taken", u"this variant already has a slot at that time"_s);
    const auto id = txn.newId<SlotId>();
    const Instant end = wanted.startsAt + std::chrono::minutes(wanted.durationMin);
    db.exec(u"INSERT INTO slot (id, product_id, variant_id, starts_at, ends_at, tz, local_date, status) VALUES (?, ?, ?, ?, ?, ?, ?, 'open')"_s,
        {id, row->text(0), wanted.variantId, wanted.startsAt, end, wanted.tz, localTime(wanted.startsAt, wanted.tz).toString(u"yyyy-MM-dd"_s)});
    const auto item = txn.newId<ItemId>();
    db.exec(u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, slot_id) VALUES (?, 'capacity', ?, ?, ?)"_s,
        {item, row->text(1), wanted.variantId, id});
    txn.audit(u"slot.created"_s, u"slot"_s, id.value, protocol::toJson(wanted));
    receiveStock(txn, item, wanted.capacity, u"capacity of a new slot"_s);
    publishSlot(txn, id);
    return *slotById(txn.db(), view, id);
}

void setSlotStatus(Txn& txn, SlotId id, SlotStatus status)
{
    txn.db().exec(u"UPDATE slot SET status = ?, version = version + 1 WHERE id = ?"_s, {protocol::wireName(status), id});
    publishSlot(txn, id);
}

void publishSlot(Txn& txn, SlotId id)
{
    const auto slot = slotById(txn.db(), payloadView(txn.now()), id);
    if (slot)
        txn.publish(protocol::topic::kSlot, slot->capacity.vendorId, u"slot"_s, id.value, slot->version, protocol::toJson(*slot).as_object());
}

} // namespace naru::server
