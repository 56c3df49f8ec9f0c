// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/domain/Slots.h"
#include "server/store/Database.h"
#include "server/store/SqliteConnection.h"
#include "server/store/StoreUrl.h"
#include "support/TestServer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace naru::test {

using namespace Qt::StringLiterals;

struct Market {
    SmallData data;
    std::vector<ItemId> hot; // slots of the yacht beside those of the tiny data set
};

// The tiny data set and `hot` more slots of so many seats, in one transaction of a connection that nobody else uses.
inline Market fillMarket(server::Connection& db, int hot = 0, std::int64_t seats = 0)
{
    server::migrate(db);
    server::Actor staff;
    staff.role = u"staff"_s;
    staff.letter = 'O';
    staff.requestId = u"setup"_s;
    db.begin(server::Connection::Access::Write);
    server::Journal journal(db);
    journal.begin();
    server::Txn txn(journal, systemClock().now(), systemRng(), staff);
    Market market;
    market.data = makeSmallData(txn);
    for (int i = 0; i < hot; ++i) {
        NewSlot slot;
        slot.variantId = market.data.yachtVariant;
        slot.startsAt = txn.now() + Millis((10 + i) * 86'400'000LL);
        slot.durationMin = 90;
        slot.tz = u"Asia/Seoul"_s;
        slot.capacity = seats;
        market.hot.push_back(server::createSlot(txn, server::payloadView(txn.now()), slot).capacity.id);
    }
    journal.seal();
    db.commit();
    return market;
}

// The same in the store of a server that is not running.
inline Market makeMarket(const QString& database, int hot = 0, std::int64_t seats = 0)
{
    if (server::engineOf(database) == server::Engine::Sqlite)
        QDir().mkpath(QFileInfo(database).path());
    auto db = server::openStore(database, server::StoreAccess::Writer);
    if (!db)
        qFatal("%s", qPrintable(db.error().detail));
    return fillMarket(**db, hot, seats);
}

// A store with the tiny data set, made once: its passwords take seconds to hash. Each server gets a copy. Owned by the test.
class SmallStore {
public:
    SmallStore()
    {
        auto db = server::SqliteConnection::open(m_dir.filePath(u"naru.sqlite"_s), server::SqliteConnection::Mode::Writer);
        if (!db)
            qFatal("%s", qPrintable(db.error().detail));
        m_data = fillMarket(**db).data;
        (*db)->query(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    }
    // Into the folder of a server that is not running.
    const SmallData& copyTo(const QString& dataDir) const
    {
        if (!QDir().mkpath(dataDir) || !QFile::copy(m_dir.filePath(u"naru.sqlite"_s), dataDir + u"/naru.sqlite"_s))
            qFatal("the store cannot be copied to %s", qPrintable(dataDir));
        return m_data;
    }

private:
    QTemporaryDir m_dir;
    SmallData m_data;
};

} // namespace naru::test
