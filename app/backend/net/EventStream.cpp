// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/net/EventStream.h"

#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>
#include <algorithm>

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {
Q_LOGGING_CATEGORY(lcStream, "naru.backend.stream", QtInfoMsg)
}

EventStream::EventStream(const MakeNetwork& network, Origin origin, const Limits& limits, const Clock& clock, Rng& rng, ProofSource& proofs, TokenSource tokens)
    : m_network(makeNetwork(network, this)), m_origin(std::move(origin)), m_limits(limits), m_clock(clock), m_rng(rng), m_proofs(proofs),
      m_tokens(std::move(tokens)), m_parser(limits.sseEventBytes), m_retry(new QTimer(this)), m_silence(new QTimer(this))
{
    m_retry->setSingleShot(true);
    connect(m_retry, &QTimer::timeout, this, &EventStream::connectNow);
    m_silence->setSingleShot(true);
    m_silence->setInterval(m_limits.heartbeatLost);
    connect(m_silence, &QTimer::timeout, this, &EventStream::wentSilent);
}

EventStream::~EventStream() { stop(); }

void EventStream::start()
{
    stop();
    m_lastId.clear();
    m_stale.clear();
    m_wasOpen = false;
    m_nonceTold = false;
    m_failures = 0;
    connectNow();
}

void EventStream::stop()
{
    ++m_generation;
    m_phase = Phase::Off;
    m_retry->stop();
    dropReply();
}

void EventStream::reconnectNow()
{
    if (m_phase == Phase::Waiting)
        connectNow();
}

Millis EventStream::silence() const { return m_phase == Phase::Open ? m_clock.steady() - m_lastByte : Millis{0}; }

void EventStream::look()
{
    if (silence() >= m_limits.heartbeatLost)
        wentSilent();
}

void EventStream::wentSilent()
{
    Error e;
    e.kind = ErrorKind::Timeout;
    e.code = u"stream-silent"_s;
    e.detail = u"the event stream brought nothing for too long"_s;
    e.retryable = true;
    broke(e);
}

void EventStream::connectNow()
{
    m_retry->stop();
    m_phase = Phase::Token;
    Q_EMIT connecting();
    const quint64 generation = ++m_generation;
    m_tokens(m_stale, [this, generation](Result<QByteArray> token) {
        if (generation != m_generation)
            return;
        if (token)
            open(*token);
        else if (const QString& code = token.error().code; code.startsWith(u"session-") || code == u"signed-out")
            stop(); // the session is over: whoever ended it says so
        else
            broke(token.error());
    });
}

void EventStream::open(const QByteArray& accessToken)
{
    m_phase = Phase::Opening;
    m_token = accessToken;
    m_parser = SseParser(m_limits.sseEventBytes);
    m_tls.clear();
    if (m_wasOpen && m_clock.steady() - m_lostAt > m_limits.longGap)
        m_lastId.clear(); // too much to replay
    if (const auto fault = originFault(m_origin)) {
        broke(*fault);
        return;
    }
    QNetworkRequest request = networkRequest(m_origin, u"/v1/events"_s, {});
    authorize(request, m_proofs, "GET"_ba, accessToken);
    request.setRawHeader("Accept"_ba, "text/event-stream"_ba);
    request.setRawHeader("Accept-Encoding"_ba, "identity"_ba); // compressed pieces would wait for each other
    if (!m_lastId.isEmpty())
        request.setRawHeader("Last-Event-ID"_ba, m_lastId);
    m_reply = m_network->get(request);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &EventStream::headersCame);
    connect(m_reply, &QNetworkReply::readyRead, this, &EventStream::read);
    connect(m_reply, &QNetworkReply::finished, this, &EventStream::ended);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) { m_tls = errors; });
    m_silence->start();
}

void EventStream::headersCame()
{
    if (m_phase != Phase::Opening || !m_reply)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray type = m_reply->header(QNetworkRequest::ContentTypeHeader).toByteArray();
    if (status != 200 || !type.startsWith("text/event-stream"))
        return; // ended() tells
    HttpAnswer notes;
    readNotes(*m_reply, notes);
    m_proofs.learn(notes.nonce);
    Q_EMIT noted(notes);
    m_phase = Phase::Open;
    m_failures = 0;
    m_nonceTold = false;
    m_stale.clear();
    m_lastByte = m_openedAt = m_clock.steady();
    m_wasOpen = true;
    qCDebug(lcStream) << "open, after" << m_lastId;
    Q_EMIT opened(!m_lastId.isEmpty());
}

