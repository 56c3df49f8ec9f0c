// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Views.h"

#include "protocol/Events.h"
#include "server/domain/Mask.h"
#include "server/engine/WaitlistViews.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kCountLimit = 10'000;

QString ticketColumns()
{
    return u"SELECT t.id, t.customer_id, c.display_name, t.payload_json, t.status, t.result_code, t.refused_item_id, t.soonest_expiry, h.id, h.expires_at, "
      "t.reservation_id, t.enqueued_at, t.finished_at, t.version FROM ticket t JOIN customer c ON c.id = t.customer_id LEFT JOIN hold h ON h.ticket_id = t.id "_s;
}
QString ticketTenant()
{
    return u"(t.vendor_id = ? OR t.other_vendors LIKE '%' || ? || '%')"_s;
}

QString holdColumns()
{
    return u"SELECT h.id, h.ticket_id, h.customer_id, c.display_name, h.status, h.created_at, h.expires_at, h.max_until, h.version "
                             "FROM hold h JOIN customer c ON c.id = h.customer_id "_s;
}
QString holdTenant()
{
    return u"EXISTS (SELECT 1 FROM hold_line l JOIN inventory_item i ON i.id = l.inventory_item_id WHERE l.hold_id = h.id AND i.vendor_id = ?)"_s;
}

QString reservationColumns()
{
    return u"SELECT r.id, r.code, r.customer_id, c.display_name, r.status, r.confirmed_at, r.cancelled_at, r.cancel_reason, "
                                    "r.created_at, r.version FROM reservation r JOIN customer c ON c.id = r.customer_id "_s;
}
QString reservationTenant()
{
    return u"EXISTS (SELECT 1 FROM reservation_line l JOIN inventory_item i ON i.id = l.inventory_item_id WHERE l.reservation_id = r.id AND i.vendor_id = ?)"_s;
}

// Sums up what somebody may see of a list of pieces: a vendor only its own.
class Lines {
public:
    Lines(Connection& db, LabelCache& labels, const ViewFor& who) : m_db(db), m_labels(labels), m_who(who) {}
    // nullptr: not to be seen.
    const ItemLabel* add(const ItemId& item, std::int64_t pieces)
    {
        const ItemLabel* label = m_labels.item(m_db, item, m_who.lang);
        if (!label || (m_who.tenant && label->vendorId != *m_who.tenant))
            return nullptr;
        if (m_count++ == 0) {
            m_first = label->full;
            vendorId = label->vendorId;
        }
        m_several = m_several || label->vendorId != vendorId;
        qty += pieces;
        return label;
    }
    QString title() const { return titleOfLines(m_first, m_count, m_who.lang); }

    // Events of a thing with pieces of several vendors go to the operator's side only: one payload cannot serve both.
    std::optional<VendorId> soleVendor() const { return m_count == 0 || m_several ? std::nullopt : std::optional(vendorId); }

    VendorId vendorId; // of the first
    std::int64_t qty = 0;

private:
    bool m_several = false;
    Connection& m_db;
    LabelCache& m_labels;
    const ViewFor& m_who;
    QString m_first;
    std::size_t m_count = 0;
};

