// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Txn.h"

#include "server/api/Http.h"

#include <QCryptographicHash>

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

QString latin(std::string_view s) { return QString::fromLatin1(s.data(), static_cast<qsizetype>(s.size())); }

} // namespace

Txn::Txn(Connection& db, Instant now, Rng& rng, Actor actor)
    : m_db(db), m_now(now), m_rng(rng), m_actor(std::move(actor))
{
}

void Txn::allow(Machine machine, std::string_view from, std::string_view to)
{
    const auto rule = m_db.one(
        u"SELECT 1 FROM transition_rule WHERE machine = ? AND from_state = ? AND to_state = ? AND actor_role = ?"_s,
        {Param(protocol::wireName(machine)), Param(from), Param(to), Param(QString(QChar::fromLatin1(m_actor.letter)))});
    if (rule)
        return;
    throw ProblemError(403, "transition-not-allowed",
        u"%1: %2 → %3 is not open to %4; nothing was changed"_s.arg(protocol::wireText(machine), latin(from), latin(to), m_actor.role));
}

void Txn::transition(Machine machine, const Id128& id, std::string_view from, std::string_view to, std::int64_t version, const QString& reason)
{
    const QString name = protocol::wireText(machine);
    m_db.exec(u"INSERT INTO state_transition (id, machine, entity_id, from_state, to_state, actor_id, actor_role, reason, request_id, at, entity_version) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {newId<Id<struct TransitionTag>>(), name, id.toString(), Param(from), Param(to), Param(m_actor.userId), QString(QChar::fromLatin1(m_actor.letter)),
            reason.isEmpty() ? Param(nullptr) : Param(reason), m_actor.requestId, m_now, version});
    json::object diff{{"from", from}, {"to", to}};
    if (!reason.isEmpty())
        diff["reason"] = protocol::utf8(reason);
    audit(name + u'.' + latin(to), name, id, diff);
}

void Txn::audit(const QString& action, const QString& entityType, const Id128& id, const json::value& diff)
{
    if (m_auditSeq == 0) { // the tail of the chain, read once: nobody else writes while this transaction is open
        const auto last = m_db.one(u"SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1"_s);
        m_auditSeq = last ? last->integer(0) : 0;
        m_auditHash = last ? last->text(1) : QString();
    }
    const std::int64_t seq = m_auditSeq + 1;
    const QString previous = m_auditHash;
    const QString diffText = protocol::fromUtf8(json::serialize(diff));
    const QString actor = m_actor.userId ? m_actor.userId->toString() : QString();
    // Each row seals the one before: changing or removing one breaks every later hash.
    const QStringList sealed{previous, QString::number(seq), QString::number(toUnixMs(m_now)), actor, action, entityType, id.toString(), diffText, m_actor.requestId};
    const QString hash = QString::fromLatin1(QCryptographicHash::hash(sealed.join(u'\x1f').toUtf8(), QCryptographicHash::Sha256).toHex());
    m_db.exec(u"INSERT INTO audit_event (seq, at, actor_id, session_id, actor_role, vendor_id, action, entity_type, entity_id, diff_json, request_id, prev_hash, hash) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {seq, m_now, Param(m_actor.userId), Param(m_actor.sessionId), m_actor.role, Param(m_actor.vendorId), action, entityType, id.toString(), diffText,
            m_actor.requestId, previous, hash});
    m_auditSeq = seq;
    m_auditHash = hash;
}

void Txn::publish(const char* topic, std::optional<VendorId> vendor, const QString& entityType, const Id128& id, std::int64_t version, json::object payload)
{
    const Rows rows = m_db.query(
        u"INSERT INTO outbox (seq, topic, scope_vendor_id, entity_type, entity_id, entity_version, payload_json, created_at) "
        "SELECT COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM outbox RETURNING seq"_s,
        {Param(topic), Param(vendor), entityType, id.toString(), version, protocol::fromUtf8(json::serialize(payload)), m_now});
    m_lastOutbox = rows.front().integer(0);
}

} // namespace naru::server
