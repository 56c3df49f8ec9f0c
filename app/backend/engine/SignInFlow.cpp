// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/SignInFlow.h"

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {
#if defined(Q_OS_WIN)
const QString kPlatform = u"windows"_s;
#elif defined(Q_OS_MACOS)
const QString kPlatform = u"macos"_s;
#else
const QString kPlatform = u"linux"_s;
#endif
} // namespace

SignInFlow::SignInFlow(HttpClient& http, AuthGate& gate, Rng& rng, QString deviceName)
    : m_http(http), m_gate(gate), m_rng(rng), m_deviceName(std::move(deviceName))
{
}

template <class T> std::optional<T> SignInFlow::bodyOf(const HttpAnswer& answer)
{
    if (!answer.ok()) {
        fail(answer.problem());
        return std::nullopt;
    }
    const auto body = protocol::parseJson(answer.text());
    auto value = body ? protocol::fromJson<T>(*body, false) : Result<T>(body.error());
    if (value)
        return std::move(*value);
    Error e = value.error();
    e.kind = ErrorKind::Protocol;
    e.code = u"answer-invalid"_s;
    fail(e);
    return std::nullopt;
}

void SignInFlow::signIn(const SignInInput& input, const QString& storage, Finished finished)
{
    NARU_ASSERT_BACKEND();
    m_finished = std::move(finished);
    m_resuming = false;
    m_overLive = m_gate.isOpen();
    ++m_generation;
    m_gate.expect();
    const Pkce pkce = Pkce::make(m_rng);
    protocol::ChallengeRequest ask;
    ask.login = input.login;
    ask.secret = input.secret;
    ask.authSession = input.authSession;
    ask.factor = input.factor;
    ask.factorCode = input.factorCode;
    ask.expectedSv = input.expectedSv;
    ask.codeChallenge = QString::fromLatin1(pkce.challenge);
    ask.deviceName = m_deviceName;
    ask.platform = kPlatform;
    ask.appVersion = QStringLiteral(NARU_VERSION);
    ask.storage = storage;
    HttpRequest r;
    r.verb = Verb::Post;
    r.path = u"/oauth/authorize-challenge"_s;
    r.body = json::serialize(protocol::toJson(ask));
    const QByteArray verifier = pkce.verifier;
    m_exchange = m_http.send(std::move(r), [this, verifier](HttpAnswer answer) {
        m_exchange = 0;
        if (const auto got = bodyOf<protocol::ChallengeAnswer>(answer))
            redeem(got->authorizationCode, verifier);
    });
}

void SignInFlow::redeem(const QString& code, const QByteArray& verifier)
{
    HttpRequest r;
    r.verb = Verb::Post;
    r.path = u"/oauth/token"_s;
    r.contentType = "application/x-www-form-urlencoded"_ba;
    r.body = encodedQuery({{u"grant_type"_s, u"authorization_code"_s}, {u"code"_s, code}, {u"code_verifier"_s, QString::fromLatin1(verifier)}}).toStdString();
    m_exchange = m_http.send(std::move(r), [this](HttpAnswer answer) {
        m_exchange = 0;
        const auto tokens = bodyOf<protocol::TokenAnswer>(answer);
        if (tokens && AuthGate::isBound(*tokens)) {
            m_gate.adopt(*tokens, std::exchange(m_overLive, false));
            askWho();
        } else if (tokens) {
            Error e;
            e.kind = ErrorKind::Protocol;
            e.code = u"answer-invalid"_s;
            e.detail = u"the tokens are not bound to this device's key"_s;
            fail(e);
        }
    });
}

void SignInFlow::resume(TokenKeep& keep, Found found, Finished finished)
{
    NARU_ASSERT_BACKEND();
    m_finished = std::move(finished);
    m_resuming = true;
    const quint64 generation = ++m_generation;
    m_gate.expect();
    keep.load([this, generation, found](Result<QByteArray> secret) {
        if (generation != m_generation || !isRunning())
            return;
        if (secret)
            keptFound(*secret, found);
        else
            fail(secret.error());
    });
}

void SignInFlow::keptFound(const QByteArray& secret, const Found& found)
{
    const auto text = [&](const json::object& o, const char* name) {
        const json::value* v = o.if_contains(name);
        return v && v->is_string() ? QByteArray(v->get_string().data(), qsizetype(v->get_string().size())) : QByteArray();
    };
    const auto body = protocol::parseJson({secret.constData(), std::size_t(secret.size())});
    const json::object* o = body ? body->if_object() : nullptr;
    const QByteArray token = o ? text(*o, "refresh_token") : QByteArray();
    if (token.isEmpty()) {
        Error e;
        e.kind = ErrorKind::NotFound;
        e.code = u"nothing-kept"_s;
        e.detail = u"what the keychain holds is not of this program"_s;
        fail(e);
        return;
    }
    const quint64 generation = m_generation;
    found(QString::fromUtf8(text(*o, "user_id")));
    m_gate.refreshWith(token, [this, generation](std::optional<Error> why) {
        if (generation != m_generation || !isRunning())
            return;
        if (why)
            fail(*why);
        else
            askWho();
    });
}

void SignInFlow::askWho()
{
    const quint64 generation = m_generation;
    m_gate.acquire({}, [this, generation](Result<QByteArray> token) {
        if (generation != m_generation || !isRunning())
            return;
        if (!token) {
            fail(token.error());
            return;
        }
        HttpRequest r;
        r.path = u"/v1/session"_s;
        r.accessToken = *token;
        m_exchange = m_http.send(std::move(r), [this](HttpAnswer answer) {
            m_exchange = 0;
            if (const auto info = bodyOf<SessionInfo>(answer)) {
                const Finished done = std::exchange(m_finished, nullptr);
                done(*info);
            }
        });
    });
}

void SignInFlow::fail(Error why)
{
    const Finished done = std::exchange(m_finished, nullptr);
    if (!done)
        return;
    if (!std::exchange(m_overLive, false))
        m_gate.clear(why);
    done(std::move(why));
}

void SignInFlow::cancel()
{
    ++m_generation;
    m_finished = nullptr;
    m_http.cancel(std::exchange(m_exchange, 0));
    if (std::exchange(m_overLive, false))
        return;
    if (!m_resuming && !m_gate.refreshToken().isEmpty()) {
        HttpRequest r;
        r.verb = Verb::Post;
        r.path = u"/oauth/revoke"_s;
        r.contentType = "application/x-www-form-urlencoded"_ba;
        r.body = encodedQuery({{u"token"_s, QString::fromLatin1(m_gate.refreshToken())}}).toStdString();
        m_http.send(std::move(r), [](const HttpAnswer&) {});
    }
    Error e;
    e.kind = ErrorKind::Cancelled;
    e.code = u"cancelled"_s;
    m_gate.clear(e);
}

QByteArray SignInFlow::packKept(const SessionInfo& info, const QByteArray& refreshToken)
{
    const json::object o{{"login", protocol::utf8(info.login)}, {"user_id", protocol::utf8(info.userId.toString())},
        {"refresh_token", std::string_view(refreshToken.constData(), std::size_t(refreshToken.size()))}};
    return QByteArray::fromStdString(json::serialize(o));
}

} // namespace naru::backend
