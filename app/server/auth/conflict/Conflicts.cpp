// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/conflict/Conflicts.h"

#include "protocol/Events.h"
#include "protocol/SecurityFields.h"
#include "server/api/Http.h"
#include "server/auth/Sessions.h"
#include "server/auth/conflict/ConflictViews.h"
#include "server/auth/handover/Handover.h"
#include "server/auth/rules/Rules.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kActiveSeconds = 120;
constexpr int kSweepAtOnce = 500;

// The graver word for the same takeover.
int gravity(ConflictKind kind)
{
    switch (kind) {
    case ConflictKind::OtherNetwork: return 0;
    case ConflictKind::NewDevice: return 1;
    case ConflictKind::FlipFlop: return 2;
    case ConflictKind::ParallelUse: return 3;
    case ConflictKind::Reuse: return 4;
    case ConflictKind::Reported: return 5;
    }
    return 0;
}

std::vector<FiredRule> joined(std::vector<FiredRule> rules, const std::vector<FiredRule>& more)
{
    for (const FiredRule& rule : more)
        if (std::none_of(rules.begin(), rules.end(), [&](const FiredRule& r) { return r.code == rule.code && r.signal == rule.signal; }))
            rules.push_back(rule);
    return rules;
}

std::optional<Row> openOne(Connection& db, const NewConflict& c)
{
    const QString found = u"SELECT id, kind, score, gap_seconds, rules_json, old_sid FROM session_conflict WHERE user_id = ? AND state IN ('open','taken') AND "_s;
    if (c.newSid)
        return db.one(found + u"new_sid = ? ORDER BY at LIMIT 1"_s, {c.user, *c.newSid});
    return db.one(found + u"new_sid IS NULL AND old_sid = ? ORDER BY at LIMIT 1"_s, {c.user, Param(c.oldSid)});
}

ConflictId add(Txn& txn, const NewConflict& c, int score)
{
    const auto id = txn.newId<ConflictId>();
    txn.db().exec(u"INSERT INTO session_conflict (id, user_id, old_sid, new_sid, kind, score, state, gap_seconds, rules_json, at, expires_at) "
                  "VALUES (?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?)"_s,
        {id, c.user, Param(c.oldSid), Param(c.newSid), protocol::wireText(c.kind), score, c.gapSeconds, rulesText(c.rules), txn.now(), txn.now() + kConflictOpen});
    return id;
}

ConflictId raise(Txn& txn, const Row& row, const NewConflict& c, int score)
{
    const auto id = row.id<ConflictId>(0);
    const auto before = protocol::fromWire<ConflictKind>(row.text(1)).value_or(c.kind);
    const ConflictKind kind = gravity(c.kind) > gravity(before) ? c.kind : before;
    txn.db().exec(u"UPDATE session_conflict SET kind = ?, score = ?, rules_json = ?, gap_seconds = ?, old_sid = COALESCE(old_sid, ?), version = version + 1 WHERE id = ?"_s,
        {protocol::wireText(kind), std::max(row.number(2), score), rulesText(c.rules),
            c.oldSid ? std::min(row.number(3), c.gapSeconds) : row.number(3), Param(c.oldSid), id});
    return id;
}

struct Displaced {
    UserId user;
    SessionId by;
    int gapSeconds = 0;
};

Displaced displacedBy(Txn& txn, const SessionId& old)
{
    const auto row = txn.db().one(u"SELECT o.user_id, n.sid, n.started_at, COALESCE(o.last_activity_at, o.started_at) FROM auth_session o "
                                  "JOIN auth_session n ON n.sid = o.ended_by_sid WHERE o.sid = ? AND o.status = 'displaced' AND o.ended_at > ?"_s,
        {old, txn.now() - kConflictOpen});
    if (!row)
        throw ProblemError(409, "not-displaced", u"no sign-in ended this session within the last 24 hours"_s);
    return {row->id<UserId>(0), row->id<SessionId>(1), static_cast<int>(std::max<std::int64_t>(0, row->integer(2) - row->integer(3)) / 1000)};
}

