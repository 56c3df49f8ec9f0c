// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Json.h"
#include "server/engine/Decide.h"
#include "server/engine/ReservationEngine.h"
#include "server/engine/Writes.h"

#include <map>
#include <unordered_map>

namespace naru::server {

// Decides and writes one batch of tickets inside one transaction: due holds first, then what was asked before (same key), then
// the pure decision over all touched rows, then the rows of every outcome in queue order. Writer thread; lives for one run.
class TicketBatch {
public:
    TicketBatch(Txn& txn, const std::vector<TicketRequest>& requests, LabelCache& labels, Millis holdTtl, Millis giveUpAfter);
    // One answer per request. Throws StoreError; then nothing of the batch may be kept.
    std::vector<TicketAnswer> run();

private:
    struct Item {
        StockItem stock;
        StockRow row;
        const ItemLabel* label = nullptr;
        QString currency;
        std::optional<PolicyId> policy;
        std::int64_t asked = 0;
        bool found = false;
        bool moved = false;
    };
    struct Work { // one per request
        enum class Kind { Decide, Replay, SameAs, GiveUp, Fail, Refused } kind = Kind::Decide;
        std::size_t sameAs = 0;
        std::vector<AskLine> lines; // summed by item, in the order asked
        std::size_t ask = 0;
        Ticket ticket;
        bool makesRow() const { return kind == Kind::Decide || kind == Kind::GiveUp || kind == Kind::Fail; }
    };

    void findReplays();
    void gatherItems();
    void readItem(const ItemId& id, Item& item);
    void checkRequest(std::size_t i);
    void decideAll();
    void writeTicket(std::size_t i);
    PolicyId policyOf(const Item& item);
    void writeGrant(Work& w, const TicketRequest& request, std::vector<Piece>& pieces);
    void finish();
    void insertRow(const Work& w, const TicketRequest& request);
    void step(Work& w, TicketStatus to);
    void problem(std::size_t i, int status, const char* code, const QString& detail, const QString& field = {});
    std::optional<VendorId> soleVendor(const Work& w) const;
    void publishReservationOf(const Work& w, const ReservationWrite& r, const std::vector<Piece>& pieces);
    void publishHoldOf(const Work& w, const HoldWrite& h, std::int64_t version);

    Txn& m_txn;
    const std::vector<TicketRequest>& m_requests;
    LabelCache& m_labels;
    const Millis m_holdTtl;
    const Millis m_giveUpAfter;
    std::vector<Work> m_work;
    std::vector<TicketAnswer> m_answers;
    std::map<ItemId, std::size_t> m_index; // in id order: rows are read, and would be locked, in one order everywhere
    std::vector<Item> m_items;
    Decision m_decision;
    std::int64_t m_queueSeq = 0;
    std::optional<PolicyId> m_standardPolicy;
};

} // namespace naru::server
