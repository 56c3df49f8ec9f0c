// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/engine/CancellationBatch.h"
#include "server/engine/Lifecycle.h"
#include "server/engine/TicketBatch.h"
#include "server/tools/SeedWorld.h"

#include <QCryptographicHash>
#include <memory>

namespace naru::server::seed {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kDay = std::chrono::hours(24);
constexpr int kSeats = 14'000; // over all reservations planned, whatever the market holds
constexpr int kOpenHolds = 34;

struct Desk {
    World& w;
    Timeline& line;
    LabelCache labels;
};
using DeskPtr = std::shared_ptr<Desk>; // shared by the planned events, which are all that keeps it

NewTicket ticketFor(World& w, std::size_t slot, int party, bool twoNights, TicketGoal goal)
{
    NewTicket t;
    t.customerId = w.rng.pick(w.customers);
    t.goal = goal;
    t.lines.push_back({w.slots[slot].item, party});
    if (twoNights && w.slots[slot].nextDay != 0)
        t.lines.push_back({w.slots[w.slots[slot].nextDay].item, party});
    return t;
}

// Asks as the running server does: through the queue's own batch.
std::optional<Ticket> ask(Desk& desk, Instant at, const NewTicket& wanted)
{
    World& w = desk.w;
    Txn txn = w.at(at, w.system()); // the queue decides, whoever asked
    std::vector<TicketRequest> batch(1);
    TicketRequest& r = batch.front();
    r.actor = w.channel();
    r.actor.requestId = txn.actor().requestId;
    r.requestKey = u"seed-ticket-%1"_s.arg(w.requests);
    r.requestHash = QString::fromLatin1(QCryptographicHash::hash(r.requestKey.toUtf8(), QCryptographicHash::Sha256).toHex());
    r.body = wanted;
    r.enqueuedAt = at - Millis(w.rng.between(1, 18));
    TicketBatch decision(txn, batch, {}, desk.labels, EngineOptions{});
    decision.read(TicketBatch::Table::LookedAt); // nothing waits in a market that is only being made
    return decision.run().front().ticket;
}

void cancelLater(const DeskPtr& desk, ReservationId id, Instant when)
{
    desk->line.add(when, [desk, id](Instant at) {
        static const std::vector<QString> reasons = {u"일정 변경"_s, u"인원 변경"_s, u"날씨"_s, u"중복 예약"_s};
        Txn txn = desk->w.at(at, desk->w.supportAgent());
        cancelReservation(txn, id, desk->w.rng.pick(reasons));
    });
}

void visit(const DeskPtr& desk, Instant at, std::size_t slot, int party)
{
    World& w = desk->w;
    const bool holdsFirst = w.rng.chance(9);
    const auto ticket = ask(*desk, at, ticketFor(w, slot, party, w.rng.chance(30), holdsFirst ? TicketGoal::Hold : TicketGoal::Confirm));
    if (!ticket)
        return;
    if (ticket->status == TicketStatus::Held && w.rng.chance(75)) {
        desk->line.add(at + w.rng.minutes(1, 8), [desk, id = ticket->id](Instant when) {
            Txn txn = desk->w.at(when, desk->w.channel());
            confirmTicket(txn, id);
        });
    }
    if (ticket->reservationId && w.rng.chance(4)) {
        const Instant last = std::min(w.now, w.slots[slot].startsAt - std::chrono::hours(2));
        const Instant when = at + w.rng.minutes(60, 2880);
        if (when < last)
            cancelLater(desk, *ticket->reservationId, when);
    }
}

int partySize(World& w, const SeedSlot& slot)
{
    if (slot.capacity <= 8 && slot.stay)
        return 1;
    const int draw = w.rng.below(100);
    const int size = draw < 22 ? 1 : draw < 68 ? 2 : draw < 84 ? 3 : draw < 94 ? 4 : w.rng.between(5, 8);
    return std::min(size, std::max(1, slot.capacity / 2));
}

// How much of its final demand a slot has seen by now: all when it is over, little when it is far.
int demandSoFar(const World& w, const SeedSlot& slot)
{
    const double days = static_cast<double>((slot.startsAt - w.now).count()) / static_cast<double>(kDay.count());
    if (days <= 1)
        return days > -2 ? slot.popularity : slot.popularity / 8; // older history is left thin
    const double share = days < 14 ? 0.84 - (days - 1) * 0.054 : days < 30 ? 0.14 - (days - 14) * 0.008 : 0.02;
    return static_cast<int>(slot.popularity * share);
}

void planSlot(const DeskPtr& desk, std::size_t index, int& seatsLeft)
{
    World& w = desk->w;
    const SeedSlot& slot = w.slots[index];
    int wanted = (slot.capacity * demandSoFar(w, slot) + w.rng.below(100)) / 100;
    while (wanted > 0 && seatsLeft > 0) {
        const int party = partySize(w, slot);
        wanted -= party;
        seatsLeft -= party;
        const Instant latest = std::min(w.now - std::chrono::minutes(1), slot.startsAt - std::chrono::minutes(40));
        const Instant earliest = std::max(w.now - kDay * 20, slot.startsAt - kDay * 60);
        if (latest <= earliest)
            continue;
        // Most book late: the square of an even draw.
        const double u = static_cast<double>(w.rng.below(10'000)) / 10'000.0;
        const Instant at = latest - Millis(static_cast<std::int64_t>(static_cast<double>((latest - earliest).count()) * u * u));
        desk->line.add(at, [desk, index, party](Instant when) { visit(desk, when, index, party); });
    }
}

// People who are deciding right now.
void planOpenHolds(const DeskPtr& desk)
{
    World& w = desk->w;
    std::vector<std::size_t> near;
    for (std::size_t i = 1; i < w.slots.size(); ++i)
        if (w.slots[i].startsAt > w.now + std::chrono::hours(3) && w.slots[i].startsAt < w.now + kDay * 12 && w.slots[i].capacity >= 6)
            near.push_back(i);
    for (int i = 0; i < kOpenHolds && !near.empty(); ++i) {
        const std::size_t slot = w.rng.pick(near);
        const int party = w.rng.between(1, 4);
        desk->line.add(w.now - Millis(w.rng.between(5'000, 560'000)),
            [desk, slot, party](Instant at) { ask(*desk, at, ticketFor(desk->w, slot, party, false, TicketGoal::Hold)); });
    }
}

} // namespace

void planReservations(World& w, Timeline& line)
{
    const auto desk = std::make_shared<Desk>(Desk{w, line, {}});
    int seatsLeft = kSeats * w.percent / 100;
    // Nearest days first, so that the limit thins out the far ones.
    std::vector<std::size_t> order;
    for (std::size_t i = 1; i < w.slots.size(); ++i)
        order.push_back(i);
    const auto distance = [&w](std::size_t i) { return std::abs((w.slots[i].startsAt - w.now).count()); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return distance(a) < distance(b); });
    for (const std::size_t i : order)
        planSlot(desk, i, seatsLeft);
    planOpenHolds(desk);
}

} // namespace naru::server::seed
