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
        m_users[u"staff1"_s] = createAccount(txn, u"staff1"_s, u"한지우"_s, Role::Staff, {}, phc, true);
        m_users[u"staff2"_s] = createAccount(txn, u"staff2"_s, u"오세린"_s, Role::Staff, {}, phc, true);
        m_users[u"tea"_s] = createAccount(txn, u"tea"_s, u"윤서영"_s, Role::VendorManager, tea, phc, true);
        m_users[u"locked"_s] = createAccount(txn, u"locked"_s, u"잠김"_s, Role::Staff, {}, phc, true);
        m_users[u"careful"_s] = createAccount(txn, u"careful"_s, u"조심"_s, Role::Staff, {}, phc);
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

proof::CallerKey& AuthFixture::key(const QString& device)
{
    static std::mutex lock;
    static std::map<QString, std::unique_ptr<proof::CallerKey>> known;
    const std::lock_guard guard(lock);
    auto& found = known[device];
    if (!found)
        found = std::make_unique<proof::CallerKey>();
    return *found;
}

std::string AuthFixture::thumbprint(const QString& device) { return key(device).thumbprint(); }

SignInRequest AuthFixture::request(const QString& login, const QString& password, const QString& device) const
{
    SignInRequest request;
    request.login = login;
    request.secret = password;
    request.codeChallenge = proof::toBase64Url(proof::sha256(verifier()));
    request.thumbprint = thumbprint(device);
    request.deviceName = device;
    request.platform = u"linux"_s;
    request.storage = u"keychain"_s;
    request.place = u"127.0.0.1"_s;
    request.requestId = u"test"_s;
    return request;
}

std::variant<std::string, protocol::Problem> AuthFixture::code(const QString& login, const QString& password, const QString& device)
{
    return code(request(login, password, device));
}

std::variant<std::string, protocol::Problem> AuthFixture::code(const SignInRequest& request)
{
    std::promise<std::variant<std::string, protocol::Problem>> result;
    m_auth->signIn(request, [&](auto r) { result.set_value(std::move(r)); });
    return result.get_future().get();
}

AuthFixture::Grant AuthFixture::redeemAt(AuthService& service, const std::string& code, const QString& device)
{
    std::promise<Grant> result;
    service.redeemCode(code, verifier(), thumbprint(device), u"test"_s, [&](Grant g) { result.set_value(std::move(g)); });
    return result.get_future().get();
}

TokenGrant AuthFixture::signIn(const QString& login, const QString& device)
{
    const auto made = code(login, QString::fromLatin1(kDemoPassword), device);
    if (const auto* p = std::get_if<protocol::Problem>(&made))
        qFatal("%s", qPrintable(p->code));
    const Grant grant = redeem(std::get<std::string>(made), device);
    if (const auto* p = std::get_if<protocol::Problem>(&grant))
        qFatal("%s", qPrintable(p->code));
    return std::get<TokenGrant>(grant);
}

namespace {

// The key a token names as its holder's.
std::string boundTo(const std::string& accessToken)
{
    const std::size_t first = accessToken.find('.');
    const auto payload = proof::fromBase64Url(accessToken.substr(first + 1, accessToken.find('.', first + 1) - first - 1));
    const auto json = payload ? protocol::parseJson(*payload) : Result<protocol::json::value>(Error{});
    return json ? std::string(json->at("cnf").at("jkt").as_string()) : std::string();
}

} // namespace

AuthFixture::Grant AuthFixture::refresh(const std::string& token, bool userActive, const QString& device)
{
    std::promise<Grant> result;
    m_auth->refresh(token, thumbprint(device), userActive, u"test"_s, [&](Grant g) { result.set_value(std::move(g)); });
    return result.get_future().get();
}

QString AuthFixture::verdict(const std::string& accessToken, const QString& device) { return problem(accessToken, device).code; }

protocol::Problem AuthFixture::problem(const std::string& accessToken, const QString& device)
{
    const auto v = m_auth->verify(accessToken, device.isEmpty() ? boundTo(accessToken) : thumbprint(device));
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
