// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/TicketBatch.h"

#include "server/api/Http.h"
#include "server/engine/HoldEnds.h"
#include "server/engine/Pending.h"
#include "server/engine/Views.h"
#include "server/store/Failpoint.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kExpiriesPerBatch = 256; // at least as many as a batch has requests: nobody is told “sold out” for a hold that is over
// Rows that PostgreSQL is sent while the next ones are being made: soon the first few, so that it need not wait, then more at a time.
constexpr int kSentFirst = 8;
constexpr int kSentTogether = 64;
constexpr Millis kLongestHold{1'800'000};

using Type = RowBlock::Type;

} // namespace

TicketBatch::TicketBatch(
    Txn& txn, const std::vector<TicketRequest>& requests, std::vector<PendingTicket> pending, LabelCache& labels, const EngineOptions& options)
    : m_txn(txn), m_requests(requests), m_pending(std::move(pending)), m_labels(labels), m_holdTtl(std::min(options.holdTtl, kLongestHold)),
      m_giveUpAfter(options.giveUpAfter), m_rows(txn),
      m_waited{"ticket",
          {{"id", Type::Text}, {"version", Type::BigInt}, {"status", Type::Text}, {"result_code", Type::Text}, {"refused_item_id", Type::Text},
              {"soonest_expiry", Type::BigInt}, {"reservation_id", Type::Text}, {"attempts", Type::BigInt}, {"started_at", Type::BigInt},
              {"finished_at", Type::BigInt}, {"decided_seq", Type::BigInt}, {"version", Type::BigInt}},
          {}}
{
    m_work.resize(m_pending.size() + requests.size());
    for (std::size_t i = 0; i < m_pending.size(); ++i) {
        m_work[i].waited = &m_pending[i];
        if (m_pending[i].failedAlone)
            m_work[i].kind = Work::Kind::Fail;
        else if (m_txn.now() > m_pending[i].giveUpAt)
            m_work[i].kind = Work::Kind::GiveUp;
    }
    for (std::size_t i = 0; i < requests.size(); ++i) {
        m_work[m_pending.size() + i].request = &requests[i];
        m_work[m_pending.size() + i].answer = i;
    }
    m_answers.resize(requests.size());
}

bool TicketBatch::read(Table table)
{
    m_labels.trim();
    gatherItems();
    m_items.lock(m_txn);
    std::vector<Question> questions;
    std::vector<std::function<void(const Rows&)>> readers;
    const auto ask = [&](Question what, std::function<void(const Rows&)> reader) {
        questions.push_back(std::move(what));
        readers.push_back(std::move(reader));
    };
    bool behind = false;
    if (!m_requests.empty() && !NARU_MUTATED(4))
        ask(askReplays(), [this](const Rows& rows) {
            for (const Row& row : rows)
                m_stored.emplace(row.text(0), std::pair(row.id<TicketId>(1), row.text(2)));
        });
    if (m_items.size() > 0)
        ask(m_items.ask(m_txn.now()), [this](const Rows& rows) { m_items.take(rows); });
    // Last: everybody else who writes waits from here on.
    std::optional<Question> due;
    if (table == Table::Unknown)
        due = askDuePending(m_txn.now(), 1);
    if (auto tail = m_txn.journal().askForTail(due); tail && !m_work.empty())
        ask(std::move(*tail), [this, &behind](const Rows& rows) { behind = m_txn.journal().tailRead(rows) > 0; });
    else if (due)
        ask(std::move(*due), [&behind](const Rows& rows) { behind = rows.front().integer(0) > 0; });
    const std::vector<Rows> answers = m_txn.db().queries(questions);
    for (std::size_t i = 0; i < answers.size(); ++i)
        readers[i](answers[i]);
    return !behind;
}

std::vector<TicketAnswer> TicketBatch::run()
{
    if (m_work.empty())
        return {};
    findReplays();
    endDueHolds();
    m_items.readLabels(m_txn, m_labels);
    for (Work& w : m_work)
        if (w.makesRow())
            checkLines(w);
    applyTerms();
    NARU_FAILPOINT("rows.locked");
    decideAll();
    NARU_FAILPOINT("decided");
    std::int64_t rows = 0;
    for (const Work& w : m_work)
        rows += w.makesRow();
    // One number for the decision, then one per new ticket.
    m_decidedSeq = m_txn.journal().takeQueueNumbers(rows + 1);
    m_queueSeq = m_decidedSeq;
    int made = 0;
    for (Work& w : m_work) {
        settle(w);
        if (++made % kSentTogether == kSentFirst && m_txn.journal().db().engine() == Engine::Postgres)
            m_rows.write();
    }
    writeAll();
    NARU_FAILPOINT("written");
    return std::move(m_answers);
}

