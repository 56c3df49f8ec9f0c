// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/SimulateCaller.h"

#include "proof/Encoding.h"

#include "protocol/Problem.h"

#include <thread>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBusyTries = 8;
constexpr Millis kFirstPause{500};
constexpr Millis kLongestPause{10'000};

std::string randomText()
{
    std::string raw(24, '\0');
    systemRng().fill(reinterpret_cast<unsigned char*>(raw.data()), raw.size());
    return proof::toBase64Url(raw);
}

QString codeOf(const Client::Reply& reply) { return protocol::toError(reply.status, reply.header("content-type"), reply.body).code; }

} // namespace

void SimulateRun::pause(Millis length) const
{
    const Millis until = clock.steady() + length;
    while (!over() && clock.steady() < until)
        std::this_thread::sleep_for(std::min(Millis{50}, until - clock.steady()));
}

void SimulateRun::measured(Millis length)
{
    const std::lock_guard lock(m_lock);
    m_durations.push_back(length.count());
}

std::vector<std::int64_t> SimulateRun::takeDurations()
{
    const std::lock_guard lock(m_lock);
    return std::exchange(m_durations, {});
}

void SimulateRun::refused(const QString& code)
{
    ++refusals;
    const std::lock_guard lock(m_lock);
    ++m_codes[code];
}

QString SimulateRun::refusalsText() const
{
    const std::lock_guard lock(m_lock);
    std::vector<std::pair<int, QString>> sorted;
    for (const auto& [code, count] : m_codes)
        sorted.emplace_back(-count, code);
    std::sort(sorted.begin(), sorted.end());
    QStringList words;
    for (const auto& [count, code] : sorted)
        words << code + u' ' + QString::number(-count);
    return words.join(u", "_s);
}

std::string SimulateAccount::token(Client& client, SimulateRun& run)
{
    const std::lock_guard lock(m_lock);
    while (m_out.isEmpty() && run.clock.steady() >= m_goodUntil && !run.over()) {
        const bool answered = m_tokens.refreshToken.isEmpty() ? signIn(client, run) : refresh(client, run);
        if (!answered)
            run.pause(Millis{1000});
    }
    return m_out.isEmpty() ? m_tokens.accessToken.toStdString() : std::string();
}

void SimulateAccount::refused(const std::string& token, const QString& code)
{
    const std::lock_guard lock(m_lock);
    if (token != m_tokens.accessToken.toStdString())
        return; // meanwhile another thread got a new one
    m_goodUntil = Millis{0};
    if (code == u"session-displaced" || code == u"session-revoked" || code == u"session-signed-out")
        m_out = code;
}

bool SimulateAccount::isOut() const
{
    const std::lock_guard lock(m_lock);
    return !m_out.isEmpty();
}

QString SimulateAccount::trouble() const
{
    const std::lock_guard lock(m_lock);
    return m_out;
}

bool SimulateAccount::signIn(Client& client, SimulateRun& run)
{
    const std::string verifier = randomText() + randomText();
    protocol::ChallengeRequest request;
    request.login = m_login;
    request.secret = m_password;
    request.codeChallenge = QString::fromStdString(proof::toBase64Url(proof::sha256(verifier)));
    request.deviceName = u"simulator"_s;
    request.expectedSv = m_lastSv;
    const auto challenge = client.call("POST", "/oauth/authorize-challenge", protocol::json::serialize(protocol::toJson(request)));
    run.away = !challenge;
    if (!challenge)
        return false;
    if (challenge->status != 200) {
        if (challenge->status < 500 && challenge->status != 429)
            m_out = codeOf(*challenge);
        return false;
    }
    const auto body = protocol::parseJson(challenge->body);
    const auto answer = body ? protocol::fromJson<protocol::ChallengeAnswer>(*body, false) : Result<protocol::ChallengeAnswer>(Error{});
    if (!answer)
        return false;
    return take(client.call("POST", "/oauth/token",
                    "grant_type=authorization_code&code=" + answer->authorizationCode.toStdString() + "&code_verifier=" + verifier,
                    {{"Content-Type", "application/x-www-form-urlencoded"}}),
        run);
}

