// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Sessions.h"

#include "protocol/SecurityFields.h"
#include "server/api/Http.h"
#include "server/auth/Throttle.h"
#include "server/auth/conflict/Displacement.h"
#include "server/auth/device/Devices.h"
#include "server/auth/rules/Rules.h"
#include "server/domain/Parties.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kTries = 20;
const QString kUnusualHours = u"unusual-hours"_s;
constexpr Millis kUnwritten{15'000}; // activity that has not reached the row yet

QString statusOf(SessionEndReason reason)
{
    return reason == SessionEndReason::ExpiredAbsolute ? u"expired_abs"_s : protocol::wireText(reason);
}

SessionEndReason reasonOf(const QString& status)
{
    return status == u"expired_abs" ? SessionEndReason::ExpiredAbsolute : protocol::fromWire<SessionEndReason>(status).value_or(SessionEndReason::Revoked);
}

void tell(Txn& txn, const QString& action, const SessionId& sid, const UserId& user, std::int64_t sv, json::object more)
{
    more["user_id"] = protocol::utf8(user.toString());
    more["sv"] = sv;
    txn.audit(action, u"session"_s, sid.value, more);
    more["action"] = protocol::utf8(action);
    txn.publish("auth.session", std::nullopt, u"session"_s, sid.value, sv, more);
}

// The row leaves 'active'; the head was already moved on by the caller.
void markEnded(Txn& txn, const SessionId& sid, const SessionEnded& how, const std::optional<SessionId>& by)
{
    txn.db().exec(u"UPDATE auth_session SET status = ?, ended_at = ?, ended_reason = ?, ended_by_sid = ? WHERE sid = ? AND status = 'active'"_s,
        {statusOf(how.reason), how.at, how.detail.isEmpty() ? protocol::wireText(how.reason) : how.detail, Param(by), sid});
    txn.db().exec(u"UPDATE auth_refresh_family SET state = 'revoked' WHERE sid = ?"_s, {sid});
}

const QString kHead = u"SELECT h.sv, h.sid, h.idle_until, h.abs_until, h.ask_until, s.device_id, s.device_name, s.place, u.session_policy "
                      "FROM session_head h JOIN user_account u ON u.id = h.user_id LEFT JOIN auth_session s ON s.sid = h.sid WHERE h.user_id = ?"_s;

bool isLive(const Row& head, Instant now) { return !head.isNull(1) && head.instant(2) + kUnwritten > now && head.instant(3) > now; }

// A device takes its own session over without a question: a program that was started again is the same place.
std::optional<Elsewhere> objection(const Row& head, const OpenRequest& request, Instant now)
{
    if (!isLive(head, now) || head.text(5) == request.device.toString())
        return std::nullopt;
    Elsewhere other;
    other.sv = head.integer(0);
    other.deviceName = head.text(6);
    other.place = head.text(7);
    other.lastActivity = head.instant(2) - request.idle;
    const QString policy = head.text(8);
    if (policy == u"deny") {
        other.policy = Elsewhere::Policy::Deny;
        return other;
    }
    const bool asks = policy == u"ask" || (!head.isNull(4) && head.instant(4) > now) || request.expectedSv;
    if (asks && request.expectedSv != other.sv)
        return other;
    return std::nullopt;
}

LiveSession newcomer(Txn& txn, const OpenRequest& request)
{
    const auto who = txn.db().one(u"SELECT u.display_name, u.role, u.vendor_id, u.status, d.name, d.jkt, d.storage, d.posture_json, d.posture_at, COALESCE(v.status, '') "
                                  "FROM user_account u JOIN auth_device d ON d.user_id = u.id AND d.id = ? LEFT JOIN vendor v ON v.id = u.vendor_id WHERE u.id = ?"_s, {request.device, request.user});
    if (who && who->text(3) == u"locked")
        throw ProblemError(403, "account-locked", u"this account is locked; ask support"_s);
    if (!who || who->text(3) != u"active" || isShut(who->text(9)))
        throw ProblemError(403, "account-closed", u"this account may not sign in"_s);
    LiveSession s;
    s.sid = txn.newId<SessionId>();
    s.userId = request.user;
    s.displayName = who->text(0);
    s.role = protocol::fromWire<Role>(who->text(1)).value_or(Role::Admin);
    s.vendorId = who->maybeId<VendorId>(2);
    s.deviceId = request.device;
    s.deviceName = who->text(4);
    s.jkt = who->text(5).toLatin1();
    s.storage = protocol::fromWire<KeyStorage>(who->text(6)).value_or(KeyStorage::Memory);
    s.posture = postureFrom(who->text(7));
    if (!who->isNull(8))
        s.postureAt = who->instant(8);
    s.startedAt = s.lastActivity = txn.now();
    s.network = QString::fromStdString(networkOf(request.place));
    s.absUntil = txn.now() + request.absolute;
    if (request.steppedUp)
        s.steppedUpAt = txn.now();
    return s;
}

} // namespace

