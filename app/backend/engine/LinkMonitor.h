// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/SessionService.h"
#include "backend/engine/Limits.h"
#include "core/Clock.h"

#include <functional>
#include <optional>

namespace naru::backend {

// What the status bar says about the wire: the stream's state, and a lag smoothed over the last round trips that also grows
// while an answer is missing. A plain object of the backend thread, owned by the engine.
class LinkMonitor {
public:
    using Changed = std::function<void(const ConnectionStatus&)>;
    LinkMonitor(const Limits& limits, const Clock& clock, Changed changed);

    const ConnectionStatus& status() const { return m_status; }
    void streamUsed(bool used) { m_streamUsed = used; } // signed in: the stream decides, else the last request

    void requestAnswered(Millis roundTrip);
    void requestFailed(const Error& why);
    // What stood beside an answer: how old the server's knowledge of ended sessions is, and its time.
    void noted(std::optional<int> authAgeMs, std::optional<Instant> serverTime);
    void streamConnecting();
    void streamOpened();
    void streamLost(const Error& why, int retryInMs);
    // At each tick: the oldest unanswered request, and how long the open stream has been silent.
    void look(Millis oldestWait, Millis streamSilence);

private:
    void become(LinkState state, const QString& reason, int retryInMs);
    void publishLag();

    const Limits& m_limits;
    const Clock& m_clock;
    Changed m_changed;
    ConnectionStatus m_status;
    bool m_streamUsed = false;
    double m_smoothed = -1; // ms
    double m_waiting = 0; // ms, of what has not been answered
};

} // namespace naru::backend
