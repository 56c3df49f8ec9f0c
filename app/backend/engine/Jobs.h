// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/engine/AuthGate.h"
#include "backend/engine/Messages.h"

#include <utility>

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
    // Whether a read was given up since the last call because the server could not be reached or had no time: some screen shows less than it should.
    bool takeReadGivenUp() { return std::exchange(m_readGivenUp, false); }
    void setLanguage(const QByteArray& language) { m_language = language; }

    void endAll(const Error& why);
    // The session is over. Reads end with `why`. Writes of `owner`, waiting or of unknown outcome, are kept with their idempotency keys until
    // somebody signs in; one on the wire still reports what becomes of it. No owner: they all end.
    void endSession(const Error& why, const QString& owner = {});
    // Somebody signed in: the owner's writes go out again under their keys, those of anybody else end.
    void signedIn(const QString& user);
    std::size_t parked() const;

    // Stopping: everything ends but the writes that are on the wire. True when nothing is left.
    bool keepOnlyWrites();
    bool isEmpty() const { return m_jobs.empty(); }

private:
    struct Job;
    void acquire(Job& job, const QByteArray& stale);
    void send(Job& job, const QByteArray& bearer);
    void answered(CallId id, Millis sentAt, bool markedActive, HttpAnswer answer);
    void resend(Job& job);
    bool park(Job& job);
    void endParked();
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
    bool m_readGivenUp = false;
    QString m_owner; // of the parked writes; empty while somebody is signed in
    Millis m_parkedAt{0};
    std::map<CallId, std::unique_ptr<Job>> m_jobs;
};

} // namespace naru::backend
