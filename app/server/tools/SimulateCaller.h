// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "protocol/SessionFields.h"
#include "server/http/Client.h"

#include <atomic>
#include <mutex>

namespace naru::server {

// What all callers share: whether to go on, and what the last ten seconds brought. Any thread.
struct SimulateRun {
    SimulateRun(const Clock& c, const std::atomic<bool>& s) : clock(c), stop(s) {}

    const Clock& clock;
    const std::atomic<bool>& stop;
    std::atomic<bool> finished{false};
    std::atomic<int> changes{0};
    std::atomic<int> refusals{0}; // 4xx with a reason: sold out, somebody was faster
    std::atomic<int> failures{0}; // 5xx
    std::atomic<bool> away{false}; // the server does not answer

    bool over() const { return finished || stop; }
    void pause(Millis length) const; // returns early when it is over
    void measured(Millis length);
    void refused(const QString& code);
    QString refusalsText() const; // "sold_out 12, …", most frequent first
    std::vector<std::int64_t> takeDurations();

private:
    mutable std::mutex m_lock;
    std::vector<std::int64_t> m_durations;
    std::map<QString, int> m_codes;
};

// One account's sign-in, shared by the threads that act for it. Once it was displaced it stays out: whoever took over is a
// person, and two clients must not fight.
class SimulateAccount {
public:
    SimulateAccount(QString login, QString password) : m_login(std::move(login)), m_password(std::move(password)) {}

    const QString& login() const { return m_login; }
    // A token that is good for a while, signing in or refreshing as needed; empty when the account is out of the game.
    std::string token(Client& client, SimulateRun& run);
    // The server refused this token with this problem code.
    void refused(const std::string& token, const QString& code);
    bool isOut() const;
    QString trouble() const; // the problem code that put it out

private:
    bool signIn(Client& client, SimulateRun& run);
    bool refresh(Client& client, SimulateRun& run);
    bool take(const Result<Client::Reply>& reply, SimulateRun& run);

    const QString m_login;
    const QString m_password;
    mutable std::mutex m_lock;
    protocol::TokenAnswer m_tokens;
    Millis m_goodUntil{0};
    std::optional<std::int64_t> m_lastSv; // of the session before: when another is live now, a person has the account
    QString m_out;
};

struct SimulateReply {
    int status = 0; // 0: it is over, or the account is out
    protocol::json::value body;
    QString code; // of a problem
    bool ok() const { return status >= 200 && status < 300; }
    template <class T> std::optional<T> as() const
    {
        auto v = protocol::fromJson<T>(body, false);
        return v ? std::optional<T>(std::move(*v)) : std::nullopt;
    }
};

// One connection. Goes on asking while the server is away or busy, with the same idempotency key. One thread, except abort().
class SimulateCaller {
public:
    SimulateCaller(const Client::Options& options, SimulateRun& run) : m_client(options), m_run(run) {}

    SimulateReply get(SimulateAccount& account, const std::string& path);
    SimulateReply post(SimulateAccount& account, const std::string& path, const protocol::json::value& body, Client::Headers headers = {});
    static std::pair<std::string, std::string> ifMatch(std::int64_t version);
    void abort() { m_client.abort(); }

private:
    SimulateReply send(SimulateAccount& account, const std::string& method, const std::string& path, const std::string& body, Client::Headers headers);

    Client m_client;
    SimulateRun& m_run;
};

} // namespace naru::server