Ticket ticketFrom(Connection& db, LabelCache& labels, const Row& row, const ViewFor& who, std::optional<VendorId>* sole)
{
    Ticket t;
    t.id = row.id<TicketId>(0);
    t.code = codeOf('T', t.id.value, 8);
    t.customerId = row.id<CustomerId>(1);
    t.customerName = who.tenant ? maskName(row.text(2)) : row.text(2);
    Lines lines(db, labels, who);
    for (const TicketLine& line : parsePayload(row.text(3)).lines)
        lines.add(line.itemId, line.qty);
    t.qty = lines.qty;
    t.vendorId = lines.vendorId;
    t.title = lines.title();
    if (sole)
        *sole = lines.soleVendor();
    t.status = protocol::fromWire<TicketStatus>(row.text(4)).value_or(TicketStatus::Failed);
    if (!row.isNull(5))
        t.refusal = protocol::fromWire<Refusal>(row.text(5));
    t.refusedItem = row.maybeId<ItemId>(6);
    t.soonestExpiry = row.maybeInstant(7);
    if (t.status == TicketStatus::Held || t.status == TicketStatus::Confirmed || t.status == TicketStatus::Expired || t.status == TicketStatus::Cancelled) {
        t.holdId = row.maybeId<HoldId>(8);
        if (t.status == TicketStatus::Held)
            t.expiresAt = row.maybeInstant(9);
    }
    t.reservationId = row.maybeId<ReservationId>(10);
    t.enqueuedAt = row.instant(11);
    t.finishedAt = row.maybeInstant(12);
    t.version = row.integer(13);
    if (t.status == TicketStatus::Queued || t.status == TicketStatus::Waitlisted)
        t.position = queuePosition(db, t.id, t.status);
    return t;
}

using HoldPieces = std::multimap<QString, std::pair<ItemId, std::int64_t>>; // by hold

HoldPieces piecesOf(Connection& db, const QStringList& holds)
{
    HoldPieces pieces;
    for (const Row& row : db.query(u"SELECT hold_id, inventory_item_id, qty FROM hold_line WHERE hold_id = ANY(?) ORDER BY hold_id, line_no, inventory_item_id"_s, {holds}))
        pieces.emplace(row.text(0), std::pair(row.id<ItemId>(1), row.integer(2)));
    return pieces;
}

Hold holdOf(Connection& db, LabelCache& labels, const Row& row, const HoldPieces& pieces, const ViewFor& who, std::optional<VendorId>* sole = nullptr)
{
    Hold h;
    h.id = row.id<HoldId>(0);
    h.ticketId = row.maybeId<TicketId>(1);
    h.customerId = row.id<CustomerId>(2);
    h.customerName = who.tenant ? maskName(row.text(3)) : row.text(3);
    h.status = protocol::fromWire<HoldStatus>(row.text(4)).value_or(HoldStatus::Active);
    h.createdAt = row.instant(5);
    h.expiresAt = row.instant(6);
    h.maxUntil = row.instant(7);
    h.version = row.integer(8);
    Lines lines(db, labels, who);
    const auto [from, until] = pieces.equal_range(row.text(0));
    for (auto it = from; it != until; ++it)
        lines.add(it->second.first, it->second.second);
    h.qty = lines.qty;
    h.vendorId = lines.vendorId;
    h.title = lines.title();
    if (sole)
        *sole = lines.soleVendor();
    return h;
}

Hold holdFrom(Connection& db, LabelCache& labels, const Row& row, const ViewFor& who, std::optional<VendorId>* sole)
{
    return holdOf(db, labels, row, piecesOf(db, {row.text(0)}), who, sole);
}

Reservation reservationFrom(Connection& db, LabelCache& labels, const Row& row, const ViewFor& who, std::optional<VendorId>* sole)
{
    Reservation r;
    r.id = row.id<ReservationId>(0);
    r.code = row.text(1);
    r.customerId = row.id<CustomerId>(2);
    r.customerName = who.tenant ? maskName(row.text(3)) : row.text(3);
    r.status = protocol::fromWire<ReservationStatus>(row.text(4)).value_or(ReservationStatus::Pending);
    r.confirmedAt = row.maybeInstant(5);
    r.cancelledAt = row.maybeInstant(6);
    r.cancelReason = row.text(7);
    r.createdAt = row.instant(8);
    r.version = row.integer(9);
    const Rows rows = db.query(u"SELECT inventory_item_id, qty, unit_price_minor, currency FROM reservation_line WHERE reservation_id = ? ORDER BY line_no, inventory_item_id"_s, {r.id});
    Lines lines(db, labels, who);
    for (const Row& piece : rows) {
        ReservationLine line;
        line.itemId = piece.id<ItemId>(0);
        line.qty = piece.integer(1);
        line.unitPriceMinor = piece.integer(2);
        const ItemLabel* label = lines.add(line.itemId, line.qty);
        if (!label)
            continue;
        line.slotId = label->slotId.value_or(SlotId{});
        line.title = label->full;
        line.startsAt = label->startsAt;
        r.total.currency = piece.text(3);
        r.total.minor += line.qty * line.unitPriceMinor;
        r.lines.push_back(std::move(line));
    }
    r.qty = lines.qty;
    r.vendorId = lines.vendorId;
    r.title = lines.title();
    if (sole)
        *sole = lines.soleVendor();
    return r;
}

