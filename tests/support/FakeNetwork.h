// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace naru::test {

struct FakeRequest {
    QByteArray verb;
    int port = 0;
    QString path;
    QString query;
    QByteArray body;
    std::map<QByteArray, QByteArray> headers; // lower-case names

    QByteArray header(const QByteArray& name) const { const auto it = headers.find(name.toLower()); return it == headers.end() ? QByteArray() : it->second; }
};

// What a route does with a request.
struct FakeAnswer {
    int status = 200;
    QByteArray body;
    QByteArray type = "application/json";
    Millis delay{0};
    bool hang = false; // until the test lets go, or for ever
    bool stream = false; // the head at once, then what the test sends
    QNetworkReply::NetworkError error = QNetworkReply::NoError; // no answer at all
    std::vector<std::pair<QByteArray, QByteArray>> headers;

    static FakeAnswer problem(int status, const char* code, const QByteArray& more = {})
    {
        FakeAnswer a;
        a.status = status;
        a.type = "application/problem+json";
        a.body = "{\"code\":\"" + QByteArray(code) + "\",\"status\":" + QByteArray::number(status) + (more.isEmpty() ? "" : "," + more) + '}';
        return a;
    }
    static FakeAnswer offline()
    {
        FakeAnswer a;
        a.error = QNetworkReply::ConnectionRefusedError;
        return a;
    }
    static FakeAnswer hanging()
    {
        FakeAnswer a;
        a.hang = true;
        return a;
    }
};

// The wire as a test scripts it: routes with their answers, what was asked, and the bytes of event streams. Shared by the test
// and the backend thread under one std::mutex; outlives the backend.
class FakeWire {
public:
    using Handler = std::function<FakeAnswer(const FakeRequest&)>;

    void on(const QByteArray& route, Handler handler) // "GET /v1/home"
    {
        const std::lock_guard lock(m_mutex);
        m_routes[route] = std::move(handler);
    }
    void on(const QByteArray& route, FakeAnswer answer)
    {
        on(route, [answer](const FakeRequest&) { return answer; });
    }
    FakeAnswer answer(const FakeRequest& request)
    {
        Handler handler;
        {
            const std::lock_guard lock(m_mutex);
            m_asked.push_back(request);
            const auto it = m_routes.find(request.verb + ' ' + request.path.toUtf8());
            if (it == m_routes.end())
                return FakeAnswer::problem(404, "no-route");
            handler = it->second;
        }
        return handler(request);
    }
    std::vector<FakeRequest> all() const
    {
        const std::lock_guard lock(m_mutex);
        return {m_asked.begin(), m_asked.end()};
    }
    std::vector<FakeRequest> asked(const QByteArray& route) const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<FakeRequest> out;
        for (const FakeRequest& r : m_asked)
            if (r.verb + ' ' + r.path.toUtf8() == route)
                out.push_back(r);
        return out;
    }
    int count(const QByteArray& route) const { return int(asked(route).size()); }

    // Every open stream gets it.
    void send(const QByteArray& bytes)
    {
        const std::lock_guard lock(m_mutex);
        m_sent += bytes;
    }
    void event(const char* topic, const QByteArray& data, int id) { send("id: " + QByteArray::number(id) + "\nevent: " + topic + "\ndata: " + data + "\n\n"); }
    void endStreams()
    {
        const std::lock_guard lock(m_mutex);
        ++m_streamEpoch;
    }
    void letGo()
    {
        const std::lock_guard lock(m_mutex);
        ++m_hangEpoch;
    }
    void aborted()
    {
        const std::lock_guard lock(m_mutex);
        ++m_aborted;
    }
    int abortedCount() const
    {
        const std::lock_guard lock(m_mutex);
        return m_aborted;
    }

    struct Position {
        qsizetype sent = 0;
        int streamEpoch = 0;
        int hangEpoch = 0;
    };
    Position position() const
    {
        const std::lock_guard lock(m_mutex);
        return {m_sent.size(), m_streamEpoch, m_hangEpoch};
    }
    QByteArray sentSince(qsizetype from) const
    {
        const std::lock_guard lock(m_mutex);
        return QByteArray(m_sent.constData() + from, m_sent.size() - from); // a copy of its own
    }

