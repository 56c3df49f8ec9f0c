// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "ui/frame/Page.h"
#include "ui/reservations/LineList.h"
#include "ui/security/OwnSecurityController.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

class DevicePane;
class FactorCard;

// One's own devices, sessions and factors: which computers may act for this account, what exactly is known of each and why, where one has been
// signed in, and how one verifies oneself. UI thread; owned by the frame.
class OwnSecurityPage : public Page {
    Q_OBJECT
public:
    OwnSecurityPage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~OwnSecurityPage() override;

    QString title() const override;
    QString subtitle() const override;
    std::vector<Command> commands() override;
    void activate() override;
    OwnSecurityController& controller() { return m_controller; }
    LineList& deviceList() { return *m_deviceList; }
    LineList& sessionList() { return *m_sessionList; }
    DevicePane& devicePane() { return *m_device; }
    FactorCard& factors() { return *m_factors; }

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    ListLine deviceLine(int row) const;
    ListLine sessionLine(int row) const;
    void connectAll();
    void retranslate();
    void syncDevices();
    void syncSessions();
    void say(OwnSecurityController::Act act, const QString& name);
    void endChosen();

    const Clock& m_clock;
    OwnSecurityController m_controller;
    Card* m_deviceCard;
    LineList* m_deviceList;
    StatePane* m_devicePane;
    Card* m_sessionCard;
    LineList* m_sessionList;
    StatePane* m_sessionPane;
    DevicePane* m_device;
    FactorCard* m_factors;
    bool m_loaded = false;
};

} // namespace naru::ui
