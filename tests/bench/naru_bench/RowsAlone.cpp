// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/RowsAlone.h"

#include <random>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

using Type = RowBlock::Type;

constexpr std::string_view kHash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

class Writing {
public:
    Writing(Connection& db, const World& world) : m_db(db), m_world(world), m_chance(std::random_device{}())
    {
        const auto row = db.one(u"SELECT allocated, ledger_seq, version, vendor_id FROM inventory_item WHERE id = ?"_s, {m_world.items.front()});
        m_allocated = row->integer(0);
        m_ledger = row->integer(1);
        m_version = row->integer(2);
        m_vendor = row->text(3).toStdString();
        const auto tail = db.one(u"SELECT audit_seq, outbox_seq, queue_seq FROM tail WHERE id = 1"_s);
        m_journal = tail->integer(0);
        m_outbox = tail->integer(1);
        m_queue = tail->integer(2);
    }
    virtual ~Writing() = default;
    virtual void book() = 0; // one more, into the blocks
    virtual void write(int bookings) = 0;

protected:
    Id128 id() { return Id128::make(++m_time, m_chance(), m_chance()); }
    std::string key() // of a request, as clients choose them: by chance
    {
        static constexpr char kDigits[] = "0123456789abcdef";
        std::string text = m_world.channel + ':';
        for (int half = 0; half < 2; ++half)
            for (std::uint64_t bits = m_chance(), n = 0; n < 16; ++n, bits >>= 4)
                text += kDigits[bits & 15];
        return text;
    }
    const std::string& customer() { return m_world.customers[m_chance() % m_world.customers.size()]; }
    void add(RowBlock& block)
    {
        m_db.insertRows(block);
        block.cells.clear();
    }
    void moveCounters(int bookings)
    {
        RowBlock counters{"inventory_item", {{"id", Type::Text}, {"version", Type::BigInt}, {"allocated", Type::BigInt}, {"ledger_seq", Type::BigInt}, {"version", Type::BigInt}}, {}};
        m_allocated += bookings;
        counters.append(m_world.items.front(), m_version, m_allocated, m_ledger, m_version + 1);
        ++m_version;
        m_db.updateEach(counters, 2);
    }

    Connection& m_db;
    const World& m_world;
    std::mt19937_64 m_chance;
    std::int64_t m_time = 1'900'000'000'000; // rises with each id, as time does
    std::int64_t m_allocated = 0;
    std::int64_t m_ledger = 0;
    std::int64_t m_version = 0;
    std::int64_t m_journal = 0;
    std::int64_t m_outbox = 0;
    std::int64_t m_queue = 0;
    std::string m_vendor;
};