void EventStream::read()
{
    if (m_phase == Phase::Opening)
        headersCame();
    if (m_phase != Phase::Open)
        return;
    m_lastByte = m_clock.steady();
    m_silence->start();
    const QByteArray bytes = m_reply->readAll();
    const quint64 generation = m_generation;
    const bool fits = m_parser.feed(bytes, {[this, generation](SseEvent e) {
        if (generation != m_generation)
            return; // stopped by an event before this one
        m_lastId = e.id;
        Q_EMIT arrived(e);
    }});
    if (fits || generation != m_generation)
        return;
    Error e;
    e.kind = ErrorKind::Protocol;
    e.code = u"event-too-large"_s;
    e.detail = u"the event stream brought an event of more than %1 bytes"_s.arg(m_limits.sseEventBytes);
    m_lastId.clear(); // it would come again for ever
    broke(e);
}

void EventStream::ended()
{
    if (!m_reply)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_phase == Phase::Open && m_reply->bytesAvailable() > 0)
        read();
    if (!m_reply)
        return;
    if (m_phase == Phase::Open) {
        if (m_clock.steady() - m_openedAt < Millis{1'000}) {
            Error e;
            e.kind = ErrorKind::Offline;
            e.code = u"stream-closed"_s;
            e.detail = u"the server closed the event stream at once"_s;
            e.retryable = true;
            broke(e);
            return;
        }
        // The server ends a stream with its token; a first try to go on says nothing to anybody.
        dropReply();
        m_lostAt = m_clock.steady();
        m_phase = Phase::Waiting;
        m_retry->start(Millis(std::int64_t(m_rng.next64() % 50)));
        return;
    }
    HttpAnswer answer;
    answer.status = status;
    answer.contentType = m_reply->header(QNetworkRequest::ContentTypeHeader).toByteArray();
    if (status == 0 || (status < 400 && m_reply->error() != QNetworkReply::NoError))
        answer.error = transportError(*m_reply, m_tls);
    else
        answer.body = m_reply->read(64 * 1024);
    readNotes(*m_reply, answer);
    m_proofs.learn(answer.nonce);
    if (answer.wantsNonce() && !std::exchange(m_nonceTold, true)) {
        dropReply();
        connectNow();
        return;
    }
    if (status == 401) {
        const bool again = answer.refusesToken() && m_stale != m_token;
        m_stale = answer.refusesToken() ? m_token : QByteArray();
        const quint64 generation = m_generation;
        Q_EMIT refused(answer);
        if (generation != m_generation)
            return; // the session is over
        if (again) {
            dropReply();
            connectNow();
            return;
        }
    }
    if (answer.ok()) {
        Error e;
        e.kind = ErrorKind::Protocol;
        e.code = u"no-event-stream"_s;
        e.detail = u"the server answered the event stream with something else"_s;
        broke(e);
        return;
    }
    broke(answer.problem());
}

void EventStream::broke(const Error& why)
{
    if (m_phase == Phase::Open)
        m_lostAt = m_clock.steady();
    dropReply();
    ++m_generation;
    m_phase = Phase::Waiting;
    const std::int64_t most = std::min<std::int64_t>(m_limits.reconnectMax.count(), m_limits.reconnectMin.count() << std::min(m_failures, 12));
    ++m_failures;
    const std::int64_t wait = most / 2 + std::int64_t(m_rng.next64() % std::uint64_t(std::max<std::int64_t>(most / 2, 1)));
    qCDebug(lcStream) << "lost:" << why.code << why.detail << "next try in" << wait << "ms";
    m_retry->start(Millis(wait));
    Q_EMIT lost(why, static_cast<int>(wait));
}

void EventStream::dropReply()
{
    m_silence->stop();
    if (m_reply)
        drop(*std::exchange(m_reply, nullptr), *this);
}

} // namespace naru::backend
