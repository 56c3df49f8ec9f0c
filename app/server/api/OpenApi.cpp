// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/OpenApi.h"

#include <QFile>

#include <boost/json.hpp>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

namespace json = boost::json;

const json::value& parsedDocument()
{
    static const json::value document = json::parse(openApiDocument());
    return document;
}

// A parameter stands at its place or among the components.
const json::object& parameterAt(const json::value& v)
{
    const json::object& o = v.as_object();
    const json::value* ref = o.if_contains("$ref");
    if (!ref)
        return o;
    const std::string_view text = ref->as_string();
    const std::string_view name = text.substr(text.rfind('/') + 1);
    return parsedDocument().at("components").at("parameters").at(name).as_object();
}

} // namespace

std::string_view openApiDocument()
{
    static const std::string text = [] {
        QFile file(u":/server/openapi.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("the interface's document is not part of this program");
        return file.readAll().toStdString();
    }();
    return text;
}

std::optional<std::set<std::string>> declaredQuery(std::string_view method, std::string_view pattern)
{
    const json::value* path = parsedDocument().at("paths").as_object().if_contains(pattern);
    std::string lower(method);
    for (char& c : lower)
        c = static_cast<char>(c | 0x20);
    const json::value* operation = path ? path->as_object().if_contains(lower) : nullptr;
    if (!operation)
        return std::nullopt;
    std::set<std::string> names;
    if (const json::value* list = operation->as_object().if_contains("parameters")) {
        for (const json::value& v : list->as_array()) {
            const json::object& p = parameterAt(v);
            if (p.at("in").as_string() == "query")
                names.emplace(p.at("name").as_string());
        }
    }
    return names;
}

} // namespace naru::server
