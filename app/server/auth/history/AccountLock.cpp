// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/history/AccountLock.h"

#include "server/auth/Sessions.h"
#include "server/auth/rules/Rules.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

std::optional<Row> rowOf(Connection& db, const UserId& id, const Reviewer& who)
{
    auto row = db.one(u"SELECT u.id, u.version, u.login, u.display_name, u.role, COALESCE(v.name, ''), u.status, u.vendor_id, u.lock_asked_by, u.lock_asked_at "
                      "FROM user_account u LEFT JOIN vendor v ON v.id = u.vendor_id WHERE u.id = ?"_s,
        {id});
    if (row && !who.sees(row->maybeId<VendorId>(7)))
        row.reset();
    return row;
}

AccountEntry entryOf(const Row& row)
{
    AccountEntry a;
    a.id = row.id<UserId>(0);
    a.version = row.integer(1);
    a.login = row.text(2);
    a.displayName = row.text(3);
    a.role = protocol::fromWire<Role>(row.text(4)).value_or(Role::Staff);
    a.vendorName = row.text(5);
    a.status = protocol::fromWire<AccountStatus>(row.text(6)).value_or(AccountStatus::Closed);
    return a;
}

// True: somebody has to confirm it first.
bool waitsForSecond(Txn& txn, const Reviewer& who, const Row& row, const QString& reason)
{
    const AccountEntry account = entryOf(row);
    if (!needsTwo(account.role))
        return false;
    const auto first = row.maybeId<UserId>(8);
    const bool standing = first && !row.isNull(9) && row.instant(9) + kSecondWithin > txn.now();
    if (standing && *first == who.user)
        throw ProblemError(403, "second-agent-needed", u"somebody else has to confirm this lock; you asked for it"_s);
    if (standing)
        return false;
    txn.db().exec(u"UPDATE user_account SET lock_asked_by = ?, lock_asked_at = ?, version = version + 1 WHERE id = ?"_s, {who.user, txn.now(), account.id});
    txn.audit(u"auth.account.lock_asked"_s, u"user"_s, account.id.value, json::object{{"reason", protocol::utf8(reason)}});
    return true;
}

} // namespace

std::optional<AccountEntry> readAccount(Connection& db, const UserId& id, const Reviewer& who)
{
    const auto row = rowOf(db, id, who);
    return row ? std::optional(entryOf(*row)) : std::nullopt;
}

LockOutcome changeLock(Txn& txn, const Reviewer& who, const UserId& id, std::int64_t version, const protocol::LockRequest& wish)
{
    txn.lock("user_account", id.value);
    const auto row = rowOf(txn.db(), id, who);
    if (!row)
        notFound();
    const AccountEntry before = entryOf(*row);
    if (before.version != version)
        versionMismatch(before.version, protocol::toJson(before));
    if (id == who.user)
        throw ProblemError(403, "own-account", u"nobody locks or unlocks himself"_s);
    if (before.status == AccountStatus::Closed)
        throw ProblemError(409, "account-closed", u"this account is closed for good"_s);
    LockOutcome out;
    if (wish.locked && before.status == AccountStatus::Active) {
        out.waiting = waitsForSecond(txn, who, *row, wish.reason);
        if (!out.waiting)
            lockNow(txn, id, wish.reason);
    } else if (!wish.locked && before.status == AccountStatus::Locked) {
        txn.db().exec(u"UPDATE user_account SET status = 'active', lock_asked_by = NULL, lock_asked_at = NULL, version = version + 1 WHERE id = ?"_s, {id});
        txn.audit(u"auth.account.unlocked"_s, u"user"_s, id.value, json::object{{"reason", protocol::utf8(wish.reason)}});
    }
    out.account = entryOf(*rowOf(txn.db(), id, who));
    return out;
}

void lockNow(Txn& txn, const UserId& id, const QString& reason)
{
    if (txn.db().exec(u"UPDATE user_account SET status = 'locked', lock_asked_by = NULL, lock_asked_at = NULL, version = version + 1 WHERE id = ? AND status = 'active'"_s, {id}) != 1)
        return;
    txn.audit(u"auth.account.locked"_s, u"user"_s, id.value, json::object{{"reason", protocol::utf8(reason)}});
    const auto sid = liveSessionOf(txn.db(), id);
    if (!sid)
        return;
    if (const auto rule = accountGone(AccountStatus::Locked, std::nullopt, txn.now()))
        fire(txn, *rule, *sid, {});
    closeSession(txn, *sid, SessionEndReason::Revoked, reason);
}

int endOfThoseGone(Txn& txn)
{
    const Rows live = txn.db().query(u"SELECT h.sid, u.status, v.status FROM session_head h JOIN user_account u ON u.id = h.user_id LEFT JOIN vendor v ON v.id = u.vendor_id "
                                     "WHERE h.sid IS NOT NULL AND (u.status <> 'active' OR v.status IN ('suspended','closed')) LIMIT 500"_s);
    int ended = 0;
    for (const Row& row : live) {
        const auto account = protocol::fromWire<AccountStatus>(row.text(1)).value_or(AccountStatus::Closed);
        const auto rule = accountGone(account, row.isNull(2) ? std::nullopt : protocol::fromWire<VendorStatus>(row.text(2)), txn.now());
        if (!rule)
            continue;
        fire(txn, *rule, row.id<SessionId>(0), {});
        ended += closeSession(txn, row.id<SessionId>(0), SessionEndReason::Revoked, rule->signal).has_value() ? 1 : 0;
    }
    return ended;
}

} // namespace naru::server
