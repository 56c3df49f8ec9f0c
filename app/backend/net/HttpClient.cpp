// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/net/HttpClient.h"

#include <QHostAddress>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>
#include <algorithm>

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcNet, "naru.backend.net", QtInfoMsg)

Error make(ErrorKind kind, const QString& code, const QString& detail, bool retryable)
{
    Error e;
    e.kind = kind;
    e.code = code;
    e.detail = detail;
    e.retryable = retryable;
    return e;
}

} // namespace

struct HttpClient::Exchange {
    quint64 id = 0;
    HttpRequest request;
    Then then;
    Millis startedAt{0};
    QNetworkReply* reply = nullptr; // child of the network manager, deleted later by complete()
    std::unique_ptr<QTimer> deadline;
    QByteArray body;
    QList<QSslError> tls;
    bool repeated = false; // with the nonce of a refusal
};

QNetworkRequest networkRequest(const Origin& origin, const QString& path, const QueryItems& query)
{
    QUrl url = origin.base;
    QString prefix = url.path();
    while (prefix.endsWith(u'/'))
        prefix.chop(1);
    url.setPath(prefix + path);
    url.setQuery(query.empty() ? QString() : QString::fromLatin1(encodedQuery(query)), QUrl::StrictMode);

    QNetworkRequest r(url);
    r.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    r.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    r.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    r.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    r.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    r.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    r.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    r.setRawHeader("User-Agent"_ba, origin.userAgent);
    if (url.scheme() == u"https" && !origin.caFile.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(origin.caFile); // besides the system's; unreadable: the handshake fails and says so
        r.setSslConfiguration(tls);
    }
    return r;
}

void authorize(QNetworkRequest& request, ProofSource& proofs, const QByteArray& verb, const QByteArray& accessToken)
{
    if (!accessToken.isEmpty())
        request.setRawHeader("Authorization"_ba, "DPoP "_ba + accessToken);
    if (const QByteArray proof = proofs.proofFor(verb, request.url(), accessToken); !proof.isEmpty())
        request.setRawHeader("DPoP"_ba, proof);
}

void readNotes(const QNetworkReply& reply, HttpAnswer& answer)
{
    answer.nonce = reply.rawHeader("DPoP-Nonce"_ba);
    bool number = false;
    if (const int age = reply.rawHeader("Naru-Auth-Age"_ba).toInt(&number); number && age >= 0)
        answer.authAgeMs = age;
    answer.serverTime = httpDate(reply.rawHeader("Date"_ba));
}

std::optional<Error> originFault(const Origin& origin)
{
    const QString host = origin.base.host();
    if (!origin.base.isValid() || host.isEmpty())
        return make(ErrorKind::Invalid, u"server-address"_s, u"the server address is no URL with a host"_s, false);
    if (origin.base.scheme() == u"https")
        return std::nullopt;
    if (origin.base.scheme() != u"http")
        return make(ErrorKind::Invalid, u"server-address"_s, u"the server address must start with https:// (or http:// on this computer)"_s, false);
    if (host == u"localhost" || QHostAddress(host).isLoopback())
        return std::nullopt;
    return make(ErrorKind::Invalid, u"server-insecure"_s, u"without TLS only a server on this computer may be used"_s, false);
}

Error transportError(const QNetworkReply& reply, const QList<QSslError>& tls)
{
    if (!tls.isEmpty()) {
        QStringList why;
        for (const QSslError& e : tls)
            why += e.errorString();
        return make(ErrorKind::Protocol, u"tls-untrusted"_s, why.join(u"; "_s), false);
    }
    switch (reply.error()) {
    case QNetworkReply::SslHandshakeFailedError:
        return make(ErrorKind::Protocol, u"tls-failed"_s, reply.errorString(), false);
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError:
        return make(ErrorKind::Timeout, u"timeout"_s, reply.errorString(), true);
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return make(ErrorKind::Protocol, u"not-http"_s, reply.errorString(), false);
    default:
        return make(ErrorKind::Offline, u"unreachable"_s, reply.errorString(), true);
    }
}

void drop(QNetworkReply& reply, const QObject& receiver)
{
    QObject::disconnect(&reply, nullptr, &receiver, nullptr);
    reply.deleteLater(); // its end closes what is under way; abort() would warn of a second error where the first is on its way
}

QNetworkAccessManager* makeNetwork(const MakeNetwork& make, QObject* parent)
{
    return make ? make(parent) : new QNetworkAccessManager(parent);
}

HttpClient::HttpClient(const MakeNetwork& network, Origin origin, const Limits& limits, const Clock& clock, ProofSource& proofs)
    : m_network(makeNetwork(network, this)), m_origin(std::move(origin)), m_limits(limits), m_clock(clock), m_proofs(proofs), m_pump(std::make_unique<QTimer>())
{
    m_pump->setSingleShot(true);
    m_pump->setInterval(0);
    connect(m_pump.get(), &QTimer::timeout, this, &HttpClient::pump);
}

HttpClient::~HttpClient() { cancelAll(); }

quint64 HttpClient::send(HttpRequest request, Then then)
{
    Q_ASSERT(then);
    auto exchange = std::make_unique<Exchange>();
    exchange->id = ++m_last;
    exchange->request = std::move(request);
    exchange->then = std::move(then);
    exchange->startedAt = m_clock.steady();
    m_waiting.push_back(std::move(exchange));
    m_pump->start();
    return m_last;
}

