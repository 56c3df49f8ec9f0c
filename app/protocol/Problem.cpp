// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/Problem.h"

namespace naru::protocol {
namespace {

QString textMember(const json::object& o, const char* name)
{
    const json::value* v = o.if_contains(name);
    const json::string* s = v ? v->if_string() : nullptr;
    return s ? fromUtf8({s->data(), std::min<std::size_t>(s->size(), 2000)}) : QString();
}

// A list of words, as one text.
QString joined(const json::array& list)
{
    QStringList words;
    for (const json::value& v : list)
        if (const json::string* s = v.if_string(); s && words.size() < 32)
            words.append(fromUtf8({s->data(), std::min<std::size_t>(s->size(), 200)}));
    return words.join(u' ');
}

ErrorKind kindOf(int status)
{
    switch (status) {
    case 401: return ErrorKind::Unauthorized;
    case 403: return ErrorKind::Forbidden;
    case 404: case 410: return ErrorKind::NotFound;
    case 409: case 412: return ErrorKind::Conflict;
    case 429: return ErrorKind::RateLimited;
    case 503: return ErrorKind::Busy;
    default: return status >= 500 ? ErrorKind::Server : ErrorKind::Invalid;
    }
}

// What a window may say of the refusal: texts and numbers, also those one level down ("by_device").
void addFacts(Error& e, const json::object& o, const QString& prefix)
{
    constexpr qsizetype kMost = 32;
    for (const auto& member : o) {
        if (e.facts.size() >= kMost)
            return;
        const QString name = prefix + fromUtf8({member.key().data(), member.key().size()});
        if (const json::string* s = member.value().if_string())
            e.facts.insert(name, fromUtf8({s->data(), std::min<std::size_t>(s->size(), 2000)}));
        else if (const std::int64_t* n = member.value().if_int64())
            e.facts.insert(name, QString::number(*n));
        else if (const json::object* inner = member.value().if_object(); inner && prefix.isEmpty())
            addFacts(e, *inner, name + u'_');
        else if (const json::array* list = member.value().if_array(); list && !list->empty() && list->front().is_string())
            e.facts.insert(name, joined(*list));
    }
}

} // namespace

json::object toJson(const Problem& p)
{
    json::object o = p.extra;
    o["type"] = "urn:naru:problem:" + utf8(p.code);
    o["status"] = p.status;
    o["code"] = utf8(p.code);
    o["title"] = utf8(p.title);
    o["detail"] = utf8(p.detail);
    o["instance"] = utf8(p.instance);
    o["request_id"] = utf8(p.requestId);
    if (!p.errors.empty()) {
        json::array list;
        for (const FieldError& e : p.errors)
            list.push_back(json::object{{"field", utf8(e.field)}, {"code", utf8(e.code)}, {"message", utf8(e.message)}});
        o["errors"] = std::move(list);
    }
    if (p.retryAfterSeconds)
        o["retry_after"] = *p.retryAfterSeconds;
    return o;
}

Error toError(int httpStatus, std::string_view contentType, std::string_view body)
{
    Error e;
    e.kind = kindOf(httpStatus);
    e.httpStatus = httpStatus;
    e.code = QStringLiteral("http-%1").arg(httpStatus);
    e.retryable = httpStatus == 503 || httpStatus == 429 || httpStatus == 502 || httpStatus == 504;
    if (!contentType.starts_with("application/problem+json"))
        return e;
    const auto parsed = parseJson(body);
    const json::object* o = parsed ? parsed->if_object() : nullptr;
    if (!o)
        return e;
    if (const QString code = textMember(*o, "code"); !code.isEmpty())
        e.code = code;
    e.detail = textMember(*o, "detail");
    e.requestId = textMember(*o, "request_id");
    if (const json::value* after = o->if_contains("retry_after"); after && after->is_int64())
        e.retryAfterSeconds = static_cast<int>(after->get_int64());
    if (const json::value* list = o->if_contains("errors"); list && list->is_array()) {
        for (const json::value& item : list->get_array()) {
            if (const json::object* f = item.if_object(); f && e.fields.size() < 32)
                e.fields.push_back({textMember(*f, "field"), textMember(*f, "code"), textMember(*f, "message")});
        }
    }
    addFacts(e, *o, {});
    return e;
}

} // namespace naru::protocol
