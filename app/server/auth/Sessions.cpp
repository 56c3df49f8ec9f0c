// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Sessions.h"

#include "server/api/Http.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kTries = 20;
constexpr Millis kUnwritten{15'000}; // activity that has not reached the row yet

QString statusOf(SessionEndReason reason)
{
    return reason == SessionEndReason::ExpiredAbsolute ? u"expired_abs"_s : protocol::wireText(reason);
}

SessionEndReason reasonOf(const QString& status)
{
    return status == u"expired_abs" ? SessionEndReason::ExpiredAbsolute : protocol::fromWire<SessionEndReason>(status).value_or(SessionEndReason::Revoked);
}

void revocation(Txn& txn, const UserId& user, std::int64_t minSv, const QString& reason)
{
    // One row on purpose: gapless and in commit order, so that whoever saw n has everything up to n.
    txn.db().exec(u"UPDATE auth_seq SET v = v + 1 WHERE name = 'revocation'"_s);
    txn.db().exec(u"INSERT INTO auth_revocation (seq, kind, subject, min_sv, reason, at) SELECT v, 'user', ?, ?, ?, ? FROM auth_seq WHERE name = 'revocation'"_s,
        {user, minSv, reason, txn.now()});
}

void tell(Txn& txn, const QString& action, const SessionId& sid, const UserId& user, std::int64_t sv, json::object more)
{
    more["user_id"] = protocol::utf8(user.toString());
    more["sv"] = sv;
    txn.audit(action, u"session"_s, sid.value, more);
    more["action"] = protocol::utf8(action);
    txn.publish("auth.session", std::nullopt, u"session"_s, sid.value, sv, more);
}

QString deviceOf(Txn& txn, const UserId& user, const QString& name)
{
    const auto known = txn.db().one(u"SELECT id FROM auth_device WHERE user_id = ? AND name = ?"_s, {user, name});
    if (known) {
        txn.db().exec(u"UPDATE auth_device SET last_seen_at = ? WHERE id = ?"_s, {txn.now(), known->text(0)});
        return known->text(0);
    }
    const DeviceId id = txn.newId<DeviceId>();
    txn.db().exec(u"INSERT INTO auth_device (id, user_id, name, last_seen_at) VALUES (?, ?, ?, ?)"_s, {id, user, name, txn.now()});
    return id.toString();
}

// The row leaves 'active'; the head was already moved on by the caller.
void markEnded(Txn& txn, const SessionId& sid, const SessionEnded& how, const std::optional<SessionId>& by)
{
    txn.db().exec(u"UPDATE auth_session SET status = ?, ended_at = ?, ended_reason = ?, ended_by_sid = ? WHERE sid = ? AND status = 'active'"_s,
        {statusOf(how.reason), how.at, protocol::wireText(how.reason), Param(by), sid});
    txn.db().exec(u"UPDATE auth_refresh_family SET state = 'revoked' WHERE sid = ?"_s, {sid});
}

} // namespace

std::variant<Opened, NeedsConfirmation> openSession(Txn& txn, const OpenRequest& request)
{
    Connection& db = txn.db();
    const auto who = db.one(u"SELECT display_name, role, vendor_id, status FROM user_account WHERE id = ?"_s, {request.user});
    if (!who || who->text(3) != u"active")
        throw ProblemError(403, "account-closed", u"this account may not sign in"_s);
    Opened out;
    LiveSession& s = out.session;
    s.sid = txn.newId<SessionId>();
    s.userId = request.user;
    s.displayName = who->text(0);
    s.role = protocol::fromWire<Role>(who->text(1)).value_or(Role::Admin);
    s.vendorId = who->maybeId<VendorId>(2);
    s.deviceName = request.deviceName;
    s.lastActivity = txn.now();
    s.absUntil = txn.now() + request.absolute;
    const QString device = deviceOf(txn, request.user, request.deviceName);

    for (int i = 0; i < kTries; ++i) {
        const auto head = db.one(u"SELECT h.sv, h.sid, h.idle_until, h.abs_until, s.device_name, s.place FROM session_head h "
                                 "LEFT JOIN auth_session s ON s.sid = h.sid WHERE h.user_id = ?"_s, {request.user});
        if (!head)
            throw ProblemError(403, "account-closed", u"this account may not sign in"_s);
        const std::int64_t sv = head->integer(0);
        const auto old = head->maybeId<SessionId>(1);
        const bool live = old && head->instant(2) + kUnwritten > txn.now() && head->instant(3) > txn.now();
        if (request.expectedSv && live && *request.expectedSv != sv)
            return NeedsConfirmation{sv, head->text(4), head->text(5)};
        s.sv = sv + 1;
        if (db.exec(u"UPDATE session_head SET sv = sv + 1, sid = ?, idle_until = ?, abs_until = ?, device_id = ? WHERE user_id = ? AND sv = ?"_s,
                {s.sid, txn.now() + request.idle, s.absUntil, device, request.user, sv}) != 1)
            continue; // someone was faster: look again
        if (old) {
            SessionEnded how{SessionEndReason::Displaced, txn.now(), request.deviceName, request.place};
            if (!live) { // over already, only nobody had noticed
                how.reason = head->instant(3) <= txn.now() ? SessionEndReason::ExpiredAbsolute : SessionEndReason::ExpiredIdle;
                how.byDevice.clear();
                how.byPlace.clear();
            }
            markEnded(txn, *old, how, s.sid);
            tell(txn, u"auth.session."_s + protocol::wireText(how.reason), *old, request.user, sv, {{"by_sid", protocol::utf8(s.sid.toString())}});
            out.displaced = {*old, how};
        }
        db.exec(u"INSERT INTO auth_session (sid, user_id, sv, status, device_id, device_name, place, started_at) VALUES (?, ?, ?, 'active', ?, ?, ?, ?)"_s,
            {s.sid, request.user, s.sv, device, request.deviceName, request.place, txn.now()});
        revocation(txn, request.user, s.sv, old ? u"displaced"_s : u"opened"_s);
        tell(txn, u"auth.session.opened"_s, s.sid, request.user, s.sv,
            {{"device", protocol::utf8(request.deviceName)}, {"place", protocol::utf8(request.place)}});
        return out;
    }
    throw ProblemError(503, "sign-in-busy", u"too many sign-ins of this account at once"_s);
}

std::optional<SessionEnded> closeSession(Txn& txn, const SessionId& sid, SessionEndReason reason)
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
    const SessionEnded how{reason, txn.now(), {}, {}};
    markEnded(txn, sid, how, std::nullopt);
    revocation(txn, user, sv + 1, protocol::wireText(reason));
    tell(txn, u"auth.session."_s + protocol::wireText(reason), sid, user, sv, {});
    return how;
}

namespace {

const QString kLive = u"SELECT s.sid, s.sv, s.user_id, u.role, u.vendor_id, u.display_name, s.device_name, h.idle_until, h.abs_until "
                      "FROM auth_session s JOIN session_head h ON h.user_id = s.user_id AND h.sid = s.sid "
                      "JOIN user_account u ON u.id = s.user_id WHERE s.status = 'active'"_s;
const QString kEnded = u"SELECT s.sid, s.status, s.ended_at, COALESCE(b.device_name, ''), COALESCE(b.place, '') FROM auth_session s "
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
    return s;
}

SessionEnded endOf(const Row& row) { return {reasonOf(row.text(1)), row.instant(2), row.text(3), row.text(4)}; }

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