void TicketBatch::refuse(Work& w, int status, const char* code, const QString& detail, const QString& field)
{
    protocol::Problem p;
    p.status = status;
    p.code = QString::fromLatin1(code);
    p.detail = detail;
    if (!field.isEmpty())
        p.errors.push_back({field, u"unknown"_s, detail});
    if (w.waited) { // nobody listens: it goes into the books
        w.kind = Work::Kind::Fail;
        return;
    }
    w.kind = Work::Kind::Refused;
    m_answers[w.answer].error = std::make_exception_ptr(ProblemError(p));
}

// One key is one ticket: asked again, after a restart or twice in one batch, it is the same one.
void TicketBatch::findReplays()
{
    if (NARU_MUTATED(4))
        return;
    std::unordered_map<QString, std::size_t> first;
    for (std::size_t i = 0; i < m_requests.size(); ++i) {
        const TicketRequest& r = m_requests[i];
        Work& w = m_work[m_pending.size() + i];
        const auto stored = m_stored.find(r.requestKey);
        const auto [twin, fresh] = first.emplace(r.requestKey, i);
        const QString& hash = stored != m_stored.end() ? stored->second.second : m_requests[twin->second].requestHash;
        if (hash != r.requestHash && !NARU_MUTATED(5)) {
            refuse(w, 422, "idempotency-key-reused", u"this Idempotency-Key was used with another body"_s);
        } else if (stored != m_stored.end()) {
            w.kind = Work::Kind::Replay;
            m_answers[i].ticket = readTicket(m_txn.db(), stored->second.first, {u"ko"_s, r.actor.vendorId});
            m_answers[i].replayed = true;
        } else if (!fresh) {
            w.kind = Work::Kind::SameAs;
            w.sameAs = twin->second;
        } else if (r.failedAlone) {
            w.kind = Work::Kind::Fail;
        } else if (m_txn.now() > r.enqueuedAt + m_giveUpAfter) {
            w.kind = Work::Kind::GiveUp;
        }
    }
}

Question TicketBatch::askReplays() const
{
    static const QString sql = u"SELECT request_key, id, request_hash FROM ticket WHERE request_key = ANY(?)"_s;
    QStringList keys;
    for (const TicketRequest& r : m_requests)
        keys << r.requestKey;
    return {sql, {keys}};
}

void TicketBatch::gatherItems()
{
    std::set<CustomerId> customers;
    for (const Work& w : m_work) {
        customers.insert(w.body().customerId);
        for (const TicketLine& line : w.body().lines)
            m_items.want(line.itemId);
    }
    m_labels.load(m_txn.db(), customers);
}

// Seats whose time is over are free for this batch. Those on items that nobody gets anything of now are the sweeper's.
void TicketBatch::endDueHolds()
{
    std::set<ItemId> items;
    for (const Work& w : m_work)
        if (w.makesRow())
            for (const TicketLine& line : w.body().lines)
                if (const auto& end = m_items[m_items.at(line.itemId)].soonestEnd; end && *end <= m_txn.now())
                    items.insert(line.itemId);
    if (items.empty())
        return;
    const QStringList due = holdsDueOn(m_txn.db(), items, m_txn.now(), kExpiriesPerBatch);
    if (due.isEmpty())
        return;
    const Txn::AsSystem system(m_txn);
    endHolds(m_txn, m_labels, due, HoldStatus::Expired, {}, m_items.idSet());
    const Question again = m_items.ask(m_txn.now());
    m_items.take(m_txn.db().query(again.sql, again.params));
}

