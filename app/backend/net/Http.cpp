// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/net/Http.h"

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