void addTenant(Params& params, const QString& condition, const VendorId& tenant)
{
    for (qsizetype n = condition.count(u'?'); n > 0; --n)
        params.emplace_back(tenant);
}

template <class T> struct ListOf {
    QString columns;
    QString tenant;
    QString alias; // "t", "h", "r"
    QString at; // column of the order
    bool newestFirst = true;
    bool byId = false; // ids, which begin with the time they were made, are in that order too
    QString extra; // further condition
    Params extraParams;
    T (*from)(Connection&, LabelCache&, const Row&, const ViewFor&, std::optional<VendorId>*);
    int atColumn = 0;
};

template <class T> Page<T> listOf(Connection& db, const ViewFor& who, const ListOf<T>& l, const QString& table, const PageAsk& ask)
{
    QStringList where;
    Params params;
    if (!l.extra.isEmpty()) {
        where << l.extra;
        params.insert(params.end(), l.extraParams.begin(), l.extraParams.end());
    }
    if (who.tenant) {
        where << l.tenant;
        addTenant(params, l.tenant, *who.tenant);
    }
    const auto clause = [&where] { return where.isEmpty() ? QString() : u" WHERE "_s + where.join(u" AND "_s); };
    Page<T> page;
    const QString count = u"SELECT COUNT(*) FROM (SELECT 1 FROM "_s + table + u' ' + l.alias + clause() + u" LIMIT %1) x"_s.arg(kCountLimit + 1);
    page.total = db.one(count, params)->number(0);
    if (page.total > kCountLimit) {
        page.total = kCountLimit;
        page.totalIsLowerBound = true;
    }
    const QString direction = l.newestFirst ? u" DESC"_s : QString();
    QString order = u"%1.id%2"_s.arg(l.alias, direction);
    if (!l.byId)
        order.prepend(u"%1.%2%3, "_s.arg(l.alias, l.at, direction));
    if (ask.after) {
        const QString beyond = l.newestFirst ? u"<"_s : u">"_s;
        where << (l.byId ? u"%1.id %2 ?"_s.arg(l.alias, beyond) : u"(%1.%2, %1.id) %3 (?, ?)"_s.arg(l.alias, l.at, beyond));
        if (!l.byId)
            params.emplace_back(ask.after->at);
        params.emplace_back(ask.after->id);
    }
    const QString sql = l.columns + clause() + u" ORDER BY %1 LIMIT ?"_s.arg(order);
    params.emplace_back(ask.limit + 1);
    const Rows rows = db.query(sql, params);
    LabelCache labels;
    for (const Row& row : rows) {
        if (static_cast<int>(page.items.size()) == ask.limit)
            break;
        page.items.push_back(l.from(db, labels, row, who, nullptr));
    }
    if (static_cast<int>(rows.size()) > ask.limit) {
        const Row& last = rows[static_cast<std::size_t>(ask.limit - 1)];
        page.next = QString::number(last.integer(l.atColumn)) + u'|' + last.text(0); // the route wraps it
    }
    return page;
}

} // namespace

std::optional<Ticket> readTicket(Connection& db, const TicketId& id, const ViewFor& who)
{
    Params params{id};
    if (who.tenant)
        addTenant(params, ticketTenant(), *who.tenant);
    const auto row = db.one(ticketColumns() + u"WHERE t.id = ?"_s + (who.tenant ? u" AND "_s + ticketTenant() : QString()), params);
    LabelCache labels;
    return row ? std::optional(ticketFrom(db, labels, *row, who, nullptr)) : std::nullopt;
}

