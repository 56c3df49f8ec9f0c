// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/Json.h"

#include <algorithm>

namespace naru::protocol {

void JsonReader::fail(const char* code, const QString& message)
{
    if (m_errors.size() >= 32)
        return; // a hostile body must not cost memory
    FieldError e;
    for (const QString& step : m_path)
        e.field += u'/' + step;
    e.code = QString::fromLatin1(code);
    e.message = message;
    m_errors.push_back(std::move(e));
}

bool JsonReader::integer(const json::value& in, std::int64_t& out, Bounds b)
{
    if (in.is_int64()) {
        out = in.get_int64();
    } else if (in.is_uint64()) {
        fail("range", "is too large");
        return false;
    } else {
        fail("type", "must be a whole number");
        return false;
    }
    if (out < b.min || out > b.max) {
        fail("range", QStringLiteral("must be from %1 to %2").arg(b.min).arg(b.max));
        return false;
    }
    return true;
}

bool JsonReader::text(const json::value& in, QString& out, Bounds b)
{
    const json::string* s = in.if_string();
    if (!s) {
        fail("type", "must be a text");
        return false;
    }
    const QString value = fromUtf8(std::string_view(s->data(), s->size()));
    if (value.contains(QChar(u'\0'))) {
        fail("text", "must not hold a NUL character");
        return false;
    }
    const std::int64_t max = b.max == INT64_MAX ? 4000 : b.max;
    if (value.size() < b.min || value.size() > max) {
        fail("length", QStringLiteral("must have from %1 to %2 characters").arg(std::max<std::int64_t>(b.min, 0)).arg(max));
        return false;
    }
    out = value;
    return true;
}

bool JsonReader::count(std::size_t n, Bounds b)
{
    const auto size = static_cast<std::int64_t>(n);
    if (size >= b.min && size <= b.max)
        return true;
    fail("count", QStringLiteral("must have from %1 to %2 elements").arg(std::max<std::int64_t>(b.min, 0)).arg(b.max));
    return false;
}

void JsonReader::Object::finish()
{
    if (!m_r.m_strict)
        return;
    for (const auto& member : m_in) {
        if (std::find(m_known.begin(), m_known.end(), std::string_view(member.key().data(), member.key().size())) != m_known.end())
            continue;
        m_r.m_path.push_back(fromUtf8({member.key().data(), std::min<std::size_t>(member.key().size(), 64)}));
        m_r.fail("unknown", "is not a member of this request");
        m_r.m_path.pop_back();
    }
}

Result<json::value> parseJson(std::string_view text)
{
    json::parse_options options;
    options.max_depth = 32;
    boost::system::error_code ec;
    json::value v = json::parse(text, ec, {}, options);
    if (!ec)
        return v;
    Error e;
    e.kind = ErrorKind::Invalid;
    e.code = QStringLiteral("json-invalid");
    e.detail = QStringLiteral("the body is not JSON: %1").arg(QString::fromStdString(ec.message()));
    return e;
}

} // namespace naru::protocol
