// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Problem.h"
#include "server/api/Http.h"
#include "server/engine/Holds.h"
#include "server/engine/Lifecycle.h"
#include "server/engine/ReservationEngine.h"
#include "server/engine/Views.h"
#include "server/store/Database.h"
#include "server/store/StoreUrl.h"
#include "server/tools/Check.h"
#include "support/CountingConnection.h"
#include "support/FakeClock.h"
#include "support/PgCluster.h"
#include "support/TableWalks.h"
#include "unit/server/engine/StepWriter.h"

#include <QTemporaryDir>
#include <QTest>

namespace naru::test {

using namespace naru::server;
using namespace Qt::StringLiterals;

// One vendor with a yacht (45,000 a seat): slots A (100 seats), B (8), C (1); another vendor with a kayak slot D (5 seats); goods G (10 pieces).
class EngineFixture {
public:
    EngineFixture() { open(); }

    FakeClock clock;
    FakeRng rng;
    std::unique_ptr<Connection> db;
    std::unique_ptr<CountingConnection> written; // the same, as the writer has it
    std::unique_ptr<StepWriter> writer;
    std::unique_ptr<ReservationEngine> engine;
    VendorId yachts, kayaks;
    CustomerId customer, other;
    UserId user;
    ProductId yacht;
    SlotId slotA;
    ItemId a, b, c, d, goods;
    EngineOptions options;

    void restart()
    {
        engine.reset();
        writer.reset();
        written.reset();
        db.reset();
        open();
    }
    void rebuildEngine()
    {
        engine.reset();
        engine = std::make_unique<ReservationEngine>(*writer, clock, options);
    }

    Actor actor(char letter = 'C') const
    {
        Actor x;
        x.userId = user;
        x.letter = letter;
        x.role = u"channel"_s;
        x.requestId = u"req-%1"_s.arg(++m_requests);
        if (letter == 'V')
            x.vendorId = yachts;
        return x;
    }
    NewTicket want(std::vector<TicketLine> lines, TicketGoal goal = TicketGoal::Confirm) const
    {
        NewTicket t;
        t.customerId = customer;
        t.goal = goal;
        t.lines = std::move(lines);
        return t;
    }
    // Puts it into the intake; the answer lands in `answers` at the place returned.
    std::size_t ask(const NewTicket& t, const QString& key = {}, char letter = 'C')
    {
        const std::size_t at = answers.size();
        answers.emplace_back();
        TicketRequest r;
        r.actor = actor(letter);
        r.requestKey = user.toString() + u':' + (key.isEmpty() ? u"key-%1"_s.arg(++m_keys) : key);
        r.requestHash = ticketPayload(t) + t.customerId.toString();
        r.body = t;
        r.answer = [this, at](TicketAnswer answer) { answers[at] = std::move(answer); };
        accepted = engine->submit(std::move(r));
        return at;
    }
    Ticket decide(const NewTicket& t, const QString& key = {}, char letter = 'C')
    {
        const std::size_t at = ask(t, key, letter);
        writer->run();
        if (!answers[at] || !answers[at]->ticket)
            qFatal("no ticket: %s", qPrintable(errorCode(at)));
        return *answers[at]->ticket;
    }
    QString errorCode(std::size_t at) const
    {
        if (!answers[at])
            return u"unanswered"_s;
        return answers[at]->error ? codeOfError(answers[at]->error) : QString();
    }
    static QString codeOfError(const std::exception_ptr& error)
    {
        try {
            std::rethrow_exception(error);
        } catch (const ProblemError& e) {
            return e.problem.code;
        } catch (const StoreError& e) {
            return u"store: "_s + QString::fromUtf8(e.what());
        } catch (const std::exception& e) {
            return QString::fromUtf8(e.what());
        }
    }
    // Runs it as that actor; the problem code, empty when it went through.
    QString write(char letter, const WriteWork& work)
    {
        QString code;
        writer->submit(actor(letter), work, [&code](std::exception_ptr e) { code = e ? codeOfError(e) : QString(); });
        writer->run();
        return code;
    }
    const QString& store() const { return m_store; } // for another connection
    // One more slot of the yacht.
    ItemId anotherSlot(int days, std::int64_t seats)
    {
        return slot(yachts, db->one(u"SELECT id FROM variant WHERE product_id = ?"_s, {yacht})->id<VariantId>(0), days, seats);
    }
    StockItem stock(const ItemId& id) { return readStock(*db, id); }
    std::int64_t number(const QString& sql, const Params& params = {}) { return db->one(sql, params)->integer(0); }

