// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/conflict/ConflictViews.h"

#include "protocol/SecurityFields.h"
#include "server/auth/device/Devices.h"
#include "server/auth/history/AuditLog.h"
#include "server/auth/history/SessionList.h"
#include "server/domain/View.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kActionsShown = 10;

const QString kColumns = u"SELECT c.id, c.version, c.kind, c.state, c.score, c.user_id, u.login, u.display_name, u.role, COALESCE(v.name, ''), "
                         "COALESCE(o.device_name, ''), COALESCE(o.place, ''), COALESCE(n.device_name, ''), COALESCE(n.place, ''), c.gap_seconds, COALESCE(t.display_name, ''), "
                         "c.decision, COALESCE(d.display_name, ''), c.at, c.expires_at, c.old_sid, c.new_sid, c.rules_json, c.note, u.status, c.first_decision, "
                         "COALESCE(f.display_name, ''), u.vendor_id "
                         "FROM session_conflict c JOIN user_account u ON u.id = c.user_id LEFT JOIN vendor v ON v.id = u.vendor_id "
                         "LEFT JOIN auth_session o ON o.sid = c.old_sid LEFT JOIN auth_session n ON n.sid = c.new_sid LEFT JOIN user_account t ON t.id = c.taken_by "
                         "LEFT JOIN user_account d ON d.id = c.decided_by LEFT JOIN user_account f ON f.id = c.first_by "_s;

Conflict conflictOf(const Row& row)
{
    Conflict c;
    c.id = row.id<ConflictId>(0);
    c.version = row.integer(1);
    c.kind = protocol::fromWire<ConflictKind>(row.text(2)).value_or(ConflictKind::NewDevice);
    c.state = protocol::fromWire<ConflictState>(row.text(3)).value_or(ConflictState::Open);
    c.score = row.number(4);
    c.userId = row.id<UserId>(5);
    c.login = row.text(6);
    c.displayName = row.text(7);
    c.role = protocol::fromWire<Role>(row.text(8)).value_or(Role::Staff);
    c.vendorName = row.text(9);
    c.oldDevice = row.text(10);
    c.oldPlace = row.text(11);
    c.newDevice = row.text(12);
    c.newPlace = row.text(13);
    c.gapSeconds = row.number(14);
    c.takenBy = row.text(15);
    if (!row.isNull(16))
        c.decision = protocol::fromWire<ConflictDecision>(row.text(16));
    c.decidedBy = row.text(17);
    c.at = row.instant(18);
    c.expiresAt = row.instant(19);
    return c;
}

std::optional<Row> rowOf(Connection& db, const ConflictId& id, const std::optional<VendorId>& tenant)
{
    auto row = db.one(kColumns + u"WHERE c.id = ?"_s, {id});
    if (row && tenant && row->maybeId<VendorId>(27) != tenant)
        row.reset();
    return row;
}

ConflictSide sideOf(Connection& db, const std::optional<SessionId>& sid, Instant now)
{
    ConflictSide side;
    const auto entry = sid ? sessionEntry(db, *sid) : std::nullopt;
    if (!entry)
        return side;
    side.session = *entry;
    if (entry->deviceId)
        side.device = deviceView(db, *entry->deviceId, now);
    side.actions = actionsOf(db, *sid, kActionsShown);
    side.drafts = draftsOf(db, *sid);
    return side;
}

} // namespace

std::optional<Conflict> readConflict(Connection& db, const ConflictId& id, const std::optional<VendorId>& tenant)
{
    const auto row = rowOf(db, id, tenant);
    return row ? std::optional(conflictOf(*row)) : std::nullopt;
}

Page<Conflict> listConflicts(Connection& db, const std::optional<VendorId>& tenant, const ConflictQuery& query)
{
    KeysetQuery q;
    // One number for both keys of the order: the score downwards, then the time.
    q.rows = u"SELECT c.id AS id, (1000 - c.score) * 100000000000000 + c.at AS k FROM session_conflict c"_s;
    if (tenant)
        q.rows += u" JOIN user_account u ON u.id = c.user_id"_s;
    q.rows += query.state ? u" WHERE c.state = ?"_s : u" WHERE c.state IN ('open','taken')"_s;
    if (query.state)
        q.params.emplace_back(protocol::wireText(*query.state));
    if (tenant) {
        q.rows += u" AND u.vendor_id = ?"_s;
        q.params.emplace_back(*tenant);
    }
    q.after = query.after;
    q.limit = query.limit;
    const KeysetPage keys = keysetPage(db, q);
    Page<Conflict> page = emptyPage<Conflict>(keys);
    std::map<QString, Conflict> found;
    for (const Row& row : db.query(kColumns + u"WHERE c.id = ANY(?)"_s, {QStringList(keys.ids.begin(), keys.ids.end())}))
        found.emplace(row.text(0), conflictOf(row));
    for (const QString& id : keys.ids)
        page.items.push_back(std::move(found.at(id)));
    return page;
}

std::optional<ConflictDetail> conflictDetail(Connection& db, const ConflictId& id, const std::optional<VendorId>& tenant, Instant now)
{
    const auto row = rowOf(db, id, tenant);
    if (!row)
        return std::nullopt;
    ConflictDetail out;
    out.conflict = conflictOf(*row);
    out.oldSide = sideOf(db, row->maybeId<SessionId>(20), now);
    out.newSide = sideOf(db, row->maybeId<SessionId>(21), now);
    out.rules = rulesFrom(row->text(22));
    out.note = row->text(23);
    out.account = protocol::fromWire<AccountStatus>(row->text(24)).value_or(AccountStatus::Closed);
    out.needsSecond = !row->isNull(25) && out.conflict.state != ConflictState::Decided && out.conflict.state != ConflictState::Expired;
    out.firstBy = row->text(26);
    return out;
}

std::vector<FiredRule> rulesFrom(const QString& text)
{
    const auto parsed = protocol::parseJson(protocol::utf8(text));
    auto rules = parsed ? protocol::fromJson<std::vector<FiredRule>>(*parsed, false) : Result<std::vector<FiredRule>>(Error{});
    return rules ? std::move(*rules) : std::vector<FiredRule>{};
}

QString rulesText(const std::vector<FiredRule>& rules)
{
    return protocol::fromUtf8(protocol::json::serialize(protocol::toJson(rules)));
}

} // namespace naru::server
