// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "models/security/SecurityRows.h"

namespace naru::ui {

// One's own sessions, devices and factors without their widgets. What needs extra verification asks for it and is done again. Secrets are handed
// on and not kept. UI thread; owned by the page.
class OwnSecurityController : public QObject {
    Q_OBJECT
public:
    enum class Load { Loading, Failed, Ready };
    enum class Act { Rename, Suspend, Allow, Remove, Approve, Decline, EndSession, TotpSet, PasswordChanged };
    explicit OwnSecurityController(backend::Backend& backend, QObject* parent = nullptr);

    models::SessionsModel& sessions() { return m_sessions; }
    const models::SessionsModel& sessions() const { return m_sessions; }
    models::DevicesModel& devices() { return m_devices; }
    const models::DevicesModel& devices() const { return m_devices; }
    Load sessionsLoad() const { return m_sessionsLoad; }
    Load devicesLoad() const { return m_devicesLoad; }
    const std::optional<Error>& sessionsError() const { return m_sessionsError; }
    const std::optional<Error>& devicesError() const { return m_devicesError; }
    void read();
    void readMoreSessions();
    int pending() const; // devices that wait for approval

    void selectDevice(std::optional<DeviceId> id);
    const Device* device() const; // the chosen one
    bool online() const;
    bool busy() const { return m_busy; }
    QStringList factors() const; // what the account has: "totp", "recovery", "password"

    void rename(const QString& name);
    void setStatus(DeviceStatus status, const QString& reason);
    void approve(bool approve, const QString& note);
    void endSession(SessionId sid);
    void enrolTotp();
    void verifyTotp(const QString& code);
    void makeRecoveryCodes();
    void changePassword(const QString& current, const QString& next);

Q_SIGNALS:
    void sessionsChanged();
    void devicesChanged();
    void deviceChanged(); // another one, or its contents
    void accessChanged();
    void done(naru::ui::OwnSecurityController::Act act, const QString& name);
    void totpReady(const naru::TotpSecret& secret);
    void codesReady(const naru::RecoveryCodes& codes);
    void failed(const naru::Error& error);
    void stepUpWanted(const std::function<void()>& again);

private:
    void readSessions();
    void readDevices();
    void patch(Act act, const DevicePatch& what);
    void takeDevice(Act act, Result<Device> answer, const std::function<void()>& again);
    // The answer to a write: false when it failed and that has been told.
    bool settled(const std::optional<Error>& error, const std::function<void()>& again);
    bool begin();

    backend::Backend& m_backend;
    models::SessionsModel m_sessions;
    models::DevicesModel m_devices;
    Load m_sessionsLoad = Load::Loading;
    Load m_devicesLoad = Load::Loading;
    std::optional<Error> m_sessionsError;
    std::optional<Error> m_devicesError;
    QString m_next; // cursor
    quint64 m_asked = 0;
    std::optional<DeviceId> m_device;
    bool m_busy = false;
};

} // namespace naru::ui
