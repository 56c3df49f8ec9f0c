// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Moves.h"

#include "protocol/CancellationFields.h"
#include "server/domain/View.h"
#include "server/engine/BookingTerms.h"
#include "server/engine/CheckIn.h"
#include "server/engine/Decide.h"
#include "server/engine/Seats.h"
#include "server/store/Failpoint.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

// One place of the reservation as it is to be.
struct Wanted {
    ItemId item;
    std::int64_t qty = 0;
    const BookedPiece* had = nullptr; // the same place, held already
    bool changes = false;
    StockRow row;
    bool limited = false;
    ProductId product;
    VendorId vendor;
    SlotId slot;
    Instant startsAt{};
    Instant endsAt{};
    QString tz;
    SlotStatus slotStatus = SlotStatus::Open;
    std::int64_t unitPriceMinor = 0;
    QString currency;
    std::optional<Outcome> no;

    std::int64_t more() const { return qty - (had ? had->qty : 0); } // seats it needs beyond its own
};

std::vector<Wanted> sumByItem(const std::vector<TicketLine>& lines, const Booked& b)
{
    std::vector<Wanted> out;
    for (const TicketLine& line : lines) {
        const auto same = std::find_if(out.begin(), out.end(), [&](const Wanted& w) { return w.item == line.itemId; });
        if (same != out.end()) {
            same->qty += line.qty;
            continue;
        }
        Wanted w;
        w.item = line.itemId;
        w.qty = line.qty;
        for (const BookedPiece& piece : b.pieces)
            if (piece.item == line.itemId)
                w.had = &piece;
        out.push_back(std::move(w));
    }
    for (Wanted& w : out)
        w.changes = !w.had || w.had->qty != w.qty;
    return out;
}

void readOffer(Connection& db, Wanted& w, Instant now)
{
    const auto offer = db.one(u"SELECT o.price_minor, o.currency, o.purchasable, o.max_qty FROM inventory_item i JOIN offer o ON o.variant_id = i.variant_id "
                              "AND o.vendor_id = i.vendor_id WHERE i.id = ? AND o.valid_from <= ? AND (o.valid_until IS NULL OR o.valid_until > ?) "
                              "ORDER BY CASE WHEN o.channel = 'default' THEN 0 ELSE 1 END, o.valid_from DESC LIMIT 1"_s,
        {w.item, now, now});
    w.row.open = w.row.open && offer && offer->flag(2);
    if (!offer)
        return;
    w.unitPriceMinor = offer->integer(0);
    w.currency = offer->text(1);
    w.row.maxQty = offer->maybeInteger(3);
}

void readSoonest(Connection& db, Wanted& w, Instant now)
{
    if (w.row.held == 0)
        return;
    const auto soonest = db.one(u"SELECT h.expires_at FROM hold h JOIN hold_line l ON l.hold_id = h.id AND l.inventory_item_id = ? WHERE h.status = 'active' "
                                "ORDER BY h.expires_at LIMIT 1"_s,
        {w.item});
    if (soonest)
        w.row.soonestExpiry = std::max(soonest->instant(0), now);
}

