// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/Simulate.h"

#include "server/tools/SimulateActor.h"

#include <QUrl>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <thread>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kReportEvery{10'000};
constexpr Millis kStartAgain{1'000}; // this far behind, the lost time is given up instead of caught up

std::optional<Client::Options> optionsOf(const SimulateOptions& options)
{
    const QUrl url(options.url, QUrl::StrictMode);
    const bool tls = url.scheme() == u"https";
    if (!url.isValid() || url.host().isEmpty() || (!tls && url.scheme() != u"http"))
        return std::nullopt;
    Client::Options out;
    out.host = url.host().toStdString();
    out.port = url.port(tls ? 443 : 80);
    out.tls = tls;
    out.caFile = options.caFile.toStdString();
    out.key = std::make_shared<proof::CallerKey>(); // one device for all its accounts
    return out;
}

// One thread with a connection of its own.
struct Hand {
    Hand(const Client::Options& client, SimulateRun& run, SimulateWorld& world, std::size_t number, std::uint64_t seed)
        : caller(client, run), actor(world, caller, number, seed)
    {
    }
    SimulateCaller caller;
    SimulateActor actor;
    std::thread thread;

    void work(SimulateRun& run, double rate)
    {
        Millis next = run.clock.steady();
        while (!run.over()) {
            next += actor.gap(rate);
            const Millis now = run.clock.steady();
            if (next > now)
                run.pause(next - now);
            else if (now - next > kStartAgain)
                next = now;
            // A refusal changes nothing: the next one tries at once, so that the rate is one of changes.
            for (int i = 0; i < 4 && !run.over() && !actor.act(); ++i) { }
        }
    }
};

std::int64_t percentile(std::vector<std::int64_t>& sorted, double p)
{
    return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1))];
}

void report(SimulateRun& run, const SimulateWorld& world, Millis since, Millis passed, std::ostream& out)
{
    const int changes = run.changes.exchange(0);
    const int refusals = run.refusals.exchange(0);
    const int failures = run.failures.exchange(0);
    std::vector<std::int64_t> times = run.takeDurations();
    std::sort(times.begin(), times.end());
    const auto seconds = since.count() / 1000;
    const QString line = u"%1:%2  %3 changes/s  %4 refused  %5 failed  p50 %6 ms  p95 %7 ms  %8 waiting%9"_s.arg(seconds / 60, 2, 10, QLatin1Char('0'))
                             .arg(seconds % 60, 2, 10, QLatin1Char('0'))
                             .arg(changes * 1000.0 / static_cast<double>(std::max<std::int64_t>(1, passed.count())), 0, 'f', 1)
                             .arg(refusals)
                             .arg(failures)
                             .arg(percentile(times, 0.5))
                             .arg(percentile(times, 0.95))
                             .arg(world.waiting())
                             .arg(run.away ? u"  (the server does not answer)"_s : QString());
    out << line.toStdString() << std::endl;
}

// Sign-in and lists, while the main thread watches for the end.
QString loadWorld(SimulateWorld& world, SimulateRun& run, const Client::Options& client)
{
    SimulateCaller caller(client, run);
    QString why;
    std::atomic<bool> done{false};
    std::thread thread([&] {
        why = world.load(caller);
        done = true;
    });
    while (!done && !run.over())
        run.pause(Millis{20});
    if (!done)
        caller.abort();
    thread.join();
    return why;
}

} // namespace

int runSimulate(const SimulateOptions& options, const Clock& clock, const std::atomic<bool>& stop, std::ostream& out)
{
    const auto client = optionsOf(options);
    if (!client) {
        out << "'" << options.url.toStdString() << "' is no address of a server; write http://127.0.0.1:7420" << std::endl;
        return 2;
    }
    SimulateRun run(clock, stop);
    SimulateWorld world(options, run);
    if (const QString why = loadWorld(world, run, *client); !why.isEmpty()) {
        out << why.toStdString() << std::endl;
        return 1;
    }
    if (run.over())
        return 0;
    run.changes = 0;
    out << "simulating at " << options.rate << " changes/s: " << world.offers().size() << " offers, " << world.slots().size() << " slots, "
        << world.customers().size() << " customers, " << world.vendorCount() << " vendors" << std::endl;

    const auto count = static_cast<std::size_t>(std::clamp(static_cast<int>(std::ceil(options.rate / 10)), 2, 32));
    std::vector<std::unique_ptr<Hand>> hands;
    for (std::size_t i = 0; i < count; ++i) {
        hands.push_back(std::make_unique<Hand>(*client, run, world, i, options.seed * 1000 + i));
        hands.back()->thread = std::thread([&run, hand = hands.back().get(), rate = options.rate / static_cast<double>(count)] { hand->work(run, rate); });
    }
    const Millis start = clock.steady();
    Millis lastReport = start;
    while (!run.over()) {
        run.pause(Millis{50});
        const Millis now = clock.steady();
        if (options.seconds > 0 && now - start >= Millis{std::int64_t(options.seconds) * 1000})
            run.finished = true;
        if (now - lastReport >= kReportEvery || (run.over() && now - lastReport > Millis{1000})) {
            report(run, world, now - start, now - lastReport, out);
            lastReport = now;
        }
    }
    for (const auto& hand : hands)
        hand->caller.abort();
    for (const auto& hand : hands)
        hand->thread.join();
    const std::string refused = run.refusalsText().toStdString();
    out << "simulation ended" << (refused.empty() ? std::string() : "; refused: " + refused) << std::endl;
    return 0;
}

} // namespace naru::server
