// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/RestSession.h"

#include "core/Clock.h"
#include "proof/Encoding.h"
#include "server/http/Client.h"
#include "server/http/Url.h"

#include <QElapsedTimer>

#include <condition_variable>
#include <thread>

namespace naru::test {

using namespace Qt::StringLiterals;

namespace {

std::string randomText(std::size_t bytes)
{
    std::string raw(bytes, '\0');
    systemRng().fill(reinterpret_cast<unsigned char*>(raw.data()), raw.size());
    return proof::toBase64Url(raw);
}

} // namespace

std::shared_ptr<proof::CallerKey> callerKey(quint16 port)
{
    static std::mutex lock;
    static const proof::PrivateKey key = proof::PrivateKey::make();
    static std::map<quint16, std::shared_ptr<proof::CallerKey>> known;
    const std::lock_guard guard(lock);
    auto& found = known[port];
    if (!found)
        found = std::make_shared<proof::CallerKey>(key);
    return found;
}

static server::Client::Options optionsFor(const QString& host, quint16 port)
{
    server::Client::Options o;
    o.host = host.toStdString();
    o.port = port;
    o.timeout = Millis{30'000}; // a loaded machine is no failure
    o.key = callerKey(port);
    return o;
}

std::string credentials(quint16 port, const std::string& method, const std::string& uri, const QString& accessToken)
{
    const std::string token = accessToken.toStdString();
    if (callerKey(port)->nonce().empty())
        (void)server::Client(optionsFor(u"127.0.0.1"_s, port)).call("GET", "/v1/session", {}, {{"Authorization", "DPoP " + token}}); // tells one
    return "Authorization: DPoP " + token + "\r\nDPoP: " + callerKey(port)->proof(method, uri, token) + "\r\n";
}

std::string proofField(quint16 port, const std::string& method, const std::string& uri)
{
    if (callerKey(port)->nonce().empty())
        (void)server::Client(optionsFor(u"127.0.0.1"_s, port)).call("POST", "/oauth/revoke", "token=none", {{"Content-Type", "application/x-www-form-urlencoded"}});
    return "DPoP: " + callerKey(port)->proof(method, uri) + "\r\n";
}

protocol::json::value Answer::json() const
{
    const auto parsed = protocol::parseJson(body);
    return parsed ? *parsed : protocol::json::value();
}

QString Answer::code() const
{
    if (status == 0)
        return u"no-answer"_s;
    const auto type = headers.find("content-type");
    return protocol::toError(status, type == headers.end() ? std::string_view() : std::string_view(type->second), body).code;
}

struct RestSession::Private {
    Private(QString h, quint16 p) : host(std::move(h)), port(p), client(std::make_unique<server::Client>(optionsFor(host, port))) {}
    QString host;
    quint16 port;
    std::unique_ptr<server::Client> client;
    protocol::TokenAnswer tokens;

    Answer send(const std::string& method, const std::string& path, const std::string& body, const Headers& headers)
    {
        Answer a;
        auto reply = client->call(method, path, body, headers);
        if (!reply) {
            a.body = reply.error().detail.toStdString();
            return a;
        }
        a.status = reply->status;
        a.headers = std::move(reply->headers);
        a.body = std::move(reply->body);
        return a;
    }
};

RestSession::RestSession(QString host, quint16 port) : d(std::make_unique<Private>(std::move(host), port)) {}
RestSession::~RestSession() = default;
RestSession::RestSession(RestSession&&) noexcept = default;

void RestSession::asAnotherComputer()
{
    server::Client::Options options = optionsFor(d->host, d->port);
    options.key = std::make_shared<proof::CallerKey>();
    d->client = std::make_unique<server::Client>(options);
}

QString RestSession::signIn(const QString& login, const QString& password, const QString& device)
{
    const std::string verifier = randomText(32);
    protocol::ChallengeRequest request;
    request.login = login;
    request.secret = password;
    request.codeChallenge = QString::fromStdString(proof::toBase64Url(proof::sha256(verifier)));
    request.deviceName = device;
    request.platform = u"test"_s;
    request.storage = u"keychain"_s;
    const Answer challenge = d->send("POST", "/oauth/authorize-challenge", protocol::json::serialize(protocol::toJson(request)), {});
    if (challenge.status != 200)
        return challenge.code();
    const std::string code = challenge.as<protocol::ChallengeAnswer>().authorizationCode.toStdString();
    const Answer token = form("/oauth/token", "grant_type=authorization_code&code=" + code + "&code_verifier=" + verifier);
    if (token.status != 200)
        return token.code();
    d->tokens = token.as<protocol::TokenAnswer>();
    return {};
}

Answer RestSession::refresh(bool userActive)
{
    const Answer a = form("/oauth/token", "grant_type=refresh_token&refresh_token=" + d->tokens.refreshToken.toStdString() + "&activity="
            + (userActive ? "user" : "background"));
    if (a.status == 200)
        d->tokens = a.as<protocol::TokenAnswer>();
    return a;
}

Answer RestSession::call(const std::string& method, const std::string& path, const std::string& body, Headers headers)
{
    if (!d->tokens.accessToken.isEmpty())
        headers.emplace_back("Authorization", "DPoP " + d->tokens.accessToken.toStdString());
    const auto hasKey = [&] {
        for (const auto& [name, value] : headers)
            if (name == "Idempotency-Key")
                return true;
        return false;
    };
    if (method != "GET" && !hasKey())
        headers.emplace_back("Idempotency-Key", randomText(16));
    return d->send(method, path, body, headers);
}

Answer RestSession::form(const std::string& path, const std::string& body)
{
    return d->send("POST", path, body, {{"Content-Type", "application/x-www-form-urlencoded"}});
}

std::pair<std::string, std::string> RestSession::ifMatch(std::int64_t version) { return {"If-Match", "\"v" + std::to_string(version) + "\""}; }

const protocol::TokenAnswer& RestSession::tokens() const { return d->tokens; }
void RestSession::setAccessToken(const QString& token) { d->tokens.accessToken = token; }
void RestSession::forgetTokens() { d->tokens = {}; }
QString RestSession::host() const { return d->host; }
quint16 RestSession::port() const { return d->port; }

struct EventStream::Private {
    Private(const QString& host, quint16 port) : client(optionsFor(host, port)) {}
    server::Client client;
    std::thread thread;
    mutable std::mutex lock; // guards everything below
    std::condition_variable changed;
    std::vector<Event> events;
    int status = 0;
    int lags = 0;
    bool over = false;

    // The frame being read; stream thread only.
    Event current;
    std::string data;

    void line(std::string_view text)
    {
        if (text.empty()) {
            if (!data.empty()) {
                const auto parsed = protocol::parseJson(data);
                current.data = parsed ? *parsed : protocol::json::value();
                current.at = systemClock().steady();
                const std::lock_guard guard(lock);
                events.push_back(current);
                changed.notify_all();
            }
            data.clear();
            current = {};
        } else if (text.front() == ':') {
            const std::lock_guard guard(lock);
            ++lags;
            changed.notify_all();
        } else if (text.rfind("id: ", 0) == 0) {
            current.id = std::strtoll(std::string(text.substr(4)).c_str(), nullptr, 10);
        } else if (text.rfind("event: ", 0) == 0) {
            current.topic = protocol::fromUtf8(text.substr(7));
        } else if (text.rfind("data: ", 0) == 0) {
            data += text.substr(6);
        }
    }
    bool wait(int timeoutMs, const std::function<bool()>& ready)
    {
        std::unique_lock guard(lock);
        return changed.wait_for(guard, std::chrono::milliseconds(timeoutMs), ready);
    }
};

EventStream::EventStream(QString host, quint16 port, const QString& accessToken, std::int64_t after) : d(std::make_unique<Private>(host, port))
{
    d->thread = std::thread([this, token = accessToken.toStdString(), after] {
        server::Client::Headers headers{{"Authorization", "DPoP " + token}, {"Accept", "text/event-stream"}};
        if (after >= 0)
            headers.emplace_back("Last-Event-ID", std::to_string(after));
        (void)d->client.stream("/v1/events", headers, [this](const server::Client::Reply& head) {
            const std::lock_guard guard(d->lock);
            d->status = head.status;
            d->changed.notify_all();
            return head.status == 200;
        }, [this](std::string_view line) {
            d->line(line);
            return true;
        });
        const std::lock_guard guard(d->lock);
        d->over = true;
        d->changed.notify_all();
    });
}

EventStream::~EventStream()
{
    d->client.abort();
    d->thread.join();
}

bool EventStream::isOpen() const
{
    const std::lock_guard guard(d->lock);
    return d->status == 200 && !d->over;
}

bool EventStream::hasEnded() const
{
    const std::lock_guard guard(d->lock);
    return d->over;
}

int EventStream::status() const
{
    const std::lock_guard guard(d->lock);
    return d->status;
}

int EventStream::lagLines() const
{
    const std::lock_guard guard(d->lock);
    return d->lags;
}

std::vector<EventStream::Event> EventStream::events() const
{
    const std::lock_guard guard(d->lock);
    return d->events;
}

int EventStream::count(const QString& topic) const
{
    const std::lock_guard guard(d->lock);
    return static_cast<int>(std::count_if(d->events.begin(), d->events.end(), [&](const Event& e) { return e.topic == topic; }));
}

bool EventStream::waitFor(const QString& topic, int timeoutMs, const std::function<bool(const Event&)>& match)
{
    std::size_t looked = 0;
    return d->wait(timeoutMs, [&] {
        for (; looked < d->events.size(); ++looked)
            if (d->events[looked].topic == topic && (!match || match(d->events[looked])))
                return true;
        return false;
    });
}

bool EventStream::waitOpen(int timeoutMs)
{
    return d->wait(timeoutMs, [this] { return d->status != 0 || d->over; }) && isOpen();
}

bool EventStream::waitEnd(int timeoutMs)
{
    return d->wait(timeoutMs, [this] { return d->over; });
}

} // namespace naru::test
