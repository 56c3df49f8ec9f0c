// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Bench.h"

#include "server/time/StoreTime.h"

#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

std::unique_ptr<SqliteConnection> openedStore(const QString& file, SqliteConnection::Mode mode)
{
    auto db = SqliteConnection::open(file, mode);
    if (!db)
        throw std::runtime_error(db.error().detail.toStdString());
    return std::move(*db);
}

Bench::Bench(const QString& file, std::size_t spread)
    : m_db(openedStore(file, SqliteConnection::Mode::Writer)), m_run(static_cast<std::uint64_t>(m_db->one(u"SELECT queue_seq FROM tail WHERE id = 1"_s)->integer(0))),
      m_rng(m_run ^ 0x5EED), writer(*m_db, clock, m_rng)
{
    const Instant newest = newestChange(*m_db).value_or(clock.now());
    clock.advance(Millis(toUnixMs(newest) - test::FakeClock::kStart + 1'000));
    const Rows items = m_db->query(u"SELECT id FROM inventory_item WHERE kind = 'capacity' AND on_hand > 1000000 ORDER BY id"_s);
    for (std::size_t i = 0; i < spread; ++i)
        m_items.push_back(items.at(i * items.size() / spread).id<ItemId>(0));
    for (const Row& row : m_db->query(u"SELECT id FROM customer ORDER BY id LIMIT 500"_s))
        m_customers.push_back(row.id<CustomerId>(0));
    m_actor.userId = m_db->one(u"SELECT id FROM user_account WHERE login = 'store1'"_s)->id<UserId>(0);
    m_actor.role = u"channel"_s;
    m_actor.letter = 'C';
}

// Keys and numbers of requests as a storefront and the HTTP side make them: keys by chance, so that they fall anywhere into their index.
TicketRequest Bench::ticket(int n, TicketGoal goal, int lines)
{
    TicketRequest r;
    r.actor = m_actor;
    r.actor.requestId = u"g%1-%2"_s.arg(static_cast<qulonglong>(m_run), 0, 36).arg(n, 0, 16);
    test::FakeRng key((m_run << 32) + static_cast<std::uint64_t>(n));
    r.requestKey = m_actor.userId->toString() + u':' + QString::number(key.next64(), 16).rightJustified(16, u'0') + QString::number(key.next64(), 16).rightJustified(16, u'0');
    r.requestHash = u"0123456789abcdef0123456789abcdef0123456789a"_s;
    r.body.customerId = m_customers[static_cast<std::size_t>(n) % m_customers.size()];
    r.body.goal = goal;
    for (int i = 0; i < lines; ++i)
        r.body.lines.push_back({m_items[static_cast<std::size_t>(n + i) % m_items.size()], 1});
    r.answer = [this](const TicketAnswer& a) {
        if (a.ticket && (a.ticket->status == TicketStatus::Confirmed || a.ticket->status == TicketStatus::Held))
            ++granted;
    };
    return r;
}

void Bench::book(ReservationEngine& engine, int ops, TicketGoal goal, int lines, const std::function<void()>& afterBatch)
{
    for (int n = 0; n < ops;) {
        for (int i = 0; i < kBatch && n < ops; ++i, ++n)
            if (!engine.submit(ticket(n, goal, lines)))
                throw std::runtime_error("the intake is full");
        writer.step();
        clock.advance(Millis(1));
        if (afterBatch)
            afterBatch();
    }
    expect(ops);
}

void Bench::expect(int ops) const
{
    if (granted != ops)
        throw std::runtime_error(std::to_string(granted) + " granted of " + std::to_string(ops));
}

} // namespace naru::bench
