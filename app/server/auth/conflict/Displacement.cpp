// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/conflict/Displacement.h"

#include "server/auth/conflict/Conflicts.h"
#include "server/auth/rules/Rules.h"

namespace naru::server {

void judgeDisplacement(Txn& txn, const Displacement& what)
{
    Takeover t = readTakeover(txn.db(), what.oldSid, what.newSid, txn.now());
    if (t.sameDevice || t.pairAllowed)
        return;
    t.gapSeconds = static_cast<int>(std::max<std::int64_t>(0, (txn.now() - what.oldLastActivity).count() / 1000)); // the row may not know the last of it yet
    NewConflict conflict;
    conflict.user = what.user;
    conflict.oldSid = what.oldSid;
    conflict.newSid = what.newSid;
    conflict.gapSeconds = t.gapSeconds;
    const auto judge = [&](ConflictKind kind, const std::optional<FiredRule>& rule) {
        if (!rule)
            return false;
        conflict.kind = kind;
        conflict.rules = {fire(txn, *rule, what.newSid,
            {{"old_sid", protocol::utf8(what.oldSid.toString())}, {"gap_seconds", t.gapSeconds}, {"lately", t.lately}, {"old_network", protocol::utf8(t.oldNetwork)},
                {"new_network", protocol::utf8(t.newNetwork)}})};
        openConflict(txn, conflict);
        return true;
    };
    // Who is asked already has agreed to this one.
    const bool asked = txn.db().one(QStringLiteral("SELECT 1 FROM session_head WHERE user_id = ? AND ask_until > ?"), {what.user, txn.now()}).has_value();
    if (!asked && judge(ConflictKind::FlipFlop, flipFlop(t, txn.now())))
        txn.db().exec(QStringLiteral("UPDATE session_head SET ask_until = ? WHERE user_id = ?"), {txn.now() + kAskFor, what.user});
    if (!judge(ConflictKind::NewDevice, neverSeenDevice(t, txn.now())))
        judge(ConflictKind::OtherNetwork, otherNetwork(t, txn.now()));
}

} // namespace naru::server
