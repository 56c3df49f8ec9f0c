// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/net/HttpClient.h"
#include "backend/net/SseParser.h"

namespace naru::backend {

// GET /v1/events held open: reopened with what was seen last whenever it ends, with growing pauses while the server is away.
// Backend thread, owned by the engine.
class EventStream : public QObject {
    Q_OBJECT
public:
    using Grant = std::function<void(Result<QByteArray>)>;
    // Asks for an access token other than `stale`; answers once, now or later.
    using TokenSource = std::function<void(const QByteArray& stale, Grant grant)>;

    EventStream(const MakeNetwork& network, Origin origin, const Limits& limits, const Clock& clock, Rng& rng, ProofSource& proofs, TokenSource tokens);
    ~EventStream() override;

    void start(); // from now on
    void stop();
    void reconnectNow();
    bool isOpen() const { return m_phase == Phase::Open; }
    Millis silence() const; // since the last byte of an open stream
    void look(); // at each tick: after a suspend the clock tells sooner than a timer that the stream is dead

Q_SIGNALS:
    void connecting();
    // resumed: nothing was missed since the last event.
    void opened(bool resumed);
    void lost(const naru::Error& why, int retryInMs);
    void refused(const naru::backend::HttpAnswer& answer); // a 401: the session may have ended
    void noted(const naru::backend::HttpAnswer& answer); // what stood beside an answer
    void arrived(const naru::backend::SseEvent& event);

private:
    enum class Phase { Off, Token, Opening, Open, Waiting };
    void connectNow();
    void open(const QByteArray& accessToken);
    void headersCame();
    void read();
    void ended();
    void broke(const Error& why);
    void wentSilent();
    void dropReply();

    QNetworkAccessManager* m_network; // child
    const Origin m_origin;
    const Limits& m_limits;
    const Clock& m_clock;
    Rng& m_rng;
    ProofSource& m_proofs;
    TokenSource m_tokens;
    Phase m_phase = Phase::Off;
    quint64 m_generation = 0; // late grants of an earlier try are dropped
    QNetworkReply* m_reply = nullptr; // child of the network manager
    QList<QSslError> m_tls;
    SseParser m_parser;
    QByteArray m_lastId;
    QByteArray m_token;
    QByteArray m_stale; // a token the server refused
    Millis m_lastByte{0};
    Millis m_openedAt{0};
    Millis m_lostAt{0};
    bool m_wasOpen = false; // since start()
    int m_failures = 0;
    bool m_nonceTold = false; // by the last refusal: tried again at once, but only once
    QTimer* m_retry; // child
    QTimer* m_silence; // child
};

} // namespace naru::backend