// Rows and terms of all places; `lines` as asked, for the names of faults. Throws 422.
void readTerms(Connection& db, std::vector<Wanted>& wanted, const std::vector<TicketLine>& lines, const std::optional<VendorId>& tenant, Instant now)
{
    QStringList ids;
    for (const Wanted& w : wanted)
        ids << w.item.toString();
    std::set<ItemId> found;
    for (const Row& row : db.query(
             u"SELECT i.id, i.vendor_id, i.on_hand, i.overbook, i.safety, i.allocated, i.held, s.id, s.status, s.starts_at, s.ends_at, s.tz, COALESCE(r.cutoff_min, 0), p.status, "
             "v.enabled, vn.status, i.special, p.special, p.id FROM inventory_item i JOIN slot s ON s.id = i.slot_id JOIN variant v ON v.id = i.variant_id JOIN product p ON p.id = v.product_id "
             "JOIN vendor vn ON vn.id = i.vendor_id LEFT JOIN slot_rule r ON r.id = s.slot_rule_id WHERE i.id = ANY(?) ORDER BY i.id"_s,
             {ids})) {
        Wanted& w = *std::find_if(wanted.begin(), wanted.end(), [id = row.id<ItemId>(0)](const Wanted& x) { return x.item == id; });
        w.vendor = row.id<VendorId>(1);
        if (tenant && w.vendor != *tenant)
            continue;
        found.insert(w.item);
        w.row.item = w.item;
        w.row.onHand = row.integer(2);
        w.row.overbook = row.integer(3);
        w.row.safety = row.integer(4);
        w.row.allocated = row.integer(5);
        w.row.held = row.integer(6);
        w.slot = row.id<SlotId>(7);
        w.slotStatus = protocol::fromWire<SlotStatus>(row.text(8)).value_or(SlotStatus::Closed);
        w.startsAt = row.instant(9);
        w.endsAt = row.instant(10);
        w.tz = row.text(11);
        w.row.closesAt = w.startsAt - Millis(row.integer(12) * 60'000);
        w.row.kept = (row.number(16) & special::kKept) != 0;
        w.limited = (row.number(17) & special::kLimited) != 0;
        w.product = row.id<ProductId>(18);
        const bool opening = ((row.number(16) | row.number(17)) & special::kOpening) != 0; // sold by draw: no way around it
        w.row.open = !opening && w.slotStatus == SlotStatus::Open && row.text(13) == u"active"_s && row.flag(14) && row.text(15) == u"approved"_s;
    }
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (found.count(lines[i].itemId) == 0)
            refuseField(u"/lines/%1/item_id"_s.arg(i), "unknown", u"there is no such slot"_s);
    for (Wanted& w : wanted) {
        readOffer(db, w, now);
        readSoonest(db, w, now);
    }
}

// The same decision as a booking's, place by place: what it has already is its own, only more is asked for.
void decideEach(std::vector<Wanted>& wanted, Instant now)
{
    for (Wanted& w : wanted) {
        if (w.more() <= 0) {
            w.unitPriceMinor = w.had->unitPriceMinor;
            w.currency = w.had->currency;
            continue;
        }
        const auto most = std::exchange(w.row.maxQty, std::nullopt); // of the whole, not of what is added
        Ask ask;
        ask.lines.push_back({0, w.more(), 0});
        const Decision d = decide(std::span(&w.row, 1), std::span(&ask, 1), now, Millis(0));
        if (!d.outcomes.front().granted)
            w.no = d.outcomes.front();
        else if (most && w.qty > *most) {
            w.no = Outcome{};
            w.no->why = Refusal::LimitPerCustomer;
        }
    }
}

// A limit per customer counts what the customer has now, less what this reservation gives up.
void applyLimits(Connection& db, std::vector<Wanted>& wanted, const Booked& b, CustomerShares::Lock lock)
{
    std::vector<CustomerShares::Limited> limited;
    for (const Wanted& w : wanted)
        if (w.limited)
            limited.push_back({w.item, w.product});
    if (limited.empty())
        return;
    std::map<ItemId, ProductId> ownProducts; // of places given up as well: the limit may be the product's
    for (const BookedPiece& piece : b.pieces) {
        const auto row = db.one(u"SELECT v.product_id FROM inventory_item i JOIN variant v ON v.id = i.variant_id WHERE i.id = ?"_s, {piece.item});
        ownProducts[piece.item] = row->id<ProductId>(0);
        if (std::any_of(limited.begin(), limited.end(), [&](const auto& l) { return l.product == ownProducts[piece.item] && l.item != piece.item; }))
            limited.push_back({piece.item, ownProducts[piece.item]});
    }
    CustomerShares shares;
    shares.read(db, limited, {b.customer}, lock);
    std::map<std::size_t, std::int64_t> change; // by group
    for (Wanted& w : wanted) {
        if (!w.limited)
            continue;
        shares.apply(w.row);
        if (w.row.limit)
            change[w.row.limitGroup] += w.qty;
    }
    for (const BookedPiece& piece : b.pieces) {
        StockRow row;
        row.item = piece.item;
        shares.apply(row);
        if (row.limit)
            change[row.limitGroup] -= piece.qty;
    }
    for (Wanted& w : wanted) {
        if (!w.no && w.row.limit && w.more() > 0 && shares.already(b.customer, w.item) + change[w.row.limitGroup] > *w.row.limit) {
            w.no = Outcome{};
            w.no->why = Refusal::LimitPerCustomer;
        }
    }
}

MoveQuote quoteOfMove(Connection& db, const Booked& b, const std::vector<Wanted>& wanted, const ViewFor& who)
{
    MoveQuote q;
    q.reservationId = b.id;
    q.reservationVersion = b.version;
    q.totalBefore = b.total();
    q.totalAfter.currency = q.totalBefore.currency;
    q.possible = true;
    LabelCache labels;
    for (const Wanted& w : wanted) {
        MovePiece piece;
        piece.itemId = w.item;
        if (const ItemLabel* label = labels.item(db, w.item, who.lang))
            piece.title = label->full;
        piece.qty = w.qty;
        piece.unitPriceMinor = w.unitPriceMinor;
        piece.kept = w.more() <= 0;
        if (w.no) {
            piece.refusal = w.no->why;
            piece.soonestExpiry = w.no->soonestExpiry;
            q.possible = false;
        }
        q.totalAfter.minor += w.qty * w.unitPriceMinor;
        q.pieces.push_back(std::move(piece));
    }
    return q;
}

[[noreturn]] void refuseWith(const char* code, const QString& detail, const MoveQuote& quote, const MovePiece* piece)
{
    protocol::Problem p;
    p.status = 409;
    p.code = QString::fromLatin1(code);
    p.detail = detail;
    if (piece) {
        p.extra["refused_item"] = protocol::toJson(piece->itemId);
        p.extra["refusal"] = protocol::toJson(*piece->refusal);
    }
    p.extra["quote"] = protocol::toJson(quote);
    throw ProblemError(std::move(p));
}

void requireMovable(const Booked& b, const std::vector<Wanted>& wanted, Instant now)
{
    if (b.status != ReservationStatus::Confirmed)
        throw ProblemError(409, "reservation-state", u"the reservation is %1; only a confirmed one can be moved"_s.arg(protocol::wireText(b.status)));
    if (b.pieces.empty())
        throw ProblemError(409, "reservation-state", u"the reservation has no places"_s);
    if (std::none_of(wanted.begin(), wanted.end(), [](const Wanted& w) { return w.changes; }) && wanted.size() == b.pieces.size())
        refuseField(u"/lines"_s, "unchanged", u"that is what the reservation has already"_s);
    for (const BookedPiece& piece : b.pieces) {
        const bool stays = std::any_of(wanted.begin(), wanted.end(), [&](const Wanted& w) { return w.had == &piece && !w.changes; });
        if (!stays && now > piece.startsAt)
            throw ProblemError(409, "begun", u"a place that has begun cannot be moved any more"_s);
    }
    for (const Wanted& w : wanted)
        if (!w.currency.isEmpty() && w.currency != b.pieces.front().currency)
            throw ProblemError(409, "currency-differs", u"the new place is sold in %1, the reservation was bought in %2"_s.arg(w.currency, b.pieces.front().currency));
}

json::array piecesJson(const std::vector<BookedPiece>& pieces)
{
    json::array out;
    for (const BookedPiece& p : pieces)
        out.push_back(json::object{{"item_id", protocol::toJson(p.item)}, {"qty", p.qty}, {"unit_price_minor", p.unitPriceMinor}});
    return out;
}

// The lines take their new places: the same place keeps its line, the others' lines are used for the new ones. What is left over
// goes after its seats are given back; the ledger keeps what it was.
class LineWriter {
public:
    LineWriter(Txn& txn, const Booked& b, Seats& seats) : m_txn(txn), m_booked(b), m_seats(seats) {}
    std::vector<BookedPiece> write(const std::vector<Wanted>& wanted)
    {
        for (const BookedPiece& piece : m_booked.pieces) {
            const auto at = std::find_if(wanted.begin(), wanted.end(), [&](const Wanted& w) { return w.had == &piece; });
            BookedPiece copy = piece;
            if (at == wanted.end() || at->changes)
                m_seats.end(copy, PieceStatus::Released, u"moved"_s);
            if (at == wanted.end())
                m_spare.push_back(copy);
        }
        std::vector<BookedPiece> out;
        for (const Wanted& w : wanted)
            out.push_back(w.changes ? place(w) : *w.had);
        m_seats.store();
        for (const BookedPiece& spare : m_spare)
            m_txn.db().exec(u"DELETE FROM reservation_line WHERE id = ?"_s, {spare.line});
        std::stable_sort(out.begin(), out.end(), [](const BookedPiece& a, const BookedPiece& b) { return a.startsAt < b.startsAt; });
        return out;
    }

private:
    BookedPiece place(const Wanted& w)
    {
        BookedPiece piece;
        piece.item = w.item;
        piece.slot = w.slot;
        piece.vendor = w.vendor;
        piece.qty = w.qty;
        piece.unitPriceMinor = w.unitPriceMinor;
        piece.currency = w.currency;
        piece.startsAt = w.startsAt;
        piece.endsAt = w.endsAt;
        piece.tz = w.tz;
        piece.slotStatus = w.slotStatus;
        if (w.had || !m_spare.empty()) {
            piece.line = w.had ? w.had->line : m_spare.back().line;
            piece.seatsVersion = w.had ? w.had->seatsVersion + 1 : m_spare.back().seatsVersion;
            if (!w.had)
                m_spare.pop_back();
            m_txn.db().exec(u"UPDATE reservation_line SET inventory_item_id = ?, qty = ?, unit_price_minor = ?, currency = ? WHERE id = ?"_s,
                {w.item, w.qty, w.unitPriceMinor, w.currency, piece.line});
        } else {
            piece.line = m_txn.newId<ReservationLineId>();
            m_txn.db().exec(u"INSERT INTO reservation_line (id, reservation_id, inventory_item_id, qty, unit_price_minor, currency) VALUES (?, ?, ?, ?, ?, ?)"_s,
                {piece.line, m_booked.id, w.item, w.qty, w.unitPriceMinor, w.currency});
        }
        m_seats.take(piece);
        return piece;
    }

    Txn& m_txn;
    const Booked& m_booked;
    Seats& m_seats;
    std::vector<BookedPiece> m_spare; // their seats are given back
};

} // namespace

