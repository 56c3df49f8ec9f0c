// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/World.h"

#include "core/Clock.h"
#include "server/api/Server.h"
#include "server/domain/Parties.h"
#include "server/engine/Writes.h"
#include "server/tools/Node.h"
#include "support/TestServer.h"

#include <QDateTime>
#include <future>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

constexpr int kCustomers = 1000;
constexpr std::int64_t kPlaces = 1'000'000'000;
constexpr std::size_t kRowsPerStatement = 500;

void write(Node& node, const std::function<void(Txn&)>& work)
{
    Actor actor;
    actor.role = u"staff"_s;
    actor.letter = 'O';
    actor.requestId = u"bench-%1"_s.arg(systemRng().next64(), 16, 16, QLatin1Char('0'));
    std::promise<std::exception_ptr> result;
    if (!node.server().writer.submit(actor, work, [&](std::exception_ptr error) { result.set_value(error); }))
        throw std::runtime_error("the writer takes nothing");
    if (const std::exception_ptr error = result.get_future().get())
        std::rethrow_exception(error);
}

struct Blocks {
    RowBlock slots{"slot",
        {{"id", RowBlock::Type::Text}, {"product_id", RowBlock::Type::Text}, {"variant_id", RowBlock::Type::Text}, {"starts_at", RowBlock::Type::BigInt},
            {"ends_at", RowBlock::Type::BigInt}, {"tz", RowBlock::Type::Text}, {"local_date", RowBlock::Type::Text}, {"status", RowBlock::Type::Text}},
        {}};
    RowBlock items{"inventory_item",
        {{"id", RowBlock::Type::Text}, {"kind", RowBlock::Type::Text}, {"vendor_id", RowBlock::Type::Text}, {"variant_id", RowBlock::Type::Text},
            {"slot_id", RowBlock::Type::Text}, {"on_hand", RowBlock::Type::BigInt}, {"ledger_seq", RowBlock::Type::BigInt}, {"version", RowBlock::Type::BigInt}},
        {}};
    RowBlock ledger{"stock_movement",
        {{"inventory_item_id", RowBlock::Type::Text}, {"seq", RowBlock::Type::BigInt}, {"kind", RowBlock::Type::Text},
            {"d_on_hand", RowBlock::Type::BigInt}, {"reason", RowBlock::Type::Text}, {"request_id", RowBlock::Type::Text}, {"at", RowBlock::Type::BigInt}},
        {}};
    void flush(Connection& db)
    {
        for (RowBlock* block : {&slots, &items, &ledger}) { // in the order of their references
            if (block->rows() > 0)
                db.insertRows(*block);
            block->cells.clear();
        }
    }
};

// One slot a minute from tomorrow on.
void openSlots(Txn& txn, const test::SmallData& small, World& world, int from, int until, std::int64_t places)
{
    Blocks blocks;
    const Instant tomorrow = txn.now() + std::chrono::hours(24);
    for (int i = from; i < until; ++i) {
        const Instant starts = tomorrow + std::chrono::minutes(i);
        const auto slot = txn.newId<SlotId>();
        const auto item = txn.newId<ItemId>();
        const QString day = QDateTime::fromMSecsSinceEpoch(toUnixMs(starts), Qt::UTC).toString(u"yyyy-MM-dd"_s);
        blocks.slots.add({slot, small.yacht, small.yachtVariant, starts, starts + std::chrono::minutes(90), u"UTC"_s, day, u"open"_s});
        blocks.items.add({item, u"capacity"_s, small.yachtVendor, small.yachtVariant, slot, places, std::int64_t(1), std::int64_t(2)});
        blocks.ledger.add({item, std::int64_t(1), u"received"_s, places, u"opened"_s, item.toString(), txn.now()});
        (places == kPlaces ? world.items.emplace_back() : world.scarce) = item.toString().toStdString();
        if (blocks.slots.rows() == kRowsPerStatement)
            blocks.flush(txn.db());
    }
    blocks.flush(txn.db());
}

} // namespace

Config storeConfig(const QString& dataDir, const QString& database, const QString& keysDir)
{
    Config config;
    config.dataDir = dataDir;
    config.keysDir = keysDir;
    config.database = database;
    config.port = 0;
    return config;
}

std::unique_ptr<Node> startNode(const Config& config)
{
    auto node = std::make_unique<Node>(config, systemClock(), systemRng());
    if (const auto started = node->start(); !started)
        throw std::runtime_error(started.error().detail.toStdString());
    return node;
}

World makeWorld(const Config& config, int items)
{
    World world;
    test::SmallData small;
    const auto node = startNode(config);
    write(*node, [&](Txn& txn) {
        small = test::makeSmallData(txn);
        world.policy = policyFor(txn, std::nullopt).toString().toStdString();
        world.channel = txn.db().one(u"SELECT id FROM user_account WHERE login = 'store1'"_s)->text(0).toStdString();
        for (int i = 0; i < kCustomers; ++i)
            world.customers.push_back(createCustomer(txn, {u"B-%1"_s.arg(i), u"고객 %1"_s.arg(i)}).id.toString().toStdString());
    });
    write(*node, [&](Txn& txn) {
        openSlots(txn, small, world, 0, items, kPlaces);
        openSlots(txn, small, world, items, items + 1, World::kScarce);
    });
    node->stop();
    return world;
}

} // namespace naru::bench
