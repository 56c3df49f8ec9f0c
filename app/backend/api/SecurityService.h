// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Page.h"
#include "core/Security.h"

namespace naru::backend {

// One's own sessions, devices and factors; for support and administrators those of others, conflicts of sessions, and the audit log. Calls of
// class S answer 401 step-up-required until SessionService::stepUp has succeeded within the last ten minutes. UI thread.
class SecurityService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // One's own.
    virtual CallId sessions(const QString& after, Reply<Page<SessionEntry>> reply) = 0; // GET /v1/sessions, newest first
    virtual CallId endSession(SessionId sid, Reply<Done> reply) = 0; // DELETE /v1/sessions/{sid}
    virtual CallId devices(Reply<Page<Device>> reply) = 0; // GET /v1/devices
    virtual CallId patchDevice(DeviceId id, std::int64_t version, const DevicePatch& patch, Reply<Device> reply) = 0; // PATCH /v1/devices/{id}
    virtual CallId approveDevice(DeviceId id, const DeviceApproval& approval, Reply<Device> reply) = 0; // POST /v1/devices/{id}/approvals
    virtual CallId enrolTotp(Reply<TotpSecret> reply) = 0; // POST /v1/credentials/totp
    virtual CallId verifyTotp(const QString& code, Reply<Done> reply) = 0; // POST /v1/credentials/totp/verify
    virtual CallId makeRecoveryCodes(Reply<RecoveryCodes> reply) = 0; // POST /v1/credentials/recovery-codes
    virtual CallId changePassword(const QString& current, const QString& next, Reply<Done> reply) = 0; // POST /v1/credentials/password

    // Support and administrators.
    virtual CallId searchSessions(const SessionQuery& query, Reply<Page<SessionEntry>> reply) = 0; // GET /v1/admin/sessions
    virtual CallId endOther(SessionId sid, const QString& reason, Reply<Done> reply) = 0; // POST /v1/admin/sessions/{sid}/end
    virtual CallId userDevices(UserId user, Reply<Page<Device>> reply) = 0; // GET /v1/admin/users/{id}/devices
    virtual CallId lockAccount(UserId user, std::int64_t version, bool locked, const QString& reason, Reply<AccountEntry> reply) = 0; // PUT /v1/admin/users/{id}/lock
    virtual CallId account(UserId user, Reply<AccountEntry> reply) = 0; // GET /v1/admin/users/{id}
    virtual CallId conflicts(const ConflictQuery& query, Reply<Page<Conflict>> reply) = 0; // GET /v1/session-conflicts
    virtual CallId conflict(ConflictId id, Reply<ConflictDetail> reply) = 0; // GET /v1/session-conflicts/{id}
    virtual CallId takeConflict(ConflictId id, std::int64_t version, Reply<ConflictDetail> reply) = 0; // POST /v1/session-conflicts/{id}/take
    virtual CallId decide(ConflictId id, const ConflictVerdict& verdict, Reply<ConflictDetail> reply) = 0; // POST /v1/session-conflicts/{id}/decisions
    virtual CallId audit(const AuditQuery& query, Reply<Page<AuditLine>> reply) = 0; // GET /v1/audit, newest first
    virtual CallId checkChain(Reply<ChainCheck> reply) = 0; // GET /v1/audit/chain

Q_SIGNALS:
    void conflictsChanged(const std::vector<naru::Conflict>& changed);
    void devicesChanged(); // one's own: another device asks for approval, was approved or went
};

} // namespace naru::backend
