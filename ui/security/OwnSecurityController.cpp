// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/OwnSecurityController.h"

#include <algorithm>

#include "ui/session/StepUp.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

OwnSecurityController::OwnSecurityController(backend::Backend& backend, QObject* parent) : QObject(parent), m_backend(backend)
{
    connect(&backend.security(), &backend::SecurityService::devicesChanged, this, [this] {
        if (m_asked != 0)
            readDevices();
    });
    connect(&backend, &backend::Backend::refreshWanted, this, [this] {
        if (m_asked != 0)
            read();
    });
    connect(&backend, &backend::Backend::connectionChanged, this, &OwnSecurityController::accessChanged);
    connect(&backend.session(), &backend::SessionService::infoChanged, this, &OwnSecurityController::accessChanged);
}

void OwnSecurityController::read()
{
    readSessions();
    readDevices();
}

void OwnSecurityController::readSessions()
{
    const auto asked = ++m_asked;
    m_sessionsLoad = Load::Loading;
    m_sessionsError.reset();
    m_backend.security().sessions({}, {this, [this, asked](Result<Page<SessionEntry>> answer) {
        if (asked != m_asked)
            return;
        m_sessionsLoad = answer ? Load::Ready : Load::Failed;
        if (answer) {
            m_next = answer->next;
            m_sessions.assign(std::move(answer->items));
        } else {
            m_sessionsError = answer.error();
        }
        Q_EMIT sessionsChanged();
    }});
    Q_EMIT sessionsChanged();
}

void OwnSecurityController::readMoreSessions()
{
    if (m_next.isEmpty() || m_sessionsLoad == Load::Loading)
        return;
    const QString after = std::exchange(m_next, QString());
    m_backend.security().sessions(after, {this, [this, after, asked = m_asked](Result<Page<SessionEntry>> answer) {
        if (asked != m_asked)
            return;
        m_next = answer ? answer->next : after; // may be asked again
        if (answer)
            m_sessions.append(std::move(answer->items));
        Q_EMIT sessionsChanged();
    }});
}

void OwnSecurityController::readDevices()
{
    m_devicesLoad = Load::Loading;
    m_devicesError.reset();
    m_backend.security().devices({this, [this](Result<Page<Device>> answer) {
        m_devicesLoad = answer ? Load::Ready : Load::Failed;
        if (!answer) {
            m_devicesError = answer.error();
            Q_EMIT devicesChanged();
            return;
        }
        // What waits for a decision first, then this computer, then the last seen.
        std::stable_sort(answer->items.begin(), answer->items.end(), [](const Device& a, const Device& b) {
            const auto rank = [](const Device& d) { return d.status == DeviceStatus::Pending ? 0 : d.current ? 1 : d.status == DeviceStatus::Revoked ? 3 : 2; };
            return rank(a) != rank(b) ? rank(a) < rank(b) : a.lastSeenAt > b.lastSeenAt;
        });
        m_devices.assign(std::move(answer->items));
        if (!device() && m_devices.rowCount() > 0)
            m_device = m_devices.row(0).id;
        Q_EMIT devicesChanged();
        Q_EMIT deviceChanged();
    }});
    Q_EMIT devicesChanged();
}

int OwnSecurityController::pending() const
{
    const auto& rows = m_devices.rows();
    return static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const Device& d) { return d.status == DeviceStatus::Pending; }));
}

void OwnSecurityController::selectDevice(std::optional<DeviceId> id)
{
    if (m_device == id)
        return;
    m_device = id;
    Q_EMIT deviceChanged();
}

const Device* OwnSecurityController::device() const { return m_device ? m_devices.find(*m_device) : nullptr; }

bool OwnSecurityController::online() const { return m_backend.connection().state == backend::LinkState::Live; }

QStringList OwnSecurityController::factors() const
{
    const auto& info = m_backend.session().info();
    return info ? info->factors : QStringList();
}

bool OwnSecurityController::begin()
{
    if (m_busy || !online())
        return false;
    m_busy = true;
    Q_EMIT accessChanged();
    return true;
}