void recordRevocation(Txn& txn, std::string_view kind, const QString& subject, std::optional<std::int64_t> minSv, const QString& reason)
{
    // One row on purpose: gapless and in commit order, so that whoever saw n has everything up to n.
    txn.db().exec(u"UPDATE auth_seq SET v = v + 1 WHERE name = 'revocation'"_s);
    txn.db().exec(u"INSERT INTO auth_revocation (seq, kind, subject, min_sv, reason, at) SELECT v, ?, ?, ?, ?, ? FROM auth_seq WHERE name = 'revocation'"_s,
        {Param(kind), subject, Param(minSv), reason, txn.now()});
}

std::optional<Elsewhere> liveElsewhere(Connection& db, const OpenRequest& request, Instant now)
{
    const auto head = db.one(kHead, {request.user});
    return head ? objection(*head, request, now) : std::nullopt;
}

std::variant<Opened, Elsewhere> openSession(Txn& txn, const OpenRequest& request)
{
    Connection& db = txn.db();
    Opened out;
    out.session = newcomer(txn, request);
    LiveSession& s = out.session;

    for (int i = 0; i < kTries; ++i) {
        const auto head = db.one(kHead, {request.user});
        if (!head)
            throw ProblemError(403, "account-closed", u"this account may not sign in"_s);
        if (const auto other = objection(*head, request, txn.now()))
            return *other;
        const std::int64_t sv = head->integer(0);
        const auto old = head->maybeId<SessionId>(1);
        s.sv = sv + 1;
        if (db.exec(u"UPDATE session_head SET sv = sv + 1, sid = ?, idle_until = ?, abs_until = ?, device_id = ? WHERE user_id = ? AND sv = ?"_s,
                {s.sid, txn.now() + request.idle, s.absUntil, request.device, request.user, sv}) != 1)
            continue; // someone was faster: look again
        if (old) {
            SessionEnded how{SessionEndReason::Displaced, txn.now(), s.deviceName, request.place, {}};
            if (!isLive(*head, txn.now())) { // over already, only nobody had noticed
                how.reason = head->instant(3) <= txn.now() ? SessionEndReason::ExpiredAbsolute : SessionEndReason::ExpiredIdle;
                how.byDevice.clear();
                how.byPlace.clear();
            }
            markEnded(txn, *old, how, s.sid);
            tell(txn, u"auth.session."_s + protocol::wireText(how.reason), *old, request.user, sv, {{"by_sid", protocol::utf8(s.sid.toString())}});
            out.displaced = {*old, how};
        }
        db.exec(u"INSERT INTO auth_session (sid, user_id, sv, status, device_id, device_name, place, network, jkt, started_at, stepped_up_at, last_activity_at) "
                "VALUES (?, ?, ?, 'active', ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {s.sid, request.user, s.sv, request.device, s.deviceName, request.place, QString::fromStdString(networkOf(request.place)), QString::fromLatin1(s.jkt), txn.now(),
                request.steppedUp ? Param(txn.now()) : Param(nullptr), txn.now()});
        recordRevocation(txn, "user", request.user.toString(), s.sv, old ? u"displaced"_s : u"opened"_s);
        tell(txn, u"auth.session.opened"_s, s.sid, request.user, s.sv,
            {{"device", protocol::utf8(s.deviceName)}, {"place", protocol::utf8(request.place)}});
        if (out.displaced && out.displaced->second.reason == SessionEndReason::Displaced)
            judgeDisplacement(txn, Displacement{request.user, out.displaced->first, s.sid, head->instant(2) - request.idle});
        if (!request.steppedUp && judgeHours(txn, s))
            s.restricted = kUnusualHours;
        return out;
    }
    throw ProblemError(503, "sign-in-busy", u"too many sign-ins of this account at once"_s);
}