class NaruRows final : public Writing {
public:
    using Writing::Writing;
    void book() override
    {
        const std::string& item = m_world.items.front();
        const std::string& who = customer();
        const Id128 ticket = id();
        const Id128 reservation = id();
        const Id128 line = id();
        m_tickets.append(ticket, key(), kHash.substr(21), who, 0, ++m_queue, 0, m_payload, "confirmed", reservation, 1, m_time, m_time, m_time, m_time + 30'000, 2, m_queue, m_vendor);
        m_reservations.append(reservation, "R-" + std::to_string(m_queue), who, "confirmed", m_world.policy, m_time, m_time, 2);
        m_lines.append(line, reservation, item, 1, 45'000, "KRW", 0, 1, "active", 1);
        m_movements.append(item, ++m_ledger, "allocated", 0, 1, 0, line, m_world.channel, reservation, m_time);
        m_moves.append(++m_journal, m_time, "system", "reservation", reservation, 2, "S", "pending", "confirmed", reservation, kHash, ticket, 2);
        m_events += m_event;
    }
    void write(int bookings) override
    {
        for (RowBlock* block : {&m_movements, &m_tickets, &m_reservations, &m_lines})
            add(*block);
        moveCounters(bookings);
        add(m_moves);
        RowBlock page{"outbox_page", {{"first_seq", Type::BigInt}, {"last_seq", Type::BigInt}, {"at", Type::BigInt}, {"journal_seq", Type::BigInt}, {"events", Type::Text}}, {}};
        page.append(m_outbox + 1, m_outbox + 3 * bookings, m_time, m_journal, m_events);
        m_outbox += 3 * bookings;
        m_events.clear();
        add(page);
        m_db.post(u"UPDATE tail SET audit_seq = ?, audit_hash = ?, outbox_seq = ?, queue_seq = ? WHERE id = 1"_s, {m_journal, kHash, m_outbox, m_queue});
    }

private:
    const std::string m_payload = R"({"goal":"confirm","lines":[{"item_id":"01KJNXGE00SMKZYV37X0CGJXWA","qty":1}]})";
    const std::string m_event = std::string(1'400, 'e') + '\n'; // the events of a booking
    std::string m_events;
    RowBlock m_tickets{"ticket",
        {{"id", Type::Text}, {"request_key", Type::Text}, {"request_hash", Type::Text}, {"customer_id", Type::Text}, {"partition_no", Type::BigInt}, {"queue_seq", Type::BigInt},
            {"draw_rank", Type::BigInt}, {"payload_json", Type::Text}, {"status", Type::Text}, {"reservation_id", Type::Text}, {"attempts", Type::BigInt},
            {"enqueued_at", Type::BigInt}, {"started_at", Type::BigInt}, {"finished_at", Type::BigInt}, {"give_up_at", Type::BigInt}, {"version", Type::BigInt},
            {"decided_seq", Type::BigInt}, {"vendor_id", Type::Text}},
        {}};
    RowBlock m_reservations{"reservation",
        {{"id", Type::Text}, {"code", Type::Text}, {"customer_id", Type::Text}, {"status", Type::Text}, {"policy_id", Type::Text}, {"confirmed_at", Type::BigInt},
            {"created_at", Type::BigInt}, {"version", Type::BigInt}},
        {}};
    RowBlock m_lines{"reservation_line",
        {{"id", Type::Text}, {"reservation_id", Type::Text}, {"inventory_item_id", Type::Text}, {"qty", Type::BigInt}, {"unit_price_minor", Type::BigInt}, {"currency", Type::Text},
            {"line_no", Type::SmallInt}, {"seats", Type::BigInt}, {"seats_status", Type::Text}, {"seats_version", Type::BigInt}},
        {}};
    RowBlock m_movements{"stock_movement",
        {{"inventory_item_id", Type::Text}, {"seq", Type::BigInt}, {"kind", Type::Text}, {"d_on_hand", Type::BigInt}, {"d_allocated", Type::BigInt}, {"d_held", Type::BigInt},
            {"reservation_line_id", Type::Text}, {"actor_id", Type::Text}, {"request_id", Type::Text}, {"at", Type::BigInt}},
        {}};
    RowBlock m_moves{"journal",
        {{"seq", Type::BigInt}, {"at", Type::BigInt}, {"actor_role", Type::Text}, {"entity_type", Type::Text}, {"entity_id", Type::Text}, {"entity_version", Type::BigInt},
            {"letter", Type::Text}, {"from_state", Type::Text}, {"to_state", Type::Text}, {"request_id", Type::Text}, {"hash", Type::Text}, {"ticket_id", Type::Text},
            {"ticket_version", Type::BigInt}},
        {}};
};

class FewestRows final : public Writing {
public:
    FewestRows(Connection& db, const World& world) : Writing(db, world)
    {
        for (const QString& table : {u"fewest_reservation (id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, item_id TEXT NOT NULL, price_minor BIGINT NOT NULL, at BIGINT NOT NULL)"_s,
                 u"fewest_movement (item_id TEXT NOT NULL, seq BIGINT NOT NULL, d_allocated BIGINT NOT NULL, reservation_id TEXT NOT NULL, PRIMARY KEY (item_id, seq))"_s,
                 u"fewest_event (seq BIGINT PRIMARY KEY, body TEXT NOT NULL)"_s, u"fewest_answer (request_key TEXT PRIMARY KEY, reservation_id TEXT NOT NULL)"_s})
            db.exec(u"CREATE TABLE IF NOT EXISTS "_s + table);
        m_ledger = db.one(u"SELECT COALESCE(MAX(seq), 0) FROM fewest_movement"_s)->integer(0);
        m_outbox = db.one(u"SELECT COALESCE(MAX(seq), 0) FROM fewest_event"_s)->integer(0);
    }
    void book() override
    {
        const std::string& item = m_world.items.front();
        const Id128 reservation = id();
        m_reservations.append(reservation, customer(), item, 45'000, m_time);
        m_movements.append(item, ++m_ledger, 1, reservation);
        m_events.append(++m_outbox, m_body);
        m_kept.append(key(), reservation);
    }
    void write(int bookings) override
    {
        for (RowBlock* block : {&m_movements, &m_reservations, &m_events, &m_kept})
            add(*block);
        moveCounters(bookings);
    }

private:
    const std::string m_body = std::string(200, 'e');
    RowBlock m_reservations{"fewest_reservation", {{"id", Type::Text}, {"customer_id", Type::Text}, {"item_id", Type::Text}, {"price_minor", Type::BigInt}, {"at", Type::BigInt}}, {}};
    RowBlock m_movements{"fewest_movement", {{"item_id", Type::Text}, {"seq", Type::BigInt}, {"d_allocated", Type::BigInt}, {"reservation_id", Type::Text}}, {}};
    RowBlock m_events{"fewest_event", {{"seq", Type::BigInt}, {"body", Type::Text}}, {}};
    RowBlock m_kept{"fewest_answer", {{"request_key", Type::Text}, {"reservation_id", Type::Text}}, {}};
};

} // namespace

void writeRowsAlone(Connection& db, RowShape shape, const World& world, int perCommit, Trial& trial)
{
    std::unique_ptr<Writing> writing;
    if (shape == RowShape::Naru)
        writing = std::make_unique<NaruRows>(db, world);
    else
        writing = std::make_unique<FewestRows>(db, world);
    for (;;) {
        const std::int64_t begun = nowNs();
        int bookings = 0;
        for (; bookings < perCommit && trial.mayStart(begun); ++bookings)
            writing->book();
        if (bookings == 0)
            break;
        db.begin(Connection::Access::Write);
        writing->write(bookings);
        db.commit();
        for (int i = 0; i < bookings; ++i)
            trial.ended(begun, nowNs(), Verdict::Granted);
    }
    trial.close(nowNs());
}

} // namespace naru::bench
