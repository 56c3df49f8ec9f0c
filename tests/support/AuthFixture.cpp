// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/AuthFixture.h"

#include "server/auth/Accounts.h"
#include "proof/Encoding.h"
#include "server/auth/Passwords.h"
#include "server/domain/Parties.h"
#include "support/PgCluster.h"

#include <future>

namespace naru::test {

using namespace Qt::StringLiterals;
using namespace naru::server;

AuthFixture::AuthFixture()
{
    open();
    write([this](Txn& txn) {
        static const QString phc = hashPassword(QString::fromLatin1(kDemoPassword));
        NewVendor v;
        v.code = u"NAMSAN"_s;
        v.name = u"남산 티룸"_s;
        v.payoutCurrency = u"KRW"_s;
        v.tz = u"Asia/Seoul"_s;
        const VendorId tea = createVendor(txn, v).id;
        m_users[u"staff1"_s] = createAccount(txn, u"staff1"_s, u"한지우"_s, Role::Staff, {}, phc);
        m_users[u"staff2"_s] = createAccount(txn, u"staff2"_s, u"오세린"_s, Role::Staff, {}, phc);
        m_users[u"tea"_s] = createAccount(txn, u"tea"_s, u"윤서영"_s, Role::VendorManager, tea, phc);
        m_users[u"locked"_s] = createAccount(txn, u"locked"_s, u"잠김"_s, Role::Staff, {}, phc);
        txn.db().exec(u"UPDATE user_account SET status = 'locked' WHERE login = 'locked'"_s);
    });
}

AuthFixture::~AuthFixture()
{
    m_auth->stop();
    m_db.reset();
}

void AuthFixture::open()
{
    StoreOptions store;
    if (m_store.isEmpty())
        m_store = freshStore(m_dir);
    store.path = m_store;
    auto opened = Database::open(store, clock, systemRng());
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    m_db = std::move(*opened);
    m_db->writer().start();
    m_auth = std::make_unique<AuthService>(options(), clock, systemRng(), m_db->writer(), m_db->reads());
    m_auth->onEnded([this](const SessionId& sid, const SessionEnded& how) {
        const std::lock_guard lock(m_lock);
        m_ends.emplace_back(sid, how);
    });
    load(*m_auth);
}

AuthOptions AuthFixture::options() const
{
    AuthOptions options;
    options.dataDir = m_dir.path();
    options.ownTimer = false;
    options.hashThreads = 2;
    options.hashNice = 0;
    return options;
}

void AuthFixture::load(AuthService& service)
{
    std::promise<void> loaded;
    m_db->reads().submit([&](Connection& db) {
        service.load(db);
        loaded.set_value();
    });
    loaded.get_future().get();
}

void AuthFixture::restart()
{
    m_auth->stop();
    m_db.reset();
    m_auth.reset();
    open();
}

const std::string& AuthFixture::verifier()
{
    static const std::string text = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    return text;
}

std::variant<std::string, protocol::Problem> AuthFixture::code(const QString& login, const QString& password, const QString& device)
{
    SignInRequest request;
    request.login = login;
    request.secret = password;
    request.codeChallenge = proof::toBase64Url(proof::sha256(verifier()));
    request.deviceName = device;
    request.place = u"127.0.0.1"_s;
    request.requestId = u"test"_s;
    std::promise<std::variant<std::string, protocol::Problem>> result;
    m_auth->signIn(request, [&](auto r) { result.set_value(std::move(r)); });
    return result.get_future().get();
}

AuthFixture::Grant AuthFixture::redeem(const std::string& code)
{
    std::promise<Grant> result;
    m_auth->redeemCode(code, verifier(), u"test"_s, [&](Grant g) { result.set_value(std::move(g)); });
    return result.get_future().get();
}

TokenGrant AuthFixture::signIn(const QString& login, const QString& device)
{
    const auto made = code(login, QString::fromLatin1(kDemoPassword), device);
    if (const auto* p = std::get_if<protocol::Problem>(&made))
        qFatal("%s", qPrintable(p->code));
    const Grant grant = redeem(std::get<std::string>(made));
    if (const auto* p = std::get_if<protocol::Problem>(&grant))
        qFatal("%s", qPrintable(p->code));
    return std::get<TokenGrant>(grant);
}

AuthFixture::Grant AuthFixture::refresh(const std::string& token, bool userActive)
{
    std::promise<Grant> result;
    m_auth->refresh(token, userActive, u"test"_s, [&](Grant g) { result.set_value(std::move(g)); });
    return result.get_future().get();
}

QString AuthFixture::verdict(const std::string& accessToken) { return problem(accessToken).code; }

protocol::Problem AuthFixture::problem(const std::string& accessToken)
{
    const auto v = m_auth->verify(accessToken);
    const auto* p = std::get_if<protocol::Problem>(&v);
    return p ? *p : protocol::Problem{};
}

void AuthFixture::tick()
{
    m_auth->tick();
    settle();
}

void AuthFixture::settle() { write([](Txn&) {}); }

void AuthFixture::write(const std::function<void(Txn&)>& work)
{
    Actor actor;
    actor.role = u"system"_s;
    actor.requestId = u"test"_s;
    std::promise<std::exception_ptr> result;
    if (!m_db->writer().submit(actor, work, [&](std::exception_ptr error) { result.set_value(error); }))
        qFatal("the writer takes nothing");
    if (const std::exception_ptr error = result.get_future().get())
        std::rethrow_exception(error);
}

Rows AuthFixture::query(const QString& sql, const Params& params)
{
    std::promise<Rows> result;
    m_db->reads().submit([&](Connection& db) { result.set_value(db.query(sql, params)); });
    return result.get_future().get();
}

std::vector<std::pair<SessionId, SessionEnded>> AuthFixture::ends() const
{
    const std::lock_guard lock(m_lock);
    return m_ends;
}

} // namespace naru::test
