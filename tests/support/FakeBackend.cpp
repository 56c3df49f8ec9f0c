// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/FakeBackend.h"

namespace naru::test {
using namespace Qt::StringLiterals;
using backend::SessionState;

// Here, so that not every test program makes all of them anew.
FakeSession::FakeSession() = default;
FakeSession::~FakeSession() = default;
FakeCatalogue::FakeCatalogue() = default;
FakeCatalogue::~FakeCatalogue() = default;
FakeOrders::FakeOrders() = default;
FakeOrders::~FakeOrders() = default;
FakeReservations::FakeReservations() = default;
FakeReservations::~FakeReservations() = default;
FakeHome::FakeHome() = default;
FakeHome::~FakeHome() = default;
FakeBackend::~FakeBackend() = default;

backend::CallId FakeSession::signIn(const QString& login, const QString& secret, backend::Reply<SessionInfo> reply)
{
    backend::SignInInput input;
    input.login = login;
    input.secret = secret;
    return signInWith(input, std::move(reply));
}

backend::CallId FakeSession::signInWith(const backend::SignInInput& input, backend::Reply<SessionInfo> reply)
{
    m_input = input;
    m_login = input.login;
    m_secret = input.secret;
    return m_signIns.take(++m_last, std::move(reply));
}

backend::CallId FakeSession::stepUp(const QString& factor, const QString& code, backend::Reply<SessionInfo> reply)
{
    m_factor = factor;
    m_code = code;
    return m_stepUps.take(++m_last, std::move(reply));
}

void FakeSession::setKey(backend::KeyState state)
{
    m_key = state;
    Q_EMIT keyStateChanged(state);
}

backend::CallId FakeSession::signOut(backend::Reply<Done> reply)
{
    m_state = SessionState::SignedOut;
    Q_EMIT stateChanged(m_state);
    if (reply.done)
        reply.done(Done{});
    return ++m_last;
}

void FakeSession::begin(const SessionInfo& info)
{
    m_info = info;
    m_state = SessionState::Active;
    Q_EMIT infoChanged(info);
    Q_EMIT stateChanged(m_state);
}

void FakeSession::end(const SessionEnded& how)
{
    m_state = SessionState::Ended;
    Q_EMIT stateChanged(m_state);
    Q_EMIT ended(how);
}

FakeBackend::FakeBackend() { m_connection = {backend::LinkState::Live, 42, {}, 0, {}}; }

void FakeBackend::setLink(backend::LinkState state, int lagMs, int retryInMs)
{
    m_connection.state = state;
    m_connection.lagMs = lagMs;
    m_connection.retryInMs = retryInMs;
    Q_EMIT connectionChanged(m_connection);
}

SessionInfo staffSession()
{
    SessionInfo info;
    info.userId = UserId{Id128::make(1, 1, 1)};
    info.sid = SessionId{Id128::make(1, 1, 2)};
    info.login = u"hanjiwoo"_s;
    info.displayName = u"한지우"_s;
    info.role = Role::Staff;
    info.idleExpiresIn = 1800;
    info.absExpiresIn = 43200;
    info.scopes = {u"catalog.read"_s, u"catalog.write"_s, u"order.read"_s, u"order.handle"_s, u"reservation.read"_s, u"reservation.write"_s};
    return info;
}

ServerInfo demoServer()
{
    ServerInfo server;
    server.name = u"Naru"_s;
    server.version = u"0.1.0"_s;
    server.demo = true;
    server.demoAccounts = {{u"hanjiwoo"_s, u"한지우"_s, Role::Staff, {}, u"demo-secret"_s},
        {u"yunseoyoung"_s, u"윤서영"_s, Role::VendorManager, u"남산 티룸"_s, u"demo-secret"_s},
        {u"storefront1"_s, u"Storefront"_s, Role::Channel, {}, u"demo-secret"_s}};
    return server;
}

Error errorOf(ErrorKind kind, const QString& code)
{
    Error e;
    e.kind = kind;
    e.code = code;
    return e;
}

} // namespace naru::test
