// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/InterfaceDocument.h"

#include "server/api/OpenApi.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace naru::test {

namespace json = protocol::json;

namespace {

QString q(std::string_view s)
{
    return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size()));
}

std::string_view text(const json::value& v)
{
    return {v.as_string().data(), v.as_string().size()};
}

bool hasType(std::string_view type, const json::value& v)
{
    if (type == "object")
        return v.is_object();
    if (type == "array")
        return v.is_array();
    if (type == "string")
        return v.is_string();
    if (type == "boolean")
        return v.is_bool();
    if (type == "integer")
        return v.is_int64() || v.is_uint64();
    return type == "number" && v.is_number();
}

} // namespace

InterfaceDocument::InterfaceDocument() : m_document(json::parse(server::openApiDocument()))
{
    for (const auto& path : m_document.at("paths").as_object()) {
        for (const auto& entry : path.value().as_object()) {
            Operation op;
            for (const char c : entry.key())
                op.method += static_cast<char>(c & ~0x20);
            op.path = std::string(path.key());
            const json::object& o = entry.value().as_object();
            const json::array& security = o.at("security").as_array();
            op.signedIn = !security.empty();
            if (op.signedIn && !security[0].at("bearer").as_array().empty())
                op.scope = std::string(text(security[0].at("bearer").as_array()[0]));
            if (const json::value* list = o.if_contains("parameters")) {
                for (const json::value& p : list->as_array()) {
                    const auto name = text(deref(p).at("name"));
                    op.needsKey = op.needsKey || name == "Idempotency-Key";
                    op.needsVersion = op.needsVersion || name == "If-Match";
                }
            }
            if (const json::value* body = o.if_contains("requestBody"))
                op.bodyType = std::string(body->at("content").as_object().begin()->key());
            m_operations.push_back(std::move(op));
        }
    }
}

const InterfaceDocument::Operation* InterfaceDocument::find(const std::string& method, const std::string& path) const
{
    const auto it = std::find_if(m_operations.begin(), m_operations.end(), [&](const Operation& o) { return o.method == method && o.path == path; });
    return it == m_operations.end() ? nullptr : &*it;
}

const json::value& InterfaceDocument::deref(const json::value& v) const
{
    const json::value* ref = v.is_object() ? v.as_object().if_contains("$ref") : nullptr;
    return ref ? m_document.at_pointer(text(*ref).substr(1)) : v;
}

const json::object& InterfaceDocument::schema(const std::string& name) const
{
    return m_document.at("components").at("schemas").at(name).as_object();
}

QStringList InterfaceDocument::schemaNames() const
{
    QStringList names;
    for (const auto& s : m_document.at("components").at("schemas").as_object())
        names << q({s.key().data(), s.key().size()});
    return names;
}

QStringList InterfaceDocument::judgeValue(const std::string& schemaName, const json::value& value) const
{
    QStringList faults;
    check(m_document.at("components").at("schemas").at(schemaName), value, q(schemaName), faults);
    return faults;
}

QStringList InterfaceDocument::judge(const Operation& operation, const Answer& answer) const
{
    std::string method = operation.method;
    for (char& c : method)
        c = static_cast<char>(c | 0x20);
    const QString at = q(operation.id()) + u" → %1"_s.arg(answer.status);
    const json::object& responses = m_document.at("paths").at(operation.path).at(method).at("responses").as_object();
    const json::value* found = responses.if_contains(std::to_string(answer.status));
    if (!found)
        return {at + u": this status is not in the document: "_s + q(answer.body.substr(0, 300))};
    const json::object& response = deref(*found).as_object();
    QStringList faults;
    const auto header = [&](const std::string& name) {
        const auto it = answer.headers.find(name);
        return it == answer.headers.end() ? std::string() : it->second;
    };
    if (const json::value* headers = response.if_contains("headers")) {
        for (const auto& h : headers->as_object()) {
            std::string name(h.key());
            for (char& c : name)
                c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
            if (name != "idempotency-replayed" && name != "preference-applied" && name != "retry-after" && header(name).empty())
                faults << at + u": the header %1 is missing"_s.arg(q(name));
        }
    }
    for (const char* name : {"etag", "location", "idempotency-replayed", "retry-after", "allow"}) {
        bool declared = false;
        if (const json::value* headers = response.if_contains("headers")) {
            for (const auto& h : headers->as_object())
                declared = declared || q({h.key().data(), h.key().size()}).toLower() == QLatin1StringView(name);
        }
        if (!declared && !header(name).empty())
            faults << at + u": the header %1 is not in the document"_s.arg(QLatin1StringView(name));
    }
    if (header("request-id").empty())
        faults << at + u": no Request-Id"_s;
    const json::value* content = response.if_contains("content");
    if (!content) {
        if (!answer.body.empty())
            faults << at + u": there should be no body"_s;
        return faults;
    }
    const auto& only = *content->as_object().begin();
    if (header("content-type") != std::string(only.key()))
        return faults << at + u": the type is %1"_s.arg(q(header("content-type")));
    if (header("content-type").find("json") != std::string::npos)
        check(only.value().at("schema"), answer.json(), at, faults);
    return faults;
}

