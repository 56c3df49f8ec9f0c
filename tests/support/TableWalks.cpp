// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/TableWalks.h"

#include "server/store/Connection.h"

#include <QRegularExpression>

namespace naru::test {

using namespace Qt::StringLiterals;

namespace {

const QStringList& growingTables()
{
    static const QStringList tables{u"customer"_s, u"slot"_s, u"inventory_item"_s, u"stock_movement"_s, u"ticket"_s, u"hold"_s, u"hold_line"_s, u"reservation"_s, u"reservation_line"_s,
        u"waitlist_entry"_s, u"sales_order"_s, u"order_line"_s, u"vendor_order"_s, u"order_allocation"_s, u"payment"_s, u"refund"_s, u"journal"_s, u"idempotency"_s};
    return tables;
}

// A plan names a table as the statement does: by its other name, where it has one.
QString tableOf(const QString& name, const QString& statement)
{
    static const QRegularExpression named(u"\\b(?:FROM|JOIN|UPDATE|,)\\s+([a-z_]+)\\s+(?:AS\\s+)?([a-z_]+)\\b"_s);
    for (auto it = named.globalMatch(statement); it.hasNext();)
        if (const auto match = it.next(); match.captured(2) == name)
            return match.captured(1);
    return name;
}

} // namespace

QStringList tableWalks(server::Connection& sqlite, const QSet<QString>& statements)
{
    static const QRegularExpression plannable(u"^(SELECT|WITH|UPDATE|DELETE) "_s);
    static const QRegularExpression walk(u"^SCAN ([a-z_]+)$"_s); // by an index it says more
    QStringList walks;
    for (const QString& statement : statements) {
        if (!plannable.match(statement).hasMatch() || statement.contains(u"pg_"_s)) // where a test makes one engine play the other
            continue;
        for (const server::Row& step : sqlite.query(u"EXPLAIN QUERY PLAN "_s + statement)) {
            const auto walked = walk.match(step.text(3));
            if (const QString table = tableOf(walked.captured(1), statement); walked.hasMatch() && growingTables().contains(table))
                walks << table + u": "_s + statement;
        }
    }
    walks.sort();
    return walks;
}

} // namespace naru::test