bool OwnSecurityController::settled(const std::optional<Error>& error, const std::function<void()>& again)
{
    m_busy = false;
    Q_EMIT accessChanged();
    if (!error)
        return true;
    if (StepUp::isNeeded(*error))
        Q_EMIT stepUpWanted(again);
    else
        Q_EMIT failed(*error);
    return false;
}

void OwnSecurityController::patch(Act act, const DevicePatch& what)
{
    const Device* d = device();
    if (!d || !begin())
        return;
    m_backend.security().patchDevice(d->id, d->version, what, {this, [this, act, what](Result<Device> answer) { takeDevice(act, std::move(answer), [this, act, what] { patch(act, what); }); }});
}

void OwnSecurityController::takeDevice(Act act, Result<Device> answer, const std::function<void()>& again)
{
    if (!settled(answer ? std::nullopt : std::optional(answer.error()), again)) {
        if (answer.error().kind == ErrorKind::Conflict)
            readDevices(); // somebody else changed it
        return;
    }
    if (const int at = m_devices.rowOf(answer->id); at >= 0)
        m_devices.replace(at, *answer);
    Q_EMIT devicesChanged();
    Q_EMIT deviceChanged();
    Q_EMIT done(act, answer->name);
}

void OwnSecurityController::rename(const QString& name)
{
    DevicePatch what;
    what.name = name;
    patch(Act::Rename, what);
}

void OwnSecurityController::setStatus(DeviceStatus status, const QString& reason)
{
    DevicePatch what;
    what.status = status;
    what.reason = reason;
    patch(status == DeviceStatus::Revoked ? Act::Remove : status == DeviceStatus::Suspended ? Act::Suspend : Act::Allow, what);
}

void OwnSecurityController::approve(bool approve, const QString& note)
{
    const Device* d = device();
    if (!d || d->status != DeviceStatus::Pending || !begin())
        return;
    m_backend.security().approveDevice(d->id, {approve, note}, {this, [this, approve, note](Result<Device> answer) {
        takeDevice(approve ? Act::Approve : Act::Decline, std::move(answer), [this, approve, note] { this->approve(approve, note); });
    }});
}

void OwnSecurityController::endSession(SessionId sid)
{
    if (!begin())
        return;
    m_backend.security().endSession(sid, {this, [this, sid](Result<Done> answer) {
        if (!settled(answer ? std::nullopt : std::optional(answer.error()), [this, sid] { endSession(sid); }))
            return;
        const SessionEntry* ended = m_sessions.find(sid);
        Q_EMIT done(Act::EndSession, ended ? ended->deviceName : QString());
        readSessions();
    }});
}

void OwnSecurityController::enrolTotp()
{
    if (!begin())
        return;
    m_backend.security().enrolTotp({this, [this](Result<TotpSecret> answer) {
        if (settled(answer ? std::nullopt : std::optional(answer.error()), [this] { enrolTotp(); }))
            Q_EMIT totpReady(*answer);
    }});
}

void OwnSecurityController::verifyTotp(const QString& code)
{
    if (!begin())
        return;
    m_backend.security().verifyTotp(code, {this, [this, code](Result<Done> answer) {
        if (settled(answer ? std::nullopt : std::optional(answer.error()), [this, code] { verifyTotp(code); }))
            Q_EMIT done(Act::TotpSet, {});
    }});
}

void OwnSecurityController::makeRecoveryCodes()
{
    if (!begin())
        return;
    m_backend.security().makeRecoveryCodes({this, [this](Result<RecoveryCodes> answer) {
        if (settled(answer ? std::nullopt : std::optional(answer.error()), [this] { makeRecoveryCodes(); }))
            Q_EMIT codesReady(*answer);
    }});
}

void OwnSecurityController::changePassword(const QString& current, const QString& next)
{
    if (!begin())
        return;
    m_backend.security().changePassword(current, next, {this, [this, current, next](Result<Done> answer) {
        if (settled(answer ? std::nullopt : std::optional(answer.error()), [this, current, next] { changePassword(current, next); }))
            Q_EMIT done(Act::PasswordChanged, {});
    }});
}

} // namespace naru::ui
