// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/handover/Handover.h"

#include "proof/Encoding.h"
#include "protocol/Events.h"
#include "server/api/Http.h"
#include "server/auth/AuthProblems.h"
#include "server/auth/rules/Rules.h"
#include "server/domain/View.h"

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kSweepAtOnce = 500;

[[noreturn]] void closed(const char* reason, const char* why)
{
    protocol::Problem p = authProblem(403, "handover-closed", why);
    p.extra["reason"] = reason;
    throw ProblemError(std::move(p));
}

struct Displacing {
    UserId user;
    DeviceId device; // the new one
};

bool isReported(Connection& db, const UserId& user, const DeviceId& device)
{
    return db.one(u"SELECT 1 FROM session_conflict c JOIN auth_session n ON n.sid = c.new_sid WHERE c.user_id = ? AND n.device_id = ? AND c.kind = 'reported' "
                  "AND (c.state IN ('open','taken') OR (c.state = 'decided' AND c.decision NOT IN ('benign','allow_pair'))) LIMIT 1"_s, {user, device})
        .has_value();
}

Displacing requireOpen(Txn& txn, const SessionId& old)
{
    Connection& db = txn.db();
    const auto row = db.one(u"SELECT o.user_id, o.status, o.ended_at, o.sv, n.sid, n.device_id, h.sv FROM auth_session o JOIN session_head h ON h.user_id = o.user_id "
                            "LEFT JOIN auth_session n ON n.sid = o.ended_by_sid WHERE o.sid = ?"_s, {old});
    if (!row || row->text(1) != u"displaced" || row->isNull(4))
        closed("not-displaced", "no sign-in elsewhere has ended this session");
    const UserId user = row->id<UserId>(0);
    txn.lock("user_account", user.value); // a report at this moment comes before or after
    if (txn.now() - row->instant(2) > kHandoverOpen)
        closed("too-late", "drafts are handed over within a minute after the session has ended");
    if (row->integer(6) != row->integer(3) + 1)
        closed("overtaken", "another sign-in has followed");
    const Takeover t = readTakeover(db, old, row->id<SessionId>(4), txn.now());
    if (t.sameDevice)
        closed("same-device", "the new session is on the same device: the drafts are there");
    if (t.neverSeen)
        closed("device-new", "drafts are handed over only to a device that this person has used before");
    if (isReported(db, user, row->id<DeviceId>(5)))
        closed("device-reported", "the sign-in on that device was reported as somebody else's");
    return {user, row->id<DeviceId>(5)};
}

std::size_t sizeOf(const QString& sealed)
{
    const auto bytes = proof::fromBase64Url(protocol::utf8(sealed));
    if (!bytes)
        refuseField(u"/sealed"_s, "format", u"is base64url without padding"_s);
    if (bytes->size() > kHandoverBytes)
        throw ProblemError(413, "handover-too-large", u"more than %1 bytes are not handed over"_s.arg(kHandoverBytes));
    return bytes->size();
}

} // namespace

void storeHandover(Txn& txn, const SessionId& old, int drafts, const QString& sealed)
{
    const Displacing to = requireOpen(txn, old);
    const std::size_t bytes = sizeOf(sealed);
    Connection& db = txn.db();
    db.exec(u"INSERT INTO draft_handover (sid, user_id, drafts, sealed, at, expires_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sid) DO UPDATE SET "
            "drafts = excluded.drafts, sealed = excluded.sealed, version = draft_handover.version + 1, at = excluded.at, expires_at = excluded.expires_at"_s,
        {old, to.user, drafts, sealed, txn.now(), txn.now() + kHandoverKept});
    db.exec(u"DELETE FROM draft_handover WHERE sid IN (SELECT sid FROM draft_handover WHERE user_id = ? ORDER BY at DESC, sid DESC LIMIT 1000 OFFSET ?)"_s, {to.user, kHandoversKept});
    txn.audit(u"auth.handover.stored"_s, u"session"_s, old.value,
        json::object{{"user_id", protocol::utf8(to.user.toString())}, {"drafts", drafts}, {"bytes", static_cast<std::int64_t>(bytes)}, {"for_device", protocol::utf8(to.device.toString())}});
    const auto vendor = db.one(u"SELECT vendor_id FROM user_account WHERE id = ?"_s, {to.user});
    txn.publish(protocol::topic::kHandover, vendor ? vendor->maybeId<VendorId>(0) : std::nullopt, u"user"_s, to.user.value, 1, json::object{{"id", protocol::utf8(old.toString())}});
}

std::vector<Handover> handoversFor(Connection& db, const UserId& user, const DeviceId& device, Instant now)
{
    std::vector<Handover> list;
    const Rows rows = db.query(u"SELECT h.sid, o.device_id, o.device_name, h.drafts, h.sealed, h.version, h.at, h.expires_at FROM draft_handover h JOIN auth_session o ON o.sid = h.sid "
                               "WHERE h.user_id = ? AND h.expires_at > ? AND o.device_id <> ? "
                               "AND EXISTS (SELECT 1 FROM auth_session s WHERE s.user_id = h.user_id AND s.device_id = ? AND s.sv < o.sv) ORDER BY h.at, h.sid"_s,
        {user, now, device, device});
    for (const Row& row : rows)
        list.push_back({row.id<SessionId>(0), row.id<DeviceId>(1), row.text(2), row.number(3), row.text(4), row.integer(5), row.instant(6), row.instant(7)});
    return list;
}

void takeHandover(Txn& txn, const UserId& user, const DeviceId& device, const SessionId& sid, std::int64_t version)
{
    txn.lock("user_account", user.value);
    const std::vector<Handover> waiting = handoversFor(txn.db(), user, device, txn.now());
    const auto it = std::find_if(waiting.begin(), waiting.end(), [&](const Handover& h) { return h.sid == sid; });
    if (it == waiting.end())
        notFound();
    if (it->version != version)
        versionMismatch(it->version, json::object{{"id", protocol::utf8(sid.toString())}, {"version", it->version}});
    txn.db().exec(u"DELETE FROM draft_handover WHERE sid = ?"_s, {sid});
    txn.audit(u"auth.handover.taken"_s, u"session"_s, sid.value,
        json::object{{"user_id", protocol::utf8(user.toString())}, {"drafts", it->drafts}, {"by_device", protocol::utf8(device.toString())}});
}

void dropHandovers(Txn& txn, const UserId& user)
{
    for (const Row& row : txn.db().query(u"SELECT sid, drafts FROM draft_handover WHERE user_id = ?"_s, {user}))
        txn.audit(u"auth.handover.dropped"_s, u"session"_s, row.id<SessionId>(0).value, json::object{{"user_id", protocol::utf8(user.toString())}, {"drafts", row.number(1)}});
    txn.db().exec(u"DELETE FROM draft_handover WHERE user_id = ?"_s, {user});
}

int expireHandovers(Txn& txn)
{
    return static_cast<int>(txn.db().exec(u"DELETE FROM draft_handover WHERE sid IN (SELECT sid FROM draft_handover WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)"_s, {txn.now(), kSweepAtOnce}));
}

} // namespace naru::server
