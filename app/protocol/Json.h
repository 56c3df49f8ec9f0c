// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Catalogue.h"
#include "core/Result.h"
#include "protocol/WireNames.h"

#include <boost/json.hpp>

// JSON <-> value types, one description per type for both directions (and for the contract test's schemas).
//
// A type is described once by   template <class V> void fields(V& v, T& x)   in namespace naru::protocol:
//     v("name", x.member)              required
//     v.opt("name", x.member)          may be absent: keeps its default
//     v("name", x.member, Bounds{..})  with limits for numbers (value), text (length) and lists (count)
// std::optional members are always optional and are left out when empty; null reads as empty.
namespace naru::protocol {

namespace json = boost::json;

struct Bounds {
    std::int64_t min = INT64_MIN;
    std::int64_t max = INT64_MAX;
};

template <class T> struct IsOptional : std::false_type {};
template <class T> struct IsOptional<std::optional<T>> : std::true_type {};
template <class T> struct IsVector : std::false_type {};
template <class T> struct IsVector<std::vector<T>> : std::true_type {};
template <class T> struct IsId : std::false_type {};
template <class Tag> struct IsId<Id<Tag>> : std::true_type {};

inline std::string utf8(const QString& s) { const QByteArray b = s.toUtf8(); return {b.constData(), static_cast<std::size_t>(b.size())}; }
inline QString fromUtf8(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }

class JsonWriter;
class JsonReader;

template <class T> json::value toJson(const T& x);

class JsonWriter {
public:
    explicit JsonWriter(json::object& out) : m_out(out) {}
    template <class T> void operator()(const char* name, const T& x, Bounds = {}) { put(name, x); }
    template <class T> void opt(const char* name, const T& x, Bounds = {}) { put(name, x); }

private:
    template <class T> void put(const char* name, const T& x)
    {
        if constexpr (IsOptional<T>::value) {
            if (x)
                m_out.emplace(name, toJson(*x));
        } else {
            m_out.emplace(name, toJson(x));
        }
    }
    json::object& m_out;
};

template <class T> json::value toJson(const T& x)
{
    if constexpr (std::is_same_v<T, bool>)
        return json::value(x);
    else if constexpr (std::is_enum_v<T>)
        return json::value(wireName(x));
    else if constexpr (std::is_integral_v<T>)
        return json::value(static_cast<std::int64_t>(x));
    else if constexpr (std::is_floating_point_v<T>)
        return json::value(x);
    else if constexpr (std::is_same_v<T, QString>)
        return json::value(utf8(x));
    else if constexpr (IsId<T>::value) {
        char text[26];
        x.value.write(text);
        return json::value(std::string_view(text, 26));
    } else if constexpr (std::is_same_v<T, Instant>)
        return json::value(utf8(toRfc3339(x)));
    else if constexpr (std::is_same_v<T, QStringList>) {
        json::array a;
        for (const QString& s : x)
            a.emplace_back(utf8(s));
        return a;
    } else if constexpr (IsVector<T>::value) {
        json::array a;
        a.reserve(x.size());
        for (const auto& e : x)
            a.emplace_back(toJson(e));
        return a;
    } else {
        json::object o;
        JsonWriter w(o);
        fields(w, const_cast<T&>(x)); // the writer only reads
        return o;
    }
}

// Collects every fault of a body instead of stopping at the first. `strict` also refuses members nobody declared.
class JsonReader {
public:
    explicit JsonReader(bool strict) : m_strict(strict) {}

    template <class T> bool read(const json::value& in, T& out, Bounds b = {});
    const std::vector<FieldError>& errors() const { return m_errors; }

    // What fields() sees while an object is read.
    class Object {
    public:
        Object(JsonReader& r, const json::object& in) : m_r(r), m_in(in) {}
        template <class T> void operator()(const char* name, T& x, Bounds b = {}) { get(name, x, b, !IsOptional<T>::value); }
        template <class T> void opt(const char* name, T& x, Bounds b = {}) { get(name, x, b, false); }
        void finish();

    private:
        template <class T> void get(const char* name, T& x, Bounds b, bool required)
        {
            m_known.push_back(name);
            const json::value* v = m_in.if_contains(name);
            m_r.m_path.push_back(QString::fromLatin1(name));
            if (!v) {
                if (required)
                    m_r.fail("required", "is required");
            } else {
                m_r.read(*v, x, b);
            }
            m_r.m_path.pop_back();
        }
        JsonReader& m_r;
        const json::object& m_in;
        std::vector<std::string_view> m_known;
    };

