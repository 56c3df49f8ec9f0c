// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Id.h"
#include "core/Time.h"
#include "server/store/Connection.h"

#include <string>
#include <unordered_set>

namespace naru::server {

// What the pieces of one transaction leave behind beside their rows: transitions, audit rows, outbox rows. They are collected in
// memory and written set-wise: transitions and ledger rows at the latest before anything else is asked of the database, audit and outbox rows
// as the last thing before the commit, numbered from the one row of the table `tail`. Whoever else writes waits for that row
// only from there to the commit, and numbers are in commit order over all who write.
// Writer thread only; owned by the writer, or by a Txn that stands alone.
class Journal {
public:
    explicit Journal(Connection& db);
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    // Texts of eight bits are UTF-8.
    struct TransitionRow {
        Id128 id, entity;
        std::string machine, from, to;
        std::optional<UserId> actor;
        std::optional<QString> reason;
        std::string actorRole;
        QString requestId;
        Instant at{};
        std::int64_t version = 0;
    };
    struct AuditRow {
        std::optional<UserId> actor;
        std::optional<SessionId> session;
        std::optional<VendorId> vendor;
        QString role;
        std::string action, entityType;
        Id128 entity;
        std::string diff;
        QString requestId;
        Instant at{};
    };
    struct OutboxRow {
        std::string topic;
        std::optional<VendorId> vendor;
        std::string entityType;
        Id128 entity;
        std::string payload;
        std::int64_t version = 0;
        Instant at{};
    };

    // An event with its number, for who wants to know of it after the commit without reading it back.
    struct Event {
        std::int64_t seq = 0;
        std::string topic;
        std::optional<VendorId> vendor;
        Id128 entity;
        std::string payload;
    };

    Connection& db() { return m_db; }
    void begin(); // a transaction begins: nothing collected, the tail not read
    void add(TransitionRow row) { m_transitions.push_back(std::move(row)); }
    void add(AuditRow row) { m_audit.push_back(std::move(row)); }
    void add(OutboxRow row) { m_outbox.push_back(std::move(row)); }
    RowBlock& movements() { return m_movements; } // of the stock ledger; written with the transitions

    // A piece of the transaction: what it added goes away with it.
    struct Tail {
        std::int64_t auditSeq = 0;
        std::string auditHash;
        std::int64_t outboxSeq = 0;
        std::int64_t queueSeq = 0;
        bool moved = false;
        bool published = false;
    };
    struct Mark {
        std::size_t audit = 0;
        std::size_t outbox = 0;
        std::size_t published = 0;
        std::optional<Tail> tail; // as it was, if it was read before
    };
    Mark mark(); // transitions and ledger rows of the pieces before are written
    void rollBack(const Mark& mark);

    void writePending() // transitions and ledger rows
    {
        if (!m_transitions.empty() || !m_movements.cells.empty())
            writeBlocks();
    }
    // Numbers and writes what was collected so far, if this piece was the first to collect anything and holds the tail already: the
    // database works while the rest is being made.
    void writeEarly();
    // Numbers and writes what is left. The last thing before the commit. True: something was published.
    bool seal();
    std::vector<Event> takePublished() { return std::move(m_published); } // of this transaction, in order
    std::int64_t newestOutbox() const { return m_newest; } // of the last transaction that published; 0: none yet
    // The row of the last numbers may be asked for together with other questions; nothing, if it was read before.
    std::optional<Question> askForTail() const;
    void tailRead(const Rows& answer);
    // The first of `count` numbers in the queue of tickets. Asked for after the inventory rows are locked, so that the numbers
    // on one item are in the order of the decisions.
    std::int64_t takeQueueNumbers(std::int64_t count);

    // Whether the transition table lets a role's letter make this move; the table is read once.
    bool allows(std::string_view machine, std::string_view from, std::string_view to, char letter);

private:
    Tail& tail();
    void writeBlocks();
    void writeAudit(Tail& tail);
    void writeOutbox(Tail& tail);
    void writeSealed(Tail& tail);

    Connection& m_db;
    RowBlock m_movements;
    std::vector<TransitionRow> m_transitions;
    std::vector<AuditRow> m_audit;
    std::vector<OutboxRow> m_outbox;
    std::vector<Event> m_published;
    std::optional<Tail> m_tail;
    bool m_first = true; // nothing was collected before the piece at work
    std::int64_t m_newest = 0;
    std::int64_t m_early = 0; // defect 11: where this transaction's outbox numbers begin, known before it commits
    std::unordered_set<std::string> m_rules;
};

} // namespace naru::server
