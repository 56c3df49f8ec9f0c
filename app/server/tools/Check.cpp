// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/Check.h"

#include "server/store/AuditChain.h"
#include "server/store/Database.h"
#include "server/store/StoreUrl.h"
#include "server/time/StoreTime.h"

#include <QFile>
#include <ostream>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

struct Rule {
    QString name;
    QString description;
    QString sql; // at most 100 violations; `:now` is a value to be bound
    qsizetype moments = 0; // how often it is
};

std::vector<Rule> readRules()
{
    newestMigration(); // the resource is initialised with the migrations
    QFile f(u":/server/invariants.sql"_s);
    if (!f.open(QIODevice::ReadOnly))
        throw StoreError(StoreError::Kind::Other, "invariants.sql is not compiled in");
    std::vector<Rule> rules;
    const QStringList lines = QString::fromUtf8(f.readAll()).split(u'\n');
    for (const QString& line : lines) {
        const bool heading = line.size() > 6 && (line.startsWith(u"-- I"_s) || line.startsWith(u"-- V"_s) || line.startsWith(u"-- W"_s)) && line.at(4).isDigit() && line.at(5).isDigit();
        if (heading)
            rules.push_back({line.mid(3, 3), line.mid(7), {}});
        else if (!rules.empty() && !line.startsWith(u"--"_s))
            rules.back().sql += line + u'\n';
    }
    for (Rule& rule : rules) {
        rule.moments = rule.sql.count(u":now"_s);
        rule.sql = u"SELECT * FROM (%1) AS broken LIMIT 100"_s.arg(rule.sql.replace(u":now"_s, u"?"_s).trimmed().chopped(1)); // without the closing ";"
    }
    return rules;
}

// A simulator asks after every step: the texts stay the same, so they are read and prepared once.
const std::vector<Rule>& allRules()
{
    static const std::vector<Rule> rules = readRules();
    return rules;
}

// I23 as SQL sees only the links; this recomputes every seal.
void checkChain(Connection& db, std::vector<Violation>& out)
{
    ChainPlace place;
    followChain(db, place, INT64_MAX);
    if (place.brokenAt) // every later seal is broken too
        out.push_back({u"I23"_s, u"the audit chain is unbroken"_s, u"audit row %1"_s.arg(*place.brokenAt)});
}

// The time by which servers of this store judge: of PostgreSQL's clock there, and nowhere before the last change.
Instant timeOf(Connection& db, const Clock& clock)
{
    const Instant now = db.engine() == Engine::Postgres ? readDatabaseClock(db, clock).wall : clock.now();
    return std::max(now, newestChange(db).value_or(now));
}

} // namespace

std::vector<std::pair<QString, QString>> invariantRules()
{
    std::vector<std::pair<QString, QString>> names;
    for (const Rule& rule : allRules())
        names.emplace_back(rule.name, rule.description);
    return names;
}

std::vector<Violation> checkInvariants(Connection& db, Instant now)
{
    std::vector<Violation> found;
    for (const Rule& rule : allRules())
        for (const Row& row : db.query(rule.sql, Params(static_cast<std::size_t>(rule.moments), Param(now))))
            found.push_back({rule.name, rule.description, row.text(1)});
    checkChain(db, found);
    return found;
}

int runCheck(const QString& databasePath, const Clock& clock, std::ostream& out)
{
    auto db = openStore(databasePath, StoreAccess::Reader);
    if (!db) {
        out << db.error().detail.toStdString() << '\n';
        return 2;
    }
    try {
        if ((*db)->engine() == Engine::Postgres)
            (*db)->exec(u"SET statement_timeout = 0"_s); // a rule over everything may take its time
        if (const int known = migrationOf(**db); known < newestMigration()) {
            out << "the database is of an older program (schema " << known << ", this one is at " << newestMigration()
                << "): start narud on it once, which brings it up to date; nothing was checked\n";
            return 2;
        }
        (*db)->begin(Connection::Access::Read);
        const auto violations = checkInvariants(**db, timeOf(**db, clock));
        const auto count = [&](const QString& table) { return (*db)->one(u"SELECT COUNT(*) FROM "_s + table)->integer(0); };
        out << "checked " << invariantRules().size() << " rules over " << count(u"stock_movement"_s) << " stock movements, " << count(u"state_transition"_s)
            << " transitions, " << count(u"audit_event"_s) << " audit rows\n";
        for (const Violation& v : violations)
            out << v.rule.toStdString() << " broken (" << v.description.toStdString() << "): " << v.entityId.toStdString() << '\n';
        out << (violations.empty() ? "every rule holds\n" : "the data does not hold together\n");
        return violations.empty() ? 0 : 1;
    } catch (const StoreError& e) {
        out << "the database cannot be read: " << e.what() << '\n';
        return 2;
    }
}

} // namespace naru::server