int reportsToday(Txn& txn, const UserId& user)
{
    return txn.db().one(u"SELECT COUNT(*) FROM session_conflict WHERE user_id = ? AND kind = 'reported' AND at > ?"_s, {user, txn.now() - Millis{24 * 3600'000}})->number(0);
}

Reported answerFor(Txn& txn, const ConflictId& id)
{
    const auto row = txn.db().one(u"SELECT state FROM session_conflict WHERE id = ?"_s, {id});
    return {id, protocol::fromWire<ConflictState>(row->text(0)).value_or(ConflictState::Open)};
}

} // namespace

int scoreOf(const ScoreParts& p)
{
    return (p.newDevice ? 3 : 0) + (p.otherNetwork ? 2 : 0) + (p.activeJustNow ? 3 : 0) + (p.draftsLeft ? 1 : 0) + (p.sensitiveAfter ? 4 : 0) + (p.reported ? 10 : 0);
}

ScoreParts partsOf(Connection& db, const NewConflict& c)
{
    ScoreParts parts;
    parts.reported = c.kind == ConflictKind::Reported;
    if (c.oldSid) {
        const auto drafts = db.one(u"SELECT drafts FROM auth_session WHERE sid = ?"_s, {*c.oldSid});
        parts.draftsLeft = drafts && drafts->number(0) > 0;
        parts.sensitiveAfter = std::any_of(c.rules.begin(), c.rules.end(), [](const FiredRule& r) { return r.signal == u"sensitive-tried"; });
    }
    if (c.oldSid && c.newSid) {
        const auto networks = db.one(u"SELECT o.network, n.network FROM auth_session o, auth_session n WHERE o.sid = ? AND n.sid = ?"_s, {*c.oldSid, *c.newSid});
        parts.otherNetwork = networks && !networks->text(0).isEmpty() && networks->text(0) != networks->text(1);
        parts.activeJustNow = c.gapSeconds < kActiveSeconds;
        parts.newDevice = readTakeover(db, *c.oldSid, *c.newSid, {}).neverSeen;
    }
    return parts;
}

ConflictId openConflict(Txn& txn, const NewConflict& wanted)
{
    txn.lock("user_account", wanted.user.value); // two servers at once would make two rows
    const auto row = openOne(txn.db(), wanted);
    NewConflict all = wanted;
    if (row)
        all.rules = joined(rulesFrom(row->text(4)), wanted.rules); // what fired before still counts
    const int score = std::max(wanted.score, scoreOf(partsOf(txn.db(), all)));
    const ConflictId id = row ? raise(txn, *row, all, score) : add(txn, all, score);
    txn.audit(row ? u"auth.conflict.raised"_s : u"auth.conflict.opened"_s, u"session_conflict"_s, id.value,
        json::object{{"user_id", protocol::utf8(wanted.user.toString())}, {"kind", protocol::wireName(wanted.kind)}, {"score", score}});
    publishConflict(txn, id);
    return id;
}

Reported reportNotMe(Txn& txn, const SessionId& old)
{
    const Displaced takeover = displacedBy(txn, old);
    txn.lock("user_account", takeover.user.value);
    dropHandovers(txn, takeover.user);
    NewConflict c;
    c.user = takeover.user;
    c.oldSid = old;
    c.newSid = takeover.by;
    c.kind = ConflictKind::Reported;
    c.gapSeconds = takeover.gapSeconds;
    const bool again = txn.db().one(u"SELECT 1 FROM session_conflict WHERE user_id = ? AND new_sid = ? AND kind = 'reported' AND state IN ('open','taken')"_s, {c.user, *c.newSid}).has_value();
    if (!again && reportsToday(txn, c.user) < kReportsADay) {
        c.rules = {fire(txn, reportedByHolder(txn.now()), takeover.by, json::object{{"old_sid", protocol::utf8(old.toString())}})};
        const Txn::AsSystem system(txn);
        restrictSession(txn, takeover.by, u"reported"_s);
    }
    return answerFor(txn, openConflict(txn, c));
}

Reported reportMe(Txn& txn, const SessionId& old)
{
    const Displaced takeover = displacedBy(txn, old);
    txn.lock("user_account", takeover.user.value);
    const auto row = txn.db().one(u"SELECT id, kind FROM session_conflict WHERE user_id = ? AND new_sid = ? AND state IN ('open','taken') ORDER BY at LIMIT 1"_s, {takeover.user, takeover.by});
    if (!row)
        return {ConflictId{}, ConflictState::Expired};
    const auto id = row->id<ConflictId>(0);
    if (row->text(1) != u"reported") { // what was reported before is for others to judge
        txn.db().exec(u"UPDATE session_conflict SET state = 'expired', version = version + 1 WHERE id = ?"_s, {id});
        txn.audit(u"auth.conflict.confirmed"_s, u"session_conflict"_s, id.value, json::object{});
        publishConflict(txn, id);
    }
    return answerFor(txn, id);
}

bool noteSensitiveTried(Txn& txn, const SessionId& old)
{
    const auto whose = txn.db().one(u"SELECT user_id FROM auth_session WHERE sid = ? AND status = 'displaced'"_s, {old});
    if (!whose)
        return false;
    const auto user = whose->id<UserId>(0);
    txn.lock("user_account", user.value); // as openConflict: others may raise the same row
    const auto row = txn.db().one(u"SELECT c.id, c.kind, c.score, c.rules_json FROM session_conflict c JOIN auth_session o ON o.sid = c.old_sid AND o.ended_by_sid = c.new_sid "
                                  "WHERE c.user_id = ? AND c.old_sid = ? AND c.state IN ('open','taken') ORDER BY c.at LIMIT 1"_s,
        {user, old});
    if (!row)
        return false;
    const std::vector<FiredRule> before = rulesFrom(row->text(3));
    const std::vector<FiredRule> after = joined(before, {sensitiveTried(txn.now())});
    if (after.size() == before.size())
        return false;
    const auto id = row->id<ConflictId>(0);
    const int score = row->number(2) + scoreOf({.sensitiveAfter = true});
    fire(txn, after.back(), old, json::object{{"conflict_id", protocol::utf8(id.toString())}});
    txn.db().exec(u"UPDATE session_conflict SET score = ?, rules_json = ?, version = version + 1 WHERE id = ?"_s, {score, rulesText(after), id});
    txn.audit(u"auth.conflict.raised"_s, u"session_conflict"_s, id.value,
        json::object{{"user_id", protocol::utf8(user.toString())}, {"kind", protocol::utf8(row->text(1))}, {"score", score}});
    publishConflict(txn, id);
    return true;
}

int expireConflicts(Txn& txn)
{
    const Rows over = txn.db().query(u"SELECT id FROM session_conflict WHERE state IN ('open','taken') AND expires_at <= ? ORDER BY expires_at LIMIT ?"_s, {txn.now(), kSweepAtOnce});
    for (const Row& row : over) {
        const auto id = row.id<ConflictId>(0);
        txn.db().exec(u"UPDATE session_conflict SET state = 'expired', version = version + 1 WHERE id = ? AND state IN ('open','taken')"_s, {id});
        txn.audit(u"auth.conflict.expired"_s, u"session_conflict"_s, id.value, json::object{});
        publishConflict(txn, id);
    }
    return static_cast<int>(over.size());
}

void publishConflict(Txn& txn, const ConflictId& id)
{
    const auto conflict = readConflict(txn.db(), id);
    if (!conflict)
        return;
    const auto whose = txn.db().one(u"SELECT vendor_id FROM user_account WHERE id = ?"_s, {conflict->userId});
    txn.publish(protocol::topic::kConflict, whose->maybeId<VendorId>(0), u"session_conflict"_s, id.value, conflict->version, protocol::toJson(*conflict).as_object());
}

} // namespace naru::server
