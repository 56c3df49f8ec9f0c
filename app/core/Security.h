// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"

// Sessions, devices, conflicts of sessions and the audit log, as the people see them who look after them. Plain values, any thread; never
// a token, never a key.
namespace naru {

using ConflictId = Id<struct ConflictTag>;

enum class SessionStatus { Active, Displaced, ExpiredIdle, ExpiredAbs, SignedOut, Revoked };
enum class DeviceStatus { Pending, Active, Suspended, Revoked };
enum class KeyStorage { Memory, Keychain, Hardware };
// Why a conflict of sessions was opened (auth.md §2.18).
enum class ConflictKind { NewDevice, Reported, FlipFlop, ParallelUse, Reuse, OtherNetwork };
enum class ConflictState { Open, Taken, Decided, Expired };
enum class ConflictDecision { Benign, EndNew, EndOld, LockAccount, ResetFactors, AllowPair, Escalate };
enum class AccountStatus { Active, Locked, Closed };

struct SessionEntry {
    SessionId sid;
    std::int64_t sv = 0;
    UserId userId;
    QString login;
    QString displayName;
    QString vendorName; // empty: the operator's people
    SessionStatus status = SessionStatus::Active;
    std::optional<DeviceId> deviceId;
    QString deviceName;
    QString place; // address as the server saw it
    Instant startedAt{};
    Instant lastActivityAt{};
    std::optional<Instant> endedAt;
    QString endedByDevice; // displaced: what took over
    QString endedByPlace;
    QString restricted; // as SessionInfo::restricted
    bool current = false; // the asking session itself
    friend bool operator==(const SessionEntry&, const SessionEntry&) = default;
};

// One thing a device says of itself, or the server saw. Self-reported values lower trust and never raise it.
struct PostureSignal {
    QString name; // "storage" "os" "disk_encryption" "secure_boot" "screen_lock" "firewall" "anti_malware" "integrity" "root" "clock_skew"
    QString value; // "on" "off" "unknown" or a plain text such as "Debian 12"
    QString source; // "self" or "server"
    friend bool operator==(const PostureSignal&, const PostureSignal&) = default;
};

struct Device {
    DeviceId id;
    std::int64_t version = 0;
    UserId userId;
    QString login;
    QString displayName;
    QString name;
    QString platform;
    QString appVersion;
    KeyStorage storage = KeyStorage::Memory;
    DeviceStatus status = DeviceStatus::Active;
    int tier = 1;
    QStringList tierReasons; // why not a higher one: "memory-key", "posture-missed", "integrity-bad", …
    QString keyMark; // first eight characters of the key's thumbprint
    QString approvedBy; // name; empty: nobody had to
    std::optional<Instant> createdAt;
    Instant lastSeenAt{};
    std::optional<Instant> postureAt;
    std::vector<PostureSignal> posture;
    bool current = false; // the asking session's own
    friend bool operator==(const Device&, const Device&) = default;
};

struct DevicePatch {
    std::optional<QString> name;
    std::optional<DeviceStatus> status; // active ⇄ suspended, → revoked
    QString reason;
};

struct DeviceApproval {
    bool approve = true;
    QString note;
};

// What a console reports of the machine it runs on.
struct PostureReport {
    std::vector<PostureSignal> signalList;
};
struct PostureVerdict {
    int tier = 1;
    QStringList reasons;
    friend bool operator==(const PostureVerdict&, const PostureVerdict&) = default;
};

struct AuditLine {
    std::int64_t seq = 0;
    Instant at{};
    QString actorName; // empty: the system
    QString actorRole; // wire name of a Role, or "system"
    QString vendorName;
    QString action; // "auth.session.opened"
    QString entityType;
    QString entityId; // 26 characters
    QString entityText; // what a person calls it: a code or a name, if there is one
    QString detail; // JSON object, or empty
    QString requestId;
    friend bool operator==(const AuditLine&, const AuditLine&) = default;
};

struct AuditQuery {
    QString text; // of an action, a name or an entity
    std::optional<UserId> userId;
    QString entityType;
    QString entityId;
    std::optional<Instant> from;
    std::optional<Instant> to;
    QString after; // cursor
    int limit = 100;
};

// The hash chain of the audit log, looked at from its first row that is kept.
struct ChainCheck {
    std::int64_t fromSeq = 0;
    std::int64_t unbrokenTo = 0;
    std::optional<std::int64_t> brokenAt;
    Instant at{};
    friend bool operator==(const ChainCheck&, const ChainCheck&) = default;
};

struct FiredRule {
    QString code; // "E6"
    QString signal; // "device-never-seen"
    QString action; // "conflict", "restrict", "ask", "end", "tell"
    Instant at{};
    friend bool operator==(const FiredRule&, const FiredRule&) = default;
};

struct Conflict {
    ConflictId id;
    std::int64_t version = 0;
    ConflictKind kind = ConflictKind::NewDevice;
    ConflictState state = ConflictState::Open;
    int score = 0; // orders the queue, decides nothing
    UserId userId;
    QString login;
    QString displayName;
    Role role = Role::Staff;
    QString vendorName;
    QString oldDevice;
    QString oldPlace;
    QString newDevice;
    QString newPlace;
    int gapSeconds = 0; // from the old session's last activity to the new sign-in
    QString takenBy; // name of the agent at it
    std::optional<ConflictDecision> decision;
    QString decidedBy;
    Instant at{};
    Instant expiresAt{}; // open until then, benign after
    friend bool operator==(const Conflict&, const Conflict&) = default;
};

struct ConflictSide {
    SessionEntry session;
    std::optional<Device> device;
    std::vector<AuditLine> actions; // the last ten, newest first
    int drafts = 0; // unsaved edits the console said it keeps; not what is in them
    friend bool operator==(const ConflictSide&, const ConflictSide&) = default;
};

struct ConflictDetail {
    Conflict conflict;
    AccountStatus account = AccountStatus::Active;
    ConflictSide oldSide;
    ConflictSide newSide;
    std::vector<FiredRule> rules;
    QString note;
    bool needsSecond = false; // a lock somebody else has to confirm
    QString firstBy; // who asked for it
    friend bool operator==(const ConflictDetail&, const ConflictDetail&) = default;
};

struct ConflictVerdict {
    ConflictDecision decision = ConflictDecision::Benign;
    std::int64_t expectedVersion = 0;
    QString note;
};

struct SessionQuery {
    QString text; // login, name, device, place
    std::optional<SessionStatus> status;
    std::optional<UserId> userId;
    QString after;
    int limit = 100;
};

struct ConflictQuery {
    std::optional<ConflictState> state; // absent: open and taken
    QString after;
    int limit = 100;
};

// Enrolling a code generator (RFC 6238: SHA-1, six digits, 30 s).
struct TotpSecret {
    QString secret; // base32
    QString uri; // otpauth://
    friend bool operator==(const TotpSecret&, const TotpSecret&) = default;
};
struct RecoveryCodes {
    QStringList codes; // ten, shown once
    friend bool operator==(const RecoveryCodes&, const RecoveryCodes&) = default;
};

struct AccountEntry {
    UserId id;
    std::int64_t version = 0;
    QString login;
    QString displayName;
    Role role = Role::Staff;
    QString vendorName;
    AccountStatus status = AccountStatus::Active;
    friend bool operator==(const AccountEntry&, const AccountEntry&) = default;
};

} // namespace naru
