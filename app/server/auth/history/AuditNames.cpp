// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/history/AuditNames.h"

#include <map>
#include <set>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

using Names = std::map<QString, QString>;

// Which row says what a thing is called.
const std::map<QString, QString>& sources()
{
    static const std::map<QString, QString> list{
        {u"product"_s, u"SELECT id, code FROM product WHERE id = ANY(?)"_s},
        {u"offer"_s, u"SELECT o.id, v.sku FROM offer o JOIN variant v ON v.id = o.variant_id WHERE o.id = ANY(?)"_s},
        {u"order"_s, u"SELECT id, code FROM sales_order WHERE id = ANY(?)"_s},
        {u"vendor_order"_s, u"SELECT id, code FROM vendor_order WHERE id = ANY(?)"_s},
        {u"reservation"_s, u"SELECT id, code FROM reservation WHERE id = ANY(?)"_s},
        {u"vendor"_s, u"SELECT id, name FROM vendor WHERE id = ANY(?)"_s},
        {u"user"_s, u"SELECT id, login FROM user_account WHERE id = ANY(?)"_s},
        {u"session"_s, u"SELECT s.sid, u.login || ' · ' || s.device_name FROM auth_session s JOIN user_account u ON u.id = s.user_id WHERE s.sid = ANY(?)"_s},
        {u"device"_s, u"SELECT d.id, u.login || ' · ' || d.name FROM auth_device d JOIN user_account u ON u.id = d.user_id WHERE d.id = ANY(?)"_s},
        {u"session_conflict"_s, u"SELECT c.id, u.login FROM session_conflict c JOIN user_account u ON u.id = c.user_id WHERE c.id = ANY(?)"_s},
    };
    return list;
}

Names ask(Connection& db, const QString& sql, const std::set<QString>& ids)
{
    Names names;
    if (ids.empty())
        return names;
    for (const Row& row : db.query(sql, {QStringList(ids.begin(), ids.end())}))
        names.emplace(row.text(0), row.text(1));
    return names;
}

QString nameIn(const Names& names, const QString& id)
{
    const auto it = names.find(id);
    return it == names.end() ? QString() : it->second;
}

} // namespace

void resolveNames(Connection& db, std::vector<AuditLine>& lines)
{
    std::set<QString> people;
    std::set<QString> vendors;
    std::map<QString, std::set<QString>> things;
    for (const AuditLine& line : lines) {
        if (!line.actorName.isEmpty())
            people.insert(line.actorName);
        if (!line.vendorName.isEmpty())
            vendors.insert(line.vendorName);
        if (sources().contains(line.entityType))
            things[line.entityType].insert(line.entityId);
    }
    const Names actors = ask(db, u"SELECT id, display_name FROM user_account WHERE id = ANY(?)"_s, people);
    const Names companies = ask(db, u"SELECT id, name FROM vendor WHERE id = ANY(?)"_s, vendors);
    std::map<QString, Names> called;
    for (const auto& [type, ids] : things)
        called.emplace(type, ask(db, sources().at(type), ids));
    for (AuditLine& line : lines) {
        line.actorName = nameIn(actors, line.actorName);
        line.vendorName = nameIn(companies, line.vendorName);
        if (const auto it = called.find(line.entityType); it != called.end())
            line.entityText = nameIn(it->second, line.entityId);
        if (line.actorRole.isEmpty())
            line.actorRole = u"system"_s;
    }
}

} // namespace naru::server
