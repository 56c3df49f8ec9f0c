// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Policies.h"
#include "server/engine/CancellationBatch.h"
#include "server/engine/CheckIn.h"
#include "server/engine/CloseOut.h"
#include "server/tools/SeedWorld.h"

#include <memory>

// Policies as Korean businesses have them, and what became of the bookings of the past fortnight.
namespace naru::server::seed {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kHour = std::chrono::hours(1);
constexpr int kComes = 93; // of a hundred guests
constexpr int kWishes = 6; // waiting for a person at the end

// Whoever comes is checked in at the start, by the vendor's own people.
void receiveGuests(World& w, const SeedSlot& slot, Instant when)
{
    std::vector<ReservationId> ids;
    for (const Row& row : w.db.query(u"SELECT r.id FROM reservation r JOIN reservation_line l ON l.reservation_id = r.id WHERE l.inventory_item_id = ? AND r.status = 'confirmed' ORDER BY r.id"_s,
             {slot.item}))
        ids.push_back(row.id<ReservationId>(0));
    for (Booked& b : readBooked(w.db, ids, false)) {
        if (!w.rng.chance(kComes) || b.startsAt() > when || b.soleVendor() != slot.vendor)
            continue;
        Txn txn = w.at(when, w.manager(slot.vendor));
        checkIn(txn, b);
    }
}

void closeOut(World& w, Instant when)
{
    Txn txn = w.at(when, w.system());
    CloseOut().runNow(txn, 100'000);
}

void wish(World& w, Instant when)
{
    static const std::vector<QString> reasons = {u"태풍 예보로 이동이 어려워요"_s, u"갑작스러운 입원"_s, u"항공편 결항"_s, u"아이가 아파요"_s};
    const Rows rows = w.db.query(u"SELECT r.id FROM reservation r JOIN reservation_line l ON l.reservation_id = r.id JOIN inventory_item i ON i.id = l.inventory_item_id "
                                 "JOIN slot s ON s.id = i.slot_id WHERE r.status = 'confirmed' AND s.starts_at > ? AND s.starts_at < ? ORDER BY r.id LIMIT 200"_s,
        {when + kHour * 2, when + kHour * 40});
    if (rows.empty())
        return;
    CancelRequest request;
    request.reason = w.rng.pick(reasons);
    request.goodwill = true;
    Txn txn = w.at(when, w.channel());
    cancelReservation(txn, w.rng.pick(rows).id<ReservationId>(0), request);
}

} // namespace

void makePolicies(World& w)
{
    const std::vector<NewPolicy> policies = {
        // Experiences and classes.
        {u"standard"_s, 0, 10'000, {{72, 10'000, 0, {}}, {48, 8'000, 0, {}}, {24, 5'000, 0, {}}}},
        // Stays, off season: two days before free, the day before 10 % kept, on the day 20 %.
        {u"stay"_s, 0, 10'000, {{48, 10'000, 0, {}}, {24, 9'000, 0, {}}, {0, 8'000, 0, {}}}},
        // Boats and rented vehicles: a fee for the berth that was kept.
        {u"leisure"_s, 0, 5'000, {{168, 10'000, 0, {}}, {72, 9'000, 3'000, u"KRW"_s}, {24, 5'000, 5'000, u"KRW"_s}}},
    };
    for (const NewPolicy& policy : policies) {
        Txn txn = w.at(w.now - std::chrono::hours(24 * 120), w.operatorStaff());
        createPolicyRevision(txn, policy);
    }
}

// The products were made under the standard policy a moment ago; nobody has bought or seen them yet.
void choosePolicies(World& w)
{
    const QString choose = u"UPDATE product SET cancellation_policy_id = (SELECT id FROM cancellation_policy WHERE code = ?) WHERE kind = 'reservation' AND %1"_s;
    w.db.exec(choose.arg(u"code = ANY(?)"_s), {Param(u"stay"_s), Param(QStringList{u"R-STAY"_s, u"R-GATE"_s, u"R-GROUP"_s, u"R-SITE"_s, u"R-DOME"_s, u"R-CARA"_s, u"R-HUT"_s, u"R-HOUSE"_s, u"R-LODGE"_s})});
    w.db.exec(choose.arg(u"vendor_id = ANY(?)"_s),
        {Param(u"leisure"_s), Param(QStringList{w.vendors.at(u"SEOHAE"_s).id.toString(), w.vendors.at(u"EUNHA"_s).id.toString()})});
}

void planVisits(World& w, Timeline& line)
{
    Instant first = w.now;
    for (std::size_t i = 1; i < w.slots.size(); ++i) {
        const SeedSlot& slot = w.slots[i];
        if (slot.startsAt >= w.now)
            continue;
        first = std::min(first, slot.startsAt);
        line.add(slot.startsAt + Millis(1), [&w, i](Instant when) { receiveGuests(w, w.slots[i], when); });
    }
    for (Instant when = first; when <= w.now; when += kHour)
        line.add(when + Millis(2), [&w](Instant at) { closeOut(w, at); });
    for (int i = 0; i < kWishes; ++i)
        line.add(w.now - w.rng.minutes(3, 240), [&w](Instant at) { wish(w, at); });
}

} // namespace naru::server::seed
