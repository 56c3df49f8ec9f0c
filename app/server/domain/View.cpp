// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/View.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCountLimit = 10'000; // beyond this a list says "10,000+"

} // namespace

View viewOf(const Request& request, Instant now)
{
    View view;
    view.now = now;
    if (request.principal)
        view.vendor = request.principal->vendorId;
    view.letter = request.actor().letter;
    if (request.header("accept-language").rfind("en", 0) == 0)
        view.lang = u"en"_s;
    return view;
}

void refuseField(const QString& field, const char* code, const QString& message)
{
    protocol::Problem p;
    p.status = 422;
    p.code = u"body-invalid"_s;
    p.detail = u"%1: %2"_s.arg(field, message);
    p.errors.push_back(FieldError{field, QString::fromLatin1(code), message});
    throw ProblemError(p);
}

QString likePattern(const QString& text)
{
    QString escaped;
    escaped.reserve(text.size() + 2);
    escaped += u'%';
    for (const QChar c : text) {
        if (c == u'%' || c == u'_' || c == u'\\')
            escaped += u'\\';
        escaped += c;
    }
    escaped += u'%';
    return escaped;
}

KeysetPage keysetPage(Connection& db, const KeysetQuery& query)
{
    KeysetPage page;
    QString sql = u"SELECT id, k FROM (%1) q"_s.arg(query.rows);
    Params params = query.params;
    if (!query.after.isEmpty()) {
        const QStringList cursor = readCursor(query.after, 2);
        const Param key = query.textKey ? Param(cursor.at(0)) : Param(static_cast<std::int64_t>(cursor.at(0).toLongLong()));
        const QChar op = query.descending ? u'<' : u'>';
        sql += u" WHERE (k %1 ? OR (k = ? AND id %1 ?))"_s.arg(op);
        params.insert(params.end(), {key, key, Param(cursor.at(1))});
    }
    const QString direction = query.descending ? u" DESC"_s : QString();
    sql += u" ORDER BY k%1, id%1 LIMIT ?"_s.arg(direction);
    params.emplace_back(query.limit + 1);
    const Rows rows = db.query(sql, params);
    const std::size_t count = std::min(rows.size(), static_cast<std::size_t>(query.limit));
    for (std::size_t i = 0; i < count; ++i)
        page.ids.push_back(rows[i].text(0));
    if (rows.size() > count && count > 0)
        page.next = makeCursor({rows[count - 1].text(1), rows[count - 1].text(0)});

    Params countParams = query.params;
    countParams.emplace_back(kCountLimit + 1);
    const auto total = db.one(u"SELECT COUNT(*) FROM (SELECT 1 FROM (%1) q LIMIT ?) c"_s.arg(query.rows), countParams);
    page.total = std::min(total ? total->number(0) : 0, kCountLimit);
    page.totalIsLowerBound = total && total->number(0) > kCountLimit;
    return page;
}

} // namespace naru::server
