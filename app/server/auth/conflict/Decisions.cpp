// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/conflict/Decisions.h"

#include "protocol/SecurityFields.h"
#include "server/auth/Sessions.h"
#include "server/auth/conflict/ConflictViews.h"
#include "server/auth/conflict/Conflicts.h"
#include "server/auth/history/AccountLock.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kEscalation = 10; // points

struct Case {
    Conflict conflict;
    std::optional<SessionId> oldSid;
    std::optional<SessionId> newSid;
    std::optional<UserId> firstBy;
    bool locking = false; // asked for by firstBy

    bool isOpen() const { return conflict.state == ConflictState::Open || conflict.state == ConflictState::Taken; }
};

Case readCase(Txn& txn, const Reviewer& who, const ConflictId& id)
{
    txn.lock("session_conflict", id.value);
    auto conflict = readConflict(txn.db(), id, who.tenant);
    if (!conflict)
        notFound();
    const auto row = txn.db().one(u"SELECT old_sid, new_sid, first_by, first_decision FROM session_conflict WHERE id = ?"_s, {id});
    return {std::move(*conflict), row->maybeId<SessionId>(0), row->maybeId<SessionId>(1), row->maybeId<UserId>(2), row->text(3) == u"lock_account"};
}

[[noreturn]] void stale(const Conflict& current)
{
    protocol::Problem p;
    p.status = 409;
    p.code = u"stale-decision"_s;
    p.detail = current.decidedBy.isEmpty() ? u"this conflict was changed meanwhile; nothing was decided"_s : u"%1 has already decided this; nothing was changed"_s.arg(current.decidedBy);
    p.extra["current_version"] = current.version;
    p.extra["current"] = protocol::toJson(current);
    if (!current.decidedBy.isEmpty())
        p.extra["decided_by"] = protocol::utf8(current.decidedBy);
    if (current.decision)
        p.extra["decision"] = protocol::wireName(*current.decision);
    throw ProblemError(p);
}

void requireOther(const Reviewer& who, const Conflict& conflict)
{
    if (conflict.userId == who.user)
        throw ProblemError(403, "own-account", u"nobody decides about his own sessions"_s);
}

void requireAllowed(const Reviewer& who, ConflictDecision decision)
{
    if (who.isManager() && decision != ConflictDecision::EndNew && decision != ConflictDecision::EndOld && decision != ConflictDecision::Escalate)
        throw ProblemError(403, "decision-not-allowed", u"a vendor's manager ends sessions or hands the conflict on to support"_s);
}

QString reasonOf(const ConflictVerdict& v)
{
    return v.note.isEmpty() ? u"session-conflict"_s : v.note;
}

void end(Txn& txn, const std::optional<SessionId>& sid, const QString& reason)
{
    if (sid)
        closeSession(txn, *sid, SessionEndReason::Revoked, reason); // over already: done
}

// What a conflict restricted, a decision that it was harmless frees again; other restrictions stay.
void freeNewcomer(Txn& txn, const Case& c)
{
    if (!c.newSid)
        return;
    const auto row = txn.db().one(u"SELECT restricted FROM auth_session WHERE sid = ?"_s, {*c.newSid});
    static const QStringList ours{u"reported"_s, u"parallel-use"_s, u"proof-mismatch"_s};
    if (row && ours.contains(row->text(0)))
        liftRestriction(txn, *c.newSid);
}

void allowPair(Txn& txn, const Reviewer& who, const Case& c)
{
    const auto pair = c.oldSid && c.newSid
        ? txn.db().one(u"SELECT o.device_id, n.device_id FROM auth_session o, auth_session n WHERE o.sid = ? AND n.sid = ?"_s, {*c.oldSid, *c.newSid})
        : std::nullopt;
    if (!pair || pair->text(0) == pair->text(1))
        throw ProblemError(409, "no-pair", u"these are not two devices"_s);
    const auto [a, b] = std::minmax({pair->text(0), pair->text(1)}); // copies: the texts are temporaries
    txn.db().exec(u"INSERT INTO auth_device_pair (user_id, device_a, device_b, allowed_by, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_id, device_a, device_b) DO NOTHING"_s,
        {c.conflict.userId, a, b, who.user, txn.now()});
    txn.db().exec(u"UPDATE session_head SET ask_until = NULL WHERE user_id = ?"_s, {c.conflict.userId});
    freeNewcomer(txn, c);
}

