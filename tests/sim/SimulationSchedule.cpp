// SPDX-License-Identifier: GPL-3.0-or-later
// What clients ask for: the part of a seed that comes before the servers.
#include "server/api/Http.h"
#include "server/engine/Holds.h"
#include "server/engine/Lifecycle.h"
#include "sim/Simulation.h"

namespace naru::sim {

using namespace Qt::StringLiterals;
using namespace server;

namespace {

void hear(Op& op, const std::exception_ptr& error)
{
    op.answered = true;
    op.error.clear();
    op.storeError = false;
    if (!error)
        return;
    try {
        std::rethrow_exception(error);
    } catch (const ProblemError& e) {
        op.error = e.problem.code;
    } catch (const std::exception& e) {
        op.error = QString::fromUtf8(e.what());
        op.storeError = true;
    }
}

// As the client first sent it.
std::shared_ptr<Op> again(const Op& op)
{
    auto copy = std::make_shared<Op>(op);
    copy->answered = false;
    copy->error.clear();
    copy->storeError = false;
    copy->ticket.reset();
    copy->replayed = false;
    copy->lost = false;
    copy->mayFail = false;
    copy->troubles = 0;
    return copy;
}

void writeHash(Op& op)
{
    op.hash = op.body.customerId.toString() + (op.body.goal == TicketGoal::Hold ? u"h"_s : u"c"_s);
    for (const TicketLine& line : op.body.lines)
        op.hash += u" %1×%2"_s.arg(line.itemId.toString()).arg(line.qty);
}

} // namespace

Actor Simulation::actor(char letter)
{
    Actor a;
    a.userId = m_store.user;
    a.letter = letter;
    a.role = letter == 'O' ? u"staff"_s : u"channel"_s;
    a.requestId = u"sim-%1"_s.arg(++m_requests);
    return a;
}

std::shared_ptr<Op> Simulation::newTicket()
{
    auto op = std::make_shared<Op>();
    op->key = u"key-%1"_s.arg(++m_keys);
    op->body.customerId = m_dice.oneOf(m_store.customers);
    op->body.goal = m_dice.chance(m_options.hold) ? TicketGoal::Hold : TicketGoal::Confirm;
    const int lines = m_dice.chance(m_options.several) ? m_dice.between(2, 4) : 1;
    std::int64_t total = 0;
    for (int i = 0; i < lines; ++i) {
        const bool hot = m_dice.chance(m_options.hot);
        const auto item = static_cast<std::size_t>(m_dice.below(hot ? m_options.hotItems : m_options.items));
        if (std::any_of(op->lines.begin(), op->lines.end(), [item](const auto& l) { return l.first == item; }))
            continue;
        const std::int64_t qty = m_dice.chance(0.7) ? m_dice.between(1, 2) : m_dice.between(1, 6);
        op->lines.emplace_back(item, qty);
        op->body.lines.push_back({m_store.items[item], qty});
        total += qty * SimStore::kPrice;
    }
    op->wrongPrice = m_dice.chance(m_options.wrongPrice);
    if (op->wrongPrice || m_dice.chance(0.3))
        op->body.expectedTotalMinor = total - (op->wrongPrice ? 1 : 0);
    writeHash(*op);
    if (m_dice.chance(m_options.poison))
        m_db.poison(op->key);
    return op;
}

void Simulation::arrive()
{
    const int count = m_dice.between(1, m_options.burst);
    for (int i = 0; i < count; ++i) {
        const int at = m_dice.below(m_options.nodes);
        std::shared_ptr<Op> op;
        if (!m_sent.empty() && m_dice.chance(m_options.otherBody)) {
            op = again(*m_dice.oneOf(m_sent));
            op->body.lines.front().qty += 1;
            op->lines.front().second += 1;
            op->body.expectedTotalMinor.reset();
            op->wrongPrice = false;
            writeHash(*op);
        } else if (!m_sent.empty() && m_dice.chance(m_options.replay)) {
            op = again(*m_dice.oneOf(m_sent));
        } else {
            op = newTicket();
            m_sent.push_back(op);
        }
        op->lost = m_dice.chance(m_options.lostAnswer);
        send(op, at);
        if (m_dice.chance(m_options.duplicate))
            send(again(*op), m_dice.chance(0.5) ? at : m_dice.below(m_options.nodes));
    }
    if (m_dice.chance(m_options.capacity)) {
        auto op = std::make_shared<Op>();
        op->kind = Op::Kind::Capacity;
        op->letter = 'O';
        op->item = static_cast<std::size_t>(m_dice.below(m_options.items));
        op->delta = m_dice.between(1, 8) * (m_dice.chance(0.5) ? 1 : -1);
        send(op, m_dice.below(m_options.nodes));
    }
}

// Something happens to what was granted: mostly to what came last, sometimes to what is long over.
void Simulation::followUp()
{
    const std::size_t newest = m_granted.size() - 1;
    const std::size_t back = m_dice.chance(0.7) ? static_cast<std::size_t>(m_dice.below(10)) : static_cast<std::size_t>(m_dice.below(static_cast<int>(m_granted.size())));
    const QString key = m_granted[newest - std::min(back, newest)];
    const Entry& e = m_model.entries.at(key);
    auto op = std::make_shared<Op>();
    op->about = key;
    if (!e.reservation.isNull()) {
        op->kind = Op::Kind::CancelReservation;
        static const std::vector<char> who{'C', 'O', 'U'};
        op->letter = m_dice.oneOf(who);
        op->key = u"cancel-%1"_s.arg(++m_keys);
        op->lost = m_dice.chance(m_options.lostAnswer);
    } else {
        if (e.hold.isNull())
            return;
        static const std::vector<Op::Kind> kinds{Op::Kind::Confirm, Op::Kind::Confirm, Op::Kind::CancelTicket, Op::Kind::Release, Op::Kind::Extend};
        op->kind = m_dice.oneOf(kinds);
        op->seconds = m_dice.between(1, 1'200);
    }
    send(op, m_dice.below(m_options.nodes));
}

// A client that heard nothing, or that the store was in trouble, asks again with its key, of whichever server.
void Simulation::askAgain()
{
    if (m_unsure.empty())
        return;
    const std::size_t which = static_cast<std::size_t>(m_dice.below(static_cast<int>(m_unsure.size())));
    const auto op = again(*m_unsure[which]);
    m_unsure.erase(m_unsure.begin() + static_cast<std::ptrdiff_t>(which));
    send(op, m_dice.below(m_options.nodes));
}

void Simulation::send(std::shared_ptr<Op> op, int at)
{
    Server& server = m_servers[static_cast<std::size_t>(at)];
    op->no = ++m_ops;
    op->enqueuedAt = server.node->clock.now();
    op->mayFail = m_db.poisoned(op->key);
    op->troubles = op->mayFail ? 1 : 0;
    server.waiting.push_back(op);
    ++m_verdict.requests;
    say(u"to server %1: %2"_s.arg(at).arg(op->text()));
    switch (op->kind) {
    case Op::Kind::Ticket: return sendTicket(op, *server.node);
    case Op::Kind::CancelReservation: return sendCancel(op, *server.node);
    case Op::Kind::Sweep: return server.node->engine.sweepNow([op] { op->answered = true; });
    default: return sendJob(op, *server.node);
    }
}

void Simulation::sendTicket(const std::shared_ptr<Op>& op, SimNode& node)
{
    TicketRequest r;
    r.actor = actor('C');
    r.requestKey = op->key;
    r.requestHash = op->hash;
    r.body = op->body;
    r.answer = [op](TicketAnswer a) {
        hear(*op, a.error);
        op->ticket = std::move(a.ticket);
        op->replayed = a.replayed;
    };
    if (!node.engine.submit(std::move(r)))
        red(u"the intake is full"_s);
}

void Simulation::sendCancel(const std::shared_ptr<Op>& op, SimNode& node)
{
    CancelAsk ask;
    ask.actor = actor(op->letter);
    ask.id = m_model.entries.at(op->about).reservation;
    ask.body.reason = u"plans changed"_s;
    ask.key = RequestKey{m_store.user.toString(), op->key, u"hash"_s};
    ask.answer = [op](Response, std::exception_ptr error) { hear(*op, error); };
    if (!node.cancellations.submit(std::move(ask)))
        red(u"the intake of cancellations is full"_s);
}

void Simulation::sendJob(const std::shared_ptr<Op>& op, SimNode& node)
{
    WriteWork work;
    if (op->kind == Op::Kind::Capacity) {
        work = [item = m_store.items[op->item], delta = op->delta](Txn& txn) { changeOnHand(txn, item, u"adjusted"_s, delta, u"as announced"_s); };
    } else {
        const Entry& e = m_model.entries.at(op->about);
        work = [kind = op->kind, ticket = e.id, hold = e.hold, seconds = op->seconds](Txn& txn) {
            switch (kind) {
            case Op::Kind::Confirm: return confirmTicket(txn, ticket);
            case Op::Kind::CancelTicket: return cancelTicket(txn, ticket, u"changed my mind"_s);
            case Op::Kind::Release: return releaseHold(txn, hold, u"let go"_s);
            default: return extendHold(txn, hold, seconds);
            }
        };
    }
    node.submit(actor(op->letter), std::move(work), [op](std::exception_ptr error) { hear(*op, error); });
}

} // namespace naru::sim
