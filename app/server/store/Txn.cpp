// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Txn.h"

#include "protocol/JsonText.h"

#include "server/api/Http.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

QString latin(std::string_view s) { return QString::fromLatin1(s.data(), static_cast<qsizetype>(s.size())); }

} // namespace

Txn::Txn(Journal& journal, Instant now, Rng& rng, Actor actor) : m_journal(&journal), m_now(now), m_rng(rng), m_actor(std::move(actor)) {}

Txn::Txn(Connection& db, Instant now, Rng& rng, Actor actor)
    : m_own(std::make_unique<Journal>(db)), m_journal(m_own.get()), m_now(now), m_rng(rng), m_actor(std::move(actor))
{
}

void Txn::written()
{
    if (!m_own)
        return;
    m_own->seal();
    m_own->begin(); // others may take numbers in between
}

void Txn::lock(const char* table, const Id128& id)
{
    if (db().engine() == Engine::Postgres) // SQLite has one writer
        db().post(u"SELECT id FROM %1 WHERE id = ? FOR UPDATE"_s.arg(QLatin1StringView(table)), {id.toString()});
}

void Txn::allow(Machine machine, std::string_view from, std::string_view to)
{
    if (m_journal->allows(protocol::wireName(machine), from, to, m_actor.letter))
        return;
    throw ProblemError(403, "transition-not-allowed",
        u"%1: %2 → %3 is not open to %4; nothing was changed"_s.arg(protocol::wireText(machine), latin(from), latin(to), m_actor.role));
}

void Txn::transition(Machine machine, const Id128& id, std::string_view from, std::string_view to, std::int64_t version, const QString& reason)
{
    const std::string_view name = protocol::wireName(machine);
    Journal::TransitionRow row{newId<Id<struct TransitionTag>>().value, id, std::string(name), std::string(from), std::string(to), m_actor.userId, {},
        std::string(1, m_actor.letter), m_actor.requestId, m_now, version};
    std::string diff = "{\"from\":";
    protocol::appendQuoted(diff, from);
    diff += ",\"to\":";
    protocol::appendQuoted(diff, to);
    if (!reason.isEmpty()) {
        row.reason = reason;
        diff += ",\"reason\":";
        protocol::appendQuoted(diff, QStringView(reason));
    }
    diff += '}';
    m_journal->add(std::move(row));
    addAudit(std::string(name).append(1, '.').append(to), std::string(name), id, std::move(diff));
}

void Txn::audit(const QString& action, const QString& entityType, const Id128& id, const json::value& diff)
{
    addAudit(action.toStdString(), entityType.toStdString(), id, json::serialize(diff));
}

void Txn::addAudit(std::string action, std::string entityType, const Id128& id, std::string diff)
{
    m_journal->add(Journal::AuditRow{m_actor.userId, m_actor.sessionId, m_actor.vendorId, m_actor.role, std::move(action), std::move(entityType), id, std::move(diff),
        m_actor.requestId, m_now});
    written();
}

void Txn::publish(const char* topic, std::optional<VendorId> vendor, const QString& entityType, const Id128& id, std::int64_t version, json::object payload)
{
    publishText(topic, vendor, entityType.toStdString(), id, version, json::serialize(payload));
}

void Txn::publishText(const char* topic, std::optional<VendorId> vendor, std::string entityType, const Id128& id, std::int64_t version, std::string payload)
{
    m_journal->add(Journal::OutboxRow{topic, vendor, std::move(entityType), id, std::move(payload), version, m_now});
    written();
}

} // namespace naru::server