std::optional<SessionEnded> closeSession(Txn& txn, const SessionId& sid, SessionEndReason reason, const QString& detail)
{
    Connection& db = txn.db();
    const auto row = db.one(u"SELECT user_id, sv FROM auth_session WHERE sid = ? AND status = 'active'"_s, {sid});
    if (!row)
        return std::nullopt;
    const UserId user = row->id<UserId>(0);
    const std::int64_t sv = row->integer(1);
    // The same compare-and-set as opening: a newcomer who was faster has already ended this session.
    if (db.exec(u"UPDATE session_head SET sid = NULL, idle_until = NULL, abs_until = NULL WHERE user_id = ? AND sv = ? AND sid = ?"_s, {user, sv, sid}) != 1)
        return std::nullopt;
    const SessionEnded how{reason, txn.now(), {}, {}, detail};
    markEnded(txn, sid, how, std::nullopt);
    recordRevocation(txn, "user", user.toString(), sv + 1, protocol::wireText(reason));
    json::object more;
    if (!detail.isEmpty())
        more["reason"] = protocol::utf8(detail);
    tell(txn, u"auth.session."_s + protocol::wireText(reason), sid, user, sv, std::move(more));
    return how;
}

bool judgeHours(Txn& txn, const LiveSession& s)
{
    if (!s.deviceId || !s.restricted.isEmpty() || s.steppedUpAt != Instant{})
        return false;
    const auto rule = unusualHours(readWorkHabit(txn.db(), s.userId, *s.deviceId, s.sv, txn.now()), txn.now());
    if (!rule || !restrictSession(txn, s.sid, kUnusualHours))
        return false;
    fire(txn, *rule, s.sid, {});
    return true;
}

std::optional<SessionId> liveSessionOf(Connection& db, const UserId& user)
{
    const auto row = db.one(u"SELECT sid FROM session_head WHERE user_id = ? AND sid IS NOT NULL"_s, {user});
    return row ? row->maybeId<SessionId>(0) : std::nullopt;
}

bool restrictSession(Txn& txn, const SessionId& sid, const QString& why)
{
    if (txn.db().exec(u"UPDATE auth_session SET restricted = ? WHERE sid = ? AND status = 'active' AND restricted = ''"_s, {why, sid}) != 1)
        return false;
    const auto row = txn.db().one(u"SELECT user_id, sv FROM auth_session WHERE sid = ?"_s, {sid});
    recordRevocation(txn, "restrict", sid.toString(), std::nullopt, why);
    tell(txn, u"auth.session.restricted"_s, sid, row->id<UserId>(0), row->integer(1), {{"reason", protocol::utf8(why)}});
    return true;
}

bool liftRestriction(Txn& txn, const SessionId& sid)
{
    if (txn.db().exec(u"UPDATE auth_session SET restricted = '' WHERE sid = ? AND status = 'active' AND restricted <> ''"_s, {sid}) != 1)
        return false;
    const auto row = txn.db().one(u"SELECT user_id, sv FROM auth_session WHERE sid = ?"_s, {sid});
    recordRevocation(txn, "restore", sid.toString(), std::nullopt, u"verified"_s);
    tell(txn, u"auth.session.restored"_s, sid, row->id<UserId>(0), row->integer(1), {});
    return true;
}

