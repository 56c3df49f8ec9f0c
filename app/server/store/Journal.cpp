// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Journal.h"

#include "protocol/JsonText.h"
#include "proof/Encoding.h"
#include "server/store/Failpoint.h"

#include <tuple>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kEventsBetweenTrims = 1'024; // far fewer than are trimmed at a time

std::string ruleKey(std::string_view machine, std::string_view from, std::string_view to, char letter)
{
    std::string key;
    key.reserve(machine.size() + from.size() + to.size() + 4);
    key.append(machine).append(1, '|').append(from).append(1, '|').append(to).append(1, '|').append(1, letter);
    return key;
}

// Each entry seals the one before: changing or removing one breaks every later hash.
std::string sealOf(const Journal::Entry& e, std::int64_t seq, const std::string& previous, std::string& text)
{
    constexpr char kSep = '\x1f';
    const auto id = [&text](const Id128& value) {
        char form[26];
        value.write(form);
        text.append(form, sizeof form);
    };
    text.clear();
    text.append(previous).append(1, kSep).append(std::to_string(seq)).append(1, kSep).append(std::to_string(toUnixMs(e.at))).append(1, kSep);
    if (e.actor)
        id(e.actor->value);
    text.append(1, kSep);
    if (e.to.empty())
        text.append(e.action);
    else
        text.append(e.entityType).append(1, '.').append(e.to);
    text.append(1, kSep).append(e.entityType).append(1, kSep);
    id(e.entity);
    text.append(1, kSep);
    if (e.to.empty())
        text.append(e.diff);
    else
        appendMove(text, e.from, e.to, e.reason, e.ticket ? std::optional(e.ticket->id) : std::nullopt);
    text.append(1, kSep).append(e.requestId.toStdString());
    return proof::sha256Hex(text);
}

} // namespace

void appendMove(std::string& out, std::string_view from, std::string_view to, const std::optional<QString>& reason, const std::optional<TicketId>& ticket)
{
    out += "{\"from\":";
    protocol::appendQuoted(out, from);
    out += ",\"to\":";
    protocol::appendQuoted(out, to);
    if (reason) {
        out += ",\"reason\":";
        protocol::appendQuoted(out, QStringView(*reason));
    }
    if (ticket) {
        char id[26];
        ticket->value.write(id);
        out += ",\"ticket\":";
        protocol::appendQuoted(out, std::string_view(id, sizeof id));
    }
    out += '}';
}

Journal::Journal(Connection& db)
    : m_db(db), m_movements{"stock_movement",
                    {{"inventory_item_id", RowBlock::Type::Text}, {"seq", RowBlock::Type::BigInt}, {"kind", RowBlock::Type::Text},
                        {"d_on_hand", RowBlock::Type::BigInt}, {"d_allocated", RowBlock::Type::BigInt}, {"d_held", RowBlock::Type::BigInt},
                        {"hold_id", RowBlock::Type::Text}, {"order_line_id", RowBlock::Type::Text}, {"reservation_line_id", RowBlock::Type::Text},
                        {"fulfilment_id", RowBlock::Type::Text}, {"reason", RowBlock::Type::Text}, {"actor_id", RowBlock::Type::Text},
                        {"request_id", RowBlock::Type::Text}, {"at", RowBlock::Type::BigInt}},
                    {}}
{
}

void Journal::begin()
{
    m_movements.cells.clear();
    m_entries.clear();
    m_outbox.clear();
    m_published.clear();
    m_tail.reset();
    m_early = 0;
    if (NARU_MUTATED(11) && m_db.engine() == Engine::Postgres) // as a sequence gives them: in the order of beginning
        m_early = m_db.one(u"SELECT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT) * 10000"_s)->integer(0);
}

Journal::Mark Journal::mark()
{
    writePending();
    return {m_entries.size(), m_outbox.size(), m_tail};
}

void Journal::rollBack(const Mark& mark)
{
    m_movements.cells.clear();
    m_entries.resize(mark.entries);
    m_outbox.resize(mark.outbox);
    m_tail = mark.tail; // a lock taken since goes with the savepoint
}

std::optional<Question> Journal::askForTail(const std::optional<Question>& also) const
{
    if (m_tail)
        return std::nullopt;
    return Question{u"SELECT audit_seq, audit_hash, outbox_seq, queue_seq, (%1) FROM tail WHERE id = 1 FOR UPDATE"_s.arg(also ? also->sql : u"SELECT 0"_s),
        also ? also->params : Params{}};
}

std::int64_t Journal::tailRead(const Rows& answer)
{
    if (answer.empty())
        throw StoreError(StoreError::Kind::Corrupt, "the table of the last numbers is empty");
    const Row& row = answer.front();
    m_tail = Tail{row.integer(0), row.text(1).toStdString(), row.integer(2), row.integer(3), false};
    m_othersWrote = m_left && std::tie(m_left->auditSeq, m_left->outboxSeq, m_left->queueSeq) != std::tie(m_tail->auditSeq, m_tail->outboxSeq, m_tail->queueSeq);
    return row.integer(4);
}

