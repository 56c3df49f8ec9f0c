// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Journal.h"

#include "server/auth/Base64Url.h"
#include "server/store/Failpoint.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

std::string ruleKey(std::string_view machine, std::string_view from, std::string_view to, char letter)
{
    std::string key;
    key.reserve(machine.size() + from.size() + to.size() + 4);
    key.append(machine).append(1, '|').append(from).append(1, '|').append(to).append(1, '|').append(1, letter);
    return key;
}

// Each audit row seals the one before: changing or removing one breaks every later hash.
std::string sealOf(const Journal::AuditRow& row, std::int64_t seq, const std::string& previous, std::string& text)
{
    constexpr char kSep = '\x1f';
    const auto id = [&text](const Id128& value) {
        char form[26];
        value.write(form);
        text.append(form, sizeof form);
    };
    text.clear();
    text.append(previous).append(1, kSep).append(std::to_string(seq)).append(1, kSep).append(std::to_string(toUnixMs(row.at))).append(1, kSep);
    if (row.actor)
        id(row.actor->value);
    text.append(1, kSep).append(row.action).append(1, kSep).append(row.entityType).append(1, kSep);
    id(row.entity);
    text.append(1, kSep).append(row.diff).append(1, kSep).append(row.requestId.toStdString());
    return sha256Hex(text);
}

} // namespace

Journal::Journal(Connection& db)
    : m_db(db), m_movements{"stock_movement",
                    {{"id", RowBlock::Type::Text}, {"inventory_item_id", RowBlock::Type::Text}, {"seq", RowBlock::Type::BigInt}, {"kind", RowBlock::Type::Text},
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
    m_transitions.clear();
    m_audit.clear();
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
    m_first = m_audit.empty() && m_outbox.empty();
    return {m_audit.size(), m_outbox.size(), m_published.size(), m_tail};
}

void Journal::rollBack(const Mark& mark)
{
    m_transitions.clear();
    m_movements.cells.clear();
    m_audit.resize(mark.audit);
    m_outbox.resize(mark.outbox);
    m_published.resize(mark.published);
    m_tail = mark.tail; // a lock taken since goes with the savepoint
}

std::optional<Question> Journal::askForTail() const
{
    static const QString sql = u"SELECT audit_seq, audit_hash, outbox_seq, queue_seq FROM tail WHERE id = 1 FOR UPDATE"_s;
    return m_tail ? std::nullopt : std::optional(Question{sql, {}});
}

void Journal::tailRead(const Rows& answer)
{
    if (answer.empty())
        throw StoreError(StoreError::Kind::Corrupt, "the table of the last numbers is empty");
    const Row& row = answer.front();
    m_tail = Tail{row.integer(0), row.text(1).toStdString(), row.integer(2), row.integer(3), false};
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

void Journal::writeBlocks()
{
    if (!m_movements.cells.empty()) {
        m_db.insertRows(m_movements);
        m_movements.cells.clear();
    }
    if (m_transitions.empty())
        return;
    using Type = RowBlock::Type;
    RowBlock block{"state_transition",
        {{"id", Type::Text}, {"machine", Type::Text}, {"entity_id", Type::Text}, {"from_state", Type::Text}, {"to_state", Type::Text}, {"actor_id", Type::Text},
            {"actor_role", Type::Text}, {"reason", Type::Text}, {"request_id", Type::Text}, {"at", Type::BigInt}, {"entity_version", Type::BigInt}},
        {}};
    block.cells.reserve(m_transitions.size() * block.columns.size());
    for (TransitionRow& r : m_transitions)
        block.append(r.id, std::move(r.machine), r.entity, std::move(r.from), std::move(r.to), r.actor, std::move(r.actorRole), r.reason, r.requestId, r.at, r.version);
    m_db.insertRows(block);
    m_transitions.clear();
}

void Journal::writeAudit(Tail& t)
{
    using Type = RowBlock::Type;
    RowBlock block{"audit_event",
        {{"seq", Type::BigInt}, {"at", Type::BigInt}, {"actor_id", Type::Text}, {"session_id", Type::Text}, {"actor_role", Type::Text}, {"vendor_id", Type::Text},
            {"action", Type::Text}, {"entity_type", Type::Text}, {"entity_id", Type::Text}, {"diff_json", Type::Text}, {"request_id", Type::Text},
            {"prev_hash", Type::Text}, {"hash", Type::Text}},
        {}};
    block.cells.reserve(m_audit.size() * block.columns.size());
    std::string text;
    for (AuditRow& r : m_audit) {
        ++t.auditSeq;
        std::string hash = sealOf(r, t.auditSeq, t.auditHash, text);
        block.append(t.auditSeq, r.at, r.actor, r.session, r.role, r.vendor, std::move(r.action), std::move(r.entityType), r.entity, std::move(r.diff), r.requestId,
            std::move(t.auditHash), hash);
        t.auditHash = std::move(hash);
    }
    if (!m_audit.empty())
        m_db.insertRows(block);
}

void Journal::writeOutbox(Tail& t)
{
    using Type = RowBlock::Type;
    RowBlock block{"outbox",
        {{"seq", Type::BigInt}, {"topic", Type::Text}, {"scope_vendor_id", Type::Text}, {"entity_type", Type::Text}, {"entity_id", Type::Text},
            {"entity_version", Type::BigInt}, {"payload_json", Type::Text}, {"created_at", Type::BigInt}},
        {}};
    block.cells.reserve(m_outbox.size() * block.columns.size());
    if (m_early != 0)
        t.outboxSeq = std::exchange(m_early, 0);
    for (OutboxRow& r : m_outbox) {
        m_published.push_back({++t.outboxSeq, r.topic, r.vendor, r.entity, r.payload});
        block.append(t.outboxSeq, std::move(r.topic), r.vendor, std::move(r.entityType), r.entity, r.version, std::move(r.payload), r.at);
    }
    if (!m_outbox.empty())
        m_db.insertRows(block);
}

bool Journal::seal()
{
    writePending();
    if (m_audit.empty() && m_outbox.empty() && !(m_tail && m_tail->moved))
        return false;
    Tail& t = tail();
    writeSealed(t);
    m_db.post(u"UPDATE tail SET audit_seq = ?, audit_hash = ?, outbox_seq = ?, queue_seq = ? WHERE id = 1"_s, {t.auditSeq, t.auditHash, t.outboxSeq, t.queueSeq});
    if (t.published)
        m_newest = t.outboxSeq;
    t.moved = false;
    return std::exchange(t.published, false);
}

void Journal::writeEarly()
{
    if (!m_first || !m_tail)
        return;
    writePending();
    writeSealed(*m_tail);
}

void Journal::writeSealed(Tail& t)
{
    writeAudit(t);
    writeOutbox(t);
    t.moved = t.moved || !m_audit.empty() || !m_outbox.empty();
    t.published = t.published || !m_outbox.empty();
    m_audit.clear();
    m_outbox.clear();
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
