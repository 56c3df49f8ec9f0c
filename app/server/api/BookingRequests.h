// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"
#include "server/domain/View.h"
#include "server/engine/Views.h"

// What the routes about tickets, reservations and waiting lists read from a request and say in an answer. Any thread; they throw
// ProblemError.
namespace naru::server {

inline constexpr int kMaxLimit = 500; // rows of one page

inline ViewFor viewer(const Request& r)
{
    const View v = viewOf(r, {});
    return {v.lang, v.vendor};
}

template <class T> T orNotFound(std::optional<T> found)
{
    if (!found)
        notFound();
    return std::move(*found);
}

template <class T> void requireVersion(const Request& r, const T& current)
{
    if (ifMatch(r) != current.version)
        versionMismatch(current.version, protocol::toJson(current));
}

template <class AnyId> std::optional<AnyId> queryId(const Request& r, const char* name)
{
    const QString text = queryText(r, name, 26);
    if (text.isEmpty())
        return std::nullopt;
    const auto id = AnyId::parse(QStringView(text));
    if (!id)
        throw ProblemError(400, "query-invalid", QStringLiteral("%1 must be an identifier").arg(QLatin1StringView(name)));
    return id;
}

// The lists' cursors: the sort value and the id of the last row.
inline PageAsk pageAsk(const Request& r)
{
    PageAsk ask;
    ask.limit = queryInt(r, "limit", 50, 1, kMaxLimit);
    const QString after = queryText(r, "after", 1000);
    if (after.isEmpty())
        return ask;
    const QStringList keys = readCursor(after, 2);
    bool ok = false;
    const qlonglong at = keys[0].toLongLong(&ok);
    if (!ok)
        throw ProblemError(400, "cursor-invalid", QStringLiteral("the cursor is not from this list"));
    ask.after = PageKey{fromUnixMs(at), keys[1]};
    return ask;
}

template <class T> Response listed(Page<T> page)
{
    if (!page.next.isEmpty())
        page.next = makeCursor(page.next.split(u'|'));
    return jsonResponse(200, page);
}

} // namespace naru::server
