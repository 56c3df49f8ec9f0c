// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Steps.h"

#include "bench/naru_bench/World.h"
#include "server/engine/Cancellations.h"
#include "server/engine/Lifecycle.h"
#include "server/engine/ReservationEngine.h"
#include "server/events/EventHub.h"
#include "server/store/SqliteConnection.h"
#include "server/tools/Node.h"
#include "support/FakeClock.h"
#include "unit/server/engine/StepWriter.h"

#include <QFileInfo>
#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <unistd.h>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

constexpr int kBatch = 64;
constexpr std::size_t kSpread = 64; // inventories that are booked

std::unique_ptr<SqliteConnection> opened(const QString& file, SqliteConnection::Mode mode)
{
    auto db = SqliteConnection::open(file, mode);
    if (!db)
        throw std::runtime_error(db.error().detail.toStdString());
    return std::move(*db);
}

// The store, the engine and who asks it, on this thread.
class Bench {
public:
    explicit Bench(const QString& file)
        : m_db(opened(file, SqliteConnection::Mode::Writer)), m_rng(static_cast<std::uint64_t>(QFileInfo(file).size()) ^ 0x5EED), writer(*m_db, clock, m_rng)
    {
        clock.advance(Millis(toUnixMs(systemClock().now()) - test::FakeClock::kStart));
        const Rows items = m_db->query(u"SELECT id FROM inventory_item WHERE kind = 'capacity' AND on_hand > 1000000 ORDER BY id"_s);
        for (std::size_t i = 0; i < kSpread; ++i)
            m_items.push_back(items.at(i * items.size() / kSpread).id<ItemId>(0));
        for (const Row& row : m_db->query(u"SELECT id FROM customer ORDER BY id LIMIT 500"_s))
            m_customers.push_back(row.id<CustomerId>(0));
        m_actor.userId = m_db->one(u"SELECT id FROM user_account WHERE login = 'store1'"_s)->id<UserId>(0);
        m_actor.role = u"channel"_s;
        m_actor.letter = 'C';
        m_run = m_db->one(u"SELECT COUNT(*) FROM ticket"_s)->integer(0);
    }

    SqliteConnection& db() { return *m_db; }
    const Actor& actor() const { return m_actor; }

    TicketRequest ticket(int n, TicketGoal goal, int lines)
    {
        TicketRequest r;
        r.actor = m_actor;
        r.requestKey = m_actor.userId->toString() + u':' + QString::number(m_run) + u'-' + QString::number(n).rightJustified(9, u'0');
        r.requestHash = u"0123456789abcdef0123456789abcdef0123456789a"_s;
        r.body.customerId = m_customers[static_cast<std::size_t>(n) % m_customers.size()];
        r.body.goal = goal;
        for (int i = 0; i < lines; ++i)
            r.body.lines.push_back({m_items[static_cast<std::size_t>(n + i) % kSpread], 1});
        r.answer = [this](TicketAnswer a) {
            if (a.ticket && (a.ticket->status == TicketStatus::Confirmed || a.ticket->status == TicketStatus::Held))
                ++granted;
        };
        return r;
    }
    void book(ReservationEngine& engine, int ops, TicketGoal goal, int lines, const std::function<void()>& afterBatch = {})
    {
        for (int n = 0; n < ops;) {
            for (int i = 0; i < kBatch && n < ops; ++i, ++n)
                if (!engine.submit(ticket(n, goal, lines)))
                    throw std::runtime_error("the intake is full");
            writer.step();
            if (afterBatch)
                afterBatch();
        }
        expect(ops);
    }
    void expect(int ops) const
    {
        if (granted != ops)
            throw std::runtime_error(std::to_string(granted) + " granted of " + std::to_string(ops));
    }

private:
    std::unique_ptr<SqliteConnection> m_db;
    test::FakeRng m_rng;
    std::vector<ItemId> m_items;
    std::vector<CustomerId> m_customers;
    Actor m_actor;
    std::int64_t m_run = 0;

public:
    test::FakeClock clock;
    test::StepWriter writer;
    int granted = 0;
};

EngineOptions roomy()
{
    EngineOptions o;
    o.intakeLimit = 10'000'000;
    return o;
}

void booking(const Step& s, TicketGoal goal, int lines)
{
    Bench bench(s.file);
    ReservationEngine engine(bench.writer, bench.clock, roomy());
    bench.book(engine, s.ops, goal, lines);
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
    const QString trouble = hub.start([&s] { return opened(s.file, SqliteConnection::Mode::Reader); });
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

void cancelling(const Step& s)
{
    Bench bench(s.file);
    Cancellations cancellations(bench.writer, 1'000'000);
    const Rows all = bench.db().query(u"SELECT id FROM reservation WHERE status = 'confirmed' ORDER BY id"_s);
    if (all.size() < 2048)
        throw std::runtime_error("too few reservations to cancel");
    for (int n = 0; n < s.ops;) {
        for (int i = 0; i < kBatch && n < s.ops; ++i, ++n) {
            CancelAsk ask;
            ask.actor = bench.actor();
            ask.actor.requestId = u"growth-%1"_s.arg(n);
            ask.id = all.at(static_cast<std::size_t>(n) * all.size() / 2048).id<ReservationId>(0); // spread alike for every `ops`
            ask.body.reason = u"changed plans"_s;
            ask.answer = [&bench](const Response& r, std::exception_ptr error) {
                if (!error && r.status < 300)
                    ++bench.granted;
            };
            cancellations.submit(std::move(ask));
        }
        bench.writer.step();
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
        bench.writer.submit(system, [&now](Txn& txn) { now = expireDueHolds(txn, kBatch); }, [](std::exception_ptr error) {
            if (error)
                std::rethrow_exception(error);
        });
        bench.writer.step();
        if (now == 0)
            throw std::runtime_error("there are not enough holds to end");
        ended += now;
    }
}

void starting(const Step& s)
{
    startNode(storeConfig(QFileInfo(s.file).path(), s.file))->stop();
}

struct Named {
    const char* name;
    void (*run)(const Step&);
};
const Named kSteps[] = {
    {"book", [](const Step& s) { booking(s, TicketGoal::Confirm, 1); }},
    {"lines", [](const Step& s) { booking(s, TicketGoal::Confirm, s.param); }},
    {"hold", [](const Step& s) { booking(s, TicketGoal::Hold, 1); }},
    {"depth", &deepQueue},
    {"consoles", &withConsoles},
    {"cancel", &cancelling},
    {"expire", &expiring},
    {"abandon", [](const Step& s) {
        Bench bench(s.file);
        ReservationEngine engine(bench.writer, bench.clock, roomy());
        bench.book(engine, s.ops, TicketGoal::Confirm, 1);
        _exit(0);
    }},
    {"start", &starting},
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

QStringList stepNames()
{
    QStringList out;
    for (const Named& n : kSteps)
        out << QString::fromLatin1(n.name);
    return out;
}

} // namespace naru::bench
