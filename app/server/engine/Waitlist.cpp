// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Waitlist.h"

#include "protocol/WaitlistFields.h"
#include "server/api/Http.h"
#include "server/engine/BookingTerms.h"
#include "server/engine/Holds.h"
#include "server/engine/WaitlistViews.h"
#include "server/engine/WaitlistWalk.h"
#include "server/engine/Writes.h"
#include "server/store/Failpoint.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr std::size_t kPassesTold = 50; // entries passed over in one walk whose change is published; lists show the others

struct Entry {
    WaitlistEntryId id;
    CustomerId customer;
    TicketId ticket;
    std::int64_t ticketVersion = 0;
    WaitingParty party;
};

// Everything about a slot that an offer or a new entry has to know.
struct Place {
    StockItem stock;
    ProductId product;
    int bits = 0; // special
    bool open = false;
    Instant closesAt{};
    std::optional<std::int64_t> priceMinor;
    QString currency;
    std::optional<std::int64_t> maxQty;
    Millis offerFor{};

    std::int64_t most() const { return stock.onHand + stock.overbook - stock.safety; }
    bool kept() const { return (bits & special::kKept) != 0; }
};

void lockItems(Connection& db, const QStringList& items)
{
    db.query(u"SELECT id FROM inventory_item WHERE id = ANY(?) ORDER BY id FOR UPDATE"_s, {items});
}

