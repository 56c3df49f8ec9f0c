// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/net/Http.h"

#include <QDateTime>
#include <QLocale>
#include <QUrl>

#include "protocol/Problem.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

QByteArray encodedQuery(const QueryItems& items)
{
    QByteArray out;
    for (const auto& item : items) {
        if (!out.isEmpty())
            out += '&';
        out += QUrl::toPercentEncoding(item.first) + '=' + QUrl::toPercentEncoding(item.second);
    }
    return out;
}

QByteArray verbName(Verb verb)
{
    switch (verb) {
    case Verb::Get: return "GET"_ba;
    case Verb::Post: return "POST"_ba;
    case Verb::Patch: return "PATCH"_ba;
    case Verb::Delete: return "DELETE"_ba;
    case Verb::Put: return "PUT"_ba;
    }
    return {};
}

std::optional<Instant> httpDate(const QByteArray& text)
{
    QDateTime at = QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!at.isValid())
        return std::nullopt;
    at.setTimeSpec(Qt::UTC);
    return fromUnixMs(at.toMSecsSinceEpoch());
}

bool HttpAnswer::wantsNonce() const { return (status == 401 || status == 400) && !nonce.isEmpty() && problem().code == u"use-dpop-nonce"; }

bool HttpAnswer::refusesToken() const
{
    const QString code = status == 401 ? problem().code : QString();
    return code == u"token-expired" || code == u"token-invalid" || code == u"token-missing" || code == u"http-401";
}

Error HttpAnswer::problem() const
{
    if (error)
        return *error;
    if (status >= 300 && status < 400) {
        Error e;
        e.kind = ErrorKind::Protocol;
        e.httpStatus = status;
        e.code = u"unexpected-redirect"_s;
        e.detail = u"the server answered with a redirect, which this interface never does"_s;
        return e;
    }
    return protocol::toError(status, std::string_view(contentType.constData(), static_cast<std::size_t>(contentType.size())), text());
}

} // namespace naru::backend
