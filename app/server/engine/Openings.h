// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Waitlist.h"
#include "server/engine/Views.h"

#include <map>
#include <set>

// Openings with a draw: who asks while registration runs is queued with a lot; at the opening those present get ranks by lot,
// everybody later one rank higher, and the queue is decided in that order. Whether somebody asked in time is said by the moment
// the request reached an intake, not by the one it was read at. Every step is a transaction of its own and changes a limited
// number of tickets, so that a node that dies in between leaves nothing half done and nobody waits for a large draw. Reads on any
// connection; changes on the writer thread.
namespace naru::server {

std::optional<Opening> readOpening(Connection& db, const OpeningId& id, const ViewFor& who, Instant now);
Page<Opening> listOpenings(Connection& db, const ViewFor& who, const OpeningQuery& query, Instant now);

// `seed`: 32 random bytes; told to nobody before the draw. Throws ProblemError.
OpeningId planOpening(Txn& txn, const NewOpening& wish, const QByteArray& seed);
// Before the draw only. Who had registered is told so: the tickets expire with the reason, the first 256 at once, the others by
// workOpenings; `undecided` says how many are left.
void cancelOpening(Txn& txn, const OpeningId& id, const QString& reason);

struct DrawTerms {
    std::optional<Instant> oldestWaiting; // of the requests in this node's intake: a draw waits for those that came in time
    Millis settle{0}; // after the opening, for the intakes of other nodes
};
// The next piece of what is due: lots, ranks, the end of a queue that is decided, tickets of a cancelled opening. Of one opening at a
// time, and none that another node works on. True: there may be more at once.
bool workOpenings(Txn& txn, const DrawTerms& terms = {});

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
        std::optional<Instant> dueAt; // decided from then on; none: when ranked
        QByteArray seed; // of Queue
        bool inDraw = false; // takes part by its lot
        bool straggler = false; // asked in time, read after the draw
        Instant giveUpAt{};
        std::size_t item = 0; // whose opening it is, by its place in the request
    };
    // `arrivedAt`: when the request reached the intake. Remembers whom it queued.
    Verdict ask(const CustomerId& customer, const std::vector<ItemId>& items, Instant arrivedAt, Instant now);

private:
    struct Live {
        OpeningId id;
        bool drawn = false;
        bool ranked = false;
        Instant registersFrom{};
        Instant opensAt{};
        std::int64_t lateRank = 0;
        QByteArray seed;
    };
    std::map<ItemId, Live> m_live;
    std::set<std::pair<OpeningId, CustomerId>> m_registered;
};

} // namespace naru::server
