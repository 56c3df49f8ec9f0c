// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Waitlist.h"
#include "server/engine/Views.h"

#include <map>
#include <set>

// Openings with a draw: who asks while registration runs is queued; at the opening the present ones get ranks by lot, everybody
// later one rank higher, and the queue is decided in that order. Every step is a transaction of its own, so that a node that dies
// in between leaves nothing half done. Reads on any connection; changes on the writer thread.
namespace naru::server {

std::optional<Opening> readOpening(Connection& db, const OpeningId& id, const ViewFor& who, Instant now);
Page<Opening> listOpenings(Connection& db, const ViewFor& who, const OpeningQuery& query, Instant now);

// `seed`: 32 random bytes; told to nobody before the draw. Throws ProblemError.
OpeningId planOpening(Txn& txn, const NewOpening& wish, const QByteArray& seed);
// Before the draw only. Who had registered is told so: the tickets expire with the reason.
void cancelOpening(Txn& txn, const OpeningId& id, const QString& reason);

// Draws what is due, one opening at a time, and closes queues that are decided. True: there may be more at once.
bool workOpenings(Txn& txn);

// What an opening does to the requests of a batch. Read in the writer's transaction after the inventory rows are locked: a draw
// locks them too, so nobody slips into a queue that is being drawn.
class OpeningGate {
public:
    struct Asked {
        ItemId item;
        ProductId product;
    };
    // Two queries for all items that have the bit (special::kOpening); none without.
    void read(Connection& db, const std::vector<Asked>& items, const std::set<CustomerId>& customers);

    struct Verdict {
        enum class Kind { Decide, Queue, NotYet, AlreadyIn, TwoOpenings } kind = Kind::Decide;
        OpeningId opening; // of Queue
        std::int64_t drawRank = 0;
        std::optional<Instant> dueAt; // decided from then on; none: when drawn
        Instant giveUpAt{};
        std::size_t item = 0; // whose opening it is, by its place in the request
    };
    // `arrivedAt`: when the request reached the intake. Remembers whom it queued.
    Verdict ask(const CustomerId& customer, const std::vector<ItemId>& items, Instant arrivedAt, Instant now);

private:
    struct Live {
        OpeningId id;
        bool drawn = false;
        Instant registersFrom{};
        Instant opensAt{};
        std::int64_t lateRank = 0;
    };
    std::map<ItemId, Live> m_live;
    std::set<std::pair<OpeningId, CustomerId>> m_registered;
};

} // namespace naru::server
