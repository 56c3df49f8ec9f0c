// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/Seed.h"

#include "server/engine/Lifecycle.h"
#include "server/store/Database.h"
#include "server/store/FileLock.h"
#include "server/store/StoreUrl.h"
#include "server/tools/SeedWorld.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QLoggingCategory>
#include <ostream>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcSeed, "naru.server.seed")

Error storageError(const QString& detail)
{
    Error e;
    e.kind = ErrorKind::Storage;
    e.code = u"database-unavailable"_s;
    e.detail = detail;
    return e;
}

SeedSummary summarise(Connection& db)
{
    const auto count = [&db](const QString& from) { return db.one(u"SELECT COUNT(*) FROM "_s + from)->number(0); };
    SeedSummary s;
    s.vendors = count(u"vendor"_s);
    s.products = count(u"product"_s);
    s.slots = count(u"slot"_s);
    s.customers = count(u"customer"_s);
    s.orders = count(u"sales_order"_s);
    s.vendorOrders = count(u"vendor_order"_s);
    s.tickets = count(u"ticket"_s);
    s.reservations = count(u"reservation"_s);
    s.openHolds = count(u"hold WHERE status = 'active'"_s);
    return s;
}

void tellStory(Connection& db, std::uint64_t seed, Instant now, int percent)
{
    seed::World world(db, seed, now);
    world.percent = percent;
    seed::makeParties(world);
    seed::makePolicies(world);
    seed::makeCatalogue(world);
    seed::choosePolicies(world);
    seed::makeSlots(world);
    seed::Timeline timeline;
    seed::planOrders(world, timeline);
    seed::planReservations(world, timeline);
    seed::planVisits(world, timeline);
    seed::planWaitlists(world, timeline);
    timeline.runUntil(now);
    Txn txn = world.at(now, world.system());
    expireDueHolds(txn, 10'000);
    world.journal.seal();
}

} // namespace

bool isEmptyStore(Connection& db) { return !db.one(u"SELECT 1 FROM vendor LIMIT 1"_s); }

SeedSummary fillStore(Connection& db, std::uint64_t seed, Instant now, int percent)
{
    QElapsedTimer timer;
    timer.start();
    db.begin(Connection::Access::Write);
    try {
        tellStory(db, seed, now, percent);
        db.commit();
    } catch (...) {
        try {
            db.rollback();
        } catch (const StoreError&) {
            // the first error says what happened; SQLite may have rolled back by itself
        }
        throw;
    }
    SeedSummary summary = summarise(db);
    summary.seconds = static_cast<double>(timer.elapsed()) / 1000.0;
    return summary;
}

Result<std::optional<SeedSummary>> seedIfEmpty(const Config& config, std::uint64_t seed, Instant now)
{
    const QString path = config.databasePath();
    std::unique_ptr<FileLock> lock;
    if (engineOf(path) == Engine::Sqlite) {
        if (!QDir().mkpath(QFileInfo(path).absolutePath()))
            return storageError(u"the folder of %1 cannot be made"_s.arg(path));
        auto taken = FileLock::take(path);
        if (!taken)
            return taken.error();
        lock = std::move(*taken);
    }
    auto db = openStore(path, StoreAccess::Writer);
    if (!db)
        return db.error();
    try {
        migrate(**db);
        if (!isEmptyStore(**db))
            return std::optional<SeedSummary>();
        qCInfo(lcSeed, "making the demo data in %s; this takes some seconds", qUtf8Printable(storeName(path)));
        return std::optional(fillStore(**db, seed, now));
    } catch (const ProblemError& e) {
        return storageError(u"the demo data did not fit: %1 %2"_s.arg(e.problem.code, e.problem.detail));
    } catch (const StoreError& e) {
        return storageError(QString::fromUtf8(e.what()));
    }
}

int runSeed(const Config& config, std::uint64_t seed, Instant now, std::ostream& out)
{
    const auto done = seedIfEmpty(config, seed, now);
    if (!done) {
        out << "narud seed: " << done.error().detail.toStdString() << '\n';
        return 2;
    }
    if (!*done) {
        out << "narud seed: " << storeName(config.databasePath()).toStdString() << " has data already; nothing was changed. Name another file or database with --database, or remove this one.\n";
        return 1;
    }
    const SeedSummary& s = **done;
    out << "Demo data in " << storeName(config.databasePath()).toStdString() << ": " << s.vendors << " vendors, " << s.products << " products, " << s.slots << " slots, " << s.customers
        << " customers, " << s.orders << " orders in " << s.vendorOrders << " vendor orders, " << s.tickets << " tickets, " << s.reservations << " reservations, " << s.openHolds
        << " open holds (" << s.seconds << " s).\n";
    return 0;
}

} // namespace naru::server
