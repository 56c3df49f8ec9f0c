// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Fill.h"

#include "bench/naru_growth/Bench.h"
#include "bench/naru_growth/RowCopies.h"
#include "server/engine/Views.h"
#include "server/store/Journal.h"

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

constexpr int kSlice = 51'200; // whole batches
constexpr int kTemplates = static_cast<int>(Bench::kSpread);

void makeTemplates(const QString& file, TicketGoal goal)
{
    Bench bench(file);
    ReservationEngine engine(bench.writer, bench.clock);
    bench.book(engine, kTemplates, goal, 1);
}

class Filling {
public:
    Filling(const QString& file, Booking what) : m_what(what), m_db(openedStore(file, SqliteConnection::Mode::Writer)), m_journal(*m_db), m_rng(0xF111 + static_cast<std::uint64_t>(what)) // of each kind others
    {
        // Nobody needs this file if the power goes now.
        for (const QString& pragma : {u"PRAGMA journal_mode=OFF"_s, u"PRAGMA synchronous=OFF"_s, u"PRAGMA foreign_keys=OFF"_s, u"PRAGMA cache_size=-1500000"_s, u"PRAGMA temp_store=MEMORY"_s})
            m_db->query(pragma);
        m_db->begin(Connection::Access::Write);
        readTemplates(*m_db, m_what, kTemplates);
        for (const Row& row : m_db->query(u"SELECT id, display_name FROM customer ORDER BY id"_s))
            m_customers.push_back({row.text(0), row.text(1)});
        m_at = m_db->one(u"SELECT MAX(at) FROM journal"_s)->instant(0);
    }

    void run(int copies)
    {
        for (int done = 0; done < copies; done += kSlice)
            slice(done, std::min(copies, done + kSlice));
        moveCounters(*m_db, m_what, copies, kTemplates);
        m_db->commit();
        m_db->query(u"PRAGMA journal_mode=WAL"_s);
    }

private:
    void slice(int from, int until)
    {
        m_journal.begin();
        const std::int64_t queue = m_journal.takeQueueNumbers(until - from);
        m_db->exec(u"DELETE FROM temp.fill"_s);
        RowBlock block{"fill",
            {{"n", RowBlock::Type::BigInt}, {"t", RowBlock::Type::BigInt}, {"at", RowBlock::Type::BigInt}, {"queue", RowBlock::Type::BigInt}, {"decided", RowBlock::Type::BigInt},
                {"ticket", RowBlock::Type::Text}, {"tcode", RowBlock::Type::Text}, {"thing", RowBlock::Type::Text}, {"rcode", RowBlock::Type::Text}, {"line", RowBlock::Type::Text},
                {"key", RowBlock::Type::Text},
                {"request", RowBlock::Type::Text}, {"customer", RowBlock::Type::Text}, {"name", RowBlock::Type::Text}},
            {}};
        for (int n = from; n < until; ++n) {
            if (n % kTemplates == 0)
                m_at += Millis(1); // a batch of its own
            const auto id = [this] { return Id128::make(toUnixMs(m_at), m_rng.next64() & 0xFFFF, m_rng.next64()); };
            const Id128 ticket = id();
            const Id128 thing = id();
            const auto& [customer, name] = m_customers[static_cast<std::size_t>(n) % m_customers.size()];
            const QString request = u"f%1-%2"_s.arg(static_cast<int>(m_what)).arg(n, 0, 16);
            const QString key = QString::number(m_rng.next64(), 16).rightJustified(16, u'0') + QString::number(m_rng.next64(), 16).rightJustified(16, u'0');
            const std::int64_t number = queue + n - from;
            block.append(n, n % kTemplates, m_at, number, number - n % kTemplates, ticket, codeOf('T', ticket, 8), thing, reservationCode(number), id(), key, request,
                customer, name);
            moves(ticket, thing, request);
            if (block.rows() == 500) {
                m_db->insertRows(block);
                block.cells.clear();
            }
        }
        if (block.rows() > 0)
            m_db->insertRows(block);
        m_journal.seal();
        copySlice(*m_db, m_what, kTemplates);
    }

    void moves(const Id128& ticket, const Id128& thing, const QString& request)
    {
        const auto add = [&](const char* machine, const Id128& id, const char* from, const char* to) {
            Journal::Entry e;
            e.role = u"system"_s;
            e.letter = "S";
            e.entityType = machine;
            e.entity = id;
            e.from = from;
            e.to = to;
            e.version = 2;
            e.requestId = request;
            e.at = m_at;
            m_journal.add(std::move(e));
        };
        if (m_what == Booking::Reservation)
            add("reservation", thing, "pending", "confirmed");
        add("ticket", ticket, "processing", m_what == Booking::Reservation ? "confirmed" : "held");
    }

    const Booking m_what;
    std::unique_ptr<SqliteConnection> m_db;
    Journal m_journal;
    test::FakeRng m_rng;
    std::vector<std::pair<QString, QString>> m_customers;
    Instant m_at{};
};

} // namespace

void fillStore(const QString& file, int reservations, int holds)
{
    for (const auto& [what, goal, wanted] : {std::tuple(Booking::Reservation, TicketGoal::Confirm, reservations), std::tuple(Booking::Hold, TicketGoal::Hold, holds)}) {
        if (wanted <= 0)
            continue;
        makeTemplates(file, goal);
        if (wanted > kTemplates)
            Filling(file, what).run(wanted - kTemplates);
    }
}

} // namespace naru::bench