MoveQuote quoteMove(Connection& db, const ReservationId& id, const std::vector<TicketLine>& lines, const ViewFor& who, Instant now)
{
    const Booked b = bookedOr404(db, id, who.tenant, false);
    if (who.tenant && b.soleVendor() != who.tenant)
        throw ProblemError(403, "shared-reservation", u"this reservation has pieces of other vendors, too; ask the operator"_s);
    std::vector<Wanted> wanted = sumByItem(lines, b);
    readTerms(db, wanted, lines, who.tenant, now);
    decideEach(wanted, now);
    applyLimits(db, wanted, b, CustomerShares::Lock::No);
    requireMovable(b, wanted, now);
    return quoteOfMove(db, b, wanted, who);
}

void moveReservation(Txn& txn, Booked& b, const MoveRequest& request, const ViewFor& who)
{
    requireWhole(txn, b);
    std::vector<Wanted> wanted = sumByItem(request.lines, b);
    std::set<ItemId> items;
    for (const Wanted& w : wanted)
        items.insert(w.item);
    Seats seats(txn);
    seats.lockOf({b}, items);
    readTerms(txn.db(), wanted, request.lines, who.tenant, txn.now());
    decideEach(wanted, txn.now());
    applyLimits(txn.db(), wanted, b, CustomerShares::Lock::Yes);
    requireMovable(b, wanted, txn.now());
    const MoveQuote quote = quoteOfMove(txn.db(), b, wanted, who);
    for (const MovePiece& piece : quote.pieces)
        if (piece.refusal)
            refuseWith("piece_unavailable", u"%1 cannot be had now (%2); the reservation is as it was"_s.arg(piece.title, protocol::wireText(*piece.refusal)), quote, &piece);
    if (request.expectedTotalMinor && *request.expectedTotalMinor != quote.totalAfter.minor)
        refuseWith("price_changed", u"the new total is %1, not %2; the reservation is as it was"_s.arg(quote.totalAfter.minor).arg(*request.expectedTotalMinor), quote, nullptr);
    NARU_FAILPOINT("move.decided");

    const json::array before = piecesJson(b.pieces);
    std::vector<BookedPiece> after = LineWriter(txn, b, seats).write(wanted);
    b.pieces = std::move(after);
    if (txn.db().exec(u"UPDATE reservation SET version = version + 1 WHERE id = ? AND version = ?"_s, {b.id, b.version}) != 1)
        throw StoreError(StoreError::Kind::Busy, "a reservation changed under its own transaction");
    ++b.version;
    json::object diff{{"total_before", protocol::toJson(quote.totalBefore)}, {"total_after", protocol::toJson(quote.totalAfter)}, {"before", before},
        {"after", piecesJson(b.pieces)}};
    if (!request.reason.isEmpty())
        diff["reason"] = protocol::utf8(request.reason);
    txn.audit(u"reservation.move"_s, u"reservation"_s, b.id.value, diff);
    LabelCache labels;
    publishBooked(txn, b, viewOfBooked(txn.db(), labels, b));
}

std::vector<TicketLine> linesFromText(const QString& text)
{
    std::vector<TicketLine> out;
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        const qsizetype colon = part.indexOf(u':');
        bool ok = colon > 0;
        TicketLine line;
        if (ok)
            line.qty = part.mid(colon + 1).toLongLong(&ok);
        const auto id = ItemId::parse(QStringView(part).left(std::max<qsizetype>(colon, 0)));
        if (!ok || !id || line.qty < 1 || line.qty > 1'000'000)
            throw ProblemError(400, "query-invalid", u"lines must be <item id>:<number>, several separated by commas"_s);
        line.itemId = *id;
        out.push_back(line);
    }
    if (out.empty() || out.size() > 16)
        throw ProblemError(400, "query-invalid", u"lines must name 1 to 16 places"_s);
    return out;
}

} // namespace naru::server