// What cannot even be queued: things that are not there, or not this caller's to book.
void TicketBatch::checkLines(Work& w)
{
    const NewTicket& body = w.body();
    if (m_labels.customer(m_txn.db(), body.customerId).isNull())
        return refuse(w, 422, "body-invalid", u"there is no such customer"_s, u"/customer_id"_s);
    const std::optional<VendorId> tenant = w.request ? w.request->actor.vendorId : std::nullopt;
    for (std::size_t n = 0; n < body.lines.size(); ++n) {
        const TicketLine& line = body.lines[n];
        const std::size_t at = m_items.at(line.itemId);
        BatchItems::Item& item = m_items[at];
        if (!item.found || (tenant && *tenant != item.stock.vendorId))
            return refuse(w, 422, "body-invalid", u"there is no such slot"_s, u"/lines/%1/item_id"_s.arg(n));
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
    m_items.foretellExpiries(m_txn.now());
    std::vector<Ask> asks;
    asks.reserve(m_work.size());
    for (Work& w : m_work) {
        if (w.kind != Work::Kind::Decide)
            continue;
        w.ask = asks.size();
        asks.push_back({w.body().goal, w.lines, w.body().expectedTotalMinor, w.body().customerId});
    }
    const Guard guard = failpointOn("engine.guard_off") ? Guard::Off : Guard::On;
    m_decision = server::decide(m_items.rows(), asks, m_txn.now(), m_holdTtl, guard);
}

// What became of it, in memory and as rows to be written.
void TicketBatch::settle(Work& w)
{
    if (w.kind == Work::Kind::SameAs) {
        m_answers[w.answer] = m_answers[w.sameAs];
        m_answers[w.answer].replayed = true;
        return;
    }
    if (w.kind == Work::Kind::Replay || w.kind == Work::Kind::Refused)
        return;
    if (w.waited)
        m_txn.setRequestId(w.waited->requestKey);
    else
        m_txn.setRequestId(w.request->actor.requestId.isEmpty() ? w.request->requestKey : w.request->actor.requestId);
    describe(w);
    if (w.kind == Work::Kind::Queue)
        return writeQueue(w);
    Ticket& t = w.ticket;
    if (w.kind == Work::Kind::Told) {
        t.status = TicketStatus::Rejected;
        t.refusal = w.opening.kind == OpeningGate::Verdict::Kind::AlreadyIn ? Refusal::LimitPerCustomer : Refusal::Closed;
        t.refusedItem = m_items[w.lines[w.opening.item].row].stock.id;
    } else if (w.kind == Work::Kind::GiveUp) {
        t.status = TicketStatus::Expired;
        t.refusal = Refusal::GaveUp;
    } else if (w.kind == Work::Kind::Fail) {
        t.status = TicketStatus::Failed;
    } else if (const Outcome& outcome = m_decision.outcomes[w.ask]; outcome.granted) {
        if (w.body().goal == TicketGoal::Hold) {
            t.status = TicketStatus::Held;
            t.holdId = m_txn.newId<HoldId>();
            t.expiresAt = m_txn.now() + m_holdTtl;
        } else {
            t.status = TicketStatus::Confirmed;
            t.reservationId = m_txn.newId<ReservationId>();
        }
    } else if (joinsWaitlist(w, outcome)) {
        t.status = TicketStatus::Waitlisted;
    } else {
        t.status = TicketStatus::Rejected;
        t.refusal = outcome.why;
        t.refusedItem = m_items[outcome.row].stock.id;
        t.soonestExpiry = outcome.soonestExpiry;
        if (NARU_MUTATED(30) && w.lines.size() > 1) { // one piece of those refused stays taken
            m_items[w.lines.front().row].stock.held += 1;
            m_items[w.lines.front().row].moved = true;
            m_decision.deltas[w.lines.front().row].held += 1;
        }
    }
    if (t.status != TicketStatus::Held && t.status != TicketStatus::Waitlisted)
        t.finishedAt = m_txn.now();
    writeRow(w);
    if (w.waited && t.status != TicketStatus::Expired) { // it waited, so it is taken up first
        Ticket taken = w.waited->ticket;
        taken.title = t.title;
        taken.qty = t.qty;
        taken.vendorId = t.vendorId;
        taken.customerName = t.customerName;
        taken.status = TicketStatus::Processing;
        ++taken.version;
        m_txn.transition(Machine::Ticket, t.id.value, "queued", "processing", taken.version);
        publishTicket(w, taken);
    }
    if (t.holdId || t.reservationId)
        writeGrant(w);
    writeMoves(w);
    if (w.request)
        m_answers[w.answer].ticket = t;
}

void TicketBatch::describe(Work& w)
{
    Ticket& t = w.ticket;
    w.queueSeq = w.waited ? w.waited->queueSeq : ++m_queueSeq;
    if (w.waited) {
        t = w.waited->ticket;
        t.version += w.kind == Work::Kind::GiveUp ? 1 : 2;
    } else {
        t.id = m_txn.newId<TicketId>();
        t.code = codeOf('T', t.id.value, 8);
        t.customerId = w.request->body.customerId;
        t.enqueuedAt = w.request->enqueuedAt;
        t.version = 2;
    }
    t.customerName = m_labels.customer(m_txn.journal().db(), t.customerId); // what was written so far is not asked for
    if (w.lines.empty())
        return;
    const BatchItems::Item& first = m_items[w.lines.front().row];
    t.vendorId = first.stock.vendorId;
    if (first.label)
        t.title = titleOfLines(first.label->full, w.lines.size(), u"ko"_s);
    for (const AskLine& line : w.lines)
        t.qty += line.qty;
}

void TicketBatch::writeRow(Work& w)
{
    const Ticket& t = w.ticket;
    if (w.waited) {
        m_waited.add({t.id, w.waited->ticket.version, protocol::wireName(t.status),
            t.refusal ? Param(protocol::wireName(*t.refusal)) : Param(std::optional<QString>()), t.refusedItem, t.soonestExpiry, t.reservationId,
            w.waited->attempts + 1, m_txn.now(), t.finishedAt, m_decidedSeq, t.version});
        return;
    }
    TicketWrite row;
    row.ticket = &t;
    row.requestKey = NARU_MUTATED(4) ? w.request->requestKey + t.id.toString() : w.request->requestKey;
    row.requestHash = w.request->requestHash;
    row.payload = ticketPayload(w.request->body);
    row.vendor = t.vendorId;
    row.otherVendors = otherVendors(w);
    row.queueSeq = w.queueSeq;
    for (const AskLine& line : w.lines)
        row.drawRank = std::max(row.drawRank, m_items[line.row].drawRank);
    row.giveUpAt = w.request->enqueuedAt + m_giveUpAfter;
    if (t.status == TicketStatus::Queued) {
        row.drawRank = w.opening.drawRank;
        row.dueAt = w.opening.dueAt;
        row.giveUpAt = w.opening.giveUpAt;
    } else {
        row.decidedSeq = m_decidedSeq;
        row.startedAt = m_txn.now();
    }
    m_rows.ticket(row);
}

// The ticket's last move, unless its reservation's tells it, and its event. One that never waited was taken up as it came in.
void TicketBatch::writeMoves(Work& w)
{
    const Ticket& t = w.ticket;
    const char* from = t.status == TicketStatus::Expired ? "queued" : "processing";
    if (t.status != TicketStatus::Confirmed)
        m_txn.transition(Machine::Ticket, t.id.value, from, protocol::wireName(t.status), t.version);
    publishTicket(w, t);
}

void TicketBatch::writeGrant(Work& w)
{
    const Ticket& t = w.ticket;
    std::vector<Piece> pieces;
    pieces.reserve(w.lines.size());
    for (const AskLine& line : w.lines) {
        BatchItems::Item& item = m_items[line.row];
        item.moved = true;
        pieces.push_back({&item.stock, line.qty, item.row.unitPriceMinor, item.currency});
    }
    if (t.holdId) {
        const HoldWrite hold{*t.holdId, t.id, t.customerId, m_txn.now() + m_holdTtl, m_txn.now() + kLongestHold};
        m_rows.hold(hold, pieces);
        publishHoldOf(w, hold);
        return;
    }
    const ReservationWrite r{*t.reservationId, reservationCode(w.queueSeq), t.customerId, std::nullopt, policyOf(m_items[w.lines.front().row]),
        Journal::TicketMove{t.id, t.version}};
    m_rows.reservation(r, pieces);
    publishReservationOf(w, r, pieces);
}

PolicyId TicketBatch::policyOf(const BatchItems::Item& item)
{
    if (item.policy)
        return *item.policy;
    if (!m_standardPolicy)
        m_standardPolicy = policyFor(m_txn, {});
    return *m_standardPolicy;
}

// Table by table; the counters last, once per row however many tickets touched it. They must be what the decision said.
void TicketBatch::writeAll()
{
    m_rows.write();
    writeJoins();
    if (m_waited.rows() > 0)
        m_txn.db().updateEach(m_waited, 2);
    std::vector<StockItem*> moved;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        BatchItems::Item& item = m_items[i];
        if (!item.moved)
            continue;
        const Delta& delta = m_decision.deltas[i];
        if (item.stock.held - item.row.held != delta.held || item.stock.allocated - item.row.allocated != delta.allocated)
            throw StoreError(StoreError::Kind::Other, "what was written of a batch is not what was decided");
        moved.push_back(&item.stock);
    }
    storeStock(m_txn, moved);
    for (std::size_t i = 0; i < m_items.size(); ++i)
        if (m_items[i].moved && m_items[i].label)
            publishCapacity(m_txn, m_items[i].stock, *m_items[i].label);
}

} // namespace naru::server
