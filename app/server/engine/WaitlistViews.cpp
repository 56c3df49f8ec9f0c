// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/WaitlistViews.h"

#include "protocol/WaitlistFields.h"
#include "server/domain/Mask.h"
#include "server/domain/View.h"
#include "server/engine/WaitlistWalk.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxSlots = 500;
constexpr int kCountedPlaces = 10'000; // further back nobody counts exactly

QString entrySql()
{
    return u"SELECT e.id, e.inventory_item_id, e.ticket_id, e.customer_id, c.display_name, e.party_size, e.rank, e.status, e.passed_over, e.offered_hold_id, e.offered_at, "
           "h.expires_at, e.created_at, e.version, i.special, i.on_hand + i.overbook - i.safety FROM waitlist_entry e JOIN customer c ON c.id = e.customer_id "
           "JOIN inventory_item i ON i.id = e.inventory_item_id LEFT JOIN hold h ON h.id = e.offered_hold_id WHERE e.id = ?"_s;
}

int placeInList(Connection& db, const ItemId& item, std::int64_t rank)
{
    return db.one(u"SELECT COUNT(*) FROM (SELECT 1 FROM waitlist_entry WHERE inventory_item_id = ? AND status = 'waiting' AND rank < ? LIMIT ?) q"_s,
                 {item, rank, kCountedPlaces})->number(0) + 1;
}

WaitlistEntry entryFrom(Connection& db, LabelCache& labels, const Row& row, const ViewFor& who)
{
    WaitlistEntry e;
    e.id = row.id<WaitlistEntryId>(0);
    e.itemId = row.id<ItemId>(1);
    e.ticketId = row.id<TicketId>(2);
    if (const ItemLabel* label = labels.item(db, e.itemId, who.lang)) {
        e.vendorId = label->vendorId;
        e.productId = label->productId;
        e.title = label->full;
        e.startsAt = label->startsAt;
    }
    e.customerId = row.id<CustomerId>(3);
    e.customerName = who.tenant ? maskName(row.text(4)) : row.text(4);
    e.partySize = row.integer(5);
    e.rank = row.integer(6);
    e.status = protocol::fromWire<WaitlistStatus>(row.text(7)).value_or(WaitlistStatus::Expired);
    e.passedOver = row.number(8);
    e.offeredHold = row.maybeId<HoldId>(9);
    e.offeredAt = row.maybeInstant(10);
    if (e.status == WaitlistStatus::Offered)
        e.offeredUntil = row.maybeInstant(11);
    e.createdAt = row.instant(12);
    e.version = row.integer(13);
    if (e.status == WaitlistStatus::Waiting) {
        e.position = placeInList(db, e.itemId, e.rank);
        e.keepsSeats = e.passedOver >= kPassesBeforeKeeping && e.partySize <= row.integer(15);
    }
    return e;
}

} // namespace

std::optional<WaitlistEntry> readEntry(Connection& db, const WaitlistEntryId& id, const ViewFor& who)
{
    const auto row = db.one(entrySql(), {id});
    if (!row)
        return std::nullopt;
    LabelCache labels;
    WaitlistEntry e = entryFrom(db, labels, *row, who);
    return who.tenant && e.vendorId != *who.tenant ? std::nullopt : std::optional(std::move(e));
}

Page<WaitlistEntry> listEntries(Connection& db, const ViewFor& who, const WaitlistQuery& query)
{
    // One slot's list is read in the order it is served in; all lists together show what is new.
    KeysetQuery k;
    k.rows = query.itemId ? u"SELECT e.id AS id, e.rank AS k FROM waitlist_entry e JOIN inventory_item i ON i.id = e.inventory_item_id WHERE e.inventory_item_id = ?"_s
                          : u"SELECT e.id AS id, e.created_at AS k FROM waitlist_entry e JOIN inventory_item i ON i.id = e.inventory_item_id WHERE 1 = 1"_s;
    if (query.itemId)
        k.params.emplace_back(*query.itemId);
    if (query.status) {
        k.rows += u" AND e.status = ?"_s;
        k.params.emplace_back(protocol::wireName(*query.status));
    }
    for (const auto& vendor : {who.tenant, query.vendorId}) {
        if (vendor) {
            k.rows += u" AND i.vendor_id = ?"_s;
            k.params.emplace_back(*vendor);
        }
    }
    k.descending = !query.itemId;
    k.after = query.after;
    k.limit = query.limit;
    const KeysetPage keys = keysetPage(db, k);
    auto page = emptyPage<WaitlistEntry>(keys);
    LabelCache labels;
    for (const QString& id : keys.ids)
        if (const auto row = db.one(entrySql(), {id}))
            page.items.push_back(entryFrom(db, labels, *row, who));
    return page;
}

