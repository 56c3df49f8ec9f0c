// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_auth/AuthWorld.h"

#include "proof/Encoding.h"
#include "server/auth/Accounts.h"
#include "server/auth/Passwords.h"

#include <ctime>
#include <future>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

AuthWorld::AuthWorld(const QString& folder, int people) : m_folder(folder.isEmpty() ? QTemporaryDir().path() : folder + u"/naru-auth-XXXXXX"_s)
{
    Config config;
    config.dataDir = m_folder.path();
    config.port = 0;
    config.logLevel = u"error"_s;
    m_node = std::make_unique<Node>(config, systemClock(), systemRng());
    if (auto started = m_node->start(); !started)
        throw std::runtime_error(started.error().detail.toStdString());
    const QString phc = hashPassword(password());
    Actor actor;
    actor.role = u"system"_s;
    actor.requestId = u"bench"_s;
    std::promise<std::exception_ptr> result;
    m_node->server().writer.submit(actor, [&](Txn& txn) {
        m_people.clear();
        for (int i = 0; i < people; ++i)
            m_people.push_back(createAccount(txn, login(i), login(i), Role::Staff, {}, phc, true));
    }, [&](std::exception_ptr error) { result.set_value(error); });
    if (const std::exception_ptr error = result.get_future().get())
        std::rethrow_exception(error);
}

AuthWorld::~AuthWorld() { m_node->stop(); }

const std::string& AuthWorld::verifier()
{
    static const std::string text = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    return text;
}

SignInRequest AuthWorld::request(const QString& login, int source) const
{
    SignInRequest r;
    r.login = login;
    r.secret = password();
    r.codeChallenge = proof::toBase64Url(proof::sha256(verifier()));
    r.thumbprint = m_device->thumbprint();
    r.deviceName = u"bench"_s;
    r.platform = u"linux"_s;
    r.storage = u"keychain"_s;
    r.place = u"10.%1.%2.1"_s.arg(source / 250 % 250).arg(source % 250);
    r.requestId = u"bench"_s;
    return r;
}

AuthWorld::SignedIn AuthWorld::signIn(int person)
{
    std::promise<std::variant<std::string, protocol::Problem>> code;
    auth().signIn(request(login(person), person), [&](auto r) { code.set_value(std::move(r)); });
    const auto made = code.get_future().get();
    if (const auto* p = std::get_if<protocol::Problem>(&made))
        throw std::runtime_error("sign-in: " + p->code.toStdString());
    std::promise<std::variant<TokenGrant, protocol::Problem>> grant;
    auth().redeemCode(std::get<std::string>(made), verifier(), m_device->thumbprint(), u"bench"_s, [&](auto g) { grant.set_value(std::move(g)); });
    const auto given = grant.get_future().get();
    if (const auto* p = std::get_if<protocol::Problem>(&given))
        throw std::runtime_error("token: " + p->code.toStdString());
    return {m_people.at(static_cast<std::size_t>(person)), std::get<TokenGrant>(given)};
}

Rows AuthWorld::query(const QString& sql, const Params& params)
{
    std::promise<Rows> result;
    server().reads.submit([&](Connection& db) { result.set_value(db.query(sql, params)); });
    return result.get_future().get();
}

double threadMicros()
{
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
}

} // namespace naru::bench