    // Broken invariants, unpublished moves, and what the writer asked that costs more the more there is; empty is good.
    QStringList violations()
    {
        QStringList out;
        for (const Violation& v : checkInvariants(*db, clock.now()))
            out << v.rule + u' ' + v.entityId;
        for (const Row& r : db->query(u"SELECT t.machine || ' ' || t.to_state || ' ' || COUNT(b.seq) FROM state_transition t LEFT JOIN outbox b ON b.entity_type = t.machine "
                                      "AND b.entity_id = t.entity_id AND b.entity_version = t.entity_version GROUP BY t.id, t.machine, t.to_state HAVING COUNT(b.seq) <> 1"_s))
            out << u"V09 "_s + r.text(0);
        if (db->engine() == Engine::Sqlite)
            out << tableWalks(*db, written->asked);
        return out;
    }

    // From now on the database refuses such rows.
    void poison(const QString& table, const QString& event, const QString& condition)
    {
        m_poisoned = table;
        if (db->engine() == Engine::Postgres)
            db->script(u"CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'poisoned'; END$$; "
                       "CREATE TRIGGER poison BEFORE %1 ON %2 FOR EACH ROW WHEN (%3) EXECUTE FUNCTION poison();"_s.arg(event, table, condition));
        else
            db->exec(u"CREATE TRIGGER poison BEFORE %1 ON %2 WHEN %3 BEGIN SELECT RAISE(ABORT, 'poisoned'); END"_s.arg(event, table, condition));
    }
    void unpoison() { db->exec(u"DROP TRIGGER poison"_s + (db->engine() == Engine::Postgres ? u" ON "_s + m_poisoned : QString())); }

    std::deque<std::optional<TicketAnswer>> answers;
    bool accepted = false;

private:
    void open()
    {
        if (m_store.isEmpty())
            m_store = freshStore(m_dir);
        auto opened = openStore(m_store, server::StoreAccess::Writer);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        db = std::move(*opened);
        migrate(*db);
        if (db->engine() == Engine::Sqlite)
            db->exec(u"PRAGMA synchronous=OFF"_s);
        if (!db->one(u"SELECT 1 FROM vendor LIMIT 1"_s))
            fill();
        written = std::make_unique<CountingConnection>(*db);
        writer = std::make_unique<StepWriter>(*written, clock, rng);
        engine = std::make_unique<ReservationEngine>(*writer, clock, options);
    }
    template <class AnyId> AnyId id() { return AnyId{Id128::make(toUnixMs(clock.now()), rng.next64() & 0xFFFF, rng.next64())}; }

