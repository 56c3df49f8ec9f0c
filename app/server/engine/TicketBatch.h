// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Json.h"
#include "server/engine/BatchItems.h"
#include "server/engine/BookingTerms.h"
#include "server/engine/Openings.h"
#include "server/engine/Pending.h"
#include "server/engine/ReservationEngine.h"
#include "server/engine/Writes.h"

namespace naru::server {

// Decides and writes one batch of tickets inside one transaction: it locks the rows of its items, asks for all it has to know in one go,
// and then: due holds on the items first, then what was asked before (same key), then the pure decision over all touched rows — tickets that waited in the table before those of the intake — and then
// the rows of every outcome, table by table, in a number of statements that does not grow with the batch. A request is refused
// by arithmetic, never by the database. Writer thread; lives for one run.
class TicketBatch {
public:
    TicketBatch(Txn& txn, const std::vector<TicketRequest>& requests, std::vector<PendingTicket> pending, LabelCache& labels, const EngineOptions& options);
    // Whether the table of tickets was looked at for some that have to be decided before these.
    enum class Table { LookedAt, Unknown };
    // Locks and reads. False: there are such; nothing was changed, and the batch has to be made with them.
    bool read(Table table);
    // After read(). One answer per request. Throws StoreError; then nothing of the batch may be kept.
    std::vector<TicketAnswer> run();

private:
    struct Work { // one per ticket: those of the table first, then one per request
        enum class Kind { Decide, Replay, SameAs, GiveUp, Fail, Refused, Told, Queue } kind = Kind::Decide;
        const TicketRequest* request = nullptr;
        const PendingTicket* waited = nullptr;
        std::size_t answer = 0; // of a request
        std::size_t sameAs = 0; // the request it repeats
        std::vector<AskLine> lines; // summed by item, in the order asked
        std::size_t ask = 0;
        std::int64_t queueSeq = 0;
        Ticket ticket;
        OpeningGate::Verdict opening; // of Told and Queue
        const NewTicket& body() const { return waited ? waited->body : request->body; }
        bool makesRow() const { return kind == Kind::Decide || kind == Kind::GiveUp || kind == Kind::Fail || kind == Kind::Told || kind == Kind::Queue; }
    };

    void findReplays();
    void gatherItems();
    Question askReplays() const;
    void endDueHolds();
    void checkLines(Work& w);
    void applyTerms();
    void applyOpenings(const std::vector<OpeningGate::Asked>& asked, const std::set<CustomerId>& customers);
    bool joinsWaitlist(const Work& w, const Outcome& outcome);
    void writeQueue(Work& w);
    void writeJoins();
    void decideAll();
    void settle(Work& w);
    void describe(Work& w);
    void writeRow(Work& w);
    void writeMoves(Work& w);
    void writeGrant(Work& w);
    void writeAll();
    PolicyId policyOf(const BatchItems::Item& item);
    void refuse(Work& w, int status, const char* code, const QString& detail, const QString& field = {});
    std::optional<VendorId> soleVendor(const Work& w) const;
    QString otherVendors(const Work& w) const;
    void publishTicket(const Work& w, const Ticket& as);
    void publishReservationOf(const Work& w, const ReservationWrite& r, const std::vector<Piece>& pieces);
    void publishHoldOf(const Work& w, const HoldWrite& h);

    Txn& m_txn;
    const std::vector<TicketRequest>& m_requests;
    const std::vector<PendingTicket> m_pending;
    LabelCache& m_labels;
    const Millis m_holdTtl;
    const Millis m_giveUpAfter;
    std::vector<Work> m_work;
    std::vector<TicketAnswer> m_answers;
    BatchItems m_items;
    std::unordered_map<QString, std::pair<TicketId, QString>> m_stored; // by request key: its ticket and the hash of its body
    Decision m_decision;
    BookingRows m_rows;
    RowBlock m_waited; // changes of the tickets of the table
    std::int64_t m_decidedSeq = 0; // of the whole batch: it is decided in one go
    std::int64_t m_queueSeq = 0;
    std::optional<PolicyId> m_standardPolicy;
    CustomerShares m_shares;
    OpeningGate m_gate;
    std::vector<const Work*> m_joins; // of waiting lists
    std::set<std::pair<CustomerId, ItemId>> m_joined;
    RowBlock m_queued{"ticket", {{"id", RowBlock::Type::Text}, {"opening_id", RowBlock::Type::Text}, {"lot", RowBlock::Type::Text}}, {}}; // by openings
};

} // namespace naru::server
