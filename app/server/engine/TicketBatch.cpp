// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/TicketBatch.h"

#include "protocol/Events.h"
#include "server/api/Http.h"
#include "server/engine/Holds.h"
#include "server/engine/Lifecycle.h"
#include "server/engine/Views.h"
#include "server/store/Failpoint.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kExpiriesPerBatch = 256;
constexpr Millis kLongestHold{1'800'000};

} // namespace

TicketBatch::TicketBatch(Txn& txn, const std::vector<TicketRequest>& requests, LabelCache& labels, Millis holdTtl, Millis giveUpAfter)
    : m_txn(txn), m_requests(requests), m_labels(labels), m_holdTtl(std::min(holdTtl, kLongestHold)), m_giveUpAfter(giveUpAfter)
{
    m_work.resize(requests.size());
    m_answers.resize(requests.size());
}

std::vector<TicketAnswer> TicketBatch::run()
{
    m_labels.trim();
    expireDueHolds(m_txn, kExpiriesPerBatch);
    findReplays();
    gatherItems();
    for (std::size_t i = 0; i < m_work.size(); ++i)
        if (m_work[i].makesRow())
            checkRequest(i);
    NARU_FAILPOINT("rows.locked");
    decideAll();
    NARU_FAILPOINT("decided");
    m_queueSeq = m_txn.journal().takeQueueNumbers(static_cast<std::int64_t>(m_work.size())) - 1;
    for (std::size_t i = 0; i < m_work.size(); ++i)
        writeTicket(i);
    finish();
    NARU_FAILPOINT("written");
    return std::move(m_answers);
}

void TicketBatch::problem(std::size_t i, int status, const char* code, const QString& detail, const QString& field)
{
    protocol::Problem p;
    p.status = status;
    p.code = QString::fromLatin1(code);
    p.detail = detail;
    if (!field.isEmpty())
        p.errors.push_back({field, u"unknown"_s, detail});
    m_work[i].kind = Work::Kind::Refused;
    m_answers[i].error = std::make_exception_ptr(ProblemError(p));
}

// One key is one ticket: asked again, after a restart or twice in one batch, it is the same one.
void TicketBatch::findReplays()
{
    json::array keys;
    std::map<QString, std::size_t> first;
    for (const TicketRequest& r : m_requests)
        keys.emplace_back(protocol::utf8(r.requestKey));
    const Rows known = m_txn.db().query(u"SELECT request_key, id, request_hash FROM ticket WHERE request_key IN (SELECT value FROM json_each(?))"_s,
        {Param(json::serialize(keys).c_str())});
    std::map<QString, std::pair<TicketId, QString>> byKey;
    for (const Row& row : known)
        byKey.emplace(row.text(0), std::pair(row.id<TicketId>(1), row.text(2)));
    for (std::size_t i = 0; i < m_requests.size(); ++i) {
        const TicketRequest& r = m_requests[i];
        const auto stored = byKey.find(r.requestKey);
        const auto [twin, fresh] = first.emplace(r.requestKey, i);
        const QString& hash = stored != byKey.end() ? stored->second.second : m_requests[twin->second].requestHash;
        if (hash != r.requestHash) {
            problem(i, 422, "idempotency-key-reused", u"this Idempotency-Key was used with another body"_s);
        } else if (stored != byKey.end()) {
            m_work[i].kind = Work::Kind::Replay;
            m_answers[i].ticket = readTicket(m_txn.db(), stored->second.first, {u"ko"_s, r.actor.vendorId});
            m_answers[i].replayed = true;
        } else if (!fresh) {
            m_work[i].kind = Work::Kind::SameAs;
            m_work[i].sameAs = twin->second;
        } else if (r.failedAlone) {
            m_work[i].kind = Work::Kind::Fail;
        } else if (m_txn.now() > r.enqueuedAt + m_giveUpAfter) {
            m_work[i].kind = Work::Kind::GiveUp;
        }
    }
}

void TicketBatch::gatherItems()
{
    for (std::size_t i = 0; i < m_work.size(); ++i) {
        if (m_work[i].makesRow())
            for (const TicketLine& line : m_requests[i].body.lines)
                m_index.emplace(line.itemId, 0);
    }
    m_items.resize(m_index.size());
    std::size_t next = 0;
    for (auto& [id, at] : m_index) {
        at = next++;
        readItem(id, m_items[at]);
    }
}