std::optional<Hold> readHold(Connection& db, const HoldId& id, const ViewFor& who)
{
    Params params{id};
    if (who.tenant)
        addTenant(params, holdTenant(), *who.tenant);
    const auto row = db.one(holdColumns() + u"WHERE h.id = ?"_s + (who.tenant ? u" AND "_s + holdTenant() : QString()), params);
    LabelCache labels;
    return row ? std::optional(holdFrom(db, labels, *row, who, nullptr)) : std::nullopt;
}

std::optional<Reservation> readReservation(Connection& db, const ReservationId& id, const ViewFor& who)
{
    Params params{id};
    if (who.tenant)
        addTenant(params, reservationTenant(), *who.tenant);
    const auto row = db.one(reservationColumns() + u"WHERE r.id = ?"_s + (who.tenant ? u" AND "_s + reservationTenant() : QString()), params);
    LabelCache labels;
    return row ? std::optional(reservationFrom(db, labels, *row, who, nullptr)) : std::nullopt;
}

Page<Ticket> listTickets(Connection& db, const ViewFor& who, std::optional<TicketStatus> status, const PageAsk& ask)
{
    ListOf<Ticket> l{ticketColumns(), ticketTenant(), u"t"_s, u"enqueued_at"_s, true, true, {}, {}, &ticketFrom, 11};
    if (status == TicketStatus::Confirmed || status == TicketStatus::Rejected) { // most are: the newest few are soon found
        l.extra = u"t.status = ?"_s;
        l.extraParams.emplace_back(protocol::wireName(*status));
    } else if (status) {
        l.extra = u"t.status = '%1' AND t.id > ''"_s.arg(protocol::wireText(*status)); // as ticket_listed says it
    }
    return listOf(db, who, l, u"ticket"_s, ask);
}

Page<Hold> listHolds(Connection& db, const ViewFor& who, const PageAsk& ask)
{
    const ListOf<Hold> l{holdColumns(), holdTenant(), u"h"_s, u"expires_at"_s, false, false, u"h.status = 'active'"_s, {}, &holdFrom, 6};
    return listOf(db, who, l, u"hold"_s, ask);
}

Page<Reservation> listReservations(Connection& db, const ViewFor& who, std::optional<ReservationStatus> status, const PageAsk& ask)
{
    ListOf<Reservation> l{reservationColumns(), reservationTenant(), u"r"_s, u"created_at"_s, true, true, {}, {}, &reservationFrom, 8};
    if (status) {
        l.extra = u"r.status = ?"_s;
        l.extraParams.emplace_back(protocol::wireName(*status));
    }
    return listOf(db, who, l, u"reservation"_s, ask);
}

QString codeOf(char letter, const Id128& id, int characters)
{
    char text[26];
    id.write(text);
    return QString(QChar::fromLatin1(letter)) + u'-' + QString::fromLatin1(text + 26 - characters, characters);
}

