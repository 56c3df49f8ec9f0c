// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Pending.h"

#include "server/api/Http.h"
#include "server/engine/Stock.h"
#include "server/engine/Views.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAttempts = 3;

using Type = RowBlock::Type;

} // namespace

std::vector<PendingTicket> takePending(Txn& txn, std::size_t limit)
{
    static const QString sql
        = u"SELECT id, customer_id, payload_json, request_key, queue_seq, draw_rank, attempts, give_up_at, enqueued_at, version FROM ticket "
          "WHERE status = 'queued' AND due_at <= ? ORDER BY draw_rank, queue_seq LIMIT ? FOR UPDATE SKIP LOCKED"_s;
    // From the front or not at all.
    static const QString first = u"SELECT id FROM ticket WHERE status = 'queued' AND id = "
                                 "(SELECT id FROM ticket WHERE status = 'queued' AND due_at <= ? ORDER BY draw_rank, queue_seq LIMIT 1) FOR UPDATE SKIP LOCKED"_s;
    std::vector<PendingTicket> taken;
    if (txn.db().engine() == Engine::Postgres && txn.db().query(first, {txn.now()}).empty())
        return taken;
    for (const Row& row : txn.db().query(sql, {txn.now(), static_cast<std::int64_t>(limit)})) {
        PendingTicket p;
        p.ticket.id = row.id<TicketId>(0);
        p.ticket.code = codeOf('T', p.ticket.id.value, 8);
        p.ticket.status = TicketStatus::Queued;
        p.ticket.customerId = row.id<CustomerId>(1);
        p.ticket.enqueuedAt = row.instant(8);
        p.ticket.version = row.integer(9);
        p.body = parsePayload(row.text(2));
        p.body.customerId = p.ticket.customerId;
        p.requestKey = row.text(3);
        p.queueSeq = row.integer(4);
        p.drawRank = row.integer(5);
        p.attempts = row.number(6);
        p.giveUpAt = row.instant(7);
        taken.push_back(std::move(p));
    }
    return taken;
}

Question askDuePending(Instant now, std::size_t most)
{
    static const QString sql = u"SELECT COUNT(*) FROM (SELECT 1 FROM ticket WHERE status = 'queued' AND due_at <= ? LIMIT ?) x"_s;
    return {sql, {now, static_cast<std::int64_t>(most)}};
}

std::size_t duePending(Connection& db, Instant now, std::size_t most)
{
    const Question question = askDuePending(now, most);
    return static_cast<std::size_t>(db.one(question.sql, question.params)->integer(0));
}

bool duePendingAlone(Connection& db, Instant now, const std::vector<PendingTicket>& taken)
{
    QStringList ids;
    for (const PendingTicket& t : taken)
        ids << t.ticket.id.toString();
    return db.one(u"SELECT 1 FROM ticket WHERE status = 'queued' AND due_at <= ? AND opening_id IS NULL AND id <> ALL(?) LIMIT 1"_s, {now, ids}).has_value();
}

void awaitPendingAlone(Txn& txn)
{
    txn.db().query(u"SELECT id FROM ticket WHERE status = 'queued' AND due_at <= ? AND opening_id IS NULL ORDER BY draw_rank, queue_seq LIMIT 1 FOR UPDATE"_s, {txn.now()});
}

void requeueTicket(Txn& txn, const TicketId& id, const QString& reason)
{
    const auto row = txn.db().one(u"SELECT status, version FROM ticket WHERE id = ?"_s, {id});
    if (!row)
        throw ProblemError(404, "not-found", u"there is no such ticket"_s);
    txn.allow(Machine::Ticket, protocol::utf8(row->text(0)), "queued");
    if (row->text(0) != u"failed"_s)
        throw ProblemError(409, "ticket-not-failed", u"only a failed ticket is put back into the queue"_s);
    constexpr Millis kAgain{300'000};
    requireChanged(txn.db().exec(u"UPDATE ticket SET status = 'queued', version = version + 1, finished_at = NULL, result_code = NULL, attempts = 0, due_at = ?, give_up_at = ? "
                                 "WHERE id = ? AND version = ?"_s,
        {txn.now(), txn.now() + kAgain, id, row->integer(1)}));
    txn.transition(Machine::Ticket, id.value, "failed", "queued", row->integer(1) + 1, reason);
    publishTicket(txn, id);
}

int recoverTickets(Txn& txn, int limit)
{
    static const QString lapsed = u"SELECT id, version, attempts FROM ticket WHERE status = 'processing' AND lease_until < ? ORDER BY lease_until LIMIT ? FOR UPDATE SKIP LOCKED"_s;
    static const QString over = u"SELECT id, version FROM ticket WHERE status = 'queued' AND give_up_at > 0 AND give_up_at < ? ORDER BY give_up_at LIMIT ? FOR UPDATE SKIP LOCKED"_s;
    const Txn::AsSystem system(txn);
    RowBlock block{"ticket",
        {{"id", Type::Text}, {"version", Type::BigInt}, {"status", Type::Text}, {"result_code", Type::Text}, {"finished_at", Type::BigInt}, {"due_at", Type::BigInt},
            {"lease_until", Type::BigInt}, {"attempts", Type::BigInt}, {"version", Type::BigInt}},
        {}};
    QStringList ids;
    const std::optional<std::int64_t> nothing;
    const auto move = [&](const Row& row, std::string_view from, std::string_view to, int attempts, const Param& code, const Param& finished, const Param& due) {
        block.add({row.text(0), row.integer(1), to, code, finished, due, nothing, attempts, row.integer(1) + 1});
        ids << row.text(0);
        txn.transition(Machine::Ticket, row.id<TicketId>(0).value, from, to, row.integer(1) + 1, {});
    };
    for (const Row& row : txn.db().query(lapsed, {txn.now(), limit})) {
        const int attempts = row.number(2) + 1;
        if (attempts >= kAttempts)
            move(row, "processing", "failed", attempts, std::optional<QString>(), txn.now(), nothing);
        else
            move(row, "processing", "queued", attempts, std::optional<QString>(), nothing, txn.now());
    }
    for (const Row& row : txn.db().query(over, {txn.now(), limit}))
        move(row, "queued", "expired", kAttempts, protocol::wireName(Refusal::GaveUp), txn.now(), nothing);
    if (ids.isEmpty())
        return 0;
    txn.db().updateEach(block, 2);
    LabelCache labels;
    publishTickets(txn, labels, ids);
    return static_cast<int>(ids.size());
}

} // namespace naru::server
