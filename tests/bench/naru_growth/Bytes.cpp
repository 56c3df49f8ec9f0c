// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Bytes.h"

#include "bench/naru_growth/Bench.h"

#include <QFileInfo>

namespace naru::bench {

using namespace Qt::StringLiterals;

StoreBytes bytesOf(const QString& file)
{
    const auto db = openedStore(file, server::SqliteConnection::Mode::Reader);
    StoreBytes out;
    out.all = static_cast<double>(QFileInfo(file).size());
    for (const auto& [table, bytes] : {std::pair(u"outbox_page"_s, &out.outbox), std::pair(u"journal"_s, &out.journal)})
        *bytes = static_cast<double>(
            db->one(u"SELECT COALESCE(SUM(pgsize), 0) FROM dbstat WHERE aggregate = 1 AND name IN (SELECT name FROM sqlite_schema WHERE tbl_name = ?)"_s, {table})->integer(0));
    return out;
}

} // namespace naru::bench
