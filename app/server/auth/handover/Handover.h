// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "server/store/Txn.h"

// Hand-over of work (auth.md §2.18): for a minute after a sign-in on a computer the person has used before ended the session on another one, the
// console there may leave its drafts here, and the new one takes them. What lies here is sealed; its key is derived from draft.key and handed
// out with it, so that a copy of the database tells nobody anything. This server makes the keys of all drafts and is where they go when they
// are saved: it learns nothing by this that it could not know. They throw StoreError.
namespace naru::server {

inline constexpr Millis kHandoverOpen{60'000}; // from the displacement
inline constexpr Millis kHandoverKept{24 * 3600'000};
inline constexpr std::size_t kHandoverBytes = 700 * 1024; // of one; as base64url within the usual largest body
inline constexpr int kHandoversKept = 4; // of one person: the newest

struct Handover {
    SessionId sid; // the displaced one
    DeviceId device;
    QString deviceName;
    int drafts = 0;
    QString sealed; // base64url
    std::int64_t version = 0;
    Instant at{};
    Instant expiresAt{};
};

// Leaves it for the session that displaced `old`; again: takes the place of the first. Throws ProblemError 403 "handover-closed" with a reason:
// "not-displaced", "too-late", "overtaken" (somebody has signed in since), "same-device", "device-new" (the person never used it before),
// "device-reported" ("not me"); 413 "handover-too-large"; 422 body-invalid when it is no base64url. Audited with counts. Writer thread.
void storeHandover(Txn& txn, const SessionId& old, int drafts, const QString& sealed);

// What waits for the person on this device, the oldest first: not what comes from it, and nothing for a device that the person began to use only after
// the session it comes from. Any thread.
std::vector<Handover> handoversFor(Connection& db, const UserId& user, const DeviceId& device, Instant now);

// The device has it: it goes. Throws ProblemError 404 unless it is one of handoversFor(), 412 when more has been left meanwhile. Audited. Writer thread.
void takeHandover(Txn& txn, const UserId& user, const DeviceId& device, const SessionId& sid, std::int64_t version);

// Somebody says that a sign-in was not his: nobody takes anything any more. Writer thread.
void dropHandovers(Txn& txn, const UserId& user);

// Those whose day is over. How many. Writer thread.
int expireHandovers(Txn& txn);

} // namespace naru::server
