// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "proof/CallerKey.h"
#include "protocol/OrderFields.h"
#include "protocol/Problem.h"
#include "protocol/ReservationFields.h"
#include "protocol/SessionFields.h"

#include <functional>
#include <map>
#include <memory>

namespace naru::test {

// The test is one computer, with one key and for each server the nonce that one told.
std::shared_ptr<proof::CallerKey> callerKey(quint16 port);
// The two fields of a request that is written by hand: "Authorization: …\r\nDPoP: …\r\n". The proof is good once, for some two minutes.
std::string credentials(quint16 port, const std::string& method, const std::string& uri, const QString& accessToken);

// The same for a request without a token: "DPoP: …\r\n".
std::string proofField(quint16 port, const std::string& method, const std::string& uri);

struct Answer {
    int status = 0; // 0: no answer
    std::map<std::string, std::string> headers; // lower-case names
    std::string body;

    bool ok() const { return status >= 200 && status < 300; }
    protocol::json::value json() const; // null when the body is no JSON
    QString code() const; // of a problem answer
    QString text() const { return QStringLiteral("%1 %2").arg(status).arg(QString::fromStdString(body.substr(0, 600))); }
    // The body as a value; asserts (with the body in the message) when it does not fit.
    template <class T> T as() const
    {
        auto v = protocol::fromJson<T>(json(), true);
        if (!v)
            qFatal("answer does not fit: %s %s", qPrintable(text()), v.error().fields.empty() ? "" : qPrintable(v.error().fields.front().field));
        return std::move(*v);
    }
};

// A caller of the interface over a real connection, blocking: for tests. One thread at a time. Writes get a fresh
// Idempotency-Key unless one is given among the headers.
class RestSession {
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;
    RestSession(QString host, quint16 port);
    ~RestSession();
    RestSession(RestSession&&) noexcept;

    void asAnotherComputer(); // with a key of its own, before signing in
    // The whole exchange: challenge, code, token. Empty on success, else the problem code ("" status 0: "no-answer").
    QString signIn(const QString& login, const QString& password = QStringLiteral("naru-demo-2026"), const QString& device = QStringLiteral("test"));
    Answer refresh(bool userActive = true); // keeps the new tokens when answered
    Answer call(const std::string& method, const std::string& path, const std::string& body = {}, Headers headers = {});
    Answer get(const std::string& path, Headers headers = {}) { return call("GET", path, {}, std::move(headers)); }
    template <class T> Answer post(const std::string& path, const T& body, Headers headers = {})
    {
        return call("POST", path, protocol::json::serialize(protocol::toJson(body)), std::move(headers));
    }
    template <class T> Answer patch(const std::string& path, const T& body, std::int64_t version)
    {
        return call("PATCH", path, protocol::json::serialize(protocol::toJson(body)), {ifMatch(version)});
    }
    Answer postText(const std::string& path, const std::string& json, Headers headers = {}) { return call("POST", path, json, std::move(headers)); }
    Answer form(const std::string& path, const std::string& body);

    // If-Match for a version, as a header for post().
    static std::pair<std::string, std::string> ifMatch(std::int64_t version);

    const protocol::TokenAnswer& tokens() const;
    void setAccessToken(const QString& token);
    void forgetTokens();
    QString host() const;
    quint16 port() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// A server-sent event stream, read on a thread of its own until it ends or this object goes.
class EventStream {
public:
    struct Event {
        std::int64_t id = 0;
        QString topic;
        protocol::json::value data;
        Millis at{}; // when it came, by the steady clock
    };
    // `after` < 0: from now on.
    EventStream(QString host, quint16 port, const QString& accessToken, std::int64_t after = -1);
    ~EventStream();

    bool isOpen() const; // the head of the answer came and the stream did not end
    bool hasEnded() const;
    int status() const; // 0 before the head came
    int lagLines() const; // comment lines seen
    std::vector<Event> events() const;
    int count(const QString& topic) const;
    // Waits until one event of that topic, among those already here or still to come, satisfies `match`.
    bool waitFor(const QString& topic, int timeoutMs, const std::function<bool(const Event&)>& match = {});
    bool waitOpen(int timeoutMs = 5000);
    bool waitEnd(int timeoutMs);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace naru::test