// Nothing when it is not a slot.
std::optional<Place> readPlace(Txn& txn, const ItemId& item)
{
    static const QString sql
        = u"SELECT v.product_id, i.special, p.special, s.status, p.status, v.enabled, vn.status, s.starts_at, COALESCE(r.cutoff_min, 0), p.offer_minutes "
          "FROM inventory_item i JOIN slot s ON s.id = i.slot_id JOIN variant v ON v.id = i.variant_id JOIN product p ON p.id = v.product_id "
          "JOIN vendor vn ON vn.id = i.vendor_id LEFT JOIN slot_rule r ON r.id = s.slot_rule_id WHERE i.id = ?"_s;
    static const QString offerSql
        = u"SELECT o.price_minor, o.currency, o.purchasable, o.max_qty FROM inventory_item i JOIN offer o ON o.variant_id = i.variant_id AND o.vendor_id = i.vendor_id "
          "WHERE i.id = ? AND o.valid_from <= ? AND (o.valid_until IS NULL OR o.valid_until > ?) "
          "ORDER BY CASE WHEN o.channel = 'default' THEN 0 ELSE 1 END, o.valid_from DESC LIMIT 1"_s;
    const auto row = txn.db().one(sql, {item});
    if (!row)
        return std::nullopt;
    const auto offer = txn.db().one(offerSql, {item, txn.now(), txn.now()});
    Place p;
    p.stock = lockStock(txn, item);
    p.product = row->id<ProductId>(0);
    p.bits = row->number(1) | row->number(2);
    p.open = row->text(3) == u"open"_s && row->text(4) == u"active"_s && row->flag(5) && row->text(6) == u"approved"_s && offer && offer->flag(2);
    p.closesAt = row->instant(7) - Millis(row->integer(8) * 60'000);
    p.offerFor = Millis(row->integer(9) * 60'000);
    if (offer) {
        p.priceMinor = offer->integer(0);
        p.currency = offer->text(1);
        p.maxQty = offer->maybeInteger(3);
    }
    return p;
}

std::vector<Entry> waitingOf(Connection& db, const ItemId& item)
{
    const Rows rows = db.query(u"SELECT e.id, e.customer_id, e.ticket_id, t.version, e.party_size, e.passed_over FROM waitlist_entry e JOIN ticket t ON t.id = e.ticket_id "
                               "WHERE e.inventory_item_id = ? AND e.status = 'waiting' ORDER BY e.rank"_s,
        {item});
    std::vector<Entry> out;
    for (const Row& r : rows)
        out.push_back({r.id<WaitlistEntryId>(0), r.id<CustomerId>(1), r.id<TicketId>(2), r.integer(3), {r.integer(4), r.number(5)}});
    return out;
}

// Who has booked as much as one customer may meanwhile does not get more by waiting: the entry ends, and says why.
void endBarred(Txn& txn, const ItemId& item, const Place& place, std::vector<Entry>& entries)
{
    if ((place.bits & special::kLimited) == 0)
        return;
    std::set<CustomerId> customers;
    for (const Entry& e : entries)
        customers.insert(e.customer);
    CustomerShares shares;
    shares.read(txn.db(), {{item, place.product}}, customers);
    StockRow row;
    row.item = item;
    shares.apply(row);
    std::erase_if(entries, [&](const Entry& e) {
        if (!row.limit || shares.already(e.customer, item) + e.party.size <= *row.limit)
            return false;
        endWaiting(txn, {e.id, e.ticket, e.ticketVersion}, u"one customer may have %1"_s.arg(*row.limit), Refusal::LimitPerCustomer);
        return true;
    });
}

void offerTo(Txn& txn, const Entry& e, Place& place)
{
    txn.allow(Machine::Ticket, "waitlisted", "held");
    HoldWrite hold;
    hold.id = txn.newId<HoldId>();
    hold.ticket = e.ticket;
    hold.customer = e.customer;
    hold.expiresAt = std::min(txn.now() + place.offerFor, place.closesAt);
    hold.maxUntil = hold.expiresAt; // others wait behind: thinking time does not grow
    insertHold(txn, hold, {{&place.stock, e.party.size, place.priceMinor.value_or(0), place.currency}});
    txn.db().exec(u"UPDATE ticket SET status = 'held', decided_seq = ?, version = version + 1 WHERE id = ? AND version = ?"_s,
        {txn.journal().takeQueueNumbers(1), e.ticket, e.ticketVersion});
    txn.db().exec(u"UPDATE waitlist_entry SET status = 'offered', offered_hold_id = ?, offered_at = ?, version = version + 1 WHERE id = ?"_s,
        {hold.id, txn.now(), e.id});
    txn.transition(Machine::Ticket, e.ticket.value, "waitlisted", "held", e.ticketVersion + 1);
    publishHold(txn, hold.id);
    publishTicket(txn, e.ticket);
    publishEntry(txn, e.id);
}

void keep(Txn& txn, const ItemId& item, const Place& place, const Entry* keeper)
{
    if (place.kept() == (keeper != nullptr))
        return;
    txn.db().exec(keeper ? u"UPDATE inventory_item SET special = special | 1 WHERE id = ?"_s : u"UPDATE inventory_item SET special = special & 6 WHERE id = ?"_s, {item});
    json::object diff{{"seats_kept", json::array{!keeper, keeper != nullptr}}};
    if (keeper)
        diff["for_entry"] = protocol::utf8(keeper->id.toString());
    txn.audit(u"waitlist.seats_kept"_s, u"stock"_s, item.value, diff);
}

// The walk over one list, written down. The item's row is locked.
void walk(Txn& txn, const ItemId& item)
{
    auto place = readPlace(txn, item);
    if (!place)
        return;
    std::vector<Entry> entries = waitingOf(txn.db(), item);
    if (!place->open || place->closesAt <= txn.now())
        return; // nothing is sold to anybody
    endBarred(txn, item, *place, entries);
    std::vector<WaitingParty> parties;
    for (const Entry& e : entries)
        parties.push_back(e.party);
    const WaitlistWalk result = walkWaitlist(parties, place->stock.available(), place->most());
    for (const std::size_t i : result.offered)
        offerTo(txn, entries[i], *place);
    if (!result.offered.empty()) {
        storeStock(txn, place->stock);
        publishStock(txn, item);
    }
    QStringList passed;
    for (const std::size_t i : result.passed)
        passed << entries[i].id.toString();
    if (!passed.isEmpty())
        txn.db().exec(u"UPDATE waitlist_entry SET passed_over = passed_over + 1, version = version + 1 WHERE id = ANY(?)"_s, {passed});
    for (std::size_t i = 0; i < std::min(result.passed.size(), kPassesTold); ++i)
        publishEntry(txn, entries[result.passed[i]].id);
    keep(txn, item, *place, result.keeper ? &entries[*result.keeper] : nullptr);
}

[[noreturn]] void refuse(const char* code, const QString& detail) { throw ProblemError(409, code, detail); }

// Waiting makes sense only where booking would do, were there seats.
void requireWaitable(Txn& txn, const NewWaitlistEntry& wish, const Place& place)
{
    if (place.closesAt <= txn.now())
        refuse("cutoff_passed", u"bookings for this slot are over; choose a later one"_s);
    if (!place.open)
        refuse("closed", u"this slot is not on sale"_s);
    if (place.bits & special::kOpening)
        refuse("opening-planned", u"sales of this slot have not opened; ask for seats while registration runs"_s);
    if (place.maxQty && wish.partySize > *place.maxQty)
        refuse("limit_per_customer", u"at most %1 may be booked at once; wait with a smaller party"_s.arg(*place.maxQty));
    if (wish.partySize > place.most())
        refuse("party-too-large", u"the slot has %1 seats; wait with a smaller party"_s.arg(place.most()));
    if (!place.kept() && wish.partySize <= place.stock.available())
        refuse("seats-available", u"%1 seats are free; book them"_s.arg(place.stock.available()));
    if (place.bits & special::kLimited) {
        CustomerShares shares;
        shares.read(txn.db(), {{wish.itemId, place.product}}, {wish.customerId});
        StockRow row;
        row.item = wish.itemId;
        shares.apply(row);
        if (row.limit && shares.already(wish.customerId, wish.itemId) + wish.partySize > *row.limit)
            refuse("limit_per_customer", u"one customer may have %1; give some back or wait with a smaller party"_s.arg(*row.limit));
    }
}

} // namespace

void endWaiting(Txn& txn, const WaitingPlace& place, const QString& reason, Refusal why)
{
    txn.allow(Machine::Ticket, "waitlisted", "expired");
    requireChanged(txn.db().exec(u"UPDATE ticket SET status = 'expired', result_code = ?, finished_at = ?, version = version + 1 WHERE id = ? AND version = ?"_s,
                       {protocol::wireName(why), txn.now(), place.ticket, place.ticketVersion}),
        1);
    txn.db().exec(u"UPDATE waitlist_entry SET status = 'expired', version = version + 1 WHERE id = ?"_s, {place.entry});
    txn.transition(Machine::Ticket, place.ticket.value, "waitlisted", "expired", place.ticketVersion + 1, reason);
    publishTicket(txn, place.ticket);
    publishEntry(txn, place.entry);
}

void offerFreed(Txn& txn, const std::set<ItemId>& items)
{
    if (items.empty())
        return;
    QStringList ids;
    for (const ItemId& item : items)
        ids << item.toString();
    const QString sql = u"SELECT DISTINCT inventory_item_id FROM waitlist_entry WHERE status = 'waiting' AND inventory_item_id = ANY(?) ORDER BY inventory_item_id"_s;
    const Rows waited = txn.db().query(sql, {ids});
    if (waited.empty())
        return;
    const Txn::AsSystem system(txn);
    ids.clear();
    for (const Row& row : waited)
        ids << row.text(0);
    lockItems(txn.db(), ids); // another node may have served them meanwhile: all else is read after
    for (const Row& row : waited)
        walk(txn, row.id<ItemId>(0));
    NARU_FAILPOINT("waitlist.offered");
}

void waitlistFollows(Txn& txn, const TicketId& ticket, TicketStatus to)
{
    const auto row = txn.db().one(u"SELECT id, inventory_item_id, status FROM waitlist_entry WHERE ticket_id = ? AND status IN ('waiting','offered')"_s, {ticket});
    if (!row)
        return;
    const WaitlistStatus status = to == TicketStatus::Confirmed ? WaitlistStatus::Accepted
        : to == TicketStatus::Cancelled                         ? WaitlistStatus::Withdrawn
                                                                : WaitlistStatus::Expired;
    const auto id = row->id<WaitlistEntryId>(0);
    txn.db().exec(u"UPDATE waitlist_entry SET status = ?, version = version + 1 WHERE id = ?"_s, {protocol::wireName(status), id});
    publishEntry(txn, id);
    if (row->text(2) != u"waiting"_s)
        return;
    // Seats may have been kept for it.
    const Txn::AsSystem system(txn);
    lockItems(txn.db(), {row->text(1)});
    walk(txn, row->id<ItemId>(1));
}

bool alreadyWaits(Connection& db, const CustomerId& customer, const ItemId& item)
{
    return db.one(u"SELECT 1 FROM waitlist_entry WHERE inventory_item_id = ? AND customer_id = ? AND status IN ('waiting','offered')"_s, {item, customer}).has_value();
}

WaitlistEntryId joinWaitlist(Txn& txn, const WaitlistJoin& join)
{
    if (alreadyWaits(txn.db(), join.customer, join.item))
        refuse("already-waiting", u"this customer is on the waiting list of this slot already"_s);
    const auto id = txn.newId<WaitlistEntryId>();
    txn.db().exec(u"INSERT INTO waitlist_entry (id, inventory_item_id, customer_id, ticket_id, party_size, rank, status, closes_at, created_at) "
                  "SELECT ?, ?, ?, ?, ?, COALESCE(MAX(rank), 0) + 1, 'waiting', ?, ? FROM waitlist_entry WHERE inventory_item_id = ?"_s,
        {id, join.item, join.customer, join.ticket, join.partySize, join.closesAt, txn.now(), join.item});
    publishEntry(txn, id);
    return id;
}

WaitlistEntryId waitFor(Txn& txn, const NewWaitlistEntry& wish, const QString& requestKey, const QString& requestHash)
{
    lockItems(txn.db(), {wish.itemId.toString()});
    const auto place = readPlace(txn, wish.itemId);
    if (!place || (txn.actor().vendorId && place->stock.vendorId != *txn.actor().vendorId))
        throw ProblemError(422, "body-invalid", u"there is no such slot"_s);
    if (!txn.db().one(u"SELECT 1 FROM customer WHERE id = ?"_s, {wish.customerId}))
        throw ProblemError(422, "body-invalid", u"there is no such customer"_s);
    requireWaitable(txn, wish, *place);
    NewTicket ticket;
    ticket.customerId = wish.customerId;
    ticket.goal = TicketGoal::Hold;
    ticket.lines = {{wish.itemId, wish.partySize}};
    const auto id = txn.newId<TicketId>();
    const Txn::AsSystem system(txn); // the queue answers, whoever asked
    txn.db().exec(u"INSERT INTO ticket (id, request_key, request_hash, customer_id, partition_no, queue_seq, draw_rank, payload_json, status, attempts, enqueued_at, "
                  "started_at, give_up_at, waiting, version, vendor_id) SELECT ?, ?, ?, ?, 0, ?, draw_rank, ?, 'waitlisted', 1, ?, ?, ?, 1, 2, vendor_id FROM inventory_item WHERE id = ?"_s,
        {id, requestKey, requestHash, wish.customerId, txn.journal().takeQueueNumbers(1), ticketPayload(ticket), txn.now(), txn.now(), place->closesAt, wish.itemId});
    txn.transition(Machine::Ticket, id.value, "processing", "waitlisted", 2);
    const auto entry = joinWaitlist(txn, {id, wish.customerId, wish.itemId, wish.partySize, place->closesAt});
    publishTicket(txn, id);
    return entry;
}

} // namespace naru::server