bool SimulateAccount::refresh(Client& client, SimulateRun& run)
{
    return take(client.call("POST", "/oauth/token", "grant_type=refresh_token&activity=user&refresh_token=" + m_tokens.refreshToken.toStdString(),
                    {{"Content-Type", "application/x-www-form-urlencoded"}}),
        run);
}

bool SimulateAccount::take(const Result<Client::Reply>& reply, SimulateRun& run)
{
    run.away = !reply;
    if (!reply)
        return false;
    if (reply->status != 200) {
        const QString code = codeOf(*reply);
        if (code == u"session-displaced" || code == u"session-revoked" || code == u"session-signed-out" || code == u"session-confirm")
            m_out = code;
        else if (reply->status < 500 && reply->status != 429)
            m_tokens = {}; // over for another reason: sign in again
        return false;
    }
    const auto body = protocol::parseJson(reply->body);
    auto tokens = body ? protocol::fromJson<protocol::TokenAnswer>(*body, false) : Result<protocol::TokenAnswer>(Error{});
    if (!tokens)
        return false;
    m_tokens = std::move(*tokens);
    m_lastSv = m_tokens.sv;
    m_goodUntil = run.clock.steady() + Millis{std::max(1, m_tokens.expiresIn - 30) * 1000};
    return true;
}

SimulateReply SimulateCaller::get(SimulateAccount& account, const std::string& path) { return send(account, "GET", path, {}, {}); }

SimulateReply SimulateCaller::post(SimulateAccount& account, const std::string& path, const protocol::json::value& body, Client::Headers headers)
{
    headers.emplace_back("Idempotency-Key", randomText());
    headers.emplace_back("Naru-Activity", "user");
    const Millis start = m_run.clock.steady();
    SimulateReply reply = send(account, "POST", path, protocol::json::serialize(body), std::move(headers));
    if (reply.status == 0)
        return reply;
    m_run.measured(m_run.clock.steady() - start);
    if (reply.ok())
        ++m_run.changes;
    else if (reply.status < 500)
        m_run.refused(reply.code);
    else
        ++m_run.failures;
    return reply;
}

std::pair<std::string, std::string> SimulateCaller::ifMatch(std::int64_t version) { return {"If-Match", "\"v" + std::to_string(version) + "\""}; }

SimulateReply SimulateCaller::send(SimulateAccount& account, const std::string& method, const std::string& path, const std::string& body, Client::Headers headers)
{
    headers.emplace_back("Authorization", "");
    int busy = 0;
    Millis wait = kFirstPause;
    while (!m_run.over()) {
        const std::string token = account.token(m_client, m_run);
        if (token.empty())
            return {};
        headers.back().second = "DPoP " + token;
        const auto reply = m_client.call(method, path, body, headers);
        if (!reply) { // away: ask again, ever more seldom
            m_run.away = true;
            m_run.pause(wait);
            wait = std::min(wait * 2, kLongestPause);
            continue;
        }
        m_run.away = false;
        if (reply->status == 401) {
            account.refused(token, codeOf(*reply));
            continue;
        }
        if ((reply->status == 503 || reply->status == 429) && ++busy < kBusyTries) {
            const int seconds = std::atoi(reply->header("retry-after").c_str());
            m_run.pause(seconds > 0 ? Millis{std::min(seconds, 10) * 1000} : wait);
            continue;
        }
        SimulateReply out;
        out.status = reply->status;
        if (auto parsed = protocol::parseJson(reply->body))
            out.body = std::move(*parsed);
        if (!out.ok())
            out.code = codeOf(*reply);
        return out;
    }
    return {};
}

} // namespace naru::server
