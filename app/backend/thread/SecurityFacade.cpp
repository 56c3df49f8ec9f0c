// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/SecurityFacade.h"

#include "backend/thread/Assert.h"
#include "backend/thread/Requests.h"
#include "protocol/SecurityFields.h"

namespace naru::backend {

using namespace Qt::StringLiterals;
using namespace requests;

namespace {

// A write that is answered with 204.
Request silent(Verb verb, const QString& path)
{
    Request r;
    r.verb = verb;
    r.path = path;
    r.codec = doneCodec();
    return r;
}

template <class Body> Request silent(Verb verb, const QString& path, const Body& body)
{
    Request r = silent(verb, path);
    r.body = protocol::json::serialize(protocol::toJson(body));
    return r;
}

} // namespace

CallId SecurityFacade::sessions(const QString& after, Reply<Page<SessionEntry>> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Page<SessionEntry>>(u"/v1/sessions"_s, QueryBuilder().text("after", after).take()), std::move(reply));
}

CallId SecurityFacade::endSession(SessionId sid, Reply<Done> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(silent(Verb::Delete, at(u"/v1/sessions/", sid)), std::move(reply));
}

CallId SecurityFacade::devices(Reply<Page<Device>> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Page<Device>>(u"/v1/devices"_s), std::move(reply));
}

CallId SecurityFacade::patchDevice(DeviceId id, std::int64_t version, const DevicePatch& patch, Reply<Device> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Device>(Verb::Patch, at(u"/v1/devices/", id), patch, version), std::move(reply));
}

CallId SecurityFacade::approveDevice(DeviceId id, const DeviceApproval& approval, Reply<Device> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<Device>(Verb::Post, at(u"/v1/devices/", id) + u"/approvals"_s, approval, std::nullopt), std::move(reply));
}

CallId SecurityFacade::enrolTotp(Reply<TotpSecret> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<TotpSecret>(Verb::Post, u"/v1/credentials/totp"_s, protocol::Nothing{}, std::nullopt), std::move(reply));
}

CallId SecurityFacade::verifyTotp(const QString& code, Reply<Done> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(silent(Verb::Post, u"/v1/credentials/totp/verify"_s, protocol::CodeGiven{code}), std::move(reply));
}

CallId SecurityFacade::makeRecoveryCodes(Reply<RecoveryCodes> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(write<RecoveryCodes>(Verb::Post, u"/v1/credentials/recovery-codes"_s, protocol::Nothing{}, std::nullopt), std::move(reply));
}

CallId SecurityFacade::changePassword(const QString& current, const QString& next, Reply<Done> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(silent(Verb::Post, u"/v1/credentials/password"_s, protocol::PasswordChange{current, next}), std::move(reply));
}

CallId SecurityFacade::searchSessions(const SessionQuery& q, Reply<Page<SessionEntry>> reply)
{
    NARU_ASSERT_UI();
    QueryItems items = QueryBuilder().text("q", q.text).word("status", q.status).id("user_id", q.userId).text("after", q.after).number("limit", q.limit).take();
    return m_dispatcher.ask(get<Page<SessionEntry>>(u"/v1/admin/sessions"_s, std::move(items)), std::move(reply));
}

CallId SecurityFacade::endOther(SessionId sid, const QString& reason, Reply<Done> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(silent(Verb::Post, at(u"/v1/admin/sessions/", sid) + u"/end"_s, protocol::ReasonGiven{reason}), std::move(reply));
}

CallId SecurityFacade::userDevices(UserId user, Reply<Page<Device>> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<Page<Device>>(at(u"/v1/admin/users/", user) + u"/devices"_s), std::move(reply));
}

CallId SecurityFacade::lockAccount(UserId user, std::int64_t version, bool locked, const QString& reason, Reply<AccountEntry> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(
        write<AccountEntry>(Verb::Put, at(u"/v1/admin/users/", user) + u"/lock"_s, protocol::LockRequest{locked, reason}, version), std::move(reply));
}

CallId SecurityFacade::account(UserId user, Reply<AccountEntry> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<AccountEntry>(at(u"/v1/admin/users/", user)), std::move(reply));
}

CallId SecurityFacade::conflicts(const ConflictQuery& q, Reply<Page<Conflict>> reply)
{
    NARU_ASSERT_UI();
    QueryItems items = QueryBuilder().word("state", q.state).text("after", q.after).number("limit", q.limit).take();
    return m_dispatcher.ask(get<Page<Conflict>>(u"/v1/session-conflicts"_s, std::move(items)), std::move(reply));
}

CallId SecurityFacade::conflict(ConflictId id, Reply<ConflictDetail> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<ConflictDetail>(at(u"/v1/session-conflicts/", id)), std::move(reply));
}

CallId SecurityFacade::takeConflict(ConflictId id, std::int64_t version, Reply<ConflictDetail> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(bare<ConflictDetail>(at(u"/v1/session-conflicts/", id) + u"/take"_s, version), std::move(reply));
}

CallId SecurityFacade::decide(ConflictId id, const ConflictVerdict& verdict, Reply<ConflictDetail> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(
        write<ConflictDetail>(Verb::Post, at(u"/v1/session-conflicts/", id) + u"/decisions"_s, verdict, std::nullopt), std::move(reply));
}

CallId SecurityFacade::audit(const AuditQuery& q, Reply<Page<AuditLine>> reply)
{
    NARU_ASSERT_UI();
    QueryItems items = QueryBuilder().text("q", q.text).id("user_id", q.userId).text("entity_type", q.entityType).text("entity_id", q.entityId)
                           .text("from", q.from ? toRfc3339(*q.from) : QString()).text("to", q.to ? toRfc3339(*q.to) : QString()).text("after", q.after)
                           .number("limit", q.limit).take();
    return m_dispatcher.ask(get<Page<AuditLine>>(u"/v1/audit"_s, std::move(items)), std::move(reply));
}

CallId SecurityFacade::checkChain(Reply<ChainCheck> reply)
{
    NARU_ASSERT_UI();
    return m_dispatcher.ask(get<ChainCheck>(u"/v1/audit/chain"_s), std::move(reply));
}

} // namespace naru::backend
