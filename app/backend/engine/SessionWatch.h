// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/auth/Posture.h"
#include "backend/engine/AuthGate.h"

namespace naru::backend {

// What a console does for its session beside its work: asks how it stands after a sleep and when told that it changed, and reports what this
// computer says of itself. All of it in the background: none of it keeps a session alive. Backend thread, owned by the engine.
class SessionWatch : public QObject {
    Q_OBJECT
public:
    using Posture = std::function<std::vector<PostureSignal>()>;

    SessionWatch(HttpClient& http, AuthGate& gate, const Limits& limits, const Clock& clock, Rng& rng, Posture posture);

    void begin(const SessionInfo& info, const QString& storage); // signed in
    void end();
    void ask(); // GET /v1/session; asked again while under way: once more after it
    void tick();

Q_SIGNALS:
    void read(const naru::SessionInfo& info);

private:
    void answered(quint64 epoch, const HttpAnswer& answer);
    void lookAtPosture();
    void report(const std::vector<PostureSignal>& now);

    HttpClient& m_http;
    AuthGate& m_gate;
    const Limits& m_limits;
    const Clock& m_clock;
    Rng& m_rng;
    const Posture m_posture;
    bool m_active = false;
    bool m_asking = false;
    bool m_askAgain = false;
    std::optional<Millis> m_lastTick;
    std::optional<DeviceId> m_device;
    int m_tier = 0;
    QString m_storage;
    std::vector<PostureSignal> m_told;
    Millis m_toldAt{0};
    Millis m_lookedAt{0};
};

} // namespace naru::backend
