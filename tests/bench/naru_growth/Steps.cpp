// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Steps.h"

#include "bench/naru_bench/World.h"
#include "bench/naru_growth/Bench.h"
#include "bench/naru_growth/Fill.h"
#include "server/engine/Cancellations.h"
#include "server/engine/Lifecycle.h"
#include "server/events/EventHub.h"
#include "server/tools/Node.h"

#include <QFileInfo>
#include <cstdio>
#include <stdexcept>
#include <unistd.h>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

server::Config configOf(const QString& file)
{
    const QString folder = QFileInfo(file).path();
    return storeConfig(folder, file, folder);
}

EngineOptions roomy()
{
    EngineOptions o;
    o.intakeLimit = 10'000'000;
    return o;
}

void booking(const Step& s, int lines, std::size_t spread = Bench::kSpread)
{
    Bench bench(s.file, spread);
    ReservationEngine engine(bench.writer, bench.clock, roomy());
    bench.book(engine, s.ops, TicketGoal::Confirm, lines);
}

// The rest of the queue is left as it is: taking it down would cost instructions too.
void deepQueue(const Step& s)
{
    Bench bench(s.file);
    ReservationEngine engine(bench.writer, bench.clock, roomy());
    for (int i = 0; i < 1024 + s.param; ++i)
        engine.submit(bench.ticket(i, TicketGoal::Confirm, 1));
    while (bench.granted < s.ops)
        bench.writer.step(); // at most 256 each
    _exit(0);
}

void withConsoles(const Step& s)
{
    Bench bench(s.file);
    ReservationEngine engine(bench.writer, bench.clock, roomy());
    EventHub hub(bench.clock, 8 * 1024 * 1024);
    const QString trouble = hub.start([&s] { return openedStore(s.file, SqliteConnection::Mode::Reader); });
    if (!trouble.isEmpty())
        throw std::runtime_error(trouble.toStdString());
    std::vector<std::shared_ptr<StreamBody>> streams;
    for (int i = 0; i < s.param; ++i) {
        Request r;
        r.principal = Principal{};
        r.principal->userId = *bench.actor().userId;
        streams.push_back(hub.open(r).stream);
        streams.back()->attach([] {});
    }
    std::int64_t newest = 1'000'000'000;
    bench.book(engine, s.ops, TicketGoal::Confirm, 1, [&] { hub.committed(++newest); });
    _exit(0); // the streams' end is not what is measured
}

// 2,048 of them, the oldest and the newest among them, without reading the others.
std::vector<ReservationId> spreadReservations(Connection& db)
{
    constexpr std::int64_t kWanted = 2048;
    std::vector<ReservationId> out;
    const std::int64_t all = db.one(u"SELECT MAX(rowid) FROM reservation"_s)->integer(0);
    if (all < kWanted)
        throw std::runtime_error("too few reservations to cancel");
    for (std::int64_t i = 0; i < kWanted; ++i) {
        const std::int64_t pick = (i * 1031) % kWanted; // each once, in no order
        if (const auto row = db.one(u"SELECT id FROM reservation WHERE rowid = ? AND status = 'confirmed'"_s, {1 + pick * (all - 1) / (kWanted - 1)}))
            out.push_back(row->id<ReservationId>(0));
    }
    return out;
}

void cancelling(const Step& s)
{
    Bench bench(s.file);
    Cancellations cancellations(bench.writer, 1'000'000);
    const std::vector<ReservationId> all = spreadReservations(bench.db());
    for (int n = 0; n < s.ops;) {
        for (int i = 0; i < Bench::kBatch && n < s.ops; ++i, ++n) {
            CancelAsk ask;
            ask.actor = bench.actor();
            ask.actor.requestId = u"growth-%1"_s.arg(n);
            ask.id = all.at(static_cast<std::size_t>(n));
            ask.body.reason = u"changed plans"_s;
            ask.answer = [&bench](const Response& r, std::exception_ptr error) {
                if (!error && r.status < 300)
                    ++bench.granted;
            };
            cancellations.submit(std::move(ask));
        }
        bench.writer.step();
        bench.clock.advance(Millis(1));
    }
    bench.expect(s.ops);
    _exit(0);
}

void expiring(const Step& s)
{
    Bench bench(s.file);
    bench.clock.advance(Millis(20 * 60'000)); // past every deadline
    int ended = 0;
    while (ended < s.ops) {
        int now = 0;
        Actor system;
        system.role = u"system"_s;
        system.requestId = u"sweep-%1"_s.arg(ended);
        bench.writer.submit(system, [&now](Txn& txn) { now = expireDueHolds(txn, Bench::kBatch); }, [](std::exception_ptr error) {
            if (error)
                std::rethrow_exception(error);
        });
        bench.writer.step();
        bench.clock.advance(Millis(1));
        if (now == 0)
            throw std::runtime_error("there are not enough holds to end");
        ended += now;
    }
    _exit(0);
}

void starting(const Step& s)
{
    const auto node = startNode(configOf(s.file));
    _exit(0); // its end is not what is measured
}

void abandoning(const Step& s)
{
    Bench bench(s.file);
    ReservationEngine engine(bench.writer, bench.clock, roomy());
    bench.db().query(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    int made = 0;
    while (QFileInfo(s.file + u"-wal"_s).size() < s.param) {
        for (int i = 0; i < Bench::kBatch; ++i, ++made)
            engine.submit(bench.ticket(made, TicketGoal::Confirm, 1));
        bench.writer.step();
    }
    bench.expect(made);
    _exit(0);
}

struct Named {
    const char* name;
    void (*run)(const Step&);
};
const Named kSteps[] = {
    {"book", [](const Step& s) { booking(s, 1, s.param > 0 ? static_cast<std::size_t>(s.param) : Bench::kSpread); }},
    {"lines", [](const Step& s) { booking(s, s.param); }},
    {"depth", &deepQueue},
    {"consoles", &withConsoles},
    {"cancel", &cancelling},
    {"expire", &expiring},
    {"abandon", &abandoning},
    {"start", &starting},
    {"nothing", [](const Step&) { _exit(0); }},
    {"world", [](const Step& s) { makeWorld(configOf(s.file), s.param); }},
    {"fill", [](const Step& s) { fillStore(s.file, s.param, s.ops); }},
    {"settle", [](const Step& s) { openedStore(s.file, SqliteConnection::Mode::Writer)->query(u"PRAGMA wal_checkpoint(TRUNCATE)"_s); }},
};

} // namespace

int runStep(const Step& step)
{
    for (const Named& n : kSteps) {
        if (step.name != QLatin1StringView(n.name))
            continue;
        try {
            n.run(step);
            return 0;
        } catch (const std::exception& e) {
            std::fprintf(stderr, "naru-growth %s: %s\n", n.name, e.what());
            return 1;
        }
    }
    std::fprintf(stderr, "naru-growth: there is no step %s\n", qPrintable(step.name));
    return 2;
}

} // namespace naru::bench
