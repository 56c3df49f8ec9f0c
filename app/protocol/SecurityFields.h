// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "protocol/SessionFields.h"

// Wire form of core/Security.h.
namespace naru::protocol {

template <> struct Names<SessionStatus> {
    static constexpr auto list = std::to_array<std::string_view>({"active", "displaced", "expired_idle", "expired_abs", "signed_out", "revoked"});
};
template <> struct Names<DeviceStatus> {
    static constexpr auto list = std::to_array<std::string_view>({"pending", "active", "suspended", "revoked"});
};
template <> struct Names<KeyStorage> {
    static constexpr auto list = std::to_array<std::string_view>({"memory", "keychain", "hardware"});
};
template <> struct Names<ConflictKind> {
    static constexpr auto list = std::to_array<std::string_view>({"new_device", "reported", "flip_flop", "parallel_use", "reuse", "other_network"});
};
template <> struct Names<ConflictState> {
    static constexpr auto list = std::to_array<std::string_view>({"open", "taken", "decided", "expired"});
};
template <> struct Names<ConflictDecision> {
    static constexpr auto list
        = std::to_array<std::string_view>({"benign", "end_new", "end_old", "lock_account", "reset_factors", "allow_pair", "escalate"});
};
template <> struct Names<AccountStatus> {
    static constexpr auto list = std::to_array<std::string_view>({"active", "locked", "closed"});
};

// POST /v1/session/step-up: one of the account's factors.
struct StepUpRequest {
    QString factor; // "totp", "recovery", "password"
    QString code;
};

// POST /v1/session-conflicts, by the displaced console: its old refresh token shows which session it held, its key that it did.
struct NotMeReport {
    QString refreshToken;
    QString statement; // "not_me", "me"
};
struct ReportAnswer {
    ConflictId id;
    ConflictState state = ConflictState::Open;
};

struct LockRequest {
    bool locked = true;
    QString reason;
};
struct ReasonGiven {
    QString reason;
};
struct CodeGiven {
    QString code;
};
struct PasswordChange {
    QString current;
    QString next;
};
struct Nothing {}; // a write that needs no words
struct DraftCount {
    int drafts = 0; // unsaved edits the console keeps
};

template <class V> void fields(V& v, StepUpRequest& x)
{
    v("factor", x.factor, Bounds{1, 20});
    v("code", x.code, Bounds{1, 256});
}

template <class V> void fields(V& v, NotMeReport& x)
{
    v("refresh_token", x.refreshToken, Bounds{1, 200});
    v("statement", x.statement, Bounds{1, 10});
}

template <class V> void fields(V& v, ReportAnswer& x)
{
    v("id", x.id);
    v("state", x.state);
}

template <class V> void fields(V& v, LockRequest& x)
{
    v("locked", x.locked);
    v("reason", x.reason, Bounds{1, 500});
}

template <class V> void fields(V& v, ReasonGiven& x) { v("reason", x.reason, Bounds{1, 500}); }
template <class V> void fields(V& v, CodeGiven& x) { v("code", x.code, Bounds{1, 40}); }
template <class V> void fields(V&, Nothing&) {}

template <class V> void fields(V& v, PasswordChange& x)
{
    v("current", x.current, Bounds{1, 256});
    v("new", x.next, Bounds{1, 256});
}

template <class V> void fields(V& v, DraftCount& x) { v("drafts", x.drafts, Bounds{0, 100'000}); }

template <class V> void fields(V& v, SessionEntry& x)
{
    v("sid", x.sid);
    v("sv", x.sv);
    v("user_id", x.userId);
    v("login", x.login);
    v("display_name", x.displayName);
    v("vendor_name", x.vendorName);
    v("status", x.status);
    v("device_id", x.deviceId);
    v("device_name", x.deviceName);
    v("place", x.place);
    v("started_at", x.startedAt);
    v("last_activity_at", x.lastActivityAt);
    v("ended_at", x.endedAt);
    v("ended_by_device", x.endedByDevice);
    v("ended_by_place", x.endedByPlace);
    v("restricted", x.restricted);
    v("current", x.current);
}

template <class V> void fields(V& v, PostureSignal& x)
{
    v("name", x.name, Bounds{1, 40});
    v("value", x.value, Bounds{1, 100});
    v("source", x.source, Bounds{1, 10});
}

template <class V> void fields(V& v, Device& x)
{
    v("id", x.id);
    v("version", x.version);
    v("user_id", x.userId);
    v("login", x.login);
    v("display_name", x.displayName);
    v("name", x.name);
    v("platform", x.platform);
    v("app_version", x.appVersion);
    v("storage", x.storage);
    v("status", x.status);
    v("tier", x.tier);
    v("tier_reasons", x.tierReasons);
    v("key_mark", x.keyMark);
    v("approved_by", x.approvedBy);
    v("created_at", x.createdAt);
    v("last_seen_at", x.lastSeenAt);
    v("posture_at", x.postureAt);
    v("posture", x.posture);
    v("current", x.current);
}

template <class V> void fields(V& v, DevicePatch& x)
{
    v("name", x.name, Bounds{1, 100});
    v("status", x.status);
    v.opt("reason", x.reason, Bounds{0, 500});
}

template <class V> void fields(V& v, DeviceApproval& x)
{
    v("approve", x.approve);
    v.opt("note", x.note, Bounds{0, 500});
}

template <class V> void fields(V& v, PostureReport& x) { v("signals", x.signalList, Bounds{0, 20}); }

template <class V> void fields(V& v, PostureVerdict& x)
{
    v("tier", x.tier);
    v("reasons", x.reasons);
}

template <class V> void fields(V& v, AuditLine& x)
{
    v("seq", x.seq);
    v("at", x.at);
    v("actor_name", x.actorName);
    v("actor_role", x.actorRole);
    v("vendor_name", x.vendorName);
    v("action", x.action);
    v("entity_type", x.entityType);
    v("entity_id", x.entityId);
    v("entity_text", x.entityText);
    v("detail", x.detail);
    v("request_id", x.requestId);
}

template <class V> void fields(V& v, ChainCheck& x)
{
    v("from_seq", x.fromSeq);
    v("unbroken_to", x.unbrokenTo);
    v("broken_at", x.brokenAt);
    v("at", x.at);
}

template <class V> void fields(V& v, FiredRule& x)
{
    v("code", x.code);
    v("signal", x.signal);
    v("action", x.action);
    v("at", x.at);
}

template <class V> void fields(V& v, Conflict& x)
{
    v("id", x.id);
    v("version", x.version);
    v("kind", x.kind);
    v("state", x.state);
    v("score", x.score);
    v("user_id", x.userId);
    v("login", x.login);
    v("display_name", x.displayName);
    v("role", x.role);
    v("vendor_name", x.vendorName);
    v("old_device", x.oldDevice);
    v("old_place", x.oldPlace);
    v("new_device", x.newDevice);
    v("new_place", x.newPlace);
    v("gap_seconds", x.gapSeconds);
    v("taken_by", x.takenBy);
    v("decision", x.decision);
    v("decided_by", x.decidedBy);
    v("at", x.at);
    v("expires_at", x.expiresAt);
}

template <class V> void fields(V& v, ConflictSide& x)
{
    v("session", x.session);
    v("device", x.device);
    v("actions", x.actions);
    v("drafts", x.drafts);
}

template <class V> void fields(V& v, ConflictDetail& x)
{
    v("conflict", x.conflict);
    v("account", x.account);
    v("old_side", x.oldSide);
    v("new_side", x.newSide);
    v("rules", x.rules);
    v("note", x.note);
    v("needs_second", x.needsSecond);
    v("first_by", x.firstBy);
}

template <class V> void fields(V& v, ConflictVerdict& x)
{
    v("decision", x.decision);
    v("expected_version", x.expectedVersion);
    v.opt("note", x.note, Bounds{0, 500});
}

template <class V> void fields(V& v, TotpSecret& x)
{
    v("secret", x.secret);
    v("uri", x.uri);
}

template <class V> void fields(V& v, RecoveryCodes& x) { v("codes", x.codes); }

template <class V> void fields(V& v, AccountEntry& x)
{
    v("id", x.id);
    v("version", x.version);
    v("login", x.login);
    v("display_name", x.displayName);
    v("role", x.role);
    v("vendor_name", x.vendorName);
    v("status", x.status);
}

} // namespace naru::protocol
