// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/history/SessionList.h"

#include "protocol/SecurityFields.h"
#include "server/domain/View.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

const QString kColumns = u"SELECT s.sid, s.sv, s.user_id, u.login, u.display_name, COALESCE(v.name, ''), s.status, s.device_id, s.device_name, s.place, s.started_at, "
                         "COALESCE(s.last_activity_at, s.started_at), s.ended_at, COALESCE(b.device_name, ''), COALESCE(b.place, ''), s.restricted "
                         "FROM auth_session s JOIN user_account u ON u.id = s.user_id LEFT JOIN vendor v ON v.id = u.vendor_id "
                         "LEFT JOIN auth_session b ON b.sid = s.ended_by_sid "_s;

SessionEntry entryOf(const Row& row, const std::optional<SessionId>& current)
{
    SessionEntry e;
    e.sid = row.id<SessionId>(0);
    e.sv = row.integer(1);
    e.userId = row.id<UserId>(2);
    e.login = row.text(3);
    e.displayName = row.text(4);
    e.vendorName = row.text(5);
    e.status = protocol::fromWire<SessionStatus>(row.text(6)).value_or(SessionStatus::Revoked);
    e.deviceId = row.maybeId<DeviceId>(7);
    e.deviceName = row.text(8);
    e.place = row.text(9);
    e.startedAt = row.instant(10);
    e.lastActivityAt = row.instant(11);
    e.endedAt = row.maybeInstant(12);
    e.endedByDevice = row.text(13);
    e.endedByPlace = row.text(14);
    e.restricted = row.text(15);
    e.current = current == e.sid;
    return e;
}

Page<SessionEntry> pageOf(Connection& db, const KeysetQuery& query, const std::optional<SessionId>& current)
{
    const KeysetPage keys = keysetPage(db, query);
    Page<SessionEntry> page = emptyPage<SessionEntry>(keys);
    std::map<QString, SessionEntry> found;
    for (const Row& row : db.query(kColumns + u"WHERE s.sid = ANY(?)"_s, {QStringList(keys.ids.begin(), keys.ids.end())}))
        found.emplace(row.text(0), entryOf(row, current));
    for (const QString& id : keys.ids)
        page.items.push_back(std::move(found.at(id)));
    return page;
}

} // namespace

std::optional<SessionEntry> sessionEntry(Connection& db, const SessionId& sid, const std::optional<SessionId>& current)
{
    const auto row = db.one(kColumns + u"WHERE s.sid = ?"_s, {sid});
    return row ? std::optional(entryOf(*row, current)) : std::nullopt;
}

Page<SessionEntry> sessionsOf(Connection& db, const UserId& user, const SessionId& current, const QString& after, int limit)
{
    KeysetQuery q;
    q.rows = u"SELECT s.sid AS id, s.started_at AS k FROM auth_session s WHERE s.user_id = ?"_s;
    q.params = {user};
    q.descending = true;
    q.after = after;
    q.limit = limit;
    return pageOf(db, q, current);
}

Page<SessionEntry> searchSessions(Connection& db, const std::optional<VendorId>& tenant, const SessionQuery& query, const std::optional<SessionId>& current)
{
    KeysetQuery q;
    q.rows = u"SELECT s.sid AS id, s.started_at AS k FROM auth_session s JOIN user_account u ON u.id = s.user_id WHERE 1 = 1"_s;
    if (tenant) {
        q.rows += u" AND u.vendor_id = ?"_s;
        q.params.emplace_back(*tenant);
    }
    if (query.userId) {
        q.rows += u" AND s.user_id = ?"_s;
        q.params.emplace_back(*query.userId);
    }
    if (query.status) {
        q.rows += u" AND s.status = ?"_s;
        q.params.emplace_back(protocol::wireText(*query.status));
    }
    if (!query.text.isEmpty()) {
        q.rows += u" AND (u.login LIKE ? ESCAPE '\\' OR u.display_name LIKE ? ESCAPE '\\' OR s.device_name LIKE ? ESCAPE '\\' OR s.place LIKE ? ESCAPE '\\')"_s;
        q.params.insert(q.params.end(), 4, Param(likePattern(query.text)));
    }
    q.descending = true;
    q.after = query.after;
    q.limit = query.limit;
    return pageOf(db, q, current);
}

int draftsOf(Connection& db, const SessionId& sid)
{
    const auto row = db.one(u"SELECT drafts FROM auth_session WHERE sid = ?"_s, {sid});
    return row ? row->number(0) : 0;
}

} // namespace naru::server
