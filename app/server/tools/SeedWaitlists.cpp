// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/Http.h"
#include "server/engine/BookingTerms.h"
#include "server/engine/Holds.h"
#include "server/engine/Openings.h"
#include "server/engine/Waitlist.h"
#include "server/tools/SeedWorld.h"

// Who waits for seats of what is sold out, an opening that people register for, and what one customer may have of a popular product.
namespace naru::server::seed {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kMinute = std::chrono::minutes(1);
constexpr Millis kDay = std::chrono::hours(24);
constexpr int kFullSlots = 6;
constexpr int kFewestParties = 6; // of a slot: one market may have a single slot that is sold out for days ahead
constexpr int kMostParties = 9;

// Sold out and not over soon, the nearest first.
std::vector<ItemId> fullSlots(World& w, Instant at)
{
    std::vector<ItemId> items;
    for (const Row& row : w.db.query(u"SELECT i.id FROM inventory_item i JOIN slot s ON s.id = i.slot_id JOIN product p ON p.id = s.product_id WHERE s.status = 'open' "
                                     "AND p.status = 'active' AND s.starts_at > ? AND i.on_hand >= 4 AND i.on_hand + i.overbook - i.safety - i.allocated - i.held <= 0 "
                                     "ORDER BY s.starts_at, i.id LIMIT ?"_s,
             {at + kDay, kFullSlots}))
        items.push_back(row.id<ItemId>(0));
    return items;
}

void joinParties(World& w, Instant at)
{
    int n = 0;
    for (const ItemId& item : fullSlots(w, at)) {
        const int parties = w.rng.between(kFewestParties, kMostParties);
        for (int i = 0; i < parties; ++i) {
            attempt(w, [&] { // this customer may wait there already, or have seats free for such a party: then the next one
                Txn txn = w.at(at + Millis(++n * 1'000), w.channel());
                const QString key = txn.actor().requestId;
                waitFor(txn, {item, w.rng.pick(w.customers), w.rng.between(1, 4)}, u"seed-"_s + key, key);
            });
        }
    }
}

// A boat with four more seats: the first parties that fit are thinking about their offers right now.
void addSeats(World& w, Instant at)
{
    const auto row = w.db.one(u"SELECT inventory_item_id FROM waitlist_entry WHERE status = 'waiting' ORDER BY created_at, id LIMIT 1"_s);
    if (!row)
        return;
    Txn txn = w.at(at, w.operatorStaff());
    changeOnHand(txn, row->id<ItemId>(0), u"received"_s, 4, {});
}

void openWithDraw(World& w, Instant at)
{
    // The farthest day of the first product that is reserved: nobody has booked it yet.
    const auto row = w.db.one(u"SELECT p.id, i.id FROM product p JOIN slot s ON s.product_id = p.id JOIN inventory_item i ON i.slot_id = s.id "
                              "WHERE p.status = 'active' AND i.allocated = 0 AND i.held = 0 ORDER BY s.starts_at DESC, p.code, i.id LIMIT 1"_s);
    if (!row)
        return;
    QByteArray seed(32, '\0');
    w.rng.fill(reinterpret_cast<unsigned char*>(seed.data()), 32);
    Txn txn = w.at(at, w.operatorStaff());
    planOpening(txn, {row->id<ProductId>(0), row->id<ItemId>(1), at, w.now + kDay * 2}, seed);
}

void limitOne(World& w, Instant at)
{
    const auto row = w.db.one(u"SELECT id FROM product WHERE kind = 'reservation' AND status = 'active' ORDER BY code LIMIT 1"_s);
    if (!row)
        return;
    Txn txn = w.at(at, w.operatorStaff());
    const auto before = readBookingTerms(txn.db(), row->id<ProductId>(0), {});
    BookingTermsPatch patch;
    patch.limitPerCustomer = 8;
    if (before)
        setBookingTerms(txn, *before, patch);
}

} // namespace

void planWaitlists(World& w, Timeline& timeline)
{
    World* world = &w; // outlives the timeline
    timeline.add(w.now - kDay * 3, [world](Instant at) { limitOne(*world, at); });
    timeline.add(w.now - kDay, [world](Instant at) { openWithDraw(*world, at); });
    timeline.add(w.now - kMinute * 50, [world](Instant at) { joinParties(*world, at); });
    timeline.add(w.now - kMinute * 9, [world](Instant at) { addSeats(*world, at); });
}

} // namespace naru::server::seed