void resetFactors(Txn& txn, const Case& c)
{
    txn.db().exec(u"DELETE FROM auth_factor WHERE user_id = ?"_s, {c.conflict.userId});
    txn.db().exec(u"DELETE FROM auth_recovery_code WHERE user_id = ?"_s, {c.conflict.userId});
    txn.audit(u"auth.factor.reset"_s, u"user"_s, c.conflict.userId.value, json::object{});
}

// True: done; false: a second person has to ask for the same.
bool lockAccount(Txn& txn, const Reviewer& who, const Case& c, const ConflictVerdict& v)
{
    if (needsTwo(c.conflict.role)) {
        if (c.locking && c.firstBy == who.user)
            throw ProblemError(403, "second-agent-needed", u"somebody else has to confirm this lock; you asked for it"_s);
        if (!c.locking) {
            txn.db().exec(u"UPDATE session_conflict SET first_by = ?, first_decision = 'lock_account', note = ?, version = version + 1 WHERE id = ?"_s, {who.user, v.note, c.conflict.id});
            txn.audit(u"auth.conflict.lock_asked"_s, u"session_conflict"_s, c.conflict.id.value, json::object{{"note", protocol::utf8(v.note)}});
            return false;
        }
    }
    lockNow(txn, c.conflict.userId, reasonOf(v));
    return true;
}

void escalate(Txn& txn, const Case& c, const ConflictVerdict& v)
{
    txn.db().exec(u"UPDATE session_conflict SET score = score + ?, state = 'open', taken_by = NULL, note = ?, version = version + 1 WHERE id = ?"_s, {kEscalation, v.note, c.conflict.id});
    txn.audit(u"auth.conflict.escalated"_s, u"session_conflict"_s, c.conflict.id.value, json::object{{"note", protocol::utf8(v.note)}});
}

// False: nothing is decided yet.
bool carryOut(Txn& txn, const Reviewer& who, const Case& c, const ConflictVerdict& v)
{
    switch (v.decision) {
    case ConflictDecision::Benign: freeNewcomer(txn, c); return true;
    case ConflictDecision::EndNew: end(txn, c.newSid, reasonOf(v)); return true;
    case ConflictDecision::EndOld: end(txn, c.oldSid, reasonOf(v)); return true;
    case ConflictDecision::LockAccount: return lockAccount(txn, who, c, v);
    case ConflictDecision::ResetFactors: resetFactors(txn, c); return true;
    case ConflictDecision::AllowPair: allowPair(txn, who, c); return true;
    case ConflictDecision::Escalate: escalate(txn, c, v); return false;
    }
    return false;
}

} // namespace

void takeConflict(Txn& txn, const Reviewer& who, const ConflictId& id, std::int64_t version)
{
    const Case c = readCase(txn, who, id);
    requireOther(who, c.conflict);
    if (c.conflict.version != version)
        versionMismatch(c.conflict.version, protocol::toJson(c.conflict));
    if (!c.isOpen())
        stale(c.conflict);
    txn.db().exec(u"UPDATE session_conflict SET state = 'taken', taken_by = ?, version = version + 1 WHERE id = ?"_s, {who.user, id});
    txn.audit(u"auth.conflict.taken"_s, u"session_conflict"_s, id.value, json::object{});
    publishConflict(txn, id);
}

void decideConflict(Txn& txn, const Reviewer& who, const ConflictId& id, const ConflictVerdict& verdict)
{
    const Case c = readCase(txn, who, id);
    requireOther(who, c.conflict);
    requireAllowed(who, verdict.decision);
    if (!c.isOpen() || c.conflict.version != verdict.expectedVersion)
        stale(c.conflict);
    if (carryOut(txn, who, c, verdict)) {
        txn.db().exec(u"UPDATE session_conflict SET state = 'decided', decision = ?, decided_by = ?, decided_at = ?, note = ?, version = version + 1 WHERE id = ?"_s,
            {protocol::wireText(verdict.decision), who.user, txn.now(), verdict.note, id});
        txn.audit(u"auth.conflict.decided"_s, u"session_conflict"_s, id.value,
            json::object{{"decision", protocol::wireName(verdict.decision)}, {"note", protocol::utf8(verdict.note)}});
    }
    publishConflict(txn, id);
}

} // namespace naru::server
