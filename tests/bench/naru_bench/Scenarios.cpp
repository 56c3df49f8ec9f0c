// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Scenarios.h"

#include "bench/naru_bench/Scripts.h"

#include <atomic>
#include <csignal>
#include <ctime>
#include <thread>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kConnections = 512; // of an open loop: more requests than these under way wait, and that counts

void pause(std::int64_t ns)
{
    timespec t{static_cast<time_t>(ns / 1'000'000'000), static_cast<long>(ns % 1'000'000'000)};
    clock_nanosleep(CLOCK_MONOTONIC, 0, &t, nullptr);
}

std::int64_t wallMs()
{
    timespec t{};
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1'000'000;
}

// Stops a process for 200 ms of each second while it lives.
class Stalls {
public:
    explicit Stalls(pid_t pid) : m_thread([this, pid] {
        while (!m_over) {
            pause(800'000'000);
            ::kill(pid, SIGSTOP);
            pause(200'000'000);
            ::kill(pid, SIGCONT);
        }
    })
    {
    }
    ~Stalls()
    {
        m_over = true;
        m_thread.join();
    }

private:
    std::atomic<bool> m_over{false};
    std::thread m_thread;
};

Trial::Plan unwarmed(double seconds)
{
    Trial::Plan p;
    p.warmUp = false;
    p.seconds = seconds;
    return p;
}

// One open loop on nodes that run already.
Measured openOn(Lab& lab, Lab::Store store, Lab::Nodes& nodes, Script& script, const std::vector<std::int64_t>& moments, double seconds, const QString& side)
{
    Trial trial(unwarmed(seconds));
    CpuWindow cpu(nodes.pids(), store == Lab::Store::Postgres ? static_cast<pid_t>(lab.pg().pid()) : 0);
    trial.onBegin = [&] { cpu.begin(); };
    trial.onEnd = [&] { cpu.end(); };
    HttpFleet(nodes.endpoints, kConnections, script).open(trial, moments);
    return lab.finish(side, {kConnections, 1}, trial, cpu);
}

// Nothing measured: fills caches on both sides.
void warm(Lab& lab, Lab::Nodes& nodes, const std::vector<std::string>& items, const std::vector<std::string>& customers, double seconds)
{
    TicketScript script(items, customers, "confirm", lab.seed());
    Trial trial(unwarmed(seconds));
    HttpFleet(nodes.endpoints, 16, script).closed(trial);
}

std::vector<std::string> hot(const World& w)
{
    return {w.items.front()};
}

} // namespace

Honesty proveGenerator(Lab& lab, double seconds)
{
    const World& w = lab.world(Lab::Store::Sqlite);
    const auto items = hot(w);
    Lab::Nodes nodes = lab.startNodes(Lab::Store::Sqlite, 1);
    warm(lab, nodes, items, w.customers, 0.5);
    TicketScript script(items, w.customers, "confirm", lab.seed());
    Honesty out;
    {
        const Stalls stalls(nodes.pids().front());
        const Measured m = openOn(lab, Lab::Store::Sqlite, nodes, script, constantMoments(300, seconds), seconds + 1, u"stopped"_s);
        out.latency = m.latency;
        out.lateness = m.lateness;
        out.driverShare = m.driverShare;
    }
    lab.stopNodes(nodes);
    return out;
}

OpenRun openLoop(Lab& lab, Lab::Store store, double perSecond, double seconds)
{
    const World& w = lab.world(store);
    const auto items = hot(w);
    Lab::Nodes nodes = lab.startNodes(store, 1);
    warm(lab, nodes, items, w.customers, 1);
    TicketScript script(items, w.customers, "confirm", lab.seed());
    OpenRun run;
    run.perSecond = perSecond;
    run.measured = openOn(lab, store, nodes, script, poissonMoments(perSecond, seconds, lab.seed()), seconds + 1, store == Lab::Store::Postgres ? u"PostgreSQL"_s : u"SQLite"_s);
    run.side = run.measured.side;
    lab.stopNodes(nodes);
    return run;
}

Release releaseAtOnce(Lab& lab, int holds, double perSecond, double seconds)
{
    const auto store = Lab::Store::Postgres;
    const World& w = lab.world(store);
    const auto items = hot(w);
    Lab::Nodes nodes = lab.startNodes(store, 1);
    warm(lab, nodes, items, w.customers, 0.5);
    Release out;
    {
        TicketScript holding(items, w.customers, "hold", lab.seed());
        Trial::Plan p = unwarmed(120);
        p.atMost = static_cast<std::uint64_t>(holds);
        Trial trial(p);
        HttpFleet(nodes.endpoints, 256, holding).closed(trial);
        out.holds = static_cast<int>(trial.granted());
    }
    TicketScript script(items, w.customers, "confirm", lab.seed());
    const auto ask = [&](const QString& side) {
        return openOn(lab, store, nodes, script, poissonMoments(perSecond, seconds, lab.seed()), seconds + 1, side);
    };
    out.before = ask(u"without"_s);
    // All due at one moment, a second after the reservations begin.
    const std::int64_t due = wallMs() + 1000;
    lab.books().query("UPDATE hold SET expires_at = $1 WHERE status = 'active'", {std::to_string(due)});
    std::atomic<std::int64_t> freeAt{0};
    std::thread watcher([&] {
        PgSession db(lab.pg().conninfo(u"naru"_s));
        for (const std::int64_t last = wallMs() + 120'000; freeAt == 0 && wallMs() < last; pause(20'000'000))
            if (db.number("SELECT held FROM inventory_item WHERE id = $1", {items.front()}) == 0)
                freeAt = wallMs();
    });
    out.during = ask(u"during the release"_s);
    watcher.join();
    out.releaseSeconds = freeAt == 0 ? -1 : static_cast<double>(freeAt - due) / 1000;
    lab.stopNodes(nodes);
    for (const Measured* m : {&out.before, &out.during})
        out.trouble += m->trouble;
    if (freeAt == 0)
        out.trouble += u" the holds were not all released within two minutes"_s;
    return out;
}

Group cancellations(Lab& lab, int pairs)
{
    const auto textbook = [&lab] { return lab.textbook(Textbook::Kind::Cancel, {64, 1}, 64); };
    const auto ours = [&lab] { return lab.cancelling(Lab::Store::Postgres, {64, 1}); };
    return {u"cancel"_s, u"Cancellations on one hot inventory, 64 callers"_s, pairs, {{u"textbook cancels/64"_s, textbook}, {u"pg cancels/64"_s, ours}}};
}

Scarce scarce(Lab& lab, Lab::Store store, int contenders, double perSecond)
{
    const World& w = lab.world(store);
    const std::vector<std::string> items{w.scarce};
    const auto others = hot(w);
    Lab::Nodes nodes = lab.startNodes(store, 1);
    warm(lab, nodes, others, w.customers, 1);
    TicketScript script(items, w.customers, "confirm", lab.seed());
    const double seconds = contenders / perSecond;
    auto moments = constantMoments(perSecond, seconds * 1.01 + 0.1);
    moments.resize(static_cast<std::size_t>(contenders));
    Scarce out{contenders, perSecond, openOn(lab, store, nodes, script, moments, seconds + 5, u"scarce"_s)};
    lab.stopNodes(nodes);
    return out;
}

} // namespace naru::bench