void InterfaceDocument::check(const json::value& schema, const json::value& v, const QString& at, QStringList& faults) const
{
    if (faults.size() > 20)
        return;
    const json::object& s = deref(schema).as_object();
    if (const json::value* type = s.if_contains("type"); type && !hasType(text(*type), v)) {
        faults << at + u": is not "_s + q(text(*type)) + u" but "_s + q(json::serialize(v)).left(80);
        return;
    }
    if (const json::value* list = s.if_contains("enum")) {
        if (std::find(list->as_array().begin(), list->as_array().end(), v) == list->as_array().end())
            faults << at + u": %1 is not among the words"_s.arg(q(json::serialize(v)));
    }
    if (v.is_string())
        checkText(s, v.as_string(), at, faults);
    if (v.is_int64()) {
        const json::value* min = s.if_contains("minimum");
        const json::value* max = s.if_contains("maximum");
        if ((min && v.as_int64() < min->as_int64()) || (max && v.as_int64() > max->as_int64()))
            faults << at + u": %1 is out of bounds"_s.arg(v.as_int64());
    }
    if (v.is_array()) {
        int i = 0;
        for (const json::value& e : v.as_array())
            check(s.at("items"), e, at + u"/%1"_s.arg(i++), faults);
    }
    if (v.is_object())
        checkObject(s, v.as_object(), at, faults);
}

void InterfaceDocument::checkText(const json::object& s, const json::string& v, const QString& at, QStringList& faults) const
{
    const QString t = q({v.data(), v.size()});
    if (const json::value* pattern = s.if_contains("pattern"); pattern && !QRegularExpression(q(text(*pattern))).match(t).hasMatch())
        faults << at + u": %1 does not fit the pattern"_s.arg(t);
    if (const json::value* format = s.if_contains("format"); format && text(*format) == "date-time" && (!fromRfc3339(t) || !t.endsWith(u'Z')))
        faults << at + u": %1 is no UTC date-time"_s.arg(t);
    const json::value* max = s.if_contains("maxLength");
    const json::value* min = s.if_contains("minLength");
    if ((max && t.size() > max->as_int64()) || (min && t.size() < min->as_int64()))
        faults << at + u": has %1 characters"_s.arg(t.size());
}

void InterfaceDocument::checkObject(const json::object& s, const json::object& v, const QString& at, QStringList& faults) const
{
    if (const json::value* required = s.if_contains("required")) {
        for (const json::value& name : required->as_array()) {
            if (!v.contains(text(name)))
                faults << at + u": the member %1 is missing"_s.arg(q(text(name)));
        }
    }
    const json::value* properties = s.if_contains("properties");
    const json::value* more = s.if_contains("additionalProperties");
    for (const auto& member : v) {
        const QString name = q({member.key().data(), member.key().size()});
        const json::value* known = properties ? properties->as_object().if_contains(member.key()) : nullptr;
        if (known)
            check(*known, member.value(), at + u'/' + name, faults);
        else if (!more || !more->is_bool() || !more->as_bool())
            faults << at + u": the member %1 is not in the document"_s.arg(name);
    }
}

} // namespace naru::test
