// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/thread/Dispatcher.h"

namespace naru::backend {

// Sessions, devices, conflicts and the audit log as the windows see them: each method makes a request value and files it. UI thread, owned by
// ThreadedBackend.
class SecurityFacade final : public SecurityService {
    Q_OBJECT
public:
    explicit SecurityFacade(Dispatcher& dispatcher) : m_dispatcher(dispatcher) {}

    CallId sessions(const QString& after, Reply<Page<SessionEntry>> reply) override;
    CallId endSession(SessionId sid, Reply<Done> reply) override;
    CallId devices(Reply<Page<Device>> reply) override;
    CallId patchDevice(DeviceId id, std::int64_t version, const DevicePatch& patch, Reply<Device> reply) override;
    CallId approveDevice(DeviceId id, const DeviceApproval& approval, Reply<Device> reply) override;
    CallId enrolTotp(Reply<TotpSecret> reply) override;
    CallId verifyTotp(const QString& code, Reply<Done> reply) override;
    CallId makeRecoveryCodes(Reply<RecoveryCodes> reply) override;
    CallId changePassword(const QString& current, const QString& next, Reply<Done> reply) override;
    CallId searchSessions(const SessionQuery& query, Reply<Page<SessionEntry>> reply) override;
    CallId endOther(SessionId sid, const QString& reason, Reply<Done> reply) override;
    CallId userDevices(UserId user, Reply<Page<Device>> reply) override;
    CallId lockAccount(UserId user, std::int64_t version, bool locked, const QString& reason, Reply<AccountEntry> reply) override;
    CallId account(UserId user, Reply<AccountEntry> reply) override;
    CallId conflicts(const ConflictQuery& query, Reply<Page<Conflict>> reply) override;
    CallId conflict(ConflictId id, Reply<ConflictDetail> reply) override;
    CallId takeConflict(ConflictId id, std::int64_t version, Reply<ConflictDetail> reply) override;
    CallId decide(ConflictId id, const ConflictVerdict& verdict, Reply<ConflictDetail> reply) override;
    CallId audit(const AuditQuery& query, Reply<Page<AuditLine>> reply) override;
    CallId checkChain(Reply<ChainCheck> reply) override;

private:
    Dispatcher& m_dispatcher;
};

} // namespace naru::backend
