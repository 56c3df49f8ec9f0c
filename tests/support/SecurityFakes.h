// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/Script.h"

// Sessions, devices, conflicts and drafts without thread or network: the test decides what is answered and when, and sees what was asked. UI
// thread; members of the fake backends.
namespace naru::test {

class FakeSecurity final : public backend::SecurityService {
public:
    FakeSecurity();
    ~FakeSecurity() override;
    using Version = std::int64_t;
    backend::CallId sessions(const QString&, backend::Reply<Page<SessionEntry>> r) override { return m_sessions.take(++m_last, std::move(r)); }
    backend::CallId endSession(SessionId sid, backend::Reply<Done> r) override { m_sid = sid; return done("end-session", std::move(r)); }
    backend::CallId devices(backend::Reply<Page<Device>> r) override { return m_devices.take(++m_last, std::move(r)); }
    backend::CallId patchDevice(DeviceId id, Version v, const DevicePatch& p, backend::Reply<Device> r) override { m_device = id; m_version = v; m_patch = p; return m_device1.take(++m_last, std::move(r)); }
    backend::CallId approveDevice(DeviceId id, const DeviceApproval& a, backend::Reply<Device> r) override { m_device = id; m_approval = a; return m_device1.take(++m_last, std::move(r)); }
    backend::CallId enrolTotp(backend::Reply<TotpSecret> r) override { return m_totp.take(++m_last, std::move(r)); }
    backend::CallId verifyTotp(const QString& code, backend::Reply<Done> r) override { m_code = code; return done("verify-totp", std::move(r)); }
    backend::CallId makeRecoveryCodes(backend::Reply<RecoveryCodes> r) override { return m_recovery.take(++m_last, std::move(r)); }
    backend::CallId changePassword(const QString& current, const QString& next, backend::Reply<Done> r) override { m_code = current; m_next = next; return done("password", std::move(r)); }
    backend::CallId searchSessions(const SessionQuery& q, backend::Reply<Page<SessionEntry>> r) override { m_sessionQuery = q; return m_found.take(++m_last, std::move(r)); }
    backend::CallId endOther(SessionId sid, const QString& why, backend::Reply<Done> r) override { m_sid = sid; m_reason = why; return done("end-other", std::move(r)); }
    backend::CallId userDevices(UserId u, backend::Reply<Page<Device>> r) override { m_user = u; return m_devices.take(++m_last, std::move(r)); }
    backend::CallId lockAccount(UserId u, Version v, bool locked, const QString& why, backend::Reply<AccountEntry> r) override { m_user = u; m_version = v; m_locked = locked; m_reason = why; return m_account.take(++m_last, std::move(r)); }
    backend::CallId account(UserId u, backend::Reply<AccountEntry> r) override { m_user = u; return m_account.take(++m_last, std::move(r)); }
    backend::CallId conflicts(const ConflictQuery& q, backend::Reply<Page<Conflict>> r) override { m_conflictQuery = q; return m_conflicts.take(++m_last, std::move(r)); }
    backend::CallId conflict(ConflictId id, backend::Reply<ConflictDetail> r) override { m_conflict = id; return m_details.take(++m_last, std::move(r)); }
    backend::CallId takeConflict(ConflictId id, Version v, backend::Reply<ConflictDetail> r) override { m_conflict = id; m_version = v; return m_taken.take(++m_last, std::move(r)); }
    backend::CallId decide(ConflictId id, const ConflictVerdict& v, backend::Reply<ConflictDetail> r) override { m_conflict = id; m_verdict = v; return m_decided.take(++m_last, std::move(r)); }
    backend::CallId audit(const AuditQuery& q, backend::Reply<Page<AuditLine>> r) override { m_auditQuery = q; return m_audit.take(++m_last, std::move(r)); }
    backend::CallId checkChain(backend::Reply<ChainCheck> r) override { return m_chain.take(++m_last, std::move(r)); }

    Script<Page<SessionEntry>> m_sessions;
    Script<Page<SessionEntry>> m_found;
    Script<Page<Device>> m_devices;
    Script<Device> m_device1;
    Script<TotpSecret> m_totp;
    Script<RecoveryCodes> m_recovery;
    Script<AccountEntry> m_account;
    Script<Page<Conflict>> m_conflicts;
    Script<ConflictDetail> m_details;
    Script<ConflictDetail> m_taken;
    Script<ConflictDetail> m_decided;
    Script<Page<AuditLine>> m_audit;
    Script<ChainCheck> m_chain;
    Script<Done> m_done;
    SessionId m_sid;
    DeviceId m_device;
    UserId m_user;
    ConflictId m_conflict;
    DevicePatch m_patch;
    DeviceApproval m_approval;
    ConflictVerdict m_verdict;
    SessionQuery m_sessionQuery;
    ConflictQuery m_conflictQuery;
    AuditQuery m_auditQuery;
    QString m_code;
    QString m_next;
    QString m_reason;
    QByteArray m_verb; // of the last write that only says "done"
    Version m_version = 0;
    bool m_locked = false;
    backend::CallId m_last = 10'000;

private:
    backend::CallId done(const char* verb, backend::Reply<Done> r)
    {
        m_verb = verb;
        return m_done.take(++m_last, std::move(r));
    }
};

// Keeps drafts in memory, as the real one does on the disk.
class FakeDrafts final : public backend::DraftService {
public:
    FakeDrafts();
    ~FakeDrafts() override;
    void keep(const backend::Draft& draft) override
    {
        ++m_writes;
        erase(draft.place, draft.entityId);
        m_kept.push_back(draft);
        Q_EMIT countChanged(count());
    }
    void drop(const QString& place, const QString& entityId) override
    {
        erase(place, entityId);
        Q_EMIT countChanged(count());
    }
    void dropAll() override
    {
        std::erase_if(m_kept, [](const backend::Draft& d) { return d.changes > 0; });
        Q_EMIT countChanged(count());
    }
    backend::CallId all(backend::Reply<std::vector<backend::Draft>> reply) override
    {
        QMetaObject::invokeMethod(reply.context, [this, reply] { reply.done(m_kept); }, Qt::QueuedConnection);
        return ++m_last;
    }
    int count() const override
    {
        int n = 0;
        for (const backend::Draft& d : m_kept)
            n += d.changes;
        return n;
    }
    std::vector<backend::Draft> m_kept;
    int m_writes = 0;
    backend::CallId m_last = 20'000;

private:
    void erase(const QString& place, const QString& entityId)
    {
        std::erase_if(m_kept, [&](const backend::Draft& d) { return d.place == place && d.entityId == entityId; });
    }
};

} // namespace naru::test
