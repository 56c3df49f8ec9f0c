// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/Decide.h"

#include <map>

#include "server/store/Failpoint.h"

namespace naru::server {
namespace {

// The counters of a row as they stand after the requests decided so far.
struct Running {
    std::int64_t free = 0;
    std::int64_t held = 0;
    std::optional<Instant> soonestExpiry;
    std::int64_t kept = 0; // free, but not for whoever asks
};

Outcome refused(Refusal why, std::size_t row, std::optional<Instant> soonest = {})
{
    Outcome o;
    o.why = why;
    o.row = row;
    o.soonestExpiry = soonest;
    return o;
}

// What does not depend on how much is left.
std::optional<Outcome> refusedByTerms(std::span<const StockRow> rows, const Ask& ask, Instant now)
{
    std::int64_t total = 0;
    for (const AskLine& line : ask.lines) {
        const StockRow& row = rows[line.row];
        if (row.closesAt && now >= *row.closesAt)
            return refused(Refusal::CutoffPassed, line.row);
        if (!row.open)
            return refused(Refusal::Closed, line.row);
        if (row.maxQty && line.qty > *row.maxQty)
            return refused(Refusal::LimitPerCustomer, line.row);
        total += line.qty * row.unitPriceMinor;
    }
    if (ask.expectedTotalMinor && *ask.expectedTotalMinor != total)
        return refused(Refusal::PriceChanged, ask.lines.empty() ? 0 : ask.lines.front().row);
    return std::nullopt;
}

std::optional<Outcome> refusedByStock(const std::vector<Running>& running, const Ask& ask)
{
    for (const AskLine& line : ask.lines) {
        const Running& r = running[line.row];
        if (r.free >= line.qty)
            continue;
        // Enough would be free if the open holds ended: waiting can help, so say until when.
        const bool others = r.free + r.kept + r.held >= line.qty;
        const Refusal why = ask.lines.size() > 1 ? Refusal::PieceUnavailable : others ? Refusal::HeldByOthers : Refusal::SoldOut;
        return refused(why, line.row, others ? r.soonestExpiry : std::nullopt);
    }
    return std::nullopt;
}

// What the customers of this batch were given of limited rows, beside what they had before. Stays empty without limits.
class Shares {
public:
    std::optional<Outcome> refused(std::span<const StockRow> rows, const Ask& ask) const
    {
        for (const AskLine& line : ask.lines) {
            const StockRow& row = rows[line.row];
            if (!row.limit)
                continue;
            std::int64_t wanted = line.already;
            for (const AskLine& other : ask.lines)
                if (rows[other.row].limit && rows[other.row].limitGroup == row.limitGroup)
                    wanted += other.qty;
            const auto given = m_given.find({ask.customer, row.limitGroup});
            if (wanted + (given == m_given.end() ? 0 : given->second) > *row.limit)
                return server::refused(Refusal::LimitPerCustomer, line.row);
        }
        return std::nullopt;
    }
    void give(std::span<const StockRow> rows, const Ask& ask)
    {
        for (const AskLine& line : ask.lines)
            if (rows[line.row].limit)
                m_given[{ask.customer, rows[line.row].limitGroup}] += line.qty;
    }

private:
    std::map<std::pair<CustomerId, std::size_t>, std::int64_t> m_given;
};

} // namespace

Decision decide(std::span<const StockRow> rows, std::span<const Ask> asks, Instant now, Millis holdTtl, Guard guard)
{
    std::vector<Running> running;
    running.reserve(rows.size());
    for (const StockRow& row : rows) {
        const std::int64_t free = row.onHand + row.overbook - row.safety - row.allocated - row.held;
        const std::int64_t kept = row.kept ? std::max<std::int64_t>(free, 0) : 0;
        running.push_back({free - kept, row.held, row.soonestExpiry, kept});
    }

    Decision decision;
    decision.deltas.resize(rows.size());
    decision.outcomes.reserve(asks.size());
    Shares shares;
    const bool guarded = guard == Guard::On && !NARU_MUTATED(3);
    for (const Ask& ask : asks) {
        if (auto no = refusedByTerms(rows, ask, now)) {
            decision.outcomes.push_back(*no);
            continue;
        }
        if (auto no = shares.refused(rows, ask)) {
            decision.outcomes.push_back(*no);
            continue;
        }
        if (auto no = guarded ? refusedByStock(running, ask) : std::nullopt) {
            decision.outcomes.push_back(*no);
            continue;
        }
        shares.give(rows, ask);
        for (const AskLine& line : ask.lines) {
            Running& r = running[line.row];
            Delta& d = decision.deltas[line.row];
            r.free -= line.qty;
            if (ask.goal == TicketGoal::Hold) {
                r.held += line.qty;
                d.held += line.qty;
                const Instant ends = now + holdTtl;
                if (!r.soonestExpiry || ends < *r.soonestExpiry)
                    r.soonestExpiry = ends;
            } else {
                d.allocated += line.qty;
            }
        }
        Outcome yes;
        yes.granted = true;
        decision.outcomes.push_back(yes);
    }
    return decision;
}

} // namespace naru::server
