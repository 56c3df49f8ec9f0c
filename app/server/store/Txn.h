// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/Enums.h"
#include "protocol/Json.h"
#include "server/store/Journal.h"

namespace naru::server {

// Who causes a change. `letter` is the actor role of the transition table: S C V U O A (domain.md §2.4).
struct Actor {
    std::optional<UserId> userId;
    std::optional<SessionId> sessionId;
    std::optional<VendorId> vendorId; // set for vendor people: their tenant
    QString role; // wire name of Role, or "system"
    char letter = 'S';
    QString requestId;
};

// One transaction on the writer's connection, with everything a change must leave behind: transition, audit row, outbox row.
// Writer thread only. Throwing from the work rolls this piece back alone.
class Txn {
public:
    // A piece of the writer's transaction: what it leaves behind is written with everybody's.
    Txn(Journal& journal, Instant now, Rng& rng, Actor actor);
    // Alone on a connection (seeds, tools): everything is written at once.
    Txn(Connection& db, Instant now, Rng& rng, Actor actor);

    Connection& db()
    {
        m_journal->writePending(); // whoever asks sees what was done before
        return m_journal->db();
    }
    Journal& journal() { return *m_journal; }
    Instant now() const { return m_now; }
    const Actor& actor() const { return m_actor; }
    // A participant handles many requests in one transaction: what follows belongs to this one.
    void setRequestId(const QString& id) { m_actor.requestId = id; }
    template <class AnyId> AnyId newId() { return AnyId{Id128::make(toUnixMs(m_now), m_rng.next64() & 0xFFFF, m_rng.next64())}; }

    // Nobody else changes this row before the transaction ends. Before what depends on it is read: with several servers on one
    // PostgreSQL a version compared without the lock may be old when the row is written.
    void lock(const char* table, const Id128& id);

    // Throws Problem 403 "transition-not-allowed" unless the table lets this actor's letter make the move.
    void allow(Machine machine, std::string_view from, std::string_view to);
    // Writes the move, which is also its line of the audit trail. `version` is the entity's version after the move.
    void transition(Machine machine, const Id128& id, std::string_view from, std::string_view to, std::int64_t version, const QString& reason = {});
    // Of a reservation, pending to confirmed: the move of the ticket that it is made from, if there is one, is written in the same line.
    void confirm(const ReservationId& id, std::int64_t version, const std::optional<Journal::TicketMove>& ticket);
    void audit(const QString& action, const QString& entityType, const Id128& id, const protocol::json::value& diff);
    // Appends to the outbox. `vendor` limits who may see it; empty = operator side only.
    void publish(const char* topic, std::optional<VendorId> vendor, const QString& entityType, const Id128& id, std::int64_t version,
        protocol::json::object payload);
    // The same, the payload written already (JSON, UTF-8).
    void publishText(const char* topic, std::optional<VendorId> vendor, std::string entityType, const Id128& id, std::int64_t version, std::string payload);

    // What follows by rule from a person's act is the system's own move: the transaction acts as the system (letter S, same
    // request unless another is named) while this lives.
    class AsSystem {
    public:
        explicit AsSystem(Txn& txn, const QString& requestId = {}) : m_txn(txn), m_saved(txn.m_actor)
        {
            if (!requestId.isEmpty())
                m_txn.m_actor.requestId = requestId;
            m_txn.m_actor.userId.reset();
            m_txn.m_actor.sessionId.reset();
            m_txn.m_actor.role = QStringLiteral("system");
            m_txn.m_actor.letter = 'S';
        }
        ~AsSystem() { m_txn.m_actor = std::move(m_saved); }
        AsSystem(const AsSystem&) = delete;
        AsSystem& operator=(const AsSystem&) = delete;

    private:
        Txn& m_txn;
        Actor m_saved;
    };

    // A participant writes what many asked for: the transaction acts as this caller while it lives.
    class As {
    public:
        As(Txn& txn, Actor actor) : m_txn(txn), m_saved(std::exchange(txn.m_actor, std::move(actor))) {}
        ~As() { m_txn.m_actor = std::move(m_saved); }
        As(const As&) = delete;
        As& operator=(const As&) = delete;

    private:
        Txn& m_txn;
        Actor m_saved;
    };

private:
    Journal::Entry entry(std::string entityType, const Id128& id) const;
    Journal::Entry move(Machine machine, const Id128& id, std::string_view from, std::string_view to, std::int64_t version) const;
    void written(); // alone: what was added goes to the database now

    std::unique_ptr<Journal> m_own;
    Journal* m_journal;
    Instant m_now;
    Rng& m_rng;
    Actor m_actor;
};

} // namespace naru::server
