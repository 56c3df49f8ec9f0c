// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"
#include "server/domain/View.h"
#include "server/tools/SeedData.h"

#include <functional>
#include <map>

// What the parts of the seed share while the demo market is made. One thread, one transaction.
namespace naru::server::seed {

// Numbers that depend on the seed alone.
class SeedRng final : public Rng {
public:
    explicit SeedRng(std::uint64_t seed) : m_state(seed * 0x9E3779B97F4A7C15ull + 0x1234567ull) {}
    std::uint64_t next64() override
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    void fill(unsigned char* out, std::size_t size) override
    {
        for (std::size_t i = 0; i < size; ++i)
            out[i] = static_cast<unsigned char>(next64() >> 56);
    }
    int below(int n) { return static_cast<int>(next64() % static_cast<std::uint64_t>(n)); }
    int between(int low, int high) { return low + below(high - low + 1); }
    bool chance(int percent) { return below(100) < percent; }
    Millis minutes(int low, int high) { return Millis(std::int64_t(between(low * 60, high * 60)) * 1000 + below(1000)); }
    template <class T> const T& pick(const std::vector<T>& from) { return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))]; }

private:
    std::uint64_t m_state;
};

struct SeedVendor {
    QString code;
    VendorId id;
    UserId manager;
};
// A variant on sale.
struct SeedGood {
    VariantId variant;
    VendorId vendor;
    ItemId item;
    int weight = 1; // how often it is bought
};
struct SeedSlot {
    ItemId item;
    VendorId vendor;
    Instant startsAt{};
    int capacity = 0;
    int popularity = 0;
    bool stay = false;
    std::size_t nextDay = 0; // index of the next day's slot of the same stay, 0: none
};

struct World {
    Connection& db;
    Journal journal;
    SeedRng rng;
    Instant now{};
    std::int64_t requests = 0;
    int percent = 100; // of the usual orders and reservations

    std::map<QString, SeedVendor> vendors; // by code
    std::map<VendorId, UserId> managers;
    UserId staff;
    UserId support;
    std::vector<UserId> channels;
    std::vector<CustomerId> customers;
    std::vector<ProductId> products;
    std::vector<SeedGood> goods;
    std::vector<SeedSlot> slots;

    World(Connection& connection, std::uint64_t seed, Instant at) : db(connection), journal(connection), rng(seed), now(at) {}

    // A transaction of that moment; each has a request of its own.
    Txn at(Instant moment, Actor actor)
    {
        actor.requestId = QStringLiteral("seed-%1").arg(++requests);
        return Txn(journal, moment, rng, std::move(actor));
    }
    // Before a piece that may be taken back: what the journal collects must not grow with the market.
    Journal::Mark settle()
    {
        if (requests - m_settled > 500) {
            journal.seal();
            m_settled = requests;
        }
        return journal.mark();
    }
    Actor person(UserId user, const char* role, char letter) const
    {
        Actor a;
        a.userId = user;
        a.role = QString::fromLatin1(role);
        a.letter = letter;
        return a;
    }
    Actor operatorStaff() const { return person(staff, "staff", 'O'); }
    Actor supportAgent() const { return person(support, "support_agent", 'U'); }
    Actor channel() { return person(rng.pick(channels), "channel", 'C'); }
    Actor manager(const VendorId& vendor) const
    {
        Actor a = person(managers.at(vendor), "vendor_manager", 'V');
        a.vendorId = vendor;
        return a;
    }
    Actor system() const
    {
        Actor a;
        a.role = QStringLiteral("system");
        return a;
    }

private:
    std::int64_t m_settled = 0; // requests
};

// What happens, in the order of its time; things that happen may add later things.
class Timeline {
public:
    using Event = std::function<void(Instant)>;
    void add(Instant at, Event event) { m_events.emplace(at, std::move(event)); }
    void runUntil(Instant end)
    {
        while (!m_events.empty() && m_events.begin()->first <= end) {
            auto node = m_events.extract(m_events.begin());
            node.mapped()(node.key());
        }
    }

private:
    std::multimap<Instant, Event> m_events;
};

void makeParties(World& world); // accounts, vendors, customers
void makeCatalogue(World& world); // products, prices, stock
void makeSlots(World& world); // past fortnight and the next 60 days
void planOrders(World& world, Timeline& timeline); // a month of orders, the last hour busy
void makePolicies(World& world); // of cancellation; before the products
void choosePolicies(World& world);
void planVisits(World& world, Timeline& timeline); // check-in, no-shows, close-outs; some wishes to cancel that wait
void planWaitlists(World& world, Timeline& timeline); // parties that wait, an offer, an opening with a draw
void planReservations(World& world, Timeline& timeline); // tickets on uneven demand, holds still open at the end

// A piece of the story that may be refused (sold out): then it leaves nothing, as in the running server.
template <class Piece> bool attempt(World& w, Piece piece)
{
    const Journal::Mark mark = w.settle();
    w.db.savepoint("seed_piece");
    try {
        piece();
        w.journal.writePending();
        w.db.release("seed_piece");
        return true;
    } catch (const ProblemError&) {
        w.journal.rollBack(mark);
        w.db.rollbackTo("seed_piece");
        return false;
    }
}

} // namespace naru::server::seed