void TicketBatch::readItem(const ItemId& id, Item& item)
{
    static const QString sql
        = u"SELECT i.vendor_id, i.on_hand, i.allocated, i.held, i.overbook, i.safety, i.ledger_seq, i.version, i.slot_id IS NOT NULL, s.status, s.starts_at, "
          "COALESCE(r.cutoff_min, 0), p.status, v.enabled, vn.status, p.version, "
          "(SELECT n.id FROM cancellation_policy c JOIN cancellation_policy n ON n.code = c.code WHERE c.id = p.cancellation_policy_id ORDER BY n.revision DESC LIMIT 1) "
          "FROM inventory_item i JOIN variant v ON v.id = i.variant_id JOIN product p ON p.id = v.product_id JOIN vendor vn ON vn.id = i.vendor_id "
          "LEFT JOIN slot s ON s.id = i.slot_id LEFT JOIN slot_rule r ON r.id = s.slot_rule_id WHERE i.id = ?"_s;
    static const QString offerSql
        = u"SELECT o.price_minor, o.currency, o.purchasable, o.max_qty FROM inventory_item i JOIN offer o ON o.variant_id = i.variant_id AND o.vendor_id = i.vendor_id "
          "WHERE i.id = ? AND o.valid_from <= ? AND (o.valid_until IS NULL OR o.valid_until > ?) ORDER BY o.channel <> 'default', o.valid_from DESC LIMIT 1"_s;
    const auto row = m_txn.db().one(sql, {id});
    if (!row || !row->flag(8)) // goods are ordered, not reserved
        return;
    item.found = true;
    item.stock = {id, row->id<VendorId>(0), row->integer(1), row->integer(2), row->integer(3), row->integer(4), row->integer(5), row->integer(6), row->integer(7)};
    const auto offer = m_txn.db().one(offerSql, {id, m_txn.now(), m_txn.now()});
    StockRow& s = item.row;
    s.item = id;
    s.onHand = item.stock.onHand;
    s.overbook = item.stock.overbook;
    s.safety = item.stock.safety;
    s.allocated = item.stock.allocated;
    s.held = item.stock.held;
    s.open = row->text(9) == u"open"_s && row->text(12) == u"active"_s && row->flag(13) && row->text(14) == u"approved"_s && offer && offer->flag(2);
    s.closesAt = row->instant(10) - Millis(row->integer(11) * 60'000);
    if (offer) {
        s.unitPriceMinor = offer->integer(0);
        item.currency = offer->text(1);
        s.maxQty = offer->maybeInteger(3);
    }
    item.policy = row->maybeId<PolicyId>(16);
    item.label = m_labels.item(m_txn.db(), id, u"ko"_s, row->integer(15));
}

// What cannot even be queued: things that are not there, or not this caller's to book.
void TicketBatch::checkRequest(std::size_t i)
{
    const TicketRequest& r = m_requests[i];
    Work& w = m_work[i];
    if (m_labels.customer(m_txn.db(), r.body.customerId).isNull())
        return problem(i, 422, "body-invalid", u"there is no such customer"_s, u"/customer_id"_s);
    for (std::size_t n = 0; n < r.body.lines.size(); ++n) {
        const TicketLine& line = r.body.lines[n];
        const std::size_t at = m_index.at(line.itemId);
        Item& item = m_items[at];
        if (!item.found || (r.actor.vendorId && *r.actor.vendorId != item.stock.vendorId))
            return problem(i, 422, "body-invalid", u"there is no such slot"_s, u"/lines/%1/item_id"_s.arg(n));
        item.asked += line.qty;
        const auto same = std::find_if(w.lines.begin(), w.lines.end(), [at](const AskLine& l) { return l.row == at; });
        if (same != w.lines.end())
            same->qty += line.qty;
        else
            w.lines.push_back({at, line.qty});
    }
}

void TicketBatch::decideAll()
{
    static const QString soonestSql = u"SELECT h.expires_at FROM hold h JOIN hold_line l ON l.hold_id = h.id AND l.inventory_item_id = ? "
                                      "WHERE h.status = 'active' ORDER BY h.expires_at LIMIT 1"_s;
    std::vector<StockRow> rows;
    rows.reserve(m_items.size());
    for (Item& item : m_items) {
        if (item.row.held > 0 && item.stock.available() < item.asked) {
            const auto soonest = m_txn.db().one(soonestSql, {item.stock.id});
            if (soonest) // a due one that this batch did not get to is about to end
                item.row.soonestExpiry = std::max(soonest->instant(0), m_txn.now());
        }
        rows.push_back(item.row);
    }
    std::vector<Ask> asks;
    for (std::size_t i = 0; i < m_work.size(); ++i) {
        Work& w = m_work[i];
        if (w.kind != Work::Kind::Decide)
            continue;
        w.ask = asks.size();
        asks.push_back({m_requests[i].body.goal, w.lines, m_requests[i].body.expectedTotalMinor});
    }
    const Guard guard = failpointOn("engine.guard_off") ? Guard::Off : Guard::On;
    m_decision = server::decide(rows, asks, m_txn.now(), m_holdTtl, guard);
}

void TicketBatch::insertRow(const Work& w, const TicketRequest& request)
{
    static const QString sql
        = u"INSERT INTO ticket (id, request_key, request_hash, customer_id, partition_no, queue_seq, payload_json, status, result_code, refused_item_id, soonest_expiry, "
          "reservation_id, attempts, enqueued_at, started_at, finished_at, give_up_at, version, decided_seq) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)"_s;
    const Ticket& t = w.ticket;
    m_txn.db().exec(sql,
        {t.id, request.requestKey, request.requestHash, t.customerId, ++m_queueSeq, ticketPayload(request.body), protocol::wireName(t.status),
            t.refusal ? Param(protocol::wireName(*t.refusal)) : Param(nullptr), t.refusedItem, t.soonestExpiry, t.reservationId, t.enqueuedAt, m_txn.now(),
            t.finishedAt, request.enqueuedAt + m_giveUpAfter, t.version, m_queueSeq});
}

// One move of the ticket's machine and its event. The row itself was written with its last state.
void TicketBatch::step(Work& w, TicketStatus to)
{
    Ticket now = w.ticket;
    const TicketStatus from = to == TicketStatus::Processing || to == TicketStatus::Expired ? TicketStatus::Queued : TicketStatus::Processing;
    now.status = to;
    now.version = from == TicketStatus::Queued ? 2 : 3;
    if (to == TicketStatus::Processing) {
        now.refusal.reset();
        now.refusedItem.reset();
        now.soonestExpiry.reset();
        now.holdId.reset();
        now.expiresAt.reset();
        now.reservationId.reset();
        now.finishedAt.reset();
    }
    m_txn.transition(Machine::Ticket, now.id.value, protocol::wireName(from), protocol::wireName(to), now.version);
    m_txn.publish(protocol::topic::kTicket, soleVendor(w), u"ticket"_s, now.id.value, now.version, protocol::toJson(now).as_object());
}

std::optional<VendorId> TicketBatch::soleVendor(const Work& w) const
{
    for (const AskLine& line : w.lines)
        if (m_items[line.row].stock.vendorId != w.ticket.vendorId)
            return std::nullopt; // one payload cannot serve several vendors: operator side only
    return w.lines.empty() ? std::nullopt : std::optional(w.ticket.vendorId);
}

void TicketBatch::writeTicket(std::size_t i)
{
    Work& w = m_work[i];
    const TicketRequest& request = m_requests[i];
    if (w.kind == Work::Kind::SameAs) {
        m_answers[i] = m_answers[w.sameAs];
        m_answers[i].replayed = true;
        return;
    }
    if (w.kind == Work::Kind::Replay || w.kind == Work::Kind::Refused)
        return;

    m_txn.setRequestId(request.actor.requestId.isEmpty() ? request.requestKey : request.actor.requestId);
    Ticket& t = w.ticket;
    t.id = m_txn.newId<TicketId>();
    t.code = codeOf('T', t.id.value, 8);
    t.customerId = request.body.customerId;
    t.customerName = m_labels.customer(m_txn.db(), t.customerId);
    Item& first = m_items[w.lines.front().row];
    t.vendorId = first.stock.vendorId;
    if (first.label)
        t.title = titleOfLines(first.label->full, w.lines.size(), u"ko"_s);
    for (const AskLine& line : w.lines)
        t.qty += line.qty;
    t.enqueuedAt = request.enqueuedAt;
    t.version = 3;

    std::vector<Piece> pieces;
    if (w.kind == Work::Kind::GiveUp) {
        t.status = TicketStatus::Expired;
        t.refusal = Refusal::GaveUp;
        t.version = 2;
    } else if (w.kind == Work::Kind::Fail) {
        t.status = TicketStatus::Failed;
    } else if (const Outcome& outcome = m_decision.outcomes[w.ask]; outcome.granted) {
        t.holdId = m_txn.newId<HoldId>();
        t.status = request.body.goal == TicketGoal::Hold ? TicketStatus::Held : TicketStatus::Confirmed;
        if (t.status == TicketStatus::Held)
            t.expiresAt = m_txn.now() + m_holdTtl;
        else
            t.reservationId = m_txn.newId<ReservationId>();
    } else {
        t.status = TicketStatus::Rejected;
        t.refusal = outcome.why;
        t.refusedItem = m_items[outcome.row].stock.id;
        if (NARU_MUTATED(30) && w.lines.size() > 2) {
            first.moved = true;
            moveStock(m_txn, first.stock, {"held", 0, 0, 1, t.id.toString()});
        }
        t.soonestExpiry = outcome.soonestExpiry;
    }
    if (t.status != TicketStatus::Held)
        t.finishedAt = m_txn.now();

    insertRow(w, request);
    if (t.status != TicketStatus::Expired)
        step(w, TicketStatus::Processing);
    if (t.holdId)
        writeGrant(w, request, pieces);
    step(w, t.status);
    m_answers[i].ticket = t;
}

PolicyId TicketBatch::policyOf(const Item& item)
{
    if (item.policy)
        return *item.policy;
    if (!m_standardPolicy)
        m_standardPolicy = policyFor(m_txn, {});
    return *m_standardPolicy;
}

void TicketBatch::writeGrant(Work& w, const TicketRequest& request, std::vector<Piece>& pieces)
{
    const Ticket& t = w.ticket;
    for (const AskLine& line : w.lines) {
        Item& item = m_items[line.row];
        item.moved = true;
        pieces.push_back({&item.stock, line.qty, item.row.unitPriceMinor, item.currency});
    }
    HoldWrite hold;
    hold.id = *t.holdId;
    hold.ticket = t.id;
    hold.customer = t.customerId;
    hold.expiresAt = m_txn.now() + m_holdTtl;
    hold.maxUntil = m_txn.now() + kLongestHold;
    hold.status = request.body.goal == TicketGoal::Confirm ? HoldStatus::Converted : HoldStatus::Active;
    insertHold(m_txn, hold, pieces);
    publishHoldOf(w, hold, hold.status == HoldStatus::Converted ? 2 : 1);
    if (!t.reservationId)
        return;
    ReservationWrite r;
    r.id = *t.reservationId;
    r.code = codeOf('R', r.id.value, 10);
    r.customer = t.customerId;
    r.hold = hold.id;
    r.policy = policyOf(m_items[w.lines.front().row]);
    insertReservation(m_txn, r, pieces);
    publishReservationOf(w, r, pieces);
}

void TicketBatch::publishHoldOf(const Work& w, const HoldWrite& h, std::int64_t version)
{
    const Ticket& t = w.ticket;
    Hold hold;
    hold.id = h.id;
    hold.ticketId = t.id;
    hold.vendorId = t.vendorId;
    hold.customerId = t.customerId;
    hold.customerName = t.customerName;
    hold.title = t.title;
    hold.qty = t.qty;
    hold.status = h.status;
    hold.createdAt = m_txn.now();
    hold.expiresAt = h.expiresAt;
    hold.maxUntil = h.maxUntil;
    hold.version = version;
    m_txn.publish(protocol::topic::kHold, soleVendor(w), u"hold"_s, h.id.value, version, protocol::toJson(hold).as_object());
}

void TicketBatch::publishReservationOf(const Work& w, const ReservationWrite& r, const std::vector<Piece>& pieces)
{
    const Ticket& t = w.ticket;
    Reservation out;
    out.id = r.id;
    out.code = r.code;
    out.vendorId = t.vendorId;
    out.customerId = t.customerId;
    out.customerName = t.customerName;
    out.title = t.title;
    out.qty = t.qty;
    out.confirmedAt = m_txn.now();
    out.createdAt = m_txn.now();
    out.version = 2;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Item& item = m_items[w.lines[i].row];
        ReservationLine line;
        line.itemId = item.stock.id;
        if (item.label) {
            line.slotId = item.label->slotId.value_or(SlotId{});
            line.title = item.label->full;
            line.startsAt = item.label->startsAt;
        }
        line.qty = pieces[i].qty;
        line.unitPriceMinor = pieces[i].unitPriceMinor;
        out.total.currency = pieces[i].currency;
        out.total.minor += line.qty * line.unitPriceMinor;
        out.lines.push_back(std::move(line));
    }
    m_txn.publish(protocol::topic::kReservation, soleVendor(w), u"reservation"_s, r.id.value, 2, protocol::toJson(out).as_object());
}

// The counters, once per row however many tickets touched it; they must be what the decision said.
void TicketBatch::finish()
{
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        Item& item = m_items[i];
        if (!item.moved)
            continue;
        const Delta& delta = m_decision.deltas[i];
        if (item.stock.held - item.row.held != delta.held || item.stock.allocated - item.row.allocated != delta.allocated)
            throw StoreError(StoreError::Kind::Other, "what was written of a batch is not what was decided");
        storeStock(m_txn, item.stock);
        publishStock(m_txn, item.stock.id);
    }
}

} // namespace naru::server