Page<WaitlistSlot> listWaitingSlots(Connection& db, const ViewFor& who, const std::optional<VendorId>& vendor)
{
    QString sql = u"SELECT e.inventory_item_id, e.status, COUNT(*), SUM(e.party_size) FROM waitlist_entry e JOIN inventory_item i ON i.id = e.inventory_item_id "
                  "WHERE e.status IN ('waiting','offered')"_s;
    Params params;
    for (const auto& v : {who.tenant, vendor}) {
        if (v) {
            sql += u" AND i.vendor_id = ?"_s;
            params.emplace_back(*v);
        }
    }
    sql += u" GROUP BY e.inventory_item_id, e.status"_s;
    std::map<ItemId, WaitlistSlot> found;
    for (const Row& row : db.query(sql, params)) {
        WaitlistSlot& s = found[row.id<ItemId>(0)];
        s.itemId = row.id<ItemId>(0);
        if (row.text(1) == u"waiting"_s) {
            s.waiting = row.number(2);
            s.seatsWanted = row.integer(3);
        } else {
            s.offered = row.number(2);
            s.seatsOffered = row.integer(3);
        }
    }
    Page<WaitlistSlot> page;
    page.total = static_cast<int>(found.size());
    LabelCache labels;
    for (auto& [item, s] : found) {
        if (const ItemLabel* label = labels.item(db, item, who.lang)) {
            s.vendorId = label->vendorId;
            s.productId = label->productId;
            s.title = label->full;
            s.startsAt = label->startsAt;
        }
        const auto row = db.one(u"SELECT on_hand + overbook - safety - allocated - held, special FROM inventory_item WHERE id = ?"_s, {item});
        s.free = std::max<std::int64_t>(row ? row->integer(0) : 0, 0);
        s.kept = row && (row->number(1) & 1) != 0;
        page.items.push_back(std::move(s));
    }
    std::sort(page.items.begin(), page.items.end(),
        [](const WaitlistSlot& a, const WaitlistSlot& b) { return std::tie(a.startsAt, a.itemId) < std::tie(b.startsAt, b.itemId); });
    if (page.items.size() > kMaxSlots)
        page.items.resize(kMaxSlots);
    return page;
}

int queuePosition(Connection& db, const TicketId& ticket, TicketStatus status)
{
    if (status == TicketStatus::Waitlisted) {
        const auto row = db.one(u"SELECT inventory_item_id, rank FROM waitlist_entry WHERE ticket_id = ? AND status = 'waiting'"_s, {ticket});
        return row ? placeInList(db, row->id<ItemId>(0), row->integer(1)) : 0;
    }
    if (status != TicketStatus::Queued)
        return 0;
    const auto row = db.one(u"SELECT opening_id, draw_rank, queue_seq FROM ticket WHERE id = ? AND opening_id IS NOT NULL"_s, {ticket});
    if (!row)
        return 0;
    const auto before = db.one(u"SELECT COUNT(*) FROM (SELECT 1 FROM ticket WHERE opening_id = ? AND status = 'queued' AND (draw_rank, queue_seq) < (?, ?) LIMIT ?) q"_s,
        {row->text(0), row->integer(1), row->integer(2), kCountedPlaces});
    return before->number(0) + 1;
}

void publishEntry(Txn& txn, const WaitlistEntryId& id)
{
    const auto e = readEntry(txn.db(), id);
    if (e)
        txn.publish(protocol::topic::kWaitlist, e->vendorId, u"waitlist_entry"_s, id.value, e->version, protocol::toJson(*e).as_object());
}

} // namespace naru::server
