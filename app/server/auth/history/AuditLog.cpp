// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/history/AuditLog.h"

#include "server/auth/history/AuditNames.h"
#include "server/domain/View.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kWindow = 20'000; // lines looked at by one statement
constexpr int kWindows = 5; // and so many statements a page
constexpr std::int64_t kSessionLines = 100'000; // looked at for one session
constexpr Millis kBetweenServers{5 * 60'000}; // more than two servers' clocks ever differ

const QString kColumns = u"SELECT a.seq, a.at, a.actor_id, a.actor_role, a.vendor_id, a.action, a.entity_type, a.entity_id, a.diff_json, a.request_id FROM audit_event a WHERE "_s;

struct Filter {
    QString sql = u"1 = 1"_s;
    Params params;

    void add(const QString& condition, std::initializer_list<Param> values)
    {
        sql += u" AND "_s + condition;
        params.insert(params.end(), values);
    }
};

AuditLine lineOf(const Row& row)
{
    AuditLine line;
    line.seq = row.integer(0);
    line.at = row.instant(1);
    line.actorName = row.text(2); // an id until the names are read
    line.actorRole = row.text(3);
    line.vendorName = row.text(4);
    line.action = row.text(5);
    line.entityType = row.text(6);
    line.entityId = row.text(7);
    line.detail = row.text(8) == u"null" ? QString() : row.text(8);
    line.requestId = row.text(9);
    return line;
}

std::int64_t newestLine(Connection& db)
{
    return db.one(u"SELECT COALESCE(MAX(seq), 0) FROM journal"_s)->integer(0);
}

// The first line that is not older; lines are in the order of their times, but for the difference of the servers' clocks.
std::int64_t firstLineAt(Connection& db, Instant at)
{
    std::int64_t low = db.one(u"SELECT COALESCE(MIN(seq), 1) FROM journal"_s)->integer(0);
    std::int64_t high = newestLine(db) + 1;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        const auto row = db.one(u"SELECT at FROM journal WHERE seq >= ? ORDER BY seq LIMIT 1"_s, {middle});
        if (row && row->instant(0) < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void addScope(Filter& f, const AuditScope& scope)
{
    switch (scope.reach) {
    case AuditScope::Reach::Own: return f.add(u"a.actor_id = ?"_s, {scope.user});
    case AuditScope::Reach::Vendor: return f.add(u"a.vendor_id = ?"_s, {Param(scope.vendor)});
    case AuditScope::Reach::Sessions: return f.add(u"(a.entity_type IN ('session','session_conflict','device') OR a.actor_id = ?)"_s, {scope.user});
    case AuditScope::Reach::All: return;
    }
}

void addText(Filter& f, const QString& text)
{
    const QString like = likePattern(text);
    f.add(u"(a.action LIKE ? ESCAPE '\\' OR a.actor_id IN (SELECT id FROM user_account WHERE login LIKE ? ESCAPE '\\' OR display_name LIKE ? ESCAPE '\\') "
          "OR a.entity_id = ? OR a.request_id = ? OR a.entity_id IN (SELECT id FROM product WHERE code = ? UNION ALL SELECT id FROM vendor_order WHERE code = ? "
          "UNION ALL SELECT id FROM sales_order WHERE code = ? UNION ALL SELECT id FROM reservation WHERE code = ? UNION ALL SELECT id FROM vendor WHERE code = ? OR name = ? "
          "UNION ALL SELECT id FROM user_account WHERE login = ?))"_s,
        {like, like, like, text.toUpper(), text, text, text, text, text, text, text, text});
}

Filter filterOf(const AuditScope& scope, const AuditQuery& q)
{
    Filter f;
    addScope(f, scope);
    if (!q.entityId.isEmpty())
        f.add(u"a.seq IN (SELECT seq FROM journal WHERE entity_id = ?)"_s, {q.entityId});
    if (!q.entityType.isEmpty())
        f.add(u"a.entity_type = ?"_s, {q.entityType});
    if (q.userId)
        f.add(u"a.actor_id = ?"_s, {*q.userId});
    if (q.from)
        f.add(u"a.at >= ?"_s, {*q.from});
    if (q.to)
        f.add(u"a.at <= ?"_s, {*q.to});
    if (!q.text.isEmpty())
        addText(f, q.text);
    return f;
}

} // namespace

AuditScope auditScope(Role role, const UserId& user, const std::optional<VendorId>& vendor)
{
    AuditScope s;
    s.user = user;
    s.vendor = vendor;
    s.reach = role == Role::Admin ? AuditScope::Reach::All
        : role == Role::SupportAgent ? AuditScope::Reach::Sessions
        : role == Role::VendorManager && vendor ? AuditScope::Reach::Vendor
        : AuditScope::Reach::Own;
    return s;
}

Page<AuditLine> listAudit(Connection& db, const AuditScope& scope, const AuditQuery& q)
{
    const Filter f = filterOf(scope, q);
    const std::int64_t floor = q.from ? firstLineAt(db, *q.from - kBetweenServers) : 0;
    std::int64_t before = q.to ? firstLineAt(db, *q.to + kBetweenServers) + 1 : newestLine(db) + 1;
    if (!q.after.isEmpty()) {
        const QStringList key = readCursor(q.after, 1);
        before = std::min(before, static_cast<std::int64_t>(key.front().toLongLong()));
    }
    const std::int64_t window = q.entityId.isEmpty() ? kWindow : before; // of one thing there are few, and the index knows them
    Page<AuditLine> page;
    for (int i = 0; i < kWindows && before > floor && page.items.size() < static_cast<std::size_t>(q.limit); ++i) {
        const std::int64_t from = std::max(floor, before - window);
        Params params{before, from};
        params.insert(params.end(), f.params.begin(), f.params.end());
        const int wanted = q.limit - static_cast<int>(page.items.size());
        params.emplace_back(wanted);
        const Rows rows = db.query(kColumns + u"a.seq < ? AND a.seq >= ? AND "_s + f.sql + u" ORDER BY a.seq DESC LIMIT ?"_s, params);
        for (const Row& row : rows)
            page.items.push_back(lineOf(row));
        before = static_cast<int>(rows.size()) == wanted ? page.items.back().seq : from;
    }
    if (before > std::max<std::int64_t>(floor, 1))
        page.next = makeCursor({QString::number(before)});
    page.total = static_cast<int>(page.items.size());
    page.totalIsLowerBound = !page.next.isEmpty();
    resolveNames(db, page.items);
    return page;
}

std::vector<AuditLine> actionsOf(Connection& db, const SessionId& sid, int count)
{
    // Its first and last line are found by its own id; what it did lies between them.
    const auto ends = db.one(u"SELECT MIN(seq), MAX(seq), MAX(CASE WHEN action IN ('auth.session.displaced','auth.session.expired_idle','auth.session.expired_absolute',"
                             "'auth.session.signed_out','auth.session.revoked') THEN 1 ELSE 0 END) FROM journal WHERE entity_id = ? AND entity_type = 'session'"_s, {sid});
    if (!ends || ends->isNull(0))
        return {};
    const std::int64_t last = ends->flag(2) ? ends->integer(1) : newestLine(db);
    const std::int64_t first = std::max(ends->integer(0), last - kSessionLines);
    std::vector<AuditLine> lines;
    for (const Row& row : db.query(kColumns + u"a.seq >= ? AND a.seq <= ? AND (a.session_id = ? OR (a.entity_id = ? AND a.entity_type = 'session')) ORDER BY a.seq DESC LIMIT ?"_s,
             {first, last, sid, sid, count}))
        lines.push_back(lineOf(row));
    resolveNames(db, lines);
    return lines;
}

} // namespace naru::server
