// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/SessionWatch.h"

#include <QLoggingCategory>

#include "protocol/SecurityFields.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcWatch, "naru.backend.watch", QtInfoMsg)

template <class T> std::optional<T> valueOf(const HttpAnswer& answer)
{
    const auto body = answer.ok() ? protocol::parseJson(answer.text()) : Result<protocol::json::value>(Error{});
    auto value = body ? protocol::fromJson<T>(*body, false) : Result<T>(body.error());
    return value ? std::optional(std::move(*value)) : std::nullopt;
}

} // namespace

SessionWatch::SessionWatch(HttpClient& http, AuthGate& gate, const Limits& limits, const Clock& clock, Rng& rng, Posture posture)
    : m_http(http), m_gate(gate), m_limits(limits), m_clock(clock), m_rng(rng), m_posture(std::move(posture))
{
}

void SessionWatch::begin(const SessionInfo& info, const QString& storage)
{
    m_active = true;
    m_asking = m_askAgain = false;
    m_device = info.deviceId;
    m_tier = info.tier;
    m_storage = storage;
    m_told.clear();
    m_lookedAt = m_clock.steady();
    lookAtPosture();
}

void SessionWatch::end()
{
    m_active = false;
    m_told.clear();
}

void SessionWatch::ask()
{
    if (!m_active || std::exchange(m_asking, true)) {
        m_askAgain = m_active;
        return;
    }
    m_gate.acquire({}, [this](Result<QByteArray> token) {
        if (!token) {
            m_asking = false;
            return;
        }
        HttpRequest r;
        r.path = u"/v1/session"_s;
        r.accessToken = *token;
        const quint64 epoch = m_gate.epoch();
        m_http.send(std::move(r), [this, epoch](const HttpAnswer& answer) { answered(epoch, answer); });
    });
}

void SessionWatch::answered(quint64 epoch, const HttpAnswer& answer)
{
    if (epoch != m_gate.epoch() || !m_active)
        return; // of a session that is over
    m_asking = false;
    const bool again = std::exchange(m_askAgain, false);
    if (const auto how = AuthGate::endIn(answer, m_clock.now())) {
        m_gate.end(*how);
        return;
    }
    if (const auto info = valueOf<SessionInfo>(answer)) {
        m_device = info->deviceId;
        m_tier = info->tier;
        m_gate.setFigures(info->idleExpiresIn, info->absExpiresIn);
        Q_EMIT read(*info);
    }
    if (again)
        ask();
}

void SessionWatch::tick()
{
    const Millis now = m_clock.steady();
    const Millis gap = m_lastTick ? now - *m_lastTick : Millis{0};
    m_lastTick = now;
    if (!m_active)
        return;
    if (gap > m_limits.wakeGap) {
        qCInfo(lcWatch) << "awake after" << gap.count() / 1000 << "s: asking how the session stands";
        ask();
    }
    if (now - m_lookedAt >= m_limits.postureLook) {
        m_lookedAt = now;
        lookAtPosture();
    }
}

void SessionWatch::lookAtPosture()
{
    if (!m_device || !m_posture)
        return;
    std::vector<PostureSignal> now = m_posture();
    now.insert(now.begin(), {u"storage"_s, m_storage, u"self"_s});
    if (now != m_told || m_clock.steady() - m_toldAt >= m_limits.postureTold)
        report(now);
}

void SessionWatch::report(const std::vector<PostureSignal>& now)
{
    m_told = now;
    m_toldAt = m_clock.steady();
    m_gate.acquire({}, [this, now](Result<QByteArray> token) {
        if (!token || !m_device) {
            m_told.clear(); // with the next look
            return;
        }
        HttpRequest r;
        r.verb = Verb::Put;
        r.path = u"/v1/devices/"_s + m_device->toString() + u"/posture"_s;
        r.accessToken = *token;
        r.body = protocol::json::serialize(protocol::toJson(PostureReport{now}));
        r.headers.emplace_back("Idempotency-Key"_ba, makeId<SessionId>(m_clock, m_rng).toString().toLatin1());
        const quint64 epoch = m_gate.epoch();
        m_http.send(std::move(r), [this, epoch](const HttpAnswer& answer) {
            if (epoch != m_gate.epoch() || !m_active)
                return;
            const auto verdict = valueOf<PostureVerdict>(answer);
            if (verdict && verdict->tier != m_tier)
                ask(); // what may be done has changed with it
            if (const auto how = AuthGate::endIn(answer, m_clock.now()))
                m_gate.end(*how);
            else if (!answer.status || answer.refusesToken())
                m_told.clear();
        });
    });
}

} // namespace naru::backend
