// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/TicketBatch.h"

#include "server/api/Http.h"
#include "server/engine/DrawOrder.h"
#include "server/engine/OpeningRows.h"
#include "server/engine/Waitlist.h"

// What a batch has to keep to beside the seats: limits per customer, openings, places on waiting lists.
namespace naru::server {

using namespace Qt::StringLiterals;

void TicketBatch::applyTerms()
{
    std::vector<CustomerShares::Limited> limited;
    std::vector<OpeningGate::Asked> opening;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const BatchItems::Item& item = m_items[i];
        if (item.found && (item.bits & special::kLimited))
            limited.push_back({item.stock.id, item.product});
        if (item.found && (item.bits & special::kOpening))
            opening.push_back({item.stock.id, item.product});
    }
    std::set<CustomerId> customers;
    for (Work& w : m_work) {
        if (w.kind != Work::Kind::Decide)
            continue;
        customers.insert(w.body().customerId);
        if (w.body().waitIfFull && w.lines.size() > 1)
            refuse(w, 422, "body-invalid", u"a waiting list is for one slot"_s, u"/wait_if_full"_s);
    }
    if (!opening.empty())
        applyOpenings(opening, customers);
    if (limited.empty())
        return;
    m_shares.read(m_txn.db(), limited, customers);
    for (std::size_t i = 0; i < m_items.size(); ++i)
        m_shares.apply(m_items[i].row);
    for (Work& w : m_work)
        if (w.kind == Work::Kind::Decide)
            for (AskLine& line : w.lines)
                line.already = m_shares.already(w.body().customerId, m_items[line.row].stock.id);
}

// Tickets that waited have been through the draw.
void TicketBatch::applyOpenings(const std::vector<OpeningGate::Asked>& asked, const std::set<CustomerId>& customers)
{
    m_gate.read(m_txn.db(), asked, customers);
    for (Work& w : m_work) {
        if (w.kind != Work::Kind::Decide || w.waited)
            continue;
        std::vector<ItemId> items;
        for (const AskLine& line : w.lines)
            items.push_back(m_items[line.row].stock.id);
        w.opening = m_gate.ask(w.body().customerId, items, w.request->enqueuedAt, m_txn.now());
        switch (w.opening.kind) {
        case OpeningGate::Verdict::Kind::Decide:
            break;
        case OpeningGate::Verdict::Kind::Queue:
            w.kind = Work::Kind::Queue;
            break;
        case OpeningGate::Verdict::Kind::NotYet:
        case OpeningGate::Verdict::Kind::AlreadyIn:
            w.kind = Work::Kind::Told;
            break;
        case OpeningGate::Verdict::Kind::TwoOpenings:
            refuse(w, 422, "body-invalid", u"these slots open in different draws; ask for them one by one"_s, u"/lines"_s);
            break;
        }
    }
}

// Only for want of seats, one place a customer and slot, and never for a party that cannot fit at all.
bool TicketBatch::joinsWaitlist(const Work& w, const Outcome& outcome)
{
    if (!w.body().waitIfFull || (outcome.why != Refusal::SoldOut && outcome.why != Refusal::HeldByOthers))
        return false;
    const BatchItems::Item& item = m_items[w.lines.front().row];
    if (w.lines.front().qty > item.stock.onHand + item.stock.overbook - item.stock.safety || alreadyWaits(m_txn.db(), w.body().customerId, item.stock.id)
        || !m_joined.insert({w.body().customerId, item.stock.id}).second)
        return false;
    m_joins.push_back(&w);
    return true;
}

// Not decided: it waits in the table, and its queue number says when it came.
void TicketBatch::writeQueue(Work& w)
{
    w.ticket.status = TicketStatus::Queued;
    w.ticket.version = 1;
    const QString lot = lotOf(w.opening.seed, w.ticket.id);
    if (w.opening.straggler && w.opening.dueAt)
        w.opening.drawRank = rankOfStraggler(m_txn.db(), w.opening.opening, lot, w.opening.drawRank);
    writeRow(w);
    m_queued.add({w.ticket.id, w.opening.opening, w.opening.inDraw ? lot : u""_s});
    publishTicket(w, w.ticket);
    m_answers[w.answer].ticket = w.ticket;
}

void TicketBatch::writeJoins()
{
    if (m_queued.rows() > 0)
        m_txn.db().updateEach(m_queued, 1);
    QStringList waiting;
    for (const Work* w : m_joins)
        waiting << w->ticket.id.toString();
    if (waiting.isEmpty())
        return;
    m_txn.db().exec(u"UPDATE ticket SET waiting = 1 WHERE id = ANY(?)"_s, {waiting});
    for (const Work* w : m_joins) {
        const BatchItems::Item& item = m_items[w->lines.front().row];
        joinWaitlist(m_txn, {w->ticket.id, w->ticket.customerId, item.stock.id, w->lines.front().qty, item.row.closesAt.value_or(m_txn.now())});
    }
}

} // namespace naru::server