private:
    mutable std::mutex m_mutex;
    std::map<QByteArray, Handler> m_routes;
    std::vector<FakeRequest> m_asked;
    QByteArray m_sent;
    int m_streamEpoch = 0;
    int m_hangEpoch = 0;
    int m_aborted = 0;
};

class FakeReply final : public QNetworkReply {
public:
    FakeReply(FakeWire& wire, FakeAnswer answer, const QNetworkRequest& request, QNetworkAccessManager::Operation op, QObject* parent)
        : QNetworkReply(parent), m_wire(wire), m_answer(std::move(answer)), m_begin(wire.position())
    {
        setRequest(request);
        setUrl(request.url());
        setOperation(op);
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        m_timer.setInterval(m_answer.hang || m_answer.stream ? Millis{2} : m_answer.delay);
        m_timer.setSingleShot(!m_answer.hang && !m_answer.stream);
        connect(&m_timer, &QTimer::timeout, this, [this] { step(); });
        m_timer.start();
    }
    // As with Qt's own: whoever deletes it before its end closes what is under way.
    ~FakeReply() override
    {
        if (!isFinished())
            m_wire.aborted();
    }
    void abort() override
    {
        if (isFinished())
            return;
        m_timer.stop();
        m_wire.aborted();
        setError(OperationCanceledError, QStringLiteral("aborted"));
        setFinished(true);
        Q_EMIT finished();
    }
    qint64 bytesAvailable() const override { return m_data.size() + QNetworkReply::bytesAvailable(); }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char* out, qint64 most) override
    {
        const qint64 n = std::min<qint64>(most, m_data.size());
        std::memcpy(out, m_data.constData(), size_t(n));
        m_data.remove(0, n);
        return n == 0 && isFinished() ? -1 : n;
    }

private:
    void head()
    {
        setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_answer.status);
        setHeader(QNetworkRequest::ContentTypeHeader, m_answer.type);
        for (const auto& header : m_answer.headers)
            setRawHeader(header.first, header.second);
        Q_EMIT metaDataChanged();
    }
    void finish()
    {
        m_timer.stop();
        setFinished(true);
        Q_EMIT finished();
    }
    void step()
    {
        const FakeWire::Position now = m_wire.position();
        if (m_answer.hang) {
            if (now.hangEpoch == m_begin.hangEpoch)
                return;
            m_answer.hang = false;
        }
        if (m_answer.error != NoError) {
            setError(m_answer.error, QStringLiteral("made to fail"));
            finish();
            return;
        }
        if (m_answer.stream) {
            stepStream(now);
            return;
        }
        head();
        m_data = m_answer.body;
        if (m_answer.status >= 400)
            setError(UnknownContentError, QStringLiteral("status"));
        if (!m_data.isEmpty())
            Q_EMIT readyRead();
        finish();
    }
    void stepStream(const FakeWire::Position& now)
    {
        if (!m_headSent) {
            m_headSent = true;
            head();
        }
        if (isFinished())
            return;
        if (now.sent > m_begin.sent) {
            m_data += m_wire.sentSince(m_begin.sent);
            m_begin.sent += m_data.size();
            Q_EMIT readyRead();
        }
        if (!isFinished() && now.streamEpoch != m_begin.streamEpoch)
            finish();
    }

    FakeWire& m_wire;
    FakeAnswer m_answer;
    FakeWire::Position m_begin;
    QByteArray m_data;
    bool m_headSent = false;
    QTimer m_timer;
};

// Qt's network manager with the wire above instead of a network. Backend thread.
class FakeNetworkAccessManager final : public QNetworkAccessManager {
public:
    FakeNetworkAccessManager(FakeWire& wire, QObject* parent) : QNetworkAccessManager(parent), m_wire(wire) {}

protected:
    QNetworkReply* createRequest(Operation op, const QNetworkRequest& request, QIODevice* data) override
    {
        FakeRequest r;
        r.verb = op == GetOperation ? QByteArray("GET") : request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
        r.port = request.url().port();
        r.path = request.url().path();
        r.query = request.url().query(QUrl::FullyDecoded);
        r.body = data ? data->readAll() : QByteArray();
        for (const QByteArray& name : request.rawHeaderList())
            r.headers[name.toLower()] = request.rawHeader(name);
        return new FakeReply(m_wire, m_wire.answer(r), request, op, this);
    }

private:
    FakeWire& m_wire;
};

} // namespace naru::test