Journal::Tail& Journal::tail()
{
    if (const auto question = askForTail())
        tailRead(m_db.query(question->sql, question->params));
    return *m_tail;
}

std::int64_t Journal::takeQueueNumbers(std::int64_t count)
{
    Tail& t = tail();
    const std::int64_t first = t.queueSeq + 1;
    t.queueSeq += count;
    t.moved = t.moved || count > 0;
    return first;
}

void Journal::writeMovements()
{
    m_db.insertRows(m_movements);
    m_movements.cells.clear();
}

std::vector<Journal::Entry> Journal::pendingMoves(std::string_view machine, const Id128& entity) const
{
    std::vector<Entry> moves;
    for (const Entry& e : m_entries)
        if (!e.to.empty() && e.entityType == machine && e.entity == entity)
            moves.push_back(e);
    return moves;
}

void Journal::writeEntries(Tail& t)
{
    using Type = RowBlock::Type;
    RowBlock block{"journal",
        {{"seq", Type::BigInt}, {"at", Type::BigInt}, {"actor_id", Type::Text}, {"session_id", Type::Text}, {"actor_role", Type::Text}, {"vendor_id", Type::Text},
            {"entity_type", Type::Text}, {"entity_id", Type::Text}, {"entity_version", Type::BigInt}, {"letter", Type::Text}, {"from_state", Type::Text},
            {"to_state", Type::Text}, {"action", Type::Text}, {"detail", Type::Text}, {"request_id", Type::Text}, {"hash", Type::Text},
            {"ticket_id", Type::Text}, {"ticket_version", Type::BigInt}},
        {}};
    block.cells.reserve(m_entries.size() * block.columns.size());
    std::string text;
    const Param noText{std::optional<QString>()};
    const Param noNumber{std::optional<std::int64_t>()};
    for (Entry& e : m_entries) {
        t.auditHash = sealOf(e, ++t.auditSeq, t.auditHash, text);
        if (e.to.empty())
            block.append(t.auditSeq, e.at, e.actor, e.session, e.role, e.vendor, std::move(e.entityType), e.entity, noNumber, noText, noText, noText, std::move(e.action),
                std::move(e.diff), e.requestId, t.auditHash, noText, noNumber);
        else
            block.append(t.auditSeq, e.at, e.actor, e.session, e.role, e.vendor, std::move(e.entityType), e.entity, e.version, std::move(e.letter), std::move(e.from),
                std::move(e.to), noText, e.reason, e.requestId, t.auditHash, e.ticket ? Param(e.ticket->id) : noText, e.ticket ? Param(e.ticket->version) : noNumber);
    }
    if (!m_entries.empty())
        m_db.insertRows(block);
}

void Journal::writeOutbox(Tail& t)
{
    if (m_early != 0 && !m_outbox.empty())
        t.outboxSeq = std::exchange(m_early, 0) - 1;
    const std::int64_t before = t.outboxSeq;
    const Instant at = m_outbox.empty() ? Instant{} : m_outbox.back().at;
    writePages(m_db, m_outbox, t.auditSeq, t.outboxSeq, m_published);
    if (before / kEventsBetweenTrims != t.outboxSeq / kEventsBetweenTrims)
        trimPages(m_db, at);
}

bool Journal::seal(const std::optional<QString>& tellAs)
{
    writePending();
    if (m_entries.empty() && m_outbox.empty() && !(m_tail && m_tail->moved))
        return false;
    Tail& t = tail();
    const bool published = !m_outbox.empty();
    writeEntries(t);
    writeOutbox(t);
    QString sql = u"UPDATE tail SET audit_seq = ?, audit_hash = ?, outbox_seq = ?, queue_seq = ? WHERE id = 1"_s;
    Params numbers{t.auditSeq, t.auditHash, t.outboxSeq, t.queueSeq};
    if (published && tellAs && m_db.engine() == Engine::Postgres) {
        sql += u" RETURNING pg_notify(?, ?)"_s;
        numbers.insert(numbers.end(), {kCommitChannel, QString::number(t.outboxSeq) + u' ' + *tellAs});
    }
    m_db.post(sql, numbers);
    m_entries.clear();
    m_outbox.clear();
    t.moved = false;
    m_left = t;
    return published;
}

bool Journal::allows(std::string_view machine, std::string_view from, std::string_view to, char letter)
{
    // A state's moves at a time: whoever stands alone asks for one or two only.
    const std::string known = ruleKey(machine, from, {}, '?');
    if (!m_rules.contains(known)) {
        for (const Row& row : m_db.query(u"SELECT to_state, actor_role FROM transition_rule WHERE machine = ? AND from_state = ?"_s, {Param(machine), Param(from)}))
            m_rules.insert(ruleKey(machine, from, row.text(0).toStdString(), row.text(1).toStdString().front()));
        m_rules.insert(known); // only now: a query that failed has to be asked again
    }
    return m_rules.contains(ruleKey(machine, from, to, letter));
}

} // namespace naru::server
