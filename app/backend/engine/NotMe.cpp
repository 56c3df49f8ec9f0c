// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/NotMe.h"

#include "protocol/SecurityFields.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

void NotMe::displaced(const QByteArray& refreshToken)
{
    forget();
    m_token = refreshToken;
    m_key = makeId<SessionId>(m_clock, m_rng).toString().toLatin1();
    m_until = m_clock.steady() + m_limits.notMe;
}

void NotMe::forget()
{
    m_token.fill('\0');
    m_token.clear();
}

void NotMe::report(Then then)
{
    if (!m_token.isEmpty() && m_clock.steady() >= m_until)
        forget();
    if (m_token.isEmpty()) {
        Error e;
        e.kind = ErrorKind::NotFound;
        e.code = u"nothing-displaced"_s;
        e.detail = u"no session of this device was displaced within the last day"_s;
        then(e);
        return;
    }
    HttpRequest r;
    r.verb = Verb::Post;
    r.path = u"/v1/session-conflicts"_s;
    r.body = protocol::json::serialize(protocol::toJson(protocol::NotMeReport{QString::fromLatin1(m_token), u"not_me"_s}));
    r.headers.emplace_back("Idempotency-Key"_ba, m_key);
    m_http.send(std::move(r), [then](const HttpAnswer& answer) { answer.ok() ? then(Done{}) : then(answer.problem()); });
}

} // namespace naru::backend