// A Feistel network of four rounds over two halves of 25 bits: whatever the rounds mix in, it can be undone, so no two numbers meet.
QString reservationCode(std::int64_t queueSeq)
{
    constexpr std::uint64_t kHalf = (1U << 25) - 1;
    const auto number = static_cast<std::uint64_t>(queueSeq);
    std::uint64_t left = (number >> 25) & kHalf;
    std::uint64_t right = number & kHalf;
    for (const std::uint64_t round : {0x9E3779B97F4A7C15U, 0xC2B2AE3D27D4EB4FU, 0x165667B19E3779F9U, 0xD6E8FEB86659FD93U}) {
        const std::uint64_t mixed = (right + 1) * round;
        const std::uint64_t next = left ^ ((mixed ^ (mixed >> 31)) >> 8 & kHalf);
        left = right;
        right = next;
    }
    QString code = u"R-"_s;
    for (int shift = 45; shift >= 0; shift -= 5)
        code += QLatin1Char("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[((left << 25 | right) >> shift) & 31]);
    return code;
}

QString ticketPayload(const NewTicket& ticket)
{
    QString out = u"{\"goal\":\"%1\",\"lines\":["_s.arg(protocol::wireText(ticket.goal));
    for (std::size_t i = 0; i < ticket.lines.size(); ++i) {
        out += i ? u",{\"item_id\":\""_s : u"{\"item_id\":\""_s;
        out += ticket.lines[i].itemId.toString() + u"\",\"qty\":"_s + QString::number(ticket.lines[i].qty) + u'}';
    }
    out += u']';
    if (ticket.expectedTotalMinor)
        out += u",\"expected_total_minor\":"_s + QString::number(*ticket.expectedTotalMinor);
    if (ticket.waitIfFull)
        out += u",\"wait_if_full\":true"_s;
    return out + u'}';
}

NewTicket parsePayload(const QString& payload)
{
    NewTicket ticket;
    boost::system::error_code ec;
    const json::value v = json::parse(protocol::utf8(payload), ec);
    if (ec || !v.is_object())
        return ticket;
    const json::object& o = v.get_object();
    if (const json::value* goal = o.if_contains("goal"); goal && goal->is_string())
        ticket.goal = protocol::fromWire<TicketGoal>(std::string_view(goal->get_string())).value_or(TicketGoal::Confirm);
    if (const json::value* total = o.if_contains("expected_total_minor"); total && total->is_int64())
        ticket.expectedTotalMinor = total->get_int64();
    if (const json::value* wait = o.if_contains("wait_if_full"); wait && wait->is_bool())
        ticket.waitIfFull = wait->get_bool();
    if (const json::value* lines = o.if_contains("lines"); lines && lines->is_array()) {
        for (const json::value& e : lines->get_array()) {
            auto line = protocol::fromJson<TicketLine>(e, false);
            if (line)
                ticket.lines.push_back(*line);
        }
    }
    return ticket;
}

void publishTickets(Txn& txn, LabelCache& labels, const QStringList& ids)
{
    if (ids.isEmpty())
        return;
    const Rows rows = txn.db().query(ticketColumns() + u"WHERE t.id = ANY(?) ORDER BY t.id"_s, {ids});
    for (const Row& row : rows) {
        std::optional<VendorId> sole;
        const Ticket t = ticketFrom(txn.db(), labels, row, {}, &sole);
        txn.publish(protocol::topic::kTicket, sole, u"ticket"_s, t.id.value, t.version, protocol::toJson(t).as_object());
    }
}

void publishHolds(Txn& txn, LabelCache& labels, const QStringList& ids)
{
    if (ids.isEmpty())
        return;
    const Rows rows = txn.db().query(holdColumns() + u"WHERE h.id = ANY(?) ORDER BY h.id"_s, {ids});
    const HoldPieces pieces = piecesOf(txn.db(), ids);
    for (const Row& row : rows) {
        std::optional<VendorId> sole;
        const Hold h = holdOf(txn.db(), labels, row, pieces, {}, &sole);
        txn.publish(protocol::topic::kHold, sole, u"hold"_s, h.id.value, h.version, protocol::toJson(h).as_object());
    }
}

void publishTicket(Txn& txn, const TicketId& id)
{
    LabelCache labels;
    publishTickets(txn, labels, {id.toString()});
}

void publishHold(Txn& txn, const HoldId& id)
{
    LabelCache labels;
    publishHolds(txn, labels, {id.toString()});
}

void publishReservation(Txn& txn, const ReservationId& id)
{
    const auto row = txn.db().one(reservationColumns() + u"WHERE r.id = ?"_s, {id});
    if (!row)
        return;
    LabelCache labels;
    std::optional<VendorId> sole;
    const Reservation r = reservationFrom(txn.db(), labels, *row, {}, &sole);
    txn.publish(protocol::topic::kReservation, sole, u"reservation"_s, id.value, r.version, protocol::toJson(r).as_object());
}

} // namespace naru::server