    VendorId vendor(const QString& code, const QString& name)
    {
        const auto v = id<VendorId>();
        db->exec(u"INSERT INTO vendor (id, code, kind, name, status, payout_currency, tz, accept_sla_min, ship_sla_min, edit_policy, created_at, updated_at) "
                 "VALUES (?, ?, 'marketplace', ?, 'approved', 'KRW', 'Asia/Seoul', 60, 60, 'auto', 1, 1)"_s,
            {v, code, name});
        db->exec(u"INSERT INTO location (id, vendor_id, code, name, tz) VALUES (?, ?, 'MAIN', '본점', 'Asia/Seoul')"_s, {id<LocationId>(), v});
        return v;
    }
    VariantId product(const VendorId& v, const QString& code, const QString& title, std::int64_t price, ProductId* out = nullptr)
    {
        const auto p = id<ProductId>();
        const auto x = id<VariantId>();
        db->exec(u"INSERT INTO product (id, vendor_id, code, kind, status, tax_class, created_at, updated_at) VALUES (?, ?, ?, 'reservation', 'active', 'std', 1, 1)"_s, {p, v, code});
        db->exec(u"INSERT INTO product_text (product_id, lang, title) VALUES (?, 'ko', ?)"_s, {p, title});
        db->exec(u"INSERT INTO variant (id, product_id, sku, option_key, enabled, position) VALUES (?, ?, ?, '', 1, 1)"_s, {x, p, code + u"-1"_s});
        db->exec(u"INSERT INTO offer (id, variant_id, vendor_id, channel, currency, price_minor, on_sale, purchasable, valid_from) VALUES (?, ?, ?, 'default', 'KRW', ?, 0, 1, 1)"_s,
            {id<OfferId>(), x, v, price});
        if (out)
            *out = p;
        return x;
    }
    ItemId slot(const VendorId& v, const VariantId& x, int days, std::int64_t seats, SlotId* out = nullptr)
    {
        const auto s = id<SlotId>();
        const auto i = id<ItemId>();
        const Instant starts = clock.now() + Millis(days * 86'400'000LL + 8 * 3'600'000 + 30 * 60'000); // 17:30 in Seoul
        db->exec(u"INSERT INTO slot (id, product_id, variant_id, starts_at, ends_at, tz, local_date, status) SELECT ?, product_id, id, ?, ?, 'Asia/Seoul', ?, 'open' FROM variant WHERE id = ?"_s,
            {s, starts, starts + Millis(5'400'000), localTime(starts, u"Asia/Seoul"_s).date().toString(Qt::ISODate), x});
        db->exec(u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, slot_id) VALUES (?, 'capacity', ?, ?, ?)"_s, {i, v, x, s});
        receive(i, seats);
        if (out)
            *out = s;
        return i;
    }
    void receive(const ItemId& i, std::int64_t qty)
    {
        Txn txn(*db, clock.now(), rng, actor('O'));
        changeOnHand(txn, i, u"received"_s, qty, {});
    }
    void fill()
    {
        db->begin(Connection::Access::Write);
        user = id<UserId>();
        customer = id<CustomerId>();
        other = id<CustomerId>();
        db->exec(u"INSERT INTO customer (id, display_name, created_at) VALUES (?, '김하늘', 1), (?, '이서준', 1)"_s, {customer, other});
        yachts = vendor(u"HANGANG"_s, u"한강 요트"_s);
        kayaks = vendor(u"KAYAK"_s, u"카약"_s);
        const VariantId sunset = product(yachts, u"YACHT"_s, u"선셋 요트 90분"_s, 45'000, &yacht);
        a = slot(yachts, sunset, 1, 100, &slotA);
        b = slot(yachts, sunset, 2, 8);
        c = slot(yachts, sunset, 3, 1);
        d = slot(kayaks, product(kayaks, u"KAYAK"_s, u"카약"_s, 20'000), 1, 5);
        const VariantId tea = product(kayaks, u"TEA"_s, u"우전 녹차"_s, 12'000);
        goods = id<ItemId>();
        db->exec(u"INSERT INTO inventory_item (id, kind, vendor_id, variant_id, location_id) SELECT ?, 'stock', ?, ?, id FROM location WHERE vendor_id = ?"_s, {goods, kayaks, tea, kayaks});
        receive(goods, 10);
        db->commit();
    }

    QTemporaryDir m_dir;
    QString m_store; // kept over restarts
    QString m_poisoned;
    mutable int m_requests = 0;
    int m_keys = 0;
};

} // namespace naru::test
