// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/device/Devices.h"
#include "server/api/Http.h"

// What people do to devices, and what a device says of itself (auth.md §2.11). Writer thread. They throw StoreError and ProblemError; what
// is nobody's business of the caller does not exist for him (404).
namespace naru::server {

inline constexpr Millis kVerifiedFor{10 * 60'000}; // an extra verification counts so long

// By its owner: name and status. By those who may approve devices, of people they look after: the status. Suspending and revoking end its
// session; a suspended one comes back from another device of a person who verified himself just now (401 step-up-required); a revoked one
// never (409 device-revoked). 412 version-mismatch.
void patchDevice(Txn& txn, const Principal& who, const DeviceId& id, std::int64_t version, const DevicePatch& patch);

// A device that waits for approval. By its owner from another device that is active; a member's by his company's manager; staff's by two
// support agents; anybody's by an administrator. False: a second person has to approve. 409 not-pending, 403 approval-not-allowed, 403
// second-agent-needed.
bool approveDevice(Txn& txn, const Principal& who, const DeviceId& id, const DeviceApproval& approval);

// Whoever's it is, and whatever its version: it is of no use any more, and its session ends. False: it was revoked before, or there is none.
bool revokeDevice(Txn& txn, const DeviceId& id, const QString& reason);

// A report of the caller's own device. 404 for every other, 403 device-revoked, 422 body-invalid. Ends the session when the program's own
// files were changed.
PostureVerdict takePosture(Txn& txn, const Principal& who, const DeviceId& id, const PostureReport& report);

} // namespace naru::server
