// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/rules/Rules.h"

#include "protocol/WireNames.h"
#include "server/auth/device/DeviceTier.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

FiredRule rule(const char* code, const char* signal, const char* action, Instant now)
{
    return {QString::fromLatin1(code), QString::fromLatin1(signal), QString::fromLatin1(action), now};
}

// The part of an address that rarely changes its owner.
QString ownerOf(const QString& address)
{
    return address.contains(u'.') ? address.section(u'.', 0, 1) : address.section(u':', 0, 1);
}

bool has(const std::vector<PostureSignal>& posture, KeyStorage registered, const QString& fault)
{
    return std::any_of(posture.begin(), posture.end(), [&](const PostureSignal& s) { return faultOf(s, registered) == fault; });
}

} // namespace

std::optional<FiredRule> flipFlop(const Takeover& t, Instant now)
{
    if (t.pairAllowed || t.lately < kFlipFlopTimes)
        return std::nullopt;
    return rule("E5", "flip-flop", "ask", now);
}

std::optional<FiredRule> neverSeenDevice(const Takeover& t, Instant now)
{
    return t.neverSeen ? std::optional(rule("E6", "device-never-seen", "tell", now)) : std::nullopt;
}

std::optional<FiredRule> otherNetwork(const Takeover& t, Instant now)
{
    if (t.pairAllowed || t.oldNetwork.isEmpty() || t.oldNetwork == t.newNetwork || t.gapSeconds > kOtherNetworkSeconds)
        return std::nullopt;
    return rule("C1", "other-network", "conflict", now);
}

FiredRule sensitiveTried(Instant now)
{
    return rule("C2", "sensitive-tried", "score", now);
}

FiredRule reportedByHolder(Instant now)
{
    return rule("E7", "not-me", "restrict", now);
}

std::optional<FiredRule> networkChanged(const QString& openedFrom, const QString& address, Instant now)
{
    if (openedFrom.isEmpty() || address.isEmpty() || openedFrom.contains(u'.') != address.contains(u'.') || ownerOf(openedFrom) == ownerOf(address))
        return std::nullopt;
    return rule("E8", "network-changed", "step-up", now);
}

std::optional<FiredRule> postureLost(const std::vector<PostureSignal>& before, const std::vector<PostureSignal>& after, KeyStorage registered, Instant now)
{
    if (has(after, registered, u"integrity-bad"_s))
        return rule("E10", "integrity-bad", "end", now);
    if (has(after, registered, u"storage-downgraded"_s) && !has(before, registered, u"storage-downgraded"_s))
        return rule("E10", "storage-downgraded", "tier", now);
    return std::nullopt;
}

std::optional<FiredRule> postureMissed(Instant heardAt, Instant now)
{
    return now - heardAt > kPostureMissed ? std::optional(rule("E11", "posture-missed", "tier", now)) : std::nullopt;
}

std::optional<FiredRule> readsTooMuch(std::int64_t records, std::int64_t usual, Instant now)
{
    return records > kReadsAlways && records > kReadsTimes * usual ? std::optional(rule("E13", "reads-too-much", "restrict", now)) : std::nullopt;
}

std::optional<FiredRule> unusualHours(const WorkHabit& habit, Instant now)
{
    if (habit.deviceKnown || habit.days < kHabitDays)
        return std::nullopt;
    const std::int64_t hour = toUnixMs(now) / 3600'000;
    for (std::int64_t h = hour - 1; h <= hour + 1; ++h)
        if (habit.hours.test(static_cast<std::size_t>(h % 24)))
            return std::nullopt;
    return rule("E14", "unusual-hours", "restrict", now);
}

std::optional<FiredRule> accountGone(AccountStatus account, std::optional<VendorStatus> vendor, Instant now)
{
    if (account == AccountStatus::Locked)
        return rule("E20", "account-locked", "end", now);
    if (account == AccountStatus::Closed)
        return rule("E20", "account-closed", "end", now);
    if (vendor == VendorStatus::Suspended || vendor == VendorStatus::Closed)
        return rule("E20", "company-suspended", "end", now);
    return std::nullopt;
}

FiredRule fire(Txn& txn, FiredRule rule, const SessionId& about, protocol::json::object inputs)
{
    protocol::json::object diff{{"rule", protocol::utf8(rule.code)}, {"version", kRuleVersion}, {"signal", protocol::utf8(rule.signal)},
        {"action", protocol::utf8(rule.action)}};
    if (!inputs.empty())
        diff["inputs"] = std::move(inputs);
    const Txn::AsSystem system(txn);
    txn.audit(u"auth.rule.fired"_s, u"session"_s, about.value, diff);
    return rule;
}

Takeover readTakeover(Connection& db, const SessionId& displaced, const SessionId& by, Instant now)
{
    Takeover t;
    const auto row = db.one(u"SELECT o.network, n.network, o.device_id, n.device_id, COALESCE(o.last_activity_at, o.started_at), n.user_id, n.sv, n.started_at "
                            "FROM auth_session o, auth_session n WHERE o.sid = ? AND n.sid = ?"_s,
        {displaced, by});
    if (!row)
        return t;
    t.oldNetwork = row->text(0);
    t.newNetwork = row->text(1);
    const QString oldDevice = row->text(2);
    const QString newDevice = row->text(3);
    t.gapSeconds = static_cast<int>(std::max<std::int64_t>(0, row->integer(7) - row->integer(4)) / 1000);
    const QString user = row->text(5);
    t.sameDevice = oldDevice == newDevice;
    t.neverSeen = !t.sameDevice && !db.one(u"SELECT 1 FROM auth_session WHERE device_id = ? AND user_id = ? AND sv < ? LIMIT 1"_s, {newDevice, user, row->integer(6)});
    const auto pair = std::minmax(oldDevice, newDevice);
    t.pairAllowed = db.one(u"SELECT 1 FROM auth_device_pair WHERE user_id = ? AND device_a = ? AND device_b = ?"_s, {user, pair.first, pair.second}).has_value();
    if (t.sameDevice)
        return t;
    // From the newest sessions to the ones before them; of two programs that take it from each other without end, the last hundred tell enough.
    t.lately = db.one(u"SELECT COUNT(*) FROM (SELECT sid, user_id, sv, device_id FROM auth_session WHERE user_id = ? AND started_at > ? ORDER BY started_at DESC LIMIT 100) n "
                      "JOIN auth_session o ON o.user_id = n.user_id AND o.sv = n.sv - 1 AND o.ended_by_sid = n.sid WHERE o.status = 'displaced' "
                      "AND ((o.device_id = ? AND n.device_id = ?) OR (o.device_id = ? AND n.device_id = ?))"_s,
        {user, now - kFlipFlopWithin, oldDevice, newDevice, newDevice, oldDevice})->number(0);
    return t;
}

} // namespace naru::server