    void fail(const char* code, const QString& message);
    void fail(const char* code, const char* message) { fail(code, QString::fromLatin1(message)); }

private:
    template <class T> void readList(const json::value& in, std::vector<T>& out, Bounds b);
    template <class T> void readObject(const json::value& in, T& out);
    bool integer(const json::value& in, std::int64_t& out, Bounds b);
    bool text(const json::value& in, QString& out, Bounds b);
    bool count(std::size_t n, Bounds b);

    bool m_strict;
    QStringList m_path;
    std::vector<FieldError> m_errors;
};

template <class T> bool JsonReader::read(const json::value& in, T& out, Bounds b)
{
    const std::size_t before = m_errors.size();
    if constexpr (IsOptional<T>::value) {
        if (in.is_null()) {
            out.reset();
            return true;
        }
        typename T::value_type inner{};
        if (read(in, inner, b))
            out = std::move(inner);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (in.is_bool())
            out = in.get_bool();
        else
            fail("type", "must be true or false");
    } else if constexpr (std::is_enum_v<T>) {
        const json::string* s = in.if_string();
        const auto e = s ? fromWire<T>(std::string_view(s->data(), s->size())) : std::nullopt;
        if (e)
            out = *e;
        else
            fail("enum", "is not one of the allowed words");
    } else if constexpr (std::is_integral_v<T>) {
        std::int64_t v = 0;
        if (integer(in, v, {std::max<std::int64_t>(b.min, std::numeric_limits<T>::min()), std::min<std::int64_t>(b.max, std::numeric_limits<T>::max())}))
            out = static_cast<T>(v);
    } else if constexpr (std::is_floating_point_v<T>) {
        if (in.is_number())
            out = in.to_number<double>();
        else
            fail("type", "must be a number");
    } else if constexpr (std::is_same_v<T, QString>) {
        text(in, out, b);
    } else if constexpr (IsId<T>::value) {
        const json::string* s = in.if_string();
        const auto id = s ? T::parse(std::string_view(s->data(), s->size())) : std::nullopt;
        if (id)
            out = *id;
        else
            fail("id", "must be an identifier of 26 characters");
    } else if constexpr (std::is_same_v<T, Instant>) {
        const json::string* s = in.if_string();
        const auto t = s ? fromRfc3339(fromUtf8(std::string_view(s->data(), s->size()))) : std::nullopt;
        if (t)
            out = *t;
        else
            fail("date-time", "must be an RFC 3339 date-time with offset");
    } else if constexpr (std::is_same_v<T, QStringList>) {
        std::vector<QString> list;
        if (read(in, list, b))
            out = QStringList(list.begin(), list.end());
    } else if constexpr (IsVector<T>::value) {
        readList(in, out, b);
    } else {
        readObject(in, out);
    }
    return m_errors.size() == before;
}

template <class T> void JsonReader::readList(const json::value& in, std::vector<T>& out, Bounds b)
{
    const json::array* a = in.if_array();
    if (!a)
        return fail("type", "must be a list");
    if (!count(a->size(), b))
        return;
    out.clear();
    out.reserve(a->size());
    for (std::size_t i = 0; i < a->size(); ++i) {
        m_path.push_back(QString::number(i));
        T element{};
        if (read((*a)[i], element))
            out.push_back(std::move(element));
        m_path.pop_back();
    }
}

template <class T> void JsonReader::readObject(const json::value& in, T& out)
{
    const json::object* o = in.if_object();
    if (!o)
        return fail("type", "must be an object");
    Object view(*this, *o);
    fields(view, out);
    view.finish();
}

// Text → value with the depth and size limits of the interface (32 levels). Error: kind Invalid, code "json-invalid".
Result<json::value> parseJson(std::string_view text);

// strict: what a server does with a request; lenient: what a client does with an answer (new members are ignored).
// Error: kind Invalid, code "body-invalid", `fields` filled.
template <class T> Result<T> fromJson(const json::value& in, bool strict)
{
    JsonReader r(strict);
    T out{};
    if (r.read(in, out))
        return out;
    Error e;
    e.kind = ErrorKind::Invalid;
    e.code = QStringLiteral("body-invalid");
    e.detail = QStringLiteral("the body does not fit the interface");
    e.fields = r.errors();
    return e;
}

} // namespace naru::protocol
