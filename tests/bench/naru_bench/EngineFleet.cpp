// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/EngineFleet.h"

#include "core/Clock.h"
#include "server/api/Http.h"
#include "server/api/Server.h"
#include "server/engine/ReservationEngine.h"
#include "server/tools/Node.h"

#include <condition_variable>
#include <mutex>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

struct Decided {
    std::size_t node = 0;
    std::int64_t intended = 0;
    std::int64_t at = 0;
    Verdict verdict = Verdict::Failed;
    std::string why;
};

// Between the thread that answers and the driver.
class Mailbox {
public:
    void put(Decided d)
    {
        const std::lock_guard guard(m_lock);
        m_box.push_back(std::move(d));
        if (m_box.size() == 1)
            m_changed.notify_one();
    }
    std::vector<Decided> take()
    {
        std::unique_lock guard(m_lock);
        m_changed.wait_for(guard, std::chrono::seconds(20), [this] { return !m_box.empty(); });
        return std::exchange(m_box, {});
    }

private:
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::vector<Decided> m_box;
};

std::string reason(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const ProblemError& e) {
        return e.problem.code.toStdString();
    } catch (const std::exception& e) {
        return e.what();
    }
}

class Asker {
public:
    Asker(const std::vector<std::unique_ptr<Node>>& nodes, const World& world, int items, Mailbox& box) : m_box(box)
    {
        for (const auto& node : nodes)
            m_engines.push_back(&node->server().engine);
        m_actor.userId = UserId::parse(QString::fromStdString(world.channel)).value_or(UserId{});
        m_actor.role = u"channel"_s;
        m_actor.letter = 'C';
        for (int i = 0; i < items; ++i)
            m_items.push_back(ItemId::parse(QString::fromStdString(world.items[static_cast<std::size_t>(i)])).value_or(ItemId{}));
        for (const std::string& c : world.customers)
            m_customers.push_back(CustomerId::parse(QString::fromStdString(c)).value_or(CustomerId{}));
        m_keyHead = QString::fromStdString(world.channel) + u':' + QString::number(systemRng().next64(), 16) + u'-';
    }
    bool ask(std::size_t node, std::int64_t intended)
    {
        TicketRequest r;
        r.actor = m_actor;
        r.requestKey = m_keyHead + QString::number(m_next);
        r.requestHash = u"0123456789abcdef0123456789abcdef0123456789a"_s;
        m_chance = m_chance * 6364136223846793005ULL + 1442695040888963407ULL;
        r.body.customerId = m_customers[m_next % m_customers.size()];
        r.body.goal = TicketGoal::Confirm;
        r.body.lines.push_back({m_items[m_items.size() == 1 ? 0 : (m_chance >> 33) % m_items.size()], 1});
        ++m_next;
        r.answer = [this, node, intended](TicketAnswer a) {
            Decided d{node, intended, nowNs(), Verdict::Failed, {}};
            if (a.error)
                d.why = reason(a.error);
            else
                d.verdict = a.ticket->status == TicketStatus::Confirmed ? Verdict::Granted : Verdict::Refused;
            m_box.put(std::move(d));
        };
        return m_engines[node]->submit(std::move(r));
    }

private:
    std::vector<ReservationEngine*> m_engines;
    Mailbox& m_box;
    Actor m_actor;
    std::vector<ItemId> m_items;
    std::vector<CustomerId> m_customers;
    QString m_keyHead;
    std::uint64_t m_next = 0;
    std::uint64_t m_chance = 12345;
};

} // namespace

void callEngine(const std::vector<std::unique_ptr<Node>>& nodes, const World& world, int items, int callers, Trial& trial)
{
    Mailbox box;
    Asker asker(nodes, world, items, box);
    int open = 0;
    const auto ask = [&](std::size_t node) {
        if (const std::int64_t now = nowNs(); trial.mayStart(now)) {
            if (asker.ask(node, now))
                ++open;
            else
                trial.ended(now, nowNs(), Verdict::Failed);
        }
    };
    for (int i = 0; i < callers; ++i)
        ask(static_cast<std::size_t>(i) % nodes.size());
    while (open > 0) {
        const std::vector<Decided> decided = box.take();
        if (decided.empty())
            throw std::runtime_error("the engine does not answer");
        for (const Decided& d : decided) {
            --open;
            if (!d.why.empty())
                trial.failedWith(d.why);
            trial.ended(d.intended, d.at, d.verdict);
            ask(d.node);
        }
    }
    trial.close(nowNs());
}

} // namespace naru::bench
