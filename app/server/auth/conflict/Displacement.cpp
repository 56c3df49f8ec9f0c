// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/conflict/Displacement.h"

#include "server/auth/conflict/Conflicts.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr Millis kFlipFlopWithin{10 * 60'000};
constexpr int kFlipFlops = 3;
constexpr Millis kAskFor{3600'000};
constexpr Millis kNetworkWithin{10 * 60'000};

bool pairAllowed(Connection& db, const UserId& user, const QString& a, const QString& b)
{
    return db.one(u"SELECT 1 FROM auth_device_pair WHERE user_id = ? AND device_a = ? AND device_b = ?"_s, {user, std::min(a, b), std::max(a, b)}).has_value();
}

int exchanges(Connection& db, const UserId& user, const QString& a, const QString& b, Instant since)
{
    return db.one(u"SELECT COUNT(*) FROM auth_session o JOIN auth_session n ON n.sid = o.ended_by_sid WHERE o.user_id = ? AND o.status = 'displaced' AND o.ended_at >= ? "
                  "AND ((o.device_id = ? AND n.device_id = ?) OR (o.device_id = ? AND n.device_id = ?))"_s, {user, since, a, b, b, a})
        ->number(0);
}

bool neverSeen(Connection& db, const DeviceId& device, const SessionId& now)
{
    return !db.one(u"SELECT 1 FROM auth_session WHERE device_id = ? AND sid <> ? LIMIT 1"_s, {device, now});
}

} // namespace

void judgeDisplacement(Txn& txn, const Displacement& what)
{
    Connection& db = txn.db();
    const auto old = db.one(u"SELECT device_id, network FROM auth_session WHERE sid = ?"_s, {what.oldSid});
    const QString newDevice = what.newDevice.toString();
    if (!old || old->text(0) == newDevice || pairAllowed(db, what.user, old->text(0), newDevice))
        return;
    NewConflict conflict;
    conflict.user = what.user;
    conflict.oldSid = what.oldSid;
    conflict.newSid = what.newSid;
    conflict.gapSeconds = static_cast<int>(std::max<std::int64_t>(0, (txn.now() - what.oldLastActivity).count() / 1000));
    const auto fire = [&](ConflictKind kind, const QString& code, const QString& signal, const QString& action) {
        conflict.kind = kind;
        conflict.rules = {{code, signal, action, txn.now()}};
        txn.audit(u"auth.rule.fired"_s, u"user"_s, what.user.value,
            protocol::json::object{{"rule", protocol::utf8(code)}, {"signal", protocol::utf8(signal)}, {"action", protocol::utf8(action)}});
        openConflict(txn, conflict);
    };
    if (exchanges(db, what.user, old->text(0), newDevice, txn.now() - kFlipFlopWithin) >= kFlipFlops) {
        db.exec(u"UPDATE session_head SET ask_until = ? WHERE user_id = ?"_s, {txn.now() + kAskFor, what.user});
        fire(ConflictKind::FlipFlop, u"E5"_s, u"flip-flop"_s, u"ask"_s);
    }
    if (neverSeen(db, what.newDevice, what.newSid))
        fire(ConflictKind::NewDevice, u"E6"_s, u"device-never-seen"_s, u"tell"_s);
    else if (!old->text(1).isEmpty() && old->text(1) != what.newNetwork && txn.now() - what.oldLastActivity <= kNetworkWithin)
        fire(ConflictKind::OtherNetwork, u"C1"_s, u"other-network"_s, u"conflict"_s);
}

} // namespace naru::server
