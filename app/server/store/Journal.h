// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Id.h"
#include "core/Time.h"
#include "server/store/Outbox.h"

#include <string>
#include <unordered_set>

namespace naru::server {

// What the pieces of one transaction leave behind beside their rows: entries of the journal (the audit trail with every move of a state
// machine), rows of the stock ledger, and events. They are collected in memory and written set-wise: ledger rows at the latest before
// anything else is asked of the database, the others as the last thing before the commit, numbered from the one row of the table `tail`.
// Whoever else writes waits for that row only from there to the commit, and numbers are in commit order over all who write.
// Writer thread only; owned by the writer, or by a Txn that stands alone.
class Journal {
public:
    explicit Journal(Connection& db);
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    // The ticket that a confirmed reservation is made from: its move, processing to confirmed, stands in the same line.
    struct TicketMove {
        TicketId id;
        std::int64_t version = 0; // after it
    };
    // One line of the audit trail; if `to` is set, a move of a state machine too. Texts of eight bits are UTF-8.
    struct Entry {
        std::optional<UserId> actor;
        std::optional<SessionId> session;
        std::optional<VendorId> vendor;
        QString role;
        std::string entityType; // of a move: its machine
        Id128 entity;
        QString requestId;
        Instant at{};
        // Of a move.
        std::string letter, from, to;
        std::int64_t version = 0; // after it
        std::optional<QString> reason;
        std::optional<TicketMove> ticket;
        // Of everything else.
        std::string action;
        std::string diff; // JSON
    };
    Connection& db() { return m_db; }
    void begin(); // a transaction begins: nothing collected, the tail not read
    void add(Entry entry) { m_entries.push_back(std::move(entry)); }
    void add(OutboxRow row) { m_outbox.push_back(std::move(row)); }
    RowBlock& movements() { return m_movements; } // of the stock ledger

    // A piece of the transaction: what it added goes away with it.
    struct Tail {
        std::int64_t auditSeq = 0;
        std::string auditHash;
        std::int64_t outboxSeq = 0;
        std::int64_t queueSeq = 0;
        bool moved = false;
    };
    struct Mark {
        std::size_t entries = 0;
        std::size_t outbox = 0;
        std::optional<Tail> tail; // as it was, if it was read before
    };
    Mark mark(); // ledger rows of the pieces before are written
    void rollBack(const Mark& mark);

    void writePending() // ledger rows
    {
        if (!m_movements.cells.empty())
            writeMovements();
    }
    // Moves of this thing that are not written yet, the oldest first.
    std::vector<Entry> pendingMoves(std::string_view machine, const Id128& entity) const;
    // Numbers and writes what was collected. The last thing before the commit. On PostgreSQL the other servers are told of events with it, under
    // the name of this one, if it is given. Whether there are events.
    bool seal(const std::optional<QString>& tellAs = {});
    std::vector<OutboxEvent> takePublished() { return std::move(m_published); } // of this transaction, in order
    // The row of the last numbers may be asked for together with other questions; nothing, if it was read before. `also`: a question for one
    // number, which tailRead() returns.
    std::optional<Question> askForTail(const std::optional<Question>& also = {}) const;
    std::int64_t tailRead(const Rows& answer);
    // The first of `count` numbers in the queue of tickets. Asked for after the inventory rows are locked, so that the numbers
    // on one item are in the order of the decisions.
    std::int64_t takeQueueNumbers(std::int64_t count);

    // Whether another server had written since this one last did, when the last numbers were read last.
    bool othersWrote() const { return m_othersWrote; }

    // Whether the transition table lets a role's letter make this move; the table is read once.
    bool allows(std::string_view machine, std::string_view from, std::string_view to, char letter);

private:
    Tail& tail();
    void writeMovements();
    void writeEntries(Tail& tail);
    void writeOutbox(Tail& tail);

    Connection& m_db;
    RowBlock m_movements;
    std::vector<Entry> m_entries;
    std::vector<OutboxRow> m_outbox;
    std::vector<OutboxEvent> m_published;
    std::optional<Tail> m_tail;
    std::optional<Tail> m_left; // as this server left it
    bool m_othersWrote = false;
    std::int64_t m_early = 0; // defect 11: where this transaction's outbox numbers begin, known before it commits
    std::unordered_set<std::string> m_rules;
};

// What the audit trail says of a move: {"from":…,"to":…,"reason":…,"ticket":…}, the last two if there is something to say.
void appendMove(std::string& out, std::string_view from, std::string_view to, const std::optional<QString>& reason, const std::optional<TicketId>& ticket);

} // namespace naru::server
