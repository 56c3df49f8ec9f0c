// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/Model.h"

#include <algorithm>

namespace naru::sim {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kHoldTtl{600'000};
constexpr Millis kLongestHold{1'800'000};
constexpr Millis kGiveUpAfter{30'000};

} // namespace

QString Op::text() const
{
    static const char* const names[] = {"ticket", "cancel reservation", "confirm", "cancel ticket", "release", "extend", "capacity", "sweep"};
    QString out = u"#%1 %2"_s.arg(no).arg(QLatin1String(names[static_cast<int>(kind)]));
    if (!key.isEmpty())
        out += u" key "_s + key;
    if (!about.isEmpty())
        out += u" of "_s + about;
    if (kind == Kind::Ticket) {
        out += body.goal == TicketGoal::Hold ? u" hold"_s : u" book"_s;
        for (const auto& [at, qty] : lines)
            out += u" %1×%2"_s.arg(at).arg(qty);
        if (wrongPrice)
            out += u" wrong price"_s;
    }
    if (kind == Kind::Capacity)
        out += u" item %1 by %2"_s.arg(item).arg(delta);
    if (kind == Kind::Extend)
        out += u" %1 s"_s.arg(seconds);
    return out;
}

void Model::free(const Entry& e, bool held)
{
    for (const auto& [at, qty] : e.lines)
        (held ? items[at].held : items[at].allocated) -= qty;
}

std::set<QString> Model::expireDue(Instant now, const std::function<bool(const QString& key, const Entry&)>& which)
{
    std::set<QString> ended;
    for (auto& [key, e] : entries) {
        if (e.status != TicketStatus::Held || e.expiresAt > now)
            continue;
        if (which && !which(key, e))
            continue;
        e.status = TicketStatus::Expired;
        free(e, true);
        ended.insert(key);
        m_ended.push_back(key);
    }
    return ended;
}

Model::Expected Model::ticket(const Op& op, Instant now)
{
    Expected x;
    if (const auto known = entries.find(op.key); known != entries.end()) {
        x.ok = known->second.hash == op.hash;
        if (!x.ok)
            x.code = u"idempotency-key-reused"_s;
        x.replayed = true;
        x.entry = &known->second;
        return x;
    }
    Entry& e = entries[op.key];
    x.entry = &e;
    e.hash = op.hash;
    e.goal = op.body.goal;
    e.lines = op.lines;
    const bool fits = std::all_of(op.lines.begin(), op.lines.end(), [this](const auto& line) { return items[line.first].free() >= line.second; });
    if (op.mayFail && op.ticket && op.ticket->status == TicketStatus::Failed) {
        e.status = TicketStatus::Failed;
    } else if (now > op.enqueuedAt + kGiveUpAfter) {
        e.status = TicketStatus::Expired;
    } else if (op.wrongPrice || !fits) {
        e.status = TicketStatus::Rejected;
    } else if (e.goal == TicketGoal::Hold) {
        e.status = TicketStatus::Held;
        e.expiresAt = now + kHoldTtl;
        e.maxUntil = now + kLongestHold;
        e.heldFrom = now;
        for (const auto& [at, qty] : e.lines)
            items[at].held += qty;
    } else {
        e.status = TicketStatus::Confirmed;
        e.live = true;
        for (const auto& [at, qty] : e.lines)
            items[at].allocated += qty;
    }
    return x;
}

Model::Expected Model::other(const Op& op, Instant now)
{
    Expected x;
    if (op.kind == Op::Kind::Sweep) {
        expireDue(now);
        return x;
    }
    if (op.kind == Op::Kind::Capacity) {
        Item& item = items[op.item];
        x.ok = item.onHand + op.delta >= 0 && item.free() + op.delta >= 0;
        if (x.ok)
            item.onHand += op.delta;
        else
            x.code = u"stock-below-commitments"_s;
        return x;
    }
    Entry& e = entries.at(op.about);
    x.entry = &e;
    if (op.kind == Op::Kind::CancelReservation) {
        if (m_cancelKeys.count(op.key) > 0) // asked again: the same answer
            return x;
        x.ok = e.live;
        if (!x.ok) {
            x.code = u"already-cancelled"_s;
            return x;
        }
        m_cancelKeys[op.key] = true;
        e.live = false;
        free(e, false);
        return x;
    }
    const bool held = e.status == TicketStatus::Held;
    switch (op.kind) {
    case Op::Kind::Confirm:
        x.ok = held && e.expiresAt > now;
        if (x.ok) {
            e.status = TicketStatus::Confirmed;
            e.live = true;
            for (const auto& [at, qty] : e.lines) {
                items[at].held -= qty;
                items[at].allocated += qty;
            }
        }
        break;
    case Op::Kind::CancelTicket:
    case Op::Kind::Release:
        x.ok = held;
        if (x.ok) {
            e.status = TicketStatus::Cancelled;
            free(e, true);
        }
        break;
    case Op::Kind::Extend:
        x.ok = held && e.expiresAt > now && e.expiresAt < e.maxUntil;
        if (x.ok)
            e.expiresAt = std::min(e.expiresAt + Millis(std::int64_t(op.seconds) * 1000), e.maxUntil);
        break;
    default: break;
    }
    return x;
}

} // namespace naru::sim
