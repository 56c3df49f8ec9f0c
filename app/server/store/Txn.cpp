// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Txn.h"

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
    Journal::Entry e = move(machine, id, from, to, version);
    if (!reason.isEmpty())
        e.reason = reason;
    m_journal->add(std::move(e));
    written();
}

void Txn::confirm(const ReservationId& id, std::int64_t version, const std::optional<Journal::TicketMove>& ticket)
{
    Journal::Entry e = move(Machine::Reservation, id.value, "pending", "confirmed", version);
    e.ticket = ticket;
    m_journal->add(std::move(e));
    written();
}

void Txn::audit(const QString& action, const QString& entityType, const Id128& id, const json::value& diff)
{
    Journal::Entry e = entry(entityType.toStdString(), id);
    e.action = action.toStdString();
    e.diff = json::serialize(diff);
    m_journal->add(std::move(e));
    written();
}

Journal::Entry Txn::move(Machine machine, const Id128& id, std::string_view from, std::string_view to, std::int64_t version) const
{
    Journal::Entry e = entry(std::string(protocol::wireName(machine)), id);
    e.letter.assign(1, m_actor.letter);
    e.from = from;
    e.to = to;
    e.version = version;
    return e;
}

Journal::Entry Txn::entry(std::string entityType, const Id128& id) const
{
    Journal::Entry e;
    e.actor = m_actor.userId;
    e.session = m_actor.sessionId;
    e.vendor = m_actor.vendorId;
    e.role = m_actor.role;
    e.entityType = std::move(entityType);
    e.entity = id;
    e.requestId = m_actor.requestId;
    e.at = m_now;
    return e;
}

void Txn::publish(const char* topic, std::optional<VendorId> vendor, const QString& entityType, const Id128& id, std::int64_t version, json::object payload)
{
    publishText(topic, vendor, entityType.toStdString(), id, version, json::serialize(payload));
}

void Txn::publishText(const char* topic, std::optional<VendorId> vendor, std::string entityType, const Id128& id, std::int64_t version, std::string payload)
{
    m_journal->add(OutboxRow{topic, vendor, std::move(entityType), id, std::move(payload), version, m_now});
    written();
}

} // namespace naru::server