void HttpClient::cancel(quint64 exchange)
{
    std::erase_if(m_waiting, [&](const auto& e) { return e->id == exchange; });
    const auto it = m_running.find(exchange);
    if (it == m_running.end())
        return;
    const std::unique_ptr<Exchange> gone = std::move(it->second);
    m_running.erase(it);
    drop(*gone->reply, *this);
    m_pump->start();
}

void HttpClient::cancelAll()
{
    m_waiting.clear();
    while (!m_running.empty())
        cancel(m_running.begin()->first);
}

Millis HttpClient::oldestWait() const
{
    Millis oldest{0};
    for (const auto& [id, exchange] : m_running)
        oldest = std::max(oldest, m_clock.steady() - exchange->startedAt);
    return oldest;
}

void HttpClient::pump()
{
    while (!m_waiting.empty() && inFlight() < m_limits.requestsInFlight) {
        auto next = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (auto fault = originFault(m_origin)) {
            HttpAnswer answer;
            answer.error = std::move(fault);
            Q_EMIT failed(*answer.error);
            next->then(std::move(answer));
            continue;
        }
        launch(std::move(next));
    }
}

void HttpClient::launch(std::unique_ptr<Exchange> exchange)
{
    const HttpRequest& r = exchange->request;
    QNetworkRequest request = networkRequest(m_origin, r.path, r.query);
    authorize(request, m_proofs, verbName(r.verb), r.accessToken);
    request.setRawHeader("Accept"_ba, "application/json, application/problem+json"_ba);
    if (!r.body.empty() || r.verb == Verb::Post || r.verb == Verb::Patch || r.verb == Verb::Put)
        request.setRawHeader("Content-Type"_ba, r.contentType);
    for (const auto& header : r.headers)
        request.setRawHeader(header.first, header.second);

    const quint64 id = exchange->id;
    exchange->startedAt = m_clock.steady();
    const QByteArray body(r.body.data(), static_cast<qsizetype>(r.body.size()));
    exchange->reply = m_network->sendCustomRequest(request, verbName(r.verb), body);
    exchange->deadline = std::make_unique<QTimer>();
    exchange->deadline->setSingleShot(true);
    exchange->deadline->setInterval(m_limits.requestTimeout);
    connect(exchange->deadline.get(), &QTimer::timeout, this, [this, id] {
        complete(id, make(ErrorKind::Timeout, u"timeout"_s, u"the server did not answer in time"_s, true));
    });
    connect(exchange->reply, &QNetworkReply::readyRead, this, [this, id] { read(id); });
    connect(exchange->reply, &QNetworkReply::finished, this, [this, id] { complete(id, std::nullopt); });
    connect(exchange->reply, &QNetworkReply::sslErrors, this, [this, id](const QList<QSslError>& errors) {
        if (const auto it = m_running.find(id); it != m_running.end())
            it->second->tls = errors; // never ignored: the handshake fails
    });
    exchange->deadline->start();
    m_running.emplace(id, std::move(exchange));
}

void HttpClient::read(quint64 id)
{
    const auto it = m_running.find(id);
    if (it == m_running.end())
        return;
    Exchange& e = *it->second;
    e.body += e.reply->read(std::max<qint64>(0, m_limits.bodyBytes + 1 - e.body.size()));
    if (e.body.size() > m_limits.bodyBytes)
        complete(id, make(ErrorKind::Protocol, u"body-too-large"_s, u"the answer is larger than %1 bytes"_s.arg(m_limits.bodyBytes), false));
}

void HttpClient::complete(quint64 id, std::optional<Error> fault)
{
    if (!fault)
        read(id);
    const auto it = m_running.find(id);
    if (it == m_running.end())
        return; // read() found it too large
    std::unique_ptr<Exchange> e = std::move(it->second);
    m_running.erase(it);
    e->deadline->stop();
    e->deadline.release()->deleteLater(); // this may be its own timeout

    HttpAnswer answer;
    answer.took = m_clock.steady() - e->startedAt;
    const int status = e->reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (fault) {
        answer.error = std::move(fault);
    } else if (status == 0 || (status < 400 && e->reply->error() != QNetworkReply::NoError)) {
        answer.error = transportError(*e->reply, e->tls); // also an answer that broke off
    } else {
        answer.status = status;
        answer.contentType = e->reply->header(QNetworkRequest::ContentTypeHeader).toByteArray();
        answer.body = std::move(e->body);
        readNotes(*e->reply, answer);
        m_proofs.learn(answer.nonce);
    }
    drop(*e->reply, *this);
    if (answer.wantsNonce() && !std::exchange(e->repeated, true)) {
        e->body.clear();
        e->tls.clear();
        launch(std::move(e)); // the same request under another proof: no new try, the same idempotency key
        return;
    }
    m_pump->start();
    if (answer.error) {
        qCDebug(lcNet) << verbName(e->request.verb) << e->request.path << answer.error->code << answer.error->detail;
        Q_EMIT failed(*answer.error);
    } else {
        Q_EMIT answered(answer.took);
        Q_EMIT noted(answer);
    }
    e->then(std::move(answer));
}

} // namespace naru::backend
