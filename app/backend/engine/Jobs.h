// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/engine/AuthGate.h"
#include "backend/engine/Messages.h"

namespace naru::backend {

// The calls being worked on. A job asks the gate for a token, sends, is sent again when that is safe, and ends exactly once.
// Backend thread, owned by the engine.
class Jobs : public QObject {
    Q_OBJECT
public:
    using Finished = std::function<void(CallId, std::any result)>;
    using Read = std::function<void(const Request&, const protocol::json::value& body)>; // before Finished, for the cache

    Jobs(HttpClient& http, AuthGate& gate, const Limits& limits, const Clock& clock, Rng& rng, Finished finished, Read read);
    ~Jobs() override;

    void start(RequestCall call);
    void cancel(CallId id); // its answer is no longer wanted; nothing is reported
    void setLanguage(const QByteArray& language) { m_language = language; }

    void endAll(const Error& why);
    // The session is over: what needs one ends with `why`; a write on the wire still reports what becomes of it.
    void endSession(const Error& why);

    // Stopping: everything ends but the writes that are on the wire. True when nothing is left.
    bool keepOnlyWrites();
    bool isEmpty() const { return m_jobs.empty(); }

private:
    struct Job;
    void acquire(Job& job, const QByteArray& stale);
    void send(Job& job, const QByteArray& bearer);
    void answered(CallId id, Millis sentAt, bool markedActive, HttpAnswer answer);
    static std::any refusal(const Codec& codec, const Error& why, const HttpAnswer& answer);
    bool retry(Job& job, const Error& why);
    void unauthorized(Job& job, const HttpAnswer& answer);
    void finish(Job& job, std::any result);
    Job* find(CallId id);

    HttpClient& m_http;
    AuthGate& m_gate;
    const Limits& m_limits;
    const Clock& m_clock;
    Rng& m_rng;
    Finished m_finished;
    Read m_read;
    QByteArray m_language = QByteArrayLiteral("ko");
    std::map<CallId, std::unique_ptr<Job>> m_jobs;
};

} // namespace naru::backend
