// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/engine/AuthGate.h"

namespace naru::backend {

// "This was not me": for a day after a displacement this console can show, with the device's key and the token of the session it held, that it
// was the one displaced. In memory only. Backend thread, owned by the engine.
class NotMe {
public:
    using Then = std::function<void(Result<Done>)>;

    NotMe(HttpClient& http, const Limits& limits, const Clock& clock, Rng& rng) : m_http(http), m_limits(limits), m_clock(clock), m_rng(rng) {}

    void displaced(const QByteArray& refreshToken);
    void forget();
    void report(Then then); // NotFound: no session of this device was displaced within the last day

private:
    HttpClient& m_http;
    const Limits& m_limits;
    const Clock& m_clock;
    Rng& m_rng;
    QByteArray m_token;
    QByteArray m_key; // idempotency: pressed twice it is one report
    Millis m_until{0};
};

} // namespace naru::backend
