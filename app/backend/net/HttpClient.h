// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/engine/Limits.h"
#include "backend/net/Http.h"
#include "backend/net/ProofSource.h"
#include "core/Clock.h"

#include <QNetworkRequest>
#include <QObject>
#include <QSslError>
#include <QUrl>
#include <deque>
#include <functional>
#include <map>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;
class QTimer;

namespace naru::backend {

// Where the server is and how far it is trusted.
struct Origin {
    QUrl base;
    QString caFile; // certificates trusted besides the system's; empty: none
    QByteArray userAgent;
};

// The request for an origin, without a proof: no redirects, no cache, no cookies, HTTP/1.1.
QNetworkRequest networkRequest(const Origin& origin, const QString& path, const QueryItems& query);
// Who asks: the token, if there is one, and the proof that this device may use it.
void authorize(QNetworkRequest& request, ProofSource& proofs, const QByteArray& verb, const QByteArray& accessToken);
// What the server says beside every answer.
void readNotes(const QNetworkReply& reply, HttpAnswer& answer);
// Nothing when the origin may be talked to: https, or http on loopback.
std::optional<Error> originFault(const Origin& origin);
// What went wrong with a reply that brought no usable answer.
Error transportError(const QNetworkReply& reply, const QList<QSslError>& tls);

// Ends a reply of which nobody wants to hear any more. Backend thread.
void drop(QNetworkReply& reply, const QObject& receiver);

// Makes a network manager as child of `parent`; empty: Qt's own. Called in the backend thread. Tests put theirs here.
using MakeNetwork = std::function<QNetworkAccessManager*(QObject* parent)>;
QNetworkAccessManager* makeNetwork(const MakeNetwork& make, QObject* parent);

// Sends requests, a bounded number at a time, each under a deadline, a size limit and a proof of its own; one that was refused only for want of a
// nonce is sent again by itself. Backend thread, owned by the engine.
class HttpClient : public QObject {
    Q_OBJECT
public:
    using Then = std::function<void(HttpAnswer)>;

    HttpClient(const MakeNetwork& network, Origin origin, const Limits& limits, const Clock& clock, ProofSource& proofs);
    ~HttpClient() override;

    // `then` runs once, never from inside send(), unless the request is cancelled before.
    quint64 send(HttpRequest request, Then then);
    void cancel(quint64 exchange);
    void cancelAll();

    int inFlight() const { return static_cast<int>(m_running.size()); }
    // How long the oldest unanswered request has been waiting; 0 when there is none.
    Millis oldestWait() const;

Q_SIGNALS:
    void answered(naru::Millis roundTrip);
    void failed(const naru::Error& error); // no answer at all
    void noted(const naru::backend::HttpAnswer& answer); // any answer: how old its knowledge is, what time it is there

private:
    struct Exchange;
    void pump();
    void launch(std::unique_ptr<Exchange> exchange);
    void read(quint64 id);
    void complete(quint64 id, std::optional<Error> fault);

    QNetworkAccessManager* m_network; // child
    const Origin m_origin;
    const Limits& m_limits;
    const Clock& m_clock;
    ProofSource& m_proofs;
    quint64 m_last = 0;
    std::deque<std::unique_ptr<Exchange>> m_waiting;
    std::map<quint64, std::unique_ptr<Exchange>> m_running;
    std::unique_ptr<QTimer> m_pump;
};

} // namespace naru::backend