bool noteStepUp(Txn& txn, const SessionId& sid)
{
    if (txn.db().exec(u"UPDATE auth_session SET stepped_up_at = ? WHERE sid = ? AND status = 'active'"_s, {txn.now(), sid}) != 1)
        return false;
    const auto row = txn.db().one(u"SELECT user_id, sv FROM auth_session WHERE sid = ?"_s, {sid});
    tell(txn, u"auth.stepup.ok"_s, sid, row->id<UserId>(0), row->integer(1), {});
    return true;
}

namespace {

const QString kLive = u"SELECT s.sid, s.sv, s.user_id, u.role, u.vendor_id, u.display_name, s.device_name, h.idle_until, h.abs_until, s.device_id, s.jkt, "
                      "d.storage, d.posture_json, d.posture_at, s.restricted, s.stepped_up_at, s.started_at, s.network, s.posture_missed_at "
                      "FROM auth_session s JOIN session_head h ON h.user_id = s.user_id AND h.sid = s.sid "
                      "JOIN user_account u ON u.id = s.user_id LEFT JOIN auth_device d ON d.id = s.device_id WHERE s.status = 'active'"_s;
const QString kEnded = u"SELECT s.sid, s.status, s.ended_at, COALESCE(b.device_name, ''), COALESCE(b.place, ''), COALESCE(s.ended_reason, '') FROM auth_session s "
                       "LEFT JOIN auth_session b ON b.sid = s.ended_by_sid WHERE s.status <> 'active'"_s;

LiveSession liveOf(const Row& row, Millis idle)
{
    LiveSession s;
    s.sid = row.id<SessionId>(0);
    s.sv = row.integer(1);
    s.userId = row.id<UserId>(2);
    s.role = protocol::fromWire<Role>(row.text(3)).value_or(Role::Admin);
    s.vendorId = row.maybeId<VendorId>(4);
    s.displayName = row.text(5);
    s.deviceName = row.text(6);
    s.lastActivity = row.instant(7) - idle;
    s.absUntil = row.instant(8);
    s.deviceId = row.maybeId<DeviceId>(9);
    s.jkt = row.isNull(10) ? QByteArray() : row.text(10).toLatin1();
    s.storage = row.isNull(11) ? KeyStorage::Memory : protocol::fromWire<KeyStorage>(row.text(11)).value_or(KeyStorage::Memory);
    s.posture = row.isNull(12) ? std::vector<PostureSignal>{} : postureFrom(row.text(12));
    if (!row.isNull(13))
        s.postureAt = row.instant(13);
    s.restricted = row.text(14);
    if (!row.isNull(15))
        s.steppedUpAt = row.instant(15);
    s.startedAt = row.instant(16);
    s.network = row.text(17);
    if (!row.isNull(18))
        s.missedAt = row.instant(18);
    return s;
}

SessionEnded endOf(const Row& row)
{
    SessionEnded how{reasonOf(row.text(1)), row.instant(2), row.text(3), row.text(4), {}};
    if (how.reason == SessionEndReason::Revoked && row.text(5) != u"revoked")
        how.detail = row.text(5);
    return how;
}

} // namespace

SessionRows readSession(Connection& db, const SessionId& sid, Millis idle)
{
    SessionRows out;
    if (const auto row = db.one(kLive + u" AND s.sid = ?"_s, {sid}))
        out.live = liveOf(*row, idle);
    else if (const auto over = db.one(kEnded + u" AND s.sid = ?"_s, {sid}))
        out.ended = endOf(*over);
    return out;
}

std::optional<SessionEnded> learnSession(Connection& db, SessionView& view, const SessionId& sid, Millis idle)
{
    if (view.end(sid))
        return std::nullopt;
    const SessionRows rows = readSession(db, sid, idle);
    if (rows.live)
        view.learned(*rows.live);
    else if (rows.ended)
        view.ended(sid, *rows.ended);
    return rows.ended;
}

void loadSessions(Connection& db, SessionView& view, Millis idle, Instant endsSince)
{
    for (const Row& row : db.query(kLive))
        view.learned(liveOf(row, idle));
    for (const Row& row : db.query(kEnded + u" AND s.ended_at >= ?"_s, {endsSince}))
        view.ended(row.id<SessionId>(0), endOf(row));
}

} // namespace naru::server
